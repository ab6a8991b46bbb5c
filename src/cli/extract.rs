//! `byline extract`: what the loader understood of articles, as JSON: their fields, their blocks,
//! the body as text, and where each field came from. With `--input jsonl`, pages in lines of JSON.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read};
use std::thread;

use serde_json::{Map, Value, json};

use super::annotator::cores;
use super::args::{ExtractArgs, ExtractInput};
use super::web::Web;
use super::{annotate, files, input, output};
use crate::base::{Error, Result};
use crate::ingest::{self, Format, Hint, Loaded, Source};
use crate::model::{Block, BlockKind};

/// Runs `byline extract`.
pub(super) fn run(args: &ExtractArgs, from: Option<Format>, web: &Web) -> Result<()> {
    match args.input {
        ExtractInput::Article => articles(args, from, web),
        ExtractInput::Jsonl => lines(args, from),
    }
}

/// One JSON object an article.
fn articles(args: &ExtractArgs, from: Option<Format>, web: &Web) -> Result<()> {
    let mut bytes = Vec::new();
    let files = files::expand(&args.files)?;
    let left_out = annotate::each(&files, from, web, |loaded| {
        let mut text = serde_json::to_string_pretty(&understood(&loaded))
            .map_err(|e| Error::new("extract", e.to_string()))?;
        text.push('\n');
        bytes.extend(text.into_bytes());
        Ok(())
    })?;
    output::deliver(&bytes, &args.out)?;
    left_out
}

/// What the loader understood.
fn understood(loaded: &Loaded) -> Value {
    let document = &loaded.document;
    let meta = &document.meta;
    let block = |block: &Block| {
        json!({
            "kind": block.kind.name(),
            "text": document.slice(block.span),
        })
    };
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| out.insert(key.to_owned(), value);
    put("title", json!(meta.title));
    put("authors", json!(meta.authors));
    put("published", json!(meta.published.map(|d| d.to_string())));
    put("outlet", json!(meta.outlet));
    put("section", json!(loaded.about.section));
    put("topics", json!(meta.topics));
    put("language", json!(meta.language));
    put("uri", json!(meta.uri));
    put("blocks", document.blocks.iter().map(block).collect());
    put("article", json!(article(loaded)));
    let from = loaded.about.from.iter();
    put(
        "from",
        Value::Object(
            from.map(|(field, from)| ((*field).to_owned(), json!(from)))
                .collect(),
        ),
    );
    put("details", json!(document.details));
    Value::Object(out)
}

/// The body as text, a line a block: without headline, author, date, topics and comment, and
/// without a lead that stands apart from the body.
fn article(loaded: &Loaded) -> String {
    let document = &loaded.document;
    let mut apart = loaded.about.from.iter().any(|(field, _)| *field == "lead");
    let body = document.blocks.iter().filter(|b| match b.kind {
        BlockKind::Brief => !std::mem::take(&mut apart),
        BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem => true,
        _ => false,
    });
    // The sign of a list item is not a word of the article.
    let line = |b: &Block| {
        let text = document.slice(b.span);
        match b.kind {
            BlockKind::ListItem => text.trim_start_matches(['-', '*', '•']).trim_start(),
            _ => text,
        }
    };
    let lines: Vec<&str> = body.map(line).collect();
    lines.join("\n")
}

/// Lines that are read at a time.
const AT_ONCE: usize = 32;

/// A page in a line of the input.
struct Line {
    id: Value,
    html: String,
    url: Option<String>,
    number: usize,
}

/// Answers lines of pages in their order, on all cores. A line that cannot be read is reported with
/// its number and left out; the rest goes on.
fn lines(args: &ExtractArgs, from: Option<Format>) -> Result<()> {
    let to_file = args.out.output.is_some();
    let from = from.unwrap_or(Format::Html);
    let (mut kept, mut bad) = (Vec::new(), 0);
    for file in &args.files {
        let mut reader = BufReader::new(input::reader(file)?);
        let mut number = 0;
        loop {
            let (mut asked, mut over) = (Vec::new(), false);
            while asked.len() < AT_ONCE && !over {
                let Some(raw) = next_line(&mut reader, file)? else {
                    over = true;
                    continue;
                };
                number += 1;
                if raw.trim_ascii().is_empty() {
                    continue;
                }
                match parse(&raw, file, number) {
                    Ok(line) => asked.push(line),
                    Err(error) => {
                        bad += 1;
                        output::complain(&error);
                    }
                }
            }
            let mut bytes = Vec::new();
            for answer in answers(&asked, file, from) {
                match answer {
                    Ok(answer) => bytes.extend(answer),
                    Err(error) => {
                        bad += 1;
                        output::complain(&error);
                    }
                }
            }
            if to_file {
                kept.extend(bytes);
            } else {
                output::print(&bytes)?;
            }
            if over {
                break;
            }
        }
    }
    if to_file {
        output::deliver(&kept, &args.out)?;
    }
    match bad {
        0 => Ok(()),
        1 => Err(Error::new("", "1 line was left out")),
        n => Err(Error::new("", format!("{n} lines were left out"))),
    }
}

/// The next line with its end, or `None` at the end of the input.
fn next_line(reader: &mut impl BufRead, file: &OsStr) -> Result<Option<Vec<u8>>> {
    let name = || input::name_of(file);
    let mut line = Vec::new();
    let read = reader
        .take(ingest::LIMIT as u64 + 1)
        .read_until(b'\n', &mut line)
        .map_err(|e| Error::io(name(), "be read", &e))?;
    if read > ingest::LIMIT {
        let limit = ingest::LIMIT >> 20;
        let cause = format!("has a line of more than {limit} MB");
        return Err(Error::new(name(), cause).remedy("give one page a line"));
    }
    Ok((read > 0).then_some(line))
}

fn parse(raw: &[u8], file: &OsStr, number: usize) -> Result<Line> {
    let fault = |cause: String| {
        Error::new(input::name_of(file), cause)
            .at(number, None)
            .remedy("a line is {\"id\": …, \"html\": \"…\", \"url\": \"…\"}")
    };
    let mut value: Value = serde_json::from_slice(raw).map_err(|e| {
        let text = e.to_string();
        let cause = text.split(" at line ").next().unwrap_or(&text);
        fault(format!("is not valid JSON: {cause}")).at(number, Some(e.column().max(1)))
    })?;
    let mut take = |name: &str| value.get_mut(name).map(Value::take);
    let id = take("id").unwrap_or(Value::Null);
    let url = match take("url") {
        None | Some(Value::Null) => None,
        Some(Value::String(url)) => Some(url),
        Some(_) => return Err(fault("has a \"url\" that is no text".to_owned())),
    };
    match take("html") {
        Some(Value::String(html)) => Ok(Line {
            id,
            html,
            url,
            number,
        }),
        Some(_) => Err(fault("has an \"html\" that is no text".to_owned())),
        None => Err(fault("has no \"html\"".to_owned())),
    }
}

/// The answers to some lines, in their order.
fn answers(lines: &[Line], file: &OsStr, from: Format) -> Vec<Result<Vec<u8>>> {
    let share = lines.len().div_ceil(cores()).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = lines
            .chunks(share)
            .map(|lines| {
                let answers = move || lines.iter().map(|line| answer(line, file, from)).collect();
                scope.spawn::<_, Vec<_>>(answers)
            })
            .collect();
        let stopped = || vec![Err(Error::new("extract", "stopped"))];
        let done = workers.into_iter();
        done.flat_map(|w| w.join().unwrap_or_else(|_| stopped()))
            .collect()
    })
}

fn answer(line: &Line, file: &OsStr, from: Format) -> Result<Vec<u8>> {
    let source = Source {
        name: input::name_of(file),
        uri: line.url.clone(),
    };
    let hint = Hint {
        content_type: None,
        from: Some(from),
    };
    let loaded = ingest::load_as(line.html.as_bytes(), &source, hint)
        .map_err(|e| e.at(line.number, None))?;
    let meta = &loaded.document.meta;
    let answer = json!({
        "id": line.id,
        "article": article(&loaded),
        "title": meta.title,
        "authors": meta.authors,
        "published": meta.published.map(|d| d.to_string()),
    });
    let mut bytes = answer.to_string().into_bytes();
    bytes.push(b'\n');
    Ok(bytes)
}
