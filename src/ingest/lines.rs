//! Lines → units: what a writer meant as one paragraph, heading or label. Undoes hard wrapping
//! where a file is wrapped at a column, and leaves every other line alone. Calls `labels` and
//! `dates` to know lines that stand by themselves.

use std::borrow::Cow;

use super::dates::date_line;
use super::labels::label;

/// One paragraph, heading, label or list item, on one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit<'a> {
    /// Its text, without white space at either end.
    pub text: Cow<'a, str>,
    /// Whether a blank line (or the start of the file) comes before it.
    pub after_blank: bool,
}

/// Widest column at which files are taken to be wrapped by hand, in characters.
const WIDEST: usize = 100;
/// Narrowest such column.
const NARROWEST: usize = 40;
/// How far a line may fall short of the column, besides the next word, in characters.
const SLACK: usize = 6;

/// Splits clean text into units.
pub(super) fn units(text: &str) -> Vec<Unit<'_>> {
    let column = wrap_column(text);
    let mut out: Vec<Unit<'_>> = Vec::new();
    let mut previous: Option<&str> = None;
    let mut after_blank = true;
    let mut lines = text.split('\n').map(str::trim).peekable();
    while let Some(line) = lines.next() {
        if line.is_empty() {
            after_blank = true;
            previous = None;
            continue;
        }
        let joins = match (column, previous) {
            (Some(column), Some(before)) => {
                // The headline takes a second line only if that cannot be the author's.
                let ends = lines.peek().is_none_or(|next| next.is_empty());
                let headline = out.len() == 1 && !ends && !line.starts_with(char::is_lowercase);
                full(before, line, column) && !headline && !stands_alone(line)
            }
            _ => false,
        };
        match out.last_mut() {
            Some(unit) if joins => {
                let text = unit.text.to_mut();
                text.push(' ');
                text.push_str(line);
            }
            _ => out.push(Unit {
                text: Cow::Borrowed(line),
                after_blank,
            }),
        }
        previous = Some(line);
        after_blank = false;
    }
    out
}

/// Whether a line is never the continuation of another.
fn stands_alone(line: &str) -> bool {
    opens_item(line) || label(line).is_some() || date_line(line).is_some()
}

/// The column at which the file is wrapped by hand, in characters, or `None`. A wrapped file has
/// no long line, and most lines that another follows could not have taken its first word too.
fn wrap_column(text: &str) -> Option<usize> {
    let mut column = 0;
    for line in text.split('\n') {
        let length = line.trim().chars().take(WIDEST + 1).count();
        if length > WIDEST {
            return None;
        }
        column = column.max(length);
    }
    if column < NARROWEST {
        return None;
    }
    let (mut inner, mut filled, mut open) = (0_usize, 0_usize, 0_usize);
    let mut previous = "";
    for line in text.split('\n').map(str::trim) {
        if !previous.is_empty() && !line.is_empty() {
            inner += 1;
            if full(previous, line, column) {
                filled += 1;
                open += usize::from(!previous.ends_with(['.', '!', '?', ':', '”', '"']));
            }
        }
        previous = line;
    }
    (filled >= 2 && filled * 10 >= inner * 5 && open * 2 >= filled).then_some(column)
}

/// Whether `line` is so full that the first word of `next` had no place in it.
fn full(line: &str, next: &str, column: usize) -> bool {
    let word = next.split_whitespace().next().unwrap_or("").chars().count();
    line.chars().count() + 1 + word + SLACK > column
}

/// Whether a line opens a list item (`- `, `* `, `• `, `1. `, `2) `).
pub(super) fn opens_item(line: &str) -> bool {
    if ["- ", "* ", "• ", "+ "].iter().any(|m| line.starts_with(m)) {
        return true;
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && [". ", ") "].iter().any(|m| line[digits..].starts_with(m))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        units(text)
            .into_iter()
            .map(|u| u.text.into_owned())
            .collect()
    }

    #[test]
    fn hard_wrapped_paragraphs_are_joined() {
        let wrapped = "A headline here\n\nThe minister said on Monday that the talks would go\non for as long as both sides were willing to sit at\nthe same table.\n\nNobody knew how long that would be, and nobody asked\nhim about it.\n";
        assert_eq!(
            texts(wrapped),
            [
                "A headline here",
                "The minister said on Monday that the talks would go on for as long as both sides were willing to sit at the same table.",
                "Nobody knew how long that would be, and nobody asked him about it.",
            ]
        );
    }

    #[test]
    fn lines_that_were_not_wrapped_are_left_alone() {
        let text = "Title\nSarah Johnson\nMarch 17, 2025\nOne short paragraph that ends here.\nAnother one of about the same length.\nA third, shorter.";
        assert_eq!(texts(text).len(), 6);
    }

    #[test]
    fn list_items_are_told_from_dashes_and_years() {
        assert!(opens_item("- one") && opens_item("1. one") && opens_item("12) one"));
        assert!(!opens_item("-one") && !opens_item("2025. A year") && !opens_item("1.5 percent"));
    }
}
