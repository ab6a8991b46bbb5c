//! The comments: the editor's, sentence by sentence with the passages it talks about, and the
//! reader's own notes below it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::Role;
use crate::config::Signs;
use crate::ui::draw;
use crate::ui::list::List;
use crate::ui::session::Session;
use crate::ui::style::Styles;
use crate::view::{self, CommentRow, CommentTarget, Overlay};

/// The comment pane.
#[derive(Debug, Default)]
pub struct CommentPane {
    selected: Option<CommentTarget>,
    /// How often the selected part was gone from: its passages are visited in turn.
    visits: usize,
    list: List,
    rows: Vec<CommentRow>,
}

impl CommentPane {
    /// The selected part.
    pub fn selected(&self) -> Option<&CommentTarget> {
        self.selected.as_ref()
    }

    /// Selects a part.
    pub fn select(&mut self, target: CommentTarget) {
        if self.selected.as_ref() != Some(&target) {
            self.visits = 0;
        }
        self.list.follow();
        self.selected = Some(target);
    }

    /// The number of this visit to one of `passages` passages of the selected part, counted round.
    pub fn visit(&mut self, passages: usize) -> usize {
        let now = self.visits % passages.max(1);
        self.visits += 1;
        now
    }

    /// The parts that can be selected, in order.
    fn targets(&self) -> Vec<CommentTarget> {
        let mut targets: Vec<CommentTarget> = self
            .rows
            .iter()
            .map(|r| r.target.clone())
            .filter(|t| *t != CommentTarget::Heading)
            .collect();
        targets.dedup();
        targets
    }

    /// Moves the selection by `parts`; `isize::MIN` and `MAX` go to the ends.
    pub fn step(&mut self, parts: isize) {
        let targets = self.targets();
        let Some(last) = targets.len().checked_sub(1) else {
            return;
        };
        let at = self
            .selected
            .as_ref()
            .and_then(|s| targets.iter().position(|t| t == s));
        let next = at.map_or(0, |at| at.saturating_add_signed(parts).min(last));
        if let Some(target) = targets.into_iter().nth(next) {
            self.select(target);
        }
    }

    /// Rows of the last frame.
    pub fn height(&self) -> usize {
        self.list.height()
    }

    /// Selects what is at row `y` of the screen; whether there is something.
    pub fn click(&mut self, y: u16) -> bool {
        let target = self
            .list
            .row_at(y)
            .and_then(|i| self.rows.get(i))
            .map(|r| r.target.clone());
        match target {
            Some(CommentTarget::Heading) | None => false,
            Some(target) => {
                self.select(target);
                true
            }
        }
    }

    /// Scrolls without moving the selection.
    pub fn scroll(&mut self, rows: isize) {
        self.list.scroll(rows, self.rows.len());
    }

    /// Draws the pane.
    #[allow(clippy::too_many_arguments, reason = "what a pane draws with")]
    pub fn draw(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        session: &Session,
        overlay: &Overlay,
        focused: bool,
        signs: Signs,
        styles: &Styles,
    ) {
        // Left of the text: the mark of the selection, the stance sign.
        let left = area.x + 3.min(area.width);
        let width = area.right().saturating_sub(left + 1).max(1);
        let (annotated, highlights) = (&session.annotated, &session.highlights);
        self.rows = view::comment_rows(
            annotated,
            &session.marks,
            highlights,
            overlay,
            usize::from(width),
        );
        let targets = self.targets();
        if !self.selected.as_ref().is_some_and(|s| targets.contains(s)) {
            self.selected = targets.into_iter().next();
            self.visits = 0;
        }
        let first = self
            .rows
            .iter()
            .position(|r| Some(&r.target) == self.selected.as_ref());
        self.list.fit(area, first, self.rows.len());
        for (y, index) in self.list.visible(self.rows.len()) {
            let row = &self.rows[index];
            let selected = Some(&row.target) == self.selected.as_ref();
            if let Some((polarity, faint)) = row.row.gutter.stance {
                let gutter = view::Gutter {
                    stance: Some((polarity, faint)),
                    ..Default::default()
                };
                crate::ui::article_pane::draw_gutter(buffer, (left - 2, y), gutter, signs, styles);
            }
            if selected && left > area.x {
                let role = if focused { Role::Key } else { Role::Dim };
                let mark = if signs == Signs::Ascii { "|" } else { "▎" };
                draw::put(buffer, area.x, y, area.right(), mark, styles.of(role));
            }
            let at = (left, y, area.right());
            draw::put_runs(buffer, at, &row.row.runs, session.text(), styles);
        }
    }
}
