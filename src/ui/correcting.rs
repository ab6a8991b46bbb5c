//! Corrections by key: what the keys are at is accepted, rejected, changed, merged, split. Each is
//! one edit for undo, and is laid over the layers by the session.

use std::sync::Arc;

use crate::base::{EntityId, EntityKind, Span, StanceId};
use crate::config::{Command, Context};
use crate::model::{
    Anchor, Claim, Correction, MentionForm, Named, Party, Place, Polarity, Target, Verdict,
    evidence_hull,
};
use crate::ui::app::{App, Effect, Layer};
use crate::ui::layout::Pane;
use crate::ui::picks;
use crate::ui::popup::{About, Choice, Popup};
use crate::view::{CommentTarget, Focus};

/// What is to be done to an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The stance is right.
    Accept,
    /// The stance is none.
    Reject,
    /// The stance is on this side.
    Side(Polarity),
    /// The stance is held by this party.
    Holder(Party),
    /// The stance is about this.
    Target(Target),
    /// The entity is of this kind.
    Kind(EntityKind),
    /// The entity is this one.
    Into(EntityId),
    /// The mention is of another entity.
    Split,
}

impl App {
    /// What the keys are at: the chosen row of the popup on top, or what it is about; without one
    /// the selected entity or the annotation under the cursor.
    fn subject(&self) -> Option<Focus> {
        let first = |entity: EntityId| {
            let mention = self.session.annotated.entity(entity)?.stops();
            let mention = *mention.first()?;
            Some(Focus::Mention { entity, mention })
        };
        match self.layers.last() {
            Some(Layer::Popup(popup)) => match (popup.choice(), popup.about()) {
                (Some(Choice::Go(focus)), _) | (_, About::Explain(focus)) => Some(focus.clone()),
                (_, About::Card(entity)) => first(*entity),
                _ => None,
            },
            Some(_) => None,
            None if self.pane == Pane::Entities => first(self.entities.selected()?),
            None => self.focus.clone(),
        }
    }

    /// The entity of what the keys are at, and which of its mentions.
    fn entity_here(&self) -> Option<(EntityId, usize)> {
        if let Some(Focus::Mention { entity, mention }) = self.subject() {
            return Some((entity, mention));
        }
        match self.layers.last() {
            Some(Layer::Popup(popup)) => match popup.about() {
                About::Card(entity) => Some((*entity, 0)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Runs a correcting command on what the keys are at.
    pub(super) fn correct(&mut self, command: Command) -> Vec<Effect> {
        use Command as C;
        if command == C::TakeBack {
            return self.take_back();
        }
        if matches!(command, C::ChangeKind | C::Merge | C::Split) {
            let Some((entity, mention)) = self.entity_here() else {
                self.say("no entity here: ]e goes to a name, ge to the list");
                return Vec::new();
            };
            let focus = Focus::Mention { entity, mention };
            let annotated = &self.session.annotated;
            let popup = match command {
                C::ChangeKind => picks::kinds(&focus, entity, annotated),
                C::Merge => picks::entities(&focus, entity, annotated),
                _ => return self.act(&focus, Act::Split),
            };
            return self.offer(popup);
        }
        let Some(focus @ Focus::Stance(id)) = self.subject() else {
            self.say("no stance here: ]s goes to the next one, L lists them all");
            return Vec::new();
        };
        let annotated = &self.session.annotated;
        match command {
            C::ChangeHolder => self.offer(picks::holders(&focus, id, annotated)),
            C::ChangeTarget => self.offer(picks::targets(&focus, id, annotated)),
            C::ChangeSide => {
                let now = annotated.stances.get(id.index()).map(|s| s.polarity);
                let next = match now {
                    Some(Polarity::For) => Polarity::Against,
                    Some(Polarity::Against) => Polarity::Conditional,
                    _ => Polarity::For,
                };
                self.act(&focus, Act::Side(next))
            }
            C::Accept => self.act(&focus, Act::Accept),
            _ => self.act(&focus, Act::Reject),
        }
    }

    fn offer(&mut self, popup: Option<Popup>) -> Vec<Effect> {
        match popup {
            Some(popup) => self.layers.push(Layer::Popup(popup)),
            None => self.say("there is nothing else to choose in this article"),
        }
        Vec::new()
    }

    /// Does it.
    pub(super) fn act(&mut self, focus: &Focus, act: Act) -> Vec<Effect> {
        match focus {
            Focus::Stance(id) => self.rule_on(*id, act),
            Focus::Mention { entity, mention } => self.correct_entity(*entity, *mention, act),
            _ => Vec::new(),
        }
    }

    fn place(&self, span: Span) -> Place {
        Place {
            anchor: Anchor::new(self.session.text(), span),
            orphan: false,
        }
    }

    /// The correction that a stance has, or would get.
    fn correction_of(&self, id: StanceId) -> Option<(Place, Claim, Option<Verdict>)> {
        let annotated = &self.session.annotated;
        let stance = annotated.stances.get(id.index())?;
        let known = annotated.corrected.stance(id);
        let known = known.and_then(|k| self.session.corrections().get(k.correction));
        if let Some(Correction::Stance { place, was, now }) = known {
            return Some((place.clone(), was.clone(), Some(now.clone())));
        }
        let place = self.place(evidence_hull(stance));
        Some((place, Claim::of(id, annotated)?, None))
    }

    fn rule_on(&mut self, id: StanceId, act: Act) -> Vec<Effect> {
        let Some((place, was, before)) = self.correction_of(id) else {
            return Vec::new();
        };
        let annotated = &self.session.annotated;
        let shown = Claim::of(id, annotated).map_or_else(String::new, |c| c.to_string());
        let (mut holder, mut target, mut polarity) = match &before {
            Some(Verdict::Changed {
                holder,
                target,
                polarity,
            }) => (holder.clone(), target.clone(), *polarity),
            _ => (None, None, None),
        };
        match act {
            Act::Holder(party) => holder = Some(annotated.party_name(party).to_owned()),
            Act::Target(other) => target = Some(annotated.target_name(other).to_owned()),
            Act::Side(side) => polarity = Some(side),
            _ => {}
        }
        // What is as it was is no change.
        let holder = holder.filter(|h| *h != was.holder);
        let target = target.filter(|t| *t != was.target);
        let polarity = polarity.filter(|p| *p != was.polarity);
        let changed = holder.is_some() || target.is_some() || polarity.is_some();
        let verdict = match act {
            Act::Reject => Some(Verdict::Rejected),
            _ if changed => Some(Verdict::Changed {
                holder,
                target,
                polarity,
            }),
            Act::Accept => Some(Verdict::Accepted),
            _ => None,
        };
        if verdict == before {
            self.say("this stance is yours already: cd takes that back");
            return Vec::new();
        }
        let what = match (act, &verdict) {
            (_, None) => "as it was",
            (Act::Reject, _) => "rejected",
            (Act::Accept, _) => "accepted",
            _ => "changed",
        };
        let subject = Correction::Stance {
            place: place.clone(),
            was: was.clone(),
            now: Verdict::Accepted,
        };
        let now = verdict.map(|now| Correction::Stance { place, was, now });
        let said = match act {
            Act::Reject => format!("rejected, {} brings it back: {shown}", self.undo_key()),
            Act::Accept => format!("accepted: {shown}"),
            _ => format!("{what}, was {shown}"),
        };
        self.put(what, &subject, now, said)
    }

    fn correct_entity(&mut self, id: EntityId, mention: usize, act: Act) -> Vec<Effect> {
        let annotated = Arc::clone(&self.session.annotated);
        let named = |id: EntityId, mention: Option<usize>| {
            let entity = annotated.entity(id)?;
            // A name says who is meant better than a pronoun does.
            let name = |n: &usize| entity.mentions[*n].form == MentionForm::Name;
            let best = (0..entity.mentions.len()).find(name).unwrap_or(0);
            let mention = entity.mentions.get(mention.unwrap_or(best))?;
            Some(Named {
                name: entity.name.clone(),
                place: self.place(mention.span),
            })
        };
        let one = matches!(act, Act::Split).then_some(mention);
        let (Some(entity), Some(found)) = (named(id, one), annotated.entity(id)) else {
            return Vec::new();
        };
        let name = entity.name.clone();
        let (correction, what, said) = match act {
            Act::Kind(kind) => {
                let said = format!("{name} is now of kind {}", kind.name());
                (Correction::Kind { entity, kind }, "kind", said)
            }
            Act::Into(other) => {
                let Some(into) = named(other, None) else {
                    return Vec::new();
                };
                let said = format!("{name} is now {}", into.name);
                (Correction::Merge { entity, into }, "merge", said)
            }
            Act::Split if found.mentions.len() > 1 => {
                let said = format!("this mention is no longer of {name}");
                (Correction::Split { mention: entity }, "split", said)
            }
            Act::Split => {
                self.say(format!("this is the only mention of {name}"));
                return Vec::new();
            }
            _ => return Vec::new(),
        };
        let subject = correction.clone();
        self.put(what, &subject, Some(correction), said)
    }

    /// Takes the correction back that the keys are at: the last one of an entity.
    fn take_back(&mut self) -> Vec<Effect> {
        let chosen = match self.layers.last() {
            Some(Layer::Popup(popup)) => match popup.choice() {
                Some(Choice::Made(n)) => Some(*n),
                _ => None,
            },
            _ => None,
        };
        let corrected = &self.session.annotated.corrected;
        let here = match self.subject() {
            Some(Focus::Stance(id)) => corrected.stance(id).map(|s| s.correction),
            Some(Focus::Mention { entity, .. }) => {
                let mut of = corrected.entities.iter().rev();
                of.find(|e| e.entity == entity).map(|e| e.correction)
            }
            _ => None,
        };
        let subject = chosen.or(here);
        let subject = subject.and_then(|n| self.session.corrections().get(n).cloned());
        if let Some(subject) = subject {
            return self.put("take back", &subject, None, "taken back".to_owned());
        }
        self.say("nothing here is corrected by you: cl lists what is");
        Vec::new()
    }

    /// One edit: the screen goes with it, and it is saved.
    fn put(
        &mut self,
        what: &'static str,
        subject: &Correction,
        now: Option<Correction>,
        said: String,
    ) -> Vec<Effect> {
        let before = Arc::clone(&self.session.annotated);
        self.session.correct(what, subject, now);
        self.follow(&before);
        self.say(format!("{said}…"));
        self.save()
    }

    /// Goes to the words of a correction, if they are there.
    pub(super) fn go_to_correction(&mut self, n: usize) {
        let Some(mut correction) = self.session.corrections().get(n).cloned() else {
            return;
        };
        let place = correction.places_mut().into_iter().next();
        let Some(at) = place.filter(|p| !p.orphan).map(|p| p.anchor.span.from()) else {
            self.say("its words are not in this version of the text");
            return;
        };
        self.layers.clear();
        let (annotated, highlights) = (&self.session.annotated, &self.session.highlights);
        let focus = crate::view::at(at, annotated, highlights, self.config.settings.kinds);
        self.jump(at, focus);
        self.enter(if self.session.in_comment(at) {
            Pane::Comments
        } else {
            Pane::Article
        });
    }

    /// Opens the stances toward what is selected, or what the keys are at.
    pub(super) fn ask(&mut self) {
        let annotated = &self.session.annotated;
        let free = self.layers.is_empty();
        let selected = self.article.selection(&self.session);
        let selected = selected.filter(|_| free && self.pane == Pane::Article);
        // In the comments the selected sentence is asked about, or the mark in it.
        let sentence = match self.comments.selected() {
            Some(CommentTarget::Sentence(id)) if free && self.pane == Pane::Comments => {
                annotated.sentences.get(id.index()).map(|s| s.span)
            }
            _ => None,
        };
        let elsewhere = |s: &Span| !self.focus_start().is_some_and(|at| s.has(at));
        let subject = || match self.subject()? {
            // Who is for or against what this one is about?
            Focus::Stance(id) => Some(annotated.stances.get(id.index())?.target_span),
            focus => {
                let spans = focus.spans(annotated, &self.session.highlights);
                spans.into_iter().reduce(Span::hull)
            }
        };
        let span = selected.map(|s| s.trim(self.session.text()));
        let span = span.or(sentence.filter(elsewhere)).or_else(subject);
        let span = span.filter(|s| !s.is_empty());
        match span {
            Some(span) => {
                self.article.visual = None;
                self.show_sheet(&About::Ask(span), None);
            }
            None => self.say("ask about what? select words with v, or go to a name with ]e"),
        }
    }

    fn undo_key(&self) -> String {
        let hint = self.config.keymap.hint(Context::Any, Command::Undo);
        hint.unwrap_or_else(|| ":undo".to_owned())
    }
}
