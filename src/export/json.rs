//! The public JSON contract as bytes: pretty, or one line. What the contract says stands in
//! `model::contract`; this file only makes text of it that is safe to print.

use std::fmt::Write as _;

use serde::Serialize;

use crate::base::text::is_unsafe;
use crate::base::{Error, Result};
use crate::model::contract;
use crate::model::{Annotated, Highlight};

/// The document as indented JSON with a newline at the end.
pub(super) fn pretty(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let file = contract::write(annotated, highlights);
    bytes(serde_json::to_string_pretty(&file))
}

/// The document as one line of JSON Lines.
pub(super) fn one(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    line(annotated, highlights, None)
}

/// The document as one line of JSON Lines, with the caller's own id.
///
/// # Errors
/// None is known; the signature leaves room for a document that JSON cannot hold.
pub fn line(
    annotated: &Annotated,
    highlights: &[Highlight],
    id: Option<serde_json::Value>,
) -> Result<Vec<u8>> {
    let mut file = contract::write(annotated, highlights);
    file.id = id;
    compact(&file)
}

/// Any value as JSON on one line, safe to print.
///
/// # Errors
/// The value has keys that JSON cannot hold.
pub fn compact(value: &impl Serialize) -> Result<Vec<u8>> {
    bytes(serde_json::to_string(value))
}

/// Any value as indented JSON with a newline at the end.
pub(super) fn value(value: &impl Serialize) -> Result<Vec<u8>> {
    bytes(serde_json::to_string_pretty(value))
}

/// JSON text as bytes: what could harm a terminal becomes `\u` escapes, which mean the same.
fn bytes(json: serde_json::Result<String>) -> Result<Vec<u8>> {
    let json = json.map_err(|e| Error::new("export", format!("cannot be written as JSON: {e}")))?;
    let mut out = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if c == '\n' || !is_unsafe(c) {
            out.push(c);
            continue;
        }
        let mut units = [0; 2];
        for unit in c.encode_utf16(&mut units) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{unit:04x}");
        }
    }
    out.push('\n');
    Ok(out.into_bytes())
}
