//! Many articles: the same bytes whatever the number of threads and after an interruption; tables;
//! annotators that are programs of their own; conversion on the command line.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn byline(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_byline"))
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .env("PATH", "/usr/bin:/bin")
        .stdin(Stdio::null())
        .args(args)
        .args(["--model", "none"])
        .output()
        .unwrap()
}

fn ok(folder: &Path, args: &[&str]) -> Vec<u8> {
    let output = byline(folder, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    output.stdout
}

fn fails(folder: &Path, args: &[&str], code: i32) -> String {
    let output = byline(folder, args);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

/// Lines of texts, some in groups of one document, one that is broken.
fn lines() -> String {
    let mut out = String::new();
    for n in 0..60 {
        let text = format!("Zoë Ng of Karsk rejected plan {n}. \"We will not 😀 pay,\" Ng said.");
        let line = match n % 7 {
            3 | 4 => json!({"id": n, "doc": n / 7, "text": text}),
            _ => json!({"id": n, "text": text}),
        };
        out.push_str(&format!("{line}\n"));
        if n == 20 {
            out.push_str("{\"id\": 1, \"tex\n");
        }
    }
    out
}

#[test]
fn threads_and_interruptions_change_no_byte() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("in.jsonl"), lines()).unwrap();
    let run = |args: &[&str]| {
        let all = [&["annotate", "--input", "jsonl", "in.jsonl"], args].concat();
        let output = byline(folder, &all);
        // One line is broken.
        assert_eq!(output.status.code(), Some(1));
        assert!(
            String::from_utf8_lossy(&output.stderr).contains("in.jsonl:22:"),
            "{output:?}"
        );
        output.stdout
    };
    let whole = run(&["-j", "1"]);
    assert_eq!(whole.split(|b| *b == b'\n').count(), 61);
    assert_eq!(run(&["-j", "3"]), whole);
    // Torn at every kind of place: nothing, inside a line, inside a document of two lines, all.
    let ends: Vec<usize> = (0..whole.len()).filter(|n| whole[*n] == b'\n').collect();
    for cut in [
        0,
        10,
        ends[3],
        ends[3] + 1,
        ends[3] + 20,
        ends[30] + 1,
        whole.len(),
    ] {
        let partial = folder.join("out.jsonl.partial");
        fs::write(&partial, &whole[..cut]).unwrap();
        run(&["-o", "out.jsonl", "--resume"]);
        assert_eq!(
            fs::read(folder.join("out.jsonl")).unwrap(),
            whole,
            "torn at {cut}"
        );
        assert!(!partial.exists());
        fs::remove_file(folder.join("out.jsonl")).unwrap();
    }
}

#[test]
fn what_is_there_is_not_replaced_unasked_and_must_fit_its_input() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("in.jsonl"), "{\"text\":\"Zoë left.\"}\n").unwrap();
    let args = [
        "annotate",
        "--input",
        "jsonl",
        "in.jsonl",
        "-o",
        "out.jsonl",
    ];
    ok(folder, &args);
    assert!(fails(folder, &args, 1).contains("is there already"));
    ok(folder, &[&args[..], &["--force"]].concat());
    fs::write(folder.join("out.jsonl.partial"), "{}\n{}\n{}\n").unwrap();
    let said = fails(folder, &[&args[..], &["--resume"]].concat(), 1);
    assert!(
        said.contains("holds more answers than the input has lines"),
        "{said}"
    );
    let said = fails(
        folder,
        &[
            "annotate", "--input", "jsonl", "in.jsonl", "--format", "parquet",
        ],
        2,
    );
    assert!(said.contains("name the folder with -o"), "{said}");
}

#[test]
fn tables_are_the_same_on_any_threads_and_gone_on_with() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let good: String = lines()
        .lines()
        .filter(|l| l.ends_with('}'))
        .flat_map(|l| [l, "\n"])
        .collect();
    fs::write(folder.join("in.jsonl"), good).unwrap();
    for (name, threads) in [("a", "1"), ("b", "3")] {
        let format = ["--format", "parquet", "-o", name, "-j", threads];
        ok(
            folder,
            &[&["annotate", "--input", "jsonl", "in.jsonl"], &format[..]].concat(),
        );
    }
    for table in byline::export::tables::TABLES {
        let read = |name: &str| {
            fs::read(folder.join(name).join(table).join("part-00000.parquet")).unwrap()
        };
        assert_eq!(read("a"), read("b"), "{table}");
    }
    let articles = fs::read(folder.join("a/articles/part-00000.parquet")).unwrap();
    assert_eq!(byline::export::tables::count(articles, "a").unwrap(), 60);
    // Whole parts are kept.
    let resume = ["--format", "parquet", "-o", "a", "--resume"];
    ok(
        folder,
        &[&["annotate", "--input", "jsonl", "in.jsonl"], &resume[..]].concat(),
    );
    assert_eq!(fs::read_dir(folder.join("a/articles")).unwrap().count(), 1);
    assert!(byline::export::tables::count(b"PAR1 not PAR1".to_vec(), "x").is_err());
}

/// A configuration with a shell script as annotator.
fn script(folder: &Path, body: &str, timeout: u16) {
    fs::write(folder.join("other.sh"), body).unwrap();
    fs::write(folder.join("a.txt"), "Zoë 😀 met Bo Lund in Karsk.\n").unwrap();
    let config = format!("[annotator]\ncommand = [\"sh\", \"other.sh\"]\ntimeout = {timeout}\n");
    fs::write(folder.join("c.toml"), config).unwrap();
}

#[test]
fn another_annotator_stands_beside_ours_under_its_name() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let layers = r#"{"entities":[{"id":"E1","name":"met","kind":"event","mentions":[{"start":6,"end":9,"form":"nominal"}]}]}"#;
    script(folder, &format!("cat > /dev/null; echo '{layers}'\n"), 60);
    let value: Value =
        serde_json::from_slice(&ok(folder, &["annotate", "a.txt", "--config", "c.toml"])).unwrap();
    let theirs = value["entities"]
        .as_array()
        .unwrap()
        .iter()
        .find(|e| e["name"] == "met")
        .unwrap();
    assert_eq!(theirs["rule"], "other");
    assert_eq!(theirs["mentions"][0]["start"], 6);
    assert!(
        value["entities"].as_array().unwrap().len() > 1,
        "ours are kept"
    );
    let compared = ok(
        folder,
        &["annotate", "a.txt", "--config", "c.toml", "--compare"],
    );
    let compared: Value = serde_json::from_slice(&compared).unwrap();
    assert_eq!(compared["annotator"], "other");
    assert_eq!(
        compared["theirs"],
        json!([{"layer": "mention", "start": 6, "end": 9, "text": "met", "what": "event"}])
    );
    assert!(!compared["ours"].as_array().unwrap().is_empty());
    assert!(
        fails(folder, &["annotate", "a.txt", "--compare"], 2)
            .contains("there is no external annotator")
    );
}

#[test]
fn another_annotator_is_asked_about_given_words_too() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    // Two sentences of one document are one question: "met" of the first, "left" of the second.
    let layers = r#"{"entities":[{"id":"E1","name":"met","kind":"event","mentions":[{"start":6,"end":9,"form":"nominal"}]},{"id":"E2","name":"left","kind":"event","mentions":[{"start":16,"end":20,"form":"nominal"}]}]}"#;
    script(folder, &format!("cat > /dev/null; echo '{layers}'\n"), 60);
    let lines = "{\"id\":1,\"doc\":\"d\",\"tokens\":[\"Zoë\",\"😀\",\"met\",\"Bo\"]}\n{\"id\":2,\"doc\":\"d\",\"tokens\":[\"He\",\"left\"]}\n";
    fs::write(folder.join("in.jsonl"), lines).unwrap();
    let command = [
        "annotate", "--input", "jsonl", "in.jsonl", "--config", "c.toml",
    ];
    let out = String::from_utf8(ok(folder, &command)).unwrap();
    let answers: Vec<Value> = out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    for (answer, (name, start, end)) in answers.iter().zip([("met", 6, 9), ("left", 3, 7)]) {
        let entities = answer["entities"].as_array().unwrap();
        let theirs = entities.iter().find(|e| e["name"] == name).unwrap();
        assert_eq!(theirs["rule"], "other");
        assert_eq!(theirs["mentions"][0]["start"], start);
        assert_eq!(theirs["mentions"][0]["end"], end);
    }
    assert_eq!(answers.len(), 2);
    script(folder, "echo oops >&2; exit 3", 60);
    let output = byline(folder, &command);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "byline: sh:1: ended with code 3: oops\nbyline: 2 lines were left out\n"
    );
}

#[test]
fn what_goes_wrong_with_another_annotator_is_one_clear_line() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let outside = r#"{"entities":[{"id":"E1","name":"x","kind":"person","mentions":[{"start":0,"end":99,"form":"name"}]}]}"#;
    let outside = format!("echo '{outside}'");
    for (body, words) in [
        ("echo oops >&2; exit 3", "sh: ended with code 3: oops"),
        ("echo no", "sh: printed what is no JSON"),
        ("echo '[]'", "sh: printed JSON that is no document"),
        (
            "echo '{\"document\":{\"text\":\"other\"}}'",
            "sh: printed a document of another text",
        ),
        (
            outside.as_str(),
            "entities[0]: 0..99 is not a range of its text",
        ),
        (
            "exec sleep 60",
            "sh: took longer than 1 seconds and was stopped",
        ),
    ] {
        script(folder, body, 1);
        let said = fails(folder, &["annotate", "a.txt", "--config", "c.toml"], 1);
        assert!(said.contains(words), "{said}");
    }
    fs::write(
        folder.join("c.toml"),
        "[annotator]\ncommand = [\"no-such-program\"]\n",
    )
    .unwrap();
    let said = fails(folder, &["annotate", "a.txt", "--config", "c.toml"], 1);
    assert!(
        said.contains("no-such-program: cannot be started"),
        "{said}"
    );
    for (config, words) in [
        (
            "[annotator]\ncommand = []\n",
            "c.toml:2:11: command names no program",
        ),
        (
            "[annotator]\ncommand = [\"x\"]\ntimeout = 0\n",
            "timeout = 0 is out of bounds",
        ),
    ] {
        fs::write(folder.join("c.toml"), config).unwrap();
        let said = fails(folder, &["annotate", "a.txt", "--config", "c.toml"], 1);
        assert!(said.contains(words), "{said}");
    }
}

/// Every format says on standard error what it could not hold of this article, and no more.
#[test]
fn export_says_what_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("a.json"), include_str!("interop/article.json")).unwrap();
    let file = serde_json::from_str(include_str!("interop/article.json")).unwrap();
    let (annotated, highlights) = byline::model::contract::read(file, "a.json").unwrap();
    let mut silent = Vec::new();
    for format in byline::export::formats() {
        let output = byline(
            folder,
            &[
                "export",
                "a.json",
                "--format",
                format.name,
                "-o",
                format.name,
            ],
        );
        assert!(output.status.success(), "{}: {output:?}", format.name);
        let said = String::from_utf8(output.stderr).unwrap();
        let lost = (format.loses)(&annotated, &highlights);
        let line = format!("byline: {} cannot hold: {}\n", format.name, lost.join(", "));
        if lost.is_empty() {
            silent.push(format.name);
        }
        assert_eq!(
            said.contains(&line),
            !lost.is_empty(),
            "{}: {said}",
            format.name
        );
        assert_eq!(
            said.contains("cannot hold"),
            !lost.is_empty(),
            "{}: {said}",
            format.name
        );
    }
    assert_eq!(silent, ["json", "jsonl"]);
    let output = byline(folder, &["export", "a.json", "--format", "hypothesis"]);
    let said = String::from_utf8(output.stderr).unwrap();
    let stances = annotated.stances.len();
    assert!(said.contains(&format!("{stances} stance")), "{said}");
}

#[test]
fn convert_goes_from_file_to_file_and_says_what_is_lost() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    fs::write(folder.join("a.inline"), "%byline 1\n%stance S1 against holder=E1 target=E2\n%%\n[Zoë]{person E1} [rejects]{evidence S1} [[Karsk]{place E2}]{target S1}.\n").unwrap();
    let output = byline(
        folder,
        &["convert", "a.inline", "--to", "brat", "-o", "a.ann"],
    );
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.starts_with("byline: brat cannot hold: 1 kind of a block"),
        "{said}"
    );
    for file in ["a.ann", "a.txt", "annotation.conf"] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    // Given the text, the annotations beside it come along.
    let value: Value = serde_json::from_slice(&ok(folder, &["annotate", "a.txt"])).unwrap();
    assert_eq!(value["stances"][0]["polarity"], "against");
    let output = byline(
        folder,
        &["convert", "a.txt", "--from", "brat", "--to", "conll2002"],
    );
    assert_eq!(output.status.code(), Some(1));
    let output = byline(
        folder,
        &["convert", "a.ann", "--to", "conll2002", "--scheme", "iob1"],
    );
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "Zoë I-PER\nrejects O\nKarsk I-LOC\n. O\n\n"
    );
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("1 stance"), "{said}");
    fs::write(folder.join("b.ann"), "T1\tPerson 0 99\tZoë\n").unwrap();
    fs::write(folder.join("b.txt"), "Zoë\n").unwrap();
    let said = fails(folder, &["convert", "b.ann", "--to", "json"], 1);
    assert!(
        said.starts_with("byline: b.ann:1: 0 99 is no part of the text"),
        "{said}"
    );
    fs::write(folder.join("plain.txt"), "Nothing marked.\n").unwrap();
    assert!(
        fails(folder, &["convert", "plain.txt", "--to", "json"], 1)
            .contains("holds no annotations")
    );
}
