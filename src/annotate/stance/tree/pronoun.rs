//! Whom a pronoun of a target stands for ("calling **him** unfit", "**she** is a fine judge"), where
//! only one person can be meant; and who speaks in a quotation whose speaker has no name.

use std::ops::Range;

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::layers::Placed;
use crate::annotate::lexicon::words::{Gender, given_name, is_valued};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, push};
use crate::annotate::stance::holder::{self, Holder};
use crate::base::{EntityId, EntityKind};
use crate::model::{MentionForm, Party};

/// Sentences before its own in which a pronoun looks for whom it stands.
const BACK: usize = 4;

impl Tree<'_> {
    /// Whoever speaks at a token: the speaker of the quotation around it, also one without a name
    /// ("the two chairmen wrote"), or the editor.
    pub(super) fn speaker(&self, token: usize) -> Option<Holder> {
        let named = holder::speaker(self.scene, token);
        if named.is_some() {
            return named;
        }
        let around = self.scene.around(token);
        let quote = around.first()?;
        let span = quote
            .speaker_span
            .filter(|_| quote.speaker == Party::Unknown)?;
        let tokens = self.layers.tokens_in(span);
        let head = tokens.clone().find(|t| {
            self.layers
                .word(*t)
                .is_some_and(|w| w.head.is_none_or(|h| !tokens.contains(&h)))
        })?;
        if matches!(self.lower(head), "he" | "she") {
            let entity = self.recent(head, self.lower(head) == "he", &[])?;
            return Some(Holder {
                party: Party::Entity(entity),
                tokens: Some(head..head + 1),
                via: Vec::new(),
            });
        }
        let upos = self.layers.word(head).map(|w| w.upos)?;
        let people = is_valued("people", self.lower(head)) || self.lower(head).ends_with("men");
        if !(upos == Upos::Proper || upos == Upos::Noun && people) {
            return None;
        }
        if self.tokens.contains(&head) {
            return self.who(head, 0).into_iter().next();
        }
        let mut range = tokens;
        while range.start < head && matches!(self.lower(range.start), "the" | "a" | "an") {
            range.start += 1;
        }
        range.end = head + 1;
        Some(Holder {
            party: Party::Entity(self.unnamed_of(&range)),
            tokens: Some(range),
            via: Vec::new(),
        })
    }

    /// Whom "he", "him", "she" or "her" stands for as a target of `holder`: the one person it can be.
    pub(super) fn meant(&self, token: usize, holder: Party) -> Option<EntityId> {
        let lower = self.lower(token);
        if lower == "it" {
            return self.body(token, holder);
        }
        let male = matches!(lower, "he" | "him");
        if !male && !matches!(lower, "she" | "her") {
            return None;
        }
        let speaker = self.speaker(token).map(|h| h.party);
        let but: Vec<Party> = std::iter::once(holder).chain(speaker).collect();
        self.recent(token, male, &but)
    }

    /// What "it" stands for where it is accused, praised or thanked: the one country or organisation
    /// named before it.
    fn body(&self, token: usize, holder: Party) -> Option<EntityId> {
        let verb = self
            .head(token)
            .filter(|_| self.is(token, Relation::Object))?;
        let addressed = matches!(
            self.lemma(verb).as_str(),
            "accuse"
                | "blame"
                | "criticize"
                | "criticise"
                | "condemn"
                | "sue"
                | "praise"
                | "thank"
                | "denounce"
                | "fault"
                | "rebuke"
                | "declare"
                | "brand"
                | "label"
        );
        if !addressed {
            return None;
        }
        let here = self.layers.sentence_of(token)?;
        for sentence in (here.saturating_sub(1)..=here).rev() {
            let range = self.layers.sentence_tokens.get(sentence)?;
            let mut who: Vec<EntityId> = self
                .layers
                .mentions_in(range.start..range.end.min(token))
                .filter(|p| {
                    let kind = self.layers.entities.get(p.entity.index()).map(|e| e.kind);
                    matches!(
                        kind,
                        Some(EntityKind::Organization | EntityKind::Place | EntityKind::Group)
                    ) && Party::Entity(p.entity) != holder
                })
                .map(|p| p.entity)
                .collect();
            who.sort();
            who.dedup();
            match who.as_slice() {
                [] => {}
                [one] => return Some(*one),
                _ => return None,
            }
        }
        None
    }

    /// The last man or woman named before a token, if only one can be meant, and none of `but`.
    fn recent(&self, token: usize, male: bool, but: &[Party]) -> Option<EntityId> {
        let fits = |p: &Placed| {
            let Some(entity) = self.layers.entities.get(p.entity.index()) else {
                return false;
            };
            let first = entity.name.split(' ').next().unwrap_or("").to_lowercase();
            let other = match given_name(&first) {
                Some(Gender::Male) => !male,
                Some(Gender::Female) => male,
                _ => false,
            };
            entity.kind == EntityKind::Person && !other && !but.contains(&Party::Entity(p.entity))
        };
        let here = self.layers.sentence_of(token)?;
        for sentence in (here.saturating_sub(BACK)..=here).rev() {
            let range = self.layers.sentence_tokens.get(sentence)?;
            let range = range.start..range.end.min(token);
            let found: Vec<&Placed> = self
                .layers
                .mentions_in(range)
                .filter(|p| p.form != MentionForm::Demonym && fits(p))
                .collect();
            let mut who: Vec<EntityId> = found.iter().map(|p| p.entity).collect();
            who.sort();
            who.dedup();
            match who.as_slice() {
                [] => {}
                [one] => return Some(*one),
                _ => {
                    // Several: the one of whom the sentence before speaks.
                    let mut topics = found.iter().filter(|p| self.topical(&p.tokens));
                    let one = topics.next().map(|p| p.entity)?;
                    return topics.all(|p| p.entity == one).then_some(one);
                }
            }
        }
        None
    }

    /// The subject of the sentence before, where the same speaker said it.
    pub(super) fn subject_before(&self, speaker: Party) -> Option<Range<usize>> {
        let sentence = self.scene.sentence.checked_sub(1)?;
        let range = self.layers.sentence_tokens.get(sentence)?.clone();
        let root = |t: usize| {
            self.layers
                .word(t)
                .is_some_and(|w| matches!(w.relation, Relation::Root | Relation::Complement))
        };
        let subject = range.clone().find(|t| {
            self.layers.word(*t).is_some_and(|w| {
                w.relation == Relation::Subject && w.upos == Upos::Noun && w.head.is_some_and(root)
            })
        })?;
        let said = self
            .layers
            .quotes
            .iter()
            .any(|q| q.speaker == speaker && self.layers.tokens_in(q.span).contains(&subject));
        if !said {
            return None;
        }
        let mut start = subject;
        while start > range.start
            && self.layers.word(start - 1).is_some_and(|w| {
                w.head == Some(subject)
                    && matches!(
                        w.relation,
                        Relation::Determiner | Relation::Compound | Relation::Adjective
                    )
            })
        {
            start -= 1;
        }
        Some(start..subject + 1)
    }

    /// Whom "they" stands for: the people joined by "and", or the one group, of the sentence before.
    pub(super) fn several(&self, token: usize) -> Vec<Holder> {
        let Some(range) = self
            .scene
            .sentence
            .checked_sub(1)
            .and_then(|s| self.layers.sentence_tokens.get(s).cloned())
        else {
            return Vec::new();
        };
        // Somebody named before it in its own sentence may be meant.
        let here = self.layers.mentions_in(self.tokens.start..token);
        if here.count() > 0 {
            return Vec::new();
        }
        let kind = |e: EntityId| self.layers.entities.get(e.index()).map(|e| e.kind);
        let mut joined: Vec<EntityId> = Vec::new();
        let mut groups: Vec<EntityId> = Vec::new();
        for placed in self.layers.mentions_in(range) {
            let at = placed.tokens.clone();
            let conjunct = at.clone().any(|t| {
                self.layers.word(t).is_some_and(|w| {
                    w.relation == Relation::Conjunct
                        && w.head.is_some_and(|h| {
                            self.layers
                                .mentions_from(h.saturating_sub(4)..h + 1)
                                .any(|p| {
                                    p.tokens.contains(&h)
                                        && kind(p.entity) == Some(EntityKind::Person)
                                })
                        })
                })
            });
            match kind(placed.entity) {
                Some(EntityKind::Person) if conjunct => {
                    let head = at.clone().find_map(|t| {
                        self.layers
                            .word(t)
                            .filter(|w| w.relation == Relation::Conjunct)?
                            .head
                    });
                    let first = head.and_then(|h| {
                        self.layers
                            .mentions_from(h.saturating_sub(4)..h + 1)
                            .find(|p| p.tokens.contains(&h))
                            .map(|p| p.entity)
                    });
                    joined.extend(first);
                    joined.push(placed.entity);
                }
                Some(EntityKind::Group) if placed.form != MentionForm::Demonym => {
                    groups.push(placed.entity);
                }
                _ => {}
            }
        }
        joined.sort();
        joined.dedup();
        groups.sort();
        groups.dedup();
        let meant = match (joined.as_slice(), groups.as_slice()) {
            (some, []) if (2..=4).contains(&some.len()) => joined,
            ([], [_]) => groups,
            _ => Vec::new(),
        };
        meant
            .into_iter()
            .map(|entity| Holder {
                party: Party::Entity(entity),
                tokens: Some(token..token + 1),
                via: holder::relays(self.scene, token, entity),
            })
            .collect()
    }

    fn topical(&self, tokens: &Range<usize>) -> bool {
        tokens.clone().any(|t| {
            self.layers
                .word(t)
                .is_some_and(|w| w.relation == Relation::Subject)
        })
    }

    /// Adds the frame of a target that is named elsewhere.
    pub(super) fn settle_as(
        &self,
        state: &State,
        target: Range<usize>,
        entity: EntityId,
        found: &mut Found,
    ) {
        if state.holder.party == Party::Entity(entity) {
            return;
        }
        push(self.scene, state, target, (Some(entity), None), found);
    }

    /// The name of the person in a phrase whose head is an office: "the paper's editor **Ann Lee**".
    pub(super) fn bearer(&self, token: usize, phrase: &Range<usize>) -> Option<Placed> {
        self.mention(token).filter(|m| {
            let person = self
                .layers
                .entities
                .get(m.entity.index())
                .is_some_and(|e| e.kind == EntityKind::Person);
            let owned = (phrase.start..m.tokens.start)
                .any(|t| matches!(self.lower(t), "'s" | "’s" | "'" | "’" | "of"));
            m.form == MentionForm::Name && person && owned && m.tokens.start > token
        })
    }
}
