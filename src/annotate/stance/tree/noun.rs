//! Frames of nouns: "Russia's objections to", "filed a motion to", "their goal is to", "cited it as a
//! reason to".

use super::Tree;
use super::complement::{Complement, fits};
use super::fall::shown;
use super::partisan;
use super::reception::{met, nod, staff};
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::stance::{Class, Entry, Part, readings};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, emit};
use crate::annotate::stance::frame::{CARRIERS, confidence};
use crate::annotate::stance::holder::Holder;

/// Frames of the nouns: "Russia's objections to", "filed a motion to", "their goal is to".
pub(super) fn nouns(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        if !matches!(tree.upos(token), Upos::Noun | Upos::Proper) || tree.conditional(token) {
            continue;
        }
        aim(tree, token, found);
        nod(tree, token, found);
        if tree.wished(token) {
            continue;
        }
        let lemma = tree.lemma(token);
        let entries = readings(Part::Noun, &lemma);
        let people = lemma == "campaign" && staff(tree, token) || partisan::sign(&lemma).is_some();
        // "America's best hope for change": somebody, not a wish.
        let bearer = lemma == "hope"
            && tree.children(token).iter().any(|c| {
                matches!(
                    tree.lower(*c),
                    "best" | "last" | "only" | "great" | "greatest" | "next" | "biggest" | "new"
                )
            });
        if entries.is_empty() || people || bearer {
            continue;
        }
        if met(tree, token, &lemma, entries, found) {
            continue;
        }
        let complements: Vec<Complement> = tree
            .complements(token)
            .into_iter()
            .filter(|c| c.frame != "obj")
            .collect();
        let fit = entries
            .iter()
            .find_map(|e| fits(e, &complements).map(|c| (e, c)));
        let Some((entry, complement)) = fit else {
            concession(tree, token, entries, found);
            continue;
        };
        let carrier = tree.head(token).filter(|h| {
            matches!(tree.relation(token), Relation::Object | Relation::Oblique)
                && CARRIERS.contains(&tree.lemma(*h).as_str())
                && tree.upos(*h) == Upos::Verb
        });
        let mut holders = tree.owners_but(token, complement.token);
        let mut evidence = vec![shown(token, &complement)];
        let mut negated = false;
        // "Holm will lead a Democratic effort": hers as well.
        let party = holders.len() == 1
            && tree
                .children(token)
                .iter()
                .any(|c| tree.is(*c, Relation::Adjective) && tree.mention(*c).is_some());
        if party && let Some(verb) = carrier.filter(|v| !tree.passive(*v) && !tree.negated(*v)) {
            holders.extend(tree.subjects(verb));
        }
        if holders.is_empty()
            && let Some(verb) = carrier
        {
            holders = if tree.passive(verb) {
                tree.agents(verb)
            } else {
                tree.subjects(verb)
            };
            negated = tree.negated(verb);
            evidence.insert(0, verb..verb + 1);
        }
        // "in an attempt to keep it alive"
        let aims = matches!(
            lemma.as_str(),
            "hope" | "aim" | "intention" | "goal" | "intent"
        );
        let means = (["in", "as"]
            .iter()
            .any(|c| tree.has(token, Relation::Case, c))
            || aims && tree.has(token, Relation::Case, "with"))
            && matches!(entry.class, Class::Want | Class::Try)
            && matches!(
                tree.relation(token),
                Relation::Oblique | Relation::NounModifier
            );
        // "released a statement in opposition to it", "spoke in favor of it"
        let stands = entry.class == Class::Judge && tree.has(token, Relation::Case, "in");
        if holders.is_empty() && stands {
            let verb = std::iter::successors(tree.head(token), |t| tree.head(*t))
                .take(3)
                .find(|t| tree.upos(*t) == Upos::Verb);
            holders = verb
                .filter(|v| !tree.passive(*v) && !tree.negated(*v))
                .map_or_else(Vec::new, |v| tree.subjects(v));
        }
        if holders.is_empty()
            && means
            && let Some(verb) = tree.head(token).filter(|h| tree.upos(*h) == Upos::Verb)
        {
            holders = tree.subjects(verb);
        }
        if holders.is_empty() && entry.class == Class::Act {
            continue;
        }
        // "has no plans to": he does not mean to.
        negated ^= tree.has(token, Relation::Determiner, "no");
        negated ^= tree.turned(&complement);
        // "withdrew her support for it": no longer for it.
        if let Some(verb) = withdrawn(tree, token) {
            negated = !negated;
            evidence.insert(0, verb..verb + 1);
            let own = tree.subjects(verb);
            if !own.is_empty() {
                holders = own;
            }
        }
        for holder in holders {
            let state = State {
                holder,
                sign: if negated { -entry.sign } else { entry.sign },
                strength: entry.strength,
                evidence: evidence.clone(),
                rule: lemma.clone(),
                confidence: confidence(entry.class).max(0.8),
                weak: entry.class == Class::Try,
            };
            tree.fall(&state, complement.token, found);
        }
    }
}

/// The verb that takes a stance back: "dropped his opposition to", "cut their support for".
fn withdrawn(tree: &Tree, noun: usize) -> Option<usize> {
    const BACK: [&str; 16] = [
        "withdraw",
        "rescind",
        "drop",
        "end",
        "eliminate",
        "reduce",
        "cut",
        "pull",
        "abandon",
        "retract",
        "revoke",
        "renounce",
        "suspend",
        "reverse",
        "cancel",
        "slash",
    ];
    tree.head(noun).filter(|verb| {
        tree.is(noun, Relation::Object)
            && tree.upos(*verb) == Upos::Verb
            && BACK.contains(&tree.lemma(*verb).as_str())
            && !tree.negated(*verb)
            && !tree.passive(*verb)
            && !tree.infinitive(*verb)
    })
}

/// "Despite Russia's objections, leaders are open to sending troops": against what they do.
fn concession(tree: &Tree, token: usize, entries: &[Entry], found: &mut Found) {
    let against = entries
        .iter()
        .any(|e| e.sign < 0 && e.class == Class::Judge);
    let despite = ["despite", "over", "amid", "notwithstanding"]
        .iter()
        .any(|c| tree.has(token, Relation::Case, c));
    let Some(deed) = tree.head(token).filter(|_| against && despite) else {
        return;
    };
    // "appear open to sending": what they are open to.
    let raised = tree.child(deed, Relation::OpenComplement);
    let object = raised
        .into_iter()
        .chain([deed])
        .flat_map(|p| tree.complements(p))
        .find(|c| {
            c.token != token
                && c.token > deed
                && matches!(
                    c.frame.as_str(),
                    "to" | "inf" | "obj" | "for" | "ing" | "on"
                )
        })
        .map(|c| c.token);
    for holder in tree.owners(token, 0) {
        let state = State {
            holder,
            sign: -1,
            strength: 2,
            evidence: vec![token..token + 1],
            rule: format!("despite+{}", tree.lemma(token)),
            confidence: 0.8,
            weak: false,
        };
        tree.fall(&state, object.unwrap_or(deed), found);
    }
}

/// "Our goal is not to escalate but to start", "his focus remains on ensuring": the owner wants it.
fn aim(tree: &Tree, token: usize, found: &mut Found) {
    const AIMS: [&str; 13] = [
        "goal",
        "aim",
        "focus",
        "priority",
        "objective",
        "wish",
        "hope",
        "intention",
        "purpose",
        "plan",
        "dream",
        "demand",
        "mission",
    ];
    if !AIMS.contains(&tree.lemma(token).as_str()) || !tree.is(token, Relation::Subject) {
        return;
    }
    let Some(predicate) = tree.head(token) else {
        return;
    };
    let holders = tree.owners(token, 0);
    let not = (token..predicate).any(|t| matches!(tree.lower(t), "not" | "n't" | "n’t"));
    let mut deeds = vec![(predicate, not)];
    if matches!(tree.lemma(predicate).as_str(), "remain" | "be" | "stay")
        && tree.upos(predicate) != Upos::Noun
    {
        deeds = tree
            .complements(predicate)
            .into_iter()
            .filter(|c| matches!(c.frame.as_str(), "on" | "inf" | "that"))
            .map(|c| (c.token, false))
            .collect();
    }
    let others: Vec<usize> = tree
        .children(predicate)
        .iter()
        .copied()
        .filter(|c| tree.is(*c, Relation::Conjunct) && tree.child(*c, Relation::Subject).is_none())
        .collect();
    for other in others {
        let turned = tree.has(other, Relation::Conjunction, "but");
        let first = deeds.first().is_some_and(|d| d.1);
        deeds.push((other, tree.negated(other) || first && !turned));
    }
    deeds.retain(|(deed, _)| {
        tree.infinitive(*deed) || tree.gerund(*deed) || tree.upos(*deed) == Upos::Noun
    });
    for holder in holders {
        for (deed, negated) in &deeds {
            let state = State {
                holder: holder.clone(),
                sign: if *negated { -1 } else { 1 },
                strength: 2,
                evidence: vec![token..token + 1, *deed..*deed + 1],
                rule: format!("{}+is", tree.lemma(token)),
                confidence: 0.82,
                weak: false,
            };
            tree.fall_alone(&state, *deed, found);
        }
    }
}

/// "cited the election as a reason to speed the release": for the release.
pub(super) fn reasons(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        if !matches!(
            tree.lower(token),
            "reason" | "reasons" | "grounds" | "justification"
        ) {
            continue;
        }
        let Some(verb) = tree.head(token).filter(|v| {
            matches!(
                tree.lemma(*v).as_str(),
                "cite" | "give" | "see" | "use" | "invoke"
            )
        }) else {
            continue;
        };
        let Some(deed) = tree
            .complements(token)
            .into_iter()
            .find(|c| c.frame == "inf")
        else {
            continue;
        };
        for holder in tree.subjects(verb) {
            let state = State {
                holder,
                sign: if tree.negated(verb) { -1 } else { 1 },
                strength: 2,
                evidence: vec![verb..verb + 1, token..token + 1],
                rule: "cite+reason".to_owned(),
                confidence: 0.8,
                weak: false,
            };
            tree.fall(&state, deed.token, found);
        }
    }
}

impl Tree<'_> {
    /// Whether a noun stands under "must" or "should": that somebody is to refuse says not that they do.
    fn wished(&self, noun: usize) -> bool {
        let mut at = noun;
        for _ in 0..5 {
            let Some(head) = self.head(at) else {
                return false;
            };
            if self
                .auxiliaries(head)
                .any(|a| matches!(a, "must" | "should"))
            {
                return true;
            }
            if !matches!(
                self.relation(at),
                Relation::Object | Relation::Conjunct | Relation::NounModifier | Relation::Oblique
            ) {
                return false;
            }
            at = head;
        }
        false
    }

    /// The owners of a noun, but for its complement.
    fn owners_but(&self, noun: usize, complement: usize) -> Vec<Holder> {
        let inside = self.phrase(complement);
        let mut out = self.owners_without(noun, 0, Some(complement));
        out.retain(|h| {
            h.tokens
                .as_ref()
                .is_none_or(|t| t.end <= inside.start || t.start >= inside.end)
        });
        out
    }

    /// As `fall`, without what is coordinated with the deed.
    fn fall_alone(&self, state: &State, token: usize, found: &mut Found) {
        let complements = self.complements(token);
        let lemma = self.lemma(token);
        let light = complements
            .iter()
            .find(|c| c.frame == "inf" || c.frame == "ing")
            .filter(|_| matches!(lemma.as_str(), "start" | "begin" | "keep" | "continue"));
        if let Some(deed) = light {
            self.fall(state, deed.token, found);
            return;
        }
        let mut end = self.phrase(token).end.max(token + 1);
        // Where the parser hung its object elsewhere: the noun phrase that follows.
        if end == token + 1 {
            let noun = (end..self.tokens.end.min(end + 6))
                .find(|t| matches!(self.upos(*t), Upos::Noun | Upos::Proper));
            let phrase = noun.map(|n| self.phrase(n));
            if let Some(phrase) = phrase.filter(|p| p.start <= end + 1) {
                end = phrase.end;
            }
        }
        emit(self.scene, state, token..end, None, found);
    }
}
