//! Where the panes are. Wide: entities, article, comments side by side; medium: the article and
//! one side pane; narrow: one pane, with tabs to the others. Pure arithmetic on rectangles.

use ratatui::layout::Rect;

use crate::config::Settings;

/// The panes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pane {
    /// Who is named.
    Entities,
    /// The text.
    Article,
    /// The editor's comment and the reader's notes.
    Comments,
}

impl Pane {
    /// Every pane, from left to right.
    pub const ALL: [Pane; 3] = [Self::Entities, Self::Article, Self::Comments];
}

/// From how many columns on all three panes stand side by side.
pub const WIDE: u16 = 100;
/// From how many columns on the article has one side pane beside it.
pub const MEDIUM: u16 = 60;

/// Columns of the entity pane, and by how many it grows with the window.
const ENTITIES: u16 = 26;
const ENTITIES_GROW: u16 = 14;
/// Columns of the comment pane, and by how many it grows with the window.
const COMMENTS: u16 = 34;
const COMMENTS_GROW: u16 = 14;
/// Columns of the article beside its text: signs on both sides.
const AROUND: u16 = 8;

/// Columns by which the side panes grow: what the article, at its measure, has no use for.
fn growth(width: u16, settings: &Settings) -> (u16, u16) {
    let article = settings.measure + AROUND + 2;
    let spare = width.saturating_sub(article + ENTITIES + COMMENTS);
    let left = (spare / 2).min(ENTITIES_GROW);
    (left, (spare - left).min(COMMENTS_GROW))
}

/// Rectangles of one frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas {
    /// Titles of the panes.
    pub header: Rect,
    /// The panes that are shown, from left to right.
    pub panes: [Option<Rect>; 3],
    /// What the focused span means.
    pub status: Rect,
    /// Hints and prompts; empty in a low window, where prompts use the status row.
    pub hints: Rect,
}

impl Areas {
    /// Divides `area`. `side` is the side pane to show where there is room for one only.
    pub fn new(area: Rect, settings: &Settings, zen: bool, focus: Pane, side: Pane) -> Self {
        let hint_rows = u16::from(area.height >= 16);
        let status_rows = u16::from(area.height >= 3);
        let header_rows = u16::from(area.height >= 4);
        let body_height = area.height - hint_rows - status_rows - header_rows;
        let row = |y: u16, height: u16| Rect {
            x: area.x,
            y: area.y + y,
            width: area.width,
            height,
        };
        let body = row(header_rows, body_height);
        let mut panes = [None; 3];
        let slot = |pane: Pane| Pane::ALL.iter().position(|p| *p == pane).unwrap_or(1);
        if zen || area.width < MEDIUM {
            panes[slot(focus)] = Some(body);
        } else {
            let wide = area.width >= WIDE;
            let (grow_left, grow_right) = growth(area.width, settings);
            let left = settings.entities_width.unwrap_or(ENTITIES + grow_left);
            let right = settings.comments_width.unwrap_or(COMMENTS + grow_right);
            // The article gets at least half of the window, whatever the side panes want.
            let (most_left, most_right) = if wide {
                (area.width / 4, area.width * 3 / 10)
            } else {
                (area.width / 2, area.width / 2)
            };
            let shown = |pane: Pane, width: u16| if wide || side == pane { width } else { 0 };
            let left = shown(Pane::Entities, left.min(most_left));
            let right = shown(Pane::Comments, right.min(most_right));
            // One column on the inner side of a side pane is its border.
            let middle = area.width - left - right - u16::from(left > 0) - u16::from(right > 0);
            let mut x = body.x;
            if left > 0 {
                panes[0] = Some(Rect {
                    x,
                    width: left,
                    ..body
                });
                x += left + 1;
            }
            panes[1] = Some(Rect {
                x,
                width: middle,
                ..body
            });
            x += middle + 1;
            if right > 0 {
                panes[2] = Some(Rect {
                    x,
                    width: right,
                    ..body
                });
            }
        }
        Self {
            header: row(0, header_rows),
            panes,
            status: row(header_rows + body_height, status_rows),
            hints: row(header_rows + body_height + status_rows, hint_rows),
        }
    }

    /// The rectangle of a pane, if it is shown.
    pub fn of(&self, pane: Pane) -> Option<Rect> {
        self.panes[pane as usize]
    }

    /// The pane at a cell.
    pub fn at(&self, x: u16, y: u16) -> Option<Pane> {
        Pane::ALL
            .into_iter()
            .find(|p| self.of(*p).is_some_and(|r| r.contains((x, y).into())))
    }

    /// The columns between panes.
    pub fn borders(&self) -> impl Iterator<Item = u16> {
        let [left, _, right] = self.panes;
        let middle = self.panes[1];
        let after_left = left.zip(middle).map(|(l, _)| l.right());
        let before_right = right.zip(middle).map(|(r, _)| r.x - 1);
        after_left.into_iter().chain(before_right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn areas(width: u16, height: u16, zen: bool, focus: Pane) -> Areas {
        let side = if focus == Pane::Article {
            Pane::Entities
        } else {
            focus
        };
        Areas::new(
            Rect::new(0, 0, width, height),
            &Settings::default(),
            zen,
            focus,
            side,
        )
    }

    #[test]
    fn panes_follow_the_width() {
        assert!(
            areas(120, 40, false, Pane::Article)
                .panes
                .iter()
                .all(Option::is_some)
        );
        let medium = areas(80, 24, false, Pane::Comments);
        assert_eq!(medium.panes.map(|p| p.is_some()), [false, true, true]);
        let narrow = areas(40, 12, false, Pane::Entities);
        assert_eq!(narrow.panes.map(|p| p.is_some()), [true, false, false]);
        let zen = areas(200, 50, true, Pane::Article);
        assert_eq!(zen.of(Pane::Article).map(|r| r.width), Some(200));
    }

    #[test]
    fn side_panes_take_what_the_article_has_no_use_for() {
        let widths = |width: u16| {
            let shown = areas(width, 40, false, Pane::Article);
            shown.panes.map(|p| p.map_or(0, |r| r.width))
        };
        assert_eq!(widths(120), [26, 58, 34]);
        assert_eq!(widths(150), [26, 88, 34]);
        assert_eq!(widths(170), [36, 88, 44]);
        assert_eq!(widths(200), [40, 110, 48]);
        let settings = Settings {
            entities_width: Some(20),
            ..Settings::default()
        };
        let area = Rect::new(0, 0, 200, 40);
        let fixed = Areas::new(area, &settings, false, Pane::Article, Pane::Entities);
        assert_eq!(fixed.of(Pane::Entities).map(|r| r.width), Some(20));
    }

    #[test]
    fn every_size_is_covered_exactly() {
        for width in (0..130).chain([300, 500]) {
            for height in (0..30).chain([200]) {
                for focus in Pane::ALL {
                    let a = areas(width, height, false, focus);
                    let shown: Vec<Rect> = a.panes.into_iter().flatten().collect();
                    let columns: u16 =
                        shown.iter().map(|r| r.width).sum::<u16>() + a.borders().count() as u16;
                    assert_eq!(columns, width, "{width}x{height} {focus:?}");
                    let rows = a.header.height + shown[0].height + a.status.height + a.hints.height;
                    assert_eq!(rows, height, "{width}x{height} {focus:?}");
                }
            }
        }
    }
}
