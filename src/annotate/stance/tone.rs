//! What the model weighs: the tone of an editor's sentence toward those it names, where no figure
//! of speech or judgement told it; and whether holder and target of a stance between two names stand
//! to each other as the rules say.

use std::ops::Range;

use super::{Found, Frame, Scene};
use crate::annotate::encoder::{Ask, Encoder, Relation};
use crate::annotate::lexicon::stance::{Class, Part, readings};
use crate::annotate::lexicon::words::is_valued;
use crate::base::EntityId;
use crate::model::{EntityKind, MentionForm, Party, Polarity};

/// How sure the model must be of a tone.
const SURE: f32 = 0.8;
/// How sure the model must be that a stance is the other way round to have it drawn faint.
const DOUBT: f32 = 0.6;
/// What a stance loses by that.
const LOSS: f32 = 0.15;

/// Adds the editor's tone toward those whom a sentence of a comment names.
pub fn editor(scene: &Scene, encoder: &Encoder, found: &mut Found) {
    let layers = scene.layers;
    let Some(tokens) = layers.sentence_tokens.get(scene.sentence).cloned() else {
        return;
    };
    // A figure of speech or a judgement says it more exactly.
    if found.frames.iter().any(|f| f.holder == Party::Editor) {
        return;
    }
    let mut named: Vec<(EntityId, Range<usize>)> = Vec::new();
    for placed in layers.mentions_in(tokens.clone()) {
        let known = named.iter().any(|(e, _)| *e == placed.entity)
            || matches!(placed.form, MentionForm::Demonym | MentionForm::Pronoun);
        let holds = layers.entities.get(placed.entity.index()).is_some_and(|e| {
            matches!(
                e.kind,
                EntityKind::Person
                    | EntityKind::Organization
                    | EntityKind::Place
                    | EntityKind::Group
            )
        });
        if !known && holds {
            named.push((placed.entity, placed.tokens.clone()));
        }
    }
    let asks = named.iter().map(|(_, at)| Ask {
        first: inside(at, &tokens),
        second: 0..0,
    });
    let asks: Vec<Ask> = asks.collect();
    let Some(vectors) = layers.encoded.as_ref().and_then(|e| e.vectors(&tokens)) else {
        return;
    };
    // Without an answer the rules stand alone.
    let views = encoder.views(&vectors, &asks).unwrap_or_default();
    for ((entity, target), view) in named.into_iter().zip(views) {
        let [negative, _, positive] = view.toward;
        let (share, polarity) = if negative > positive {
            (negative, Polarity::Against)
        } else {
            (positive, Polarity::For)
        };
        if share < SURE {
            continue;
        }
        // Praise in which no word praises is more often meant the other way.
        let good = tokens
            .clone()
            .any(|t| is_valued("good", layers.lower(t)) || praises(layers.lemma(t)));
        let share = if polarity == Polarity::For && !good {
            share - LOSS
        } else {
            share
        };
        found.frames.push(Frame {
            sentence: scene.sentence,
            holder: Party::Editor,
            holder_tokens: None,
            evidence: vec![shown(scene, &tokens, &target, polarity)],
            target,
            entity: Some(entity),
            inverse: None,
            polarity,
            strength: 1,
            via: Vec::new(),
            rule: "tone".into(),
            confidence: share.min(0.9),
        });
    }
}

/// Whether a word shows that somebody is for something.
fn praises(lemma: &str) -> bool {
    [Part::Verb, Part::Noun, Part::Adjective]
        .iter()
        .flat_map(|part| readings(*part, lemma))
        .any(|e| e.sign > 0 && matches!(e.class, Class::Judge | Class::Feel))
}

/// Makes stances faint that the model reads the other way round.
pub fn weigh(scene: &Scene, encoder: &Encoder, found: &mut Found) {
    let layers = scene.layers;
    let Some(tokens) = layers.sentence_tokens.get(scene.sentence).cloned() else {
        return;
    };
    let within = |r: &Range<usize>| tokens.start <= r.start && r.end <= tokens.end && !r.is_empty();
    let mut asks = Vec::new();
    let mut asked = Vec::new();
    for (n, frame) in found.frames.iter().enumerate() {
        if let (Some(holder), Some(_)) = (&frame.holder_tokens, frame.entity)
            && within(holder)
            && within(&frame.target)
            && !overlap(holder, &frame.target)
        {
            asks.push(Ask {
                first: inside(holder, &tokens),
                second: inside(&frame.target, &tokens),
            });
            asked.push(n);
        }
    }
    if asks.is_empty() {
        return;
    }
    let Some(vectors) = layers.encoded.as_ref().and_then(|e| e.vectors(&tokens)) else {
        return;
    };
    let views = encoder.views(&vectors, &asks).unwrap_or_default();
    for (n, view) in asked.into_iter().zip(views) {
        let frame = &mut found.frames[n];
        let [_, pro, _, con, _] = view.pair;
        let other = match frame.polarity {
            Polarity::For => con,
            Polarity::Against => pro,
            Polarity::Conditional => 0.0,
        };
        if other >= DOUBT {
            frame.confidence -= LOSS;
        }
    }
}

/// The words of a sentence that show the tone: one that judges, nearest to the target; else its
/// main word.
fn shown(
    scene: &Scene,
    tokens: &Range<usize>,
    target: &Range<usize>,
    polarity: Polarity,
) -> Range<usize> {
    let class = if polarity == Polarity::For {
        "good"
    } else {
        "bad"
    };
    let judges = |t: &usize| is_valued(class, scene.layers.lower(*t));
    let free = |t: &usize| !target.contains(t);
    let best = tokens
        .clone()
        .filter(|t| judges(t) && free(t))
        .min_by_key(|t| t.abs_diff(target.start));
    let root = || {
        tokens.clone().find(|t| {
            scene
                .layers
                .word(*t)
                .is_some_and(|w| w.relation == Relation::Root)
                && free(t)
        })
    };
    let at = best.or_else(root).unwrap_or(tokens.start);
    at..at + 1
}

fn inside(range: &Range<usize>, tokens: &Range<usize>) -> Range<usize> {
    range.start - tokens.start..range.end - tokens.start
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
