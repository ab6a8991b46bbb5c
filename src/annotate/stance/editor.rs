//! The editor's rhetoric: similes of futility, irony and thanks, inside comment blocks only.

use super::descend::{State, emit, extent, tokens};
use super::holder::Holder;
use super::{Found, Scene};
use crate::annotate::syntax::subject;
use crate::model::Party;

/// Frames of the editor's figures of speech.
pub fn rhetoric(scene: &Scene, found: &mut Found) {
    let editor = Holder {
        party: Party::Editor,
        tokens: None,
        via: Vec::new(),
    };
    the_harder(scene, &editor, found);
    for at in 0..scene.chunks.len() {
        if !scene.chunks[at].is_verb() {
            continue;
        }
        let lemma = scene.lemma(at);
        let state = |sign, rule: &str, confidence| State {
            holder: editor.clone(),
            sign,
            strength: 2,
            evidence: vec![scene.chunks[at].tokens.clone()],
            rule: rule.to_owned(),
            confidence,
            weak: false,
        };
        // "X feels like asking for a lock on the barn door": a simile mocks what it explains.
        if matches!(lemma, "feel" | "sound" | "look" | "smell" | "read")
            && scene.word(at + 1) == "like"
        {
            if let Some(subject) = subject(scene.chunks, at) {
                let end = extent(scene, subject).min(at);
                emit(
                    scene,
                    &state(-1, "editor:simile", 0.8),
                    tokens(scene, subject, end),
                    None,
                    found,
                );
            } else if at > 0 {
                let start = scene.chunks[..at]
                    .iter()
                    .position(|c| c.is_noun())
                    .unwrap_or(0);
                emit(
                    scene,
                    &state(-1, "editor:simile", 0.8),
                    tokens(scene, start, at),
                    None,
                    found,
                );
            }
        }
        if matches!(lemma, "thank" | "deserve" | "applaud")
            && scene.chunks.get(at + 1).is_some_and(|c| c.is_noun())
        {
            let target = if lemma == "deserve" {
                subject(scene.chunks, at)
            } else {
                Some(at + 1)
            };
            if let Some(target) = target {
                emit(
                    scene,
                    &state(1, "editor:thanks", 0.7),
                    tokens(scene, target, target + 1),
                    None,
                    found,
                );
            }
        }
    }
}

/// "the harder X pushes, the closer Y gets": what X does turns against X.
fn the_harder(scene: &Scene, editor: &Holder, found: &mut Found) {
    let comparative = |at: usize| {
        scene.layers.lower(at) == "the"
            && (scene.layers.lower(at + 1).ends_with("er") || scene.layers.lower(at + 1) == "more")
    };
    let Some(range) = scene.layers.sentence_tokens.get(scene.sentence).cloned() else {
        return;
    };
    let Some(first) = range.clone().find(|t| comparative(*t)) else {
        return;
    };
    let Some(second) =
        (first + 2..range.end).find(|t| scene.layers.lower(*t) == "," && comparative(t + 1))
    else {
        return;
    };
    let Some(target) = scene.layers.mentions_in(first..second).next() else {
        return;
    };
    let state = State {
        holder: editor.clone(),
        sign: -1,
        strength: 2,
        evidence: vec![first..second],
        rule: "editor:the-harder".to_owned(),
        confidence: 0.75,
        weak: false,
    };
    let tokens = target.tokens.clone();
    emit(scene, &state, tokens, None, found);
}
