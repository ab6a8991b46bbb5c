//! One article and what the reader did to it: its text and layers, flags, tags, deleting.

use std::io::Read;
use std::sync::Arc;

use flate2::read::ZlibDecoder;
use rusqlite::{Connection, OptionalExtension, params};

use super::Library;
use crate::base::text::{one_line, printable};
use crate::base::{Error, Result};
use crate::model::library::{ArticleId, Flag};
use crate::model::{Annotated, contract};

/// The most bytes that the layers of one article can have.
const MOST: u64 = 512 << 20;

/// An article as the library holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored {
    /// The article with its layers; bare where nothing looked yet.
    pub annotated: Arc<Annotated>,
    /// What found the layers, in its exact version; `None` if nothing looked yet.
    pub maker: Option<String>,
}

impl Library {
    /// An article with its text and layers, if it is there.
    ///
    /// # Errors
    /// The library cannot be read, or what it holds of this article is damaged.
    pub fn stored(&self, id: ArticleId) -> Result<Option<Stored>> {
        let found = self.read("read an article", |c| {
            c.prepare_cached(
                "SELECT body.text, body.layers, article.maker FROM body
                 JOIN article ON article.id = body.id WHERE body.id = ?1",
            )?
            .query_row([id], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, Vec<u8>>(1)?,
                    row.get::<_, Option<String>>(2)?,
                ))
            })
            .optional()
        })?;
        let Some((text, layers, maker)) = found else {
            return Ok(None);
        };
        let subject = self.path.display().to_string();
        let annotated = unpacked(text, &layers)
            .map_err(|cause| {
                Error::new(subject, format!("article {id} is damaged: {cause}"))
                    .remedy("add it again")
            })?
            .into();
        Ok(Some(Stored { annotated, maker }))
    }

    /// The text of an article, if it is there.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn text(&self, id: ArticleId) -> Result<Option<String>> {
        self.read("read an article", |c| {
            c.prepare_cached("SELECT text FROM body WHERE id = ?1")?
                .query_row([id], |row| row.get(0))
                .optional()
        })
    }

    /// The article that came from a path or address.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn find(&self, uri: &str) -> Result<Option<ArticleId>> {
        self.read("look for an article", |c| {
            c.prepare_cached("SELECT id FROM article WHERE uri = ?1")?
                .query_row([uri], |row| row.get(0))
                .optional()
        })
    }

    /// The articles that lie in the library in exactly this text and with layers of this maker.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn has(&self, uri: &str, hash: &str, maker: Option<&str>) -> Result<bool> {
        self.read("look for an article", |c| {
            c.prepare_cached(
                "SELECT 1 FROM article WHERE uri = ?1 AND hash = ?2 AND (?3 IS NULL OR maker = ?3)",
            )?
            .exists(params![uri, hash, maker])
        })
    }

    /// Whether this text lies in the library and nothing has looked for layers in it yet.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn lacks_layers(&self, uri: &str, hash: &str) -> Result<bool> {
        self.read("look for an article", |c| {
            c.prepare_cached(
                "SELECT 1 FROM article WHERE uri = ?1 AND hash = ?2 AND maker IS NULL",
            )?
            .exists(params![uri, hash])
        })
    }

    /// Sets or takes away a flag; gives the articles that had it otherwise.
    ///
    /// # Errors
    /// The library cannot be written; nothing is changed then.
    pub fn flag(&self, ids: &[ArticleId], flag: Flag, on: bool) -> Result<Vec<ArticleId>> {
        let column = match flag {
            Flag::Unread => "unread",
            Flag::Starred => "starred",
            Flag::Archived => "archived",
        };
        let sql = format!("UPDATE article SET {column} = ?2 WHERE id = ?1 AND {column} <> ?2");
        self.write("change an article", |tx| {
            let mut statement = tx.prepare_cached(&sql)?;
            let mut changed = Vec::new();
            for &id in ids {
                if statement.execute(params![id, on])? > 0 {
                    changed.push(id);
                }
            }
            Ok(changed)
        })
    }

    /// Sets or takes away a tag; gives the articles that had it otherwise. A tag is one word.
    ///
    /// # Errors
    /// The library cannot be written, or the tag is empty; nothing is changed then.
    pub fn tag(&self, ids: &[ArticleId], tag: &str, on: bool) -> Result<Vec<ArticleId>> {
        let Some(tag) = clean_tag(tag) else {
            return Err(Error::new("tag", "is empty").remedy("a tag is a word"));
        };
        self.write("tag an article", |tx| {
            let mut changed = Vec::new();
            for &id in ids {
                let done = if on {
                    set_tag(tx, id, &tag)?
                } else {
                    tx.prepare_cached("DELETE FROM tag WHERE name = ?1 AND article = ?2")?
                        .execute(params![tag, id])?
                };
                if done > 0 {
                    changed.push(id);
                }
            }
            Ok(changed)
        })
    }

    /// Every tag with how many articles have it, the most used first.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn tags(&self) -> Result<Vec<(String, usize)>> {
        self.read("read the tags", |c| {
            c.prepare_cached(
                "SELECT name, count(*) AS n FROM tag GROUP BY name ORDER BY n DESC, name",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
        })
    }

    /// Deletes articles. Entries of feeds do not come back with the next refresh.
    ///
    /// # Errors
    /// The library cannot be written; nothing is deleted then.
    pub fn remove(&self, ids: &[ArticleId]) -> Result<usize> {
        self.write("delete an article", |tx| {
            let mut gone = 0;
            for &id in ids {
                tx.prepare_cached(
                    "INSERT OR IGNORE INTO deleted SELECT feed, guid FROM article
                     WHERE id = ?1 AND feed IS NOT NULL AND guid IS NOT NULL",
                )?
                .execute([id])?;
                gone += erase(tx, id)?;
            }
            Ok(gone)
        })
    }
}

/// A tag as it is kept: one word without commas. `None` if nothing is left.
pub(super) fn clean_tag(tag: &str) -> Option<String> {
    let tag = one_line(&printable(tag)).replace(' ', "-");
    let tag = tag.trim_matches(['#', ',']).to_lowercase();
    (!tag.is_empty()).then_some(tag)
}

/// Gives an article a tag; how many it got.
pub(super) fn set_tag(tx: &Connection, id: ArticleId, tag: &str) -> rusqlite::Result<usize> {
    let Some(tag) = clean_tag(tag) else {
        return Ok(0);
    };
    tx.prepare_cached(
        "INSERT OR IGNORE INTO tag(name, article) SELECT ?1, id FROM article WHERE id = ?2",
    )?
    .execute(params![tag, id])
}

/// The tags of an article, sorted.
pub(super) fn tags_of(connection: &Connection, id: ArticleId) -> rusqlite::Result<Vec<String>> {
    connection
        .prepare_cached("SELECT name FROM tag WHERE article = ?1 ORDER BY name")?
        .query_map([id], |row| row.get(0))?
        .collect()
}

/// Takes an article out of every table and of the index.
pub(super) fn erase(tx: &Connection, id: ArticleId) -> rusqlite::Result<usize> {
    // The index has to be told what stood there.
    tx.prepare_cached(
        "INSERT INTO full_text(full_text, rowid, title, text)
         SELECT 'delete', id, title, text FROM full_text_source WHERE id = ?1",
    )?
    .execute([id])?;
    tx.prepare_cached("DELETE FROM article WHERE id = ?1")?
        .execute([id])
}

/// Layers from their stored form.
pub(super) fn unpacked(text: String, layers: &[u8]) -> std::result::Result<Annotated, String> {
    let mut json = Vec::new();
    ZlibDecoder::new(layers)
        .take(MOST)
        .read_to_end(&mut json)
        .map_err(|e| e.to_string())?;
    let mut file: contract::File = serde_json::from_slice(&json).map_err(|e| e.to_string())?;
    file.document.text = text;
    let (annotated, _) = contract::read(file, "library").map_err(|e| e.cause)?;
    annotated.fault().map_or(Ok(annotated), Err)
}
