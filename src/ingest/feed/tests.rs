//! What the reader of feeds makes of feeds, whole and broken.

use proptest::prelude::*;

use super::*;

const NAME: &str = "https://news.example/feed";

fn contents(feed: &str) -> Contents {
    read(feed.as_bytes(), NAME, None).unwrap()
}

fn line(feed: &str) -> String {
    let error = read(feed.as_bytes(), NAME, None).unwrap_err();
    assert_eq!(error.subject, NAME);
    error.to_string().replace(&format!("{NAME}: "), "")
}

/// The entries, one line each.
fn seen(feed: &str) -> Vec<String> {
    let contents = contents(feed);
    let show = |entry: &Entry| {
        let text = |t: &Option<String>| t.clone().unwrap_or_else(|| "-".to_owned());
        let time = entry.published.map_or("-".to_owned(), |t| t.to_string());
        format!(
            "{} | {} | {} | {time}",
            text(&entry.title),
            text(&entry.url),
            entry.authors.join("+")
        )
    };
    contents.entries.iter().map(show).collect()
}

const RSS: &str = r#"<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbour News</title>
 <link>https://news.example/</link><language>en</language>
 <item><title>The plan &amp; the pier</title><link>https://news.example/1</link><guid isPermaLink="false">n1</guid>
 <dc:creator>Alice Meyer</dc:creator><pubDate>Mon, 17 Mar 2025 09:41:00 EST</pubDate><category>Harbour</category>
 <description>&lt;p&gt;Short.&lt;/p&gt;</description>
 <content:encoded><![CDATA[<p>The council met.</p><h2>What next</h2><ul><li>A pier</li></ul>]]></content:encoded></item>
 </channel></rss>"#;

#[test]
fn every_format_is_read() {
    let harbour =
        "The plan & the pier | https://news.example/1 | Alice Meyer | 2025-03-17T14:41:00Z";
    assert_eq!(seen(RSS), [harbour]);
    let feed = contents(RSS);
    assert_eq!(feed.title.as_deref(), Some("Harbour News"));
    assert_eq!(feed.link.as_deref(), Some("https://news.example/"));
    assert_eq!(feed.entries[0].id, "n1");
    assert_eq!(feed.entries[0].topics, ["Harbour"]);
    let atom = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour News</title>
        <link href="https://news.example/"/><entry><id>tag:x,1</id><title type="html">The plan &amp;amp; the pier</title>
        <link rel="alternate" href="/1"/><author><name>Alice Meyer</name></author>
        <updated>2025-03-17T14:41:00Z</updated><content type="html">&lt;p>All.&lt;/p></content></entry></feed>"#;
    assert_eq!(seen(atom), [harbour]);
    let old = r#"<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Harbour News</title>
        <entry><id>tag:x,1</id><title>The plan &amp; the pier</title><author><name>Alice Meyer</name></author>
        <link rel="alternate" type="text/html" href="https://news.example/1"/>
        <issued>2025-03-17T14:41:00Z</issued></entry></feed>"#;
    assert_eq!(seen(old), [harbour]);
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Harbour News","items":[{"id":"1",
        "url":"https://news.example/1","title":"The plan & the pier","authors":[{"name":"Alice Meyer"}],
        "date_published":"2025-03-17T14:41:00Z","content_html":"<p>All.</p>"}]}"#;
    assert_eq!(seen(json), [harbour]);
    let rdf = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <channel><title>Harbour News</title></channel><item rdf:about="https://news.example/1">
        <title>The plan &amp; the pier</title><link>https://news.example/1</link></item></rdf:RDF>"#;
    assert_eq!(
        seen(rdf),
        ["The plan & the pier | https://news.example/1 |  | -"]
    );
    let unfinished =
        "<rss xmlns:x='y' version='0.93'><channel><item><title>A</title></item></channel></rss>";
    assert_eq!(seen(unfinished), ["A | - |  | -"]);
    let early = r#"<rss version="0.91"><channel><title>Harbour News</title><item><title>The plan</title>
        <link>https://news.example/1</link></item></channel></rss>"#;
    assert_eq!(seen(early), ["The plan | https://news.example/1 |  | -"]);
}

#[test]
fn broken_feeds_are_read_as_far_as_they_go() {
    let plan = "The plan | https://news.example/1 |  | -";
    for broken in [
        // A name of HTML, a lone &, a control character, bytes before the first tag.
        "\u{feff}\n\nnotice: x\n<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>A &nbsp; & B\u{1}</title><item><title>The plan</title><link>https://news.example/1</link></item></channel></rss>",
        // Tags that are closed in the wrong order, and never.
        "<rss version=\"2.0\"><channel><title>A</title><item><title>The plan</title><link>https://news.example/1</link><b></item></channel>",
        // It breaks off.
        "<rss version=\"2.0\"><channel><title>A</title><item><title>The plan</title><link>https://news.example/1</link></item><item><title>Cut",
    ] {
        assert_eq!(
            seen(broken).first().map(String::as_str),
            Some(plan),
            "{broken}"
        );
    }
}

#[test]
fn words_in_markup_of_a_title_stay() {
    let feed = contents(
        "<rss version=\"2.0\"><channel><title>R &amp; <i>D</i></title><item><title>A <b>bold</b> title \
         &amp; <a href=\"/x?a=1&amp;b=2\">a link</a></title><link>https://news.example/1</link>\
         <description>Two <em>short</em> words, 3 &lt; 4.</description></item></channel></rss>",
    );
    assert_eq!(feed.title.as_deref(), Some("R & D"));
    let entry = &feed.entries[0];
    assert_eq!(entry.title.as_deref(), Some("A bold title & a link"));
    assert_eq!(entry.url.as_deref(), Some("https://news.example/1"));
    let document = article(entry, &feed);
    assert!(
        document.text.ends_with("\nTwo short words, 3 < 4."),
        "{}",
        document.text
    );
}

#[test]
fn a_time_is_kept_where_the_feed_gives_one() {
    let when = |date: &str| {
        let feed = contents(&format!(
            "<rss version=\"2.0\"><channel><title>A</title><item><title>The plan</title>\
             <pubDate>{date}</pubDate></item></channel></rss>"
        ));
        article(&feed.entries[0], &feed).meta.when()
    };
    for (date, known) in [
        ("Mon, 17 Mar 2025 09:41:00 EST", "2025-03-17 14:41 UTC"),
        ("2025-03-17T09:41:00+01:00", "2025-03-17 08:41 UTC"),
        ("2025-03-17", "2025-03-17"),
        ("Mon, 17 Mar 2025 00:00:00 GMT", "2025-03-17"),
    ] {
        assert_eq!(when(date).as_deref(), Some(known), "{date}");
    }
}

#[test]
fn what_is_no_feed_says_what_it_is() {
    assert_eq!(
        line(" "),
        "is empty — check the address, or try again later"
    );
    assert_eq!(
        line("<rss version=\"2.0\"><channel><title>A</title></channel></rss>"),
        "is a feed without any entry that can be read — look at it in a browser; it may be empty, or broken"
    );
    assert_eq!(
        line(
            "<!doctype html><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\"><p>Hi"
        ),
        "is a web page and no feed — its feed is https://news.example/rss"
    );
    assert_eq!(
        line("<html><body>Hi"),
        "is a web page and no feed, and it names none — check the address"
    );
    assert_eq!(
        line("Not found"),
        "is no feed: it is neither XML nor JSON — check the address"
    );
    let other = "check the address; a feed is RSS, Atom or JSON Feed";
    assert!(line("<note><to>x</to></note>").ends_with(other));
    assert!(line("{\"a\": 1}").ends_with(other));
    let large = vec![b' '; LIMIT + 1];
    assert!(
        read(&large, NAME, None)
            .unwrap_err()
            .cause
            .contains("larger than 20 MB")
    );
}

#[test]
fn an_entry_is_a_document() {
    use crate::model::BlockKind as K;
    let feed = contents(RSS);
    let document = article(&feed.entries[0], &feed);
    let blocks: Vec<(K, &str)> = document
        .blocks
        .iter()
        .map(|b| (b.kind, document.slice(b.span)))
        .collect();
    assert_eq!(
        blocks,
        [
            (K::Title, "The plan & the pier"),
            (K::Byline, "Alice Meyer"),
            (K::Date, "2025-03-17"),
            (K::Paragraph, "The council met."),
            (K::Heading, "What next"),
            (K::ListItem, "• A pier"),
        ]
    );
    assert_eq!(document.meta.outlet.as_deref(), Some("Harbour News"));
    assert_eq!(document.meta.uri.as_deref(), Some("https://news.example/1"));
}

#[test]
fn pages_name_their_feeds() {
    let page = r#"<html><head><base href="https://cdn.example/x/">
        <link rel="stylesheet" type="text/css" href="a.css">
        <link rel="ALTERNATE home" type="application/atom+xml; charset=utf-8" href="atom">
        <link rel="alternate" type="application/feed+json" href="https://news.example/json">
        <link rel="alternate" type="application/rss+xml" href="javascript:x">
        <link rel="alternate" type="text/html" href="/de"></head>"#;
    assert_eq!(
        discover(page.as_bytes(), NAME, None),
        ["https://cdn.example/x/atom", "https://news.example/json"]
    );
}

#[test]
fn hostile_text_comes_out_harmless() {
    let feed = contents(
        "<rss version=\"2.0\"><channel><title>A</title><item><title>x&#27;[31m &#x202e;y \u{9b}2J</title>\
         <link>javascript:alert(1)</link><author>&#x1b;]0;z&#7;</author><description>&#x1b;[2J a</description></item></channel></rss>",
    );
    let document = article(&feed.entries[0], &feed);
    assert!(
        !document
            .text
            .contains(|c: char| c != '\n' && crate::base::text::is_unsafe(c))
    );
    assert_eq!(feed.entries[0].url, None);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_in_one_line(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Err(error) = read(&bytes, NAME, None) {
            prop_assert!(!error.to_string().contains('\n'));
        }
    }

    #[test]
    fn a_feed_cut_or_damaged_anywhere_never_panics(at in 0..RSS.len(), byte in any::<u8>()) {
        let mut bytes = RSS.as_bytes().to_vec();
        bytes[at] = byte;
        let _ = read(&bytes, NAME, None);
        let _ = read(&bytes[..at], NAME, None);
    }
}
