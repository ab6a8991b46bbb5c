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
pub mod foreign;
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
pub use json::make_safe;

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
    /// The layers and highlights that came with it: in our own JSON, or made by others.
    pub layers: Option<(Annotated, Vec<Highlight>)>,
    /// Marks of others that came without layers.
    pub marks: Vec<Highlight>,
}

/// Reads one article.
///
/// # Errors
/// More than [`LIMIT`] bytes, an empty file, a format that is known and cannot be opened (PDF,
/// HTML, archives …), other binary data, and JSON that is not ours: one line with a remedy.
pub fn load(bytes: &[u8], source: &Source) -> Result<Loaded> {
    load_with(bytes, None, source)
}

/// The same, with the bytes of the article that a file of annotations belongs to.
///
/// # Errors
/// Those of [`load`]; a file of annotations whose article is missing, or of several articles.
pub fn load_with(bytes: &[u8], article: Option<&[u8]>, source: &Source) -> Result<Loaded> {
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
    if let Some(what) = sniff::unreadable(bytes).filter(|_| !foreign::is_tei(bytes)) {
        return Err(Error::new(subject, what.cause).remedy(what.remedy));
    }
    let (text, details) = decode::to_text(bytes);
    if let Some(kind) = foreign::sniff(&text, subject) {
        return first(foreign::read(kind, &text, article, source)?, source);
    }
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
        marks: Vec::new(),
    })
}

/// The only article of a file.
fn first(mut all: Vec<Loaded>, source: &Source) -> Result<Loaded> {
    match (all.len(), all.pop()) {
        (1, Some(only)) => Ok(only),
        (n, _) => Err(Error::new(&source.name, format!("holds {n} articles"))
            .remedy("give a file of one, or use `byline convert` for all of them")),
    }
}

/// The text that bytes hold, in whatever encoding, and whether they hold annotations of others.
pub fn peek(bytes: &[u8], name: &str) -> (String, Option<foreign::Kind>) {
    let (text, _) = decode::to_text(bytes);
    let kind = foreign::sniff(&text, name);
    (text.into_owned(), kind)
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
