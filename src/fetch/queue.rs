//! Many requests at once: one at a time for each host, a few in all, and a host that keeps silent
//! gives its turn to others. The queue waits in the caller's thread and tells it what happens;
//! whoever cancels gets the caller's thread back at once. Calls `base` and this room.

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::address;
use super::answer::Answer;
use super::client::{Client, Request};
use super::fault;
use crate::base::{Error, Result};

/// Requests that run at once.
const AT_ONCE: usize = 4;
/// Requests that run at once when some of them are slow.
const AT_MOST: usize = 16;
/// After this a request is slow: its turn goes to another host.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often a waiting queue looks whether it is cancelled.
const LOOK: Duration = Duration::from_millis(50);

/// A word that what was asked for is no longer wanted; copies are one word.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// The word that another part of the program says by setting `said`.
    pub fn heard(said: Arc<AtomicBool>) -> Self {
        Self(said)
    }

    /// Says the word.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was said.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What happens in a queue.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// The request at this position is sent.
    Begun(usize),
    /// The request at this position is answered, or failed.
    Done(usize, Result<Answer>),
}

/// A request under way.
struct Running {
    position: usize,
    host: String,
    since: Instant,
}

/// Fetches all `requests` and calls `tell` with every step, in the order in which things happen.
/// Every request is told as done once, also after a cancellation.
pub fn fetch_all(
    client: &Client,
    requests: &[Request],
    cancel: &Cancel,
    mut tell: impl FnMut(Step),
) {
    let (done, finished) = channel();
    let mut waiting: VecDeque<(usize, String)> = requests
        .iter()
        .map(|request| address::server(&request.url))
        .enumerate()
        .collect();
    let mut running: Vec<Running> = Vec::new();
    while !waiting.is_empty() || !running.is_empty() {
        if cancel.is_cancelled() {
            let left = running.iter().map(|r| r.position);
            for position in left.chain(waiting.iter().map(|w| w.0)) {
                let name = address::name(&requests[position].url);
                tell(Step::Done(position, Err(fault::given_up(&name))));
            }
            return;
        }
        while let Some((position, host)) = next(&mut waiting, &running) {
            tell(Step::Begun(position));
            match start(client, &requests[position], position, cancel, &done) {
                Ok(()) => running.push(Running {
                    position,
                    host,
                    since: Instant::now(),
                }),
                Err(error) => tell(Step::Done(position, Err(error))),
            }
        }
        match finished.recv_timeout(LOOK) {
            Ok((position, result)) => {
                running.retain(|r| r.position != position);
                tell(Step::Done(position, result));
            }
            // The queue itself holds a sender.
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }
}

/// The next request whose host is free, if another may run.
fn next(waiting: &mut VecDeque<(usize, String)>, running: &[Running]) -> Option<(usize, String)> {
    let quick = running.iter().filter(|r| r.since.elapsed() < PATIENCE);
    if running.len() >= AT_MOST || quick.count() >= AT_ONCE {
        return None;
    }
    let taken: BTreeSet<&str> = running.iter().map(|r| r.host.as_str()).collect();
    let free = waiting.iter().position(|w| !taken.contains(w.1.as_str()))?;
    waiting.remove(free)
}

/// Fetches on a thread of its own, which nobody waits for after a cancellation.
fn start(
    client: &Client,
    request: &Request,
    position: usize,
    cancel: &Cancel,
    done: &Sender<(usize, Result<Answer>)>,
) -> Result<()> {
    let (client, request) = (client.clone(), request.clone());
    let (cancel, done) = (cancel.clone(), done.clone());
    let name = address::name(&request.url);
    thread::Builder::new()
        .name("fetch".to_owned())
        .spawn(move || {
            let result = client.fetch(&request, &cancel);
            let _ = done.send((position, result));
        })
        .map(drop)
        .map_err(|e| Error::io(name, "be fetched", &e))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn running(position: usize, host: &str, ago: Duration) -> Running {
        Running {
            position,
            host: host.to_owned(),
            since: Instant::now().checked_sub(ago).unwrap(),
        }
    }

    #[test]
    fn a_host_has_one_request_and_silence_gives_the_turn_away() {
        let waiting = || VecDeque::from([(7, "a".to_owned()), (8, "b".to_owned())]);
        let now = Duration::ZERO;
        let one = [running(0, "a", now)];
        assert_eq!(next(&mut waiting(), &one), Some((8, "b".to_owned())));
        let four: Vec<Running> = ["w", "x", "y", "z"]
            .into_iter()
            .map(|h| running(0, h, now))
            .collect();
        assert_eq!(next(&mut waiting(), &four), None);
        let slow: Vec<Running> = (0..AT_MOST - 1)
            .map(|n| running(n, &format!("h{n}"), PATIENCE))
            .collect();
        assert_eq!(next(&mut waiting(), &slow), Some((7, "a".to_owned())));
        let all: Vec<Running> = (0..AT_MOST)
            .map(|n| running(n, &format!("h{n}"), PATIENCE))
            .collect();
        assert_eq!(next(&mut waiting(), &all), None);
    }
}
