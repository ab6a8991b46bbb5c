//! `byline annotate`: articles, or a stream of texts, → annotated documents for other programs.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};

use serde_json::Value;

use super::args::{AnnotateArgs, AnnotateFormat, InputKind};
use super::{input, layers, output};
use crate::base::{Error, Result};
use crate::export;
use crate::ingest::{self, Loaded, Source};
use crate::model::{Annotated, Highlight};

/// Runs `byline annotate`.
pub(super) fn run(args: &AnnotateArgs) -> Result<()> {
    match args.input {
        InputKind::Article => articles(args),
        InputKind::Jsonl => lines(args),
    }
}

/// Annotates one article a file.
fn articles(args: &AnnotateArgs) -> Result<()> {
    let format = match args.format.unwrap_or(AnnotateFormat::Json) {
        AnnotateFormat::Json if args.files.len() > 1 => {
            return Err(Error::new("--format", "json holds one article")
                .remedy("use --format jsonl for several")
                .usage());
        }
        AnnotateFormat::Json => "json",
        AnnotateFormat::Jsonl => "jsonl",
        AnnotateFormat::Plain => "plain",
    };
    let format = export::find(format)
        .ok_or_else(|| Error::new("--format", "there is no such format").usage())?;
    let mut bytes = Vec::new();
    for file in &args.files {
        let (annotated, highlights) = annotated(input::load(file)?);
        bytes.extend((format.write)(&annotated, &highlights)?);
    }
    output::deliver(&bytes, &args.out)
}

/// The layers that came with an article, or those the annotator finds.
fn annotated(article: Loaded) -> (Annotated, Vec<Highlight>) {
    match article.layers {
        Some(own) => own,
        None => (layers(&article.document), Vec::new()),
    }
}

/// Annotates one text a line. A line that cannot be read is reported with its number and skipped;
/// the rest goes on, and the exit code says that something was skipped.
fn lines(args: &AnnotateArgs) -> Result<()> {
    if args.format.is_some_and(|f| f != AnnotateFormat::Jsonl) {
        return Err(Error::new("--input", "jsonl gives one document a line")
            .remedy("use --format jsonl")
            .usage());
    }
    let to_file = args.out.output.is_some();
    let mut kept = Vec::new();
    let mut bad = 0_usize;
    for file in &args.files {
        let mut lines = BufReader::new(input::reader(file)?);
        let mut number = 0;
        while let Some(line) = next_line(&mut lines, file)? {
            number += 1;
            if line.trim_ascii().is_empty() {
                continue;
            }
            match one_line(&line, file, number) {
                Err(error) => {
                    bad += 1;
                    output::complain(&error);
                }
                Ok(bytes) if to_file => kept.extend(bytes),
                Ok(bytes) => {
                    let mut stdout = std::io::stdout().lock();
                    let written = stdout.write_all(&bytes).and_then(|()| {
                        // Whoever waits for an answer before the next question gets it.
                        if lines.buffer().is_empty() {
                            stdout.flush()
                        } else {
                            Ok(())
                        }
                    });
                    if !output::printed(written)? {
                        return Ok(());
                    }
                }
            }
        }
    }
    if to_file {
        output::deliver(&kept, &args.out)?;
    } else {
        output::print(b"")?;
    }
    match bad {
        0 => Ok(()),
        1 => Err(Error::new("", "1 line was left out")),
        n => Err(Error::new("", format!("{n} lines were left out"))),
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

/// Annotates the text of one line.
fn one_line(line: &[u8], file: &OsStr, number: usize) -> Result<Vec<u8>> {
    let subject = input::name_of(file);
    let fault = |cause: String| {
        Error::new(&subject, cause)
            .at(number, None)
            .remedy("a line is {\"id\": …, \"text\": \"…\"}")
    };
    let value: Value = serde_json::from_slice(line).map_err(|e| {
        let text = e.to_string();
        let cause = text.split(" at line ").next().unwrap_or(&text);
        fault(format!("is not valid JSON: {cause}")).at(number, Some(e.column().max(1)))
    })?;
    let id = value.get("id").filter(|id| !id.is_null()).cloned();
    if value.get("byline").is_some() {
        let source = Source {
            name: subject,
            uri: None,
        };
        let loaded = ingest::load(line, &source).map_err(|e| e.at(number, None))?;
        let (annotated, highlights) = annotated(loaded);
        return export::json_line(&annotated, &highlights, id);
    }
    let Some(text) = value.get("text").and_then(Value::as_str) else {
        return Err(fault("has no \"text\"".to_owned()));
    };
    let own = id
        .as_ref()
        .map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
    let document = std::sync::Arc::new(ingest::as_it_stands(text, own));
    export::json_line(&layers(&document), &[], id)
}
