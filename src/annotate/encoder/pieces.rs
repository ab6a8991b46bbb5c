//! Words to word pieces: BERT's basic normalisation (lower case, no accents, signs apart) and
//! greedy longest match. A word's pieces are all that is kept; spans are those of the words.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::base::{Error, Result};

/// The most pieces of one word; the rest of it is not looked at.
pub const MOST_OF_A_WORD: usize = 8;
/// The longest part of a word that is looked up, in characters.
const LONGEST_PART: usize = 100;
/// The pieces that every vocabulary opens with.
const SPECIAL: [&str; 5] = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

/// Fills a window up to the length of its batch.
pub const PAD: i32 = 0;
/// What no piece fits.
pub const UNKNOWN: i32 = 1;
/// Opens a window.
pub const OPENS: i32 = 2;
/// Ends a sentence.
pub const ENDS: i32 = 3;

/// The word pieces of a model.
#[derive(Debug)]
pub struct Vocabulary {
    /// Pieces that start a word.
    starts: BTreeMap<Box<str>, i32>,
    /// Pieces that go on with one, without their `##`.
    rests: BTreeMap<Box<str>, i32>,
    /// The longest piece, in characters.
    longest: usize,
}

impl Vocabulary {
    /// Reads a list of pieces, one a line; the line number is the id.
    ///
    /// # Errors
    /// The special pieces are not the first lines.
    pub fn new(lines: &str) -> Result<Self> {
        let pieces: Vec<&str> = lines.lines().collect();
        if !pieces.starts_with(&SPECIAL) {
            return Err(Error::new(
                "model",
                "its vocabulary does not open with the special pieces",
            ));
        }
        let mut out = Self {
            starts: BTreeMap::new(),
            rests: BTreeMap::new(),
            longest: 1,
        };
        for (id, piece) in (0..).zip(pieces) {
            let (map, piece) = match piece.strip_prefix("##") {
                Some(rest) if !rest.is_empty() => (&mut out.rests, rest),
                _ => (&mut out.starts, piece),
            };
            map.insert(piece.into(), id);
            out.longest = out.longest.max(piece.chars().count());
        }
        Ok(out)
    }

    /// Number of pieces.
    #[cfg(test)]
    pub fn len(&self) -> usize {
        self.starts.len() + self.rests.len()
    }

    /// Appends the pieces of one word: at least one, at most [`MOST_OF_A_WORD`].
    pub fn word(&self, word: &str, out: &mut Vec<i32>) {
        let start = out.len();
        let mut part = String::new();
        for c in normal(word) {
            if c.is_whitespace() || is_sign(c) {
                self.part(&part, out);
                part.clear();
                if !c.is_whitespace() {
                    self.part(c.encode_utf8(&mut [0; 4]), out);
                }
            } else {
                part.push(c);
            }
            // What is already there fills the word.
            if out.len() - start >= MOST_OF_A_WORD {
                part.clear();
                break;
            }
        }
        self.part(&part, out);
        if out.len() == start {
            out.push(UNKNOWN);
        }
        out.truncate(start + MOST_OF_A_WORD);
    }

    /// Appends the pieces of a part without signs: the longest that fits, again and again.
    fn part(&self, part: &str, out: &mut Vec<i32>) {
        if part.is_empty() {
            return;
        }
        let first = out.len();
        if part.chars().count() > LONGEST_PART {
            out.push(UNKNOWN);
            return;
        }
        let mut at = 0;
        while at < part.len() {
            let map = if at == 0 { &self.starts } else { &self.rests };
            let rest = part.get(at..).unwrap_or("");
            let found = rest
                .char_indices()
                .map(|(i, c)| i + c.len_utf8())
                .take(self.longest)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .find_map(|end| Some((end, *map.get(rest.get(..end)?)?)));
            let Some((end, id)) = found else {
                out.truncate(first);
                out.push(UNKNOWN);
                return;
            };
            out.push(id);
            at += end;
        }
    }
}

/// The characters of a word in lower case, without accents and control characters.
fn normal(word: &str) -> impl Iterator<Item = char> {
    let lower = word.to_lowercase();
    let decomposed: Vec<char> = lower.nfd().collect();
    decomposed
        .into_iter()
        .filter(|c| !is_combining_mark(*c) && !c.is_control() && !is_format(*c) && *c != '\u{fffd}')
}

/// Characters that shape text and are none of it: soft hyphens, joiners, marks of direction.
fn is_format(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}'
        | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// BERT's notion of a punctuation sign: what is no letter or digit of ASCII, and the punctuation
/// of Unicode as far as a Latin-script text has any.
fn is_sign(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿'
            | '\u{37e}' | '\u{387}' | '\u{589}' | '\u{5be}' | '\u{60c}' | '\u{61b}' | '\u{61f}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{2043}' | '\u{2045}'..='\u{2051}'
            | '\u{2053}'..='\u{205e}' | '\u{207d}' | '\u{207e}' | '\u{2308}'..='\u{230b}'
            | '\u{2329}' | '\u{232a}' | '\u{2768}'..='\u{2775}' | '\u{27e6}'..='\u{27ef}'
            | '\u{2e00}'..='\u{2e2e}' | '\u{2e30}'..='\u{2e4f}' | '\u{3001}'..='\u{3003}'
            | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}'
            | '\u{ff01}'..='\u{ff03}' | '\u{ff05}'..='\u{ff0a}' | '\u{ff0c}'..='\u{ff0f}'
            | '\u{ff1a}' | '\u{ff1b}' | '\u{ff1f}' | '\u{ff20}')
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A small vocabulary: the special pieces, every ASCII sign and letter, some words.
    pub fn small() -> Vocabulary {
        let mut lines = SPECIAL.join("\n");
        for c in ('!'..='~').filter(|c| !c.is_ascii_uppercase()) {
            lines.push_str(&format!("\n{c}\n##{c}"));
        }
        lines.push_str("\nmoscow\nput\n##in\nzoe\n’\nun\n##want\n##ed");
        Vocabulary::new(&lines).unwrap()
    }

    fn ids(word: &str) -> Vec<i32> {
        let mut out = Vec::new();
        small().word(word, &mut out);
        out
    }

    fn id(piece: &str) -> i32 {
        let v = small();
        match piece.strip_prefix("##") {
            Some(rest) => v.rests[rest],
            None => v.starts[piece],
        }
    }

    #[test]
    fn the_longest_piece_is_taken_first() {
        assert_eq!(ids("Putin"), [id("put"), id("##in")]);
        assert_eq!(ids("unwanted"), [id("un"), id("##want"), id("##ed")]);
    }

    #[test]
    fn accents_case_and_marks_of_direction_do_not_count() {
        assert_eq!(ids("Zoë"), [id("zoe")]);
        assert_eq!(ids("\u{202e}MOSCOW\u{ad}"), [id("moscow")]);
    }

    #[test]
    fn signs_stand_alone_and_foreign_letters_are_unknown() {
        assert_eq!(ids("’s"), [id("’"), id("s")]);
        assert_eq!(ids("Москва"), [UNKNOWN]);
        assert_eq!(ids("a-b"), [id("a"), id("-"), id("b")]);
        assert_eq!(ids(""), [UNKNOWN]);
    }

    #[test]
    fn a_list_without_the_special_pieces_is_refused() {
        assert!(Vocabulary::new("the\nof").is_err());
    }

    proptest! {
        #[test]
        fn any_word_has_one_to_eight_pieces(word in ".*") {
            let v = small();
            let mut out = vec![7];
            v.word(&word, &mut out);
            prop_assert!((2..=1 + MOST_OF_A_WORD).contains(&out.len()));
            prop_assert!(out.iter().all(|id| (0..v.len() as i32).contains(id)));
        }
    }
}
