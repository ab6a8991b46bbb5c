//! Our own JSON (the annotated document, version 1) and one line of it, back into layers. Every
//! string is made safe on the way in, one character for one character, so that offsets hold.
//! Calls `base` and `model::contract`.

use serde_json::Value;

use super::draft::id_of;
use super::{Format, Loaded, Source, structured};
use crate::base::text::{is_unsafe, printable};
use crate::base::{Error, Result};
use crate::model::contract::{self, File};

/// Reads JSON; `None` if `text` is not JSON at all. `from` is the format that the reader says it
/// is.
///
/// # Errors
/// Broken JSON that names itself ours, JSON that is nobody's article, and whatever breaks the
/// contract.
pub(super) fn load(text: &str, source: &Source, from: Option<Format>) -> Result<Option<Loaded>> {
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if !body.starts_with(['{', '[']) && from.is_none() {
        return Ok(None);
    }
    let ours = body.starts_with('{') && body.contains("\"byline\"");
    let mut value: Value = match serde_json::from_str(body) {
        Ok(value) => value,
        Err(error) if ours || from.is_some() => return Err(fault(&error, text, body, source)),
        // A text may well begin with a bracket.
        Err(_) => return Ok(None),
    };
    // Elsewhere a byline is a text.
    let ours = from.map_or(
        value.get("byline").is_some_and(|v| !v.is_string()),
        |from| from == Format::Byline,
    );
    if !ours || value.get("byline").is_none() {
        if from != Some(Format::Byline)
            && let Some(loaded) = structured::load(&value, source)
        {
            return Ok(Some(loaded));
        }
        return Err(Error::new(&source.name, "is JSON, but not an annotated document of byline, a schema.org article or ninjs")
            .remedy("open plain text, or JSON made by `byline annotate --format json`; for lines of {\"id\", \"text\"} use `byline annotate --input jsonl`"));
    }
    let changed = make_safe(&mut value);
    let mut file: File = serde_json::from_value(value).map_err(|error| {
        // Parsed a second time only to learn the place of the fault.
        match serde_json::from_str::<File>(body) {
            Err(placed) => fault(&placed, text, body, source),
            Ok(_) => Error::new(&source.name, error.to_string()),
        }
    })?;
    if file.document.id.is_empty() {
        file.document.id = id_of(&file.document.text);
    }
    if changed > 0 {
        file.document.details.push(format!(
            "made {} harmless",
            super::decode::counted(changed, "unsafe character")
        ));
    }
    let (annotated, highlights) = contract::read(file, &source.name)?;
    Ok(Some(Loaded {
        document: std::sync::Arc::clone(&annotated.document),
        layers: Some((annotated, highlights)),
        about: super::About::default(),
        marks: Vec::new(),
    }))
}

/// A fault of `serde_json` in `body`, with line and column counted in the whole `text`.
fn fault(error: &serde_json::Error, text: &str, body: &str, source: &Source) -> Error {
    let skipped = &text[..text.len() - body.len()];
    let line = error.line() + skipped.matches('\n').count();
    let message = error.to_string();
    let cause = message
        .rsplit_once(" at line ")
        .map_or(message.as_str(), |(cause, _)| cause)
        .to_owned();
    let fault = Error::new(
        &source.name,
        format!("is not valid JSON of byline: {cause}"),
    )
    .at(line.max(1), Some(error.column().max(1)));
    if message.starts_with("trailing characters") {
        return fault.remedy("give one document, or one line of a JSON Lines file");
    }
    fault.remedy("print it again with `byline annotate --format json`")
}

/// Replaces unsafe characters in every string of `value`, newlines in the text aside. Returns how
/// many there were.
pub fn make_safe(value: &mut Value) -> usize {
    match value {
        Value::String(text) => {
            let unsafe_here = |c: char| c != '\n' && is_unsafe(c);
            let found = text.chars().filter(|&c| unsafe_here(c)).count();
            if found > 0 {
                *text = text
                    .split_inclusive('\n')
                    .map(|line| match line.strip_suffix('\n') {
                        Some(line) => format!("{}\n", printable(line)),
                        None => printable(line).into_owned(),
                    })
                    .collect();
            }
            found
        }
        Value::Array(items) => items.iter_mut().map(make_safe).sum(),
        Value::Object(fields) => fields.iter_mut().map(|(_, v)| make_safe(v)).sum(),
        _ => 0,
    }
}
