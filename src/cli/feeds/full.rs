//! The pages of articles of which a feed holds a summary alone: fetched, read and put in the place of
//! the summary. A page that cannot be read leaves the summary where it is.

use super::take::Short;
use crate::base::Result;
use crate::cli::annotator::Annotator;
use crate::cli::output;
use crate::cli::progress::Counted;
use crate::cli::web;
use crate::fetch::{Answer, Cancel, Client, Page, Request, Step, fetch_all};
use crate::store::library::{Entry, Library};

/// Fetches the pages and takes them in.
pub(super) fn fetch(
    library: &Library,
    client: &Client,
    annotator: &Annotator,
    maker: &str,
    short: &[Short],
) {
    let requests: Vec<Request> = short.iter().map(|s| Request::page(&s.url)).collect();
    let mut progress = Counted::new(requests.len(), "pages");
    let mut kept = 0;
    fetch_all(client, &requests, &Cancel::default(), |step| {
        let Step::Done(position, answer) = step else {
            return;
        };
        let result = answer
            .and_then(Answer::page)
            .and_then(|page| take(library, annotator, maker, &short[position], &page));
        match result {
            Ok(()) => kept += 1,
            Err(error) => progress.say(&error.to_string()),
        }
        progress.step();
    });
    progress.end();
    let all = requests.len();
    output::say(&format!("{kept} of {all} articles with their full text"));
}

fn take(
    library: &Library,
    annotator: &Annotator,
    maker: &str,
    short: &Short,
    page: &Page,
) -> Result<()> {
    // Under the address that the feed gave, so that the next refresh knows it.
    let loaded = web::read(page, &short.url, None)?;
    let annotated = annotator.annotate(&loaded.document);
    let entry = Entry {
        feed: Some(short.feed),
        guid: Some(&short.guid),
        ..Entry::new(&annotated, Some(maker))
    };
    library.add(&[entry]).map(drop)
}
