//! An entry of a feed → a document: what the feed itself holds of the article. Calls the HTML reader
//! for its blocks, and `draft`.

use std::sync::Arc;

use jiff::ZonedDateTime;
use jiff::civil::Time;
use jiff::tz::TimeZone;

use super::{Contents, Entry};
use crate::ingest::draft::Draft;
use crate::ingest::html;
use crate::model::{BlockKind, Document};

/// The article as far as the feed holds it: its content, else its summary. Without both it is a
/// headline.
pub fn article(entry: &Entry, feed: &Contents) -> Arc<Document> {
    let mut draft = Draft::default();
    let at = entry
        .published
        .map(|time| time.to_zoned_datetime(TimeZone::UTC));
    let day = at.as_ref().map(ZonedDateTime::date);
    if let Some(title) = &entry.title {
        draft.push(BlockKind::Title, title);
    }
    if !entry.authors.is_empty() {
        draft.push(BlockKind::Byline, &entry.authors.join(", "));
    }
    if let Some(day) = day {
        draft.push(BlockKind::Date, &day.to_string());
    }
    let body = entry.content.as_ref().or(entry.summary.as_ref());
    for (kind, text) in body.map(|body| html::blocks(body)).unwrap_or_default() {
        match kind {
            BlockKind::ListItem => draft.push(kind, &format!("• {text}")),
            _ => draft.push(kind, &text),
        }
    }
    draft.meta.title = entry.title.clone();
    draft.meta.authors = entry.authors.clone();
    draft.meta.published = day;
    // Midnight sharp is what programs write that know no more than the day.
    draft.meta.published_at = at.filter(|at| at.time() != Time::midnight());
    draft.meta.outlet = feed.title.clone();
    draft.meta.uri = entry.url.clone();
    draft.meta.language = feed.language.clone();
    draft.meta.topics = entry.topics.clone();
    Arc::new(draft.finish())
}
