//! Rows of cells: what stands side by side in columns of one width, under a label that goes over all
//! of them. A row of one cell takes the whole width.

use std::ops::Range;

use crate::view::paint::Run;
use crate::view::sheet::SheetRow;

/// Columns of the terminal between two cells; a line stands in the middle of them.
pub const GAP: usize = 3;
/// Columns of the terminal without which a cell cannot be read, and those beyond which it is not
/// read any better.
const LEAST: usize = 34;
const MOST: usize = 64;

/// A cell, and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<T> {
    /// What stands in it, from top to bottom.
    pub rows: Vec<SheetRow>,
    /// Where it leads.
    pub leads: Option<T>,
}

impl<T> Cell<T> {
    /// A cell of one row.
    pub fn of(row: SheetRow, leads: Option<T>) -> Self {
        let rows = vec![row];
        Self { rows, leads }
    }
}

/// A row of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cells<T> {
    /// What stands over all of them.
    pub label: Option<SheetRow>,
    /// The cells, from left to right.
    pub cells: Vec<Cell<T>>,
}

/// One line of a cell, or of what stands over the cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The cell; `None` for the label.
    pub cell: Option<usize>,
    /// Its columns of the terminal.
    pub at: Range<usize>,
    /// What is written in it.
    pub runs: Vec<Run>,
}

/// Which cells of a row are shown, and how wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Columns {
    /// The first cell shown.
    pub first: usize,
    /// How many are shown.
    pub shown: usize,
    /// Columns of the terminal of each.
    pub width: usize,
}

impl Columns {
    /// As many of `count` cells as can be read in `room` columns of the terminal, at least one.
    pub fn of(count: usize, room: usize) -> Self {
        let shown = ((room + GAP) / (LEAST + GAP)).clamp(1, count.max(1));
        let width = (room + GAP) / shown;
        Self {
            first: 0,
            shown,
            width: width.saturating_sub(GAP).min(MOST),
        }
    }

    /// Columns of the terminal that `count` cells would like to have.
    pub fn wanted(count: usize) -> usize {
        (count * (MOST + GAP)).saturating_sub(GAP)
    }

    /// The columns of the terminal of a cell that is shown.
    pub fn at(&self, cell: usize) -> Option<Range<usize>> {
        let n = cell.checked_sub(self.first).filter(|n| *n < self.shown)?;
        let from = n * (self.width + GAP);
        Some(from..from + self.width)
    }

    /// The cells that are shown.
    pub fn cells(&self) -> Range<usize> {
        self.first..self.first + self.shown
    }

    /// Moves what is shown until `cell` is.
    pub fn show(&mut self, cell: usize) {
        self.first = self
            .first
            .clamp((cell + 1).saturating_sub(self.shown), cell);
    }
}

impl<T> Cells<T> {
    /// A row of one cell.
    pub fn one(row: SheetRow, leads: Option<T>) -> Self {
        Self {
            label: None,
            cells: vec![Cell::of(row, leads)],
        }
    }

    /// All of its text.
    pub fn words(&self) -> String {
        let cells = self.cells.iter().flat_map(|c| &c.rows);
        let rows = self.label.iter().chain(cells);
        rows.map(SheetRow::words).collect::<Vec<_>>().join("\n")
    }

    /// The cell that leads somewhere and is the nearest to `column`.
    pub fn leading(&self, column: usize) -> Option<usize> {
        let leads = |n: &usize| self.cells[*n].leads.is_some();
        let all = (0..self.cells.len()).filter(leads);
        all.min_by_key(|n| n.abs_diff(column))
    }

    /// Where a cell leads.
    pub fn leads(&self, cell: usize) -> Option<&T> {
        self.cells.get(cell)?.leads.as_ref()
    }

    /// With other places that its cells lead to.
    pub fn map<U>(self, mut to: impl FnMut(T) -> Option<U>) -> Cells<U> {
        let cell = |cell: Cell<T>| Cell {
            rows: cell.rows,
            leads: cell.leads.and_then(&mut to),
        };
        Cells {
            label: self.label,
            cells: self.cells.into_iter().map(cell).collect(),
        }
    }

    /// Its lines in `room` columns of the terminal: the label, then the cells beside one another, each
    /// as high as the highest.
    pub fn lines(&self, room: usize, columns: &Columns) -> Vec<Vec<Part>> {
        let over = |row: &SheetRow, cell: Option<usize>| {
            let line = move |runs| {
                let at = 0..room;
                vec![Part { cell, at, runs }]
            };
            row.fit(room).into_iter().map(line).collect::<Vec<_>>()
        };
        let mut lines: Vec<Vec<Part>> = Vec::new();
        lines.extend(self.label.iter().flat_map(|row| over(row, None)));
        if let [cell] = self.cells.as_slice() {
            lines.extend(cell.rows.iter().flat_map(|row| over(row, Some(0))));
            return lines;
        }
        let shown: Vec<(usize, Range<usize>, Vec<Vec<Run>>)> = columns
            .cells()
            .filter_map(|n| {
                let at = columns.at(n)?;
                let rows = self.cells.get(n)?.rows.iter();
                let fitted = rows.flat_map(|row| row.fit(at.len())).collect();
                Some((n, at, fitted))
            })
            .collect();
        let height = shown.iter().map(|s| s.2.len()).max().unwrap_or(0);
        for y in 0..height {
            let part = |(n, at, fitted): &(usize, Range<usize>, Vec<Vec<Run>>)| Part {
                cell: Some(*n),
                at: at.clone(),
                runs: fitted.get(y).cloned().unwrap_or_default(),
            };
            lines.push(shown.iter().map(part).collect());
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Role;
    use proptest::prelude::*;

    fn cell(text: &str, leads: Option<usize>) -> Cell<usize> {
        Cell::of(SheetRow::text(text, Role::Text), leads)
    }

    /// What is written in a cell or in the label, line by line.
    fn written(lines: &[Vec<Part>], cell: Option<usize>) -> Vec<String> {
        let parts = lines.iter().flatten().filter(|p| p.cell == cell);
        let text = |p: &Part| p.runs.iter().map(|r| r.text.of("").to_owned()).collect();
        parts.map(text).collect()
    }

    #[test]
    fn cells_stand_beside_one_another_and_are_as_high_as_the_highest() {
        let row = Cells {
            label: Some(SheetRow::text("Solberg → the pact", Role::Label)),
            cells: vec![
                cell("called it a danger to the harbour and to the town", Some(1)),
                cell("–", None),
            ],
        };
        let columns = Columns::of(2, 80);
        assert_eq!((columns.shown, columns.width), (2, 38));
        let lines = row.lines(80, &columns);
        assert_eq!(written(&lines, None), ["Solberg → the pact"]);
        let first = ["called it a danger to the harbour and", "to the town"];
        assert_eq!(written(&lines, Some(0)), first);
        assert_eq!(written(&lines, Some(1)), ["–", ""]);
        assert_eq!(lines[1][1].at, 41..79);
        assert_eq!(row.leading(1), Some(0));
    }

    #[test]
    fn what_does_not_fit_is_moved_into_sight() {
        let mut columns = Columns::of(5, 116);
        assert_eq!(columns.shown, 3);
        columns.show(4);
        assert_eq!(columns.cells(), 2..5);
        assert_eq!(columns.at(1), None);
        columns.show(2);
        assert_eq!(columns.cells(), 2..5);
        columns.show(0);
        assert_eq!(columns.cells(), 0..3);
        // Few cells are not stretched over a wide window.
        assert_eq!(Columns::of(2, 200).width, MOST);
        assert_eq!(Columns::of(1, 10).shown, 1);
    }

    proptest! {
        #[test]
        fn cells_never_overlap_nor_leave_the_room(count in 1usize..9, room in 34usize..400, last in 0usize..9) {
            let mut columns = Columns::of(count, room);
            columns.show(last.min(count - 1));
            prop_assert!(columns.cells().contains(&last.min(count - 1)));
            prop_assert!(columns.cells().end <= count);
            let mut end = 0;
            for n in columns.cells() {
                let at = columns.at(n).unwrap();
                prop_assert!(n == columns.first || at.start == end + GAP);
                prop_assert!(at.len() >= LEAST && at.end <= room);
                end = at.end;
            }
        }
    }
}
