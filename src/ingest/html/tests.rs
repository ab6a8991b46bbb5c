//! Pages of a dozen kinds, written for these tests.

use proptest::prelude::*;

use crate::base::text::is_unsafe;
use crate::ingest::{Format, Hint, Loaded, Source, load, load_as};
use crate::model::BlockKind;

/// Sentences of an article that never was.
const TEXT: [&str; 6] = [
    "The city of Norrhamn closed its oldest bridge on Monday after divers found deep cracks in two of the five piers that carry it.",
    "“We had no choice, and nobody here liked to make it,” the head of the harbour office, Signe Dahl, told reporters on the quay.",
    "Some twelve thousand people cross the bridge every day, most of them on their way to the shipyards on the southern bank.",
    "Buses will take the northern road for at least six weeks, and a ferry that was retired in spring is to be put back into service.",
    "The opposition in the council said that it had warned of the state of the piers three years ago and had been laughed at.",
    "An engineer who worked on the last repair, and who asked not to be named, said that the cracks were older than the office admits.",
];

/// The paragraphs, each as `made` makes it, in a row.
fn each(made: impl Fn(usize, &str) -> String) -> String {
    let made: Vec<String> = TEXT.iter().enumerate().map(|(n, p)| made(n, p)).collect();
    made.concat()
}

fn paragraphs() -> String {
    each(|_, p| format!("<p>{p}</p>\n"))
}

/// A page with everything that stands around an article.
fn page(head: &str, main: &str) -> String {
    format!(
        r#"<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8">{head}</head><body>
<header class="site-header"><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li>
<li><a href="/sport">Sport</a></li><li><a href="/shop">Our shop of maps</a></li></ul></nav></header>
<main>{main}</main>
<aside class="related-stories"><h2>Most read</h2><ul>
<li><a href="/1">A lighthouse keeper retires after forty years of storms</a></li>
<li><a href="/2">Why herring is back on every table this winter</a></li></ul></aside>
<footer class="site-footer"><p>© The Norrhamn Courier. All rights reserved. <a href="/imprint">Imprint</a></p></footer>
</body></html>"#
    )
}

fn read(html: &str) -> Loaded {
    load(html.as_bytes(), &Source::default()).unwrap()
}

fn blocks(loaded: &Loaded, kind: BlockKind) -> Vec<&str> {
    let document = &loaded.document;
    document
        .blocks_of(kind)
        .map(|b| document.slice(b.span))
        .collect()
}

fn origin<'l>(loaded: &'l Loaded, field: &str) -> Option<&'l str> {
    let found = loaded.about.from.iter().find(|(f, _)| *f == field)?;
    Some(&found.1)
}

#[test]
fn a_news_page_gives_its_fields_and_its_body_alone() {
    let head = r#"<title>Norrhamn closes its oldest bridge | The Norrhamn Courier</title>
<meta property="og:title" content="Norrhamn closes its oldest bridge">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[
{"@type":"WebSite","name":"The Norrhamn Courier"},
{"@type":"NewsArticle","headline":"Norrhamn closes its oldest bridge","datePublished":"2025-03-17T09:41:00+01:00",
"author":[{"@type":"Person","name":"Mara Lindqvist"},{"@type":"Person","name":"Ola Berg"}],
"publisher":{"@type":"Organization","name":"The Norrhamn Courier"},"articleSection":"City","keywords":["bridges","traffic"]}]}</script>"#;
    let main = format!(
        r#"<article><h1>Norrhamn closes its oldest bridge</h1>
<p class="standfirst">Divers found cracks in the piers. Twelve thousand people now need another way to work.</p>
<div class="byline">By <a rel="author" href="/m">Mara Lindqvist</a></div><time datetime="2025-03-17">17 March 2025</time>
<ul class="share-buttons"><li><a href="/f">Share on Facebook</a></li><li><a href="/t">Share on Twitter</a></li></ul>
<div class="article-body"><p>{0}</p><figure><img src="b.jpg"><figcaption>The bridge seen from the southern bank last autumn. Photo: A. Nyman</figcaption></figure><p>{1}</p>
<div class="newsletter-box"><h3>Morning mail</h3><p>Sign up for our newsletter and get the news in your inbox every day.</p></div>
<p>{2}</p><p><a href="/3">Related: How the bridge was built in a single summer</a></p>
<h2>A ferry returns</h2><p>{3}</p><div class="ad-slot">Advertisement</div><p>{4}</p><p>{5}</p></div></article>"#,
        TEXT[0], TEXT[1], TEXT[2], TEXT[3], TEXT[4], TEXT[5]
    );
    let loaded = read(&page(head, &main));
    let meta = &loaded.document.meta;
    assert_eq!(
        meta.title.as_deref(),
        Some("Norrhamn closes its oldest bridge")
    );
    assert_eq!(meta.authors, ["Mara Lindqvist", "Ola Berg"]);
    assert_eq!(
        meta.published.map(|d| d.to_string()).as_deref(),
        Some("2025-03-17")
    );
    assert_eq!(meta.outlet.as_deref(), Some("The Norrhamn Courier"));
    assert_eq!(meta.topics, ["bridges", "traffic"]);
    assert_eq!(meta.language.as_deref(), Some("en"));
    assert_eq!(loaded.about.section.as_deref(), Some("City"));
    assert_eq!(origin(&loaded, "title"), Some("h1"));
    assert_eq!(origin(&loaded, "authors"), Some("JSON-LD author"));
    assert_eq!(origin(&loaded, "published"), Some("JSON-LD datePublished"));
    assert_eq!(
        blocks(&loaded, BlockKind::Title),
        ["Norrhamn closes its oldest bridge"]
    );
    assert_eq!(
        blocks(&loaded, BlockKind::Byline),
        ["Mara Lindqvist, Ola Berg"]
    );
    assert_eq!(blocks(&loaded, BlockKind::Paragraph), TEXT);
    assert_eq!(blocks(&loaded, BlockKind::Heading), ["A ferry returns"]);
    let text = &loaded.document.text;
    for gone in [
        "Facebook",
        "newsletter",
        "Morning mail",
        "Photo:",
        "Related",
        "Advertisement",
        "herring",
        "Imprint",
        "shop",
    ] {
        assert!(!text.contains(gone), "{gone} in {text}");
    }
}

#[test]
fn a_blog_without_data_is_read_from_what_it_shows() {
    let head = "<title>Cracks under the old bridge - Harbour Notes</title>";
    let main = format!(
        r#"<h1>Cracks under the old bridge</h1><p class="post-meta">Posted by <a rel="author" href="/me">Signe Dahl</a> on March 17, 2025</p>
<div class="entry-content">{}<blockquote><p>Whoever builds on piers must dive, my grandmother used to say, and she had built nothing at all.</p></blockquote></div>
<section id="comments" class="comments-area"><h2>2 comments</h2><ol class="comment-list"><li><p>I crossed it last week and it shook like a ship in a gale, believe me.</p></li>
<li><p>Nobody ever listens to divers in this town, and nobody ever will, I fear.</p></li></ol></section>"#,
        paragraphs()
    );
    let loaded = read(&page(head, &main));
    let meta = &loaded.document.meta;
    assert_eq!(meta.title.as_deref(), Some("Cracks under the old bridge"));
    assert_eq!(meta.authors, ["Signe Dahl"]);
    assert_eq!(
        meta.published.map(|d| d.to_string()).as_deref(),
        Some("2025-03-17")
    );
    let text = &loaded.document.text;
    assert!(text.contains("my grandmother used to say"), "{text}");
    assert!(
        !text.contains("shook like a ship") && !text.contains("listens to divers"),
        "{text}"
    );
}

#[test]
fn the_address_gives_the_day_where_the_page_does_not() {
    let html = page(
        "<title>A bridge</title>",
        &format!("<h1>A bridge</h1>{}", paragraphs()),
    );
    let source = Source {
        name: "x".to_owned(),
        uri: Some("https://example.org/2024/12/31/a-bridge.html".to_owned()),
    };
    let loaded = load(html.as_bytes(), &source).unwrap();
    assert_eq!(
        loaded
            .document
            .meta
            .published
            .map(|d| d.to_string())
            .as_deref(),
        Some("2024-12-31")
    );
    assert_eq!(origin(&loaded, "published"), Some("address"));
}

#[test]
fn the_moment_of_publication_is_known_where_the_page_gives_a_time_and_a_zone() {
    for (given, when) in [
        ("2025-03-04T23:05:00-05:00", "2025-03-04 23:05 -05:00"),
        ("2025-03-04T14:05:00Z", "2025-03-04 14:05 UTC"),
        ("2025-03-04", "2025-03-04"),
        ("2025-03-04T00:00:00Z", "2025-03-04"),
        ("2025-03-04 14:05", "2025-03-04"),
    ] {
        let head = format!("<meta property=\"article:published_time\" content=\"{given}\">");
        let loaded = read(&page(&head, &format!("<h1>A bridge</h1>{}", paragraphs())));
        let meta = &loaded.document.meta;
        assert_eq!(meta.when().as_deref(), Some(when), "{given}");
        let day = meta.published.map(|d| d.to_string());
        assert_eq!(day.as_deref(), Some("2025-03-04"));
    }
}

#[test]
fn a_live_blog_keeps_its_entries_in_order() {
    let entries = each(|n, p| {
        format!(
            "<section class=\"entry\"><h2>Hour {n}: news from the quay</h2><p>{p}</p></section>"
        )
    });
    let loaded = read(&page(
        "<title>Live: the bridge</title>",
        &format!("<article><h1>Live: the bridge</h1>{entries}</article>"),
    ));
    assert_eq!(blocks(&loaded, BlockKind::Paragraph), TEXT);
    assert_eq!(
        blocks(&loaded, BlockKind::Heading)[..],
        [
            "Hour 0: news from the quay",
            "Hour 1: news from the quay",
            "Hour 2: news from the quay",
            "Hour 3: news from the quay",
            "Hour 4: news from the quay",
            "Hour 5: news from the quay"
        ]
    );
}

#[test]
fn a_barrier_is_named_and_a_beginning_is_said_to_be_one() {
    let wall =
        r#"<div class="paywall"><p>Already a subscriber? Log in to continue reading.</p></div>"#;
    let closed = format!("<!DOCTYPE html><html><body><main>{wall}</main></body></html>");
    let error = load(closed.as_bytes(), &Source::default()).unwrap_err();
    assert!(error.cause.contains("for subscribers"), "{error}");
    let open = page(
        "<title>A bridge</title>",
        &format!(
            "<article><h1>A bridge</h1><p>{}</p><p>{}</p>{wall}</article>",
            TEXT[0], TEXT[1]
        ),
    );
    let loaded = read(&open);
    assert!(loaded.document.text.contains(TEXT[1]));
    assert!(!loaded.document.text.contains("Already a subscriber"));
    let said = loaded
        .document
        .details
        .iter()
        .any(|d| d.contains("the beginning only"));
    assert!(said, "{:?}", loaded.document.details);
}

#[test]
fn a_page_of_scripts_is_named_unless_its_data_hold_the_text() {
    let shell = r#"<!DOCTYPE html><html><head><title>App</title></head><body><div id="root"></div><noscript>You need to enable JavaScript.</noscript><script src="a.js"></script></body></html>"#;
    let error = load(shell.as_bytes(), &Source::default()).unwrap_err();
    assert!(error.cause.contains("fetched by scripts"), "{error}");
    let body = TEXT.join("\\n\\n");
    let data = format!(
        r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"A bridge","articleBody":"{body}"}}</script>"#
    );
    let loaded = read(&shell.replace("<script src", &format!("{data}<script src")));
    assert_eq!(blocks(&loaded, BlockKind::Paragraph), TEXT);
    assert_eq!(origin(&loaded, "article"), Some("JSON-LD articleBody"));
}

#[test]
fn a_note_of_the_editors_becomes_the_comment() {
    let note = "The council took three years to look under its own feet, and we think that it owes the city an answer.";
    for tail in [
        format!("<h2>Editor's note</h2><p>{note}</p>"),
        format!("<p><b>Editor's comment:</b> {note}</p>"),
        format!("<p class=\"editors-note\">{note}</p>"),
        format!("<h3>Opinion</h3><p>{note}</p>"),
    ] {
        let main = format!("<article><h1>A bridge</h1>{}{tail}</article>", paragraphs());
        let loaded = read(&page("<title>A bridge</title>", &main));
        assert_eq!(blocks(&loaded, BlockKind::Comment), [note], "{tail}");
        assert_eq!(blocks(&loaded, BlockKind::Paragraph), TEXT, "{tail}");
    }
}

#[test]
fn the_charset_is_that_of_the_bytes() {
    let html = page(
        "<title>Café</title>",
        &format!(
            "<h1>Café</h1><p>{}</p><p>Le café était fermé, déjà, à midi, et la ville entière le savait bien.</p>",
            TEXT[0]
        ),
    );
    let latin: Vec<u8> = html
        .chars()
        .map(|c| u8::try_from(c).unwrap_or(b'-'))
        .collect();
    let loaded = load(&latin, &Source::default()).unwrap();
    assert!(
        loaded.document.text.contains("Le café était fermé, déjà"),
        "{}",
        loaded.document.text
    );
    assert_eq!(loaded.document.meta.title.as_deref(), Some("Café"));
    let said = loaded
        .document
        .details
        .iter()
        .any(|d| d == "read as Windows-1252");
    assert!(said, "{:?}", loaded.document.details);
}

#[test]
fn lists_and_tables_keep_their_text_in_order() {
    let items = each(|_, p| format!("<li>{p}</li>"));
    let main = format!(
        "<article><h1>Six things about the bridge</h1><p>{}</p><ol>{items}</ol></article>",
        TEXT[0]
    );
    let loaded = read(&page("<title>Six things about the bridge</title>", &main));
    let expected: Vec<String> = TEXT.iter().map(|p| format!("• {p}")).collect();
    assert_eq!(blocks(&loaded, BlockKind::ListItem), expected);

    let cells = each(|_, p| format!("<p>{p}</p>"));
    let table = format!(
        "<table width=\"100%\"><tr><td><table><tr><td>{cells}</td></tr></table></td><td><a href=\"/\">Home</a></td></tr></table>"
    );
    let loaded = read(&format!(
        "<html><head><title>A bridge</title></head><body>{table}</body></html>"
    ));
    assert_eq!(blocks(&loaded, BlockKind::Paragraph), TEXT);
}

#[test]
fn what_is_hidden_or_hostile_does_not_come_out() {
    let main = format!(
        "<article><h1>A &#27;[31mbridge&#x202e;</h1><div style=\"display: none\"><p>{}</p></div>{}</article>",
        "This text was never meant for readers and stands in the page for machines alone, they say.",
        paragraphs().replace("Norrhamn", "Norr&#x1b;]0;x&#7;hamn\u{200b}")
    );
    let head =
        "<title>A &#27;[31mbridge</title><meta name=\"author\" content=\"Mara &#27;[1mLindqvist\">";
    let loaded = read(&page(head, &main));
    let text = &loaded.document.text;
    assert!(!text.contains(|c| c != '\n' && is_unsafe(c)), "{text:?}");
    assert!(text.contains("The city of Norrhamn closed"), "{text}");
    assert!(!text.contains("for machines alone"), "{text}");
    assert_eq!(loaded.document.meta.title.as_deref(), Some("A bridge"));
    assert_eq!(loaded.document.meta.authors, ["Mara Lindqvist"]);
}

#[test]
fn depth_and_size_end_nothing() {
    for depth in [250, 20_000] {
        let main = "<div>".repeat(depth) + &paragraphs();
        let loaded = read(&format!(
            "<!doctype html><title>A bridge</title><body>{main}"
        ));
        assert!(loaded.document.text.contains(TEXT[3]), "{depth}");
    }
    let large = vec![b' '; super::LARGEST + 1];
    let hint = Hint {
        content_type: None,
        from: Some(Format::Html),
    };
    let error = load_as(&large, &Source::default(), hint).unwrap_err();
    assert!(error.cause.contains("more than 32 MB"), "{error}");
}

#[test]
fn a_media_type_makes_a_page_of_text_that_is_none() {
    let hint = Hint {
        content_type: Some("text/html; charset=utf-8"),
        from: None,
    };
    let text = format!("{}\n<p>{}", TEXT[0], TEXT[1]);
    let loaded = load_as(text.as_bytes(), &Source::default(), hint).unwrap();
    assert!(loaded.document.text.contains(TEXT[1]) && !loaded.document.text.contains("<p>"));
    let hint = Hint {
        content_type: Some("text/html"),
        from: Some(Format::Plain),
    };
    let loaded = load_as(text.as_bytes(), &Source::default(), hint).unwrap();
    assert!(loaded.document.text.contains("<p>"));
}

/// The body of a page, a line a block.
fn body(html: &str) -> String {
    let loaded = read(html);
    let document = &loaded.document;
    let body = document.blocks.iter().filter(|b| {
        matches!(
            b.kind,
            BlockKind::Brief | BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem
        )
    });
    let lines: Vec<&str> = body.map(|b| document.slice(b.span)).collect();
    lines.join("\n")
}

/// An article with `inserted` after its third paragraph.
fn with_box(inserted: &str) -> String {
    let made = each(|n, p| match n {
        3 => format!("{inserted}\n<p>{p}</p>\n"),
        _ => format!("<p>{p}</p>\n"),
    });
    page("", &format!("<article><h1>The bridge</h1>{made}</article>"))
}

#[test]
fn labels_and_calls_are_left_out_in_many_languages() {
    for label in [
        "Das könnte Sie auch interessieren",
        "Sur le même sujet",
        "Lo más leído",
        "Potrebbe interessarti anche",
        "Continua após a publicidade",
        "Tekst gaat verder onder de foto",
        "Przeczytaj również",
        "Mohlo by vás zajímat",
        "Διαβάστε επίσης",
        "İlginizi çekebilir",
        "Читайте также",
        "相关阅读",
        "関連記事",
        "Wir verwenden Cookies, um unsere Seite für Sie zu verbessern.",
        "Votre adresse e-mail ne sera pas publiée.",
        "12 Comments",
        "3 min read",
        "Schlagwörter: Brücke, Hafen",
    ] {
        let text = body(&with_box(&format!("<p>{label}</p>")));
        assert!(!text.contains(label), "{label}");
        assert!(TEXT.iter().all(|p| text.contains(p)), "{label}");
    }
    // A sentence that only speaks of such things stays.
    for sentence in [
        "Lo más leído de la prensa local fue durante años la lista de los barcos que entraban en el puerto.",
        "“Please subscribe to the fund,” the mayor told the people who had come to the quay on Monday.",
    ] {
        assert!(body(&with_box(&format!("<p>{sentence}</p>"))).contains(sentence));
    }
}

#[test]
fn boxes_are_known_by_their_names_in_other_languages() {
    let inside =
        "Ein Kasten mit einem Satz, der lang genug ist, um für einen Absatz gehalten zu werden.";
    for class in [
        "verwandte-artikel",
        "partage",
        "noticias-relacionadas",
        "articoli-correlati",
        "leia-tambem",
        "lees-ook",
        "czytaj-takze",
        "souvisejici",
        "c-kommentare",
    ] {
        let text = body(&with_box(&format!(
            "<div class=\"{class}\"><p>{inside}</p></div>"
        )));
        assert!(!text.contains(inside), "{class}");
        assert!(TEXT.iter().all(|p| text.contains(p)), "{class}");
    }
}

#[test]
fn text_for_machines_only_is_left_out() {
    let inside = "A sentence that is on the page for those programs only which read it aloud.";
    for attribute in [
        "class=\"sr-only\"",
        "class=\"visually-hidden\"",
        "class=\"d-none\"",
        "hidden",
    ] {
        let text = body(&with_box(&format!(
            "<div {attribute}><p>{inside}</p></div>"
        )));
        assert!(!text.contains(inside), "{attribute}");
    }
    let narrow = format!("<div class=\"d-none d-md-block\"><p>{inside}</p></div>");
    assert!(body(&with_box(&narrow)).contains(inside));
}

#[test]
fn text_that_waits_for_a_script_is_read() {
    let all = paragraphs();
    for main in [
        format!(
            "<article><h1>The bridge</h1><noscript>{all}</noscript><div id=\"app\"></div></article>"
        ),
        format!("<article style=\"display: none\"><h1>The bridge</h1>{all}</article>"),
    ] {
        let text = body(&page("", &main));
        assert!(TEXT.iter().all(|p| text.contains(p)), "{main}");
    }
}

#[test]
fn a_body_in_the_data_stands_for_its_beginning_on_the_page() {
    let data = serde_json::json!({
        "@type": "NewsArticle", "headline": "The bridge", "articleBody": TEXT.join("\n\n"),
    });
    let head = format!("<script type=\"application/ld+json\">{data}</script>");
    let shown: Vec<String> = TEXT[..3].iter().map(|p| format!("<p>{p}</p>")).collect();
    let main = format!("<article><h1>The bridge</h1>{}</article>", shown.concat());
    let loaded = read(&page(&head, &main));
    assert_eq!(blocks(&loaded, BlockKind::Paragraph), TEXT);
    assert_eq!(origin(&loaded, "article"), Some("JSON-LD articleBody"));
    // Where the page shows it all, its own paragraphs count.
    let main = format!("<article><h1>The bridge</h1>{}</article>", paragraphs());
    assert_eq!(origin(&read(&page(&head, &main)), "article"), Some("page"));
}

#[test]
fn what_readers_wrote_under_its_heading_is_left_out() {
    let comments: Vec<String> = (0..12)
        .map(|n| format!("<li><p>I crossed that bridge {n} times last year and it always felt shaky to me, honestly.</p></li>"))
        .collect();
    let main = format!(
        "<article><h1>The bridge</h1>{}</article><div class=\"box\"><h2>12 Comments</h2><ol>{}</ol></div>",
        paragraphs(),
        comments.concat()
    );
    let text = body(&page("", &main));
    assert!(!text.contains("I crossed") && TEXT.iter().all(|p| text.contains(p)));
    // Also where there is more of it than of the article.
    let main = format!(
        "<div class=\"post\"><h1>The bridge</h1><p>{}</p></div><div class=\"comment-area\"><ol>{}</ol></div>",
        TEXT[0],
        comments.concat()
    );
    let text = body(&page("", &main));
    assert!(!text.contains("I crossed") && text.contains(TEXT[0]));
}

#[test]
fn other_stories_in_the_same_markup_are_left_out() {
    let others: Vec<String> = (0..8)
        .map(|n| format!("<article class=\"card\"><h3><a href=\"/{n}\">A lighthouse keeper number {n} retires</a></h3><p>After forty years of storms keeper {n} goes home, and nobody wants his place.</p></article>"))
        .collect();
    let main = format!(
        "<article><h1>The bridge</h1>{}</article><section><h2>More news</h2>{}</section>",
        paragraphs(),
        others.concat()
    );
    let text = body(&page("", &main));
    assert!(!text.contains("forty years") && TEXT.iter().all(|p| text.contains(p)));
    let link =
        "<p><a href=\"/x\">Here is how the ferry got its name, and why nobody uses it now</a></p>";
    let text = body(&with_box(link));
    assert!(!text.contains("the ferry got") && TEXT.iter().all(|p| text.contains(p)));
}

#[test]
fn a_standfirst_apart_from_the_article_is_its_lead() {
    let lead =
        "Divers found deep cracks in two piers, and twelve thousand people must find another way.";
    let main = format!(
        "<div class=\"top\"><h1>The bridge</h1><div class=\"chapo\">{lead}</div></div><div class=\"content\">{}</div>",
        paragraphs()
    );
    let loaded = read(&page("", &main));
    assert_eq!(blocks(&loaded, BlockKind::Brief), [lead]);
    assert_eq!(origin(&loaded, "lead"), Some("standfirst"));
    assert_eq!(blocks(&loaded, BlockKind::Paragraph), TEXT);
}

#[test]
fn links_to_the_page_of_an_author_name_them() {
    let main = format!(
        "<article><h1>The bridge</h1><div class=\"m1\"><a href=\"/author/mara\">Mara Lindqvist</a> | <a href=\"/author/ola\">Ola Berg</a></div>{}</article>",
        paragraphs()
    );
    let loaded = read(&page("", &main));
    assert_eq!(loaded.document.meta.authors, ["Mara Lindqvist", "Ola Berg"]);
    assert_eq!(origin(&loaded, "authors"), Some("link to an author"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let hint = Hint { content_type: Some("text/html; charset=gb18030"), from: Some(Format::Html) };
        if let Ok(loaded) = load_as(&bytes, &Source::default(), hint) {
            let unsafe_here = loaded.document.text.contains(|c| c != '\n' && is_unsafe(c));
            prop_assert!(!unsafe_here);
        }
    }

    #[test]
    fn no_tag_soup_panics(soup in "(<(/?)(div|p|table|td|li|a|b|svg|template|select|script|h1|ul)( class=\"(nav|byline|share)\")?>|text of a line\\. |&#27;|<!--|]]>){0,60}") {
        let hint = Hint { content_type: None, from: Some(Format::Html) };
        let _ = load_as(soup.as_bytes(), &Source::default(), hint);
    }

    #[test]
    fn a_page_may_be_cut_anywhere(share in 0.0_f64..1.0) {
        let html = page("<title>A bridge</title><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"A bridge\"}</script>", &format!("<article><h1>A bridge</h1>{}</article>", paragraphs()));
        let cut = &html.as_bytes()[..(html.len() as f64 * share) as usize];
        let _ = load(cut, &Source::default());
    }
}
