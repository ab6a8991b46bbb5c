//! Saved web pages → [`Document`]: decode, take the tree apart into pieces of text (`pieces`), read
//! what the page says of itself (`meta`), choose the pieces that are the article (`choose`, which
//! asks two extractors of others in `outside`), and put them in order (`build`).

mod build;
mod choose;
mod meta;
mod outside;
mod pieces;
mod place;

use std::sync::Arc;

use super::decode;
use super::{Loaded, Source};
use crate::base::{Error, Result};
use crate::model::BlockKind;

/// Largest page that is read, in bytes.
const LARGEST: usize = 32 << 20;

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
    let (html, details) = decode::labelled(bytes, content_type);
    let html = html.replace('\0', "");
    let document = dom_query::Document::from(html.as_str());
    let (pieces, deepest) = pieces::pieces(&document);
    let meta = meta::meta(&document, &pieces, source.uri.as_deref());
    let kept = choose::body(&document, &html, &pieces, deepest);
    let (document, about) = build::build(&pieces, &kept, meta, details, source);
    Ok(Loaded {
        document: Arc::new(document),
        layers: None,
        about,
    })
}
