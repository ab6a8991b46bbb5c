//! What the encoder hears: spans of content, cue and source, put together with the help of the
//! tree into attributions. What the rules found already is theirs; the rest is an attribution of
//! its own.

use std::ops::Range;

use super::cover::Cover;
use super::tree::Trees;
use super::voice;
use crate::annotate::encoder::{QuotePart, Quoted, Relation};
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::words::{self, CueClass};
use crate::annotate::token::TokenKind;
use crate::base::QuoteId;
use crate::model::{Party, Quote, QuoteKind};

/// Content, and the words that report it and name its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The tokens of what is ascribed.
    pub content: Range<usize>,
    /// The tokens that ascribe it.
    pub cue: Option<Range<usize>>,
    /// The tokens that name the source.
    pub source: Option<Range<usize>>,
    /// How sure of the content, 0 to 1.
    pub confidence: f32,
}

/// Tokens that another sentence counts for.
const OTHER_SENTENCE: usize = 40;

/// Everything the encoder hears.
pub struct Hearing(Vec<Heard>);

impl Hearing {
    /// Puts together what the encoder hears; nothing without one.
    pub fn new(layers: &Layers) -> Self {
        let Some(encoded) = &layers.encoded else {
            return Self(Vec::new());
        };
        let of = |part: QuotePart| encoded.quoted.iter().filter(move |q| q.part == part);
        let cues: Vec<&Quoted> = of(QuotePart::Cue).collect();
        let sources: Vec<&Quoted> = of(QuotePart::Source).collect();
        let heard = of(QuotePart::Content).map(|content| {
            let tokens = content.tokens.clone();
            let cue = nearest(layers, &cues, &tokens, &tokens);
            let from = cue.clone().unwrap_or_else(|| tokens.clone());
            let source = nearest(layers, &sources, &from, &tokens);
            Heard {
                content: tokens,
                cue,
                source,
                confidence: content.confidence,
            }
        });
        Self(heard.collect())
    }

    /// What is heard over a range of tokens: the longest overlap.
    pub fn over(&self, tokens: &Range<usize>) -> Option<&Heard> {
        let from = self.0.partition_point(|h| h.content.end <= tokens.start);
        let shared = |h: &Heard| h.content.end.min(tokens.end) - h.content.start.max(tokens.start);
        self.0[from..]
            .iter()
            .take_while(|h| h.content.start < tokens.end)
            .max_by_key(|h| shared(h))
    }
}

/// The span that belongs to `to`: bound to it by the tree, else the nearest; none in `outside`.
fn nearest(
    layers: &Layers,
    spans: &[&Quoted],
    to: &Range<usize>,
    outside: &Range<usize>,
) -> Option<Range<usize>> {
    let first = layers.sentence_of(to.start)?;
    let last = layers.sentence_of(to.end.checked_sub(1)?)?;
    let from = layers.sentence_tokens[first.saturating_sub(1)].start;
    let until = layers.sentence_tokens[last].end;
    let begin = spans.partition_point(|s| s.tokens.end <= from);
    spans[begin..]
        .iter()
        .take_while(|s| s.tokens.start < until)
        .filter(|s| s.tokens.end <= outside.start || outside.end <= s.tokens.start)
        .map(|s| {
            let gap = if s.tokens.end <= to.start {
                to.start - s.tokens.end
            } else {
                s.tokens.start.saturating_sub(to.end)
            };
            let bound = bound(layers, &s.tokens, to);
            let away = layers
                .sentence_of(s.tokens.start)
                .is_none_or(|n| n < first || n > last);
            let cost = gap + usize::from(away) * OTHER_SENTENCE;
            (if bound { cost / 4 } else { cost + 2 }, &s.tokens)
        })
        .min_by_key(|(cost, _)| *cost)
        .map(|(_, tokens)| tokens.clone())
}

/// Whether a word of one hangs from a word of the other.
fn bound(layers: &Layers, one: &Range<usize>, other: &Range<usize>) -> bool {
    let hangs = |a: &Range<usize>, b: &Range<usize>| {
        a.clone().any(|t| {
            layers
                .word(t)
                .and_then(|w| w.head)
                .is_some_and(|h| b.contains(&h))
        })
    };
    hangs(one, other) || hangs(other, one)
}

/// Where the words that were heard to report a content stand apart from it, those that govern it
/// in the tree report it, if they have a source.
fn own_cue(layers: &Layers, trees: &Trees, heard: &mut Heard) {
    if heard
        .cue
        .as_ref()
        .is_some_and(|cue| bound(layers, cue, &heard.content))
    {
        return;
    }
    let governor = trees
        .top(&heard.content)
        .and_then(|top| trees.head(top))
        .filter(|g| !heard.content.contains(g));
    if let Some(governor) = governor
        && trees
            .source(&(governor..governor + 1))
            .is_some_and(|s| !heard.content.contains(&s))
    {
        heard.cue = Some(governor..governor + 1);
        heard.source = None;
    }
}

/// Verbs whose content is speech though they report no clause.
const VOICED: [&str; 3] = ["express", "voice", "hope"];

/// Least confidence of a content that is taken for speech on the encoder's word.
const SPOKEN: f32 = 0.6;

/// Whether an attribution is reported speech: a reporting verb, a source that is known, and a
/// content that the encoder is sure of.
pub fn is_speech(layers: &Layers, quote: &Quote) -> bool {
    let Some(cue) = quote.cue.map(|c| layers.tokens_in(c)) else {
        return false;
    };
    let reports = cue.clone().any(|t| {
        let lemma = layers.lemma(t);
        VOICED.contains(&lemma) || words::cue_class(lemma).is_some_and(|c| c != CueClass::Manner)
    });
    let negated = cue
        .clone()
        .any(|t| matches!(layers.lower(t), "not" | "n't" | "never"));
    reports && !negated && quote.confidence >= SPOKEN && quote.speaker.entity().is_some()
}

/// The attributions among what is heard that `quotes` do not hold.
pub fn beside(
    layers: &Layers,
    trees: Option<&Trees>,
    hearing: &Hearing,
    quotes: &[Quote],
) -> Vec<Quote> {
    let speech = quotes.iter().filter(|q| q.kind != QuoteKind::Scare);
    let held = Cover::new(speech.map(|q| q.span));
    let scare = quotes.iter().filter(|q| q.kind == QuoteKind::Scare);
    let terms = Cover::new(scare.map(|q| q.span));
    let mut groups: Vec<Heard> = Vec::new();
    for heard in &hearing.0 {
        let span = layers.span(&heard.content);
        if held.overlaps(span) || terms.contains(span) {
            continue;
        }
        // What one sentence ascribes by the same words is one content.
        if let Some(last) = groups.last_mut()
            && last.cue.is_some()
            && last.cue == heard.cue
            && layers.sentence_of(last.content.start) == layers.sentence_of(heard.content.start)
        {
            last.content.end = heard.content.end;
            last.confidence = last.confidence.max(heard.confidence);
            continue;
        }
        groups.push(heard.clone());
    }
    let mut out: Vec<Quote> = Vec::new();
    for mut heard in groups {
        if let Some(trees) = trees {
            own_cue(layers, trees, &mut heard);
        }
        let head = heard
            .cue
            .as_ref()
            .zip(trees)
            .and_then(|(cue, trees)| Some((trees.source(cue)?, trees)))
            .filter(|(head, _)| !heard.content.contains(head));
        let source = match (head, &heard.source) {
            (Some((head, trees)), _) => Some(voice::of_head(layers, trees, head)),
            (None, Some(tokens)) => Some(voice::Source {
                entity: layers
                    .mentions_in(tokens.clone())
                    .next()
                    .map(|m| m.entity)
                    .or_else(|| voice::entity(layers, tokens.end - 1)),
                tokens: tokens.clone(),
            }),
            _ => None,
        };
        // "that" opens the content and is no part of it.
        let that = heard.content.len() > 2
            && layers.lower(heard.content.start) == "that"
            && trees.is_some_and(|t| t.relation(heard.content.start) == Relation::Mark);
        let content = heard.content.start + usize::from(that)..heard.content.end;
        let marks = content
            .clone()
            .any(|t| matches!(layers.tokens[t].kind, TokenKind::Open | TokenKind::Close));
        out.push(Quote {
            id: QuoteId::at(out.len()),
            span: layers.span(&content),
            cue: heard.cue.as_ref().map(|c| layers.span(c)),
            speaker: source
                .as_ref()
                .and_then(|s| s.entity)
                .map_or(Party::Unknown, Party::Entity),
            speaker_span: source.map(|s| layers.span(&s.tokens)),
            kind: if marks {
                QuoteKind::Mixed
            } else {
                QuoteKind::Indirect
            },
            continues: None,
            via: Vec::new(),
            rule: "model:quoted".into(),
            confidence: heard.confidence,
        });
    }
    out
}
