//! Judge: one sentence with its names marked → the tone toward one of them, or what two of them
//! hold of each other. The same two heads of the encoder weigh the stances of an article.

use std::ops::Range;

use super::encoder::{Ask, Encoder, PAIR, TOWARD};
use super::layers::Layers;
use super::pipeline::Stage;
use super::token::Tokens;
use crate::base::{Error, Result, Span};
use crate::model::{Block, BlockKind, Document, Metadata};

/// What is asked of a text. Spans are bytes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// The tone toward a span, whoever has it.
    Tone(Span),
    /// What the first holds of the second.
    Held {
        /// Who.
        holder: Span,
        /// Of whom.
        target: Span,
    },
    /// What two spans hold of each other.
    Pair(Span, Span),
}

/// The answer, as shares of 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Verdict {
    /// Negative, neutral, positive.
    Tone([f32; TOWARD]),
    /// Nothing; the first for the second, the second for the first, the first against the second,
    /// the second against the first.
    Pair([f32; PAIR]),
}

impl Verdict {
    /// The class with the greatest share.
    pub fn class(&self) -> usize {
        let shares: &[f32] = match self {
            Self::Tone(shares) => shares,
            Self::Pair(shares) => shares,
        };
        (0..shares.len())
            .max_by(|a, b| shares[*a].total_cmp(&shares[*b]))
            .unwrap_or(0)
    }
}

/// The head is surer than it is right: its logarithms are divided by this (temperature scaling,
/// Guo et al. 2017), chosen on development data. No verdict changes by it.
const TEMPERATURE: f32 = 1.4;

fn calm(shares: [f32; TOWARD]) -> [f32; TOWARD] {
    let powers = shares.map(|p| p.max(1e-9).powf(1.0 / TEMPERATURE));
    let all: f32 = powers.iter().sum();
    powers.map(|p| p / all)
}

/// Answers a question about a text, which is read as one sentence.
///
/// # Errors
/// A span holds no word of the text, or the engine refuses it.
pub fn judge(encoder: &Encoder, text: &str, question: Question) -> Result<Verdict> {
    let document = Document {
        id: String::new(),
        text: text.into(),
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            span: Span::new(0, text.len()),
        }],
        meta: Metadata::default(),
        details: Vec::new(),
    };
    let mut layers = Layers::default();
    Tokens.run(&document, &mut layers);
    let words: Vec<&str> = layers
        .tokens
        .iter()
        .map(|t| document.slice(t.span))
        .collect();
    let place = |span: Span| -> Result<Range<usize>> {
        let tokens = layers.tokens_in(span);
        if tokens.is_empty() {
            return Err(Error::new("", "a span holds no word of the text"));
        }
        Ok(tokens)
    };
    let ask = match question {
        Question::Tone(target) => Ask {
            first: place(target)?,
            second: 0..0,
        },
        Question::Held { holder, target } => Ask {
            first: place(holder)?,
            second: place(target)?,
        },
        Question::Pair(first, second) => Ask {
            first: place(first)?,
            second: place(second)?,
        },
    };
    let vectors = encoder.vectors(&words)?;
    let view = encoder
        .views(&vectors, &[ask])?
        .pop()
        .ok_or_else(|| Error::new("model", "gave no answer"))?;
    Ok(match question {
        Question::Tone(_) => Verdict::Tone(calm(view.toward)),
        Question::Held { .. } => {
            let [_, pro, _, con, _] = view.pair;
            Verdict::Tone([con, 1.0 - pro - con, pro])
        }
        Question::Pair(..) => Verdict::Pair(view.pair),
    })
}
