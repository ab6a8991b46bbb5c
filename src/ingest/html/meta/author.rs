//! The authors of a page: JSON-LD, meta elements, elements marked as the author's, and last what
//! stands in an author line. Each must look like a name. Calls `byline` of this room.

use super::head::Head;
use super::jsonld::Article;
use super::title::letters;
use crate::ingest::byline::byline;
use crate::ingest::html::pieces::Piece;

/// Most words of a name that was only found in an author line.
const LONGEST: usize = 5;

/// The authors, and where they were found.
pub(super) fn authors(
    head: &Head,
    article: &Article,
    pieces: &[Piece],
    outlet: Option<&str>,
) -> (Vec<String>, &'static str) {
    let metas = [
        "author",
        "article:author_name",
        "parsely-author",
        "sailthru.author",
        "dc.creator",
        "dcterms.creator",
        "dc:creator",
        "article:author",
        "byl",
        "twitter:creator_name",
    ];
    let of_meta = metas
        .iter()
        .map(|key| head.metas(key))
        .find(|names| names.iter().any(|n| is_name(n)));
    let sources: [(Vec<String>, &'static str); 3] = [
        (article.authors.clone(), "JSON-LD author"),
        (of_meta.unwrap_or_default(), "meta author"),
        (head.authors.clone(), "element marked as author"),
    ];
    for (found, from) in sources {
        let marked = from.starts_with("element");
        let names: Vec<String> = found
            .iter()
            .flat_map(|text| split(text))
            .filter(|name| is_name(name) && (!marked || short(name)))
            .collect();
        let names = distinct(names);
        if !names.is_empty() && (names.len() > 1 || !is_outlet(&names[0], outlet)) {
            return (names, from);
        }
    }
    let lines = pieces.iter().filter(|p| {
        p.place.author
            && !p.place.comments
            && !p.place.related
            && !p.place.footer
            && p.length() <= 120
    });
    for piece in lines {
        let found = byline(&piece.text).map(|b| b.authors).unwrap_or_default();
        let found: Vec<String> = if found.is_empty() {
            split(&piece.text)
        } else {
            found
        };
        let names: Vec<String> = found
            .into_iter()
            .filter(|n| is_name(n) && short(n) && is_cased(n))
            .collect();
        if !names.is_empty() && !is_outlet(&names[0], outlet) {
            return (distinct(names), "author line");
        }
    }
    let lines = pieces.iter().filter(|p| p.length() <= 100).take(200);
    for piece in lines {
        if let Some(found) = byline(&piece.text).filter(|b| b.marked && !b.authors.is_empty()) {
            return (found.authors, "author line");
        }
    }
    (article.authors.clone(), "JSON-LD author")
}

fn is_outlet(name: &str, outlet: Option<&str>) -> bool {
    outlet.is_some_and(|o| letters(o) == letters(name))
}

fn short(name: &str) -> bool {
    name.split_whitespace().count() <= LONGEST
}

/// Whether the words of a name begin with capitals, where the script has any.
fn is_cased(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = words
        .iter()
        .filter(|w| w.starts_with(char::is_lowercase))
        .count();
    small * 2 < words.len() && words.len() >= 2
}

/// Whether a text may be a name: not an address, not a number, not a sentence.
fn is_name(text: &str) -> bool {
    let address = text.contains("://")
        || text.contains("www.")
        || text.contains('@')
        || text.contains(".com/");
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let folded = text.to_lowercase();
    let nobody = [
        "admin",
        "administrator",
        "editor",
        "staff",
        "author",
        "webmaster",
        "null",
        "undefined",
        "unknown",
        "guest",
        "n/a",
        "none",
        "view all posts",
    ];
    !address
        && letters >= 2
        && digits <= 2
        && text.chars().count() <= 100
        && !nobody.contains(&folded.as_str())
}

/// `By Jane Roe and John Doe` → the two names.
fn split(text: &str) -> Vec<String> {
    let mut text = text.trim();
    for lead in [
        "By ",
        "by ",
        "BY ",
        "By: ",
        "Written by ",
        "Posted by ",
        "Words by ",
        "Par ",
        "par ",
        "Por ",
        "por ",
        "Von ",
        "von ",
        "Di ",
        "Da ",
        "Author: ",
        "Autor: ",
        "Text: ",
        "От ",
    ] {
        if let Some(rest) = text.strip_prefix(lead) {
            text = rest.trim();
        }
    }
    let text = text.split(" | ").next().unwrap_or(text);
    let mut names = Vec::new();
    for part in text
        .split([';', '/'])
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" & "))
        .flat_map(|p| p.split(", "))
    {
        let part = part.trim().trim_matches([',', '.', ':']).trim();
        let part = part.strip_prefix("and ").unwrap_or(part);
        // A degree or a job behind a comma is no second author.
        let degree =
            part.chars().count() <= 4 && part.chars().all(|c| c.is_uppercase() || c == '.');
        if !part.is_empty() && !(degree && !names.is_empty()) {
            names.push(part.to_owned());
        }
    }
    names
}

fn distinct(names: Vec<String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in names {
        if !out.iter().any(|o| letters(o) == letters(&name)) && out.len() < 20 {
            out.push(name);
        }
    }
    out
}
