//! The query language: what is read, and what is said about mistakes.

use jiff::civil::date;
use proptest::prelude::*;

use super::*;

fn words(text: &str) -> Expr {
    Expr::Words {
        text: text.to_owned(),
        prefix: false,
    }
}

fn holder(name: &str) -> Expr {
    Expr::Stance(Side::Holder(name.to_owned()))
}

fn target(name: &str) -> Expr {
    Expr::Stance(Side::Target(name.to_owned()))
}

#[test]
fn what_is_typed_is_what_is_asked_for() {
    let against = || Expr::Stance(Side::Polarity(Polarity::Against));
    let not = |e: Expr| Expr::Not(Box::new(e));
    let table: Vec<(&str, Option<Expr>)> = vec![
        ("", None),
        ("  ", None),
        ("budget", Some(words("budget"))),
        ("\"budget vote\"", Some(words("budget vote"))),
        ("“budget vote”", Some(words("budget vote"))),
        (
            "budg*",
            Some(Expr::Words {
                text: "budg".to_owned(),
                prefix: true,
            }),
        ),
        (
            "entity:\"Emmanuel Macron\"",
            Some(Expr::Entity("Emmanuel Macron".to_owned())),
        ),
        (
            "holder:Macron target:NATO stance:against",
            Some(Expr::And(vec![holder("Macron"), target("NATO"), against()])),
        ),
        ("HOLDER:Macron", Some(holder("Macron"))),
        (
            "outlet:Reuters after:2025-03-01 unread",
            Some(Expr::And(vec![
                Expr::Outlet("Reuters".to_owned()),
                Expr::After(date(2025, 3, 1)),
                Expr::Is(Flag::Unread, true),
            ])),
        ),
        ("before:2025", Some(Expr::Before(date(2025, 1, 1)))),
        ("before:2025-04", Some(Expr::Before(date(2025, 4, 1)))),
        ("read", Some(Expr::Is(Flag::Unread, false))),
        ("\"read\"", Some(words("read"))),
        ("-tag:x", Some(not(Expr::Tag("x".to_owned())))),
        ("not tag:x", Some(not(Expr::Tag("x".to_owned())))),
        ("--a", Some(not(not(words("a"))))),
        (
            "a or b c",
            Some(Expr::Or(vec![
                words("a"),
                Expr::And(vec![words("b"), words("c")]),
            ])),
        ),
        (
            "(a or b) and c",
            Some(Expr::And(vec![
                Expr::Or(vec![words("a"), words("b")]),
                words("c"),
            ])),
        ),
        ("(a)", Some(Expr::And(vec![words("a")]))),
        ("10:30", Some(words("10:30"))),
        ("https://a.example/b", Some(words("https://a.example/b"))),
        ("well-known", Some(words("well-known"))),
        ("sort:best", None),
    ];
    for (text, expected) in table {
        let query = parse(text).unwrap_or_else(|e| panic!("{text:?}: {e}"));
        assert_eq!(query.expr, expected, "{text:?}");
    }
    assert_eq!(parse("a sort:best").unwrap().sort, Some(Sort::Best));
}

#[test]
fn a_mistake_is_told_with_its_place_and_what_was_expected() {
    let table = [
        (
            "unread after:soon",
            "column 14: expected a date like 2025-03-01, found \"soon\"",
        ),
        (
            "before:2025-13-01",
            "column 8: expected a date like 2025-03-01, found \"2025-13-01\"",
        ),
        (
            "after:2025-02-30",
            "column 7: expected a date like 2025-03-01, found \"2025-02-30\"",
        ),
        (
            "stance:maybe",
            "column 8: expected for, against or conditional, found \"maybe\"",
        ),
        (
            "hodler:Macron",
            "column 1: expected a key, found \"hodler:\"; did you mean \"holder:\"?",
        ),
        (
            "x wherever:y",
            "column 3: expected a key, found \"wherever:\"; put it in quotation marks to search for it",
        ),
        (
            "holder: Macron",
            "column 8: expected a name right after \"holder:\", found a space",
        ),
        (
            "outlet:",
            "column 8: expected a name right after \"outlet:\", found the end",
        ),
        (
            "tag:)",
            "column 5: expected a tag right after \"tag:\", found \")\"",
        ),
        (
            "entity:\"Macron",
            "column 8: expected another \" that ends what begins here, found the end",
        ),
        (
            "\"\"",
            "column 1: expected words between the quotation marks, found none",
        ),
        (
            "(a or b",
            "column 1: expected a \")\" for the \"(\" here, found the end",
        ),
        (
            "a)",
            "column 2: expected the end or another word, found \")\" without a \"(\" before it",
        ),
        (
            "a or",
            "column 5: expected a word or a key like \"outlet:\", found the end",
        ),
        (
            "or a",
            "column 1: expected a word or a key like \"outlet:\", found \"or\"",
        ),
        (
            "a and",
            "column 6: expected a word or a key after \"and\", found the end",
        ),
        (
            "a not",
            "column 6: expected what is not to be found, found the end",
        ),
        (
            "()",
            "column 2: expected a word or a key like \"outlet:\", found \")\"",
        ),
        (
            "a … b",
            "column 3: expected a word with letters or digits, found \"…\"",
        ),
        (
            "entity:…",
            "column 8: expected a name with letters or digits, found \"…\"",
        ),
        (
            "sort:size",
            "column 6: expected newest, oldest, outlet, title or best, found \"size\"",
        ),
        (
            "(sort:best)",
            "column 7: expected \"sort:\" outside of parentheses",
        ),
        (
            "-sort:best",
            "column 7: expected \"sort:\" outside of parentheses",
        ),
        // Columns count characters, not bytes.
        (
            "Zürich ü after:x",
            "column 16: expected a date like 2025-03-01, found \"x\"",
        ),
    ];
    for (text, message) in table {
        let found = parse(text).map_err(|e| e.to_string());
        assert_eq!(found, Err(message.to_owned()), "{text:?}");
    }
    let deep = "(".repeat(500);
    assert!(parse(&deep).unwrap_err().cause.contains("at most 50"));
}

#[test]
fn words_are_never_a_part_of_the_sql() {
    let hostile = "x' OR 1=1; -- \" NEAR(";
    let query = Query {
        expr: Some(Expr::And(vec![
            words(hostile),
            Expr::Outlet(hostile.to_owned()),
            Expr::Tag(hostile.to_owned()),
            holder(hostile),
            Expr::Not(Box::new(Expr::Entity(hostile.to_owned()))),
        ])),
        sort: None,
    };
    let sql = sql(&query);
    assert!(!sql.condition.contains("1=1"), "{}", sql.condition);
    assert_eq!(
        sql.condition.matches('?').count(),
        sql.values.len(),
        "{}",
        sql.condition
    );
}

proptest! {
    #[test]
    fn any_text_is_read_or_has_its_mistake_within_it(text in "(\\PC|[():\"*-]|holder:|after:|or |not ){0,40}") {
        match parse(&text) {
            Ok(query) => {
                let sql = sql(&query);
                prop_assert_eq!(sql.condition.matches('?').count(), sql.values.len());
            }
            Err(fault) => {
                prop_assert!(fault.column >= 1);
                prop_assert!(fault.column <= text.chars().count() + 1);
                prop_assert!(!fault.cause.is_empty());
            }
        }
    }
}

#[test]
fn while_it_is_typed_the_end_is_open() {
    let table = [
        ("bud", "bud*"),
        ("b", "b"),
        ("tax bud", "tax bud*"),
        ("tax ", "tax"),
        ("unread", "unread"),
        ("unrea", "unrea*"),
        ("tax or", "tax"),
        ("tax or ", "tax"),
        ("tax -", "tax"),
        ("tax -bud", "tax -bud*"),
        ("tax holder:", "tax"),
        ("holder:", ""),
        ("holder:Mac", "holder:Mac*"),
        ("tax stance:ag", "tax"),
        ("tax stance:against", "tax stance:against"),
        ("tax after:2025-0", "tax"),
        ("tax after:2025-03-1", "tax after:2025-03-1"),
        ("tax \"", "tax"),
        ("\"budget vo", "\"budget vo*\""),
        ("entity:\"Emmanuel Ma", "entity:\"Emmanuel Ma*\""),
        ("entity:\"", ""),
        ("(tax or", "(tax)"),
        ("(tax or bud", "(tax or bud*)"),
        ("tag:x tag:to-fe", "tag:x tag:to-fe*"),
        ("sort:ne", ""),
    ];
    for (typed, meant) in table {
        assert_eq!(parse_typed(typed), parse(meant), "{typed:?}");
    }
    for wrong in ["hodler:Mac", "stance:maybe", "after:soon", "a)"] {
        assert_eq!(parse_typed(wrong), parse(wrong), "{wrong:?}");
        assert!(parse_typed(wrong).is_err(), "{wrong:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_typed_is_read_or_told(text in "\\PC{0,40}") {
        let _ = parse_typed(&text);
    }

    #[test]
    fn pieces_of_the_language_are_read_or_told(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "(", ")", "\"", "-", " ", "or", "not", "holder:", "stance:", "a", "ab", "ü", "*", ":",
            ]),
            0..12,
        ),
    ) {
        let text = parts.concat();
        if let Ok(query) = parse_typed(&text) {
            let _ = super::sql(&query);
        }
    }
}
