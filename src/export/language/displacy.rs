//! displaCy: what spaCy's `displacy.render(…, style="ent", manual=True)` draws. Marks that overlap
//! cannot be drawn. Offsets are Unicode scalar values. Calls `base` and `model`.

use serde_json::json;

use super::spans::{apart, label, mentions};
use crate::base::Result;
use crate::base::offset::{Offsets, Unit};
use crate::export::json::compact;
use crate::model::{Annotated, Highlight};

/// Writes the whole file.
pub(super) fn write(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let at = Offsets::new(&document.text);
    let mut all = mentions(annotated);
    all.retain(|m| m.is_name());
    let marks = apart(all).into_iter().map(|m| {
        let (start, end) = at.range(m.span(), Unit::Scalars);
        json!({"start": start, "end": end, "label": label(m.entity.kind),
            "kb_id": m.entity.id.to_string()})
    });
    compact(&json!([{
        "text": &*document.text,
        "ents": marks.collect::<Vec<_>>(),
        "title": document.meta.title,
    }]))
}
