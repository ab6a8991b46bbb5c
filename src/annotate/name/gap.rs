//! What the encoder passed over and the rules are sure of: listed names, governments, and what the
//! document keeps writing with a capital and never without.

use std::collections::BTreeMap;

use super::again::AGAIN;
use super::{Name, Spelled, key};
use crate::annotate::encoder::Encoded;
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::gazetteer::title_length;
use crate::annotate::lexicon::words;
use crate::base::Span;
use crate::model::EntityKind;

/// How likely the words of a name of the rules must be part of one.
const LIKELY: f32 = 0.5;
/// How likely the words of a name that only its capital shows must be part of one.
const POSSIBLE: f32 = 0.005;
/// How often a name must stand that only its capital shows.
const STEADY: usize = 2;
/// The fewest letters of such a name.
const LETTERS: usize = 3;
/// How sure such a name is.
const CAPITAL: f32 = 0.6;

/// Months in short.
const MONTHS: [&str; 10] = [
    "jan", "feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Adds what the rules know better than the encoder where it saw no name, and governments, around
/// the names of those who lead them or whom they govern.
pub(super) fn fill(
    layers: &Layers,
    spelled: &Spelled,
    encoded: &Encoded,
    rules: Vec<Name>,
    names: &mut Vec<Name>,
) {
    names.sort_by_key(|n| (n.tokens.start, n.tokens.end));
    let mut often: BTreeMap<String, usize> = BTreeMap::new();
    for name in rules.iter().filter(|n| n.entry.is_none()) {
        *often.entry(key(layers, &name.tokens)).or_default() += 1;
    }
    let mut more = Vec::new();
    for mut name in rules {
        if name.rule == "name+government" {
            more.push(name);
            continue;
        }
        let from = names.partition_point(|n| n.tokens.end <= name.tokens.start);
        let to = names.partition_point(|n| n.tokens.start < name.tokens.end);
        if from < to {
            continue;
        }
        let named = encoded.named.get(name.tokens.clone()).unwrap_or_default();
        let share = named.iter().sum::<f32>() / named.len().max(1) as f32;
        let known = name.entry.is_some() || name.confidence >= AGAIN && share >= LIKELY;
        let repeated = || {
            let key = key(layers, &name.tokens);
            share >= POSSIBLE
                && often.get(&key).is_some_and(|n| *n >= STEADY)
                && steady(layers, spelled, &name)
        };
        if known {
            more.push(name);
        } else if repeated() {
            name.confidence = name.confidence.max(CAPITAL);
            more.push(name);
        }
    }
    names.extend(more);
    of_place(names);
}

/// The court or parliament of a place is one of its own: "Oregon Supreme Court".
fn of_place(names: &mut Vec<Name>) {
    names.sort_by_key(|n| (n.tokens.start, n.tokens.end));
    let mut at = 1;
    while at < names.len() {
        let (place, body) = (&names[at - 1], &names[at]);
        let joins = place.kind == EntityKind::Place
            && place.tokens.end == body.tokens.start
            && place.entry.is_none_or(|e| e.canon != "United States")
            && body
                .entry
                .is_some_and(|e| matches!(e.class, "court" | "legislature"));
        if joins {
            let start = place.tokens.start;
            let body = &mut names[at];
            body.tokens.start = start;
            body.entry = None;
            body.conll = None;
            names.remove(at - 1);
        } else {
            at += 1;
        }
    }
}

/// Whether the document writes no word of a name without its capital, and each with one inside a
/// sentence; and none of them is an ordinary word or an abbreviation.
fn steady(layers: &Layers, spelled: &Spelled, name: &Name) -> bool {
    let abbreviation = name.rule == "acronym"
        || name.tokens.clone().all(|t| layers.tokens[t].all_caps)
        || MONTHS.contains(&layers.lower(name.tokens.start).trim_end_matches('.'));
    let fits = |t: usize| {
        let token = &layers.tokens[t];
        !token.capital
            || !spelled.lower.contains(&token.lower)
                && spelled.capital.contains(&token.lower)
                && (name.tokens.len() > 1 || !ordinary(&token.lower))
    };
    let letters = |t: usize| layers.lower(t).chars().count();
    !abbreviation
        && !name.rule.starts_with("headline")
        && name.tokens.clone().map(letters).sum::<usize>() >= LETTERS
        && name.tokens.clone().all(fits)
}

/// Whether a word is one of the language's own rather than somebody's.
fn ordinary(word: &str) -> bool {
    !words::classes_of(word).is_empty()
        || title_length(std::iter::once(word)) > 0
        || word == "madam"
        || words::verb_form(word).is_some()
        || words::is_valued("people", word)
        || words::is_valued("singular", word)
        || words::is_valued("body", word)
}

/// Whether a span is the party and the state of a politician: "R-S.C.", "D-Calif".
pub(super) fn is_seat(text: &str, span: Span) -> bool {
    let words = span.of(text);
    let state = words
        .strip_prefix(['R', 'D', 'I'])
        .and_then(|rest| rest.strip_prefix(['-', '–']));
    state.is_some_and(|state| {
        state.chars().next().is_some_and(char::is_uppercase)
            && state.chars().count() <= 7
            && state != "Day"
            && state.chars().all(|c| c.is_alphabetic() || c == '.')
    })
}

/// Whether a span is part of an address of the web or of mail.
pub(super) fn in_address(text: &str, span: Span) -> bool {
    let blank = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '“' | '”');
    let from = text[..span.from()].rfind(blank).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let to = text[span.to()..]
        .find(blank)
        .map_or(text.len(), |at| span.to() + at);
    let whole = &text[from..to];
    whole.contains("://")
        || whole.starts_with("www.")
        || whole
            .find('@')
            .is_some_and(|at| at > 0 && whole[at..].contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_no_name() {
        for (text, seat) in [
            ("R-S.C.", true),
            ("D-Calif", true),
            ("I–Vt.", true),
            ("D-Day", false),
            ("R-rated", false),
            ("I-95", false),
            ("Rhode", false),
        ] {
            assert_eq!(is_seat(text, Span::new(0, text.len())), seat, "{text}");
        }
    }

    #[test]
    fn a_name_in_an_address_is_seen() {
        let text = "Write to ann.lee@orlo.example or see www.orlo.example (Orlo).";
        let at = |word: &str, from: usize| {
            let start = from + text[from..].find(word).unwrap();
            Span::new(start, start + word.len())
        };
        assert!(in_address(text, at("orlo", 0)));
        assert!(in_address(text, at("orlo", 30)));
        assert!(!in_address(text, at("Orlo", 0)));
    }

    fn name(tokens: std::ops::Range<usize>, kind: EntityKind, entry: &'static str) -> Name {
        let found = crate::annotate::lexicon::gazetteer::find(entry);
        Name {
            tokens,
            kind,
            entry: found.first().map(|(_, entry)| *entry),
            conll: None,
            title: None,
            rule: "list".into(),
            confidence: 0.9,
        }
    }

    #[test]
    fn the_court_of_a_place_is_one_of_its_own_but_not_that_of_the_country() {
        let court = || name(1..3, EntityKind::Organization, "Supreme Court");
        let mut names = vec![name(0..1, EntityKind::Place, "Oregon"), court()];
        of_place(&mut names);
        assert_eq!(names.len(), 1);
        assert_eq!(names[0].tokens, 0..3);
        assert!(names[0].entry.is_none());
        let mut names = vec![name(0..1, EntityKind::Place, "United States"), court()];
        of_place(&mut names);
        assert_eq!(names.len(), 2);
    }
}
