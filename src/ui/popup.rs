//! Popups that are read: help, details, explanations. Scrolled with the keys of the panes,
//! searched with `/`.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::Role;
use crate::base::text::{fold, width};
use crate::config::{Command, Context, Group, Keymap, key};
use crate::model::{Annotated, Document, Highlight};
use crate::ui::draw;
use crate::ui::list::List;
use crate::ui::style::Styles;
use crate::view;

/// A row: runs of text with their roles.
type PopupRow = Vec<(String, Role)>;

/// Columns of the key names in help.
const KEYS: usize = 22;

/// A popup that is read.
#[derive(Debug)]
pub struct Popup {
    title: String,
    rows: Vec<PopupRow>,
    needle: String,
    list: List,
    /// Whether it takes all the room it can get, as help does.
    large: bool,
}

impl Popup {
    /// Help, from the command table and the keys in force.
    pub fn help(keymap: &Keymap) -> Self {
        let mut rows: Vec<PopupRow> = Vec::new();
        for group in Group::ALL {
            if !rows.is_empty() {
                rows.push(Vec::new());
            }
            rows.push(vec![(group.title().to_owned(), Role::Label)]);
            for &command in Command::ALL.iter().filter(|c| c.group() == group) {
                let keys = keys_of(keymap, command);
                let pad = KEYS.saturating_sub(width(&keys)).max(1);
                rows.push(vec![
                    (keys, Role::Key),
                    (" ".repeat(pad), Role::Text),
                    (command.doc().to_owned(), Role::Text),
                    (format!("  :{}", command.name()), Role::Dim),
                ]);
            }
        }
        Self {
            title: "Help".to_owned(),
            rows,
            needle: String::new(),
            list: List::default(),
            large: true,
        }
    }

    /// What is known about the article.
    pub fn details(annotated: &Annotated, highlights: &[Highlight]) -> Self {
        let document: &Document = &annotated.document;
        let meta = &document.meta;
        let mut rows = Vec::new();
        let mut fact = |name: &str, value: String| {
            if !value.is_empty() {
                rows.push(vec![
                    (format!("{name:<12}"), Role::Label),
                    (value, Role::Text),
                ]);
            }
        };
        fact("Title", meta.title.clone().unwrap_or_default());
        fact("By", meta.authors.join(", "));
        fact(
            "Published",
            meta.published.map(|d| d.to_string()).unwrap_or_default(),
        );
        fact("Outlet", meta.outlet.clone().unwrap_or_default());
        fact("From", meta.uri.clone().unwrap_or_default());
        fact("Topics", meta.topics.join(", "));
        fact(
            "Words",
            document.text.split_whitespace().count().to_string(),
        );
        fact(
            "Found",
            format!(
                "{} entities, {} quotes, {} stances, {} linked passages",
                annotated.entities.len(),
                annotated.quotes.len(),
                annotated.stances.len(),
                annotated.links.len()
            ),
        );
        fact("Highlights", highlights.len().to_string());
        fact("Id", document.id.clone());
        for detail in &document.details {
            fact("Note", detail.clone());
        }
        Self::new("Details", rows)
    }

    /// Facts, one a line.
    pub fn facts(title: &str, facts: Vec<String>) -> Self {
        Self::new(
            title,
            facts.into_iter().map(|f| vec![(f, Role::Text)]).collect(),
        )
    }

    fn new(title: &str, rows: Vec<PopupRow>) -> Self {
        let title = title.to_owned();
        Self {
            title,
            rows,
            needle: String::new(),
            list: List::default(),
            large: false,
        }
    }

    /// Shows only the rows that hold `needle`.
    pub fn search(&mut self, needle: &str) {
        self.needle = fold(needle);
        self.list = List::default();
    }

    /// Whether a search narrows what is shown; ends it.
    pub fn end_search(&mut self) -> bool {
        let was = !self.needle.is_empty();
        self.search("");
        was
    }

    /// A scrolling command.
    pub fn scroll_by(&mut self, command: Command, count: usize, rows: usize) {
        let page = self.list.height().max(2) as isize - 1;
        let by = match command {
            Command::Down => count as isize,
            Command::Up => -(count as isize),
            Command::HalfDown => page / 2,
            Command::HalfUp => -page / 2,
            Command::PageDown => page,
            Command::PageUp => -page,
            Command::Top => -(rows as isize),
            Command::Bottom => rows as isize,
            _ => 0,
        };
        self.list.scroll(by, rows);
    }

    /// Scrolls by rows.
    pub fn scroll(&mut self, by: isize, rows: usize) {
        self.list.scroll(by, rows);
    }

    /// The rows that match, wrapped to `columns`.
    pub fn shown(&self, columns: usize) -> Vec<PopupRow> {
        let mut out = Vec::new();
        for row in &self.rows {
            let whole: String = row.iter().map(|(text, _)| text.as_str()).collect();
            if !self.needle.is_empty() && !fold(&whole).contains(&self.needle) {
                continue;
            }
            if width(&whole) <= columns {
                out.push(row.clone());
                continue;
            }
            // A long last part goes on under where it began; the parts before it are short.
            let (last, before) = match row.iter().rposition(|(_, r)| *r == Role::Text) {
                Some(at) => (&row[at], &row[..at]),
                None => continue,
            };
            let indent = before
                .iter()
                .map(|(t, _)| width(t))
                .sum::<usize>()
                .min(columns / 2);
            let room = columns.saturating_sub(indent).max(1);
            for (n, line) in view::wrap(&last.0, room).into_iter().enumerate() {
                let mut wrapped: PopupRow = if n == 0 {
                    before.to_vec()
                } else {
                    vec![(" ".repeat(indent), Role::Text)]
                };
                wrapped.push((line.of(&last.0).trim_end().to_owned(), last.1));
                out.push(wrapped);
            }
        }
        out
    }

    /// The place of the popup over `area`: its frame.
    pub fn frame(&self, area: Rect) -> Rect {
        let width = if self.large { 96 } else { 76 }
            .min(area.width.saturating_sub(2))
            .max(area.width.min(20));
        let rows = self.shown(usize::from(width.saturating_sub(4))).len() as u16 + 2;
        let height = if self.large {
            area.height
        } else {
            rows.min(area.height)
        };
        Rect {
            x: area.x + (area.width - width) / 2,
            y: area.y + (area.height - height) / 2,
            width,
            height,
        }
    }

    /// Draws the popup over `area`.
    pub fn draw(&mut self, buffer: &mut Buffer, area: Rect, rule: &str, styles: &Styles) {
        let frame = self.frame(area);
        draw::clear(buffer, frame);
        let rows = self.shown(usize::from(frame.width.saturating_sub(4)));
        let inner = Rect {
            x: frame.x + 2.min(frame.width),
            y: frame.y + 1.min(frame.height),
            width: frame.width.saturating_sub(4),
            height: frame.height.saturating_sub(2),
        };
        self.list.fit(inner, None, rows.len());
        let line = rule.repeat(usize::from(frame.width));
        draw::put(
            buffer,
            frame.x,
            frame.y,
            frame.right(),
            &line,
            styles.of(Role::Border),
        );
        let last = frame.bottom().saturating_sub(1);
        draw::put(
            buffer,
            frame.x,
            last,
            frame.right(),
            &line,
            styles.of(Role::Border),
        );
        let title = format!(" {} ", self.title);
        let end = frame.right();
        draw::put(
            buffer,
            frame.x + 2,
            frame.y,
            end,
            &title,
            styles.of(Role::PaneTitleFocus),
        );
        let shown: Vec<(u16, usize)> = self.list.visible(rows.len()).collect();
        let hidden = rows.len() > shown.len();
        let hint = match (hidden, self.large) {
            (true, true) => " j k scroll · / search · q closes ",
            (true, false) => " j k scroll · q closes ",
            (false, _) => " q closes ",
        };
        let from = frame
            .right()
            .saturating_sub(width(hint) as u16 + 2)
            .max(frame.x);
        if frame.height > 1 {
            draw::put(
                buffer,
                from,
                last,
                frame.right(),
                hint,
                styles.of(Role::Dim),
            );
        }
        for (y, index) in shown {
            let mut x = inner.x;
            for (text, role) in &rows[index] {
                x = draw::put(buffer, x, y, inner.right(), text, styles.of(*role));
            }
        }
        if rows.is_empty() {
            let text = "Nothing matches.";
            draw::put(
                buffer,
                inner.x,
                inner.y,
                inner.right(),
                text,
                styles.of(Role::Dim),
            );
        }
    }
}

/// The keys of a command as help shows them, the shortest first.
fn keys_of(keymap: &Keymap, command: Command) -> String {
    let mut shown: Vec<String> = Vec::new();
    for (context, keys) in keymap.keys_of(command) {
        let name = key::show(keys);
        if !shown.contains(&name) && context != Context::Popup {
            shown.push(name);
        }
    }
    // Letters first: they are what fingers learn.
    shown.sort_by_key(|name| (width(name), name.starts_with('^')));
    let mut out = String::new();
    for name in shown {
        if !out.is_empty() && width(&out) + width(&name) + 1 > KEYS - 1 {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&name);
    }
    out
}
