//! What a quoted speaker asks of those who hear it: "Vote for the bill", "don't trust them", "why
//! would anyone trust them?".

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, emit};
use crate::model::{Party, QuoteKind};

/// Verbs in the imperative that ask for nothing: "look", "take the harbour", "imagine".
const IDLE: [&str; 40] = [
    "look", "take", "let", "imagine", "think", "remember", "consider", "see", "say", "tell", "ask",
    "listen", "wait", "guess", "suppose", "note", "notice", "mind", "forget", "excuse", "thank",
    "be", "have", "do", "get", "go", "come", "know", "believe", "worry", "make", "give", "hold",
    "watch", "read", "check", "keep", "put", "try", "mark",
];

/// Frames of the imperatives of a quoted sentence.
pub(super) fn appeals(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        if tree.scene.asks() || !imperative(tree, token) {
            continue;
        }
        let denied = tree.negated(token);
        let lemma = tree.lemma(token);
        let idle = IDLE.contains(&lemma.as_str());
        let object = tree.complements(token).iter().any(|c| c.frame == "obj");
        let hearer = tree
            .child(token, Relation::Object)
            .is_some_and(|o| tree.upos(o) == Upos::Pronoun && lemma != "join");
        if idle || hearer || !denied && !object && lemma != "vote" && lemma != "stop" {
            continue;
        }
        let Some(holder) = tree.speaker(token).filter(|h| h.party != Party::Editor) else {
            continue;
        };
        let state = State {
            holder,
            sign: if denied { -1 } else { 1 },
            strength: 3,
            evidence: vec![token..token + 1],
            rule: "say∘imperative".to_owned(),
            confidence: 0.8,
            weak: false,
        };
        // "join me in supporting her"
        let joined = tree
            .complements(token)
            .into_iter()
            .find(|c| lemma == "join" && c.frame == "in");
        if let Some(deed) = joined.filter(|d| tree.gerund(d.token)) {
            tree.fall(&state, deed.token, found);
        } else if object || lemma == "vote" || lemma == "stop" {
            tree.fall(&state, token, found);
        } else {
            let end = tree.phrase(token).end.max(token + 1);
            emit(tree.scene, &state, token..end, None, found);
        }
    }
}

/// A verb in its base form without a subject, at the head of a directly quoted clause.
fn imperative(tree: &Tree, token: usize) -> bool {
    let first = (tree.tokens.start..token).rfind(|t| {
        !matches!(
            tree.lower(*t),
            "please" | "just" | "so" | "and" | "but" | "then"
        ) && !matches!(tree.relation(*t), Relation::Auxiliary | Relation::Adverb)
            && !matches!(tree.upos(*t), Upos::Particle)
    });
    let opens = first.is_none_or(|t| tree.upos(t) == Upos::Punctuation);
    let quoted = tree
        .scene
        .around(token)
        .first()
        .is_some_and(|q| q.kind == QuoteKind::Direct);
    opens
        && quoted
        && tree.upos(token) == Upos::Verb
        && matches!(
            tree.relation(token),
            Relation::Root | Relation::Parataxis | Relation::Complement
        )
        && tree.lower(token) == tree.lemma(token)
        && tree.subject(token).is_none()
        && tree.child(token, Relation::Copula).is_none()
        && tree.auxiliaries(token).all(|a| matches!(a, "do" | "don't"))
        && !tree.infinitive(token)
}

/// "Why would anyone align with them?", "how can we trust her?": against what is asked.
pub(super) fn rhetorical(tree: &Tree, found: &mut Found) {
    let Some(last) = tree.tokens.clone().rev().find(|t| tree.lower(*t) == "?") else {
        return;
    };
    for token in tree.tokens.start..last {
        let asks = match tree.lower(token) {
            "why" => ["would", "should", "must"].as_slice(),
            "how" => ["can", "could", "dare"].as_slice(),
            _ => continue,
        };
        let modal = token + 1;
        if !tree.tokens.contains(&modal) || !asks.contains(&tree.lower(modal)) {
            continue;
        }
        let Some(verb) = tree
            .head(token)
            .filter(|v| *v > modal && tree.upos(*v) == Upos::Verb && tree.subject(*v).is_some())
        else {
            continue;
        };
        // "How can you say that" asks; "how can anyone trust" does not.
        let somebody = tree
            .subject(verb)
            .is_some_and(|s| !matches!(tree.lower(s), "you" | "i" | "it"));
        let Some(holder) = tree.speaker(token).filter(|_| somebody) else {
            continue;
        };
        let state = State {
            holder,
            sign: if tree.negated(verb) { 1 } else { -1 },
            strength: 2,
            evidence: vec![token..modal + 1],
            rule: format!("ask∘{}", tree.lower(token)),
            confidence: 0.8,
            weak: false,
        };
        tree.fall(&state, verb, found);
    }
}
