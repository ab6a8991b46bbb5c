//! The way from cells to bytes. Differs from ratatui's own backend in three things. After a cluster
//! whose width terminals disagree about, the cursor is placed again, so that what follows it on
//! the row stands where it should whatever the terminal made of the cluster. The sixteen colours
//! are sent as a terminal of sixteen colours understands them. Nothing depends on `NO_COLOR`
//! inside a library: a style without colour is sent without colour. Each frame is one synchronized
//! update.

use std::io::{self, BufWriter, Stdout, Write};

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

use crate::base::text::{cluster_width, width_is_disputed};

/// Bytes gathered before one write to the terminal; a full frame of a large window fits.
const BUFFER: usize = 64 * 1024;

/// The screen.
#[derive(Debug)]
pub struct Screen {
    inner: CrosstermBackend<BufWriter<Stdout>>,
}

impl Screen {
    /// The screen on standard output.
    pub fn new() -> Self {
        let out = BufWriter::with_capacity(BUFFER, io::stdout());
        Self {
            inner: CrosstermBackend::new(out),
        }
    }

    /// Starts a synchronized update; what follows appears at once at [`Screen::end`].
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn begin(&mut self) -> io::Result<()> {
        queue!(self.inner, BeginSynchronizedUpdate)
    }

    /// Ends the synchronized update and sends it.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn end(&mut self) -> io::Result<()> {
        queue!(self.inner, EndSynchronizedUpdate)?;
        io::Write::flush(&mut self.inner)
    }

    /// Writes bytes of our own making past the cells: a clipboard sequence.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn send(&mut self, bytes: &str) -> io::Result<()> {
        self.inner.write_all(bytes.as_bytes())?;
        io::Write::flush(&mut self.inner)
    }
}

impl Backend for Screen {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // Where the cursor is, as far as every terminal agrees.
        let mut cursor: Option<(u16, u16)> = None;
        let mut look = Look::default();
        let mut any = false;
        for (x, y, cell) in content {
            any = true;
            if cursor != Some((x, y)) {
                write!(self.inner, "\x1b[{};{}H", y + 1, x + 1)?;
            }
            let next = Look {
                fg: cell.fg,
                bg: cell.bg,
                modifier: cell.modifier,
            };
            if next != look {
                self.inner.write_all(next.sequence().as_bytes())?;
                look = next;
            }
            let symbol = cell.symbol();
            self.inner.write_all(symbol.as_bytes())?;
            let known = !width_is_disputed(symbol);
            cursor = known.then(|| (x + cluster_width(symbol) as u16, y));
        }
        if any {
            self.inner.write_all(b"\x1b[0m")?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        // The guard shows it again. Asked for by ratatui when it is dropped, which panics if the
        // terminal is gone by then.
        let _ = self.inner.show_cursor();
        Ok(())
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        // Never asked of the terminal: a silent one would make us wait.
        Ok(Position::ORIGIN)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.inner.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.inner.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        // One write a frame: `end` flushes.
        Ok(())
    }
}

/// Colours and attributes of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    /// The sequence that sets exactly this look, whatever was set before.
    fn sequence(self) -> String {
        let mut out = String::from("\x1b[0");
        for (flag, code) in [
            (Modifier::BOLD, ";1"),
            (Modifier::DIM, ";2"),
            (Modifier::ITALIC, ";3"),
            (Modifier::UNDERLINED, ";4"),
            (Modifier::REVERSED, ";7"),
        ] {
            if self.modifier.contains(flag) {
                out.push_str(code);
            }
        }
        for (colour, ground) in [(self.fg, 30u8), (self.bg, 40)] {
            match colour {
                Color::Reset => {}
                Color::Rgb(r, g, b) => out.push_str(&format!(";{};2;{r};{g};{b}", ground + 8)),
                Color::Indexed(n) => out.push_str(&format!(";{};5;{n}", ground + 8)),
                named => {
                    let n = named_colour(named);
                    let code = if n < 8 {
                        ground + n
                    } else {
                        ground + 60 + n - 8
                    };
                    out.push_str(&format!(";{code}"));
                }
            }
        }
        out.push('m');
        out
    }
}

/// Position in the palette of sixteen.
fn named_colour(colour: Color) -> u8 {
    match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        _ => 7,
    }
}

/// Rows that held a cluster of disputed width in the last frame. Such a row is sent whole, now and
/// in the frame after, because what is on the screen beyond the cluster is not known.
#[derive(Debug, Default)]
pub struct DisputedRows(Vec<u16>);

impl DisputedRows {
    /// Marks the cells of `buffer` that must be sent whatever they were before.
    pub fn mark(&mut self, buffer: &mut Buffer) {
        let area = buffer.area;
        let mut now = Vec::new();
        for y in area.top()..area.bottom() {
            let row = (area.left()..area.right()).any(|x| {
                let symbol = buffer[(x, y)].symbol();
                symbol.len() > 1 && width_is_disputed(symbol)
            });
            if row {
                now.push(y);
            }
        }
        for &y in now
            .iter()
            .chain(self.0.iter())
            .filter(|y| **y < area.bottom())
        {
            for x in area.left()..area.right() {
                buffer[(x, y)].set_diff_option(CellDiffOption::AlwaysUpdate);
            }
        }
        self.0 = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_colours_are_sent_in_their_own_form() {
        let look = Look {
            fg: Color::LightBlue,
            bg: Color::Red,
            modifier: Modifier::BOLD,
        };
        assert_eq!(look.sequence(), "\x1b[0;1;94;41m");
        let look = Look {
            fg: Color::Indexed(111),
            ..Look::default()
        };
        assert_eq!(look.sequence(), "\x1b[0;38;5;111m");
        assert_eq!(Look::default().sequence(), "\x1b[0m");
    }
}
