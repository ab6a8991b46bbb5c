//! How far a long run is, on one line of standard error; only where that is a terminal and the
//! output is not.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Between two drawings.
const PAUSE: Duration = Duration::from_millis(100);
/// Cells of the bar.
const CELLS: usize = 24;

/// A line that says how far a run is.
pub(super) struct Progress {
    shown: bool,
    /// Bytes to read, where they can be told.
    total: Option<u64>,
    began: Instant,
    drawn: Option<Instant>,
}

impl Progress {
    /// A run over `total` bytes. It is shown if standard error is a terminal and the output, which
    /// goes to standard output if `to_stdout`, does not get into its way.
    pub fn new(total: Option<u64>, to_stdout: bool) -> Self {
        let free = !to_stdout || !std::io::stdout().is_terminal();
        Self {
            shown: free && std::io::stderr().is_terminal(),
            total: total.filter(|t| *t > 0),
            began: Instant::now(),
            drawn: None,
        }
    }

    /// `texts` of `words` words are done, `bytes` of the input.
    pub fn step(&mut self, texts: usize, words: usize, bytes: u64) {
        if !self.shown || self.drawn.is_some_and(|at| at.elapsed() < PAUSE) {
            return;
        }
        self.drawn = Some(Instant::now());
        let line = line(self.total, texts, words, bytes, self.began.elapsed());
        let _ = write!(std::io::stderr().lock(), "\r{line}\x1b[K");
    }

    /// Takes the line away.
    pub fn end(&self) {
        if self.drawn.is_some() {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[K");
        }
    }
}

fn line(total: Option<u64>, texts: usize, words: usize, bytes: u64, took: Duration) -> String {
    let rate = words as f64 / took.as_secs_f64().max(0.001);
    let done = format!("{texts} texts, {words} words, {rate:.0} words/s");
    let Some(total) = total else {
        return done;
    };
    let share = (bytes as f64 / total as f64).clamp(0.0, 1.0);
    let full = (share * CELLS as f64) as usize;
    let bar = format!("{}{}", "#".repeat(full), "-".repeat(CELLS - full));
    format!("[{bar}] {:3.0} %  {done}", share * 100.0)
}

/// A line that says how many of a number of things are done.
pub(super) struct Counted {
    shown: bool,
    drawn: bool,
    total: usize,
    done: usize,
    what: &'static str,
}

impl Counted {
    /// `total` things called `what` are to be done. Shown if standard error is a terminal.
    pub fn new(total: usize, what: &'static str) -> Self {
        let mut progress = Self {
            shown: std::io::stderr().is_terminal(),
            drawn: false,
            total,
            done: 0,
            what,
        };
        progress.draw();
        progress
    }

    /// One more is done.
    pub fn step(&mut self) {
        self.done += 1;
        self.draw();
    }

    /// Says a line above the progress.
    pub fn say(&mut self, line: &str) {
        self.end();
        super::output::say(line);
        self.draw();
    }

    fn draw(&mut self) {
        if self.shown {
            let share = self.done as f64 / self.total.max(1) as f64;
            let full = (share * CELLS as f64) as usize;
            let bar = format!("{}{}", "#".repeat(full), "-".repeat(CELLS - full));
            let (done, total, what) = (self.done, self.total, self.what);
            let _ = write!(
                std::io::stderr().lock(),
                "\r[{bar}] {done}/{total} {what}\x1b[K"
            );
            self.drawn = true;
        }
    }

    /// Takes the line away.
    pub fn end(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(std::io::stderr().lock(), "\r\x1b[K");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_says_how_far_it_is() {
        let second = Duration::from_secs(1);
        assert_eq!(
            line(Some(200), 3, 600, 100, second),
            "[############------------]  50 %  3 texts, 600 words, 600 words/s"
        );
        assert_eq!(
            line(None, 3, 600, 100, second),
            "3 texts, 600 words, 600 words/s"
        );
    }
}
