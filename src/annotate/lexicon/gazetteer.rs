//! Names that are known beforehand (countries, places, organizations) and titles of office, found
//! by one pass of an Aho-Corasick automaton over a block of text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

use super::{parts, rows};
use crate::model::EntityKind;

/// How a listed name refers to what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Its name.
    Name,
    /// The adjective or the people: "Russian", "Republicans".
    Demonym,
    /// A capital or seat of power: a place, or the government it stands for.
    Seat,
}

/// A listed name.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name as it must be spelled.
    pub name: &'static str,
    /// The main name of what it refers to: the identity key.
    pub canon: &'static str,
    /// What it is.
    pub kind: EntityKind,
    /// How it refers.
    pub usage: Use,
    /// Kind column of the organizations table (`media`, `party`, …), or `country`, `place`.
    pub class: &'static str,
}

struct Gazetteer {
    entries: Vec<Entry>,
    names: Option<AhoCorasick>,
    titles: BTreeMap<&'static str, Vec<Vec<&'static str>>>,
    honorifics: Vec<&'static str>,
}

static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(|| {
    let entries = entries();
    let names = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .build(entries.iter().map(|e| e.name))
        .ok();
    let mut titles: BTreeMap<&'static str, Vec<Vec<&'static str>>> = BTreeMap::new();
    let mut honorifics = Vec::new();
    for row in rows(include_str!("../../../assets/lexicons/titles.txt")) {
        let Some(line) = row.first() else { continue };
        let title = line.trim_end_matches('*');
        if title.len() < line.len() {
            honorifics.push(title);
        }
        let words: Vec<&str> = title.split(' ').collect();
        if let Some(first) = words.first() {
            titles.entry(first).or_default().push(words);
        }
    }
    for list in titles.values_mut() {
        list.sort_by_key(|words| std::cmp::Reverse(words.len()));
    }
    Gazetteer {
        entries,
        names,
        titles,
        honorifics,
    }
});

/// The listed names in `text`, with the byte where each starts, left to right, longest first, cut
/// at word boundaries.
pub fn find(text: &str) -> Vec<(usize, &'static Entry)> {
    let gazetteer = &*GAZETTEER;
    let Some(names) = &gazetteer.names else {
        return Vec::new();
    };
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    names
        .find_iter(text)
        .filter(|m| {
            let before = text.get(..m.start()).and_then(|t| t.chars().next_back());
            let after = text.get(m.end()..).and_then(|t| t.chars().next());
            !word(before) && !word(after)
        })
        .filter_map(|m| Some((m.start(), gazetteer.entries.get(m.pattern().as_usize())?)))
        .collect()
}

/// Number of words of the longest title of office that starts at the first of `words` (lower
/// case); 0 where none does.
pub fn title_length<'a>(words: impl Iterator<Item = &'a str> + Clone) -> usize {
    let Some(first) = words.clone().next() else {
        return 0;
    };
    GAZETTEER.titles.get(first).map_or(0, |list| {
        list.iter()
            .find(|title| title.iter().copied().eq(words.clone().take(title.len())))
            .map_or(0, Vec::len)
    })
}

/// Whether a lower-case word is an honorific (`mr.`, `dr.`).
pub fn is_honorific(word: &str) -> bool {
    GAZETTEER.honorifics.contains(&word)
}

fn entries() -> Vec<Entry> {
    let mut out = Vec::new();
    for row in rows(include_str!("../../../assets/lexicons/countries.tsv")) {
        let Some(&canon) = row.first() else { continue };
        let kind = if canon == "European Union" {
            EntityKind::Organization
        } else {
            EntityKind::Place
        };
        let entry = |name, usage| Entry {
            name,
            canon,
            kind,
            usage,
            class: "country",
        };
        out.push(entry(canon, Use::Name));
        out.extend(parts(row.get(1)).map(|n| entry(n, Use::Name)));
        out.extend(parts(row.get(2)).map(|n| entry(n, Use::Demonym)));
        out.extend(parts(row.get(3)).map(|n| entry(n, Use::Seat)));
    }
    for row in rows(include_str!("../../../assets/lexicons/places.tsv")) {
        let Some(&canon) = row.first() else { continue };
        let entry = |name, usage| Entry {
            name,
            canon,
            kind: EntityKind::Place,
            usage,
            class: "place",
        };
        out.push(entry(canon, Use::Name));
        out.extend(parts(row.get(1)).map(|n| entry(n, Use::Name)));
        out.extend(parts(row.get(2)).map(|n| entry(n, Use::Demonym)));
    }
    for row in rows(include_str!("../../../assets/lexicons/organizations.tsv")) {
        let (Some(&canon), Some(&class)) = (row.first(), row.get(2)) else {
            continue;
        };
        let entry = |name: &'static str| Entry {
            name,
            canon,
            kind: EntityKind::Organization,
            usage: if class == "party" && is_party_adjective(name) {
                Use::Demonym
            } else {
                Use::Name
            },
            class,
        };
        out.push(entry(canon));
        out.extend(parts(row.get(1)).map(entry));
    }
    out
}

/// Whether a party's short name is an adjective or a member rather than the party.
fn is_party_adjective(name: &str) -> bool {
    matches!(
        name,
        "Republican" | "Democratic" | "Democrat" | "Libertarian" | "Tory"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_listed_name_wins_and_words_stay_whole() {
        let found: Vec<_> = find("The New York Times met Russians in Nigeria; USADA did not.")
            .into_iter()
            .map(|(at, e)| (at, e.name, e.canon))
            .collect();
        assert_eq!(
            found,
            [
                (0, "The New York Times", "New York Times"),
                (23, "Russians", "Russia"),
                (35, "Nigeria", "Nigeria")
            ]
        );
    }

    #[test]
    fn the_longest_title_wins() {
        assert_eq!(title_length("deputy foreign minister ann".split(' ')), 3);
        assert_eq!(title_length("prime example".split(' ')), 0);
        assert!(is_honorific("mr.") && !is_honorific("president"));
    }
}
