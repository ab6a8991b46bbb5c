//! Opening the library: making it, bringing an older one up to date with a copy of the old first,
//! reading one that cannot be written, setting a damaged one aside.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::fault::{fault, is_damage};
use super::schema::{BACKUPS, FILE, MIGRATIONS, VERSION};
use super::{Library, repair};
use crate::base::{Error, Result};
use crate::store::files;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(20);

impl Library {
    /// The file of the library in a data folder.
    pub fn file_in(folder: &Path) -> PathBuf {
        folder.join(FILE)
    }

    /// The library in a data folder, if there is one.
    ///
    /// # Errors
    /// It is there and cannot be read at all.
    pub fn open_existing(folder: &Path) -> Result<Option<Self>> {
        match Self::file_in(folder).try_exists() {
            Ok(true) => Self::open(folder).map(Some),
            Ok(false) => Ok(None),
            Err(e) => {
                let path = Self::file_in(folder).display().to_string();
                Err(Error::io(path, "be opened", &e))
            }
        }
    }

    /// The same library once more, for a thread of its own: neither waits for the other's reading.
    ///
    /// # Errors
    /// It cannot be opened any more.
    pub fn another(&self) -> Result<Self> {
        Self::open(self.path.parent().unwrap_or(Path::new(".")))
    }

    /// The library in a data folder, made if there is none. An older one is brought up to date after
    /// a copy of it was kept; a damaged one is set aside and what can be read of it is saved; one
    /// that cannot be written, or is of a later version, is opened for reading.
    ///
    /// # Errors
    /// It can neither be made nor read.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = Self::file_in(folder);
        let there = path.is_file();
        if !there {
            files::make_folder(folder)?;
        }
        match prepare(&path) {
            Ok(Ready::Writable(connection)) => Ok(Self::with(path, connection, None, Vec::new())),
            Ok(Ready::Old(mut connection, version)) => {
                let kept = keep_copy(&connection, folder, &format!("before-{VERSION}"))?;
                migrate(&mut connection).map_err(|e| fault(&path, "be brought up to date", &e))?;
                let kept = kept.display();
                let notice = format!(
                    "the library was brought from version {version} to {VERSION}; the old one is kept as {kept}"
                );
                Ok(Self::with(path, connection, None, vec![notice]))
            }
            Ok(Ready::Later(connection, version)) => {
                let why = format!(
                    "it is of version {version}, made by a later byline, and this one writes version {VERSION}"
                );
                let notice = format!("{}: can only be read: {why}", path.display());
                Ok(Self::with(path, connection, Some(why), vec![notice]))
            }
            Err(error) if is_damage(&error) => repair::rescue(folder),
            Err(error) if there => {
                let connection = read_only(&path).map_err(|_| fault(&path, "be opened", &error))?;
                let why = fault(&path, "be written", &error);
                let why = why
                    .cause
                    .trim_start_matches("cannot be written: ")
                    .to_owned();
                let notice = format!("{}: can only be read: {why}", path.display());
                Ok(Self::with(path, connection, Some(why), vec![notice]))
            }
            Err(error) => Err(fault(&path, "be made", &error)),
        }
    }

    pub(super) fn with(
        path: PathBuf,
        connection: Connection,
        read_only: Option<String>,
        notices: Vec<String>,
    ) -> Self {
        Self {
            path,
            connection: Mutex::new(connection),
            read_only,
            notices,
        }
    }

    /// Copies the library, whole and compact, into the folder of backups; gives the path of the copy.
    ///
    /// # Errors
    /// The copy cannot be written.
    pub fn backup(&self) -> Result<PathBuf> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        keep_copy(&self.connection(), folder, "copy")
    }

    /// Adds a notice.
    pub(super) fn with_notice(mut self, notice: String) -> Self {
        self.notices.push(notice);
        self
    }
}

enum Ready {
    Writable(Connection),
    Old(Connection, i64),
    Later(Connection, i64),
}

/// Opens the file for writing and makes the tables of an empty one.
fn prepare(path: &Path) -> rusqlite::Result<Ready> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let version = version(&connection)?;
    if version > VERSION {
        return Ok(Ready::Later(connection, version));
    }
    settle(&connection)?;
    if version == 0 {
        migrate(&mut connection)?;
    } else if version < VERSION {
        return Ok(Ready::Old(connection, version));
    } else {
        // A file that nobody may write is found out here and not at the first change.
        connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK")?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |r| {
            r.get::<_, i64>(0)
        })?;
    }
    Ok(Ready::Writable(connection))
}

/// What holds for this connection.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    // A flag or a tag is on the disk before the screen says so.
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -16_000)?;
    connection.pragma_update(None, "temp_store", "memory")?;
    connection.pragma_update(None, "journal_size_limit", 32 << 20)?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(())
}

fn version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA user_version", [], |r| r.get(0))
}

/// Runs the migrations that the file lacks, all or none. Another program may have been faster.
pub(super) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version = version(&transaction)?;
    for step in MIGRATIONS.iter().skip(version.max(0) as usize) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", VERSION)?;
    transaction.commit()
}

/// A new file with empty tables, for what was rescued.
pub(super) fn fresh(path: &Path) -> Result<Connection> {
    match prepare(path) {
        Ok(Ready::Writable(connection)) => Ok(connection),
        Ok(_) => Err(Error::new(path.display().to_string(), "is there already")),
        Err(error) => Err(fault(path, "be made", &error)),
    }
}

/// Opens for reading, also where SQLite can write nothing beside the file.
fn read_only(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let plain = Connection::open_with_flags(path, flags);
    let connection = if let Ok(connection) = plain.and_then(|c| version(&c).map(|_| c)) {
        connection
    } else {
        let uri = format!("file:{}?immutable=1", escaped(path));
        let flags = flags | OpenFlags::SQLITE_OPEN_URI;
        Connection::open_with_flags(uri, flags)?
    };
    connection.busy_timeout(PATIENCE)?;
    version(&connection)?;
    Ok(connection)
}

/// A path as part of a URI of SQLite.
fn escaped(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = String::new();
    for c in path.to_string_lossy().chars() {
        match c {
            '%' => out.push_str("%25"),
            '?' => out.push_str("%3f"),
            '#' => out.push_str("%23"),
            c => out.push(c),
        }
    }
    out
}

/// Keeps a compact copy in the folder of backups.
fn keep_copy(connection: &Connection, folder: &Path, what: &str) -> Result<PathBuf> {
    let backups = folder.join(BACKUPS);
    files::make_folder(&backups)?;
    let copy = free_name(&backups, what);
    let unfinished = copy.with_extension("part");
    let _ = fs::remove_file(&unfinished);
    connection
        .execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])
        .map_err(|e| fault(&copy, "be written", &e))?;
    fs::rename(&unfinished, &copy)
        .map_err(|e| Error::io(copy.display().to_string(), "be written", &e))?;
    Ok(copy)
}

/// A name in the folder of backups that nothing has yet.
pub(super) fn free_name(backups: &Path, what: &str) -> PathBuf {
    let time = Timestamp::now().strftime("%Y-%m-%d-%H%M%S").to_string();
    let name = |n: u32| match n {
        1 => backups.join(format!("library-{what}-{time}.db")),
        n => backups.join(format!("library-{what}-{time}-{n}.db")),
    };
    let mut n = 1;
    while name(n).exists() {
        n += 1;
    }
    name(n)
}
