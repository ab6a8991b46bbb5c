//! Chosen pieces and what the page says of itself → the document, in the order of a newspaper page.
//! What stands twice is left out, what only repeats headline, author or date too; a note of the
//! editors becomes the comment. Calls `draft`, `labels`, `dates` and `byline` of this room.

use super::meta::{Meta, letters};
use super::pieces::{Kind, Piece};
use crate::ingest::byline::byline;
use crate::ingest::dates::date_line;
use crate::ingest::draft::Draft;
use crate::ingest::labels::{Section, label};
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

/// Where a lead was found that is no part of the article itself.
const LEAD: &str = "standfirst";
/// Lines at the beginning that may repeat author and date.
const HEADER: usize = 5;
/// Characters from which a text that stands twice is a repetition.
const REPEATED: usize = 40;

/// What a page was read as.
pub(super) struct Read<'a> {
    /// What stands above the article as its standfirst.
    pub lead: Option<&'a Piece>,
    /// The pieces of the article, in order.
    pub pieces: Vec<&'a Piece>,
    /// Whether they stand in the page's data only.
    pub told: bool,
    /// What the page says of itself.
    pub meta: Meta,
    /// What the reader may want to know.
    pub details: Vec<String>,
}

/// Makes the document.
pub(super) fn build(read: Read<'_>, source: &Source) -> (Document, About) {
    let meta = read.meta;
    let mut draft = Draft::default();
    draft.details = read.details;
    let mut from = meta.from.clone();
    if let Some(title) = &meta.title {
        draft.push(BlockKind::Title, title);
    }
    if !meta.authors.is_empty() {
        draft.push(BlockKind::Byline, &meta.authors.join(", "));
    }
    if let Some(date) = meta.published {
        draft.push(BlockKind::Date, &date.to_string());
    }
    if let Some(lead) = read.lead {
        draft.push(BlockKind::Brief, &lead.text);
        from.push(("lead", LEAD.to_owned()));
    }
    let comment = body(&mut draft, &read.pieces, &meta);
    if !meta.topics.is_empty() {
        draft.push(BlockKind::Topic, &meta.topics.join(", "));
    }
    if !comment.is_empty() {
        from.push(("comment", "note of the editors".to_owned()));
    }
    for text in comment {
        draft.push(BlockKind::Comment, text);
    }
    let told = if read.told {
        "JSON-LD articleBody"
    } else {
        "page"
    };
    from.push(("article", told.to_owned()));
    draft.meta.title = meta.title;
    draft.meta.authors = meta.authors;
    draft.meta.published = meta.published;
    draft.meta.published_at = meta.published_at;
    draft.meta.outlet = meta.outlet;
    draft.meta.uri = source.uri.clone();
    draft.meta.language = meta.language;
    draft.meta.topics = meta.topics;
    let about = About {
        section: meta.section,
        from,
    };
    (draft.finish(), about)
}

/// Appends the body; gives back what is the comment.
fn body<'p>(draft: &mut Draft, pieces: &[&'p Piece], meta: &Meta) -> Vec<&'p str> {
    let title = meta.title.as_deref().map(letters).unwrap_or_default();
    let description = meta.description.as_deref().map(letters).unwrap_or_default();
    let (mut comment, mut in_comment) = (Vec::new(), None);
    let mut seen: Vec<&Piece> = Vec::new();
    let mut paragraphs = 0;
    for (n, piece) in pieces.iter().enumerate() {
        let text = piece.text.as_str();
        let own = letters(text);
        let heading = matches!(piece.kind, Kind::Heading(_));
        let early = n < HEADER && paragraphs < 2;
        let repeats = !title.is_empty() && own == title && (heading || early);
        let header = early
            && piece.length() <= 120
            && (date_line(text).is_some() || byline(text).is_some_and(|b| b.marked));
        // The same in another place: a pull quote, a copy for small screens.
        let copy = piece.length() >= REPEATED
            && seen
                .iter()
                .any(|s| s.text == text && s.place != piece.place);
        if repeats || header || copy {
            continue;
        }
        seen.push(piece);
        if let Some(level) = in_comment {
            // A part of the editors under its own heading ends at the next one.
            if !matches!(piece.kind, Kind::Heading(next) if next <= level) {
                comment.push(text);
                continue;
            }
            in_comment = None;
        }
        if piece.place.note {
            comment
                .push(label(text).map_or(text, |l| if l.rest.is_empty() { text } else { l.rest }));
            continue;
        }
        if let Some(label) = label(text).filter(|l| l.section == Section::Comment) {
            match piece.kind {
                Kind::Heading(level) if paragraphs > 0 && label.rest.is_empty() => {
                    in_comment = Some(level);
                    continue;
                }
                _ if !label.weak && !label.rest.is_empty() => {
                    comment.push(label.rest);
                    continue;
                }
                // Alone on a line before the note.
                _ if !label.weak => {
                    in_comment = Some(6);
                    continue;
                }
                _ => {}
            }
        }
        let lead = paragraphs == 0
            && !own.is_empty()
            && (piece.place.lead || (heading && piece.length() >= 60) || own == description);
        let kind = match piece.kind {
            _ if lead => BlockKind::Brief,
            kind => block(kind),
        };
        paragraphs += usize::from(kind == BlockKind::Paragraph);
        match kind {
            BlockKind::ListItem => draft.push(kind, &format!("• {text}")),
            _ => draft.push(kind, text),
        }
    }
    comment
}
