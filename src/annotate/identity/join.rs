//! Which different names are one entity: a person's full name and its parts, an organization and
//! its acronym or short name, a name and the alias that the text gives it.

use std::collections::BTreeMap;

use super::form::{Form, Forms, Sort};
use super::spell;
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::nickname;
use crate::annotate::name::Name;
use crate::model::EntityKind;

/// The most tokens between a name and its alias.
const ALIAS_REACH: usize = 5;

/// Which forms are one.
#[derive(Debug, Default)]
pub(super) struct Joined {
    parent: Vec<usize>,
    /// The persons that a name of one word can mean, in order of appearance.
    owners: BTreeMap<usize, Vec<usize>>,
}

impl Joined {
    /// Joins the forms of a document.
    pub fn new(layers: &Layers, forms: &Forms) -> Self {
        let mut out = Self {
            parent: (0..forms.all.len()).collect(),
            owners: BTreeMap::new(),
        };
        out.aliases(layers, forms);
        out.persons(&forms.all);
        out.things(&forms.all);
        out.peoples(&forms.all);
        out.single(layers, &forms.all);
        out
    }

    /// The form that stands for all that are one with this.
    pub fn root(&self, mut form: usize) -> usize {
        while self.parent[form] != form {
            form = self.parent[form];
        }
        form
    }

    /// The persons that a form of one word can mean, if it is no name of its own.
    pub fn owners(&self, form: usize) -> &[usize] {
        self.owners.get(&form).map_or(&[], Vec::as_slice)
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, later) = (one.min(other), one.max(other));
        self.parent[later] = first;
    }

    /// The one root of several forms; `None` if they have none or more than one.
    fn only(&self, forms: impl Iterator<Item = usize>) -> Option<usize> {
        let mut found = None;
        for form in forms {
            let root = self.root(form);
            if found.is_some_and(|f| f != root) {
                return None;
            }
            found = Some(root);
        }
        found
    }

    /// "Ann Lee, known as X"; "Alliance of Y (Z)".
    fn aliases(&mut self, layers: &Layers, forms: &Forms) {
        for n in 1..layers.names.len() {
            let (name, alias) = (&layers.names[n - 1], &layers.names[n]);
            let (from, to) = (name.tokens.end, alias.tokens.start);
            if from >= to
                || to - from > ALIAS_REACH
                || layers.sentence_of(from) != layers.sentence_of(to)
            {
                continue;
            }
            let (one, other) = (&forms.all[forms.of[n - 1]], &forms.all[forms.of[n]]);
            if one.sort == Sort::Listed && other.sort == Sort::Listed || !one.named || !other.named
            {
                continue;
            }
            let between: Vec<&str> = (from..to).map(|t| layers.lower(t)).collect();
            let kinds = (one.kind(), other.kind());
            let same = kinds.0 == kinds.1
                || kinds.1 == EntityKind::Other
                || kinds.0 == EntityKind::Other
                || kinds.1 == EntityKind::Work && kinds.0 != EntityKind::Person;
            let bracketed = || {
                let body = |k| !matches!(k, EntityKind::Person | EntityKind::Place);
                let letter = |form: &Form| form.word(0).chars().next();
                let short = other.words.len() == 1
                    && other.capitals
                    && letter(one) == letter(other)
                    && body(kinds.0)
                    && body(kinds.1);
                layers.lower(alias.tokens.end) == ")"
                    && (short || acronym(one, other) || acronym(other, one))
            };
            let called = match between.as_slice() {
                ["(", "the"] | ["("] => bracketed(),
                words => same && calls(words),
            };
            if called {
                self.join(forms.of[n - 1], forms.of[n]);
            }
        }
    }

    /// Full names of one person: nicknames, initials, middle names, family names of two words.
    fn persons(&mut self, forms: &[Form]) {
        let full: Vec<usize> = (0..forms.len())
            .filter(|f| forms[*f].sort == Sort::Person && forms[*f].words.len() > 1)
            .collect();
        for (n, &form) in full.iter().enumerate() {
            let one = &forms[form];
            let alike = full[..n].iter().copied().filter(|f| {
                let other = &forms[*f];
                one.last() == other.last() && nickname::alike(one.word(0), other.word(0))
                    || one.words.len() == 2
                        && other.words.len() == 2
                        && one.word(0) == other.word(1)
                        && one.word(1) == other.word(0)
            });
            if let Some(other) = self.only(alike) {
                self.join(form, other);
            }
        }
        for &form in &full {
            let part = &forms[form].words;
            let longer = full.iter().copied().filter(|f| {
                let whole = &forms[*f].words;
                whole.len() > part.len() && (ends(whole, part) || begins(whole, part))
            });
            if let Some(whole) = self.only(longer) {
                self.join(form, whole);
            }
        }
    }

    /// Short names and acronyms of organizations, places, events and works.
    fn things(&mut self, forms: &[Form]) {
        let thing =
            |f: &usize| matches!(forms[*f].sort, Sort::Thing | Sort::Listed) && forms[*f].named;
        let things: Vec<usize> = (0..forms.len()).filter(thing).collect();
        for &form in &things {
            let short = &forms[form];
            // A listed name that was read as another kind in one place.
            let listed = things.iter().copied().find(|f| {
                short.sort == Sort::Thing
                    && short.words.len() > 1
                    && forms[*f].sort == Sort::Listed
                    && forms[*f].words == short.words
            });
            if let Some(listed) = listed {
                self.join(form, listed);
                continue;
            }
            let longer = things.iter().copied().filter(|f| {
                let long = &forms[*f];
                *f != form
                    && !(short.sort == Sort::Listed && long.sort == Sort::Listed)
                    && long.words.len() > short.words.len()
                    && (shortened(short, long) || acronym(short, long))
            });
            if let Some(long) = self.only(longer) {
                self.join(form, long);
            }
        }
    }

    /// Peoples and believers with and without their plural: "Islamist", "Islamists".
    fn peoples(&mut self, forms: &[Form]) {
        let people =
            |f: &usize| forms[*f].sort == Sort::Thing && forms[*f].kind() == EntityKind::Group;
        for many in (0..forms.len()).filter(people) {
            let words = &forms[many].words;
            let Some(one) = words.last().and_then(|(word, _)| word.strip_suffix('s')) else {
                continue;
            };
            let same = (0..forms.len()).filter(people).find(|f| {
                let other = &forms[*f].words;
                other.len() == words.len()
                    && other.last().is_some_and(|(word, _)| word == one)
                    && begins(words, &other[..other.len() - 1])
            });
            if let Some(same) = same {
                self.join(many, same);
            }
        }
    }

    /// Names of one word: parts of a person's name, or the same word read as another kind.
    fn single(&mut self, layers: &Layers, forms: &[Form]) {
        let full: Vec<usize> = (0..forms.len())
            .filter(|f| forms[*f].sort == Sort::Person && forms[*f].words.len() > 1)
            .collect();
        for form in 0..forms.len() {
            let one = &forms[form];
            if one.words.len() != 1
                || !matches!(one.sort, Sort::Person | Sort::Thing)
                || self.root(form) != form
            {
                continue;
            }
            let place = one.kind() == EntityKind::Place
                && one.names.iter().any(|n| located(layers, &layers.names[*n]));
            let mut owners: Vec<usize> = Vec::new();
            for rank in [0, 1] {
                if place || !owners.is_empty() {
                    break;
                }
                for &f in &full {
                    let fits = match rank {
                        0 => forms[f].last() == one.word(0),
                        _ => {
                            [forms[f].word(0), one.word(0)]
                                .iter()
                                .all(|w| w.chars().count() > 1)
                                && nickname::alike(forms[f].word(0), one.word(0))
                        }
                    };
                    let root = self.root(f);
                    if fits && !owners.contains(&root) {
                        owners.push(root);
                    }
                }
            }
            if !owners.is_empty() {
                self.owners.insert(form, owners);
            }
        }
        for form in 0..forms.len() {
            let one = &forms[form];
            if one.words.len() == 1 && one.sort == Sort::Person && !self.owners.contains_key(&form)
            {
                let same = (0..forms.len()).find(|f| {
                    forms[*f].sort == Sort::Thing
                        && forms[*f].words.len() == 1
                        && forms[*f].word(0) == one.word(0)
                });
                if let Some(same) = same.filter(|s| !self.owners.contains_key(s)) {
                    self.join(form, same);
                }
            }
        }
    }
}

/// Whether the words between two names say that the second is another name of the first.
fn calls(between: &[&str]) -> bool {
    let apart = between
        .first()
        .is_some_and(|w| matches!(*w, "," | "(" | "–" | "—"));
    let words: Vec<&str> = between
        .iter()
        .copied()
        .filter(|w| {
            !matches!(
                *w,
                "," | "(" | "the" | "\"" | "“" | "'" | "‘" | "as" | "–" | "—"
            )
        })
        .collect();
    match words.as_slice() {
        ["aka" | "a.k.a." | "a.k.a" | "alias"] | ["also" | "better", "known"] => true,
        ["known" | "nicknamed" | "born" | "née" | "formerly" | "called"]
        | [
            "also" | "better" | "formerly" | "now" | "previously",
            "known" | "called",
        ] => apart,
        _ => false,
    }
}

/// Whether a name stands where a place does: "in Hilton".
fn located(layers: &Layers, name: &Name) -> bool {
    let before = name
        .tokens
        .start
        .checked_sub(1)
        .map_or("", |t| layers.lower(t));
    matches!(
        before,
        "in" | "at" | "near" | "outside" | "around" | "toward" | "into" | "across"
    )
}

fn ends(whole: &[(String, bool)], part: &[(String, bool)]) -> bool {
    let tail = &whole[whole.len() - part.len()..];
    tail.iter().zip(part).all(|(a, b)| a.0 == b.0)
}

fn begins(whole: &[(String, bool)], part: &[(String, bool)]) -> bool {
    whole.iter().zip(part).all(|(a, b)| a.0 == b.0)
}

/// Whether a name is a long one without its first words or without a generic last word.
fn shortened(short: &Form, long: &Form) -> bool {
    let places = (
        short.kind() == EntityKind::Place,
        long.kind() == EntityKind::Place,
    );
    if ends(&long.words, &short.words) {
        let before = &long.words[long.words.len() - short.words.len() - 1];
        let head = short.words.len() > 1 || spell::is_generic(short.word(0), places.1);
        // "of America" is not America; the York of New York is another.
        return before.1
            && (places == (false, false) || places.1 && head && short.sort == Sort::Thing);
    }
    let rest = &long.words[short.words.len()..];
    // "the General Assembly of the United Nations"
    if begins(&long.words, &short.words)
        && short.words.len() > 1
        && !rest[0].1
        && places == (false, false)
    {
        return matches!(rest[0].0.as_str(), "of" | "for");
    }
    begins(&long.words, &short.words)
        && rest.len() == 1
        && (spell::is_generic(&rest[0].0, places.1)
            && (places.0 == places.1 || short.sort == Sort::Thing && !places.1))
        || begins(&long.words, &short.words)
            && short.words.len() == 1
            && short.kind() == EntityKind::Organization
            && long.kind() == EntityKind::Organization
            && short.sort == Sort::Thing
            && long.sort == Sort::Thing
}

/// Whether a word in capitals is the acronym of a longer name.
fn acronym(short: &Form, long: &Form) -> bool {
    short.words.len() == 1
        && short.capitals
        && long.words.len() > 1
        && spell::initials(&long.words)
            .iter()
            .any(|i| i == short.word(0))
}
