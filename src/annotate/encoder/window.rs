//! Windows: consecutive sentences that the network reads together, so that a sentence is read with
//! its neighbours. A document of n pieces is cut into windows of about equal size at the ends of
//! sentences; a sentence longer than a window is cut between words.

use std::ops::Range;

use super::pieces::{self, Vocabulary};
use super::surface;

/// The most pieces of a window, the opening one and the ends of sentences included.
pub const LONGEST: usize = 192;

/// A part of a sentence, as a window has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Which sentence.
    pub sentence: usize,
    /// Its words that are in the window, counted in the sentence.
    pub words: Range<usize>,
}

/// What the network reads at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    /// The sentences.
    pub runs: Vec<Run>,
    /// Ids of the word pieces.
    pub pieces: Vec<i32>,
    /// Rows of the shape table, one a piece.
    pub shapes: Vec<i32>,
    /// Rows of the context table, one a piece.
    pub contexts: Vec<i32>,
    /// The first piece of every word.
    pub firsts: Vec<i32>,
}

/// A sentence as pieces.
struct Cut {
    pieces: Vec<i32>,
    /// Where each word starts in `pieces`, and their end.
    starts: Vec<usize>,
    shapes: Vec<i32>,
    contexts: Vec<i32>,
}

impl Cut {
    fn new(vocabulary: &Vocabulary, words: &[&str]) -> Self {
        let mut pieces = Vec::with_capacity(words.len() * 2);
        let mut starts = Vec::with_capacity(words.len() + 1);
        for word in words {
            starts.push(pieces.len());
            vocabulary.word(word, &mut pieces);
        }
        starts.push(pieces.len());
        Self {
            pieces,
            starts,
            shapes: words.iter().map(|w| surface::shape_id(w)).collect(),
            contexts: surface::context_ids(words),
        }
    }

    fn words(&self) -> usize {
        self.shapes.len()
    }

    /// Pieces of a range of words.
    fn len(&self, words: &Range<usize>) -> usize {
        self.starts[words.end] - self.starts[words.start]
    }
}

/// Cuts a document, given as the words of its sentences, into windows. Every word is in exactly one.
pub fn windows(vocabulary: &Vocabulary, sentences: &[Vec<&str>]) -> Vec<Window> {
    let cuts: Vec<Cut> = sentences
        .iter()
        .map(|words| Cut::new(vocabulary, words))
        .collect();
    let units = units(&cuts);
    // Each unit takes one more piece for its end, each window one for its opening.
    let size = |unit: &Run| cuts[unit.sentence].len(&unit.words) + 1;
    let total: usize = units.iter().map(size).sum();
    let count = total.div_ceil(LONGEST - 1).max(1);
    let goal = total as f64 / count as f64;
    let mut groups: Vec<Vec<Run>> = vec![Vec::new()];
    let (mut used, mut done) = (0, 0);
    for unit in units {
        let n = size(&unit);
        let full = used + n > LONGEST - 1;
        // Close where the middle of this unit lies past the goal of the window.
        let enough =
            groups.len() < count && done as f64 + n as f64 / 2.0 > goal * groups.len() as f64;
        if used > 0 && (full || enough) {
            groups.push(Vec::new());
            used = 0;
        }
        if let Some(last) = groups.last_mut() {
            last.push(unit);
        }
        used += n;
        done += n;
    }
    groups.retain(|runs| !runs.is_empty());
    groups.into_iter().map(|runs| window(&cuts, runs)).collect()
}

/// The sentences, the long ones cut between words.
fn units(cuts: &[Cut]) -> Vec<Run> {
    let mut out = Vec::with_capacity(cuts.len());
    for (sentence, cut) in cuts.iter().enumerate() {
        let mut start = 0;
        for word in 0..cut.words() {
            if cut.len(&(start..word + 1)) > LONGEST - 2 {
                out.push(Run {
                    sentence,
                    words: start..word,
                });
                start = word;
            }
        }
        if start < cut.words() {
            out.push(Run {
                sentence,
                words: start..cut.words(),
            });
        }
    }
    out
}

fn window(cuts: &[Cut], runs: Vec<Run>) -> Window {
    let mut out = Window {
        pieces: vec![pieces::OPENS],
        shapes: vec![0],
        contexts: vec![0],
        ..Window::default()
    };
    for run in &runs {
        let cut = &cuts[run.sentence];
        for word in run.words.clone() {
            let ids = &cut.pieces[cut.starts[word]..cut.starts[word + 1]];
            out.firsts.push(out.pieces.len() as i32);
            out.pieces.extend(ids);
            out.shapes.push(cut.shapes[word]);
            out.shapes
                .extend(ids.iter().skip(1).map(|_| cut.shapes[word] + 1));
            out.contexts.extend(ids.iter().map(|_| cut.contexts[word]));
        }
        out.pieces.push(pieces::ENDS);
        out.shapes.push(0);
        out.contexts.push(0);
    }
    out.runs = runs;
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotate::encoder::pieces::tests::small;

    #[test]
    fn a_short_text_is_one_window() {
        let found = windows(&small(), &[vec!["Moscow", "’s", "Putin"], vec!["un"]]);
        assert_eq!(found.len(), 1);
        let window = &found[0];
        assert_eq!(window.firsts, [1, 2, 4, 7]);
        assert_eq!(window.pieces.len(), 9);
        assert_eq!(window.shapes, [0, 4, 2, 3, 4, 5, 0, 2, 0]);
        assert_eq!(window.contexts, [0, 2, 1, 1, 1, 1, 0, 4, 0]);
    }

    #[test]
    fn windows_are_of_about_equal_size() {
        let sentence: Vec<&str> = vec!["moscow"; 19];
        let found = windows(&small(), &vec![sentence; 12]);
        let sizes: Vec<_> = found.iter().map(|w| w.pieces.len()).collect();
        assert_eq!(sizes, [121, 121]);
    }

    proptest! {
        #[test]
        fn every_word_is_in_one_window_and_no_window_is_too_long(
            sentences in prop::collection::vec(prop::collection::vec("[a-z.]{1,30}", 0..120), 0..12),
        ) {
            let words: Vec<Vec<&str>> =
                sentences.iter().map(|s| s.iter().map(String::as_str).collect()).collect();
            let found = windows(&small(), &words);
            let mut seen = Vec::new();
            for window in &found {
                prop_assert!(window.pieces.len() <= LONGEST);
                prop_assert_eq!(window.pieces.len(), window.shapes.len());
                prop_assert_eq!(window.pieces.len(), window.contexts.len());
                let words: usize = window.runs.iter().map(|r| r.words.len()).sum();
                prop_assert_eq!(words, window.firsts.len());
                for run in &window.runs {
                    seen.extend(run.words.clone().map(|w| (run.sentence, w)));
                }
            }
            let expected: Vec<_> = words
                .iter()
                .enumerate()
                .flat_map(|(s, w)| (0..w.len()).map(move |w| (s, w)))
                .collect();
            prop_assert_eq!(seen, expected);
        }
    }
}
