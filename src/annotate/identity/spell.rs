//! How names are compared: without case, accents, stops and hyphens, with common abbreviations written
//! out, and by their initials.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words after a family name that belong to no other person: "Jr.", "FRS".
const SUFFIXES: [&str; 8] = ["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "esq."];
/// Letters of degrees and orders: "MD", "DBE", "FRS".
const LETTERS: std::ops::RangeInclusive<usize> = 2..=4;
/// Last words that add nothing to the name of a body or firm.
const LEGAL: &str =
    " inc inc. ltd ltd. llc co co. corp corp. plc company corporation group holdings limited ";
/// Last words that a body may be called without.
const BODY: &str = " university college school institute foundation club museum hospital newspaper magazine news \
    airlines airways motors bank party games administration ";
/// Last words that a place may be called without.
const PLACE: &str = " city county island islands river lake province state district region township village town \
    peninsula airport square desert ";

/// A word without case, accents, hyphens and the stops of abbreviations.
pub(super) fn fold(word: &str) -> String {
    let bare: String = word
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ø' => 'o',
            'ł' => 'l',
            'đ' | 'ð' => 'd',
            'ı' => 'i',
            c => c,
        })
        .filter(|c| !matches!(c, '.' | '-'))
        .collect();
    match bare.as_str() {
        "" => word.to_owned(),
        "saint" | "street" => "st".to_owned(),
        "avenue" => "ave".to_owned(),
        "road" => "rd".to_owned(),
        "mount" => "mt".to_owned(),
        "&" => "and".to_owned(),
        _ => bare,
    }
}

/// Whether a word after a family name is no part of it. `last` is the word as it is written.
pub(super) fn is_suffix(last: &str) -> bool {
    SUFFIXES.contains(&last.to_lowercase().as_str())
}

/// Whether a word as it is written looks like a degree or an order.
pub(super) fn is_degree(last: &str) -> bool {
    LETTERS.contains(&last.chars().count()) && last.chars().all(char::is_uppercase)
}

/// Whether a last word adds nothing to a name: "Inc.", and for bodies "University".
pub(super) fn is_generic(word: &str, place: bool) -> bool {
    let within = |list: &str| !word.contains(' ') && list.contains(&format!(" {word} "));
    within(LEGAL) || within(if place { PLACE } else { BODY })
}

/// The acronyms that a name of these words can have; a capital marks a word that counts.
pub(super) fn initials(words: &[(String, bool)]) -> Vec<String> {
    let first = |word: &str| word.chars().next();
    let capitals: String = words
        .iter()
        .filter(|(_, capital)| *capital)
        .filter_map(|(w, _)| first(w))
        .collect();
    let all: String = words.iter().filter_map(|(w, _)| first(w)).collect();
    let mut out = vec![capitals, all];
    out.dedup();
    out.retain(|i| i.chars().count() > 1);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accents_case_and_stops_do_not_count() {
        assert_eq!(fold("Łódź"), "lodz");
        assert_eq!(fold("U.S."), "us");
        assert_eq!(fold("St."), fold("Saint"));
        assert_eq!(fold("."), ".");
    }

    #[test]
    fn initials_with_and_without_small_words() {
        let words =
            [("board", true), ("of", false), ("trade", true)].map(|(w, c)| (w.to_owned(), c));
        assert_eq!(initials(&words), ["bt", "bot"]);
    }

    proptest! {
        #[test]
        fn folding_any_text_twice_changes_nothing_more(word in "\\PC{1,12}") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once.clone());
            prop_assert!(!once.is_empty());
        }
    }
}
