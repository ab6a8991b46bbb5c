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

/// The quotations of all blocks, in order, without those inside others. An opening mark that
/// nothing closes is a quotation to the end of its block where it starts the block, or where the
/// next block opens again.
pub fn marked(layers: &Layers) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    // Where marks close, single and double ones: what nothing closes is not searched for.
    let mut closing = [Vec::new(), Vec::new()];
    for (n, token) in layers.tokens.iter().enumerate() {
        if token.kind == TokenKind::Close {
            closing[usize::from(double(layers, n))].push(n);
        }
    }
    for end in block_ends(layers) {
        while at < end {
            if layers.tokens[at].kind != TokenKind::Open {
                at += 1;
                continue;
            }
            let wide = double(layers, at);
            let opens = |t: usize| {
                layers
                    .tokens
                    .get(t)
                    .is_some_and(|t| t.kind == TokenKind::Open)
            };
            let stop = match close(layers, &closing[usize::from(wide)], at, end, wide) {
                Some(close) => close + 1,
                None if wide && (starts_block(layers, at) || opens(end)) => end,
                None => {
                    at += 1;
                    continue;
                }
            };
            if stop > at + 2 {
                out.push(at..stop);
            }
            at = stop;
        }
    }
    out
}

/// The mark of `closing` that closes the one at `at`: its partner where marks are nested, else the first.
fn close(layers: &Layers, closing: &[usize], at: usize, end: usize, wide: bool) -> Option<usize> {
    let mut depth = 1usize;
    let mut first = None;
    let from = closing.partition_point(|t| *t <= at);
    let near = closing.get(from).is_some_and(|t| *t < at + LONGEST);
    if !near {
        return None;
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing;
    use crate::model::BlockKind::Paragraph;

    fn found(paragraphs: &[&str]) -> Vec<String> {
        let blocks: Vec<_> = paragraphs.iter().map(|p| (Paragraph, *p)).collect();
        let document = testing::document(&blocks);
        let layers = testing::layers(&document);
        marked(&layers)
            .iter()
            .map(|tokens| layers.span(tokens).of(&document.text).to_owned())
            .collect()
    }

    #[test]
    fn marks_inside_marks_belong_to_the_outer_ones() {
        assert_eq!(
            found(&["\"He asked: “Who pays?” Nobody did,\" she said of “the day”."]),
            ["\"He asked: “Who pays?” Nobody did,\"", "“the day”"]
        );
    }

    #[test]
    fn a_quotation_that_goes_on_is_open_at_the_end_of_its_paragraph() {
        assert_eq!(
            found(&["Lee said: “We paid.", "“They did not.” That was all."]),
            ["“We paid.", "“They did not.”"]
        );
        let nothing: [&str; 0] = [];
        assert_eq!(found(&["A 12\" pipe and no more."]), nothing);
    }

    #[test]
    fn marks_of_two_forms_and_typed_the_wrong_way_round_close_each_other() {
        assert_eq!(
            found(&["She called it \"a mess.” He said ''we agree'' and “enough.“"]),
            ["\"a mess.”", "''we agree''", "“enough.“"]
        );
    }
}
