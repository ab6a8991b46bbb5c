//! `byline feeds refresh`: asks every feed whose time has come, a few at once, and takes in what is
//! new. What is answered is read and annotated on all cores while others are still being fetched.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use jiff::Timestamp;

use super::args::RefreshArgs;
use super::take::{self, Brought};
use super::{find, full, name};
use crate::base::{Error, Result};
use crate::cli::annotator::{Annotator, cores};
use crate::cli::library::maker;
use crate::cli::output;
use crate::cli::progress::Counted;
use crate::cli::web::Web;
use crate::fetch::{Answer, Cancel, Client, Request, Step, Validators, fetch_all};
use crate::model::library::Feed;
use crate::store::library::Library;

/// Runs `byline feeds refresh`.
pub(super) fn run(
    args: &RefreshArgs,
    library: &Library,
    web: &Web,
    annotator: &Annotator,
) -> Result<()> {
    let feeds = if args.feeds.is_empty() {
        library.feeds()?
    } else {
        let mut feeds = Vec::new();
        for wanted in &args.feeds {
            let feed = find(library, wanted)?;
            if feeds.iter().all(|f: &Feed| f.id != feed.id) {
                feeds.push(feed);
            }
        }
        feeds
    };
    if feeds.is_empty() {
        return Err(Error::new("feeds", "there are none yet")
            .remedy("add some with `byline feeds add URL`"));
    }
    let now = Timestamp::now();
    let (due, left): (Vec<Feed>, Vec<Feed>) = feeds
        .into_iter()
        .partition(|f| args.force || !f.gone && f.retry_after.is_none_or(|t| t <= now));
    for feed in &left {
        let why = match feed.retry_after.filter(|_| !feed.gone) {
            Some(time) => format!(
                "asked not to be asked before {}",
                time.strftime("%Y-%m-%d %H:%M UTC")
            ),
            None => "is gone for good".to_owned(),
        };
        output::say(&format!("{}: {why}; --force asks all the same", name(feed)));
    }
    let full_text = args.full_text || web.settings()?.feeds.full_text;
    let due = due.into_iter().map(|feed| (feed, None)).collect();
    let failed = refresh(library, web, annotator, due, full_text)?;
    result(failed)
}

/// The end of a command of which something failed.
pub(super) fn result(failed: usize) -> Result<()> {
    match failed {
        0 => Ok(()),
        1 => Err(Error::new("", "1 feed could not be read")),
        n => Err(Error::new("", format!("{n} feeds could not be read"))),
    }
}

/// What a refresh works with.
pub(super) struct Task<'a> {
    pub library: &'a Library,
    pub client: &'a Client,
    pub annotator: &'a Annotator,
    /// What makes the annotations, in its exact version.
    pub maker: &'a str,
    pub cancel: &'a Cancel,
}

/// What is to be taken in: position, feed, answer.
type Job = (Feed, Result<Answer>);
/// What became of it.
pub(super) type Done = (Feed, Result<Brought>);

/// Asks these feeds, but for those whose answer is here already; says what became of each, and gives
/// back how many failed. With `full_text` the pages of new articles follow, where the feed holds a
/// summary alone.
///
/// # Errors
/// The settings have a mistake. What is wrong with a feed is said and counted.
pub(super) fn refresh(
    library: &Library,
    web: &Web,
    annotator: &Annotator,
    feeds: Vec<(Feed, Option<Result<Answer>>)>,
    full_text: bool,
) -> Result<usize> {
    if feeds.is_empty() {
        return Ok(0);
    }
    let client = web.client()?;
    let annotator = annotator.on_one_thread();
    let maker = maker(&annotator);
    let all = feeds.len();
    let mut progress = Counted::new(all, "feeds");
    let (mut failed, mut new, mut changed) = (0, 0, 0);
    let mut short = Vec::new();
    let task = Task {
        library,
        client: &client,
        annotator: &annotator,
        maker: &maker,
        cancel: &Cancel::default(),
    };
    each(&task, feeds, |(feed, brought)| {
        match brought {
            Ok(brought) => {
                if brought.new + brought.changed > 0 {
                    progress.say(&format!("{}: {}", name(&feed), counted(&brought)));
                }
                new += brought.new;
                changed += brought.changed;
                short.extend(brought.short);
            }
            Err(error) => {
                failed += 1;
                progress.say(&error.to_string());
            }
        }
        progress.step();
    });
    progress.end();
    if full_text && !short.is_empty() {
        full::fetch(&task, &short);
    }
    let articles = Brought {
        new,
        changed,
        short: Vec::new(),
    };
    let feeds = match all {
        1 => "1 feed".to_owned(),
        n => format!("{n} feeds"),
    };
    // Of feeds that could not be read it is not known whether there is something new.
    if failed < all {
        output::say(&format!("{feeds} asked: {}", counted(&articles)));
    }
    Ok(failed)
}

/// Asks these feeds, but for those whose answer is here already, and takes in what comes; `tell` is
/// called with each as soon as it is done. After a cancellation what was not answered is left as it
/// is.
pub(super) fn each(
    task: &Task<'_>,
    feeds: Vec<(Feed, Option<Result<Answer>>)>,
    mut tell: impl FnMut(Done),
) {
    let (jobs, to_do) = channel::<Job>();
    let mut asked = Vec::new();
    for (feed, answer) in feeds {
        match answer {
            Some(answer) => {
                let _ = jobs.send((feed, answer));
            }
            None => asked.push(feed),
        }
    }
    let requests: Vec<Request> = asked
        .iter()
        .map(|feed| {
            let validators = Validators {
                etag: feed.etag.clone(),
                modified: feed.last_modified.clone(),
            };
            Request::feed(feed.url.clone(), validators)
        })
        .collect();
    let mut waiting: BTreeMap<usize, Feed> = asked.into_iter().enumerate().collect();
    let (done, finished) = channel::<Done>();
    let to_do = Mutex::new(to_do);
    thread::scope(|scope| {
        for _ in 0..cores() {
            let (to_do, done) = (&to_do, done.clone());
            scope.spawn(move || work(to_do, &done, task));
        }
        drop(done);
        let requests = &requests;
        scope.spawn(move || {
            fetch_all(task.client, requests, task.cancel, |step| {
                if let Step::Done(position, answer) = step
                    && let Some(feed) = waiting.remove(&position)
                    // That the reader gave up is no fault of the feed.
                    && !(answer.is_err() && task.cancel.is_cancelled())
                {
                    let _ = jobs.send((feed, answer));
                }
            });
        });
        finished.into_iter().for_each(&mut tell);
    });
}

/// How many articles, in words.
fn counted(brought: &Brought) -> String {
    let new = match brought.new {
        0 => "nothing new".to_owned(),
        1 => "1 new article".to_owned(),
        n => format!("{n} new articles"),
    };
    match brought.changed {
        0 => new,
        n => format!("{new}, {n} changed"),
    }
}

/// Takes in answers until there are no more.
fn work(to_do: &Mutex<Receiver<Job>>, done: &Sender<Done>, task: &Task<'_>) {
    loop {
        let next = {
            let to_do = to_do.lock().unwrap_or_else(PoisonError::into_inner);
            to_do.recv()
        };
        let Ok((feed, answer)) = next else { return };
        if done
            .send(take::answer(
                feed,
                answer,
                task.library,
                task.annotator,
                task.maker,
            ))
            .is_err()
        {
            return;
        }
    }
}
