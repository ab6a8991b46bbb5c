//! Which pieces of a page are the article: two extractors vote, and what the elements around a
//! piece say of themselves has the last word. Calls `outside`.

use dom_query::Document;

use super::outside;
use super::pieces::Piece;

/// Share of a piece's words that an extractor must have taken for a vote.
const TAKEN: f32 = 0.6;
/// Elements deeper than this are not given to the extractors, whose recursion they could exhaust.
const DEEPEST: usize = 200;

/// For each piece whether it is part of the article.
pub(super) fn body(document: &Document, html: &str, pieces: &[Piece], deepest: usize) -> Vec<bool> {
    let shallow = deepest <= DEEPEST;
    let one = shallow.then(|| outside::trafilatura(html)).flatten();
    let other = shallow.then(|| outside::readability(document)).flatten();
    let (one, other) = (one.unwrap_or_default(), other.unwrap_or_default());
    let kept = |p: &Piece| one.share(&p.text).max(other.share(&p.text)) >= TAKEN;
    pieces.iter().map(kept).collect()
}
