//! Text helpers that every room shares: what a column is, what may reach a terminal, how letters
//! are compared. The only definition of each.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Width of one grapheme cluster in terminal **columns**, as the screen library counts it.
pub fn cluster_width(cluster: &str) -> usize {
    UnicodeWidthStr::width(cluster)
}

/// Width of `text` in terminal **columns**, counted by grapheme cluster.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(cluster_width).sum()
}

/// Whether terminals disagree about the width of this cluster (joined emoji, skin tones, variation
/// selectors, letters with marks outside Latin), so that the cursor must be placed again after it.
pub fn width_is_disputed(cluster: &str) -> bool {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    if first.is_ascii() && chars.as_str().is_empty() {
        return false;
    }
    !chars.as_str().is_empty()
        || first as u32 >= 0x2600
        || (0x0590..0x2000).contains(&(first as u32))
}

/// Whether a character must never reach a terminal or a page as it is: C0 and C1 controls, DEL,
/// bidirectional controls, line and paragraph separators, byte-order marks and tag characters.
/// Tab and newline count too; callers that lay out text treat those two first.
pub fn is_unsafe(c: char) -> bool {
    matches!(c,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
        | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}' | '\u{206a}'..='\u{206f}')
}

/// `text` with every unsafe character made visible and harmless: controls as their Unicode
/// pictures (`␛`), tab and newline as a space, the rest as `�`. Safe to print anywhere.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .map(|c| match c {
                '\t' | '\n' | '\r' => ' ',
                '\0'..='\u{1f}' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
                '\u{7f}' => '\u{2421}',
                c if is_unsafe(c) => '\u{fffd}',
                c => c,
            })
            .collect(),
    )
}

/// `text` cut to at most `columns`, with `…` in the last one where something was left out.
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    if width(text) <= columns {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let mut used = 0;
    for cluster in text.graphemes(true) {
        let w = cluster_width(cluster);
        if used + w + 1 > columns {
            break;
        }
        out.push_str(cluster);
        used += w;
    }
    if columns > 0 {
        out.push('…');
    }
    Cow::Owned(out)
}

/// `text` on one line: runs of white space become one space, both ends are trimmed.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Case-folded form for comparing: lower case, typographic apostrophes and quotation marks as
/// their ASCII twins. Not length-preserving.
pub fn fold(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            '’' | '‘' | 'ʼ' => '\'',
            '“' | '”' | '„' | '«' | '»' => '"',
            c => c,
        })
        .collect()
}

/// The greatest character boundary of `text` that is at most `at` bytes.
pub fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The smallest character boundary of `text` that is at least `at` bytes (at most its length).
pub fn ceil_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Offsets of one text in both units of the program: UTF-8 bytes inside, Unicode scalar values at
/// the edges. Built once per text, each question is then a binary search.
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// Byte offset of every `STEP`th character.
    marks: Vec<u32>,
    /// Length of the text in characters.
    chars: usize,
}

impl CharIndex {
    const STEP: usize = 64;

    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 1);
        let mut chars = 0;
        for (byte, _) in text.char_indices() {
            if chars % Self::STEP == 0 {
                marks.push(byte as u32);
            }
            chars += 1;
        }
        Self { marks, chars }
    }

    /// Length of the text in Unicode scalar values.
    pub fn chars(&self) -> usize {
        self.chars
    }

    /// Unicode scalar values before byte `byte` of `text`, the text that was indexed.
    pub fn to_char(&self, text: &str, byte: usize) -> usize {
        let byte = floor_boundary(text, byte);
        let slot = self
            .marks
            .partition_point(|&m| m as usize <= byte)
            .saturating_sub(1);
        let from = self.marks.get(slot).map_or(0, |&m| m as usize);
        slot * Self::STEP + text[from..byte].chars().count()
    }

    /// Byte offset of the `char`th Unicode scalar value of `text`; `None` past its end.
    pub fn to_byte(&self, text: &str, char: usize) -> Option<usize> {
        if char >= self.chars {
            return (char == self.chars).then_some(text.len());
        }
        let slot = char / Self::STEP;
        let from = *self.marks.get(slot)? as usize;
        let (offset, _) = text[from..].char_indices().nth(char % Self::STEP)?;
        Some(from + offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_counts_clusters_not_characters() {
        assert_eq!(width("世界"), 4);
        assert_eq!(width("e\u{301}a"), 2);
        assert_eq!(width("👩\u{200d}👩\u{200d}👧"), 2);
        assert_eq!(width("a\u{200b}b"), 2);
    }

    #[test]
    fn printable_lets_no_control_through() {
        let hostile = "a\u{1b}]0;x\u{7}b\u{9b}31m\u{202e}c\u{2028}d\te\u{e0041}";
        let shown = printable(hostile);
        assert!(!shown.contains(is_unsafe), "{shown:?}");
        assert!(shown.contains('␛') && shown.contains('c'));
    }

    #[test]
    fn truncate_never_exceeds_its_columns() {
        assert_eq!(truncate("abcdef", 4), "abc…");
        assert_eq!(truncate("世界世界", 4), "世…");
        assert_eq!(truncate("ab", 2), "ab");
        assert_eq!(truncate("ab", 0), "");
    }

    #[test]
    fn offsets_convert_both_ways_over_wide_characters() {
        let text = "a😀e\u{301}世".repeat(50);
        let index = CharIndex::new(&text);
        for (n, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(index.to_char(&text, byte), n);
            assert_eq!(index.to_byte(&text, n), Some(byte));
        }
        assert_eq!(index.to_byte(&text, index.chars()), Some(text.len()));
        assert_eq!(index.to_byte(&text, index.chars() + 1), None);
    }
}
