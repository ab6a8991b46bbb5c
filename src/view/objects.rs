//! Text objects and motions of the selection.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::base::Span;
use crate::base::text::floor_boundary;
use crate::model::{Annotated, Stance};

/// A stretch of text that one key selects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    /// The quote.
    Quote,
    /// The name.
    Entity,
    /// The sentence.
    Sentence,
    /// The paragraph or other block.
    Paragraph,
    /// The evidence of a stance, first word to last.
    Stance,
}

/// The object of this kind that holds byte `byte`; the shortest, where several do.
pub fn object(kind: Object, byte: usize, annotated: &Annotated) -> Option<Span> {
    let shortest = |spans: &mut dyn Iterator<Item = Span>| {
        spans.filter(|s| s.has(byte)).min_by_key(|s| s.len())
    };
    match kind {
        Object::Quote => shortest(&mut annotated.quotes.iter().map(|q| q.span)),
        Object::Entity => shortest(
            &mut annotated
                .entities
                .iter()
                .flat_map(|e| e.mentions.iter().map(|m| m.span)),
        ),
        Object::Sentence => annotated
            .sentence_at(byte)
            .map(|s| annotated.sentences[s.index()].span),
        Object::Paragraph => shortest(&mut annotated.document.blocks.iter().map(|b| b.span)),
        Object::Stance => shortest(
            &mut annotated
                .stances
                .iter()
                .filter(|s| s.confidence >= Stance::FAINT)
                .filter_map(|s| s.evidence.iter().copied().reduce(Span::hull)),
        ),
    }
}

/// A motion of the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One character back.
    Left,
    /// One character on.
    Right,
    /// To the start of the next word.
    WordNext,
    /// To the start of this word, or of the one before.
    WordPrev,
    /// To the last character of this word, or of the next.
    WordEnd,
    /// To the start of the next sentence.
    SentenceNext,
    /// To the start of this sentence, or of the one before.
    SentencePrev,
}

/// Where `count` motions lead from byte `byte`: the start of a cluster, at the ends of the text
/// at most.
pub fn motion(text: &str, byte: usize, motion: Motion, count: usize) -> usize {
    let mut at = floor_boundary(text, byte);
    for _ in 0..count {
        let next = once(text, at, motion);
        if next == at {
            break;
        }
        at = next;
    }
    at
}

/// Bytes looked at around the caret for words and sentences; enough for the longest of either.
const WINDOW: usize = 4096;

fn once(text: &str, at: usize, motion: Motion) -> usize {
    let from = floor_boundary(text, at.saturating_sub(WINDOW));
    let to = floor_boundary(text, (at + WINDOW).min(text.len()));
    let window = &text[from..to];
    let here = at - from;
    let last = last_cluster(text);
    match motion {
        Motion::Left => previous(text, at),
        Motion::Right => next(text, at).min(last),
        Motion::WordNext => words(window)
            .find(|w| w.from() > here)
            .map_or(last, |w| from + w.from()),
        Motion::WordPrev => words(window)
            .take_while(|w| w.from() < here)
            .last()
            .map_or(at, |w| from + w.from()),
        Motion::WordEnd => words(window)
            .map(|w| previous(window, w.to()))
            .find(|end| *end > here)
            .map_or(last, |end| from + end),
        Motion::SentenceNext => sentences(window)
            .find(|s| *s > here)
            .map_or(last, |s| from + s),
        Motion::SentencePrev => sentences(window)
            .take_while(|s| *s < here)
            .last()
            .map_or(at, |s| from + s),
    }
}

fn words(text: &str) -> impl Iterator<Item = Span> {
    text.unicode_word_indices()
        .map(|(at, word)| Span::new(at, at + word.len()))
}

fn sentences(text: &str) -> impl Iterator<Item = usize> {
    text.split_sentence_bound_indices().map(|(at, _)| at)
}

fn next(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor
        .next_boundary(text, 0)
        .ok()
        .flatten()
        .unwrap_or(text.len())
}

fn previous(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

fn last_cluster(text: &str) -> usize {
    previous(text, text.len())
}

/// The cluster that holds byte `byte`; empty in an empty text.
pub fn cluster_at(text: &str, byte: usize) -> Span {
    let at = floor_boundary(text, byte.min(text.len()));
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let from = match cursor.is_boundary(text, 0) {
        Ok(true) if at < text.len() => at,
        _ => previous(text, at),
    };
    Span::new(from, next(text, from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::{find, sample};
    use proptest::prelude::*;

    #[test]
    fn objects_are_the_shortest_around_the_caret() {
        let (annotated, _) = sample();
        let text = &annotated.document.text;
        let at = find(text, "never", 0).from();
        let of = |kind| object(kind, at, &annotated).map(|s| s.of(text));
        assert_eq!(of(Object::Quote), Some("“must never be built”"));
        assert_eq!(of(Object::Entity), None);
        assert!(of(Object::Sentence).unwrap().starts_with("Mayor Ana"));
        assert!(of(Object::Paragraph).unwrap().ends_with("Oslo waits."));
        assert_eq!(of(Object::Stance), Some("said the bridge “must never"));
    }

    #[test]
    fn words_and_clusters() {
        let text = "One e\u{301}te\u{301}, 世界 two. Three four.";
        let go = |from, m| motion(text, from, m, 1);
        assert_eq!(&text[go(0, Motion::WordNext)..][..1], "e");
        assert_eq!(go(0, Motion::WordEnd), 2);
        assert_eq!(go(4, Motion::Right), 4 + "e\u{301}".len());
        assert_eq!(go(6, Motion::WordPrev), 4);
        assert_eq!(&text[go(0, Motion::SentenceNext)..], "Three four.");
        assert_eq!(go(0, Motion::Left), 0);
        assert_eq!(cluster_at(text, 5), Span::new(4, 7));
    }

    proptest! {
        #[test]
        fn the_caret_stays_on_clusters(text in "\\PC{0,60}", at in 0usize..80, n in 1usize..4) {
            let all = [
                Motion::Left, Motion::Right, Motion::WordNext, Motion::WordPrev,
                Motion::WordEnd, Motion::SentenceNext, Motion::SentencePrev,
            ];
            let start = cluster_at(&text, at).from();
            for m in all {
                let to = motion(&text, start, m, n);
                prop_assert!(to <= text.len() && text.is_char_boundary(to));
                if !text.is_empty() {
                    prop_assert!(!cluster_at(&text, to).is_empty());
                }
            }
        }
    }
}
