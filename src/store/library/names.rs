//! Names: each name of an entity or an issue has one number. May call nothing but the database.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};

use crate::base::text::{one_line, printable};

/// Longest name that is kept, in characters.
const LONGEST: usize = 200;

/// Numbers of names, each asked for once.
#[derive(Debug, Default)]
pub(super) struct Names {
    known: BTreeMap<String, i64>,
}

impl Names {
    /// The number of a name, given to it if it has none.
    pub fn number(&mut self, connection: &Connection, name: &str) -> rusqlite::Result<i64> {
        let name: String = one_line(&printable(name)).chars().take(LONGEST).collect();
        if let Some(&number) = self.known.get(&name) {
            return Ok(number);
        }
        let found = connection
            .prepare_cached("SELECT id FROM name WHERE text = ?1")?
            .query_row([&name], |row| row.get(0))
            .optional()?;
        let number = match found {
            Some(number) => number,
            None => connection
                .prepare_cached("INSERT INTO name(text) VALUES (?1)")?
                .insert(params![name])?,
        };
        self.known.insert(name, number);
        Ok(number)
    }
}
