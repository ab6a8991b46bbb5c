//! Label Studio: a list with one task, its annotations as a prediction, so that a person may accept
//! or correct them. Regions and relations; the configuration that shows them stands in the guide.
//! Offsets are Unicode scalar values. Calls `base` and `model`.

use serde_json::{Value, json};

use super::graph::Graph;
use crate::base::Result;
use crate::base::offset::{Offsets, Unit};
use crate::export::json::compact;
use crate::model::{Annotated, Highlight};

/// Writes the whole file.
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let at = Offsets::new(&document.text);
    let graph = Graph::new(annotated, highlights);
    let mut result: Vec<Value> = Vec::new();
    for (n, node) in graph.nodes.iter().enumerate() {
        let (start, end) = at.range(node.span, Unit::Scalars);
        let mut region = json!({
            "id": format!("r{n}"),
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {
                "start": start,
                "end": end,
                "text": node.span.of(&document.text),
                "labels": [node.label],
            },
        });
        if !node.meta.is_empty() {
            region["meta"] = json!({"text": node.meta});
        }
        if let Some(score) = node.confidence {
            region["score"] = json!((f64::from(score) * 100.0).round() / 100.0);
        }
        result.push(region);
    }
    for edge in &graph.edges {
        result.push(json!({
            "from_id": format!("r{}", edge.from),
            "to_id": format!("r{}", edge.to),
            "type": "relation",
            "direction": "right",
            "labels": [edge.label],
        }));
    }
    let meta = &document.meta;
    compact(&json!([{
        "data": {
            "text": &*document.text,
            "title": meta.title,
            "outlet": meta.outlet,
            "published": meta.published.map(|d| d.to_string()),
            "uri": meta.uri,
        },
        "predictions": [{
            "model_version": concat!("byline ", env!("CARGO_PKG_VERSION")),
            "result": result,
        }],
    }]))
}
