//! From annotation to annotation.

use crate::base::{EntityId, Kinds, Span};
use crate::model::{Annotated, BlockKind, Highlight, MentionForm, Stance};
use crate::view::focus::Focus;

/// What to stop at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Mentions by name, demonym or metonym, of the kinds that are listed.
    Mention(Kinds),
    /// Quotes.
    Quote,
    /// Stances that are shown.
    Stance,
    /// Passages that the comment talks about.
    Link,
    /// The reader's highlights.
    Highlight,
    /// Sentences.
    Sentence,
    /// Paragraphs and other blocks.
    Paragraph,
}

/// Where a step leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The byte to go to.
    pub at: usize,
    /// What is there.
    pub focus: Option<Focus>,
}

/// Stops of one kind in the article (not in the comment), in reading order.
fn stops(
    stop: Stop,
    annotated: &Annotated,
    highlights: &[Highlight],
) -> Vec<(Span, Option<Focus>)> {
    let mut out: Vec<(Span, Option<Focus>)> = match stop {
        Stop::Mention(kinds) => annotated
            .entities
            .iter()
            .filter(|e| kinds.lists(e.kind))
            .flat_map(|e| {
                e.mentions
                    .iter()
                    .enumerate()
                    .filter(|(_, m)| shown(m.form))
                    .map(|(mention, m)| {
                        (
                            m.span,
                            Some(Focus::Mention {
                                entity: e.id,
                                mention,
                            }),
                        )
                    })
            })
            .collect(),
        Stop::Quote => annotated
            .quotes
            .iter()
            .map(|q| (q.span, Some(Focus::Quote(q.id))))
            .collect(),
        Stop::Stance => annotated
            .stances
            .iter()
            .filter(|s| s.confidence >= Stance::FAINT)
            .filter_map(|s| Some((*s.evidence.first()?, Some(Focus::Stance(s.id)))))
            .collect(),
        Stop::Link => {
            let mut links: Vec<(Span, Option<Focus>)> = annotated
                .links
                .iter()
                .enumerate()
                .map(|(n, l)| (l.passage, Some(Focus::Link(n))))
                .collect();
            // A passage that several sentences are about is one stop.
            links.sort_by_key(|(span, _)| *span);
            links.dedup_by_key(|(span, _)| *span);
            links
        }
        Stop::Highlight => highlights
            .iter()
            .filter(|h| !h.orphan)
            .map(|h| (h.anchor.span, Some(Focus::Highlight(h.id.clone()))))
            .collect(),
        Stop::Sentence => annotated.sentences.iter().map(|s| (s.span, None)).collect(),
        Stop::Paragraph => annotated
            .document
            .blocks
            .iter()
            .map(|b| (b.span, None))
            .collect(),
    };
    let comments: Vec<Span> = annotated
        .document
        .blocks_of(BlockKind::Comment)
        .map(|b| b.span)
        .collect();
    out.retain(|(span, _)| !comments.iter().any(|c| c.has(span.from())));
    out.sort_by_key(|(span, _)| *span);
    out
}

/// Whether mentions of this form are marked in the text.
fn shown(form: MentionForm) -> bool {
    !matches!(form, MentionForm::Nominal | MentionForm::Pronoun)
}

/// The `count`th stop after (before) byte `from`; at the end none. `current` is where the reader
/// is among several that start at one byte.
pub fn step(
    stop: Stop,
    annotated: &Annotated,
    highlights: &[Highlight],
    from: usize,
    current: Option<&Focus>,
    count: usize,
    forward: bool,
) -> Option<Step> {
    let stops = stops(stop, annotated, highlights);
    let here = current.and_then(|c| stops.iter().position(|(_, f)| f.as_ref() == Some(c)));
    let last = stops.len().checked_sub(1)?;
    let index = match (here, forward) {
        (Some(here), true) => here + count,
        (Some(here), false) => here.checked_sub(count)?,
        // Where nothing has the focus yet, a stop at the very first byte counts as next.
        (None, true) => {
            let strict = current.is_some();
            stops.partition_point(|(s, _)| {
                if strict {
                    s.from() <= from
                } else {
                    s.from() < from
                }
            }) + count
                - 1
        }
        (None, false) => stops
            .partition_point(|(s, _)| s.from() < from)
            .checked_sub(count)?,
    };
    let (span, focus) = stops.get(index.min(if count > 1 { last } else { index }))?;
    Some(Step {
        at: span.from(),
        focus: focus.clone(),
    })
}

/// The `count`th of the mentions of an entity that are stepped through, in the article and in the
/// comment, after (before) the one the reader is at: mention `current`, or without one byte `from`.
/// At the end none.
pub fn same_entity(
    entity: EntityId,
    annotated: &Annotated,
    from: usize,
    current: Option<usize>,
    count: usize,
    forward: bool,
) -> Option<Step> {
    let found = annotated.entity(entity)?;
    let stops = found.stops();
    let start = |n: usize| found.mentions[n].span.from();
    let from = current
        .filter(|n| *n < found.mentions.len())
        .map_or(from, start);
    let index = if forward {
        stops.partition_point(|&n| start(n) <= from) + count - 1
    } else {
        stops
            .partition_point(|&n| start(n) < from)
            .checked_sub(count)?
    };
    let mention = *stops.get(index)?;
    Some(Step {
        at: start(mention),
        focus: Some(Focus::Mention { entity, mention }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::{find, sample};

    #[test]
    fn steps_visit_every_stop_in_order_and_end() {
        let (annotated, highlights) = sample();
        let mut seen = Vec::new();
        let (mut from, mut current) = (0, None);
        while let Some(next) = step(
            Stop::Mention(Kinds::default()),
            &annotated,
            &highlights,
            from,
            current.as_ref(),
            1,
            true,
        ) {
            seen.push(next.at);
            (from, current) = (next.at, next.focus);
        }
        let text = &annotated.document.text;
        let wanted: Vec<usize> = [("Ana Núñez", 0), ("Oslo", 0), ("Núñez", 1), ("Oslo", 1)]
            .map(|(needle, nth)| find(text, needle, nth).from())
            .to_vec();
        assert_eq!(seen, wanted);
        let back = step(
            Stop::Mention(Kinds::default()),
            &annotated,
            &highlights,
            from,
            current.as_ref(),
            3,
            false,
        );
        assert_eq!(back.unwrap().at, wanted[0]);
        assert_eq!(
            step(
                Stop::Mention(Kinds::default()),
                &annotated,
                &highlights,
                0,
                None,
                1,
                false
            ),
            None
        );
    }

    #[test]
    fn the_comment_is_no_part_of_the_round() {
        let (annotated, highlights) = sample();
        let first = step(Stop::Stance, &annotated, &highlights, 0, None, 1, true).unwrap();
        let second = step(
            Stop::Stance,
            &annotated,
            &highlights,
            first.at,
            first.focus.as_ref(),
            1,
            true,
        );
        assert_eq!(second, None);
    }

    #[test]
    fn hidden_kinds_are_passed_over() {
        let (annotated, highlights) = sample();
        let mut kinds = Kinds::default();
        kinds.set(
            crate::base::EntityKind::Person,
            crate::base::Showing::Hidden,
        );
        let first = step(
            Stop::Mention(kinds),
            &annotated,
            &highlights,
            0,
            None,
            1,
            true,
        )
        .unwrap();
        assert_eq!(first.at, find(&annotated.document.text, "Oslo", 0).from());
    }

    #[test]
    fn nominals_and_the_comment_are_stepped_through_pronouns_are_not() {
        let (mut annotated, _) = sample();
        let text = annotated.document.text.clone();
        let mut add = |needle: &str, nth, form| {
            let mut mention = annotated.entities[0].mentions[0].clone();
            (mention.span, mention.form) = (find(&text, needle, nth), form);
            annotated.entities[0].mentions.push(mention);
        };
        add("it", 0, MentionForm::Pronoun);
        add("The mayor", 0, MentionForm::Nominal);
        assert_eq!(annotated.entities[0].stops(), [0, 1, 3]);
        let next = same_entity(EntityId::at(0), &annotated, 0, Some(1), 1, true).unwrap();
        assert_eq!(next.at, find(&text, "The mayor", 0).from());
    }

    #[test]
    fn mentions_of_one_entity() {
        let (annotated, _) = sample();
        let text = &annotated.document.text;
        let first = find(text, "Oslo", 0).from();
        let next = same_entity(EntityId::at(1), &annotated, first, None, 1, true).unwrap();
        assert_eq!(next.at, find(text, "Oslo", 1).from());
        assert_eq!(
            same_entity(EntityId::at(1), &annotated, 0, Some(1), 1, true),
            None
        );
        let back = same_entity(EntityId::at(1), &annotated, next.at, None, 1, false).unwrap();
        assert_eq!(back.at, first);
    }
}
