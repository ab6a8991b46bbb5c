//! Sentences of the prose blocks, found from the tokens: abbreviations, initials and quotation
//! marks do not end them by themselves.

use super::layers::{Layer, Layers};
use super::lexicon::words;
use super::pipeline::Stage;
use super::token::{Token, TokenKind};
use crate::base::BlockId;
use crate::model::{Document, Sentence};

/// The stage.
pub struct Sentences;

impl Stage for Sentences {
    fn name(&self) -> &'static str {
        "sentences"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Tokens]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Sentences]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let mut from = 0;
        for (n, block) in document.blocks.iter().enumerate() {
            if !block.kind.is_prose() {
                continue;
            }
            let to =
                from + layers.tokens[from..].partition_point(|t| t.span.start < block.span.end);
            let mut start = from;
            while start < to {
                let end = start + sentence_length(&layers.tokens[start..to]);
                let span = layers.span(&(start..end));
                layers.sentences.push(Sentence {
                    span,
                    block: BlockId::at(n),
                });
                layers.sentence_tokens.push(start..end);
                start = end;
            }
            from = to;
        }
    }
}

/// Tokens after which a sentence is cut where no stop is found: later stages may look at all pairs
/// of words of a sentence.
pub const LONGEST: usize = 400;

/// Number of tokens of the sentence at the start of `tokens`; at least one.
fn sentence_length(tokens: &[Token]) -> usize {
    let tokens = &tokens[..tokens.len().min(LONGEST)];
    let mut at = 0;
    while at < tokens.len() {
        if !ends(tokens, at) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while tokens.get(end).is_some_and(|t| {
            t.kind == TokenKind::Close
                || [".", "!", "?", "…", ")", "]"].iter().any(|s| t.is_sign(s))
        }) {
            end += 1;
        }
        if starts(&tokens[end..]) {
            return end;
        }
        at = end;
    }
    tokens.len()
}

/// Whether the token at `at` can be the last word or stop of a sentence.
fn ends(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    if [".", "!", "?", "…"].iter().any(|s| token.is_sign(s)) {
        return true;
    }
    if token.kind == TokenKind::Sign {
        return token.lower.starts_with("..");
    }
    if token.is_word() && token.lower.ends_with('.') {
        let next = tokens.get(at + 1);
        if next.is_none() {
            return true;
        }
        if words::abbreviation(&token.lower) == Some(true) {
            // "… in the U.S. The next" ends; "the U.S. Senate" does not.
            let classes = next
                .map(|t| words::classes_of(&t.lower))
                .unwrap_or_default();
            let opener = ["det", "pron", "prep", "sub", "conj", "poss"]
                .iter()
                .any(|c| classes.has(c));
            return next.is_some_and(|t| t.capital && opener || t.kind == TokenKind::Open);
        }
    }
    false
}

/// Whether what follows can start a sentence.
fn starts(rest: &[Token]) -> bool {
    let Some(first) = rest.first() else {
        return true;
    };
    let word = rest
        .iter()
        .find(|t| t.is_word() || t.kind == TokenKind::Number);
    match first.kind {
        TokenKind::Word | TokenKind::Number | TokenKind::Open => {
            word.is_some_and(|w| w.capital || w.kind == TokenKind::Number)
        }
        _ => {
            [">", "(", "[", "—", "–", "-", "•", "*"]
                .iter()
                .any(|s| first.is_sign(s))
                && word.is_some_and(|w| w.capital)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;

    fn sentences(text: &str) -> Vec<String> {
        let annotated = testing::annotated(text);
        annotated
            .sentences
            .iter()
            .map(|s| s.span.of(text).to_owned())
            .collect()
    }

    #[test]
    fn titles_initials_and_countries_do_not_end_a_sentence() {
        assert_eq!(
            sentences(
                "Mr. J. R. Smith met the U.S. Senate. He left the U.S. The end came at 5.30 p.m. Monday."
            ),
            [
                "Mr. J. R. Smith met the U.S. Senate.",
                "He left the U.S.",
                "The end came at 5.30 p.m. Monday."
            ]
        );
    }

    #[test]
    fn a_closing_quotation_mark_stays_with_its_sentence() {
        assert_eq!(
            sentences("“We won.” He smiled. \"Really?\" she asked. \"Yes! We did.\""),
            [
                "“We won.”",
                "He smiled.",
                "\"Really?\" she asked.",
                "\"Yes!",
                "We did.\""
            ]
        );
    }

    #[test]
    fn a_title_without_a_stop_is_a_sentence() {
        assert_eq!(sentences("Council rejects plan"), ["Council rejects plan"]);
    }
}
