//! Keys while something lies over the panes: prompts, notes, popups, the palette.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::base::text::one_line;
use crate::config::{Code, Command, Key, Signs};
use crate::model::Colour;
use crate::ui::app::{App, Effect, Layer, Marked};
use crate::ui::layout::Pane;
use crate::ui::library::Ask;
use crate::ui::popup::{About, Choice};
use crate::ui::prompt::{NoteEditor, Prompt, Purpose};
use crate::ui::sheets;
use crate::view::{Focus, Ledger};

impl App {
    /// Whether keys are typed into a prompt or a note.
    pub(super) fn typing(&self) -> bool {
        matches!(self.layers.last(), Some(Layer::Prompt(_) | Layer::Note(_)))
    }

    /// Takes a key that is typed.
    pub(super) fn type_key(&mut self, event: KeyEvent) -> Vec<Effect> {
        if event.kind == KeyEventKind::Release {
            return Vec::new();
        }
        let control = event.modifiers.contains(KeyModifiers::CONTROL);
        match (event.code, control) {
            (KeyCode::Char('z'), true) => return vec![Effect::Suspend],
            (KeyCode::Char('c' | 'g'), true) => return self.give_up(),
            _ => {}
        }
        match self.layers.last_mut() {
            Some(Layer::Note(note)) => {
                let save =
                    event.code == KeyCode::Esc || control && event.code == KeyCode::Char('s');
                if save {
                    return self.keep_note();
                }
                note.key(event);
            }
            Some(Layer::Prompt(prompt)) => {
                if let Purpose::Overwrite {
                    format,
                    filter,
                    path,
                } = prompt.purpose.clone()
                {
                    let yes = matches!(event.code, KeyCode::Char('y' | 'Y'));
                    self.layers.pop();
                    return if yes {
                        self.write_export(format, &filter, &path, true)
                    } else {
                        Vec::new()
                    };
                }
                match event.code {
                    KeyCode::Enter => return self.submit(),
                    KeyCode::Esc => return self.give_up(),
                    KeyCode::Tab if prompt.purpose == Purpose::Command => {
                        let text = prompt.text();
                        if let Some(full) = completion(&text) {
                            prompt.set(full);
                        }
                    }
                    KeyCode::Tab if matches!(prompt.purpose, Purpose::LibrarySearch { .. }) => {
                        return self.library_tab();
                    }
                    KeyCode::Backspace if prompt.text().is_empty() => return self.give_up(),
                    // Tab and line ends belong to no line.
                    KeyCode::Tab => {}
                    KeyCode::Char('m' | 'j') if control => return self.submit(),
                    _ => {
                        prompt.key(event);
                        return self.typed();
                    }
                }
            }
            _ => {}
        }
        Vec::new()
    }

    /// What is typed takes effect while it is typed: search and filter.
    pub(super) fn typed(&mut self) -> Vec<Effect> {
        let Some(Layer::Prompt(prompt)) = self.layers.last() else {
            return Vec::new();
        };
        let text = prompt.text();
        match prompt.purpose.clone() {
            Purpose::Search { from } => self.search_for(&text, from),
            Purpose::Filter { .. } => self.entities.set_filter(&text, &self.session),
            Purpose::HelpSearch => {
                if !self.change_ledger(|ledger| ledger.words.clone_from(&text))
                    && let Some(Layer::Popup(popup)) = self.below()
                {
                    popup.search(&text);
                }
            }
            Purpose::LibrarySearch { .. } => return self.library_typed(&text),
            _ => {}
        }
        Vec::new()
    }

    /// The layer under the top one.
    fn below(&mut self) -> Option<&mut Layer> {
        let at = self.layers.len().checked_sub(2)?;
        self.layers.get_mut(at)
    }

    /// Shows another part of the ledger, if the ledger is the popup on top.
    fn change_ledger(&mut self, change: impl FnOnce(&mut Ledger)) -> bool {
        let popups = self.layers.iter_mut().rev();
        let mut popups = popups.filter_map(|layer| match layer {
            Layer::Popup(popup) => Some(popup),
            _ => None,
        });
        let Some(popup) = popups.next() else {
            return false;
        };
        let About::Ledger(ledger) = popup.about() else {
            return false;
        };
        let mut ledger = ledger.clone();
        change(&mut ledger);
        let ascii = self.config.settings.signs == Signs::Ascii;
        popup.become_like(sheets::ledger(&ledger, &self.session.annotated, ascii));
        true
    }

    /// Leaves a prompt or a note without taking what was typed.
    fn give_up(&mut self) -> Vec<Effect> {
        match self.layers.pop() {
            Some(Layer::Prompt(prompt)) => match prompt.purpose {
                Purpose::Search { from } => {
                    self.search = crate::ui::app::Search::default();
                    self.article.reveal(from);
                }
                Purpose::Filter { before } => self.entities.set_filter(&before, &self.session),
                Purpose::HelpSearch => {
                    if !self.change_ledger(|ledger| ledger.words.clear())
                        && let Some(Layer::Popup(popup)) = self.layers.last_mut()
                    {
                        popup.end_search();
                    }
                }
                Purpose::LibrarySearch { before } => {
                    self.library.search(&before, None);
                    self.library.entered();
                    self.library.completion = None;
                    return self.asking();
                }
                _ => {}
            },
            Some(Layer::Note(note))
                // A highlight made for the note stays: it can be undone by one key.
                if note.text().is_some() => {
                    self.say("note given up");
                }
            _ => {}
        }
        Vec::new()
    }

    /// Takes what was typed.
    fn submit(&mut self) -> Vec<Effect> {
        let Some(Layer::Prompt(prompt)) = self.layers.pop() else {
            return Vec::new();
        };
        let text = prompt.text();
        match prompt.purpose {
            Purpose::Search { from } => {
                if text.is_empty() {
                    self.search = crate::ui::app::Search::default();
                } else {
                    self.search_for(&text, from);
                    let found = self.search.current.map(|c| self.search.matches[c]);
                    match found {
                        Some(at) => {
                            self.article.reveal(from);
                            self.jump(at.from(), None);
                        }
                        None => self.say(format!("“{}” does not occur", one_line(&text))),
                    }
                }
                Vec::new()
            }
            Purpose::Filter { .. } | Purpose::HelpSearch | Purpose::Overwrite { .. } => Vec::new(),
            Purpose::Command => self.command_line(&text),
            Purpose::LibrarySearch { .. } => {
                self.library.entered();
                self.library.completion = None;
                if let Some(fault) = &self.library.fault {
                    self.message = Some(crate::ui::app::Message {
                        text: fault.to_string(),
                        failed: true,
                    });
                }
                self.asking()
            }
            Purpose::ArticleTag => self.tag_articles(&text),
            Purpose::QueryName => {
                let query = self.library.query.clone();
                vec![Effect::Ask(Ask::Keep { name: text, query })]
            }
            Purpose::Tag { highlight } => {
                let tags: Vec<String> = text
                    .split([',', ' '])
                    .filter(|t| !t.is_empty())
                    .map(str::to_owned)
                    .collect();
                self.session.change("tags", &highlight, |h| h.tags = tags);
                self.say("tags…");
                self.save()
            }
            Purpose::Path { format, filter } => {
                self.write_export(format, &filter, text.trim(), false)
            }
            Purpose::Pipe { format, filter } => self.pipe_export(format, &filter, text.trim()),
            Purpose::ExportFilter => self.filter_export(&text),
        }
    }

    /// Runs a typed command: a name of the command table, `q`, a percentage.
    fn command_line(&mut self, text: &str) -> Vec<Effect> {
        let text = text.trim();
        if let Some(needle) = text.strip_prefix('/') {
            let from = self.article.top_byte();
            self.search_for(needle, from);
            return Vec::new();
        }
        if let Ok(percent) = text.trim_end_matches('%').parse::<usize>() {
            return self.run(Command::Percent, Some(percent));
        }
        let name = match text {
            "" => return Vec::new(),
            "q" | "quit" | "q!" | "qa" | "wq" | "x" => "quit-now",
            "h" | "help" => "help",
            other => other,
        };
        if let Some(command) = Command::from_name(name) {
            self.run(command, None)
        } else {
            let near = Command::ALL
                .iter()
                .map(|c| c.name())
                .min_by_key(|n| strsim::damerau_levenshtein(n, name))
                .unwrap_or("help");
            self.message = Some(crate::ui::app::Message {
                text: format!("there is no command “{name}”; did you mean :{near}?"),
                failed: true,
            });
            Vec::new()
        }
    }

    /// Keeps the note that is being written.
    fn keep_note(&mut self) -> Vec<Effect> {
        let Some(Layer::Note(note)) = self.layers.pop() else {
            return Vec::new();
        };
        let text = note.text();
        self.session
            .change("note", &note.highlight, |h| h.note = text);
        self.say("note…");
        self.save()
    }

    /// Takes a key for a popup or the palette; `None` if there is none, or if the keymap
    /// decides what the key means there.
    pub(super) fn layer_key(&mut self, key: Key) -> Option<Vec<Effect>> {
        match self.layers.last_mut()? {
            Layer::Palette(_) => Some(self.choose_colour(key)),
            Layer::Popup(popup) => match (popup.about(), key.code) {
                (About::Export(_) | About::Preview(..), Code::Char(c)) if !key.ctrl => {
                    self.export_key(c)
                }
                (About::Kinds, Code::Char(' ')) => Some(self.choose()),
                _ => None,
            },
            _ => None,
        }
    }

    fn choose_colour(&mut self, key: Key) -> Vec<Effect> {
        let Some(Layer::Palette(marked)) = self.layers.pop() else {
            return Vec::new();
        };
        let colour = match key.code {
            Code::Enter | Code::Char('H') => Some(Colour::default()),
            Code::Char(c) => Colour::ALL.into_iter().find(|k| k.name().starts_with(c)),
            _ => None,
        };
        let Some(colour) = colour else {
            self.say("not highlighted");
            return Vec::new();
        };
        match marked {
            Marked::Words(span) => {
                self.mark(span, colour);
            }
            Marked::Highlight(id) => {
                self.session.change("colour", &id, |h| h.colour = colour);
            }
        }
        self.say(format!("highlighted in {}…", colour.name()));
        self.save()
    }

    /// Runs a command while a popup is open.
    pub(super) fn run_in_layer(&mut self, command: Command, count: usize) -> Vec<Effect> {
        let popup = match self.layers.last_mut() {
            Some(Layer::Popup(popup)) => popup,
            Some(Layer::Grid(_)) => return self.run_in_grid(command, count),
            Some(Layer::Library) => return self.run_in_library(command, count),
            _ => return Vec::new(),
        };
        // The key that opened a popup closes it, too.
        let opened = match popup.about() {
            About::Help => Command::Help,
            About::Facts => Command::Details,
            About::Explain(_) => Command::Explain,
            About::Ask(_) => Command::Ask,
            About::Pick => Command::Quit,
            About::Corrections => Command::Corrections,
            About::Export(_) => Command::Export,
            About::Preview(..) => Command::Quit,
            About::Kinds => Command::Kinds,
            About::Card(_) => Command::Card,
            About::Ledger(_) => Command::Ledger,
            About::Voices => Command::Voices,
            About::Others => Command::Others,
            About::Folders => Command::Folders,
            About::Dossier => Command::Dossier,
            About::Compare => Command::Compare,
        };
        let words = match popup.about() {
            About::Ledger(ledger) => ledger.words.clone(),
            _ => String::new(),
        };
        match command {
            Command::Quit | Command::Clear => {
                // Escape ends the search first.
                if !words.is_empty() {
                    self.change_ledger(|ledger| ledger.words.clear());
                } else if !popup.end_search() {
                    self.layers.pop();
                }
            }
            Command::Help => {
                self.layers.pop();
            }
            Command::Library => return self.show_library(),
            command if command == opened => {
                self.layers.pop();
            }
            Command::Search => {
                self.layers
                    .push(Layer::Prompt(Prompt::new(Purpose::HelpSearch, &words)));
            }
            Command::SortEntities => {
                self.change_ledger(|ledger| ledger.order = ledger.order.next());
            }
            Command::Explain => {
                if let Some(Choice::Go(focus)) = popup.choice().cloned() {
                    self.explain_one(&focus);
                }
            }
            Command::Ask => self.ask(),
            Command::Undo | Command::Redo => return self.undo(command == Command::Redo),
            Command::Accept
            | Command::Reject
            | Command::ChangeSide
            | Command::ChangeHolder
            | Command::ChangeTarget
            | Command::ChangeKind
            | Command::Merge
            | Command::Split
            | Command::TakeBack => return self.correct(command),
            Command::Activate => return self.choose(),
            other => popup.scroll_by(other, count),
        }
        Vec::new()
    }

    /// Does what the chosen row of the popup leads to.
    pub(super) fn choose(&mut self) -> Vec<Effect> {
        let Some(Layer::Popup(popup)) = self.layers.last_mut() else {
            return Vec::new();
        };
        match popup.choice().cloned() {
            Some(Choice::Go(focus)) => {
                let start = focus.start(&self.session.annotated, &self.session.highlights);
                let sheet = popup.selected().map(|row| (popup.about().clone(), row));
                let Some(at) = start else { return Vec::new() };
                self.layers.clear();
                let mut from = self.here();
                from.sheet = sheet;
                self.jump_from(from, at, Some(focus));
                // The words are read where they are.
                self.enter(if self.session.in_comment(at) {
                    Pane::Comments
                } else {
                    Pane::Article
                });
            }
            Some(Choice::Format(format)) => self.ask_path(format),
            Some(Choice::Ledger(ledger)) => self.show_sheet(&About::Ledger(ledger), None),
            Some(Choice::Correct(focus, act)) => {
                self.layers.pop();
                return self.act(&focus, act);
            }
            Some(Choice::Reattach(id)) => {
                self.layers.pop();
                return self.reattach(&id);
            }
            Some(Choice::Made(n)) => self.go_to_correction(n),
            Some(Choice::Folder(name, query)) => {
                self.layers.pop();
                self.library.search(&query, None);
                self.library.folder = Some(name);
                return self.asking();
            }
            Some(Choice::Stored(id, focus)) => return self.open_stored(id, focus),
            Some(Choice::Kind(kind)) => {
                let settings = &mut self.config.settings;
                let next = settings.kinds.of(kind).next();
                settings.kinds.set(kind, next);
                self.session.show(settings.kinds);
                let ascii = settings.signs == Signs::Ascii;
                let rows = sheets::kind_rows(&self.session.annotated, settings.kinds, ascii);
                popup.replace(rows);
                self.leave_hidden();
            }
            None => {}
        }
        Vec::new()
    }

    /// What is hidden is neither chosen nor under the cursor.
    fn leave_hidden(&mut self) {
        let filter = self.entities.filter().to_owned();
        self.entities.set_filter(&filter, &self.session);
        if let Some(Focus::Mention { entity, .. }) = self.focus {
            let kind = self.session.annotated.entity(entity).map(|e| e.kind);
            if kind.is_some_and(|k| !self.session.kinds().marks(k)) {
                self.focus = None;
            }
        }
    }

    /// Opens help.
    pub(super) fn open_help(&mut self) {
        self.layers
            .push(Layer::Popup(sheets::help(&self.config.keymap)));
    }

    /// Opens the note of a highlight.
    pub(super) fn open_note(&mut self, id: &str) {
        let Some(highlight) = self.session.highlight(id) else {
            return;
        };
        let note = highlight.note.clone().unwrap_or_default();
        let editor = NoteEditor::new(id.to_owned(), &highlight.anchor.exact, &note);
        self.layers.push(Layer::Note(editor));
    }

    /// Whether keys go to the panes.
    pub(super) fn layered(&self) -> bool {
        !self.layers.is_empty()
    }
}

/// The only command that starts with `text`, or the longest start all of them share.
fn completion(text: &str) -> Option<&'static str> {
    let mut names = Command::ALL
        .iter()
        .map(|c| c.name())
        .filter(|n| n.starts_with(text));
    let first = names.next()?;
    let shared = names.fold(first.len(), |shared, name| {
        first
            .bytes()
            .zip(name.bytes())
            .take(shared)
            .take_while(|(a, b)| a == b)
            .count()
    });
    first.get(..shared)
}
