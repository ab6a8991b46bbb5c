//! Search in the text.

use aho_corasick::{AhoCorasick, MatchKind};

use crate::base::Span;

/// Every place of `needle`, in order, not overlapping.
///
/// Smart case: a capital letter in the needle asks for exact case. Without one, case is ignored
/// for ASCII letters, and for other letters by also trying the needle capitalised. A straight
/// apostrophe or quotation mark finds the typographic ones, too.
pub fn find_all(text: &str, needle: &str) -> Vec<Span> {
    if needle.trim().is_empty() {
        return Vec::new();
    }
    let exact = needle.chars().any(char::is_uppercase);
    let mut patterns = spellings(needle);
    if !exact && !needle.is_ascii() {
        let upper: Vec<String> = patterns.iter().map(|p| p.to_uppercase()).collect();
        let capital: Vec<String> = patterns.iter().map(|p| capitalised(p)).collect();
        patterns.extend(upper);
        patterns.extend(capital);
    }
    let searcher = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(!exact)
        .build(&patterns);
    let Ok(searcher) = searcher else {
        return Vec::new();
    };
    searcher
        .find_iter(text)
        .map(|m| Span::new(m.start(), m.end()))
        .collect()
}

/// The needle with straight marks, and with each kind of curly ones.
fn spellings(needle: &str) -> Vec<String> {
    let mut out = vec![needle.to_owned()];
    if needle.contains('\'') {
        out.push(needle.replace('\'', "’"));
        out.push(needle.replace('\'', "‘"));
    }
    if needle.contains('"') {
        let straight = out.clone();
        out.extend(straight.iter().map(|s| s.replace('"', "“")));
        out.extend(straight.iter().map(|s| s.replace('"', "”")));
    }
    out
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'a>(text: &'a str, needle: &str) -> Vec<&'a str> {
        find_all(text, needle)
            .into_iter()
            .map(|s| s.of(text))
            .collect()
    }

    #[test]
    fn case_is_smart_and_marks_are_alike() {
        let text = "Russia’s stance. russia. Österreich östlich ÖST “no”";
        assert_eq!(found(text, "russia"), ["Russia", "russia"]);
        assert_eq!(found(text, "Russia"), ["Russia"]);
        assert_eq!(found(text, "russia's"), ["Russia’s"]);
        assert_eq!(found(text, "öst"), ["Öst", "öst", "ÖST"]);
        assert_eq!(found(text, "\"no"), ["“no"]);
        assert!(found(text, " ").is_empty());
    }

    proptest! {
        #[test]
        fn matches_are_sorted_and_on_characters(text in "\\PC{0,80}", needle in "\\PC{0,4}") {
            let spans = find_all(&text, &needle);
            prop_assert!(spans.iter().all(|s| s.fits(&text) && !s.is_empty()));
            prop_assert!(spans.windows(2).all(|w| w[0].end <= w[1].start));
        }
    }
}
