//! Wallabag's JSON: a list of entries with text as HTML.

use serde_json::Value;

use super::html::text_of;
use super::{Article, Found};

/// Reads an export, if it is a list of entries with addresses.
pub(super) fn read(text: &str) -> Option<Found> {
    let value: Value = serde_json::from_str(text).ok()?;
    let entries = match &value {
        Value::Array(entries) => entries,
        other => other.get("_embedded")?.get("items")?.as_array()?,
    };
    let articles = entries.iter().filter_map(article).collect();
    Some(Found {
        from: "Wallabag",
        feeds: Vec::new(),
        articles,
    })
}

fn article(entry: &Value) -> Option<Article> {
    let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or("");
    // Older versions write numbers, newer ones truth values.
    let is = |name: &str| match entry.get(name) {
        Some(Value::Bool(on)) => *on,
        Some(Value::Number(n)) => n.as_i64() == Some(1),
        _ => false,
    };
    let url = text("url");
    if !url.contains("://") {
        return None;
    }
    let tags = entry.get("tags").and_then(Value::as_array);
    let tags = tags.into_iter().flatten().filter_map(|tag| {
        let name = tag.as_str().or_else(|| tag.get("label")?.as_str())?;
        Some(name.to_owned())
    });
    let time = |name: &str| -> Option<jiff::Timestamp> {
        let text = text(name);
        // `+0000` without a colon is what it writes.
        let fixed = match text.rsplit_once('+') {
            Some((start, zone)) if zone.len() == 4 => {
                format!("{start}+{}:{}", zone.get(..2)?, zone.get(2..)?)
            }
            _ => text.to_owned(),
        };
        fixed.parse().ok()
    };
    let authors = entry.get("published_by").and_then(Value::as_array);
    let author = authors.and_then(|a| a.first()?.as_str());
    Some(Article {
        url: url.to_owned(),
        title: text("title").to_owned(),
        author: author.map(str::to_owned).filter(|a| !a.is_empty()),
        text: text_of(text("content")),
        published: time("published_at").map(crate::model::library::day_of),
        added: time("created_at"),
        tags: tags.collect(),
        read: is("is_archived"),
        archived: is("is_archived"),
        starred: is("is_starred"),
        feed: None,
    })
}
