//! What a target speaks of: its deeds and things by family, whom it names, whether it is a ban of
//! that, and whether it only repeats what was named before. May call the lexicon and the layers.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Pos;
use crate::annotate::encoder::Upos;
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::deeds::{self, Family, Sort};
use crate::base::EntityId;

/// A target as it is compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// Families and stems of its content words.
    pub concepts: BTreeSet<String>,
    /// The one that the others hang from; empty where it is a carrier.
    pub head: String,
    /// The sort of the only concept.
    pub sort: Option<Sort>,
    /// Whom and what it names, pronouns included.
    pub names: BTreeSet<EntityId>,
    /// Whether it undoes, hinders or forbids the concepts.
    pub bans: bool,
    /// Whether it points back: "the bill", "such deployments".
    pub repeats: bool,
}

/// Tokens between a verb and the particle that makes another verb of it.
const REACH: usize = 6;

/// Reads a target. `banned` are the words that it is known to ban.
pub fn read(layers: &Layers, target: &Range<usize>, banned: Option<&Range<usize>>) -> Reading {
    let mut out = Reading {
        repeats: repeats(layers, target.start),
        ..Reading::default()
    };
    // Of "a veto of the bill" the bill is what is banned.
    let whole = banned.map_or_else(|| target.clone(), Clone::clone);
    let mut covered = BTreeSet::new();
    for placed in layers.mentions_in(whole.clone()) {
        if placed.tokens != whole {
            covered.extend(placed.tokens.clone());
            out.names.insert(placed.entity);
        }
    }
    let made = whole.clone().any(|t| layers.lemma(t) == "make");
    let mut found: Vec<(usize, String, Option<Sort>)> = Vec::new();
    let mut carried = None;
    let mut stop = None;
    let mut light = None;
    for token in whole.clone() {
        let particle = layers
            .word(token)
            .is_some_and(|w| matches!(w.upos, Upos::Adverb | Upos::Particle | Upos::Adposition));
        if covered.contains(&token) || particle || !content(layers.tags[token].pos) {
            continue;
        }
        let lemma = layers.lemma(token);
        let family = if made && matches!(lemma, "public" | "available") {
            deeds::family("disclose")
        } else {
            with_particle(layers, token, whole.end).or_else(|| deeds::family(lemma))
        };
        match family {
            Some(Family {
                sort: Sort::Light, ..
            }) => {
                if layers.tags[token].pos == Pos::Noun {
                    light = light.or(Some(token));
                }
            }
            Some(Family {
                sort: Sort::Stop, ..
            }) if found.iter().all(|(t, _, sort)| {
                let subject =
                    layers.tags[token].pos == Pos::Verb && layers.tags[*t].pos != Pos::Verb;
                *sort == Some(Sort::Vague) || layers.tags[*t].pos == Pos::Adjective || subject
            }) =>
            {
                found.clear();
                stop = Some(token);
            }
            Some(Family {
                sort: Sort::Carry,
                name,
            }) => carried = Some((token, name)),
            Some(Family { name, sort }) => found.push((token, name.to_owned(), Some(sort))),
            None => found.push((token, deeds::stem(lemma), None)),
        }
    }
    if let (true, Some((token, name))) = (found.is_empty(), carried) {
        found.push((token, name.to_owned(), Some(Sort::Carry)));
    }
    let adjective = |f: &(usize, String, Option<Sort>)| layers.tags[f.0].pos == Pos::Adjective;
    if let (true, None, Some(noun)) = (found.iter().all(adjective), stop, light) {
        found.push((noun, deeds::stem(layers.lemma(noun)), None));
    }
    out.bans = banned.is_some() || stop.is_some();
    if found.is_empty() && out.names.is_empty() && stop.is_none() {
        let words = target
            .clone()
            .map(|t| (t, layers.lower(t).to_owned(), None));
        found.extend(words);
    }
    out.head = match carried {
        Some((token, _)) if found.iter().all(|f| f.0 > token) => String::new(),
        _ => head(layers, &whole, &found),
    };
    if let [(_, _, sort)] = found.as_slice() {
        out.sort = *sort;
    }
    out.concepts = found.into_iter().map(|(_, concept, _)| concept).collect();
    out
}

fn content(pos: Pos) -> bool {
    matches!(
        pos,
        Pos::Noun | Pos::Proper | Pos::Verb | Pos::Adjective | Pos::Number
    )
}

/// Whether a phrase points back to what was named before.
fn repeats(layers: &Layers, token: usize) -> bool {
    matches!(
        layers.lower(token),
        "the" | "this" | "that" | "these" | "those" | "such" | "its" | "their" | "his" | "her"
    )
}

fn with_particle(layers: &Layers, token: usize, end: usize) -> Option<Family> {
    (token + 1..end.min(token + REACH))
        .find_map(|t| deeds::family_with(layers.lemma(token), layers.lower(t)))
}

/// The concept at the top: by the tree, else the last noun of the first run of words, or the first
/// verb.
fn head(layers: &Layers, whole: &Range<usize>, found: &[(usize, String, Option<Sort>)]) -> String {
    let top = found.iter().find(|(token, _, _)| {
        let head = layers.word(*token).map(|w| w.head);
        head.is_some_and(|h| h.is_none_or(|h| !whole.contains(&h)))
    });
    // "becoming its nominee" is no word for the nominee.
    let becomes = whole.clone().find(|t| {
        matches!(
            layers.lower(*t),
            "become" | "becomes" | "becoming" | "became"
        )
    });
    if let Some(verb) = becomes.filter(|v| found.iter().all(|f| f.0 > *v)) {
        return layers.lower(verb).to_owned();
    }
    let first = || {
        let mut best = found.first();
        for pair in found.windows(2) {
            let beside = pair[1].0 == pair[0].0 + 1;
            if !beside || layers.tags[pair[0].0].pos == Pos::Verb {
                break;
            }
            best = pair.get(1);
        }
        best
    };
    let best = if layers.encoded.is_some() {
        top.or_else(first)
    } else {
        first()
    };
    best.map_or_else(String::new, |(_, concept, _)| concept.clone())
}
