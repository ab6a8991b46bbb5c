//! How things are received: "drew criticism from farmers", "faces opposition from the union"; and
//! nouns of deeds that only name the people who do them: "the Holm campaign".

use super::Tree;
use crate::annotate::encoder::Relation;
use crate::annotate::layers::Placed;
use crate::annotate::lexicon::stance::{Class, Entry};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::State;
use crate::annotate::stance::holder;

/// Verbs whose object is what others think of the subject.
pub(super) const MEETS: [&str; 26] = [
    "face",
    "draw",
    "provoke",
    "prompt",
    "spark",
    "attract",
    "endure",
    "weather",
    "receive",
    "win",
    "earn",
    "get",
    "encounter",
    "trigger",
    "elicit",
    "generate",
    "meet",
    "garner",
    "bring",
    "arouse",
    "have",
    "enjoy",
    "gain",
    "secure",
    "claim",
    "command",
];

/// "the Holm campaign": the people who run it, not what they do.
pub(super) fn staff(tree: &Tree, token: usize) -> bool {
    tree.children(token)
        .iter()
        .any(|c| tree.is(*c, Relation::Compound) && tree.mention(*c).is_some())
}

/// "The plan drew criticism from farmers", "faces opposition from the union": theirs, against the
/// subject.
pub(super) fn met(
    tree: &Tree,
    token: usize,
    lemma: &str,
    entries: &[Entry],
    found: &mut Found,
) -> bool {
    let Some(entry) = entries.iter().find(|e| e.class == Class::Judge) else {
        return false;
    };
    let Some(verb) = tree.head(token).filter(|v| {
        tree.is(token, Relation::Object)
            && MEETS.contains(&tree.lemma(*v).as_str())
            && !tree.passive(*v)
            // "has the backing of farmers", but "has criticism of the plan"
            && (entry.sign > 0 || tree.lemma(*v) != "have")
    }) else {
        return false;
    };
    let from = tree.children(token).iter().chain(tree.children(verb));
    let from = from.copied().find(|c| {
        *c > token
            && (tree.has(*c, Relation::Case, "from") || tree.has(*c, Relation::Case, "of"))
            && tree.mention(*c).is_some_and(|m| holds(tree, &m))
            || *c > token && tree.has(*c, Relation::Case, "from")
    });
    let Some(from) = from else { return false };
    if tree.negated(verb) {
        return true;
    }
    for target in tree.subject_tokens(verb, 0) {
        for holder in tree
            .with_conjuncts(from)
            .into_iter()
            .flat_map(|t| tree.who(t, 0))
        {
            let state = State {
                holder,
                sign: entry.sign,
                strength: entry.strength,
                evidence: vec![verb..verb + 1, token..token + 1],
                rule: format!("{}+{lemma}", tree.lemma(verb)),
                confidence: 0.82,
                weak: false,
            };
            tree.settle(&state, target, None, found);
        }
    }
    true
}

/// "gave Holm the nod", "threw its weight behind the plan": for them.
pub(super) fn nod(tree: &Tree, token: usize, found: &mut Found) {
    const GIVEN: [&str; 14] = [
        "nod",
        "endorsement",
        "backing",
        "support",
        "blessing",
        "thumbs-up",
        "vote",
        "approval",
        "seal",
        "credit",
        "applause",
        "ovation",
        "welcome",
        "embrace",
    ];
    let thing = tree.lower(token);
    let Some(verb) = tree
        .head(token)
        .filter(|_| tree.is(token, Relation::Object))
    else {
        return;
    };
    let behind = matches!(
        thing,
        "weight" | "support" | "influence" | "backing" | "clout"
    );
    let target = match tree.lemma(verb).as_str() {
        "give" | "offer" | "grant" if GIVEN.contains(&thing) => {
            tree.child(verb, Relation::IndirectObject)
        }
        "throw" | "put" | "lend" if behind => tree
            .children(verb)
            .iter()
            .chain(tree.children(token))
            .copied()
            .find(|c| tree.has(*c, Relation::Case, "behind") || tree.has(*c, Relation::Case, "to")),
        _ => None,
    };
    let Some(target) = target.filter(|_| !tree.passive(verb) && !tree.conditional(verb)) else {
        return;
    };
    let unsure = tree
        .auxiliaries(verb)
        .any(|a| matches!(a, "may" | "might" | "could" | "would"));
    if unsure || tree.infinitive(verb) {
        return;
    }
    for holder in tree.subjects(verb) {
        let state = State {
            holder,
            sign: if tree.negated(verb) { -1 } else { 1 },
            strength: 2,
            evidence: vec![verb..verb + 1, token..token + 1],
            rule: format!("{}+{thing}", tree.lemma(verb)),
            confidence: 0.82,
            weak: false,
        };
        tree.settle(&state, target, None, found);
    }
}

fn holds(tree: &Tree, mention: &Placed) -> bool {
    holder::can_hold(tree.scene, mention)
}
