//! Work beside the screen: one thread annotates, by rules and then with the model, one saves. A save
//! never waits for the annotator, and leaving waits for the saves alone.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};

use crate::base::{Error, Result};
use crate::model::library::ArticleId;
use crate::model::{Annotated, Document, Work};
use crate::ui::desk::Desk;
use crate::ui::event::Event;

/// The article can be read without marks, so a fault in a rule must not end the program.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        Error::new(
            "annotator",
            "stopped on this article; some marks are missing",
        )
        .remedy("please report the article")
    })
}

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
    pub loaded: Work,
    /// What is to be stored.
    pub now: Work,
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
                let send = |result: Result<Annotated>| {
                    let result = result.map(Arc::new);
                    events.send(Event::Annotated { opening, result }).is_ok()
                };
                // The rules' marks first; the model's take their place when they are ready.
                let quick = guarded(|| desk.annotate(&document));
                if send(quick)
                    && let Some(refined) = guarded(|| desk.refine(&document)).transpose()
                {
                    send(refined.and_then(|refined| refined));
                }
            })?;
        Ok(())
    }

    /// Fetches the article at `index` on a thread of its own. Leaving does not wait for it.
    ///
    /// # Errors
    /// If no thread can be had.
    pub fn fetch(&self, opening: u64, index: usize) -> std::io::Result<()> {
        let (desk, events) = (Arc::clone(&self.desk), self.events.clone());
        thread::Builder::new()
            .name("fetch".to_owned())
            .spawn(move || {
                let result = guarded(|| desk.fetch(index)).and_then(|opened| opened);
                let _ = events.send(Event::Fetched { opening, result });
            })?;
        Ok(())
    }

    /// Fetches the page of an article of the library on a thread of its own.
    ///
    /// # Errors
    /// If no thread can be had.
    pub fn fetch_stored(&self, opening: u64, id: ArticleId) -> std::io::Result<()> {
        let (desk, events) = (Arc::clone(&self.desk), self.events.clone());
        thread::Builder::new()
            .name("fetch".to_owned())
            .spawn(move || {
                let result = guarded(|| desk.fetch_stored(id)).and_then(|id| id);
                let _ = events.send(Event::FetchedStored { opening, result });
            })?;
        Ok(())
    }

    /// Asks the other annotator about `document` on a thread of its own: it may take its time.
    ///
    /// # Errors
    /// If no thread can be had.
    pub fn compare(&self, opening: u64, document: Arc<Document>) -> std::io::Result<()> {
        let (desk, events) = (Arc::clone(&self.desk), self.events.clone());
        thread::Builder::new()
            .name("compare".to_owned())
            .spawn(move || {
                let result = guarded(|| desk.differences(&document)).and_then(Option::transpose);
                let _ = events.send(Event::Compared { opening, result });
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
                    let mut on_disk: Option<(u64, Work)> = None;
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

    /// Runs a command line with bytes as its input, on a thread of its own: it may take its time.
    ///
    /// # Errors
    /// If no thread can be had.
    pub fn pipe(&self, command: String, bytes: Vec<u8>) -> std::io::Result<()> {
        let (desk, events) = (Arc::clone(&self.desk), self.events.clone());
        thread::Builder::new()
            .name("pipe".to_owned())
            .spawn(move || {
                let result = desk.pipe(&command, &bytes);
                let _ = events.send(Event::Piped { command, result });
            })?;
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

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Mutex;
    use std::sync::mpsc::Receiver;

    use super::*;
    use crate::model::{Highlight, Metadata};
    use crate::ui::desk::{Exported, FormatInfo, Opened};

    /// A desk whose model is ready when a word comes, which may be never.
    struct Slow(Mutex<Receiver<()>>);

    impl Desk for Slow {
        fn count(&self) -> usize {
            1
        }
        fn open(&self, _: usize) -> Result<Opened> {
            Err(Error::default())
        }
        fn annotate(&self, document: &Arc<Document>) -> Annotated {
            Annotated::bare(Arc::clone(document))
        }
        fn refine(&self, document: &Arc<Document>) -> Option<Result<Annotated>> {
            let word = self.0.lock().unwrap().recv();
            word.ok()
                .map(|()| Ok(Annotated::bare(Arc::clone(document))))
        }
        fn save(&self, _: &Document, _: &Work, now: &Work) -> Result<Work> {
            Ok(now.clone())
        }
        fn formats(&self) -> Vec<FormatInfo> {
            Vec::new()
        }
        fn pipe(&self, _: &str, _: &[u8]) -> Result<String> {
            Err(Error::default())
        }
        fn export(&self, _: &str, _: &Annotated, _: &[Highlight]) -> Result<Exported> {
            Ok(Exported::default())
        }
        fn write(&self, _: &Path, _: &[u8], _: bool) -> Result<bool> {
            Ok(true)
        }
        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }
    }

    fn document() -> Arc<Document> {
        Arc::new(Document {
            id: String::new(),
            text: "".into(),
            blocks: Vec::new(),
            meta: Metadata::default(),
            details: Vec::new(),
        })
    }

    #[test]
    fn the_rules_come_first_and_the_model_after_them() {
        let (ready, word) = channel();
        let (events, seen) = channel();
        let worker = Worker::new(Arc::new(Slow(Mutex::new(word))), events);
        worker.annotate(3, document()).unwrap();
        for round in 0..2 {
            if round == 1 {
                ready.send(()).unwrap();
            }
            let event = seen.recv().unwrap();
            assert!(matches!(
                event,
                Event::Annotated {
                    opening: 3,
                    result: Ok(_)
                }
            ));
        }
    }

    #[test]
    fn leaving_does_not_wait_for_the_model() {
        let (ready, word) = channel::<()>();
        let (events, seen) = channel();
        let mut worker = Worker::new(Arc::new(Slow(Mutex::new(word))), events);
        worker.annotate(1, document()).unwrap();
        seen.recv().unwrap();
        worker
            .save(Save {
                opening: 1,
                number: 1,
                document: document(),
                loaded: Work::default(),
                now: Work::default(),
            })
            .unwrap();
        // The model is still at work, and for ever.
        worker.finish();
        assert!(matches!(seen.recv().unwrap(), Event::Saved { .. }));
        drop(ready);
    }
}
