//! Mentions without a name, where it is safe: "he" for the last person who was a subject, "the
//! alliance" for the one alliance, "the president" for the one president.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::layers::{Layers, Placed};
use super::lexicon::stance::{self, Part};
use super::lexicon::words::{self, Gender};
use super::syntax::{ChunkKind, Pos, VerbForm, subject};
use crate::base::EntityId;
use crate::model::{Document, Entity, EntityKind, Mention, MentionForm};

/// Resolves pronouns that are subjects at the start of a sentence.
pub fn resolve(document: &Document, layers: &mut Layers) {
    let mut found = Vec::new();
    let mut last: Option<(EntityId, usize)> = None;
    for sentence in 0..layers.sentence_chunks.len() {
        let range = layers.sentence_chunks[sentence].clone();
        let chunks = &layers.chunks[range];
        let block = layers.sentences[sentence].block;
        let mut here = chunks
            .first()
            .filter(|c| c.is_noun())
            .and_then(|c| person_in(layers, c.tokens.clone()));
        for at in 0..chunks.len() {
            if chunks[at].form() != Some(VerbForm::Finite) {
                continue;
            }
            let inverted = at > 0
                && matches!(
                    chunks[at - 1].kind,
                    ChunkKind::Other(Pos::Close | Pos::Comma)
                )
                && words::cue_class(layers.lemma(chunks[at].head)).is_some()
                && chunks
                    .get(at + 1)
                    .is_some_and(super::syntax::Chunk::is_noun);
            let found_subject = if inverted {
                Some(at + 1)
            } else {
                subject(chunks, at)
            };
            let Some(subject) = found_subject else {
                continue;
            };
            let chunk = &chunks[subject];
            let word = layers.lower(chunk.head);
            if layers.tags[chunk.head].pos == Pos::Pronoun && matches!(word, "he" | "she") {
                let candidate =
                    here.or_else(|| last.filter(|(_, b)| block.index() <= b + 1).map(|(e, _)| e));
                if let Some(entity) = candidate.filter(|e| fits(layers, *e, word)) {
                    found.push((chunk.tokens.clone(), entity));
                    here = Some(entity);
                }
            } else if let Some(person) = person_in(layers, chunk.tokens.clone()) {
                here = here.or(Some(person));
                last = Some((person, block.index()));
            }
        }
        if let Some(person) = here {
            last = Some((person, block.index()));
        }
    }
    found.sort_by_key(|(tokens, _)| tokens.start);
    found.dedup();
    let new = found
        .into_iter()
        .map(|(tokens, entity)| {
            (
                tokens,
                entity,
                MentionForm::Pronoun,
                "subject-pronoun",
                0.75,
            )
        })
        .collect();
    add(document, layers, new);
    nominals(document, layers);
}

/// The person at the end of a noun phrase.
fn person_in(layers: &Layers, tokens: Range<usize>) -> Option<EntityId> {
    layers
        .mentions_in(tokens.clone())
        .filter(|p| p.tokens.end == tokens.end)
        .map(|p| p.entity)
        .find(|e| {
            layers
                .entities
                .get(e.index())
                .is_some_and(|e| e.kind == EntityKind::Person)
        })
}

/// Whether a person's given name does not speak against the pronoun.
fn fits(layers: &Layers, entity: EntityId, pronoun: &str) -> bool {
    let Some(entity) = layers.entities.get(entity.index()) else {
        return false;
    };
    let first = entity.name.split(' ').next().unwrap_or("").to_lowercase();
    match words::given_name(&first) {
        Some(Gender::Male) => pronoun == "he",
        Some(Gender::Female) => pronoun == "she",
        _ => true,
    }
}

/// A mention to be added: tokens, whose, form, rule, confidence.
type New = (Range<usize>, EntityId, MentionForm, &'static str, f32);

/// Adds mentions to their entities and to the index by token, all at once.
fn add(document: &Document, layers: &mut Layers, new: Vec<New>) {
    let mut touched = BTreeSet::new();
    for (tokens, entity, form, rule, confidence) in new {
        let span = layers.span(&tokens).trim(&document.text);
        let Some(target) = layers.entities.get_mut(entity.index()) else {
            continue;
        };
        target.mentions.push(Mention {
            span,
            form,
            conll: None,
            rule: rule.into(),
            confidence,
        });
        touched.insert(entity.index());
        layers.placed.push(Placed {
            tokens,
            entity,
            form,
        });
    }
    for n in touched {
        let mentions = &mut layers.entities[n].mentions;
        mentions.sort_by_key(|m| m.span);
        mentions.dedup_by_key(|m| m.span);
    }
    layers
        .placed
        .sort_by_key(|p| (p.tokens.start, p.tokens.end));
}

/// Noun phrases without a name that speak or take sides ("leaders from France", "the judge"):
/// joined with the entity they repeat, or made an entity of their own.
fn nominals(document: &Document, layers: &mut Layers) {
    let mut roles: BTreeMap<String, EntityId> = BTreeMap::new();
    for entity in &layers.entities {
        let words = entity
            .role
            .as_deref()
            .into_iter()
            .filter(|_| entity.kind == EntityKind::Person);
        let names = Some(entity.name.as_str())
            .into_iter()
            .filter(|_| entity.kind == EntityKind::Organization);
        for word in words
            .clone()
            .chain(names)
            .filter_map(|w| w.split(' ').next_back())
        {
            roles.entry(word.to_lowercase()).or_insert(entity.id);
        }
    }
    if let Some(nato) = layers
        .entities
        .iter()
        .find(|e| e.name == "NATO" || e.name.starts_with("North Atlantic"))
    {
        roles.entry("alliance".to_owned()).or_insert(nato.id);
    }
    let mut made: BTreeMap<String, EntityId> = BTreeMap::new();
    let mut new: Vec<New> = Vec::new();
    for sentence in 0..layers.sentence_chunks.len() {
        let range = layers.sentence_chunks[sentence].clone();
        for at in range.clone() {
            let Some(tokens) = takes_side(layers, &range, at) else {
                continue;
            };
            let head = tokens.end - 1;
            if let Some(person) = titled(layers, head) {
                new.push((tokens, person, MentionForm::Nominal, "title", 0.85));
                continue;
            }
            let word = layers.lower(head).to_owned();
            let definite = matches!(
                layers.lower(tokens.start),
                "the" | "this" | "these" | "those"
            );
            if tokens.len() == 2
                && definite
                && let Some(id) = roles.get(&word)
            {
                new.push((tokens, *id, MentionForm::Nominal, "role", 0.75));
                continue;
            }
            let start = tokens.start
                + usize::from(matches!(
                    layers.lower(tokens.start),
                    "the" | "a" | "an" | "some" | "these" | "those" | "this"
                ));
            let key = super::name::key(layers, &(start..tokens.end));
            let known = made
                .get(&key)
                .or_else(|| definite.then(|| made.get(&word)).flatten())
                .copied();
            let id = known.unwrap_or_else(|| {
                let id = EntityId::at(layers.entities.len());
                let kind = if words::is_valued("body", &word) {
                    EntityKind::Organization
                } else if words::is_valued("singular", &word) {
                    EntityKind::Person
                } else {
                    EntityKind::Group
                };
                layers.entities.push(Entity {
                    id,
                    name: crate::base::text::one_line(
                        layers.span(&(start..tokens.end)).of(&document.text),
                    ),
                    kind,
                    aliases: Vec::new(),
                    role: None,
                    speaks_for: None,
                    mentions: Vec::new(),
                    rule: "nominal".into(),
                    confidence: 0.65,
                });
                id
            });
            made.insert(key, id);
            made.insert(word, id);
            new.push((tokens, id, MentionForm::Nominal, "nominal", 0.65));
        }
    }
    new.sort_by_key(|n| n.0.start);
    new.dedup_by(|a, b| a.0 == b.0);
    add(document, layers, new);
    renumber(layers);
}

/// The person in whose title a token stands.
fn titled(layers: &Layers, token: usize) -> Option<EntityId> {
    let sentence = layers.sentence_of(token)?;
    let name = layers
        .names
        .iter()
        .find(|n| n.title.as_ref().is_some_and(|t| t.contains(&token)) && n.tokens.start > token)?;
    layers.sentence_tokens[sentence]
        .contains(&name.tokens.start)
        .then(|| person_in(layers, name.tokens.clone()))
        .flatten()
}

/// The tokens of the nominal subject of the verb group at `at`, where that verb speaks or takes
/// sides and the noun is one for people.
fn takes_side(layers: &Layers, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let chunks = &layers.chunks[sentence.clone()];
    let local = at - sentence.start;
    chunks[local]
        .form()
        .filter(|f| matches!(f, VerbForm::Finite | VerbForm::Ing))?;
    let lemma = layers.lemma(chunks[local].head);
    let speaks = words::cue_class(lemma).is_some();
    let sides = !stance::readings(Part::Verb, lemma).is_empty();
    let judged = matches!(chunks[local].kind, ChunkKind::Verb { copula: true, .. })
        && chunks[local + 1..].iter().take(2).any(|c| {
            c.is(Pos::Adjective)
                && !stance::readings(Part::Adjective, layers.lower(c.head)).is_empty()
        });
    if !speaks && !sides && !judged {
        return None;
    }
    let inverted = speaks
        && local > 0
        && matches!(
            chunks[local - 1].kind,
            ChunkKind::Other(Pos::Close | Pos::Comma)
        );
    let subject = subject(chunks, local).or_else(|| inverted.then_some(local + 1))?;
    let chunk = chunks.get(subject).filter(|c| c.is_noun())?;
    let word = layers.lower(chunk.head);
    let named = layers
        .mentions_in(chunk.tokens.clone())
        .any(|p| p.tokens.end == chunk.head + 1);
    // "what parents want" asks; it names nobody.
    let asks = matches!(
        layers.lower(chunk.tokens.start),
        "what" | "which" | "whose" | "whatever"
    );
    (!named && !asks && words::is_valued("people", word))
        .then(|| chunk.tokens.start..chunk.head + 1)
}

/// Puts the entities in the order of their first mention.
fn renumber(layers: &mut Layers) {
    let mut order: Vec<usize> = (0..layers.entities.len()).collect();
    order.sort_by_key(|n| layers.entities[*n].mentions.first().map(|m| m.span));
    let mut place = vec![0; order.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let moved = |id: EntityId| EntityId::at(place[id.index()]);
    for entity in &mut layers.entities {
        entity.id = moved(entity.id);
        entity.speaks_for = entity.speaks_for.map(moved);
    }
    layers.entities.sort_by_key(|e| e.id);
    for placed in &mut layers.placed {
        placed.entity = moved(placed.entity);
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;
    use crate::model::MentionForm;

    #[test]
    fn a_pronoun_that_is_a_subject_joins_the_person_before() {
        let annotated = testing::annotated("Alexander Grushko spoke. He warned Kyiv.");
        let person = annotated
            .entities
            .iter()
            .find(|e| e.name == "Alexander Grushko")
            .unwrap();
        assert!(
            person
                .mentions
                .iter()
                .any(|m| m.form == MentionForm::Pronoun)
        );
    }

    #[test]
    fn a_question_names_nobody() {
        let annotated = testing::annotated("That is what parents want. Parents want more money.");
        let names: Vec<&str> = annotated.entities.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(names, ["Parents"]);
    }

    #[test]
    fn a_pronoun_of_the_other_gender_is_left_alone() {
        let annotated = testing::annotated("Alexander Grushko spoke. She warned Kyiv.");
        let person = annotated
            .entities
            .iter()
            .find(|e| e.name == "Alexander Grushko")
            .unwrap();
        assert_eq!(person.mentions.len(), 1);
    }
}
