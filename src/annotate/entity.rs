//! From drafts of entities to the entity layer: order, aliases, roles, and whom a person speaks for.

use std::collections::BTreeSet;

use super::identity::Draft;
use super::layers::{Layers, Placed};
use crate::base::{EntityId, Span};
use crate::model::{Document, Entity, EntityKind, MentionForm};

/// The least confidence that is shown.
const LEAST: f32 = 0.6;

/// Fills the entity layer from the drafts, in order of first mention.
pub(crate) fn settle(document: &Document, layers: &mut Layers, mut drafts: Vec<Draft>) {
    drafts.retain(|d| !d.mentions.is_empty() && sure(d));
    for draft in &mut drafts {
        draft
            .mentions
            .sort_by_key(|(_, m)| (m.span.start, m.span.end));
    }
    drafts.sort_by_key(|d| d.mentions.first().map(|(_, m)| m.span));
    let mut titles = Vec::new();
    for (n, draft) in drafts.into_iter().enumerate() {
        let id = EntityId::at(n);
        let (kind, confidence, rule) =
            draft
                .kind
                .unwrap_or((EntityKind::Other, LEAST, "capital".into()));
        let confidence = confidence.max(LEAST);
        for (tokens, mention) in &draft.mentions {
            layers.placed.push(Placed {
                tokens: tokens.clone(),
                entity: id,
                form: mention.form,
            });
        }
        titles.push(draft.title);
        layers.entities.push(Entity {
            id,
            aliases: aliases(document, &draft.name, &draft.mentions),
            name: draft.name,
            kind,
            role: None,
            speaks_for: None,
            mentions: draft.mentions.into_iter().map(|(_, m)| m).collect(),
            rule,
            confidence,
        });
    }
    layers
        .placed
        .sort_by_key(|p| (p.tokens.start, p.tokens.end));
    for (n, title) in titles.into_iter().enumerate() {
        if layers.entities[n].kind == EntityKind::Person
            && let Some(title) = title
        {
            let mut span = layers.span(&title);
            let speaks_for = spoken_for(layers, &title, &mut span, n);
            let role = crate::base::text::one_line(span.of(&document.text));
            let honorific = super::lexicon::gazetteer::is_honorific(&role.to_lowercase());
            layers.entities[n].role = (!honorific && !role.is_empty()).then_some(role);
            layers.entities[n].speaks_for = speaks_for;
        }
    }
}

/// Whether a draft may be shown. A capital alone is too little, unless the same word has one again.
fn sure(draft: &Draft) -> bool {
    let confidence = draft.kind.as_ref().map_or(0.0, |(_, c, _)| *c);
    confidence >= LEAST || draft.mentions.len() > 1
}

/// Other names of an entity in order of appearance, without its main name.
fn aliases(
    document: &Document,
    name: &str,
    mentions: &[(std::ops::Range<usize>, crate::model::Mention)],
) -> Vec<String> {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut out = Vec::new();
    for (_, mention) in mentions {
        if mention.form == MentionForm::Demonym {
            continue;
        }
        let alias = mention.span.of(&document.text);
        if alias != name && seen.insert(alias.to_owned()) {
            out.push(alias.to_owned());
        }
    }
    out
}

/// The country or organization in or right before a title; the title's span grows over it.
fn spoken_for(
    layers: &Layers,
    title: &std::ops::Range<usize>,
    span: &mut Span,
    own: usize,
) -> Option<EntityId> {
    let from = title.start.saturating_sub(4);
    let before = layers
        .mentions_in(from..title.start)
        .filter(|p| p.tokens.end == title.start)
        .find(|p| p.entity.index() != own)
        .map(|p| (p.entity, layers.span(&p.tokens)));
    if let Some((id, place)) = before {
        *span = span.hull(place);
        return speaker_of(layers, id);
    }
    let inside = layers
        .mentions_in(title.clone())
        .find(|p| p.entity.index() != own)?
        .entity;
    speaker_of(layers, inside)
}

fn speaker_of(layers: &Layers, id: EntityId) -> Option<EntityId> {
    super::identity::at(&layers.entities, id)
        .filter(|e| matches!(e.kind, EntityKind::Place | EntityKind::Organization))
        .map(|e| e.id)
}
