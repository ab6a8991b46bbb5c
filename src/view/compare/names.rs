//! Which entities of several articles are the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::EntityId;
use crate::base::text::fold;
use crate::model::{Annotated, Entity, EntityKind, MentionForm};

/// Letters of a name by which two may be joined.
const LEAST: usize = 3;

/// The entities of several articles, each with its key: the same for what is the same.
#[derive(Debug)]
pub struct Names {
    keys: Vec<Vec<String>>,
    /// The keys of things, by the last word of their names.
    things: BTreeMap<String, BTreeSet<String>>,
    /// In which articles each key is.
    places: BTreeMap<String, BTreeSet<usize>>,
}

impl Names {
    /// Joins the entities of these articles.
    pub fn new(articles: &[&Annotated]) -> Self {
        // Full names of all articles; another name of an entity leads to the full name it is
        // somewhere else, where it is that of one only.
        let full = |e: &Entity| fold(&e.name);
        let mains: BTreeSet<String> = articles
            .iter()
            .flat_map(|a| a.entities.iter().map(full))
            .collect();
        let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for entity in articles.iter().flat_map(|a| &a.entities) {
            for alias in entity.aliases.iter().map(|a| fold(a)) {
                if alias.chars().count() >= LEAST && alias != full(entity) {
                    owners.entry(alias).or_default().insert(full(entity));
                }
            }
            // A surname is a name, whether the article uses it or not.
            if entity.kind == EntityKind::Person
                && let Some(last) = last_word(&full(entity))
            {
                owners.entry(last).or_default().insert(full(entity));
            }
        }
        // A name that is in full in one article and a part in another goes by the longer one.
        let key_of = |entity: &Entity| {
            let own = full(entity);
            match owners.get(&own) {
                Some(longer) if longer.len() == 1 && mains.contains(&own) => {
                    longer.first().cloned().unwrap_or(own)
                }
                _ => own,
            }
        };
        let mut out = Self {
            keys: Vec::new(),
            things: BTreeMap::new(),
            places: BTreeMap::new(),
        };
        for (n, article) in articles.iter().enumerate() {
            let keys: Vec<String> = article.entities.iter().map(key_of).collect();
            for (key, entity) in keys.iter().zip(&article.entities) {
                out.places.entry(key.clone()).or_default().insert(n);
                let named = entity.mentions.iter().any(|m| m.form == MentionForm::Name);
                if named
                    && entity.kind != EntityKind::Person
                    && let Some(last) = last_word(key)
                {
                    out.things.entry(last).or_default().insert(key.clone());
                }
            }
            out.keys.push(keys);
        }
        out
    }

    /// The key of an entity of an article.
    pub fn key(&self, article: usize, id: EntityId) -> String {
        let key = self.keys.get(article).and_then(|k| k.get(id.index()));
        key.cloned().unwrap_or_default()
    }

    /// The key of what an issue is called: that of the only thing whose name ends in this word ("the
    /// bridge", "the Coral Bridge"), else its own.
    pub fn issue(&self, name: &str) -> String {
        let name = fold(name);
        match self.things.get(&name) {
            Some(things) if things.len() == 1 => things.first().cloned().unwrap_or(name),
            _ => name,
        }
    }

    /// Which articles have it.
    pub fn places(&self, article: usize, id: EntityId) -> BTreeSet<usize> {
        let key = self.key(article, id);
        self.places.get(&key).cloned().unwrap_or_default()
    }
}

/// The last word of a name of several.
fn last_word(name: &str) -> Option<String> {
    let (_, last) = name.rsplit_once(' ')?;
    (last.chars().count() >= LEAST).then(|| last.to_owned())
}
