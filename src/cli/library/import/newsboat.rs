//! Newsboat: its `urls` file (an address a line, then tags, of which `~name` is a title) and its
//! `cache.db` (feeds and articles in SQLite).

use std::path::Path;

use super::html::text_of;
use super::{Article, Found};
use crate::base::Result;
use crate::model::library::Feed;
use crate::store::library::newsboat;

/// Reads a `urls` file, if there is an address in it.
pub(super) fn urls(text: &str) -> Option<Found> {
    let mut feeds = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let mut words = words(line).into_iter();
        let Some(url) = words.next() else { continue };
        // Comments, queries, programs and files are no addresses.
        if !(url.starts_with("http://") || url.starts_with("https://")) {
            continue;
        }
        let mut feed = Feed {
            url,
            ..Feed::default()
        };
        for word in words {
            match word.strip_prefix('~') {
                Some(title) => feed.title = Some(title.to_owned()),
                None if word != "!" => feed.tags.push(word.trim_start_matches('!').to_owned()),
                None => {}
            }
        }
        feeds.push(feed);
    }
    (!feeds.is_empty()).then_some(Found {
        from: "newsboat",
        feeds,
        articles: Vec::new(),
    })
}

/// The words of a line; one in quotation marks may hold spaces.
fn words(line: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut word = String::new();
    let (mut inside, mut any) = (false, false);
    for c in line.chars() {
        match c {
            '"' => {
                inside = !inside;
                any = true;
            }
            c if c.is_whitespace() && !inside => {
                if any {
                    out.push(std::mem::take(&mut word));
                }
                any = false;
            }
            c => {
                word.push(c);
                any = true;
            }
        }
    }
    if any {
        out.push(word);
    }
    out
}

/// Reads a `cache.db`.
pub(super) fn cache(path: &Path) -> Result<Found> {
    let kept = newsboat::read(path)?;
    let feeds = kept.feeds.into_iter().map(|(url, title, site)| Feed {
        url,
        title,
        site,
        ..Feed::default()
    });
    let articles = kept.articles.into_iter().map(|row| Article {
        text: text_of(&row.content),
        url: if row.url.is_empty() {
            row.guid.clone()
        } else {
            row.url
        },
        title: row.title,
        author: Some(row.author).filter(|a| !a.is_empty()),
        added: jiff::Timestamp::from_second(row.published).ok(),
        tags: Vec::new(),
        read: !row.unread,
        starred: row.flags.contains('s'),
        feed: Some((row.feed, row.guid)),
        ..Article::default()
    });
    Ok(Found {
        from: "newsboat",
        feeds: feeds.collect(),
        articles: articles.collect(),
    })
}
