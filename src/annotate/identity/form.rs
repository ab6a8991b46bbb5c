//! The different names of a document: every spelling once, with all the places where it stands.

use std::collections::BTreeMap;

use super::spell;
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::gazetteer::Use;
use crate::annotate::name::Name;
use crate::model::EntityKind;

/// What sort of names are compared with one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    /// A listed name: all its spellings are one form.
    Listed,
    /// A person.
    Person,
    /// A government by its leader or country: like nothing else.
    Government,
    /// Anything else.
    Thing,
}

/// One spelling of a name.
#[derive(Debug)]
pub(super) struct Form {
    /// Its sort.
    pub sort: Sort,
    /// Folded words, each with whether it has a capital.
    pub words: Vec<(String, bool)>,
    /// Whether all its letters are capitals.
    pub capitals: bool,
    /// Its names, by position among the names of the document.
    pub names: Vec<usize>,
    /// How much speaks for each kind.
    pub kinds: BTreeMap<EntityKind, f32>,
    /// Whether it is more than an adjective or a people.
    pub named: bool,
}

impl Form {
    /// The kind that most speaks for.
    pub fn kind(&self) -> EntityKind {
        self.kinds
            .iter()
            .max_by(|a, b| a.1.total_cmp(b.1))
            .map_or(EntityKind::Other, |(kind, _)| *kind)
    }

    /// A word by position.
    pub fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |(word, _)| word)
    }

    /// The last word.
    pub fn last(&self) -> &str {
        self.words.last().map_or("", |(word, _)| word)
    }
}

/// The forms of a document and the form of every name.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// In order of first appearance.
    pub all: Vec<Form>,
    /// The form of each name.
    pub of: Vec<usize>,
}

impl Forms {
    /// Collects the forms of the names. `listed` gives the key of a listed name, with the name to
    /// compare others with.
    pub fn new(layers: &Layers, text: &str, listed: impl Fn(&Name) -> Option<String>) -> Self {
        let mut out = Self::default();
        let mut known: BTreeMap<(Sort, String), usize> = BTreeMap::new();
        for (n, name) in layers.names.iter().enumerate() {
            let canon = listed(name);
            let sort = match (&canon, name.kind) {
                (Some(_), _) => Sort::Listed,
                (None, _) if name.rule == "name+government" => Sort::Government,
                (None, EntityKind::Person) => Sort::Person,
                _ => Sort::Thing,
            };
            let words = if let Some(canon) = &canon {
                split(canon.split(' '), sort)
            } else {
                let tokens = name.tokens.clone();
                split(tokens.map(|t| layers.tokens[t].span.of(text)), sort)
            };
            let key = match &canon {
                Some(canon) => canon.clone(),
                None => joined(&words),
            };
            let form = *known.entry((sort, key)).or_insert_with(|| {
                out.all.push(Form {
                    sort,
                    words,
                    capitals: name.tokens.len() == 1 && layers.tokens[name.tokens.start].all_caps,
                    names: Vec::new(),
                    kinds: BTreeMap::new(),
                    named: false,
                });
                out.all.len() - 1
            });
            out.of.push(form);
            let form = &mut out.all[form];
            form.names.push(n);
            *form.kinds.entry(name.kind).or_default() += name.confidence;
            form.named |= name.entry.is_none_or(|e| e.usage != Use::Demonym);
        }
        out
    }
}

/// The folded words of a name; those after a family name are left out.
fn split<'a>(words: impl Iterator<Item = &'a str>, sort: Sort) -> Vec<(String, bool)> {
    let mut words: Vec<&str> = words.collect();
    if sort == Sort::Person {
        // A name that is written in capitals shows no degrees.
        let shouted = words
            .first()
            .is_some_and(|w| w.len() > 1 && w.chars().all(char::is_uppercase));
        while words.len() > 1
            && words.last().is_some_and(|w| {
                spell::is_suffix(w) || !shouted && words.len() > 2 && spell::is_degree(w)
            })
        {
            words.pop();
        }
    }
    words
        .into_iter()
        .map(|word| {
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            (spell::fold(word), capital)
        })
        .collect()
}

/// The words in one piece: "Basse Terre" is "Basse-Terre".
fn joined(words: &[(String, bool)]) -> String {
    let words: Vec<&str> = words.iter().map(|(w, _)| w.as_str()).collect();
    words.concat()
}
