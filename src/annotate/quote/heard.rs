//! What the encoder hears: spans of content, cue and source, put together with the help of the
//! tree into attributions. What the rules found already is confirmed; the rest is an attribution
//! of its own.

use std::ops::Range;

use crate::annotate::encoder::{QuotePart, Quoted};
use crate::annotate::layers::Layers;
use crate::base::{QuoteId, Span};
use crate::model::{Document, Party, Quote, QuoteKind};

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

/// Tokens between content and the cue of another sentence, as a malus.
const OTHER_SENTENCE: usize = 40;

/// Everything the encoder hears, in order.
pub fn heard(layers: &Layers) -> Vec<Heard> {
    let Some(encoded) = &layers.encoded else {
        return Vec::new();
    };
    let of = |part: QuotePart| encoded.quoted.iter().filter(move |q| q.part == part);
    let cues: Vec<&Quoted> = of(QuotePart::Cue).collect();
    let sources: Vec<&Quoted> = of(QuotePart::Source).collect();
    of(QuotePart::Content)
        .map(|content| {
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
        })
        .collect()
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
        .filter(|s| s.tokens.end <= outside.start || outside.end <= s.tokens.start || spans_hole(s, outside))
        .map(|s| {
            let gap = if s.tokens.end <= to.start {
                to.start - s.tokens.end
            } else {
                s.tokens.start.saturating_sub(to.end)
            };
            let bound = bound(layers, &s.tokens, to);
            let away = layers.sentence_of(s.tokens.start).is_none_or(|n| n < first || n > last);
            let cost = gap + usize::from(away) * OTHER_SENTENCE;
            (if bound { cost / 4 } else { cost + 2 }, &s.tokens)
        })
        .min_by_key(|(cost, _)| *cost)
        .map(|(_, tokens)| tokens.clone())
}

fn spans_hole(_: &Quoted, _: &Range<usize>) -> bool {
    false
}

/// Whether a word of one hangs from a word of the other.
fn bound(layers: &Layers, one: &Range<usize>, other: &Range<usize>) -> bool {
    let hangs = |a: &Range<usize>, b: &Range<usize>| {
        a.clone()
            .any(|t| layers.word(t).and_then(|w| w.head).is_some_and(|h| b.contains(&h)))
    };
    hangs(one, other) || hangs(other, one)
}

/// The attributions among what is heard that `quotes` do not hold.
pub fn beside(_: &Document, layers: &Layers, quotes: &[Quote]) -> Vec<Quote> {
    let mut out: Vec<Quote> = Vec::new();
    for heard in heard(layers) {
        let span = layers.span(&heard.content);
        if quotes.iter().any(|q| q.kind != QuoteKind::Scare && q.span.overlaps(span)) {
            continue;
        }
        out.push(Quote {
            id: QuoteId::at(out.len()),
            span,
            cue: heard.cue.as_ref().map(|c| layers.span(c)),
            speaker: heard.source.as_ref().map_or(Party::Unknown, |s| {
                layers
                    .mentions_in(s.clone())
                    .next()
                    .map_or(Party::Unknown, |m| Party::Entity(m.entity))
            }),
            speaker_span: heard.source.as_ref().map(|s| layers.span(s)),
            kind: QuoteKind::Indirect,
            continues: None,
            via: Vec::new(),
            rule: "model:quoted".into(),
            confidence: heard.confidence,
        });
    }
    out
}
