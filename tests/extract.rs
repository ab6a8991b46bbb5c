//! `byline extract`, the real program: what it prints of a page, of pages in lines, of a folder, and
//! what it says of lines and files that cannot be read.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>Norrhamn closes its oldest bridge | The Norrhamn Courier</title>
<meta property="og:site_name" content="The Norrhamn Courier"><meta property="article:tag" content="bridges">
<meta property="article:section" content="City"><meta name="author" content="Mara Lindqvist">
<meta property="article:published_time" content="2025-03-17T09:41:00+01:00"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Norrhamn closes its oldest bridge</h1>
<p>The city of Norrhamn closed its oldest bridge on Monday after divers found deep cracks in two of the five piers.</p>
<h2>What happens now</h2>
<ul><li>Buses will take the northern road for at least six weeks, the harbour office said.</li>
<li>A ferry that was retired in spring is to be put back into service by the end of the month.</li></ul>
<p>Some twelve thousand people cross the bridge every day, most of them on their way to the shipyards.</p>
<p><strong>Editor's note:</strong> The council took three years to look under its own feet.</p></article>
<footer>© The Norrhamn Courier</footer></body></html>"#;

fn byline(args: &[&str], input: &[u8]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_byline"))
        .env_clear()
        .env("HOME", home.path())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that fails early closes its input.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_page_is_printed_with_where_its_fields_came_from() {
    let output = byline(&["extract", "-"], PAGE.as_bytes());
    assert!(output.status.success(), "{output:?}");
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let block = |kind: &str, text: &str| json!({"kind": kind, "text": text});
    let expected = json!({
        "title": "Norrhamn closes its oldest bridge",
        "authors": ["Mara Lindqvist"],
        "published": "2025-03-17",
        "outlet": "The Norrhamn Courier",
        "section": "City",
        "topics": ["bridges"],
        "language": "en",
        "uri": null,
        "blocks": [
            block("title", "Norrhamn closes its oldest bridge"),
            block("byline", "Mara Lindqvist"),
            block("date", "2025-03-17"),
            block("paragraph", "The city of Norrhamn closed its oldest bridge on Monday after divers found deep cracks in two of the five piers."),
            block("heading", "What happens now"),
            block("list_item", "• Buses will take the northern road for at least six weeks, the harbour office said."),
            block("list_item", "• A ferry that was retired in spring is to be put back into service by the end of the month."),
            block("paragraph", "Some twelve thousand people cross the bridge every day, most of them on their way to the shipyards."),
            block("topic", "bridges"),
            block("comment", "The council took three years to look under its own feet."),
        ],
        "article": "The city of Norrhamn closed its oldest bridge on Monday after divers found deep cracks in two of the five piers.\nWhat happens now\nBuses will take the northern road for at least six weeks, the harbour office said.\nA ferry that was retired in spring is to be put back into service by the end of the month.\nSome twelve thousand people cross the bridge every day, most of them on their way to the shipyards.",
        "from": {
            "title": "h1",
            "authors": "meta author",
            "published": "meta published",
            "outlet": "meta og:site_name",
            "section": "meta article:section",
            "topics": "meta article:tag",
            "comment": "note of the editors",
            "article": "page",
        },
        "details": [],
    });
    assert_eq!(found, expected);
}

#[test]
fn pages_in_lines_are_answered_in_lines_and_bad_lines_are_named() {
    let good =
        |id: &str| json!({"id": id, "html": PAGE, "url": "https://example.org/a"}).to_string();
    let input = format!(
        "{}\n{{\"id\": \"x\"\n\n{{\"id\": \"y\", \"text\": \"no page\"}}\n{{\"id\": \"z\", \"html\": \"<html><body></body></html>\"}}\n{}\n",
        good("1"),
        good("2")
    );
    let output = byline(&["extract", "--input", "jsonl", "-"], input.as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let lines: Vec<Value> = text(&output.stdout)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    for (line, id) in lines.iter().zip(["1", "2"]) {
        assert_eq!(line["id"], id);
        assert_eq!(line["title"], "Norrhamn closes its oldest bridge");
        assert_eq!(line["authors"], json!(["Mara Lindqvist"]));
        assert_eq!(line["published"], "2025-03-17");
        assert!(
            line["article"]
                .as_str()
                .unwrap()
                .starts_with("The city of Norrhamn")
        );
        assert_eq!(line.as_object().unwrap().len(), 5);
    }
    let said = text(&output.stderr);
    for (place, what) in [
        ("standard input:2:", "is not valid JSON"),
        ("standard input:4:", "has no \"html\""),
        ("standard input:5:", "is a page without any text"),
    ] {
        let line = said
            .lines()
            .find(|l| l.contains(place))
            .unwrap_or_else(|| panic!("{place} in {said}"));
        assert!(line.contains(what), "{line}");
    }
    assert!(said.ends_with("byline: 3 lines were left out\n"), "{said}");
}

#[test]
fn a_folder_is_read_whole_and_what_cannot_be_opened_is_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("a.html"), PAGE).unwrap();
    fs::write(path("b.txt"), "%PDF-1.7").unwrap();
    fs::write(
        path("c.md"),
        "---\ntitle: A bridge\n---\n\nThe bridge is closed.\n",
    )
    .unwrap();
    let output = byline(&["extract", folder.path().to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    let titles: Vec<String> = serde_json::Deserializer::from_slice(&output.stdout)
        .into_iter::<Value>()
        .map(|v| v.unwrap()["title"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(titles, ["Norrhamn closes its oldest bridge", "A bridge"]);
    let said = text(&output.stderr);
    assert!(
        said.contains("b.txt: is a PDF") && said.contains("1 article was left out"),
        "{said}"
    );
}

#[test]
fn the_reader_has_the_last_word_on_the_format() {
    let output = byline(&["extract", "--from", "plain", "-"], PAGE.as_bytes());
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(
        found["article"].as_str().unwrap().contains("<p>"),
        "{found}"
    );
    let output = byline(&["extract", "--from", "docx", "-"], b"");
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.contains("html, markdown, plain, eml, byline, jsonld, ninjs"),
        "{said}"
    );
}
