//! Names that people are called: "called the deal a disaster", "painted Holm as unfit", "anti-Holm
//! activists".

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, emit};
use crate::annotate::stance::holder::Holder;
use crate::base::{EntityId, EntityKind};
use crate::model::{Entity, Party};

/// Verbs that give their object a name or a quality.
const LABELS: [&str; 27] = [
    "call",
    "label",
    "brand",
    "dub",
    "describe",
    "portray",
    "paint",
    "depict",
    "characterize",
    "characterise",
    "deem",
    "consider",
    "find",
    "regard",
    "view",
    "see",
    "term",
    "declare",
    "cast",
    "name",
    "pronounce",
    "denounce",
    "dismiss",
    "think",
    "believe",
    "judge",
    "rate",
];

/// "called the pact insanity": against the pact.
pub(super) fn labels(tree: &Tree, found: &mut Found) {
    if tree.scene.asks() {
        return;
    }
    for token in tree.tokens.clone() {
        if tree.upos(token) != Upos::Verb
            || !LABELS.contains(&tree.lemma(token).as_str())
            || tree.conditional(token)
            || tree.negated(token) && !thinks(tree, token)
        {
            continue;
        }
        let passive = tree.passive(token);
        let object = if passive {
            tree.subject(token)
        } else {
            labelled(tree, token)
        };
        let Some(object) = object else { continue };
        let Some((sign, word)) = named(tree, token, object) else {
            continue;
        };
        let holders = if passive {
            tree.agents(token)
        } else {
            tree.subjects(token)
        };
        // "do not find it convincing": not at all.
        let sign = if tree.negated(token) { -sign } else { sign };
        for holder in holders {
            let state = judgement(holder, sign, vec![token..token + 1, word..word + 1], {
                format!("{}+{}", tree.lemma(token), tree.lower(word))
            });
            tree.settle(&state, object, None, found);
        }
    }
}

/// Verbs of opinion, whose denial is the opposite opinion.
fn thinks(tree: &Tree, verb: usize) -> bool {
    matches!(
        tree.lemma(verb).as_str(),
        "find" | "consider" | "see" | "regard" | "view" | "deem" | "believe" | "think"
    )
}

/// What a verb below a stance word calls its object: "an effort to paint Holm as unfit".
pub(super) fn inner(tree: &Tree, verb: usize) -> Option<(i8, usize, usize)> {
    let names = LABELS.contains(&tree.lemma(verb).as_str()) && !tree.passive(verb);
    let object = labelled(tree, verb).filter(|_| names)?;
    let (sign, word) = named(tree, verb, object)?;
    Some((sign, word, object))
}

/// What gets the name: the object, or the first of two nouns that the parser takes for complements.
fn labelled(tree: &Tree, verb: usize) -> Option<usize> {
    let nouns = || {
        let mut nouns = tree.children(verb).iter().copied().filter(|c| {
            *c > verb
                && matches!(
                    tree.relation(*c),
                    Relation::OpenComplement | Relation::Complement | Relation::IndirectObject
                )
                && matches!(tree.upos(*c), Upos::Noun | Upos::Proper)
        });
        let first = nouns.next()?;
        nouns.next().map(|_| first)
    };
    tree.child(verb, Relation::Object).or_else(nouns)
}

/// The word that judges in what something is called, with its sign.
fn named(tree: &Tree, verb: usize, object: usize) -> Option<(i8, usize)> {
    let name = tree.children(verb).iter().copied().find(|c| {
        *c != object
            && *c > verb
            && (matches!(
                tree.relation(*c),
                Relation::OpenComplement | Relation::Complement
            ) || matches!(
                tree.relation(*c),
                Relation::Oblique | Relation::AdverbialClause
            ) && (tree.has(*c, Relation::Case, "as")
                || tree.has(*c, Relation::Mark, "as")))
            && !tree.infinitive(*c)
            && tree.upos(*c) != Upos::Verb
    });
    // "paint Holm as unfit", with "as unfit" hung from the name
    let name = name.or_else(|| {
        tree.children(object).iter().copied().find(|c| {
            *c > object
                && (tree.has(*c, Relation::Case, "as") || tree.has(*c, Relation::Mark, "as"))
        })
    })?;
    let near = tree.children(name).iter().copied().filter(|c| {
        matches!(
            tree.relation(*c),
            Relation::Adjective | Relation::Compound | Relation::Conjunct
        )
    });
    let words: Vec<usize> = std::iter::once(name).chain(near).collect();
    let find = |class: &str| {
        words
            .iter()
            .copied()
            // "held them responsible" praises nobody.
            .find(|t| is_valued(class, tree.lower(*t)) && tree.lower(*t) != "responsible")
    };
    let turned = tree.negated(name) || tree.has(name, Relation::Determiner, "no");
    let (sign, word) = match (find("good"), find("bad").or_else(|| find("harm"))) {
        (Some(word), None) => (1, word),
        (None, Some(word)) => (-1, word),
        _ => return None,
    };
    Some((if turned { -sign } else { sign }, word))
}

/// "anti-Holm activists", "a pro-Holm group": they are against Holm, for Holm.
pub(super) fn prefixes(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        let lower = tree.lower(token);
        let whole = lower.split_once('-').map(|(first, _)| first);
        let parted = tree.tokens.contains(&(token + 2)) && tree.lower(token + 1) == "-";
        let sign = match (lower, whole) {
            ("anti", _) if parted => -1,
            ("pro", _) if parted => 1,
            (_, Some("anti")) => -1,
            (_, Some("pro")) => 1,
            _ => continue,
        };
        let target = if whole.is_some() { token } else { token + 2 };
        let last = target;
        let Some(people) = (last + 1..tree.tokens.end.min(last + 4)).find(|t| {
            let group = tree.upos(*t) == Upos::Noun && is_valued("people", tree.lower(*t));
            let name = || {
                tree.upos(*t) == Upos::Proper
                    && tree
                        .mention(*t)
                        .is_some_and(|m| !m.tokens.contains(&target))
            };
            (group || name())
                && (last..*t).all(|b| {
                    !matches!(
                        tree.upos(b),
                        Upos::Verb | Upos::Punctuation | Upos::Adposition
                    ) || b == last
                })
        }) else {
            continue;
        };
        let name = whole
            .and_then(|_| lower.split_once('-'))
            .map_or_else(|| tree.lower(target), |(_, name)| name);
        let entity = bearer(tree, name);
        for holder in tree.who(people, 0) {
            let rule = format!("{}-", if sign < 0 { "anti" } else { "pro" });
            let state = judgement(holder, sign, vec![token..target + 1], rule);
            match entity {
                Some(entity) => tree.settle_as(&state, token..target + 1, entity, found),
                None if whole.is_none() => {
                    emit(tree.scene, &state, target..target + 1, None, found);
                }
                None => {}
            }
        }
    }
}

/// The one person, group or organisation that a last word names.
fn bearer(tree: &Tree, name: &str) -> Option<EntityId> {
    let named = |e: &&Entity| {
        let last = e.name.rsplit(' ').next().unwrap_or("");
        let held = e.kind != EntityKind::Place || e.rule.contains("country");
        held && last.to_lowercase() == name
    };
    let mut found = tree.layers.entities.iter().filter(named);
    let one = found.next()?;
    found.next().is_none().then_some(one.id)
}

fn judgement(
    holder: Holder,
    sign: i8,
    evidence: Vec<std::ops::Range<usize>>,
    rule: String,
) -> State {
    let editor = holder.party == Party::Editor;
    State {
        holder,
        sign,
        strength: 2,
        evidence,
        rule,
        confidence: if editor { 0.8 } else { 0.82 },
        weak: false,
    }
}
