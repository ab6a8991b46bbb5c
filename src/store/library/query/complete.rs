//! What can stand at the end of a query that is being typed: keys first, then names, outlets and
//! tags of the library.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{FLAGS, KEYS};
use crate::base::Result;
use crate::model::Polarity;
use crate::model::library::{Completion, Sort};
use crate::store::library::Library;

/// Candidates at most.
const MOST: i64 = 20;

impl Library {
    /// What can stand at the end of `text`.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn complete(&self, text: &str) -> Result<Completion> {
        let (from, word) = last(text);
        let word = word.trim_start_matches(['-', '(']);
        let from = from + (text.len() - from - word.len());
        let Some((key, value)) = word.split_once(':') else {
            return Ok(Completion {
                from,
                candidates: keys(word),
            });
        };
        let start = value.trim_start_matches('"');
        let found = self.read("look for names", |c| values(c, &key.to_lowercase(), start))?;
        let candidates = found
            .into_iter()
            .map(|name| {
                let plain = !name
                    .chars()
                    .any(|c| c.is_whitespace() || "()\"".contains(c));
                if plain {
                    format!("{key}:{name}")
                } else {
                    format!("{key}:\"{}\"", name.replace('"', ""))
                }
            })
            .collect();
        Ok(Completion { from, candidates })
    }
}

/// The word at the end, with the byte it begins at; what stands in open quotation marks is one.
pub(super) fn last(text: &str) -> (usize, &str) {
    let mut from = 0;
    let mut inside = false;
    for (at, c) in text.char_indices() {
        if c == '"' {
            inside = !inside;
        } else if c.is_whitespace() && !inside {
            from = at + c.len_utf8();
        }
    }
    (from, &text[from..])
}

fn keys(start: &str) -> Vec<String> {
    let lower = start.to_lowercase();
    let keys = KEYS.iter().map(|k| format!("{}:", k.0));
    let flags = FLAGS.iter().map(|f| f.0.to_owned());
    keys.chain(flags)
        .filter(|k| k.starts_with(&lower))
        .collect()
}

/// The values of a key that start with, or have a word that starts with, `start`.
fn values(c: &Connection, key: &str, start: &str) -> rusqlite::Result<Vec<String>> {
    let names = |names: &[&str]| -> Vec<String> {
        let lower = start.to_lowercase();
        let fits = names.iter().filter(|n| n.starts_with(&lower));
        fits.map(|n| (*n).to_owned()).collect()
    };
    let (sql, column) = match key {
        "stance" => return Ok(names(&Polarity::ALL.map(Polarity::name))),
        "sort" => return Ok(names(&Sort::ALL.map(Sort::name))),
        "entity" => ("mention", "name"),
        "holder" => ("stance", "holder"),
        "target" => ("stance", "target"),
        "outlet" => {
            return like(
                c,
                "SELECT name FROM outlet WHERE name LIKE ?1 ESCAPE '\\' ORDER BY name LIMIT ?2",
                start,
            );
        }
        "author" => {
            return like(
                c,
                "SELECT DISTINCT name FROM author WHERE name LIKE ?1 ESCAPE '\\' ORDER BY name LIMIT ?2",
                start,
            );
        }
        "feed" => {
            return like(
                c,
                "SELECT coalesce(title, url) FROM feed WHERE title LIKE ?1 ESCAPE '\\' OR url LIKE ?1 ESCAPE '\\' ORDER BY 1 LIMIT ?2",
                start,
            );
        }
        "tag" => {
            return like(
                c,
                "SELECT DISTINCT name FROM tag WHERE name LIKE ?1 ESCAPE '\\' ORDER BY name LIMIT ?2",
                start,
            );
        }
        _ => return Ok(Vec::new()),
    };
    // The most frequent first; of very many the first few hundred are counted.
    let counted = format!(
        "SELECT name.text, (SELECT count(*) FROM (SELECT 1 FROM {sql} WHERE {sql}.{column} = name.id
           LIMIT 1000)) AS n
         FROM name"
    );
    let mut values: Vec<Value> = Vec::new();
    let sql = if start.chars().any(char::is_alphanumeric) {
        values.push(format!("\"{}\"*", start.replace('"', "\"\"")).into());
        format!(
            "{counted} WHERE name.id IN (SELECT rowid FROM name_text WHERE name_text MATCH ? LIMIT 300)
             AND n > 0 ORDER BY n DESC, name.text LIMIT ?"
        )
    } else {
        format!(
            "{counted} WHERE name.id IN (SELECT id FROM name ORDER BY id LIMIT 300)
             AND n > 0 ORDER BY n DESC, name.text LIMIT ?"
        )
    };
    values.push(MOST.into());
    c.prepare_cached(&sql)?
        .query_map(params_from_iter(values), |row| row.get(0))?
        .collect()
}

fn like(c: &Connection, sql: &str, start: &str) -> rusqlite::Result<Vec<String>> {
    let mut pattern = String::from("%");
    for c in start.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    c.prepare_cached(sql)?
        .query_map(rusqlite::params![pattern, MOST], |row| row.get(0))?
        .collect()
}
