//! Words for formats of one word a line. Cut by the Unicode rules, and at both ends of every
//! mention, so that none begins or ends inside a word; a point that ends no sentence stays with its
//! abbreviation, a hyphen between letters joins, `'s` and `n't` stand apart. Calls `base` and
//! `model`.

use unicode_segmentation::UnicodeSegmentation;

use super::spans::Named;
use crate::base::Span;
use crate::model::Annotated;

/// Endings that stand apart, without the apostrophe.
const CLITICS: [&str; 6] = ["s", "m", "d", "re", "ve", "ll"];

/// A word, a number or a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it is.
    pub span: Span,
    /// Whether white space follows.
    pub space: bool,
}

/// A sentence, or a block that has none, as words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Its words; at least one.
    pub words: Vec<Word>,
    /// Whether a block begins with it.
    pub first: bool,
}

/// The words of the whole text, a list a sentence.
pub(super) fn lines(annotated: &Annotated, mentions: &[Named]) -> Vec<Line> {
    let text = &*annotated.document.text;
    let mut cuts: Vec<usize> = mentions
        .iter()
        .flat_map(|m| [m.span().from(), m.span().to()])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = Vec::new();
    for (span, first) in segments(annotated) {
        let words = words(text, span, &cuts);
        if !words.is_empty() {
            out.push(Line { words, first });
        }
    }
    out
}

/// The whole text in pieces that do not overlap: sentences, and what lies between them, line by
/// line.
fn segments(annotated: &Annotated) -> Vec<(Span, bool)> {
    let text = &*annotated.document.text;
    let mut out: Vec<(Span, bool)> = Vec::new();
    let mut at = 0;
    let starts: Vec<usize> = annotated
        .document
        .blocks
        .iter()
        .map(|b| b.span.from())
        .collect();
    let first = |span: Span| starts.binary_search(&span.from()).is_ok();
    let between = |from: usize, to: usize, out: &mut Vec<(Span, bool)>| {
        let mut start = from;
        for line in Span::new(from, to).of(text).split_inclusive('\n') {
            let span = Span::new(start, start + line.len()).trim(text);
            if !span.is_empty() {
                out.push((span, true));
            }
            start += line.len();
        }
    };
    for sentence in &annotated.sentences {
        let span = Span::new(sentence.span.from().max(at), sentence.span.to());
        if span.is_empty() {
            continue;
        }
        between(at, span.from(), &mut out);
        out.push((span, first(span)));
        at = span.to();
    }
    between(at, text.len(), &mut out);
    out
}

fn words(text: &str, span: Span, cuts: &[usize]) -> Vec<Word> {
    let mut pieces: Vec<Span> = Vec::new();
    let mut at = span.from();
    for piece in span.of(text).split_word_bounds() {
        let whole = Span::new(at, at + piece.len());
        at = whole.to();
        if piece.trim().is_empty() {
            continue;
        }
        let from = cuts.partition_point(|c| *c <= whole.from());
        let inside = cuts[from..].iter().take_while(|c| **c < whole.to());
        let mut start = whole.from();
        for end in inside.copied().chain([whole.to()]) {
            push(text, Span::new(start, end), span.to(), cuts, &mut pieces);
            start = end;
        }
    }
    let next = |n: usize| pieces.get(n + 1).map_or(usize::MAX, |p| p.from());
    let space = |(n, piece): (usize, &Span)| Word {
        span: *piece,
        space: next(n) > piece.to(),
    };
    pieces.iter().enumerate().map(space).collect()
}

/// Appends a piece: joined to the one before, as it is, or cut before its ending.
fn push(text: &str, piece: Span, end: usize, cuts: &[usize], out: &mut Vec<Span>) {
    let words = piece.of(text);
    let cut = cuts.binary_search(&piece.from()).is_ok();
    if let Some(last) = out.last_mut().filter(|l| l.to() == piece.from() && !cut) {
        let before = last.of(text);
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let rest = Span::new(piece.to(), end).of(text);
        let point = words == "."
            && letter(before.chars().next_back())
            && (rest.contains(char::is_alphanumeric) || before.contains('.'));
        let hyphen = words == "-" && letter(before.chars().next_back());
        let after = before.len() > 1 && before.ends_with('-') && letter(words.chars().next());
        // An ending that stands apart in the text, as corpora write it.
        let apart = ["'", "’"].contains(&before)
            && CLITICS.iter().any(|c| words.eq_ignore_ascii_case(c))
            && text[..last.from()].ends_with(char::is_whitespace);
        if point || hyphen || after || apart {
            *last = last.hull(piece);
            return;
        }
    }
    match ending(words).filter(|at| cuts.binary_search(&(piece.from() + at)).is_err()) {
        Some(at) => {
            out.push(Span::new(piece.from(), piece.from() + at));
            out.push(Span::new(piece.from() + at, piece.to()));
        }
        None => out.push(piece),
    }
}

/// Where the ending of a word begins that stands apart.
fn ending(word: &str) -> Option<usize> {
    let at = word.rfind(['\'', '’'])?;
    let mark = word[at..].chars().next().map_or(1, char::len_utf8);
    let tail = &word[at + mark..];
    if tail.eq_ignore_ascii_case("t") {
        let before = word[..at].strip_suffix(['n', 'N'])?;
        return (!before.is_empty()).then_some(before.len());
    }
    let known = CLITICS.iter().any(|c| tail.eq_ignore_ascii_case(c));
    (known && at > 0).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        let words = words(text, Span::new(0, text.len()), &[]);
        words.into_iter().map(|w| w.span.of(text)).collect()
    }

    #[test]
    fn words_are_cut_as_corpora_cut_them() {
        assert_eq!(
            cut("The U.S. envoy didn't back Mr. Orr's Kyiv-based plan.”"),
            [
                "The",
                "U.S.",
                "envoy",
                "did",
                "n't",
                "back",
                "Mr.",
                "Orr",
                "'s",
                "Kyiv-based",
                "plan",
                ".",
                "”"
            ]
        );
        assert_eq!(
            cut("e\u{301}a 😀 👩\u{200d}👧 東京"),
            ["e\u{301}a", "😀", "👩\u{200d}👧", "東", "京"]
        );
    }

    #[test]
    fn a_mention_cuts_a_word() {
        let text = "Russian-backed";
        let words = words(text, Span::new(0, text.len()), &[0, 7]);
        let words: Vec<&str> = words.iter().map(|w| w.span.of(text)).collect();
        assert_eq!(words[0], "Russian");
        assert_eq!(words.concat(), text);
    }
}
