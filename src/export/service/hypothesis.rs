//! Annotations as Hypothes.is' client exports and imports them. Positions count UTF-16 code units,
//! as its client does, in the text as byline shows it; a page may have more text around it, and the
//! quoted words then say where.

use serde_json::{Value, json};

use crate::base::{Offsets, Result, Unit};
use crate::export::json;
use crate::export::source::{clean, identity, line, marked};
use crate::model::{Annotated, Highlight};

/// Who wrote them: nobody with an account.
const USER: &str = "acct:reader@byline";

/// Writes the file.
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let offsets = Offsets::new(&document.text);
    let uri = identity(document);
    let title = line(document.display_title());
    let marks = marked(annotated, highlights);
    let last = marks.iter().map(|mark| mark.highlight.created).max();
    let annotations: Vec<Value> = marks
        .iter()
        .map(|mark| {
            let anchor = &mark.highlight.anchor;
            let mut selectors = vec![json!({
                "type": "TextQuoteSelector", "exact": mark.words,
                "prefix": clean(&anchor.prefix), "suffix": clean(&anchor.suffix),
            })];
            if let Some(span) = mark.span {
                let (start, end) = offsets.range(span, Unit::Utf16);
                selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
            }
            let created = mark.highlight.created.to_string();
            json!({
                "id": mark.uuid(),
                "created": created,
                "updated": created,
                "user": USER,
                "uri": uri,
                "text": mark.note.clone().unwrap_or_default(),
                "tags": mark.tags().collect::<Vec<_>>(),
                "group": "__world__",
                "permissions": {
                    "read": [USER], "admin": [USER], "update": [USER], "delete": [USER],
                },
                "target": [{"source": uri, "selector": selectors}],
                "document": {"title": [title]},
                "links": {},
                "hidden": false,
                "flagged": false,
                "references": [],
                "user_info": {"display_name": null},
            })
        })
        .collect();
    json::value(&json!({
        // The newest mark, so that the same marks give the same file.
        "export_date": last.map_or_else(String::new, |at| at.to_string()),
        "export_userid": USER,
        "client_version": concat!("byline ", env!("CARGO_PKG_VERSION")),
        "annotations": annotations,
    }))
}
