//! Opens the reader on articles that were loaded.

use super::args::OpenArgs;
use crate::base::{Error, Result};
use crate::ingest::Loaded;

/// Shows `articles` until the reader leaves.
///
/// # Errors
/// The terminal interface is not part of this build.
pub(super) fn run(_args: &OpenArgs, _articles: Vec<Loaded>) -> Result<()> {
    Err(Error::new("", "the reader is not built into this program").remedy("use --plain"))
}
