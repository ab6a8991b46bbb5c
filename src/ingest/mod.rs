//! Ingest: bytes → [`Document`]. Says what the bytes are (`format`, `sniff`), makes text of them
//! (`unpack`, `decode`), and reads the layout of one format a file (`plain`, `json`, …) or folder
//! (`html`). Nothing that comes out of here can harm a terminal: `decode` is the one place where
//! foreign text is made safe.
//!
//! May call `base` and `model`. No files, no network: the caller brings the bytes.

mod boilerplate;
mod byline;
mod dates;
mod decode;
mod draft;
mod escapes;
pub mod feed;
mod fields;
pub mod foreign;
mod format;
mod header;
mod html;
mod json;
mod labels;
mod lines;
mod mail;
mod markdown;
mod plain;
mod sniff;
mod structured;
mod unpack;

use std::sync::Arc;

use crate::base::{Error, Result};
use crate::model::{Annotated, Document, Highlight};

pub use decode::LIMIT;
pub use format::{FORMATS, Format};
pub use json::make_safe;

/// Where the bytes came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Source {
    /// How errors name it: a path, an address, `standard input` or `sample`.
    pub name: String,
    /// Path or address that is kept in the metadata; none for standard input.
    pub uri: Option<String>,
}

/// What is known about the bytes besides where they came from. Everything may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hint<'a> {
    /// The media type that a server gave, such as `text/html; charset=utf-8`.
    pub content_type: Option<&'a str>,
    /// The format that the reader says it is; nothing is guessed then.
    pub from: Option<Format>,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// The article.
    pub document: Arc<Document>,
    /// The layers and highlights that came with it: in our own JSON, or made by others.
    pub layers: Option<(Annotated, Vec<Highlight>)>,
    /// What the loader knows besides the document.
    pub about: About,
    /// Marks of others that came without layers.
    pub marks: Vec<Highlight>,
}

/// What a loader knows about an article and a [`Document`] does not keep.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct About {
    /// The section of the paper.
    pub section: Option<String>,
    /// Where each field came from, in the order of the fields: (`title`, `JSON-LD headline`).
    pub from: Vec<(&'static str, String)>,
}

/// Reads one article; see [`load_as`].
///
/// # Errors
/// As [`load_as`].
pub fn load(bytes: &[u8], source: &Source) -> Result<Loaded> {
    load_as(bytes, source, Hint::default())
}

/// Reads one article. Without a format in `hint` the content says what it is; `.gz` is unpacked.
///
/// # Errors
/// More than [`LIMIT`] bytes, an empty file, a format that is known and cannot be opened (PDF,
/// pictures, archives …), other binary data, a page without an article (a paywall, scripts alone),
/// and JSON that is nobody's article: one line with a remedy.
pub fn load_as(bytes: &[u8], source: &Source, hint: Hint<'_>) -> Result<Loaded> {
    load_with(bytes, None, source, hint)
}

/// The same, with the bytes of the article that a file of annotations belongs to.
///
/// # Errors
/// Those of [`load_as`]; a file of annotations whose article is missing, or of several articles.
pub fn load_beside(bytes: &[u8], article: Option<&[u8]>, source: &Source) -> Result<Loaded> {
    load_with(bytes, article, source, Hint::default())
}

fn load_with(
    bytes: &[u8],
    beside: Option<&[u8]>,
    source: &Source,
    hint: Hint<'_>,
) -> Result<Loaded> {
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
    let unpacked = unpack::gzip(bytes, subject)?;
    let bytes = unpacked.as_deref().unwrap_or(bytes);
    if let Some(what) = sniff::unreadable(bytes).filter(|_| !foreign::is_tei(bytes)) {
        return Err(Error::new(subject, what.cause).remedy(what.remedy));
    }
    let format = hint.from.or(hint.content_type.and_then(Format::of_media));
    if format == Some(Format::Mail) || (format.is_none() && mail::is_mail(bytes)) {
        return mail::load(bytes, source);
    }
    let (text, details) = decode::to_text(bytes);
    let annotations = || foreign::sniff(&text, subject);
    if let Some(kind) = format.is_none().then(annotations).flatten() {
        return first(foreign::read(kind, &text, beside, source)?, source);
    }
    if format == Some(Format::Html) || (format.is_none() && format::is_page(&text)) {
        drop(text);
        return html::load(bytes, source, hint.content_type);
    }
    let json = match format {
        None | Some(Format::Byline | Format::JsonLd | Format::Ninjs) => {
            json::load(&text, source, format)?
        }
        _ => None,
    };
    if let Some(loaded) = json {
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
    let marked = format.is_none() && markdown::is_markdown(&clean.text);
    if format == Some(Format::Markdown) || marked {
        return markdown::load(&clean.text, notes, source);
    }
    Ok(article(plain::read(&clean.text, notes, source.uri.clone())))
}

/// A document that came without layers; says of the fields that they stand in the text.
fn article(document: Document) -> Loaded {
    let meta = &document.meta;
    let from = [
        ("title", meta.title.is_some()),
        ("authors", !meta.authors.is_empty()),
        ("published", meta.published.is_some()),
        ("outlet", meta.outlet.is_some()),
        ("topics", !meta.topics.is_empty()),
    ];
    let known = from.into_iter().filter(|(_, known)| *known);
    let about = About {
        section: None,
        from: known.map(|(field, _)| (field, "text".to_owned())).collect(),
    };
    Loaded {
        document: Arc::new(document),
        layers: None,
        about,
        marks: Vec::new(),
    }
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
