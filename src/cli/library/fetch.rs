//! `byline library fetch`: the pages of the articles that an import left with title and address alone.
//! A page that is read takes the place of the bare entry, which loses its tag; one that cannot be
//! read keeps it, so that the next run tries again.

use super::import::TO_FETCH;
use super::maker;
use crate::base::{Error, Result};
use crate::cli::annotator::Annotator;
use crate::cli::output;
use crate::cli::progress::Counted;
use crate::cli::web::{self, Web};
use crate::fetch::{self, Answer, Cancel, Page, Request as Wanted, Step, fetch_all};
use crate::model::library::{ArticleId, Flag};
use crate::store::library::{Added, Entry, Library, Request, query};

/// Articles of one search.
const PAGE: usize = 1000;

/// Runs `byline library fetch`.
pub(super) fn run(annotator: &Annotator, library: &Library, web: &Web) -> Result<()> {
    let wanted = wanted(library)?;
    if wanted.is_empty() {
        output::say(&format!("no article is tagged {TO_FETCH}"));
        return Ok(());
    }
    let client = web.client()?;
    let annotator = annotator.on_one_thread();
    let maker = maker(&annotator);
    let requests: Vec<Wanted> = wanted.iter().map(|(_, url)| Wanted::page(url)).collect();
    let mut progress = Counted::new(requests.len(), "pages");
    let mut failed = 0;
    fetch_all(&client, &requests, &Cancel::default(), |step| {
        let Step::Done(position, answer) = step else {
            return;
        };
        let (id, url) = &wanted[position];
        let page = answer.and_then(Answer::page);
        let taken = page.and_then(|page| take(library, &annotator, &maker, (*id, url), &page));
        if let Err(error) = taken {
            failed += 1;
            progress.say(&error.to_string());
        }
        progress.step();
    });
    progress.end();
    let all = wanted.len();
    output::say(&format!("{} of {all} articles fetched", all - failed));
    match failed {
        0 => Ok(()),
        1 => Err(Error::new("", "1 page could not be read")),
        n => Err(Error::new("", format!("{n} pages could not be read"))),
    }
}

/// The articles with that tag and an address, also those that are put away.
fn wanted(library: &Library) -> Result<Vec<(ArticleId, String)>> {
    let text = format!("tag:{TO_FETCH} (archived or -archived)");
    let query = query::parse(&text).map_err(|e| Error::new("query", e.to_string()))?;
    let mut out = Vec::new();
    for page in 0.. {
        let request = Request {
            offset: page * PAGE,
            limit: PAGE,
            ..Request::default()
        };
        let items = library.list(&query, &request)?;
        let last = items.len() < PAGE;
        for item in items {
            if let Some(url) = item.uri.filter(|uri| fetch::is_address(uri)) {
                out.push((item.id, url));
            }
        }
        if last {
            break;
        }
    }
    Ok(out)
}

fn take(
    library: &Library,
    annotator: &Annotator,
    maker: &str,
    (id, url): (ArticleId, &str),
    page: &Page,
) -> Result<()> {
    // Under the address that the list gave, so that another import knows it.
    let loaded = web::read(page, url, None)?;
    let annotated = annotator.annotate(&loaded.document);
    let before = library.get(id)?;
    let added = library.add(&[Entry::new(&annotated, Some(maker))])?;
    let id = match added.first() {
        Some(Added::New(id) | Added::Changed(id) | Added::Same(id)) => *id,
        Some(Added::Deleted) | None => id,
    };
    // The text is new to the library and not to the reader, who put the article where it is.
    if let Some(before) = before {
        library.flag(&[id], Flag::Unread, before.unread)?;
        library.flag(&[id], Flag::Archived, before.archived)?;
    }
    library.tag(&[id], TO_FETCH, false).map(drop)
}
