//! The house keeps its walls: a room names only the rooms that the table in `src/lib.rs` allows,
//! the terminal is known under `ui` only, files are touched in few rooms, every source file says
//! what belongs in it, and none grows too long.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST: usize = 800;

struct File {
    path: PathBuf,
    room: String,
    text: String,
}

impl File {
    /// Lines of code: comments, string contents aside, are of no concern to the rules.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text
            .lines()
            .enumerate()
            .map(|(n, line)| (n + 1, line.trim()))
            .filter(|(_, line)| !line.starts_with("//"))
    }
}

fn collect(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            collect(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn sources() -> Vec<File> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    collect(&src, &mut paths);
    assert!(paths.len() > 20, "found only {} source files", paths.len());
    paths
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(&src).unwrap().to_owned();
            let first = inside.components().next().unwrap();
            let room = first
                .as_os_str()
                .to_string_lossy()
                .trim_end_matches(".rs")
                .to_owned();
            File {
                text: fs::read_to_string(&path).unwrap(),
                path: inside,
                room,
            }
        })
        .collect()
}

/// The table of `src/lib.rs`: room → rooms it may use (`None`: all).
fn table(lib: &str) -> BTreeMap<String, Option<BTreeSet<String>>> {
    let mut out = BTreeMap::new();
    for line in lib.lines().filter_map(|l| l.strip_prefix("//! | [`")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let room = cells[0].trim_end_matches("`]").to_owned();
        let may = match cells[2] {
            "all" => None,
            "–" => Some(BTreeSet::new()),
            rooms => Some(rooms.split(',').map(|r| r.trim().to_owned()).collect()),
        };
        out.insert(room, may);
    }
    out
}

/// The rooms named after `crate::` in a piece of code, groups `crate::{a::x, b}` included.
fn named(code: &str, rooms: &BTreeSet<String>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        let heads: Vec<&str> = match rest.strip_prefix('{') {
            Some(group) => {
                let mut depth = 0_usize;
                let mut heads = Vec::new();
                let mut start = 0;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            heads.push(&group[start..at]);
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            heads.push(&group[start..at]);
                            start = at + 1;
                        }
                        _ => {}
                    }
                }
                heads
            }
            None => vec![rest],
        };
        for head in heads {
            let name: String = head
                .trim_start()
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect();
            if rooms.contains(&name) {
                out.insert(name);
            }
        }
    }
    out
}

#[test]
fn rooms_use_only_the_rooms_of_the_table() {
    let files = sources();
    let lib = files
        .iter()
        .find(|f| f.path == Path::new("lib.rs"))
        .unwrap();
    let table = table(&lib.text);
    let rooms: BTreeSet<String> = table.keys().cloned().collect();
    let built: BTreeSet<String> = lib
        .code()
        .filter_map(|(_, l)| {
            l.strip_prefix("pub mod ")?
                .strip_suffix(';')
                .map(str::to_owned)
        })
        .collect();
    assert_eq!(rooms, built, "the table and the modules of lib.rs differ");

    let mut broken = Vec::new();
    for file in files.iter().filter(|f| rooms.contains(&f.room)) {
        let Some(Some(may)) = table.get(&file.room) else {
            continue;
        };
        let code: Vec<&str> = file.code().map(|(_, line)| line).collect();
        for used in named(&code.join("\n"), &rooms) {
            if used != file.room && !may.contains(&used) {
                broken.push(format!("{}: uses {used}", file.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_some_rooms_know_the_terminal_and_the_disk() {
    let mut broken = Vec::new();
    for file in sources() {
        let terminal = file.room == "ui";
        let disk = matches!(file.room.as_str(), "cli" | "store" | "config");
        for (n, line) in file.code() {
            let at = format!("{}:{n}", file.path.display());
            if !terminal && ["ratatui", "crossterm"].iter().any(|c| line.contains(c)) {
                broken.push(format!("{at}: names the terminal"));
            }
            // `use std::{fs, …}` counts too.
            let grouped = line.starts_with("use std::{") && line.contains("fs");
            if !disk && (line.contains("std::fs") || grouped) {
                broken.push(format!("{at}: touches files"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_says_what_belongs_in_it_and_stays_short() {
    let mut broken = Vec::new();
    for file in sources() {
        let at = file.path.display();
        if !file.text.starts_with("//!") {
            broken.push(format!("{at}: does not open with //!"));
        }
        let lines = file.text.lines().count();
        if lines > LONGEST {
            broken.push(format!(
                "{at}: has {lines} lines, at most {LONGEST} are allowed"
            ));
        }
        if at.to_string().contains("utils") {
            broken.push(format!("{at}: is named utils"));
        }
        if file.path == Path::new("main.rs") && lines > 30 {
            broken.push(format!("{at}: has {lines} lines, at most 30 are allowed"));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_reader_of_edges_sees_every_form_of_use() {
    let rooms: BTreeSet<String> = ["base", "model", "ui"].map(str::to_owned).into();
    let seen = |code: &str| {
        named(code, &rooms)
            .into_iter()
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(seen("use crate::base::Span;"), "base");
    assert_eq!(
        seen("use crate::{base::{Span, Error}, model, other};"),
        "base model"
    );
    assert_eq!(seen("let x = crate::ui::run();"), "ui");
    assert_eq!(seen("use crate::{\nbase::Span,\nui,\n};"), "base ui");
    assert_eq!(seen("use super::ui;"), "");
}
