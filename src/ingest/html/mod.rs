//! Saved web pages → `Document`: decode, take the tree apart into pieces of text (`pieces`), read
//! what the page says of itself (`meta`), choose the pieces that are the article (`choose`, which
//! asks two extractors of others in `outside`), and put them in order (`build`).

mod build;
mod choose;
mod junk;
mod meta;
mod outside;
mod phrases;
mod pieces;
mod place;
mod told;
mod wall;

use std::sync::Arc;

use super::decode;
use super::{Loaded, Source};
use crate::base::{Error, Result};
use crate::model::BlockKind;
use build::Read;
use pieces::{Kind, Piece};

pub(super) use meta::{Article, day, instant, letters, listed, schema_article};

/// Largest page that is read, in bytes.
const LARGEST: usize = 32 << 20;

/// Words below which a page is looked through for an article that only scripts would show.
const SHORT: usize = 60;

/// The blocks of a piece of HTML that is an article and nothing else, as feeds hold it.
pub(super) fn blocks(html: &str) -> Vec<(BlockKind, String)> {
    let document = dom_query::Document::from(html.replace('\0', ""));
    let (pieces, _) = pieces::pieces(&document);
    let block = |piece: pieces::Piece| (build::block(piece.kind), piece.text);
    pieces.into_iter().map(block).collect()
}

/// How many words some pieces have.
fn words(pieces: &[&Piece]) -> usize {
    pieces.iter().map(|p| outside::count(&p.text)).sum()
}

/// A page that has been taken apart.
struct Page {
    document: dom_query::Document,
    pieces: Vec<Piece>,
    meta: meta::Meta,
    /// The pieces that are the article.
    kept: Vec<usize>,
}

impl Page {
    fn read(html: &str, uri: Option<&str>) -> Self {
        let document = dom_query::Document::from(html);
        let (pieces, deepest) = pieces::pieces(&document);
        let meta = meta::meta(&document, &pieces, uri);
        let kept = choose::body(&document, html, &pieces, deepest, &meta);
        Self {
            document,
            pieces,
            meta,
            kept,
        }
    }

    fn words(&self) -> usize {
        let kept: Vec<&Piece> = self.kept.iter().map(|&n| &self.pieces[n]).collect();
        words(&kept)
    }
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
    let mut page = Page::read(&html, source.uri.as_deref());
    if page.words() < SHORT && html.contains("<noscript") {
        // What readers without scripts are shown may be the article.
        let opened = html
            .replace("<noscript", "<div")
            .replace("</noscript", "</div");
        let other = Page::read(&opened, source.uri.as_deref());
        if other.words() > 2 * page.words() {
            page = other;
        }
    }
    let Page {
        document,
        pieces,
        meta,
        kept,
    } = page;
    let chosen: Vec<&Piece> = kept.iter().map(|&n| &pieces[n]).collect();
    let barrier = wall::has_barrier(&pieces, &meta);
    let told = told::instead(&meta, &pieces, &chosen);
    let by_data = told.is_some();
    let chosen = match &told {
        Some(told) => told.iter().collect(),
        None => chosen,
    };
    let lead = choose::standfirst(&pieces, &kept, &meta).map(|n| &pieces[n]);
    if chosen.is_empty() {
        return wall::nothing(&source.name, &document, barrier);
    }
    details.extend(wall::note(words(&chosen), barrier));
    let read = Read {
        lead,
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
