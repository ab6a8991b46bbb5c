//! Going from place to place: along the stops, to what is selected, back; and what is known about
//! the place that was gone to.

use std::sync::Arc;

use crate::base::text::one_line;
use crate::base::{EntityId, Result};
use crate::config::{Command, Signs};
use crate::model::merge::Differences;
use crate::model::{Party, Stance};
use crate::ui::app::{App, Effect, Layer};
use crate::ui::grid::Grid;
use crate::ui::layout::Pane;
use crate::ui::picks;
use crate::ui::popup::{About, Popup};
use crate::ui::sheets;
use crate::view::{self, CommentTarget, Focus, Stop};

impl App {
    /// Back along the jumps, or forward again.
    pub(super) fn travel(&mut self, back: bool) {
        let here = self.here();
        let (from, to) = if back {
            (&mut self.jumps.back, &mut self.jumps.forward)
        } else {
            (&mut self.jumps.forward, &mut self.jumps.back)
        };
        let Some(jump) = from.pop() else {
            self.say(if back {
                "nowhere to go back to"
            } else {
                "nowhere to go forward to"
            });
            return;
        };
        to.push(here);
        self.focus = jump.focus;
        self.article.place(jump.top, Command::RowTop);
        self.enter(jump.pane);
        if let Some((about, row)) = jump.sheet {
            self.show_sheet(&about, Some(row));
        }
    }

    /// To the next or previous stop of a kind.
    pub(super) fn step(&mut self, stop: Stop, count: usize, forward: bool) {
        let from = self.cursor();
        let current = if self.focus_in_sight() {
            self.focus.clone()
        } else {
            None
        };
        let (annotated, highlights) = (&self.session.annotated, &self.session.highlights);
        if let Some(step) = view::step(
            stop,
            annotated,
            highlights,
            from,
            current.as_ref(),
            count,
            forward,
        ) {
            self.go(step.at, step.focus);
        } else {
            let what = match stop {
                Stop::Mention(_) => "name",
                Stop::Quote => "quote",
                Stop::Stance => "stance",
                Stop::Link => "passage that the comment is about",
                Stop::Highlight => "highlight",
                Stop::Sentence => "sentence",
                Stop::Paragraph => "paragraph",
            };
            let where_ = if forward { "after" } else { "before" };
            let busy = if self.session.annotating {
                " (still reading)"
            } else {
                ""
            };
            self.say(format!("no {what} {where_} this{busy}"));
        }
    }

    /// To the next or previous mention of the entity that the keys are at.
    pub(super) fn same(&mut self, count: usize, forward: bool) {
        let entity = match (&self.focus, self.pane) {
            (_, Pane::Entities) => self.entities.selected(),
            (Some(Focus::Mention { entity, .. }), _) => Some(*entity),
            _ => self.entities.selected(),
        };
        match entity {
            Some(entity) => self.go_to_mention(entity, count, forward),
            None => self.say("no entity is chosen: ]e goes to a name, ge to the list"),
        }
    }

    fn go_to_mention(&mut self, entity: EntityId, count: usize, forward: bool) {
        let from = self.cursor();
        // A mention that was scrolled away from is left; the comment is always where it was.
        let start = self.focus_start();
        let held = start.is_some_and(|at| self.session.in_comment(at)) || self.focus_in_sight();
        let current = match self.focus {
            Some(Focus::Mention { entity: e, mention }) if e == entity && held => Some(mention),
            _ => None,
        };
        let annotated = &self.session.annotated;
        if let Some(step) = view::same_entity(entity, annotated, from, current, count, forward) {
            self.go(step.at, step.focus);
        } else {
            let name = self
                .session
                .annotated
                .entity(entity)
                .map_or("", |e| &e.name)
                .to_owned();
            let end = if forward { "last" } else { "first" };
            self.say(format!("this is the {end} mention of {name}"));
        }
    }

    /// Enter: what it does depends on where the keys are.
    pub(super) fn activate(&mut self) -> Vec<Effect> {
        match self.pane {
            Pane::Entities => {
                let Some(entity) = self.entities.selected() else {
                    return Vec::new();
                };
                let first = self.session.annotated.entity(entity).and_then(|e| {
                    let mention = *e.stops().first()?;
                    Some((e.mentions[mention].span.from(), mention))
                });
                if let Some((at, mention)) = first {
                    self.jump(at, Some(Focus::Mention { entity, mention }));
                }
            }
            Pane::Comments => match self.comments.selected().cloned() {
                Some(CommentTarget::Sentence(sentence)) => {
                    let links = view::links_of(sentence, &self.session.annotated);
                    if links.is_empty() {
                        self.say("this sentence is about no passage that byline could find");
                        return Vec::new();
                    }
                    let link = links[self.comments.visit(links.len())];
                    if let Some(passage) = self.session.annotated.links.get(link).map(|l| l.passage)
                    {
                        self.jump(passage.from(), Some(Focus::Link(link)));
                    }
                }
                Some(CommentTarget::Note(id)) => {
                    let at = self
                        .session
                        .highlight(&id)
                        .filter(|h| !h.orphan)
                        .map(|h| h.anchor.span);
                    match at {
                        Some(at) => {
                            self.jump(at.from(), Some(Focus::Highlight(id)));
                        }
                        None => self.say("its words are not in this version of the text"),
                    }
                }
                _ => {}
            },
            Pane::Article => match self.focus.clone() {
                Some(Focus::Highlight(id)) => self.open_note(&id),
                Some(Focus::Link(link)) => {
                    let comment = self
                        .session
                        .annotated
                        .links
                        .get(link)
                        .map(|l| l.comment.from());
                    let sentence = comment.and_then(|c| self.session.annotated.sentence_at(c));
                    if let Some(sentence) = sentence {
                        self.comments.select(CommentTarget::Sentence(sentence));
                        self.enter(Pane::Comments);
                    }
                }
                Some(Focus::Mention { entity, .. }) => {
                    if self.session.lists(entity) {
                        self.entities.select(entity);
                        self.enter(Pane::Entities);
                    } else {
                        self.show_sheet(&About::Card(entity), None);
                    }
                }
                Some(_) => self.explain(),
                None => self.say("nothing is focused: ]e ]q ]s go to the next name, quote, stance"),
            },
        }
        Vec::new()
    }

    /// Opens the card of the entity that the keys are at: the selected one, the one that is named,
    /// speaks or holds the stance under the cursor.
    pub(super) fn open_card(&mut self) {
        let annotated = &self.session.annotated;
        let speaker = |party: Party| match party {
            Party::Entity(entity) => Some(entity),
            _ => None,
        };
        let focused = match &self.focus {
            Some(Focus::Mention { entity, .. }) => Some(*entity),
            Some(Focus::Quote(id)) => annotated
                .quotes
                .get(id.index())
                .and_then(|q| speaker(q.speaker)),
            Some(Focus::Stance(id)) => annotated
                .stances
                .get(id.index())
                .and_then(|s| speaker(s.holder)),
            _ => None,
        };
        let entity = match self.pane {
            Pane::Entities => self.entities.selected(),
            _ => focused.or(self.entities.selected()),
        };
        match entity {
            Some(entity) => self.show_sheet(&About::Card(entity), None),
            None => self.say("no entity is chosen: ]e goes to a name, ge to the list"),
        }
    }

    /// Opens what the other annotator found otherwise.
    pub(super) fn compared(&mut self, result: Result<Option<Differences>>) {
        match result {
            Ok(Some(found)) => {
                let ascii = self.config.settings.signs == Signs::Ascii;
                self.message = None;
                let popup = sheets::others(&found, &self.session.annotated, ascii);
                self.layers.push(Layer::Popup(popup));
            }
            Ok(None) => self.say("there is no other annotator: name one under [annotator]"),
            Err(e) => self.fail(&e),
        }
    }

    /// A popup that is about the article.
    fn sheet(&self, about: &About) -> Option<Popup> {
        let ascii = self.config.settings.signs == Signs::Ascii;
        let annotated = &self.session.annotated;
        match about {
            About::Card(entity) => sheets::card(*entity, annotated, ascii),
            About::Ledger(ledger) => Some(sheets::ledger(ledger, annotated, ascii)),
            About::Voices => Some(sheets::voices(annotated, ascii)),
            About::Ask(span) => Some(sheets::ask(*span, annotated, ascii)),
            About::Explain(focus) => {
                let highlights = &self.session.highlights;
                Some(sheets::explanation(focus, annotated, highlights))
            }
            About::Corrections => Some(picks::made(self.session.corrections(), annotated)),
            _ => None,
        }
    }

    /// Opens a popup that is about the article, with a row of it chosen.
    pub(super) fn show_sheet(&mut self, about: &About, row: Option<usize>) {
        if let Some(mut popup) = self.sheet(about) {
            if let Some(row) = row {
                popup.select(row);
            }
            self.layers.push(Layer::Popup(popup));
        }
    }

    /// Has what is open show the layers that have come.
    pub(super) fn refresh_sheets(&mut self) {
        for n in 0..self.layers.len() {
            match &self.layers[n] {
                Layer::Popup(popup) => {
                    let fresh = self.sheet(popup.about());
                    if let (Some(fresh), Layer::Popup(popup)) = (fresh, &mut self.layers[n]) {
                        let row = popup.selected();
                        popup.become_like(fresh);
                        // What was chosen is gone: what took its place is chosen.
                        if let Some(row) = row.filter(|_| popup.selected().is_none()) {
                            popup.select_near(row);
                        }
                    }
                }
                Layer::Grid(_) => {
                    self.layers[n] = Layer::Grid(Grid::new(&self.session.annotated));
                }
                _ => {}
            }
        }
    }

    /// Opens the matrix.
    pub(super) fn show_matrix(&mut self) {
        let grid = Grid::new(&self.session.annotated);
        self.layers.push(Layer::Grid(grid));
    }

    /// Runs a command while the matrix is open.
    pub(super) fn run_in_grid(&mut self, command: Command, count: usize) -> Vec<Effect> {
        match command {
            Command::Quit | Command::Clear | Command::Matrix => {
                self.layers.pop();
            }
            Command::Activate => return self.open_cell(),
            other => {
                if let Some(Layer::Grid(grid)) = self.layers.last_mut() {
                    grid.step(other, count);
                }
            }
        }
        Vec::new()
    }

    /// Opens the ledger of the chosen cell of the matrix.
    pub(super) fn open_cell(&mut self) -> Vec<Effect> {
        if let Some(Layer::Grid(grid)) = self.layers.last()
            && let Some(ledger) = grid.chosen()
        {
            self.show_sheet(&About::Ledger(ledger), None);
        }
        Vec::new()
    }

    /// To the next or previous turn: a stance against what the same holder was for, or the other
    /// way round. Back leads to the earlier of the two first. Goes round.
    pub(super) fn contradiction(&mut self, count: usize, forward: bool) {
        let cursor = self.cursor();
        let annotated = Arc::clone(&self.session.annotated);
        let pairs = view::contradictions(&annotated);
        if pairs.is_empty() {
            self.say("nobody here is for and against the same thing");
            return;
        }
        let start = |s: &Stance| s.evidence.first().map_or(0, |e| e.from());
        let here = pairs
            .iter()
            .position(|(_, later)| self.focus == Some(Focus::Stance(later.id)));
        let next = if let Some(here) = here {
            here as isize + if forward { 1 } else { -1 }
        } else {
            let after = pairs.partition_point(|(_, later)| start(later) < cursor) as isize;
            if forward { after } else { after - 1 }
        };
        let more = count as isize - 1;
        let next = next + if forward { more } else { -more };
        let (earlier, later) = pairs[next.rem_euclid(pairs.len() as isize) as usize];
        self.jump(start(earlier), Some(Focus::Stance(earlier.id)));
        self.jump(start(later), Some(Focus::Stance(later.id)));
        self.say(view::turn(earlier, later, &annotated));
    }

    /// Opens all that is known about the focused annotation.
    pub(super) fn explain(&mut self) {
        let Some(focus) = &self.focus else {
            self.say("nothing is focused: ]e ]q ]s go to the next name, quote, stance");
            return;
        };
        let focus = focus.clone();
        self.explain_one(&focus);
    }

    /// Opens all that is known about an annotation.
    pub(super) fn explain_one(&mut self, focus: &Focus) {
        self.show_sheet(&About::Explain(focus.clone()), None);
    }

    /// To the next or previous match; without a search, mention.
    pub(super) fn next_match(&mut self, count: usize, forward: bool) {
        let total = self.search.matches.len();
        if total == 0 {
            if self.search.needle.is_empty() {
                self.same(count, forward);
            } else {
                self.say(format!(
                    "“{}” does not occur",
                    one_line(&self.search.needle)
                ));
            }
            return;
        }
        let by = if forward {
            count as isize
        } else {
            -(count as isize)
        };
        let at = self
            .search
            .current
            .map_or(0, |c| (c as isize + by).rem_euclid(total as isize));
        self.search.current = Some(at as usize);
        if let Some(span) = self.search.matches.get(at as usize) {
            self.jump(span.from(), None);
        }
    }
}
