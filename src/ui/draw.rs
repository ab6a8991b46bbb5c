//! Rows of the view onto cells of the screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;

use crate::base::Role;
use crate::base::text::cluster_width;
use crate::ui::style::Styles;
use crate::view::Run;

/// Writes `text` at column `x` of row `y`, not beyond column `end`; returns the next free column.
pub fn put(buffer: &mut Buffer, x: u16, y: u16, end: u16, text: &str, style: Style) -> u16 {
    let area = buffer.area;
    let end = end.min(area.right());
    if y < area.top() || y >= area.bottom() {
        return x;
    }
    let mut x = x;
    for cluster in text.graphemes(true) {
        let width = cluster_width(cluster) as u16;
        if width == 0 {
            continue;
        }
        if x + width > end {
            break;
        }
        buffer[(x, y)].set_symbol(cluster).set_style(style);
        for hidden in x + 1..x + width {
            buffer[(hidden, y)].reset();
            buffer[(hidden, y)].set_style(style);
        }
        x += width;
    }
    x
}

/// Writes the runs of a row; `at` is the first column, the row, and the column after the last.
/// Returns the next free column.
pub fn put_runs(
    buffer: &mut Buffer,
    at: (u16, u16, u16),
    runs: &[Run],
    text: &str,
    styles: &Styles,
) -> u16 {
    let (mut x, y, end) = at;
    for run in runs {
        x = put(buffer, x, y, end, run.text.of(text), styles.of(run.roles));
    }
    x
}

/// Gives the whole row `y` of `area` the style of `role`, keeping what is written there.
pub fn tint(buffer: &mut Buffer, area: Rect, y: u16, styles: &Styles, role: Role) {
    let row = Rect {
        y,
        height: 1,
        ..area
    }
    .intersection(buffer.area);
    buffer.set_style(row, styles.of(role));
}

/// Blanks `area`.
pub fn clear(buffer: &mut Buffer, area: Rect) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            buffer[(x, y)].reset();
        }
    }
}
