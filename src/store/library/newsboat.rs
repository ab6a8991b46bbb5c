//! Newsboat's `cache.db`, read as it lies: this is the room that knows SQLite.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::fault::fault;
use crate::base::Result;

/// An article of newsboat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its name within its feed.
    pub guid: String,
    /// Headline.
    pub title: String,
    /// Author, or nothing.
    pub author: String,
    /// Address.
    pub url: String,
    /// Address of its feed.
    pub feed: String,
    /// Second of publication.
    pub published: i64,
    /// Text, as HTML.
    pub content: String,
    /// Not read yet.
    pub unread: bool,
    /// The reader's letters.
    pub flags: String,
}

/// What a `cache.db` holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Kept {
    /// Address, title and site of each feed.
    pub feeds: Vec<(String, Option<String>, Option<String>)>,
    /// Articles that were not deleted.
    pub articles: Vec<Row>,
}

/// Reads a `cache.db`; nothing is written to it.
///
/// # Errors
/// It cannot be read, or is no cache of newsboat.
pub fn read(path: &Path) -> Result<Kept> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let kept = Connection::open_with_flags(path, flags).and_then(|c| rows(&c));
    kept.map_err(|e| {
        fault(path, "be read as a cache of newsboat", &e).remedy("close newsboat and try again")
    })
}

fn rows(c: &Connection) -> rusqlite::Result<Kept> {
    let some = |text: String| Some(text).filter(|t| !t.is_empty());
    let feeds = c
        .prepare(
            "SELECT rssurl, coalesce(title, ''), coalesce(url, '') FROM rss_feed ORDER BY rssurl",
        )?
        .query_map([], |row| {
            Ok((row.get(0)?, some(row.get(1)?), some(row.get(2)?)))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let articles = c
        .prepare(
            "SELECT guid, coalesce(title, ''), coalesce(author, ''), coalesce(url, ''), feedurl,
               coalesce(pubDate, 0), coalesce(content, ''), unread, coalesce(flags, '')
             FROM rss_item WHERE coalesce(deleted, 0) = 0 ORDER BY pubDate, id",
        )?
        .query_map([], |row| {
            Ok(Row {
                guid: row.get(0)?,
                title: row.get(1)?,
                author: row.get(2)?,
                url: row.get(3)?,
                feed: row.get(4)?,
                published: row.get(5)?,
                content: row.get(6)?,
                unread: row.get::<_, i64>(7)? != 0,
                flags: row.get(8)?,
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Kept { feeds, articles })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_and_articles_that_were_not_deleted_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache.db");
        let made = Connection::open(&path).unwrap();
        made.execute_batch(
            "CREATE TABLE rss_feed (rssurl TEXT PRIMARY KEY, url TEXT, title TEXT);
             CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid TEXT, title TEXT, author TEXT,
               url TEXT, feedurl TEXT, pubDate INTEGER, content TEXT, unread INTEGER, flags TEXT,
               deleted INTEGER DEFAULT 0);
             INSERT INTO rss_feed VALUES ('https://news.example/feed', 'https://news.example', 'News');
             INSERT INTO rss_item VALUES (1, 'g1', 'Tide', 'Ada', 'https://news.example/1',
               'https://news.example/feed', 1700000000, '<p>It rose.</p>', 0, 's', 0);
             INSERT INTO rss_item VALUES (2, 'g2', 'Gone', '', '', 'https://news.example/feed', 1, '',
               1, NULL, 1);",
        )
        .unwrap();
        drop(made);
        let kept = read(&path).unwrap();
        assert_eq!(kept.feeds[0].1.as_deref(), Some("News"));
        assert_eq!(kept.articles.len(), 1);
        assert!(!kept.articles[0].unread && kept.articles[0].flags == "s");
        std::fs::write(&path, "not a cache").unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(
            error.contains("close newsboat") || error.contains("newsboat"),
            "{error}"
        );
    }
}
