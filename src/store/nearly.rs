//! Words that are nearly the same: one form of a text for comparing (typography and white space
//! aside) with a way back to its bytes, and the search for words of which some letters changed.
//! Pure; calls the Unicode crates alone.

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// Most steps of one search (letters of the words × letters of the text): some tens of milliseconds.
const STEPS: usize = 40_000_000;

/// A text in the form in which texts are compared: composed letters, runs of white space as one
/// space, straight quotation marks, plain hyphens, no soft hyphens and no invisible spaces.
#[derive(Debug, Clone, Default)]
pub(super) struct Plain {
    /// The letters.
    pub letters: Vec<char>,
    /// First byte of each letter in the text, and the end of the text.
    bytes: Vec<usize>,
}

impl Plain {
    /// The form of `text`.
    pub fn new(text: &str) -> Self {
        let mut out = Self::default();
        for (at, cluster) in text.grapheme_indices(true) {
            for c in cluster.nfc() {
                let c = match c {
                    '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => continue,
                    c if c.is_whitespace() => ' ',
                    '’' | '‘' | 'ʼ' | '‛' | '′' => '\'',
                    '“' | '”' | '„' | '«' | '»' | '‟' | '″' => '"',
                    '‐' | '‑' | '‒' | '–' | '—' => '-',
                    c => c,
                };
                if c == ' ' && out.letters.last() == Some(&' ') {
                    continue;
                }
                out.letters.push(c);
                out.bytes.push(at);
            }
        }
        out.bytes.push(text.len());
        out
    }

    /// Every place of `words`, in letters.
    pub fn places(&self, words: &[char]) -> Vec<usize> {
        let Some(last) = self.letters.len().checked_sub(words.len()) else {
            return Vec::new();
        };
        if words.is_empty() {
            return Vec::new();
        }
        (0..=last)
            .filter(|&at| self.letters[at..].starts_with(words))
            .collect()
    }

    /// The bytes of the letters `from..to`, without white space at either end.
    pub fn bytes(&self, mut from: usize, mut to: usize) -> (usize, usize) {
        while from < to && self.letters[from] == ' ' {
            from += 1;
        }
        while from < to && self.letters[to - 1] == ' ' {
            to -= 1;
        }
        let start = self.bytes[from];
        // What belongs to the last letter but is no letter here (soft hyphens) stays outside.
        (start, self.bytes[to].max(start))
    }

    /// Places where `words` stand with at most `most` letters put in, left out or changed: first
    /// letter, one past the last. Of places that overlap the best one. Empty too if the search
    /// would take too long.
    pub fn nearly(&self, words: &[char], most: usize) -> Vec<(usize, usize)> {
        let (rows, columns) = (words.len(), self.letters.len());
        if rows == 0 || rows.saturating_mul(columns) > STEPS {
            return Vec::new();
        }
        let forward = ends(words, &self.letters, true);
        // The best end of each run of good ones.
        let mut best: Vec<(usize, usize)> = Vec::new();
        for (end, &distance) in forward.iter().enumerate() {
            if distance > most {
                continue;
            }
            match best.last_mut() {
                Some((last, least)) if end - *last <= rows / 2 => {
                    if distance < *least {
                        (*last, *least) = (end, distance);
                    }
                }
                _ => best.push((end, distance)),
            }
        }
        let back: Vec<char> = words.iter().rev().copied().collect();
        best.into_iter()
            .map(|(end, _)| {
                let from = end.saturating_sub(rows + most);
                let before: Vec<char> = self.letters[from..end].iter().rev().copied().collect();
                let lengths = ends(&back, &before, false);
                let length = (0..lengths.len()).min_by_key(|&n| (lengths[n], n.abs_diff(rows)));
                (end - length.unwrap_or(0), end)
            })
            .collect()
    }
}

/// For each prefix of `text`, how many letters have to be put in, left out or changed to have
/// `words` end there: anywhere in it, or from its start.
fn ends(words: &[char], text: &[char], anywhere: bool) -> Vec<usize> {
    let mut column: Vec<usize> = (0..=words.len()).collect();
    let mut out = Vec::with_capacity(text.len() + 1);
    out.push(words.len());
    for (n, letter) in text.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = if anywhere { 0 } else { n + 1 };
        for (row, word) in words.iter().enumerate() {
            let here = if word == letter {
                diagonal
            } else {
                1 + diagonal.min(column[row]).min(column[row + 1])
            };
            diagonal = column[row + 1];
            column[row + 1] = here;
        }
        out.push(column[words.len()]);
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letters(text: &str) -> Vec<char> {
        Plain::new(text).letters
    }

    #[test]
    fn typography_is_no_difference() {
        let one = letters("“Cafe\u{301}”\u{a0}–  it’s so\u{ad}ft");
        assert_eq!(one, letters("\"Café\" - it's soft"));
    }

    #[test]
    fn changed_words_are_found_where_they_stand() {
        let text = Plain::new("He said that the plan has failed often. Nobody knew the plan.");
        let words = letters("the plan had failed");
        assert_eq!(text.nearly(&words, 4), [(13, 32)]);
        assert!(text.nearly(&letters("entirely different"), 4).is_empty());
    }

    proptest! {
        #[test]
        fn bytes_lie_on_boundaries(text in "([a-z ]|e\u{301}|😀|\u{ad}|’|\n){0,60}", a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
            let plain = Plain::new(&text);
            let (a, b) = (a.index(plain.letters.len() + 1), b.index(plain.letters.len() + 1));
            let (from, to) = plain.bytes(a.min(b), a.max(b));
            prop_assert!(text.get(from..to).is_some());
        }

        #[test]
        fn one_changed_letter_is_found(text in "[a-h ]{30,120}", at in any::<prop::sample::Index>()) {
            let plain = Plain::new(&text);
            prop_assume!(plain.letters.len() > 24);
            let from = at.index(plain.letters.len() - 20);
            let mut words = plain.letters[from..from + 20].to_vec();
            words[10] = 'z';
            let found = plain.nearly(&words, 3);
            prop_assert!(found.iter().any(|(a, b)| *a < from + 20 && from < *b), "{:?}", found);
        }
    }
}
