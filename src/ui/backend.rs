//! The way from cells to bytes. ratatui's own backend, with one thing added: after a cluster whose
//! width terminals disagree about, the cursor is placed again, so that what follows it on the row
//! stands where it should whatever the terminal made of the cluster. Each frame is one
//! synchronized update.

use std::io::{self, BufWriter, Stdout, Write};

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Size};

use crate::base::text::width_is_disputed;

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
        let mut cells = content.peekable();
        while cells.peek().is_some() {
            let mut last = false;
            // The inner backend places the cursor at the first cell of every call.
            let run = std::iter::from_fn(|| {
                if last {
                    return None;
                }
                let (x, y, cell) = cells.next()?;
                last = width_is_disputed(cell.symbol());
                Some((x, y, cell))
            });
            let run: Vec<(u16, u16, &Cell)> = run.collect();
            self.inner.draw(run.into_iter())?;
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.inner.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.inner.show_cursor()
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
