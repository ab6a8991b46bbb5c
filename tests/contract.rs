//! The public JSON contract: what the program prints fits `assets/annotated.schema.json`, offsets
//! point at the words they should, and the schema refuses what breaks the contract.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;
use std::sync::Arc;

use boon::{Compiler, SchemaIndex, Schemas};
use byline::base::{BlockId, EntityId, IssueId, QuoteId, SentenceId, Span, StanceId};
use byline::ingest::{self, Source};
use byline::model::{
    Anchor, Annotated, Colour, Document, Entity, EntityKind, Highlight, Issue, Link, Mention,
    MentionForm, Party, Polarity, Quote, QuoteKind, Sentence, Stance, Target,
};
use serde_json::{Value, json};

const SCHEMA: &str = include_str!("../assets/annotated.schema.json");
const ARTICLE: &str = "Zoe\u{308} 😀 and the bridge\n\nMayor Zoe\u{308} Ng said 👩\u{200d}👧 “never” to the 东京 bridge, Le Journal reported.\n\nEditor's note\nA cafe\u{301} would be better.\n";

fn schema() -> (Schemas, SchemaIndex) {
    let mut schemas = Schemas::new();
    let mut compiler = Compiler::new();
    compiler
        .add_resource("annotated.json", serde_json::from_str(SCHEMA).unwrap())
        .unwrap();
    let index = compiler.compile("annotated.json", &mut schemas).unwrap();
    (schemas, index)
}

fn valid(value: &Value) -> Result<(), String> {
    let (schemas, index) = schema();
    schemas.validate(value, index).map_err(|e| e.to_string())
}

/// Every `start`/`end` pair below `value`, with the path to it.
fn ranges(value: &Value, path: &str, out: &mut Vec<(String, usize, usize)>) {
    match value {
        Value::Object(fields) => {
            if let (Some(start), Some(end)) = (fields.get("start"), fields.get("end")) {
                let number = |v: &Value| usize::try_from(v.as_u64().unwrap()).unwrap();
                out.push((path.to_owned(), number(start), number(end)));
            }
            for (key, inner) in fields {
                ranges(inner, &format!("{path}/{key}"), out);
            }
        }
        Value::Array(items) => {
            for (n, inner) in items.iter().enumerate() {
                ranges(inner, &format!("{path}/{n}"), out);
            }
        }
        _ => {}
    }
}

/// The words under each range of a document, by path.
fn words(value: &Value) -> Vec<(String, String)> {
    let text: Vec<char> = value["document"]["text"]
        .as_str()
        .unwrap()
        .chars()
        .collect();
    let mut found = Vec::new();
    ranges(value, "", &mut found);
    found
        .into_iter()
        .map(|(path, start, end)| {
            assert!(start <= end && end <= text.len(), "{path}: {start}..{end}");
            (path, text[start..end].iter().collect())
        })
        .collect()
}

fn fixture() -> (Annotated, Vec<Highlight>) {
    let source = Source {
        name: "fixture".to_owned(),
        uri: None,
    };
    let loaded = ingest::load(ARTICLE.as_bytes(), &source).unwrap();
    let mut document = Document::clone(&loaded.document);
    document.meta.published_at = byline::base::moment::read("2025-03-17T10:01:09-04:00");
    let document = Arc::new(document);
    let text = Arc::clone(&document.text);
    let at = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let mut out = Annotated::bare(Arc::clone(&document));
    out.sentences = (0..document.blocks.len())
        .map(|n| Sentence {
            span: document.blocks[n].span,
            block: BlockId::at(n),
        })
        .collect();
    for (n, (name, kind)) in [
        ("Zoe\u{308} Ng", EntityKind::Person),
        ("东京", EntityKind::Place),
        ("Le Journal", EntityKind::Organization),
    ]
    .into_iter()
    .enumerate()
    {
        let mention = Mention {
            span: at(name),
            form: MentionForm::Name,
            conll: None,
            rule: "hand".into(),
            confidence: 0.9,
        };
        out.entities.push(Entity {
            id: EntityId::at(n),
            name: name.to_owned(),
            kind,
            aliases: vec![],
            role: None,
            speaks_for: None,
            mentions: vec![mention],
            rule: "hand".into(),
            confidence: 0.97,
        });
    }
    out.issues.push(Issue {
        id: IssueId(0),
        name: "the bridge".to_owned(),
        mentions: vec![at("the bridge")],
        inverse_of: None,
    });
    out.quotes.push(Quote {
        id: QuoteId(0),
        span: at("“never”"),
        cue: Some(at("said")),
        speaker: Party::Entity(EntityId(0)),
        speaker_span: None,
        kind: QuoteKind::Mixed,
        continues: None,
        via: Vec::new(),
        rule: "hand".into(),
        confidence: 0.9,
    });
    out.quotes.push(Quote {
        id: QuoteId(1),
        span: at("to the 东京 bridge"),
        kind: QuoteKind::Indirect,
        continues: Some(QuoteId(0)),
        via: vec![EntityId(2)],
        ..out.quotes[0].clone()
    });
    out.attributions.push(Quote {
        span: at("the 东京 bridge"),
        kind: QuoteKind::Indirect,
        ..out.quotes[0].clone()
    });
    out.stances.push(Stance {
        id: StanceId(0),
        sentence: SentenceId(1),
        holder: Party::Entity(EntityId(0)),
        holder_span: Some(at("Zoe\u{308} Ng")),
        target: Target::Issue(IssueId(0)),
        target_span: at("东京 bridge"),
        polarity: Polarity::Against,
        strength: 3,
        evidence: vec![at("never")],
        via: vec![EntityId(2)],
        rule: "hand".into(),
        confidence: 0.88,
    });
    out.links.push(Link {
        comment: at("A cafe\u{301} would be better."),
        passage: document.blocks[1].span,
        why: "same place".to_owned(),
        rule: "hand".into(),
        confidence: 0.7,
    });
    assert_eq!(out.fault(), None);
    let highlight = Highlight {
        id: "H1".to_owned(),
        anchor: Anchor::new(&text, at("👩\u{200d}👧 “never”")),
        colour: Colour::Blue,
        tags: vec!["t".to_owned()],
        note: Some("n".to_owned()),
        created: "2025-03-17T10:00:00Z".parse().unwrap(),
        orphan: false,
    };
    (out, vec![highlight])
}

fn fixture_json() -> Value {
    let (annotated, highlights) = fixture();
    let write = byline::export::find("json").unwrap().write;
    serde_json::from_slice(&write(&annotated, &highlights).unwrap()).unwrap()
}

#[test]
fn what_is_printed_for_the_sample_fits_the_schema() {
    let output = Command::new(env!("CARGO_BIN_EXE_byline"))
        .args(["annotate", "assets/sample.txt", "--format", "json"])
        .output()
        .unwrap();
    assert!(output.status.success());
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    valid(&value).unwrap();
    let words = words(&value);
    assert!(words.len() >= 12, "the sample has 12 blocks: {words:?}");
    for (path, words) in words {
        assert!(
            !words.is_empty() && words == words.trim(),
            "{path}: {words:?}"
        );
    }
}

#[test]
fn offsets_count_characters_over_emoji_and_combining_marks() {
    let value = fixture_json();
    valid(&value).unwrap();
    let words = words(&value);
    let under = |path: &str| words.iter().find(|(p, _)| p == path).unwrap().1.as_str();
    assert_eq!(under("/document/blocks/0"), "Zoe\u{308} 😀 and the bridge");
    assert_eq!(under("/entities/0/mentions/0"), "Zoe\u{308} Ng");
    assert_eq!(under("/entities/1/mentions/0"), "东京");
    assert_eq!(under("/quotes/0"), "“never”");
    assert_eq!(under("/quotes/0/cue"), "said");
    assert_eq!(value["quotes"][1]["continues"], "Q1");
    assert_eq!(value["quotes"][1]["via"], json!(["E3"]));
    assert_eq!(value["quotes"][0].get("continues"), None);
    assert_eq!(under("/attributions/0"), "the 东京 bridge");
    assert_eq!(value["attributions"][0]["id"], "A1");
    assert_eq!(under("/stances/0/holder"), "Zoe\u{308} Ng");
    assert_eq!(under("/stances/0/target"), "东京 bridge");
    assert_eq!(under("/stances/0/evidence/0"), "never");
    assert_eq!(under("/links/0/comment"), "A cafe\u{301} would be better.");
    assert_eq!(under("/highlights/0"), "👩\u{200d}👧 “never”");
    assert_eq!(value["highlights"][0]["text"], "👩\u{200d}👧 “never”");
}

#[test]
fn what_is_written_is_read_back_whole() {
    let (annotated, highlights) = fixture();
    let bytes = serde_json::to_vec(&fixture_json()).unwrap();
    let source = Source {
        name: "fixture".to_owned(),
        uri: None,
    };
    let loaded = ingest::load(&bytes, &source).unwrap();
    assert_eq!(loaded.layers, Some((annotated, highlights)));
}

#[test]
fn the_schema_is_strict_and_open_to_new_fields() {
    let mut good = fixture_json();
    good["document"]["published"] = json!("2025-03-17");
    let mut more = good.clone();
    more["new"] = json!(1);
    more["entities"][0]["new"] = json!("x");
    valid(&more).unwrap();
    let breaks: [(&str, Value); 15] = [
        ("/byline", json!(2)),
        ("/document/text", json!(7)),
        ("/document/published", json!("March 17")),
        ("/document/blocks/0/kind", json!("poem")),
        ("/document/blocks/0/start", json!("0")),
        ("/entities/0/mentions", json!([])),
        ("/entities/0/kind", json!("Person")),
        ("/quotes/0/start", json!(-1)),
        ("/quotes/1/continues", json!(1)),
        ("/quotes/1/via", json!("E3")),
        ("/attributions/0/kind", json!("wish")),
        ("/stances/0/strength", json!(4)),
        ("/stances/0/evidence", json!([])),
        ("/stances/0/holder", json!({})),
        ("/stances/0/confidence", json!(1.5)),
    ];
    for (path, value) in breaks {
        let mut broken = good.clone();
        *broken.pointer_mut(path).unwrap() = value;
        assert!(valid(&broken).is_err(), "{path}");
    }
    for (path, key) in [
        ("", "document"),
        ("/document", "text"),
        ("/quotes/0", "kind"),
        ("/stances/0/target", "issue"),
    ] {
        let mut broken = good.clone();
        let object = broken.pointer_mut(path).unwrap().as_object_mut().unwrap();
        object.remove(key).unwrap();
        assert!(valid(&broken).is_err(), "{path}/{key}");
    }
}

#[test]
fn the_schema_knows_every_kind_of_entity() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let kinds = &schema["$defs"]["entity"]["properties"]["kind"]["enum"];
    assert_eq!(*kinds, json!(EntityKind::ALL.map(EntityKind::name)));
}
