//! The second reader of feeds, which forgives broken XML and knows formats that nobody writes any
//! more: the `feedparser-rs` library. Calls `text`.

use feedparser_rs::{FeedVersion, ParseOptions};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::text::{address, html, line};
use super::{Contents, Entry};

/// What the feed holds; `None` if it is none.
pub(super) fn read(text: &str, url: &str) -> Option<Contents> {
    let options = ParseOptions {
        sanitize_html: false,
        ..ParseOptions::default()
    };
    let feed = feedparser_rs::parse_with_options(text.as_bytes(), &options).ok()?;
    if feed.version == FeedVersion::Unknown && feed.entries.is_empty() {
        return None;
    }
    Some(Contents {
        title: feed.feed.title.as_deref().and_then(line),
        link: feed.feed.link.as_deref().and_then(|l| absolute(l, url)),
        language: feed.feed.language.map(|l| l.to_string()),
        entries: feed.entries.into_iter().map(|e| entry(e, url)).collect(),
        reader: "feedparser-rs",
    })
}

/// An address that can be fetched, resolved against that of the feed.
fn absolute(link: &str, url: &str) -> Option<String> {
    if let Some(address) = address(link) {
        return Some(address);
    }
    address(url::Url::parse(url).ok()?.join(link.trim()).ok()?.as_str())
}

fn entry(entry: feedparser_rs::Entry, url: &str) -> Entry {
    let link = entry.link.as_deref().and_then(|l| absolute(l, url));
    let title = entry.title.as_deref().and_then(line);
    let content = entry
        .content
        .into_iter()
        .map(|c| c.value)
        .find_map(|c| html(&c));
    let summary = entry.summary.as_deref().and_then(html);
    let id = entry
        .id
        .map(|id| id.trim().to_owned())
        .filter(|id| !id.is_empty());
    let id = id.or_else(|| link.clone()).unwrap_or_else(|| {
        let parts = [&title, &summary, &content].map(|p| p.as_deref().unwrap_or_default());
        let hash = Sha256::digest(parts.join("\n"));
        let mut id = String::new();
        for byte in hash.iter().take(16) {
            id.push_str(&format!("{byte:02x}"));
        }
        id
    });
    let names = entry.authors.iter().filter_map(|a| a.name.as_deref());
    let mut authors: Vec<String> = names.filter_map(line).collect();
    if authors.is_empty() {
        authors.extend(entry.author.as_deref().and_then(line));
    }
    let time = entry
        .published
        .or(entry.updated)
        .or(entry.created)
        .or(entry.dc_date);
    let topics = entry.tags.iter();
    Entry {
        url: link.or_else(|| address(&id)),
        id,
        title,
        authors,
        published: time.and_then(|t| Timestamp::from_second(t.timestamp()).ok()),
        summary,
        content,
        topics: topics
            .filter_map(|t| line(t.label.as_deref().unwrap_or(&t.term)))
            .collect(),
    }
}
