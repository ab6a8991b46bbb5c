//! What a server answered about a feed → what the library keeps: the feed's own state (validators,
//! error, when to ask again) and its new articles, annotated. Called from several threads.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use crate::base::{Error, Result};
use crate::cli::annotator::Annotator;
use crate::fetch::{self, Answer, Page};
use crate::ingest::feed::{self, Contents};
use crate::model::library::{Feed, FeedId};
use crate::model::{Annotated, Document};
use crate::store::library::{Added, Entry, Library};

/// Articles of one transaction: few, so that little is lost and others can write in between.
const BATCH: usize = 16;
/// The longest time that a server's word about the future counts.
const LONGEST: Duration = Duration::from_hours(24);
/// The longest that an answer counts as fresh; the reader asks for news.
const FRESH: Duration = Duration::from_hours(1);

/// What a refresh brought.
#[derive(Debug, Default)]
pub(super) struct Brought {
    /// New articles.
    pub new: usize,
    /// Articles whose text changed.
    pub changed: usize,
    /// Articles of which the feed holds no more than a summary, and which are new.
    pub short: Vec<Short>,
}

/// An article whose page may hold more than the feed does.
#[derive(Debug, Clone)]
pub(super) struct Short {
    pub feed: FeedId,
    pub guid: String,
    pub url: String,
}

/// Takes in what was answered; what went wrong is kept with the feed and given back.
///
/// # Errors
/// The answer is no feed, or there was none; or the library cannot be written.
pub(super) fn answer(
    mut feed: Feed,
    answer: Result<Answer>,
    library: &Library,
    annotator: &Annotator,
    maker: &str,
) -> (Feed, Result<Brought>) {
    let now = Timestamp::now();
    feed.tried = Some(now);
    feed.retry_after = None;
    let after = |time: Option<Duration>, most: Duration| {
        let time = SignedDuration::try_from(time?.min(most)).ok()?;
        now.checked_add(time).ok()
    };
    let brought = match answer {
        Ok(Answer::Fresh(page)) => {
            feed.retry_after = after(page.fresh_for, FRESH);
            fresh(&mut feed, page, library, annotator, maker)
        }
        Ok(Answer::NotModified { fresh_for }) => {
            feed.retry_after = after(fresh_for, FRESH);
            Ok(Brought::default())
        }
        Ok(other) => {
            match &other {
                Answer::Gone { .. } => feed.gone = true,
                Answer::Busy { after: time, .. } => feed.retry_after = after(*time, LONGEST),
                _ => {}
            }
            other.page().map(|_| Brought::default())
        }
        Err(error) => Err(error),
    };
    match &brought {
        Ok(_) => {
            feed.succeeded = Some(now);
            feed.error = None;
            feed.gone = false;
        }
        Err(error) => feed.error = Some(short_of(error, &feed.url)),
    }
    // Whoever took the feed out meanwhile does not get it back.
    let kept = library.update_feed(&feed);
    (feed, brought.and_then(|brought| kept.map(|_| brought)))
}

/// What went wrong, without the address where it stands beside the feed anyway.
fn short_of(error: &Error, url: &str) -> String {
    let line = error.to_string();
    let own = format!("{}: ", fetch::name(url));
    line.strip_prefix(&own).map_or(line.clone(), str::to_owned)
}

/// Takes in the articles of a feed.
fn fresh(
    feed: &mut Feed,
    page: Page,
    library: &Library,
    annotator: &Annotator,
    maker: &str,
) -> Result<Brought> {
    let contents = feed::read(&page.bytes, &page.url, page.content_type.as_deref())?;
    feed.etag = page.validators.etag;
    feed.last_modified = page.validators.modified;
    feed.site = contents.link.clone().or(feed.site.take());
    feed.title = feed.title.take().or_else(|| contents.title.clone());
    // A move for good to an address that is followed already would make two feeds of one.
    if let Some(moved) = page.moved
        && library.feed(&moved)?.is_none()
    {
        feed.url = moved;
    }
    let mut brought = Brought::default();
    for entries in contents.entries.chunks(BATCH) {
        put(
            feed.id,
            entries,
            &contents,
            library,
            annotator,
            maker,
            &mut brought,
        )?;
    }
    Ok(brought)
}

fn put(
    feed: FeedId,
    entries: &[feed::Entry],
    contents: &Contents,
    library: &Library,
    annotator: &Annotator,
    maker: &str,
    brought: &mut Brought,
) -> Result<()> {
    let mut articles: Vec<(&feed::Entry, Annotated)> = Vec::new();
    for entry in entries {
        let document = feed::article(entry, contents);
        if document.text.is_empty() || known(feed, library, &document, maker)? {
            continue;
        }
        articles.push((entry, annotator.annotate(&document)));
    }
    let made: Vec<Entry<'_>> = articles
        .iter()
        .map(|(entry, annotated)| Entry {
            feed: Some(feed),
            guid: Some(&entry.id),
            ..Entry::new(annotated, Some(maker))
        })
        .collect();
    for ((entry, _), added) in articles.iter().zip(library.add(&made)?) {
        match added {
            Added::New(_) => brought.new += 1,
            Added::Changed(_) => brought.changed += 1,
            Added::Same(_) | Added::Deleted => continue,
        }
        if let (None, Some(url)) = (&entry.content, &entry.url) {
            brought.short.push(Short {
                feed,
                guid: entry.id.clone(),
                url: url.clone(),
            });
        }
    }
    Ok(())
}

/// Whether the library has an article so, or has more of it than the feed.
fn known(feed: FeedId, library: &Library, document: &Document, maker: &str) -> Result<bool> {
    let Some(uri) = &document.meta.uri else {
        return Ok(false);
    };
    if library.has(uri, &document.id, Some(maker))? {
        return Ok(true);
    }
    let Some(id) = library.find(uri)? else {
        return Ok(false);
    };
    // Two feeds with the same article do not take it from each other.
    if library
        .get(id)?
        .and_then(|item| item.feed)
        .is_some_and(|other| other != feed)
    {
        return Ok(true);
    }
    // A page that was fetched is not given away for the summary that the feed has of it.
    let kept = library.text(id)?.map_or(0, |text| text.len());
    Ok(kept > document.text.len() * 3 / 2)
}
