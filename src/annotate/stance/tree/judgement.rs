//! Judgements among claims: "is a bad idea", "there is no reason to", "what parents want is", and
//! idioms that judge.

use super::Tree;
use super::claim::speakers;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::stance::{Class, Part, readings};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, emit};

/// "grants it the right to X": for that. "does not hold weight": against the argument. "should think twice before": against what follows.
pub(super) fn idiom(tree: &Tree, state: &State, token: usize, found: &mut Found) -> bool {
    let mut state = state.clone();
    let lemma = tree.lemma(token);
    let object = tree.child(token, Relation::Object);
    let thing = object.map_or(String::new(), |o| tree.lemma(o));
    state.rule = format!("say∘{lemma}");
    state.sign = if tree.negated(token) { -1 } else { 1 };
    match (lemma.as_str(), thing.as_str()) {
        ("grant" | "give" | "have" | "deserve", "right")
            if object.is_some_and(|o| !tree.has(o, Relation::Determiner, "no")) =>
        {
            state.strength = 3;
            if let Some(object) = object {
                state.evidence = vec![token..object + 1];
                tree.settle(&state, object, None, found);
            }
            true
        }
        ("hold", "weight" | "water") | ("make", "sense") | ("stand" | "pass", "scrutiny") => {
            if let Some(subject) = tree.subject(token) {
                state.evidence = vec![token..object.unwrap_or(token) + 1];
                tree.settle(&state, subject, None, found);
            }
            true
        }
        // "cannot afford to go on"
        ("afford", _) if state.sign < 0 => {
            let what = tree
                .complements(token)
                .into_iter()
                .find(|c| matches!(c.frame.as_str(), "inf" | "obj"));
            if let Some(what) = what {
                state.evidence = vec![token..token + 1];
                state.confidence = 0.8;
                tree.fall(&state, what.token, found);
            }
            true
        }
        ("think", _) if tree.has(token, Relation::Adverb, "twice") => {
            let deed = tree
                .children(token)
                .iter()
                .copied()
                .find(|c| tree.is(*c, Relation::AdverbialClause) && *c > token);
            if let Some(deed) = deed {
                state.sign = -1;
                state.evidence = vec![token..token + 2];
                let end = tree.phrase(deed).end;
                emit(tree.scene, &state, deed..end.max(deed + 1), None, found);
            }
            true
        }
        _ => false,
    }
}

/// "it is not for a court to decide": against deciding, however the parser joins the words.
pub(super) fn not_for(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone().skip(2) {
        let said = tree.lower(token) == "for"
            && tree.lower(token - 1) == "not"
            && matches!(tree.lower(token - 2), "is" | "was" | "'s" | "’s" | "be");
        let deed = (token + 1..tree.tokens.end.min(token + 8))
            .find(|t| tree.upos(*t) == Upos::Verb && tree.infinitive(*t));
        let Some(deed) = deed.filter(|_| said) else {
            continue;
        };
        for holder in speakers(tree, deed).0 {
            let state = State {
                holder,
                sign: -1,
                strength: 2,
                evidence: vec![token - 1..token + 1],
                rule: "say∘not-for".to_owned(),
                confidence: 0.82,
                weak: false,
            };
            let end = tree.phrase(deed).end;
            emit(tree.scene, &state, deed..end.max(deed + 1), None, found);
        }
    }
}

/// "there is no reason to intrude", "the courts have no business deciding": against it.
pub(super) fn no_reason(tree: &Tree, state: &State, token: usize, found: &mut Found) -> bool {
    const REASONS: [&str; 16] = [
        "precedent",
        "reason",
        "business",
        "need",
        "right",
        "justification",
        "excuse",
        "point",
        "basis",
        "case",
        "evidence",
        "place",
        "room",
        "way",
        "interest",
        "intention",
    ];
    let noun = std::iter::once(token)
        .chain(tree.children(token).iter().copied())
        .find(|t| REASONS.contains(&tree.lemma(*t).as_str()) && tree.upos(*t) == Upos::Noun);
    // "have no business deciding", with the noun hung elsewhere
    let noun = noun.or_else(|| {
        let next = token + 2;
        let there = tree.tokens.contains(&next) && tree.lower(token + 1) == "no";
        (there && REASONS.contains(&tree.lemma(next).as_str())).then_some(next)
    });
    let Some(noun) = noun else { return false };
    let have = matches!(
        tree.lemma(token).as_str(),
        "have" | "be" | "see" | "give" | "'s" | "’s"
    ) || noun == token;
    let negative = noun > 0 && tree.lower(noun - 1) == "no"
        || tree.has(noun, Relation::Determiner, "no")
        || tree.negated(token);
    let lemma = tree.lemma(noun);
    if !have || !negative || matches!(lemma.as_str(), "evidence" | "way" | "case") {
        return false;
    }
    let deed = tree
        .complements(noun)
        .into_iter()
        .chain(tree.complements(token))
        .find(|c| {
            c.token > noun
                && (matches!(c.frame.as_str(), "inf" | "ing" | "for") || tree.gerund(c.token))
        });
    let deed = deed.map(|d| d.token).or_else(|| {
        let next = noun + 1;
        (tree.tokens.contains(&next) && tree.gerund(next)).then_some(next)
    });
    let Some(deed) = deed else { return false };
    let mut state = state.clone();
    state.sign = -1;
    state.evidence = vec![noun.saturating_sub(1)..noun + 1];
    state.rule = format!("say∘no-{lemma}");
    state.confidence = 0.82;
    tree.fall(&state, deed, found);
    true
}

/// "all we are asking for is a chance", "what parents want is a school": the predicate is what is
/// wanted. "What makes this troubling is the attempt": it is what is judged.
pub(super) fn cleft(tree: &Tree, token: usize, found: &mut Found) -> bool {
    let subject = tree
        .child(token, Relation::ClauseSubject)
        .or_else(|| tree.subject(token));
    let Some(subject) = subject.filter(|_| tree.child(token, Relation::Copula).is_some()) else {
        return false;
    };
    let inside: Vec<usize> = (tree.left(subject)..token)
        .filter(|t| tree.upos(*t) == Upos::Verb && tree.under(*t, subject))
        .collect();
    let opens = [subject, tree.left(subject)]
        .iter()
        .any(|t| matches!(tree.lower(*t), "what" | "all" | "whatever"));
    let Some(verb) = inside.first().copied().filter(|_| opens) else {
        return false;
    };
    let entry = readings(Part::Verb, &tree.lemma(verb)).iter().find(|e| {
        matches!(e.class, Class::Want | Class::Judge | Class::Feel)
            && ["obj", "inf", "for"].iter().any(|f| e.takes(f))
    });
    let bad = (tree.left(subject)..token).find(|t| is_valued("bad", tree.lower(*t)));
    let (sign, word, holders) = match (entry, bad) {
        (Some(entry), _) => (entry.sign, verb, tree.subjects(verb)),
        (None, Some(word)) => (-1, word, speakers(tree, token).0),
        _ => return false,
    };
    for holder in holders {
        let state = State {
            holder,
            sign: if tree.negated(verb) { -sign } else { sign },
            strength: 2,
            evidence: vec![word..word + 1],
            rule: format!("what+{}", tree.lemma(verb)),
            confidence: 0.82,
            weak: false,
        };
        let copula = tree.child(token, Relation::Copula).filter(|c| *c < token);
        let mut range = tree.phrase(token);
        range.start = copula.map_or(range.start, |c| range.start.max(c + 1));
        emit(tree.scene, &state, range, None, found);
    }
    true
}

/// "is a bad idea", "are unfounded", "it is wrong to".
pub(super) fn judged(tree: &Tree, state: &State, token: usize, found: &mut Found) -> bool {
    // "cannot be trusted", with "be" taken for an auxiliary
    let be = tree.upos(token) == Upos::Adjective && tree.auxiliaries(token).any(|a| a == "be");
    let copula = tree.child(token, Relation::Copula).is_some() || be;
    if !copula && !tree.is(token, Relation::OpenComplement) {
        return false;
    }
    let near = tree.children(token).iter().copied().filter(|c| {
        matches!(
            tree.relation(*c),
            Relation::Adjective | Relation::Compound | Relation::Conjunct
        ) && tree.subject(*c).is_none()
    });
    // "is another example of dangerous talk": what it is an example of.
    let kind = matches!(
        tree.lower(token),
        "example"
            | "case"
            | "kind"
            | "sort"
            | "piece"
            | "act"
            | "form"
            | "display"
            | "bit"
            | "sign"
            | "instance"
            | "symbol"
            | "type"
    );
    let inner = tree.children(token).iter().copied().find(|c| {
        kind && tree.is(*c, Relation::NounModifier) && tree.has(*c, Relation::Case, "of")
    });
    let near = near.chain(inner).chain(inner.into_iter().flat_map(|i| {
        tree.children(i)
            .iter()
            .copied()
            .filter(|c| tree.is(*c, Relation::Adjective))
    }));
    // "is in good shape" says how somebody fares.
    let placed = tree.child(token, Relation::Case).is_some();
    let words: Vec<usize> = std::iter::once(token)
        .chain(near.filter(|_| !placed))
        .collect();
    let find = |class: &str| {
        words
            .iter()
            .copied()
            .find(|t| is_valued(class, tree.lower(*t)))
    };
    // "a poor answer", but no poor man
    let poor = || {
        let poor = tree
            .children(token)
            .iter()
            .copied()
            .find(|c| matches!(tree.lower(*c), "poor" | "sorry"));
        poor.filter(|_| tree.upos(token) == Upos::Noun && !is_valued("people", tree.lower(token)))
    };
    // "a man of peace"
    let of = || {
        let of =
            tree.children(token).iter().copied().find(|c| {
                tree.is(*c, Relation::NounModifier) && tree.has(*c, Relation::Case, "of")
            });
        of.filter(|c| is_valued("gain", tree.lower(*c)) && tree.upos(token) == Upos::Noun)
    };
    let threat = || {
        let noun = tree.upos(token) == Upos::Noun && is_valued("harm", tree.lower(token));
        noun.then_some(token)
    };
    let (sign, word) = match (
        find("good").or_else(of),
        find("bad").or_else(threat).or_else(poor),
    ) {
        (Some(word), None) => (1, word),
        (None, Some(word)) => (-1, word),
        _ => return false,
    };
    if tree
        .auxiliaries(token)
        .any(|a| matches!(a, "could" | "may" | "might"))
        && sign > 0
    {
        return false;
    }
    let pronoun = tree
        .subject(token)
        .filter(|s| {
            matches!(
                tree.lower(*s),
                "they" | "this" | "that" | "these" | "those" | "it"
            )
        })
        .filter(|s| tree.mention(*s).is_none());
    let mut state = state.clone();
    // "is no hero": not one at all.
    let negated = tree.negated(token) || tree.has(token, Relation::Determiner, "no") && sign > 0;
    state.sign = if negated { -sign } else { sign };
    state.evidence = vec![word..word + 1];
    state.rule = format!("say∘is+{}", tree.lower(word));
    state.confidence = 0.82;
    if !negated {
        worse(tree, &state, &words, found);
    }
    let Some(target) = topic(tree, token) else {
        return true;
    };
    // "They are wrong": what the same holder spoke of in the sentence before.
    if Some(target) == pronoun {
        let mut before = tree.scene.before.iter().rev();
        // A demand is no thing that "it" could stand for.
        let demanded = |rule: &str| {
            ["should", "must", "have", "ought", "need"]
                .iter()
                .any(|word| {
                    rule.strip_prefix("say∘")
                        .is_some_and(|r| r.starts_with(word))
                })
        };
        let known = before.find(|f| f.holder == state.holder.party && !demanded(&f.rule));
        let under = tree
            .children(token)
            .iter()
            .any(|c| tree.is(*c, Relation::AdverbialClause) && tree.has(*c, Relation::Mark, "if"));
        // "Berg called it sound, and Holm, who says it's a waste": what was just spoken of.
        let here = found.frames.iter().rfind(|f| {
            f.holder != state.holder.party
                && !demanded(&f.rule)
                && f.target.end <= token
                && pronoun.is_some_and(|p| tree.lower(p) == "it")
                && known.is_none()
        });
        let target = known.or(here).map(|f| f.target.clone());
        // "The deal helps nobody. That is unacceptable.": what the sentence before is about.
        let target = target.or_else(|| {
            let that = pronoun.is_some_and(|p| matches!(tree.lower(p), "that" | "this"));
            that.then(|| tree.subject_before(state.holder.party))
                .flatten()
        });
        if let Some(target) = target.filter(|_| !under) {
            emit(tree.scene, &state, target, None, found);
        }
        return true;
    }
    about(tree, &state, target, found);
    true
}

/// "is better than Holm", "smarter than the plan": against what it is better than.
fn worse(tree: &Tree, state: &State, words: &[usize], found: &mut Found) {
    let better = |t: &usize| {
        matches!(
            tree.lower(*t),
            "better" | "worse" | "smarter" | "safer" | "stronger" | "wiser"
        ) || tree.has(*t, Relation::Adverb, "more")
    };
    if !words.iter().any(better) {
        return;
    }
    let than = words
        .iter()
        .flat_map(|w| tree.children(*w))
        .copied()
        .find(|c| tree.has(*c, Relation::Case, "than") && tree.mention(*c).is_some());
    if let Some(than) = than {
        let mut state = state.clone();
        state.sign = -state.sign;
        tree.settle(&state, than, None, found);
    }
}

/// "There was never anyone more qualified than Holm": for Holm.
pub(super) fn unequalled(tree: &Tree, found: &mut Found) {
    for token in tree.tokens.clone() {
        let compared = tree.has(token, Relation::Case, "than") && tree.mention(token).is_some();
        let Some(word) = tree.head(token).filter(|h| compared && *h < token) else {
            continue;
        };
        let good = is_valued("good", tree.lower(word))
            && (tree.lower(word) == "better" || tree.has(word, Relation::Adverb, "more"));
        let denied = (tree.tokens.start..word).any(|t| {
            matches!(
                tree.lower(t),
                "never" | "no" | "nobody" | "nothing" | "none"
            )
        });
        if !good || !denied || tree.subject(word).is_some() {
            continue;
        }
        for holder in speakers(tree, word).0 {
            let state = State {
                holder,
                sign: 1,
                strength: 3,
                evidence: vec![word - 1..word + 1],
                rule: format!("say∘never+{}", tree.lower(word)),
                confidence: 0.82,
                weak: false,
            };
            tree.settle(&state, token, None, found);
        }
    }
}

/// What a clause is about: its subject, or what "it" stands for.
pub(super) fn topic(tree: &Tree, token: usize) -> Option<usize> {
    let clause = tree.child(token, Relation::ClauseSubject);
    let subject = tree.subject(token);
    let it = subject.is_none_or(|s| tree.lower(s) == "it")
        || tree.child(token, Relation::Expletive).is_some();
    let moved = tree
        .complements(token)
        .into_iter()
        .find(|c| {
            matches!(c.frame.as_str(), "inf" | "that" | "ing")
                || c.frame == "for" && tree.upos(c.token) == Upos::Verb
        })
        .map(|c| c.token);
    clause.or(if it { moved.or(subject) } else { subject })
}

/// The stance toward the topic of a judgement: a deed turns the sign for what it does away with.
pub(super) fn about(tree: &Tree, state: &State, target: usize, found: &mut Found) {
    let asked = matches!(tree.lower(target), "what" | "which" | "who" | "whatever");
    if asked {
        return;
    }
    if tree.upos(target) == Upos::Verb {
        let end = tree.phrase(target).end;
        if tree.infinitive(target) && tree.complements(target).is_empty() {
            emit(tree.scene, state, target..end.max(target + 1), None, found);
            return;
        }
        tree.fall(state, target, found);
    } else {
        tree.settle(state, target, None, found);
    }
}
