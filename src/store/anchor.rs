//! Finds a stored highlight again in the text as it is now: by position in an unchanged text, then
//! by its words with their context, then by its context with words that are nearly the same. Weak
//! and ambiguous finds become orphans: a highlight is never moved to words that only look alike.
//!
//! The score is that of Hypothes.is' client (50 quote, 20 prefix, 20 suffix; its weak position part
//! is left out, so that nearness never decides). The thresholds are stricter than there, because a
//! highlight on the wrong words is worse than one that is listed as lost. Calls `base`, `model`.

use super::record::{Record, safe};
use crate::base::Span;
use crate::base::text::CharIndex;
use crate::model::{Anchor, Document, Highlight};

/// Least score of a find, out of 1.
const SCORE: f64 = 0.8;
/// Least likeness of the better one of prefix and suffix.
const BETTER_SIDE: f64 = 0.6;
/// Likeness of one side that is enough by itself (text was put in right before or right after),
/// and the least for words that are too short to say something by themselves.
const WHOLE_SIDE: f64 = 0.95;
/// By how much a find must beat the second best.
const MARGIN: f64 = 0.05;
/// Least likeness of words that changed.
const LIKENESS: f64 = 0.75;
/// Shortest words that may have changed, and that say something by themselves, in characters.
const SHORTEST_CHANGED: usize = 12;
/// Longest words that are compared letter by letter, in characters.
const LONGEST_CHANGED: usize = 2000;
/// Characters of context that must stand unchanged around changed words.
const KEPT_CONTEXT: usize = 12;
/// Most places that are compared for one highlight.
const MOST: usize = 2000;

/// Words that are looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'r> {
    /// The words.
    pub exact: &'r str,
    /// Words before them.
    pub prefix: &'r str,
    /// Words after them.
    pub suffix: &'r str,
    /// First and one past the last Unicode scalar value.
    pub position: Option<(usize, usize)>,
    /// Whether they were taken from exactly this text.
    pub unchanged: bool,
}

/// A text with what is needed to find highlights in it.
pub(super) struct Finder<'a> {
    document: &'a Document,
    index: CharIndex,
}

impl<'a> Finder<'a> {
    /// Prepares the text of a document.
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            index: CharIndex::new(&document.text),
        }
    }

    /// The highlight of a record, placed in the text or made an orphan.
    pub fn place(&self, record: &Record) -> Highlight {
        let found = self.find(Wanted {
            exact: &record.exact,
            prefix: &record.prefix,
            suffix: &record.suffix,
            position: record.position,
            unchanged: record.document.as_deref() == Some(&*self.document.id),
        });
        let anchor = match found {
            Some(span) => Anchor::new(&self.document.text, span),
            None => Anchor {
                span: Span::default(),
                exact: safe(&record.exact),
                prefix: safe(&record.prefix),
                suffix: safe(&record.suffix),
            },
        };
        Highlight {
            id: record.id.clone(),
            anchor,
            colour: record.mark.colour,
            tags: record.mark.tags.clone(),
            note: record.mark.note.clone(),
            created: record.created,
            orphan: found.is_none(),
        }
    }

    /// Where the words are, if that is certain.
    pub fn find(&self, wanted: Wanted<'_>) -> Option<Span> {
        let text = &*self.document.text;
        let stored = wanted.position.and_then(|(start, end)| {
            let from = self.index.to_byte(text, start)?;
            let to = self.index.to_byte(text, end)?;
            (from <= to).then(|| Span::new(from, to))
        });
        if let Some(span) = stored.filter(|s| wanted.unchanged && s.of(text) == wanted.exact) {
            return Some(span);
        }
        let near = stored.map_or(0, Span::from);
        self.by_words(wanted, near)
            .or_else(|| self.by_context(wanted))
    }

    /// The one place of the exact words whose context fits clearly best.
    fn by_words(&self, wanted: Wanted<'_>, near: usize) -> Option<Span> {
        let text = &*self.document.text;
        let mut places: Vec<usize> = occurrences(text, wanted.exact).collect();
        if places.len() > MOST {
            places.sort_by_key(|p| p.abs_diff(near));
            places.truncate(MOST);
        }
        let long = wanted.exact.chars().count() >= SHORTEST_CHANGED;
        let mut scores: Vec<(f64, bool, Span)> = places
            .into_iter()
            .map(|from| {
                let span = Span::new(from, from + wanted.exact.len());
                let around = Anchor::new(text, span);
                let before = likeness(wanted.prefix, &around.prefix);
                let after = likeness(wanted.suffix, &around.suffix);
                let score = (50.0 + 20.0 * before + 20.0 * after) / 90.0;
                let whole = before >= WHOLE_SIDE && !wanted.prefix.is_empty()
                    || after >= WHOLE_SIDE && !wanted.suffix.is_empty();
                let fits = long && score >= SCORE && before.max(after) >= BETTER_SIDE;
                (score, fits || whole, span)
            })
            .collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let &(score, fits, span) = scores.first()?;
        let second = scores.get(1).map_or(0.0, |(score, ..)| *score);
        (fits && score - second >= MARGIN).then_some(span)
    }

    /// The one place where the context stands unchanged around words that are nearly the same.
    fn by_context(&self, wanted: Wanted<'_>) -> Option<Span> {
        let text = &*self.document.text;
        let length = wanted.exact.chars().count();
        if !(SHORTEST_CHANGED..=LONGEST_CHANGED).contains(&length) {
            return None;
        }
        let tail = last_chars(wanted.prefix, KEPT_CONTEXT);
        let head = first_chars(wanted.suffix, KEPT_CONTEXT);
        if [tail, head]
            .iter()
            .any(|c| c.chars().count() < KEPT_CONTEXT)
        {
            return None;
        }
        let longest = wanted.exact.len() + wanted.exact.len() / 3 + 4;
        let mut found = None;
        for (n, before) in occurrences(text, tail).enumerate() {
            let from = before + tail.len();
            let limit = crate::base::text::floor_boundary(text, from + longest + head.len());
            let Some(length) = text[from..limit].find(head) else {
                continue;
            };
            let span = Span::new(from, from + length);
            if strsim::normalized_levenshtein(wanted.exact, span.of(text)) < LIKENESS {
                continue;
            }
            if found.is_some() || n > MOST {
                return None;
            }
            found = Some(span);
        }
        found
    }
}

/// Every place of `words` in `text`, overlapping ones too, in bytes.
fn occurrences<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> + 't {
    let step = words.chars().next().map_or(1, char::len_utf8);
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find(words)?;
        from = at + step;
        Some(at)
    })
}

/// How alike two contexts are, 0 to 1. An empty stored context (the words stood at the start or
/// the end of the text) fits an empty one fully and any other by half.
fn likeness(stored: &str, now: &str) -> f64 {
    match (stored.is_empty(), now.is_empty()) {
        (true, true) => 1.0,
        (true, false) => 0.5,
        _ => strsim::normalized_levenshtein(stored, now),
    }
}

fn last_chars(text: &str, n: usize) -> &str {
    let from = text.char_indices().rev().nth(n.saturating_sub(1));
    text.get(from.map_or(0, |(at, _)| at)..).unwrap_or(text)
}

fn first_chars(text: &str, n: usize) -> &str {
    let to = text.char_indices().nth(n).map_or(text.len(), |(at, _)| at);
    text.get(..to).unwrap_or(text)
}
