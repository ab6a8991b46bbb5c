//! Line breaking: UAX 14 opportunities, grapheme clusters, terminal columns.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use crate::base::Span;
use crate::base::text::{cluster_width, width};

/// Breaks `text` into rows of at most `columns`; the spans are bytes of `text`, cover all of it in
/// order, and keep the white space at which they were broken (it may stand beyond the last
/// column). A word wider than a row is cut between clusters; a single cluster wider than a row has
/// one to itself. No text gives no row.
pub fn wrap(text: &str, columns: usize) -> Vec<Span> {
    let columns = columns.max(1);
    let mut rows: Vec<Span> = Vec::new();
    let (mut row, mut used) = (0, 0);
    let mut from = 0;
    for (to, opportunity) in linebreaks(text) {
        let word = &text[from..to];
        let bare = word.trim_end();
        let (needs, takes) = (width(bare), width(word.trim_end_matches(['\n', '\r'])));
        if used > 0 && used + needs > columns {
            rows.push(Span::new(row, from));
            (row, used) = (from, 0);
        }
        if needs > columns {
            // Cut inside the word.
            let mut at = from;
            for cluster in bare.graphemes(true) {
                let w = cluster_width(cluster);
                if used > 0 && used + w > columns {
                    rows.push(Span::new(row, at));
                    (row, used) = (at, 0);
                }
                used += w;
                at += cluster.len();
            }
            used += takes.saturating_sub(needs);
        } else {
            used += takes;
        }
        if opportunity == BreakOpportunity::Mandatory && to > row {
            rows.push(Span::new(row, to));
            (row, used) = (to, 0);
        }
        from = to;
    }
    if row < text.len() {
        rows.push(Span::new(row, text.len()));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(text: &str, columns: usize) -> Vec<&str> {
        wrap(text, columns)
            .into_iter()
            .map(|s| s.of(text).trim_end())
            .collect()
    }

    #[test]
    fn words_stay_whole_where_they_fit() {
        assert_eq!(rows("the quick brown fox", 10), ["the quick", "brown fox"]);
        assert_eq!(rows("", 10), Vec::<&str>::new());
        assert_eq!(
            rows("a-b solution-based talks", 9),
            ["a-b", "solution-", "based", "talks"]
        );
    }

    #[test]
    fn long_words_and_wide_letters_are_cut_between_clusters() {
        assert_eq!(rows("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(rows("世界新聞", 5), ["世界", "新聞"]);
        let marks = "e\u{301}e\u{301}e\u{301}";
        assert_eq!(rows(marks, 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    proptest! {
        #[test]
        fn rows_cover_the_text_and_keep_the_width(text in "\\PC{0,200}", columns in 1usize..60) {
            let spans = wrap(&text, columns);
            let mut at = 0;
            for span in &spans {
                prop_assert_eq!(span.from(), at);
                prop_assert!(span.fits(&text) && !span.is_empty());
                at = span.to();
                let row = span.of(&text).trim_end();
                let one = row.graphemes(true).filter(|c| cluster_width(c) > 0).count() <= 1;
                prop_assert!(width(row) <= columns || one, "{:?} in {}", row, columns);
            }
            prop_assert_eq!(at, text.len());
        }
    }
}
