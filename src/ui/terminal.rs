//! The terminal guard: takes the terminal over, and gives everything back — raw mode, alternate
//! screen, mouse, paste, cursor, title — on leave, drop, panic and suspend. Idempotent both ways.
//!
//! Nothing is asked of the terminal, so a silent one starts as fast as any other.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};

use crate::base::text::printable;

/// Buttons, drags and the wheel, in SGR coordinates. Not plain movement: nothing here follows it,
/// and a terminal that reports it wakes the program at every twitch of the hand.
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1002h\x1b[?1006h";
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1002l\x1b[?1000l";
/// Puts the window's title aside, and takes it back (XTWINOPS, the title alone).
const TITLE_SAVE: &str = "\x1b[22;2t";
const TITLE_RESTORE: &str = "\x1b[23;2t";

/// Whether the terminal is ours now, and which of the optional parts are on. Process-wide, since
/// the panic hook must know it too.
static TAKEN: AtomicBool = AtomicBool::new(false);
static MOUSE: AtomicBool = AtomicBool::new(false);
static TITLED: AtomicBool = AtomicBool::new(false);

/// Columns of the terminal that standard output goes to; `None` if it goes anywhere else.
pub fn output_columns() -> Option<u16> {
    let size = || crossterm::terminal::size().ok();
    io::stdout()
        .is_terminal()
        .then(size)?
        .map(|(width, _)| width)
}

/// Holds the terminal; gives it back when dropped.
#[derive(Debug)]
pub struct Guard {
    mouse: bool,
    title: Option<String>,
}

impl Guard {
    /// Takes the terminal and installs the panic hook that gives it back.
    ///
    /// `title` becomes the window's title, made printable first.
    ///
    /// # Errors
    /// If the terminal cannot be set to raw mode or written to.
    pub fn enter(mouse: bool, title: Option<&str>) -> io::Result<Self> {
        let earlier = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if crate::base::guard::is_guarded() {
                return;
            }
            leave();
            earlier(info);
        }));
        let guard = Self {
            mouse,
            title: title.map(|t| printable(t).into_owned()),
        };
        guard.take()?;
        Ok(guard)
    }

    /// Takes the terminal, again after [`Guard::give_back`].
    ///
    /// # Errors
    /// If the terminal cannot be set to raw mode or written to.
    pub fn take(&self) -> io::Result<()> {
        if TAKEN.swap(true, Ordering::SeqCst) {
            return Ok(());
        }
        enable_raw_mode()?;
        let mut out = io::stdout().lock();
        queue!(out, EnterAlternateScreen, Hide, EnableBracketedPaste)?;
        if let Some(title) = &self.title {
            TITLED.store(true, Ordering::SeqCst);
            write!(out, "{TITLE_SAVE}\x1b]2;{title}\x1b\\")?;
        }
        out.flush()?;
        drop(out);
        set_mouse(self.mouse)
    }

    /// Gives the terminal back, until [`Guard::take`].
    #[allow(clippy::unused_self, reason = "only the holder may give it back")]
    pub fn give_back(&self) {
        leave();
    }

    /// Lets byline have the mouse, or gives it to the terminal's own selection.
    ///
    /// # Errors
    /// If the terminal cannot be written to.
    pub fn mouse(&mut self, on: bool) -> io::Result<()> {
        self.mouse = on;
        set_mouse(on)
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        leave();
    }
}

fn set_mouse(on: bool) -> io::Result<()> {
    if MOUSE.swap(on, Ordering::SeqCst) == on {
        return Ok(());
    }
    let mut out = io::stdout().lock();
    out.write_all(if on { MOUSE_ON } else { MOUSE_OFF }.as_bytes())?;
    out.flush()
}

/// Restores everything that was taken. Errors are passed over: where the terminal is gone there
/// is nothing left to restore.
fn leave() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = set_mouse(false);
    let mut out = io::stdout().lock();
    if TITLED.swap(false, Ordering::SeqCst) {
        let _ = out.write_all(TITLE_RESTORE.as_bytes());
    }
    let _ = execute!(
        out,
        DisableBracketedPaste,
        ResetColor,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
}
