//! Which entities of several articles are the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::EntityId;
use crate::base::text::fold;
use crate::model::{Annotated, Entity};

/// Letters of a name by which two may be joined.
const LEAST: usize = 3;

/// The entities of several articles, each with its key: the same for what is the same.
pub struct Names {
    keys: Vec<Vec<String>>,
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
            places: BTreeMap::new(),
        };
        for (n, article) in articles.iter().enumerate() {
            let keys: Vec<String> = article.entities.iter().map(key_of).collect();
            for key in &keys {
                out.places.entry(key.clone()).or_default().insert(n);
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

    /// Whether no other article has it.
    pub fn is_only_in(&self, article: usize, id: EntityId) -> bool {
        let key = self.key(article, id);
        self.places.get(&key).is_some_and(|p| p.len() == 1)
    }
}
