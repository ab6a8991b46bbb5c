//! Putting a highlight whose words are gone on other words, by hand: nothing else ever moves one.

use crate::base::text::one_line;
use crate::base::{Role, Span};
use crate::model::{Anchor, Highlight};
use crate::ui::app::{App, Effect, Layer};
use crate::ui::layout::Pane;
use crate::ui::popup::{About, Choice, Popup};
use crate::view::{Focus, Run, SheetRow};

/// Columns of the colour of a mark.
const LABEL: usize = 10;

fn row(highlight: &Highlight) -> (SheetRow, Option<Choice>) {
    let words = format!("“{}”", one_line(&highlight.anchor.exact));
    let mut row = SheetRow::fact(highlight.colour.name(), LABEL, words);
    if let Some(note) = &highlight.note {
        let note = format!("  {}", one_line(note));
        row.body.push(Run::own(note, Role::Dim));
    }
    (row, Some(Choice::Reattach(highlight.id.clone())))
}

impl App {
    /// The words that a lost highlight would be put on: the selection, or what has the focus.
    fn new_words(&mut self) -> Option<Span> {
        let selected = self.article.selection(&self.session);
        let focused = || {
            let focus = self.focus.as_ref()?;
            let spans = focus.spans(&self.session.annotated, &self.session.highlights);
            spans.into_iter().reduce(Span::hull)
        };
        let span = selected.or_else(focused)?.trim(self.session.text());
        (!span.is_empty()).then_some(span)
    }

    /// Asks which of the lost highlights belongs on the selected words.
    pub(super) fn ask_lost(&mut self) {
        let lost = self.session.highlights.iter().filter(|h| h.orphan);
        let rows: Vec<_> = lost.map(row).collect();
        if rows.is_empty() {
            self.say("no highlight has lost its words");
            return;
        }
        if self.new_words().is_none() {
            self.say("select the words it belongs on with v, then R");
            return;
        }
        let popup = Popup::new(About::Pick, "Which highlight belongs on these words?", rows);
        self.layers.push(Layer::Popup(popup));
    }

    /// Puts a lost highlight on the selected words.
    pub(super) fn reattach(&mut self, id: &str) -> Vec<Effect> {
        let Some(span) = self.new_words() else {
            return Vec::new();
        };
        let anchor = Anchor::new(self.session.text(), span);
        self.session.change("new place", id, |highlight| {
            highlight.anchor = anchor;
            highlight.orphan = false;
        });
        self.article.visual = None;
        self.focus = Some(Focus::Highlight(id.to_owned()));
        self.enter(Pane::Article);
        self.say("highlight put on these words (u takes it back)…");
        self.save()
    }
}
