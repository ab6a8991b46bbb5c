//! JSON of a text with labelled spans: displaCy (`ents`), spaCy's `Doc.to_json` (`ents`), Prodigy
//! (`spans`), doccano (`label`, `labels` or `entities`, and `relations`). One document, a list with
//! one, or one a line. Offsets are Unicode scalar values.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::Value;

use super::gather::{Found, Gather, Held, Said, Who};
use super::kinds::kind_by;
use crate::base::offset::{Offsets, Unit};
use crate::base::{Error, Result, Span};
use crate::ingest::{Loaded, Source};
use crate::model::{Anchor, Colour, Highlight, MentionForm, Polarity, QuoteKind};

/// Fields that hold spans, and the programs that write them.
const FIELDS: [(&str, &str); 5] = [
    ("ents", "spaCy"),
    ("entities", "doccano"),
    ("label", "doccano"),
    ("labels", "doccano"),
    ("spans", "Prodigy"),
];

/// Whether a value is a text with labelled spans.
pub(super) fn is_one(value: &Value) -> bool {
    let one = match value {
        Value::Array(list) => list.first(),
        other => Some(other),
    };
    one.is_some_and(|v| v["text"].is_string() && FIELDS.iter().any(|(f, _)| v[*f].is_array()))
}

struct Mark {
    id: Option<String>,
    span: Span,
    label: String,
    entity: Option<String>,
}

/// Reads one document; `place` names it in errors, `line` is where it stands.
///
/// # Errors
/// No text, or a span that is none: the message names the field.
pub(super) fn read(value: &Value, line: usize, source: &Source) -> Result<Loaded> {
    let wrong = |cause: String| Error::new(&source.name, cause).at(line, None);
    let text = value["text"]
        .as_str()
        .ok_or_else(|| wrong("has no \"text\"".to_owned()))?;
    let mut out = Gather::of(text);
    let clean = out.text.clone();
    let at = Offsets::new(&clean);
    let (field, by) = FIELDS
        .into_iter()
        .find(|(f, _)| value[*f].is_array())
        .ok_or_else(|| wrong("has no labelled spans".to_owned()))?;
    let mut marks = Vec::new();
    for (n, one) in value[field].as_array().into_iter().flatten().enumerate() {
        marks.push(mark(one, &at).map_err(|cause| wrong(format!("{field}[{n}]: {cause}")))?);
    }
    out.meta.title = value["title"]
        .as_str()
        .or(value["meta"]["title"].as_str())
        .map(|t| super::gather::safe(t).replace('\n', " "));
    relate(&mut out, &marks, &value["relations"], by);
    out.details.push(format!("annotations read from {by}"));
    out.finish(source)
}

fn mark(one: &Value, at: &Offsets) -> std::result::Result<Mark, String> {
    let number = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
    let (start, end, label) = if let Value::Array(cells) = one {
        match &cells[..] {
            [start, end, label, ..] => (number(start), number(end), label.as_str()),
            _ => return Err("is not [start, end, label]".to_owned()),
        }
    } else {
        let get = |names: [&str; 2]| names.into_iter().find_map(|n| number(&one[n]));
        (
            get(["start", "start_offset"]),
            get(["end", "end_offset"]),
            one["label"].as_str(),
        )
    };
    let (Some(start), Some(end)) = (start, end) else {
        return Err("has no start and end".to_owned());
    };
    let label = label.ok_or("has no label")?;
    let span = at.span(start, end, Unit::Scalars).filter(|s| !s.is_empty());
    let span = span.ok_or_else(|| {
        let length = at.len(Unit::Scalars);
        format!("{start}..{end} is no part of the text, which has {length} characters")
    })?;
    let text = |v: &Value| match v {
        Value::String(s) if !s.is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        _ => None,
    };
    Ok(Mark {
        id: text(&one["id"]),
        span,
        label: label.to_owned(),
        entity: text(&one["kb_id"]),
    })
}

/// Makes layers of labels and relations: those that `export` writes become what they were, all
/// others names of their label.
fn relate(out: &mut Gather, marks: &[Mark], relations: &Value, by: &str) {
    let index: BTreeMap<&str, usize> = marks
        .iter()
        .enumerate()
        .filter_map(|(n, m)| Some((m.id.as_deref()?, n)))
        .collect();
    let mut arrows: Vec<(usize, usize, &str)> = Vec::new();
    for relation in relations.as_array().into_iter().flatten() {
        let end = |name: &str| match &relation[name] {
            Value::String(s) => index.get(s.as_str()).copied(),
            Value::Number(n) => index.get(n.to_string().as_str()).copied(),
            _ => None,
        };
        if let (Some(from), Some(to)) = (end("from_id"), end("to_id")) {
            arrows.push((from, to, relation["type"].as_str().unwrap_or_default()));
        }
    }
    // Mentions of one entity point at its first.
    let mut head: Vec<usize> = (0..marks.len()).collect();
    for (from, to, kind) in &arrows {
        if *kind == "coref" && to < from {
            head[*from] = head[*to];
        }
    }
    let key = |n: usize| match &marks[n].entity {
        Some(entity) => entity.clone(),
        None => format!("X{}", head[n] + 1),
    };
    let ours = ["coref", "holder", "target", "speaker", "via"];
    let joined = arrows.iter().any(|(_, _, kind)| ours.contains(kind));
    let from = |n: usize, wanted: &'static str| {
        let mine = arrows
            .iter()
            .filter(move |(a, _, kind)| *a == n && *kind == wanted);
        mine.map(|(_, to, _)| *to).collect::<Vec<_>>()
    };
    let who = |ends: &[usize]| match ends.first() {
        Some(n) if marks[*n].label != "REFERENCE" => Who::Entity(key(*n)),
        _ => Who::Unknown,
    };
    for (n, m) in marks.iter().enumerate() {
        let word = |prefix: &str| m.label.strip_prefix(prefix).map(str::to_lowercase);
        if let Some(polarity) = word("STANCE_").and_then(|p| Polarity::from_name(&p)) {
            if from(n, "part_of").is_empty() {
                let holder = from(n, "holder");
                let Some(target) = from(n, "target").first().copied() else {
                    continue;
                };
                let mut evidence = vec![m.span];
                let parts = arrows
                    .iter()
                    .filter(|(_, to, kind)| *to == n && *kind == "part_of");
                evidence.extend(parts.map(|(part, ..)| marks[*part].span));
                out.held.push(Held {
                    holder: who(&holder),
                    holder_span: holder.first().map(|h| marks[*h].span),
                    target: key(target),
                    target_span: marks[target].span,
                    polarity,
                    strength: 2,
                    evidence,
                    via: from(n, "via").into_iter().map(key).collect(),
                    rule: by.to_owned(),
                    confidence: 1.0,
                });
            }
            continue;
        }
        let quote = word("QUOTE_").map(|k| (k, false));
        let quote = quote.or_else(|| word("ATTRIBUTION_").map(|k| (k, true)));
        if let Some((kind, attribution)) =
            quote.and_then(|(k, a)| Some((QuoteKind::from_name(&k)?, a)))
        {
            let speaker = from(n, "speaker");
            out.said.push(Said {
                key: n.to_string(),
                span: m.span,
                cue: from(n, "cue").first().map(|c| marks[*c].span),
                speaker: who(&speaker),
                speaker_span: speaker.first().map(|s| marks[*s].span),
                kind,
                continues: from(n, "continues").first().map(ToString::to_string),
                via: from(n, "via").into_iter().map(key).collect(),
                attribution,
                rule: by.to_owned(),
                confidence: 1.0,
            });
            continue;
        }
        if let Some(colour) = word("HIGHLIGHT_").and_then(|c| Colour::from_name(&c)) {
            out.highlights.push(Highlight {
                id: format!("{by}-{}", n + 1),
                anchor: Anchor::new(&out.text, m.span),
                colour,
                tags: Vec::new(),
                note: None,
                created: Timestamp::UNIX_EPOCH,
                orphan: false,
            });
            continue;
        }
        match m.label.as_str() {
            "CUE" | "REFERENCE" => {}
            "ISSUE" => out.issues.push(super::gather::Argued {
                key: key(n),
                mentions: vec![m.span],
                ..Default::default()
            }),
            label => {
                let (kind, rule) = kind_by(label, by);
                // Without arrows and ids, equal words are one entity.
                let own = joined || m.entity.is_some();
                out.mentions.push(Found {
                    span: m.span,
                    kind,
                    entity: own.then(|| key(n)),
                    form: MentionForm::Name,
                    rule,
                });
            }
        }
    }
}
