//! Ui: the only room that knows ratatui and crossterm. Each pane owns its state, its keys and its
//! drawing; `app` holds what they share; files are touched only through [`Desk`].
//!
//! May call `base`, `model`, `config`, `view`.

mod app;
mod article_pane;
mod backend;
mod boxed;
mod commands;
mod comment_pane;
mod correcting;
mod desk;
mod draw;
mod entity_pane;
mod event;
mod exporting;
mod frame;
mod going;
mod grid;
mod keys;
mod layer_keys;
mod layout;
pub mod library;
mod list;
mod marking;
mod mouse;
mod picks;
mod popup;
mod prompt;
mod reattach;
mod replace;
mod session;
mod sheets;
mod style;
mod terminal;
mod worker;

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use ratatui::Terminal;

pub use app::{App, Effect};
pub use desk::{Desk, Exported, FormatInfo, Opened, Shown};
pub use event::Event;
pub use layout::WIDE;
pub use terminal::output_columns;

use crate::base::{Error, Result};
use crate::config::{Config, Depth};
use backend::{DisputedRows, Screen};
use terminal::Guard;
use worker::Worker;

/// Bytes of an article whose first frame waits for the rules' marks, and for how long: less than
/// anybody sees.
const SHORT: usize = 32 * 1024;
const GRACE: Duration = Duration::from_micros(1500);

/// Runs the reader until it is left.
///
/// `panic` makes it panic after the first frame, to show that the terminal is restored.
///
/// # Errors
/// If the terminal cannot be used.
pub fn run(
    desk: Arc<dyn Desk>,
    config: Config,
    depth: Depth,
    opened: Opened,
    panic: bool,
) -> Result<()> {
    let title = config
        .settings
        .window_title
        .then(|| match &opened.document.meta.title {
            Some(title) => format!("{title} — byline"),
            None => "byline".to_owned(),
        });
    let mouse = config.settings.mouse;
    let mut app = App::new(Arc::clone(&desk), config, depth, opened);
    drive(desk, &mut app, mouse, title.as_deref(), panic)
        .map_err(|e| Error::new("terminal", e.to_string()).remedy("try --plain"))
}

fn drive(
    desk: Arc<dyn Desk>,
    app: &mut App,
    mouse: bool,
    title: Option<&str>,
    panic: bool,
) -> io::Result<()> {
    let (sender, receiver) = channel();
    let mut worker = Worker::new(Arc::clone(&desk), sender.clone());
    let mut librarian = library::Librarian::default();
    let mut refresher = library::Refresher::default();
    let mut guard = Guard::enter(mouse, title)?;
    let mut terminal = Terminal::new(Screen::new())?;
    let mut disputed = DisputedRows::default();
    if app.session().shown == Shown::Waiting {
        worker.fetch(app.session().opening, app.session().index)?;
    }
    // The rules are at work on a thread of their own while the text is drawn; their marks follow.
    if app.session().annotating {
        let session = app.session();
        worker.annotate(session.opening, Arc::clone(session.document()))?;
        // The marks of a short article come with the first frame, where they are as quick.
        if session.document().text.len() < SHORT
            && let Ok(event) = receiver.recv_timeout(GRACE)
        {
            app.update(event);
        }
    }
    draw(&mut terminal, &mut disputed, app)?;
    event::start(&sender)?;
    assert!(!panic, "asked to by BYLINE_PANIC");
    let mut effects = wait(&receiver, app);
    loop {
        let mut redraw = true;
        for effect in effects {
            match effect {
                Effect::Quit => {
                    worker.finish();
                    librarian.finish();
                    return Ok(());
                }
                Effect::Suspend => {
                    guard.give_back();
                    signal_hook::low_level::emulate_default_handler(signal_hook::consts::SIGTSTP)?;
                    guard.take()?;
                    terminal.clear()?;
                }
                Effect::Redraw => terminal.clear()?,
                Effect::Copy(text) => {
                    let sequence = CopyToClipboard::to_clipboard_from(text);
                    let mut bytes = String::new();
                    if crossterm::Command::write_ansi(&sequence, &mut bytes).is_ok() {
                        terminal.backend_mut().send(&bytes)?;
                    }
                }
                Effect::Annotate => {
                    let session = app.session();
                    worker.annotate(session.opening, Arc::clone(session.document()))?;
                    redraw = false;
                }
                Effect::Fetch => worker.fetch(app.session().opening, app.session().index)?,
                Effect::FetchStored(id) => worker.fetch_stored(app.session().opening, id)?,
                Effect::Compare => {
                    let session = app.session();
                    let document = Arc::clone(&session.annotated.document);
                    worker.compare(session.opening, document)?;
                }
                Effect::Save(save) => worker.save(save)?,
                Effect::Pipe(command, bytes) => worker.pipe(command, bytes)?,
                Effect::Mouse(on) => guard.mouse(on)?,
                Effect::Ask(ask) => librarian.ask(&desk, &sender, ask)?,
                Effect::Refresh => refresher.start(&desk, &sender)?,
                Effect::StopRefresh => refresher.stop(),
            }
        }
        if redraw {
            draw(&mut terminal, &mut disputed, app)?;
        }
        effects = wait(&receiver, app);
    }
}

/// Waits for the next event, then takes everything that has come meanwhile, so that a flood of
/// keys costs one frame, not one each.
fn wait(receiver: &Receiver<Event>, app: &mut App) -> Vec<Effect> {
    let first = match app.deadline() {
        None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        Some(at) => receiver.recv_timeout(at.saturating_duration_since(Instant::now())),
    };
    let mut effects = match first {
        Ok(event) => app.update(event),
        Err(RecvTimeoutError::Timeout) => app.expire(),
        Err(RecvTimeoutError::Disconnected) => vec![Effect::Quit],
    };
    while effects.is_empty() {
        let Ok(event) = receiver.try_recv() else {
            break;
        };
        effects.extend(app.update(event));
    }
    effects
}

fn draw(
    terminal: &mut Terminal<Screen>,
    disputed: &mut DisputedRows,
    app: &mut App,
) -> io::Result<()> {
    terminal.backend_mut().begin()?;
    terminal.draw(|frame| {
        let buffer = frame.buffer_mut();
        app.draw(buffer);
        disputed.mark(buffer);
    })?;
    terminal.backend_mut().end()
}
