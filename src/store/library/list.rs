//! Lists: pages of rows, in an order, of all articles or of those that a query finds. Never all
//! rows at once.

use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};

use super::Library;
use super::query::{self, Query};
use crate::base::{Result, moment};
use crate::model::library::{ArticleId, Item, Sort};

/// Columns of a row.
const COLUMNS: &str =
    "article.id, hash, uri, feed, article.title, authors, outlet, published, added,
  lead, words, unread, starred, archived,
  (SELECT group_concat(name, char(10)) FROM (SELECT name FROM tag WHERE tag.article = article.id
   ORDER BY name)), published_at";

/// Hits that are ranked; among more, the latest are.
const RANKED: usize = 2000;
/// Hits that are counted; more are "more than".
pub(super) const COUNTED: usize = 10_000;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Order.
    pub sort: Sort,
    /// How many rows to leave out.
    pub offset: usize,
    /// How many rows at most.
    pub limit: usize,
    /// Whether each row brings the words around its first hit.
    pub snippets: bool,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            sort: Sort::Newest,
            offset: 0,
            limit: 100,
            snippets: false,
        }
    }
}

/// How many articles there are of a sort.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// All that are not put away.
    pub listed: usize,
    /// Of these, not read yet.
    pub unread: usize,
    /// Put away.
    pub archived: usize,
}

impl Library {
    /// A page of what a query finds. Without a word about `archived` in it, what is put away is left
    /// out.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn list(&self, query: &Query, request: &Request) -> Result<Vec<Item>> {
        let found = query::sql(query);
        let words = found.words.is_some();
        let ranked = request.sort == Sort::Best && words;
        let snippet = if request.snippets && words {
            "snippet(full_text, 1, char(2), char(3), '…', 24)"
        } else {
            "NULL"
        };
        let from = if words {
            "full_text CROSS JOIN article ON article.id = full_text.rowid"
        } else {
            "article"
        };
        let id = if words {
            "full_text.rowid"
        } else {
            "article.id"
        };
        let order = match request.sort {
            _ if ranked => "bm25(full_text, 4.0, 1.0), full_text.rowid DESC".to_owned(),
            Sort::Newest | Sort::Best => format!("{id} DESC"),
            Sort::Oldest => format!("{id} ASC"),
            Sort::Outlet => {
                format!("outlet IS NULL, outlet, {id} DESC")
            }
            Sort::Title => format!("article.title, {id} DESC"),
        };
        let mut values: Vec<Value> = Vec::new();
        let mut condition = found.condition;
        if let Some(words) = &found.words {
            values.push(words.clone().into());
            condition = format!("full_text MATCH ? AND ({condition})");
        }
        values.extend(found.values);
        if ranked {
            // Ranking reads every hit: of a common word, the latest.
            if let Some(words) = &found.words {
                values.push(words.clone().into());
                condition.push_str(
                    " AND full_text.rowid >= coalesce((SELECT rowid FROM full_text
                     WHERE full_text MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?), 0)",
                );
                values.push((RANKED as i64).into());
            }
        }
        values.push((request.limit as i64).into());
        values.push((request.offset as i64).into());
        let sql = format!(
            "SELECT {COLUMNS}, {snippet} FROM {from} WHERE {condition} ORDER BY {order} LIMIT ? OFFSET ?"
        );
        self.read("list articles", |c| {
            c.prepare_cached(&sql)?
                .query_map(params_from_iter(values), item)?
                .collect()
        })
    }

    /// How many articles a query finds, at most one more than ten thousand.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn count(&self, query: &Query) -> Result<usize> {
        let found = query::sql(query);
        let mut values: Vec<Value> = Vec::new();
        let from = if let Some(words) = &found.words {
            values.push(words.clone().into());
            format!(
                "SELECT 1 FROM full_text CROSS JOIN article ON article.id = full_text.rowid
                 WHERE full_text MATCH ? AND ({})",
                found.condition
            )
        } else {
            format!("SELECT 1 FROM article WHERE {}", found.condition)
        };
        values.extend(found.values);
        // Without any condition the whole library is counted: that is one walk over an index.
        let most = if query.is_empty() {
            -1
        } else {
            COUNTED as i64 + 1
        };
        let sql = format!("SELECT count(*) FROM ({from} LIMIT {most})");
        self.read("count articles", |c| {
            c.prepare_cached(&sql)?
                .query_row(params_from_iter(values), |row| row.get(0))
        })
    }

    /// One row, if the article is there.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn get(&self, id: ArticleId) -> Result<Option<Item>> {
        let sql = format!("SELECT {COLUMNS}, NULL FROM article WHERE article.id = ?1");
        self.read("read an article", |c| {
            c.prepare_cached(&sql)?.query_row([id], item).optional()
        })
    }

    /// How many articles there are.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn counts(&self) -> Result<Counts> {
        self.read("count articles", |c| {
            let one = |sql: &str| -> rusqlite::Result<usize> {
                c.prepare_cached(sql)?.query_row([], |row| row.get(0))
            };
            Ok(Counts {
                listed: one("SELECT count(*) FROM article WHERE archived = 0")?,
                unread: one("SELECT count(*) FROM article WHERE archived = 0 AND unread = 1")?,
                archived: one("SELECT count(*) FROM article WHERE archived = 1")?,
            })
        })
    }

    /// Whether there is neither an article nor a feed.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn is_empty(&self) -> Result<bool> {
        self.read("read the library", |c| {
            c.prepare_cached("SELECT 1 FROM article UNION ALL SELECT 1 FROM feed LIMIT 1")?
                .exists([])
                .map(|any| !any)
        })
    }
}

fn item(row: &Row<'_>) -> rusqlite::Result<Item> {
    let lines = |text: Option<String>| -> Vec<String> {
        let text = text.unwrap_or_default();
        let lines = text.lines().filter(|l| !l.is_empty());
        lines.map(str::to_owned).collect()
    };
    let published: Option<String> = row.get(7)?;
    let published_at: Option<String> = row.get(15)?;
    Ok(Item {
        id: row.get(0)?,
        hash: row.get(1)?,
        uri: row.get(2)?,
        feed: row.get(3)?,
        title: row.get(4)?,
        authors: lines(row.get(5)?),
        outlet: row.get(6)?,
        published: published.and_then(|d| d.parse().ok()),
        published_at: published_at.as_deref().and_then(moment::read),
        added: Timestamp::from_second(row.get(8)?).unwrap_or(Timestamp::UNIX_EPOCH),
        lead: row.get(9)?,
        words: row.get(10)?,
        unread: row.get(11)?,
        starred: row.get(12)?,
        archived: row.get(13)?,
        tags: lines(row.get(14)?),
        snippet: row.get(16)?,
    })
}
