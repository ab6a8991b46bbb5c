//! Export: an annotated document and the reader's highlights → bytes. One file a format, one
//! registry that command-line help and the export menu both read. Exports are for other eyes and
//! other programs, so each format escapes what could do harm there.
//!
//! Formats stand in three folders, each with its part of the registry: `people` read them,
//! `service`s take them in, `language` tools work on them.
//!
//! May call `base`, `model` and `view` (whose counts a page shows too). Writes no files: the caller
//! gets the bytes.

#[cfg(test)]
mod fixture;
mod json;
mod language;
mod loss;
mod people;
mod service;
mod source;
pub mod tables;
#[cfg(test)]
mod tests;

use crate::base::Result;
use crate::model::{Annotated, Highlight};

pub use json::{compact as json_value, line as json_line};
pub use language::conll;

/// Makes the bytes of a file of a document and its highlights.
pub type Write = fn(&Annotated, &[Highlight]) -> Result<Vec<u8>>;

/// A format that can be exported to.
#[derive(Debug, Clone, Copy)]
pub struct Format {
    /// Name on the command line.
    pub name: &'static str,
    /// Name in menus.
    pub label: &'static str,
    /// File name extension, without the dot.
    pub extension: &'static str,
    /// What it is for, in one line without a full stop.
    pub about: &'static str,
    /// Writes it. Fails only if the document cannot be expressed in the format.
    pub write: Write,
    /// Further files that belong beside it under the same name: their extensions and writers.
    pub beside: &'static [(&'static str, Write)],
    /// What of this document it cannot hold: one phrase a part, with its number ("3 stances").
    pub loses: fn(&Annotated, &[Highlight]) -> Vec<String>,
}

/// Our own format, which holds everything.
static OWN: &[Format] = &[
    Format {
        name: "json",
        label: "JSON",
        extension: "json",
        about: "the whole annotated document, which byline reads back",
        write: json::pretty,
        beside: &[],
        loses: |_, _| Vec::new(),
    },
    Format {
        name: "jsonl",
        label: "JSON Lines",
        extension: "jsonl",
        about: "the same on one line",
        write: json::one,
        beside: &[],
        loses: |_, _| Vec::new(),
    },
];

/// Every format, in the order in which menus show them.
pub fn formats() -> impl Iterator<Item = &'static Format> {
    [people::FORMATS, OWN, service::FORMATS, language::FORMATS]
        .into_iter()
        .flatten()
}

/// The format with this name on the command line.
pub fn find(name: &str) -> Option<&'static Format> {
    formats().find(|format| format.name == name)
}

/// Files that the folder of a format's exports needs once, whatever the article: name and text.
pub fn shared(format: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let all = language::SHARED
        .iter()
        .filter(move |(of, ..)| *of == format);
    all.map(|(_, name, text)| (*name, *text))
}
