//! The entity list and what opens from it: orders, counts, kinds, the card; text and style at
//! several sizes, and what keys and the mouse do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use std::sync::Arc;

use byline::config::{self, Depth, Signs};
use byline::model::Annotated;
use byline::ui::Event;
use common::screen::{Screen, annotated, sample};
use crossterm::event::{Event as Input, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

/// An article with a date, an amount, a percentage and a quantity in it.
fn with_figures() -> Arc<Annotated> {
    annotated(
        "Budget of the year\n\nAlice Meyer\n2025-03-17\n\nBrief\nOslo pays.\n\n\
         Prime Minister Alice Meyer said on Monday that Norway would spend $5 million, or \
         12 percent more. Norway has 300 ships.\n\nEditor's Comments\nNorway pays well.\n",
    )
}

/// An article whose comment names a country that the article does not name.
fn with_comment() -> Arc<Annotated> {
    annotated(
        "Talks in Oslo\n\nThe mayor of Oslo spoke in Oslo.\n\nEditor's Comments\n\
         Nobody asked Ukraine. Why is Ukraine not named?\n",
    )
}

fn click(column: u16, row: u16) -> Event {
    Event::Input(Input::Mouse(MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }))
}

/// Chooses the entity with this name.
fn choose(screen: &mut Screen, name: &str) {
    screen.keys("g e /").text(name).keys("enter");
}

fn row_of(screen: &mut Screen, words: &str) -> (u16, u16) {
    let rows = screen.rows();
    let y = rows.iter().position(|r| r.contains(words)).expect(words);
    let x = rows[y].find(words).map(|at| rows[y][..at].chars().count());
    (x.unwrap() as u16, y as u16)
}

#[test]
fn every_order_at_three_sizes() {
    for (width, height, columns) in [(120, 40, 26), (80, 24, 26), (200, 50, 40)] {
        let mut screen = Screen::sample(width, height);
        screen.keys("g e");
        let mut seen = String::new();
        for order in ["by kind", "by count", "in order", "by name"] {
            assert!(screen.rows()[0].contains(order), "{}", screen.rows()[0]);
            seen.push_str(&screen.dump_left(columns));
            seen.push('\n');
            screen.keys("s");
        }
        assert!(screen.rows()[0].contains("by kind"));
        insta::assert_snapshot!(format!("orders-{width}x{height}"), seen);
    }
}

#[test]
fn the_list_without_colour_and_in_ascii() {
    let mut plain = Screen::new(vec![with_figures()], (200, 24), Depth::Mono);
    insta::assert_snapshot!("list-200x24-mono", plain.keys("g e").dump_left(40));
    let mut config = config::load(None, false, Some("light"), false).unwrap();
    config.settings.signs = Signs::Ascii;
    let mut ascii = Screen::configured(
        vec![with_figures()],
        (200, 24),
        Depth::Indexed,
        config,
        false,
    );
    insta::assert_snapshot!("list-200x24-ascii", ascii.keys("g e").dump_left(40));
    let card = ascii.keys("o").rows().concat();
    let strange = card
        .chars()
        .find(|c| !c.is_ascii() && !"’“”…—↪→·".contains(*c));
    assert_eq!(strange, None);
}

#[test]
fn the_card_at_several_sizes() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = Screen::sample(width, height);
        choose(&mut screen, "grushko");
        insta::assert_snapshot!(format!("card-{width}x{height}"), screen.keys("o").dump());
    }
    let mut plain = Screen::new(vec![sample()], (120, 40), Depth::Mono);
    choose(&mut plain, "grushko");
    insta::assert_snapshot!("card-120x40-mono", plain.keys("o").dump());
}

#[test]
fn the_card_leads_to_every_row_and_back() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = Screen::sample(width, height);
        choose(&mut screen, "grushko");
        screen.keys("o G enter");
        let there = screen.rows().concat();
        assert!(!there.contains("closes"), "{width}: {there}");
        assert!(
            screen.status().starts_with("Alexander Grushko · person"),
            "{width}: {}",
            screen.status()
        );
        // Back is the card, at the row that was gone from; again Enter goes to the same place.
        screen.keys("ctrl-o");
        assert!(screen.rows().concat().contains("q closes"), "{width}");
        screen.keys("enter");
        assert_eq!(screen.rows().concat(), there, "{width}");
        screen.keys("ctrl-o q");
        assert!(screen.rows()[0].contains("Entities"), "{width}");
    }
}

#[test]
fn the_card_opens_from_the_article_and_is_searched() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("] s o");
    assert!(screen.rows().concat().contains("Stances held"));
    screen.keys("/").text("zzzz");
    assert!(screen.rows().concat().contains("Nothing matches."));
    screen.keys("esc o");
    assert!(!screen.rows().concat().contains("q closes"));
}

#[test]
fn the_mouse_chooses_in_a_card_goes_there_and_closes_it() {
    let mut screen = Screen::sample(120, 40);
    choose(&mut screen, "grushko");
    screen.keys("o");
    let (x, y) = row_of(&mut screen, "Last ");
    screen.event(click(x, y));
    assert!(screen.rows().concat().contains("q closes"));
    screen.event(click(x, y));
    assert!(!screen.rows().concat().contains("q closes"));
    screen.keys("g e o");
    screen.event(click(1, 1));
    assert!(!screen.rows().concat().contains("q closes"));
}

#[test]
fn the_count_is_the_number_of_steps() {
    let article = sample();
    for entity in article.entities.iter().filter(|e| !e.kind.is_light()) {
        let mut screen = Screen::new(vec![Arc::clone(&article)], (120, 40), Depth::Truecolor);
        choose(&mut screen, &entity.name);
        // Several may match; the one that is chosen counts.
        let mut status = screen.keys("enter esc").status();
        let count: usize = status
            .split(" of ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next())
            .and_then(|n| n.parse().ok())
            .unwrap_or_else(|| panic!("{}: {status}", entity.name));
        assert!(status.contains("mention 1 of"), "{status}");
        for n in 2..=count {
            status = screen.keys("n").status();
            assert!(
                status.contains(&format!("mention {n} of {count}")),
                "{status}"
            );
        }
        assert!(screen.keys("n").status().contains("the last mention"));
        for n in (1..count).rev() {
            status = screen.keys("#").status();
            assert!(
                status.contains(&format!("mention {n} of {count}")),
                "{status}"
            );
        }
    }
}

#[test]
fn an_entity_of_the_comment_alone_is_gone_to_there() {
    for (width, height) in [(120, 40), (80, 24), (40, 12)] {
        let mut screen = Screen::new(vec![with_comment()], (width, height), Depth::Truecolor);
        choose(&mut screen, "ukraine");
        let status = screen.keys("enter").status();
        assert!(
            status.starts_with("Ukraine · place · mention 1 of 2"),
            "{status}"
        );
        assert!(
            screen.rows().concat().contains("Nobody asked Ukraine"),
            "{width}"
        );
        let status = screen.keys("n").status();
        assert!(status.contains("mention 2 of 2"), "{width}: {status}");
        assert!(screen.keys("n").status().contains("the last mention"));
        assert!(screen.keys("N").status().contains("mention 1 of 2"));
        // The next name of the article is found from the comment, too.
        let status = screen.keys("g a ] e").status();
        assert!(status.starts_with("Oslo"), "{status}");
    }
}

#[test]
fn kinds_are_hidden_and_shown() {
    for (width, height) in [(120, 40), (80, 24)] {
        let mut screen = Screen::new(vec![with_figures()], (width, height), Depth::Truecolor);
        screen.keys("g e z");
        insta::assert_snapshot!(format!("kinds-{width}x{height}"), screen.dump());
        // Places: marked, then hidden.
        screen.keys("j j enter space q");
        let rows = screen.rows();
        assert!(rows[0].contains('/'), "{}", rows[0]);
        assert!(rows.concat().contains("Hidden: Places"));
        insta::assert_snapshot!(format!("kinds-hidden-{width}x{height}"), screen.dump());
        // What was chosen is hidden now; something that is listed is chosen instead.
        choose(&mut screen, "norway");
        assert!(screen.rows().concat().contains("Nothing matches."));
        screen.keys("esc g a ] e ] e ] e ] e ] e ] e");
        assert!(!screen.status().contains("· place"), "{}", screen.status());
    }
    let mut plain = Screen::new(vec![with_figures()], (120, 24), Depth::Mono);
    plain.keys("g e z j j enter space q");
    insta::assert_snapshot!("kinds-hidden-120x24-mono", plain.dump());
}

#[test]
fn light_marks_are_marked_and_listed_once_asked_for() {
    let mut screen = Screen::new(vec![with_figures()], (120, 40), Depth::Truecolor);
    assert!(!screen.rows().concat().contains("Money 1"));
    let (x, y) = row_of(&mut screen, "$5 million");
    let buffer = screen.draw();
    assert_ne!(buffer[(x, y)].fg, ratatui::style::Color::Reset);
    screen.event(click(x, y));
    assert!(
        screen.status().starts_with("$5 million · money"),
        "{}",
        screen.status()
    );
    screen.keys("g k G k k enter enter q");
    assert!(
        screen.rows().concat().contains("Money 1"),
        "{:#?}",
        screen.rows()
    );
}

#[test]
fn every_popup_has_a_frame_and_cuts_nothing() {
    for (width, height) in [(200, 50), (120, 40), (80, 24), (40, 12)] {
        for keys in ["?", "g i", "x", "] s g K", "g k", "g e o", "L", "M", "g q"] {
            let mut screen = Screen::sample(width, height);
            let rows = screen.keys(keys).rows();
            let top = rows.iter().position(|r| r.contains('┌')).expect(keys);
            let bottom = rows.iter().rposition(|r| r.contains('└')).expect(keys);
            let column = |row: &str, c| row.chars().position(|x| x == c);
            let (left, right) = (column(&rows[top], '┌'), column(&rows[top], '┐'));
            assert_eq!(
                (left, right),
                (column(&rows[bottom], '└'), column(&rows[bottom], '┘'))
            );
            if width <= 80 {
                assert_eq!(
                    (left, right),
                    (Some(0), Some(usize::from(width) - 1)),
                    "{keys}"
                );
            }
            let buffer = screen.draw();
            let (left, right) = (left.unwrap() as u16, right.unwrap() as u16);
            for y in top as u16 + 1..bottom as u16 {
                for x in [left, right] {
                    assert_eq!(buffer[(x, y)].symbol(), "│", "{keys} at {x},{y}");
                }
                for x in [left + 1, right - 1] {
                    assert_eq!(buffer[(x, y)].symbol(), " ", "{keys} at {x},{y}");
                }
            }
        }
    }
    for keys in [
        "?", "g i", "x", "] s g K", "g k", "g e o", "] e a", "L", "M", "g q",
    ] {
        let mut screen = Screen::sample(80, 24);
        screen.keys(keys);
        for size in [(1, 1), (2, 2), (5, 3), (1, 40), (200, 1), (3, 9), (61, 9)] {
            screen.size = size;
            screen.draw();
            screen.keys("j G k g").pause();
        }
    }
    // What is too long for a row goes on in the next.
    let mut screen = Screen::sample(40, 24);
    let mut menu = screen.keys("x").rows().concat();
    for _ in byline::export::formats() {
        menu += &screen.keys("j").rows().concat();
    }
    for format in byline::export::formats() {
        for word in format.about.split([' ', '-']) {
            assert!(menu.contains(word), "{word}: {menu}");
        }
    }
}
