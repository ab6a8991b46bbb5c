//! Frames that start from a stance verb with a holder of its own.

use super::Tree;
use super::claim::speakers;
use super::complement::{Complement, fits};
use super::fall::shown;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::stance::{Class, Entry, Part, readings};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, emit};
use crate::annotate::stance::frame::{DEEDS, confidence, neutral};
use crate::annotate::stance::holder::Holder;
use crate::model::{Party, Polarity};

/// Verbs that lift the subject of what hangs from them: "appears set to veto".
const RAISING: [&str; 16] = [
    "appear", "seem", "remain", "stay", "continue", "be", "go", "tend", "look", "feel", "sound",
    "become", "get", "keep", "begin", "start",
];

/// Adjectives that do the same: "is about to", "is likely to".
pub(super) const RAISED: [&str; 8] = [
    "set", "about", "likely", "certain", "poised", "sure", "bound", "due",
];

/// Verbs of dislike whose denial is consent.
const CONSENTS: [&str; 10] = [
    "oppose", "object", "mind", "doubt", "reject", "dispute", "question", "disagree", "regret",
    "resist",
];

/// Frames of the verbs.
pub(super) fn verbs(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        if tree.upos(token) != Upos::Verb
            || tree.conditional(token)
            || tree.scene.asks()
            || governed(tree, token)
            || undone(tree, token)
            // "they should back it": what the speaker wants, not what they do
            || tree
                .auxiliaries(token)
                .any(|a| matches!(a, "must" | "should" | "ought"))
                && tree
                    .subject(token)
                    .is_none_or(|s| !matches!(tree.lower(s), "i" | "we"))
            // "had they nominated him"
            || turned_round(tree, token)
            // "the votes needed to win"
            || tree.lemma(token) == "need"
                && tree.is(token, Relation::NounClause)
                && tree.subject(token).is_none()
            // "pledged delegates"
            || tree.is(token, Relation::Adjective)
        {
            continue;
        }
        if tree.scene.comment && tree.gerund(token) && tree.auxiliaries(token).next().is_none() {
            continue;
        }
        let lemma = tree.lemma(token);
        let entries = readings(Part::Verb, &lemma);
        if entries.is_empty() {
            continue;
        }
        let complements = tree.complements(token);
        let passive = tree.passive(token);
        for entry in entries {
            let Some(complement) = fits(entry, &complements) else {
                continue;
            };
            let complement = meant(tree, token, &lemma, complement);
            if entry.class == Class::Act
                && !(DEEDS.contains(&lemma.as_str())
                    || passive && entry.strength > 1
                    || bans(tree, complement.token)
                    || disallows(tree, token))
            {
                continue;
            }
            let cannot = passive
                && tree
                    .auxiliaries(token)
                    .any(|a| matches!(a, "can" | "could"))
                && tree.negated(token)
                || passive && tree.auxiliaries(token).any(|a| a == "cannot");
            let holders = if cannot && tree.agents(token).is_empty() {
                // "cannot be trusted": by the speaker.
                speakers(tree, token).0
            } else if passive {
                tree.agents(token)
            } else if lemma == "need" || nobody(tree, token) {
                tree.speaker(token).into_iter().collect()
            } else {
                tree.subjects(token)
            };
            for holder in holders {
                verb(tree, token, &lemma, entry, &complement, holder, found);
            }
            break;
        }
    }
}

/// What a verb with an object is about where that is something else: "blamed the fire on the owner",
/// "wanted all strangers deported".
fn meant(tree: &Tree, verb: usize, lemma: &str, complement: Complement) -> Complement {
    if complement.frame != "obj" {
        return complement;
    }
    let object = complement.token;
    let near = tree.children(object).iter().chain(tree.children(verb));
    let mut near = near.copied().filter(|c| *c > object);
    let other = match lemma {
        "blame" => near.find(|c| tree.has(*c, Relation::Case, "on")),
        "want" | "need" => near.find(|c| {
            tree.upos(*c) == Upos::Verb
                && matches!(
                    tree.relation(*c),
                    Relation::OpenComplement | Relation::NounClause
                )
                && tree.lower(*c).ends_with("ed")
                && tree.subject(*c).is_none()
        }),
        _ => None,
    };
    other.map_or_else(
        || complement.clone(),
        |token| Complement {
            token,
            ..complement.clone()
        },
    )
}

/// Whether a noun is that of a ban, a tax or the like: to lift it or to impose it shows a will.
fn bans(tree: &Tree, noun: usize) -> bool {
    tree.upos(noun) == Upos::Noun
        && readings(Part::Noun, &tree.lemma(noun))
            .iter()
            .any(|e| e.class == Class::Act && e.sign < 0)
}

/// "we do not allow", "they will not tolerate": what is not allowed is not wanted.
fn disallows(tree: &Tree, verb: usize) -> bool {
    matches!(tree.lemma(verb).as_str(), "allow" | "permit" | "accept")
        && tree.negated(verb)
        && tree.auxiliaries(verb).any(|a| {
            matches!(
                a,
                "do" | "does" | "will" | "wo" | "won't" | "cannot" | "can" | "ca"
            )
        })
}

/// "Had they chosen him": a condition.
fn turned_round(tree: &Tree, verb: usize) -> bool {
    tree.subject(verb).is_some_and(|s| {
        tree.children(verb).iter().any(|c| {
            *c < tree.left(s)
                && tree.is(*c, Relation::Auxiliary)
                && matches!(tree.lower(*c), "had" | "were" | "should")
        })
    })
}

/// "nobody wants": what the speaker says of everybody.
fn nobody(tree: &Tree, token: usize) -> bool {
    tree.subject(token)
        .is_some_and(|s| matches!(tree.lower(s), "nobody" | "none" | "no-one"))
}

/// "refrained from endorsing": the verb around it says that it was not done.
pub(super) fn undone(tree: &Tree, token: usize) -> bool {
    tree.head(token).is_some_and(|h| {
        tree.gerund(token)
            && matches!(
                tree.lemma(h).as_str(),
                "refrain" | "abstain" | "avoid" | "shy" | "stop" | "consider" | "without"
            )
            || unseen(tree, token, h)
    })
}

/// "showed no sign that he was planning to": nothing says that it is so.
fn unseen(tree: &Tree, token: usize, sign: usize) -> bool {
    let clause = matches!(
        tree.relation(token),
        Relation::NounClause | Relation::Complement
    );
    let sign_of = matches!(
        tree.lemma(sign).as_str(),
        "sign" | "indication" | "hint" | "evidence" | "suggestion" | "proof" | "guarantee"
    );
    let verb = tree.head(sign);
    clause
        && sign_of
        && (tree.has(sign, Relation::Determiner, "no") || verb.is_some_and(|v| tree.negated(v)))
}

/// Whether another stance word answers for the verb: it is what that one wants or tries.
fn governed(tree: &Tree, token: usize) -> bool {
    let Some(head) = tree.head(token) else {
        return false;
    };
    match tree.relation(token) {
        Relation::OpenComplement => {
            let lemma = tree.lemma(head);
            !(RAISING.contains(&lemma.as_str()) || RAISED.contains(&lemma.as_str()))
        }
        Relation::AdverbialClause => {
            // "walked out to demand money": the purpose of a deed is a wish; that of a stance is its target.
            let lemma = tree.lemma(head);
            let free = tree.upos(head) == Upos::Verb
                && !readings(Part::Verb, &lemma)
                    .iter()
                    .any(|e| e.takes("inf") || e.takes("objinf"));
            // "decided against recommending it"
            let taken = tree.gerund(token)
                && readings(Part::Verb, &lemma)
                    .iter()
                    .any(|e| e.frames.iter().any(|f| tree.has(token, Relation::Mark, f)));
            tree.infinitive(token) && !free || taken
        }
        Relation::NounClause if tree.ranked(head) => false,
        Relation::NounClause | Relation::Complement => tree.infinitive(token),
        Relation::Conjunct => tree.subject(token).is_none() && governed(tree, head),
        _ => false,
    }
}

fn verb(
    tree: &Tree,
    token: usize,
    lemma: &str,
    entry: &Entry,
    complement: &Complement,
    holder: Holder,
    found: &mut Found,
) {
    let negated = negated_chain(tree, token);
    // "will not sign it": refused.
    let refuses = entry.class == Class::Act
        && entry.sign > 0
        && tree
            .auxiliaries(token)
            .any(|a| matches!(a, "will" | "wo" | "won't" | "won’t"))
        || disallows(tree, token);
    if negated && !refuses && matches!(entry.class, Class::Act | Class::Try | Class::Threat) {
        return;
    }
    // "has not attacked it" is no praise; "does not oppose it" is consent.
    let dislikes = entry.class == Class::Judge && entry.sign < 0;
    if negated && dislikes && !CONSENTS.contains(&lemma) {
        return;
    }
    let modal = tree
        .auxiliaries(token)
        .find(|a| matches!(*a, "may" | "might" | "could" | "would" | "can"));
    let perfect = tree.auxiliaries(token).any(|a| a == "have");
    if entry.class == Class::Act && modal.is_some_and(|m| m != "would" || perfect) {
        return;
    }
    let entity = complement.frame == "obj" && tree.mention(complement.token).is_some();
    let choice = matches!(lemma, "decide" | "choose" | "opt" | "vote");
    let denied = complement.frame == "that"
        && lemma == "warn"
        && (tree.negated(complement.token)
            || tree.child(complement.token, Relation::Copula).is_some());
    if neutral(lemma, &tree.lemma(complement.token))
        || lemma == "push" && entity
        || choice && modal.is_some_and(|m| matches!(m, "may" | "might" | "could"))
        || denied
        || lemma == "forgive" && modal.is_some_and(|m| m == "would")
    {
        return;
    }
    let mut state = State {
        holder,
        sign: if negated ^ tree.turned(complement) {
            -entry.sign
        } else {
            entry.sign
        },
        strength: if modal.is_some() { 1 } else { entry.strength },
        evidence: vec![shown(token, complement)],
        rule: lemma.to_owned(),
        confidence: confidence(entry.class) - if negated { 0.03 } else { 0.0 },
        weak: entry.class == Class::Try,
    };
    if entry.class == Class::Act {
        state.confidence = 0.8;
    }
    // "accused X of doing", "praised X for": the one who is judged, not the reason.
    if matches!(entry.class, Class::Judge | Class::Act) && complement.frame == "obj" {
        tree.settle_all(&state, complement.token, found);
        versus(tree, &state, token, found);
        return;
    }
    let before = found.frames.len();
    tree.fall(&state, complement.token, found);
    // "regrets that she waited": the whole clause, where none of its parts is a target.
    let feels = matches!(entry.class, Class::Feel | Class::Threat) || lemma == "hope";
    if complement.frame == "that"
        && feels
        && found.frames.len() == before
        && let Some(subject) = tree.subject(complement.token)
    {
        let start = tree.phrase(subject).start;
        let end = tree.phrase(complement.token).end.max(complement.token + 1);
        emit(tree.scene, &state, start.min(end - 1)..end, None, found);
    }
    if complement.frame.ends_with("inf") {
        // "called on them to speak out and consider": the second deed hung from the verb itself.
        for &also in tree.children(token) {
            let bare =
                tree.lower(also) == tree.lemma(also) && tree.lower(token) != tree.lemma(token);
            let plain = tree.subject(also).is_none() && tree.auxiliaries(also).next().is_none();
            if tree.is(also, Relation::Conjunct) && also > complement.token && bare && plain {
                tree.fall(&state, also, found);
            }
        }
    }
    versus(tree, &state, token, found);
}

/// "prefers rules to reprisals", "wants A rather than B": against the second.
fn versus(tree: &Tree, state: &State, token: usize, found: &mut Found) {
    let lemma = tree.lemma(token);
    // "prefers new rules to fines", whatever the parser takes "to fines" for
    let object = tree
        .child(token, Relation::Object)
        .filter(|_| lemma == "prefer");
    let to = object.and_then(|o| {
        (o + 1..tree.tokens.end.min(o + 4))
            .find(|t| tree.lower(*t) == "to" && !tree.children(o).is_empty())
    });
    if let Some(to) = to {
        let end = (to + 1..tree.tokens.end.min(to + 6)).find(|t| {
            matches!(
                tree.upos(*t),
                Upos::Punctuation | Upos::Adposition | Upos::Coordinator
            )
        });
        let mut state = state.clone();
        state.sign = -state.sign;
        emit(
            tree.scene,
            &state,
            to + 1..end.unwrap_or(to + 2),
            None,
            found,
        );
        return;
    }
    for &child in tree.children(token) {
        let bent = tree.is(child, Relation::AdverbialClause)
            && tree.upos(child) == Upos::Noun
            && tree.infinitive(child);
        let beaten = lemma == "prefer" && bent
            || tree.is(child, Relation::Oblique)
                && (lemma == "prefer"
                    && (tree.has(child, Relation::Case, "to")
                        || tree.has(child, Relation::Case, "over")));
        if beaten {
            let mut state = state.clone();
            state.sign = -state.sign;
            tree.settle(&state, child, None, found);
        }
        if lemma == "prefer" && tree.is(child, Relation::Object) {
            let inner = tree.children(child).iter().copied().find(|c| {
                // "to reprisals", whatever the parser takes it for
                let bent = tree.is(*c, Relation::NounClause)
                    && tree.infinitive(*c)
                    && tree.lower(*c) != tree.lemma(*c);
                bent || tree.is(*c, Relation::NounModifier)
                    && (tree.has(*c, Relation::Case, "to") || tree.has(*c, Relation::Case, "over"))
            });
            if let Some(inner) = inner {
                let mut state = state.clone();
                state.sign = -state.sign;
                tree.settle(&state, inner, None, found);
            }
        }
    }
}

/// Whether the predicate, or what raises it, is denied.
pub(super) fn negated_chain(tree: &Tree, token: usize) -> bool {
    let mut negated = tree.negated(token);
    if tree.is(token, Relation::OpenComplement)
        && let Some(head) = tree.head(token)
    {
        negated ^= tree.negated(head);
    }
    if tree.is(token, Relation::Conjunct)
        && let Some(head) = tree.head(token)
        && tree.auxiliaries(token).next().is_none()
        && tree.subject(token).is_none()
    {
        // "does not want or support": shared auxiliary.
        // "did not condone it and hoped": hoping is denied by nobody.
        let shares = tree.auxiliaries(head).next().is_some()
            && tree.form(head) == tree.form(token)
            && !tree.has(token, Relation::Conjunction, "but");
        negated ^= shares && tree.negated(head);
    }
    negated
}

/// "Holm proposed a tax, but the council refused": against what was asked for just before.
fn refusals(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        let refuses = matches!(
            tree.lemma(token).as_str(),
            "refuse" | "decline" | "balk" | "demur" | "object" | "disagree"
        ) && tree.upos(token) == Upos::Verb;
        let taken =
            |c: &Complement| c.token > token && !matches!(c.frame.as_str(), "in" | "on" | "at");
        if !refuses
            || tree.negated(token)
            || tree.passive(token)
            || tree.conditional(token)
            || tree.subject(token).is_none()
            || tree
                .auxiliaries(token)
                .any(|a| matches!(a, "may" | "might" | "could" | "would"))
            || tree.complements(token).iter().any(taken)
        {
            continue;
        }
        for holder in tree.subjects(token) {
            let here = found.frames.iter().rfind(|f| {
                f.holder != holder.party
                    && f.polarity == Polarity::For
                    && f.evidence.iter().all(|e| e.end <= token)
            });
            let before = || {
                tree.scene
                    .before
                    .iter()
                    .rfind(|f| f.holder != holder.party && f.polarity == Polarity::For)
            };
            let Some(frame) = here.or_else(before).filter(|f| f.holder != Party::Editor) else {
                continue;
            };
            let mut frame = frame.clone();
            frame.sentence = tree.scene.sentence;
            frame.polarity = Polarity::Against;
            frame.holder = holder.party;
            frame.holder_tokens.clone_from(&holder.tokens);
            frame.via.clone_from(&holder.via);
            frame.inverse = None;
            frame.evidence = vec![token..token + 1];
            frame.rule = format!("echo∘{}", tree.lemma(token)).into();
            frame.confidence = 0.8;
            found.frames.push(frame);
        }
    }
}

/// "The union agreed", "the mayor did so as well": what was held in the sentence before.
pub(super) fn echoes(tree: &Tree, found: &mut Found) {
    refusals(tree, found);
    let Some(root) = tree.tokens.clone().find(|t| tree.is(*t, Relation::Root)) else {
        return;
    };
    let alone = tree
        .complements(root)
        .iter()
        .all(|c| matches!(c.frame.as_str(), "in" | "on" | "at") || c.token < root);
    let too =
        tree.has(root, Relation::Adverb, "so") || tree.has(root, Relation::Adverb, "likewise");
    let agrees = matches!(tree.lemma(root).as_str(), "agree" | "concur") && alone;
    // "shared that view"
    let shares = matches!(tree.lemma(root).as_str(), "share" | "echo")
        && tree.child(root, Relation::Object).is_some_and(|o| {
            matches!(
                tree.lemma(o).as_str(),
                "sentiment" | "view" | "opinion" | "feeling" | "assessment"
            ) && tree.children(o).iter().any(|c| {
                matches!(
                    tree.lower(*c),
                    "that" | "those" | "this" | "these" | "the" | "his" | "her" | "their"
                )
            })
        });
    let same = tree.lemma(root) == "do" && too || shares;
    if !agrees && !same || tree.negated(root) {
        return;
    }
    for holder in tree.subjects(root) {
        let known = tree
            .scene
            .before
            .iter()
            .filter(|f| f.holder != holder.party);
        for frame in known.filter(|f| f.holder != Party::Editor) {
            let mut frame = frame.clone();
            frame.sentence = tree.scene.sentence;
            frame.holder = holder.party;
            frame.holder_tokens.clone_from(&holder.tokens);
            frame.via.clone_from(&holder.via);
            frame.evidence = vec![root..root + 1];
            frame.rule = format!("echo∘{}", tree.lemma(root)).into();
            frame.confidence = 0.8;
            found.frames.push(frame);
        }
    }
}
