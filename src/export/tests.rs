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

#[test]
fn each_format_has_its_golden_form() {
    for format in formats() {
        insta::assert_snapshot!(format.name, written(format.name));
    }
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
