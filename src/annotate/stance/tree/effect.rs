//! Claims about what should be or would follow: demands with "must" and "should", consequences ("if
//! it passes, we are at risk"), effects on what people hold dear, refusals.

use super::Tree;
use super::claim::ought;
use super::judgement::{about, topic};
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, emit};
use crate::model::QuoteKind;

/// "must include X": for X. "should not have to": against it. "need to know": for it.
pub(super) fn demand(
    tree: &Tree,
    state: &State,
    token: usize,
    editor: bool,
    found: &mut Found,
) -> bool {
    const HOLD: [&str; 14] = [
        "include",
        "involve",
        "meet",
        "contain",
        "have",
        "respect",
        "guarantee",
        "ensure",
        "satisfy",
        "get",
        "provide",
        "mean",
        "need",
        "be",
    ];
    let modal = tree
        .children(token)
        .iter()
        .copied()
        .find(|c| {
            tree.is(*c, Relation::Auxiliary)
                && matches!(tree.lower(*c), "must" | "should" | "ought" | "shall")
        })
        .or_else(|| ought(tree, token));
    let lemma = tree.lemma(token);
    let inner = tree
        .complements(token)
        .into_iter()
        .find(|c| c.frame == "inf" && c.token > token);
    let need = matches!(lemma.as_str(), "need" | "have" | "deserve")
        && inner.is_some()
        && modal.is_none()
        // "We had to go back", in somebody's own words, tells what was.
        && !(matches!(tree.lower(token), "had" | "needed")
            && tree
                .scene
                .around(token)
                .first()
                .is_some_and(|q| q.kind == QuoteKind::Direct))
        // "may have to", "would have to": what could come, not what is asked for.
        && !tree
            .auxiliaries(token)
            .any(|a| matches!(a, "may" | "might" | "could" | "would" | "'d" | "’d"))
        && !tree.complements(token).iter().any(|c| c.frame == "obj");
    let (word, deed) = match (modal, &inner) {
        (Some(modal), Some(inner))
            if HOLD.contains(&lemma.as_str())
                || matches!(
                    lemma.as_str(),
                    "permit" | "allow" | "force" | "require" | "seek" | "try" | "ask"
                ) =>
        {
            (modal, inner.token)
        }
        (Some(modal), _) => (modal, token),
        (None, Some(inner)) if need => (token, inner.token),
        _ => return false,
    };
    // "has to do with it" demands nothing; "does not have to" neither.
    if lemma == "have" && need && (tree.negated(token) || tree.lemma(deed) == "do") {
        return false;
    }
    let own = tree
        .subject(token)
        .is_some_and(|s| matches!(tree.lower(s), "i"));
    if own || editor {
        return false;
    }
    let mut state = state.clone();
    state.strength = 3;
    state.sign = if tree.negated(token) { -1 } else { 1 };
    state.evidence = vec![word..token.max(word) + 1];
    state.rule = format!("say∘{}", tree.lower(word));
    state.confidence = 0.82;
    // "She should be ashamed": against her.
    if matches!(tree.lower(token), "ashamed" | "sorry" | "jailed" | "fired")
        && let Some(subject) = tree.subject(token)
    {
        state.sign = -state.sign;
        tree.settle(&state, subject, None, found);
        return true;
    }
    // "it must be a mistake" may be a guess as well as a demand.
    let copula = tree.child(token, Relation::Copula).is_some();
    if copula && tree.lower(word) == "must" {
        state.confidence = 0.7;
    }
    // "the concern ought to outweigh the fact": for what is to prevail.
    if matches!(
        lemma.as_str(),
        "outweigh" | "trump" | "prevail" | "override"
    ) && !tree.passive(token)
    {
        let subject = tree.subject(token).or_else(|| {
            (tree.tokens.start..token)
                .rev()
                .find(|t| tree.is(*t, Relation::Subject))
        });
        if let Some(subject) = subject {
            tree.settle(&state, subject, None, found);
        }
        return true;
    }
    let held = tree
        .complements(deed)
        .into_iter()
        .find(|c| c.frame == "obj")
        .filter(|_| tree.upos(deed) == Upos::Verb && HOLD.contains(&tree.lemma(deed).as_str()));
    if let Some(object) = held {
        tree.fall(&state, object.token, found);
        return true;
    }
    if tree.passive(deed)
        && let Some(subject) = tree.subject(deed)
    {
        let end = tree.phrase(deed).end;
        let start = tree.phrase(subject).start;
        let pronoun = tree.upos(subject) == Upos::Pronoun;
        let range = if pronoun {
            deed..end
        } else {
            start..end.max(start)
        };
        if range.len() < 2 {
            return true;
        }
        emit(tree.scene, &state, range, None, found);
        return true;
    }
    tree.fall(&state, deed, found);
    true
}

/// "If this bill were to enter into force, diplomats are at risk": against what would do harm.
pub(super) fn consequence(tree: &Tree, state: &State, token: usize, found: &mut Found) -> bool {
    let condition = tree.children(token).iter().copied().find(|c| {
        tree.is(*c, Relation::AdverbialClause)
            && (tree.has(*c, Relation::Mark, "if")
                || tree.children(*c).iter().any(|a| {
                    matches!(tree.relation(*a), Relation::Auxiliary | Relation::Copula)
                        && matches!(tree.lower(*a), "were" | "had" | "should")
                        && tree.child(*c, Relation::Subject).is_some_and(|s| *a < s)
                }))
    });
    // "Were the court to open the file, it would": turned round, wherever the parser hangs it.
    let opens = || {
        let first = tree
            .tokens
            .clone()
            .find(|t| tree.upos(*t) != Upos::Punctuation)?;
        let turned = matches!(tree.lower(first), "were" | "should") && first < token;
        turned.then(|| {
            (first..token).find(|t| {
                tree.upos(*t) == Upos::Verb
                    && (tree.infinitive(*t) || tree.lower(first) == "should")
            })
        })?
    };
    // "If it were to pass, they are at risk", taken for two clauses side by side
    let beside = tree.head(token).filter(|h| {
        matches!(
            tree.relation(token),
            Relation::Conjunct | Relation::Parataxis
        ) && tree.has(*h, Relation::Mark, "if")
    });
    let Some(condition) = condition.or(beside).or_else(opens) else {
        return false;
    };
    let skip = tree.phrase(condition);
    let main = tree
        .tokens
        .clone()
        .filter(|t| !skip.contains(t) && (!tree.under(*t, condition) || tree.under(*t, token)));
    let mut harm = None;
    let mut gain = None;
    for t in main {
        let word = tree.lower(t);
        if is_valued("harm", word)
            || is_valued("bad", word)
            || is_valued("hurt", &tree.lemma(t))
            || word == "impermissibly"
        {
            harm = harm.or(Some(t));
        }
        if is_valued("gain", word) {
            gain = gain.or(Some(t));
        }
    }
    let (sign, word) = match (harm, gain) {
        (Some(word), None) => (-1, word),
        (None, Some(word)) => (1, word),
        _ => return false,
    };
    let mut state = state.clone();
    state.sign = if tree.negated(condition) { -sign } else { sign };
    state.evidence = vec![condition..condition + 1, word..word + 1];
    state.rule = "say∘if-then".to_owned();
    state.confidence = 0.8;
    let opens = tree.left(condition);
    let subject = tree
        .subject(condition)
        .or_else(|| (opens..condition).find(|t| tree.is(*t, Relation::Subject)));
    let (start, end) = (
        subject.map_or(skip.start, |s| tree.phrase(s).start),
        skip.end,
    );
    let weak = matches!(
        tree.lemma(condition).as_str(),
        "enter" | "pass" | "become" | "happen" | "go" | "come" | "take"
    );
    if let Some(subject) = subject.filter(|_| weak) {
        tree.settle(&state, subject, None, found);
    } else if tree.upos(condition) == Upos::Verb
        && tree.complements(condition).iter().any(|c| c.frame == "obj")
    {
        tree.settle(&state, condition, None, found);
    } else {
        emit(tree.scene, &state, start..end.max(start), None, found);
    }
    true
}

/// "would escalate tensions": against what would. "would bring stability": for it.
pub(super) fn effect(tree: &Tree, state: &State, token: usize, found: &mut Found) -> bool {
    if tree.upos(token) != Upos::Verb {
        return false;
    }
    let lemma = tree.lemma(token);
    let hurts = is_valued("hurt", &lemma);
    let raises = is_valued("raise", &lemma)
        || lemma == "benefit"
        || matches!(
            lemma.as_str(),
            "become" | "result" | "lead" | "mean" | "cause" | "give" | "set" | "risk" | "pose"
        );
    if is_valued("misdeed", &lemma) {
        return misdeed(tree, state, token, &lemma, found);
    }
    if lemma == "make" && makes(tree, state, token, found) {
        return true;
    }
    if !hurts && !raises {
        return false;
    }
    let complements = tree.complements(token);
    // "will cause voters to look closer"
    if lemma == "cause" && complements.iter().any(|c| c.frame == "inf") {
        return false;
    }
    // "people are hurting" does harm to nobody.
    let done_to = complements.iter().any(|c| c.frame == "obj");
    let objects: Vec<usize> = complements
        .iter()
        .filter(|c| {
            c.token > token
                && (c.frame == "obj" || matches!(c.frame.as_str(), "in" | "to" | "that"))
        })
        .map(|c| c.token)
        .collect();
    let within: Vec<usize> = objects.iter().flat_map(|o| tree.phrase(*o)).collect();
    let find = |class: &str| {
        within
            .iter()
            .copied()
            .find(|t| is_valued(class, tree.lower(*t)))
    };
    let mends = matches!(
        lemma.as_str(),
        "improve" | "strengthen" | "benefit" | "enhance"
    ) && tree
        .auxiliaries(token)
        .any(|a| matches!(a, "would" | "will" | "can"));
    let sign = match (hurts, find("harm").or(find("bad")), find("gain")) {
        (true, _, _) if done_to && !objects.is_empty() => -1,
        (false, Some(_), None) => -1,
        (false, None, Some(_)) => 1,
        (false, None, None) if mends && done_to => 1,
        _ => return false,
    };
    let Some(target) = topic(tree, token) else {
        return false;
    };
    let person = tree.mention(target).is_some_and(|m| {
        tree.layers
            .entities
            .get(m.entity.index())
            .is_some_and(|e| e.kind == crate::base::EntityKind::Person)
    });
    let modal = tree.auxiliaries(token).next().is_some();
    if person && !modal {
        return false;
    }
    let last = within.iter().copied().max().map_or(token + 1, |t| t + 1);
    let mut state = state.clone();
    state.sign = if tree.negated(token) { -sign } else { sign };
    state.evidence = vec![token..last.max(token + 1).min(token + 5)];
    state.rule = format!("say∘effect:{lemma}");
    state.confidence = if modal { 0.82 } else { 0.8 };
    about(tree, &state, target, found);
    true
}

/// "would make things worse": against what would. "makes us safer": for it.
fn makes(tree: &Tree, state: &State, token: usize, found: &mut Found) -> bool {
    let result = tree
        .children(token)
        .iter()
        .copied()
        .find(|c| *c > token && tree.is(*c, Relation::OpenComplement));
    let Some(result) = result.filter(|_| tree.child(token, Relation::Object).is_some()) else {
        return false;
    };
    let word = tree.lower(result);
    let sign = match word {
        "worse" | "poorer" | "weaker" | "harder" | "sicker" | "miserable" => -1,
        "better" | "safer" | "stronger" | "richer" | "easier" | "healthier" | "freer" => 1,
        _ if is_valued("bad", word) => -1,
        _ => return false,
    };
    let Some(target) = topic(tree, token).filter(|t| tree.upos(*t) != Upos::Pronoun) else {
        return false;
    };
    let mut state = state.clone();
    state.sign = if tree.negated(token) { -sign } else { sign };
    state.evidence = vec![token..token + 1, result..result + 1];
    state.rule = format!("say∘make-{word}");
    state.confidence = 0.8;
    about(tree, &state, target, found);
    true
}

/// "They squander our money": against whoever is said to do it.
fn misdeed(tree: &Tree, state: &State, token: usize, lemma: &str, found: &mut Found) -> bool {
    let guessed = tree.auxiliaries(token).any(|a| {
        matches!(
            a,
            "would" | "could" | "might" | "may" | "can" | "should" | "must"
        )
    });
    let Some(subject) = tree.subject(token) else {
        return false;
    };
    if guessed || tree.passive(token) || tree.negated(token) || tree.denies(subject) {
        return false;
    }
    let mut state = state.clone();
    state.sign = -1;
    state.evidence = vec![token..token + 1];
    state.rule = format!("say∘misdeed:{lemma}");
    state.confidence = 0.8;
    tree.settle(&state, subject, None, found);
    true
}

/// "We will not sign", "the court will not take": the speaker refuses.
pub(super) fn will(tree: &Tree, state: &State, token: usize, found: &mut Found) {
    if tree.upos(token) != Upos::Verb || !tree.negated(token) {
        return;
    }
    let will = tree
        .auxiliaries(token)
        .any(|a| matches!(a, "will" | "wo" | "won't" | "won’t"));
    let own = tree
        .subjects(token)
        .iter()
        .any(|s| s.party == state.holder.party);
    // "the court will not", said by its judge
    let body = tree
        .subject(token)
        .is_some_and(|s| is_valued("body", tree.lower(s)));
    if !will || !own && !body {
        return;
    }
    let mut state = state.clone();
    state.sign = -1;
    state.strength = 3;
    state.rule = "say∘will-not".to_owned();
    state.confidence = 0.8;
    tree.fall(&state, token, found);
}

impl Tree<'_> {
    /// Whether `token` hangs below `top`.
    pub(super) fn under(&self, token: usize, top: usize) -> bool {
        let mut at = token;
        for _ in 0..24 {
            if at == top {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }
}
