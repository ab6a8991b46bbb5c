//! Groups and people without a name that take sides ("black parents with kids in charter schools"):
//! joined with those whom the same words describe elsewhere, or made entities of their own.

use std::ops::Range;

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::layers::{Layers, Placed};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::stance::holder::{self, Holder};
use crate::base::text::one_line;
use crate::base::{EntityId, EntityKind};
use crate::model::{Document, Entity, Mention, MentionForm, Party};

/// Groups without a name that were found to take sides: they become entities when all is read.
#[derive(Debug, Default)]
pub(in crate::annotate) struct Unnamed {
    first: usize,
    groups: Vec<(String, Vec<Range<usize>>)>,
}

impl Unnamed {
    /// For a document that has this many entities already.
    pub fn after(entities: usize) -> Self {
        Self {
            first: entities,
            groups: Vec::new(),
        }
    }

    pub(super) fn join(&mut self, name: String, tokens: Range<usize>) -> EntityId {
        let n = self.groups.iter().position(|(n, _)| *n == name);
        let n = n.unwrap_or_else(|| {
            self.groups.push((name, Vec::new()));
            self.groups.len() - 1
        });
        if !self.groups[n].1.contains(&tokens) {
            self.groups[n].1.push(tokens);
        }
        EntityId::at(self.first + n)
    }

    /// Adds the groups to the entities of the document, in the order in which they were found.
    pub fn settle(self, document: &Document, layers: &mut Layers) {
        // The figures are counted on from the entities.
        for figure in &mut layers.figures {
            figure.id = EntityId::at(figure.id.index() + self.groups.len());
        }
        for (key, found) in self.groups {
            let id = EntityId::at(layers.entities.len());
            let name = found.first().map_or(key, |tokens| {
                one_line(layers.span(tokens).trim(&document.text).of(&document.text))
            });
            let kind = found.first().map_or(EntityKind::Group, |t| kind(layers, t));
            let mut mentions: Vec<Mention> = found
                .iter()
                .map(|tokens| Mention {
                    span: layers.span(tokens).trim(&document.text),
                    form: MentionForm::Nominal,
                    conll: None,
                    rule: "takes-sides".into(),
                    confidence: 0.65,
                })
                .collect();
            mentions.sort_by_key(|m| m.span);
            for tokens in found {
                layers.placed.push(Placed {
                    tokens,
                    entity: id,
                    form: MentionForm::Nominal,
                });
            }
            layers.entities.push(Entity {
                id,
                name,
                kind,
                aliases: Vec::new(),
                role: None,
                speaks_for: None,
                mentions,
                rule: "nominal".into(),
                confidence: 0.6,
            });
        }
        layers
            .placed
            .sort_by_key(|p| (p.tokens.start, p.tokens.end));
    }
}

/// Whether a description is of a person, of a body or of several, by the word that all others hang
/// from.
fn kind(layers: &Layers, tokens: &Range<usize>) -> EntityKind {
    let outside = |t: &usize| {
        let head = layers.word(*t).and_then(|w| w.head);
        head.is_none_or(|h| !tokens.contains(&h))
    };
    let head = tokens.clone().rfind(outside).unwrap_or(tokens.start);
    let word = layers.lower(head);
    let joined = |t: usize| {
        let word = layers.word(t);
        word.is_some_and(|w| w.head == Some(head) && w.relation == Relation::Conjunct)
    };
    if tokens.clone().any(joined) {
        EntityKind::Group
    } else if is_valued("body", word) {
        EntityKind::Organization
    } else if word.ends_with('s') || is_valued("people", word) && !is_valued("singular", word) {
        EntityKind::Group
    } else {
        EntityKind::Person
    }
}

impl Tree<'_> {
    /// A group or person without a name: "black parents with kids in charter schools".
    pub(super) fn group(&self, token: usize) -> Option<Holder> {
        let lower = self.lower(token);
        if self.denies(token) || matches!(lower, "what" | "which" | "whatever" | "who") {
            return None;
        }
        let mut range = self.phrase(token);
        // "the judge": without the article; "judges handling lawsuits": the judges.
        let tail = self
            .children(token)
            .iter()
            .filter(|c| {
                **c > token
                    && matches!(
                        self.relation(**c),
                        Relation::NounClause | Relation::Punctuation
                    )
            })
            .map(|c| self.left(*c))
            .min();
        range.end = tail.unwrap_or(range.end).min(range.end).max(token + 1);
        if range.len() > 9 {
            range = token..token + 1;
        }
        while range.start < token
            && matches!(
                self.lower(range.start),
                "the"
                    | "a"
                    | "an"
                    | "these"
                    | "those"
                    | "this"
                    | "that"
                    | "both"
                    | "all"
                    | "some"
                    | "many"
                    | "several"
            )
        {
            range.start += 1;
        }
        // "early polls show voters": no verb is part of a name.
        let verb = (range.start..token).rfind(|t| {
            matches!(self.upos(*t), Upos::Verb | Upos::Auxiliary) && !self.under(*t, token)
                || self.is(*t, Relation::Auxiliary)
                || self.is(*t, Relation::Copula)
        });
        range.start = verb.map_or(range.start, |v| v + 1);
        if let Some(entity) = self.described(&range) {
            return Some(Holder {
                party: Party::Entity(entity),
                tokens: Some(range),
                via: holder::relays(self.scene, token, entity),
            });
        }
        let id = self.unnamed_of(&range);
        Some(Holder {
            party: Party::Entity(id),
            tokens: Some(range),
            via: holder::relays(self.scene, token, id),
        })
    }

    /// Those whom these words describe, and whom the same words describe elsewhere.
    pub(super) fn unnamed_of(&self, range: &Range<usize>) -> EntityId {
        let text: Vec<&str> = range.clone().map(|t| self.lower(t)).collect();
        let mut unnamed = self.unnamed.borrow_mut();
        unnamed.join(text.join(" "), range.clone())
    }

    /// "his ex-wife", where somebody is called "wife Ivana" elsewhere.
    pub(super) fn kin(&self, token: usize) -> Option<EntityId> {
        let plain = |w: &str| w.trim_start_matches("ex-").to_owned();
        let word = plain(self.lower(token));
        if !matches!(
            word.as_str(),
            "wife"
                | "husband"
                | "son"
                | "daughter"
                | "mother"
                | "father"
                | "brother"
                | "sister"
                | "widow"
        ) {
            return None;
        }
        let mut named = self
            .layers
            .placed
            .iter()
            .filter(|p| {
                p.form == MentionForm::Name
                    && p.tokens.start > 0
                    && plain(self.layers.lower(p.tokens.start - 1)) == word
            })
            .map(|p| p.entity);
        let first = named.next()?;
        named.all(|e| e == first).then_some(first)
    }

    /// Whom the same words describe elsewhere: "Adam Schiff, the top Democrat on the committee".
    fn described(&self, range: &Range<usize>) -> Option<EntityId> {
        let lower = |t: usize| self.layers.lower(t);
        self.layers
            .placed
            .iter()
            .filter(|p| p.form == MentionForm::Name)
            .find(|p| {
                let mut at = p.tokens.end;
                if lower(at) != "," {
                    return false;
                }
                at += 1;
                at += usize::from(matches!(lower(at), "the" | "a" | "an"));
                range
                    .clone()
                    .enumerate()
                    .all(|(n, t)| lower(at + n) == lower(t))
            })
            .map(|p| p.entity)
    }
}
