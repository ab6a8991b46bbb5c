//! Putting articles in: one transaction for a batch. An article that came from the same place takes
//! the place of the old one and keeps its flags, tags and number of the day it was added.

use std::io::Write;
use std::ops::Range;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

use super::Library;
use super::names::Names;
use super::schema::{A_SECOND, DAY_BITS, UNTIMED};
use crate::base::text::{one_line, printable};
use crate::base::{Result, moment};
use crate::model::library::{ArticleId, FeedId, day_of};
use crate::model::{Annotated, BlockKind, Document, Party, Polarity, contract};

/// Characters of the first words that are kept for lists.
const LEAD: usize = 280;

/// An article to put in.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// The article with what was found in it.
    pub annotated: &'a Annotated,
    /// What found it, in its exact version; `None` if nothing looked yet.
    pub maker: Option<&'a str>,
    /// The feed it came from.
    pub feed: Option<FeedId>,
    /// Its name within the feed.
    pub guid: Option<&'a str>,
    /// Already read elsewhere.
    pub read: bool,
    /// Starred elsewhere.
    pub starred: bool,
    /// Put away elsewhere.
    pub archived: bool,
    /// Tags it had elsewhere.
    pub tags: &'a [String],
    /// When it was first put into a library, where that is known.
    pub added: Option<Timestamp>,
}

impl<'a> Entry<'a> {
    /// A new, unread article of no feed, with the layers that `maker` found.
    pub fn new(annotated: &'a Annotated, maker: Option<&'a str>) -> Self {
        Self {
            annotated,
            maker,
            feed: None,
            guid: None,
            read: false,
            starred: false,
            archived: false,
            tags: &[],
            added: None,
        }
    }
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new.
    New(ArticleId),
    /// It took the place of what came from there before.
    Changed(ArticleId),
    /// It was there already, the same.
    Same(ArticleId),
    /// The reader deleted it before.
    Deleted,
}

impl Library {
    /// Puts articles in, all of them or none.
    ///
    /// # Errors
    /// The library cannot be written; it is then as it was.
    pub fn add(&self, entries: &[Entry<'_>]) -> Result<Vec<Added>> {
        self.write("take an article in", |tx| {
            let mut names = Names::default();
            let now = Timestamp::now();
            entries
                .iter()
                .map(|entry| put(tx, &mut names, entry, now))
                .collect()
        })
    }
}

fn put(
    tx: &Connection,
    names: &mut Names,
    entry: &Entry<'_>,
    now: Timestamp,
) -> rusqlite::Result<Added> {
    let document = &entry.annotated.document;
    if let (Some(feed), Some(guid)) = (entry.feed, entry.guid) {
        let deleted = tx
            .prepare_cached("SELECT 1 FROM deleted WHERE feed = ?1 AND guid = ?2")?
            .exists(params![feed, guid])?;
        if deleted {
            return Ok(Added::Deleted);
        }
    }
    let Some(old) = old(tx, entry)? else {
        let id = fresh_id(tx, document, entry.added.unwrap_or(now))?;
        insert(tx, names, id, entry, entry.added.unwrap_or(now))?;
        for tag in entry.tags {
            super::articles::set_tag(tx, id, tag)?;
        }
        return Ok(Added::New(id));
    };
    if old.hash == document.id && (old.maker.as_deref() == entry.maker || entry.maker.is_none()) {
        return Ok(Added::Same(old.id));
    }
    let changed = old.hash != document.id;
    let tags = super::articles::tags_of(tx, old.id)?;
    let kept = Entry {
        feed: entry.feed.or(old.feed),
        guid: entry.guid.or(old.guid.as_deref()),
        // Another text is news; the same text with other layers is not.
        read: !old.unread && !changed,
        starred: old.starred,
        archived: old.archived && !changed,
        ..entry.clone()
    };
    let added = Timestamp::from_second(old.added).unwrap_or(now);
    super::articles::erase(tx, old.id)?;
    // Whoever reads the article knows it by its number.
    let id = if !changed && numbers(document, added).contains(&old.id) {
        old.id
    } else {
        fresh_id(tx, document, added)?
    };
    insert(tx, names, id, &kept, added)?;
    for tag in &tags {
        super::articles::set_tag(tx, id, tag)?;
    }
    Ok(Added::Changed(id))
}

struct Old {
    id: ArticleId,
    hash: String,
    feed: Option<FeedId>,
    guid: Option<String>,
    added: i64,
    unread: bool,
    starred: bool,
    archived: bool,
    maker: Option<String>,
}

/// The article that an entry takes the place of.
fn old(tx: &Connection, entry: &Entry<'_>) -> rusqlite::Result<Option<Old>> {
    let columns = "id, hash, feed, guid, added, unread, starred, archived, maker";
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Old {
            id: row.get(0)?,
            hash: row.get(1)?,
            feed: row.get(2)?,
            guid: row.get(3)?,
            added: row.get(4)?,
            unread: row.get(5)?,
            starred: row.get(6)?,
            archived: row.get(7)?,
            maker: row.get(8)?,
        })
    };
    if let (Some(feed), Some(guid)) = (entry.feed, entry.guid) {
        let sql = format!("SELECT {columns} FROM article WHERE feed = ?1 AND guid = ?2");
        let found = tx
            .prepare_cached(&sql)?
            .query_row(params![feed, guid], read)
            .optional()?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let document = &entry.annotated.document;
    if let Some(uri) = &document.meta.uri {
        let sql = format!("SELECT {columns} FROM article WHERE uri = ?1");
        return tx.prepare_cached(&sql)?.query_row([uri], read).optional();
    }
    let sql = format!("SELECT {columns} FROM article WHERE hash = ?1 AND uri IS NULL");
    tx.prepare_cached(&sql)?
        .query_row([&document.id], read)
        .optional()
}

/// The numbers that an article may have: those of its second, if that is known, else those at the
/// beginning of its day.
fn numbers(document: &Document, added: Timestamp) -> Range<ArticleId> {
    let of_day = |day| i64::from(super::query::days_since_1970(day)) << DAY_BITS;
    let Some(at) = &document.meta.published_at else {
        let day = document.meta.published.unwrap_or_else(|| day_of(added));
        return of_day(day)..of_day(day) + UNTIMED;
    };
    let at = at.timestamp();
    let second = at.as_second().rem_euclid(24 * 60 * 60);
    let first = of_day(day_of(at)) + UNTIMED + second * A_SECOND;
    first..first + A_SECOND
}

/// The next of the article's numbers that is free.
fn fresh_id(tx: &Connection, document: &Document, added: Timestamp) -> rusqlite::Result<ArticleId> {
    let mut numbers = numbers(document, added);
    loop {
        let last: Option<i64> = tx
            .prepare_cached("SELECT max(id) FROM article WHERE id >= ?1 AND id < ?2")?
            .query_row([numbers.start, numbers.end], |row| row.get(0))?;
        let next = last.map_or(numbers.start, |last| last + 1);
        if next < numbers.end {
            return Ok(next);
        }
        numbers = next..next + A_SECOND;
    }
}

fn insert(
    tx: &Connection,
    names: &mut Names,
    id: ArticleId,
    entry: &Entry<'_>,
    added: Timestamp,
) -> rusqlite::Result<()> {
    let document = &entry.annotated.document;
    let meta = &document.meta;
    let safe = |text: &str| one_line(&printable(text));
    let title = safe(document.display_title());
    let authors: Vec<String> = meta.authors.iter().map(|a| safe(a)).collect();
    tx.prepare_cached(
        "INSERT INTO article(id, hash, uri, feed, guid, title, authors, outlet, published, added,
           lead, words, unread, starred, archived, maker, published_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?
    .execute(params![
        id,
        document.id,
        meta.uri,
        entry.feed,
        entry.guid,
        title,
        authors.join("\n"),
        meta.outlet.as_deref().map(safe),
        meta.published.map(|d| d.to_string()),
        added.as_second(),
        lead(document),
        document.text.split_whitespace().count(),
        !entry.read,
        entry.starred,
        entry.archived,
        entry.maker,
        meta.published_at.as_ref().map(moment::written),
    ])?;
    for author in &authors {
        tx.prepare_cached("INSERT OR IGNORE INTO author(name, article) VALUES (?1, ?2)")?
            .execute(params![author, id])?;
    }
    if let Some(outlet) = meta.outlet.as_deref().map(safe) {
        tx.prepare_cached("INSERT OR IGNORE INTO outlet(name) VALUES (?1)")?
            .execute([outlet])?;
    }
    tx.prepare_cached("INSERT INTO body(id, text, layers) VALUES (?1, ?2, ?3)")?
        .execute(params![id, &*document.text, packed(entry.annotated)?])?;
    tx.prepare_cached("INSERT INTO full_text(rowid, title, text) VALUES (?1, ?2, ?3)")?
        .execute(params![id, title, &*document.text])?;
    layers(tx, names, id, entry.annotated)
}

/// The first words of the prose, without the headline.
fn lead(document: &Document) -> String {
    let prose = document
        .blocks
        .iter()
        .find(|b| b.kind.is_prose() && b.kind != BlockKind::Title);
    let text = prose.map_or("", |b| document.slice(b.span));
    one_line(&printable(text)).chars().take(LEAD).collect()
}

/// The contract's JSON without the text, deflated.
fn packed(annotated: &Annotated) -> rusqlite::Result<Vec<u8>> {
    let mut file = contract::write(annotated, &[]);
    file.document.text.clear();
    let fail =
        |e: Box<dyn std::error::Error + Send + Sync>| rusqlite::Error::ToSqlConversionFailure(e);
    let json = serde_json::to_vec(&file).map_err(|e| fail(e.into()))?;
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(&json).map_err(|e| fail(e.into()))?;
    encoder.finish().map_err(|e| fail(e.into()))
}

/// What was found in the article, as rows that can be asked for.
fn layers(
    tx: &Connection,
    names: &mut Names,
    id: ArticleId,
    annotated: &Annotated,
) -> rusqlite::Result<()> {
    for entity in annotated.entities.iter().filter(|e| !e.kind.is_light()) {
        let main = names.number(tx, &entity.name)?;
        tx.prepare_cached(
            "INSERT INTO mention(name, article, kind, count) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
        )?
        .execute(params![main, id, entity.kind.name(), entity.mentions.len()])?;
        for alias in entity.aliases.iter().filter(|a| **a != entity.name) {
            let alias = names.number(tx, alias)?;
            tx.prepare_cached("INSERT OR IGNORE INTO alias(name, main) VALUES (?1, ?2)")?
                .execute([alias, main])?;
        }
    }
    for stance in &annotated.stances {
        let holder = names.number(tx, annotated.party_name(stance.holder))?;
        let target = names.number(tx, annotated.target_name(stance.target))?;
        let evidence: Vec<String> = stance
            .evidence
            .iter()
            .map(|e| one_line(annotated.document.slice(*e)))
            .collect();
        tx.prepare_cached(
            "INSERT INTO stance(article, position, holder, target, polarity, strength, confidence,
               evidence) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            id,
            stance.id.index(),
            holder,
            target,
            polarity_number(stance.polarity),
            stance.strength,
            f64::from(stance.confidence),
            evidence.join(" … "),
        ])?;
    }
    for quote in &annotated.quotes {
        let Party::Entity(_) = quote.speaker else {
            continue;
        };
        let speaker = names.number(tx, annotated.party_name(quote.speaker))?;
        let text = one_line(annotated.document.slice(quote.span));
        tx.prepare_cached(
            "INSERT INTO quote(article, position, speaker, kind, words, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            id,
            quote.id.index(),
            speaker,
            quote.kind.name(),
            text.split_whitespace().count(),
            text,
        ])?;
    }
    Ok(())
}

/// The number that stands for a polarity in the tables.
pub(super) fn polarity_number(polarity: Polarity) -> i64 {
    match polarity {
        Polarity::For => 0,
        Polarity::Against => 1,
        Polarity::Conditional => 2,
    }
}
