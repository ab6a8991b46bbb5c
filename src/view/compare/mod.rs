//! The same story in several articles: how alike the texts are, who is named, quoted, and for or
//! against what in one only, where stances differ, which figures stand in one only. What was found is
//! laid out side by side (`beside`) or, where there is no room for that, in one column (`stacked`).
//!
//! One name is the same in two articles if it is the same name in full, or one of the other's names; an
//! issue of one word is the only thing of which that is the last.

mod alike;
mod beside;
mod names;
mod stacked;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::base::EntityId;
use crate::model::{Annotated, Entity, MentionForm, Party, Polarity, Quote, Stance, Target};
use crate::view::focus::Focus;

pub use alike::{Alike, alike};
use names::Names;

/// Names of one list.
const MOST: usize = 40;

/// Where a row or a cell leads: which of the articles, and a place in it.
pub type Found = (usize, Focus);

/// What several articles have in common and what each has alone; they are called A, B, C …
#[derive(Debug)]
pub struct Comparison<'a> {
    articles: &'a [&'a Annotated],
    names: Names,
    /// How alike each two texts are.
    texts: Vec<(usize, usize, Alike)>,
    held: Vec<Held<'a>>,
    voices: Vec<Voice<'a>>,
}

/// The stances of one holder toward one thing, by article.
#[derive(Debug)]
struct Held<'a> {
    holder: &'a str,
    target: &'a str,
    by: BTreeMap<usize, Vec<&'a Stance>>,
}

impl Held<'_> {
    /// Whether two articles do not have it on the same sides.
    fn differs(&self) -> bool {
        let mut by = self.by.values().map(|stances| sides(stances));
        let first = by.next();
        by.any(|other| Some(other) != first)
    }
}

/// The sides of stances.
fn sides(stances: &[&Stance]) -> BTreeSet<Polarity> {
    stances.iter().map(|s| s.polarity).collect()
}

/// The quotes of one speaker, by article.
#[derive(Debug)]
struct Voice<'a> {
    name: &'a str,
    by: BTreeMap<usize, Vec<&'a Quote>>,
}

impl<'a> Comparison<'a> {
    /// Compares these articles.
    pub fn new(articles: &'a [&'a Annotated]) -> Self {
        let names = Names::new(articles);
        let text = |n: usize| &articles[n].document.text;
        let pairs = (0..articles.len()).flat_map(|a| (a + 1..articles.len()).map(move |b| (a, b)));
        Self {
            texts: pairs
                .map(|(a, b)| (a, b, alike(text(a), text(b))))
                .collect(),
            held: held(articles, &names),
            voices: voices(articles, &names),
            articles,
            names,
        }
    }

    /// What is held in several articles: where they differ, and where they agree.
    fn shared(&self) -> (Vec<&Held<'a>>, Vec<&Held<'a>>) {
        let shared = self.held.iter().filter(|h| h.by.len() > 1);
        shared.partition(|h| h.differs())
    }

    /// What of this sort only this article has, what it names most often first: entities with the
    /// mention to go to.
    fn only(&self, n: usize, light: bool) -> Vec<(&'a Entity, usize)> {
        self.sort(n, light, |places| places.len() == 1)
    }

    /// What of this sort several articles have, under its name in the first of them: which those are
    /// is said if it is not all.
    fn in_several(&self, light: bool) -> Vec<String> {
        let mut several = Vec::new();
        for n in 0..self.articles.len() {
            let first = |places: &BTreeSet<usize>| places.len() > 1 && places.first() == Some(&n);
            for (entity, _) in self.sort(n, light, first) {
                let places = self.names.places(n, entity.id);
                let letters: Vec<String> = places.iter().map(|n| letter(*n)).collect();
                several.push(if places.len() == self.articles.len() {
                    entity.name.clone()
                } else {
                    format!("{} ({})", entity.name, letters.join(" "))
                });
            }
        }
        several
    }

    fn sort(
        &self,
        n: usize,
        light: bool,
        is: impl Fn(&BTreeSet<usize>) -> bool,
    ) -> Vec<(&'a Entity, usize)> {
        let named = |e: &Entity| {
            let name = |m: &crate::model::Mention| light || m.form == MentionForm::Name;
            e.mentions.iter().position(name)
        };
        let mut own: Vec<(&Entity, usize)> = self.articles[n]
            .entities
            .iter()
            .filter(|e| e.kind.is_light() == light && is(&self.names.places(n, e.id)))
            .filter_map(|e| Some((e, named(e)?)))
            .collect();
        own.sort_by_key(|(e, _)| (Reverse(e.mentions.len()), e.name.as_str()));
        own
    }

    /// What is known of an article beside its title and outlet.
    fn facts(&self, n: usize) -> Vec<String> {
        let document = &self.articles[n].document;
        let words = document.text.split_whitespace().count();
        let mut facts = Vec::new();
        facts.extend(document.meta.when());
        facts.push(format!("{words} words"));
        facts
    }
}

fn held<'a>(articles: &[&'a Annotated], names: &Names) -> Vec<Held<'a>> {
    let mut all: BTreeMap<(String, String), Held<'_>> = BTreeMap::new();
    for (n, article) in articles.iter().enumerate() {
        for stance in &article.stances {
            let holder = match stance.holder {
                Party::Entity(id) => names.key(n, id),
                other => article.party_name(other).to_owned(),
            };
            let target = match stance.target {
                Target::Entity(id) => names.key(n, id),
                Target::Issue(_) => names.issue(article.target_name(stance.target)),
            };
            let held = all.entry((holder, target)).or_insert_with(|| Held {
                holder: article.party_name(stance.holder),
                target: article.target_name(stance.target),
                by: BTreeMap::new(),
            });
            // The fullest name says the most.
            let (holder, target) = (
                article.party_name(stance.holder),
                article.target_name(stance.target),
            );
            if holder.len() > held.holder.len() {
                held.holder = holder;
            }
            if target.len() > held.target.len() {
                held.target = target;
            }
            held.by.entry(n).or_default().push(stance);
        }
    }
    all.into_values().collect()
}

fn voices<'a>(articles: &[&'a Annotated], names: &Names) -> Vec<Voice<'a>> {
    let mut all: BTreeMap<String, Voice<'_>> = BTreeMap::new();
    let name = |article: &'a Annotated, id: EntityId| article.entity(id).map_or("?", |e| &e.name);
    for (n, article) in articles.iter().enumerate() {
        for quote in &article.quotes {
            if let Party::Entity(id) = quote.speaker {
                let voice = all.entry(names.key(n, id)).or_insert_with(|| Voice {
                    name: name(article, id),
                    by: BTreeMap::new(),
                });
                voice.by.entry(n).or_default().push(quote);
            }
        }
    }
    all.into_values().collect()
}

/// What an article is called.
fn letter(n: usize) -> String {
    char::from_u32('A' as u32 + n as u32)
        .filter(char::is_ascii_uppercase)
        .map_or_else(|| format!("#{}", n + 1), String::from)
}

/// How alike two texts are, in words.
fn likeness(alike: Alike) -> String {
    let percent = (alike.share * 100.0).round();
    let what = match alike.verdict() {
        Some(words) => format!(": {words}"),
        None => String::new(),
    };
    format!("{percent} % of the shorter one{what}")
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = names.collect();
    let more = all.len().saturating_sub(MOST);
    let mut out = all[..all.len().min(MOST)].join(" · ");
    if more > 0 {
        out.push_str(&format!(" and {more} more"));
    }
    out
}
