//! `byline config path|print|check`.

use std::path::Path;

use super::args::ConfigAction;
use super::{environment, output};
use crate::base::{Error, Result};
use crate::config::{self, Theme};

/// Shows where the settings are looked for, prints them, or checks a file; `named` is what
/// `--config` names.
///
/// # Errors
/// If there is no place for a settings file, or if the file has a mistake.
pub(super) fn run(action: &ConfigAction, named: Option<&Path>) -> Result<()> {
    let file = config::paths::config_file(named.map(Path::to_owned), environment);
    let light = Theme::light_background(environment);
    match action {
        ConfigAction::Path => {
            let file = file.ok_or_else(|| {
                Error::new(
                    "config",
                    "there is no place for a settings file, since HOME is not set",
                )
                .remedy("name one with --config FILE or BYLINE_CONFIG")
            })?;
            output::print(format!("{}\n", file.display()).as_bytes())
        }
        ConfigAction::Print => {
            let config = config::load(file.as_deref(), named.is_some(), None, light)?;
            output::print(config::print(&config).as_bytes())
        }
        ConfigAction::Check { file: given } => {
            let required = given.is_some() || named.is_some();
            let file = given.clone().or(file);
            config::load(file.as_deref(), required, None, light)?;
            let line = match file {
                Some(file) if file.exists() => format!("{}: no mistakes\n", file.display()),
                Some(file) => format!("{}: not there; the defaults hold\n", file.display()),
                None => "no settings file; the defaults hold\n".to_owned(),
            };
            output::print(crate::base::text::printable(line.trim_end()).as_bytes())?;
            output::print(b"\n")
        }
    }
}
