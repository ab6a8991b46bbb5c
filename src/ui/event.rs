//! Everything that can happen, in one channel: input, signals, finished work. One thread reads
//! input, one waits for signals; both sleep until something comes.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::{Duration, Instant};

use crossterm::event::{self, Event as Input, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use crate::base::Result;
use crate::model::library::ArticleId;
use crate::model::merge::Differences;
use crate::model::{Annotated, Work};
use crate::ui::desk::Opened;
use crate::ui::library::{Answer, Refreshed};

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key, a paste, the mouse, a new size.
    Input(Input),
    /// The terminal can no longer be read.
    InputLost,
    /// A signal asks to end.
    Terminate,
    /// A signal asks to suspend.
    Suspend,
    /// The annotator is done with the article that was opened as number `opening`.
    Annotated {
        /// Which opening it belongs to.
        opening: u64,
        /// The layers, or why there are none.
        result: Result<Arc<Annotated>>,
    },
    /// The other annotator was asked about the article that was opened as number `opening`.
    Compared {
        /// Which opening it belongs to.
        opening: u64,
        /// Where it and byline differ; nothing where there is none.
        result: Result<Option<Differences>>,
    },
    /// What was fetched for the opening of this number is here.
    Fetched {
        /// Which opening it belongs to.
        opening: u64,
        /// The article, or a page that says why there is none.
        result: Result<Opened>,
    },
    /// The library answered.
    Shelf(Answer),
    /// A refresh of the feeds is so far.
    Refreshing(Refreshed),
    /// A refresh of the feeds is over.
    Refreshed(Result<Refreshed>),
    /// The page of the library's article that was opened under this number is in the library.
    FetchedStored {
        /// Which opening it belongs to.
        opening: u64,
        /// The number of the article now, or why there is no page.
        result: Result<ArticleId>,
    },
    /// A command that was given an export is done.
    Piped {
        /// The command line.
        command: String,
        /// The first line it printed.
        result: Result<String>,
    },
    /// A save is done.
    Saved {
        /// Which opening it belongs to.
        opening: u64,
        /// Which save of that opening.
        save: u64,
        /// What is on disk now.
        result: Result<Work>,
    },
}

/// Starts the threads that read input and wait for signals.
///
/// # Errors
/// If the signal handlers cannot be installed.
pub fn start(sender: &Sender<Event>) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP])?;
    let to_app = sender.clone();
    thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for signal in &mut signals {
                let event = if signal == SIGTSTP {
                    Event::Suspend
                } else {
                    Event::Terminate
                };
                if to_app.send(event).is_err() {
                    return;
                }
            }
        })?;
    let to_app = sender.clone();
    thread::Builder::new()
        .name("input".to_owned())
        .spawn(move || {
            let mut answers = Answers::default();
            loop {
                let Ok(input) = event::read() else {
                    let _ = to_app.send(Event::InputLost);
                    return;
                };
                if answers.is_answer(&input, Instant::now()) {
                    continue;
                }
                if to_app.send(Event::Input(input)).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Recognises what a terminal says by itself — answers to questions of an earlier program, in the
/// form `ESC ] … ESC \` and the like — which the key decoder hands on as Alt-] and letters.
#[derive(Debug, Default)]
struct Answers {
    /// When the last part of a running answer came.
    running: Option<Instant>,
}

impl Answers {
    /// Parts of one answer follow each other at once; a longer pause means a person at the keys.
    const PAUSE: Duration = Duration::from_millis(50);

    fn is_answer(&mut self, input: &Input, now: Instant) -> bool {
        let Input::Key(key) = input else { return false };
        if self
            .running
            .is_some_and(|last| now.duration_since(last) > Self::PAUSE)
        {
            self.running = None;
        }
        if self.running.is_some() {
            let ends = is_alt(key, '\\')
                || key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL;
            self.running = (!ends).then_some(now);
            return true;
        }
        if [']', 'P', '_', '^', 'X']
            .into_iter()
            .any(|c| is_alt(key, c))
        {
            self.running = Some(now);
            return true;
        }
        false
    }
}

fn is_alt(key: &KeyEvent, c: char) -> bool {
    key.kind == KeyEventKind::Press
        && key.code == KeyCode::Char(c)
        && key.modifiers.contains(KeyModifiers::ALT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(c: char, modifiers: KeyModifiers) -> Input {
        Input::Key(KeyEvent::new(KeyCode::Char(c), modifiers))
    }

    #[test]
    fn a_late_answer_is_not_typed_in() {
        let mut answers = Answers::default();
        let start = Instant::now();
        assert!(answers.is_answer(&key(']', KeyModifiers::ALT), start));
        for c in "11;rgb:10/10/10".chars() {
            assert!(answers.is_answer(&key(c, KeyModifiers::NONE), start));
        }
        assert!(answers.is_answer(&key('\\', KeyModifiers::ALT), start));
        assert!(!answers.is_answer(&key('j', KeyModifiers::NONE), start));
    }

    #[test]
    fn a_cut_answer_does_not_swallow_what_is_typed_later() {
        let mut answers = Answers::default();
        let start = Instant::now();
        assert!(answers.is_answer(&key('P', KeyModifiers::ALT), start));
        let later = start + Duration::from_millis(80);
        assert!(!answers.is_answer(&key('j', KeyModifiers::NONE), later));
    }
}
