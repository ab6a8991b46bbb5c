//! The thread that asks the shelf. What was asked later makes an earlier search void, so typing fast
//! costs one search and not one a letter; changes are all made, in their order.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::ui::desk::Desk;
use crate::ui::event::Event;
use crate::ui::library::shelf::Ask;

/// The thread, started with the first question.
#[derive(Default)]
pub struct Librarian {
    asks: Option<Sender<Ask>>,
    thread: Option<JoinHandle<()>>,
}

impl Librarian {
    /// Asks; the answer comes as an event.
    ///
    /// # Errors
    /// If no thread can be had.
    pub fn ask(
        &mut self,
        desk: &Arc<dyn Desk>,
        events: &Sender<Event>,
        ask: Ask,
    ) -> std::io::Result<()> {
        if self.asks.is_none() {
            let (sender, receiver) = channel();
            let (desk, events) = (Arc::clone(desk), events.clone());
            let thread = thread::Builder::new()
                .name("library".to_owned())
                .spawn(move || work(&*desk, &receiver, &events))?;
            (self.asks, self.thread) = (Some(sender), Some(thread));
        }
        if let Some(asks) = &self.asks {
            let _ = asks.send(ask);
        }
        Ok(())
    }

    /// Waits until every change is made.
    pub fn finish(&mut self) {
        self.asks = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Librarian {
    fn drop(&mut self) {
        self.finish();
    }
}

fn work(desk: &dyn Desk, asks: &Receiver<Ask>, events: &Sender<Event>) {
    while let Ok(first) = asks.recv() {
        let waiting: Vec<Ask> = std::iter::once(first).chain(asks.try_iter()).collect();
        for ask in current(waiting) {
            let Some(shelf) = desk.shelf() else { return };
            if events.send(Event::Shelf(shelf.answer(ask))).is_err() {
                return;
            }
        }
    }
}

/// What is still to be asked: of searches, previews and completions the last of each.
fn current(waiting: Vec<Ask>) -> Vec<Ask> {
    let kind = |ask: &Ask| match ask {
        Ask::Find(_) => Some(0),
        Ask::Preview(_) => Some(1),
        Ask::Complete(_) => Some(2),
        _ => None,
    };
    let kinds: Vec<Option<u8>> = waiting.iter().map(kind).collect();
    waiting
        .into_iter()
        .enumerate()
        .filter(|(n, _)| kinds[*n].is_none() || !kinds[n + 1..].contains(&kinds[*n]))
        .map(|(_, ask)| ask)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::library::Flag;
    use crate::ui::library::shelf::{Change, Why};

    #[test]
    fn a_later_search_makes_an_earlier_one_void_and_no_change_is_lost() {
        let change = |id| Ask::Change {
            ids: vec![id],
            change: Change::Flag(Flag::Starred, true),
            why: Why::Done,
        };
        let asks = vec![
            Ask::Preview(1),
            Ask::Complete("a".to_owned()),
            change(1),
            Ask::Preview(2),
            change(2),
            Ask::Complete("ab".to_owned()),
        ];
        let left: Vec<String> = current(asks).iter().map(|a| format!("{a:?}")).collect();
        assert_eq!(left.len(), 4);
        assert!(left[0].contains("[1]") && left[1].contains("Preview(2)"));
        assert!(left[2].contains("[2]") && left[3].contains("\"ab\""));
    }
}
