//! Pieces of a page that are never part of an article, by their words: advertisements, calls to
//! share, to subscribe, to read something else, notices about cookies and scripts. Only short
//! pieces and pieces of links are judged so; a sentence of the article may well speak of them.
//! The words stand in `phrases`. Calls `base::text` and `boilerplate`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::outside::is_spaceless;
use super::phrases::{CALLS, LABELS, LEADS, NOTES, READERS, WHOLE};
use super::pieces::{Kind, Piece};
use crate::base::text::fold;
use crate::ingest::boilerplate::is_boilerplate;

/// Longest piece that is judged by its words, in characters.
const LONGEST: usize = 300;

/// The lists of `phrases`, folded.
struct Phrases {
    whole: BTreeSet<String>,
    leads: Vec<String>,
    labels: Vec<String>,
    notes: Vec<String>,
    calls: Option<AhoCorasick>,
    readers: BTreeSet<String>,
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let folded = |list: &'static str| list.split('|').map(|phrase| plain_letters(phrase.trim()));
    Phrases {
        whole: folded(WHOLE).collect(),
        leads: folded(LEADS).collect(),
        labels: folded(LABELS).collect(),
        notes: folded(NOTES).collect(),
        // The words are ours: an automaton of them can be built.
        calls: AhoCorasick::new(folded(CALLS)).ok(),
        readers: folded(READERS).collect(),
    }
});

/// Whether a text begins with a phrase, and not with a longer word.
fn begins(text: &str, phrase: &str) -> bool {
    let whole = |rest: &str| {
        phrase.ends_with(|c: char| !c.is_alphanumeric() || is_spaceless(c))
            || !rest.starts_with(char::is_alphanumeric)
    };
    text.strip_prefix(phrase).is_some_and(whole)
}

/// A folded text without what stands around its words, and without a count at either end.
fn bare(folded: &str) -> &str {
    let sign = |c: char| !c.is_alphanumeric();
    folded
        .trim_matches(sign)
        .trim_matches(|c: char| c.is_ascii_digit() || sign(c))
}

/// Whether a piece is the heading above what readers have written.
pub(super) fn heads_comments(piece: &Piece) -> bool {
    matches!(piece.kind, Kind::Heading(_))
        && piece.length() <= 60
        && PHRASES.readers.contains(bare(&plain_letters(&piece.text)))
}

/// `text` in small letters without accents.
pub(super) fn plain_letters(text: &str) -> String {
    let folded = fold(text);
    if folded.is_ascii() {
        return folded;
    }
    folded.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// Whether a piece is junk by its words.
pub(super) fn is_junk(piece: &Piece) -> bool {
    let length = piece.length();
    if length > LONGEST || piece.place.quote {
        return false;
    }
    let folded = plain_letters(&piece.text);
    if !folded.contains(char::is_alphanumeric) || PHRASES.whole.contains(bare(&folded)) {
        return true;
    }
    if is_boilerplate(&piece.text) {
        return true;
    }
    let linked = piece.link_share();
    let heading = matches!(piece.kind, Kind::Heading(_));
    let begins = |list: &[String]| list.iter().any(|phrase| begins(&folded, phrase));
    if linked >= 0.5 && !heading && begins(&PHRASES.leads) {
        return true;
    }
    if length <= 160 && begins(&PHRASES.labels) {
        return true;
    }
    let sentence = piece.text.trim_end().ends_with(['.', '!', '?', '。']) && length > 60;
    if length <= 120
        && !heading
        && !sentence
        && (begins(&PHRASES.notes) || is_reading_time(&folded))
    {
        return true;
    }
    let quoted = piece.text.contains(['“', '"', '«', '„']);
    let calls = |text: &str| PHRASES.calls.as_ref().is_some_and(|c| c.is_match(text));
    length <= 220 && !quoted && calls(&folded)
}

/// `3 min read`, folded.
fn is_reading_time(folded: &str) -> bool {
    let rest = folded.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = rest.trim_start_matches([' ', '-', '\u{a0}']);
    let minutes = rest
        .strip_prefix("minutes")
        .or_else(|| rest.strip_prefix("minute"));
    let minutes = minutes.or_else(|| rest.strip_prefix("min"));
    rest.len() < folded.len()
        && minutes.is_some_and(|m| {
            matches!(
                m.trim_matches(['.', ' ', '-']),
                "" | "read" | "de lecture" | "lesezeit"
            )
        })
}
