//! Files: atomic writes, the lock, the listing of a folder. The only place of this room that
//! changes a disk.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use crate::base::{Error, Result};

/// How the names of unfinished files begin.
const UNFINISHED: &str = ".byline-";
/// Longest first line that is read to recognise an article, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

fn fault(path: &Path, doing: &str, error: &std::io::Error) -> Error {
    Error::io(path.display().to_string(), doing, error)
}

/// Makes the folder and its parents.
pub(super) fn make_folder(root: &Path) -> Result<()> {
    fs::create_dir_all(root).map_err(|e| fault(root, "be made", &e))
}

/// Waits for the lock of the folder and holds it until dropped. The lock goes with the process, so
/// a killed program leaves none behind; what it left unfinished is cleared away here.
pub(super) fn lock(root: &Path) -> Result<File> {
    let path = root.join(".lock");
    let file = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(|e| fault(&path, "be opened", &e))?;
    while let Err(error) = file.lock() {
        match error.kind() {
            ErrorKind::Interrupted => {}
            // Some network file systems have no locks; the atomic rename still holds there.
            ErrorKind::Unsupported => break,
            _ => return Err(fault(&path, "be locked", &error)),
        }
    }
    for entry in fs::read_dir(root).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // A leftover that cannot be removed does no harm.
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(file)
}

/// Writes a whole file so that it is either the old one or the new one at any instant: a new file
/// in the same folder, flushed to disk, renamed over the old one, the folder flushed too. Keeps
/// the permissions of a file that it replaces and writes through a symbolic link.
///
/// # Errors
/// The folder is missing or cannot be written, the disk is full, or the file is there and
/// `replace` is false (exit code 2).
pub fn write_atomic(path: &Path, bytes: &[u8], replace: bool) -> Result<()> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&target).ok();
    if let Some(meta) = &old {
        if meta.is_dir() {
            return Err(Error::new(path.display().to_string(), "is a folder").remedy("name a file"));
        }
        if !meta.is_file() {
            // A pipe or a device cannot be replaced, only written.
            return fs::write(&target, bytes).map_err(|e| fault(path, "be written", &e));
        }
        if !replace {
            return Err(exists(path));
        }
    }
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let written = |e: std::io::Error| fault(path, "be written", &e);
    let mut builder = tempfile::Builder::new();
    builder.prefix(UNFINISHED);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(written)?;
    file.write_all(bytes).map_err(written)?;
    if let Some(meta) = old {
        file.as_file()
            .set_permissions(meta.permissions())
            .map_err(written)?;
    }
    file.as_file().sync_all().map_err(written)?;
    let renamed = if replace {
        file.persist(&target)
    } else {
        file.persist_noclobber(&target)
    };
    renamed.map_err(|e| match e.error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => written(e.error),
    })?;
    // A folder cannot be flushed everywhere; the rename itself has happened.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

fn exists(path: &Path) -> Error {
    Error::new(path.display().to_string(), "is there already")
        .remedy("choose another name or add --force")
        .usage()
}

/// The files of the folder with this ending, sorted by name; none if there is no folder.
pub(super) fn files_in(root: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(root) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(fault(root, "be read", &e)),
    };
    let mut out: Vec<PathBuf> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == ending))
        .collect();
    out.sort();
    Ok(out)
}

/// The first line of a file that is not blank, if it is text of a sensible length.
pub(super) fn first_line(path: &Path) -> Option<String> {
    let file = File::open(path).ok()?;
    let mut reader = BufReader::new(file.take(LONGEST_LINE));
    let mut line = String::new();
    while line.trim().is_empty() {
        line.clear();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
    }
    Some(line)
}
