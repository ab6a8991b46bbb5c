//! The library and the real program: what the command line does, and what a kill at any instant
//! leaves behind.
//!
//! `BYLINE_KILLS` says how many kills there are (50 in a full run), `BYLINE_SEED` repeats a run.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says its seed"
)]

mod common;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

use byline::store::library::{Library, Query, Request};
use common::server::{Reply, Server, page};

fn byline(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_byline"));
    command.arg("--data").arg(data).args(["--model", "none"]);
    command
}

fn run(data: &Path, args: &[&str]) -> Output {
    byline(data).args(args).output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Files with an article each.
fn articles(folder: &Path, count: usize) {
    std::fs::create_dir_all(folder).unwrap();
    for n in 0..count {
        let text = format!(
            "Ferry number {n} is late\nBy Ada Lind\nMarch {}, 2025\n\nMayor Mira Solberg opposes the \
             ferry plan. \"Ferry {n} has to leave at noon,\" Solberg said on Tuesday.\n\n{}",
            n % 28 + 1,
            "The harbour was quiet, and nobody knew why the boats had not come back. ".repeat(12)
        );
        std::fs::write(folder.join(format!("{n:04}.txt")), text).unwrap();
    }
}

#[test]
fn what_is_added_is_found_listed_tagged_and_put_away() {
    let folder = tempfile::tempdir().unwrap();
    let (data, news) = (folder.path().join("data"), folder.path().join("news"));
    articles(&news, 3);
    let news = news.display().to_string();
    let missing = run(&data, &["library", "list"]);
    assert!(
        err(&missing).contains("holds no library yet"),
        "{}",
        err(&missing)
    );
    let added = run(&data, &["library", "add", &news]);
    assert!(
        added.status.success() && err(&added).contains("3 added"),
        "{}",
        err(&added)
    );
    let again = run(&data, &["library", "add", &news]);
    assert!(
        err(&again).contains("0 added, 3 there already"),
        "{}",
        err(&again)
    );
    let found = run(&data, &["library", "search", "\"ferry 1\"", "--json"]);
    let line: serde_json::Value = serde_json::from_str(out(&found).trim()).unwrap();
    assert_eq!(line["title"], "Ferry number 1 is late");
    assert_eq!(line["published"], "2025-03-02");
    let id = line["id"].to_string();
    let holder = run(
        &data,
        &["library", "search", "holder:Solberg", "stance:against"],
    );
    assert_eq!(out(&holder).lines().count(), 3, "{}", out(&holder));
    assert_eq!(
        out(&run(&data, &["library", "tag", "sea", &id])),
        "1 article tagged\n"
    );
    assert_eq!(
        out(&run(&data, &["library", "star", "--query", "tag:sea"])),
        "1 article starred\n"
    );
    assert_eq!(
        out(&run(
            &data,
            &["library", "archive", &format!("{news}/0002.txt")]
        )),
        "1 article put away\n"
    );
    let list = out(&run(&data, &["library", "list"]));
    assert!(
        list.contains("N* 2025-03-02") && list.contains("#sea"),
        "{list}"
    );
    assert_eq!(list.lines().count(), 2);
    assert!(out(&run(&data, &["library", "check"])).starts_with("sound: 3 articles"));
    let copy = out(&run(&data, &["library", "backup"]));
    assert!(Path::new(copy.trim()).is_file(), "{copy}");
    let dossier = out(&run(&data, &["dossier", "Mira Solberg"]));
    assert!(
        dossier.contains("3 articles") && dossier.contains("▼"),
        "{dossier}"
    );
    let wrong = run(&data, &["library", "search", "unread after:soon"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        err(&wrong).contains("query: column 14: expected a date like 2025-03-01, found \"soon\""),
        "{}",
        err(&wrong)
    );
    let nobody = run(&data, &["library", "star", "12"]);
    assert_eq!(nobody.status.code(), Some(2));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_rest_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (data, news) = (folder.path().join("data"), folder.path().join("news"));
    articles(&news, 2);
    std::fs::write(news.join("bad.pdf"), b"%PDF-1.7 \x00\x01").unwrap();
    let added = run(&data, &["library", "add", &news.display().to_string()]);
    assert_eq!(added.status.code(), Some(1));
    assert!(
        err(&added).contains("bad.pdf") && err(&added).contains("2 added"),
        "{}",
        err(&added)
    );
}

#[test]
fn two_articles_are_compared() {
    let folder = tempfile::tempdir().unwrap();
    articles(folder.path(), 2);
    let file = |n: usize| {
        folder
            .path()
            .join(format!("{n:04}.txt"))
            .display()
            .to_string()
    };
    let compared = out(&run(folder.path(), &["compare", &file(0), &file(1)]));
    assert!(
        compared.contains("A and B") && compared.contains("they share an agency's text"),
        "{compared}"
    );
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_written_is_read_with_a_clear_message() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (data, news) = (folder.path().join("data"), folder.path().join("news"));
    articles(&news, 2);
    run(&data, &["library", "add", &news.display().to_string()]);
    let mode = |file: u32, folder: u32| {
        let set = |path: &Path, mode| {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
        };
        for entry in std::fs::read_dir(&data).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                set(&path, file);
            }
        }
        set(&data, folder);
    };
    mode(0o444, 0o555);
    // Whoever may write everywhere is not held up by permissions.
    let held = std::fs::write(data.join("probe"), "").is_err();
    let list = run(&data, &["library", "list"]);
    let starred = run(&data, &["library", "star", "--query", "ferry"]);
    mode(0o644, 0o755);
    assert_eq!(out(&list).lines().count(), 2, "{}", err(&list));
    if held {
        assert!(err(&list).contains("can only be read"), "{}", err(&list));
        assert_eq!(starred.status.code(), Some(1));
        assert!(
            err(&starred).contains("cannot change an article"),
            "{}",
            err(&starred)
        );
    }
}

#[test]
#[cfg(unix)]
fn a_full_disk_is_told_and_the_library_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (data, news) = (folder.path().join("data"), folder.path().join("news"));
    articles(&news, 300);
    // A limit on the size of files stands in for a full disk: writes fail half way.
    let output = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 600; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_byline"))
        .arg("--data")
        .arg(&data)
        .args(["--model", "none", "library", "add"])
        .arg(&news)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", err(&output));
    assert!(
        err(&output).contains("library.db: cannot take an article in"),
        "{}",
        err(&output)
    );
    sound(&data);
    let rest = run(&data, &["library", "add", &news.display().to_string()]);
    assert!(rest.status.success(), "{}", err(&rest));
    assert_eq!(sound(&data), 300);
}

/// The library opens, is sound, and every article in it can be read; how many there are.
fn sound(data: &Path) -> usize {
    let Some(library) = Library::open_existing(data).unwrap() else {
        return 0;
    };
    assert_eq!(library.notices(), [""; 0]);
    assert_eq!(library.check().unwrap().faults, [""; 0]);
    let request = Request {
        limit: 100_000,
        ..Request::default()
    };
    let items = library.list(&Query::default(), &request).unwrap();
    for item in &items {
        library.stored(item.id).unwrap().unwrap();
    }
    items.len()
}

/// Kills the program at random instants while `args` runs, then lets it finish.
fn killed_at_random(data: &Path, args: &[&str], expected: usize) {
    let kills: usize = std::env::var("BYLINE_KILLS").map_or(6, |n| n.parse().unwrap());
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap();
    let mut seed: u64 =
        std::env::var("BYLINE_SEED").map_or(now.as_micros() as u64, |n| n.parse().unwrap());
    println!("BYLINE_SEED={seed} repeats this run");
    let mut before = 0;
    let mut longest = Duration::from_millis(400);
    for round in 0..kills {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let instant = longest.mul_f64((seed >> 11) as f64 / (u64::MAX >> 11) as f64);
        let began = Instant::now();
        let mut child = byline(data)
            .args(args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Busy, so that the instant is met.
        while began.elapsed() < instant {
            if child.try_wait().unwrap().is_some() {
                // It was faster: kill earlier from now on, and begin with nothing again.
                longest = began.elapsed();
                break;
            }
            std::thread::yield_now();
        }
        let _ = child.kill();
        child.wait().unwrap();
        let there = sound(data);
        assert!(
            there >= before,
            "round {round}: {there} articles, {before} before"
        );
        before = there;
        if there == expected {
            for file in ["library.db", "library.db-wal", "library.db-shm"] {
                let _ = std::fs::remove_file(data.join(file));
            }
            before = 0;
        }
    }
    let done = run(data, args);
    assert!(done.status.success(), "{}", err(&done));
    assert_eq!(sound(data), expected);
}

#[test]
fn a_kill_while_articles_are_added_leaves_a_sound_library() {
    let folder = tempfile::tempdir().unwrap();
    let (data, news) = (folder.path().join("data"), folder.path().join("news"));
    articles(&news, 200);
    killed_at_random(&data, &["library", "add", &news.display().to_string()], 200);
}

#[test]
fn a_kill_during_an_import_leaves_a_sound_library() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut csv = String::from("title,url,time_added,tags,status\n");
    for n in 0..600 {
        writeln!(
            csv,
            "Ferry {n},https://news.example/{n},17000{n:05},sea,unread"
        )
        .unwrap();
    }
    let file = folder.path().join("pocket.csv");
    std::fs::write(&file, csv).unwrap();
    killed_at_random(
        &data,
        &["library", "import", &file.display().to_string()],
        600,
    );
}

#[test]
fn addresses_are_added_and_imported_ones_are_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start();
    let text = |name: &str| {
        format!(
            "<!doctype html><html><head><title>{name}</title></head><body><article><h1>{name}</h1>{}\
             </article></body></html>",
            format!(
                "<p>Mayor Mira Solberg opposes the {name} and said so in the council today, \
             where the ferries of the harbour were spoken of at length.</p>"
            )
            .repeat(6)
        )
    };
    let one = server.says("/one", page("text/html", text("Tidal Pact")));
    let done = run(&data, &["library", "add", &one]);
    assert!(done.status.success(), "{}", err(&done));
    assert!(err(&done).contains("1 added"), "{}", err(&done));
    assert!(out(&run(&data, &["library", "search", "target:pact"])).contains("Tidal Pact"));
    let two = server.says("/two", page("text/html", text("Ferry Act")));
    let lost = server.url("/lost");
    let csv = format!(
        "title,url,time_added,tags,status\nSecond,{two},1700000000,sea,archive\n\
         Lost,{lost},1700000001,,unread\n"
    );
    let file = folder.path().join("pocket.csv");
    std::fs::write(&file, csv).unwrap();
    run(&data, &["library", "import", &file.display().to_string()]);
    let done = run(&data, &["library", "fetch"]);
    assert_eq!(done.status.code(), Some(1));
    let said = err(&done);
    assert!(said.contains("1 of 2 articles fetched"), "{said}");
    assert!(said.contains(&format!("{lost}: is not there")), "{said}");
    let found = out(&run(
        &data,
        &["library", "search", "target:act tag:sea archived"],
    ));
    assert!(found.contains("Ferry Act"), "{found}");
    let left = out(&run(&data, &["library", "search", "tag:to-fetch"]));
    assert!(left.contains("Lost") && !left.contains("Ferry"), "{left}");
}

#[test]
#[cfg(unix)]
fn the_screen_refreshes_feeds_while_one_of_them_stalls() {
    use common::pty::Pty;
    let folder = tempfile::tempdir().unwrap();
    let (data, news) = (folder.path().join("data"), folder.path().join("news"));
    articles(&news, 3);
    run(&data, &["library", "add", &news.display().to_string()]);
    let server = Server::start();
    let entry = "<item><title>Pier news</title><guid>1</guid><link>https://news.example/pier</link>\
        <description>Mayor Mira Solberg opposes the pier.</description></item>";
    let rss = format!("<rss version='2.0'><channel><title>North</title>{entry}</channel></rss>");
    let north = server.says("/north", page("application/rss+xml", rss));
    let south = server.says("/south", Reply::Stall(Vec::new()));
    let lost = server.url("/lost");
    let opml = format!(
        "<opml><body><outline text='North' xmlUrl='{north}'/><outline text='South' \
         xmlUrl='{south}'/><outline text='Lost' xmlUrl='{lost}'/></body></opml>"
    );
    let file = folder.path().join("list.opml");
    std::fs::write(&file, opml).unwrap();
    run(&data, &["feeds", "import", &file.display().to_string()]);
    let data_text = data.display().to_string();
    let args = ["--data", data_text.as_str(), "--model", "none"];
    let mut pty = Pty::start(folder.path(), (120, 30), &args, &[]);
    pty.wait("Library · 3").send("r");
    // What stalls holds no key back.
    pty.wait("refreshing 2/3, 1 new");
    server.asked("get /south");
    pty.send("/\"number 2\"").wait("/\"number 2\" · 1");
    pty.send("\x1b").wait("Library · ");
    pty.send("r").wait("given up before the end");
    pty.wait("Library · 4").send("f").wait("is not there");
    pty.send("q").send("Q").exit();
    assert_eq!(sound(&data), 4);
}

#[test]
fn a_kill_during_a_refresh_leaves_a_sound_library() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start();
    let long = "The harbour was quiet, and nobody knew why the boats had not come back. ".repeat(9);
    let mut args = vec!["feeds".to_owned(), "add".to_owned()];
    for name in ["north", "south"] {
        let mut rss = format!("<rss version='2.0'><channel><title>{name}</title>");
        for n in 0..90 {
            write!(
                rss,
                "<item><title>Ferry {n} of the {name}</title><guid>{name}-{n}</guid>\
                 <link>https://news.example/{name}/{n}</link>\
                 <description>Mayor Mira Solberg opposes the ferry plan. {long}</description></item>"
            )
            .unwrap();
        }
        rss.push_str("</channel></rss>");
        let path = format!("/{name}");
        args.push(server.says(&path, page("application/rss+xml", rss)));
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    killed_at_random(&data, &args, 180);
}

#[test]
#[cfg(unix)]
fn a_highlight_that_was_confirmed_is_there_after_a_kill_in_the_library() {
    use common::pty::Pty;
    let folder = tempfile::tempdir().unwrap();
    let (data, news) = (folder.path().join("data"), folder.path().join("news"));
    articles(&news, 3);
    run(&data, &["library", "add", &news.display().to_string()]);
    let data_text = data.display().to_string();
    let args = ["--data", data_text.as_str(), "--model", "none"];
    let mut pty = Pty::start(folder.path(), (100, 30), &args, &[]);
    pty.wait("Library · 3")
        .send("\r")
        .wait("Mayor Mira Solberg");
    pty.send("VHy").wait("saved").signal("KILL");
    assert_eq!(sound(&data), 3);
    let kept: String = std::fs::read_dir(data.join("highlights"))
        .unwrap()
        .map(|f| std::fs::read_to_string(f.unwrap().path()).unwrap())
        .collect();
    assert!(kept.contains("urn:byline:highlight:"), "{kept}");
}
