//! `byline judge`: sentences with marked names, one a line → who is for or against what, one a
//! line, on all cores and in the order of the lines. A line that cannot be read is reported with
//! its number and left out; the rest goes on.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::sync::Arc;
use std::thread;

use serde_json::{Value, json};

use super::annotator::{Annotator, cores};
use super::args::JudgeArgs;
use super::{input, output};
use crate::annotate::{Encoder, Question, Verdict, judge};
use crate::base::{Error, Result, Span};

/// Lines that are read at a time.
const AT_ONCE: usize = 256;
/// Names of the classes of tone.
const LABELS: [&str; 3] = ["negative", "neutral", "positive"];

/// A line of the input.
struct Line {
    id: Value,
    text: String,
    question: Question,
    number: usize,
}

/// Runs `byline judge`.
pub(super) fn run(args: &JudgeArgs, annotator: &Annotator) -> Result<()> {
    let encoder = annotator
        .encoder()?
        .ok_or_else(|| Error::new("judge", "needs the model").remedy("leave out `--model none`"))?;
    let to_file = args.out.output.is_some();
    let (mut kept, mut bad) = (Vec::new(), 0);
    for file in &args.files {
        let mut lines = BufReader::new(input::reader(file)?)
            .split(b'\n')
            .enumerate();
        loop {
            let mut asked = Vec::new();
            let mut over = true;
            for (n, raw) in lines.by_ref().take(AT_ONCE) {
                over = false;
                let raw = raw.map_err(|e| Error::io(input::name_of(file), "be read", &e))?;
                if raw.trim_ascii().is_empty() {
                    continue;
                }
                match parse(&raw, file, n + 1) {
                    Ok(line) => asked.push(line),
                    Err(error) => {
                        bad += 1;
                        output::complain(&error);
                    }
                }
            }
            if over {
                break;
            }
            let mut bytes = Vec::new();
            for (line, verdict) in asked.iter().zip(verdicts(&encoder, &asked)) {
                match verdict {
                    Ok(verdict) => bytes.extend(answer(&line.id, verdict)),
                    Err(error) => {
                        bad += 1;
                        let error = Error::new(input::name_of(file), error.cause);
                        output::complain(&error.at(line.number, None));
                    }
                }
            }
            if to_file {
                kept.extend(bytes);
            } else {
                output::print(&bytes)?;
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

/// The verdicts on some lines, in their order, on all cores.
fn verdicts(encoder: &Arc<Encoder>, lines: &[Line]) -> Vec<Result<Verdict>> {
    let share = lines.len().div_ceil(cores()).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = lines
            .chunks(share)
            .map(|lines| {
                scope.spawn(move || {
                    let verdict = |l: &Line| judge(encoder, &l.text, l.question);
                    lines.iter().map(verdict).collect::<Vec<_>>()
                })
            })
            .collect();
        let stopped = || vec![Err(Error::new("judge", "stopped"))];
        let done = workers.into_iter();
        done.flat_map(|w| w.join().unwrap_or_else(|_| stopped()))
            .collect()
    })
}

fn answer(id: &Value, verdict: Verdict) -> Vec<u8> {
    let round = |p: &f32| (f64::from(*p) * 10_000.0).round() / 10_000.0;
    let class = verdict.class();
    let value = match verdict {
        Verdict::Tone(shares) => {
            let [negative, neutral, positive] = shares.map(|p| round(&p));
            json!({"id": id, "label": LABELS[class],
                "probabilities": {"negative": negative, "neutral": neutral, "positive": positive}})
        }
        Verdict::Pair(shares) => {
            json!({"id": id, "class5": class, "probabilities": shares.map(|p| round(&p))})
        }
    };
    format!("{value}\n").into_bytes()
}

fn parse(raw: &[u8], file: &OsStr, number: usize) -> Result<Line> {
    let fault = |cause: String| {
        Error::new(input::name_of(file), cause).at(number, None).remedy(
            "a line is {\"id\", \"text\", \"target\": {\"start\", \"end\"}} or {\"id\", \"text\", \"pair\": [two spans]}",
        )
    };
    let value: Value = serde_json::from_slice(raw).map_err(|e| {
        let text = e.to_string();
        fault(format!(
            "is not valid JSON: {}",
            text.split(" at line ").next().unwrap_or(&text)
        ))
    })?;
    let text = value.get("text").and_then(Value::as_str);
    let text = text.ok_or_else(|| fault("has no \"text\"".to_owned()))?;
    let span = |value: &Value, what: &str| {
        span(value, text).ok_or_else(|| fault(format!("has no \"{what}\" that lies in its text")))
    };
    let given = |name: &str| value.get(name).filter(|v| !v.is_null());
    let question = match (given("pair"), given("target"), given("holder")) {
        (Some(pair), _, _) => {
            let ends = pair.as_array().filter(|p| p.len() == 2);
            let ends =
                ends.ok_or_else(|| fault("has a \"pair\" that is not two spans".to_owned()))?;
            Question::Pair(span(&ends[0], "pair")?, span(&ends[1], "pair")?)
        }
        (None, Some(target), Some(holder)) => Question::Held {
            holder: span(holder, "holder")?,
            target: span(target, "target")?,
        },
        (None, Some(target), None) => Question::Tone(span(target, "target")?),
        (None, None, _) => return Err(fault("has no \"target\" and no \"pair\"".to_owned())),
    };
    Ok(Line {
        id: value.get("id").cloned().unwrap_or(Value::Null),
        text: text.to_owned(),
        question,
        number,
    })
}

/// A span in characters as one in bytes; `None` if it is empty or not in the text.
fn span(value: &Value, text: &str) -> Option<Span> {
    let number = |name: &str| usize::try_from(value.get(name)?.as_u64()?).ok();
    let (start, end) = (number("start")?, number("end")?);
    let mut places = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let from = places.clone().nth(start)?;
    let to = places.nth(end)?;
    (from < to).then(|| Span::new(from, to))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn offsets_count_characters() {
        let line = r#"{"id":7,"text":"Zoé 🙂 praised Ann.","target":{"start":14,"end":17}}"#;
        let line = parse(line.as_bytes(), "-".as_ref(), 1).unwrap();
        let Question::Tone(span) = line.question else {
            panic!("{:?}", line.question)
        };
        assert_eq!(span.of(&line.text), "Ann");
    }

    #[test]
    fn what_is_wrong_is_said_with_the_line() {
        for (line, cause) in [
            ("{", "not valid JSON"),
            (r#"{"id":1}"#, "no \"text\""),
            (r#"{"text":"a"}"#, "no \"target\""),
            (
                r#"{"text":"a","target":{"start":0,"end":9}}"#,
                "lies in its text",
            ),
            (
                r#"{"text":"a b","pair":[{"start":0,"end":1}]}"#,
                "not two spans",
            ),
        ] {
            let error = parse(line.as_bytes(), "-".as_ref(), 3)
                .err()
                .unwrap()
                .to_string();
            assert!(error.contains(cause) && error.contains(":3"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn any_line_is_survived(raw in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&raw, "-".as_ref(), 1);
        }
    }
}
