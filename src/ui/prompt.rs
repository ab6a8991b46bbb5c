//! Typed input: one line at the foot of the screen, or a note of several lines.

use crossterm::event::KeyEvent;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea};

use crate::base::Role;
use crate::base::text::{one_line, printable};
use crate::config::Signs;
use crate::model::Filter;
use crate::ui::boxed;
use crate::ui::draw;
use crate::ui::style::Styles;

/// What a line is typed for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// Search in the article; the place to come back to if it is given up.
    Search {
        /// First byte on the screen when the search began.
        from: usize,
    },
    /// Filter of the entity list; the filter to come back to.
    Filter {
        /// The filter before.
        before: String,
    },
    /// Search in help.
    HelpSearch,
    /// A command by name.
    Command,
    /// Tags of a highlight.
    Tag {
        /// Id of the highlight.
        highlight: String,
    },
    /// Search in the library; the query to come back to.
    LibrarySearch {
        /// The query before.
        before: String,
    },
    /// Tags of articles.
    ArticleTag,
    /// Name under which a query is kept.
    QueryName,
    /// Path of an export.
    Path {
        /// Export format.
        format: &'static str,
        /// Which part of the article.
        filter: Filter,
    },
    /// Command line that an export is given to.
    Pipe {
        /// Export format.
        format: &'static str,
        /// Which part of the article.
        filter: Filter,
    },
    /// Which part of the article is exported.
    ExportFilter,
    /// Whether to overwrite.
    Overwrite {
        /// Export format.
        format: &'static str,
        /// Which part of the article.
        filter: Filter,
        /// The file that exists.
        path: String,
    },
}

impl Purpose {
    /// What stands before the line.
    pub fn label(&self) -> String {
        match self {
            Self::Search { .. } | Self::HelpSearch => "/".to_owned(),
            Self::Filter { .. } => "filter: ".to_owned(),
            Self::Command => ":".to_owned(),
            Self::LibrarySearch { .. } => "/".to_owned(),
            Self::Tag { .. } => "tags: ".to_owned(),
            Self::ArticleTag => "tag (-tag takes it away): ".to_owned(),
            Self::QueryName => "keep this query as: ".to_owned(),
            Self::Path { format, .. } => format!("write {format} to: "),
            Self::Pipe { format, .. } => format!("give {format} to: "),
            Self::ExportFilter => "only (colours, kinds, #tags): ".to_owned(),
            Self::Overwrite { path, .. } => {
                format!("{} exists. Overwrite? (y/n) ", printable(path))
            }
        }
    }
}

/// One line being typed.
#[derive(Debug)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    area: TextArea<'static>,
}

impl Prompt {
    /// A prompt that starts with `text`.
    pub fn new(purpose: Purpose, text: &str) -> Self {
        let mut area = TextArea::new(vec![one_line_keeping_spaces(text)]);
        area.set_cursor_line_style(Style::default());
        area.move_cursor(CursorMove::End);
        Self { purpose, area }
    }

    /// What is typed so far.
    pub fn text(&self) -> String {
        self.area.lines().first().cloned().unwrap_or_default()
    }

    /// Replaces what is typed.
    pub fn set(&mut self, text: &str) {
        *self = Self::new(self.purpose.clone(), text);
    }

    /// Takes a key that edits the line.
    pub fn key(&mut self, key: KeyEvent) {
        self.area.input(key);
    }

    /// Takes pasted text, as one line.
    pub fn paste(&mut self, text: &str) {
        self.area.insert_str(one_line(&printable(text)));
    }

    /// Draws the prompt on one row.
    pub fn draw(&mut self, buffer: &mut Buffer, area: Rect, styles: &Styles) {
        draw::clear(buffer, area);
        let label = self.purpose.label();
        let x = draw::put(
            buffer,
            area.x,
            area.y,
            area.right(),
            &label,
            styles.of(Role::Key),
        );
        let rest = Rect {
            x,
            width: area.right().saturating_sub(x),
            height: area.height.min(1),
            ..area
        };
        self.area.set_style(styles.of(Role::Text));
        self.area.set_cursor_style(styles.of(Role::Caret));
        if !rest.is_empty() {
            (&self.area).render(rest, buffer);
        }
    }
}

fn one_line_keeping_spaces(text: &str) -> String {
    printable(text).into_owned()
}

/// A note being written.
#[derive(Debug)]
pub struct NoteEditor {
    /// Id of the highlight it belongs to.
    pub highlight: String,
    /// The words it is about, on one line.
    pub words: String,
    area: TextArea<'static>,
}

impl NoteEditor {
    /// Rows of the editor, its frame included.
    pub const HEIGHT: u16 = 8;

    /// An editor that starts with `note`.
    pub fn new(highlight: String, words: &str, note: &str) -> Self {
        let lines = note
            .split('\n')
            .map(|l| printable(l).into_owned())
            .collect();
        let mut area = TextArea::new(lines);
        area.set_cursor_line_style(Style::default());
        area.set_wrap_mode(ratatui_textarea::WrapMode::WordOrGlyph);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self {
            highlight,
            words: one_line(words),
            area,
        }
    }

    /// The note, without white space at its ends; `None` if nothing is left.
    pub fn text(&self) -> Option<String> {
        let text = self.area.lines().join("\n");
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// Takes a key that edits the note.
    pub fn key(&mut self, key: KeyEvent) {
        self.area.input(key);
    }

    /// Takes pasted text.
    pub fn paste(&mut self, text: &str) {
        let lines: Vec<String> = text
            .replace("\r\n", "\n")
            .split(['\n', '\r'])
            .map(|l| printable(l).into_owned())
            .collect();
        self.area.insert_str(lines.join("\n"));
    }

    /// Draws the editor over the foot of `area`.
    pub fn draw(&mut self, buffer: &mut Buffer, area: Rect, signs: Signs, styles: &Styles) {
        let height = Self::HEIGHT.min(area.height);
        let frame = Rect {
            y: area.bottom() - height,
            height,
            ..area
        };
        let title = format!("Note on “{}”", self.words);
        let hints = ["Esc saves · ^C gives up"];
        boxed::frame(buffer, frame, &title, &hints, signs, styles);
        let inner = boxed::inner(frame);
        self.area.set_style(styles.of(Role::Text));
        self.area.set_cursor_style(styles.of(Role::Caret));
        if !inner.is_empty() {
            (&self.area).render(inner, buffer);
        }
    }
}
