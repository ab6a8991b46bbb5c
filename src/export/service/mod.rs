//! Formats that services and other readers of annotations take in.

mod clippings;
mod hypothesis;
mod readwise;
pub(super) mod schema_org;
mod w3c;

use super::Format;
use super::loss::{Part, all_but, only};

/// What a list of highlights with notes and tags keeps, colours aside.
const MARKS: [Part; 5] = [
    Part::Metadata,
    Part::Highlights,
    Part::Tags,
    Part::Notes,
    Part::Orphans,
];

pub(super) const FORMATS: &[Format] = &[
    Format {
        name: "w3c",
        label: "W3C annotations",
        extension: "jsonld",
        about: "every mark and annotation as a Web Annotation with quote and position",
        write: w3c::write,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Blocks, Metadata, Sentences, Text};
            only(&[Text, Blocks, Metadata, Sentences], annotated, highlights)
        },
    },
    Format {
        name: "hypothesis",
        label: "Hypothes.is",
        extension: "json",
        about: "your highlights and notes for the import of the Hypothes.is client",
        write: hypothesis::write,
        beside: &[],
        loses: |annotated, highlights| all_but(&MARKS[1..], annotated, highlights),
    },
    Format {
        name: "readwise",
        label: "Readwise CSV",
        extension: "csv",
        about: "your highlights and notes as a table that Readwise imports",
        write: readwise::csv,
        beside: &[],
        loses: |annotated, highlights| all_but(&MARKS, annotated, highlights),
    },
    Format {
        name: "readwise-api",
        label: "Readwise API",
        extension: "json",
        about: "the same as the body of a request to Readwise",
        write: readwise::api,
        beside: &[],
        loses: |annotated, highlights| {
            let mut lost = all_but(&MARKS, annotated, highlights);
            lost.extend(readwise::cut_off(annotated, highlights));
            lost
        },
    },
    Format {
        name: "schema-org",
        label: "schema.org",
        extension: "jsonld",
        about: "the article with who is mentioned and quoted, for web pages",
        write: schema_org::write,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Entities, Metadata, Quotes, Text};
            all_but(&[Text, Metadata, Entities, Quotes], annotated, highlights)
        },
    },
    Format {
        name: "clippings",
        label: "Clippings",
        extension: "txt",
        about: "your highlights and notes as e-readers keep them in My Clippings",
        write: clippings::write,
        beside: &[],
        loses: |annotated, highlights| {
            use Part::{Highlights, Notes, Orphans};
            all_but(&[Highlights, Notes, Orphans], annotated, highlights)
        },
    },
];
