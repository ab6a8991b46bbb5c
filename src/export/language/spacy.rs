//! spaCy, as one line of `Doc.to_json`: tokens, names (`ents`) and groups of spans for what overlaps
//! (`mentions`, `quotes`, `stances`). `Doc(vocab).from_json(…)` reads it. And Prodigy, one line of
//! its tasks: tokens and names. Offsets are Unicode scalar values. Calls `base` and `model`.

use serde_json::{Value, json};

use super::spans::{Named, apart, label, mentions};
use super::words::lines;
use crate::base::offset::{Offsets, Unit};
use crate::base::{Result, Span};
use crate::export::json::compact;
use crate::model::{Annotated, Highlight};

/// One line that `Doc.from_json` reads.
pub(super) fn write(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let at = Offsets::new(&document.text);
    let all = mentions(annotated);
    let tokens = tokens(annotated, &all);
    let place = |span: Span| at.range(span, Unit::Scalars);
    let whole = |span: Span| widened(&tokens, span);
    let names = names(&all);
    let ents = names.iter().filter_map(|m| {
        let (start, end) = place(whole(m.span())?);
        Some(json!({"start": start, "end": end, "label": label(m.entity.kind)}))
    });
    let one = |span: Span, label: &str, id: String| {
        let (start, end) = place(whole(span)?);
        Some(json!({"start": start, "end": end, "label": label, "kb_id": id}))
    };
    let spans = |m: &Named| one(m.span(), label(m.entity.kind), m.entity.id.to_string());
    let quotes = annotated.quotes.iter().filter_map(|q| {
        let speaker = q.speaker.entity().map(|e| e.to_string());
        one(q.span, q.kind.name(), speaker.unwrap_or_default())
    });
    let stances = annotated.stances.iter().flat_map(|s| {
        let id = s.id.to_string();
        let evidence = s.evidence.iter();
        evidence.filter_map(move |e| one(*e, s.polarity.name(), id.clone()))
    });
    let cells = tokens.iter().enumerate().map(|(id, span)| {
        let (start, end) = place(*span);
        json!({"id": id, "start": start, "end": end})
    });
    compact(&json!({
        "text": &*document.text,
        "ents": ents.collect::<Vec<_>>(),
        "spans": {
            "mentions": all.iter().filter_map(spans).collect::<Vec<_>>(),
            "quotes": quotes.collect::<Vec<_>>(),
            "stances": stances.collect::<Vec<_>>(),
        },
        "tokens": cells.collect::<Vec<_>>(),
    }))
}

/// One task of Prodigy.
pub(super) fn prodigy(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let at = Offsets::new(&document.text);
    let all = mentions(annotated);
    let tokens = tokens(annotated, &all);
    let text = &*document.text;
    let spans = names(&all).into_iter().filter_map(|m| {
        let span = widened(&tokens, m.span())?;
        let (start, end) = at.range(span, Unit::Scalars);
        let first = tokens.partition_point(|t| t.to() <= span.from());
        let last = tokens.partition_point(|t| t.from() < span.to());
        Some(
            json!({"start": start, "end": end, "label": label(m.entity.kind),
            "token_start": first, "token_end": last.saturating_sub(1)}),
        )
    });
    let cells = tokens.iter().enumerate().map(|(id, span)| {
        let (start, end) = at.range(*span, Unit::Scalars);
        json!({"text": span.of(text), "id": id, "start": start, "end": end,
            "ws": text[span.to()..].starts_with(' ')})
    });
    let meta = &document.meta;
    let mut facts = serde_json::Map::new();
    for (name, value) in [("title", &meta.title), ("source", &meta.outlet)] {
        if let Some(value) = value {
            facts.insert(name.to_owned(), Value::String(value.clone()));
        }
    }
    compact(&json!({
        "text": text,
        "tokens": cells.collect::<Vec<_>>(),
        "spans": spans.collect::<Vec<_>>(),
        "meta": facts,
        "answer": "accept",
    }))
}

/// Names and figures that do not overlap.
fn names<'a>(all: &[Named<'a>]) -> Vec<Named<'a>> {
    apart(all.iter().copied().filter(|m| m.is_name()).collect())
}

/// Tokens as spaCy has them: one space after a word belongs to it, all other white space is a token
/// of its own, and nothing lies between tokens.
fn tokens(annotated: &Annotated, all: &[Named]) -> Vec<Span> {
    let text = &*annotated.document.text;
    let words = lines(annotated, all).into_iter().flat_map(|l| l.words);
    let mut out: Vec<Span> = Vec::new();
    let mut at = 0;
    let gap = |from: usize, to: usize, out: &mut Vec<Span>| {
        let own = usize::from(!out.is_empty() && text[from..to].starts_with(' '));
        if from + own < to {
            out.push(Span::new(from + own, to));
        }
    };
    for word in words {
        gap(at, word.span.from(), &mut out);
        out.push(word.span);
        at = word.span.to();
    }
    gap(at, text.len(), &mut out);
    out
}

/// The span widened to whole tokens, which is what spaCy's spans are made of; none without words.
fn widened(tokens: &[Span], span: Span) -> Option<Span> {
    let first = tokens.partition_point(|t| t.to() <= span.from());
    let end = tokens.partition_point(|t| t.from() < span.to());
    (first < end && !span.is_empty()).then(|| tokens[first].hull(tokens[end - 1]))
}
