//! Work beside the screen: one thread annotates, one saves. A save never waits for the annotator,
//! and leaving waits for the saves alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use crate::base::Error;
use crate::model::{Document, Highlight};
use crate::ui::desk::Desk;
use crate::ui::event::Event;

/// A save to do.
#[derive(Debug)]
pub struct Save {
    /// Which opening it belongs to.
    pub opening: u64,
    /// Its number within that opening.
    pub number: u64,
    /// The article.
    pub document: Arc<Document>,
    /// What was on disk when the article was opened.
    pub loaded: Vec<Highlight>,
    /// What is to be stored.
    pub now: Vec<Highlight>,
}

/// The two threads.
pub struct Worker {
    desk: Arc<dyn Desk>,
    events: Sender<Event>,
    saves: Option<Sender<Save>>,
    saver: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts the saver; the annotator starts with each article.
    pub fn new(desk: Arc<dyn Desk>, events: Sender<Event>) -> Self {
        Self {
            desk,
            events,
            saves: None,
            saver: None,
        }
    }

    /// Annotates `document` on a thread of its own, so that a long article given up does not hold
    /// the next one back.
    ///
    /// # Errors
    /// If no thread can be had.
    pub fn annotate(&self, opening: u64, document: Arc<Document>) -> std::io::Result<()> {
        let (desk, events) = (Arc::clone(&self.desk), self.events.clone());
        thread::Builder::new()
            .name("annotate".to_owned())
            .spawn(move || {
                // The article can be read without marks, so a fault in a rule must not end the program.
                let result = catch_unwind(AssertUnwindSafe(|| Arc::new(desk.annotate(&document))));
                let result = result.map_err(|_| {
                    Error::new(
                        "annotator",
                        "stopped on this article; it is shown without marks",
                    )
                    .remedy("please report the article")
                });
                let _ = events.send(Event::Annotated { opening, result });
            })?;
        Ok(())
    }

    /// Saves, in the order of the calls.
    ///
    /// # Errors
    /// If no thread can be had.
    pub fn save(&mut self, save: Save) -> std::io::Result<()> {
        if self.saves.is_none() {
            let (sender, receiver) = channel::<Save>();
            let (desk, events) = (Arc::clone(&self.desk), self.events.clone());
            let saver = thread::Builder::new()
                .name("save".to_owned())
                .spawn(move || {
                    // What this thread knows to be on disk; a failed save changes nothing there.
                    let mut on_disk: Option<(u64, Vec<Highlight>)> = None;
                    for Save {
                        opening,
                        number,
                        document,
                        loaded,
                        now,
                    } in receiver
                    {
                        let before = match on_disk.take() {
                            Some((of, before)) if of == opening => before,
                            _ => loaded,
                        };
                        let result = desk.save(&document, &before, &now);
                        on_disk = Some((opening, result.as_ref().map_or(before, Clone::clone)));
                        let _ = events.send(Event::Saved {
                            opening,
                            save: number,
                            result,
                        });
                    }
                })?;
            (self.saves, self.saver) = (Some(sender), Some(saver));
        }
        if let Some(saves) = &self.saves {
            let _ = saves.send(save);
        }
        Ok(())
    }

    /// Waits until every save is done.
    pub fn finish(&mut self) {
        self.saves = None;
        if let Some(saver) = self.saver.take() {
            let _ = saver.join();
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.finish();
    }
}
