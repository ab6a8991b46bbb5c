//! `byline library add`: files, folders and addresses → annotated articles in the library, on all cores, in
//! small batches that are each there whole or not at all. What lies there already in the same text,
//! read by the same annotator, is passed over.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::args::AddArgs;
use crate::base::{Error, Result};
use crate::cli::annotator::{Annotator, cores};
use crate::cli::progress::Progress;
use crate::cli::web::Web;
use crate::cli::{input, output};
use crate::fetch;
use crate::model::Annotated;
use crate::store::library::{Added, Entry, Library};

/// Articles of one transaction: few, so that little is lost and others can write in between.
const BATCH: usize = 32;
/// Articles that wait for a thread or for the disk.
const WAITING: usize = 64;
/// Folders within folders that are gone through.
const DEEPEST: usize = 32;

/// What became of a file.
struct Read {
    bytes: u64,
    result: Result<Option<(Annotated, String)>>,
}

/// How many of each.
#[derive(Default)]
struct Tally {
    added: usize,
    changed: usize,
    same: usize,
    failed: usize,
}

/// Runs `byline library add`.
pub(super) fn run(
    args: &AddArgs,
    annotator: &Annotator,
    library: &Library,
    web: &Web,
) -> Result<()> {
    let mut files = Vec::new();
    for file in &args.files {
        gather(file, &mut files)?;
    }
    if files.is_empty() {
        return Err(Error::new("library", "there is no file in these folders")
            .remedy("name files or folders of articles"));
    }
    let annotator = annotator.on_one_thread();
    let maker = maker(&annotator);
    let total = files.iter().map(|(_, bytes)| bytes).sum();
    let progress = Progress::new(Some(total), false);
    let (to_read, waiting) = sync_channel::<(OsString, u64)>(WAITING);
    let (done, finished) = channel::<Read>();
    let waiting = Mutex::new(waiting);
    let tally = thread::scope(|scope| {
        for _ in 0..cores() {
            let (done, waiting, annotator, maker) = (done.clone(), &waiting, &annotator, &maker);
            scope.spawn(move || work(annotator, maker, library, web, waiting, &done));
        }
        drop(done);
        let writer = scope.spawn(move || write(&finished, library, &args.tag, progress));
        for file in files {
            if to_read.send(file).is_err() || writer.is_finished() {
                break;
            }
        }
        drop(to_read);
        writer
            .join()
            .unwrap_or_else(|_| Err(Error::new("library", "stopped")))
    })?;
    let mut parts = vec![format!("{} added", tally.added)];
    for (count, word) in [
        (tally.changed, "brought up to date"),
        (tally.same, "there already"),
        (tally.failed, "left out"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    output::say(&parts.join(", "));
    match tally.failed {
        0 => Ok(()),
        1 => Err(Error::new("", "1 file was left out")),
        n => Err(Error::new("", format!("{n} files were left out"))),
    }
}

/// What makes the annotations, for the library.
pub(in crate::cli) fn maker(annotator: &Annotator) -> String {
    annotator
        .maker()
        .unwrap_or_else(|| format!("{} rules", env!("CARGO_PKG_VERSION")))
}

/// The files that an argument names, with their bytes.
fn gather(file: &OsStr, out: &mut Vec<(OsString, u64)>) -> Result<()> {
    if let Some(address) = input::address(file) {
        fetch::check(address)?;
        out.push((file.to_owned(), 0));
        return Ok(());
    }
    let path = Path::new(file);
    let meta = std::fs::metadata(path)
        .map_err(|e| Error::io(path.display().to_string(), "be read", &e))?;
    if meta.is_dir() {
        return walk(path, out, 0);
    }
    out.push((file.to_owned(), meta.len()));
    Ok(())
}

/// Every file of a folder and of those in it, by name. What begins with a dot is hidden.
fn walk(folder: &Path, out: &mut Vec<(OsString, u64)>, depth: usize) -> Result<()> {
    let fail = |e: std::io::Error| Error::io(folder.display().to_string(), "be read", &e);
    let mut inside: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        if !entry.file_name().as_encoded_bytes().starts_with(b".") {
            inside.push(entry.path());
        }
    }
    inside.sort();
    for path in inside {
        match std::fs::metadata(&path) {
            // A link to a folder above is not gone round.
            Ok(meta) if meta.is_dir() && depth < DEEPEST && !path.is_symlink() => {
                walk(&path, out, depth + 1)?;
            }
            Ok(meta) if meta.is_file() => out.push((path.into_os_string(), meta.len())),
            _ => {}
        }
    }
    Ok(())
}

/// Reads and annotates until there are no more files.
fn work(
    annotator: &Annotator,
    maker: &str,
    library: &Library,
    web: &Web,
    waiting: &Mutex<Receiver<(OsString, u64)>>,
    done: &Sender<Read>,
) {
    // Nobody writes any more; the files that still come are let go, so that nobody waits.
    let mut over = false;
    loop {
        let next = {
            let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.recv()
        };
        let Ok((file, bytes)) = next else { return };
        if over {
            continue;
        }
        let result = read(&file, annotator, maker, library, web);
        over = done.send(Read { bytes, result }).is_err();
    }
}

/// An article with its layers and what made them; `None` if the library has it so.
fn read(
    file: &OsStr,
    annotator: &Annotator,
    maker: &str,
    library: &Library,
    web: &Web,
) -> Result<Option<(Annotated, String)>> {
    let loaded = input::load(file, None, web)?;
    let document = &loaded.document;
    if let Some((own, _)) = loaded.layers {
        return Ok(Some((own, "file".to_owned())));
    }
    if let Some(uri) = &document.meta.uri
        && library.has(uri, &document.id, Some(maker))?
    {
        return Ok(None);
    }
    Ok(Some((annotator.annotate(document), maker.to_owned())))
}

/// Puts in what is read, in batches.
fn write(
    finished: &Receiver<Read>,
    library: &Library,
    tags: &[String],
    mut progress: Progress,
) -> Result<Tally> {
    let mut tally = Tally::default();
    let mut batch: Vec<(Annotated, String)> = Vec::new();
    let (mut texts, mut words, mut bytes) = (0, 0, 0);
    for read in finished {
        bytes += read.bytes;
        texts += 1;
        match read.result {
            Ok(Some(article)) => {
                words += article.0.document.text.split_whitespace().count();
                batch.push(article);
            }
            Ok(None) => tally.same += 1,
            Err(error) => {
                tally.failed += 1;
                progress.end();
                output::complain(&error);
            }
        }
        if batch.len() >= BATCH {
            put(library, &mut batch, tags, &mut tally)?;
        }
        progress.step(texts, words, bytes);
    }
    put(library, &mut batch, tags, &mut tally)?;
    progress.end();
    Ok(tally)
}

fn put(
    library: &Library,
    batch: &mut Vec<(Annotated, String)>,
    tags: &[String],
    tally: &mut Tally,
) -> Result<()> {
    if batch.is_empty() {
        return Ok(());
    }
    let entries: Vec<Entry<'_>> = batch
        .iter()
        .map(|(annotated, maker)| Entry {
            tags,
            ..Entry::new(annotated, Some(maker))
        })
        .collect();
    for added in library.add(&entries)? {
        match added {
            Added::New(_) => tally.added += 1,
            Added::Changed(_) => tally.changed += 1,
            Added::Same(_) | Added::Deleted => tally.same += 1,
        }
    }
    batch.clear();
    Ok(())
}
