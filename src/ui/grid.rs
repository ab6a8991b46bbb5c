//! The matrix in a frame over the panes: a row a holder, a column a thing, a chosen cell that both
//! scroll with. What the chosen cell says stands below in words.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::base::Role;
use crate::base::text::{truncate, width};
use crate::config::{Command, Signs};
use crate::model::{Annotated, Polarity};
use crate::ui::boxed;
use crate::ui::draw;
use crate::ui::list::List;
use crate::ui::popup::Click;
use crate::ui::style::Styles;
use crate::view::{self, Ledger, Matrix};

/// Columns of a cell: as few as hold three counts, as many as a long word needs, as many as a
/// heading is glad of.
const CELL: (usize, usize, usize) = (12, 14, 22);
/// Columns from which on a cell has those of a long word.
const ROOMY: usize = 60;
/// Most columns of the holders.
const LABEL: usize = 30;
/// Rows of the headings, and rows of the words below.
const HEAD: u16 = 3;
const FOOT: u16 = 2;
/// Rows of content below which headings have one row less.
const LOW: u16 = 12;

const HINTS: &[&str] = &[
    "h j k l move · Enter shows the stances · q closes",
    "Enter stances · q closes",
    "q closes",
];

/// The matrix on the screen.
#[derive(Debug)]
pub struct Grid {
    matrix: Matrix,
    /// Lines of the rows: the row, and whether it is its second.
    lines: Vec<(usize, bool)>,
    row: usize,
    column: usize,
    /// First column shown.
    left: usize,
    list: List,
    /// The frame of the last frame, and where its cells were: first column of the screen, columns
    /// of a cell, how many.
    frame: Rect,
    cells: (u16, u16, usize),
}

impl Grid {
    /// The matrix of an article, the first cell with a stance chosen.
    pub fn new(annotated: &Annotated) -> Self {
        let matrix = Matrix::new(annotated);
        let mut lines = Vec::new();
        for (n, holder) in matrix.holders.iter().enumerate() {
            lines.push((n, false));
            if !holder.joined.is_empty() {
                lines.push((n, true));
            }
        }
        let first = matrix.cells.first();
        let filled = first.and_then(|row| row.iter().position(|c| *c != [0; 3]));
        Self {
            lines,
            row: 0,
            column: filled.unwrap_or(0),
            matrix,
            left: 0,
            list: List::default(),
            frame: Rect::default(),
            cells: (0, 1, 0),
        }
    }

    /// The stances of the chosen cell, if there are any.
    pub fn chosen(&self) -> Option<Ledger> {
        let counts = self.matrix.cells.get(self.row)?.get(self.column)?;
        (*counts != [0; 3]).then(|| Ledger {
            holder: self.matrix.holders.get(self.row).map(|h| h.party),
            target: self.matrix.targets.get(self.column).copied(),
            ..Ledger::default()
        })
    }

    /// A moving command.
    pub fn step(&mut self, command: Command, count: usize) {
        let page = (self.list.height() / 2).max(1);
        let (rows, columns) = (self.matrix.holders.len(), self.matrix.targets.len());
        let last = rows.saturating_sub(1);
        let by = |at: usize, by: isize, of: usize| {
            at.saturating_add_signed(by).min(of.saturating_sub(1))
        };
        let n = count as isize;
        match command {
            Command::Down => self.row = by(self.row, n, rows),
            Command::Up => self.row = by(self.row, -n, rows),
            Command::HalfDown | Command::PageDown => self.row = by(self.row, page as isize, rows),
            Command::HalfUp | Command::PageUp => self.row = by(self.row, -(page as isize), rows),
            Command::Top => self.row = 0,
            Command::Bottom => self.row = last,
            Command::FocusRight | Command::FocusNext => self.column = by(self.column, n, columns),
            Command::FocusLeft | Command::FocusPrevious => {
                self.column = by(self.column, -n, columns);
            }
            _ => {}
        }
    }

    /// Scrolls the rows.
    pub fn scroll(&mut self, by: isize) {
        self.list.scroll(by, self.lines.len());
    }

    /// What a click at a cell of the screen means.
    pub fn click(&mut self, x: u16, y: u16) -> Click {
        if !self.frame.contains((x, y).into()) {
            return Click::Outside;
        }
        let (first, columns, count) = self.cells;
        let line = self.list.row_at(y).and_then(|l| self.lines.get(l));
        let column = x.checked_sub(first).map(|x| usize::from(x / columns));
        let (Some(&(row, _)), Some(column)) = (line, column.filter(|c| *c < count)) else {
            return Click::Nothing;
        };
        let column = self.left + column;
        let again = (row, column) == (self.row, self.column);
        (self.row, self.column) = (row, column);
        if again { Click::Again } else { Click::Nothing }
    }

    /// Columns of the holders where there are `room`.
    fn label(&self, annotated: &Annotated, room: usize) -> usize {
        let widest = self.matrix.holders.iter().map(|h| {
            let with = h.with(annotated).map_or(0, |w| width(&w) + 2);
            width(h.name(annotated)).max(with)
        });
        (widest.max().unwrap_or(0) + 2).min(LABEL).min(room / 3)
    }

    /// Draws it over `area`.
    pub fn draw(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        annotated: &Annotated,
        signs: Signs,
        styles: &Styles,
    ) {
        let columns = self.matrix.targets.len();
        let wanted = self.label(annotated, LABEL * 3) + columns * CELL.2;
        let wanted = wanted.max(width(HINTS[0]) + 4).min(usize::from(area.width));
        let rows = self.lines.len().min(usize::from(area.height)) as u16;
        self.frame = boxed::place(area, wanted as u16, rows + HEAD + 1 + FOOT);
        let inner = boxed::inner(self.frame);
        let room = usize::from(inner.width);
        let label = self.label(annotated, room);
        let cell = (room - label) / columns.max(1);
        let least = if room < ROOMY { CELL.0 } else { CELL.1 };
        let cell = cell.clamp(least, CELL.2).min((room - label).max(1));
        let shown = ((room - label) / cell).clamp(1, columns.max(1));
        self.left = self
            .left
            .clamp((self.column + 1).saturating_sub(shown), self.column)
            .min(columns.saturating_sub(shown));
        self.cells = (inner.x + label as u16, cell as u16, shown.min(columns));

        let title = if shown < columns {
            format!(
                "Matrix · targets {}-{} of {columns}",
                self.left + 1,
                self.left + shown
            )
        } else {
            format!(
                "Matrix · {} holders, {columns} targets",
                self.matrix.holders.len()
            )
        };
        boxed::frame(buffer, self.frame, &title, HINTS, signs, styles);
        if self.matrix.holders.is_empty() {
            let style = styles.of(Role::Dim);
            draw::put(buffer, inner.x, inner.y, inner.right(), "No stance.", style);
            return;
        }
        let head = HEAD - u16::from(inner.height < LOW);
        self.draw_headings(buffer, inner, head, annotated, styles);
        let foot = FOOT.min(inner.height.saturating_sub(head + 1));
        let body = Rect {
            y: inner.y + head,
            height: inner.height.saturating_sub(head + foot),
            ..inner
        };
        let chosen = self.lines.iter().position(|(row, _)| *row == self.row);
        self.list.fit(body, chosen, self.lines.len());
        for (y, index) in self.list.visible(self.lines.len()) {
            self.draw_line(buffer, body, y, index, (annotated, signs), styles);
        }
        let words = self.matrix.cell(self.row, self.column, annotated);
        let words_rows = view::wrap(&words, room);
        for (n, line) in words_rows.iter().enumerate().take(usize::from(foot)) {
            let y = inner.bottom() - foot + n as u16;
            let last = n + 1 == usize::from(foot);
            let rest = if last {
                &words[line.from()..]
            } else {
                line.of(&words)
            };
            let rest = truncate(rest.trim_end(), room);
            draw::put(
                buffer,
                inner.x,
                y,
                inner.right(),
                &rest,
                styles.of(Role::Status),
            );
        }
    }

    /// Names of the things over their columns, at the foot of the rows they have.
    fn draw_headings(
        &self,
        buffer: &mut Buffer,
        inner: Rect,
        rows: u16,
        annotated: &Annotated,
        styles: &Styles,
    ) {
        let (first, cell, shown) = self.cells;
        let room = usize::from(cell).saturating_sub(2).max(1);
        for n in 0..shown {
            let column = self.left + n;
            let name = self.matrix.target_name(column, annotated);
            let lines = view::wrap(name, room);
            let count = lines.len().min(usize::from(rows));
            let role = if column == self.column {
                Role::PaneTitleFocus
            } else {
                Role::Label
            };
            for (k, line) in lines.iter().take(count).enumerate() {
                let last = k + 1 == count;
                let text = if last {
                    &name[line.from()..]
                } else {
                    line.of(name)
                };
                let text = truncate(text.trim_end(), room);
                let x = first + n as u16 * cell;
                let y = inner.y + rows - (count - k) as u16;
                if y < inner.bottom() {
                    draw::put(buffer, x, y, inner.right(), &text, styles.of(role));
                }
            }
        }
    }

    fn draw_line(
        &self,
        buffer: &mut Buffer,
        body: Rect,
        y: u16,
        index: usize,
        (annotated, signs): (&Annotated, Signs),
        styles: &Styles,
    ) {
        let (row, second) = self.lines[index];
        let (first, cell, shown) = self.cells;
        let holder = &self.matrix.holders[row];
        let room = usize::from(first - body.x).saturating_sub(1);
        let (text, role) = match holder.with(annotated) {
            Some(with) if second => (format!("  {with}"), Role::Dim),
            _ if row == self.row => (holder.name(annotated).to_owned(), Role::PaneTitleFocus),
            _ => (holder.name(annotated).to_owned(), Role::Label),
        };
        draw::put(
            buffer,
            body.x,
            y,
            first,
            &truncate(&text, room),
            styles.of(role),
        );
        if second {
            return;
        }
        for n in 0..shown {
            let column = self.left + n;
            let from = first + n as u16 * cell;
            let end = (from + cell).saturating_sub(1).min(body.right());
            let chosen = (row, column) == (self.row, self.column);
            let laid = |role: Role| {
                let mut roles = crate::base::RoleSet::of(role);
                if chosen {
                    roles.add(Role::Selected.into());
                }
                styles.of(roles)
            };
            if chosen {
                let place = Rect::new(from, y, end.saturating_sub(from), 1);
                draw::tint(buffer, place, y, styles, Role::Selected);
            }
            let counts = self.matrix.cells[row][column];
            let mut x = from;
            for (polarity, count) in Polarity::ALL.into_iter().zip(counts) {
                if count == 0 {
                    continue;
                }
                let sign = view::polarity_sign(polarity, signs == Signs::Ascii);
                let text = format!("{sign}{count}");
                x = draw::put(buffer, x, y, end, &text, laid(polarity.role())) + 1;
            }
            if x == from {
                draw::put(buffer, x, y, end, ".", laid(Role::Dim));
            }
            // A sign says it; underlines belong to the words that show it.
            for x in from..end {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.modifier.remove(Modifier::UNDERLINED);
                }
            }
        }
    }
}
