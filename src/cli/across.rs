//! `byline dossier` and `byline compare`: what the screen shows in popups, as plain lines.

use std::ffi::OsString;
use std::path::Path;

use super::annotator::Annotator;
use super::web::Web;
use super::{annotate, input, library, output};
use crate::base::text::{one_line, width};
use crate::base::{Error, Result};
use crate::ingest::Format;
use crate::view::{self, CellPart, Columns, GAP, SheetRow};

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
    let comparison = view::Comparison::new(&all);
    // Who looks at it has the articles side by side; a program has one thing a line.
    let room = crate::ui::output_columns().map_or(0, usize::from);
    let columns = Columns::of(all.len(), room);
    if room < usize::from(crate::ui::WIDE) || columns.shown < all.len() {
        return print(comparison.stacked(false).into_iter().map(|(row, _)| row));
    }
    let rows = comparison.beside(false);
    let lines = rows.iter().flat_map(|row| row.lines(room, &columns));
    print_lines(lines.map(|parts| beside(&parts)))
}

/// The parts of a line, each from its column on.
fn beside(parts: &[CellPart]) -> String {
    let mut out = String::new();
    for part in parts {
        if part.at.start > 0 {
            let pad = part.at.start - GAP.div_ceil(2) - width(&out);
            out.push_str(&format!("{}│ ", " ".repeat(pad)));
        }
        out.extend(part.runs.iter().map(|run| run.text.of("")));
    }
    out
}

fn print(rows: impl Iterator<Item = SheetRow>) -> Result<()> {
    let lines = rows.flat_map(|row| row.fit(COLUMNS));
    print_lines(lines.map(|line| line.iter().map(|run| run.text.of("")).collect()))
}

fn print_lines(lines: impl Iterator<Item = String>) -> Result<()> {
    let mut out = String::new();
    for text in lines {
        // What is only space is an empty line.
        let text = if one_line(&text).is_empty() {
            ""
        } else {
            text.trim_end()
        };
        out.push_str(&crate::base::text::printable(text));
        out.push('\n');
    }
    output::print(out.as_bytes())
}
