//! Readwise: the CSV that it imports, and the body of its API for highlights (version 2). Tags are
//! words with a dot before them at the start of the note, as Readwise reads them there.

use serde_json::{Map, Value, json};

use crate::base::{Error, Result};
use crate::export::json;
use crate::export::source::{Marked, address, line, marked, tag_word};
use crate::model::{Annotated, Highlight};

/// Most characters that the API takes of the words, the title, the authors, an address.
const LIMITS: [usize; 4] = [8191, 511, 1024, 2047];

fn note(mark: &Marked) -> String {
    let mut words: Vec<String> = mark
        .tags()
        .map(|tag| tag_word(&tag))
        .filter(|tag| !tag.is_empty())
        .map(|tag| format!(".{tag}"))
        .collect();
    words.extend(mark.note.clone());
    words.join(" ")
}

/// A cell that no spreadsheet runs on the way.
fn cell(words: String) -> String {
    if words.trim_start().starts_with(['=', '+', '-', '@']) {
        return format!("'{words}");
    }
    words
}

/// Writes the CSV.
pub(super) fn csv(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let fault = |e: &dyn std::fmt::Display| Error::new("export", format!("not a table: {e}"));
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = [
        "Highlight",
        "Title",
        "Author",
        "URL",
        "Note",
        "Location",
        "Date",
    ];
    writer.write_record(columns).map_err(|e| fault(&e))?;
    for (n, mark) in marked(annotated, highlights).iter().enumerate() {
        let row = [
            cell(mark.words.clone()),
            cell(line(document.display_title())),
            cell(line(&document.meta.authors.join(", "))),
            address(document).unwrap_or_default(),
            cell(note(mark)),
            (n + 1).to_string(),
            mark.highlight
                .created
                .strftime("%Y-%m-%d %H:%M:%S")
                .to_string(),
        ];
        writer.write_record(row).map_err(|e| fault(&e))?;
    }
    writer.into_inner().map_err(|e| fault(&e))
}

fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}

/// Writes the body of one request.
pub(super) fn api(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let [words, title, author, url] = LIMITS;
    let items: Vec<Value> = marked(annotated, highlights)
        .iter()
        .enumerate()
        .map(|(n, mark)| {
            let mut out = Map::new();
            let mut put = |name: &str, value: Value| {
                if value != "" {
                    out.insert(name.to_owned(), value);
                }
            };
            put("text", cut(&mark.words, words).into());
            put("title", cut(&line(document.display_title()), title).into());
            put(
                "author",
                cut(&line(&document.meta.authors.join(", ")), author).into(),
            );
            let fits = |link: Option<String>| link.filter(|l| l.chars().count() <= url);
            put(
                "source_url",
                fits(address(document)).unwrap_or_default().into(),
            );
            put("source_type", "byline".into());
            put("category", "articles".into());
            put("note", cut(&note(mark), words).into());
            put("location", (n + 1).into());
            put("location_type", "order".into());
            put("highlighted_at", mark.highlight.created.to_string().into());
            put(
                "highlight_url",
                fits(mark.link(document)).unwrap_or_default().into(),
            );
            Value::Object(out)
        })
        .collect();
    json::value(&json!({"highlights": items}))
}

/// What the API's limits cut off, beside what the format does not hold.
pub(super) fn cut_off(annotated: &Annotated, highlights: &[Highlight]) -> Vec<String> {
    let marks = marked(annotated, highlights);
    let long = |mark: &&Marked| {
        mark.words.chars().count() > LIMITS[0] || note(mark).chars().count() > LIMITS[0]
    };
    match marks.iter().filter(long).count() {
        0 => Vec::new(),
        n => vec![format!(
            "the end of {n} highlights or notes longer than {} characters",
            LIMITS[0]
        )],
    }
}
