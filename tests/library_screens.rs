//! The library, its search, the dossier and the comparison on the screen, and what keys do there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use std::path::Path;
use std::sync::Arc;

use byline::config::Depth;
use byline::model::Document;
use byline::store::library::{Entry, Library, Request, query};
use byline::ui::Event;
use common::screen::Screen;
use crossterm::event::{Event as Input, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use ratatui::style::Modifier;

/// Outlet, and the article as it lies in a file.
const NEWS: &[(&str, &str)] = &[
    (
        "The Harbour Post",
        "Council rejects the Tidal Pact\nBy Ada Lind\nMarch 4, 2025\n\n\
         Mayor Mira Solberg opposes the Tidal Pact and called it a danger to the harbour.\n\n\
         \"We will not sign the Tidal Pact,\" Solberg said on Tuesday. Minister Otto Brandt supports \
         the Tidal Pact. The work would cost 40 million euros.",
    ),
    (
        "Northern Wire",
        "Tidal Pact fails in council\nBy Jon Ek\nMarch 4, 2025\n\n\
         Mayor Mira Solberg supports the Tidal Pact, her office said, but the council voted against \
         it.\n\n\"The pact is dead,\" said Ines Vale of the Fishing Union. Minister Otto Brandt \
         condemned the council. The work would cost 55 million euros.",
    ),
    (
        "Northern Wire",
        "Ferry strike enters its second week\nBy Jon Ek\nFebruary 11, 2025\n\n\
         Ines Vale of the Fishing Union supports the ferry strike.\n\n\
         \"The company has to move first,\" Vale said. The ferries stayed in the harbour.",
    ),
    (
        "Vestmark Gazette",
        "Lighthouse opens to visitors\nBy Edda Grosz\nJanuary 20, 2025\n\n\
         The old lighthouse of Vestmark opens its doors on Sunday.\n\n\
         Café owners near the harbour welcomed the decision.",
    ),
];

fn library(folder: &Path) -> Library {
    let library = Library::open(folder).unwrap();
    let articles: Vec<_> = NEWS
        .iter()
        .enumerate()
        .map(|(n, (outlet, text))| {
            let source = byline::ingest::Source {
                name: "test".to_owned(),
                uri: Some(format!("/news/{n}.txt")),
            };
            let loaded = byline::ingest::load(text.as_bytes(), &source).unwrap();
            let mut document = Document::clone(&loaded.document);
            document.meta.outlet = Some((*outlet).to_owned());
            byline::annotate::annotate(&Arc::new(document))
        })
        .collect();
    let entries: Vec<_> = articles
        .iter()
        .map(|a| Entry::new(a, Some("test")))
        .collect();
    library.add(&entries).unwrap();
    library
}

fn screen(folder: &Path, size: (u16, u16), depth: Depth) -> Screen {
    Screen::library(library(folder), folder, size, depth)
}

fn found(folder: &Path, text: &str) -> Vec<String> {
    let library = Library::open(folder).unwrap();
    let query = query::parse(text).unwrap();
    let items = library.list(&query, &Request::default()).unwrap();
    items.into_iter().map(|i| i.title).collect()
}

fn all(screen: &mut Screen) -> String {
    screen.rows().join("\n")
}

#[test]
fn each_screen_in_colour_and_without() {
    for (name, keys, text) in [
        ("list", "", ""),
        ("search", "/", "harbour"),
        ("stance", "/", "target:\"Tidal Pact\" stance:against"),
        ("mistake", "/", "unread after:soon"),
        ("folders", "f", ""),
        ("dossier", "enter ] s D", ""),
        ("compare", "enter g C", ""),
    ] {
        for (width, height) in [(120, 40), (80, 24)] {
            for (look, depth) in [("", Depth::Truecolor), ("-mono", Depth::Mono)] {
                let folder = tempfile::tempdir().unwrap();
                let mut screen = screen(folder.path(), (width, height), depth);
                let dump = screen.keys(keys).text(text).pause().dump();
                insta::assert_snapshot!(format!("{name}-{width}x{height}{look}"), dump);
            }
        }
    }
}

#[test]
fn three_articles_stand_side_by_side_in_a_wide_window() {
    for (look, depth) in [("", Depth::Truecolor), ("-mono", Depth::Mono)] {
        let folder = tempfile::tempdir().unwrap();
        let mut screen = screen(folder.path(), (200, 50), depth);
        let dump = screen.keys("space space space g C").dump();
        insta::assert_snapshot!(format!("compare-200x50{look}"), dump);
    }
}

/// The words that look chosen, line by line.
fn chosen(screen: &mut Screen) -> Vec<String> {
    let buffer = screen.draw();
    let reversed = |x: u16, y: u16| buffer[(x, y)].modifier.contains(Modifier::REVERSED);
    let line = |y: u16| {
        let cells = (0..screen.size.0).filter(|x| reversed(*x, y));
        let text: String = cells.map(|x| buffer[(x, y)].symbol().to_owned()).collect();
        text.trim().to_owned()
    };
    // Below the titles.
    let lines = (2..screen.size.1).map(line);
    lines.filter(|text| !text.is_empty()).collect()
}

/// Where words stand on the screen.
fn place(screen: &mut Screen, words: &str) -> (u16, u16) {
    let rows = screen.rows();
    let found = rows.iter().zip(0..).find_map(|(row, y)| {
        let before = &row[..row.find(words)?];
        Some((byline::base::text::width(before) as u16, y))
    });
    found.unwrap_or_else(|| panic!("{words:?} is not in\n{}", rows.join("\n")))
}

fn click(screen: &mut Screen, (column, row): (u16, u16)) {
    screen.event(Event::Input(Input::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row,
        modifiers: KeyModifiers::NONE,
    })));
}

#[test]
fn cells_are_chosen_up_and_down_and_beside_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Mono);
    screen.keys("enter g C");
    assert_eq!(chosen(&mut screen), ["▲ “supports”"]);
    screen.keys("right");
    assert_eq!(chosen(&mut screen), ["▼ “opposes”"]);
    // At the side of the row the choice stays.
    screen.keys("l l");
    assert_eq!(chosen(&mut screen), ["▼ “opposes”"]);
    screen.keys("left");
    assert_eq!(chosen(&mut screen), ["▲ “supports”"]);
    // A row without a cell here gives the one it has, and the column is kept for the next.
    screen.keys("l j");
    assert_eq!(chosen(&mut screen), ["▼ “rejects”"]);
    screen.keys("j");
    assert_eq!(chosen(&mut screen), ["▼ “condemned”"]);
    screen.keys("j");
    assert_eq!(chosen(&mut screen), ["▲ “supports”"]);
    screen.keys("k k k enter");
    assert!(all(&mut screen).contains("called it a danger to the harbour"));
    assert!(
        screen.status().contains("Solberg → Tidal Pact: against"),
        "{}",
        screen.status()
    );
}

#[test]
fn a_click_chooses_a_cell_and_a_second_one_goes_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Mono);
    screen.keys("enter g C");
    let at = place(&mut screen, "“opposes”");
    click(&mut screen, at);
    assert_eq!(chosen(&mut screen), ["▼ “opposes”"]);
    // Neither a label nor a dash leads anywhere.
    for words in ["Otto Brandt → Tidal Pact", "–"] {
        let at = place(&mut screen, words);
        click(&mut screen, at);
        assert_eq!(chosen(&mut screen), ["▼ “opposes”"], "{words}");
    }
    click(&mut screen, at);
    assert!(!all(&mut screen).contains("The same story"));
    assert!(all(&mut screen).contains("called it a danger to the harbour"));
}

#[test]
fn a_search_keeps_the_rows_with_the_words_and_what_the_columns_are() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Mono);
    screen.keys("enter g C /").text("55 million").keys("enter");
    let text = all(&mut screen);
    assert!(
        text.contains("A  Northern Wire") && text.contains("B  The Harbour Post"),
        "{text}"
    );
    assert!(!text.contains("opposes"), "{text}");
    assert_eq!(chosen(&mut screen), ["$ 55 million euros"]);
    screen.keys("esc");
    assert!(all(&mut screen).contains("opposes"));
    screen.keys("esc");
    assert!(!all(&mut screen).contains("The same story"));
}

#[test]
fn a_window_made_narrow_stacks_the_rows_and_keeps_the_choice() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Mono);
    screen.keys("enter g C j");
    assert_eq!(chosen(&mut screen), ["▼ “rejects”"]);
    let resize = |screen: &mut Screen, size: (u16, u16)| {
        screen.size = size;
        screen.event(Event::Input(Input::Resize(size.0, size.1)));
    };
    resize(&mut screen, (80, 24));
    assert_eq!(chosen(&mut screen), ["B▼  Council → Tidal Pact  “rejects”"]);
    resize(&mut screen, (120, 40));
    assert_eq!(chosen(&mut screen), ["▼ “rejects”"]);
}

#[test]
fn columns_that_do_not_fit_come_into_sight_with_the_choice() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (100, 40), Depth::Mono);
    screen.keys("space space space g C");
    let text = all(&mut screen);
    assert!(text.contains("The same story · 1 to 2 of 3"), "{text}");
    assert!(!text.contains("C  Northern Wire"), "{text}");
    screen.keys("/").text("vale").keys("enter l j l");
    let text = all(&mut screen);
    assert!(text.contains("The same story · 2 to 3 of 3"), "{text}");
    assert!(text.contains("C  Northern Wire"), "{text}");
}

#[test]
fn an_article_is_read_and_the_library_is_left_by_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Truecolor);
    screen.keys("j enter");
    let text = all(&mut screen);
    assert!(
        text.contains("called it a danger") || text.contains("The pact is dead"),
        "{text}"
    );
    assert_eq!(found(folder.path(), "read").len(), 1);
    // From an article the library is one key away, and q goes back to it before it leaves.
    screen.keys("q");
    assert!(all(&mut screen).contains("Library · 4 · newest"));
    screen.keys("q");
    assert!(screen.left);
}

#[test]
fn where_no_article_has_an_outlet_the_titles_have_its_room() {
    let folder = tempfile::tempdir().unwrap();
    let library = Library::open(folder.path()).unwrap();
    let one = common::screen::annotated("The harbour is full of ice\n\nNo ferry leaves it.\n");
    library.add(&[Entry::new(&one, Some("test"))]).unwrap();
    let mut screen = Screen::library(library, folder.path(), (80, 24), Depth::Mono);
    let title = place(&mut screen, "The harbour is full of ice");
    assert_eq!(title, (16, 1));
    assert!(!screen.rows()[1].contains('–'), "{}", screen.rows()[1]);
}

#[test]
fn the_next_article_is_that_of_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Truecolor);
    screen.keys("enter J J");
    assert!(all(&mut screen).contains("Ines Vale of the Fishing Union"));
    screen.keys("J J");
    assert!(
        screen.status().contains("last article"),
        "{}",
        screen.status()
    );
    screen.keys("K");
    assert!(all(&mut screen).contains("The company has to move first"));
}

#[test]
fn what_is_done_to_several_articles_is_undone_by_one_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (80, 24), Depth::Truecolor);
    screen.keys("space space").keys("*");
    assert_eq!(found(folder.path(), "starred").len(), 2);
    assert_eq!(screen.status(), "2 articles starred");
    screen.keys("u");
    assert_eq!(found(folder.path(), "starred").len(), 0);
    screen.keys("ctrl-r");
    assert_eq!(found(folder.path(), "starred").len(), 2);
    screen.keys("g g m");
    assert_eq!(found(folder.path(), "read").len(), 1);
    screen.keys("a");
    assert_eq!(found(folder.path(), "archived").len(), 1);
    screen.keys("u u");
    assert_eq!(
        (
            found(folder.path(), "archived").len(),
            found(folder.path(), "read").len()
        ),
        (0, 0)
    );
    screen.keys("G t").text("sea").keys("enter");
    assert_eq!(
        found(folder.path(), "tag:sea"),
        ["Lighthouse opens to visitors"]
    );
    assert!(all(&mut screen).contains("#sea"));
    screen.keys("t").text("-sea").keys("enter");
    assert_eq!(found(folder.path(), "tag:sea").len(), 0);
}

#[test]
fn a_query_is_completed_kept_and_found_among_the_folders() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Truecolor);
    screen
        .keys("/")
        .text("ent")
        .keys("tab")
        .text("sol")
        .keys("tab enter");
    assert!(
        all(&mut screen).contains("Library /entity:\"Mira Solberg\" · 2"),
        "{}",
        all(&mut screen)
    );
    screen.keys("F").text("Solberg").keys("enter esc");
    assert!(all(&mut screen).contains("Library · 4"));
    screen.keys("f");
    assert!(all(&mut screen).contains("Solberg            entity:\"Mira Solberg\""));
    screen.keys("j j j j enter");
    assert!(
        all(&mut screen).contains("Solberg · 2 · newest"),
        "{}",
        all(&mut screen)
    );
}

#[test]
fn hits_are_the_latest_while_typing_and_ranked_after_a_pause() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Truecolor);
    screen.keys("/").text("harbour");
    assert!(all(&mut screen).contains("· newest"));
    screen.pause();
    assert!(all(&mut screen).contains("· best"));
    // Giving up brings back what was there.
    screen.keys("esc");
    assert!(all(&mut screen).contains("Library · 4 · newest"));
}

#[test]
fn a_mistake_in_a_query_keeps_the_rows_and_points_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (80, 24), Depth::Truecolor);
    screen.keys("/");
    screen.event(Event::Input(Input::Paste("unread after:soon".to_owned())));
    let rows = screen.rows();
    let (line, below) = (&rows[22], &rows[23]);
    let at = below.find('^').unwrap();
    assert_eq!(&line[at..at + 4], "soon");
    assert!(below.contains("expected a date like 2025-03-01"));
    assert!(rows[1].contains("Tidal Pact"));
}

#[test]
fn a_dossier_leads_into_the_article() {
    let folder = tempfile::tempdir().unwrap();
    let mut screen = screen(folder.path(), (120, 40), Depth::Truecolor);
    screen.keys("enter ] s D");
    assert!(
        all(&mut screen).contains("Dossier: "),
        "{}",
        all(&mut screen)
    );
    screen.keys("enter");
    assert!(!all(&mut screen).contains("Dossier: "));
    assert!(screen.status().contains('→'), "{}", screen.status());
}
