//! The feeds of the library: adding, reading, changing, taking away. Fetching and parsing them is
//! the work of other rooms.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row, params};

use super::Library;
use crate::base::Result;
use crate::base::text::{one_line, printable};
use crate::model::library::{Feed, FeedId};

const COLUMNS: &str = "SELECT id, url, title, site, tags, etag, last_modified, tried, succeeded,
  error, gone, retry_after, interval,
  (SELECT count(*) FROM article WHERE article.feed = feed.id),
  (SELECT count(*) FROM article WHERE article.feed = feed.id AND unread = 1)
  FROM feed";

impl Library {
    /// Every feed, by title or address.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn feeds(&self) -> Result<Vec<Feed>> {
        let sql = format!("{COLUMNS} ORDER BY coalesce(title, url) COLLATE NOCASE, id");
        self.read("read the feeds", |c| {
            c.prepare_cached(&sql)?.query_map([], feed)?.collect()
        })
    }

    /// The feed with this address.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn feed(&self, url: &str) -> Result<Option<Feed>> {
        let sql = format!("{COLUMNS} WHERE url = ?1");
        self.read("read a feed", |c| {
            c.prepare_cached(&sql)?.query_row([url], feed).optional()
        })
    }

    /// Adds a feed. One with this address that is there already stays as it is; gives its number and
    /// whether it is new.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn add_feed(&self, feed: &Feed) -> Result<(FeedId, bool)> {
        self.write("add a feed", |tx| {
            let found = tx
                .prepare_cached("SELECT id FROM feed WHERE url = ?1")?
                .query_row([&feed.url], |row| row.get(0))
                .optional()?;
            if let Some(id) = found {
                return Ok((id, false));
            }
            let id = tx
                .prepare_cached("INSERT INTO feed(url) VALUES (?1)")?
                .insert([&feed.url])?;
            set(tx, &Feed { id, ..feed.clone() })?;
            Ok((id, true))
        })
    }

    /// Writes what is known about a feed, found by its number. Whether there is such a feed.
    ///
    /// # Errors
    /// The library cannot be written, or another feed has this address.
    pub fn update_feed(&self, feed: &Feed) -> Result<bool> {
        self.write("change a feed", |tx| set(tx, feed))
    }

    /// Takes a feed away. Its articles stay, or go with it if `articles`. Whether there was one.
    ///
    /// # Errors
    /// The library cannot be written; nothing is changed then.
    pub fn remove_feed(&self, id: FeedId, articles: bool) -> Result<bool> {
        self.write("take a feed away", |tx| {
            if articles {
                let ids: Vec<i64> = tx
                    .prepare_cached("SELECT id FROM article WHERE feed = ?1")?
                    .query_map([id], |row| row.get(0))?
                    .collect::<rusqlite::Result<_>>()?;
                for article in ids {
                    super::articles::erase(tx, article)?;
                }
            }
            tx.execute("DELETE FROM deleted WHERE feed = ?1", [id])?;
            Ok(tx.execute("DELETE FROM feed WHERE id = ?1", [id])? > 0)
        })
    }
}

fn set(tx: &rusqlite::Connection, feed: &Feed) -> rusqlite::Result<bool> {
    let safe = |text: &Option<String>| text.as_deref().map(|t| one_line(&printable(t)));
    let second = |time: Option<Timestamp>| time.map(Timestamp::as_second);
    let tags: Vec<String> = feed
        .tags
        .iter()
        .filter_map(|t| super::articles::clean_tag(t))
        .collect();
    let changed = tx
        .prepare_cached(
            "UPDATE feed SET url = ?2, title = ?3, site = ?4, tags = ?5, etag = ?6,
               last_modified = ?7, tried = ?8, succeeded = ?9, error = ?10, gone = ?11,
               retry_after = ?12, interval = ?13 WHERE id = ?1",
        )?
        .execute(params![
            feed.id,
            feed.url,
            safe(&feed.title),
            feed.site,
            tags.join(" "),
            feed.etag,
            feed.last_modified,
            second(feed.tried),
            second(feed.succeeded),
            safe(&feed.error),
            feed.gone,
            second(feed.retry_after),
            feed.interval,
        ])?;
    Ok(changed > 0)
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let time = |n: usize| -> rusqlite::Result<Option<Timestamp>> {
        let second: Option<i64> = row.get(n)?;
        Ok(second.and_then(|s| Timestamp::from_second(s).ok()))
    };
    let tags: String = row.get(4)?;
    Ok(Feed {
        id: row.get(0)?,
        url: row.get(1)?,
        title: row.get(2)?,
        site: row.get(3)?,
        tags: tags.split_whitespace().map(str::to_owned).collect(),
        etag: row.get(5)?,
        last_modified: row.get(6)?,
        tried: time(7)?,
        succeeded: time(8)?,
        error: row.get(9)?,
        gone: row.get(10)?,
        retry_after: time(11)?,
        interval: row.get(12)?,
        counts: (row.get(13)?, row.get(14)?),
    })
}
