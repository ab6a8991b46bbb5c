//! A document in a format → its files: the one that was asked for, those that belong beside it, and
//! what a tool needs once in the folder. What the format cannot hold is said on standard error.

use std::path::Path;

use super::args::OutArgs;
use super::output;
use crate::base::{Error, Result};
use crate::export::conll::{self, Scheme, Year};
use crate::export::{self, Format};
use crate::model::{Annotated, Highlight};
use crate::store::write_atomic;

/// Documents in a format, one after the other.
///
/// # Errors
/// A file cannot be written, or the format holds one document and there are several.
pub(super) fn deliver(
    format: &Format,
    scheme: Option<Scheme>,
    documents: &[(Annotated, Vec<Highlight>)],
    out: &OutArgs,
) -> Result<()> {
    let in_rows = ["jsonl", "conll", "conllu"].contains(&format.extension);
    if documents.len() > 1 && (!in_rows || !format.beside.is_empty()) {
        let many = documents.len();
        return Err(
            Error::new(format.name, format!("holds one article, not {many}"))
                .remedy("convert to jsonl first, and each line by itself"),
        );
    }
    let year = match format.name {
        "conll2003" => Some(Year::Y2003),
        "conll2002" => Some(Year::Y2002),
        _ => None,
    };
    if scheme.is_some() && year.is_none() {
        return Err(Error::new("--scheme", format!("{} has none", format.name))
            .remedy("use it with conll2002 or conll2003")
            .usage());
    }
    let mut bytes = Vec::new();
    for (annotated, highlights) in documents {
        match (year, scheme) {
            (Some(year), Some(scheme)) => bytes.extend(conll::write(annotated, year, scheme)),
            _ => bytes.extend((format.write)(annotated, highlights)?),
        }
    }
    let to_file = out.output.as_deref().filter(|path| *path != Path::new("-"));
    if let (Some(path), [(annotated, highlights)]) = (to_file, documents) {
        for (extension, write) in format.beside {
            let beside = path.with_extension(extension);
            if beside == path {
                return Err(Error::new(
                    path.display().to_string(),
                    "is the name of the file beside it",
                )
                .remedy(format!("name the output .{}", format.extension)));
            }
            write_atomic(&beside, &write(annotated, highlights)?, out.force)?;
        }
        let folder = path.parent().unwrap_or(Path::new("."));
        for (name, text) in export::shared(format.name) {
            let file = folder.join(name);
            // One that is there is somebody's own.
            if !file.exists() {
                write_atomic(&file, text.as_bytes(), false)?;
            }
        }
    }
    output::deliver(&bytes, out)?;
    for (annotated, highlights) in documents {
        let lost = (format.loses)(annotated, highlights);
        if !lost.is_empty() {
            output::say(&format!("{} cannot hold: {}", format.name, lost.join(", ")));
        }
    }
    if to_file.is_none() && !format.beside.is_empty() {
        let others: Vec<&str> = format.beside.iter().map(|(e, _)| *e).collect();
        let others = others.join(" and .");
        output::say(&format!(
            "{} has a .{others} beside it; give -o to get all",
            format.name
        ));
    }
    Ok(())
}
