//! Ingest: bytes → [`Document`]. Says what the bytes are, makes text of them (`decode`), and reads
//! the layout of one format a file (`plain`, `json`). Nothing that comes out of here can harm a
//! terminal: `decode` is the one place where foreign text is made safe.
//!
//! May call `base` and `model`. No files, no network: the caller brings the bytes.

mod boilerplate;
mod byline;
mod dates;
mod decode;
mod draft;
mod escapes;
mod header;
mod json;
mod labels;
mod lines;
mod plain;
mod sniff;

use std::sync::Arc;

use crate::base::{Error, Result};
use crate::model::{Annotated, Document, Highlight};

pub use decode::LIMIT;

/// Where the bytes came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// How errors name it: a path, `standard input` or `sample`.
    pub name: String,
    /// Path or address that is kept in the metadata; none for standard input.
    pub uri: Option<String>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The article.
    pub document: Arc<Document>,
    /// The layers and highlights that came with it; only our own JSON has them.
    pub layers: Option<(Annotated, Vec<Highlight>)>,
}

/// Reads one article.
///
/// # Errors
/// More than [`LIMIT`] bytes, an empty file, a format that is known and cannot be opened (PDF,
/// HTML, archives …), other binary data, and JSON that is not ours: one line with a remedy.
pub fn load(bytes: &[u8], source: &Source) -> Result<Loaded> {
    let subject = &source.name;
    if bytes.len() > LIMIT {
        return Err(Error::new(
            subject,
            format!(
                "is larger than {} MB, too large for one article",
                LIMIT >> 20
            ),
        )
        .remedy("cut out the part to be read, for example with `head -c`"));
    }
    if let Some(what) = sniff::unreadable(bytes) {
        return Err(Error::new(subject, what.cause).remedy(what.remedy));
    }
    let (text, details) = decode::to_text(bytes);
    if let Some(loaded) = json::load(&text, source)? {
        return Ok(loaded);
    }
    let clean = decode::clean(&text);
    drop(text);
    if clean.text.trim().is_empty() {
        return Err(Error::new(subject, "is empty: there is no text to read")
            .remedy("check that it is the right file"));
    }
    let mut notes = details;
    notes.extend(clean.details);
    let document = plain::read(&clean.text, notes, source.uri.clone());
    Ok(Loaded {
        document: Arc::new(document),
        layers: None,
    })
}

/// A document whose text is exactly `text`: no layout is read, nothing is decoded or left out, and
/// every line that is not blank is a paragraph. For streams of texts whose offsets must hold in
/// the caller's own text. The text is *not* made safe for a terminal. `id` is the caller's own;
/// without one the id is made from the text.
pub fn as_it_stands(text: &str, id: Option<String>) -> Document {
    draft::as_it_stands(text, id)
}

#[cfg(test)]
mod tests;
