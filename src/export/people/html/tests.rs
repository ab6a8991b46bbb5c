//! Tests of the page: nothing of the article is markup, nothing is loaded, every link leads
//! somewhere.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::export::fixture::{any_annotated, article};

fn page(annotated: &Annotated, highlights: &[Highlight]) -> String {
    String::from_utf8(write(annotated, highlights).unwrap()).unwrap()
}

/// The page without its own style and script and without the data block.
fn words(page: &str) -> String {
    let mut out = page.replace(STYLE, "").replace(SCRIPT, "");
    let from = out.find("<script type=\"application/ld+json\">").unwrap();
    let to = from + out[from..].find("</script>").unwrap();
    out.replace_range(from..to, "<script>");
    out
}

/// Names of the elements of a page: what stands behind each `<`.
fn elements(page: &str) -> std::collections::BTreeSet<String> {
    let names = page.split('<').skip(1).map(|rest| {
        let name = rest.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '!');
        name[..end.unwrap_or(name.len())].to_owned()
    });
    names.collect()
}

#[test]
fn hostile_words_are_shown_as_text() {
    let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\
                   \" onmouseover=\"alert(3) ' x='y &lt;b&gt; &amp; <!-- <style> javascript:alert(4)";
    let (mut annotated, mut highlights) = article();
    let clean = elements(&words(&page(&annotated, &highlights)));
    let mut document = (*annotated.document).clone();
    document.meta.title = None;
    document.meta.authors = vec![hostile.to_owned()];
    document.meta.outlet = Some(hostile.to_owned());
    document.meta.uri = Some(format!("https://e.example/{hostile}"));
    document.meta.language = Some(hostile.to_owned());
    document.meta.topics = vec![hostile.to_owned()];
    let at = document.text.len();
    document.text = format!("{}\n{hostile}", document.text).into();
    document.blocks.push(crate::model::Block {
        kind: BlockKind::Paragraph,
        span: crate::base::Span::new(at + 1, at + 1 + hostile.len()),
    });
    annotated.document = Arc::new(document);
    annotated.entities[0].name = hostile.to_owned();
    annotated.entities[0].aliases = vec![hostile.to_owned()];
    annotated.entities[0].role = Some(hostile.to_owned());
    annotated.issues[0].name = hostile.to_owned();
    annotated.links[0].why = hostile.to_owned();
    highlights[0].note = Some(hostile.to_owned());
    highlights[0].tags = vec![hostile.to_owned()];
    let page = page(&annotated, &highlights);
    assert_eq!(
        page.matches("<script").count(),
        2,
        "data block and our own script"
    );
    assert_eq!(page.matches("</script").count(), 2);
    let shown = words(&page);
    assert_eq!(
        elements(&shown),
        clean,
        "no element that a tame article has not"
    );
    // No attribute is left early: nothing but our own names stand before `="`.
    for name in ["onerror", "onmouseover", "onload", "style"] {
        assert!(!shown.contains(&format!(" {name}=\"")), "{name}");
    }
    assert!(shown.contains("&lt;img src=x onerror=alert(2)&gt;"));
    assert!(shown.contains("&amp;lt;b&amp;gt;"));
    assert!(!shown.contains("href=\"javascript:"));
}

#[test]
fn the_page_asks_for_nothing_and_allows_only_itself() {
    let (annotated, highlights) = article();
    let page = page(&annotated, &highlights);
    assert!(page.contains(&format!("script-src 'sha256-{}'", checksum(SCRIPT))));
    assert!(page.contains(&format!("style-src 'sha256-{}'", checksum(STYLE))));
    for loader in [
        "src=",
        "@import",
        "url(",
        "<iframe",
        "<object",
        "<link rel=\"style",
        " style=",
    ] {
        assert!(!page.contains(loader), "{loader}");
    }
    for fetching in [
        "fetch(",
        "XMLHttp",
        "import(",
        "eval(",
        "innerHTML",
        "WebSocket",
    ] {
        assert!(!SCRIPT.contains(fetching), "{fetching}");
    }
}

#[test]
fn every_link_inside_the_page_leads_somewhere() {
    let (annotated, highlights) = article();
    let page = page(&annotated, &highlights);
    let links: Vec<&str> = page
        .split("href=\"#")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(links.len() > 8, "{links:?}");
    for link in links {
        let id = format!("id=\"{link}\"");
        assert_eq!(page.matches(&id).count(), 1, "{link}");
    }
}

proptest! {
    #[test]
    fn elements_are_closed_in_order_and_the_text_is_whole(made in any_annotated()) {
        let (annotated, highlights) = made;
        let shown = words(&page(&annotated, &highlights));
        let mut open: Vec<&str> = Vec::new();
        for part in shown.split('<').skip(1) {
            let tag = part.split('>').next().unwrap();
            if let Some(name) = tag.strip_prefix('/') {
                prop_assert_eq!(open.pop(), Some(name));
            } else if !tag.starts_with("!doctype") {
                let name = tag.split([' ', '/']).next().unwrap();
                let void = ["meta", "link", "input", "rect", "path"].contains(&name);
                if !void { open.push(name); }
            }
        }
        prop_assert!(open.is_empty(), "{:?}", open);
    }
}
