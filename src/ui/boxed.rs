//! The frame of whatever lies over the panes: a border all around, a title in it, a hint of the
//! keys, and one blank column inside.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::Role;
use crate::base::text::{cluster_width, truncate, width};
use crate::config::Signs;
use crate::ui::draw;
use crate::ui::style::Styles;

/// Columns that a frame takes from what is in it.
pub const SIDES: u16 = 4;
/// Rows that a frame takes from what is in it.
pub const ENDS: u16 = 2;
/// Up to how many columns of window a frame takes all of them.
const NARROW: u16 = 80;

/// The frame in the middle of `area` for this much content, as large as the window at most.
pub fn place(area: Rect, columns: u16, rows: u16) -> Rect {
    let width = if area.width <= NARROW {
        area.width
    } else {
        columns.saturating_add(SIDES).min(area.width)
    };
    let height = rows.saturating_add(ENDS).min(area.height);
    Rect {
        x: area.x + (area.width - width) / 2,
        y: area.y + (area.height - height) / 2,
        width,
        height,
    }
}

/// What is left for the content inside a frame.
pub fn inner(frame: Rect) -> Rect {
    let side = (SIDES / 2).min(frame.width);
    Rect {
        x: frame.x + side,
        y: frame.y + 1.min(frame.height),
        width: frame.width.saturating_sub(SIDES),
        height: frame.height.saturating_sub(ENDS),
    }
}

/// Draws a frame and blanks what is in it. Of the hints the first that fits is shown.
pub fn frame(
    buffer: &mut Buffer,
    frame: Rect,
    title: &str,
    hints: &[&str],
    signs: Signs,
    styles: &Styles,
) {
    if frame.is_empty() {
        return;
    }
    // A wide letter that the left edge would cut in half is taken away whole.
    if let Some(x) = frame.x.checked_sub(1) {
        for y in frame.top()..frame.bottom() {
            if let Some(cell) = buffer.cell_mut((x, y))
                && cluster_width(cell.symbol()) > 1
            {
                cell.set_symbol(" ");
            }
        }
    }
    draw::clear(buffer, frame);
    let [corner, across, down] = match signs {
        Signs::Unicode => [["┌", "┐", "└", "┘"], ["─"; 4], ["│"; 4]],
        Signs::Ascii => [["+"; 4], ["-"; 4], ["|"; 4]],
    };
    let border = styles.of(Role::Border);
    let (right, last) = (frame.right() - 1, frame.bottom() - 1);
    for y in frame.top()..frame.bottom() {
        draw::put(buffer, frame.x, y, frame.right(), down[0], border);
        draw::put(buffer, right, y, frame.right(), down[0], border);
    }
    let rule = across[0].repeat(usize::from(frame.width.saturating_sub(2)));
    for (y, left_corner, right_corner) in [
        (frame.y, corner[0], corner[1]),
        (last, corner[2], corner[3]),
    ] {
        let x = draw::put(buffer, frame.x, y, frame.right(), left_corner, border);
        let x = draw::put(buffer, x, y, right, &rule, border);
        draw::put(buffer, x, y, frame.right(), right_corner, border);
    }
    let room = usize::from(frame.width.saturating_sub(SIDES));
    if room > 2 {
        let title = format!(" {} ", truncate(title, room - 2));
        let style = styles.of(Role::PaneTitleFocus);
        draw::put(buffer, frame.x + 2, frame.y, right, &title, style);
    }
    if last > frame.y
        && let Some(hint) = hints.iter().find(|h| width(h) + 2 <= room)
    {
        let x = right - 1 - width(hint) as u16 - 2;
        let hint = format!(" {hint} ");
        draw::put(buffer, x, last, right, &hint, styles.of(Role::Dim));
    }
}
