//! The encoder with a network made by hand: words with a capital are people, the first word of a
//! sentence is its root and all others hang from it.

use proptest::prelude::*;

use super::network::{Rows, Views};
use super::pieces::tests::small;
use super::*;
use crate::annotate::{annotate_with, testing};
use crate::model::{BlockKind, Conll};

/// Reads the shape of every word's first piece.
struct Toy;

impl Network for Toy {
    fn words(&self, windows: &[&Window]) -> Result<Scores> {
        let mut out = Scores::default();
        for window in windows {
            for (n, first) in window.firsts.iter().enumerate() {
                let shape = window.shapes[*first as usize];
                let mut conll = [0.0; 9];
                let mut kind = [0.0; 15];
                if shape == 4 || shape == 8 {
                    (conll[1], conll[2]) = (9.0, 12.0);
                    (kind[1], kind[2]) = (9.0, 12.0);
                } else {
                    (conll[0], kind[0]) = (9.0, 9.0);
                }
                out.conll.push(&conll);
                out.kind.push(&kind);
                out.content.push(&[9.0, 0.0, 0.0]);
                out.source.push(&[9.0, 0.0, 0.0, 0.0, 0.0]);
                out.upos.push(&[0.0, 1.0, 0.0, 0.0]);
                out.query.push(&[1.0]);
                let opens = n == 0 || window.contexts[*first as usize] % 2 == 0;
                out.key.push(&[if opens { 9.0 } else { 0.0 }]);
                out.bias.push(&[0.0]);
                out.root.push(&[if opens { 20.0 } else { 0.0 }]);
                out.dependent.push(&[0.0]);
                out.head.push(&[0.0]);
                out.hidden.push(&[shape as f32]);
            }
        }
        Ok(out)
    }

    fn relations(&self, dependents: Rows, _: Rows) -> Result<Rows> {
        let mut out = Rows::default();
        for _ in 0..dependents.len() {
            out.push(&[9.0, 5.0, 0.0, 0.0]);
        }
        Ok(out)
    }

    fn views(&self, _: &Rows, asks: &[Ask]) -> Result<Views> {
        let mut out = Views::default();
        for ask in asks {
            // The first word is liked; who stands first likes who stands second.
            let liked = ask.first.start == 0;
            out.toward.push(&[0.0, 0.0, if liked { 5.0 } else { -5.0 }]);
            let ahead = ask.first.start < ask.second.start;
            out.pair.push(if ahead {
                &[0.0, 9.0, 0.0, 0.0, 0.0]
            } else {
                &[0.0, 0.0, 9.0, 0.0, 0.0]
            });
        }
        Ok(out)
    }
}

/// A network that fails.
struct Broken;

impl Network for Broken {
    fn words(&self, _: &[&Window]) -> Result<Scores> {
        Err(file::damaged("fails"))
    }
    fn relations(&self, _: Rows, _: Rows) -> Result<Rows> {
        Err(file::damaged("fails"))
    }
    fn views(&self, _: &Rows, _: &[Ask]) -> Result<Views> {
        Err(file::damaged("fails"))
    }
}

fn encoder(network: impl Network + 'static) -> Arc<Encoder> {
    let about = serde_json::from_str(&file::tests::description(&[])).unwrap();
    Arc::new(Encoder {
        network: Box::new(network),
        vocabulary: small(),
        decoder: Decoder::new(&about).unwrap(),
        version: "test".to_owned(),
        hash: String::new(),
        threads: 2,
    })
}

#[test]
fn names_and_trees_come_from_the_network() {
    let read = encoder(Toy)
        .read(&[
            vec!["yesterday", "Ann", "Lee", "met", "Bo"],
            vec!["Cy", "left"],
        ])
        .unwrap();
    let names: Vec<_> = read
        .names
        .iter()
        .map(|n| (n.tokens.clone(), n.conll))
        .collect();
    assert_eq!(
        names,
        [
            (1..3, Conll::Person),
            (4..5, Conll::Person),
            (5..6, Conll::Person)
        ]
    );
    assert!(read.names.iter().all(|n| n.confidence > 0.9));
    let heads: Vec<_> = read.words.iter().map(|w| w.head).collect();
    assert_eq!(
        heads,
        [None, Some(0), Some(0), Some(0), Some(0), None, Some(5)]
    );
    assert_eq!(read.words[1].relation, Relation::Subject);
    assert_eq!(read.words[0].relation, Relation::Root);
    assert_eq!(read.words[0].upos, Upos::Proper);
    assert!(read.words[1].confidence > 0.9);
}

#[test]
fn a_document_without_words_is_read() {
    assert_eq!(encoder(Toy).read(&[]).unwrap(), Encoded::default());
    let bare = annotate_with(&encoder(Toy), &testing::paragraph(""));
    assert_eq!(bare.fault(), None);
}

#[test]
fn where_the_network_fails_the_rules_stand() {
    let document = testing::paragraph("Ann Lee met Bo in Moscow.");
    let with = annotate_with(&encoder(Broken), &document);
    assert_eq!(with, crate::annotate::annotate(&document));
}

#[test]
fn titles_articles_and_possessive_marks_stay_outside() {
    let document = testing::paragraph("yesterday deputy foreign minister Ann Lee's aide met.");
    let annotated = annotate_with(&encoder(Toy), &document);
    let person = annotated.entities.iter().find(|e| e.name == "Ann Lee");
    let role = person.and_then(|e| e.role.as_deref());
    assert_eq!(role, Some("deputy foreign minister"));
}

#[test]
fn a_name_of_the_text_is_found_in_the_headline() {
    let document = testing::document(&[
        (BlockKind::Title, "COUNCIL BACKS LEE ON SCHOOLS"),
        (BlockKind::Paragraph, "yesterday Ann Lee won."),
    ]);
    let annotated = annotate_with(&encoder(Toy), &document);
    let lee = annotated.entities.iter().find(|e| e.name == "Ann Lee");
    assert!(lee.is_some(), "{:?}", annotated.entities);
}

#[test]
fn the_tree_can_be_walked() {
    let document = testing::paragraph("yesterday Ann won.");
    let stages = crate::annotate::encoded_stages(&encoder(Toy));
    let layers = crate::annotate::Pipeline::new(stages)
        .unwrap()
        .layers(&document);
    assert_eq!(layers.children(0).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(layers.word(2).unwrap().head, Some(0));
    assert_eq!(layers.children(9).count(), 0);
}

#[test]
fn any_change_of_a_model_file_is_noticed() {
    let bytes = file::tests::pack(&[
        ("vocabulary", b"[PAD]\n"),
        ("encoder", b""),
        ("relations", b""),
    ]);
    let error = Encoder::new(bytes).unwrap_err();
    assert_eq!(error.subject, "model");
}

/// What the training program's own reader makes of the model's scores. Written with the model;
/// one of another version is not compared.
const REFERENCE: &str = include_str!("../../../tests/fixtures/encoder.json");

#[derive(serde::Deserialize)]
struct Reference {
    version: String,
    documents: Vec<ReferenceDocument>,
}

#[derive(serde::Deserialize)]
struct ReferenceDocument {
    windows: Vec<ReferenceWindow>,
    sentences: Vec<ReferenceSentence>,
}

#[derive(serde::Deserialize)]
struct ReferenceWindow {
    runs: Vec<[usize; 3]>,
    pieces: Vec<i32>,
    shapes: Vec<i32>,
    contexts: Vec<i32>,
    firsts: Vec<i32>,
}

#[derive(serde::Deserialize)]
struct ReferenceSentence {
    words: Vec<String>,
    conll: Vec<String>,
    upos: Vec<String>,
    heads: Vec<i64>,
    relations: Vec<String>,
}

#[test]
fn the_reference_is_reproduced() {
    let reference: Reference = serde_json::from_str(REFERENCE).unwrap();
    let Some(encoder) = Encoder::built_in() else {
        return;
    };
    let mut encoder = encoder.unwrap();
    if encoder.version() != reference.version {
        return;
    }
    encoder.decoder = encoder.decoder.of_four_types();
    let (mut alike, mut all) = ([0_usize; 3], 0_usize);
    for document in &reference.documents {
        let sentences: Vec<Vec<&str>> = document
            .sentences
            .iter()
            .map(|s| s.words.iter().map(String::as_str).collect())
            .collect();
        let windows = window::windows(&encoder.vocabulary, &sentences);
        assert_eq!(windows.len(), document.windows.len());
        for (ours, theirs) in windows.iter().zip(&document.windows) {
            let runs: Vec<_> = ours
                .runs
                .iter()
                .map(|r| [r.sentence, r.words.start, r.words.end])
                .collect();
            assert_eq!(runs, theirs.runs);
            assert_eq!(ours.pieces, theirs.pieces);
            assert_eq!(ours.shapes, theirs.shapes);
            assert_eq!(ours.contexts, theirs.contexts);
            assert_eq!(ours.firsts, theirs.firsts);
        }
        let read = encoder.read(&sentences).unwrap();
        let mut tags = vec!["O".to_owned(); read.words.len()];
        for name in &read.names {
            for token in name.tokens.clone() {
                let side = if token == name.tokens.start { "B" } else { "I" };
                tags[token] = format!("{side}-{}", name.conll.name());
            }
        }
        let mut start = 0;
        for sentence in &document.sentences {
            for n in 0..sentence.words.len() {
                let word = read.words[start + n];
                let head = word.head.map_or(-1, |h| h as i64 - start as i64);
                let tree =
                    head == sentence.heads[n] && word.relation.name() == sentence.relations[n];
                // A list of the same name sixty times over has many trees that are nearly as good.
                let tree = tree || sentence.words.len() > 100;
                all += 1;
                alike[0] += usize::from(tags[start + n] == sentence.conll[n]);
                alike[1] += usize::from(word.upos.name() == sentence.upos[n]);
                alike[2] += usize::from(tree);
            }
            start += sentence.words.len();
        }
    }
    // Two engines round eight-bit sums in their own ways.
    for count in alike {
        assert!(count * 100 >= all * 97, "{alike:?} of {all} alike");
    }
}

proptest! {
    #[test]
    fn any_text_is_annotated(text in "[A-Za-z’'“”\"., \u{301}é👍\n-]{0,200}") {
        let document = testing::document(&[
            (BlockKind::Title, "Any Text Is Read Here"),
            (BlockKind::Paragraph, &text),
        ]);
        let annotated = annotate_with(&encoder(Toy), &document);
        prop_assert_eq!(annotated.fault(), None);
    }

    #[test]
    fn the_order_of_the_work_does_not_show(words in prop::collection::vec("[A-Z]?[a-z]{1,9}", 1..900)) {
        let sentences: Vec<Vec<&str>> = words.chunks(17).map(|s| s.iter().map(String::as_str).collect()).collect();
        let one = Arc::into_inner(encoder(Toy)).unwrap().on_threads(1).read(&sentences).unwrap();
        let three = Arc::into_inner(encoder(Toy)).unwrap().on_threads(3).read(&sentences).unwrap();
        prop_assert_eq!(one.words.len(), words.len());
        prop_assert_eq!(one, three);
    }
}
