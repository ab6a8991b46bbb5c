//! The stance lexicon: which words show who is for or against what, and where the target stands.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{parts, rows};

/// Part of speech of a stance word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Verb.
    Verb,
    /// Noun.
    Noun,
    /// Adjective.
    Adjective,
}

/// What kind of stance a word shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A wish: demand, seek.
    Want,
    /// An attitude: praise, oppose.
    Judge,
    /// A deed that shows will: ban, sign.
    Act,
    /// A threat or a warning.
    Threat,
    /// A feeling: fear, pleased.
    Feel,
    /// Consent: accept, open to.
    Agree,
    /// Refusal.
    Refuse,
    /// An attempt: try, effort.
    Try,
}

/// One reading of a stance word.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Kind of stance.
    pub class: Class,
    /// +1 for what fills the frame, -1 against it.
    pub sign: i8,
    /// 1 hedged, 2 plain, 3 emphatic.
    pub strength: u8,
    /// Where the target stands: `obj`, `inf`, `ing`, `that`, `objinf`, or a preposition.
    pub frames: Vec<&'static str>,
}

impl Entry {
    /// Whether the target may stand in `frame`.
    pub fn takes(&self, frame: &str) -> bool {
        self.frames.contains(&frame)
    }
}

type Readings = BTreeMap<&'static str, Vec<Entry>>;

/// Verbs, nouns, adjectives.
static STANCE: LazyLock<(Readings, Readings, Readings)> = LazyLock::new(|| {
    let mut out = (Readings::new(), Readings::new(), Readings::new());
    for row in rows(include_str!("../../../assets/lexicons/stance.tsv")) {
        let [lemma, part, class, sign, strength, ..] = row.as_slice() else {
            continue;
        };
        let words = match *part {
            "v" => &mut out.0,
            "n" => &mut out.1,
            _ => &mut out.2,
        };
        let class = match *class {
            "want" => Class::Want,
            "judge" => Class::Judge,
            "act" => Class::Act,
            "threat" => Class::Threat,
            "feel" => Class::Feel,
            "agree" => Class::Agree,
            "refuse" => Class::Refuse,
            _ => Class::Try,
        };
        words.entry(*lemma).or_default().push(Entry {
            class,
            sign: if *sign == "-" { -1 } else { 1 },
            strength: strength.parse().unwrap_or(2),
            frames: parts(row.get(5)).collect(),
        });
    }
    out
});

/// The readings of a word as the given part of speech; `lemma` in lower case.
pub fn readings(part: Part, lemma: &str) -> &'static [Entry] {
    let words = match part {
        Part::Verb => &STANCE.0,
        Part::Noun => &STANCE.1,
        Part::Adjective => &STANCE.2,
    };
    words.get(lemma).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_may_point_both_ways_by_its_preposition() {
        let campaign = readings(Part::Verb, "campaign");
        assert!(campaign.iter().any(|e| e.sign > 0 && e.takes("for")));
        assert!(campaign.iter().any(|e| e.sign < 0 && e.takes("against")));
        assert!(readings(Part::Noun, "campaignx").is_empty());
    }

    #[test]
    fn a_ban_is_against_what_it_is_on() {
        let ban = &readings(Part::Noun, "ban")[0];
        assert_eq!(
            (ban.sign, ban.takes("on"), ban.takes("obj")),
            (-1, true, false)
        );
    }
}
