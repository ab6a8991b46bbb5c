//! What a speaker claims: demands with "must" and "should", effects on what people hold dear, and
//! plain judgements ("is a bad idea"). Only inside reported speech, or in the editor's own words.

use super::descend::{State, descend, emit, extent, tokens};
use super::holder;
use super::{Found, Scene};
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
        let state = State {
            holder: who,
            sign: if negated { -1 } else { 1 },
            strength: 2,
            evidence: vec![scene.chunks[at].tokens.clone()],
            rule: String::new(),
            confidence: 0.8,
        };
        if let Some(modal) = modal
            && matches!(scene.layers.lower(modal), "must" | "should" | "ought")
            && !editor
        {
            demand(scene, &state, at, subject, passive, found);
        } else if copula {
            judged(scene, &state, at, subject, found);
        } else {
            effect(scene, &state, at, subject, found);
        }
    }
    described(scene, found);
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
    let span = extent(scene, subject).min(at);
    emit(
        scene,
        &state,
        tokens(scene, subject, span.max(subject + 1)),
        None,
        found,
    );
}

/// "described his meeting as “positive”", "dismissed the reports as baseless".
fn described(scene: &Scene, found: &mut Found) {
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
        };
        let end = extent(scene, object).min(marker).min(object + 3);
        emit(scene, &state, tokens(scene, object, end), None, found);
    }
}
