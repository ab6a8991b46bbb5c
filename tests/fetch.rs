//! Addresses: what a reader sees when a server answers well, badly, or not at all. The servers are
//! the tests' own, on the loopback.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod common;

use std::io::Write;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use byline::fetch::{Answer, Cancel, Client, Limits, Request, Step, fetch_all};
use common::server::{Reply, Server, answer, message, page, redirect};
use tempfile::TempDir;

const ARTICLE: &str = "Harbour plan\n\nMayor Alice Meyer supports the harbour plan.\n";

/// How long byline waits where the server answers, and where it is to give up, in milliseconds.
const LONG: u32 = 60_000;
const SHORT: u32 = 400;

/// Runs byline.
fn byline(args: &[&str], env: &[(&str, &str)]) -> Output {
    within(LONG, args, env)
}

/// Runs byline, which waits this long for an answer, in milliseconds.
fn within(total: u32, args: &[&str], env: &[(&str, &str)]) -> Output {
    let home = home(total);
    let mut command = Command::new(env!("CARGO_BIN_EXE_byline"));
    command
        .env_clear()
        .env("HOME", home.path())
        .env("BYLINE_CONFIG", home.path().join("config.toml"))
        .envs(env.iter().copied())
        .args(["--model", "none"])
        .args(args)
        .stdin(Stdio::null());
    command.output().unwrap()
}

/// A home whose settings have this time.
fn home(total: u32) -> TempDir {
    let home = tempfile::tempdir().unwrap();
    let settings = format!("[fetch]\nconnect_timeout = {LONG}\ntimeout = {total}\n");
    std::fs::write(home.path().join("config.toml"), settings).unwrap();
    home
}

/// What byline prints of an address.
fn read(url: &str) -> String {
    let output = byline(&["--plain", url], &[]);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The one line that byline says of an address it cannot read, without the program's name.
fn refused(url: &str) -> String {
    said(&byline(&["--plain", url], &[]))
}

fn said(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{text}");
    assert!(output.stdout.is_empty());
    assert_eq!(text.matches('\n').count(), 1, "{text:?}");
    assert!(!text.trim_end().contains(char::is_control), "{text:?}");
    text.strip_prefix("byline: ").unwrap().trim_end().to_owned()
}

/// What is said of a server's answer, without the address.
fn refusal(reply: Reply) -> String {
    let (_server, url) = Server::with("/news", reply);
    let line = refused(&url);
    let rest = line.strip_prefix(&format!("{url}: "));
    rest.unwrap_or_else(|| panic!("{line}")).to_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

#[test]
fn a_page_is_read_under_the_address_it_came_from() {
    let (server, url) = Server::with("/news", redirect("/2025/harbour?x=1#top"));
    let there = server.says("/2025/harbour?x=1", page("text/plain", ARTICLE));
    assert!(read(&url).contains("[headline] Harbour plan"));
    let request = server.asked("get /news");
    assert!(request.contains("user-agent: byline/"), "{request}");
    assert!(
        request.contains("accept-encoding: gzip, br, zstd"),
        "{request}"
    );
    let output = byline(&["annotate", &url], &[]);
    let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["document"]["source"]["uri"], there.as_str());
    let output = byline(&["export", &url, "--format", "markdown"], &[]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("Harbour plan"));
}

#[test]
fn packed_pages_are_unpacked() {
    let text = ARTICLE.repeat(30);
    let zstd = ruzstd::encoding::compress_to_vec(
        text.as_bytes(),
        ruzstd::encoding::CompressionLevel::Fastest,
    );
    for (name, bytes) in [
        ("gzip", gzip(text.as_bytes())),
        ("br", unhex(BROTLI)),
        ("zstd", zstd),
    ] {
        let reply = answer("200 OK", &[("Content-Encoding", name)], bytes);
        let (_server, url) = Server::with("/news", reply);
        assert!(read(&url).contains("Alice Meyer"), "{name}");
    }
}

/// `ARTICLE` thirty times, and 64 MB of one letter, as brotli's own program packs them.
const BROTLI: &str = "1be906009c07762c988c2ec114c785d50a652e2033a8092dd3d8f212644c0e1c72c0feed40a9c49400d69746 \
    9a9c8ff00dc56c4aa97b5db8079ee6e1";
const BROTLI_BOMB: &str = "cbffff3ff825f0e2b14020f7fe8fffff7ff04b00c4611180eefd1fffffffe0970088c30200ddfb3ffeffffc1 \
    2f0110870500baf77ffcffff835f02200e0b0074effff8ffff07bf04401c1600e8defff1ffff0f7e0980382c \
    00d0bdffe3ffff1ffc1200715800a07bff37";

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(char::is_ascii_hexdigit).collect();
    let digit = |c: char| c.to_digit(16).unwrap() as u8;
    let pairs = digits.chunks(2);
    pairs
        .map(|pair| digit(pair[0]) << 4 | digit(pair[1]))
        .collect()
}

#[test]
fn a_server_that_keeps_silent_is_left() {
    let refused = |url: &str| said(&within(SHORT, &["--plain", url], &[]));
    let (server, url) = Server::with("/news", Reply::Stall(Vec::new()));
    assert_eq!(
        refused(&url),
        format!(
            "{url}: the server did not answer within 400 milliseconds — \
             try again later, or raise timeout under [fetch]"
        )
    );
    let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".to_vec();
    let still = "was still coming after 400 milliseconds — \
                 try again later, or raise timeout under [fetch]";
    assert!(refused(&server.says("/drip", Reply::Drip(head.clone(), b'x'))).ends_with(still));
    assert!(refused(&server.says("/stop", Reply::Stall(head))).ends_with(still));
    let half = b"HTTP/1.1 200 OK\r\nContent-".to_vec();
    assert!(refused(&server.says("/half", Reply::Stall(half))).contains("did not answer within"));
}

#[test]
fn what_is_too_large_is_not_read() {
    let large = "is larger than 5 MB, which is not read — open it in a browser and save the page";
    assert_eq!(
        refusal(page("text/plain", vec![b'x'; (5 << 20) + 1])),
        large
    );
    let endless = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    let chunk = [b"100000\r\n", vec![b'x'; 1 << 20].as_slice(), b"\r\n"].concat();
    assert_eq!(
        refusal(Reply::Raw([endless, chunk.repeat(8)].concat())),
        large
    );
    let bomb = gzip(&vec![b'x'; 64 << 20]);
    assert!(bomb.len() < 100_000);
    assert_eq!(
        refusal(answer("200 OK", &[("Content-Encoding", "gzip")], bomb)),
        large
    );
    let bomb = unhex(BROTLI_BOMB);
    assert_eq!(
        refusal(answer("200 OK", &[("Content-Encoding", "br")], bomb)),
        large
    );
    let header = format!("HTTP/1.1 200 OK\r\nX: {}\r\n\r\n", "x".repeat(200_000));
    assert_eq!(
        refusal(Reply::Raw(header.into())),
        "answers with an endless header — open it in a browser and save the page"
    );
}

#[test]
fn redirects_end() {
    let (server, url) = Server::with("/a", redirect("/b"));
    let back = server.says("/b", redirect("/a"));
    let remedy = "open it in a browser and save the page; it may want cookies";
    assert_eq!(
        refused(&url),
        format!("{url}: redirects in a circle, back to {url} — {remedy}")
    );
    assert_eq!(
        refused(&back),
        format!("{back}: redirects in a circle, back to {back} — {remedy}")
    );
    for n in 0..20 {
        server.says(&format!("/n{n}"), redirect(&format!("/n{}", n + 1)));
    }
    let many = server.url("/n0");
    assert_eq!(
        refused(&many),
        format!("{many}: redirects more than 10 times — {remedy}")
    );
    assert_eq!(
        refusal(redirect("file:///etc/passwd")),
        "redirects to file:///etc/passwd, which is not fetched — only http and https are"
    );
    assert_eq!(
        refusal(answer("302 Found", &[], "")),
        "redirects without saying where to — check the address"
    );
}

#[test]
fn a_public_page_does_not_lead_into_the_private_network() {
    // The server plays a proxy, so that a page of the public internet can be asked without it.
    let (server, inside) = Server::with("/secret", page("text/plain", ARTICLE));
    let proxy = server.url("");
    server.says("/news", redirect(&inside));
    let env = [("http_proxy", proxy.as_str())];
    let ask = |url: &str| said(&byline(&["--plain", url], &env));
    assert_eq!(
        ask("http://news.example/news"),
        format!(
            "{inside}: a public page redirects to this private address, which is not followed — \
             name the address itself if you want it"
        )
    );
    for target in [
        "http://192.168.1.1/x",
        "http://[::1]/",
        "http://printer/",
        "http://127.1/",
    ] {
        server.says("/news", redirect(target));
        assert!(
            ask("http://news.example/news").contains("this private address"),
            "{target}"
        );
    }
    assert_eq!(server.count("get /secret"), 0);
    // Asked for by name it is read, also by way of another private page.
    assert!(read(&inside).contains("Harbour plan"));
    assert!(read(&server.says("/near", redirect("/secret"))).contains("Harbour plan"));
    // From one public page to another there is a way.
    server.says("/news", redirect("http://other.example/secret"));
    let output = byline(&["--plain", "http://news.example/news"], &env);
    assert!(String::from_utf8_lossy(&output.stdout).contains("Harbour plan"));
}

#[test]
fn answers_that_are_no_page_say_why() {
    let hand = "open it in a browser and save the page";
    for (status, fields, line) in [
        (
            "404 Not Found",
            None,
            "is not there: the server knows no such page (404 Not Found) — check the address"
                .to_owned(),
        ),
        (
            "410 Gone",
            None,
            "is gone for good, says the server (410) — look for it under another address"
                .to_owned(),
        ),
        (
            "429 Too Many Requests",
            Some(("Retry-After", "120")),
            "the server was asked too often (429) — try again in 2 minutes".to_owned(),
        ),
        (
            "503 Service Unavailable",
            Some(("Retry-After", "7200")),
            "the server cannot answer at the moment (503) — try again in 2 hours".to_owned(),
        ),
        (
            "503 Service Unavailable",
            None,
            "the server failed (503 Service Unavailable) — try again later".to_owned(),
        ),
        (
            "500 Internal Server Error",
            None,
            "the server failed (500 Internal Server Error) — try again later".to_owned(),
        ),
        (
            "403 Forbidden",
            None,
            format!("is refused by the server (403 Forbidden) — {hand}"),
        ),
        (
            "402 Payment Required",
            None,
            format!("wants money before it is shown (402 Payment Required) — {hand}"),
        ),
        (
            "401 Unauthorized",
            None,
            format!("wants a name and a password (401 Unauthorized) — {hand}"),
        ),
        (
            "304 Not Modified",
            None,
            "the server answers with no page (304 Not Modified) — check the address".to_owned(),
        ),
    ] {
        let fields: Vec<(&str, &str)> = fields.into_iter().collect();
        assert_eq!(refusal(answer(status, &fields, "no")), line);
    }
    assert!(refusal(page("text/plain", "")).contains("is empty"));
    let odd = answer("200 OK", &[("Content-Encoding", "compress")], "x");
    assert_eq!(
        refusal(odd),
        format!("is packed as \"compress\", which is not known — {hand}")
    );
}

#[test]
fn broken_connections_are_told() {
    let short = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nHarbour".to_vec();
    let cut = "ends before its end: the connection broke off — try again later";
    assert_eq!(refusal(Reply::Raw(short)), cut);
    let chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n40\r\nHarbour".to_vec();
    assert_eq!(refusal(Reply::Raw(chunked)), cut);
    let whole = gzip(ARTICLE.as_bytes());
    let packed = message(
        "200 OK",
        &[("Content-Encoding", "gzip")],
        &whole[..whole.len() / 2],
    );
    assert_eq!(refusal(Reply::Raw(packed)), cut);
    let lie = answer("200 OK", &[("Content-Encoding", "gzip")], ARTICLE);
    assert!(refusal(lie).starts_with("is damaged: "));
    assert_eq!(
        refusal(Reply::Raw(Vec::new())),
        "the server hung up without an answer — try again later"
    );
    let other = refusal(Reply::Raw(b"220 mail.example ESMTP\r\n".to_vec()));
    assert!(
        other.starts_with("does not speak HTTP as it should"),
        "{other}"
    );
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = format!("http://{}/", port.local_addr().unwrap());
    drop(port);
    assert_eq!(
        refused(&closed),
        format!(
            "{closed}: cannot be reached: the host refuses connections — \
             check the address and its port"
        )
    );
    assert_eq!(
        refused("ftp://example.org/x"),
        "ftp://example.org/x: is a ftp address, which is not fetched — only http and https are"
    );
}

#[test]
fn wrong_labels_do_not_spoil_the_text() {
    let text = "Hafenplan\n\nDie Bürgermeisterin Alice Müller unterstützt den Plan für das Café.\n";
    let labelled = |label: &str, bytes: &[u8]| {
        let (_server, url) = Server::with("/news", page(label, bytes));
        read(&url)
    };
    assert!(labelled("text/plain; charset=iso-8859-1", text.as_bytes()).contains("unterstützt"));
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(text);
    assert!(labelled("text/plain; charset=utf-8", &latin).contains("unterstützt"));
    assert!(labelled("image/png", text.as_bytes()).contains("unterstützt"));
    let line = refusal(page("text/html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"));
    assert!(line.contains("is a PNG picture"), "{line}");
}

/// The message of a feed that a server says.
fn feed_refusal(reply: Reply) -> String {
    let (_server, url) = Server::with("/feed", reply);
    let output = byline(&["feeds", "check", &url], &[]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stderr).unwrap();
    let (line, rest) = text.split_once('\n').unwrap();
    assert_eq!(rest, "byline: 1 feed cannot be read\n");
    line.replace(&format!("byline: {url}: "), "")
        .replace(&url, "URL")
}

#[test]
fn broken_feeds_say_what_is_wrong() {
    let xml = |body: &str| feed_refusal(page("application/rss+xml", body));
    assert_eq!(
        xml("<rss version='2.0'><channel><title>Harbour</title></channel></rss>"),
        "is a feed without any entry that can be read — look at it in a browser; it may be empty, or broken"
    );
    assert_eq!(
        xml("<!doctype html><title>Harbour</title><p>Welcome."),
        "is a web page and no feed, and it names none — check the address"
    );
    let named = "<!doctype html><link rel=alternate type=application/atom+xml href=/atom.xml>";
    assert!(xml(named).starts_with("is a web page and no feed — its feed is http://127.0.0.1:"));
    assert_eq!(
        xml("Moved."),
        "is no feed: it is neither XML nor JSON — check the address"
    );
    assert_eq!(xml(""), "is empty — check the address, or try again later");
    assert!(xml("<feed><entry").contains("that can be read"));
    let large = vec![b' '; (20 << 20) + 1];
    assert_eq!(
        feed_refusal(page("text/xml", large)),
        "is larger than 20 MB, which is not read — open it in a browser and save the page"
    );
    assert!(feed_refusal(answer("410 Gone", &[], "")).starts_with("is gone for good"));
    // Ill-formed, mislabelled, and read all the same.
    let broken = "\n<?xml version='1.0' encoding='utf-16'?><rss version='2.0'><channel>\
                  <title>Caf&eacute; & pier</title><item><title>The plan</title><p><b></item></channel>";
    let (_server, url) = Server::with("/feed", page("text/plain; charset=ascii", broken));
    let output = byline(&["feeds", "check", &url], &[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        text,
        format!("{url}: Café & pier, 1 entry\n              The plan\n")
    );
}

#[test]
fn a_silent_host_holds_up_no_other_and_can_be_given_up() {
    let (silent, never) = Server::with("/never", Reply::Stall(Vec::new()));
    let quick = Server::start();
    let mut requests = vec![Request::page(&never), Request::page(&never)];
    for n in 0..6 {
        let url = quick.says(&format!("/{n}"), page("text/plain", format!("page {n}")));
        requests.push(Request::page(url));
    }
    let client = Client::new(Limits {
        connect: Duration::from_mins(1),
        total: Duration::from_mins(1),
    });
    let cancel = Cancel::default();
    let mut done: Vec<(usize, String)> = Vec::new();
    let mut begun = Vec::new();
    fetch_all(&client, &requests, &cancel, |step| match step {
        Step::Begun(position) => begun.push(position),
        Step::Done(position, answer) => {
            let text = answer.and_then(Answer::page).map(|page| page.bytes);
            let text = text.map_or_else(|e| e.cause, |b| String::from_utf8(b).unwrap());
            done.push((position, text));
            if done.len() == 6 {
                cancel.cancel();
            }
        }
    });
    let mut expected: Vec<(usize, String)> = (0..6).map(|n| (n + 2, format!("page {n}"))).collect();
    expected.extend([0, 1].map(|n| (n, "was given up".to_owned())));
    assert_eq!(done, expected);
    // The silent host was asked once: its second request waits for its turn.
    assert_eq!(begun.iter().filter(|p| **p < 2).count(), 1);
    assert!(silent.count("get /never") <= 1);
}
