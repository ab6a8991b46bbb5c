//! `byline feeds add`, `remove`, `list`.

use serde_json::json;

use super::args::{AddArgs, ListArgs, RemoveArgs};
use super::{find, name, refresh};
use crate::base::text::printable;
use crate::base::{Error, Result};
use crate::cli::annotator::Annotator;
use crate::cli::output;
use crate::cli::web::Web;
use crate::fetch::{self, Answer, Cancel, Request, Validators};
use crate::ingest::feed;
use crate::model::library::Feed;
use crate::store::library::Library;

/// Adds feeds and takes in what is in them now. One that cannot be fetched is added all the same,
/// with what went wrong: it may work tomorrow. What is no feed is not added.
pub(super) fn add(
    args: &AddArgs,
    library: &Library,
    web: &Web,
    annotator: &Annotator,
) -> Result<()> {
    let mut added = Vec::new();
    let mut bad = 0;
    for url in &args.urls {
        match one(url, args, library, web) {
            Ok(feed) => added.push(feed),
            Err(error) => {
                bad += 1;
                output::complain(&error);
            }
        }
    }
    let failed = refresh::refresh(library, web, annotator, added, false)?;
    refresh::result(bad + failed)
}

/// What was asked for, and perhaps the answer.
type Asked = (Feed, Option<Result<Answer>>);

fn one(url: &str, args: &AddArgs, library: &Library, web: &Web) -> Result<Asked> {
    fetch::check(url)?;
    let (url, answer) = feed_of(url, web)?;
    let feed = Feed {
        url: url.clone(),
        tags: args.tag.clone(),
        ..Feed::default()
    };
    let (_, new) = library.add_feed(&feed)?;
    if !new {
        output::say(&format!("{url}: is among the feeds already"));
    }
    let kept = library.feed(&url)?;
    let kept = kept.ok_or_else(|| Error::new(url, "is gone from the library already"))?;
    Ok((kept, answer))
}

/// The address of the feed that is at an address, with what was answered there; or the address of the
/// feed that the page there names.
fn feed_of(url: &str, web: &Web) -> Result<(String, Option<Result<Answer>>)> {
    let request = Request::feed(url, Validators::default());
    let answer = web.client()?.fetch(&request, &Cancel::default());
    if let Ok(Answer::Fresh(page)) = &answer {
        let media = page.content_type.as_deref();
        // An empty feed may fill; anything else that is no feed is none tomorrow.
        if let Err(error) = feed::read(&page.bytes, &page.url, media)
            && !feed::is_empty_feed(&error)
        {
            let named = feed::discover(&page.bytes, &page.url, media);
            let found = named.into_iter().next().ok_or(error)?;
            output::say(&format!("{url}: is a web page; its feed is {found}"));
            return Ok((found, None));
        }
    }
    Ok((url.to_owned(), Some(answer)))
}

/// Takes feeds out of the library.
pub(super) fn remove(args: &RemoveArgs, library: &Library) -> Result<()> {
    // All or none: a slip in one name takes nothing away.
    let feeds = args
        .feeds
        .iter()
        .map(|f| find(library, f))
        .collect::<Result<Vec<_>>>()?;
    for feed in feeds {
        library.remove_feed(feed.id, args.articles)?;
        let articles = match (args.articles, feed.counts.0) {
            (_, 0) => String::new(),
            (true, n) => format!(", {n} articles with it"),
            (false, n) => format!("; its {n} articles stay"),
        };
        output::say(&format!("{} taken out{articles}", name(&feed)));
    }
    Ok(())
}

/// Lists the feeds.
pub(super) fn list(args: &ListArgs, library: &Library) -> Result<()> {
    let mut out = String::new();
    for feed in library.feeds()? {
        let line = if args.json {
            as_json(&feed)
        } else {
            in_words(&feed)
        };
        out.push_str(&line);
        out.push('\n');
    }
    if out.is_empty() && !args.json {
        output::say("there are no feeds yet; add some with `byline feeds add URL`");
    }
    output::print(out.as_bytes())
}

fn as_json(feed: &Feed) -> String {
    let time = |t: Option<jiff::Timestamp>| t.map(|t| t.to_string());
    json!({
        "id": feed.id,
        "url": feed.url,
        "title": feed.title,
        "site": feed.site,
        "tags": feed.tags,
        "articles": feed.counts.0,
        "unread": feed.counts.1,
        "tried": time(feed.tried),
        "succeeded": time(feed.succeeded),
        "error": feed.error,
        "gone": feed.gone,
        "not_before": time(feed.retry_after),
    })
    .to_string()
}

/// A feed on a line, and on another what went wrong with it.
fn in_words(feed: &Feed) -> String {
    let (articles, unread) = feed.counts;
    let mut out = format!("{:>4}  {unread:>5}/{articles:<6} {}", feed.id, name(feed));
    for tag in &feed.tags {
        out.push_str(&format!(" #{tag}"));
    }
    if feed.title.is_some() {
        out.push_str(&format!("  {}", feed.url));
    }
    let mut out = printable(&out).into_owned();
    if let Some(error) = &feed.error {
        let since = feed.succeeded.map_or("never answered".to_owned(), |t| {
            format!("last answered {}", t.strftime("%Y-%m-%d %H:%M UTC"))
        });
        out.push_str(&format!("\n      ! {} ({since})", printable(error)));
    }
    out
}
