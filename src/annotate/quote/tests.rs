//! Quotes and attributions of whole paragraphs: by the rules alone, and with an encoder's layer made
//! by hand.

use proptest::prelude::*;

use super::tree::tests::parsed;
use crate::annotate::Layers;
use crate::annotate::encoder::{Encoded, QuotePart, Quoted, Relation, Upos, Word};
use crate::annotate::testing;
use crate::model::BlockKind::Paragraph;
use crate::model::{Annotated, Document, Party, Quote, QuoteKind};

fn marked(text: &str) -> Vec<(String, QuoteKind, String)> {
    let annotated: Annotated = testing::annotated(text);
    annotated
        .quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Indirect)
        .map(|q| {
            (
                q.span.of(text).to_owned(),
                q.kind,
                annotated.party_name(q.speaker).to_owned(),
            )
        })
        .collect()
}

#[test]
fn the_speaker_stands_before_or_after_the_verb() {
    let found = marked(
        "“We will not pay for this,” said Ann Lee. \"It is a very bad plan,\" Bob Roe said.",
    );
    assert_eq!(
        found[0],
        (
            "“We will not pay for this,”".into(),
            QuoteKind::Direct,
            "Ann Lee".into()
        )
    );
    assert_eq!(found[1].2, "Bob Roe");
}

#[test]
fn quoted_words_inside_a_sentence_are_mixed() {
    let found =
        marked("Steve Witkoff described his meeting as \"positive\" and \"solution-based.\"");
    assert_eq!(found.len(), 2);
    assert!(
        found
            .iter()
            .all(|f| f.1 == QuoteKind::Mixed && f.2 == "Steve Witkoff")
    );
}

#[test]
fn a_term_in_marks_without_a_speaker_is_a_scare_quote() {
    let found = marked("The “reform” is late.");
    assert_eq!(
        found,
        [("“reform”".into(), QuoteKind::Scare, "the author".into())]
    );
}
/// Speaker and rule of every direct quote.
fn voices(paragraphs: &[&str]) -> Vec<(String, String)> {
    let blocks: Vec<_> = paragraphs.iter().map(|p| (Paragraph, *p)).collect();
    let annotated = crate::annotate::annotate(&testing::document(&blocks));
    annotated
        .quotes
        .iter()
        .filter(|q| q.kind == QuoteKind::Direct)
        .map(|q| {
            (
                annotated.party_name(q.speaker).to_owned(),
                q.rule.to_string(),
            )
        })
        .collect()
}

#[test]
fn a_quotation_without_reporting_words_goes_on_with_whoever_spoke() {
    let found = voices(&[
        "“We will not pay for the bridge,” said Ann Lee. “It has cost us enough.",
        "“And it leaks when it rains.”",
    ]);
    let speakers: Vec<&str> = found.iter().map(|f| f.0.as_str()).collect();
    assert_eq!(speakers, ["Ann Lee"; 3]);
    assert_eq!(found[2].1, "direct:continued");
}

#[test]
fn halves_of_one_utterance_are_joined_within_a_paragraph_alone() {
    let blocks = [
        (
            Paragraph,
            "“We will not pay for it,” said Ann Lee. “It has cost us enough.”",
        ),
        (Paragraph, "“And it leaks when it rains,” she said."),
    ];
    let annotated = crate::annotate::annotate(&testing::document(&blocks));
    let joined: Vec<Option<usize>> = annotated
        .quotes
        .iter()
        .map(|q| q.continues.map(|id| id.index()))
        .collect();
    assert_eq!(joined, [None, Some(0), None]);
    assert_eq!(annotated.party_name(annotated.quotes[2].speaker), "Ann Lee");
}

#[test]
fn a_question_may_stand_before_its_reporting_words() {
    let found = voices(&["“Who is going to pay for all of this?” Ann Lee asked. Nobody knew."]);
    assert_eq!(found, [("Ann Lee".into(), "quote+name+verb".into())]);
}

#[test]
fn a_colon_and_a_dash_name_the_speaker() {
    let found = voices(&[
        "Ann Lee told the council on Monday:",
        "“The bridge was never safe for trucks.”",
        "“Nobody asked the people who use it.” — Bob Roe",
    ]);
    assert_eq!(
        found,
        [
            ("Ann Lee".into(), "direct:announced".into()),
            ("Bob Roe".into(), "quote+dash+name".into())
        ]
    );
}

#[test]
fn a_transcript_names_who_speaks() {
    let found = voices(&[
        "Ann Lee and Bob Roe met.",
        "\"LEE: We never agreed to any of that.\"",
    ]);
    assert_eq!(found, [("Ann Lee".into(), "direct:label".into())]);
}

#[test]
fn short_answers_are_quotes_and_titles_are_none() {
    let kinds: Vec<(String, QuoteKind)> =
        marked("“I would,” Ann Lee said. She told the magazine \"Harbor Weekly News\" so.")
            .into_iter()
            .map(|f| (f.0, f.1))
            .collect();
    assert_eq!(
        kinds,
        [
            ("“I would,”".into(), QuoteKind::Direct),
            ("\"Harbor Weekly News\"".into(), QuoteKind::Scare)
        ]
    );
    assert!(marked("Ann \"Bee\" Lee left the town.").is_empty());
}

/// The quotes and the attributions of layers.
fn found(document: &Document, layers: &Layers) -> (Vec<Quote>, Vec<Quote>) {
    super::find(document, layers)
}

fn heard(layers: &mut Layers, parts: &[(QuotePart, std::ops::Range<usize>, f32)]) {
    let encoded = layers.encoded.as_mut().unwrap();
    encoded.quoted = parts
        .iter()
        .map(|(part, tokens, confidence)| Quoted {
            tokens: tokens.clone(),
            part: *part,
            confidence: *confidence,
        })
        .collect();
}

#[test]
fn wishes_are_attributions_and_no_quotes() {
    let text = "Ann Lee wants the old bridge to close.";
    let document = testing::paragraph(text);
    let mut layers = parsed(
        &document,
        "3 nsubj, 1 flat, 0 root, 6 det, 6 amod, 3 obj, 8 mark, 3 xcomp, 3 punct",
    );
    let parts = [
        (QuotePart::Content, 3..8, 0.9),
        (QuotePart::Cue, 2..3, 0.9),
        (QuotePart::Source, 0..2, 0.9),
    ];
    heard(&mut layers, &parts);
    let (quotes, attributions) = found(&document, &layers);
    assert!(quotes.is_empty());
    let one = &attributions[0];
    assert_eq!(one.span.of(text), "the old bridge to close");
    assert_eq!(one.cue.unwrap().of(text), "wants");
    assert_eq!(one.speaker_span.unwrap().of(text), "Ann Lee");
    assert!(matches!(one.speaker, Party::Entity(_)));
}

#[test]
fn what_is_surely_reported_is_a_quote() {
    let text = "Ann Lee argued against the new bridge.";
    let document = testing::paragraph(text);
    let arcs = "3 nsubj, 1 flat, 0 root, 7 case, 7 det, 7 amod, 3 obl, 3 punct";
    let mut layers = parsed(&document, arcs);
    let parts = |sure: f32| {
        [
            (QuotePart::Content, 3..7, sure),
            (QuotePart::Cue, 2..3, 0.9),
            (QuotePart::Source, 0..2, 0.9),
        ]
    };
    heard(&mut layers, &parts(0.9));
    let (quotes, attributions) = found(&document, &layers);
    assert_eq!(quotes[0].span.of(text), "against the new bridge");
    assert!(attributions.is_empty());
    heard(&mut layers, &parts(0.3));
    let (quotes, attributions) = found(&document, &layers);
    assert!(quotes.is_empty() && attributions.len() == 1);
}

#[test]
fn a_voice_inside_another_is_reported_through_it() {
    let text = "Bob Roe claims that Ann Lee said that the bridge leaks.";
    let annotated = testing::annotated(text);
    let inner = annotated
        .quotes
        .iter()
        .find(|q| q.span.of(text) == "the bridge leaks")
        .unwrap();
    assert_eq!(annotated.party_name(inner.speaker), "Ann Lee");
    let relays: Vec<&str> = inner
        .via
        .iter()
        .map(|e| annotated.entity(*e).unwrap().name.as_str())
        .collect();
    assert_eq!(relays, ["Bob Roe"]);
}

#[test]
fn a_paper_relays_what_somebody_says() {
    let text = "According to the Harbor Times, Ann Lee said that the bridge leaks.";
    let annotated = testing::annotated(text);
    let quote = &annotated.quotes[0];
    assert_eq!(annotated.party_name(quote.speaker), "Ann Lee");
    let relays: Vec<&str> = quote
        .via
        .iter()
        .map(|e| annotated.entity(*e).unwrap().name.as_str())
        .collect();
    assert_eq!(relays, ["Harbor Times"]);
}

#[test]
fn a_pronoun_is_whoever_spoke_and_fits() {
    let text = "“The bridge must close,” said Anna Roe. Peter Lee and the nominee kept quiet. “It is not safe,” she added.";
    let annotated = testing::annotated(text);
    let last = annotated.quotes.last().unwrap();
    assert_eq!(annotated.party_name(last.speaker), "Anna Roe");
}

/// Words, marks and other characters, balanced or not.
fn pieces() -> impl Strategy<Value = Vec<String>> {
    let piece = prop::sample::select(vec![
        "Ann Lee",
        "said",
        "“",
        "”",
        "\"",
        "'",
        "''",
        "‘",
        "’",
        "«",
        "»",
        "he",
        "that",
        "the bridge",
        "leaks",
        ",",
        ".",
        "?",
        ":",
        "—",
        "claims",
        "LEE",
        "according to",
        "\n",
        "日本",
        "e\u{301}",
        "😀",
        "\u{200b}",
        "wants",
        "told",
        "her",
        "to",
        "pay",
        "!",
        "-",
    ]);
    let any = prop_oneof![4 => piece.prop_map(str::to_owned), 1 => "\\PC{0,3}"];
    prop::collection::vec(any, 0..40)
}

fn check(document: &Document, quotes: &[Quote]) -> Result<(), TestCaseError> {
    for (n, quote) in quotes.iter().enumerate() {
        prop_assert_eq!(quote.id.index(), n);
        let spans = [Some(quote.span), quote.cue, quote.speaker_span];
        for span in spans.into_iter().flatten() {
            prop_assert!(span.fits(&document.text), "{:?}", span);
        }
        prop_assert!(!quote.span.is_empty());
        prop_assert!(quote.continues.is_none_or(|id| id.index() < n));
        prop_assert!((0.0..=1.0).contains(&quote.confidence));
    }
    prop_assert!(quotes.is_sorted_by_key(|q| q.span.start));
    Ok(())
}

proptest! {
    #[test]
    fn any_text_has_quotes_that_fit(pieces in pieces(), glue in "[ ]{0,1}") {
        let text = pieces.join(&glue);
        let paragraphs: Vec<_> = text.split('\n').map(|p| (Paragraph, p)).collect();
        let document = testing::document(&paragraphs);
        let layers = testing::layers(&document);
        check(&document, &layers.quotes)?;
    }

    #[test]
    fn any_tree_and_anything_heard_give_quotes_that_fit(
        pieces in pieces(),
        seeds in prop::collection::vec((0usize..1000, 0usize..1000, 0usize..1000), 1..60),
        heard in prop::collection::vec((0usize..60, 1usize..9, 0usize..3, 0f32..1.0), 0..12),
    ) {
        let text = pieces.join(" ");
        let paragraphs: Vec<_> = text.split('\n').map(|p| (Paragraph, p)).collect();
        let document = testing::document(&paragraphs);
        let mut layers = testing::layers(&document);
        let mut words = Vec::new();
        for (n, range) in layers.sentence_tokens.iter().enumerate() {
            for token in range.clone() {
                let (head, relation, upos) = seeds[token % seeds.len()];
                // Trees that lean to one side have no circles.
                let before = token - range.start;
                let after = range.end - 1 - token;
                let head = match n % 2 {
                    0 if before > 0 => Some(token - 1 - head % before),
                    1 if after > 0 => Some(token + 1 + head % after),
                    _ => None,
                };
                words.push(Word {
                    upos: Upos::ALL[upos % Upos::ALL.len()],
                    head,
                    relation: Relation::ALL[relation % Relation::ALL.len()],
                    confidence: 0.7,
                });
            }
        }
        let all = words.len();
        let mut quoted: Vec<Quoted> = Vec::new();
        let mut next = [0; 3];
        for (start, length, part, confidence) in heard {
            let from = start.max(next[part]);
            if from + length > all {
                continue;
            }
            next[part] = from + length;
            let part = [QuotePart::Content, QuotePart::Cue, QuotePart::Source][part];
            quoted.push(Quoted { tokens: from..from + length, part, confidence });
        }
        quoted.sort_by_key(|q| (q.part, q.tokens.start));
        layers.encoded = Some(Encoded { words, quoted, ..Encoded::default() });
        let (quotes, attributions) = found(&document, &layers);
        check(&document, &quotes)?;
        check(&document, &attributions)?;
    }
}
