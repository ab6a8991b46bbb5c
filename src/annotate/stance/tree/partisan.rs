//! Nouns for people who take sides: "Ann Lee, a Holm supporter", "critics of the plan", "opponents of
//! the bill". Who they are holds the stance, not who the noun belongs to.

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::State;
use crate::annotate::stance::holder::Holder;
use crate::model::MentionForm;

/// Whether people of this name are for (1) or against (-1) what they are named after.
pub(super) fn sign(lemma: &str) -> Option<i8> {
    match lemma {
        "supporter" | "backer" | "proponent" | "advocate" | "defender" | "admirer" | "fan"
        | "booster" | "cheerleader" | "devotee" | "enthusiast" | "believer" => Some(1),
        "opponent" | "critic" | "detractor" | "foe" | "skeptic" | "sceptic" | "enemy" | "hater" => {
            Some(-1)
        }
        _ => None,
    }
}

/// Frames of the partisans of a sentence.
pub(super) fn partisans(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        if tree.upos(token) != Upos::Noun || tree.conditional(token) || tree.denies(token) {
            continue;
        }
        let lemma = tree.lemma(token);
        let Some(sign) = sign(&lemma) else { continue };
        let Some(target) = target(tree, token) else {
            continue;
        };
        let negated = tree.child(token, Relation::Copula).is_some() && tree.negated(token);
        for holder in holders(tree, token) {
            let state = State {
                holder,
                sign: if negated { -sign } else { sign },
                strength: 2,
                evidence: vec![token..token + 1],
                rule: lemma.clone(),
                confidence: 0.82,
                weak: false,
            };
            tree.settle(&state, target, None, found);
        }
    }
}

/// What they are partisans of: "a **Holm** supporter", "critics of the **plan**", "**Holm's** critics".
fn target(tree: &Tree, token: usize) -> Option<usize> {
    tree.children(token).iter().copied().find(|c| {
        if !matches!(tree.upos(*c), Upos::Noun | Upos::Proper) {
            return false;
        }
        let case = tree.child(*c, Relation::Case).map_or("", |m| tree.lower(m));
        match tree.relation(*c) {
            Relation::Compound => *c < token,
            Relation::NounModifier => {
                matches!(case, "of" | "for") && *c > token
                    || case == "in" && tree.lemma(token) == "believer"
                    || matches!(case, "'s" | "’s" | "'" | "’") && *c < token
            }
            _ => false,
        }
    })
}

/// Who they are: a name beside them, whoever is said to be one, or the group itself.
fn holders(tree: &Tree, token: usize) -> Vec<Holder> {
    if tree.child(token, Relation::Copula).is_some() {
        return tree.subjects(token);
    }
    let named = tree
        .mention(token)
        .is_some_and(|m| m.form == MentionForm::Name && !inside(tree, token, m.tokens.start));
    if named {
        return tree.who(token, 0);
    }
    // "critics of the plan" say something; that "Holm supporters" are for Holm says nothing.
    let plural = tree.lower(token).ends_with('s');
    let after = target(tree, token).is_some_and(|t| t > token && tree.mention(t).is_none());
    if plural && after && tree.is(token, Relation::Subject) {
        return tree.group(token).into_iter().collect();
    }
    Vec::new()
}

/// Whether a name is only what the people are named after: "Holm supporters".
fn inside(tree: &Tree, token: usize, name: usize) -> bool {
    target(tree, token).is_some_and(|t| tree.under(name, t))
}
