//! Saved web pages → [`Document`]: decode, take the tree apart into pieces of text (`pieces`), read
//! what the page says of itself (`meta`), choose the pieces that are the article (`choose`, which
//! asks two extractors of others in `outside`), and put them in order (`build`).

mod build;
mod choose;
mod junk;
mod meta;
mod outside;
mod pieces;
mod place;
mod wall;

use std::sync::Arc;

use super::decode;
use super::{Loaded, Source};
use crate::base::{Error, Result};
use crate::model::BlockKind;
use build::Read;
use pieces::{Kind, Piece};

pub(super) use meta::{Article, day, letters, listed, schema_article};

/// Largest page that is read, in bytes.
const LARGEST: usize = 32 << 20;

/// Words below which the body in the page's data is looked at.
const SHORT: usize = 60;

/// The blocks of a piece of HTML that is an article and nothing else, as feeds hold it.
pub(super) fn blocks(html: &str) -> Vec<(BlockKind, String)> {
    let document = dom_query::Document::from(html.replace('\0', ""));
    let (pieces, _) = pieces::pieces(&document);
    let block = |piece: pieces::Piece| (build::block(piece.kind), piece.text);
    pieces.into_iter().map(block).collect()
}

/// Reads a page.
pub(super) fn load(bytes: &[u8], source: &Source, content_type: Option<&str>) -> Result<Loaded> {
    if bytes.len() > LARGEST {
        let limit = LARGEST >> 20;
        return Err(Error::new(
            &source.name,
            format!("is a page of more than {limit} MB, too large for an article"),
        )
        .remedy("save the article as plain text and open that"));
    }
    let (html, mut details) = decode::labelled(bytes, content_type);
    let html = html.replace('\0', "");
    let document = dom_query::Document::from(html.as_str());
    let (pieces, deepest) = pieces::pieces(&document);
    let meta = meta::meta(&document, &pieces, source.uri.as_deref());
    let kept = choose::body(&document, &html, &pieces, deepest, meta.body.as_deref());
    let mut chosen: Vec<&Piece> = kept.iter().map(|&n| &pieces[n]).collect();
    let words = |pieces: &[&Piece]| {
        pieces
            .iter()
            .map(|p| outside::count(&p.text))
            .sum::<usize>()
    };
    // The data may hold what scripts would show.
    let told: Vec<Piece> = meta
        .body
        .iter()
        .flat_map(|b| b.lines())
        .map(Piece::told)
        .collect();
    let told: Vec<&Piece> = told.iter().filter(|p| !p.text.is_empty()).collect();
    let by_data = words(&chosen) < SHORT && words(&told) > 2 * words(&chosen);
    if by_data {
        chosen = told;
    }
    let barrier = wall::has_barrier(&pieces, &meta);
    if chosen.is_empty() {
        return wall::nothing(&source.name, &document, barrier);
    }
    details.extend(wall::note(words(&chosen), barrier));
    let read = Read {
        pieces: chosen,
        told: by_data,
        meta,
        details,
    };
    let (document, about) = build::build(read, source);
    Ok(Loaded {
        document: Arc::new(document),
        layers: None,
        about,
        marks: Vec::new(),
    })
}

/// The text of a piece of HTML, all of it, as lines that `plain` reads: `# heading`, `- item`, a
/// blank line between two.
pub(super) fn lines(html: &str) -> String {
    let (pieces, _) = pieces::pieces(&dom_query::Document::from(html));
    let mut out = String::new();
    for piece in pieces.iter().filter(|p| !p.place.hidden) {
        match piece.kind {
            Kind::Heading(_) => out.push_str("## "),
            Kind::Item => out.push_str("- "),
            _ => {}
        }
        out.push_str(&piece.text);
        out.push_str("\n\n");
    }
    out
}

#[cfg(test)]
mod tests;
