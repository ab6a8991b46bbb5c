//! What went wrong in the database, as one line for the reader. May call `base`.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::base::Error;

/// The error of a failed act on the library at `path`: `doing` completes "cannot …".
pub(super) fn fault(path: &Path, doing: &str, error: &rusqlite::Error) -> Error {
    let (cause, remedy) = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => (
            "another byline is writing to it".to_owned(),
            "try again when it is done",
        ),
        Some(ErrorCode::DiskFull) => (
            "the disk is full".to_owned(),
            "free some space and try again; nothing that was in it is lost",
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => (
            "it can only be read".to_owned(),
            "check the permissions of the file and its folder",
        ),
        Some(ErrorCode::CannotOpen) => (
            "the file cannot be opened".to_owned(),
            "check the permissions of its folder, or choose another with --data DIR",
        ),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => (
            "the file is damaged".to_owned(),
            "run `byline library check`: it sets the file aside and saves what can be read",
        ),
        Some(ErrorCode::SystemIoFailure) => (
            format!("the disk failed: {error}"),
            "check the disk and the space on it",
        ),
        _ => (error.to_string(), ""),
    };
    Error::new(
        path.display().to_string(),
        format!("cannot {doing}: {cause}"),
    )
    .remedy(remedy)
}

/// Whether the file itself is broken.
pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}
