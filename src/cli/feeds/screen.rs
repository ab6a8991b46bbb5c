//! A refresh that the reader asked for on the screen: the feeds whose time has come, on a thread beside
//! the screen, told step by step and given up when the reader says so. Prints nothing.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;

use super::refresh::{Task, each};
use super::{full, name};
use crate::base::{Error, Result};
use crate::cli::annotator::Annotator;
use crate::cli::library::maker;
use crate::cli::web::Web;
use crate::fetch::Cancel;
use crate::store::library::Library;
use crate::ui::library::Refreshed;

/// Refreshes the feeds of a library, through a connection of its own so that searches go on.
///
/// # Errors
/// The settings have a mistake, or the library cannot be opened or has no feeds.
pub(in crate::cli) fn refresh(
    library: &Library,
    web: &Web,
    annotator: &Annotator,
    stop: &Arc<AtomicBool>,
    tell: &mut dyn FnMut(Refreshed),
) -> Result<Refreshed> {
    let library = library.another()?;
    let feeds = library.feeds()?;
    if feeds.is_empty() {
        return Err(Error::new("feeds", "there are none yet")
            .remedy("add some with `byline feeds add URL`"));
    }
    let settings = web.settings()?;
    let now = Timestamp::now();
    let due: Vec<_> = feeds
        .into_iter()
        .filter(|f| !f.gone && f.retry_after.is_none_or(|time| time <= now))
        .map(|feed| (feed, None))
        .collect();
    let cancel = Cancel::heard(Arc::clone(stop));
    let client = web.client()?;
    let annotator = annotator.on_one_thread();
    let maker = maker(&annotator);
    let task = Task {
        library: &library,
        client: &client,
        annotator: &annotator,
        maker: &maker,
        cancel: &cancel,
    };
    let mut so_far = Refreshed {
        total: due.len(),
        ..Refreshed::default()
    };
    tell(so_far.clone());
    let mut short = Vec::new();
    each(&task, due, |(feed, brought)| {
        so_far.done += 1;
        match brought {
            Ok(brought) => {
                so_far.new += brought.new;
                so_far.changed += brought.changed;
                short.extend(brought.short);
            }
            Err(_) => so_far.failed.push(name(&feed).to_owned()),
        }
        tell(so_far.clone());
    });
    if settings.feeds.full_text && !short.is_empty() && !cancel.is_cancelled() {
        so_far.total += short.len();
        full::each(&task, &short, |_| {
            so_far.done += 1;
            tell(so_far.clone());
        });
    }
    so_far.stopped = cancel.is_cancelled();
    Ok(so_far)
}
