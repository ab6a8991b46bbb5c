//! The thread that refreshes the feeds while the reader reads on. One at a time; it is given up by a
//! word, and what it brought until then stays.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::thread::{self, JoinHandle};

use crate::base::Error;
use crate::ui::desk::Desk;
use crate::ui::event::Event;

/// The thread, while there is one.
#[derive(Default)]
pub struct Refresher {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Refresher {
    /// Starts a refresh; how it goes comes as events. One that is under way goes on.
    ///
    /// # Errors
    /// If no thread can be had.
    pub fn start(&mut self, desk: &Arc<dyn Desk>, events: &Sender<Event>) -> std::io::Result<()> {
        if self.thread.as_ref().is_some_and(|t| !t.is_finished()) {
            return Ok(());
        }
        self.stop = Arc::default();
        let (desk, events, stop) = (Arc::clone(desk), events.clone(), Arc::clone(&self.stop));
        let thread = thread::Builder::new()
            .name("feeds".to_owned())
            .spawn(move || {
                let result = match desk.shelf() {
                    None => Err(Error::new("library", "there is none yet")),
                    Some(shelf) => shelf.refresh(&stop, &mut |so_far| {
                        let _ = events.send(Event::Refreshing(so_far));
                    }),
                };
                let _ = events.send(Event::Refreshed(result));
            })?;
        self.thread = Some(thread);
        Ok(())
    }

    /// Gives it up: nothing more is asked, what is here is still taken in.
    pub fn stop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
    }
}

impl Drop for Refresher {
    fn drop(&mut self) {
        self.stop();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
