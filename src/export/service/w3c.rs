//! W3C Web Annotation, as JSON-LD: a collection with every mark of the reader and every annotation
//! of the annotator as one annotation each, found by its words and by its position (Unicode scalar
//! values). What the standard has no word for stands under terms of our own, which a context of our
//! own defines: a JSON-LD processor drops what no context knows.

use serde_json::{Map, Value, json};

use crate::base::{EntityId, Offsets, Result, Span, Unit};
use crate::export::json;
use crate::export::source::{Marked, clean, identity, line, marked};
use crate::model::{Anchor, Annotated, Highlight, Party, Target};

/// The standard's context.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// What our own terms mean.
fn terms() -> Value {
    let id = |name: &str| json!({"@id": format!("byline:{name}"), "@type": "@id"});
    json!({
        "byline": "urn:byline:ns:",
        "Quotation": "byline:Quotation", "Stance": "byline:Stance",
        "kind": "byline:kind", "form": "byline:form", "alias": "byline:alias",
        "role": "byline:role", "party": "byline:party", "cue": "byline:cue",
        "polarity": "byline:polarity", "strength": "byline:strength",
        "confidence": "byline:confidence", "rule": "byline:rule", "why": "byline:why",
        "evidence": "byline:evidence", "orphan": "byline:orphan",
        "speakerAt": "byline:speakerAt", "holderAt": "byline:holderAt", "aboutAt": "byline:aboutAt",
        "entityConfidence": "byline:entityConfidence", "entityRule": "byline:entityRule",
        "speaksFor": id("speaksFor"), "speaker": id("speaker"), "holder": id("holder"),
        "about": id("about"), "inverseOf": id("inverseOf"), "continues": id("continues"),
        "reportedBy": {"@id": "byline:reportedBy", "@type": "@id", "@container": "@list"},
    })
}

/// One annotation in the making.
struct Maker<'a> {
    annotated: &'a Annotated,
    offsets: Offsets<'a>,
    source: String,
}

impl Maker<'_> {
    fn urn(&self, name: &str) -> String {
        format!("urn:byline:{}:{name}", self.annotated.document.id)
    }

    fn entity(&self, id: EntityId) -> String {
        self.urn(&id.to_string())
    }

    fn selectors(&self, span: Span) -> Value {
        let anchor = Anchor::new(&self.annotated.document.text, span);
        let (start, end) = self.offsets.range(span, Unit::Scalars);
        json!([
            {"type": "TextQuoteSelector",
             "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix},
            {"type": "TextPositionSelector", "start": start, "end": end},
        ])
    }

    fn target(&self, span: Span) -> Value {
        json!({"source": self.source, "selector": self.selectors(span)})
    }

    fn found(&self, id: &str, motivation: &str, body: Value, target: Value) -> Value {
        json!({
            "id": self.urn(id),
            "type": "Annotation",
            "motivation": motivation,
            "generator": {"id": "urn:byline:program", "type": "Software", "name": "byline"},
            "body": body,
            "target": target,
        })
    }

    /// What is held by a party that is no entity.
    fn party(&self, party: Party) -> (&'static str, Value) {
        match party {
            Party::Entity(id) => ("entity", self.entity(id).into()),
            Party::Author => ("author", Value::Null),
            Party::Editor => ("editor", Value::Null),
            Party::Unknown => ("unknown", Value::Null),
        }
    }

    fn via(&self, via: &[EntityId]) -> Value {
        via.iter().map(|&id| self.entity(id)).collect()
    }
}

fn sure(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// Only what says something.
fn object(fields: Vec<(&str, Value)>) -> Value {
    let empty = |v: &Value| match v {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    };
    let fields = fields.into_iter().filter(|(_, v)| !empty(v));
    Value::Object(
        fields
            .map(|(k, v)| (k.to_owned(), v))
            .collect::<Map<_, _>>(),
    )
}

fn mark(maker: &Maker, mark: &Marked) -> Value {
    let textual = |purpose: &str, value: &str| json!({"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose});
    let mut bodies = vec![textual("classifying", mark.highlight.colour.name())];
    bodies.extend(mark.tags().map(|tag| textual("tagging", &tag)));
    bodies.extend(mark.note.iter().map(|note| textual("commenting", note)));
    let target = if let Some(span) = mark.span {
        maker.target(span)
    } else {
        let anchor = &mark.highlight.anchor;
        json!({"source": maker.source, "selector": [{
            "type": "TextQuoteSelector", "exact": clean(&anchor.exact),
            "prefix": clean(&anchor.prefix), "suffix": clean(&anchor.suffix)}]})
    };
    let mut out = json!({
        "id": format!("urn:uuid:{}", mark.uuid()),
        "type": "Annotation",
        "motivation": if mark.note.is_some() { "commenting" } else { "highlighting" },
        "created": mark.highlight.created.to_string(),
        "body": bodies,
        "target": target,
    });
    if mark.span.is_none() {
        out["orphan"] = true.into();
    }
    out
}

fn entities(maker: &Maker, out: &mut Vec<Value>) {
    for entity in &maker.annotated.entities {
        for (n, mention) in entity.mentions.iter().enumerate() {
            let first = n == 0;
            let only_first = |value: Value| if first { value } else { Value::Null };
            let name = line(&entity.name);
            let aliases: Vec<String> = entity.aliases.iter().map(|a| line(a)).collect();
            let role = entity.role.as_deref().map(line);
            // What is identified is named by its IRI alone, as readers of the standard want it; what
            // is known of it stands on the body, and once.
            let body = object(vec![
                ("type", "SpecificResource".into()),
                ("purpose", "identifying".into()),
                ("source", maker.entity(entity.id).into()),
                ("name", name.into()),
                ("kind", entity.kind.name().into()),
                ("alias", only_first(aliases.into())),
                ("role", only_first(role.into())),
                (
                    "speaksFor",
                    only_first(entity.speaks_for.map(|e| maker.entity(e)).into()),
                ),
                (
                    "entityConfidence",
                    only_first(sure(entity.confidence).into()),
                ),
                ("entityRule", only_first(line(&entity.rule).into())),
                ("form", mention.form.name().into()),
                ("confidence", sure(mention.confidence).into()),
                ("rule", line(&mention.rule).into()),
            ]);
            let id = format!("{}.{}", entity.id, n + 1);
            out.push(maker.found(&id, "identifying", body, maker.target(mention.span)));
        }
    }
}

fn issues(maker: &Maker, out: &mut Vec<Value>) {
    for issue in &maker.annotated.issues {
        for (n, &span) in issue.mentions.iter().enumerate() {
            let inverse = issue.inverse_of.map(|i| maker.urn(&i.to_string()));
            let body = object(vec![
                ("type", "SpecificResource".into()),
                ("purpose", "identifying".into()),
                ("source", maker.urn(&issue.id.to_string()).into()),
                ("name", line(&issue.name).into()),
                ("kind", "issue".into()),
                ("inverseOf", inverse.into()),
            ]);
            let id = format!("{}.{}", issue.id, n + 1);
            out.push(maker.found(&id, "identifying", body, maker.target(span)));
        }
    }
}

fn quotes(maker: &Maker, out: &mut Vec<Value>) {
    let annotated = maker.annotated;
    for (letter, list) in [("Q", &annotated.quotes), ("A", &annotated.attributions)] {
        for quote in list {
            let (party, speaker) = maker.party(quote.speaker);
            let id = |n: usize| format!("{letter}{}", n + 1);
            let body = object(vec![
                (
                    "id",
                    maker.urn(&format!("{}.body", id(quote.id.index()))).into(),
                ),
                ("type", "Quotation".into()),
                ("purpose", "describing".into()),
                ("party", party.into()),
                ("speaker", speaker),
                (
                    "speakerAt",
                    quote.speaker_span.map(|at| maker.selectors(at)).into(),
                ),
                ("kind", quote.kind.name().into()),
                ("cue", quote.cue.map(|cue| maker.selectors(cue)).into()),
                (
                    "continues",
                    quote.continues.map(|q| maker.urn(&id(q.index()))).into(),
                ),
                ("reportedBy", maker.via(&quote.via)),
                ("confidence", sure(quote.confidence).into()),
                ("rule", line(&quote.rule).into()),
            ]);
            let target = maker.target(quote.span);
            out.push(maker.found(&id(quote.id.index()), "describing", body, target));
        }
    }
}

fn stances(maker: &Maker, out: &mut Vec<Value>) {
    let annotated = maker.annotated;
    for stance in &annotated.stances {
        let (party, holder) = maker.party(stance.holder);
        let about = match stance.target {
            Target::Entity(id) => maker.entity(id),
            Target::Issue(id) => maker.urn(&id.to_string()),
        };
        let evidence: Vec<Value> = stance
            .evidence
            .iter()
            .map(|&e| maker.selectors(e))
            .collect();
        let evidence: Vec<Value> = evidence
            .into_iter()
            .map(|selector| {
                json!({"type": "SpecificResource", "source": maker.source,
                "selector": selector})
            })
            .collect();
        let body = object(vec![
            ("id", maker.urn(&format!("{}.body", stance.id)).into()),
            ("type", "Stance".into()),
            ("purpose", "assessing".into()),
            ("party", party.into()),
            ("holder", holder),
            (
                "holderAt",
                stance.holder_span.map(|at| maker.selectors(at)).into(),
            ),
            ("about", about.into()),
            ("aboutAt", maker.selectors(stance.target_span)),
            ("polarity", stance.polarity.name().into()),
            ("strength", stance.strength.into()),
            ("evidence", evidence.into()),
            ("reportedBy", maker.via(&stance.via)),
            ("confidence", sure(stance.confidence).into()),
            ("rule", line(&stance.rule).into()),
        ]);
        let sentence = annotated.sentences.get(stance.sentence.index());
        let target = maker.target(sentence.map_or(stance.target_span, |s| s.span));
        out.push(maker.found(&stance.id.to_string(), "assessing", body, target));
    }
}

fn links(maker: &Maker, out: &mut Vec<Value>) {
    for (n, link) in maker.annotated.links.iter().enumerate() {
        let body = json!({
            "type": "SpecificResource",
            "purpose": "linking",
            "source": maker.source,
            "selector": maker.selectors(link.passage),
            "why": line(&link.why),
            "confidence": sure(link.confidence),
            "rule": line(&link.rule),
        });
        let id = format!("L{}", n + 1);
        out.push(maker.found(&id, "linking", body, maker.target(link.comment)));
    }
}

/// Writes the collection.
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let maker = Maker {
        annotated,
        offsets: Offsets::new(&annotated.document.text),
        source: identity(&annotated.document),
    };
    let marks = marked(annotated, highlights);
    let mut items: Vec<Value> = marks.iter().map(|one| mark(&maker, one)).collect();
    entities(&maker, &mut items);
    issues(&maker, &mut items);
    quotes(&maker, &mut items);
    stances(&maker, &mut items);
    links(&maker, &mut items);
    json::value(&json!({
        "@context": [CONTEXT, terms()],
        "id": maker.urn("annotations"),
        "type": "AnnotationCollection",
        "label": line(annotated.document.display_title()),
        "total": items.len(),
        "first": {
            "id": maker.urn("annotations:1"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
    }))
}
