//! Queries that the reader keeps under a name: the folders of the library.

use rusqlite::params;

use super::Library;
use crate::base::text::{one_line, printable};
use crate::base::{Error, Result};
use crate::model::library::SavedQuery;

impl Library {
    /// The saved queries, in the order in which they were made.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn saved_queries(&self) -> Result<Vec<SavedQuery>> {
        self.read("read the saved queries", |c| {
            c.prepare_cached("SELECT name, query FROM saved_query ORDER BY position, name")?
                .query_map([], |row| {
                    Ok(SavedQuery {
                        name: row.get(0)?,
                        query: row.get(1)?,
                    })
                })?
                .collect()
        })
    }

    /// Keeps a query under a name, in the place of what had that name.
    ///
    /// # Errors
    /// The name is empty, the query has a mistake, or the library cannot be written.
    pub fn save_query(&self, name: &str, query: &str) -> Result<()> {
        let name = one_line(&printable(name));
        if name.is_empty() {
            return Err(Error::new("saved query", "has no name").remedy("give it one"));
        }
        super::query::parse(query).map_err(|e| Error::new("query", e.to_string()))?;
        self.write("keep a query", |tx| {
            tx.execute(
                "INSERT INTO saved_query(name, query, position)
                 VALUES (?1, ?2, (SELECT coalesce(max(position), 0) + 1 FROM saved_query))
                 ON CONFLICT DO UPDATE SET query = excluded.query",
                params![name, query],
            )?;
            Ok(())
        })
    }

    /// Forgets a query. Whether there was one of that name.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn forget_query(&self, name: &str) -> Result<bool> {
        self.write("forget a query", |tx| {
            Ok(tx.execute("DELETE FROM saved_query WHERE name = ?1", [name])? > 0)
        })
    }
}
