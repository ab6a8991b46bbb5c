//! The real program, without a terminal: commands, exit codes, standard input, odd encodings,
//! hostile file names, errors in one line.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const SAMPLE: &str = "assets/sample.txt";

fn byline(home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_byline"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("HOME", home)
        .stdin(Stdio::null());
    command
}

fn run<S: AsRef<OsStr>>(args: &[S]) -> Output {
    let home = tempfile::tempdir().unwrap();
    byline(home.path()).args(args).output().unwrap()
}

fn pipe(args: &[&str], input: &[u8]) -> Output {
    let home = tempfile::tempdir().unwrap();
    let mut child = byline(home.path())
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that fails early closes its input; that is what is being tested.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The error line, checked to be one line that a terminal can bear.
fn error(output: &Output, code: i32) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(code), "{text}");
    assert!(
        text.starts_with("byline: ") && text.matches('\n').count() == 1,
        "{text:?}"
    );
    assert!(!text.trim_end().contains(char::is_control), "{text:?}");
    text
}

fn title(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    value["document"]["title"].as_str().unwrap().to_owned()
}

#[test]
fn annotate_prints_json_and_reads_its_own_output_back() {
    let first = run(&["annotate", SAMPLE]);
    assert!(title(&first).starts_with("Russia Demands"));
    let again = pipe(&["annotate", "-"], &first.stdout);
    assert_eq!(out(&again), out(&first));
    let line = run(&["annotate", SAMPLE, "--format", "jsonl"]);
    assert_eq!(out(&line).matches('\n').count(), 1);
    assert_eq!(
        title(&pipe(&["annotate", "-"], &line.stdout)),
        title(&first)
    );
    let several = run(&["annotate", SAMPLE, SAMPLE, "--format", "jsonl"]);
    assert_eq!(out(&several).lines().count(), 2);
}

#[test]
fn plain_prints_the_sample_without_arguments() {
    let output = run(&["--plain"]);
    let text = out(&output);
    assert!(output.status.success() && output.stderr.is_empty());
    assert!(text.starts_with("[headline] Russia"));
    assert!(
        text.contains("[author] Sarah Johnson")
            && text.contains("[editor's comment] Russia demanding")
    );
    assert!(text.contains("[detail] left out 3 lines of share-this boilerplate"));
    assert!(!text.contains("friends!\n\n"));
    let two = out(&run(&["--plain", SAMPLE, SAMPLE]));
    assert_eq!(two.matches("[headline]").count(), 2);
}

#[test]
fn export_writes_every_format_that_help_lists() {
    // Help is wrapped to the window.
    let help = byline::base::text::one_line(&out(&run(&["export", "--help"])));
    for format in byline::export::formats() {
        assert!(
            help.contains(format.name) && help.contains(format.about),
            "{help}"
        );
        let output = run(&["export", SAMPLE, "--format", format.name]);
        assert!(output.status.success(), "{}", format.name);
        // A sentence of the comment, in formats that hold the article or its comment.
        let whole = ["markdown", "html", "json", "jsonl", "plain", "schema-org"];
        let expected = if whole.contains(&format.name) {
            "asking for a lock on the barn door"
        } else {
            ""
        };
        assert!(out(&output).contains(expected), "{}", format.name);
    }
}

#[test]
fn export_takes_a_part() {
    let article = "tests/interop/article.json";
    let rows = |more: &[&str]| {
        let mut args = vec!["export", article, "--format", "csv"];
        args.extend(more);
        out(&run(&args))
            .lines()
            .skip(1)
            .filter(|l| l.starts_with('H'))
            .count()
    };
    assert_eq!(rows(&[]), 6);
    assert_eq!(rows(&["--colour", "yellow"]), 2);
    assert_eq!(rows(&["--colour", "yellow", "--colour", "red"]), 3);
    assert_eq!(rows(&["--tag", "tram"]), 1);
    assert_eq!(rows(&["--tag", "#tram", "--colour", "red"]), 0);
    let entities = [
        "export",
        article,
        "--format",
        "csv-entities",
        "--kind",
        "person",
    ];
    let entities = out(&run(&entities));
    assert!(
        entities.contains("Zoë Ng") && !entities.contains("Quay Street"),
        "{entities}"
    );
    let wrong = run(&["export", article, "--format", "csv", "--kind", "people"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn export_brings_what_the_reader_marked() {
    use byline::base::Span;
    use byline::ingest::{Source, load};
    use byline::model::{Anchor, Colour, Highlight};

    let folder = tempfile::tempdir().unwrap();
    let source = Source {
        name: "x".to_owned(),
        uri: None,
    };
    let document = load(&fs::read(SAMPLE).unwrap(), &source).unwrap().document;
    let at = document.text.find("clings to its demands").unwrap();
    let highlight = Highlight {
        id: "H1".to_owned(),
        anchor: Anchor::new(&document.text, Span::new(at, at + 21)),
        colour: Colour::Purple,
        tags: vec![],
        note: Some("who says?".to_owned()),
        created: "2025-03-17T10:00:00Z".parse().unwrap(),
        orphan: false,
    };
    let store = byline::store::Store::new(folder.path().join("highlights"));
    store.save(&document, &[], &[highlight]).unwrap();

    let by_flag = run(&[
        OsStr::new("export"),
        OsStr::new(SAMPLE),
        OsStr::new("--format"),
        OsStr::new("markdown"),
        OsStr::new("--data"),
        folder.path().as_os_str(),
    ]);
    assert!(
        out(&by_flag).contains("> clings to its demands\n\n*purple*\n\nwho says?\n"),
        "{by_flag:?}"
    );
    let home = tempfile::tempdir().unwrap();
    let by_environment = byline(home.path())
        .env("BYLINE_DATA", folder.path())
        .args(["export", SAMPLE, "--format", "markdown"])
        .output()
        .unwrap();
    assert_eq!(out(&by_environment), out(&by_flag));
    let other_home = run(&["export", SAMPLE, "--format", "markdown"]);
    assert!(!out(&other_home).contains("purple"));
}

#[test]
fn export_and_plain_bring_corrections_and_annotate_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let article = folder.path().join("article.txt");
    fs::write(&article, "Talks\n\nOslo supports the treaty.\n").unwrap();
    let data = folder.path().join("data");
    let run = |args: &[&str]| {
        let home = tempfile::tempdir().unwrap();
        let mut command = byline(home.path());
        command.env("BYLINE_DATA", &data).args(args).arg(&article);
        command.output().unwrap()
    };
    let annotate = ["annotate", "--model", "none"];
    let export = ["export", "--model", "none", "--format", "json"];
    let stances = |output: &Output| -> Value {
        let value: Value = serde_json::from_slice(&output.stdout).unwrap();
        value["stances"].clone()
    };
    let before = run(&annotate);
    assert_eq!(stances(&before)[0]["polarity"], "for");
    let value: Value = serde_json::from_slice(&before.stdout).unwrap();
    let id = value["document"]["id"].as_str().unwrap();
    let name = |key: &str, n: &Value| {
        let at: usize = n.as_str().unwrap()[1..].parse().unwrap();
        value[key][at - 1]["name"].as_str().unwrap().to_owned()
    };
    let holder = name("entities", &stances(&before)[0]["holder"]["entity"]);
    let target = &stances(&before)[0]["target"];
    let target = match target.get("issue") {
        Some(issue) => name("issues", issue),
        None => name("entities", &target["entity"]),
    };
    let words = &stances(&before)[0]["evidence"][0];
    let (start, end) = (&words["start"], &words["end"]);
    let file = data.join("corrections").join(format!("{id}.toml"));
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let write = |now: &str| {
        let text = format!(
            "[article]\nid = {id:?}\n[[stance]]\nwords = \"supports\"\nat = [{start}, {end}]\nnow = {now}\n\
             was = {{ holder = {holder:?}, target = {target:?}, polarity = \"for\" }}\n"
        );
        fs::write(&file, text).unwrap();
    };
    write("{ polarity = \"against\" }");
    let exported = run(&export);
    assert_eq!(stances(&exported)[0]["polarity"], "against", "{exported:?}");
    assert_eq!(stances(&exported)[0]["rule"], "reader");
    assert_eq!(run(&annotate).stdout, before.stdout);
    write("\"rejected\"");
    assert_eq!(stances(&run(&export)), serde_json::json!([]));
    write("\"perhaps\"");
    let line = error(&run(&export), 1);
    assert!(
        line.contains(".toml:6:") && line.contains("now must be"),
        "{line}"
    );
    let plain = run(&["--plain", "--model", "none"]);
    assert!(error(&plain, 0).contains("now must be"));
    assert!(out(&plain).contains("supports the treaty"), "{plain:?}");
}

#[test]
fn a_file_is_written_whole_and_replaced_only_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.md");
    let to = path.to_str().unwrap();
    let args = ["export", SAMPLE, "--format", "markdown", "-o", to];
    let output = run(&args);
    assert!(output.status.success() && output.stdout.is_empty());
    let written = fs::read(&path).unwrap();
    fs::write(&path, "mine").unwrap();
    assert!(
        error(&run(&args), 2).contains("is there already — choose another name or add --force")
    );
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    assert!(run(&[&args[..], &["--force"]].concat()).status.success());
    assert_eq!(fs::read(&path).unwrap(), written);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let lost = folder.path().join("no/where.md");
    let missing = run(&[
        "export",
        SAMPLE,
        "--format",
        "json",
        "-o",
        lost.to_str().unwrap(),
    ]);
    assert!(error(&missing, 1).contains("where.md: cannot be written"));
}

#[test]
fn failures_name_file_cause_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    for (path, what) in [
        (
            folder.path().join("none.txt").to_str().unwrap().to_owned(),
            "none.txt: cannot be opened",
        ),
        (empty.to_str().unwrap().to_owned(), "is a folder"),
        (file("empty.txt", b""), "empty.txt: is empty"),
        (file("a.pdf", b"%PDF-1.4"), "a.pdf: is a PDF"),
        (
            file("a.html", b"<!doctype html><script>go()</script>"),
            "a.html: is a page whose text is fetched by scripts",
        ),
        (
            file("a.json", b"{\"x\": 1}"),
            "is JSON, but not an annotated document",
        ),
        (
            file("b.json", b"{\"byline\": 1,\n\"document\": }"),
            "b.json:2:",
        ),
    ] {
        for command in [
            vec!["annotate"],
            vec!["--plain"],
            vec!["export", "--format", "json"],
        ] {
            let output = run(&[&command[..], &[&path]].concat());
            assert!(error(&output, 1).contains(what), "{what}: {output:?}");
            assert!(output.stdout.is_empty());
        }
    }
}

#[test]
fn mistakes_in_the_call_give_two() {
    for (args, what) in [
        (vec!["--nonsense"], "--nonsense"),
        (vec!["export", SAMPLE], "--format"),
        (
            vec!["export", SAMPLE, "--format", "docx"],
            "[possible values: markdown, html, obsidian",
        ),
        (vec!["annotate"], "<FILE>"),
        (vec!["annotate", SAMPLE, SAMPLE], "json holds one article"),
        (
            vec!["annotate", "--input", "jsonl", "--format", "plain", "-"],
            "jsonl gives one document a line",
        ),
        (vec!["annotate", SAMPLE, "--force"], "--output"),
        (vec!["--plain", "annotate", SAMPLE], "cannot go together"),
        (
            vec!["export", SAMPLE, "--format", "\u{1b}[31m\u{202e}"],
            "invalid value",
        ),
    ] {
        let line = error(&run(&args), 2);
        assert!(line.contains(what), "{what}: {line}");
    }
    let help = run(&["--help"]);
    assert!(help.status.success() && help.stderr.is_empty());
    assert!(out(&run(&["--version"])).starts_with("byline "));
    assert!(out(&run(&["completions", "fish"])).contains("complete -c byline"));
}

#[test]
fn odd_encodings_open_alike() {
    let text = fs::read_to_string(SAMPLE).unwrap();
    let wanted = out(&pipe(&["annotate", "-"], text.as_bytes()));
    let utf16: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    let body =
        |json: &str| serde_json::from_str::<Value>(json).unwrap()["document"]["text"].clone();
    for bytes in [
        text.replace('\n', "\r\n").into_bytes(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        utf16,
        encoding_rs::WINDOWS_1252.encode(&text).0.into_owned(),
    ] {
        let output = pipe(&["annotate", "-"], &bytes);
        assert_eq!(body(&out(&output)), body(&wanted));
    }
    let hostile = pipe(
        &["--plain", "-"],
        "A title\n\nOne \u{1b}]0;x\u{7}two \u{202e}three \u{9b}31mfour.\n".as_bytes(),
    );
    assert!(out(&hostile).contains("One two three four."));
    let broken = pipe(
        &["--plain", "-"],
        b"caf\xc3\xa9 x\xff and \xc3\xa9\xc3\xa9 y\x9b31m",
    );
    assert!(out(&broken).contains("damaged UTF-8"), "{broken:?}");
}

#[test]
#[cfg(unix)]
fn hostile_file_names_reach_the_terminal_harmlessly() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let name = OsStr::from_bytes(b"x\x1b]0;name\x07\x1b[31m\xffend");
    let missing = folder.path().join(name);
    let line = error(&run(&[OsStr::new("annotate"), missing.as_os_str()]), 1);
    assert!(
        line.contains("␛]0;name␇") && line.contains("end: cannot be opened"),
        "{line}"
    );
    fs::write(&missing, "A title\n\nA text that is short.\n").unwrap();
    for form in ["--plain", "annotate"] {
        let output = run(&[OsStr::new(form), missing.as_os_str()]);
        let text = out(&output);
        assert!(output.status.success() && text.contains("A text that is short."));
        assert!(
            !text.contains(|c: char| c.is_control() && c != '\n'),
            "{text:?}"
        );
    }
}

#[test]
fn a_stream_of_texts_keeps_its_order_and_survives_bad_lines() {
    let input = b"{\"id\": 7, \"text\": \"First \\ud83d\\ude00.\"}\nnot json\n\n{\"id\": \"b\"}\n[1]\n{\"id\": \"c\", \"text\": \"Brief\\nLast.\"}";
    let output = pipe(
        &["annotate", "--input", "jsonl", "--format", "jsonl", "-"],
        input,
    );
    assert_eq!(output.status.code(), Some(1));
    let documents: Vec<Value> = out(&output)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let ids: Vec<&Value> = documents.iter().map(|d| &d["id"]).collect();
    assert_eq!(ids, [&Value::from(7), &Value::from("c")]);
    assert_eq!(documents[1]["document"]["text"], "Brief\nLast.");
    let errors = String::from_utf8(output.stderr).unwrap();
    let lines: Vec<&str> = errors.lines().collect();
    assert_eq!(lines.len(), 4, "{errors}");
    assert!(
        lines[0].starts_with("byline: standard input:2:") && lines[0].contains("not valid JSON")
    );
    assert!(lines[1].starts_with("byline: standard input:4: has no \"text\""));
    assert!(lines[2].starts_with("byline: standard input:5: "));
    assert_eq!(lines[3], "byline: 3 lines were left out");
    let good = pipe(
        &["annotate", "--input", "jsonl", "-"],
        b"{\"text\":\"x\"}\n",
    );
    assert_eq!(
        (good.status.code(), out(&good).lines().count()),
        (Some(0), 1)
    );
}

#[test]
fn a_closed_pipe_is_success_and_a_full_disk_is_not() {
    let home = tempfile::tempdir().unwrap();
    let mut child = byline(home.path())
        .args(["annotate", "--input", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let line = b"{\"text\": \"One sentence.\"}\n".repeat(5000);
    let _ = child.stdin.take().unwrap().write_all(&line);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0));

    let full = Path::new("/dev/full");
    if full.exists() {
        let output = byline(home.path())
            .args(["--plain"])
            .stdout(fs::File::options().write(true).open(full).unwrap())
            .stderr(Stdio::piped())
            .output()
            .unwrap();
        assert!(error(&output, 1).contains("standard output: cannot be written"));
    }
}

#[test]
fn no_home_is_no_crash() {
    let output = Command::new(env!("CARGO_BIN_EXE_byline"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .args(["export", SAMPLE, "--format", "markdown"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_damaged_store_file_is_reported_and_the_export_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let marks = folder.path().join("highlights");
    fs::create_dir_all(&marks).unwrap();
    let first = run(&["annotate", SAMPLE]);
    let value: Value = serde_json::from_slice(&first.stdout).unwrap();
    let file = marks.join(format!(
        "{}.jsonl",
        value["document"]["id"].as_str().unwrap()
    ));
    fs::write(&file, b"garbage \x1b[31m\xff\n").unwrap();
    let data = folder.path().to_str().unwrap();
    let output = run(&["export", SAMPLE, "--format", "markdown", "--data", data]);
    assert_eq!(output.status.code(), Some(0));
    // The damage, then what the format cannot hold, as ever.
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 2, "{said}");
    assert!(
        lines[0].ends_with("line 1 cannot be read as a highlight; kept as it is"),
        "{said}"
    );
    assert!(
        lines[1].starts_with("byline: markdown cannot hold: "),
        "{said}"
    );
    assert!(
        !said.contains(|c: char| c.is_control() && c != '\n'),
        "{said:?}"
    );
    assert!(out(&output).starts_with("# Russia Demands"));
}

#[test]
fn token_lines_of_one_document_are_answered_one_by_one() {
    let input = "{\"id\":1,\"doc\":\"a\",\"tokens\":[\"Vladimir\",\"Putin\",\"'s\",\"Russia\",\".\"]}\n\
        {\"id\":2,\"doc\":\"a\",\"tokens\":[]}\n\
        {\"id\":3,\"doc\":\"a\",\"tokens\":[\"Mr.\",\"Putin\",\"met\",\"é\",\"😀\",\"in\",\"Moscow\",\".\"]}\n\
        {\"id\":4,\"doc\":\"b\",\"text\":\"Nobody came to Ukraine.\"}\n\
        {\"id\":5,\"doc\":\"b\",\"text\":\"Ukraine waited.\"}\n";
    let output = pipe(
        &["annotate", "--input", "jsonl", "--model", "none", "-"],
        input.as_bytes(),
    );
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let documents: Vec<Value> = out(&output)
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let texts: Vec<&str> = documents
        .iter()
        .map(|d| d["document"]["text"].as_str().unwrap())
        .collect();
    assert_eq!(
        texts,
        [
            "Vladimir Putin 's Russia .",
            "",
            "Mr. Putin met é 😀 in Moscow .",
            "Nobody came to Ukraine.",
            "Ukraine waited."
        ]
    );
    for (n, document) in documents.iter().enumerate() {
        assert_eq!(document["id"], n + 1);
    }
    // The surname is understood from the line before; offsets are of the line itself.
    let putin = &documents[2]["entities"][0];
    assert_eq!(putin["name"], "Vladimir Putin");
    assert_eq!(putin["mentions"][0]["start"], 4);
    assert_eq!(putin["mentions"][0]["end"], 9);
    assert_eq!(documents[4]["entities"][0]["mentions"][0]["start"], 0);
}

#[test]
fn many_texts_on_all_cores_come_in_order() {
    let mut input = String::new();
    for n in 0..400 {
        let text = "Russia wants a ban. ".repeat(n % 7);
        input += &format!("{{\"id\":{n},\"text\":\"{text}\"}}\n");
    }
    let output = pipe(&["annotate", "--input", "jsonl", "-"], input.as_bytes());
    let ids: Vec<u64> = out(&output)
        .lines()
        .map(|l| {
            serde_json::from_str::<Value>(l).unwrap()["id"]
                .as_u64()
                .unwrap()
        })
        .collect();
    assert_eq!(ids, (0..400).collect::<Vec<_>>());
}

#[test]
fn a_model_that_cannot_be_used_is_one_message_and_the_rules_go_on() {
    let folder = tempfile::tempdir().unwrap();
    let broken = folder.path().join("broken.bin");
    fs::write(&broken, b"no model").unwrap();
    let broken = broken.to_str().unwrap();
    for model in [broken, "/nowhere/model.bin"] {
        let output = run(&["annotate", SAMPLE, "--model", model]);
        let message = error(&output, 0);
        assert!(
            message.contains(model) && message.contains("rules alone"),
            "{message}"
        );
        let document: Value = serde_json::from_str(&out(&output)).unwrap();
        assert!(!document["stances"].as_array().unwrap().is_empty());
    }
    let output = pipe(
        &["annotate", "--input", "jsonl", "--model", broken, "-"],
        "{\"text\":\"Russia waits.\"}\n".repeat(50).as_bytes(),
    );
    error(&output, 0);
    assert_eq!(out(&output).lines().count(), 50);
}
