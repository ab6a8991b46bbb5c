//! The scroll state of a list: which rows are shown, which of them is selected. Shared by the
//! panes and popups that are lists.

use ratatui::layout::Rect;

/// Scroll state of one list.
#[derive(Debug, Default)]
pub struct List {
    /// First row shown.
    top: usize,
    /// Selected row in the last frame; the list follows it when it changes.
    selected: Option<usize>,
    /// Where the rows were in the last frame.
    area: Rect,
}

impl List {
    /// Takes the place and the selection of this frame; the selection is brought into sight when
    /// it, the size or the number of rows changed.
    pub fn fit(&mut self, area: Rect, selected: Option<usize>, rows: usize) {
        self.fit_all(area, selected, 1, rows);
    }

    /// As `fit`, of a selection that takes `lines` rows.
    pub fn fit_all(&mut self, area: Rect, selected: Option<usize>, lines: usize, rows: usize) {
        let height = usize::from(area.height);
        let moved = selected != self.selected || area != self.area;
        (self.area, self.selected) = (area, selected);
        if let (true, Some(at)) = (moved, selected) {
            let margin = 1.min(height.saturating_sub(1) / 2);
            let lowest = (at + lines.max(1) + margin).saturating_sub(height);
            self.top = self.top.clamp(
                lowest.min(at),
                at.saturating_sub(margin).max(lowest.min(at)),
            );
        }
        self.top = self.top.min(rows.saturating_sub(height));
    }

    /// Has the selection brought into sight in the next frame, even if it is the same.
    pub fn follow(&mut self) {
        self.selected = None;
    }

    /// Rows of the last frame.
    pub fn height(&self) -> usize {
        usize::from(self.area.height)
    }

    /// Scrolls without moving the selection.
    pub fn scroll(&mut self, by: isize, rows: usize) {
        self.top = self
            .top
            .saturating_add_signed(by)
            .min(rows.saturating_sub(self.height()));
    }

    /// The rows on the screen: (row of the screen, index in the list).
    pub fn visible(&self, rows: usize) -> impl Iterator<Item = (u16, usize)> + use<> {
        (self.area.y..self.area.bottom()).zip(self.top..rows)
    }

    /// The index of the list at row `y` of the screen.
    pub fn row_at(&self, y: u16) -> Option<usize> {
        let row = y
            .checked_sub(self.area.y)
            .filter(|r| *r < self.area.height)?;
        Some(self.top + usize::from(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(list: &List, rows: usize) -> Vec<usize> {
        list.visible(rows).map(|(_, i)| i).collect()
    }

    #[test]
    fn the_selection_is_always_in_sight() {
        let area = Rect::new(0, 5, 10, 4);
        let mut list = List::default();
        for at in [0, 3, 9, 19, 4, 0, 12] {
            list.fit(area, Some(at), 20);
            assert!(shown(&list, 20).contains(&at), "{at}");
            assert_eq!(shown(&list, 20).len(), 4);
        }
    }

    #[test]
    fn scrolling_stays_inside_and_leaves_the_selection() {
        let area = Rect::new(0, 0, 10, 4);
        let mut list = List::default();
        list.fit(area, Some(0), 6);
        list.scroll(100, 6);
        list.fit(area, Some(0), 6);
        assert_eq!(shown(&list, 6), [2, 3, 4, 5]);
        list.scroll(-100, 6);
        assert_eq!(shown(&list, 6), [0, 1, 2, 3]);
    }

    #[test]
    fn no_room_shows_nothing() {
        let mut list = List::default();
        list.fit(Rect::new(0, 0, 0, 0), Some(3), 5);
        assert!(shown(&list, 5).is_empty());
        assert_eq!(list.row_at(0), None);
    }
}
