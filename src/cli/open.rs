//! Opens the reader: checks that there is a terminal, reads the configuration and the first
//! article, and hands both to `ui`.

use std::io::IsTerminal;
use std::sync::Arc;

use super::args::OpenArgs;
use super::desk::Articles;
use super::environment;
use super::external::External;
use crate::base::{Error, Result};
use crate::config::{self, ColourMode, Depth, Theme};
use crate::ui::{self, Desk};

/// Shows the articles until the reader leaves.
///
/// # Errors
/// Without a terminal, with a faulty configuration, or if the first article cannot be read. All of
/// it is said before the terminal is touched.
pub(super) fn run(args: &OpenArgs) -> Result<()> {
    let remedy = "use --plain for text without a screen";
    if !std::io::stdout().is_terminal() {
        return Err(Error::new("", "standard output is not a terminal").remedy(remedy));
    }
    if environment("TERM").as_deref() == Some("dumb") {
        return Err(Error::new("", "a terminal without cursor control (TERM=dumb)").remedy(remedy));
    }
    let file = config::paths::config_file(args.config.clone(), environment);
    let light = Theme::light_background(environment);
    let config = config::load(
        file.as_deref(),
        args.config.is_some(),
        args.theme.as_deref(),
        light,
    )?;
    let depth = match config.settings.colour {
        ColourMode::Auto => Depth::from_env(environment),
        ColourMode::None => Depth::Mono,
        ColourMode::Ansi => Depth::Ansi,
        ColourMode::Indexed => Depth::Indexed,
        ColourMode::Truecolor => Depth::Truecolor,
    };
    let external = config.settings.annotator.clone().map(External::new);
    let desk = Arc::new(Articles::new(args, external));
    let opened = desk.open(0)?;
    let panic = environment("BYLINE_PANIC").is_some_and(|v| !v.is_empty());
    ui::run(desk, config, depth, opened, panic)
}
