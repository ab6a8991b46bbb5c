//! The export menu: which format. Where to is asked by a prompt.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::Role;
use crate::base::text::width;
use crate::ui::desk::FormatInfo;
use crate::ui::draw;
use crate::ui::style::Styles;

/// The export menu.
#[derive(Debug)]
pub struct ExportMenu {
    formats: Vec<FormatInfo>,
    selected: usize,
}

impl ExportMenu {
    /// A menu of `formats`.
    pub fn new(formats: Vec<FormatInfo>) -> Self {
        Self {
            formats,
            selected: 0,
        }
    }

    /// The selected format.
    pub fn selected(&self) -> Option<&FormatInfo> {
        self.formats.get(self.selected)
    }

    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        let last = self.formats.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// Draws the menu over `area`.
    pub fn draw(&self, buffer: &mut Buffer, area: Rect, rule: &str, styles: &Styles) {
        let columns = 64.min(area.width);
        let rows = (self.formats.len() as u16 + 2).min(area.height);
        let frame = Rect {
            x: area.x + (area.width - columns) / 2,
            y: area.y + (area.height - rows) / 2,
            width: columns,
            height: rows,
        };
        draw::clear(buffer, frame);
        let line = rule.repeat(usize::from(frame.width));
        let border = styles.of(Role::Border);
        draw::put(buffer, frame.x, frame.y, frame.right(), &line, border);
        let last = frame.bottom().saturating_sub(1);
        draw::put(buffer, frame.x, last, frame.right(), &line, border);
        let title = styles.of(Role::PaneTitleFocus);
        draw::put(
            buffer,
            frame.x + 2,
            frame.y,
            frame.right(),
            " Export ",
            title,
        );
        let hint = " Enter to a file · c copies · q closes ";
        let from = frame
            .right()
            .saturating_sub(width(hint) as u16 + 2)
            .max(frame.x);
        draw::put(
            buffer,
            from,
            last,
            frame.right(),
            hint,
            styles.of(Role::Dim),
        );
        for (n, (y, format)) in (frame.y + 1..last).zip(&self.formats).enumerate() {
            let chosen = n == self.selected;
            let mark = if chosen { "› " } else { "  " };
            let role = if chosen { Role::Key } else { Role::Text };
            let x = draw::put(
                buffer,
                frame.x + 2,
                y,
                frame.right(),
                mark,
                styles.of(Role::Key),
            );
            let x = draw::put(buffer, x, y, frame.right(), format.label, styles.of(role));
            let x = x.max(frame.x + 16) + 2;
            draw::put(
                buffer,
                x,
                y,
                frame.right(),
                format.about,
                styles.of(Role::Dim),
            );
        }
    }
}
