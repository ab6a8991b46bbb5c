//! The headline of a page: the longest first-level heading that the page's own data confirm; else
//! the data, less the name of the site. Calls `base::text`.

use super::head::Head;
use super::jsonld::Article;
use crate::base::text::fold;

/// Meta elements that give the headline.
const TITLES: &[&str] = &[
    "dc:title",
    "dc.title",
    "dcterm:title",
    "dcterms.title",
    "og:title",
    "twitter:title",
    "parsely-title",
    "title",
];

/// The headline, and where it was found.
pub(super) fn title(
    head: &Head,
    article: &Article,
    outlet: Option<&str>,
) -> Option<(String, &'static str)> {
    let social = head.any(TITLES);
    let claims = [
        article.headline.as_deref(),
        social.as_ref().map(|(t, _)| t.as_str()),
        head.title.as_deref(),
    ];
    let site = |text: &str| {
        outlet.is_some_and(|o| letters(o) == letters(text))
            || claims.iter().flatten().any(|claim| is_site_of(text, claim))
    };
    let confirmed = |h1: &&String| {
        let known = letters(h1);
        known.chars().count() >= 4
            && claims
                .iter()
                .flatten()
                .any(|claim| letters(claim).contains(&known))
    };
    let heading = head
        .h1
        .iter()
        .filter(confirmed)
        .filter(|h1| !site(h1))
        .max_by_key(|h1| h1.chars().count());
    if let Some(h1) = heading {
        return Some((h1.trim_end_matches(['¶', '#', ' ']).to_owned(), "h1"));
    }
    if let Some(headline) = &article.headline {
        return Some((headline.clone(), "JSON-LD headline"));
    }
    if let Some((title, key)) = social {
        let from = match key {
            "og:title" => "meta og:title",
            "twitter:title" => "meta twitter:title",
            _ => "meta title",
        };
        return Some((without_site(&title, outlet), from));
    }
    if let Some(title) = &head.title {
        return Some((without_site(title, outlet), "title element"));
    }
    head.h1.first().map(|h1| (h1.clone(), "h1"))
}

/// Whether `text` is the part of `claim` that names the site: its last part, or its first before a
/// longer one.
fn is_site_of(text: &str, claim: &str) -> bool {
    let text = letters(text);
    let size = |part: &str| letters(part).chars().count();
    SIGNS.iter().chain(&[": "]).any(|sign| {
        claim
            .rsplit_once(sign)
            .is_some_and(|(front, back)| letters(back) == text && size(front) > size(back))
            || claim
                .split_once(sign)
                .is_some_and(|(front, back)| letters(front) == text && size(back) > size(front) * 2)
    })
}

/// What stands between a headline and the name of the site.
const SIGNS: [&str; 8] = [" | ", " – ", " — ", " - ", " :: ", " » ", " · ", " / "];

/// Letters and figures only, in small letters.
pub(in crate::ingest) fn letters(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `A headline | The Daily` → `A headline`: the last part goes if it is the site's name, or if it
/// is short beside the rest and a bar or a dash with spaces parts the two.
fn without_site(title: &str, outlet: Option<&str>) -> String {
    for sign in SIGNS {
        let Some((front, back)) = title.rsplit_once(sign) else {
            continue;
        };
        let (site, back_letters) = (outlet.map(letters), letters(back));
        let named = site.is_some_and(|site| !site.is_empty() && back_letters.contains(&site));
        let short = back.split_whitespace().count() <= 4 && front.split_whitespace().count() >= 4;
        if named || (short && sign != " / " && sign != " · ") {
            return front.trim().to_owned();
        }
    }
    title.to_owned()
}
