//! Clippings as Kindles and `KOReader` keep them in `My Clippings.txt`: title and author, a line with
//! place and time, the words, a row of equals signs. A note is a clipping of its own.

use std::fmt::Write as _;

use crate::base::{Offsets, Result, Unit};
use crate::export::source::{line, marked};
use crate::model::{Annotated, Highlight};

/// Between two clippings.
const END: &str = "==========";

/// Characters to a location: about what a Kindle counts as one.
const LOCATION: usize = 150;

/// Writes the file.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let offsets = Offsets::new(&document.text);
    let mut out = String::new();
    let authors = line(&document.meta.authors.join(";"));
    let author = if authors.is_empty() {
        "Unknown".to_owned()
    } else {
        authors
    };
    let head = format!("{} ({author})", line(document.display_title()));
    for mark in marked(annotated, highlights) {
        let place = mark.span.map(|span| {
            let (start, end) = offsets.range(span, Unit::Scalars);
            (start / LOCATION + 1, end / LOCATION + 1)
        });
        let added = mark
            .highlight
            .created
            .strftime("%A, %B %-d, %Y %-I:%M:%S %p");
        let mut one = |kind: &str, words: &str| {
            let at = match place {
                Some((from, to)) if from != to => format!(" on Location {from}-{to}"),
                Some((from, _)) => format!(" on Location {from}"),
                None => String::new(),
            };
            // A line of equals signs would end the clipping.
            let words: Vec<String> = words
                .lines()
                .filter(|l| !l.trim().is_empty())
                .map(|l| {
                    if l.trim_start().starts_with(END) {
                        format!("\u{200b}{l}")
                    } else {
                        l.to_owned()
                    }
                })
                .collect();
            let _ = write!(
                out,
                "{head}\n- Your {kind}{at} | Added on {added}\n\n{}\n{END}\n",
                words.join("\n")
            );
        };
        one("Highlight", &mark.words);
        if let Some(note) = &mark.note {
            one("Note", note);
        }
    }
    Ok(out.into_bytes())
}
