//! `byline dossier` and `byline compare`: what the screen shows in popups, as plain lines.

use std::ffi::OsString;
use std::path::Path;

use super::annotator::Annotator;
use super::web::Web;
use super::{annotate, input, library, output};
use crate::base::text::one_line;
use crate::base::{Error, Result};
use crate::ingest::Format;
use crate::view::{self, SheetRow};

/// Columns of the lines.
const COLUMNS: usize = 100;

/// Runs `byline dossier`.
pub(super) fn dossier(name: &str, data: Option<&Path>) -> Result<()> {
    let library = library::existing(data)?;
    let dossier = library.dossier(name)?.ok_or_else(|| {
        Error::new(
            "dossier",
            format!("no article of the library names {name:?}"),
        )
        .remedy("`byline library search entity:NAME` shows who is named")
    })?;
    let title = SheetRow::text(dossier.name.clone(), crate::base::Role::Title);
    let rows = view::dossier(&dossier, false)
        .into_iter()
        .map(|(row, _)| row);
    print(std::iter::once(title).chain(rows))
}

/// Runs `byline compare`.
pub(super) fn compare(
    files: &[OsString],
    annotator: &Annotator,
    from: Option<Format>,
    web: &Web,
) -> Result<()> {
    let articles = files
        .iter()
        .map(|file| Ok(annotate::annotated(input::load(file, from, web)?, annotator)?.0))
        .collect::<Result<Vec<_>>>()?;
    let all: Vec<_> = articles.iter().collect();
    print(view::compare(&all, false).into_iter().map(|(row, _)| row))
}

fn print(rows: impl Iterator<Item = SheetRow>) -> Result<()> {
    let mut out = String::new();
    for row in rows {
        for line in row.fit(COLUMNS) {
            let text: String = line.iter().map(|run| run.text.of("")).collect();
            // What is only space is an empty line.
            let text = if one_line(&text).is_empty() {
                ""
            } else {
                text.trim_end()
            };
            out.push_str(&crate::base::text::printable(text));
            out.push('\n');
        }
    }
    output::print(out.as_bytes())
}
