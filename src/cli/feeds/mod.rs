//! `byline feeds`: what the library follows. `list` adds, removes, lists; `refresh` fetches; `opml`
//! carries lists in and out; `check` looks without keeping. What goes wrong with a feed is kept with
//! the feed and never stops another.

pub mod args;
mod check;
mod full;
mod list;
mod opml;
mod refresh;
mod screen;
mod take;

use crate::base::{Error, Result};
use crate::cli::annotator::Annotator;
use crate::cli::args::OpenArgs;
use crate::cli::library;
use crate::cli::web::Web;
use crate::model::library::Feed;
use crate::store::library::Library;

use args::FeedsAction;
pub(super) use screen::refresh;

/// Runs `byline feeds`.
pub(super) fn run(action: &FeedsAction, args: &OpenArgs) -> Result<()> {
    let (web, data) = (Web::new(args), args.data.as_deref());
    match action {
        FeedsAction::Check(request) => check::run(request, &web),
        FeedsAction::Add(request) => {
            let library = library::open(data)?;
            list::add(request, &library, &web, &Annotator::new(args))
        }
        FeedsAction::Remove(request) => list::remove(request, &library::existing(data)?),
        FeedsAction::List(request) => list::list(request, &library::existing(data)?),
        FeedsAction::Refresh(request) => {
            let library = library::existing(data)?;
            refresh::run(request, &library, &web, &Annotator::new(args))
        }
        FeedsAction::Import { files } => opml::import(files, &library::open(data)?),
        FeedsAction::Export(request) => opml::export(request, &library::existing(data)?),
    }
}

/// How a feed is named: its title, else its address.
fn name(feed: &Feed) -> &str {
    feed.title.as_deref().unwrap_or(&feed.url)
}

/// The feed that somebody means by its address, its number, or a part of its title.
fn find(library: &Library, wanted: &str) -> Result<Feed> {
    let feeds = library.feeds()?;
    let number = wanted.parse().ok();
    let exact = |f: &&Feed| f.url == wanted || Some(f.id) == number;
    if let Some(feed) = feeds.iter().find(exact) {
        return Ok(feed.clone());
    }
    let part = wanted.to_lowercase();
    let named = |f: &&Feed| name(f).to_lowercase().contains(&part) || f.url.contains(wanted);
    let found: Vec<&Feed> = feeds.iter().filter(named).collect();
    let remedy = "`byline feeds list` shows them with their numbers";
    match found.as_slice() {
        [feed] => Ok((*feed).clone()),
        [] => Err(Error::new(wanted, "is none of the feeds").remedy(remedy)),
        several => {
            let cause = format!("is in the names of {} feeds", several.len());
            Err(Error::new(wanted, cause).remedy(remedy))
        }
    }
}
