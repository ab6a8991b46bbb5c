//! What each command does: one exhaustive match, so that no row of the command table is without a
//! function.

use crate::base::text::one_line;
use crate::base::{EntityId, Span};
use crate::config::Command;
use crate::config::Command as C;
use crate::config::settings::{COMMENTS_WIDTH, ENTITIES_WIDTH, MEASURE};
use crate::model::Colour;
use crate::ui::app::{App, Effect, Jump, Layer, Marked};
use crate::ui::article_pane::Visual;
use crate::ui::export_menu::ExportMenu;
use crate::ui::layout::{Areas, Pane};
use crate::ui::popup::Popup;
use crate::ui::prompt::{Prompt, Purpose};
use crate::view::{self, CommentTarget, Focus, Stop};

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

            C::NextMention => self.step(Stop::Mention, n, true),
            C::PreviousMention => self.step(Stop::Mention, n, false),
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
            C::Explain => self.explain(),
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
                self.say(format!("entities {order}"));
            }
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
                let again = command == C::Redo;
                let word = if again { "again" } else { "undone" };
                match self.session.undo(again) {
                    Some(what) => {
                        self.say(format!("{what}: {word}…"));
                        return self.save();
                    }
                    None => self.say(if again {
                        "nothing to do again"
                    } else {
                        "nothing to undo"
                    }),
                }
            }

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
            C::Export => self
                .layers
                .push(Layer::Export(ExportMenu::new(self.desk.formats()))),

            C::CommandLine => {
                self.layers
                    .push(Layer::Prompt(Prompt::new(Purpose::Command, "")));
            }
            C::Help => self.open_help(),
            C::Details => {
                let popup = Popup::details(&self.session.annotated, &self.session.highlights);
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
                    let from = Jump {
                        top: self.article.top_byte(),
                        focus: self.focus.clone(),
                        pane: self.pane,
                    };
                    self.jumps.back.push(from);
                }
                self.article.scroll_by(command, count);
            }
        }
    }

    fn travel(&mut self, back: bool) {
        let here = Jump {
            top: self.article.top_byte(),
            focus: self.focus.clone(),
            pane: self.pane,
        };
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
        self.pane = jump.pane;
    }

    fn step(&mut self, stop: Stop, count: usize, forward: bool) {
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
                Stop::Mention => "name",
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

    fn same(&mut self, count: usize, forward: bool) {
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
        if let Some(step) = view::same_entity(entity, &self.session.annotated, from, count, forward)
        {
            self.go(step.at, step.focus);
            self.entities.select(entity);
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
                let first = self
                    .session
                    .annotated
                    .entity(entity)
                    .and_then(|e| e.mentions.first().map(|m| m.span.from()));
                if let Some(at) = first {
                    self.jump(at, Some(Focus::Mention { entity, mention: 0 }));
                    self.show_article();
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
                        self.show_article();
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
                            self.show_article();
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
                    self.entities.select(entity);
                    self.enter(Pane::Entities);
                }
                Some(_) => self.explain(),
                None => self.say("nothing is focused: ]e ]q ]s go to the next name, quote, stance"),
            },
        }
        Vec::new()
    }

    /// After a jump from a side pane: where only one pane fits, the article comes forward.
    fn show_article(&mut self) {
        if self.areas.of(Pane::Article).is_none() {
            self.enter(Pane::Article);
        }
    }

    fn explain(&mut self) {
        let Some(focus) = &self.focus else {
            self.say("nothing is focused: ]e ]q ]s go to the next name, quote, stance");
            return;
        };
        let facts = view::explain_fully(focus, &self.session.annotated, &self.session.highlights);
        self.layers
            .push(Layer::Popup(Popup::facts("Explanation", facts)));
    }

    fn cycle(&mut self, by: isize) {
        let count = Pane::ALL.len() as isize;
        let at = (self.pane as isize + by).rem_euclid(count);
        self.enter(Pane::ALL[at as usize]);
    }

    fn resize(&mut self, wider: bool, count: usize) {
        let settings = &mut self.config.settings;
        let pane = if self.pane == Pane::Article {
            self.side
        } else {
            self.pane
        };
        let (slot, bounds) = match pane {
            Pane::Comments => (&mut settings.comments_width, COMMENTS_WIDTH),
            _ => (&mut settings.entities_width, ENTITIES_WIDTH),
        };
        let by = STEP * count.min(50) as u16;
        let width = if wider {
            slot.saturating_add(by)
        } else {
            slot.saturating_sub(by)
        };
        *slot = width.clamp(bounds.0, bounds.1);
    }

    fn other_article(&mut self, next: bool, count: usize) -> Vec<Effect> {
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

    fn next_match(&mut self, count: usize, forward: bool) {
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

    fn start_visual(&mut self, sentences: bool) {
        if let Some(visual) = &mut self.article.visual {
            if visual.sentences == sentences {
                self.article.visual = None;
            } else {
                visual.sentences = sentences;
            }
            return;
        }
        let text = self.session.text();
        let annotated = &self.session.annotated;
        // What is under the cursor is selected at once: the focused words, the current match.
        let focused = self.focus.as_ref().and_then(|f| {
            f.spans(annotated, &self.session.highlights)
                .into_iter()
                .next()
        });
        let focused = focused.filter(|s| self.article.shows(s.from()));
        let found = self
            .search
            .current
            .and_then(|c| self.search.matches.get(c))
            .copied();
        let span = focused.or(found).unwrap_or_else(|| {
            let top = self.article.top_byte();
            view::cluster_at(text, top)
        });
        let last = span
            .of(text)
            .char_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        let caret = view::cluster_at(text, span.from() + last).from();
        self.article.visual = Some(Visual {
            anchor: span.from(),
            caret,
            sentences,
        });
        self.article.reveal(caret);
    }

    /// Highlights `span`; the selection ends, the highlight has the focus.
    pub(super) fn mark(&mut self, span: Span, colour: Colour) -> String {
        let span = span.trim(self.session.text());
        let now = self.desk.now();
        let id = self.session.add(span, colour, None, now);
        self.article.visual = None;
        self.focus = Some(Focus::Highlight(id.clone()));
        id
    }

    /// What a mark would be put on: the selection, the focused highlight, the focused words.
    fn markable(&mut self) -> Option<Marked> {
        if let Some(span) = self.article.selection(&self.session) {
            return Some(Marked::Words(span));
        }
        let focus = self.focus.clone()?;
        if let Focus::Highlight(id) = focus {
            return Some(Marked::Highlight(id));
        }
        let spans = focus.spans(&self.session.annotated, &self.session.highlights);
        let first = *spans.first()?;
        Some(Marked::Words(spans.into_iter().fold(first, Span::hull)))
    }

    fn ask_colour(&mut self) {
        match self.markable() {
            Some(marked) => self.layers.push(Layer::Palette(marked)),
            None => self.say("nothing to highlight: select words with v, or go to a mark with ]e"),
        }
    }

    fn note(&mut self) -> Vec<Effect> {
        let selected = match (self.pane, self.comments.selected()) {
            (Pane::Comments, Some(CommentTarget::Note(id))) => Some(Marked::Highlight(id.clone())),
            (Pane::Comments, _) => None,
            _ => self.markable(),
        };
        let id = match selected {
            Some(Marked::Highlight(id)) => id,
            Some(Marked::Words(span)) => self.mark(span, Colour::default()),
            None => {
                self.say("nothing to write a note on: select words with v first");
                return Vec::new();
            }
        };
        self.open_note(&id);
        self.save()
    }

    /// The highlight that the keys are at.
    fn highlight_here(&mut self) -> Option<String> {
        if self.pane == Pane::Comments {
            return match self.comments.selected() {
                Some(CommentTarget::Note(id)) => Some(id.clone()),
                _ => None,
            };
        }
        if let Some(Focus::Highlight(id)) = &self.focus {
            Some(id.clone())
        } else {
            let at = self.cursor();
            let here = self
                .session
                .highlights
                .iter()
                .find(|h| !h.orphan && h.anchor.span.has(at));
            here.map(|h| h.id.clone())
        }
    }

    fn ask_tags(&mut self) {
        let Some(id) = self.highlight_here() else {
            self.say("no highlight here: ]h goes to the next one");
            return;
        };
        let tags = self
            .session
            .highlight(&id)
            .map(|h| h.tags.join(" "))
            .unwrap_or_default();
        let prompt = Prompt::new(Purpose::Tag { highlight: id }, &tags);
        self.layers.push(Layer::Prompt(prompt));
    }

    fn delete(&mut self) -> Vec<Effect> {
        let Some(id) = self.highlight_here() else {
            self.say("no highlight here: ]h goes to the next one");
            return Vec::new();
        };
        self.session.remove(&id);
        self.focus = None;
        self.say("highlight deleted (u brings it back)…");
        self.save()
    }

    /// Puts text on the clipboard and says so.
    pub(super) fn copy(&mut self, text: String, what: &str) -> Vec<Effect> {
        let count = text.chars().count();
        self.say(format!(
            "sent {what} to the clipboard ({count} characters, OSC 52)"
        ));
        vec![Effect::Copy(text)]
    }

    fn yank(&mut self) -> Vec<Effect> {
        if self.pane == Pane::Comments {
            let text = match self.comments.selected() {
                Some(CommentTarget::Sentence(s)) => {
                    let span = self
                        .session
                        .annotated
                        .sentences
                        .get(s.index())
                        .map(|s| s.span);
                    span.map(|s| one_line(s.of(self.session.text())))
                }
                Some(CommentTarget::Note(id)) => {
                    self.session.highlight(id).and_then(|h| h.note.clone())
                }
                _ => None,
            };
            return match text {
                Some(text) => self.copy(text, "comment"),
                None => Vec::new(),
            };
        }
        let span = match self.markable() {
            Some(Marked::Words(span)) => span,
            Some(Marked::Highlight(id)) => match self.session.highlight(&id) {
                Some(highlight) => highlight.anchor.span,
                None => return Vec::new(),
            },
            None => {
                self.say("nothing to copy: select words with v, or go to a mark with ]e");
                return Vec::new();
            }
        };
        self.article.visual = None;
        let text = span.of(self.session.text()).to_owned();
        self.copy(text, "words")
    }

    fn yank_quote(&mut self) -> Vec<Effect> {
        let at = self.cursor();
        let quotes = &self.session.annotated.quotes;
        let here = match &self.focus {
            Some(Focus::Quote(id)) => quotes.get(id.index()),
            _ => quotes
                .iter()
                .filter(|q| q.span.has(at))
                .min_by_key(|q| q.span.len()),
        };
        let Some(quote) = here else {
            self.say("no quote here: ]q goes to the next one");
            return Vec::new();
        };
        let line = view::citation(quote, &self.session.annotated);
        self.copy(line, "quote")
    }

    fn quit(&mut self, now: bool) -> Vec<Effect> {
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
