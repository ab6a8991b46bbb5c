//! The screen without a terminal: what is drawn at four sizes, in text and style, and what keys do.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use std::sync::Arc;

use byline::config::{self, Depth};
use byline::ui::Event;
use common::screen::{Screen, annotated, sample};
use crossterm::event::{Event as Input, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};

fn mouse(kind: MouseEventKind, column: u16, row: u16) -> Event {
    let modifiers = KeyModifiers::NONE;
    Event::Input(Input::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers,
    }))
}

const CLICK: MouseEventKind = MouseEventKind::Down(MouseButton::Left);

#[test]
fn the_sample_at_four_sizes() {
    for (width, height) in [(200, 60), (120, 40), (80, 24), (40, 12)] {
        let mut screen = Screen::sample(width, height);
        insta::assert_snapshot!(format!("sample-{width}x{height}"), screen.dump());
    }
}

#[test]
fn without_colour_every_word_and_sign_is_the_same() {
    for (width, height) in [(200, 60), (120, 40), (80, 24), (40, 12)] {
        let mut colour = Screen::sample(width, height);
        let mut plain = Screen::new(vec![sample()], (width, height), Depth::Mono);
        assert_eq!(colour.keys("] s").rows(), plain.keys("] s").rows());
        let cells = plain.draw();
        assert!(cells.content.iter().all(|c| {
            c.fg == ratatui::style::Color::Reset && c.bg == ratatui::style::Color::Reset
        }));
    }
    let mut plain = Screen::new(vec![sample()], (120, 40), Depth::Mono);
    insta::assert_snapshot!("sample-120x40-mono", plain.keys("] s").dump());
}

#[test]
fn a_light_theme_and_ascii_signs() {
    let mut config = config::load(None, false, Some("light"), false).unwrap();
    config.settings.signs = config::Signs::Ascii;
    let mut screen = Screen::configured(vec![sample()], (120, 24), Depth::Indexed, config, false);
    insta::assert_snapshot!("sample-120x24-light-ascii", screen.dump());
    let ours: String = screen.rows().concat();
    let strange = ours
        .chars()
        .find(|c| !c.is_ascii() && !"’“”…—↪→·".contains(*c));
    assert_eq!(strange, None);
}

#[test]
fn the_status_explains_the_stance_under_the_cursor() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("] s");
    let status = screen.status();
    assert!(
        status.starts_with("Russia → ") && status.contains(", strongly — “"),
        "{status}"
    );
}

#[test]
fn keys_go_to_the_next_name_and_back() {
    let mut screen = Screen::sample(120, 40);
    let first = screen.keys("] e").status();
    assert!(first.starts_with("Russia · place"), "{first}");
    let second = screen.keys("] e").status();
    assert!(second.starts_with("Ukraine · place"), "{second}");
    assert_eq!(screen.keys("[ e").status(), first);
    let next = screen.keys("*").status();
    assert!(
        next.starts_with("Russia · place") && next != first,
        "{next}"
    );
    assert_eq!(screen.keys("#").status(), first);
}

#[test]
fn the_list_filters_and_goes_to_the_first_mention_and_onwards() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("g e /").text("witk").keys("enter");
    assert!(screen.rows()[0].contains("/witk"));
    let status = screen.keys("enter").status();
    assert!(status.starts_with("Steve Witkoff · person") && status.contains("mention 1 of"));
    let status = screen.keys("n").status();
    assert!(status.contains("mention 2 of"), "{status}");
    screen.keys("esc");
    assert!(!screen.rows()[0].contains("/witk"));
}

#[test]
fn a_selection_is_highlighted_in_a_colour_undone_and_done_again() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("] e v i s H b");
    let saved = screen.desk.saved.lock().unwrap().highlights.clone();
    assert_eq!(saved.len(), 1);
    assert_eq!(saved[0].colour.name(), "blue");
    assert!(saved[0].anchor.exact.starts_with("Russia Demands"));
    screen.keys("u");
    assert!(screen.desk.saved.lock().unwrap().highlights.is_empty());
    screen.keys("ctrl-r");
    assert_eq!(screen.desk.saved.lock().unwrap().highlights, saved);
    screen.keys("[ h ] h d d");
    assert!(screen.desk.saved.lock().unwrap().highlights.is_empty());
}

#[test]
fn a_note_is_written_shown_and_gone_to() {
    let mut screen = Screen::sample(120, 40);
    screen
        .keys("] e ] e a")
        .text("Who pays for it?")
        .keys("esc");
    let rows = screen.rows().concat();
    assert!(rows.contains("Who pays for it?") && rows.contains("Your notes 1"));
    screen.keys("G g c G enter");
    assert!(
        screen
            .status()
            .starts_with("highlight, yellow · note: Who pays"),
        "{}",
        screen.status()
    );
}

#[test]
fn words_and_quotes_are_copied() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("] e y y");
    assert_eq!(screen.copied, ["Russia"]);
    screen.keys("] q y q");
    let quote = screen.copied[1].clone();
    assert!(
        quote.contains(" — ") && quote.contains("2025-03-17"),
        "{quote}"
    );
}

#[test]
fn a_waiting_key_runs_when_its_time_is_up() {
    let mut screen = Screen::sample(100, 20);
    screen.keys("G");
    let end = screen.rows();
    screen.keys("g").pause();
    assert_ne!(screen.rows(), end);
    assert!(screen.rows()[1].contains("Russia Demands"));
}

#[test]
fn export_asks_where_and_before_it_overwrites() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("x enter enter");
    assert_eq!(screen.desk.written.lock().unwrap().len(), 1);
    let name = screen.desk.written.lock().unwrap()[0].0.clone();
    assert!(
        name.starts_with("russia-demands-ironclad-ban") && name.strip_suffix(".md").is_some(),
        "{name}"
    );
    screen.keys("x enter enter n");
    assert_eq!(screen.desk.written.lock().unwrap().len(), 1);
    screen.keys("x enter enter y");
    assert_eq!(screen.desk.written.lock().unwrap().len(), 2);
}

#[test]
fn an_export_brings_the_files_that_belong_to_it() {
    let mut screen = Screen::sample(120, 40);
    let at = byline::export::formats().position(|f| f.name == "brat");
    let menu = format!("x {} enter enter", vec!["j"; at.unwrap()].join(" "));
    screen.keys(&menu);
    let written = screen.desk.written.lock().unwrap().clone();
    let endings: Vec<&str> = written
        .iter()
        .map(|(name, _)| name.rsplit('/').next().unwrap())
        .map(|name| {
            name.strip_prefix("russia-demands-ironclad-ban")
                .map_or(name, |n| &n[n.find('.').unwrap()..])
        })
        .collect();
    assert_eq!(endings, [".ann", ".txt", "annotation.conf"]);
    let text = String::from_utf8(written[1].1.clone()).unwrap();
    assert!(text.contains("Russia Demands"), "{text}");
    assert!(
        screen
            .status()
            .contains(".ann and .txt and annotation.conf"),
        "{}",
        screen.status()
    );
    // The configuration that stands there is somebody's own by the second time.
    screen.desk.written.lock().unwrap()[2].1 = b"mine".to_vec();
    screen.keys(&menu).keys("y");
    let written = screen.desk.written.lock().unwrap().clone();
    let configurations = written
        .iter()
        .filter(|(name, _)| name.ends_with("annotation.conf"));
    let texts: Vec<&[u8]> = configurations.map(|(_, bytes)| bytes.as_slice()).collect();
    assert_eq!(texts, [b"mine"]);
}

#[test]
fn an_export_is_seen_before_it_leaves_and_only_a_part_is_taken() {
    let mut screen = Screen::sample(120, 40);
    // Two marks: one yellow with a tag, one green.
    screen.keys("] e H y ] e H g");
    screen.keys("x p");
    let rows = screen.rows().concat();
    assert!(rows.contains("Markdown before it leaves"), "{rows}");
    assert!(
        rows.contains("Left out") && rows.contains("# Russia Demands"),
        "{rows}"
    );
    // Back to the menu, then only green ones.
    screen.keys("q f").text("green").keys("enter");
    let rows = screen.rows().concat();
    assert!(rows.contains("Export: only green (1 highlight)"), "{rows}");
    screen.keys("enter enter");
    let written = screen.desk.written.lock().unwrap()[0].1.clone();
    let written = String::from_utf8(written).unwrap();
    assert!(
        written.contains("*green*") && !written.contains("*yellow*"),
        "{written}"
    );
    // What is no filter is said, and the menu stays.
    screen.keys("x f").text("mauve").keys("enter");
    assert!(screen.status().contains("mauve"), "{}", screen.status());
}

#[test]
fn a_highlight_that_lost_its_words_is_listed_and_put_on_others_by_hand() {
    let article = sample();
    let lost = byline::model::Highlight {
        id: "H1".to_owned(),
        anchor: byline::model::Anchor {
            exact: "words that the editors took out".to_owned(),
            ..Default::default()
        },
        colour: byline::model::Colour::Green,
        tags: vec![],
        note: Some("why?".to_owned()),
        created: jiff::Timestamp::UNIX_EPOCH,
        orphan: true,
    };
    let mut screen = Screen::holding(article, vec![lost]);
    let rows = screen.rows().concat();
    assert!(rows.contains("Not found in this version"), "{rows}");
    assert!(rows.contains("words that the editors"), "{rows}");
    screen.keys("R");
    assert!(
        screen.status().contains("select the words"),
        "{}",
        screen.status()
    );
    screen.keys("] e v e R");
    let rows = screen.rows().concat();
    assert!(
        rows.contains("Which highlight belongs on these words?"),
        "{rows}"
    );
    screen.keys("enter");
    let stored = screen.desk.saved.lock().unwrap().highlights.clone();
    assert_eq!(stored.len(), 1);
    assert!(!stored[0].orphan && stored[0].note.as_deref() == Some("why?"));
    assert!(!stored[0].anchor.exact.is_empty() && stored[0].id == "H1");
    // Taken back, it is lost again, with its old words.
    screen.keys("u");
    let stored = screen.desk.saved.lock().unwrap().highlights.clone();
    assert!(stored[0].orphan);
    assert_eq!(stored[0].anchor.exact, "words that the editors took out");
}

#[test]
fn an_export_goes_to_a_command() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("x |").text("wc -c").keys("enter");
    let piped = screen.desk.piped.lock().unwrap().clone();
    assert_eq!(piped.len(), 1);
    assert_eq!(piped[0].0, "wc -c");
    assert!(piped[0].1.starts_with(b"# Russia Demands"));
    assert!(
        screen.status().contains("wc -c: done"),
        "{}",
        screen.status()
    );
}

#[test]
fn a_failed_save_is_said_and_only_q_in_capital_leaves() {
    let config = config::load(None, false, Some("dark"), false).unwrap();
    let mut screen = Screen::configured(vec![sample()], (120, 40), Depth::Truecolor, config, true);
    screen.keys("] e H y");
    assert!(
        screen.status().contains("the disk is full"),
        "{}",
        screen.status()
    );
    screen.keys("q");
    assert!(!screen.left, "left without a word");
    let status = screen.status();
    assert!(status.contains("Q leaves without"), "{status}");
    screen.keys("Q");
    assert!(screen.left);
}

#[test]
fn escape_never_leaves_and_q_closes_what_is_on_top() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("esc esc esc ? q g i q v q x q");
    assert!(!screen.left);
    screen.keys("q");
    assert!(screen.left);
}

#[test]
fn help_shows_every_command_and_is_searched() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("? /").text("contradiction-free nonsense");
    assert!(screen.rows().concat().contains("Nothing matches."));
    let mut screen = Screen::sample(120, 40);
    screen.keys("? /").text("next stance").keys("enter");
    let rows = screen.rows().concat();
    assert!(rows.contains("]s") && !rows.contains("Half a page down"));
    for command in config::Command::ALL {
        let mut screen = Screen::sample(120, 40);
        screen.keys("? /").text(&format!(":{}", command.name()));
        assert!(
            screen.rows().concat().contains(command.doc()),
            "{} {:?}",
            command.name(),
            screen.rows()
        );
    }
}

#[test]
fn every_key_of_the_table_does_something_harmless() {
    let keymap = config::load(None, false, None, false).unwrap().keymap;
    let all: Vec<String> = keymap
        .iter()
        .map(|(_, keys, _)| {
            keys.iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    for start in ["", "g e", "g c", "] s", "v", "?", "x", "/"] {
        let mut screen = Screen::sample(80, 24);
        screen.keys(start);
        for keys in &all {
            screen.keys(keys).pause();
        }
    }
}

#[test]
fn the_mouse_scrolls_focuses_and_selects() {
    let mut screen = Screen::sample(120, 40);
    let first = screen.rows();
    screen.event(mouse(MouseEventKind::ScrollDown, 60, 10));
    assert_ne!(screen.rows(), first);
    screen.event(mouse(MouseEventKind::ScrollUp, 60, 10));
    assert_eq!(screen.rows(), first);
    // The headline begins with a name.
    let column = first[1]
        .find("Russia Demands")
        .map(|at| first[1][..at].chars().count())
        .unwrap() as u16;
    screen.event(mouse(CLICK, column + 1, 1));
    assert!(
        screen.status().starts_with("Russia · place"),
        "{}",
        screen.status()
    );
    screen.event(mouse(
        MouseEventKind::Drag(MouseButton::Left),
        column + 13,
        1,
    ));
    screen.event(mouse(MouseEventKind::Up(MouseButton::Left), column + 13, 1));
    screen.keys("y").pause();
    assert_eq!(screen.copied, ["ussia Demands"]);
    let row = first
        .iter()
        .position(|r| r.contains("Steve Witkoff"))
        .unwrap() as u16;
    screen.event(mouse(CLICK, 5, row));
    assert!(
        screen.status().starts_with("Steve Witkoff"),
        "{}",
        screen.status()
    );
}

#[test]
fn several_articles_are_gone_through() {
    let second = annotated("Second story of the day\n\nThe mayor of Oslo spoke.\n");
    let mut screen = Screen::new(vec![sample(), second], (120, 24), Depth::Truecolor);
    screen.keys("J");
    assert!(screen.rows().concat().contains("Second story"));
    assert!(screen.keys("J").status().contains("last article"));
    screen.keys("K");
    assert!(screen.rows().concat().contains("Russia Demands"));
}

#[test]
fn wide_and_joined_letters_stay_in_their_columns() {
    let text = "世界新聞 👩\u{200d}👩\u{200d}👧 today\n\nThe 🇫🇷 minister e\u{301}a\u{308} said שלום to Paris and 각 there. \
                ﷽ ❤\u{fe0f} 1\u{fe0f}\u{20e3} done.\n\nEditor's Comments\n世界 is wide.\n";
    let mut screen = Screen::new(vec![annotated(text)], (110, 16), Depth::Truecolor);
    for y in 1..13 {
        let buffer = screen.draw();
        let borders: Vec<u16> = (0..110)
            .filter(|&x| buffer[(x, y)].symbol() == "│")
            .collect();
        assert_eq!(borders.len(), 2, "row {y}");
    }
    insta::assert_snapshot!("wide-110x16", screen.dump());
}

#[test]
fn a_size_gone_through_and_back_gives_the_same_screen() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("} } } } }");
    let before = screen.rows();
    for size in [
        (40, 12),
        (1, 1),
        (2, 2),
        (300, 1),
        (1, 50),
        (61, 9),
        (200, 60),
        (120, 40),
    ] {
        screen.size = size;
        screen.draw();
    }
    assert_eq!(screen.rows(), before);
}

#[test]
fn an_article_without_anything_is_drawn_in_words() {
    let bare = annotated("Just a line.\n");
    let mut screen = Screen::new(vec![Arc::clone(&bare)], (120, 24), Depth::Truecolor);
    let rows = screen.rows().concat();
    assert!(rows.contains("Nobody is named.") && rows.contains("came without"));
    screen.keys("] e");
    assert!(
        screen.status().contains("no name after this"),
        "{}",
        screen.status()
    );
}

#[test]
fn better_layers_take_the_place_of_the_first_ones_and_nothing_moves() {
    let mut screen = Screen::sample(120, 40);
    screen.keys("j j ] e");
    let before = screen.rows();
    let opening = screen.app.session().opening;
    let again = sample();
    screen.event(Event::Annotated {
        opening,
        result: Ok(again),
    });
    assert_eq!(screen.rows(), before);
    // Layers of an article that was left come too late; layers without the focused mark let it go.
    let bare = byline::model::Annotated::bare(Arc::clone(screen.app.session().document()));
    let bare = Arc::new(bare);
    screen.event(Event::Annotated {
        opening: opening + 1,
        result: Ok(Arc::clone(&bare)),
    });
    assert_eq!(screen.rows(), before);
    let title = |rows: &[String]| rows.iter().position(|r| r.contains("Ironclad"));
    screen.event(Event::Annotated {
        opening,
        result: Ok(bare),
    });
    let after = screen.rows();
    assert_eq!(title(&after), title(&before));
}

#[test]
fn a_model_that_cannot_be_used_is_said_in_the_status_line() {
    let mut screen = Screen::sample(120, 40);
    let opening = screen.app.session().opening;
    screen.event(Event::Annotated {
        opening,
        result: Err(byline::base::Error::new("model", "is damaged")),
    });
    assert!(screen.status().contains("model: is damaged"));
    // What the rules found stays.
    assert!(
        screen
            .rows()
            .iter()
            .any(|r| r.contains("Alexander Grushko"))
    );
}
