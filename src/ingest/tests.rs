//! Tests of the whole room: bytes in, document out.

use proptest::prelude::*;

use super::*;
use crate::base::text::is_unsafe;
use crate::model::BlockKind as K;

const SAMPLE: &str = include_str!("../../assets/sample.txt");

fn source() -> Source {
    Source {
        name: "test.txt".to_owned(),
        uri: Some("/tmp/test.txt".to_owned()),
    }
}

fn open(text: &str) -> Arc<Document> {
    load(text.as_bytes(), &source()).unwrap().document
}

fn kinds(document: &Document) -> Vec<(K, &str)> {
    document
        .blocks
        .iter()
        .map(|b| (b.kind, document.slice(b.span)))
        .collect()
}

fn of(document: &Document, kind: K) -> Vec<&str> {
    let blocks = document.blocks_of(kind);
    blocks.map(|b| document.slice(b.span)).collect()
}

#[test]
fn the_sample_is_read_whole() {
    let document = open(SAMPLE);
    let meta = &document.meta;
    assert_eq!(
        meta.title.as_deref(),
        Some("Russia Demands 'Ironclad' Ban on Ukraine Joining NATO in Peace Deal Talks")
    );
    assert_eq!(meta.authors, ["Sarah Johnson"]);
    assert_eq!(meta.published.unwrap().to_string(), "2025-03-17");
    assert!(meta.topics.is_empty());
    let kinds: Vec<K> = document.blocks.iter().map(|b| b.kind).collect();
    let mut expected = vec![K::Title, K::Byline, K::Date, K::Brief];
    expected.extend([K::Paragraph; 7]);
    expected.push(K::Comment);
    assert_eq!(kinds, expected);
    assert!(of(&document, K::Brief)[0].starts_with("Russia demands a permanent ban"));
    assert!(of(&document, K::Comment)[0].ends_with("Classic unintended consequences!"));
    assert_eq!(document.details.len(), 1);
    assert!(document.details[0].starts_with("left out 3 lines of share-this boilerplate: “Like"));
    assert_eq!(document.id.len(), 16);
}

#[test]
fn the_sample_reads_the_same_in_every_dress() {
    let plain = open(SAMPLE);
    let dressed = [
        SAMPLE.replace('\n', "\r\n"),
        SAMPLE.replace('\n', "\r"),
        format!("\u{feff}{SAMPLE}"),
        SAMPLE.replace('\n', "\n\n"),
        SAMPLE
            .replace("Brief\n", "## Brief\n")
            .replace("Topics\n", "**TOPICS:**\n"),
        SAMPLE.replace("Editor's Comments", "EDITOR’S COMMENT:"),
    ];
    for text in dressed {
        assert_eq!(open(&text).text, plain.text, "{:?}", &text[..200]);
        assert_eq!(open(&text).meta, plain.meta);
    }
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(SAMPLE.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    assert_eq!(load(&utf16, &source()).unwrap().document.text, plain.text);
    let (cp1252, _, lossy) = encoding_rs::WINDOWS_1252.encode(SAMPLE);
    assert!(!lossy);
    let loaded = load(&cp1252, &source()).unwrap().document;
    assert_eq!(loaded.text, plain.text);
    assert_eq!(loaded.details[0], "read as Windows-1252");
}

/// Wraps every line of `text` at `column` characters, a blank line between two lines of it.
fn wrapped(text: &str, column: usize, gap: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut part = String::new();
        let mut parts: Vec<String> = Vec::new();
        for word in line.split(' ') {
            if !part.is_empty() && part.chars().count() + 1 + word.chars().count() > column {
                parts.push(std::mem::take(&mut part));
            }
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(word);
        }
        parts.push(part);
        out.push(parts.join("\n"));
    }
    out.join(gap)
}

#[test]
fn the_sample_reads_the_same_when_it_is_wrapped_by_hand() {
    let plain = open(SAMPLE);
    for column in [50, 60, 70, 72, 80, 90] {
        let text = wrapped(SAMPLE, column, "\n\n");
        assert_eq!(open(&text).text, plain.text, "{column}");
        assert_eq!(open(&text).meta, plain.meta);
        // Without blank lines the end of a paragraph may be unclear; the header never is.
        let tight = open(&wrapped(SAMPLE, column, "\n"));
        assert_eq!(tight.meta, plain.meta, "{column}");
    }
}

#[test]
fn parts_may_be_missing_or_stand_in_another_order() {
    let no_author = open(&SAMPLE.replace("Sarah Johnson\n", ""));
    assert!(no_author.meta.authors.is_empty());
    assert_eq!(of(&no_author, K::Brief).len(), 1);
    let no_date = open(&SAMPLE.replace("March 17, 2025\n", ""));
    assert_eq!(no_date.meta.authors, ["Sarah Johnson"]);
    let bare = open(&SAMPLE.replace("March 17, 2025\nBrief\n", ""));
    assert_eq!(bare.meta.authors, ["Sarah Johnson"]);
    assert_eq!(of(&bare, K::Paragraph).len(), 8);

    let other = open(
        "Published: 17 March 2025\nA headline about a thing\nBy Ann Lee, The Daily\n\nEditor's note: read this with care.\n\nThe thing happened on Monday, and nobody saw it coming at all.\n\nTopics\nOne thing\nAnother\nBrief\nA thing happened.\n",
    );
    assert_eq!(
        kinds(&other),
        [
            (K::Date, "Published: 17 March 2025"),
            (K::Title, "A headline about a thing"),
            (K::Byline, "By Ann Lee, The Daily"),
            (K::Comment, "read this with care."),
            (
                K::Paragraph,
                "The thing happened on Monday, and nobody saw it coming at all."
            ),
            (K::Topic, "One thing"),
            (K::Topic, "Another"),
            (K::Brief, "A thing happened."),
        ]
    );
    assert_eq!(other.meta.topics, ["One thing", "Another"]);
    assert_eq!(other.meta.outlet.as_deref(), Some("The Daily"));
}

#[test]
fn an_agency_header_is_understood() {
    let document = open(
        "POLITICS\n\nSenate votes to delay tariff bill\nuntil after the recess\nSenators asked for more time.\n\nBy JANE DOE and JOHN ROE\nAssociated Press\nMarch 3, 2025\n\nWASHINGTON (AP) — The Senate voted on Thursday to delay the bill.\n",
    );
    assert_eq!(
        kinds(&document)[..6],
        [
            (K::Heading, "POLITICS"),
            (
                K::Title,
                "Senate votes to delay tariff bill until after the recess"
            ),
            (K::Brief, "Senators asked for more time."),
            (K::Byline, "By JANE DOE and JOHN ROE"),
            (K::Byline, "Associated Press"),
            (K::Date, "March 3, 2025"),
        ]
    );
    let meta = &document.meta;
    assert_eq!(
        meta.title.as_deref(),
        Some("Senate votes to delay tariff bill until after the recess")
    );
    assert_eq!(meta.authors, ["Jane Doe", "John Roe"]);
    assert_eq!(meta.outlet.as_deref(), Some("Associated Press"));
}

#[test]
fn an_author_may_stand_above_the_headline_or_share_a_line_with_the_date() {
    let above = open(
        "Sarah Johnson\nMarch 17, 2025\n\nA headline under the author\n\nThe text is here, and it ends here.\n",
    );
    assert_eq!(above.meta.authors, ["Sarah Johnson"]);
    assert_eq!(
        above.meta.title.as_deref(),
        Some("A headline under the author")
    );
    let beside = open(
        "# A headline\n\n*By Ann Lee — 3 March 2025*\n\nThe text is here, and it ends here.\n",
    );
    assert_eq!(beside.meta.published.unwrap().to_string(), "2025-03-03");
    assert_eq!(beside.meta.outlet, None);
}

#[test]
fn a_file_without_layout_opens() {
    let two = open("A walk\nIt rained all day, and we walked on.\nThen it stopped.\n");
    assert_eq!(
        kinds(&two),
        [
            (K::Title, "A walk"),
            (K::Paragraph, "It rained all day, and we walked on."),
            (K::Paragraph, "Then it stopped."),
        ]
    );
    let one = open("Just one sentence.");
    assert_eq!(kinds(&one), [(K::Paragraph, "Just one sentence.")]);
    assert_eq!(one.meta.title, None);
    let long = "word ".repeat(60) + "end.";
    assert_eq!(kinds(&open(&format!("{long}\n{long}")))[0].0, K::Paragraph);
}

#[test]
fn headings_and_lists_are_told_from_paragraphs() {
    let long = "The committee met for the third time this week, and it did not agree on anything but the date of its next meeting.";
    let text = format!(
        "# The committee\n\n{long}\n\nA second day\n\n{long}\n\n- one point\n- another point\n\n## Afterwards\n\n{long}\n\n---\n\nHe said: “No”\n"
    );
    let document = open(&text);
    assert_eq!(of(&document, K::Title), ["The committee"]);
    assert_eq!(of(&document, K::Heading), ["A second day", "Afterwards"]);
    assert_eq!(
        of(&document, K::ListItem),
        ["- one point", "- another point"]
    );
    assert_eq!(of(&document, K::Paragraph).last(), Some(&"He said: “No”"));
    assert_eq!(document.details, ["left out 1 separator line"]);
}

#[test]
fn an_agency_dateline_gives_outlet_and_date() {
    let document = open("Talks begin\n\nPARIS, March 3, 2025 (AFP) — The talks began on Monday.\n");
    assert_eq!(document.meta.outlet.as_deref(), Some("AFP"));
    assert_eq!(document.meta.published.unwrap().to_string(), "2025-03-03");
    assert!(
        document
            .text
            .contains("PARIS, March 3, 2025 (AFP) — The talks")
    );
}

#[test]
fn what_cannot_be_opened_is_named() {
    for (bytes, what) in [
        (&b""[..], "is empty"),
        (b" \n\t\n", "is empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n", "PNG"),
        (b"PK\x03\x04", "zip"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"<!-- x --><!DOCTYPE html><p>", "page without any text"),
        (b"<?xml version='1.0'?><rss/>", "XML"),
        (b"\0\x01\x02\x03\x04\x05\0\0\0\0", "binary"),
        (b"{\"a\": 1}", "not an annotated document"),
        (b"[1, 2]", "not an annotated document"),
    ] {
        let error = load(bytes, &source()).unwrap_err();
        assert!(error.cause.contains(what), "{what}: {error}");
        assert!(error.to_string().starts_with("test.txt: "), "{error}");
        assert!(!error.remedy.is_empty(), "{error}");
        assert_eq!(error.exit_code(), 1);
    }
}

#[test]
fn our_json_is_read_back_and_its_faults_have_a_place() {
    let bare = Annotated::bare(open("A title\n\nA paragraph that ends."));
    let file = crate::model::contract::write(&bare, &[]);
    let text = serde_json::to_string_pretty(&file).unwrap();
    let loaded = load(text.as_bytes(), &source()).unwrap();
    assert_eq!(loaded.layers, Some((bare, vec![])));

    let error = load(b"{\"byline\": 1,\n \"document\": nope}", &source()).unwrap_err();
    assert_eq!((error.line, error.column.is_some()), (Some(2), true));
    let error = load(
        b"\n{\"byline\": 1,\n\"document\": {\"text\": 7}}",
        &source(),
    )
    .unwrap_err();
    assert_eq!(error.line, Some(3), "{error}");
    let two = format!("{0}\n{0}\n", serde_json::to_string(&file).unwrap());
    let error = load(two.as_bytes(), &source()).unwrap_err();
    assert!(error.remedy.contains("one document"), "{error}");
}

#[test]
fn hostile_json_is_made_harmless_and_keeps_its_offsets() {
    let text = r#"{"byline":1,"document":{"title":"a\u001b[2J","text":"x\u001b\u202ey\nz","blocks":[{"kind":"paragraph","start":0,"end":4}]}}"#;
    let document = load(text.as_bytes(), &source()).unwrap().document;
    assert_eq!(document.blocks.len(), 1);
    assert_eq!(document.slice(document.blocks[0].span), "x␛\u{fffd}y");
    assert_eq!(document.meta.title.as_deref(), Some("a␛[2J"));
    assert_eq!(document.details, ["made 3 unsafe characters harmless"]);
    assert_eq!(document.id.len(), 16);
}

#[test]
fn a_stream_text_stands_as_it_is() {
    let text = "  first\r\n\nBrief\nLike this article?\n";
    let document = as_it_stands(text, Some("7".to_owned()));
    assert_eq!((&*document.text, document.id.as_str()), (text, "7"));
    assert_eq!(
        of(&document, K::Paragraph),
        ["first", "Brief", "Like this article?"]
    );
}

/// The promises that every document keeps, whatever it was read from.
fn check(document: &Document) -> std::result::Result<(), TestCaseError> {
    let text = &*document.text;
    prop_assert!(!text.contains(|c| c != '\n' && is_unsafe(c)));
    let mut end = 0;
    for (n, block) in document.blocks.iter().enumerate() {
        prop_assert!(block.span.fits(text) && !block.span.is_empty());
        prop_assert_eq!(block.span, block.span.trim(text));
        prop_assert_eq!(block.span.from(), if n == 0 { 0 } else { end + 1 });
        end = block.span.to();
    }
    prop_assert_eq!(end, text.len());
    Ok(())
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(loaded) = load(&bytes, &source()) {
            check(&loaded.document)?;
        }
    }

    #[test]
    fn no_text_panics(text in "(\\PC{0,40}\n{0,2}){0,12}") {
        if let Ok(loaded) = load(text.as_bytes(), &source())
            && loaded.layers.is_none()
        {
            check(&loaded.document)?;
        }
    }

    #[test]
    fn no_mix_of_layout_parts_panics(parts in prop::collection::vec(prop::sample::select(vec![
        "Brief", "Topics", "Editor's Comments", "Opinion:", "By Ann Lee", "Ann Lee", "March 17, 2025",
        "Title: x", "- item", "---", "# H", "**b**", "", "A sentence that ends here, as sentences do.",
        "Like this article? Share this story!", "a, b, c", "(AFP) - x", "Summary: short",
    ]), 0..14)) {
        if let Ok(loaded) = load(parts.join("\n").as_bytes(), &source()) {
            check(&loaded.document)?;
        }
    }

    #[test]
    fn no_json_panics(text in "\\{\"byline\": ?1,\"document\":\\{\"text\":\"[a-z😀]{0,5}\",\"blocks\":\\[(\\{\"kind\":\"(title|x)\",\"start\":[0-9],\"end\":[0-9]\\})?\\]\\}\\}?") {
        let _ = load(text.as_bytes(), &source());
    }
}
