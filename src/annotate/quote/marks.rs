//! Pairs of quotation marks: nested ones, those that a paragraph leaves open.

use std::ops::Range;

use crate::annotate::layers::Layers;
use crate::annotate::token::TokenKind;

/// Tokens within which a quotation must close.
const LONGEST: usize = 2000;

/// Whether a mark is a double one.
fn double(layers: &Layers, token: usize) -> bool {
    layers.lower(token) != "'"
}

/// A quotation as its marks have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Its tokens, marks included.
    pub tokens: Range<usize>,
    /// Whether it is left open at the end of its block: the next one goes on with it.
    pub open: bool,
}

/// The quotations of all blocks, in order, without those inside others. An opening mark that
/// nothing closes is a quotation to the end of its block where it starts the block, or where the
/// next block opens again.
pub fn marked(layers: &Layers) -> Vec<Marked> {
    let mut out = Vec::new();
    let mut at = 0;
    for end in block_ends(layers) {
        while at < end {
            if layers.tokens[at].kind != TokenKind::Open {
                at += 1;
                continue;
            }
            let wide = double(layers, at);
            let first =
                out.last().is_none_or(|m: &Marked| m.tokens.end <= at) && starts_block(layers, at);
            let opens = |t: usize| {
                layers
                    .tokens
                    .get(t)
                    .is_some_and(|t| t.kind == TokenKind::Open)
            };
            let (stop, open) = match close(layers, at, end, wide) {
                Some(close) => (close + 1, false),
                None if wide && (first || opens(end)) => (end, true),
                None => {
                    at += 1;
                    continue;
                }
            };
            if stop > at + 2 {
                out.push(Marked {
                    tokens: at..stop,
                    open,
                });
            }
            at = stop;
        }
    }
    out
}

/// The mark that closes the one at `at`: its partner where marks are nested, else the first.
fn close(layers: &Layers, at: usize, end: usize, wide: bool) -> Option<usize> {
    let mut depth = 1usize;
    let mut first = None;
    for t in at + 1..end.min(at + LONGEST) {
        if double(layers, t) != wide {
            continue;
        }
        match layers.tokens[t].kind {
            TokenKind::Open => depth += 1,
            TokenKind::Close => {
                first = first.or(Some(t));
                depth -= 1;
                if depth == 0 {
                    return Some(t);
                }
            }
            _ => {}
        }
    }
    first
}

/// Whether a token is the first of its block.
fn starts_block(layers: &Layers, token: usize) -> bool {
    let Some(sentence) = layers.sentence_of(token) else {
        return false;
    };
    layers.sentence_tokens[sentence].start == token
        && sentence
            .checked_sub(1)
            .is_none_or(|before| layers.sentences[before].block != layers.sentences[sentence].block)
}

/// The token after the last one of each block.
fn block_ends(layers: &Layers) -> Vec<usize> {
    let mut out = Vec::new();
    for (n, range) in layers.sentence_tokens.iter().enumerate() {
        let last = layers
            .sentences
            .get(n + 1)
            .is_none_or(|s| s.block != layers.sentences[n].block);
        if last {
            out.push(range.end);
        }
    }
    out
}
