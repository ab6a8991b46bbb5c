//! Word classes, verb forms, reporting verbs, given names and abbreviations.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::rows;

/// Inflection of a verb form, as far as its spelling tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Inflection {
    /// The base form: "ban".
    Base,
    /// Third person singular: "bans".
    Third,
    /// Simple past only: "broke".
    Past,
    /// Past participle only: "broken".
    Participle,
    /// Past and past participle alike: "banned".
    PastOrParticiple,
    /// The -ing form: "banning".
    Ing,
}

/// A verb form: its base form, inflection, and whether the base form is as often a noun.
#[derive(Debug, Clone)]
pub struct VerbForm {
    /// The base form.
    pub lemma: Box<str>,
    /// Which form it is.
    pub inflection: Inflection,
    /// Whether the base form is at least as often a noun.
    pub noun_too: bool,
}

/// How a reporting verb presents what it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CueClass {
    /// The reporter takes no side.
    Neutral,
    /// What is reported is presented as true.
    Endorsing,
    /// The reporter keeps a distance.
    Doubting,
    /// What follows is asked for.
    Wanting,
    /// Reports speech only beside quotation marks.
    Manner,
}

/// Classes of function words, as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Classes(u16);

/// Names of the classes, in the order of their bits.
const CLASS_NAMES: [&str; 14] = [
    "det", "poss", "pron", "prep", "conj", "sub", "rel", "aux", "modal", "neg", "adv", "adj",
    "num", "time",
];

impl Classes {
    /// Whether the word is in the class with this name.
    pub fn has(self, class: &str) -> bool {
        CLASS_NAMES
            .iter()
            .position(|name| *name == class)
            .is_some_and(|bit| self.0 & (1 << bit) != 0)
    }

    /// Whether the word is in no class.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

/// Gender of a given name or title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// Men's name.
    Male,
    /// Women's name.
    Female,
    /// Either.
    Either,
}

struct Words {
    classes: BTreeMap<&'static str, Classes>,
    verbs: BTreeMap<Box<str>, VerbForm>,
    cues: BTreeMap<&'static str, CueClass>,
    names: BTreeMap<Box<str>, Gender>,
    abbreviations: BTreeMap<&'static str, bool>,
    valence: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| Words {
    classes: classes(),
    verbs: verbs(),
    cues: cues(),
    names: names(),
    abbreviations: abbreviations(),
    valence: valence(),
});

/// Function-word classes of a lower-case word.
pub fn classes_of(word: &str) -> Classes {
    WORDS.classes.get(word).copied().unwrap_or_default()
}

/// The verb form that a lower-case word can be.
pub fn verb_form(word: &str) -> Option<&'static VerbForm> {
    WORDS.verbs.get(word)
}

/// The reporting class of a verb's base form.
pub fn cue_class(lemma: &str) -> Option<CueClass> {
    WORDS.cues.get(lemma).copied()
}

/// Gender of a given name, in lower case.
pub fn given_name(word: &str) -> Option<Gender> {
    WORDS.names.get(word).copied()
}

/// Whether a lower-case word with its full stop is an abbreviation; the value says whether it can
/// also end a sentence.
pub fn abbreviation(word: &str) -> Option<bool> {
    WORDS.abbreviations.get(word).copied()
}

/// Whether a lower-case word is in a class of `valence.tsv` (`good`, `bad`, `gain`, `harm`,
/// `raise`, `hurt`, `misdeed`, `people`, `singular`, `body`).
pub fn is_valued(class: &str, word: &str) -> bool {
    WORDS
        .valence
        .get(class)
        .is_some_and(|set| set.contains(word))
}

fn classes() -> BTreeMap<&'static str, Classes> {
    let mut out: BTreeMap<&'static str, Classes> = BTreeMap::new();
    for row in rows(include_str!("../../../assets/lexicons/function-words.tsv")) {
        let (Some(class), Some(words)) = (row.first(), row.get(1)) else {
            continue;
        };
        let Some(bit) = CLASS_NAMES.iter().position(|name| name == class) else {
            continue;
        };
        for word in words.split(' ') {
            out.entry(word).or_default().0 |= 1 << bit;
        }
    }
    out
}

fn cues() -> BTreeMap<&'static str, CueClass> {
    let mut out = BTreeMap::new();
    for row in rows(include_str!("../../../assets/lexicons/cues.tsv")) {
        let class = match row.first().copied() {
            Some("endorsing") => CueClass::Endorsing,
            Some("doubting") => CueClass::Doubting,
            Some("wanting") => CueClass::Wanting,
            Some("manner") => CueClass::Manner,
            _ => CueClass::Neutral,
        };
        for word in row.get(1).copied().unwrap_or("").split(' ') {
            out.entry(word).or_insert(class);
        }
    }
    out
}

fn names() -> BTreeMap<Box<str>, Gender> {
    let mut out = BTreeMap::new();
    for row in rows(include_str!("../../../assets/lexicons/first-names.txt")) {
        let mut words = row.first().copied().unwrap_or("").split(' ');
        let gender = match words.next() {
            Some("m") => Gender::Male,
            Some("f") => Gender::Female,
            _ => Gender::Either,
        };
        for word in words {
            out.entry(word.to_lowercase().into())
                .and_modify(|g| {
                    if *g != gender {
                        *g = Gender::Either;
                    }
                })
                .or_insert(gender);
        }
    }
    out
}

fn abbreviations() -> BTreeMap<&'static str, bool> {
    rows(include_str!("../../../assets/lexicons/abbreviations.txt"))
        .flat_map(|row| row.first().copied().unwrap_or("").split(' '))
        .map(|word| match word.strip_suffix('~') {
            Some(word) => (word, true),
            None => (word, false),
        })
        .collect()
}

fn valence() -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    rows(include_str!("../../../assets/lexicons/valence.tsv"))
        .filter_map(|row| Some((*row.first()?, row.get(1)?.split(' ').collect())))
        .collect()
}

fn verbs() -> BTreeMap<Box<str>, VerbForm> {
    let mut out: BTreeMap<Box<str>, VerbForm> = BTreeMap::new();
    let mut put = |form: String, lemma: &str, inflection, noun_too| {
        out.entry(form.into()).or_insert(VerbForm {
            lemma: lemma.into(),
            inflection,
            noun_too,
        });
    };
    let rows: Vec<_> = rows(include_str!("../../../assets/lexicons/verbs.txt")).collect();
    let irregular: Vec<Vec<&str>> = rows
        .iter()
        .filter_map(|row| row.first()?.strip_prefix("irregular "))
        .map(|line| line.split(' ').collect())
        .collect();
    for row in &irregular {
        let [base, past, participle] = row.as_slice() else {
            continue;
        };
        let noun_too = matches!(
            *base,
            "cut" | "deal" | "bid" | "show" | "run" | "bet" | "split"
        );
        put((*base).to_owned(), base, Inflection::Base, noun_too);
        put(third(base), base, Inflection::Third, noun_too);
        put(ing(base), base, Inflection::Ing, false);
        if past == participle {
            put(
                (*past).to_owned(),
                base,
                Inflection::PastOrParticiple,
                noun_too,
            );
        } else {
            put((*past).to_owned(), base, Inflection::Past, false);
            put(
                (*participle).to_owned(),
                base,
                Inflection::Participle,
                false,
            );
        }
    }
    for word in rows
        .iter()
        .filter_map(|row| row.first())
        .filter(|line| !line.starts_with("irregular "))
        .flat_map(|line| line.split(' '))
    {
        let (base, noun_too) = match word.strip_suffix('~') {
            Some(base) => (base, true),
            None => (word, false),
        };
        put(base.to_owned(), base, Inflection::Base, noun_too);
        put(third(base), base, Inflection::Third, noun_too);
        put(past(base), base, Inflection::PastOrParticiple, false);
        put(ing(base), base, Inflection::Ing, false);
    }
    out
}

fn third(base: &str) -> String {
    if let Some(stem) = base.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return format!("{stem}ies");
    }
    let hissing = ["s", "x", "z", "ch", "sh", "o"]
        .iter()
        .any(|e| base.ends_with(e));
    format!("{base}{}", if hissing { "es" } else { "s" })
}

fn past(base: &str) -> String {
    if base.ends_with('e') {
        return format!("{base}d");
    }
    if let Some(stem) = base.strip_suffix('y')
        && !stem.ends_with(['a', 'e', 'o', 'u'])
    {
        return format!("{stem}ied");
    }
    format!("{}ed", doubled(base))
}

fn ing(base: &str) -> String {
    if let Some(stem) = base.strip_suffix("ie") {
        return format!("{stem}ying");
    }
    match base.strip_suffix('e') {
        Some(stem) if !stem.ends_with(['e', 'o', 'y']) => format!("{stem}ing"),
        _ => format!("{}ing", doubled(base)),
    }
}

/// The base with its last consonant doubled where English does so before -ed and -ing.
fn doubled(base: &str) -> String {
    const STRESSED: [&str; 21] = [
        "admit", "begin", "commit", "compel", "confer", "control", "defer", "deter", "expel",
        "forget", "incur", "occur", "omit", "overrun", "permit", "prefer", "propel", "rebut",
        "refer", "regret", "submit",
    ];
    let bytes = base.as_bytes();
    let vowel = |b: u8| matches!(b, b'a' | b'e' | b'i' | b'o' | b'u');
    let last = bytes.len().wrapping_sub(1);
    let [.., a, b, c] = bytes else {
        return base.to_owned();
    };
    let shape = !vowel(*a) && vowel(*b) && !vowel(*c) && !matches!(c, b'w' | b'x' | b'y');
    let one_syllable = bytes.iter().filter(|b| vowel(**b)).count() == 1;
    if shape && (one_syllable || STRESSED.contains(&base) || base.ends_with("qual")) {
        format!("{base}{}", bytes[last] as char)
    } else {
        base.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(word: &str) -> (&'static str, Inflection) {
        let form = verb_form(word).unwrap();
        (&form.lemma, form.inflection)
    }

    #[test]
    fn regular_and_irregular_forms_lead_to_the_base() {
        assert_eq!(lemma("demands"), ("demand", Inflection::Third));
        assert_eq!(lemma("barring"), ("bar", Inflection::Ing));
        assert_eq!(lemma("sought"), ("seek", Inflection::PastOrParticiple));
        assert_eq!(lemma("denied"), ("deny", Inflection::PastOrParticiple));
        assert_eq!(lemma("overridden"), ("override", Inflection::Participle));
        assert_eq!(lemma("agreed"), ("agree", Inflection::PastOrParticiple));
        assert_eq!(lemma("opposes"), ("oppose", Inflection::Third));
    }

    #[test]
    fn a_word_can_have_several_classes() {
        let that = classes_of("that");
        assert!(that.has("det") && that.has("sub") && that.has("rel") && !that.has("prep"));
        assert!(classes_of("parliament").is_empty());
    }

    #[test]
    fn reporting_verbs_have_a_class() {
        assert_eq!(cue_class("say"), Some(CueClass::Neutral));
        assert_eq!(cue_class("admit"), Some(CueClass::Endorsing));
        assert_eq!(cue_class("walk"), None);
    }
}
