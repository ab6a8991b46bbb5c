//! `byline annotate --input jsonl`: one text a line → one annotated document a line, on all cores
//! and in the order of the lines. A line that cannot be read is reported with its number and left
//! out; the rest goes on.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;

use super::annotate::annotated;
use super::annotator::{Annotator, cores};
use super::args::{AnnotateArgs, AnnotateFormat};
use super::progress::Progress;
use super::{input, output};
use crate::base::{Error, Result, Span};
use crate::export;
use crate::ingest::{self, Source};
use crate::model::{Block, BlockKind, Document, Metadata, part};

/// Groups that wait for a thread.
const WAITING: usize = 64;
/// Lines after which a document of many lines is cut, so that one cannot fill the memory.
const LONGEST: usize = 5000;

/// What a line holds.
enum Content {
    /// A document of ours, the whole line.
    Own(Vec<u8>),
    /// A text.
    Text(String),
    /// A text that is one sentence, and where its words are.
    Words(String, Vec<Span>),
}

/// A line of the input.
struct Line {
    id: Option<Value>,
    doc: Option<Value>,
    content: Content,
    /// How errors name the input, and the number of the line there.
    place: (String, usize),
}

impl Line {
    /// Whether `next` belongs to the same document.
    fn goes_on(&self, next: &Line) -> bool {
        let alike = matches!(
            (&self.content, &next.content),
            (Content::Text(_), Content::Text(_)) | (Content::Words(..), Content::Words(..))
        );
        alike && self.doc.is_some() && self.doc == next.doc && self.place.0 == next.place.0
    }
}

/// Lines that are read as one document.
struct Group {
    number: usize,
    lines: Vec<Line>,
    /// Bytes of the input up to its end.
    bytes: u64,
}

/// What became of a group.
struct Done {
    number: usize,
    lines: usize,
    words: usize,
    bytes: u64,
    output: Vec<u8>,
    errors: Vec<Error>,
}

/// Runs `byline annotate --input jsonl`.
pub(super) fn run(args: &AnnotateArgs, annotator: &Annotator) -> Result<()> {
    if args.format.is_some_and(|f| f != AnnotateFormat::Jsonl) {
        return Err(Error::new("--input", "jsonl gives one document a line")
            .remedy("use --format jsonl")
            .usage());
    }
    let to_file = args.out.output.is_some();
    let progress = Progress::new(size(args), !to_file);
    // Nobody listens any more.
    let over = AtomicBool::new(false);
    let (groups, waiting) = sync_channel::<Group>(WAITING);
    let (done, finished) = channel::<Done>();
    let waiting = Mutex::new(waiting);
    let (kept, bad) = thread::scope(|scope| {
        for _ in 0..cores() {
            let (done, waiting) = (done.clone(), &waiting);
            scope.spawn(move || work(annotator, waiting, &done));
        }
        drop(done);
        let over = &over;
        let writer = scope.spawn(move || write(&finished, to_file, progress, over));
        let read = read(args, groups, over);
        let written = writer
            .join()
            .unwrap_or_else(|_| Err(Error::new("annotator", "stopped")));
        let (kept, left_out) = written?;
        Ok::<_, Error>((kept, left_out + read?))
    })?;
    if to_file {
        output::deliver(&kept, &args.out)?;
    }
    match bad {
        0 => Ok(()),
        1 => Err(Error::new("", "1 line was left out")),
        n => Err(Error::new("", format!("{n} lines were left out"))),
    }
}

/// Bytes of all files; `None` where they cannot be told.
fn size(args: &AnnotateArgs) -> Option<u64> {
    let size = |file: &std::ffi::OsString| {
        let meta = std::fs::metadata(file).ok().filter(|_| file != "-")?;
        meta.is_file().then_some(meta.len())
    };
    args.files.iter().map(size).sum()
}

/// Reads the input and hands on groups; says how many lines were bad.
fn read(args: &AnnotateArgs, groups: SyncSender<Group>, over: &AtomicBool) -> Result<usize> {
    let mut bad = 0;
    let mut group = Group {
        number: 0,
        lines: Vec::new(),
        bytes: 0,
    };
    let mut bytes = 0;
    for file in &args.files {
        let mut lines = BufReader::new(input::reader(file)?);
        let mut number = 0;
        while let Some(raw) = next_line(&mut lines, file)? {
            if over.load(Ordering::Relaxed) {
                return Ok(bad);
            }
            number += 1;
            bytes += raw.len() as u64;
            if raw.trim_ascii().is_empty() {
                continue;
            }
            let line = match parse(&raw, file, number) {
                Ok(line) => line,
                Err(error) => {
                    bad += 1;
                    output::complain(&error);
                    continue;
                }
            };
            let goes_on = group.lines.last().is_none_or(|last| last.goes_on(&line));
            if !goes_on || group.lines.len() >= LONGEST {
                send(&groups, &mut group);
            }
            // Whoever waits for an answer before the next question gets it.
            let alone = line.doc.is_none();
            group.lines.push(line);
            group.bytes = bytes;
            if alone {
                send(&groups, &mut group);
            }
        }
    }
    send(&groups, &mut group);
    Ok(bad)
}

/// Hands on a group and starts the next. If nobody takes it, nobody listens any more.
fn send(groups: &SyncSender<Group>, group: &mut Group) {
    if !group.lines.is_empty() {
        let next = Group {
            number: group.number + 1,
            lines: Vec::new(),
            bytes: group.bytes,
        };
        let _ = groups.send(std::mem::replace(group, next));
    }
}

/// The next line with its end, or `None` at the end of the input.
fn next_line(lines: &mut BufReader<Box<dyn Read>>, file: &OsStr) -> Result<Option<Vec<u8>>> {
    let name = || input::name_of(file);
    let mut line = Vec::new();
    let read = lines
        .by_ref()
        .take(ingest::LIMIT as u64 + 1)
        .read_until(b'\n', &mut line)
        .map_err(|e| Error::io(name(), "be read", &e))?;
    if read > ingest::LIMIT {
        let limit = ingest::LIMIT >> 20;
        return Err(
            Error::new(name(), format!("has a line of more than {limit} MB"))
                .remedy("give one text a line"),
        );
    }
    Ok((read > 0).then_some(line))
}

/// Reads one line.
fn parse(raw: &[u8], file: &OsStr, number: usize) -> Result<Line> {
    let subject = input::name_of(file);
    let fault = |cause: String| {
        Error::new(&subject, cause)
            .at(number, None)
            .remedy("a line is {\"id\": …, \"text\": \"…\"} or {\"id\": …, \"tokens\": […]}")
    };
    let mut value: Value = serde_json::from_slice(raw).map_err(|e| {
        let text = e.to_string();
        let cause = text.split(" at line ").next().unwrap_or(&text);
        fault(format!("is not valid JSON: {cause}")).at(number, Some(e.column().max(1)))
    })?;
    let field = |name: &str| value.get(name).filter(|v| !v.is_null()).cloned();
    let (id, doc, own) = (field("id"), field("doc"), field("byline"));
    let mut take = |name: &str| value.get_mut(name).map(Value::take);
    let content = match (own, take("tokens"), take("text")) {
        (Some(_), _, _) => Content::Own(raw.to_vec()),
        // A text stands as it is; the words are only looked at where there is none.
        (None, _, Some(Value::String(text))) => Content::Text(text),
        (None, Some(Value::Array(words)), _) => {
            let (mut text, mut at) = (String::new(), Vec::with_capacity(words.len()));
            for (n, word) in words.iter().enumerate() {
                let Value::String(word) = word else {
                    return Err(fault("has a token that is no text".to_owned()));
                };
                if n > 0 {
                    text.push(' ');
                }
                at.push(Span::new(text.len(), text.len() + word.len()));
                text.push_str(word);
            }
            Content::Words(text, at)
        }
        _ => return Err(fault("has no \"text\" and no \"tokens\"".to_owned())),
    };
    let doc = doc.filter(|_| !matches!(content, Content::Own(_)));
    Ok(Line {
        id,
        doc,
        content,
        place: (subject, number),
    })
}

/// Annotates groups until there are no more.
fn work(annotator: &Annotator, waiting: &Mutex<Receiver<Group>>, done: &Sender<Done>) {
    loop {
        let next = {
            let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.recv()
        };
        let Ok(group) = next else { return };
        if done.send(group.annotate(annotator)).is_err() {
            return;
        }
    }
}

impl Group {
    fn annotate(self, annotator: &Annotator) -> Done {
        let mut out = Done {
            number: self.number,
            lines: self.lines.len(),
            words: 0,
            bytes: self.bytes,
            output: Vec::new(),
            errors: Vec::new(),
        };
        match answers(self.lines, annotator) {
            Ok(answers) => {
                for (answer, words) in answers {
                    out.output.extend(answer);
                    out.words += words;
                }
            }
            Err(error) => out.errors.push(error),
        }
        out
    }
}

/// The answers to the lines of one document, with how many words each has.
fn answers(lines: Vec<Line>, annotator: &Annotator) -> Result<Vec<(Vec<u8>, usize)>> {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(lines.len());
    let mut words: Vec<Vec<Span>> = Vec::new();
    let mut ids = Vec::with_capacity(lines.len());
    for (n, line) in lines.into_iter().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        let start = text.len();
        match line.content {
            Content::Own(raw) => {
                let (name, number) = line.place;
                let source = Source { name, uri: None };
                let loaded = ingest::load(&raw, &source).map_err(|e| e.at(number, None))?;
                let (annotated, highlights) = annotated(loaded, annotator);
                let count = annotated.document.text.split_whitespace().count();
                let answer = export::json_line(&annotated, &highlights, line.id)?;
                return Ok(vec![(answer, count)]);
            }
            Content::Text(own) => text.push_str(&own),
            Content::Words(own, at) => {
                let moved = |s: &Span| Span::new(start + s.from(), start + s.to());
                words.push(at.iter().map(moved).collect());
                text.push_str(&own);
            }
        }
        spans.push(Span::new(start, text.len()));
        ids.push(line.id);
    }
    let own = |id: &Option<Value>| match id {
        Some(Value::String(id)) => Some(id.clone()),
        other => other.as_ref().map(Value::to_string),
    };
    let document = if words.is_empty() {
        ingest::as_it_stands(&text, ids.first().and_then(own))
    } else {
        sentences(text, &spans, ids.first().and_then(own))
    };
    let document = Arc::new(document);
    let whole = if words.is_empty() {
        annotator.annotate(&document)
    } else {
        annotator.annotate_words(&document, words)
    };
    if let ([_], Some(id)) = (spans.as_slice(), ids.first_mut()) {
        let count = document.text.split_whitespace().count();
        return Ok(vec![(export::json_line(&whole, &[], id.take())?, count)]);
    }
    let mut out = Vec::with_capacity(spans.len());
    for (span, id) in spans.into_iter().zip(ids) {
        let part = part(&whole, span, own(&id).unwrap_or_default());
        let count = part.document.text.split_whitespace().count();
        out.push((export::json_line(&part, &[], id)?, count));
    }
    Ok(out)
}

/// A document of one sentence a block.
fn sentences(text: String, spans: &[Span], id: Option<String>) -> Document {
    let block = |span: &Span| Block {
        kind: BlockKind::Paragraph,
        span: *span,
    };
    Document {
        id: id.unwrap_or_default(),
        text: text.into(),
        blocks: spans.iter().map(block).collect(),
        meta: Metadata::default(),
        details: Vec::new(),
    }
}

/// Writes what is done in the order of the input; gives back what is kept for a file, and how many
/// lines could not be answered.
fn write(
    finished: &Receiver<Done>,
    to_file: bool,
    mut progress: Progress,
    over: &AtomicBool,
) -> Result<(Vec<u8>, usize)> {
    let (mut kept, mut bad) = (Vec::new(), 0);
    let (mut next, mut early) = (0, BTreeMap::new());
    let (mut lines, mut words) = (0, 0);
    let mut failure = None;
    for done in finished {
        early.insert(done.number, done);
        while let Some(done) = early.remove(&next) {
            next += 1;
            lines += done.lines;
            words += done.words;
            bad += done.errors.len();
            done.errors.iter().for_each(output::complain);
            if to_file {
                kept.extend(done.output);
            } else if !over.load(Ordering::Relaxed) {
                let mut stdout = std::io::stdout().lock();
                let written = stdout.write_all(&done.output).and_then(|()| stdout.flush());
                drop(stdout);
                let listening = output::printed(written);
                if !matches!(listening, Ok(true)) {
                    over.store(true, Ordering::Relaxed);
                }
                failure = failure.or(listening.err());
            }
            progress.step(lines, words, done.bytes);
        }
    }
    progress.end();
    failure.map_or(Ok((kept, bad)), Err)
}
