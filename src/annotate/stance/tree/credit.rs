//! Praise, reproach and mockery in set phrases of an editor: "to her credit", "shame on the board",
//! "so much for thrift", "it takes rare talent to lose twice", and questions that reproach.

use std::ops::Range;

use super::Tree;
use super::editorial::opinion;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::stance::{Class, Part, readings};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::State;
use crate::model::Party;

/// Openings that praise (1) or reproach (-1) whoever follows them.
const OPENINGS: [(&[&str], i8); 31] = [
    (&["shame", "on"], -1),
    (&["so", "much", "for"], -1),
    (&["spare", "us"], -1),
    (&["enough", "of"], -1),
    (&["enough", "with"], -1),
    (&["woe", "to"], -1),
    (&["down", "with"], -1),
    (&["beware", "of"], -1),
    (&["beware"], -1),
    (&["least", "of", "all"], -1),
    (&["no", "thanks", "to"], -1),
    (&["kudos", "to"], 1),
    (&["hats", "off", "to"], 1),
    (&["bravo", "to"], 1),
    (&["credit", "to"], 1),
    (&["credit"], 1),
    (&["credit", "where", "it", "is", "due", "to"], 1),
    (&["thanks", "to"], 1),
    (&["good", "for"], 1),
    (&["full", "marks", "to"], 1),
    (&["full", "marks", "for"], 1),
    (&["three", "cheers", "for"], 1),
    (&["two", "cheers", "for"], 1),
    (&["a", "cheer", "for"], 1),
    (&["hooray", "for"], 1),
    (&["thank", "heaven", "for"], 1),
    (&["thank", "goodness", "for"], 1),
    (&["thank", "god", "for"], 1),
    (&["praise", "be", "to"], 1),
    (&["pity"], 1),
    (&["poor"], 1),
];

/// What somebody deserves that honours them, and what does not.
const HONOURS: [&str; 17] = [
    "better",
    "more",
    "credit",
    "praise",
    "thanks",
    "applause",
    "respect",
    "medal",
    "gratitude",
    "support",
    "sympathy",
    "hearing",
    "chance",
    "answer",
    "apology",
    "recognition",
    "prize",
];
const BLAMES: [&str; 13] = [
    "blame",
    "scorn",
    "contempt",
    "nothing",
    "ridicule",
    "criticism",
    "rebuke",
    "worse",
    "censure",
    "mockery",
    "scrutiny",
    "defeat",
    "punishment",
];

/// Frames of the set phrases of a comment.
pub(super) fn credit(tree: &Tree, found: &mut Found) {
    if tree.scene.asks() {
        reproach(tree, found);
        return;
    }
    for token in tree.tokens.clone() {
        opening(tree, token, found);
        to_their_credit(tree, token, found);
        does_credit(tree, token, found);
        hard_not_to(tree, token, found);
        more_than(tree, token, found);
        mocked(tree, token, found);
        let lemma = tree.lemma(token);
        match tree.upos(token) {
            Upos::Verb if matches!(lemma.as_str(), "deserve" | "earn" | "merit") => {
                deserves(tree, token, found);
            }
            // "one can only admire the thrift of a council that"
            Upos::Verb
                if matches!(lemma.as_str(), "admire" | "marvel" | "applaud" | "envy")
                    && token > tree.tokens.start
                    && (tree.has(token, Relation::Adverb, "only")
                        || tree.lower(token - 1) == "to" && tree.lower(token - 2) == "have") =>
            {
                let object = tree
                    .child(token, Relation::Object)
                    .or_else(|| tree.child(token, Relation::Oblique));
                if let Some(object) = object {
                    let who = of(tree, object).unwrap_or_else(|| whose(tree, object));
                    frame(tree, who, -1, token - 1..token + 1, "editor:only", found);
                }
            }
            // "it takes rare talent to lose twice"
            Upos::Verb if lemma == "take" => {
                let gift = tree.child(token, Relation::Object).filter(|o| {
                    matches!(
                        tree.lower(*o),
                        "talent"
                            | "genius"
                            | "gift"
                            | "skill"
                            | "art"
                            | "imagination"
                            | "kind"
                            | "sort"
                            | "audacity"
                            | "effort"
                    ) && tree.children(*o).iter().any(|c| {
                        matches!(
                            tree.lower(*c),
                            "rare" | "real" | "special" | "certain" | "some" | "peculiar" | "true"
                        )
                    })
                });
                let deed = tree
                    .complements(token)
                    .into_iter()
                    .find(|c| c.frame == "inf");
                let deed = deed.map(|d| d.token);
                let deed = deed.or_else(|| tree.child(token, Relation::ClauseSubject));
                if let (Some(gift), Some(deed)) = (gift, deed) {
                    let evidence = token..gift + 1;
                    frame(tree, deed, -1, evidence, "editor:talent", found);
                }
            }
            // "should know better"
            Upos::Verb
                if matches!(lemma.as_str(), "know" | "do")
                    && tree
                        .auxiliaries(token)
                        .any(|a| matches!(a, "should" | "ought"))
                    && tree.has(token, Relation::Adverb, "better") =>
            {
                if let Some(subject) = tree.subject(token) {
                    let evidence = token..token + 1;
                    frame(tree, subject, -1, evidence, "editor:know-better", found);
                }
            }
            _ => {}
        }
    }
}

/// "Shame on the board", "good for her".
fn opening(tree: &Tree, token: usize, found: &mut Found) {
    let starts = token == tree.tokens.start || tree.upos(token - 1) == Upos::Punctuation;
    if !starts && tree.lower(token) != "least" {
        return;
    }
    let said = OPENINGS.iter().find(|(words, _)| {
        words
            .iter()
            .enumerate()
            .all(|(n, w)| tree.tokens.contains(&(token + n)) && tree.lower(token + n) == *w)
    });
    let Some((words, sign)) = said else { return };
    let end = token + words.len();
    let target = (end..tree.tokens.end.min(end + 5))
        .take_while(|t| tree.upos(*t) != Upos::Punctuation || *t == end)
        .find(|t| tree.mention(*t).is_some())
        .or_else(|| {
            (end..tree.tokens.end.min(end + 5)).find(|t| {
                matches!(tree.upos(*t), Upos::Noun | Upos::Pronoun)
                    && (tree.upos(*t) == Upos::Pronoun || words.len() > 1)
            })
        });
    if let Some(target) = target {
        frame(tree, target, *sign, token..end, "editor:opening", found);
    }
}

/// Figures that mock the subject of their sentence: "sells thrift the way a fox sells hens", "has a
/// habit of", "perhaps she could explain", "is touching"; and one that spares it: "but at least".
fn mocked(tree: &Tree, token: usize, found: &mut Found) {
    let at = |n: usize| {
        if tree.tokens.contains(&(token + n)) {
            tree.lower(token + n)
        } else {
            ""
        }
    };
    let modal = |w: &str| matches!(w, "might" | "would" | "does" | "could" | "can");
    let first = || {
        let from = tree
            .tokens
            .clone()
            .take_while(|t| *t < token || token == tree.tokens.start);
        let mut subjects = from.filter(|t| tree.is(*t, Relation::Subject));
        subjects.find(|t| tree.mention(*t).is_some())
    };
    let subject = |verb: usize| tree.subject(verb).map(|s| whose(tree, s));
    let (target, sign, end, rule) = match tree.lower(token) {
        "the" if at(1) == "way" && matches!(at(2), "a" | "an") => {
            (first(), -1, token + 2, "editor:simile")
        }
        "as" if matches!(at(1), "a" | "an") && (modal(at(3)) || modal(at(4))) => {
            (first(), -1, token + 1, "editor:simile")
        }
        "at" if at(1) == "least" && token > tree.tokens.start && tree.lower(token - 1) == "but" => {
            (first(), 1, token + 2, "editor:at-least")
        }
        "perhaps" | "maybe"
            if (2..7).any(|n| {
                matches!(
                    at(n),
                    "explain" | "tell" | "remember" | "remind" | "enlighten" | "spare" | "show"
                )
            }) && (1..6)
                .any(|n| matches!(at(n), "could" | "might" | "can" | "will" | "should")) =>
        {
            let named = (token..tree.tokens.end)
                .find(|t| tree.is(*t, Relation::Subject) && tree.mention(*t).is_some());
            (named, -1, token + 1, "editor:perhaps")
        }
        "habit" | "knack" | "talent" | "flair" | "genius"
            if matches!(at(1), "of" | "for")
                && tree.head(token).is_some_and(|v| tree.lemma(v) == "have") =>
        {
            let verb = tree.head(token).unwrap_or(token);
            (subject(verb), -1, token + 1, "editor:habit")
        }
        "touching" | "quaint" | "precious" | "adorable" | "rich" | "convenient"
            if tree.child(token, Relation::Copula).is_some()
                || tree.upos(token) == Upos::Verb && tree.passive(token) =>
        {
            (subject(token), -1, token + 1, "editor:quaint")
        }
        _ => return,
    };
    if let Some(target) = target {
        frame(tree, target, sign, token..end, rule, found);
    }
}

/// "does her credit", "did them no credit": for whoever it does credit.
fn does_credit(tree: &Tree, token: usize, found: &mut Found) {
    if !matches!(tree.lower(token), "credit" | "honor" | "honour" | "proud") {
        return;
    }
    let from = tree.tokens.start.max(token.saturating_sub(4));
    let Some(verb) =
        (from..token).rfind(|t| matches!(tree.lower(*t), "do" | "does" | "did" | "done"))
    else {
        return;
    };
    let subject = (tree.tokens.start..verb).rfind(|t| tree.is(*t, Relation::Subject));
    let Some(subject) = subject else { return };
    let none = (verb..token).any(|t| matches!(tree.lower(t), "no" | "not" | "n't" | "little"));
    let sign = if none { -1 } else { 1 };
    let who = whose(tree, subject);
    frame(tree, who, sign, verb..token + 1, "editor:credit", found);
}

/// "It is hard not to admire her": for her. "Hard to trust": against.
fn hard_not_to(tree: &Tree, token: usize, found: &mut Found) {
    if !matches!(tree.lower(token), "hard" | "difficult" | "impossible") {
        return;
    }
    let Some(verb) = (token + 1..tree.tokens.end.min(token + 4))
        .find(|t| tree.upos(*t) == Upos::Verb && tree.infinitive(*t))
    else {
        return;
    };
    let entry = readings(Part::Verb, &tree.lemma(verb))
        .iter()
        .find(|e| e.class == Class::Judge && e.takes("obj"));
    if let (Some(entry), Some(object)) = (entry, tree.child(verb, Relation::Object)) {
        let turned = (token..verb).any(|t| tree.lower(t) == "not");
        let sign = if turned { entry.sign } else { -entry.sign };
        let who = whose(tree, object);
        frame(tree, who, sign, token..verb + 1, "editor:hard", found);
    }
}

/// "which is more than can be said of the board": against the board.
fn more_than(tree: &Tree, token: usize, found: &mut Found) {
    let words = ["more", "than", "can", "be", "said"];
    let said = words
        .iter()
        .enumerate()
        .all(|(n, w)| tree.tokens.contains(&(token + n)) && tree.lower(token + n) == *w);
    if !said {
        return;
    }
    let end = token + words.len();
    let who = (end..tree.tokens.end.min(end + 6))
        .find(|t| tree.mention(*t).is_some() || tree.upos(*t) == Upos::Noun);
    if let Some(who) = who {
        frame(tree, who, -1, token..end, "editor:more-than", found);
    }
}

/// "Holm, to her credit, did not": for her.
fn to_their_credit(tree: &Tree, token: usize, found: &mut Found) {
    let own = tree.tokens.contains(&(token + 2))
        && tree.lower(token) == "to"
        && matches!(tree.lower(token + 1), "his" | "her" | "their" | "its");
    let sign = match tree.lower(token + 2) {
        "credit" => 1,
        "shame" | "discredit" | "disgrace" => -1,
        _ => return,
    };
    if !own {
        return;
    }
    let mut at = tree.head(token + 2);
    for _ in 0..4 {
        let Some(head) = at else { return };
        let subject = tree
            .subject(head)
            .or_else(|| tree.mention(head).map(|_| head));
        if let Some(subject) = subject {
            let evidence = token..token + 3;
            frame(tree, subject, sign, evidence, "editor:to-credit", found);
            return;
        }
        at = tree.head(head);
    }
}

/// "deserves better than this": for whoever does. "deserves the blame": against.
fn deserves(tree: &Tree, token: usize, found: &mut Found) {
    let Some(subject) = tree.subject(token) else {
        return;
    };
    let near = (token + 1..tree.tokens.end.min(token + 7)).find_map(|t| {
        let word = tree.lower(t);
        if HONOURS.contains(&word) {
            Some((1, t))
        } else if BLAMES.contains(&word) {
            Some((-1, t))
        } else {
            None
        }
    });
    if let Some((sign, word)) = near {
        let sign = if tree.negated(token) { -sign } else { sign };
        frame(
            tree,
            subject,
            sign,
            token..word + 1,
            "editor:deserves",
            found,
        );
    }
}

/// A question of a comment that reproaches its subject: "What did Holm expect?", "would it have
/// killed her to ask?".
fn reproach(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        let lemma = tree.lemma(token);
        // "would it have killed them to ask"
        if tree.upos(token) == Upos::Verb
            && matches!(lemma.as_str(), "kill" | "hurt")
            && tree.auxiliaries(token).any(|a| a == "would")
            && let Some(object) = tree.child(token, Relation::Object)
        {
            frame(tree, object, -1, token..token + 1, "editor:killed", found);
            return;
        }
    }
    let first = tree.tokens.clone().find(|t| {
        matches!(
            tree.lower(*t),
            "what"
                | "why"
                | "how"
                | "when"
                | "who"
                | "does"
                | "did"
                | "has"
                | "have"
                | "is"
                | "are"
                | "can"
                | "will"
                | "where"
                | "do"
        )
    });
    let Some(first) = first else { return };
    // "Who would buy a used car from Holm?"
    let asked = tree.lower(first) == "who"
        && matches!(tree.lower(first + 1), "would" | "could" | "can" | "in");
    if asked && let Some(named) = (first..tree.tokens.end).find(|t| tree.mention(*t).is_some()) {
        frame(tree, named, -1, first..first + 2, "editor:who-would", found);
        return;
    }
    // Whoever the question is about: the subject behind its auxiliary.
    let subject = (first + 1..tree.tokens.end.min(first + 9))
        .find(|t| tree.is(*t, Relation::Subject) && tree.mention(*t).is_some());
    let Some(subject) = subject else { return };
    let Some(verb) = tree.head(subject).filter(|v| *v > subject) else {
        return;
    };
    let good = (verb..tree.tokens.end).any(|t| is_valued("good", tree.lower(t)));
    if good || found.frames.iter().any(|f| f.holder == Party::Editor) {
        return;
    }
    frame(tree, subject, -1, verb..verb + 1, "editor:asks", found);
}

/// "Holm's despair": Holm.
fn whose(tree: &Tree, noun: usize) -> usize {
    let owner =
        tree.children(noun).iter().copied().find(|c| {
            *c < noun && tree.is(*c, Relation::NounModifier) && tree.mention(*c).is_some()
        });
    owner.unwrap_or(noun)
}

/// "the thrift of a council": the council.
fn of(tree: &Tree, noun: usize) -> Option<usize> {
    tree.children(noun)
        .iter()
        .copied()
        .find(|c| tree.is(*c, Relation::NounModifier) && tree.has(*c, Relation::Case, "of"))
}

fn frame(
    tree: &Tree,
    target: usize,
    sign: i8,
    evidence: Range<usize>,
    rule: &str,
    found: &mut Found,
) {
    let state = State {
        confidence: 0.82,
        ..opinion(sign, evidence, rule)
    };
    match tree.mention(target) {
        Some(mention) => tree.settle_as(&state, mention.tokens, mention.entity, found),
        None => tree.settle(&state, target, None, found),
    }
}
