//! What keys do in the library screen, and what its answers change.

use std::sync::Arc;
use std::time::Instant;

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::base::text::{one_line, printable};
use crate::base::{Result, Role};
use crate::config::{Command, Signs};
use crate::model::library::{ArticleId, Feed, Flag};
use crate::ui::app::{App, Effect, Layer};
use crate::ui::layout::Pane;
use crate::ui::library::{Answer, Ask, Change, Refreshed, Why};
use crate::ui::popup::{About, Choice, Popup};
use crate::ui::prompt::{Prompt, Purpose};
use crate::view::{self, Focus, Run, SheetRow};

/// Rows one notch of the wheel moves.
const NOTCH: isize = 3;

/// Folders that every library has.
const FOLDERS: &[(&str, &str)] = &[
    ("All", ""),
    ("Unread", "unread"),
    ("Starred", "starred"),
    ("Put away", "archived"),
];

impl App {
    /// Opens the library screen over what is there.
    pub(in crate::ui) fn show_library(&mut self) -> Vec<Effect> {
        if self.desk.shelf().is_none() {
            self.say("there is no library yet: `byline library add FILE` puts articles in");
            return Vec::new();
        }
        self.layers.clear();
        self.layers.push(Layer::Library);
        self.library.refresh();
        self.asking()
    }

    /// Whether the library screen is shown.
    pub(in crate::ui) fn in_library(&self) -> bool {
        self.layers.iter().any(|l| matches!(l, Layer::Library))
    }

    /// Whether the library screen has the keys.
    pub(in crate::ui) fn library_on_top(&self) -> bool {
        matches!(self.layers.last(), Some(Layer::Library))
    }

    /// What the screen has to ask for now.
    pub(in crate::ui) fn asking(&mut self) -> Vec<Effect> {
        self.library.needs().into_iter().map(Effect::Ask).collect()
    }

    /// Runs a command while the library screen is on top.
    pub(in crate::ui) fn run_in_library(&mut self, command: Command, count: usize) -> Vec<Effect> {
        use Command as C;
        let page = self.library.list.height().max(2) as isize - 1;
        let count = count as isize;
        match command {
            C::Down => self.library.step(count),
            C::Up => self.library.step(-count),
            C::HalfDown => self.library.step(page / 2),
            C::HalfUp => self.library.step(-page / 2),
            C::PageDown => self.library.step(page),
            C::PageUp => self.library.step(-page),
            C::Top => self.library.step(isize::MIN),
            C::Bottom => self.library.step(isize::MAX),
            C::Activate => {
                let id = self.library.current().map(|item| item.id);
                return id.map_or_else(Vec::new, |id| self.open_stored(id, None));
            }
            C::MarkRow => {
                self.library.mark();
                self.library.step(1);
            }
            C::ToggleRead => return self.toggle(Flag::Unread),
            C::ToggleStar => return self.toggle(Flag::Starred),
            C::ToggleArchive => return self.toggle(Flag::Archived),
            C::Tag if !self.library.chosen().is_empty() => {
                let prompt = Prompt::new(Purpose::ArticleTag, "");
                self.layers.push(Layer::Prompt(prompt));
            }
            C::Undo | C::Redo => {
                let again = command == C::Redo;
                if let Some(ask) = self.library.undo(again) {
                    return vec![Effect::Ask(ask)];
                }
                self.say(if again {
                    "nothing to do again"
                } else {
                    "nothing to undo"
                });
            }
            C::SortEntities => {
                let order = self.library.next_order();
                self.say(format!("order: {}", order.name()));
            }
            C::Search => {
                let before = self.library.query.clone();
                let text = before.clone();
                let prompt = Prompt::new(Purpose::LibrarySearch { before }, &text);
                self.layers.push(Layer::Prompt(prompt));
            }
            C::Folders => return vec![Effect::Ask(Ask::Folders)],
            C::Refresh if self.library.refreshing.is_some() => {
                self.say("the refresh is given up");
                return vec![Effect::StopRefresh];
            }
            C::Refresh => {
                self.library.refreshing = Some(Refreshed::default());
                self.message = None;
                return vec![Effect::Refresh];
            }
            C::KeepQuery => {
                if self.library.query.is_empty() {
                    self.say("search something first: / and then F keeps the query");
                } else {
                    let prompt = Prompt::new(Purpose::QueryName, "");
                    self.layers.push(Layer::Prompt(prompt));
                }
            }
            C::Clear => {
                if !self.library.marked.is_empty() {
                    self.library.marked.clear();
                } else if !self.library.query.is_empty() {
                    self.library.search("", None);
                }
            }
            C::Compare => {
                let ids: Vec<ArticleId> = self.library.marked.iter().copied().collect();
                if ids.len() > 1 {
                    return vec![Effect::Ask(Ask::Compare(ids))];
                }
                self.say("mark two articles or more with Space, then compare them");
            }
            C::Library | C::Quit => {
                if !self.home || command == C::Library && self.reading.is_some() {
                    self.layers.pop();
                } else if command == C::Quit {
                    return self.leave(false);
                }
                return Vec::new();
            }
            C::Help => self.open_help(),
            C::CommandLine => {
                let prompt = Prompt::new(Purpose::Command, "");
                self.layers.push(Layer::Prompt(prompt));
            }
            C::Dossier => self.say("open an article and go to a name, then D"),
            _ => {}
        }
        self.asking()
    }

    /// The mouse in the library: the wheel moves the choice, a click chooses, a second one opens.
    pub(in crate::ui) fn library_mouse(&mut self, event: MouseEvent) -> Vec<Effect> {
        match event.kind {
            MouseEventKind::ScrollDown => self.library.step(NOTCH),
            MouseEventKind::ScrollUp => self.library.step(-NOTCH),
            MouseEventKind::Down(MouseButton::Left) => {
                let row = self.library.list.row_at(event.row);
                let Some(row) = row.filter(|row| *row < self.library.total) else {
                    return Vec::new();
                };
                if row == self.library.selected {
                    return self.run_in_library(Command::Activate, 1);
                }
                self.library.selected = row;
            }
            _ => return Vec::new(),
        }
        self.asking()
    }

    fn toggle(&mut self, flag: Flag) -> Vec<Effect> {
        let ids = self.library.chosen();
        if ids.is_empty() {
            return Vec::new();
        }
        let on = self.library.turns_on(flag);
        // The next key goes on with the next article, as in a mailbox.
        if self.library.marked.is_empty() && flag != Flag::Starred {
            self.library.step(1);
        }
        let mut effects = vec![Effect::Ask(Ask::Change {
            ids,
            change: Change::Flag(flag, on),
            why: Why::Done,
        })];
        effects.extend(self.asking());
        effects
    }

    /// Tags the chosen articles; a tag with `-` before it is taken away.
    pub(in crate::ui) fn tag_articles(&mut self, text: &str) -> Vec<Effect> {
        let ids = self.library.chosen();
        let tags = text.split([',', ' ']).filter(|t| !t.is_empty());
        tags.map(|tag| {
            let (tag, on) = match tag.strip_prefix('-') {
                Some(tag) => (tag, false),
                None => (tag, true),
            };
            Effect::Ask(Ask::Change {
                ids: ids.clone(),
                change: Change::Tag(tag.trim_start_matches('#').to_lowercase(), on),
                why: Why::Done,
            })
        })
        .collect()
    }

    /// What is typed into the search takes effect at once.
    pub(in crate::ui) fn library_typed(&mut self, text: &str) -> Vec<Effect> {
        self.library.completion = None;
        self.library.search(text, Some(Instant::now()));
        self.asking()
    }

    /// Tab in the search: the next way in which what is typed can go on.
    pub(in crate::ui) fn library_tab(&mut self) -> Vec<Effect> {
        let Some(Layer::Prompt(prompt)) = self.layers.last_mut() else {
            return Vec::new();
        };
        let text = prompt.text();
        let Some((completion, at)) = &mut self.library.completion else {
            return vec![Effect::Ask(Ask::Complete(text))];
        };
        let count = completion.candidates.len();
        if count == 0 {
            return Vec::new();
        }
        *at = (*at + 1) % count;
        let whole = format!(
            "{}{}",
            text.get(..completion.from).unwrap_or(""),
            completion.candidates[*at]
        );
        prompt.set(&whole);
        let kept = self.library.completion.take();
        let effects = self.library_typed(&whole);
        self.library.completion = kept;
        effects
    }

    /// Opens an article of the library, at a place in it.
    pub(in crate::ui) fn open_stored(
        &mut self,
        id: ArticleId,
        focus: Option<Focus>,
    ) -> Vec<Effect> {
        let opened = match self.desk.shelf().map(|shelf| shelf.open(id)) {
            None => return Vec::new(),
            Some(Ok(opened)) => opened,
            Some(Err(error)) => {
                self.fail(&error);
                return Vec::new();
            }
        };
        self.layers.clear();
        let mut effects = self.replace_article(opened, 0);
        self.reading = Some(id);
        self.library.choose(id);
        self.pane = Pane::Article;
        let start = focus
            .as_ref()
            .and_then(|focus| focus.start(&self.session.annotated, &self.session.highlights));
        if let Some(at) = start {
            self.go(at, focus);
        }
        effects.push(Effect::Ask(Ask::Change {
            ids: vec![id],
            change: Change::Flag(Flag::Unread, false),
            why: Why::Opened,
        }));
        effects
    }

    /// The next article of the library's list, or an earlier one.
    pub(in crate::ui) fn stored_article(&mut self, by: isize) -> Vec<Effect> {
        let before = self.library.selected;
        self.library.step(by);
        let next = self.library.current().map(|item| item.id);
        let mut effects = match next {
            _ if self.library.selected == before => {
                let end = if by > 0 { "last" } else { "first" };
                self.say(format!("this is the {end} article of the list"));
                Vec::new()
            }
            Some(id) => self.open_stored(id, None),
            None => Vec::new(),
        };
        effects.extend(self.asking());
        effects
    }

    /// The dossier of the entity under the cursor.
    pub(in crate::ui) fn ask_dossier(&mut self) -> Vec<Effect> {
        if self.desk.shelf().is_none() {
            self.say("a dossier is made of the library: `byline library add FILE` makes one");
            return Vec::new();
        }
        let annotated = &self.session.annotated;
        let chosen = self.entities.selected();
        let entity = match &self.focus {
            Some(Focus::Mention { entity, .. }) => Some(*entity),
            Some(Focus::Stance(id)) => annotated
                .stances
                .get(id.index())
                .and_then(|s| s.holder.entity()),
            Some(Focus::Quote(id)) => annotated
                .quotes
                .get(id.index())
                .and_then(|q| q.speaker.entity()),
            _ => chosen,
        };
        let entity = entity
            .filter(|_| self.pane != Pane::Entities)
            .or(chosen)
            .or(entity);
        if let Some(entity) = entity.and_then(|e| annotated.entity(e)) {
            return vec![Effect::Ask(Ask::Dossier(entity.name.clone()))];
        }
        self.say("go to a name first, with ]e or in the list of entities");
        Vec::new()
    }

    /// The same story in other outlets.
    pub(in crate::ui) fn ask_same_story(&mut self) -> Vec<Effect> {
        if self.desk.shelf().is_none() {
            self.say("articles are compared within the library, or with `byline compare A B`");
            return Vec::new();
        }
        self.say("looking for the same story…");
        let annotated = Arc::clone(&self.session.annotated);
        vec![Effect::Ask(Ask::SameStory(annotated))]
    }

    /// A refresh of the feeds is over.
    pub(in crate::ui) fn refreshed(&mut self, result: Result<Refreshed>) -> Vec<Effect> {
        self.library.refreshing = None;
        match result {
            Ok(brought) => self.say(brought.words()),
            Err(error) => self.fail(&error),
        }
        self.library.reload();
        if self.in_library() {
            return self.asking();
        }
        Vec::new()
    }

    /// Takes an answer.
    pub(in crate::ui) fn answered(&mut self, answer: Answer) -> Vec<Effect> {
        let ascii = self.config.settings.signs == Signs::Ascii;
        match answer {
            Answer::Found(found) => self.library.found(found),
            Answer::Mistaken { number, fault } => {
                if !self.typing() {
                    self.fail(&crate::base::Error::new("query", fault.to_string()));
                }
                self.library.mistaken(number, fault);
            }
            Answer::Preview(preview) => self.library.previewed(preview),
            Answer::Changed { ids, change, why } => {
                if let Some(said) = self.library.changed(ids, change, why) {
                    self.say(said);
                }
            }
            Answer::Completed { text, completion } => {
                let Some(Layer::Prompt(prompt)) = self.layers.last_mut() else {
                    return Vec::new();
                };
                if prompt.text() != text {
                    return Vec::new();
                }
                let Some(first) = completion.candidates.first() else {
                    self.say("nothing begins like that");
                    return Vec::new();
                };
                let whole = format!("{}{first}", text.get(..completion.from).unwrap_or(""));
                prompt.set(&whole);
                let effects = self.library_typed(&whole);
                // What is complete is done with: the next Tab completes what comes after it.
                self.library.completion =
                    (completion.candidates.len() > 1).then_some((completion, 0));
                return effects;
            }
            Answer::Folders(saved, feeds) => {
                let built_in = FOLDERS
                    .iter()
                    .map(|(n, q)| ((*n).to_owned(), (*q).to_owned()));
                let saved = saved.into_iter().map(|s| (s.name, s.query));
                let mut rows: Vec<_> = built_in
                    .chain(saved)
                    .map(|(name, query)| {
                        let row = SheetRow {
                            lead: vec![Run::own(format!("{name:<18} "), Role::Text)],
                            ..SheetRow::text(query.clone(), Role::Dim)
                        };
                        (row, Some(Choice::Folder(name, query)))
                    })
                    .collect();
                for feed in feeds {
                    rows.extend(feed_rows(&feed));
                }
                let popup = Popup::new(About::Folders, "Folders", rows);
                self.layers.push(Layer::Popup(popup));
            }
            Answer::Kept(name) => {
                self.library.folder = Some(name.clone());
                self.say(format!("kept as “{name}”; f shows the folders"));
            }
            Answer::Dossier(name, None) => {
                self.say(format!("no article of the library names “{name}”"));
            }
            Answer::Dossier(_, Some(dossier)) => {
                self.message = None;
                let rows = view::dossier(&dossier, ascii)
                    .into_iter()
                    .map(|(row, place)| (row, place.map(|(id, focus)| Choice::Stored(id, focus))));
                let title = format!("Dossier: {}", dossier.name);
                let popup = Popup::new(About::Dossier, &title, rows.collect());
                self.layers.push(Layer::Popup(popup));
            }
            Answer::Compared(articles) => {
                self.message = None;
                if articles.len() < 2 {
                    self.say("no other article of the library tells this story");
                    return Vec::new();
                }
                let all: Vec<_> = articles.iter().map(|(_, a)| &**a).collect();
                let comparison = view::Comparison::new(&all);
                let choice = |(n, focus): (usize, Focus)| {
                    let (id, annotated) = articles.get(n)?;
                    // The article that is read need not be in the library.
                    let here = || Arc::ptr_eq(annotated, &self.session.annotated);
                    match id {
                        Some(id) => Some(Choice::Stored(*id, Some(focus))),
                        None => here().then_some(Choice::Go(focus)),
                    }
                };
                let stacked = comparison.stacked(ascii).into_iter();
                let stacked = stacked.map(|(row, place)| (row, place.and_then(choice)));
                let beside = comparison.beside(ascii).into_iter();
                let beside = beside.map(|row| row.map(choice)).collect();
                let popup = Popup::new(About::Compare, "The same story", stacked.collect());
                self.layers.push(Layer::Popup(popup.beside(beside)));
            }
            Answer::Failed(error) => self.fail(&error),
        }
        if self.in_library() {
            return self.asking();
        }
        Vec::new()
    }
}

/// A feed among the folders, and under it what went wrong with it the last time.
fn feed_rows(feed: &Feed) -> Vec<(SheetRow, Option<Choice>)> {
    let name = feed.title.as_deref().unwrap_or(&feed.url);
    let name = one_line(&printable(name));
    let (articles, unread) = feed.counts;
    let counts = format!("{unread} of {articles} unread");
    let row = SheetRow {
        lead: vec![Run::own(format!("{name:<18} "), Role::Text)],
        ..SheetRow::text(counts, Role::Dim)
    };
    let query = format!("feed:\"{}\"", feed.url.replace('"', ""));
    let mut rows = vec![(row, Some(Choice::Folder(name, query)))];
    let why = match (&feed.error, feed.gone, feed.retry_after) {
        (Some(error), ..) => Some((one_line(&printable(error)), Role::Error)),
        (None, true, _) => Some(("is gone for good".to_owned(), Role::Error)),
        (None, false, Some(time)) if time > jiff::Timestamp::now() => Some((
            format!("to be asked again {}", time.strftime("%Y-%m-%d %H:%M UTC")),
            Role::Dim,
        )),
        _ => None,
    };
    rows.extend(why.map(|(text, role)| {
        let row = SheetRow {
            lead: vec![Run::own("  ".to_owned(), Role::Text)],
            ..SheetRow::text(text, role)
        };
        (row, None)
    }));
    rows
}
