//! Who holds a stance: the subject, the one named by "by", the possessor, or whoever speaks.

use std::ops::Range;

use super::Scene;
use crate::annotate::layers::Placed;
use crate::annotate::syntax::{Pos, subject};
use crate::base::EntityId;
use crate::model::{EntityKind, MentionForm, Party, QuoteKind};

/// A holder with the tokens that name it.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Who.
    pub party: Party,
    /// Where it is named.
    pub tokens: Option<Range<usize>>,
    /// Relays, outermost first.
    pub via: Vec<EntityId>,
}

/// Nouns whose possessor holds what their phrase says.
const OWNED: [&str; 18] = [
    "stance",
    "position",
    "view",
    "government",
    "focus",
    "goal",
    "aim",
    "office",
    "team",
    "statement",
    "letter",
    "brief",
    "administration",
    "message",
    "approach",
    "policy",
    "leadership",
    "ruling",
];

/// The holder of the verb group at `at`: its subject.
pub fn of_verb(scene: &Scene, at: usize) -> Option<Holder> {
    let subject = subject(scene.chunks, at)?;
    of_noun(scene, subject)
}

/// The holder that the noun phrase at `at` names.
pub fn of_noun(scene: &Scene, at: usize) -> Option<Holder> {
    let chunk = scene.chunks.get(at).filter(|c| c.is_noun())?;
    let layers = scene.layers;
    if layers.tags[chunk.head].pos == Pos::Pronoun
        && matches!(layers.lower(chunk.head), "i" | "we" | "us" | "me")
    {
        return speaker(scene, chunk.head);
    }
    let found = mention_at(scene, chunk.tokens.clone(), chunk.head).or_else(|| {
        OWNED
            .contains(&layers.lemma(chunk.head))
            .then(|| possessor(scene, at))
            .flatten()
    })?;
    can_hold(scene, &found).then(|| Holder {
        party: Party::Entity(found.entity),
        tokens: Some(found.tokens.clone()),
        via: relays(scene, chunk.head, found.entity),
    })
}

/// The mention that ends at the head of a noun phrase.
pub fn mention_at(scene: &Scene, tokens: Range<usize>, head: usize) -> Option<Placed> {
    scene
        .layers
        .mentions_in(tokens)
        .filter(|p| p.tokens.end == head + 1)
        .max_by_key(|p| p.tokens.len())
        .cloned()
}

/// The mention that owns the noun phrase at `at`, or stands right before its head: "Russia's
/// objections", "a New York Times request".
pub fn possessor(scene: &Scene, at: usize) -> Option<Placed> {
    let chunk = scene.chunks.get(at)?;
    let first = chunk.tokens.start;
    let own = scene
        .layers
        .mentions_in(chunk.tokens.start..chunk.head)
        .filter(|p| p.form != MentionForm::Demonym || p.tokens.end == chunk.head)
        .filter(|p| p.form == MentionForm::Demonym || can_hold(scene, p))
        .last()
        .cloned();
    own.or_else(|| {
        // "his focus": the possessive stands for the subject of the sentence before.
        let named_here = scene.chunks.first().is_some_and(|c| {
            scene
                .layers
                .mentions_in(c.tokens.start..first)
                .next()
                .is_some()
        });
        let pronoun = matches!(scene.layers.lower(first), "his" | "her") && !named_here;
        pronoun
            .then(|| last_subject(scene))
            .flatten()
            .map(|entity| Placed {
                tokens: first..first + 1,
                entity,
                form: MentionForm::Pronoun,
            })
    })
}

/// The last person who was a subject in the sentence before, of the same or the next block.
pub(super) fn last_subject(scene: &Scene) -> Option<EntityId> {
    let sentence = scene.sentence.checked_sub(1)?;
    let range = scene.layers.sentence_chunks.get(sentence)?.clone();
    let chunks = &scene.layers.chunks[range];
    (0..chunks.len()).rev().find_map(|at| {
        chunks[at].is_verb().then_some(())?;
        let subject = subject(chunks, at)?;
        let chunk = &chunks[subject];
        mention_at(scene, chunk.tokens.clone(), chunk.head)
            .map(|p| p.entity)
            .filter(|e| {
                scene
                    .layers
                    .entities
                    .get(e.index())
                    .is_some_and(|e| e.kind == EntityKind::Person)
            })
    })
}

/// Whether what is mentioned can want something.
pub fn can_hold(scene: &Scene, found: &Placed) -> bool {
    // "Russians want" holds; "a Democrat wants" is one of many.
    let people = scene.layers.lower(found.tokens.end.saturating_sub(1));
    let plural = ["s", "ese", "sh", "ch"].iter().any(|e| people.ends_with(e));
    if found.form == MentionForm::Demonym && !plural {
        return false;
    }
    scene
        .layers
        .entities
        .get(found.entity.index())
        .is_some_and(|e| match e.kind {
            EntityKind::Person | EntityKind::Organization | EntityKind::Group => true,
            EntityKind::Place => {
                e.rule.contains("country")
                    || e.rule.contains("seat")
                    || e.rule.contains("demonym")
                    || e.rule.contains("known")
                    || e.rule.contains("place")
            }
            _ => false,
        })
}

/// Whoever speaks at a token: the innermost quote that has a speaker, or the editor.
pub fn speaker(scene: &Scene, token: usize) -> Option<Holder> {
    let around = scene.around(token);
    let quote = around.first();
    match quote {
        Some(quote) => match quote.speaker {
            Party::Entity(_) | Party::Editor => Some(Holder {
                party: quote.speaker,
                tokens: quote.speaker_span.map(|s| scene.layers.tokens_in(s)),
                via: around[1..]
                    .iter()
                    .rev()
                    .filter_map(|q| q.speaker.entity())
                    .filter(|e| Some(*e) != quote.speaker.entity())
                    .collect(),
            }),
            _ => None,
        },
        None if scene.comment => Some(Holder {
            party: Party::Editor,
            tokens: None,
            via: Vec::new(),
        }),
        None => None,
    }
}

/// Those through whom what stands at a token is reported, outermost first.
pub fn relays(scene: &Scene, token: usize, holder: EntityId) -> Vec<EntityId> {
    let mut out: Vec<EntityId> = scene
        .around(token)
        .iter()
        .rev()
        .filter(|q| {
            matches!(
                q.kind,
                QuoteKind::Indirect | QuoteKind::Direct | QuoteKind::Mixed
            )
        })
        .filter_map(|q| q.speaker.entity())
        .filter(|e| *e != holder)
        .collect();
    out.dedup();
    out
}
