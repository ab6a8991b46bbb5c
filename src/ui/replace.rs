//! Better layers in place of those on the screen: what the reader has chosen stays chosen, by its
//! place in the text, since the numbers of entities and marks are others now.

use std::sync::Arc;

use crate::base::{EntityId, IssueId};
use crate::model::{Annotated, Party, Target};
use crate::ui::app::{App, Layer};
use crate::ui::popup::About;
use crate::view::{self, Focus, Ledger};

impl App {
    /// Takes new layers.
    pub(super) fn take(&mut self, annotated: Arc<Annotated>) {
        let old = Arc::clone(&self.session.annotated);
        let change = Change {
            old: &old,
            new: &annotated,
        };
        let highlights = &self.session.highlights;
        let place = |focus: &Focus| focus.start(&old, highlights);
        let kinds = self.config.settings.kinds;
        let moved = |focus: Option<Focus>| match focus {
            None | Some(Focus::Highlight(_)) => focus,
            Some(focus) => view::at(place(&focus)?, &annotated, highlights, kinds),
        };
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
        self.session.annotate(annotated);
        self.refresh_sheets();
    }
}

/// From the numbers of the old layers to those of the new: what overlaps is the same.
struct Change<'a> {
    old: &'a Annotated,
    new: &'a Annotated,
}

impl Change<'_> {
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
