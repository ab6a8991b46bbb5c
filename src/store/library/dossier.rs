//! All that the library knows about an entity: stances held and received, quotes, outlets, who else.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::Value;
use rusqlite::{Connection, Row, params_from_iter};

use super::Library;
use crate::base::{EntityKind, Result};
use crate::model::library::{ArticleId, Dossier, QuoteNote, StanceNote, day_of};
use crate::model::{Polarity, QuoteKind};

/// Names that one entity has, at most.
const NAMES: i64 = 64;
/// Rows of one part, the latest.
const ROWS: i64 = 2000;
/// Others that are named beside it.
const BESIDE: i64 = 30;

impl Library {
    /// What is known about the entity of this name, or `None` if no article names it. Names that
    /// only have this in them count where none is exactly this.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn dossier(&self, name: &str) -> Result<Option<Dossier>> {
        self.read("read a dossier", |c| dossier(c, name))
    }

    /// The stances of one article, in their order.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn stances_of(&self, id: ArticleId) -> Result<Vec<StanceNote>> {
        self.read("read an article", |c| {
            let mut notes = stances(c, "article", "?", vec![id.into()])?;
            notes.sort_by_key(|n| n.position);
            Ok(notes)
        })
    }
}

fn dossier(c: &Connection, wanted: &str) -> rusqlite::Result<Option<Dossier>> {
    let names = names(c, wanted)?;
    let Some((_, main, _)) = names.first().cloned() else {
        return Ok(None);
    };
    let ids: Vec<i64> = names.iter().map(|n| n.0).collect();
    let set = vec!["?"; ids.len()].join(", ");
    let values = || ids.iter().map(|&id| Value::from(id));
    let one = |sql: &str| -> rusqlite::Result<usize> {
        c.prepare(sql)?
            .query_row(params_from_iter(values()), |row| row.get(0))
    };
    let articles = one(&format!(
        "SELECT count(DISTINCT article) FROM mention WHERE name IN ({set})"
    ))?;
    let outlets = counted(
        c,
        &format!(
            "SELECT coalesce(outlet, 'unknown outlet'), count(*) AS n FROM article WHERE id IN
               (SELECT article FROM mention WHERE name IN ({set}))
             GROUP BY 1 ORDER BY n DESC, 1 LIMIT 30"
        ),
        values().collect(),
    )?;
    let mut both: Vec<Value> = values().collect();
    both.extend(values());
    both.push(BESIDE.into());
    let beside = counted(
        c,
        &format!(
            "SELECT name.text, count(DISTINCT mention.article) AS n FROM mention
             JOIN name ON name.id = mention.name
             WHERE mention.article IN (SELECT article FROM mention WHERE name IN ({set}))
               AND mention.name NOT IN ({set})
             GROUP BY mention.name ORDER BY n DESC, name.text LIMIT ?"
        ),
        both,
    )?;
    let kinds = counted(
        c,
        &format!(
            "SELECT kind, sum(count) AS n FROM mention WHERE name IN ({set})
             GROUP BY kind ORDER BY n DESC"
        ),
        values().collect(),
    )?;
    let mut aliases: Vec<String> = names.iter().skip(1).map(|n| n.1.clone()).collect();
    for alias in called(c, &set, values().collect())? {
        if alias != main && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    Ok(Some(Dossier {
        held: stances(c, "holder", &set, values().collect())?,
        received: stances(c, "target", &set, values().collect())?,
        quotes: quotes(c, &set, values().collect())?,
        name: main,
        aliases,
        kind: kinds.first().and_then(|k| EntityKind::from_name(&k.0)),
        outlets,
        articles,
        beside,
    }))
}

/// The names that mean it, the most used first, with how many articles use each.
fn names(c: &Connection, wanted: &str) -> rusqlite::Result<Vec<(i64, String, usize)>> {
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let used = "(SELECT count(*) FROM mention WHERE mention.name = name.id)
      + (SELECT count(*) FROM stance WHERE target = name.id OR holder = name.id)";
    let exact: Vec<(i64, String, usize)> = c
        .prepare(&format!(
            "SELECT id, text, {used} AS n FROM name WHERE (text = ?1 COLLATE NOCASE OR id IN
               (SELECT main FROM alias WHERE name IN
                 (SELECT id FROM name WHERE text = ?1 COLLATE NOCASE)))
             AND n > 0 ORDER BY n DESC, text LIMIT ?2"
        ))?
        .query_map(rusqlite::params![wanted.trim(), NAMES], read)?
        .collect::<rusqlite::Result<_>>()?;
    if !exact.is_empty() || !wanted.chars().any(char::is_alphanumeric) {
        return Ok(exact);
    }
    let phrase = format!("\"{}\"", wanted.replace('"', "\"\""));
    c.prepare(&format!(
        "SELECT id, text, {used} AS n FROM name
         WHERE id IN (SELECT rowid FROM name_text WHERE name_text MATCH ?1) AND n > 0
         ORDER BY n DESC, text LIMIT ?2"
    ))?
    .query_map(rusqlite::params![phrase, NAMES], read)?
    .collect()
}

/// What the bearers of these names are also called, the most used first.
fn called(c: &Connection, set: &str, values: Vec<Value>) -> rusqlite::Result<Vec<String>> {
    c.prepare(&format!(
        "SELECT DISTINCT name.text FROM alias JOIN name ON name.id = alias.name
         WHERE alias.main IN ({set}) ORDER BY length(name.text) DESC, name.text LIMIT 12"
    ))?
    .query_map(params_from_iter(values), |row| row.get(0))?
    .collect()
}

fn counted(
    c: &Connection,
    sql: &str,
    values: Vec<Value>,
) -> rusqlite::Result<Vec<(String, usize)>> {
    c.prepare(sql)?
        .query_map(params_from_iter(values), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?
        .collect()
}

fn day(row: &Row<'_>, published: usize, added: usize) -> rusqlite::Result<Date> {
    let published: Option<String> = row.get(published)?;
    let added: i64 = row.get(added)?;
    let added = Timestamp::from_second(added).unwrap_or(Timestamp::UNIX_EPOCH);
    Ok(published
        .and_then(|d| d.parse().ok())
        .unwrap_or_else(|| day_of(added)))
}

fn stances(
    c: &Connection,
    column: &str,
    set: &str,
    mut values: Vec<Value>,
) -> rusqlite::Result<Vec<StanceNote>> {
    values.push(ROWS.into());
    let sql = format!(
        "SELECT s.article, s.position, a.published, a.added, a.outlet, a.title, h.text, t.text,
           s.polarity, s.strength, s.confidence, s.evidence
         FROM stance s JOIN article a ON a.id = s.article
         JOIN name h ON h.id = s.holder JOIN name t ON t.id = s.target
         WHERE s.{column} IN ({set}) ORDER BY s.article DESC, s.position LIMIT ?"
    );
    c.prepare(&sql)?
        .query_map(params_from_iter(values), |row| {
            Ok(StanceNote {
                article: row.get(0)?,
                position: row.get(1)?,
                day: day(row, 2, 3)?,
                outlet: row.get(4)?,
                title: row.get(5)?,
                holder: row.get(6)?,
                target: row.get(7)?,
                polarity: match row.get::<_, i64>(8)? {
                    0 => Polarity::For,
                    1 => Polarity::Against,
                    _ => Polarity::Conditional,
                },
                strength: row.get(9)?,
                confidence: row.get::<_, f64>(10)? as f32,
                evidence: row.get(11)?,
            })
        })?
        .collect()
}

fn quotes(c: &Connection, set: &str, mut values: Vec<Value>) -> rusqlite::Result<Vec<QuoteNote>> {
    values.push(ROWS.into());
    let sql = format!(
        "SELECT q.article, q.position, a.published, a.added, a.outlet, q.kind, q.text
         FROM quote q JOIN article a ON a.id = q.article
         WHERE q.speaker IN ({set}) ORDER BY q.article DESC, q.position LIMIT ?"
    );
    c.prepare(&sql)?
        .query_map(params_from_iter(values), |row| {
            let kind: String = row.get(5)?;
            Ok(QuoteNote {
                article: row.get(0)?,
                position: row.get(1)?,
                day: day(row, 2, 3)?,
                outlet: row.get(4)?,
                kind: QuoteKind::from_name(&kind).unwrap_or(QuoteKind::Indirect),
                text: row.get(6)?,
            })
        })?
        .collect()
}
