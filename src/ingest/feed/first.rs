//! The first reader of feeds: the `feed-rs` library. Calls `text`.

use std::borrow::Cow;

use feed_rs::model;
use feed_rs::parser::Builder;
use jiff::Timestamp;

use super::text::{address, html, line};
use super::{Contents, Entry};

/// What the feed holds, or why it cannot be read.
pub(super) fn read(text: &str, url: &str) -> Result<Contents, String> {
    let base = address(url);
    let parser = Builder::new()
        .base_uri(base.as_deref())
        .sanitize_content(false)
        .timestamp_parser(feedparser_rs::util::date::parse_date)
        .build();
    let text = known_version(text);
    let feed = parser.parse(text.as_bytes()).map_err(|e| {
        let cause = e.to_string();
        cause.split(": ").last().unwrap_or(&cause).to_owned()
    })?;
    Ok(Contents {
        title: feed.title.and_then(|t| line(&t.content)),
        link: link(&feed.links),
        language: feed.language,
        entries: feed.entries.into_iter().map(entry).collect(),
        reader: "feed-rs",
    })
}

/// RSS 0.93 and 0.94 were never finished and read like 2.0; the library knows neither.
fn known_version(text: &str) -> Cow<'_, str> {
    let tag = text
        .find("<rss")
        .and_then(|at| Some(at..at + text[at..].find('>')?));
    let Some(tag) = tag else {
        return Cow::Borrowed(text);
    };
    let (from, to) = (tag.start, tag.end);
    match ["0.93", "0.94"]
        .iter()
        .find_map(|v| text[tag.clone()].find(v))
    {
        Some(at) => {
            let at = from + at;
            Cow::Owned(format!(
                "{}2.0{}{}",
                &text[..at],
                &text[at + 4..to],
                &text[to..]
            ))
        }
        None => Cow::Borrowed(text),
    }
}

/// The link that leads to the page of something.
fn link(links: &[model::Link]) -> Option<String> {
    let page = |l: &&model::Link| matches!(l.rel.as_deref(), None | Some("alternate"));
    let found = links.iter().find(page).or_else(|| {
        let feed =
            |l: &&model::Link| !matches!(l.rel.as_deref(), Some("self" | "enclosure" | "hub"));
        links.iter().find(feed)
    })?;
    address(&found.href)
}

fn entry(entry: model::Entry) -> Entry {
    let time = entry.published.or(entry.updated);
    Entry {
        url: link(&entry.links).or_else(|| address(&entry.id)),
        id: entry.id,
        title: entry.title.and_then(|t| line(&t.content)),
        authors: entry
            .authors
            .iter()
            .filter_map(|a| line(a.name.as_deref()?))
            .collect(),
        published: time.and_then(|t| Timestamp::from_second(t.timestamp()).ok()),
        summary: entry.summary.and_then(|t| html(&t.content)),
        content: entry.content.and_then(|c| c.body).and_then(|b| html(&b)),
        topics: entry
            .categories
            .iter()
            .filter_map(|c| line(c.label.as_deref().unwrap_or(&c.term)))
            .collect(),
    }
}
