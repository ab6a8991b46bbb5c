//! The program without a terminal: events in, cells out.

use std::path::Path;
use std::sync::{Arc, Mutex};

use byline::base::{Error, Result};
use byline::cli::shelf::LibraryShelf;
use byline::config::{self, Config, Depth};
use byline::model::merge::{Differences, differences};
use byline::model::{Annotated, Document, Highlight, Work};
use byline::store::library::Library;
use byline::ui::library::Shelf;
use byline::ui::{App, Desk, Effect, Event, Exported, FormatInfo, Opened, Shown};
use crossterm::event::{Event as Input, KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

/// A desk over articles in memory, which remembers what was saved and written.
pub struct MemoryDesk {
    pub articles: Vec<Arc<Annotated>>,
    pub saved: Mutex<Work>,
    pub written: Mutex<Vec<(String, Vec<u8>)>>,
    pub piped: Mutex<Vec<(String, Vec<u8>)>>,
    pub broken: bool,
    /// What another annotator finds in the first article.
    pub other: Mutex<Option<Annotated>>,
    /// The library, where the program begins in one.
    pub shelf: Option<LibraryShelf>,
}

impl Desk for MemoryDesk {
    fn shelf(&self) -> Option<&dyn Shelf> {
        self.shelf.as_ref().map(|shelf| shelf as &dyn Shelf)
    }

    fn starts_in_library(&self) -> bool {
        self.shelf.is_some()
    }

    fn count(&self) -> usize {
        self.articles.len()
    }

    fn open(&self, index: usize) -> Result<Opened> {
        let annotated = &self.articles[index];
        Ok(Opened {
            document: Arc::clone(&annotated.document),
            shown: Shown::Article,
            layers: Some(Arc::clone(annotated)),
            work: self.saved.lock().unwrap().clone(),
            warning: None,
        })
    }

    fn annotate(&self, document: &Arc<Document>) -> Annotated {
        byline::annotate::annotate(document)
    }

    fn differences(&self, document: &Arc<Document>) -> Option<Result<Differences>> {
        let other = self.other.lock().unwrap();
        let ours = byline::annotate::annotate(document);
        Some(Ok(differences(&ours, other.as_ref()?, "other")))
    }

    fn save(&self, _: &Document, _: &Work, now: &Work) -> Result<Work> {
        if self.broken {
            return Err(Error::new("highlights", "cannot write: the disk is full"));
        }
        *self.saved.lock().unwrap() = now.clone();
        Ok(now.clone())
    }

    fn formats(&self) -> Vec<FormatInfo> {
        byline::export::formats()
            .map(|f| FormatInfo {
                name: f.name,
                label: f.label,
                extension: f.extension,
                about: f.about,
            })
            .collect()
    }

    fn export(&self, name: &str, annotated: &Annotated, marks: &[Highlight]) -> Result<Exported> {
        let format = byline::export::find(name).expect("a format of the menu");
        let beside = format.beside.iter();
        Ok(Exported {
            bytes: (format.write)(annotated, marks)?,
            beside: beside
                .map(|(ending, write)| Ok((*ending, write(annotated, marks)?)))
                .collect::<Result<_>>()?,
            shared: byline::export::shared(name)
                .map(|(name, text)| (name, text.as_bytes().to_vec()))
                .collect(),
            lost: (format.loses)(annotated, marks),
        })
    }

    fn pipe(&self, command: &str, bytes: &[u8]) -> Result<String> {
        let mut piped = self.piped.lock().unwrap();
        piped.push((command.to_owned(), bytes.to_vec()));
        Ok(String::new())
    }

    fn write(&self, path: &Path, bytes: &[u8], force: bool) -> Result<bool> {
        let name = path.display().to_string();
        let mut written = self.written.lock().unwrap();
        if !force && written.iter().any(|(n, _)| *n == name) {
            return Ok(false);
        }
        written.push((name, bytes.to_vec()));
        Ok(true)
    }

    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::UNIX_EPOCH
    }
}

/// An article read and annotated.
pub fn annotated(text: &str) -> Arc<Annotated> {
    let source = byline::ingest::Source {
        name: "test".to_owned(),
        uri: None,
    };
    let loaded = byline::ingest::load(text.as_bytes(), &source).expect("the test article opens");
    Arc::new(byline::annotate::annotate(&loaded.document))
}

/// The built-in sample.
pub fn sample() -> Arc<Annotated> {
    annotated(include_str!("../../assets/sample.txt"))
}

/// The program at a size.
pub struct Screen {
    pub app: App,
    pub desk: Arc<MemoryDesk>,
    pub size: (u16, u16),
    pub copied: Vec<String>,
    pub left: bool,
}

impl Screen {
    pub fn new(articles: Vec<Arc<Annotated>>, size: (u16, u16), depth: Depth) -> Self {
        let config = config::load(None, false, Some("dark"), false).unwrap();
        Self::configured(articles, size, depth, config, false)
    }

    pub fn sample(width: u16, height: u16) -> Self {
        Self::new(vec![sample()], (width, height), Depth::Truecolor)
    }

    pub fn configured(
        articles: Vec<Arc<Annotated>>,
        size: (u16, u16),
        depth: Depth,
        config: Config,
        broken: bool,
    ) -> Self {
        Self::with_shelf(articles, size, depth, config, broken, None)
    }

    /// The program over a library, at the size of a window.
    pub fn library(library: Library, data: &Path, size: (u16, u16), depth: Depth) -> Self {
        let config = config::load(None, false, Some("dark"), false).unwrap();
        let shelf = LibraryShelf::new(library, Some(data));
        let nothing = annotated("Nothing is open yet.");
        Self::with_shelf(vec![nothing], size, depth, config, false, Some(shelf))
    }

    fn with_shelf(
        articles: Vec<Arc<Annotated>>,
        size: (u16, u16),
        depth: Depth,
        config: Config,
        broken: bool,
        shelf: Option<LibraryShelf>,
    ) -> Self {
        let desk = Arc::new(MemoryDesk {
            articles,
            saved: Mutex::default(),
            written: Mutex::default(),
            piped: Mutex::default(),
            broken,
            other: Mutex::default(),
            shelf,
        });
        let opened = desk.open(0).unwrap();
        let app = App::new(Arc::clone(&desk) as Arc<dyn Desk>, config, depth, opened);
        let mut screen = Self {
            app,
            desk,
            size,
            copied: Vec::new(),
            left: false,
        };
        screen.draw();
        screen
    }

    /// One article whose highlights were stored before.
    pub fn holding(article: Arc<Annotated>, highlights: Vec<Highlight>) -> Self {
        let mut screen = Self::new(vec![article], (120, 40), Depth::Truecolor);
        screen.desk.saved.lock().unwrap().highlights = highlights;
        let opened = screen.desk.open(0).unwrap();
        let config = config::load(None, false, Some("dark"), false).unwrap();
        let desk = Arc::clone(&screen.desk) as Arc<dyn Desk>;
        screen.app = App::new(desk, config, Depth::Truecolor, opened);
        screen.draw();
        screen
    }

    /// Draws a frame.
    pub fn draw(&mut self) -> Buffer {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        self.app.draw(&mut buffer);
        buffer
    }

    /// Types keys in the notation of keymaps, drawing after each, as the program does.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for name in keys.split_whitespace() {
            let (name, modifiers) = match name.split_once('-') {
                Some(("ctrl", key)) if !key.is_empty() => (key, KeyModifiers::CONTROL),
                Some(("alt", key)) if !key.is_empty() => (key, KeyModifiers::ALT),
                _ => (name, KeyModifiers::NONE),
            };
            let code = match name {
                "enter" => KeyCode::Enter,
                "esc" => KeyCode::Esc,
                "tab" => KeyCode::Tab,
                "backtab" => KeyCode::BackTab,
                "space" => KeyCode::Char(' '),
                "pgdn" => KeyCode::PageDown,
                "pgup" => KeyCode::PageUp,
                "backspace" => KeyCode::Backspace,
                "down" => KeyCode::Down,
                "up" => KeyCode::Up,
                "left" => KeyCode::Left,
                "right" => KeyCode::Right,
                other => KeyCode::Char(other.chars().next().unwrap()),
            };
            self.event(Event::Input(Input::Key(KeyEvent::new(code, modifiers))));
        }
        self
    }

    /// Types text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            let key = KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE);
            self.event(Event::Input(Input::Key(key)));
        }
        self
    }

    /// Hands in an event and does what comes out of it.
    pub fn event(&mut self, event: Event) {
        let effects = self.app.update(event);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, mut effects: Vec<Effect>) {
        while let Some(effect) = effects.pop() {
            match effect {
                Effect::Copy(text) => self.copied.push(text),
                Effect::Quit => self.left = true,
                Effect::Save(save) => {
                    let result = self.desk.save(&save.document, &save.loaded, &save.now);
                    let (opening, number) = (save.opening, save.number);
                    effects.extend(self.app.update(Event::Saved {
                        opening,
                        save: number,
                        result,
                    }));
                }
                Effect::Ask(ask) => {
                    if let Some(shelf) = self.desk.shelf() {
                        let answer = shelf.answer(ask);
                        effects.extend(self.app.update(Event::Shelf(answer)));
                    }
                }
                Effect::Compare => {
                    let session = self.app.session();
                    let found = self.desk.differences(&session.annotated.document);
                    let result = found.transpose();
                    let opening = session.opening;
                    effects.extend(self.app.update(Event::Compared { opening, result }));
                }
                Effect::Pipe(command, bytes) => {
                    let result = self.desk.pipe(&command, &bytes);
                    effects.extend(self.app.update(Event::Piped { command, result }));
                }
                _ => {}
            }
        }
        self.draw();
    }

    /// Lets a key that waits for another run out of time.
    pub fn pause(&mut self) -> &mut Self {
        if self.app.deadline().is_some() {
            let effects = self.app.expire();
            self.carry_out(effects);
        }
        self
    }

    /// The rows as text.
    pub fn rows(&mut self) -> Vec<String> {
        let buffer = self.draw();
        (0..self.size.1).map(|y| row(&buffer, y)).collect()
    }

    /// The row above the hints: what the span under the cursor means.
    pub fn status(&mut self) -> String {
        let rows = self.rows();
        let at = rows.len() - if self.size.1 >= 16 { 2 } else { 1 };
        rows[at].trim().to_owned()
    }

    /// The screen as text, each row with a second row of style letters where it has any, and a
    /// legend.
    pub fn dump(&mut self) -> String {
        self.dump_left(self.size.0)
    }

    /// The same of the leftmost columns.
    pub fn dump_left(&mut self, columns: u16) -> String {
        let buffer = self.draw();
        let mut styles: Vec<String> = Vec::new();
        let mut out = String::new();
        for y in 0..self.size.1 {
            out.push_str(&format!("|{}\n", part(&buffer, y, columns).trim_end()));
            let mut letters = String::new();
            for x in 0..columns {
                let cell = &buffer[(x, y)];
                let name = style_name(cell.fg, cell.bg, cell.modifier);
                letters.push(match name {
                    None => ' ',
                    Some(name) => {
                        let at = styles.iter().position(|s| *s == name).unwrap_or_else(|| {
                            styles.push(name);
                            styles.len() - 1
                        });
                        char::from_u32('a' as u32 + at as u32).unwrap_or('?')
                    }
                });
            }
            if !letters.trim().is_empty() {
                out.push_str(&format!(":{}\n", letters.trim_end()));
            }
        }
        for (n, style) in styles.iter().enumerate() {
            let letter = char::from_u32('a' as u32 + n as u32).unwrap_or('?');
            out.push_str(&format!("{letter} = {style}\n"));
        }
        out
    }
}

fn row(buffer: &Buffer, y: u16) -> String {
    part(buffer, y, buffer.area.width)
}

fn part(buffer: &Buffer, y: u16, columns: u16) -> String {
    let mut out = String::new();
    let mut x = 0;
    while x < columns {
        let symbol = buffer[(x, y)].symbol();
        out.push_str(symbol);
        x += (byline::base::text::cluster_width(symbol) as u16).max(1);
    }
    out
}

fn style_name(fg: Color, bg: Color, modifier: Modifier) -> Option<String> {
    let mut parts = Vec::new();
    if fg != Color::Reset {
        parts.push(fg.to_string());
    }
    if bg != Color::Reset {
        parts.push(format!("on {bg}"));
    }
    if !modifier.is_empty() {
        parts.push(format!("{modifier:?}"));
    }
    (!parts.is_empty()).then(|| parts.join(" "))
}
