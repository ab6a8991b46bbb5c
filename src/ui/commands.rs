//! What each command does: one exhaustive match, so that no row of the command table is without a
//! function.

use std::sync::Arc;

use crate::config::Command;
use crate::config::Command as C;
use crate::config::Group;
use crate::config::Signs;
use crate::config::settings::{COMMENTS_WIDTH, ENTITIES_WIDTH, MEASURE};
use crate::model::Filter;
use crate::ui::app::{App, Effect, Layer};
use crate::ui::desk::Shown;
use crate::ui::layout::{Areas, Pane};
use crate::ui::popup::About;
use crate::ui::prompt::{Prompt, Purpose};
use crate::ui::sheets;
use crate::view::{Ledger, Stop};

/// Rows that one notch of the wheel or one step of `<` `>` moves.
const STEP: u16 = 2;

impl App {
    /// Runs a command; `count` is what was typed before it.
    pub fn run(&mut self, command: Command, count: Option<usize>) -> Vec<Effect> {
        let n = count.unwrap_or(1).max(1);
        if self.layered()
            && !matches!(
                command,
                Command::QuitNow | Command::Suspend | Command::Redraw
            )
        {
            return self.run_in_layer(command, n);
        }
        if self.pane == Pane::Article
            && self.article.visual.is_some()
            && self.article.select(command, n, &self.session)
        {
            return Vec::new();
        }
        let kinds = self.config.settings.kinds;
        let marks = matches!(command.group(), Group::Mark | Group::Correct);
        if self.session.shown != Shown::Article && (marks || command == C::Export) {
            self.say("there is no article here that could be marked or exported");
            return Vec::new();
        }
        match command {
            C::Down
            | C::Up
            | C::HalfDown
            | C::HalfUp
            | C::PageDown
            | C::PageUp
            | C::Top
            | C::Bottom
            | C::Percent => self.scroll(command, count),
            C::NextParagraph | C::PreviousParagraph => {
                let from = self.article.top_byte();
                let next = command == C::NextParagraph;
                if let Some(at) = self.article.paragraph(from, next, n) {
                    self.article.place(at, C::RowTop);
                }
            }
            C::RowTop | C::RowMiddle | C::RowBottom => {
                let at = self.cursor();
                self.article.place(at, command);
            }
            C::Back => self.travel(true),
            C::Forward => self.travel(false),

            C::NextMention => self.step(Stop::Mention(kinds), n, true),
            C::PreviousMention => self.step(Stop::Mention(kinds), n, false),
            C::NextQuote => self.step(Stop::Quote, n, true),
            C::PreviousQuote => self.step(Stop::Quote, n, false),
            C::NextStance => self.step(Stop::Stance, n, true),
            C::PreviousStance => self.step(Stop::Stance, n, false),
            C::NextComment | C::PreviousComment if self.pane == Pane::Comments => {
                self.comments.step(if command == C::NextComment {
                    n as isize
                } else {
                    -(n as isize)
                });
            }
            C::NextComment => self.step(Stop::Link, n, true),
            C::PreviousComment => self.step(Stop::Link, n, false),
            C::NextHighlight => self.step(Stop::Highlight, n, true),
            C::PreviousHighlight => self.step(Stop::Highlight, n, false),
            C::NextSame => self.same(n, true),
            C::PreviousSame => self.same(n, false),
            C::Activate => return self.activate(),
            C::Card => self.open_card(),
            C::Explain => self.explain(),
            C::Ask => self.ask(),
            C::Ledger => self.show_sheet(&About::Ledger(Ledger::default()), None),
            C::Others => {
                self.say("asking the other annotator …");
                return vec![Effect::Compare];
            }
            C::Matrix => self.show_matrix(),
            C::Voices => self.show_sheet(&About::Voices, None),
            C::NextContradiction => self.contradiction(n, true),
            C::PreviousContradiction => self.contradiction(n, false),
            C::Kinds => {
                let settings = &self.config.settings;
                let ascii = settings.signs == Signs::Ascii;
                let popup = sheets::kinds(&self.session.annotated, settings.kinds, ascii);
                self.layers.push(Layer::Popup(popup));
            }
            C::HideMarks => {
                self.hide_marks = !self.hide_marks;
                self.say(if self.hide_marks {
                    "marks hidden"
                } else {
                    "marks shown"
                });
            }

            C::FocusNext => self.cycle(1),
            C::FocusPrevious => self.cycle(-1),
            C::FocusLeft => self.enter(match self.pane {
                Pane::Comments => Pane::Article,
                _ => Pane::Entities,
            }),
            C::FocusRight => self.enter(match self.pane {
                Pane::Entities => Pane::Article,
                _ => Pane::Comments,
            }),
            C::FocusArticle => self.enter(Pane::Article),
            C::FocusEntities => self.enter(Pane::Entities),
            C::FocusComments => self.enter(Pane::Comments),
            C::Zen => self.zen = !self.zen,
            C::Narrower | C::Wider => self.resize(command == C::Wider, n),
            C::MeasureLess | C::MeasureMore => {
                let settings = &mut self.config.settings;
                let by = STEP * n.min(50) as u16;
                let measure = if command == C::MeasureMore {
                    settings.measure.saturating_add(by)
                } else {
                    settings.measure.saturating_sub(by)
                };
                settings.measure = measure.clamp(MEASURE.0, MEASURE.1);
                let now = settings.measure;
                self.say(format!("lines of at most {now} columns"));
            }
            C::SortEntities => {
                let order = self.entities.sort();
                self.say(format!("entities {}", order.explained()));
            }
            C::Reload => return self.reload(),
            C::NextArticle | C::PreviousArticle => {
                return self.other_article(command == C::NextArticle, n);
            }

            C::Search => self.ask_search(),
            C::NextMatch => self.next_match(n, true),
            C::PreviousMatch => self.next_match(n, false),
            C::Clear => self.clear(),

            C::Visual | C::VisualLine => self.start_visual(command == C::VisualLine),
            // Commands of the selection, without one.
            C::SwapEnds
            | C::CharLeft
            | C::CharRight
            | C::WordNext
            | C::WordPrevious
            | C::WordEnd
            | C::SentenceNext
            | C::SentencePrevious
            | C::InQuote
            | C::InEntity
            | C::InSentence
            | C::InParagraph => self.say("select with v first"),
            C::Highlight => self.ask_colour(),
            C::Note => return self.note(),
            C::Tag => self.ask_tags(),
            C::Delete => return self.delete(),
            C::Undo | C::Redo => {
                return self.undo(command == C::Redo);
            }
            C::Accept
            | C::Reject
            | C::ChangeSide
            | C::ChangeHolder
            | C::ChangeTarget
            | C::ChangeKind
            | C::Merge
            | C::Split
            | C::TakeBack => return self.correct(command),
            C::Corrections => self.show_sheet(&About::Corrections, None),

            C::Yank => return self.yank(),
            C::YankQuote => return self.yank_quote(),
            C::YankAddress => {
                return if let Some(uri) = self.session.document().meta.uri.clone() {
                    self.copy(uri, "address")
                } else {
                    self.say("this article has no address");
                    Vec::new()
                };
            }
            C::Reattach => self.ask_lost(),
            C::Export => self.open_export(Filter::default()),

            C::Library => return self.show_library(),
            C::Dossier => return self.ask_dossier(),
            C::Compare => return self.ask_same_story(),
            // Commands of the library's list, outside of it.
            C::Folders
            | C::KeepQuery
            | C::Refresh
            | C::MarkRow
            | C::ToggleRead
            | C::ToggleStar
            | C::ToggleArchive => self.say("open the library first, with gl"),
            C::CommandLine => {
                self.layers
                    .push(Layer::Prompt(Prompt::new(Purpose::Command, "")));
            }
            C::Help => self.open_help(),
            C::Details => {
                let popup = sheets::details(&self.session.annotated, &self.session.highlights);
                self.layers.push(Layer::Popup(popup));
            }
            C::Mouse => {
                self.mouse = !self.mouse;
                self.say(if self.mouse {
                    "the mouse is byline's"
                } else {
                    "the mouse is the terminal's"
                });
                return vec![Effect::Mouse(self.mouse)];
            }
            C::Redraw => return vec![Effect::Redraw],
            C::Suspend => return vec![Effect::Suspend],
            C::Quit => return self.quit(false),
            C::QuitNow => return self.quit(true),
        }
        Vec::new()
    }

    /// Takes the last edit back, or does it again.
    pub(super) fn undo(&mut self, again: bool) -> Vec<Effect> {
        let word = if again { "again" } else { "undone" };
        let before = Arc::clone(&self.session.annotated);
        let Some(what) = self.session.undo(again) else {
            self.say(if again {
                "nothing to do again"
            } else {
                "nothing to undo"
            });
            return Vec::new();
        };
        self.follow(&before);
        self.say(format!("{what}: {word}…"));
        self.save()
    }

    /// Room of the panes in the last frame.
    pub(super) fn body(&self) -> ratatui::layout::Rect {
        let areas: &Areas = &self.areas;
        let mut shown = areas.panes.into_iter().flatten();
        let first = shown.next().unwrap_or_default();
        shown.fold(first, ratatui::prelude::Rect::union)
    }

    fn scroll(&mut self, command: Command, count: Option<usize>) {
        let n = count.unwrap_or(1).max(1) as isize;
        let by = |height: usize| match command {
            Command::Down => n,
            Command::Up => -n,
            Command::HalfDown => n * (height as isize / 2).max(1),
            Command::HalfUp => -n * (height as isize / 2).max(1),
            Command::PageDown => n * (height as isize - 1).max(1),
            Command::PageUp => -n * (height as isize - 1).max(1),
            Command::Top => isize::MIN,
            _ => isize::MAX,
        };
        match self.pane {
            Pane::Entities => {
                let by = by(self.entities.height());
                self.entities.step(by, &self.session);
            }
            Pane::Comments => {
                // Parts are several rows high, so half a page is few of them.
                let by = by(self.comments.height() / 4);
                self.comments.step(by);
            }
            Pane::Article => {
                let far = matches!(command, Command::Top | Command::Bottom | Command::Percent);
                if far {
                    let from = self.here();
                    self.jumps.back.push(from);
                }
                self.article.scroll_by(command, count);
            }
        }
    }

    fn cycle(&mut self, by: isize) {
        let count = Pane::ALL.len() as isize;
        let at = (self.pane as isize + by).rem_euclid(count);
        self.enter(Pane::ALL[at as usize]);
    }

    fn resize(&mut self, wider: bool, count: usize) {
        let pane = if self.pane == Pane::Article {
            self.side
        } else {
            self.pane
        };
        let settings = &mut self.config.settings;
        let (slot, bounds) = match pane {
            Pane::Comments => (&mut settings.comments_width, COMMENTS_WIDTH),
            _ => (&mut settings.entities_width, ENTITIES_WIDTH),
        };
        // From the width it has on the screen, not from one that it was asked for and cannot have.
        let beside = self.areas.panes.iter().flatten().count() > 1;
        let Some(now) = self.areas.of(pane).filter(|_| beside).map(|r| r.width) else {
            self.say("no side pane is shown");
            return;
        };
        let by = STEP * count.min(50) as u16;
        let width = if wider {
            now.saturating_add(by)
        } else {
            now.saturating_sub(by)
        };
        *slot = Some(width.clamp(bounds.0, bounds.1));
    }

    fn other_article(&mut self, next: bool, count: usize) -> Vec<Effect> {
        if self.reading.is_some() {
            let by = count as isize;
            return self.stored_article(if next { by } else { -by });
        }
        let last = self.desk.count().saturating_sub(1);
        let by = if next {
            count as isize
        } else {
            -(count as isize)
        };
        let index = self.session.index.saturating_add_signed(by).min(last);
        if index == self.session.index {
            let end = if next { "last" } else { "first" };
            self.say(format!("this is the {end} article"));
            return Vec::new();
        }
        self.open(index)
    }

    fn ask_search(&mut self) {
        let prompt = if self.pane == Pane::Entities {
            let before = self.entities.filter().to_owned();
            Prompt::new(
                Purpose::Filter {
                    before: before.clone(),
                },
                &before,
            )
        } else {
            Prompt::new(
                Purpose::Search {
                    from: self.article.top_byte(),
                },
                "",
            )
        };
        self.layers.push(Layer::Prompt(prompt));
    }

    /// Escape: selection, search, filter, focus, one at a time. Never leaves the program.
    fn clear(&mut self) {
        if self.article.visual.take().is_some() {
            return;
        }
        if !self.search.needle.is_empty() {
            self.search = super::app::Search::default();
        } else if self.pane == Pane::Entities && !self.entities.filter().is_empty() {
            self.entities.set_filter("", &self.session);
        } else {
            self.focus = None;
        }
    }

    fn quit(&mut self, now: bool) -> Vec<Effect> {
        if self.home && !now {
            let mut effects = self.save();
            effects.extend(self.show_library());
            return effects;
        }
        self.leave(now)
    }

    /// Ends the program.
    pub(super) fn leave(&mut self, now: bool) -> Vec<Effect> {
        let mut effects = self.save();
        if effects.is_empty() || now {
            effects.push(Effect::Quit);
        } else {
            // The save is confirmed before we go, so that a failure can still be told.
            self.leaving = true;
        }
        effects
    }
}
