//! The ledger, the matrix, who is heard, contradictions: text and style at several sizes, and what
//! keys and the mouse do in them.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use std::sync::Arc;

use byline::base::{EntityId, EntityKind, Span};
use byline::config::{self, Depth, Signs};
use byline::model::{Annotated, Entity, Mention};
use byline::ui::Event;
use common::screen::{Screen, annotated, sample};
use crossterm::event::{Event as Input, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

const SIZES: [(u16, u16); 4] = [(200, 50), (120, 40), (80, 24), (40, 12)];

fn all(screen: &mut Screen) -> String {
    screen.rows().concat()
}

fn click(screen: &mut Screen, words: &str) {
    let rows = screen.rows();
    let y = rows.iter().position(|r| r.contains(words)).expect(words);
    let at = rows[y].find(words).unwrap();
    let column = rows[y][..at].chars().count() as u16;
    screen.event(Event::Input(Input::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row: y as u16,
        modifiers: KeyModifiers::NONE,
    })));
}

#[test]
fn each_view_in_colour_and_without() {
    for (name, keys) in [
        ("ledger", "L"),
        ("matrix", "M"),
        ("voices", "g q"),
        ("explain", "] s g K"),
        ("comment-link", "g c enter"),
        ("comment-explain", "g c enter g K"),
    ] {
        for (width, height) in [(120, 40), (80, 24)] {
            for (look, depth) in [("", Depth::Truecolor), ("-mono", Depth::Mono)] {
                let mut screen = Screen::new(vec![sample()], (width, height), depth);
                let dump = screen.keys(keys).dump();
                insta::assert_snapshot!(format!("{name}-{width}x{height}{look}"), dump);
            }
        }
    }
}

/// What another annotator finds in the sample: one place read as a person, one entity and one quote
/// overlooked, and a date that byline does not mark as a name.
fn another() -> Annotated {
    let mut other = byline::annotate::annotate(&sample().document);
    let place = other.entities.iter().position(|e| e.name == "Canada");
    other.entities[place.unwrap_or(0)].kind = EntityKind::Person;
    other.entities[1].mentions.clear();
    other.quotes.remove(0);
    let at = other.document.text.find("peace").unwrap();
    let mention = other.entities[0].mentions[0].clone();
    let id = EntityId::at(other.entities.len());
    other.entities.push(Entity {
        id,
        name: "peace".to_owned(),
        kind: EntityKind::Event,
        mentions: vec![Mention {
            span: Span::new(at, at + "peace".len()),
            ..mention
        }],
        ..other.entities[0].clone()
    });
    other
}

#[test]
fn where_another_annotator_differs() {
    for (width, height) in [(120, 40), (80, 24)] {
        let mut screen = Screen::sample(width, height);
        *screen.desk.other.lock().unwrap() = Some(another());
        let dump = screen.keys("g o").dump();
        insta::assert_snapshot!(format!("others-{width}x{height}"), dump);
        // The first row that leads somewhere is what both read otherwise.
        screen.keys("enter");
        assert!(!all(&mut screen).contains("byline and other"));
        assert!(!screen.status().contains("1:1"));
    }
    let mut screen = Screen::sample(120, 40);
    screen.keys("g o");
    assert!(screen.status().contains("there is no other annotator"));
}

#[test]
fn each_view_says_the_same_without_colour_and_in_ascii() {
    for keys in ["L", "M", "g q"] {
        for (width, height) in SIZES {
            let mut colour = Screen::sample(width, height);
            let mut plain = Screen::new(vec![sample()], (width, height), Depth::Mono);
            assert_eq!(colour.keys(keys).rows(), plain.keys(keys).rows());
            let mut config = config::load(None, false, Some("dark"), false).unwrap();
            config.settings.signs = Signs::Ascii;
            let size = (width, height);
            let mut ascii = Screen::configured(vec![sample()], size, Depth::Mono, config, false);
            let shown = all(ascii.keys(keys));
            let strange = shown
                .chars()
                .find(|c| !c.is_ascii() && !"’“”‘…—↪→·".contains(*c));
            assert_eq!(strange, None, "{keys} at {width}: {shown}");
        }
    }
}

#[test]
fn every_row_of_the_ledger_leads_to_its_evidence_and_back() {
    for (width, height) in SIZES {
        let mut screen = Screen::sample(width, height);
        screen.keys("L j j");
        let ledger = screen.rows();
        screen.keys("enter");
        assert!(!all(&mut screen).contains("q closes"), "{width}");
        let there = screen.status();
        assert!(there.contains(" → "), "{width}: {there}");
        screen.keys("ctrl-o");
        assert_eq!(screen.rows()[1..5], ledger[1..5], "{width}");
        assert_eq!(screen.keys("enter").status(), there, "{width}");
    }
}

#[test]
fn the_ledger_is_ordered_and_filtered() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("L");
    for order in [
        "by place",
        "by holder",
        "by target",
        "by side",
        "surest first",
    ] {
        assert!(all(&mut screen).contains(order), "{order}");
        screen.keys("s");
    }
    screen.keys("/").text("grushko against").keys("enter");
    let shown = all(&mut screen);
    assert!(shown.contains("/grushko against"), "{shown}");
    assert!(shown.contains("▼ Grushko") && !shown.contains("▲ Grushko"));
    // What was filtered is still filtered after going there and back.
    screen.keys("enter ctrl-o");
    assert!(all(&mut screen).contains("/grushko against"));
    // Escape ends the filter, then closes.
    screen.keys("esc");
    assert!(!all(&mut screen).contains("/grushko"));
    assert!(all(&mut screen).contains("Stances"));
    screen.keys("esc");
    assert!(!all(&mut screen).contains("q closes"));
    screen.keys("L /").text("zzzz");
    assert!(all(&mut screen).contains("No stance."));
    // The marks of a row are explained without leaving the ledger.
    screen.keys("esc g K");
    assert!(all(&mut screen).contains("Made by:"));
    screen.keys("q L");
    assert!(!all(&mut screen).contains("q closes"));
}

#[test]
fn a_cell_of_the_matrix_opens_its_stances() {
    for (width, height) in SIZES {
        let mut screen = Screen::sample(width, height);
        let shown = all(screen.keys("M"));
        assert!(shown.contains("Matrix"), "{width}");
        screen.keys("enter");
        assert!(all(&mut screen).contains("Stances"), "{width}");
        // The matrix lies below.
        screen.keys("q");
        assert!(all(&mut screen).contains("Matrix"), "{width}");
        screen.keys("l l l l l l l l l j j j j G");
        screen.keys("h h h h h h h h h h h h g g").pause();
        assert!(all(&mut screen).contains("Matrix"), "{width}");
        screen.keys("M");
        assert!(!all(&mut screen).contains("Matrix"), "{width}");
    }
}

#[test]
fn the_matrix_joins_a_spokesperson_with_the_country_and_says_it_is_inferred() {
    let mut screen = Screen::sample(120, 40);
    let shown = all(screen.keys("M"));
    assert!(shown.contains("inferred: Grushko +1"), "{shown}");
    assert!(
        shown.contains("(with Grushko, Putin, inferred) →"),
        "{shown}"
    );
}

#[test]
fn whoever_is_heard_leads_to_the_quote_and_to_the_stances() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("g q enter");
    assert!(screen.status().contains(" quote"), "{}", screen.status());
    screen.keys("ctrl-o");
    assert!(all(&mut screen).contains("Who is heard"));
    screen.keys("/").text("▲ for").keys("enter enter");
    assert!(all(&mut screen).contains(" · on "));
}

#[test]
fn the_mouse_chooses_and_goes() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("L");
    click(&mut screen, "▼ Grushko");
    click(&mut screen, "▼ Grushko");
    if all(&mut screen).contains("q closes") {
        click(&mut screen, "▼ Grushko");
    }
    assert!(!all(&mut screen).contains("q closes"));
    screen.keys("M");
    click(&mut screen, "▼12");
    if !all(&mut screen).contains("Stances") {
        click(&mut screen, "▼12");
    }
    assert!(all(&mut screen).contains("Stances"));
}

#[test]
fn a_turn_is_gone_to_and_back_leads_to_the_earlier_stance() {
    let article = annotated(
        "Bridge talks\n\nOslo supports the treaty. Nothing happened for a while.\n\n\
         Oslo rejected the treaty on Monday.\n",
    );
    assert_eq!(byline::view::contradictions(&article).len(), 1);
    let mut screen = Screen::new(vec![article], (120, 40), Depth::Truecolor);
    let status = screen.keys("] x").status();
    assert!(status.contains("against here, for before"), "{status}");
    let status = screen.keys("ctrl-o").status();
    assert!(status.contains(": for,"), "{status}");
    let status = screen.keys("] x ] x [ x").status();
    assert!(status.contains("against here, for before"), "{status}");
    let mut none = Screen::sample(80, 24);
    if byline::view::contradictions(&sample()).is_empty() {
        assert!(none.keys("] x").status().contains("nobody here"));
    }
}

#[test]
fn without_stances_and_quotes_the_views_say_so() {
    let article = annotated("A headline\n\nNothing much was there.\n");
    for (keys, words) in [
        ("L", "No stance."),
        ("M", "No stance."),
        ("g q", "Nobody is quoted."),
    ] {
        for size in SIZES {
            let mut screen = Screen::new(vec![article.clone()], size, Depth::Truecolor);
            assert!(all(screen.keys(keys)).contains(words), "{keys}");
            screen.keys("j l G h enter q");
            assert!(!all(&mut screen).contains("q closes"));
        }
    }
}

#[test]
fn what_is_open_shows_the_layers_that_come() {
    for (keys, words) in [
        ("L", "▼ Grushko"),
        ("M", "inferred: Grushko"),
        ("g q", "Balance"),
    ] {
        let article = sample();
        let bare = Annotated::bare(Arc::clone(&article.document));
        let mut screen = Screen::new(vec![Arc::new(bare)], (120, 40), Depth::Truecolor);
        assert!(!all(screen.keys(keys)).contains(words));
        screen.event(Event::Annotated {
            opening: 0,
            result: Ok(article),
        });
        assert!(all(&mut screen).contains(words), "{keys}");
    }
}
