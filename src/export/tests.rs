//! Tests of the whole room: the golden form of each format, hostile text, round trips.

use proptest::prelude::*;

use super::fixture::{any_annotated, article};
use super::*;
use crate::base::text::is_unsafe;
use crate::model::contract;

fn written(name: &str) -> String {
    let (annotated, highlights) = article();
    let bytes = (find(name).unwrap().write)(&annotated, &highlights).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The page names its style and script by checksums, which change with them.
fn without_checksums(text: &str) -> String {
    let mut parts = text.split("'sha256-");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("'sha256-…");
        out.push_str(&part[part.find('\'').unwrap()..]);
    }
    out
}

#[test]
fn each_format_has_its_golden_form() {
    for format in formats() {
        let mut text = written(format.name);
        // The page's own style and script are no part of the form.
        for element in ["<style>", "<script>"] {
            if let Some((before, rest)) = text.split_once(element) {
                let end = element.replace('<', "</");
                let after = rest.split_once(&end).unwrap().1;
                text = format!("{before}{element}…{end}{after}");
            }
        }
        let text = without_checksums(&text);
        insta::assert_snapshot!(format.name, text);
        let (annotated, highlights) = article();
        for (ending, write) in format.beside {
            let text = String::from_utf8(write(&annotated, &highlights).unwrap()).unwrap();
            insta::assert_snapshot!(format!("{}-{ending}", format.name), text);
        }
        for (name, text) in shared(format.name) {
            insta::assert_snapshot!(format!("{}-{name}", format.name), text);
        }
    }
}

/// The range of every mark in a format, as it counts, with the words it quotes.
fn counted(value: &serde_json::Value, out: &mut Vec<(usize, usize, String)>) {
    if let Some(selectors) = value.get("selector").and_then(|s| s.as_array()) {
        let of = |kind: &str| selectors.iter().find(|s| s["type"] == kind);
        if let (Some(quote), Some(at)) = (of("TextQuoteSelector"), of("TextPositionSelector")) {
            let number = |key: &str| at[key].as_u64().unwrap() as usize;
            let exact = quote["exact"].as_str().unwrap().to_owned();
            out.push((number("start"), number("end"), exact));
        }
    }
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| counted(item, out)),
        serde_json::Value::Object(fields) => fields.values().for_each(|item| counted(item, out)),
        _ => {}
    }
}

/// What stands at each position, counted with plain means, against what is quoted.
fn positions(name: &str, annotated: &Annotated, highlights: &[Highlight]) -> usize {
    let bytes = (find(name).unwrap().write)(annotated, highlights).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    let mut all = Vec::new();
    counted(&value, &mut all);
    let text = &*annotated.document.text;
    for (start, end, exact) in &all {
        let there = if name == "hypothesis" {
            let units: Vec<u16> = text.encode_utf16().collect();
            String::from_utf16(&units[*start..*end]).unwrap()
        } else {
            text.chars().skip(*start).take(end - start).collect()
        };
        let there = if name == "hypothesis" {
            source::clean(&there)
        } else {
            there
        };
        assert_eq!(there, *exact, "{name}");
    }
    all.len()
}

#[test]
fn positions_count_what_each_format_counts() {
    let (annotated, highlights) = article();
    assert_eq!(positions("hypothesis", &annotated, &highlights), 3);
    assert!(positions("w3c", &annotated, &highlights) > 10);
    // An emoji stands before both: two units of UTF-16, one scalar value.
    assert!(
        written("hypothesis").contains("\"start\": 4,"),
        "{}",
        written("hypothesis")
    );
}

#[test]
fn what_is_lost_is_said_with_numbers() {
    let (annotated, highlights) = article();
    let lost = |name: &str| (find(name).unwrap().loses)(&annotated, &highlights);
    assert!(lost("json").is_empty());
    let plain = lost("hypothesis");
    for said in [
        "3 entities",
        "1 quote",
        "1 stance",
        "4 colours",
        "1 link of the comment",
    ] {
        assert!(plain.iter().any(|l| l == said), "{said}: {plain:?}");
    }
    assert!(
        !plain
            .iter()
            .any(|l| l.contains("highlight") || l.contains("note"))
    );
    // Nothing is said about colours where the marks themselves are not kept.
    assert!(lost("bibtex").iter().any(|l| l == "4 highlights"));
    assert!(!lost("bibtex").iter().any(|l| l.contains("colour")));
}

#[test]
fn names_and_extensions_are_told_apart() {
    let mut names: Vec<&str> = formats().map(|f| f.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), formats().count());
    assert!(find("nonsense").is_none());
}

#[test]
fn one_line_json_is_one_line_and_carries_the_callers_id() {
    let text = written("jsonl");
    assert_eq!(text.matches('\n').count(), 1);
    let (annotated, _) = article();
    let line = json_line(&annotated, &[], Some(7.into())).unwrap();
    let value: serde_json::Value = serde_json::from_slice(&line).unwrap();
    assert_eq!(value["id"], 7);
}

#[test]
fn markdown_lets_no_markup_of_the_article_through() {
    let escaped = people::markdown::escape(
        "<b>x</b> [a](http://e.example) ![p](q) `c` *b* _i_ ~~s~~ www.e.example a@b.c &lt; ==m== #t ^f $x$",
    );
    for markup in [
        "<b", "](", "![", "http:/", " www.", "a@b", "&lt; ", " ==", " #", " ^", " $", "~~",
    ] {
        let plain = escaped.find(markup);
        // Whatever is left of it stands behind a backslash.
        let harmless = plain.is_none_or(|at| at > 0 && escaped[..at].ends_with('\\'));
        assert!(harmless || markup == "&lt; ", "{markup}: {escaped}");
    }
    assert!(escaped.contains("&amp;lt;"), "{escaped}");
    for (start, safe) in [
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("1. a", "1\\. a"),
        ("12) a", "12\\) a"),
        ("# a", "\\# a"),
        ("=== ", "\\=\\=="),
    ] {
        assert_eq!(people::markdown::escape(start), safe);
    }
}

proptest! {
    #[test]
    fn json_reads_back_as_it_was(made in any_annotated()) {
        let (annotated, highlights) = made;
        prop_assert_eq!(annotated.fault(), None);
        for name in ["json", "jsonl"] {
            let bytes = (find(name).unwrap().write)(&annotated, &highlights).unwrap();
            let file: contract::File = serde_json::from_slice(&bytes).unwrap();
            let (back, marks) = contract::read(file, "test").unwrap();
            prop_assert_eq!(&back, &annotated);
            prop_assert_eq!(&marks, &highlights);
        }
    }

    #[test]
    fn no_document_panics_or_leaves_an_unsafe_character(made in any_annotated()) {
        let (annotated, highlights) = made;
        for format in formats() {
            let bytes = (format.write)(&annotated, &highlights).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            prop_assert!(!text.contains(|c| !matches!(c, '\n' | '\t') && is_unsafe(c)), "{}", format.name);
        }
    }

    #[test]
    fn positions_are_right_in_any_document(made in any_annotated()) {
        let (annotated, highlights) = made;
        positions("hypothesis", &annotated, &highlights);
        positions("w3c", &annotated, &highlights);
    }

    #[test]
    fn a_filtered_document_is_whole(made in any_annotated(), kinds in prop::collection::vec(0usize..11, 1..4)) {
        let (annotated, highlights) = made;
        let kinds: Vec<_> = kinds.into_iter().map(|n| crate::base::EntityKind::ALL[n]).collect();
        let filter = crate::model::Filter {
            colours: vec![crate::model::Colour::Yellow],
            kinds: kinds.clone(),
            ..Default::default()
        };
        let (part, marks) = filter.apply(&annotated, &highlights);
        prop_assert_eq!(part.fault(), None);
        prop_assert!(part.entities.iter().all(|e| kinds.contains(&e.kind)));
        prop_assert!(marks.iter().all(|h| h.colour == crate::model::Colour::Yellow));
        let names = |a: &Annotated| -> Vec<String> {
            let of = |s: &crate::model::Stance| format!("{}{}{:?}", a.party_name(s.holder), a.target_name(s.target), s.evidence);
            a.stances.iter().map(of).collect()
        };
        let all = names(&annotated);
        prop_assert!(names(&part).iter().all(|n| all.contains(n)), "a stance says something else");
    }

    #[test]
    fn plain_text_draws_nothing(words in "[ -~│─█⠿]{1,40}") {
        let (mut annotated, mut highlights) = article();
        annotated.entities[0].name.clone_from(&words);
        annotated.links[0].why.clone_from(&words);
        highlights[0].note = Some(words);
        let text = String::from_utf8(people::plain::write(&annotated, &highlights).unwrap()).unwrap();
        let drawn = |c: char| matches!(c, '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}');
        prop_assert!(!text.contains(drawn));
    }
}

#[test]
fn dates_and_figures_have_a_section_and_no_labels() {
    let (mut annotated, highlights) = article();
    annotated.entities[1].kind = crate::base::EntityKind::Money;
    let plain = find("plain").unwrap();
    let text = String::from_utf8((plain.write)(&annotated, &highlights).unwrap()).unwrap();
    assert!(
        text.contains("[section] Dates and figures: 1\n东京, money"),
        "{text}"
    );
    assert!(!text.contains("[money]"), "{text}");
}
