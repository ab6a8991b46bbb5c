//! The editor's own voice, in comments: irony, faint praise, comparisons, reproaches. Figures of
//! speech name no stance word, so each is a pattern of its own; what is meant decides the sign.

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, emit};
use crate::annotate::stance::holder::Holder;
use crate::model::Party;

/// Phrases that take back what they say, as words in a row.
const IRONY: [&[&str]; 29] = [
    &["no", "doubt"],
    &["of", "course"],
    &["happens", "to"],
    &["happen", "to"],
    &["such", "a", "fine"],
    &["such", "a", "splendid"],
    &["such", "a", "proud"],
    &["how", "convenient"],
    &["how", "touching"],
    &["how", "noble"],
    &["we", "are", "told"],
    &["we", "are", "asked"],
    &["assure", "us"],
    &["assures", "us"],
    &["would", "have", "us"],
    &["one", "wonders"],
    &["one", "might", "wonder"],
    &["we", "wonder"],
    &["it", "would", "be", "funny"],
    &["or", "so", "we", "are", "told"],
    &["a", "curious", "way"],
    &["needless", "to", "say"],
    &["conveniently"],
    &["miraculously"],
    &["so-called"],
    &["heaven", "forbid"],
    &["god", "forbid"],
    &["ironically"],
    &["lo", "and", "behold"],
];

/// What somebody fails to do is held against them: "has never explained".
const OWED: [&str; 13] = [
    "explain",
    "answer",
    "apologize",
    "apologise",
    "bother",
    "manage",
    "learn",
    "admit",
    "notice",
    "deliver",
    "listen",
    "say",
    "mention",
];

/// Frames of the editor's figures of speech.
pub(super) fn editorial(tree: &Tree, found: &mut Found) {
    irony(tree, found);
    for token in tree.tokens.clone() {
        let lemma = tree.lemma(token);
        let object = tree.child(token, Relation::Object);
        match tree.upos(token) {
            // "Let us not canonize the candidate"
            Upos::Verb
                if lemma == "let"
                    && object.is_some_and(|o| matches!(tree.lower(o), "us" | "'s" | "’s")) =>
            {
                let deed = tree
                    .child(token, Relation::OpenComplement)
                    .or_else(|| tree.child(token, Relation::Complement));
                if let Some(deed) = deed {
                    let sign = if tree.negated(deed) || tree.negated(token) {
                        -1
                    } else {
                        1
                    };
                    let target = tree
                        .child(deed, Relation::Object)
                        .filter(|o| tree.mention(*o).is_some() || sign < 0);
                    frame(
                        tree,
                        target.unwrap_or(deed),
                        sign,
                        token..deed + 1,
                        "editor:let-us",
                        found,
                    );
                }
            }
            // "None of this excuses Moscow"
            Upos::Verb
                if matches!(
                    lemma.as_str(),
                    "excuse" | "absolve" | "forgive" | "exonerate" | "justify"
                ) && tree.negated(token) =>
            {
                if let Some(object) = object {
                    frame(
                        tree,
                        object,
                        -1,
                        token..token + 1,
                        "editor:no-excuse",
                        found,
                    );
                }
            }
            // "has never explained"
            Upos::Verb if OWED.contains(&lemma.as_str()) && tree.negated(token) => {
                for subject in tree
                    .subject_tokens(token, 0)
                    .into_iter()
                    .filter(|s| tree.mention(*s).is_some())
                {
                    frame(tree, subject, -1, token..token + 1, "editor:never", found);
                }
            }
            // "put it better than the press office did"
            Upos::Verb
                if matches!(lemma.as_str(), "put" | "say" | "do" | "know")
                    && (tree.has(token, Relation::Adverb, "better")
                        || tree.lower(token + 2) == "better") =>
            {
                better(tree, token, found);
            }
            // "has a better claim to be left alone"
            Upos::Verb
                if lemma == "have"
                    && object.is_some_and(|o| {
                        matches!(
                            tree.lower(o),
                            "claim" | "case" | "point" | "argument" | "right" | "record"
                        ) && tree.children(o).iter().any(|c| {
                            matches!(
                                tree.lower(*c),
                                "better" | "good" | "strong" | "every" | "stronger"
                            )
                        })
                    }) =>
            {
                if let (Some(subject), Some(object)) = (tree.subject(token), object) {
                    frame(tree, subject, 1, token..object + 1, "editor:claim", found);
                }
            }
            // "It takes some nerve to call it failing"
            Upos::Verb
                if lemma == "take"
                    && object.is_some_and(|o| {
                        matches!(tree.lower(o), "nerve" | "gall" | "cheek" | "chutzpah")
                    }) =>
            {
                let deed = tree
                    .complements(token)
                    .into_iter()
                    .find(|c| c.frame == "inf");
                if let (Some(deed), Some(object)) = (deed, object) {
                    frame(
                        tree,
                        deed.token,
                        -1,
                        token..object + 1,
                        "editor:nerve",
                        found,
                    );
                }
            }
            // "should be careful", "should be ashamed"
            Upos::Adjective
                if matches!(
                    tree.lower(token),
                    "careful" | "ashamed" | "embarrassed" | "wary"
                ) && tree
                    .auxiliaries(token)
                    .any(|a| matches!(a, "should" | "ought" | "must")) =>
            {
                if let Some(subject) = tree.subject(token) {
                    frame(
                        tree,
                        subject,
                        -1,
                        token..token + 1,
                        "editor:should-be",
                        found,
                    );
                }
            }
            // "about as innocent as a fox"
            Upos::Adjective if tree.has(token, Relation::Adverb, "as") => {
                let like = tree
                    .children(token)
                    .iter()
                    .any(|c| *c > token && tree.has(*c, Relation::Case, "as"));
                if let Some(subject) = tree.subject(token).filter(|_| like) {
                    let owner = owner(tree, subject);
                    frame(
                        tree,
                        owner,
                        -1,
                        token.saturating_sub(1)..token + 1,
                        "editor:as-as",
                        found,
                    );
                }
            }
            // "the one thing this campaign has not tried"
            Upos::Noun
                if lemma == "thing"
                    && tree
                        .children(token)
                        .iter()
                        .any(|c| matches!(tree.lower(*c), "one" | "only")) =>
            {
                let clause = tree
                    .child(token, Relation::NounClause)
                    .filter(|c| tree.negated(*c));
                if let Some(clause) = clause
                    && let Some(subject) = tree.subject(clause)
                {
                    frame(
                        tree,
                        subject,
                        -1,
                        token..clause + 1,
                        "editor:one-thing",
                        found,
                    );
                }
            }
            _ => {}
        }
    }
}

/// Against whoever an ironic phrase is about: the subject of its clause, through "which" and "whose".
fn irony(tree: &Tree, found: &mut Found) {
    for start in tree.tokens.clone() {
        let Some(phrase) = IRONY.iter().find(|p| {
            p.iter()
                .enumerate()
                .all(|(n, w)| tree.tokens.contains(&(start + n)) && tree.lower(start + n) == *w)
        }) else {
            continue;
        };
        let evidence = start..start + phrase.len();
        let mut at = Some(start);
        let mut target = None;
        for _ in 0..6 {
            let Some(token) = at else { break };
            let subject = tree
                .subject_tokens(token, 0)
                .into_iter()
                .find(|s| *s != start && tree.mention(*s).is_some());
            if subject.is_some()
                && matches!(tree.upos(token), Upos::Verb | Upos::Noun | Upos::Adjective)
            {
                target = subject;
                break;
            }
            at = tree.head(token);
        }
        let target = target.or_else(|| {
            tree.tokens
                .clone()
                .find(|t| tree.is(*t, Relation::Subject) && tree.mention(*t).is_some())
                .or_else(|| tree.tokens.clone().find(|t| tree.mention(*t).is_some()))
                .or_else(|| {
                    tree.tokens.clone().find(|t| {
                        tree.upos(*t) == Upos::Noun && is_valued("people", tree.lower(*t))
                    })
                })
        });
        if let Some(target) = target {
            frame(tree, target, -1, evidence, "editor:irony", found);
        }
    }
}

/// For whoever does it better, against whoever does it worse.
fn better(tree: &Tree, verb: usize, found: &mut Found) {
    let Some(subject) = tree.subject(verb) else {
        return;
    };
    frame(tree, subject, 1, verb..verb + 1, "editor:better", found);
    let than = tree
        .tokens
        .clone()
        .find(|t| *t > verb && tree.lower(*t) == "than");
    let worse = than.and_then(|than| {
        (than + 1..tree.tokens.end.min(than + 8)).find(|t| {
            matches!(tree.relation(*t), Relation::Subject | Relation::Oblique)
                && tree.upos(*t) != Upos::Pronoun
        })
    });
    if let (Some(worse), Some(than)) = (worse, than) {
        frame(tree, worse, -1, than..worse + 1, "editor:better", found);
    }
}

/// "Moscow, whose sudden interest": the one whose it is.
fn owner(tree: &Tree, noun: usize) -> usize {
    let whose = tree
        .children(noun)
        .iter()
        .any(|c| tree.lower(*c) == "whose");
    if !whose {
        return noun;
    }
    (tree.tokens.start..tree.left(noun))
        .rev()
        .find(|t| matches!(tree.upos(*t), Upos::Noun | Upos::Proper))
        .unwrap_or(noun)
}

/// What the editor holds.
pub(super) fn opinion(sign: i8, evidence: std::ops::Range<usize>, rule: &str) -> State {
    State {
        holder: Holder {
            party: Party::Editor,
            tokens: None,
            via: Vec::new(),
        },
        sign,
        strength: 2,
        evidence: vec![evidence],
        rule: rule.to_owned(),
        confidence: 0.8,
        weak: false,
    }
}

fn frame(
    tree: &Tree,
    target: usize,
    sign: i8,
    evidence: std::ops::Range<usize>,
    rule: &str,
    found: &mut Found,
) {
    let state = opinion(sign, evidence, rule);
    let mut range = tree.phrase(target);
    if let Some(mention) = tree.mention(target) {
        range = mention.tokens;
    }
    emit(tree.scene, &state, range, None, found);
}
