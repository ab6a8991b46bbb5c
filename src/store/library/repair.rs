//! A damaged library: found out, set aside as a backup, and made anew from what can be read of it.
//! The reader's highlights, notes and corrections are in files of their own and never touched here.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};

use super::add::Entry;
use super::articles::unpacked;
use super::open::{free_name, fresh};
use super::schema::BACKUPS;
use super::{Library, articles};
use crate::base::{Error, Result};
use crate::model::library::{ArticleId, Feed, FeedId};
use crate::store::files;

/// Articles of one transaction.
const BATCH: usize = 64;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// What is wrong, a line each; empty if nothing is.
    pub faults: Vec<String>,
    /// Articles.
    pub articles: usize,
    /// Bytes of the file.
    pub bytes: u64,
}

impl Library {
    /// Reads the whole file and its indices.
    ///
    /// # Errors
    /// The file cannot be read at all.
    pub fn check(&self) -> Result<Health> {
        let bytes = fs::metadata(&self.path).map_or(0, |m| m.len());
        let connection = self.connection();
        let mut faults = Vec::new();
        let integrity = connection
            .prepare("PRAGMA integrity_check(20)")
            .and_then(|mut s| {
                let rows = s.query_map([], |row| row.get::<_, String>(0))?;
                rows.collect::<rusqlite::Result<Vec<_>>>()
            });
        match integrity {
            Ok(lines) => faults.extend(lines.into_iter().filter(|l| l != "ok")),
            Err(error) => faults.push(error.to_string()),
        }
        // A file that cannot be written cannot be asked this way.
        if self.read_only.is_none() {
            for index in ["full_text", "name_text"] {
                let sql =
                    format!("INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)");
                if let Err(error) = connection.execute_batch(&sql) {
                    faults.push(format!("the index {index}: {error}"));
                }
            }
        }
        let articles = connection
            .query_row("SELECT count(*) FROM article", [], |row| row.get(0))
            .unwrap_or(0);
        Ok(Health {
            faults,
            articles,
            bytes,
        })
    }

    /// Sets the file aside and makes it anew from what can be read of it.
    ///
    /// # Errors
    /// The folder cannot be written, or another program writes to the library.
    pub fn rebuild(self) -> Result<Self> {
        let folder = self.path.parent().unwrap_or(Path::new(".")).to_owned();
        drop(self);
        rescue(&folder)
    }
}

/// Sets the damaged library of `folder` aside and opens a new one with what could be read.
pub(super) fn rescue(folder: &Path) -> Result<Library> {
    let path = Library::file_in(folder);
    let backups = folder.join(BACKUPS);
    let fail = |e: std::io::Error| Error::io(path.display().to_string(), "be set aside", &e);
    files::make_folder(&backups)?;
    let _lock = files::lock(&backups)?;
    let aside = free_name(&backups, "damaged");
    for ending in ["", "-wal", "-shm"] {
        let (from, to) = (beside(&path, ending), beside(&aside, ending));
        if from.exists() {
            fs::rename(&from, &to).map_err(fail)?;
        }
    }
    let library = Library::with(path.clone(), fresh(&path)?, None, Vec::new());
    let saved = copy_what_can_be_read(&aside, &library)?;
    let notice = format!(
        "{}: was damaged; it is kept as {}, and {saved} could be read and {} in the library again. Highlights, notes and corrections are files of their own and are all there",
        path.display(),
        aside.display(),
        if saved == "1 article" { "is" } else { "are" }
    );
    Ok(library.with_notice(notice))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Copies what can be read of a damaged file; says how much that was.
fn copy_what_can_be_read(damaged: &Path, library: &Library) -> Result<String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let Ok(old) = Connection::open_with_flags(damaged, flags) else {
        return Ok("nothing".to_owned());
    };
    let _ = old.busy_timeout(Duration::from_secs(1));
    let (feeds, answered) = feeds(&old, library)?;
    saved_queries(&old, library)?;
    let mut saved = 0;
    let mut batch = Vec::new();
    let all = ids(&old);
    let found = all.len();
    for id in all {
        // An article that cannot be read is left out, the rest goes on.
        batch.extend(Rescued::read(&old, id));
        if batch.len() >= BATCH {
            saved += put(library, &mut batch, &feeds)?;
        }
    }
    saved += put(library, &mut batch, &feeds)?;
    // What was lost comes with the next refresh, unless the server is told that we have it.
    if saved == found {
        for feed in answered {
            library.update_feed(&feed)?;
        }
    }
    Ok(match saved {
        0 => "nothing".to_owned(),
        1 => "1 article".to_owned(),
        n => format!("{n} articles"),
    })
}

/// Numbers of articles: from both ends, since a walk stops at the first damaged page.
fn ids(old: &Connection) -> Vec<ArticleId> {
    let mut all = std::collections::BTreeSet::new();
    for sql in [
        "SELECT id FROM article ORDER BY id",
        "SELECT id FROM article ORDER BY id DESC",
        "SELECT id FROM body ORDER BY id",
        "SELECT id FROM body ORDER BY id DESC",
        "SELECT id FROM article INDEXED BY article_hash ORDER BY hash",
    ] {
        let Ok(mut statement) = old.prepare(sql) else {
            continue;
        };
        if let Ok(mut rows) = statement.query([]) {
            while let Ok(Some(row)) = rows.next() {
                all.extend(row.get::<_, ArticleId>(0));
            }
        }
    }
    all.into_iter().collect()
}

/// An article out of a damaged file.
struct Rescued {
    annotated: crate::model::Annotated,
    maker: Option<String>,
    feed: Option<FeedId>,
    guid: Option<String>,
    flags: [bool; 3],
    added: i64,
    tags: Vec<String>,
}

impl Rescued {
    fn read(old: &Connection, id: ArticleId) -> Option<Self> {
        let (text, layers): (String, Vec<u8>) = old
            .prepare_cached("SELECT text, layers FROM body WHERE id = ?1")
            .ok()?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .ok()?;
        let mut out = Self {
            annotated: unpacked(text, &layers).ok()?,
            maker: None,
            feed: None,
            guid: None,
            flags: [true, false, false],
            added: Timestamp::now().as_second(),
            tags: articles::tags_of(old, id).unwrap_or_default(),
        };
        // The text is worth more than its row: without the row it is a new article.
        let mut row = old
            .prepare_cached(
                "SELECT maker, feed, guid, unread, starred, archived, added FROM article WHERE id = ?1",
            )
            .ok()?;
        let _ = row.query_row([id], |row| {
            out.maker = row.get(0)?;
            out.feed = row.get(1)?;
            out.guid = row.get(2)?;
            out.flags = [row.get(3)?, row.get(4)?, row.get(5)?];
            out.added = row.get(6)?;
            Ok(())
        });
        Some(out)
    }
}

fn put(
    library: &Library,
    batch: &mut Vec<Rescued>,
    feeds: &std::collections::BTreeMap<FeedId, FeedId>,
) -> Result<usize> {
    let entries: Vec<Entry<'_>> = batch
        .iter()
        .map(|r| Entry {
            annotated: &r.annotated,
            maker: r.maker.as_deref(),
            feed: r.feed.and_then(|f| feeds.get(&f).copied()),
            guid: r.guid.as_deref(),
            read: !r.flags[0],
            starred: r.flags[1],
            archived: r.flags[2],
            tags: &r.tags,
            added: Timestamp::from_second(r.added).ok(),
        })
        .collect();
    let count = library.add(&entries)?.len();
    batch.clear();
    Ok(count)
}

/// Copies the feeds; their new numbers by their old ones, and those that a server gave a validator
/// for with it.
fn feeds(
    old: &Connection,
    library: &Library,
) -> Result<(std::collections::BTreeMap<FeedId, FeedId>, Vec<Feed>)> {
    let mut numbers = std::collections::BTreeMap::new();
    let mut answered = Vec::new();
    let sql = "SELECT id, url, title, site, tags, etag, last_modified FROM feed";
    let Ok(mut statement) = old.prepare(sql) else {
        return Ok((numbers, answered));
    };
    let Ok(mut rows) = statement.query([]) else {
        return Ok((numbers, answered));
    };
    while let Ok(Some(row)) = rows.next() {
        let tags: String = row.get(4).unwrap_or_default();
        let (Ok(id), Ok(url)) = (row.get(0), row.get(1)) else {
            continue;
        };
        let feed = Feed {
            url,
            title: row.get(2).unwrap_or_default(),
            site: row.get(3).unwrap_or_default(),
            tags: tags.split_whitespace().map(str::to_owned).collect(),
            ..Feed::default()
        };
        let new = library.add_feed(&feed)?.0;
        numbers.insert(id, new);
        let (etag, last_modified): (Option<String>, Option<String>) = (
            row.get(5).unwrap_or_default(),
            row.get(6).unwrap_or_default(),
        );
        if etag.is_some() || last_modified.is_some() {
            answered.push(Feed {
                id: new,
                etag,
                last_modified,
                ..feed
            });
        }
    }
    Ok((numbers, answered))
}

fn saved_queries(old: &Connection, library: &Library) -> Result<()> {
    let Ok(mut statement) = old.prepare("SELECT name, query FROM saved_query ORDER BY position")
    else {
        return Ok(());
    };
    let Ok(mut rows) = statement.query([]) else {
        return Ok(());
    };
    while let Ok(Some(row)) = rows.next() {
        if let (Ok(name), Ok(query)) = (row.get::<_, String>(0), row.get::<_, String>(1))
            && super::query::parse(&query).is_ok()
        {
            library.save_query(&name, &query)?;
        }
    }
    Ok(())
}
