//! `byline annotate --input jsonl`: one text a line → one annotated document a line, or rows of
//! tables, on all cores and in the order of the lines, in memory that does not grow with the input.
//! A line that cannot be read is reported with its number and left out; the rest goes on. Where the
//! output goes, and what of it is there already, is the business of `sink`.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use serde_json::Value;

use super::annotate::annotated;
use super::annotator::{Annotator, cores};
use super::args::{AnnotateArgs, AnnotateFormat};
use super::progress::Progress;
use super::sink::{Answer, Sink};
use super::{input, output};
use crate::base::{Error, Result, Span};
use crate::ingest::{self, Source};
use crate::model::{Block, BlockKind, Document, Metadata, part};

/// Groups that are read and not yet written, at most, for each thread.
const IN_FLIGHT: usize = 32;
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
    /// Answers that the output holds already.
    known: usize,
}

/// What became of a group.
struct Done {
    number: usize,
    lines: usize,
    words: usize,
    bytes: u64,
    output: Vec<Answer>,
    errors: Vec<Error>,
}

/// Runs `byline annotate --input jsonl`.
pub(super) fn run(args: &AnnotateArgs, annotator: &Annotator) -> Result<()> {
    let rows = match args.format {
        None | Some(AnnotateFormat::Jsonl) => false,
        Some(AnnotateFormat::Parquet) => true,
        Some(_) => {
            return Err(Error::new("--input", "jsonl gives one document a line")
                .remedy("use --format jsonl or parquet")
                .usage());
        }
    };
    let (mut sink, held) = Sink::open(args, rows)?;
    let threads = args.threads.map_or_else(cores, usize::from);
    let progress = Progress::new(size(args), !sink.is_file());
    // Nobody listens any more.
    let over = AtomicBool::new(false);
    let (groups, waiting) = sync_channel::<Group>(threads);
    let (done, finished) = channel::<Done>();
    // What is read waits until enough of what went before is written.
    let (permits, returned) = sync_channel::<()>(threads * IN_FLIGHT);
    let waiting = Mutex::new(waiting);
    let bad = thread::scope(|scope| {
        for _ in 0..threads {
            let (done, waiting) = (done.clone(), &waiting);
            scope.spawn(move || work(annotator, waiting, &done, rows));
        }
        drop(done);
        let (over, sink) = (&over, &mut sink);
        let writer = scope.spawn(move || write(&finished, sink, progress, over, &returned));
        let mut reader = Reader {
            groups,
            permits,
            over,
            known: held.count,
            next: 0,
        };
        let read = reader.read(args);
        let aligned = reader.aligned(&held.name);
        drop(reader);
        let written = writer
            .join()
            .unwrap_or_else(|_| Err(Error::new("annotator", "stopped")));
        let left_out = written?;
        aligned?;
        Ok::<_, Error>(left_out + read?)
    })?;
    sink.finish()?;
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

/// Reads the input and hands on groups.
struct Reader<'a> {
    groups: SyncSender<Group>,
    permits: SyncSender<()>,
    over: &'a AtomicBool,
    /// Answers that the output holds already and that no group was left out for so far.
    known: usize,
    /// Number of the next group.
    next: usize,
}

impl Reader<'_> {
    /// Reads all files; says how many lines were bad.
    fn read(&mut self, args: &AnnotateArgs) -> Result<usize> {
        let mut bad = 0;
        let mut group = Vec::new();
        let mut bytes = 0;
        for file in &args.files {
            let mut lines = BufReader::new(input::reader(file)?);
            let mut number = 0;
            while let Some(raw) = next_line(&mut lines, file)? {
                if self.over.load(Ordering::Relaxed) {
                    return Ok(bad);
                }
                number += 1;
                if raw.trim_ascii().is_empty() {
                    bytes += raw.len() as u64;
                    continue;
                }
                let line = match parse(&raw, file, number) {
                    Ok(line) => line,
                    Err(error) => {
                        bytes += raw.len() as u64;
                        bad += 1;
                        output::complain(&error);
                        continue;
                    }
                };
                let goes_on = group.last().is_none_or(|last: &Line| last.goes_on(&line));
                if !goes_on || group.len() >= LONGEST {
                    self.send(&mut group, bytes);
                }
                bytes += raw.len() as u64;
                // Whoever waits for an answer before the next question gets it.
                let alone = line.doc.is_none();
                group.push(line);
                if alone {
                    self.send(&mut group, bytes);
                }
            }
        }
        self.send(&mut group, bytes);
        Ok(bad)
    }

    /// Hands on a group and starts the next; one whose answers are known is left out. If nobody
    /// takes it, nobody listens any more.
    fn send(&mut self, lines: &mut Vec<Line>, bytes: u64) {
        let lines = std::mem::take(lines);
        let answers = lines
            .iter()
            .filter(|line| line.has_answer(self.known))
            .count();
        if lines.is_empty() || (self.known > 0 && answers <= self.known) {
            self.known -= answers.min(self.known);
            return;
        }
        let group = Group {
            number: self.next,
            lines,
            bytes,
            known: std::mem::take(&mut self.known),
        };
        self.next += 1;
        let free = self.permits.send(()).is_ok();
        let _ = free && self.groups.send(group).is_ok();
    }

    /// Whether the output that is gone on with can be one of this input.
    fn aligned(&self, name: &str) -> Result<()> {
        if self.known == 0 || self.over.load(Ordering::Relaxed) {
            return Ok(());
        }
        Err(
            Error::new(name, "holds more answers than the input has lines")
                .remedy("check that it is of this input; start again with --force"),
        )
    }
}

impl Line {
    /// Whether it gets an answer; a document of ours that cannot be read gets none. Asked only
    /// while answers are `known`.
    fn has_answer(&self, known: usize) -> bool {
        match &self.content {
            Content::Own(raw) if known > 0 => {
                let source = Source::default();
                ingest::load(raw, &source).is_ok()
            }
            _ => true,
        }
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
fn work(annotator: &Annotator, waiting: &Mutex<Receiver<Group>>, done: &Sender<Done>, rows: bool) {
    loop {
        let next = {
            let waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            waiting.recv()
        };
        let Ok(group) = next else { return };
        if done.send(group.annotate(annotator, rows)).is_err() {
            return;
        }
    }
}

impl Group {
    fn annotate(self, annotator: &Annotator, rows: bool) -> Done {
        let mut out = Done {
            number: self.number,
            lines: self.lines.len(),
            words: 0,
            bytes: self.bytes,
            output: Vec::new(),
            errors: Vec::new(),
        };
        match answers(self.lines, annotator, rows) {
            Ok(answers) => {
                for (answer, words) in answers.into_iter().skip(self.known) {
                    out.output.push(answer);
                    out.words += words;
                }
            }
            Err(error) => out.errors.push(error),
        }
        out
    }
}

/// The answers to the lines of one document, with how many words each has.
fn answers(lines: Vec<Line>, annotator: &Annotator, rows: bool) -> Result<Vec<(Answer, usize)>> {
    let mut text = String::new();
    let mut spans = Vec::with_capacity(lines.len());
    let mut words: Vec<Vec<Span>> = Vec::new();
    let mut ids = Vec::with_capacity(lines.len());
    let first = lines.first().map_or(0, |line| line.place.1);
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
                let (annotated, highlights) = annotated(loaded, annotator)?;
                let count = annotated.document.text.split_whitespace().count();
                let answer = Answer::new(&annotated, &highlights, line.id, rows)?;
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
        annotator.annotate_all(&document)
    } else {
        annotator.annotate_words(&document, words)
    };
    let whole = whole.map_err(|e| e.at(first, None))?;
    if let ([_], Some(id)) = (spans.as_slice(), ids.first_mut()) {
        let count = document.text.split_whitespace().count();
        return Ok(vec![(Answer::new(&whole, &[], id.take(), rows)?, count)]);
    }
    let mut out = Vec::with_capacity(spans.len());
    for (span, id) in spans.into_iter().zip(ids) {
        let part = part(&whole, span, own(&id).unwrap_or_default());
        let count = part.document.text.split_whitespace().count();
        out.push((Answer::new(&part, &[], id, rows)?, count));
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

/// Writes what is done in the order of the input; says how many lines could not be answered.
fn write(
    finished: &Receiver<Done>,
    sink: &mut Sink,
    mut progress: Progress,
    over: &AtomicBool,
    permits: &Receiver<()>,
) -> Result<usize> {
    let mut bad = 0;
    let (mut next, mut early) = (0, BTreeMap::new());
    let (mut lines, mut words) = (0, 0);
    let mut failure = None;
    for done in finished {
        early.insert(done.number, done);
        while let Some(done) = early.remove(&next) {
            next += 1;
            let _ = permits.recv();
            lines += done.lines;
            words += done.words;
            // A document that could not be answered leaves out each of its lines.
            if !done.errors.is_empty() {
                bad += done.lines;
            }
            done.errors.iter().for_each(output::complain);
            if !over.load(Ordering::Relaxed) {
                let listening = sink.take(done.output);
                if !matches!(listening, Ok(true)) {
                    over.store(true, Ordering::Relaxed);
                }
                failure = failure.or(listening.err());
            }
            progress.step(lines, words, done.bytes);
        }
    }
    progress.end();
    failure.map_or(Ok(bad), Err)
}
