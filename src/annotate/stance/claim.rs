//! What a speaker claims: demands with "must" and "should", effects on what people hold dear, and
//! plain judgements ("is a bad idea"). Only inside reported speech, or in the editor's own words.

use super::descend::{State, descend, emit, extent, tokens};
use super::holder;
use super::{Found, Scene};
use crate::annotate::lexicon::stance::{Part, readings};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::syntax::{ChunkKind, Pos, VerbForm, subject};

/// Frames of the claims of a sentence.
pub fn claims(scene: &Scene, found: &mut Found) {
    if scene.asks() {
        return;
    }
    for at in 0..scene.chunks.len() {
        let ChunkKind::Verb {
            form: VerbForm::Finite,
            negated,
            passive,
            copula,
            modal,
        } = scene.chunks[at].kind
        else {
            continue;
        };
        let Some(who) = holder::speaker(scene, scene.chunks[at].head) else {
            continue;
        };
        let editor = who.party == crate::model::Party::Editor;
        let Some(subject) = subject(scene.chunks, at) else {
            continue;
        };
        if subordinate(scene, subject, at) {
            continue;
        }
        let state = State {
            holder: who,
            sign: if negated { -1 } else { 1 },
            strength: 2,
            evidence: vec![scene.chunks[at].tokens.clone()],
            rule: String::new(),
            confidence: 0.8,
            weak: false,
        };
        if let Some(modal) = modal
            && matches!(scene.layers.lower(modal), "must" | "should" | "ought")
            && !editor
        {
            demand(scene, &state, at, subject, passive, found);
        } else if copula {
            judged(scene, &state, at, subject, found);
        } else if !idiom(scene, &state, at, subject, found) {
            effect(scene, &state, at, subject, found);
        }
    }
    regardless(scene, found);
    described(scene, found);
}

/// Whether the clause is a relative or a question, or stands under "if" or "because".
fn subordinate(scene: &Scene, subject: usize, at: usize) -> bool {
    let asked = scene.chunks[subject]
        .tokens
        .clone()
        .any(|t| matches!(scene.layers.lower(t), "what" | "whatever" | "which" | "who"));
    let before = subject.checked_sub(1).map(|p| &scene.chunks[p]);
    let under = before.is_some_and(|c| {
        c.is(Pos::Relative) || c.is(Pos::Subordinator) && scene.layers.lower(c.head) != "that"
    });
    let relative = (subject + 1..at)
        .any(|i| scene.chunks[i].is(Pos::Relative) || scene.chunks[i].is(Pos::Subordinator));
    asked || under || relative || at > 0 && scene.chunks[at - 1].is(Pos::Relative)
}

/// "must include X": for X. "should be changed": for the change.
fn demand(
    scene: &Scene,
    state: &State,
    at: usize,
    subject: usize,
    passive: bool,
    found: &mut Found,
) {
    // "Neither … nor lobbyists should": the negation stands before the subject.
    let clause = scene.chunks[at]
        .tokens
        .start
        .saturating_sub(12)
        .max(scene.chunks[0].tokens.start);
    if (clause..scene.chunks[at].tokens.start)
        .any(|t| matches!(scene.layers.lower(t), "neither" | "nor" | "nobody" | "no"))
    {
        return;
    }
    let mut state = state.clone();
    state.strength = 3;
    state.rule = "say∘must".to_owned();
    let object = at + 1;
    let holds = matches!(
        scene.lemma(at),
        "include"
            | "involve"
            | "meet"
            | "contain"
            | "have"
            | "respect"
            | "guarantee"
            | "ensure"
            | "satisfy"
            | "get"
            | "provide"
            | "mean"
    );
    if holds && !passive {
        state.confidence = 0.85;
        descend(scene, &state, object, 1, found);
        return;
    }
    let sign = state.sign;
    state.confidence = 0.75;
    if sign < 0 {
        state.sign = -1;
    }
    let end = extent(scene, at);
    let target = if passive {
        tokens(scene, subject, end)
    } else {
        tokens(scene, at, end)
    };
    emit(scene, &state, target, None, found);
}

/// "is a bad idea", "are unfounded".
fn judged(scene: &Scene, state: &State, at: usize, subject: usize, found: &mut Found) {
    let chunks = scene.chunks;
    let mut next = at + 1;
    while chunks
        .get(next)
        .is_some_and(|c| c.is(Pos::Adverb) || c.is(Pos::Open))
    {
        next += 1;
    }
    let Some(predicate) = chunks
        .get(next)
        .filter(|c| c.is(Pos::Adjective) || c.is_noun())
    else {
        return;
    };
    let valued = |class: &str| {
        predicate
            .tokens
            .clone()
            .find(|t| is_valued(class, scene.layers.lower(*t)))
    };
    let (sign, word) = match (valued("good"), valued("bad")) {
        (Some(word), None) => (1, word),
        (None, Some(word)) => (-1, word),
        _ => return,
    };
    let mut state = state.clone();
    state.sign *= sign;
    state.evidence = vec![word..word + 1];
    state.rule = format!("say∘is+{}", scene.layers.lower(word));
    state.confidence = 0.8;
    gerund(scene, &mut state, subject);
    emit(
        scene,
        &state,
        tokens(scene, subject, extent(scene, subject).min(at)),
        None,
        found,
    );
}

/// "would escalate tensions": against what would; "would bring stability": for it.
fn effect(scene: &Scene, state: &State, at: usize, subject: usize, found: &mut Found) {
    let chunks = scene.chunks;
    let lemma = scene.lemma(at);
    let mut next = at + 1;
    while chunks
        .get(next)
        .is_some_and(|c| c.is(Pos::Adverb) || c.is(Pos::Open) || c.is(Pos::Preposition))
    {
        next += 1;
    }
    let Some(object) = chunks.get(next).filter(|c| c.is_noun()) else {
        return;
    };
    let end = extent(scene, next);
    let last = chunks
        .get(end.saturating_sub(1))
        .map_or(object.tokens.end, |c| c.tokens.end);
    let has =
        |class: &str| (object.tokens.start..last).any(|t| is_valued(class, scene.layers.lower(t)));
    let raises = is_valued("raise", lemma)
        || matches!(
            lemma,
            "become" | "result" | "lead" | "mean" | "cause" | "give"
        );
    let hurts = is_valued("hurt", lemma);
    let modal = matches!(chunks[at].kind, ChunkKind::Verb { modal: Some(_), .. });
    let sign = match (hurts, raises, has("harm"), has("gain")) {
        (true, _, true, false) | (_, true, true, false) => -1,
        (true, _, false, true) => -1,
        (_, true, false, true) => 1,
        _ => return,
    };
    if !modal && !hurts {
        return;
    }
    let mut state = state.clone();
    state.sign *= sign;
    state.rule = format!("say∘effect:{lemma}");
    state.evidence = vec![chunks[at].tokens.start..object.tokens.end];
    state.confidence = 0.8;
    let span = extent(scene, subject).min(at).max(subject + 1);
    // "resolving the root causes would bring stability": against the causes.
    gerund(scene, &mut state, subject);
    // "the root causes, namely X"
    let named = (span..at)
        .find(|i| scene.word(*i) == "namely")
        .filter(|n| chunks.get(n + 1).is_some_and(|c| c.is_noun()));
    if let Some(named) = named {
        emit(
            scene,
            &state,
            tokens(scene, named + 1, extent(scene, named + 1).min(at)),
            None,
            found,
        );
    } else {
        emit(scene, &state, tokens(scene, subject, span), None, found);
    }
}

/// "denying us justice is": what is said of the deed is turned for what the deed does away with.
fn gerund(scene: &Scene, state: &mut State, subject: usize) {
    let deed = (subject.saturating_sub(2)..subject)
        .rev()
        .take_while(|g| scene.chunks[*g].is_noun() || scene.chunks[*g].is_verb())
        .find(|g| scene.chunks[*g].form() == Some(VerbForm::Ing));
    if let Some(deed) = deed
        && let Some(entry) = readings(Part::Verb, scene.lemma(deed)).first()
    {
        state.sign *= entry.sign;
        state.evidence.push(scene.chunks[deed].tokens.clone());
    }
}

/// "grants it the right to X": for that right. "does not hold water": against the argument.
fn idiom(scene: &Scene, state: &State, at: usize, subject: usize, found: &mut Found) -> bool {
    let chunks = scene.chunks;
    let mut object = at + 1;
    if chunks.get(object + 1).is_some_and(|c| c.is_noun()) {
        object += 1;
    }
    let mut state = state.clone();
    state.rule = format!("say∘{}", scene.lemma(at));
    match (scene.lemma(at), scene.lemma(object)) {
        ("grant" | "give" | "have" | "deserve", "right") => {
            state.strength = 3;
            emit(
                scene,
                &state,
                tokens(scene, object, extent(scene, object)),
                None,
                found,
            );
        }
        ("hold", "weight" | "water") | ("make", "sense") => {
            emit(
                scene,
                &state,
                tokens(
                    scene,
                    subject,
                    extent(scene, subject).min(at).max(subject + 1),
                ),
                None,
                found,
            );
        }
        _ => return false,
    }
    true
}

/// "whether Russia approves or not": against the one whose view does not count.
pub(super) fn regardless(scene: &Scene, found: &mut Found) {
    let chunks = scene.chunks;
    for at in 0..chunks.len() {
        if scene.word(at) != "whether" || !chunks.get(at + 1).is_some_and(|c| c.is_noun()) {
            continue;
        }
        let likes = chunks.get(at + 2).is_some_and(|c| c.is_verb())
            && matches!(
                scene.lemma(at + 2),
                "approve" | "like" | "agree" | "want" | "accept"
            );
        let or_not = (at + 3..chunks.len().min(at + 6)).any(|i| scene.word(i) == "or");
        let Some(who) = holder::speaker(scene, chunks[at].head).filter(|_| likes && or_not) else {
            continue;
        };
        let state = State {
            holder: who,
            sign: -1,
            strength: 2,
            evidence: vec![chunks[at].tokens.start..chunks[at + 2].tokens.end],
            rule: "say∘whether-or-not".to_owned(),
            confidence: 0.8,
            weak: false,
        };
        emit(scene, &state, tokens(scene, at + 1, at + 2), None, found);
    }
}

/// "described his meeting as “positive”", "dismissed the reports as baseless".
pub(super) fn described(scene: &Scene, found: &mut Found) {
    for at in 0..scene.chunks.len() {
        if !scene.chunks[at].is_verb()
            || !matches!(
                scene.lemma(at),
                "describe"
                    | "characterize"
                    | "label"
                    | "portray"
                    | "hail"
                    | "see"
                    | "regard"
                    | "view"
            )
        {
            continue;
        }
        let object = at + 1;
        if !scene.chunks.get(object).is_some_and(|c| c.is_noun()) {
            continue;
        }
        let Some(marker) =
            (object + 1..scene.chunks.len().min(object + 9)).find(|i| scene.word(*i) == "as")
        else {
            continue;
        };
        let Some(who) = holder::of_verb(scene, at) else {
            continue;
        };
        let rest = scene.chunks[marker].tokens.end
            ..scene.chunks[scene.chunks.len().min(marker + 6) - 1]
                .tokens
                .end;
        let find = |class: &str| {
            rest.clone()
                .find(|t| is_valued(class, scene.layers.lower(*t)))
        };
        let (sign, word) = match (find("good"), find("bad")) {
            (Some(word), None) => (1, word),
            (None, Some(word)) => (-1, word),
            _ => continue,
        };
        let state = State {
            holder: who,
            sign,
            strength: 2,
            evidence: vec![
                scene.chunks[at].head..scene.chunks[at].head + 1,
                word..word + 1,
            ],
            rule: "describe+as".to_owned(),
            confidence: 0.85,
            weak: false,
        };
        let end = extent(scene, object).min(marker).min(object + 3);
        emit(scene, &state, tokens(scene, object, end), None, found);
    }
}
