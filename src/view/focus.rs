//! The annotation under the cursor, and what belongs to it.

use crate::base::{EntityId, Kinds, QuoteId, Span, StanceId};
use crate::model::{Annotated, Highlight, Party, Stance, Target};

/// An annotation that can be under the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// A mention: of which entity, and which of its mentions.
    Mention {
        /// The entity.
        entity: EntityId,
        /// Position among its mentions.
        mention: usize,
    },
    /// A quote.
    Quote(QuoteId),
    /// A stance.
    Stance(StanceId),
    /// A passage that the comment talks about: position among the links.
    Link(usize),
    /// A highlight, by id.
    Highlight(String),
}

impl Focus {
    /// Where it is in the text, sorted. A stance is at its evidence.
    pub fn spans(&self, annotated: &Annotated, highlights: &[Highlight]) -> Vec<Span> {
        match self {
            Self::Mention { entity, mention } => annotated
                .entity(*entity)
                .and_then(|e| e.mentions.get(*mention))
                .map(|m| m.span)
                .into_iter()
                .collect(),
            Self::Quote(id) => annotated
                .quotes
                .get(id.index())
                .map(|q| q.span)
                .into_iter()
                .collect(),
            Self::Stance(id) => annotated
                .stances
                .get(id.index())
                .map(|s| s.evidence.clone())
                .unwrap_or_default(),
            Self::Link(link) => annotated
                .links
                .get(*link)
                .map(|l| l.passage)
                .into_iter()
                .collect(),
            Self::Highlight(id) => highlights
                .iter()
                .find(|h| h.id == *id && !h.orphan)
                .map(|h| h.anchor.span)
                .into_iter()
                .collect(),
        }
    }

    /// Its first byte.
    pub fn start(&self, annotated: &Annotated, highlights: &[Highlight]) -> Option<usize> {
        self.spans(annotated, highlights).first().map(|s| s.from())
    }
}

/// The spans that belong to a focused annotation, sorted, without its own.
///
/// A stance: the words of holder and target, and the other mentions of the issue. A mention: the
/// other mentions, and the evidence of stances of its sentence in which the entity takes part. A
/// quote: speaker and cue. A passage: the sentences of the comment about it.
pub fn partners(focus: &Focus, annotated: &Annotated, highlights: &[Highlight]) -> Vec<Span> {
    let own = focus.spans(annotated, highlights);
    let mut out: Vec<Span> = Vec::new();
    match focus {
        Focus::Mention { entity, .. } => {
            if let Some(found) = annotated.entity(*entity) {
                out.extend(found.mentions.iter().map(|m| m.span));
            }
            let sentence = own.first().and_then(|s| annotated.sentence_at(s.from()));
            let takes_part = |s: &&Stance| {
                s.holder == Party::Entity(*entity) || s.target == Target::Entity(*entity)
            };
            for stance in annotated.stances.iter().filter(takes_part) {
                if Some(stance.sentence) == sentence && stance.confidence >= Stance::FAINT {
                    out.extend(&stance.evidence);
                }
            }
        }
        Focus::Quote(id) => {
            if let Some(quote) = annotated.quotes.get(id.index()) {
                out.extend(quote.speaker_span);
                out.extend(quote.cue);
            }
        }
        Focus::Stance(id) => {
            if let Some(stance) = annotated.stances.get(id.index()) {
                out.extend(stance.holder_span);
                out.push(stance.target_span);
                if let Target::Issue(issue) = stance.target {
                    out.extend(
                        annotated
                            .issue(issue)
                            .map(|i| i.mentions.clone())
                            .unwrap_or_default(),
                    );
                }
            }
        }
        Focus::Link(link) => {
            let passage = annotated.links.get(*link).map(|l| l.passage);
            let same = annotated
                .links
                .iter()
                .filter(|l| Some(l.passage) == passage);
            out.extend(same.map(|l| l.comment));
        }
        Focus::Highlight(_) => {}
    }
    out.retain(|span| !own.contains(span));
    out.sort_unstable();
    out.dedup();
    out
}

/// What a click at byte `byte` means: the shortest of the annotations there; of equally short
/// ones the first of highlight, mention, stance, quote, passage. Mentions of hidden kinds are none.
pub fn at(
    byte: usize,
    annotated: &Annotated,
    highlights: &[Highlight],
    kinds: Kinds,
) -> Option<Focus> {
    let mut found: Vec<(usize, usize, Focus)> = Vec::new();
    let mut offer = |rank: usize, span: Span, focus: Focus| {
        if span.has(byte) {
            found.push((span.len(), rank, focus));
        }
    };
    for highlight in highlights.iter().filter(|h| !h.orphan) {
        offer(
            0,
            highlight.anchor.span,
            Focus::Highlight(highlight.id.clone()),
        );
    }
    for entity in annotated.entities.iter().filter(|e| kinds.marks(e.kind)) {
        for (mention, m) in entity.mentions.iter().enumerate() {
            offer(
                1,
                m.span,
                Focus::Mention {
                    entity: entity.id,
                    mention,
                },
            );
        }
    }
    for stance in annotated
        .stances
        .iter()
        .filter(|s| s.confidence >= Stance::FAINT)
    {
        for &evidence in &stance.evidence {
            offer(2, evidence, Focus::Stance(stance.id));
        }
    }
    for quote in &annotated.quotes {
        offer(3, quote.span, Focus::Quote(quote.id));
    }
    for (n, link) in annotated.links.iter().enumerate() {
        offer(4, link.passage, Focus::Link(n));
    }
    found
        .into_iter()
        .min_by_key(|(len, rank, _)| (*len, *rank))
        .map(|(.., focus)| focus)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::{find, sample};

    #[test]
    fn a_click_takes_the_shortest_annotation() {
        let (annotated, highlights) = sample();
        let text = annotated.document.text.clone();
        let click = |needle: &str, nth| {
            let byte = find(&text, needle, nth).from();
            at(byte, &annotated, &highlights, Kinds::default())
        };
        assert_eq!(
            click("Núñez", 1),
            Some(Focus::Mention {
                entity: EntityId::at(0),
                mention: 1
            })
        );
        assert_eq!(click("must never", 0), Some(Focus::Stance(StanceId::at(0))));
        assert_eq!(click("be built", 0), Some(Focus::Quote(QuoteId::at(0))));
        assert_eq!(click("waits", 0), Some(Focus::Highlight("H1".to_owned())));
        assert_eq!(click("A short", 0), None);
    }

    #[test]
    fn partners_are_the_other_ends() {
        let (annotated, highlights) = sample();
        let text = annotated.document.text.clone();
        let of = |focus: Focus| partners(&focus, &annotated, &highlights);
        assert_eq!(
            of(Focus::Stance(StanceId::at(0))),
            [find(&text, "Ana Núñez", 0), find(&text, "the bridge", 0)]
        );
        let mention = of(Focus::Mention {
            entity: EntityId::at(0),
            mention: 0,
        });
        assert!(mention.contains(&find(&text, "must never", 0)));
        assert!(mention.contains(&find(&text, "Núñez", 1)));
        assert_eq!(of(Focus::Link(0)), [annotated.sentences[5].span]);
    }
}
