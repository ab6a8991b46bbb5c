//! The feeds that a web page names in its head. Calls nothing.

use url::Url;

/// Media types of feeds.
const TYPES: [&str; 4] = [
    "application/atom+xml",
    "application/rss+xml",
    "application/feed+json",
    "application/rdf+xml",
];
/// Most that are listed.
const MOST: usize = 50;

/// The addresses of the feeds of a page, absolute, in the order of the page.
pub(super) fn links(html: &str, url: &str) -> Vec<String> {
    let page = dom_query::Document::from(html);
    let base = page.select("base[href]").attr("href");
    let own = Url::parse(url).ok();
    let base = match (&own, base) {
        (Some(own), Some(base)) => own.join(&base).ok(),
        (None, Some(base)) => Url::parse(&base).ok(),
        (own, None) => own.clone(),
    };
    let mut out: Vec<String> = Vec::new();
    for link in page.select("link[rel][href]").iter().take(MOST) {
        let of = |name: &str| link.attr(name).unwrap_or_default().to_ascii_lowercase();
        let media = of("type");
        let media = media.split(';').next().unwrap_or_default().trim();
        let rel = of("rel");
        if !rel.split_whitespace().any(|r| r == "alternate") || !TYPES.contains(&media) {
            continue;
        }
        let href = link.attr("href").unwrap_or_default();
        let found = match &base {
            Some(base) => base.join(href.trim()).ok(),
            None => Url::parse(href.trim()).ok(),
        };
        let found = found.filter(|u| matches!(u.scheme(), "http" | "https"));
        out.extend(found.map(String::from).filter(|u| !out.contains(u)));
    }
    out
}
