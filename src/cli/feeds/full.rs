//! The pages of articles of which a feed holds a summary alone: fetched, read and put in the place of
//! the summary. A page that cannot be read leaves the summary where it is.

use super::refresh::Task;
use super::take::Short;
use crate::base::Result;
use crate::cli::output;
use crate::cli::progress::Counted;
use crate::cli::web;
use crate::fetch::{Answer, Page, Request, Step, fetch_all};
use crate::store::library::Entry;

/// Fetches the pages, takes them in and says so.
pub(super) fn fetch(task: &Task<'_>, short: &[Short]) {
    let mut progress = Counted::new(short.len(), "pages");
    let mut kept = 0;
    each(task, short, |result| {
        match result {
            Ok(()) => kept += 1,
            Err(error) => progress.say(&error.to_string()),
        }
        progress.step();
    });
    progress.end();
    let all = short.len();
    output::say(&format!("{kept} of {all} articles with their full text"));
}

/// Fetches the pages and takes them in; `tell` is called with what became of each.
pub(super) fn each(task: &Task<'_>, short: &[Short], mut tell: impl FnMut(Result<()>)) {
    let requests: Vec<Request> = short.iter().map(|s| Request::page(&s.url)).collect();
    fetch_all(task.client, &requests, task.cancel, |step| {
        if let Step::Done(position, answer) = step {
            let page = answer.and_then(Answer::page);
            tell(page.and_then(|page| take(task, &short[position], &page)));
        }
    });
}

fn take(task: &Task<'_>, short: &Short, page: &Page) -> Result<()> {
    // Under the address that the feed gave, so that the next refresh knows it.
    let loaded = web::read(page, &short.url, None)?;
    let annotated = task.annotator.annotate(&loaded.document);
    let entry = Entry {
        feed: Some(short.feed),
        guid: Some(&short.guid),
        ..Entry::new(&annotated, Some(task.maker))
    };
    task.library.add(&[entry]).map(drop)
}
