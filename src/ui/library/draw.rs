//! The library on the screen: list and preview side by side, in a narrow window the list alone.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::base::Role;
use crate::base::text::{truncate, width};
use crate::config::Signs;
use crate::model::library::Item;
use crate::ui::app::{App, Layer};
use crate::ui::draw;
use crate::ui::layout::WIDE;
use crate::ui::prompt::Purpose;
use crate::view;

/// Columns of signs and date before the outlet.
const BEFORE: u16 = 16;
/// Candidates before the one that stands in the line.
const CANDIDATES: usize = 8;
/// How many hits are counted.
const COUNTED: usize = 10_000;

impl App {
    /// Draws the library in the place of the panes.
    pub(in crate::ui) fn draw_library(&mut self, buffer: &mut Buffer, signs: Signs) {
        let header = self.areas.header;
        let body = Rect {
            x: buffer.area.x,
            width: buffer.area.width,
            ..self.body()
        };
        let title = self.library_title();
        let styles = &self.styles;
        let style = styles.of(Role::PaneTitleFocus);
        let room = usize::from(header.width.saturating_sub(2));
        draw::put(
            buffer,
            header.x + 1,
            header.y,
            header.right(),
            &truncate(&title, room),
            style,
        );
        let beside = body.width >= WIDE;
        let list = Rect {
            width: if beside {
                body.width * 3 / 5
            } else {
                body.width
            },
            ..body
        };
        let total = self.library.total;
        let outlets = self.outlet_columns(list);
        let selected = (total > 0).then_some(self.library.selected);
        self.library.list.fit(list, selected, total);
        for (y, at) in self.library.list.visible(total) {
            let item = self.library.row(at);
            let chosen = selected == Some(at);
            if chosen {
                draw::tint(buffer, list, y, styles, Role::Selected);
            }
            let marked = item.is_some_and(|i| self.library.marked.contains(&i.id));
            let at = (list, y, outlets);
            draw_row(buffer, at, item, (chosen, marked), signs, styles);
        }
        if total == 0 {
            let text = match (&self.library.fault, self.library.query.is_empty()) {
                _ if self.library.busy() => "",
                (None, true) => {
                    "No article here. `byline library add FILE` puts articles in, r refreshes the feeds."
                }
                (None, false) => "Nothing is found. Esc shows all.",
                (Some(_), _) => "",
            };
            let style = styles.of(Role::Dim);
            draw::put(buffer, list.x + 2, list.y, list.right(), text, style);
        }
        if beside {
            let border = if signs == Signs::Ascii { "|" } else { "│" };
            let x = list.right();
            for y in body.top()..body.bottom() {
                draw::put(buffer, x, y, body.right(), border, styles.of(Role::Border));
            }
            let side = Rect {
                x: x + 2,
                width: body.right().saturating_sub(x + 3),
                ..body
            };
            self.draw_preview(buffer, side, signs);
        }
    }

    /// Columns of the outlets; none where no article that is shown has one.
    fn outlet_columns(&self, list: Rect) -> u16 {
        let library = &self.library;
        let shown = library.list.visible(library.total);
        let mut items = shown.filter_map(|(_, at)| library.row(at));
        if items.any(|item| item.outlet.is_some()) {
            (list.width / 5).clamp(8, 20)
        } else {
            0
        }
    }

    fn draw_preview(&self, buffer: &mut Buffer, area: Rect, signs: Signs) {
        let Some(item) = self.library.current() else {
            return;
        };
        let preview = self.library.preview.as_ref().filter(|p| p.id == item.id);
        let (text, stances) = preview.map_or((item.lead.as_str(), &[][..]), |p| {
            (p.text.as_str(), p.stances.as_slice())
        });
        let rows = view::preview(item, text, stances, signs == Signs::Ascii);
        let lines = rows.iter().flat_map(|row| row.fit(usize::from(area.width)));
        for (y, line) in (area.top()..area.bottom()).zip(lines) {
            draw::put_runs(buffer, (area.x, y, area.right()), &line, "", &self.styles);
            // A sign says it; underlines belong to the words that show it.
            for x in area.left()..area.right() {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.modifier.remove(Modifier::UNDERLINED);
                }
            }
        }
    }

    /// What the list is, how many rows it has, how it is ordered.
    fn library_title(&self) -> String {
        let library = &self.library;
        let what = match (&library.folder, library.query.as_str()) {
            (Some(folder), _) => folder.clone(),
            (None, "") => "Library".to_owned(),
            (None, query) => format!("Library /{query}"),
        };
        let count = if library.total > COUNTED && !library.query.is_empty() {
            format!("more than {COUNTED}")
        } else {
            library.total.to_string()
        };
        let mut title = format!("{what} · {count} · {}", library.sort.name());
        if !library.marked.is_empty() {
            title.push_str(&format!(" · {} marked", library.marked.len()));
        }
        title
    }

    /// What is under the choice, for the status line.
    pub(in crate::ui) fn library_status(&self) -> String {
        let mut parts = Vec::new();
        if let Some(so_far) = &self.library.refreshing {
            let (done, total, new) = (so_far.done, so_far.total, so_far.new);
            parts.push(format!("refreshing {done}/{total}, {new} new"));
        }
        let Some(item) = self.library.current() else {
            return parts.join(" · ");
        };
        if !item.authors.is_empty() {
            parts.push(item.authors.join(", "));
        }
        parts.extend(item.outlet.clone());
        parts.push(item.when());
        parts.push(format!("{} words", item.words));
        if !item.tags.is_empty() {
            parts.push(format!("#{}", item.tags.join(" #")));
        }
        parts.join(" · ")
    }

    /// Under the line in which a query is typed: where its mistake is, or how it can go on.
    pub(in crate::ui) fn draw_query_help(&self, buffer: &mut Buffer) {
        let Some(Layer::Prompt(prompt)) = self.layers.last() else {
            return;
        };
        let row = self.areas.hints;
        if !matches!(prompt.purpose, Purpose::LibrarySearch { .. }) || row.is_empty() {
            return;
        }
        let styles = &self.styles;
        draw::clear(buffer, row);
        if let Some(fault) = &self.library.fault {
            let text = prompt.text();
            let before: String = text.chars().take(fault.column - 1).collect();
            let at = row.x + (width(&prompt.purpose.label()) + width(&before)) as u16;
            let at = at.min(row.right().saturating_sub(1));
            let style = styles.of(Role::Error);
            let said = fault.to_string();
            // The words stand after the sign, before it where there is no room after it.
            let from = if usize::from(row.right() - at) > width(&said) + 2 {
                at + 2
            } else {
                at.saturating_sub(width(&said) as u16 + 1)
            };
            draw::put(buffer, from, row.y, row.right(), &said, style);
            draw::put(buffer, at, row.y, row.right(), "^", style);
            return;
        }
        let Some((completion, at)) = &self.library.completion else {
            let hint = "Tab completes keys and names · Enter keeps the hits · Esc gives up";
            draw::put(
                buffer,
                row.x + 1,
                row.y,
                row.right(),
                hint,
                styles.of(Role::Dim),
            );
            return;
        };
        let mut x = row.x + 1;
        let from = at.saturating_sub(CANDIDATES - 1);
        for (n, candidate) in completion.candidates.iter().enumerate().skip(from) {
            let role = if n == *at { Role::Key } else { Role::Dim };
            x = draw::put(buffer, x, row.y, row.right(), candidate, styles.of(role)) + 2;
        }
    }
}

fn draw_row(
    buffer: &mut Buffer,
    (area, y, outlets): (Rect, u16, u16),
    item: Option<&Item>,
    (chosen, marked): (bool, bool),
    signs: Signs,
    styles: &crate::ui::style::Styles,
) {
    let laid = |role: Role| {
        let mut roles = crate::base::RoleSet::of(role);
        if chosen {
            roles.add(Role::Selected.into());
        }
        styles.of(roles)
    };
    let end = area.right();
    let Some(item) = item else {
        draw::put(buffer, area.x + 1, y, end, "…", laid(Role::Dim));
        return;
    };
    let ascii = signs == Signs::Ascii;
    let mark = match (marked, ascii) {
        (true, true) => ">",
        (true, false) => "▌",
        _ => " ",
    };
    let unread = match (item.unread, ascii) {
        (true, true) => "N",
        (true, false) => "●",
        _ => " ",
    };
    let star = match (item.starred, ascii) {
        (true, true) => "*",
        (true, false) => "★",
        _ => " ",
    };
    let x = area.x;
    draw::put(buffer, x, y, end, mark, laid(Role::Key));
    draw::put(buffer, x + 1, y, end, unread, laid(Role::Info));
    draw::put(buffer, x + 3, y, end, star, laid(Role::Key));
    let date = item.day().to_string();
    draw::put(buffer, x + 5, y, end, &date, laid(Role::Date));
    let from = x + BEFORE;
    let outlet = item.outlet.as_deref().unwrap_or("–");
    let outlet = truncate(outlet, usize::from(outlets.saturating_sub(1)));
    draw::put(buffer, from, y, from + outlets, &outlet, laid(Role::Byline));
    let role = if item.unread { Role::Title } else { Role::Text };
    let from = from + outlets;
    let room = usize::from(end.saturating_sub(from + 1));
    let title = truncate(&item.title, room);
    let x = draw::put(buffer, from, y, end, &title, laid(role));
    if !item.tags.is_empty() {
        let tags = format!("#{}", item.tags.join(" #"));
        if usize::from(end.saturating_sub(x + 2)) > width(&tags) {
            draw::put(buffer, x + 1, y, end, &tags, laid(Role::Topic));
        }
    }
}
