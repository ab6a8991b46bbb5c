//! Export: an annotated document and the reader's highlights → bytes. One file a format, one
//! registry that command-line help and the export menu both read. Exports are for other eyes and
//! other programs, so each format escapes what could do harm there.
//!
//! May call `base` and `model`. Writes no files: the caller gets the bytes.

#[cfg(test)]
mod fixture;
mod json;
mod markdown;
mod plain;
#[cfg(test)]
mod tests;

use crate::base::Result;
use crate::model::{Annotated, Highlight};

pub use json::line as json_line;

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
    pub write: fn(&Annotated, &[Highlight]) -> Result<Vec<u8>>,
}

/// Every format, in the order in which menus show them.
pub static FORMATS: &[Format] = &[
    Format {
        name: "markdown",
        label: "Markdown",
        extension: "md",
        about: "highlights, notes, quotes and stances for people to read",
        write: markdown::write,
    },
    Format {
        name: "json",
        label: "JSON",
        extension: "json",
        about: "the whole annotated document, which byline reads back",
        write: json::pretty,
    },
    Format {
        name: "jsonl",
        label: "JSON Lines",
        extension: "jsonl",
        about: "the same on one line",
        write: json::one,
    },
    Format {
        name: "plain",
        label: "Plain text",
        extension: "txt",
        about: "the article and its margins in reading order, for screen readers and pipes",
        write: plain::write,
    },
];

/// The format with this name on the command line.
pub fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
