//! Marks that others made on an article that lies elsewhere: W3C Web Annotations (an annotation, a
//! list, a page or a line each; positions in Unicode scalar values) and Hypothes.is (its export and
//! its API; positions in UTF-16 code units). A mark is found by its position if the words are there,
//! else by words and context; what is in several places, or in none, is an orphan. The one who made
//! it stands among its tags.

use jiff::Timestamp;
use serde_json::Value;

use super::gather::safe;
use crate::base::offset::{Offsets, Unit};
use crate::base::text::one_line;
use crate::base::{Error, Result, Span};
use crate::ingest::Source;
use crate::model::{Anchor, Colour, Document, Highlight};

/// Whose marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Web {
    /// Web Annotations.
    W3c,
    /// Hypothes.is.
    Hypothesis,
}

/// What a value is, if it is any of these.
pub(super) fn is_one(value: &Value) -> Option<Web> {
    let first = value
        .as_array()
        .and_then(|list| list.first())
        .unwrap_or(value);
    let typed = |v: &Value, name: &str| match &v["type"] {
        Value::String(t) => t == name,
        Value::Array(all) => all.iter().any(|t| t == name),
        _ => false,
    };
    let kinds = ["Annotation", "AnnotationPage", "AnnotationCollection"];
    if kinds.iter().any(|k| typed(first, k)) {
        return Some(Web::W3c);
    }
    let list = ["annotations", "rows"]
        .into_iter()
        .find_map(|n| value[n].as_array());
    let plain = list.is_some_and(|l| l.iter().all(|a| a["target"].is_array()));
    (plain || (first["target"].is_array() && first["user"].is_string())).then_some(Web::Hypothesis)
}

/// The annotations of a value.
fn items(value: &Value) -> Vec<&Value> {
    if let Value::Array(list) = value {
        list.iter().flat_map(items).collect()
    } else {
        let inner = ["items", "annotations", "rows"]
            .into_iter()
            .find_map(|n| value[n].as_array());
        match (inner, &value["first"]) {
            (Some(list), _) => list.iter().collect(),
            (None, page @ Value::Object(_)) => items(page),
            _ => vec![value],
        }
    }
}

/// One target of an annotation.
fn target(one: &Value) -> &Value {
    match &one["target"] {
        Value::Array(list) => list.first().unwrap_or(&Value::Null),
        other => other,
    }
}

/// Where the article lies that the marks are on: a path or an address.
pub(super) fn article(value: &Value) -> Option<String> {
    items(value).into_iter().find_map(|one| {
        let target = target(one);
        let source = match &target["source"] {
            Value::Object(source) => source.get("id").and_then(Value::as_str),
            other => other.as_str(),
        };
        let place = source.or(target.as_str()).or(one["uri"].as_str());
        place.map(|p| safe(p).replace('\n', " "))
    })
}

/// Reads marks and finds them in their article.
///
/// # Errors
/// An annotation without words and without a position: the message names it.
pub(super) fn read(
    value: &Value,
    web: Web,
    document: &Document,
    source: &Source,
) -> Result<Vec<Highlight>> {
    let at = Offsets::new(&document.text);
    let unit = match web {
        Web::W3c => Unit::Scalars,
        Web::Hypothesis => Unit::Utf16,
    };
    let mut out = Vec::new();
    for (n, one) in items(value).into_iter().enumerate() {
        // What byline found itself it finds again.
        if one["generator"]["id"] == "urn:byline:program" {
            continue;
        }
        // A note on the whole page and a reply to a note have no place in the text.
        if one["references"].as_array().is_some_and(|r| !r.is_empty()) {
            continue;
        }
        let selector = &target(one)["selector"];
        let selectors: Vec<&Value> = match selector {
            Value::Array(list) => list.iter().collect(),
            Value::Null => continue,
            other => vec![other],
        };
        let anchor = place(&selectors, &at, unit).ok_or_else(|| {
            Error::new(
                &source.name,
                format!(
                    "annotation {}: has no words and no place in the text",
                    n + 1
                ),
            )
        })?;
        out.push(highlight(one, n, anchor));
    }
    out.sort_by_key(|h| (h.orphan, h.anchor.span));
    Ok(out)
}

/// The place that selectors name; an orphan's without a span of its own. `None` if they name none.
fn place(selectors: &[&Value], at: &Offsets, unit: Unit) -> Option<(Anchor, bool)> {
    let of = |kind: &str| selectors.iter().find(|s| s["type"] == kind);
    let number = |v: &Value| v.as_u64().and_then(|n| usize::try_from(n).ok());
    let position = of("TextPositionSelector").and_then(|s| {
        let (start, end) = (number(&s["start"])?, number(&s["end"])?);
        Some((start, end))
    });
    let span = position.and_then(|(start, end)| at.span(start, end, unit));
    let Some(quote) = of("TextQuoteSelector") else {
        let span = span.filter(|s| !s.is_empty())?;
        return Some((Anchor::new(at.text(), span), false));
    };
    let words = |name: &str| safe(quote[name].as_str().unwrap_or_default());
    let (exact, prefix, suffix) = (words("exact"), words("prefix"), words("suffix"));
    if exact.is_empty() {
        return None;
    }
    let here = span.filter(|s| s.of(at.text()) == exact);
    let found = here.or_else(|| find(at.text(), &exact, &prefix, &suffix));
    Some(if let Some(span) = found {
        (Anchor::new(at.text(), span), false)
    } else {
        let anchor = Anchor {
            span: Span::default(),
            exact,
            prefix,
            suffix,
        };
        (anchor, true)
    })
}

/// The one place where these words stand, or the one of several whose context fits best.
fn find(text: &str, exact: &str, prefix: &str, suffix: &str) -> Option<Span> {
    let alike = |(at, _): (usize, &str)| {
        let before = text[..at].chars().rev().zip(prefix.chars().rev());
        let after = text[at + exact.len()..].chars().zip(suffix.chars());
        let same =
            before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count();
        (same, Span::new(at, at + exact.len()))
    };
    let mut places: Vec<(usize, Span)> = text.match_indices(exact).take(1000).map(alike).collect();
    places.sort_by_key(|(same, _)| std::cmp::Reverse(*same));
    match places[..] {
        [(_, only)] => Some(only),
        [(best, span), (second, _), ..] if best > second => Some(span),
        _ => None,
    }
}

fn highlight(one: &Value, n: usize, (anchor, orphan): (Anchor, bool)) -> Highlight {
    let mut tags: Vec<String> = Vec::new();
    let mut notes: Vec<String> = Vec::new();
    let mut colour = Colour::default();
    let mut body = |body: &Value| {
        let value = body.as_str().or(body["value"].as_str()).unwrap_or_default();
        let word = one_line(&safe(value));
        if word.is_empty() {
            return;
        }
        match body["purpose"].as_str() {
            Some("classifying" | "highlighting") if Colour::from_name(&word).is_some() => {
                colour = Colour::from_name(&word).unwrap_or_default();
            }
            Some("tagging" | "classifying" | "identifying") => tags.push(word),
            _ => notes.push(safe(value)),
        }
    };
    match &one["body"] {
        Value::Array(list) => list.iter().for_each(&mut body),
        Value::Null => {}
        other => body(other),
    }
    // Those of Hypothes.is have their note and tags in fields of their own.
    body(&one["text"]);
    let own = one["tags"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    tags.extend(own.map(|t| one_line(&safe(t))).filter(|t| !t.is_empty()));
    if let Some(word) = one["bodyValue"].as_str() {
        notes.push(safe(word));
    }
    let creator = match &one["creator"] {
        Value::Array(list) => list.first().unwrap_or(&Value::Null),
        other => other,
    };
    let names = [
        &creator["name"],
        &creator["nickname"],
        &creator["id"],
        creator,
        &one["user"],
    ];
    let by = names.into_iter().find_map(Value::as_str).map(|name| {
        let name = one_line(&safe(name));
        // `acct:name@host` is how Hypothes.is writes it.
        let name = name.strip_prefix("acct:").unwrap_or(&name);
        name.split('@').next().unwrap_or(name).to_owned()
    });
    // Our own files name the reader, who needs no telling.
    if let Some(by) = by.filter(|by| !by.is_empty() && by != "reader") {
        let tag = format!("by {by}");
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let created = one["created"]
        .as_str()
        .and_then(|t| t.parse::<Timestamp>().ok());
    let id = one["id"].as_str().map(|id| safe(id).replace('\n', " "));
    Highlight {
        id: id
            .filter(|id| !id.is_empty())
            .unwrap_or_else(|| format!("web-{}", n + 1)),
        anchor,
        colour,
        tags,
        note: (!notes.is_empty()).then(|| notes.join("\n")),
        created: created.unwrap_or(Timestamp::UNIX_EPOCH),
        orphan,
    }
}
