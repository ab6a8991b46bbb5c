//! Other layers in place of those on the screen, better ones or corrected ones: what the reader has chosen stays chosen, by its
//! place in the text, since the numbers of entities and marks are others now.

use std::sync::Arc;

use crate::base::{EntityId, IssueId, Kinds, StanceId};
use crate::model::{Annotated, Highlight, Party, Stance, Target};
use crate::ui::app::{App, Layer};
use crate::ui::popup::About;
use crate::view::{self, Focus, Ledger};

impl App {
    /// Takes new layers.
    pub(super) fn take(&mut self, annotated: Arc<Annotated>) {
        let old = Arc::clone(&self.session.annotated);
        self.session.annotate(annotated);
        self.follow(&old);
    }

    /// Goes with the layers from `old` to those that are there now.
    pub(super) fn follow(&mut self, old: &Arc<Annotated>) {
        if Arc::ptr_eq(old, &self.session.annotated) {
            return;
        }
        let annotated = Arc::clone(&self.session.annotated);
        let change = Change {
            old,
            new: &annotated,
            highlights: &self.session.highlights,
            kinds: self.config.settings.kinds,
        };
        let moved = |focus: Option<Focus>| change.focus(&focus?);
        self.focus = moved(self.focus.take());
        for jump in self.jumps.back.iter_mut().chain(&mut self.jumps.forward) {
            jump.focus = moved(jump.focus.take());
            jump.sheet = jump
                .sheet
                .take()
                .and_then(|(about, row)| Some((change.about(&about)?, row)));
        }
        if let Some(entity) = self.entities.selected() {
            match change.entity(entity) {
                Some(entity) => self.entities.select(entity),
                None => self.entities.let_go(),
            }
        }
        self.layers.retain_mut(|layer| match layer {
            Layer::Popup(popup) => match change.about(popup.about()) {
                Some(about) => {
                    popup.set_about(about);
                    true
                }
                None => false,
            },
            _ => true,
        });
        self.refresh_sheets();
    }
}

/// From the numbers of the old layers to those of the new: what overlaps is the same.
struct Change<'a> {
    old: &'a Annotated,
    new: &'a Annotated,
    highlights: &'a [Highlight],
    kinds: Kinds,
}

impl Change<'_> {
    /// What is under the cursor: the same stance, else what lies at the same place.
    fn focus(&self, focus: &Focus) -> Option<Focus> {
        match focus {
            Focus::Highlight(_) => return Some(focus.clone()),
            Focus::Stance(id) => {
                if let Some(id) = self.stance(*id) {
                    return Some(Focus::Stance(id));
                }
            }
            _ => {}
        }
        let at = focus.start(self.old, self.highlights)?;
        view::at(at, self.new, self.highlights, self.kinds)
    }

    /// The stance with the same evidence; of several the one that is most alike.
    fn stance(&self, id: StanceId) -> Option<StanceId> {
        let old = self.old.stances.get(id.index())?;
        let holder = self.old.party_name(old.holder);
        let target = self.old.target_name(old.target);
        let stances = self.new.stances.iter();
        let same = stances.filter(|s| s.evidence == old.evidence);
        let like = |s: &&Stance| {
            let holder = self.new.party_name(s.holder) == holder;
            let target = self.new.target_name(s.target) == target;
            usize::from(holder) + usize::from(target) + usize::from(s.polarity == old.polarity)
        };
        // A stance that shares one part alone is another one.
        let best = same.max_by_key(like).filter(|s| like(s) > 1);
        best.map(|s| s.id)
    }

    fn entity(&self, id: EntityId) -> Option<EntityId> {
        let first = self.old.entity(id)?.mentions.first()?.span;
        let mut entities = self.new.entities.iter();
        entities
            .find(|e| e.mentions.iter().any(|m| m.span.overlaps(first)))
            .map(|e| e.id)
    }

    fn issue(&self, id: IssueId) -> Option<IssueId> {
        let first = *self.old.issue(id)?.mentions.first()?;
        let mut issues = self.new.issues.iter();
        issues
            .find(|i| i.mentions.iter().any(|m| m.overlaps(first)))
            .map(|i| i.id)
    }

    /// What a popup is about; nothing where that is gone.
    fn about(&self, about: &About) -> Option<About> {
        Some(match about {
            About::Card(entity) => About::Card(self.entity(*entity)?),
            About::Explain(focus) => About::Explain(self.focus(focus)?),
            // Its rows speak of numbers that are others now.
            About::Pick => return None,
            About::Ledger(ledger) => About::Ledger(Ledger {
                holder: match ledger.holder {
                    Some(Party::Entity(entity)) => Some(Party::Entity(self.entity(entity)?)),
                    other => other,
                },
                target: match ledger.target {
                    Some(Target::Entity(entity)) => Some(Target::Entity(self.entity(entity)?)),
                    Some(Target::Issue(issue)) => Some(Target::Issue(self.issue(issue)?)),
                    None => None,
                },
                ..ledger.clone()
            }),
            other => other.clone(),
        })
    }
}
