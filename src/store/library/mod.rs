//! The library: articles with what the annotator found in them, flags, tags, feeds and saved queries,
//! in one SQLite file in the data folder. Articles and annotations can be made again; highlights,
//! notes and corrections are not in here but in files of their own beside it. Reading one file needs
//! no library.
//!
//! Promises: a killed program leaves the last finished step; two programs write one after the other;
//! the file is copied before a migration; a damaged file is set aside and what can be read of it is
//! saved; a file of a later version is read and not written.
//!
//! May call `base` and `model`, and `store::files`.

mod add;
mod articles;
mod dossier;
mod fault;
mod feeds;
mod list;
mod names;
pub mod newsboat;
mod open;
pub mod query;
mod repair;
mod saved;
mod schema;
mod story;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::base::{Error, Result};

pub use add::{Added, Entry};
pub use articles::Stored;
pub use list::Request;
pub use query::Query;
pub use repair::Health;

/// An open library. Shared between threads; they take turns.
#[derive(Debug)]
pub struct Library {
    path: PathBuf,
    connection: Mutex<Connection>,
    /// Why it can only be read, where that is so.
    read_only: Option<String>,
    /// What the reader should know since it was opened.
    notices: Vec<String>,
}

impl Library {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why it can only be read, where that is so.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// What happened when it was opened that the reader should know, a sentence each.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads; `doing` completes "cannot …" if that fails.
    fn read<T>(
        &self,
        doing: &str,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T> {
        work(&self.connection()).map_err(|e| fault::fault(&self.path, doing, &e))
    }

    /// Writes, all of it or nothing. Waits for another program that is writing.
    fn write<T>(
        &self,
        doing: &str,
        work: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T> {
        if let Some(why) = &self.read_only {
            return Err(Error::new(
                self.path.display().to_string(),
                format!("cannot {doing}: {why}"),
            ));
        }
        let mut connection = self.connection();
        let done = connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .and_then(|transaction| {
                let out = work(&transaction)?;
                transaction.commit()?;
                Ok(out)
            });
        done.map_err(|e| fault::fault(&self.path, doing, &e))
    }
}
