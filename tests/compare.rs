//! The same story in several articles: what belongs together stands in one row, and what an article
//! does not have is a dash in its column.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use std::sync::Arc;

use byline::model::Annotated;
use byline::view::{Cells, Columns, Comparison, Focus};
use common::screen::annotated;

const POST: &str = "Council rejects the Tidal Pact\n\n\
    Mayor Mira Solberg opposes the Tidal Pact and called it a danger to the harbour.\n\n\
    \"We will not sign the Tidal Pact,\" Solberg said on Tuesday. Minister Otto Brandt supports the \
    Tidal Pact. The work would cost 40 million euros.\n";
const WIRE: &str = "Tidal Pact fails in council\n\n\
    Mayor Mira Solberg supports the Tidal Pact, her office said. Minister Otto Brandt supports the \
    Tidal Pact.\n\n\
    \"The pact is dead,\" said Ines Vale of the Fishing Union. The work would cost 55 million euros.\n";
const GAZETTE: &str = "Fishermen against the pact\n\n\
    Ines Vale of the Fishing Union condemned the Tidal Pact.\n\n\
    \"Nobody has asked the cod what it thinks of turbines at the mouth of the fjord, and nobody in the \
    ministry has ever been at sea in February when the ice comes down from the north,\" Vale said. \
    \"We were not asked,\" she said.\n";

type Row = Cells<(usize, Focus)>;

fn rows(texts: &[&str]) -> Vec<Row> {
    let articles: Vec<Arc<Annotated>> = texts.iter().map(|text| annotated(text)).collect();
    let articles: Vec<&Annotated> = articles.iter().map(|a| &**a).collect();
    Comparison::new(&articles).beside(false)
}

/// The label of a row, and its cells as lines of 34 columns.
fn told(row: &Row) -> (String, Vec<String>) {
    let label = row.label.as_ref().map(|l| l.words()).unwrap_or_default();
    let count = row.cells.len();
    let columns = Columns::of(count, count * 37);
    let lines = row.lines(200, &columns);
    let cell = |n: usize| {
        let parts = lines.iter().flatten().filter(|p| p.cell == Some(n));
        let text = |p: &byline::view::CellPart| {
            let runs = p.runs.iter().map(|r| r.text.of(""));
            runs.collect::<String>()
        };
        let lines: Vec<String> = parts.map(text).collect();
        lines.join("\n").trim_end().to_owned()
    };
    (label, (0..count).map(cell).collect())
}

/// The rows under a heading.
fn section<'a>(rows: &'a [Row], title: &str) -> Vec<&'a Row> {
    let words = |row: &Row| told(row).1.concat();
    let at = rows.iter().position(|row| words(row) == title);
    let at = at.unwrap_or_else(|| panic!("no {title:?}"));
    let rest = rows[at + 1..].iter();
    rest.take_while(|row| !words(row).is_empty()).collect()
}

fn cells(rows: &[Row], title: &str) -> Vec<(String, Vec<String>)> {
    let rows = section(rows, title);
    rows.into_iter().map(told).collect()
}

fn row(label: &str, cells: &[&str]) -> (String, Vec<String>) {
    let cells = cells.iter().map(|c| (*c).to_owned());
    (label.to_owned(), cells.collect())
}

#[test]
fn a_stance_is_one_row_with_the_words_of_each_article_in_its_column() {
    let rows = rows(&[POST, WIRE]);
    assert_eq!(
        cells(&rows, "Stances that differ"),
        [row(
            "≠ Mira Solberg → Tidal Pact",
            &["▼ “opposes”", "▲ “supports”"]
        )]
    );
    assert_eq!(
        cells(&rows, "Stances in several"),
        [row(
            "Otto Brandt → Tidal Pact",
            &["▲ “supports”", "▲ “supports”"]
        )]
    );
    assert_eq!(
        cells(&rows, "Stances in one only"),
        [row("Council → Tidal Pact", &["▼ “rejects”", "–"])]
    );
    // Each cell leads into its own article.
    let differs = section(&rows, "Stances that differ")[0];
    let places: Vec<Option<usize>> = (0..2).map(|n| differs.leads(n).map(|p| p.0)).collect();
    assert_eq!(places, [Some(0), Some(1)]);
}

#[test]
fn who_is_quoted_in_one_only_is_marked_and_comes_first() {
    let rows = rows(&[POST, WIRE, GAZETTE]);
    let quoted = cells(&rows, "Quoted");
    assert_eq!(
        quoted[0],
        row(
            "Mira Solberg  in A only",
            &[
                "\"We will not sign the Tidal Pact,\"\n1 quote · 7 words",
                "–",
                "–"
            ]
        )
    );
    let (label, vale) = &quoted[1];
    assert_eq!(label, "Ines Vale");
    assert_eq!(vale[0], "–");
    assert_eq!(vale[1], "\"The pact is dead,\"\n1 quote · 4 words");
    // A long quotation is told to be cut, and all are counted.
    let lines: Vec<&str> = vale[2].lines().collect();
    assert_eq!(lines.len(), 4, "{vale:?}");
    assert!(lines[2].ends_with('…'), "{vale:?}");
    assert_eq!(lines[3], "2 quotes · 40 words");
}

#[test]
fn names_and_numbers_of_one_only_lead_to_where_they_stand() {
    let texts = [POST, WIRE, GAZETTE];
    let rows = rows(&texts);
    let numbers = cells(&rows, "Numbers and dates in one only");
    assert_eq!(
        numbers[0].1,
        ["$ 40 million euros", "$ 55 million euros", ": February"]
    );
    assert_eq!(numbers[1].1, [": Tuesday", "", ""]);
    let several = cells(&rows, "Named in several");
    let several = &several[0].1[0];
    assert!(
        several.contains("Tidal Pact") && several.contains("Ines Vale (B C)"),
        "{several}"
    );
    assert!(!several.contains("Tidal Pact ("), "{several}");
    let first = section(&rows, "Numbers and dates in one only")[0];
    for (n, text) in texts.iter().enumerate() {
        let article = annotated(text);
        let (at, focus) = first.leads(n).unwrap();
        let start = focus.start(&article, &[]).unwrap();
        assert_eq!(*at, n);
        let number = ["40 million", "55 million", "February"][n];
        assert!(article.document.text[start..].starts_with(number));
    }
}

#[test]
fn a_surname_and_a_common_noun_are_what_another_article_names_in_full() {
    let full = "Council rejects the Coral Bridge\n\nMayor Mira Solberg opposes the Coral Bridge.\n";
    let short = "A new plan\n\nMayor Solberg supports the bridge, her office said in a letter.\n";
    let rows = rows(&[full, short]);
    assert_eq!(
        cells(&rows, "Stances that differ"),
        [row(
            "≠ Mira Solberg → Coral Bridge",
            &["▼ “opposes”", "▲ “supports”"]
        )]
    );
}

#[test]
fn near_duplicates_are_called_that() {
    let longer =
        format!("{POST}\nOur reporter was in the room and saw nobody leave it before noon.\n");
    let rows = rows(&[POST, &longer]);
    assert_eq!(
        cells(&rows, "Text in common"),
        [row(
            "",
            &["A and B   100 % of the shorter one: the shorter one was cut from the longer"]
        )]
    );
}
