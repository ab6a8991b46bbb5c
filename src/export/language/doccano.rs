//! doccano: one line of its JSONL for sequence labelling with relations. Mentions, quotes, evidence,
//! targets and highlights are labelled spans; who says and who holds what are relations; notes and
//! colours are in the label of a highlight and in the comments. Offsets are Unicode scalar values.
//! Calls `base` and `model`.

use serde_json::{Value, json};

use super::graph::{Graph, Node};
use super::spans::placed;
use crate::base::Result;
use crate::base::offset::{Offsets, Unit};
use crate::export::json::compact;
use crate::model::{Annotated, Highlight};

/// Writes the line.
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let at = Offsets::new(&document.text);
    let graph = Graph::new(annotated, highlights);
    let entity = |(id, node): (usize, &Node)| {
        let (start, end) = at.range(node.span, Unit::Scalars);
        json!({"id": id, "label": node.label, "start_offset": start, "end_offset": end})
    };
    let relation = |(id, edge): (usize, &super::graph::Edge)| json!({"id": id, "from_id": edge.from, "to_id": edge.to, "type": edge.label});
    let notes: Vec<Value> = placed(&document.text, highlights)
        .into_iter()
        .filter_map(|h| {
            let note = h.note.as_ref()?;
            Some(json!(format!("{}: {note}", h.anchor.exact)))
        })
        .collect();
    compact(&json!({
        "id": document.id,
        "text": &*document.text,
        "entities": graph.nodes.iter().enumerate().map(entity).collect::<Vec<_>>(),
        "relations": graph.edges.iter().enumerate().map(relation).collect::<Vec<_>>(),
        "Comments": notes,
    }))
}
