//! Deeds and things under one name: "join", "membership" and "accession" are one family, and so
//! are "bill", "law" and "measure". What targets are grouped by and comments linked by.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{parts, rows};

/// How a family of words names what is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A bare mention is the thing spoken of: "retaliation".
    Deed,
    /// A definite repeat is: "the bill".
    Thing,
    /// Says nothing by itself: "demands".
    Vague,
    /// Undoes, hinders or forbids what it governs: "a ban on".
    Stop,
    /// Counts only where it stands alone: "sending" troops.
    Carry,
    /// Is not counted.
    Light,
}

/// A family of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// Its name.
    pub name: &'static str,
    /// Its sort.
    pub sort: Sort,
}

static FAMILIES: LazyLock<BTreeMap<&'static str, Family>> = LazyLock::new(|| {
    let mut families = BTreeMap::new();
    for row in rows(include_str!("../../../assets/lexicons/deeds.tsv")) {
        let sort = match row.get(1) {
            Some(&"deed") => Sort::Deed,
            Some(&"thing") => Sort::Thing,
            Some(&"vague") => Sort::Vague,
            Some(&"stop") => Sort::Stop,
            Some(&"carry") => Sort::Carry,
            _ => Sort::Light,
        };
        let name = row.first().copied().unwrap_or_default();
        for word in parts(row.get(2)) {
            families.entry(word).or_insert(Family { name, sort });
        }
    }
    families
});

static SORTS: LazyLock<BTreeMap<&'static str, Sort>> =
    LazyLock::new(|| FAMILIES.values().map(|f| (f.name, f.sort)).collect());

/// The sort of the family with this name.
pub fn sort(name: &str) -> Option<Sort> {
    SORTS.get(name).copied()
}

/// The family of a base form.
pub fn family(lemma: &str) -> Option<Family> {
    FAMILIES.get(lemma).copied()
}

/// The family of a base form with a particle somewhere after it: "bring … into".
pub fn family_with(lemma: &str, particle: &str) -> Option<Family> {
    FAMILIES
        .get(format!("{lemma}+{particle}").as_str())
        .copied()
}

/// Endings that make a noun or a form of one word, longest first.
const ENDINGS: [&str; 22] = [
    "isations", "isation", "ization", "ations", "ation", "ments", "ment", "ances", "ance", "ences",
    "ence", "ities", "ness", "ions", "ing", "ity", "ion", "ers", "ed", "er", "es", "al",
];

/// A rough stem of a base form, or the name of its family: "shortchanging" and "shortchange",
/// "membership" and "join" are one.
pub fn stem(lemma: &str) -> String {
    match family(lemma) {
        Some(family) if family.sort != Sort::Light => family.name.to_owned(),
        _ => {
            let lemma = lemma.to_lowercase();
            let bare = ENDINGS
                .iter()
                .find_map(|ending| lemma.strip_suffix(ending))
                .filter(|bare| bare.chars().count() >= 4)
                // Who does it is not the deed: "supporter", "worker".
                .filter(|bare| !(lemma.ends_with("er") && family(bare).is_some()))
                .unwrap_or(&lemma);
            // "diverse" and "diversity", but not "part" and "party".
            let open = bare.strip_suffix('e').or_else(|| {
                let open = bare.strip_suffix(['y', 'i']);
                open.filter(|o| o.chars().count() > 4)
            });
            open.unwrap_or(bare).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deed_and_its_noun_are_one_word() {
        for (a, b) in [
            ("membership", "accession"),
            ("legislation", "bill"),
            ("entertainment", "entertain"),
            ("escalation", "escalate"),
            ("diversity", "diverse"),
        ] {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("bill"), stem("deal"));
        assert_eq!(family_with("bring", "into").unwrap().name, "join");
    }

    #[test]
    fn every_word_is_in_one_family_and_every_sort_is_known() {
        let mut seen = BTreeMap::new();
        for row in rows(include_str!("../../../assets/lexicons/deeds.tsv")) {
            assert!(
                ["deed", "thing", "vague", "stop", "carry", "light"].contains(&row[1]),
                "{row:?}"
            );
            for word in parts(row.get(2)) {
                let before = seen.insert(word, row[0]);
                assert_eq!(before, None, "{word} in {}", row[0]);
            }
        }
    }
}
