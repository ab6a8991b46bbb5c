//! The real binary in a pseudo-terminal: what a reader types and sees.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use common::pty::{Pty, appeared};
use common::server::{Reply, Server, message, page};
use tempfile::TempDir;

const TITLE: &str = "Russia Demands 'Ironclad' Ban";

fn home() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn sample(home: &TempDir, size: (u16, u16)) -> Pty {
    let mut pty = Pty::start(home.path(), size, &[], &[]);
    // The annotator is done when the status counts what it found.
    pty.wait(TITLE).wait("stances");
    pty
}

#[test]
fn without_a_file_the_sample_stands_in_three_panes() {
    let home = home();
    let mut pty = sample(&home, (120, 40));
    pty.wait("Entities")
        .wait("Alexander Grushko")
        .wait("Editor’s comment")
        .wait("Your notes");
    assert_eq!(pty.send("q").exit(), 0);
    pty.assert_restored();
}

#[test]
fn the_terminal_is_restored_however_it_ends() {
    for signal in ["TERM", "HUP", "INT"] {
        let home = home();
        let mut pty = sample(&home, (100, 30));
        pty.signal(signal);
        assert_eq!(pty.exit(), 0, "{signal}");
        pty.assert_restored();
    }
    for keys in ["q", ":q\r", "\x03", "ZZ", "Q"] {
        let home = home();
        let mut pty = sample(&home, (100, 30));
        pty.send(keys);
        assert_eq!(pty.exit(), 0, "{keys:?}");
        pty.assert_restored();
    }
}

#[test]
fn a_comparison_stands_side_by_side_in_a_wide_terminal_and_stacked_in_a_narrow_one() {
    let home = home();
    for (name, verb) in [("one.txt", "opposes"), ("two.txt", "supports")] {
        let text = format!("Harbour plan {name}\n\nMayor Alice Meyer {verb} the Harbour Plan.\n");
        std::fs::write(home.path().join(name), text).unwrap();
    }
    let compare = ["--model", "none", "compare", "one.txt", "two.txt"];
    let mut wide = Pty::start(home.path(), (120, 40), &compare, &[]);
    wide.wait("▼ “opposes”");
    assert_eq!(wide.exit(), 0);
    let contents = wide.contents();
    let row = contents.lines().find(|l| l.contains("opposes")).unwrap();
    let two = row.split_once(" │ ").unwrap();
    assert_eq!(
        (two.0.trim_end(), two.1.trim_end()),
        ("▼ “opposes”", "▲ “supports”")
    );
    let mut narrow = Pty::start(home.path(), (80, 40), &compare, &[]);
    narrow.wait("A▼ B▲  Alice Meyer → Harbour Plan");
    assert_eq!(narrow.exit(), 0);
}

#[test]
fn a_panic_restores_the_terminal_and_is_read_on_the_normal_screen() {
    let home = home();
    let mut pty = Pty::start(home.path(), (100, 30), &[], &[("BYLINE_PANIC", "1")]);
    assert_ne!(pty.exit(), 0);
    pty.assert_restored();
    assert!(
        pty.contents().contains("BYLINE_PANIC"),
        "{}",
        pty.contents()
    );
}

#[test]
fn a_highlight_and_its_note_are_there_the_next_time() {
    let home = home();
    let mut pty = sample(&home, (120, 40));
    pty.send("]e")
        .wait("mention 1 of")
        .send("a")
        .wait("Esc saves");
    pty.send("Who pays?")
        .wait("Who pays?")
        .send("\x1b")
        .wait("note, saved");
    pty.send("Hg").wait("highlighted in green, saved");
    assert_eq!(pty.send("q").exit(), 0);

    let mut pty = sample(&home, (120, 40));
    pty.wait("1 highlight")
        .wait("Your notes 1")
        .wait("Who pays?");
    pty.send("]h")
        .wait("highlight, green")
        .send("dd")
        .wait("deleted (u brings it back), saved");
    pty.send("u").wait("Your notes 1").wait("undone, saved");
    assert_eq!(pty.send("q").exit(), 0);
}

#[test]
fn an_unchanged_article_is_not_annotated_again_and_a_changed_one_is() {
    let home = home();
    let article = home.path().join("article.txt");
    let text = "Harbour plan\n\nMayor Alice Meyer supports the harbour plan.\n";
    std::fs::write(&article, text).unwrap();
    let open = || {
        let mut pty = Pty::start(home.path(), (120, 40), &["article.txt"], &[]);
        pty.wait("Harbour plan").wait("entit");
        pty
    };
    let mut pty = open();
    pty.wait("Alice Meyer");
    let kept = appeared(&home.path().join("data/cache"), ".json");
    assert_eq!(pty.send("q").exit(), 0);

    // What is kept now says something that no annotator would find.
    let found = std::fs::read_to_string(&kept).unwrap();
    let other = found.replace("\"name\":\"Alice Meyer\"", "\"name\":\"From The Cache\"");
    assert_ne!(found, other);
    std::fs::write(&kept, other).unwrap();
    let mut pty = open();
    pty.wait("From The Cache");
    assert_eq!(pty.send("q").exit(), 0);

    std::fs::write(&article, format!("{text}\nShe spoke in Oslo.\n")).unwrap();
    let mut pty = open();
    pty.wait("Oslo").wait("Alice Meyer");
    assert!(
        !pty.contents().contains("From The Cache"),
        "{}",
        pty.contents()
    );
    assert_eq!(pty.send("q").exit(), 0);
}

#[test]
fn search_counts_its_matches_and_goes_round() {
    let home = home();
    let mut pty = sample(&home, (100, 30));
    pty.send("/witkoff")
        .wait("1/2")
        .send("\r")
        .send("n")
        .wait("2/2")
        .send("n")
        .wait("1/2");
    pty.send("\x1b")
        .until("the search ended", |s| !s.contents().contains("1/2"));
    pty.send("/nosuchword\r").wait("does not occur");
}

#[test]
fn enter_on_a_comment_goes_to_its_passage_and_back() {
    let home = home();
    let mut pty = sample(&home, (120, 40));
    pty.send("gc")
        .wait("go there")
        .send("\r")
        .wait("The editor on this");
    pty.send("\x0f").until("back in the comments", |s| {
        !s.contents().contains("The editor on this")
    });
}

#[test]
fn a_paste_is_text_and_no_commands() {
    let home = home();
    let mut pty = sample(&home, (100, 30));
    pty.send("\x1b[200~qqQ\r:q\r\x1b[201~")
        .send("?")
        .wait("Moving");
    pty.send("q")
        .send("/")
        .send("\x1b[200~Witkoff\x1b[201~")
        .wait("1/2");
}

#[test]
fn suspending_gives_the_terminal_back_and_continuing_takes_it_again() {
    let home = home();
    let mut pty = sample(&home, (100, 30));
    pty.send("\x1a").until("the normal screen", |s| {
        !s.alternate_screen() && !s.hide_cursor()
    });
    pty.stopped()
        .signal("CONT")
        .wait(TITLE)
        .until("the alternate screen", vt100::Screen::alternate_screen);
    assert_eq!(pty.send("q").exit(), 0);
    pty.assert_restored();
}

#[test]
fn a_new_size_keeps_the_place() {
    let home = home();
    let mut pty = sample(&home, (120, 40));
    pty.send("/diplomatic\r").wait("diplomatic").send("zt");
    pty.resize(60, 20).until("the place at 60 columns", |s| {
        s.contents().contains("diplomatic")
    });
    pty.resize(40, 12).until("the place at 40 columns", |s| {
        s.contents().contains("diplomatic")
    });
}

#[test]
fn hostile_text_does_not_reach_the_terminal() {
    let home = home();
    let file = home.path().join("x\x1b]0;NAME\x07.txt");
    let body = "Evil \x1b]0;TITLE\x07News\n\nA \x1b[31mred\x1b[0m \u{202e}evil\u{9b}2J man said \"no\u{7}\" to Paris.\n\n\
                Editor's Comments\nWell \x1b]52;c;QQ==\x07 done.\n";
    std::fs::write(&file, body).unwrap();
    let mut pty = Pty::start(home.path(), (120, 30), &[file.to_str().unwrap()], &[]);
    pty.wait("man said").wait("done.");
    assert_eq!(pty.send("gi").wait("Details").send("qq").exit(), 0);
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    for leak in [
        "\x1b]0;TITLE",
        "\x1b]0;NAME",
        "\x1b[31m",
        "\u{202e}",
        "\u{9b}",
        "\x1b]52;c;QQ",
        "\u{7}",
    ] {
        assert!(!raw.contains(leak), "{leak:?} reached the terminal");
    }
}

#[test]
fn no_color_sends_no_colour_but_keeps_bold_and_underline() {
    let home = home();
    let mut pty = Pty::start(home.path(), (120, 40), &[], &[("NO_COLOR", "1")]);
    pty.wait(TITLE).wait("stances").send("jj").send("q");
    assert_eq!(pty.exit(), 0);
    let raw = String::from_utf8_lossy(&pty.raw()).into_owned();
    let mut sequences = raw
        .split("\x1b[")
        .skip(1)
        .filter_map(|s| s.split_once('m').map(|p| p.0));
    let set = |s: &str| s.chars().all(|c| c.is_ascii_digit() || c == ';');
    assert!(!sequences.clone().filter(|s| set(s)).any(|s| {
        s.split(';')
            .any(|n| matches!(n.parse(), Ok(30u8..=49 | 90..=107)))
    }));
    assert!(sequences.clone().any(|s| s == "0;1") && sequences.any(|s| s == "0;4"));
}

#[test]
fn a_corrected_stance_is_corrected_the_next_time() {
    let home = home();
    // By rules alone, so that the number of stances does not change while it is looked at.
    let start = || Pty::start(home.path(), (120, 40), &["--model", "none"], &[]);
    let open = || {
        let mut pty = start();
        pty.wait(TITLE).wait("stances");
        pty
    };
    let mut pty = open();
    let count = |pty: &Pty| {
        let shown = pty.contents();
        let at = shown.find(" stances").unwrap();
        let before: Vec<&str> = shown[..at].split_whitespace().collect();
        before.last().unwrap().parse::<usize>().unwrap()
    };
    let stances = count(&pty);
    pty.send("]s").wait(" → ").send("cp").wait(", saved");
    pty.send("L")
        .wait("corrected by you, was for")
        .send("j")
        .send("cr")
        .wait("brings it back")
        .wait(", saved");
    pty.send("qq");
    assert_eq!(pty.exit(), 0);
    let folder = home.path().join("data/corrections");
    let files = || {
        std::fs::read_dir(&folder)
            .unwrap()
            .map(|e| e.unwrap().path())
    };
    let file = files().find(|p| p.extension().is_some_and(|e| e == "toml"));
    let file = file.unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("now = \"rejected\""), "{text}");
    assert!(text.contains("polarity = \"against\""), "{text}");

    let mut pty = open();
    pty.wait(&format!("{} stances", stances - 1));
    pty.send("L").wait("corrected by you, was for");
    pty.send("gK").wait("Corrected by you: was").send("q");
    // Taken back by hand, it is as byline says.
    pty.send("qq");
    assert_eq!(pty.exit(), 0);
    let (head, _) = text.split_once("[[stance]]").unwrap();
    std::fs::write(&file, head).unwrap();
    let mut pty = open();
    pty.wait(&format!("{stances} stances"));
    pty.send("qq");
    assert_eq!(pty.exit(), 0);

    // A mistake made by hand is said, and nothing is written over it.
    let broken = text.replace("now = \"rejected\"", "now = \"no\"");
    std::fs::write(&file, &broken).unwrap();
    let mut pty = start();
    pty.wait("now must be")
        .send("]s")
        .send("cr")
        .wait("now must be");
    pty.send("Q").exit();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), broken);
}

#[test]
fn a_stalled_fetch_leaves_the_keys_alive() {
    let home = home();
    let body = b"Harbour plan\n\nMayor Alice Meyer supports the harbour plan.\n";
    let whole = message("200 OK", &[("Content-Type", "text/plain")], body);
    let (head, rest) = whole.split_at(whole.len() - body.len());
    let (server, url) = Server::with("/news", Reply::Gate(head.to_vec(), rest.to_vec()));
    let mut pty = Pty::start(home.path(), (120, 40), &["--model", "none", &url], &[]);
    pty.wait("Fetching http://127.0.0.1");
    server.asked("get /news");
    // The server keeps silent; the screen does not.
    pty.send("?")
        .wait("Moving")
        .send("q")
        .until("help has gone", |s| !s.contents().contains("Moving"));
    pty.send("jjG")
        .send("H")
        .wait("there is no article here that could be marked");
    // A key is sent when the screen has its new size: crossterm may keep one that comes together
    // with the signal until the next.
    pty.resize(60, 20)
        .until("one side pane", |s| !s.contents().contains("Your notes"))
        .wait("Fetching");
    pty.resize(120, 40)
        .wait("Your notes")
        .send("?")
        .wait("Moving");
    server.open_gate();
    // What came stands behind the help that is open.
    pty.send("q")
        .wait("Harbour plan")
        .wait("Alice Meyer")
        .wait("entit");
    assert_eq!(pty.send("q").exit(), 0);
    pty.assert_restored();
}

#[test]
fn a_fetch_that_never_ends_does_not_hold_the_reader() {
    let home = home();
    let (server, url) = Server::with("/news", Reply::Stall(Vec::new()));
    let mut pty = Pty::start(home.path(), (100, 30), &[&url], &[]);
    pty.wait("Fetching");
    server.asked("get /news");
    assert_eq!(pty.send("q").exit(), 0);
    pty.assert_restored();
}

#[test]
fn a_page_that_cannot_be_fetched_is_said_and_can_be_tried_again() {
    let home = home();
    let server = Server::start();
    let (first, second) = (server.url("/one"), server.url("/two"));
    server.says(
        "/two",
        page("text/plain", "Pier news\n\nBob Stone opposes the pier.\n"),
    );
    let mut pty = Pty::start(
        home.path(),
        (120, 40),
        &["--model", "none", &first, &second],
        &[],
    );
    pty.wait("There is no article from")
        .wait("It is not there: the server knows")
        .wait("Check the address")
        .wait("gr tries again");
    pty.send("J")
        .wait("Bob Stone")
        .send("K")
        .wait("There is no article");
    server.says(
        "/one",
        page("text/plain", "Harbour plan\n\nAlice Meyer supports it.\n"),
    );
    pty.send("gr").wait("Alice Meyer");
    // What was fetched is not fetched again.
    pty.send("J")
        .wait("Bob Stone")
        .send("K")
        .wait("Alice Meyer");
    assert_eq!(server.count("get /two"), 1);
    assert_eq!(pty.send("q").exit(), 0);
}
