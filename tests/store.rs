//! A kill at any instant during a save: the file is always a complete state and holds everything
//! that was confirmed. And two programs at once: nothing of either is lost.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use byline::base::Span;
use byline::ingest::{self, Source};
use byline::model::{Anchor, Colour, Document, Highlight};
use byline::store::Store;

const FOLDER: &str = "BYLINE_TEST_STORE";
const NAME: &str = "BYLINE_TEST_NAME";
const COUNT: &str = "BYLINE_TEST_COUNT";

fn document() -> Arc<Document> {
    let source = Source {
        name: "sample".to_owned(),
        uri: Some("sample".to_owned()),
    };
    let bytes = include_bytes!("../assets/sample.txt");
    ingest::load(bytes, &source).unwrap().document
}

fn highlight(document: &Document, id: String, n: usize) -> Highlight {
    let start = n % 60;
    Highlight {
        id,
        anchor: Anchor::new(&document.text, Span::new(start, start + 10)),
        colour: Colour::Yellow,
        tags: vec![],
        note: Some("a note that takes some room ".repeat(40)),
        created: "2025-03-17T10:00:00Z".parse().unwrap(),
        orphan: false,
    }
}

/// Not a test by itself: the program that the tests below start. Saves one highlight after the
/// other and confirms each on standard output.
#[test]
fn helper_that_saves_in_a_loop() {
    let Some(folder) = std::env::var_os(FOLDER) else {
        return;
    };
    let name = std::env::var(NAME).unwrap();
    let count: usize = std::env::var(COUNT).unwrap().parse().unwrap();
    let store = Store::new(Path::new(&folder));
    let document = document();
    let mut before = Vec::new();
    for n in 0..count {
        let mut now = before.clone();
        now.push(highlight(&document, format!("{name}{n}"), n));
        before = store.save(&document, &before, &now).unwrap();
        let mut out = std::io::stdout().lock();
        writeln!(out, "\nconfirmed {n}").unwrap();
        out.flush().unwrap();
    }
}

fn start(folder: &Path, name: &str, count: usize) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "helper_that_saves_in_a_loop", "--nocapture"])
        .env(FOLDER, folder)
        .env(NAME, name)
        .env(COUNT, count.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn confirmed(text: &str) -> usize {
    text.lines().filter(|l| l.starts_with("confirmed ")).count()
}

/// Every line of the one file in `folder` as JSON: fails if one is torn.
fn ids(folder: &Path) -> Vec<String> {
    let mut out = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "jsonl") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.is_empty() || text.ends_with('\n'));
        for line in text.lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            out.push(value["id"].as_str().unwrap().to_owned());
        }
    }
    out
}

#[test]
fn a_kill_during_a_save_loses_nothing_that_was_confirmed() {
    for round in 0..12_usize {
        let folder = tempfile::tempdir().unwrap();
        let mut child = start(folder.path(), "H", 1_000_000);
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let mut seen = 0;
        let mut line = String::new();
        while seen <= round {
            line.clear();
            assert!(
                output.read_line(&mut line).unwrap() > 0,
                "the helper ended by itself"
            );
            seen += confirmed(&line);
        }
        // Each round kills at another moment of the save that now goes on.
        (0..round * 40_000).for_each(|n| {
            std::hint::black_box(n);
        });
        child.kill().unwrap();
        child.wait().unwrap();
        let mut rest = String::new();
        output.read_to_string(&mut rest).unwrap();
        seen += confirmed(&rest);

        let ids = ids(folder.path());
        assert!(
            ids.len() == seen || ids.len() == seen + 1,
            "{} stored, {seen} confirmed",
            ids.len()
        );
        let expected: Vec<String> = (0..ids.len())
            .map(|n| format!("urn:byline:highlight:H{n}"))
            .collect();
        assert_eq!(ids, expected);

        // The next program is not held up by the dead one's lock and goes on from there.
        let store = Store::new(folder.path());
        let document = document();
        let before = store.load(&document).unwrap();
        assert_eq!(before.len(), ids.len());
        let mut now = before.clone();
        now.push(highlight(&document, "after".to_owned(), 3));
        assert_eq!(
            store.save(&document, &before, &now).unwrap().len(),
            ids.len() + 1
        );
    }
}

#[test]
fn two_programs_that_save_at_once_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let children = ["A", "B"].map(|name| start(folder.path(), name, 25));
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        assert_eq!(confirmed(&String::from_utf8_lossy(&output.stdout)), 25);
    }
    let mut ids = ids(folder.path());
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 50);
}

#[test]
#[cfg(unix)]
fn a_disk_that_is_full_leaves_the_last_state_whole() {
    // A limit on the size of files stands in for a full disk: writes fail half way.
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 40; exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "helper_that_saves_in_a_loop", "--nocapture"])
        .env(FOLDER, folder.path())
        .env(NAME, "H")
        .env(COUNT, "200")
        .output()
        .unwrap();
    assert!(!output.status.success(), "the limit was never reached");
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("cannot be written"), "{message}");
    let seen = confirmed(&String::from_utf8_lossy(&output.stdout));
    assert!(seen > 2, "{message}");
    assert_eq!(ids(folder.path()).len(), seen);
    let unfinished = std::fs::read_dir(folder.path()).unwrap().filter(|e| {
        e.as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .starts_with(".byline-")
    });
    assert_eq!(unfinished.count(), 0);
}
