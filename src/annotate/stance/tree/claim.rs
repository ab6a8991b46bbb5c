//! What a speaker claims. The speaker is whoever the verb of saying has as its subject, whoever is
//! quoted, or the editor in a comment. This file finds claims and who answers for them; what they
//! are for or against is told by `judgement` and `effect`.

use super::Tree;
use super::effect::{consequence, demand, effect, will};
use super::judgement::{cleft, idiom, judged, no_reason, not_for, unequalled};
use super::reception::MEETS;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::words::{CueClass, cue_class};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::State;
use crate::annotate::stance::holder::Holder;
use crate::model::{Party, Polarity};

/// Verbs of thinking and saying whose clause is the subject's own claim.
const HOLDS: [&str; 24] = [
    "say",
    "think",
    "believe",
    "argue",
    "contend",
    "assert",
    "insist",
    "maintain",
    "feel",
    "agree",
    "add",
    "warn",
    "note",
    "write",
    "tell",
    "claim",
    "declare",
    "state",
    "conclude",
    "stress",
    "rule",
    "suggest",
    "complain",
    "acknowledge",
];

/// Nouns whose clause is the claim of whoever they belong to.
const CLAIMS: [&str; 28] = [
    "claim",
    "argument",
    "case",
    "conclusion",
    "view",
    "belief",
    "statement",
    "contention",
    "assertion",
    "opinion",
    "ruling",
    "finding",
    "point",
    "idea",
    "conviction",
    "position",
    "attack",
    "accusation",
    "allegation",
    "charge",
    "criticism",
    "complaint",
    "warning",
    "insistence",
    "message",
    "suggestion",
    "admission",
    "verdict",
];

/// Frames of the claims of a sentence.
pub(super) fn claims(tree: &Tree, found: &mut Found) {
    if tree.scene.asks() {
        return;
    }
    not_for(tree, found);
    unequalled(tree, found);
    for token in tree.tokens.clone() {
        if !clause(tree, token) || tree.conditional(token) {
            continue;
        }
        let (holders, denied) = speakers(tree, token);
        let first = found.frames.len();
        for holder in holders {
            let editor = holder.party == Party::Editor;
            let state = State {
                holder,
                sign: 1,
                strength: 2,
                evidence: vec![token..token + 1],
                rule: String::new(),
                confidence: 0.8,
                weak: false,
            };
            if idiom(tree, &state, token, found)
                || no_reason(tree, &state, token, found)
                || cleft(tree, token, found)
                || judged(tree, &state, token, found)
                || demand(tree, &state, token, editor, found)
                || consequence(tree, &state, token, found)
                || effect(tree, &state, token, found)
            {
                continue;
            }
            will(tree, &state, token, found);
        }
        if denied {
            for frame in &mut found.frames[first..] {
                frame.polarity = match frame.polarity {
                    Polarity::For => Polarity::Against,
                    Polarity::Against => Polarity::For,
                    Polarity::Conditional => Polarity::Conditional,
                };
            }
        }
    }
}

/// Whether the token is the head of a clause that somebody can claim.
fn clause(tree: &Tree, token: usize) -> bool {
    let predicate = tree.subject(token).is_some()
        || ought(tree, token).is_some()
        || tree.child(token, Relation::ClauseSubject).is_some()
        || tree.child(token, Relation::Expletive).is_some()
        || tree.child(token, Relation::Copula).is_some()
        || tree.is(token, Relation::Conjunct) && tree.upos(token) == Upos::Verb;
    // "not sure why they have to": asked, not claimed.
    let asked = tree
        .children(token)
        .iter()
        .any(|c| *c < token && matches!(tree.lower(*c), "why" | "how" | "whether"));
    let asserted = match tree.relation(token) {
        Relation::Complement => !asked,
        Relation::Root | Relation::Parataxis => true,
        Relation::Conjunct => tree.head(token).is_some_and(|h| clause(tree, h)),
        // "because", "since": what is given as a reason is claimed.
        Relation::NounClause => tree.has(token, Relation::Mark, "that"),
        Relation::AdverbialClause => {
            tree.has(token, Relation::Mark, "because") || tree.has(token, Relation::Mark, "since")
        }
        _ => false,
    };
    predicate && asserted
}

/// The "ought" before "to outweigh", which the parser may hang anywhere.
pub(super) fn ought(tree: &Tree, token: usize) -> Option<usize> {
    token
        .checked_sub(2)
        .filter(|t| tree.tokens.contains(t) && tree.lower(*t) == "ought" && tree.infinitive(token))
}

/// Who claims it: the subject of the verb of saying above it, the quoted speaker, or the editor.
pub(super) fn speakers(tree: &Tree, token: usize) -> (Vec<Holder>, bool) {
    let mut at = token;
    let mut denied = false;
    for _ in 0..4 {
        let Some(head) = tree.head(at) else { break };
        if tree.is(at, Relation::Complement) || tree.is(at, Relation::Parataxis) {
            let lemma = tree.lemma(head);
            let says = HOLDS.contains(&lemma.as_str())
                || cue_class(&lemma)
                    .is_some_and(|c| c != CueClass::Manner && c != CueClass::Wanting);
            if says {
                let own = tree
                    .subject(head)
                    .is_some_and(|s| matches!(tree.lower(s), "i" | "we"));
                denied = tree.negated(head);
                // "did not say that" denies nothing; "I don't think that" does.
                if denied && !own {
                    return (Vec::new(), false);
                }
                // "was warned by Holm that": Holm says it; who was told says nothing.
                if tree.passive(head) && tree.child(head, Relation::Object).is_none() {
                    return (tree.agents(head), denied);
                }
                let found = tree.subjects(head);
                if !found.is_empty() || tree.scene.around(token).is_empty() {
                    return (found, denied);
                }
                break;
            }
        }
        // "will make the case to members that it is sound"
        let case = tree.is(at, Relation::Complement)
            && tree.lemma(head) == "make"
            && tree
                .child(head, Relation::Object)
                .is_some_and(|o| CLAIMS.contains(&tree.lemma(o).as_str()));
        if case {
            return (tree.subjects(head), denied);
        }
        // the same, with the clause hung from whatever stands before it
        if tree.is(at, Relation::NounClause) && tree.has(at, Relation::Mark, "that") {
            let made = (tree.tokens.start..at).rev().find_map(|t| {
                let verb = tree.head(t).filter(|v| tree.lemma(*v) == "make")?;
                (tree.lower(t) == "case" && tree.is(t, Relation::Object)).then_some(verb)
            });
            if let Some(verb) = made {
                return (tree.subjects(verb), denied);
            }
        }
        // "Nervo's conclusion that judges should not", "made the case that the bill is bad"
        if tree.is(at, Relation::NounClause)
            && tree.has(at, Relation::Mark, "that")
            && CLAIMS.contains(&tree.lemma(head).as_str())
        {
            let owners = tree.owners(head, 0);
            if !owners.is_empty() {
                return (owners, denied);
            }
            if let Some(verb) = tree.head(head).filter(|_| tree.is(head, Relation::Object)) {
                // "faced criticism from rivals that": theirs.
                if MEETS.contains(&tree.lemma(verb).as_str()) && tree.lemma(verb) != "have" {
                    let from = tree.children(head).iter().chain(tree.children(verb));
                    let from = from.copied().find(|c| tree.has(*c, Relation::Case, "from"));
                    return (from.map_or_else(Vec::new, |f| tree.who(f, 0)), denied);
                }
                return (tree.subjects(verb), denied);
            }
        }
        if !matches!(
            tree.relation(at),
            Relation::Conjunct
                | Relation::Complement
                | Relation::Parataxis
                | Relation::AdverbialClause
        ) {
            break;
        }
        at = head;
    }
    (tree.speaker(token).into_iter().collect(), denied)
}
