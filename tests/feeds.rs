//! Feeds in the library: added, refreshed, listed, carried in and out; one broken feed never stops
//! another, and what is wrong with it stands where it is.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use common::pty::Pty;
use common::server::{Reply, Server, answer, message, page};
use serde_json::Value;
use tempfile::TempDir;

/// A home.
fn home() -> TempDir {
    patient(60_000)
}

/// A home whose fetches wait this long, in milliseconds.
fn patient(timeout: u32) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let settings = format!("[fetch]\nconnect_timeout = 60000\ntimeout = {timeout}\n");
    std::fs::write(home.path().join("config.toml"), settings).unwrap();
    home
}

fn byline(home: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_byline"))
        .env_clear()
        .env("HOME", home)
        .env("BYLINE_CONFIG", home.join("config.toml"))
        .args(["--model", "none"])
        .args(args)
        .current_dir(home)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What is said, having ended with this code.
fn said(home: &Path, args: &[&str], code: i32) -> String {
    let output = byline(home, args);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(code), "{text}");
    text.replace("byline: ", "")
}

fn printed(home: &Path, args: &[&str]) -> String {
    let output = byline(home, args);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The feeds as the library has them.
fn listed(home: &Path) -> Vec<Value> {
    let lines = printed(home, &["feeds", "list", "--json"]);
    lines
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

/// A feed with these entries.
fn rss(title: &str, entries: &[(&str, &str, &str)]) -> String {
    let mut out = format!("<rss version='2.0'><channel><title>{title}</title>");
    for (name, url, text) in entries {
        out.push_str(&format!(
            "<item><guid>{name}</guid><title>{name}</title><link>{url}</link>\
             <description>{text}</description><pubDate>Mon, 17 Mar 2025 09:41:00 GMT</pubDate></item>"
        ));
    }
    out + "</channel></rss>"
}

fn feed(text: &str) -> Reply {
    page("application/rss+xml", text)
}

#[test]
fn a_feed_is_added_refreshed_and_removed() {
    let home = home();
    let home = home.path();
    let plan = (
        "The plan",
        "http://a.example/1",
        "Alice Meyer supports the plan.",
    );
    let pier = (
        "The pier",
        "http://a.example/2",
        "Bob Stone opposes the pier.",
    );
    let (server, url) = Server::with("/feed", feed(&rss("Harbour News", &[plan])));
    let said_of_it = said(home, &["feeds", "add", &url, "--tag", "local"], 0);
    assert_eq!(
        said_of_it,
        "Harbour News: 1 new article\n1 feed asked: 1 new article\n"
    );
    assert!(printed(home, &["library", "search", "holder:Meyer"]).contains("The plan"));
    let list = printed(home, &["feeds", "list"]);
    assert!(
        list.contains("1/1") && list.contains("Harbour News #local"),
        "{list}"
    );

    // The same feed brings nothing twice, and what is new once.
    assert_eq!(
        said(home, &["feeds", "refresh"], 0),
        "1 feed asked: nothing new\n"
    );
    server.says("/feed", feed(&rss("Harbour News", &[pier, plan])));
    assert!(said(home, &["feeds", "refresh", "harbour"], 0).contains("1 new article"));
    assert!(said(home, &["feeds", "add", &url], 0).contains("is among the feeds already"));

    assert!(said(home, &["feeds", "remove", "nosuch"], 1).contains("is none of the feeds"));
    assert_eq!(
        said(home, &["feeds", "remove", &url], 0),
        "Harbour News taken out; its 2 articles stay\n"
    );
    assert!(listed(home).is_empty());
    assert!(printed(home, &["library", "list"]).contains("The pier"));
    assert!(said(home, &["feeds", "refresh"], 1).contains("there are none yet"));
}

#[test]
fn a_broken_feed_keeps_its_error_and_stops_no_other() {
    let home = patient(1500);
    let home = home.path();
    let server = Server::start();
    let good = feed(&rss(
        "Good",
        &[("A", "http://a.example/1", "Alice Meyer speaks.")],
    ));
    let silent = server.says("/silent", Reply::Stall(Vec::new()));
    let empty = server.says(
        "/empty",
        feed("<rss version='2.0'><channel><title>E</title></channel></rss>"),
    );
    let missing = server.url("/missing");
    // Another server, so that the silent one is not waited for.
    let other = Server::start();
    let fine = other.says("/fine", good);
    let text = said(home, &["feeds", "add", &silent, &empty, &missing, &fine], 1);
    assert!(text.contains("Good: 1 new article"), "{text}");
    assert!(
        text.ends_with("4 feeds asked: 1 new article\n3 feeds could not be read\n"),
        "{text}"
    );
    let of = |url: &str| {
        let feeds = listed(home);
        let feed = feeds.into_iter().find(|f| f["url"] == url).unwrap();
        feed["error"].as_str().map(str::to_owned)
    };
    assert_eq!(of(&fine), None);
    assert!(
        of(&silent)
            .unwrap()
            .starts_with("the server did not answer within 2 seconds")
    );
    assert!(
        of(&empty)
            .unwrap()
            .starts_with("is a feed without any entry that can be read")
    );
    assert!(
        of(&missing)
            .unwrap()
            .starts_with("is not there: the server knows no such page")
    );
    let list = printed(home, &["feeds", "list"]);
    assert!(
        list.contains("! is not there: the server knows no such page (404 Not Found)"),
        "{list}"
    );
    // A refresh that works takes the error away.
    server.says(
        "/missing",
        feed(&rss(
            "Late",
            &[("B", "http://b.example/1", "Bob Stone speaks.")],
        )),
    );
    assert!(said(home, &["feeds", "refresh", &missing], 0).contains("Late: 1 new article"));
    assert_eq!(of(&missing), None);
}

#[test]
fn servers_are_asked_as_they_wish() {
    let home = home();
    let home = home.path();
    let entries = rss(
        "Harbour",
        &[("A", "http://a.example/1", "Alice Meyer speaks.")],
    );
    let fields = [
        ("ETag", "\"v1\""),
        ("Last-Modified", "Mon, 17 Mar 2025 09:41:00 GMT"),
    ];
    let whole = message("200 OK", &fields, entries.as_bytes());
    let (server, url) = Server::with("/feed", Reply::Unless("if-none-match: \"v1\"", whole));
    said(home, &["feeds", "add", &url], 0);
    assert_eq!(
        said(home, &["feeds", "refresh"], 0),
        "1 feed asked: nothing new\n"
    );
    let second = server.asked("if-none-match: \"v1\"");
    assert!(
        second.contains("if-modified-since: mon, 17 mar 2025 09:41:00 gmt"),
        "{second}"
    );
    assert_eq!(listed(home)[0]["error"], Value::Null);

    // It is busy, and is left alone for as long as it says.
    server.says(
        "/feed",
        answer("429 Too Many Requests", &[("Retry-After", "3600")], ""),
    );
    let text = said(home, &["feeds", "refresh"], 1);
    assert!(
        text.contains("the server was asked too often (429) — try again in 60 minutes"),
        "{text}"
    );
    let asked = server.count("get /feed");
    let text = said(home, &["feeds", "refresh"], 0);
    assert!(
        text.contains("Harbour: asked not to be asked before "),
        "{text}"
    );
    assert_eq!(server.count("get /feed"), asked);

    // It is gone, and not asked again.
    server.says("/feed", answer("410 Gone", &[], ""));
    assert!(said(home, &["feeds", "refresh", "--force"], 1).contains("is gone for good"));
    let asked = server.count("get /feed");
    assert!(said(home, &["feeds", "refresh"], 0).contains("Harbour: is gone for good; --force"));
    assert_eq!(server.count("get /feed"), asked);

    // An answer that holds for a while is not asked for meanwhile.
    let fields = [("Cache-Control", "max-age=600")];
    server.says(
        "/feed",
        Reply::Raw(message("200 OK", &fields, entries.as_bytes())),
    );
    said(home, &["feeds", "refresh", "--force"], 0);
    assert!(said(home, &["feeds", "refresh"], 0).contains("asked not to be asked before"));
    // It moved for good.
    let there = server.says("/there", feed(&entries));
    server.says(
        "/feed",
        answer("301 Moved Permanently", &[("Location", "/there")], ""),
    );
    said(home, &["feeds", "refresh", "--force"], 0);
    assert_eq!(listed(home)[0]["url"], there.as_str());
}

#[test]
fn pages_name_their_feeds_and_what_is_no_feed_is_not_added() {
    let home = home();
    let home = home.path();
    let (server, url) = Server::with(
        "/",
        page(
            "text/html",
            "<!doctype html><link rel=alternate type=application/rss+xml href=/rss>",
        ),
    );
    let entries = [("A", "http://a.example/1", "Alice Meyer speaks.")];
    let there = server.says("/rss", feed(&rss("Harbour", &entries)));
    let text = said(home, &["feeds", "add", &url], 0);
    assert!(
        text.contains(&format!("{url}: is a web page; its feed is {there}")),
        "{text}"
    );
    assert_eq!(listed(home)[0]["url"], there.as_str());
    let none = server.says("/page", page("text/html", "<!doctype html><p>Hello"));
    assert!(said(home, &["feeds", "add", &none], 1).contains("is a web page and no feed"));
    assert!(said(home, &["feeds", "add", "ftp://x.example/"], 1).contains("only http and https"));
    assert_eq!(listed(home).len(), 1);
}

#[test]
fn full_text_is_fetched_when_asked_for_and_stays() {
    let home = home();
    let home = home.path();
    let server = Server::start();
    let long = "Alice Meyer told the council that she supports the harbour plan. ".repeat(12);
    let article = format!("The plan\n\n{long}\n\nBob Stone opposes the pier.\n");
    let url = server.says("/1", page("text/plain", article));
    let lost = server.url("/2");
    let entries = [
        ("The plan", url.as_str(), "Short."),
        ("Lost", lost.as_str(), "Shorter."),
    ];
    let feed_url = server.says("/feed", feed(&rss("Harbour", &entries)));
    let list = home.join("list.opml");
    std::fs::write(
        &list,
        format!("<opml><outline text='H' xmlUrl='{feed_url}'/></opml>"),
    )
    .unwrap();
    said(home, &["feeds", "import", "list.opml"], 0);
    let text = said(home, &["feeds", "refresh", "--full-text"], 0);
    assert!(
        text.contains("1 of 2 articles with their full text"),
        "{text}"
    );
    assert!(text.contains(&format!("{lost}: is not there")), "{text}");
    let found = || printed(home, &["library", "search", "council"]);
    assert!(found().contains("The plan"));
    assert!(said(home, &["feeds", "refresh"], 0).contains("nothing new"));
    assert!(found().contains("The plan"));
    assert_eq!(listed(home)[0]["articles"], 2);
}

#[test]
fn lists_go_in_and_out() {
    let home = home();
    let home = home.path();
    let list = "<opml version='1.0'><body><outline text='World'>\
        <outline text='A &amp; B' xmlUrl='https://a.example/feed' htmlUrl='https://a.example/'/>\
        </outline><outline text='C' xmlUrl='https://c.example/feed'/></body></opml>";
    std::fs::write(home.join("list.opml"), list).unwrap();
    let text = said(home, &["feeds", "import", "list.opml"], 0);
    assert_eq!(
        text,
        "list.opml: 2 feeds added; `byline feeds refresh` fetches them\n"
    );
    assert!(
        said(home, &["feeds", "import", "list.opml"], 0).contains("0 feeds added, 2 there already")
    );
    let out = printed(home, &["feeds", "export"]);
    assert!(
        out.contains("text=\"A &amp; B\"") && out.contains("category=\"world\""),
        "{out}"
    );
    std::fs::write(home.join("other.opml"), &out).unwrap();
    let other = self::home();
    let other = other.path();
    said(
        other,
        &["feeds", "import", home.join("other.opml").to_str().unwrap()],
        0,
    );
    assert_eq!(printed(other, &["feeds", "export"]), out);
    std::fs::write(home.join("no.opml"), "words").unwrap();
    assert!(said(home, &["feeds", "import", "no.opml"], 1).contains("is no list of feeds"));
}

#[test]
fn the_page_of_an_article_is_fetched_on_demand() {
    let home = home();
    let server = Server::start();
    let long = "Alice Meyer told the council that she supports the harbour plan. ".repeat(12);
    let url = server.says("/1", Reply::Stall(Vec::new()));
    let feed_url = server.says(
        "/feed",
        feed(&rss("Harbour", &[("The plan", &url, "Short.")])),
    );
    said(home.path(), &["feeds", "add", &feed_url], 0);
    let data = home.path().join(".local/share/byline");
    let data = data.to_str().unwrap();
    let args = ["--model", "none", "--data", data];
    let mut pty = Pty::start(home.path(), (120, 40), &args, &[]);
    pty.wait("The plan").send("\r").wait("Short.").send("gr");
    // The server keeps silent; the keys do not.
    server.asked("get /1");
    pty.wait("fetching the page")
        .send("?")
        .wait("Moving")
        .send("q");
    pty.until("help has gone", |s| !s.contents().contains("Moving"));
    server.says("/1", page("text/plain", format!("The plan\n\n{long}\n")));
    pty.send("gr")
        .wait("told the council")
        .wait("the page as it is now");
    pty.send("q").send("q");
    assert_eq!(pty.exit(), 0);
    assert!(printed(home.path(), &["library", "search", "council"]).contains("The plan"));
    assert_eq!(listed(home.path())[0]["articles"], 1);
}
