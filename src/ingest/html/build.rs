//! Chosen pieces and metadata → the document, in the order of a newspaper page. Calls `draft`.

use super::meta::Meta;
use super::pieces::{Kind, Piece};
use crate::ingest::draft::Draft;
use crate::ingest::{About, Source};
use crate::model::{BlockKind, Document};

/// The block that a piece becomes.
pub(super) fn block(kind: Kind) -> BlockKind {
    match kind {
        Kind::Heading(_) => BlockKind::Heading,
        Kind::Item => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
    }
}

pub(super) fn build(
    pieces: &[Piece],
    kept: &[bool],
    meta: Meta,
    details: Vec<String>,
    source: &Source,
) -> (Document, About) {
    let mut draft = Draft::default();
    draft.details = details;
    if let Some(title) = &meta.title {
        draft.push(BlockKind::Title, title);
    }
    if !meta.authors.is_empty() {
        draft.push(BlockKind::Byline, &meta.authors.join(", "));
    }
    if let Some(date) = meta.published {
        draft.push(BlockKind::Date, &date.to_string());
    }
    for (piece, _) in pieces.iter().zip(kept).filter(|(_, kept)| **kept) {
        draft.push(block(piece.kind), &piece.text);
    }
    draft.meta.title = meta.title;
    draft.meta.authors = meta.authors;
    draft.meta.published = meta.published;
    draft.meta.outlet = meta.outlet;
    draft.meta.uri = source.uri.clone();
    draft.meta.language = meta.language;
    draft.meta.topics = meta.topics;
    let about = About {
        section: meta.section,
        from: meta.from,
    };
    (draft.finish(), about)
}
