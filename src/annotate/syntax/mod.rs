//! Light syntax: a guess at each token's part of speech, and chunks (noun phrases, verb groups)
//! with the subject and the complement of a verb group. No parser: closed classes, verb forms and
//! neighbours decide. A stage of its own, so that a parser can take its place.

mod chunk;
mod clause;
mod tag;

use std::sync::Arc;

pub use chunk::{Chunk, ChunkKind, VerbForm};
pub use clause::{complement_end, subject};
pub use tag::{is_title_case, singular};

use super::layers::{Layer, Layers};
use super::lexicon::words::Inflection;
use super::pipeline::Stage;
use crate::model::Document;

/// Part of speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pos {
    /// Common noun.
    Noun,
    /// Proper noun.
    Proper,
    /// Pronoun.
    Pronoun,
    /// Determiner.
    Determiner,
    /// Possessive determiner.
    Possessive,
    /// `'s` of the possessive.
    PossessiveMark,
    /// Adjective.
    Adjective,
    /// Adverb.
    Adverb,
    /// Number.
    Number,
    /// Main verb.
    Verb,
    /// be, have, do.
    Auxiliary,
    /// will, must …
    Modal,
    /// `to` before a verb.
    To,
    /// Preposition.
    Preposition,
    /// and, or, but.
    Conjunction,
    /// that, if, because …
    Subordinator,
    /// who, which, that after a noun.
    Relative,
    /// not, never.
    Negation,
    /// Opening quotation mark.
    Open,
    /// Closing quotation mark.
    Close,
    /// Comma.
    Comma,
    /// Any other sign.
    Sign,
}

/// Part of speech, inflection and base form of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Part of speech.
    pub pos: Pos,
    /// Inflection of verbs.
    pub inflection: Option<Inflection>,
    /// Base form, lower case.
    pub lemma: Arc<str>,
}

/// The stage.
pub struct Syntax;

impl Stage for Syntax {
    fn name(&self) -> &'static str {
        "syntax"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Tokens, Layer::Sentences]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Syntax]
    }
    fn run(&self, _: &Document, layers: &mut Layers) {
        let mut tagger = tag::Tagger::default();
        layers.tags.reserve(layers.tokens.len());
        for range in &layers.sentence_tokens {
            let tokens = &layers.tokens[range.clone()];
            let tags = tagger.tag(tokens);
            let from = layers.chunks.len();
            chunk::chunk(&tags, range.start, &mut layers.chunks);
            layers.sentence_chunks.push(from..layers.chunks.len());
            layers.tags.extend(tags);
        }
    }
}
