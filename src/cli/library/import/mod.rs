//! `byline library import`: what another reader keeps → the library. Feeds become feeds; an article
//! whose text the export holds becomes an article; an address without a text becomes an article with
//! title and address alone, tagged `to-fetch`. What the file is is told by its content.
//!
//! One file a format; each is pure and gives a [`Found`].

mod csv;
mod html;
mod newsboat;
mod wallabag;

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::base::{Error, Result};
use crate::cli::{input, output};
use crate::ingest;
use crate::model::library::{Feed, day_of};
use crate::model::{Annotated, Block, BlockKind, Document};
use crate::store::library::{Added, Entry, Library};

/// Tag of what has an address and no text yet.
pub(super) const TO_FETCH: &str = "to-fetch";
/// Most bytes of an export.
const LIMIT: u64 = 1 << 30;
/// Articles of one transaction.
const BATCH: usize = 64;

/// What an export holds.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Found {
    /// Which program wrote it.
    pub from: &'static str,
    /// Feeds.
    pub feeds: Vec<Feed>,
    /// Articles.
    pub articles: Vec<Article>,
}

/// An article of an export.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Article {
    pub url: String,
    pub title: String,
    pub author: Option<String>,
    /// The text, as plain text; empty where the export has none.
    pub text: String,
    pub published: Option<Date>,
    pub added: Option<Timestamp>,
    pub tags: Vec<String>,
    pub read: bool,
    pub starred: bool,
    pub archived: bool,
    /// Address of its feed, and its name there.
    pub feed: Option<(String, String)>,
}

/// Runs `byline library import`.
pub(super) fn run(files: &[OsString], library: &Library) -> Result<()> {
    for file in files {
        let found = read(file)?;
        let name = input::name_of(file);
        let (feeds, articles, bare) = put(&found, library)?;
        output::say(&format!(
            "{name}: {}: {feeds} feeds, {articles} articles new in the library, {bare} of them without a text",
            found.from
        ));
    }
    Ok(())
}

fn read(file: &OsStr) -> Result<Found> {
    let name = input::name_of(file);
    let mut bytes = Vec::new();
    input::reader(file)?
        .take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Error::io(&name, "be read", &e))?;
    if bytes.len() as u64 > LIMIT {
        return Err(Error::new(name, "is larger than 1 GB"));
    }
    if bytes.starts_with(b"SQLite format 3\0") {
        drop(bytes);
        return newsboat::cache(Path::new(file));
    }
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let found = match text.trim_start().chars().next() {
        Some('[' | '{') => wallabag::read(text),
        Some('<') => Some(html::read(text)),
        _ => csv::read(text).or_else(|| newsboat::urls(text)),
    };
    found
        .filter(|f| !f.feeds.is_empty() || !f.articles.is_empty())
        .ok_or_else(|| {
            Error::new(name, "is no export that is known").remedy(
                "import newsboat's urls file or cache.db, Pocket's CSV or HTML, Instapaper's CSV, or Wallabag's JSON",
            )
        })
}

/// Puts it in; how many feeds and articles are new, and how many of these have no text.
fn put(found: &Found, library: &Library) -> Result<(usize, usize, usize)> {
    let mut numbers = std::collections::BTreeMap::new();
    let mut feeds = 0;
    for feed in &found.feeds {
        let (id, new) = library.add_feed(feed)?;
        feeds += usize::from(new);
        numbers.insert(feed.url.as_str(), id);
    }
    let (mut new, mut bare) = (0, 0);
    for batch in found.articles.chunks(BATCH) {
        let made: Vec<(Annotated, Vec<String>)> = batch.iter().map(made).collect();
        let entries: Vec<Entry<'_>> = batch
            .iter()
            .zip(&made)
            .map(|(article, (annotated, tags))| Entry {
                feed: article
                    .feed
                    .as_ref()
                    .and_then(|f| numbers.get(f.0.as_str()).copied()),
                guid: article.feed.as_ref().map(|f| f.1.as_str()),
                read: article.read,
                starred: article.starred,
                archived: article.archived,
                tags,
                added: article.added,
                ..Entry::new(annotated, None)
            })
            .collect();
        for (article, added) in batch.iter().zip(library.add(&entries)?) {
            if matches!(added, Added::New(_)) {
                new += 1;
                bare += usize::from(article.text.is_empty());
            }
        }
    }
    Ok((feeds, new, bare))
}

/// An article as a document, made safe, with its tags.
fn made(article: &Article) -> (Annotated, Vec<String>) {
    let mut tags = article.tags.clone();
    if article.text.is_empty() {
        tags.push(TO_FETCH.to_owned());
    }
    let title = safe(if article.title.trim().is_empty() {
        &article.url
    } else {
        &article.title
    });
    let title = crate::base::text::one_line(&title);
    let body = safe(&article.text);
    let mut document: Document = ingest::as_it_stands(&format!("{title}\n{body}"), None);
    if let Some(first) = document.blocks.first_mut() {
        *first = Block {
            kind: BlockKind::Title,
            ..*first
        };
    }
    let meta = &mut document.meta;
    meta.title = Some(title);
    meta.uri = Some(safe(&article.url));
    meta.authors = article.author.iter().map(|a| safe(a)).collect();
    meta.published = article
        .published
        .or_else(|| article.feed.as_ref().and(article.added).map(day_of));
    meta.outlet = host(&article.url);
    (Annotated::bare(Arc::new(document)), tags)
}

/// Text without what must not reach a terminal; line ends stay.
fn safe(text: &str) -> String {
    let lines: Vec<String> = text
        .lines()
        .map(|line| crate::base::text::printable(line).into_owned())
        .collect();
    lines.join("\n")
}

/// The site of an address.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| safe(host))
}

/// A second since 1970, as exports write it.
fn second(text: &str) -> Option<Timestamp> {
    let seconds: i64 = text.trim().parse().ok()?;
    Timestamp::from_second(seconds).ok().filter(|_| seconds > 0)
}

#[cfg(test)]
mod tests;
