//! Output: bytes → standard output or a file; errors → one line on standard error. A closed pipe
//! is success: whoever closed it has read enough.

use std::io::{ErrorKind, Write};
use std::path::Path;

use super::args::OutArgs;
use crate::base::{Error, Result};
use crate::store::write_atomic;

/// Writes to the file that was asked for, or to standard output.
pub(super) fn deliver(bytes: &[u8], out: &OutArgs) -> Result<()> {
    match &out.output {
        Some(path) if path != Path::new("-") => write_atomic(path, bytes, out.force),
        _ => print(bytes),
    }
}

/// Writes to standard output.
pub(super) fn print(bytes: &[u8]) -> Result<()> {
    let mut stdout = std::io::stdout().lock();
    let written = stdout.write_all(bytes).and_then(|()| stdout.flush());
    printed(written).map(drop)
}

/// What became of a write to standard output: whether anybody still listens.
pub(super) fn printed(written: std::io::Result<()>) -> Result<bool> {
    match written {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(e) => Err(Error::io("standard output", "be written", &e)),
    }
}

/// Says on standard error what went wrong.
pub(super) fn complain(error: &Error) {
    say(&error.to_string());
}

/// Says one line on standard error. If even that is closed, there is nobody to tell.
pub(super) fn say(line: &str) {
    let line = crate::base::text::printable(line);
    let _ = writeln!(std::io::stderr().lock(), "byline: {line}");
}
