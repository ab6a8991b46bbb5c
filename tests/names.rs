//! Names as the built-in model reads them: which kind, and which are one. The sentences are written
//! for the tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

use std::sync::{Arc, LazyLock};

use byline::annotate::{self, Encoder};
use byline::base::EntityKind;
use byline::ingest::{self, Source};

static ENCODER: LazyLock<Arc<Encoder>> =
    LazyLock::new(|| Arc::new(Encoder::built_in().unwrap().unwrap()));

/// Names of the entities with their kinds and the texts of their mentions.
fn entities(text: &str) -> Vec<(String, EntityKind, Vec<String>)> {
    let source = Source {
        name: "test".to_owned(),
        uri: None,
    };
    let loaded = ingest::load(text.as_bytes(), &source).unwrap();
    let annotated = annotate::annotate_with(&ENCODER, &loaded.document);
    let entities = annotated.entities.iter().map(|e| {
        let mentions = e.mentions.iter();
        let mentions = mentions.map(|m| annotated.document.slice(m.span).to_owned());
        (e.name.clone(), e.kind, mentions.collect())
    });
    entities.collect()
}

fn kind(text: &str, name: &str) -> Option<EntityKind> {
    let found = entities(text);
    let same = found.iter().find(|(n, _, _)| n == name);
    same.map(|(_, kind, _)| *kind)
}

#[test]
fn what_is_said_of_a_name_is_no_group() {
    let text = "London-based lawyers met anti-Mexican protesters at the U.S.-led talks. \
                African-American voters stayed away.";
    for word in ["London-based", "anti-Mexican", "U.S.-led"] {
        assert_eq!(kind(text, word), Some(EntityKind::Other), "{word}");
    }
    assert_eq!(kind(text, "African-American"), Some(EntityKind::Group));
}

#[test]
fn a_people_is_one_with_its_plural() {
    let text = "Islamist parties won. The Islamists promised a Muslim school, and Muslims came.";
    let found = entities(text);
    let mentions = |word: &str| {
        let mut all = found.iter().map(|(_, _, mentions)| mentions.as_slice());
        all.find(|m| m.iter().any(|m| m == word)).unwrap()
    };
    assert_eq!(mentions("Islamist"), ["Islamist", "Islamists"]);
    assert_eq!(mentions("Muslim"), ["Muslim", "Muslims"]);
}

#[test]
fn a_bill_in_parliament_is_nobody() {
    let text = "Opposition Leader Bill Harlow spoke in Parliament on Monday.\n\n\
                Mr Harlow said the Bill was wrong, and that this Bill would cost too much.";
    let harlow = entities(text);
    let harlow = harlow.iter().find(|(name, _, _)| name == "Bill Harlow");
    let (_, _, mentions) = harlow.unwrap();
    assert!(mentions.iter().all(|m| m != "Bill"), "{mentions:?}");
}

#[test]
fn those_without_a_name_are_of_their_kind() {
    let text = "The plan failed. Administration and critics condemned the plan, and another group \
                of farmers praised it. The government opposed the plan.";
    for (name, kind, _) in entities(text) {
        let wanted = match name.to_lowercase().trim_start_matches("the ") {
            "administration" | "government" => EntityKind::Organization,
            "administration and critics" => EntityKind::Group,
            other if other.starts_with("another group") => EntityKind::Group,
            _ => continue,
        };
        assert_eq!(kind, wanted, "{name}");
    }
}
