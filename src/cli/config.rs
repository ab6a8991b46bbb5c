//! `byline config path|print|check`.

use std::path::Path;

use super::args::ConfigAction;
use crate::base::{Error, Result};

/// Shows or checks the settings; `file` is what `--config` names.
///
/// # Errors
/// Settings are not part of this build.
pub(super) fn run(_action: &ConfigAction, _file: Option<&Path>) -> Result<()> {
    Err(Error::new(
        "config",
        "settings are not built into this program",
    ))
}
