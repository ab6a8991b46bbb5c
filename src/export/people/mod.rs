//! Formats for people: to read, to print, to paste, to keep among one's notes.

mod cite;
mod html;
pub(super) mod markdown;
mod notes;
mod org;
pub(super) mod plain;
mod table;

use super::Format;
use super::loss::{Part, all_but, only};
use crate::model::{Annotated, Highlight};

/// What is lost where marks, quotes and stances are told without the article.
fn marks_and_layers(annotated: &Annotated, highlights: &[Highlight]) -> Vec<String> {
    use Part::{Colours, Highlights, Metadata, Notes, Orphans, Quotes, Stances, Tags};
    let held = [
        Metadata, Quotes, Stances, Highlights, Colours, Tags, Notes, Orphans,
    ];
    all_but(&held, annotated, highlights)
}

pub(super) const FORMATS: &[Format] = &[
    Format {
        name: "markdown",
        label: "Markdown",
        extension: "md",
        about: "highlights, notes, quotes and stances for people to read",
        write: markdown::write,
        beside: &[],
        loses: marks_and_layers,
    },
    Format {
        name: "html",
        label: "HTML page",
        extension: "html",
        about: "the article with its marks, lists and plots on one page that needs nothing else",
        write: html::write,
        beside: &[],
        loses: |annotated, highlights| {
            only(
                &[Part::Sentences, Part::Attributions],
                annotated,
                highlights,
            )
        },
    },
    Format {
        name: "obsidian",
        label: "Obsidian",
        extension: "md",
        about: "the same as a note with front matter, marks, callouts, block ids and links to passages",
        write: notes::obsidian,
        beside: &[],
        loses: marks_and_layers,
    },
    Format {
        name: "logseq",
        label: "Logseq",
        extension: "md",
        about: "an outline with properties, block ids and links to passages",
        write: notes::logseq,
        beside: &[],
        loses: marks_and_layers,
    },
    Format {
        name: "org",
        label: "Org",
        extension: "org",
        about: "an outline for Emacs, in the layout of org-remark",
        write: org::write,
        beside: &[],
        loses: marks_and_layers,
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
    Format {
        name: "quotation",
        label: "Quotations",
        extension: "txt",
        about: "each quotation ready to paste, with speaker, outlet, date and link",
        write: cite::quotations,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Highlights, Metadata, Orphans, Quotes};
            all_but(
                &[Metadata, Quotes, Highlights, Orphans],
                annotated,
                highlights,
            )
        },
    },
    Format {
        name: "csv",
        label: "CSV, highlights",
        extension: "csv",
        about: "what you marked, as a table",
        write: table::highlights,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Colours, Highlights, Metadata, Notes, Orphans, Tags};
            all_but(
                &[Metadata, Highlights, Colours, Tags, Notes, Orphans],
                annotated,
                highlights,
            )
        },
    },
    Format {
        name: "tsv",
        label: "TSV, highlights",
        extension: "tsv",
        about: "the same with tabs between the cells",
        write: table::highlights_tab,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Colours, Highlights, Metadata, Notes, Orphans, Tags};
            all_but(
                &[Metadata, Highlights, Colours, Tags, Notes, Orphans],
                annotated,
                highlights,
            )
        },
    },
    Format {
        name: "csv-entities",
        label: "CSV, entities",
        extension: "csv",
        about: "who and what is named, as a table",
        write: table::entities,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Entities, Metadata, Provenance};
            all_but(&[Metadata, Entities, Provenance], annotated, highlights)
        },
    },
    Format {
        name: "tsv-entities",
        label: "TSV, entities",
        extension: "tsv",
        about: "the same with tabs between the cells",
        write: table::entities_tab,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Entities, Metadata, Provenance};
            all_but(&[Metadata, Entities, Provenance], annotated, highlights)
        },
    },
    Format {
        name: "csv-quotes",
        label: "CSV, quotes",
        extension: "csv",
        about: "who said what, as a table",
        write: table::quotes,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Metadata, Provenance, Quotes};
            all_but(&[Metadata, Quotes, Provenance], annotated, highlights)
        },
    },
    Format {
        name: "tsv-quotes",
        label: "TSV, quotes",
        extension: "tsv",
        about: "the same with tabs between the cells",
        write: table::quotes_tab,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Metadata, Provenance, Quotes};
            all_but(&[Metadata, Quotes, Provenance], annotated, highlights)
        },
    },
    Format {
        name: "csv-stances",
        label: "CSV, stances",
        extension: "csv",
        about: "who is for or against what, as a table",
        write: table::stances,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Metadata, Provenance, Stances};
            all_but(&[Metadata, Stances, Provenance], annotated, highlights)
        },
    },
    Format {
        name: "tsv-stances",
        label: "TSV, stances",
        extension: "tsv",
        about: "the same with tabs between the cells",
        write: table::stances_tab,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Metadata, Provenance, Stances};
            all_but(&[Metadata, Stances, Provenance], annotated, highlights)
        },
    },
    Format {
        name: "bibtex",
        label: "BibTeX",
        extension: "bib",
        about: "the article as a source, for LaTeX and reference managers",
        write: cite::bibtex,
        beside: &[],
        loses: |annotated, highlights| all_but(&[Part::Metadata], annotated, highlights),
    },
    Format {
        name: "csl-json",
        label: "CSL-JSON",
        extension: "json",
        about: "the article as a source, for citation processors and Zotero",
        write: cite::csl,
        beside: &[],
        loses: |annotated, highlights| all_but(&[Part::Metadata], annotated, highlights),
    },
];
