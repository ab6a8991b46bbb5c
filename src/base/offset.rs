//! Offsets of one text in the units of other programs. Inside, a place is a UTF-8 byte; what leaves
//! or enters may count Unicode scalar values (W3C annotations, brat, spaCy) or UTF-16 code units
//! (Hypothes.is, UIMA). Built once for a text; each question is then a binary search and a short
//! walk.

use super::Span;
use super::text::floor_boundary;

/// What an offset counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// UTF-8 bytes, as inside the program.
    Bytes,
    /// Unicode scalar values ("code points").
    Scalars,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

impl Unit {
    fn of(self, c: char) -> usize {
        match self {
            Self::Bytes => c.len_utf8(),
            Self::Scalars => 1,
            Self::Utf16 => c.len_utf16(),
        }
    }
}

/// A place in each unit.
#[derive(Debug, Clone, Copy, Default)]
struct Mark {
    byte: usize,
    scalar: usize,
    utf16: usize,
}

impl Mark {
    fn in_unit(self, unit: Unit) -> usize {
        match unit {
            Unit::Bytes => self.byte,
            Unit::Scalars => self.scalar,
            Unit::Utf16 => self.utf16,
        }
    }
}

/// A text with its offsets in every unit.
#[derive(Debug, Clone)]
pub struct Offsets<'t> {
    text: &'t str,
    /// The place of every `STEP`th character, the first one included, and the end of the text.
    marks: Vec<Mark>,
}

impl<'t> Offsets<'t> {
    const STEP: usize = 64;

    /// Indexes `text`.
    pub fn new(text: &'t str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / Self::STEP + 2);
        let mut at = Mark::default();
        for c in text.chars() {
            if at.scalar.is_multiple_of(Self::STEP) {
                marks.push(at);
            }
            at.byte += c.len_utf8();
            at.scalar += 1;
            at.utf16 += c.len_utf16();
        }
        marks.push(at);
        Self { text, marks }
    }

    /// The text that was indexed.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Length of the text in `unit`.
    pub fn len(&self, unit: Unit) -> usize {
        self.marks.last().map_or(0, |mark| mark.in_unit(unit))
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// How many of `unit` stand before byte `byte`; a byte inside a character counts as its first,
    /// one past the end as the end.
    pub fn of_byte(&self, byte: usize, unit: Unit) -> usize {
        let byte = floor_boundary(self.text, byte);
        let after = self.marks.partition_point(|mark| mark.byte <= byte);
        let mark = self.marks[after.saturating_sub(1)];
        let rest = self.text[mark.byte..byte].chars();
        mark.in_unit(unit) + rest.map(|c| unit.of(c)).sum::<usize>()
    }

    /// The byte before which `offset` of `unit` stand. `None` past the end of the text and inside
    /// a character.
    pub fn to_byte(&self, offset: usize, unit: Unit) -> Option<usize> {
        let after = self.marks.partition_point(|m| m.in_unit(unit) <= offset);
        let mark = self.marks[after.saturating_sub(1)];
        let (mut byte, mut at) = (mark.byte, mark.in_unit(unit));
        for c in self.text[mark.byte..].chars() {
            if at >= offset {
                break;
            }
            byte += c.len_utf8();
            at += unit.of(c);
        }
        (at == offset).then_some(byte)
    }

    /// Start and end of a span of bytes in `unit`.
    pub fn range(&self, span: Span, unit: Unit) -> (usize, usize) {
        (
            self.of_byte(span.from(), unit),
            self.of_byte(span.to(), unit),
        )
    }

    /// The span of bytes between two offsets of `unit`. `None` if they are inverted, past the end or
    /// inside a character.
    pub fn span(&self, start: usize, end: usize, unit: Unit) -> Option<Span> {
        let (from, to) = (self.to_byte(start, unit)?, self.to_byte(end, unit)?);
        (from <= to).then(|| Span::new(from, to))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const UNITS: [Unit; 3] = [Unit::Bytes, Unit::Scalars, Unit::Utf16];

    #[test]
    fn each_unit_counts_as_its_programs_do() {
        // An emoji, a combining mark, Chinese, Hebrew.
        let text = "😀e\u{301}东京שלום.";
        let at = Offsets::new(text);
        let end = text.find('.').unwrap();
        assert_eq!(at.of_byte(end, Unit::Bytes), 21);
        assert_eq!(at.of_byte(end, Unit::Scalars), 9);
        assert_eq!(at.of_byte(end, Unit::Utf16), 10);
        assert_eq!(at.to_byte(1, Unit::Utf16), None, "inside a surrogate pair");
        assert_eq!(at.to_byte(1, Unit::Bytes), None, "inside a character");
        assert_eq!(at.to_byte(12, Unit::Utf16), None, "past the end");
        assert_eq!(at.span(2, 1, Unit::Scalars), None, "inverted");
        let empty = Offsets::new("");
        assert_eq!(empty.to_byte(0, Unit::Utf16), Some(0));
        assert_eq!(empty.to_byte(1, Unit::Utf16), None);
    }

    proptest! {
        #[test]
        fn offsets_agree_with_counting_and_come_back(
            text in "([a-z]|😀|e\u{301}|东|ש|\\PC){0,200}",
        ) {
            let at = Offsets::new(&text);
            prop_assert_eq!(at.len(Unit::Scalars), text.chars().count());
            prop_assert_eq!(at.len(Unit::Utf16), text.encode_utf16().count());
            let ends = text.char_indices().map(|(byte, _)| byte);
            for byte in ends.chain([text.len()]) {
                let before = &text[..byte];
                prop_assert_eq!(at.of_byte(byte, Unit::Bytes), byte);
                prop_assert_eq!(at.of_byte(byte, Unit::Scalars), before.chars().count());
                prop_assert_eq!(at.of_byte(byte, Unit::Utf16), before.encode_utf16().count());
                for unit in UNITS {
                    prop_assert_eq!(at.to_byte(at.of_byte(byte, unit), unit), Some(byte));
                }
            }
        }

        #[test]
        fn no_offset_panics(text in "\\PC{0,80}", offset in 0usize..200, byte in 0usize..400) {
            let at = Offsets::new(&text);
            for unit in UNITS {
                let _ = at.of_byte(byte, unit);
                if let Some(byte) = at.to_byte(offset, unit) {
                    prop_assert_eq!(at.of_byte(byte, unit), offset);
                }
            }
        }
    }
}
