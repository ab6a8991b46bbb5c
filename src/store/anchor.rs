//! Finds a stored highlight again in the text as it is now: by position in an unchanged text, then
//! by its words with their context, then by its words with typography and white space aside, then by
//! words that are nearly the same. Weak and ambiguous finds become orphans: a highlight is never
//! moved to words that only look alike.
//!
//! The score is that of Hypothes.is' client (50 quote, 20 prefix, 20 suffix; its weak position part
//! is left out, so that nearness never decides). The thresholds are stricter than there, because a
//! highlight on the wrong words is worse than one that is listed as lost. Calls `base`, `model`.

use std::cell::OnceCell;

use super::nearly::Plain;
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
/// Least likeness of the better side of changed words; the other one needs [`BETTER_SIDE`].
const CHANGED_SIDE: f64 = 0.8;
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
    /// Made when it is first needed: most texts have not changed.
    plain: OnceCell<Plain>,
}

impl<'a> Finder<'a> {
    /// Prepares the text of a document.
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            index: CharIndex::new(&document.text),
            plain: OnceCell::new(),
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
        let places = occurrences(text, wanted.exact);
        let mut places: Vec<Span> = places
            .map(|at| Span::new(at, at + wanted.exact.len()))
            .collect();
        if !places.is_empty() {
            return self.best(wanted, &mut places, near);
        }
        // Words that nobody changed but whoever set them.
        let plain = self.plain.get_or_init(|| Plain::new(text));
        let words = Plain::new(wanted.exact.trim()).letters;
        let span = |(from, to): (usize, usize)| {
            let (from, to) = plain.bytes(from, to);
            Span::new(from, to)
        };
        let set = plain.places(&words).into_iter();
        let mut places: Vec<Span> = set.map(|at| span((at, at + words.len()))).collect();
        if places.is_empty() && (SHORTEST_CHANGED..=LONGEST_CHANGED).contains(&words.len()) {
            let near = plain.nearly(&words, words.len() / 4);
            places = near.into_iter().map(span).collect();
        }
        self.best(wanted, &mut places, near)
    }

    /// The one of these places that fits clearly best, if it fits well enough.
    fn best(&self, wanted: Wanted<'_>, places: &mut Vec<Span>, near: usize) -> Option<Span> {
        if places.len() > MOST {
            places.sort_by_key(|p| p.from().abs_diff(near));
            places.truncate(MOST);
        }
        let mut scores: Vec<(f64, bool, Span)> = places
            .iter()
            .map(|&span| {
                let (score, fits) = self.score(wanted, span);
                (score, fits, span)
            })
            .collect();
        scores.sort_by(|a, b| b.0.total_cmp(&a.0));
        let &(score, fits, span) = scores.first()?;
        let second = scores.get(1).map_or(0.0, |(score, ..)| *score);
        (fits && score - second >= MARGIN).then_some(span)
    }

    /// How well a place fits, and whether that is well enough.
    fn score(&self, wanted: Wanted<'_>, span: Span) -> (f64, bool) {
        let text = &*self.document.text;
        let words = span.of(text);
        let around = Anchor::new(text, span);
        let before = likeness(wanted.prefix, &around.prefix);
        let after = likeness(wanted.suffix, &around.suffix);
        let quote = likeness(wanted.exact.trim(), words.trim());
        let score = (50.0 * quote + 20.0 * before + 20.0 * after) / 90.0;
        let better = before.max(after);
        let good = score >= SCORE && quote >= LIKENESS;
        if quote < 1.0 {
            let sides = better >= CHANGED_SIDE && before.min(after) >= BETTER_SIDE;
            return (score, good && sides && !has_siblings(wanted));
        }
        if is_neighbour(wanted, words, before, after) {
            return (score, false);
        }
        let long = wanted.exact.chars().count() >= SHORTEST_CHANGED;
        let whole = before >= WHOLE_SIDE && !wanted.prefix.is_empty()
            || after >= WHOLE_SIDE && !wanted.suffix.is_empty();
        (score, long && good && better >= BETTER_SIDE || whole)
    }
}

/// How alike the beginnings of two texts are, as far as both are known; the ends with `last`.
/// Nothing where too little is known.
fn begin_alike(known: &[char], words: &[char], last: bool) -> Option<f64> {
    let n = known.len().min(words.len());
    let part = |letters: &[char]| {
        let from = if last { letters.len() - n } else { 0 };
        letters[from..from + n].to_vec()
    };
    let enough = n >= SHORTEST_CHANGED.min(words.len()) && n > 0;
    enough.then(|| alike(&part(known), &part(words)))
}

fn folded(text: &str) -> Vec<char> {
    Plain::new(text.trim()).letters
}

/// Whether the words stood beside others that look like them, as lines of a list do: what is nearly
/// the same may then be such another one.
fn has_siblings(wanted: Wanted<'_>) -> bool {
    let exact = folded(wanted.exact);
    let sides = [(wanted.suffix, false), (wanted.prefix, true)];
    sides.into_iter().any(|(side, last)| {
        let alike = begin_alike(&folded(side), &exact, last);
        alike.is_some_and(|alike| alike >= LIKENESS)
    })
}

/// Whether `words` are those that stood beside the wanted ones before, and now stand in their place
/// because the wanted ones are gone: the context says what the neighbours were, and it is no longer
/// there.
fn is_neighbour(wanted: Wanted<'_>, words: &str, before: f64, after: f64) -> bool {
    let words = folded(words);
    let sides = [(wanted.suffix, after, false), (wanted.prefix, before, true)];
    sides.into_iter().any(|(side, now, last)| {
        let alike = begin_alike(&folded(side), &words, last);
        now < WHOLE_SIDE && alike.is_some_and(|alike| alike >= WHOLE_SIDE)
    })
}

fn alike(a: &[char], b: &[char]) -> f64 {
    let text = |letters: &[char]| letters.iter().collect::<String>();
    strsim::normalized_levenshtein(&text(a), &text(b))
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

/// How alike two pieces of text are, 0 to 1, typography and white space aside. An empty stored
/// context (the words stood at the start or the end of the text) fits an empty one fully and any
/// other by half.
fn likeness(stored: &str, now: &str) -> f64 {
    match (stored.is_empty(), now.is_empty()) {
        (true, true) => 1.0,
        (true, false) => 0.5,
        _ if stored == now => 1.0,
        _ => alike(&Plain::new(stored).letters, &Plain::new(now).letters),
    }
}
