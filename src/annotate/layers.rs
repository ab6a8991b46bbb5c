//! The working layers of a document while the stages run, and how they become [`Annotated`].

use std::ops::Range;
use std::sync::Arc;

use super::encoder::{Encoded, Word};
use super::stance::Frame;
use super::syntax::{Chunk, Tag};
use super::token::Token;
use crate::base::{EntityId, SentenceId, Span};
use crate::model::{
    Annotated, BlockKind, Document, Entity, Issue, Link, MentionForm, Quote, Sentence, Stance,
};

use super::name::Name;

/// A layer that stages require and provide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Words, numbers and signs.
    Tokens,
    /// Sentences and their tokens.
    Sentences,
    /// What the encoder says of words and names.
    Encoded,
    /// Parts of speech and chunks.
    Syntax,
    /// Spans that look like names.
    Names,
    /// Entities and where they are mentioned.
    Entities,
    /// Dates, money, percentages, quantities.
    Figures,
    /// Reported speech.
    Quotes,
    /// Stances before their targets are grouped.
    Frames,
    /// Issues.
    Issues,
    /// Stances.
    Stances,
    /// Links from comment to article.
    Links,
}

/// A mention as the later stages look it up: by tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Whose mention it is.
    pub entity: EntityId,
    /// How it refers.
    pub form: MentionForm,
}

/// Everything the stages have found so far.
#[derive(Debug, Default)]
pub struct Layers {
    /// Tokens of the prose blocks, in order.
    pub tokens: Vec<Token>,
    /// Sentences of the prose blocks.
    pub sentences: Vec<Sentence>,
    /// Tokens of each sentence.
    pub sentence_tokens: Vec<Range<usize>>,
    /// What the encoder says, where one was asked.
    pub encoded: Option<Encoded>,
    /// Part of speech of each token.
    pub tags: Vec<Tag>,
    /// Chunks in order; none crosses a sentence.
    pub chunks: Vec<Chunk>,
    /// Chunks of each sentence.
    pub sentence_chunks: Vec<Range<usize>>,
    /// Spans that look like names.
    pub names: Vec<Name>,
    /// Entities.
    pub entities: Vec<Entity>,
    /// Dates, money, percentages, quantities; their ids go on after those of the entities.
    pub figures: Vec<Entity>,
    /// Mentions by token, sorted.
    pub placed: Vec<Placed>,
    /// Quotes, sorted.
    pub quotes: Vec<Quote>,
    /// What is ascribed to somebody without being speech, sorted.
    pub attributions: Vec<Quote>,
    /// Stances before their targets are grouped.
    pub frames: Vec<Frame>,
    /// Issues.
    pub issues: Vec<Issue>,
    /// Stances.
    pub stances: Vec<Stance>,
    /// Links from comment to article.
    pub links: Vec<Link>,
}

impl Layers {
    /// The finished document. Working layers are dropped.
    pub fn finish(self, document: &Arc<Document>) -> Annotated {
        Annotated {
            sentences: self.sentences,
            entities: [self.entities, self.figures].concat(),
            issues: self.issues,
            quotes: self.quotes,
            attributions: self.attributions,
            stances: self.stances,
            links: self.links,
            ..Annotated::bare(Arc::clone(document))
        }
    }

    /// The bytes that a range of tokens covers; empty for an empty range.
    pub fn span(&self, tokens: &Range<usize>) -> Span {
        let first = self.tokens.get(tokens.start);
        let last = tokens.end.checked_sub(1).and_then(|t| self.tokens.get(t));
        match (first, last) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.hull(last.span),
            _ => Span::default(),
        }
    }

    /// The lower-case form of a token; empty past the end.
    pub fn lower(&self, token: usize) -> &str {
        self.tokens.get(token).map_or("", |t| &t.lower)
    }

    /// The base form of a token; empty past the end.
    pub fn lemma(&self, token: usize) -> &str {
        self.tags.get(token).map_or("", |t| &t.lemma)
    }

    /// What the parser says of a token; `None` without an encoder.
    pub fn word(&self, token: usize) -> Option<&Word> {
        self.encoded.as_ref()?.word(token)
    }

    /// The tokens that hang from a token, in order; none without an encoder.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> {
        let sentence = self.sentence_of(token);
        let range = sentence.and_then(|s| self.sentence_tokens.get(s));
        let hangs = move |t: &usize| self.word(*t).is_some_and(|w| w.head == Some(token));
        range.cloned().unwrap_or_default().filter(hangs)
    }

    /// The tokens of a byte span, widened to whole tokens.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// The sentence that holds a token.
    pub fn sentence_of(&self, token: usize) -> Option<usize> {
        let after = self.sentence_tokens.partition_point(|r| r.start <= token);
        let index = after.checked_sub(1)?;
        self.sentence_tokens[index]
            .contains(&token)
            .then_some(index)
    }

    /// The kind of block that a sentence is in.
    pub fn block_kind(&self, document: &Document, sentence: usize) -> BlockKind {
        self.sentences
            .get(sentence)
            .and_then(|s| document.block(s.block))
            .map_or(BlockKind::Paragraph, |b| b.kind)
    }

    /// Mentions that lie wholly in a range of tokens.
    pub fn mentions_in(&self, tokens: Range<usize>) -> impl Iterator<Item = &Placed> {
        let from = self
            .placed
            .partition_point(|p| p.tokens.start < tokens.start);
        self.placed[from..]
            .iter()
            .take_while(move |p| p.tokens.start < tokens.end)
            .filter(move |p| p.tokens.end <= tokens.end)
    }

    /// Mentions that start in a range of tokens.
    pub fn mentions_from(&self, tokens: Range<usize>) -> impl Iterator<Item = &Placed> {
        let from = self
            .placed
            .partition_point(|p| p.tokens.start < tokens.start);
        self.placed[from..]
            .iter()
            .take_while(move |p| p.tokens.start < tokens.end)
    }

    /// The id of a sentence by position.
    pub fn sentence_id(sentence: usize) -> SentenceId {
        SentenceId::at(sentence)
    }
}
