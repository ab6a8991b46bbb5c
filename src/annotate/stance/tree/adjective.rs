//! Frames of adjectives and of prepositions that take a side: "are pleased with", "is against".

use super::Tree;
use super::complement::fits;
use super::fall::shown;
use super::predicate::{RAISED, negated_chain};
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::stance::{Class, Part, readings};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::State;
use crate::annotate::stance::frame::confidence;

/// Frames of the adjectives: "is firm against", "appear open to", "are pleased with".
pub(super) fn adjectives(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        if tree.conditional(token) || tree.scene.asks() {
            continue;
        }
        side(tree, token, found);
        if !matches!(
            tree.upos(token),
            Upos::Adjective | Upos::Verb | Upos::Adverb | Upos::Adposition
        ) {
            continue;
        }
        let entries = readings(Part::Adjective, tree.lower(token));
        if tree.upos(token) == Upos::Verb
            && (tree.infinitive(token)
                || tree.child(token, Relation::Object).is_some()
                // "as she prepared to speak"
                || tree.subject(token).is_some() && !tree.passive(token)
                    && tree.child(token, Relation::Copula).is_none())
        {
            continue;
        }
        let predicative = tree.child(token, Relation::Copula).is_some()
            || tree.passive(token)
            || matches!(
                tree.relation(token),
                Relation::OpenComplement
                    | Relation::AdverbialClause
                    | Relation::NounClause
                    | Relation::Conjunct
            );
        if entries.is_empty() || !predicative {
            continue;
        }
        let mut complements = tree.complements(token);
        complements.retain(|c| !(c.frame == "obj" && tree.passive(token)));
        if tree.is(token, Relation::OpenComplement)
            && let Some(head) = tree.head(token)
        {
            complements.extend(
                tree.complements(head)
                    .into_iter()
                    .filter(|c| c.token > token),
            );
        }
        let fit = entries
            .iter()
            .find_map(|e| fits(e, &complements).map(|c| (e, c)));
        let Some((entry, complement)) = fit else {
            continue;
        };
        let raised = RAISED.contains(&tree.lower(token));
        let less = tree.has(token, Relation::Adverb, "less");
        if less && entry.sign < 0 {
            continue;
        }
        let negated = negated_chain(tree, token) ^ less;
        let hedged = tree.head(token).is_some_and(|h| {
            tree.is(token, Relation::OpenComplement)
                && matches!(tree.lemma(h).as_str(), "appear" | "seem")
        }) || tree
            .auxiliaries(token)
            .any(|a| matches!(a, "may" | "might" | "could"));
        let subjects = if tree.passive(token) {
            tree.subject(token)
                .map_or_else(|| tree.subjects(token), |s| tree.who(s, 0))
        } else {
            tree.subjects(token)
        };
        for holder in subjects {
            let state = State {
                holder,
                sign: if negated ^ tree.turned(&complement) {
                    -entry.sign
                } else {
                    entry.sign
                },
                strength: if hedged { 1 } else { entry.strength },
                evidence: vec![shown(token, &complement)],
                rule: format!("be+{}", tree.lower(token)),
                confidence: if raised {
                    0.8
                } else {
                    confidence(entry.class).max(0.8)
                },
                weak: entry.class == Class::Try,
            };
            tree.fall(&state, complement.token, found);
        }
    }
}

/// "is against the embargo", "are for it", "stands behind her": the preposition takes the side.
fn side(tree: &Tree, token: usize, found: &mut Found) {
    let copula =
        tree.child(token, Relation::Copula).is_some() || tree.is(token, Relation::OpenComplement);
    let case = tree
        .child(token, Relation::Case)
        .filter(|c| matches!(tree.lower(*c), "against" | "behind"));
    // "is for the plan", said of people
    let pro = tree.child(token, Relation::Case).filter(|c| {
        tree.lower(*c) == "for"
            && tree.child(token, Relation::Copula).is_some_and(|k| k < *c)
            && !matches!(
                tree.lower(token),
                "real" | "sure" | "good" | "now" | "life" | "sale" | "everyone" | "everybody"
            )
    });
    let case = case.filter(|_| copula || firm(tree, token)).or(pro);
    if let Some(case) = case {
        let sign = if tree.lower(case) == "against" { -1 } else { 1 };
        let subject = if copula {
            token
        } else {
            tree.head(token).unwrap_or(token)
        };
        for holder in tree.subjects(subject) {
            let state = State {
                holder,
                sign: if negated_chain(tree, subject) {
                    -sign
                } else {
                    sign
                },
                strength: 2,
                evidence: vec![case..case + 1],
                rule: format!("be+{}", tree.lower(case)),
                confidence: 0.82,
                weak: false,
            };
            tree.fall(&state, token, found);
        }
    }
}

/// "remains firm against": an adjective that only says how strongly.
fn firm(tree: &Tree, token: usize) -> bool {
    tree.head(token).is_some_and(|h| {
        matches!(
            tree.lower(h),
            "firm" | "united" | "adamant" | "strongly" | "out" | "unanimous" | "dead"
        )
    })
}
