//! CoNLL-2003 and CoNLL-2002: one word a line, names in four types. They hold names that do not
//! overlap and nothing else; the columns for parts of speech and chunks are filled with `-X-`.
//! Calls `base` and `model`.

use std::fmt::Write as _;

use super::spans::{apart, mentions};
use super::words::lines;
use crate::base::Result;
use crate::base::text::printable;
use crate::model::{Annotated, Highlight};

/// How the beginning of a name is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// `B-` only where a name follows another of its type.
    Iob1,
    /// `B-` at the beginning of every name.
    #[default]
    Iob2,
}

/// Which of the two layouts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Year {
    /// Word and tag.
    Y2002,
    /// Word, part of speech, chunk and tag, after a line that says that a document begins.
    Y2003,
}

/// CoNLL-2003 with `B-` at the beginning of every name.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn y2003(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    Ok(write(annotated, Year::Y2003, Scheme::Iob2))
}

/// CoNLL-2002 with `B-` at the beginning of every name.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn y2002(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    Ok(write(annotated, Year::Y2002, Scheme::Iob2))
}

/// The words of a document and the names among them.
pub fn write(annotated: &Annotated, year: Year, scheme: Scheme) -> Vec<u8> {
    let mut names = mentions(annotated);
    names.retain(|m| m.conll().is_some());
    let names = apart(names);
    let text = &annotated.document.text;
    let mut out = match year {
        Year::Y2003 => "-DOCSTART- -X- -X- O\n\n".to_owned(),
        Year::Y2002 => String::new(),
    };
    let mut next = 0;
    for line in lines(annotated, &names) {
        // The name that the word before belongs to, and its type.
        let mut before = None;
        for word in line.words {
            while names
                .get(next)
                .is_some_and(|n| n.span().to() <= word.span.from())
            {
                next += 1;
            }
            let here = names
                .get(next)
                .filter(|n| n.span().contains(word.span))
                .and_then(|n| Some((next, n.conll()?)));
            let tag = here.map_or("O".to_owned(), |(at, kind)| {
                let starts = match scheme {
                    Scheme::Iob1 => before.is_some_and(|(b, k)| b != at && k == kind),
                    Scheme::Iob2 => before.is_none_or(|(b, _)| b != at),
                };
                format!("{}-{}", if starts { "B" } else { "I" }, kind.name())
            });
            before = here;
            let form = printable(word.span.of(text));
            let _ = match year {
                Year::Y2003 => writeln!(out, "{form} -X- -X- {tag}"),
                Year::Y2002 => writeln!(out, "{form} {tag}"),
            };
        }
        out.push('\n');
    }
    out.into_bytes()
}
