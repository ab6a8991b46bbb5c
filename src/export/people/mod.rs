//! Formats for people: to read, to print, to paste, to keep among one's notes.

pub(super) mod markdown;
pub(super) mod plain;

use super::Format;
use super::loss::{Part, all_but, only};

pub(super) const FORMATS: &[Format] = &[
    Format {
        name: "markdown",
        label: "Markdown",
        extension: "md",
        about: "highlights, notes, quotes and stances for people to read",
        write: markdown::write,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Colours, Highlights, Metadata, Notes, Orphans, Quotes, Stances, Tags};
            let held = [
                Metadata, Quotes, Stances, Highlights, Colours, Tags, Notes, Orphans,
            ];
            all_but(&held, annotated, highlights)
        },
    },
    Format {
        name: "plain",
        label: "Plain text",
        extension: "txt",
        about: "the article and its margins in reading order, for screen readers and pipes",
        write: plain::write,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Attributions, Mentions, Metadata, Provenance, Sentences};
            let lost = [Metadata, Sentences, Mentions, Attributions, Provenance];
            only(&lost, annotated, highlights)
        },
    },
];
