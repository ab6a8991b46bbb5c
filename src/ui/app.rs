//! The program's state, and what an event does to it. Synchronous and without a terminal: an
//! event goes in, effects come out, so that tests drive it like a reader does.

use std::sync::Arc;
use std::time::{Duration, Instant};

use crossterm::event::Event as Input;

use crate::base::{Error, Span};
use crate::config::{Command, Config, Context, Depth, Key};
use crate::model::Work;
use crate::model::library::ArticleId;
use crate::ui::article_pane::ArticlePane;
use crate::ui::comment_pane::CommentPane;
use crate::ui::desk::{Desk, Opened, Shown};
use crate::ui::entity_pane::EntityPane;
use crate::ui::event::Event;
use crate::ui::grid::Grid;
use crate::ui::keys::{self, Outcome, Pending};
use crate::ui::layout::{Areas, Pane};
use crate::ui::library::{Answer, Ask, LibraryView};
use crate::ui::popup::{About, Popup};
use crate::ui::prompt::{NoteEditor, Prompt};
use crate::ui::session::Session;
use crate::ui::style::Styles;
use crate::ui::worker::Save;
use crate::view::{self, CommentTarget, Focus};

/// What the loop has to do after an event.
#[derive(Debug)]
pub enum Effect {
    /// Leave.
    Quit,
    /// Give the terminal back and stop until the shell continues us.
    Suspend,
    /// Forget what is on the screen and draw all of it.
    Redraw,
    /// Put text on the clipboard.
    Copy(String),
    /// Annotate the open article.
    Annotate,
    /// Ask the other annotator about the open article.
    Compare,
    /// Fetch the open article.
    Fetch,
    /// Fetch the page of the library's article that is open.
    FetchStored(ArticleId),
    /// Save.
    Save(Save),
    /// Give bytes to a command line.
    Pipe(String, Vec<u8>),
    /// Have the mouse, or not.
    Mouse(bool),
    /// Ask the library.
    Ask(Ask),
    /// Refresh the feeds.
    Refresh,
    /// Give the refresh of the feeds up.
    StopRefresh,
}

/// What lies over the panes and takes the keys.
#[derive(Debug)]
pub enum Layer {
    /// A line being typed.
    Prompt(Prompt),
    /// A note being written.
    Note(NoteEditor),
    /// A popup.
    Popup(Popup),
    /// The matrix.
    Grid(Grid),
    /// The library, in the place of the panes.
    Library,
    /// The next key is the colour of a highlight.
    Palette(Marked),
}

/// What a colour or a note is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marked {
    /// Words that are not highlighted yet.
    Words(Span),
    /// A highlight, by id.
    Highlight(String),
}

/// A line for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// What to say.
    pub text: String,
    /// Whether something failed.
    pub failed: bool,
}

/// A search in the article.
#[derive(Debug, Default)]
pub struct Search {
    /// What is searched.
    pub needle: String,
    /// Where it is.
    pub matches: Vec<Span>,
    /// The match the reader is at.
    pub current: Option<usize>,
}

/// Places that jumps left, to go back to.
#[derive(Debug, Default)]
pub struct Jumps {
    /// Behind.
    pub back: Vec<Jump>,
    /// Ahead, after going back.
    pub forward: Vec<Jump>,
}

/// A place that a jump left.
#[derive(Debug, Clone, PartialEq)]
pub struct Jump {
    /// First byte on the screen.
    pub top: usize,
    /// What had the focus.
    pub focus: Option<Focus>,
    /// Which pane had the keys.
    pub pane: Pane,
    /// The popup that was open, and the row of it that was gone from.
    pub sheet: Option<(About, usize)>,
}

/// The program.
pub struct App {
    pub(super) desk: Arc<dyn Desk>,
    pub(super) config: Config,
    pub(super) styles: Styles,
    pub(super) session: Session,
    pub(super) article: ArticlePane,
    pub(super) entities: EntityPane,
    pub(super) comments: CommentPane,
    /// The pane that has the keys.
    pub(super) pane: Pane,
    /// The side pane that is shown where there is room for one.
    pub(super) side: Pane,
    pub(super) zen: bool,
    pub(super) hide_marks: bool,
    pub(super) mouse: bool,
    /// The annotation under the cursor.
    pub(super) focus: Option<Focus>,
    pub(super) search: Search,
    pub(super) jumps: Jumps,
    pub(super) pending: Pending,
    pub(super) layers: Vec<Layer>,
    pub(super) message: Option<Message>,
    /// Where things were in the last frame.
    pub(super) areas: Areas,
    /// How far down the article is, as the header says it.
    pub(super) place: String,
    /// Whether the headline is on the screen.
    pub(super) titled: bool,
    /// Byte at which a mouse drag began.
    pub(super) drag: Option<usize>,
    /// Leave as soon as the running save is done.
    pub(super) leaving: bool,
    /// The library screen.
    pub(super) library: LibraryView,
    /// Whether the library is where the program began, and where it ends.
    pub(super) home: bool,
    /// The open article, where it is one of the library.
    pub(super) reading: Option<ArticleId>,
}

impl App {
    /// The program with its first article.
    pub fn new(desk: Arc<dyn Desk>, config: Config, depth: Depth, opened: Opened) -> Self {
        let styles = Styles::new(&config.theme, depth);
        let message = opened
            .warning
            .clone()
            .map(|text| Message { text, failed: true });
        let session = Session::new(0, 0, opened, config.settings.kinds);
        let article = ArticlePane::new(Arc::clone(session.document()));
        let mouse = config.settings.mouse;
        let areas = Areas::new(
            ratatui::layout::Rect::default(),
            &config.settings,
            false,
            Pane::Article,
            Pane::Entities,
        );
        let home = desk.starts_in_library();
        let mut app = Self {
            desk,
            config,
            styles,
            session,
            article,
            entities: EntityPane::default(),
            comments: CommentPane::default(),
            pane: Pane::Article,
            side: Pane::Entities,
            zen: false,
            hide_marks: false,
            mouse,
            focus: None,
            search: Search::default(),
            jumps: Jumps::default(),
            pending: Pending::default(),
            layers: Vec::new(),
            message,
            areas,
            place: String::new(),
            titled: true,
            drag: None,
            leaving: false,
            library: LibraryView::default(),
            home,
            reading: None,
        };
        if home {
            app.begin_in_library();
        }
        app
    }

    /// Shows the library, with its first rows in the first frame.
    fn begin_in_library(&mut self) {
        self.layers.push(Layer::Library);
        // First the rows, then what stands beside the first of them.
        for _ in 0..2 {
            for ask in self.library.needs() {
                if let Some(answer) = self.desk.shelf().map(|shelf| shelf.answer(ask)) {
                    match answer {
                        Answer::Found(found) => self.library.found(found),
                        Answer::Preview(preview) => self.library.previewed(preview),
                        Answer::Failed(error) => self.fail(&error),
                        _ => {}
                    }
                }
            }
        }
    }

    /// The open article.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Replaces the article by the one at `index`.
    pub(super) fn open(&mut self, index: usize) -> Vec<Effect> {
        let opened = match self.desk.open(index) {
            Ok(opened) => opened,
            Err(e) => {
                self.fail(&e);
                return Vec::new();
            }
        };
        self.reading = None;
        self.replace_article(opened, index)
    }

    /// Shows another article.
    pub(super) fn replace_article(&mut self, opened: Opened, index: usize) -> Vec<Effect> {
        let mut effects = self.save();
        effects.extend(self.show(index, opened));
        effects
    }

    /// Opens the article anew from its file or address; one of the library is fetched for it.
    pub(super) fn reload(&mut self) -> Vec<Effect> {
        if let Some(id) = self.reading {
            self.say("fetching the page from its address");
            let mut effects = self.save();
            effects.push(Effect::FetchStored(id));
            return effects;
        }
        let index = self.session.index;
        self.desk.forget(index);
        self.open(index)
    }

    /// Takes what was fetched, in the place of the page that said so.
    fn fetched(&mut self, opened: Opened) -> Vec<Effect> {
        let effects = self.show(self.session.index, opened);
        if self.session.shown == Shown::Failed {
            let again = self.config.keymap.hint(Context::Any, Command::Reload);
            if let Some(again) = again {
                self.say(format!("{again} tries again"));
            }
        }
        effects
    }

    /// Puts an opened article on the screen.
    fn show(&mut self, index: usize, opened: Opened) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.message = opened
            .warning
            .clone()
            .map(|text| Message { text, failed: true });
        self.session = Session::new(
            self.session.opening + 1,
            index,
            opened,
            self.config.settings.kinds,
        );
        if self.session.shown == Shown::Waiting {
            effects.push(Effect::Fetch);
        }
        self.article = ArticlePane::new(Arc::clone(self.session.document()));
        self.entities = EntityPane::default();
        self.comments = CommentPane::default();
        (self.focus, self.search, self.jumps) = (None, Search::default(), Jumps::default());
        self.drag = None;
        if self.session.annotating {
            effects.push(Effect::Annotate);
        }
        effects
    }

    /// A save, if there is something to save.
    pub(super) fn save(&mut self) -> Vec<Effect> {
        if !self.session.unsaved() {
            return Vec::new();
        }
        let (number, loaded, now) = self.session.begin_save();
        vec![Effect::Save(Save {
            opening: self.session.opening,
            number,
            document: Arc::clone(self.session.document()),
            loaded,
            now,
        })]
    }

    /// Says something.
    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.message = Some(Message {
            text: text.into(),
            failed: false,
        });
    }

    /// Says that something failed.
    pub(super) fn fail(&mut self, error: &Error) {
        self.message = Some(Message {
            text: error.to_string(),
            failed: true,
        });
    }

    /// The context whose keys hold now.
    pub(super) fn context(&self) -> Context {
        match (self.layers.is_empty(), self.pane) {
            (false, _) if self.library_on_top() => Context::Library,
            (false, _) => Context::Popup,
            (true, Pane::Article) if self.article.visual.is_some() => Context::Visual,
            (true, Pane::Article) => Context::Article,
            (true, Pane::Entities) => Context::Entities,
            (true, Pane::Comments) => Context::Comments,
        }
    }

    /// When [`App::expire`] is to be called, if nothing happens before.
    pub fn deadline(&self) -> Option<Instant> {
        let wait = Duration::from_millis(u64::from(self.config.settings.key_timeout));
        let key = self
            .pending
            .deadline(&self.config.keymap, self.context(), wait);
        let rank = self.library.deadline();
        key.into_iter().chain(rank).min()
    }

    /// A key that was waiting for another has waited long enough.
    pub fn expire(&mut self) -> Vec<Effect> {
        if self.typing() {
            self.library.stopped();
            return self.asking();
        }
        self.library.stopped();
        match self.pending.expire(&self.config.keymap, self.context()) {
            Outcome::Run(command, count) => self.run(command, count),
            _ => Vec::new(),
        }
    }

    /// Takes an event.
    pub fn update(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Input(input) => self.input(input),
            Event::InputLost | Event::Terminate => {
                let mut effects = self.save();
                effects.push(Effect::Quit);
                effects
            }
            Event::Suspend => vec![Effect::Suspend],
            Event::Annotated { opening, result } => {
                if opening == self.session.opening {
                    match result {
                        Ok(annotated) => self.take(annotated),
                        Err(e) => {
                            self.session.not_annotated();
                            self.fail(&e);
                        }
                    }
                }
                Vec::new()
            }
            Event::Compared { opening, result } => {
                if opening == self.session.opening {
                    self.compared(result);
                }
                Vec::new()
            }
            Event::Fetched { opening, result } => match result {
                // Whoever has gone on to another article is not called back.
                _ if opening != self.session.opening => Vec::new(),
                Ok(opened) => self.fetched(opened),
                Err(e) => {
                    self.fail(&e);
                    Vec::new()
                }
            },
            Event::FetchedStored { opening, result } => match result {
                _ if opening != self.session.opening => Vec::new(),
                Ok(id) => {
                    let effects = self.open_stored(id, None);
                    self.say("the page as it is now");
                    effects
                }
                Err(e) => {
                    self.fail(&e);
                    Vec::new()
                }
            },
            Event::Saved {
                opening,
                save,
                result,
            } => self.saved(opening, save, result),
            Event::Shelf(answer) => self.answered(answer),
            Event::Refreshing(so_far) => {
                self.library.refreshing = Some(so_far);
                Vec::new()
            }
            Event::Refreshed(result) => self.refreshed(result),
            Event::Piped { command, result } => self.piped(&command, result),
        }
    }

    fn saved(&mut self, opening: u64, save: u64, result: crate::base::Result<Work>) -> Vec<Effect> {
        let ours = opening == self.session.opening;
        match result {
            Ok(on_disk) if ours => {
                let before = Arc::clone(&self.session.annotated);
                self.session.saved(save, on_disk);
                self.follow(&before);
                if self
                    .message
                    .as_ref()
                    .is_some_and(|m| !m.failed && m.text.ends_with('…'))
                {
                    let text = self.message.take().map(|m| m.text).unwrap_or_default();
                    self.say(format!("{}, saved", text.trim_end_matches('…')));
                }
            }
            Ok(_) => {}
            Err(e) => {
                if ours {
                    self.session.not_saved();
                }
                self.fail(&e);
                if std::mem::take(&mut self.leaving) {
                    let text =
                        format!("{e} — still here: x exports your marks, Q leaves without them");
                    self.message = Some(Message { text, failed: true });
                }
            }
        }
        if self.leaving {
            vec![Effect::Quit]
        } else {
            Vec::new()
        }
    }

    fn input(&mut self, input: Input) -> Vec<Effect> {
        match input {
            Input::Key(event) => {
                if self.typing() {
                    return self.type_key(event);
                }
                let Some(key) = keys::decode(&event) else {
                    return Vec::new();
                };
                self.message = None;
                self.press(key)
            }
            Input::Paste(text) => {
                // Pasted text is text: into a prompt, never taken for keys.
                match self.layers.last_mut() {
                    Some(Layer::Prompt(prompt)) => {
                        prompt.paste(&text);
                        return self.typed();
                    }
                    Some(Layer::Note(note)) => note.paste(&text),
                    _ => {}
                }
                Vec::new()
            }
            Input::Mouse(event) => self.mouse_event(event),
            Input::Resize(..) | Input::FocusGained | Input::FocusLost => Vec::new(),
        }
    }

    /// Takes a key that is not typed into a prompt.
    pub(super) fn press(&mut self, key: Key) -> Vec<Effect> {
        if let Some(effects) = self.layer_key(key) {
            return effects;
        }
        let context = self.context();
        match self
            .pending
            .press(key, &self.config.keymap, context, Instant::now())
        {
            Outcome::Run(command, count) => self.run(command, count),
            Outcome::RunThen(command, count, key) => {
                let mut effects = self.run(command, count);
                effects.extend(self.press(key));
                effects
            }
            Outcome::Waiting => Vec::new(),
            Outcome::Unbound => {
                let help = self.config.keymap.hint(Context::Any, Command::Help);
                if let Some(help) = help {
                    self.say(format!(
                        "{} is not bound; {help} shows the keys",
                        crate::config::key::show(&[key])
                    ));
                }
                Vec::new()
            }
        }
    }

    /// Where the next jump starts: the caret, the focused annotation or the current match if it is
    /// on the screen, the top of the screen.
    pub(super) fn cursor(&mut self) -> usize {
        if let Some(visual) = self.article.visual {
            return visual.caret;
        }
        let found = self.search.current.and_then(|c| self.search.matches.get(c));
        let here = self.focus_start().or(found.map(|m| m.from()));
        match here {
            Some(at) if self.in_sight(at) => at,
            _ => self.article.top_byte(),
        }
    }

    /// Whether the focused annotation is on the screen.
    pub(super) fn focus_in_sight(&mut self) -> bool {
        self.focus_start().is_some_and(|at| self.in_sight(at))
    }

    /// Whether byte `at` is a byte of the article, and on the screen.
    fn in_sight(&mut self, at: usize) -> bool {
        !self.session.in_comment(at) && self.article.shows(at)
    }

    pub(super) fn focus_start(&self) -> Option<usize> {
        self.focus
            .as_ref()?
            .start(&self.session.annotated, &self.session.highlights)
    }

    /// Goes to byte `at` with `focus`, remembering where we were.
    pub(super) fn jump(&mut self, at: usize, focus: Option<Focus>) {
        let from = self.here();
        self.jump_from(from, at, focus);
    }

    /// Where we are, to come back to.
    pub(super) fn here(&mut self) -> Jump {
        Jump {
            top: self.article.top_byte(),
            focus: self.focus.clone(),
            pane: self.pane,
            sheet: None,
        }
    }

    /// Goes to byte `at` with `focus`, remembering `from`.
    pub(super) fn jump_from(&mut self, from: Jump, at: usize, focus: Option<Focus>) {
        if self.jumps.back.last() != Some(&from) {
            self.jumps.back.push(from);
        }
        self.jumps.forward.clear();
        self.go(at, focus);
    }

    /// Goes to byte `at` with `focus`: in the article, or in the comment. The pane that shows it
    /// comes forward where it is not on the screen.
    pub(super) fn go(&mut self, at: usize, focus: Option<Focus>) {
        if let Some(Focus::Mention { entity, .. }) = focus {
            self.entities.select(entity);
        }
        self.focus = focus;
        let pane = if self.session.in_comment(at) {
            if let Some(sentence) = self.session.annotated.sentence_at(at) {
                self.comments.select(CommentTarget::Sentence(sentence));
            }
            Pane::Comments
        } else {
            self.article.reveal(at);
            Pane::Article
        };
        if self.areas.of(pane).is_none() {
            self.enter(pane);
        }
    }

    /// Gives the keys to a pane.
    pub(super) fn enter(&mut self, pane: Pane) {
        self.pane = pane;
        if pane != Pane::Article {
            self.side = pane;
            self.article.visual = None;
        }
        if pane == Pane::Entities && self.entities.selected().is_none() {
            self.entities.step(0, &self.session);
        }
    }

    /// Searches the article for `needle`; the first match at or after `from` becomes current.
    pub(super) fn search_for(&mut self, needle: &str, from: usize) {
        needle.clone_into(&mut self.search.needle);
        self.search.matches = view::find_all(self.session.text(), needle);
        let after = self.search.matches.partition_point(|m| m.from() < from);
        let count = self.search.matches.len();
        self.search.current = (count > 0).then_some(after % count.max(1));
        if let Some(at) = self.search.current.and_then(|c| self.search.matches.get(c)) {
            self.article.reveal(at.from());
        }
    }
}
