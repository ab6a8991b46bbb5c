//! Popups: rows in a frame over the panes, some of them of cells side by side. Scrolled with the keys
//! of the panes, searched with `/`; what leads somewhere is chosen with the same keys and with the
//! mouse.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::base::text::fold;
use crate::base::{EntityId, EntityKind, Role, Span};
use crate::config::{Command, Signs};
use crate::model::Filter;
use crate::model::library::ArticleId;
use crate::ui::boxed;
use crate::ui::correcting::Act;
use crate::ui::desk::FormatInfo;
use crate::ui::draw;
use crate::ui::layout::WIDE;
use crate::ui::list::List;
use crate::ui::style::Styles;
use crate::view::{CellPart, Cells, Columns, Focus, GAP, Ledger, SheetRow};

/// What a popup is about; decides its keys beyond those of every popup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Help: as high as the window.
    Help,
    /// Facts that are read.
    Facts,
    /// All that is known about an annotation.
    Explain(Focus),
    /// Stances toward words of the text.
    Ask(Span),
    /// Something to put in the place of a part of an annotation.
    Pick,
    /// What the reader corrected.
    Corrections,
    /// Export formats, for this part of the article.
    Export(Filter),
    /// What an export in this format is.
    Preview(FormatInfo, Filter),
    /// Kinds of entities, shown and hidden.
    Kinds,
    /// An entity.
    Card(EntityId),
    /// Stances.
    Ledger(Ledger),
    /// Quotes by speaker, balance, silent parties.
    Voices,
    /// Where another annotator differs.
    Others,
    /// Folders of the library.
    Folders,
    /// An entity over the whole library.
    Dossier,
    /// The same story in several outlets.
    Compare,
}

/// What a row leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// A place of the article or the comment.
    Go(Focus),
    /// An export in this format.
    Format(FormatInfo),
    /// Another state of this kind.
    Kind(EntityKind),
    /// A part of the ledger.
    Ledger(Ledger),
    /// A correction of what the popup was opened for.
    Correct(Focus, Act),
    /// Words for this highlight.
    Reattach(String),
    /// A correction that was made, by its position.
    Made(usize),
    /// A folder of the library: its name and query.
    Folder(String, String),
    /// An article of the library, and a place in it.
    Stored(ArticleId, Option<Focus>),
}

/// A popup.
#[derive(Debug)]
pub struct Popup {
    about: About,
    title: String,
    rows: Vec<Cells<Choice>>,
    /// The rows for a wide window, side by side; the first of them stays above the others.
    beside: Option<Vec<Cells<Choice>>>,
    /// Whether those are shown, and which of their cells.
    wide: bool,
    columns: Columns,
    needle: String,
    /// The chosen row, and the column in which the reader chooses.
    selected: Option<usize>,
    column: usize,
    list: List,
    /// Lines of the last frame, each with its row.
    lines: Vec<(usize, Vec<CellPart>)>,
    /// The frame of the last frame.
    frame: Rect,
}

impl Popup {
    /// A popup of rows, of which the first that leads somewhere is chosen once it is in sight.
    pub fn new(about: About, title: &str, rows: Vec<(SheetRow, Option<Choice>)>) -> Self {
        Self {
            about,
            title: title.to_owned(),
            rows: singles(rows),
            beside: None,
            wide: false,
            columns: Columns::default(),
            needle: String::new(),
            selected: None,
            column: 0,
            list: List::default(),
            lines: Vec::new(),
            frame: Rect::default(),
        }
    }

    /// With other rows for a wide window, of cells side by side. The first of them says what the
    /// columns are.
    pub fn beside(mut self, rows: Vec<Cells<Choice>>) -> Self {
        self.beside = Some(rows);
        self
    }

    /// The rows that are shown.
    fn rows(&self) -> &[Cells<Choice>] {
        match &self.beside {
            Some(rows) if self.wide => rows,
            _ => &self.rows,
        }
    }

    /// The cell that is chosen where this row is.
    fn cell(&self, row: usize) -> Option<usize> {
        self.rows().get(row)?.leading(self.column)
    }

    /// What it is about.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The chosen row.
    pub fn selected(&self) -> Option<usize> {
        self.selected
    }

    /// Chooses a row.
    pub fn select(&mut self, row: usize) {
        self.selected = Some(row);
    }

    /// What the chosen row leads to.
    pub fn choice(&self) -> Option<&Choice> {
        let row = self.selected?;
        self.rows().get(row)?.leads(self.cell(row)?)
    }

    /// Chooses what leads to the same, or nothing.
    fn choose_same(&mut self, choice: Option<&Choice>) {
        let mut found = None;
        for (n, row) in self.rows().iter().enumerate() {
            let same = |cell: &usize| choice.is_some() && row.leads(*cell) == choice;
            found = found.or((0..row.cells.len()).find(same).map(|cell| (n, cell)));
        }
        self.selected = found.map(|(row, _)| row);
        self.column = found.map_or(self.column, |(_, column)| column);
    }

    /// Has it be about the same thing under its new number.
    pub fn set_about(&mut self, about: About) {
        self.about = about;
    }

    /// Turns into another popup, with the same choice where it has it.
    pub fn become_like(&mut self, other: Self) {
        let choice = self.choice().cloned();
        *self = Self {
            needle: std::mem::take(&mut self.needle),
            frame: self.frame,
            ..other
        };
        self.choose_same(choice.as_ref());
    }

    /// Chooses the row at this position, or the last one before it that leads somewhere.
    pub fn select_near(&mut self, row: usize) {
        let leads = |row: &usize| self.cell(*row).is_some();
        let until = self.rows().len().min(row + 1);
        self.selected = (0..until).rev().find(leads);
    }

    /// Other rows in the place of the old.
    pub fn replace(&mut self, rows: Vec<(SheetRow, Option<Choice>)>) {
        self.rows = singles(rows);
    }

    /// Shows only the rows that hold `needle`.
    pub fn search(&mut self, needle: &str) {
        self.needle = fold(needle);
        self.list = List::default();
        self.selected = None;
    }

    /// Whether a search narrows what is shown; ends it.
    pub fn end_search(&mut self) -> bool {
        let was = !self.needle.is_empty();
        self.search("");
        was
    }

    /// A scrolling command: moves the choice, or the rows where there is none.
    pub fn scroll_by(&mut self, command: Command, count: usize) {
        let page = self.list.height().max(2) as isize - 1;
        let by = match command {
            Command::Down => count as isize,
            Command::Up => -(count as isize),
            Command::HalfDown => page / 2,
            Command::HalfUp => -page / 2,
            Command::PageDown => page,
            Command::PageUp => -page,
            Command::Top => -(self.lines.len() as isize),
            Command::Bottom => self.lines.len() as isize,
            Command::FocusRight | Command::FocusNext => return self.choose_beside(count as isize),
            Command::FocusLeft | Command::FocusPrevious => {
                return self.choose_beside(-(count as isize));
            }
            _ => return,
        };
        let one = matches!(command, Command::Down | Command::Up);
        let ends = matches!(command, Command::Top | Command::Bottom);
        // The ends are those of the rows, beyond the first and the last choice.
        if !self.choose(by, one) || ends {
            self.scroll(by);
        }
    }

    /// Scrolls by lines.
    pub fn scroll(&mut self, by: isize) {
        self.list.scroll(by, self.lines.len());
    }

    /// Moves the choice by `by` cells of its row that lead somewhere.
    fn choose_beside(&mut self, by: isize) {
        let Some(cells) = self.selected.and_then(|row| self.rows().get(row)) else {
            return;
        };
        let leads: Vec<usize> = (0..cells.cells.len())
            .filter(|n| cells.leads(*n).is_some())
            .collect();
        let now = cells.leading(self.column);
        if let Some(at) = leads.iter().position(|n| Some(*n) == now) {
            let to = at.saturating_add_signed(by).min(leads.len() - 1);
            self.column = leads[to];
        }
    }

    /// Moves the choice by `by`: choices if `one` at a time is meant, lines otherwise. Whether it
    /// moved; at the ends, and where nothing is chosen, it does not.
    fn choose(&mut self, by: isize, one: bool) -> bool {
        let Some(now) = self.selected else {
            return false;
        };
        let mut choices: Vec<usize> = self
            .lines
            .iter()
            .map(|(row, _)| *row)
            .filter(|row| self.cell(*row).is_some())
            .collect();
        choices.dedup();
        let (Some(&first), Some(&last)) = (choices.first(), choices.last()) else {
            return false;
        };
        let next = if one {
            let at = choices.iter().position(|c| *c == now).unwrap_or(0);
            let to = at.saturating_add_signed(by).min(choices.len() - 1);
            choices[to]
        } else {
            let line_of = |row: usize| self.lines.iter().position(|(r, _)| *r == row);
            let target = line_of(now).unwrap_or(0).saturating_add_signed(by);
            let reached = |c: &&usize| line_of(**c).is_some_and(|l| l >= target);
            if by > 0 {
                choices.iter().find(reached).copied().unwrap_or(last)
            } else {
                let before = |c: &&usize| line_of(**c).is_some_and(|l| l <= target);
                choices.iter().rev().find(before).copied().unwrap_or(first)
            }
        };
        self.selected = Some(next);
        next != now
    }

    /// What a click at a cell means.
    pub fn click(&mut self, x: u16, y: u16) -> Click {
        if !self.frame.contains((x, y).into()) {
            return Click::Outside;
        }
        let line = self.list.row_at(y).and_then(|l| self.lines.get(l));
        let Some((row, parts)) = line else {
            return Click::Nothing;
        };
        let column = usize::from(x.saturating_sub(boxed::inner(self.frame).x));
        // A row of one cell is that cell up to the frame.
        let cell = if self.rows()[*row].cells.len() == 1 {
            Some(0)
        } else {
            let part = parts.iter().find(|p| p.at.contains(&column));
            part.and_then(|p| p.cell)
        };
        let cell = cell.filter(|cell| self.rows()[*row].leads(*cell).is_some());
        let (row, Some(cell)) = (*row, cell) else {
            return Click::Nothing;
        };
        let again = self.selected == Some(row) && self.cell(row) == Some(cell);
        self.selected = Some(row);
        if self.rows()[row].cells.len() > 1 {
            self.column = cell;
        }
        if again { Click::Again } else { Click::Nothing }
    }

    /// Rows that stay above the others.
    fn heads(&self) -> usize {
        usize::from(self.wide)
    }

    fn fitted(&self, columns: u16, all: bool) -> Vec<(usize, Vec<CellPart>)> {
        let found = |row: &Cells<Choice>| {
            all || self.needle.is_empty() || fold(&row.words()).contains(&self.needle)
        };
        self.rows()
            .iter()
            .enumerate()
            .skip(self.heads())
            .filter(|(_, row)| found(row))
            .flat_map(|(n, row)| {
                let lines = row.lines(usize::from(columns), &self.columns);
                lines.into_iter().map(move |line| (n, line))
            })
            .collect()
    }

    /// Columns that its rows would like, within what can be read.
    fn wanted(&self) -> u16 {
        if self.wide {
            return Columns::wanted(self.beside_count()) as u16;
        }
        let most = match self.about {
            About::Help | About::Card(_) | About::Voices | About::Others => 100,
            About::Ledger(_) | About::Ask(_) | About::Dossier | About::Compare => 140,
            _ => 80,
        };
        let hint = self.hints().first().map_or(0, |h| h.chars().count());
        let rows = self.rows().iter().flat_map(|r| &r.cells);
        let rows = rows.flat_map(|cell| &cell.rows);
        let widest = rows.map(SheetRow::width).max();
        widest.unwrap_or(0).max(hint + 4).min(most) as u16
    }

    fn hints(&self) -> &'static [&'static str] {
        match self.about {
            About::Help => &["j k scroll · / search · q closes", "q closes"],
            About::Facts | About::Explain(_) => &["q closes"],
            About::Export(_) => &[
                "Enter to a file · c copies · | to a command · p preview · f filter · q closes",
                "Enter file · c copies · p preview · f filter · q closes",
                "Enter file · c copies · q closes",
                "q closes",
            ],
            About::Preview(..) => &[
                "w to a file · c copies · | to a command · q goes back",
                "q goes back",
            ],
            About::Kinds => &["Enter changes · q closes", "q closes"],
            About::Folders => &["Enter shows it · q closes", "q closes"],
            About::Compare if self.wide => &[
                "h j k l move · Enter opens the article there · / search · q closes",
                "Enter opens it there · q closes",
            ],
            About::Dossier | About::Compare => &[
                "Enter opens the article there · / search · q closes",
                "Enter opens it there · q closes",
                "q closes",
            ],
            About::Pick => &["Enter chooses · / search · q closes", "q closes"],
            About::Corrections => &[
                "Enter goes there · cd takes it back · q closes",
                "cd takes back · q closes",
                "q closes",
            ],
            About::Ledger(_) => &[
                "Enter goes there · ca accept · cr reject · s order · / filter · q closes",
                "Enter goes there · s order · / filter · q closes",
                "s order · / filter · q closes",
                "q closes",
            ],
            About::Card(_) | About::Voices | About::Ask(_) | About::Others => &[
                "Enter goes there · ^O comes back · / search · q closes",
                "Enter goes there · q closes",
                "q closes",
            ],
        }
    }

    /// How many cells stand side by side in the rows for a wide window.
    fn beside_count(&self) -> usize {
        let first = self.beside.as_ref().and_then(|rows| rows.first());
        first.map_or(0, |row| row.cells.len())
    }

    /// Takes the rows for a window of this width, with the same choice.
    fn turn(&mut self, area: Rect) {
        let wide = self.beside.is_some() && area.width >= WIDE;
        if wide != self.wide {
            let choice = self.choice().cloned();
            self.wide = wide;
            self.choose_same(choice.as_ref());
        }
    }

    /// Makes the lines for so many columns of the terminal.
    fn fit(&mut self, room: u16) {
        if self.wide {
            let fresh = Columns::of(self.beside_count(), usize::from(room));
            let first = self.columns.first.min(self.beside_count() - fresh.shown);
            self.columns = Columns { first, ..fresh };
            let cell = self.selected.and_then(|row| self.cell(row));
            self.columns.show(cell.unwrap_or(self.column));
        }
        self.lines = self.fitted(room, false);
    }

    /// What stands in the frame: the title, and which columns are shown if not all are.
    fn titled(&self) -> String {
        let (count, shown) = (self.beside_count(), self.columns.cells());
        if !self.wide || shown.len() == count {
            return self.title.clone();
        }
        let (from, to) = (shown.start + 1, shown.end);
        format!("{} · {from} to {to} of {count}", self.title)
    }

    /// Draws the popup over `area`.
    pub fn draw(&mut self, buffer: &mut Buffer, area: Rect, signs: Signs, styles: &Styles) {
        self.turn(area);
        let columns = self.wanted();
        // The frame is the same while a search narrows what is in it.
        let room = boxed::inner(boxed::place(area, columns, 1)).width;
        let rows = match self.about {
            // What a filter narrows stays where it is.
            About::Help | About::Ledger(_) | About::Dossier | About::Compare => area.height,
            _ => self.fitted(room, true).len() as u16,
        };
        self.frame = boxed::place(area, columns, rows);
        self.fit(room);
        let mut inner = boxed::inner(self.frame);
        boxed::frame(
            buffer,
            self.frame,
            &self.titled(),
            self.hints(),
            signs,
            styles,
        );
        for row in &self.rows()[..self.heads()] {
            for line in row.lines(usize::from(room), &self.columns) {
                self.draw_line(buffer, (inner, inner.y), (None, &line), signs, styles);
                let taken = 1.min(inner.height);
                (inner.y, inner.height) = (inner.y + taken, inner.height - taken);
            }
        }
        let line = self
            .lines
            .iter()
            .position(|(row, _)| Some(*row) == self.selected);
        // All of a row that goes on in the next lines is brought into sight.
        let lines = self
            .lines
            .iter()
            .filter(|(row, _)| Some(*row) == self.selected);
        let lines = lines.count();
        self.list.fit_all(inner, line, lines, self.lines.len());
        if line.is_none() {
            self.selected = self
                .list
                .visible(self.lines.len())
                .map(|(_, index)| self.lines[index].0)
                .find(|row| self.cell(*row).is_some());
        }
        for (y, index) in self.list.visible(self.lines.len()) {
            let (row, parts) = &self.lines[index];
            self.draw_line(buffer, (inner, y), (Some(*row), parts), signs, styles);
        }
        if self.lines.is_empty() {
            let style = styles.of(Role::Dim);
            let text = "Nothing matches.";
            draw::put(buffer, inner.x, inner.y, inner.right(), text, style);
        }
    }

    /// Draws one line of a row: its parts, with a rule between those that stand side by side.
    fn draw_line(
        &self,
        buffer: &mut Buffer,
        (inner, y): (Rect, u16),
        (row, parts): (Option<usize>, &[CellPart]),
        signs: Signs,
        styles: &Styles,
    ) {
        let chosen = row
            .filter(|row| Some(*row) == self.selected)
            .and_then(|row| self.cell(row));
        for part in parts {
            let cell = Rect {
                x: inner.x + part.at.start as u16,
                width: part.at.len() as u16,
                ..inner
            };
            let mut runs = part.runs.clone();
            if chosen.is_some() && part.cell == chosen {
                draw::tint(buffer, cell, y, styles, Role::Selected);
                for run in &mut runs {
                    run.roles.add(Role::Selected.into());
                }
            }
            draw::put_runs(buffer, (cell.x, y, cell.right()), &runs, "", styles);
            if part.at.start > 0 {
                let rule = if signs == Signs::Ascii { "|" } else { "│" };
                let x = cell.x - (GAP as u16).div_ceil(2);
                draw::put(buffer, x, y, cell.x, rule, styles.of(Role::Border));
            }
        }
        // A sign says it; underlines belong to the words that show it.
        let signs = match self.about {
            About::Voices | About::Dossier | About::Compare => inner.x..inner.right(),
            _ => inner.x..inner.x + 1,
        };
        for x in signs {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.modifier.remove(Modifier::UNDERLINED);
            }
        }
    }
}

/// Rows of one cell each.
fn singles(rows: Vec<(SheetRow, Option<Choice>)>) -> Vec<Cells<Choice>> {
    let rows = rows.into_iter();
    rows.map(|(row, choice)| Cells::one(row, choice)).collect()
}

/// What a click meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Click {
    /// Beside the popup.
    Outside,
    /// Nothing more than a choice.
    Nothing,
    /// What was chosen already.
    Again,
}
