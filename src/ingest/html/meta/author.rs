//! The authors of a page: JSON-LD, meta elements, elements marked as the author's, and last what
//! stands in an author line. Each must look like a name. Calls `byline` of this room.

use super::head::Head;
use super::jsonld::Article;
use super::title::letters;
use crate::ingest::byline::byline;
use crate::ingest::dates::is_calendar_word;
use crate::ingest::html::pieces::{Kind, Piece};

/// Most words of a name that was only found in an author line.
const LONGEST: usize = 5;

/// Meta elements that give the author.
const METAS: &[&str] = &[
    "dc:creator",
    "dc.creator",
    "dcterm:creator",
    "dcterms.creator",
    "author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "article:author",
    "byl",
];

/// The authors, and where they were found.
pub(super) fn authors(
    head: &Head,
    article: &Article,
    pieces: &[Piece],
    outlet: Option<&str>,
) -> (Vec<String>, &'static str) {
    let of_meta = METAS
        .iter()
        .map(|key| head.metas(key))
        .find(|names| names.iter().any(|n| is_name(without_aside(n))));
    let sources: [(Vec<String>, &'static str); 3] = [
        (article.authors.clone(), "JSON-LD author"),
        (of_meta.unwrap_or_default(), "meta author"),
        (head.authors.clone(), "element marked as author"),
    ];
    for (found, from) in &sources {
        let from = *from;
        let marked = from.starts_with("element");
        let names: Vec<String> = found
            .iter()
            .map(|text| without_handle(without_aside(text)))
            .filter(|text| is_name(text))
            .flat_map(split)
            .filter(|name| is_name(name) && (!marked || short(name)))
            .collect();
        let mut names = distinct(names);
        if names.iter().any(|name| !is_outlet(name, outlet)) {
            names.retain(|name| !is_outlet(name, outlet));
        }
        if !names.is_empty() && (names.len() > 1 || !is_outlet(&names[0], outlet)) {
            return (names, from);
        }
    }
    let lines = pieces.iter().filter(|p| {
        p.place.author
            && !p.place.comments
            && !p.place.related
            && !p.place.apart
            && !p.place.aside
            && !p.place.footer
            && p.length() <= 120
    });
    for piece in lines {
        // "Von" and "di" begin a line here, and no name.
        let own = without_by(&piece.text) != piece.text;
        let found = byline(&piece.text)
            .filter(|b| b.marked || !own)
            .map(|b| b.authors);
        let found = found.filter(|names| !names.is_empty()).unwrap_or_else(|| {
            let segments = piece.text.split(['|', '•', '·']);
            segments.flat_map(split).collect()
        });
        let names: Vec<String> = found
            .iter()
            .map(|name| without_weekday(name).to_owned())
            .filter(|n| is_name(n) && short(n) && is_cased(n) && !is_desk(n))
            .collect();
        if !names.is_empty() && !is_outlet(&names[0], outlet) {
            return (distinct(names), "author line");
        }
    }
    // Links to what somebody has written.
    let linked = head.linked_authors.iter().filter(|text| short(text));
    let linked = linked.flat_map(|text| split(text));
    let linked = linked.filter(|n| is_name(n) && is_cased(n) && !is_desk(n));
    let linked = distinct(linked.collect());
    if !linked.is_empty() && !is_outlet(&linked[0], outlet) {
        return (linked, "link to an author");
    }
    let lines = pieces.iter().filter(|p| p.length() <= 100).take(200);
    for piece in lines {
        if let Some(found) = byline(&piece.text).filter(|b| b.marked && !b.authors.is_empty()) {
            return (found.authors, "author line");
        }
    }
    // The same in other languages: nothing but names behind the word.
    let lines = pieces.iter().filter(|p| {
        p.length() <= 60 && p.kind == Kind::Paragraph && p.linked == 0 && !p.place.comments
    });
    for piece in lines.take(200) {
        let rest = without_by(&piece.text);
        let names = split(rest);
        let fits =
            |n: &String| is_name(n) && is_cased(n) && !is_desk(n) && n.split(' ').count() <= 4;
        let bare =
            !piece.text.ends_with(['.', '!', '?', ':']) && !rest.contains([':', '“', '"', '«']);
        if rest.len() < piece.text.len() && bare && !names.is_empty() && names.iter().all(fits) {
            return (distinct(names), "author line");
        }
    }
    // The outlet itself, where nobody else is named.
    let sources = sources.into_iter().map(|(found, from)| {
        let names = found
            .into_iter()
            .filter(|n| is_name(n) && is_outlet(n, outlet));
        (distinct(names.collect()), from)
    });
    let outlet = sources.into_iter().find(|(names, _)| !names.is_empty());
    outlet.unwrap_or_default()
}

fn is_outlet(name: &str, outlet: Option<&str>) -> bool {
    outlet.is_some_and(|o| letters(o) == letters(name))
}

/// Whether a name is rather that of a desk, a job or a part of the site.
fn is_desk(name: &str) -> bool {
    if name.eq_ignore_ascii_case("Associated Press") {
        return false;
    }
    let mut words = name.split_whitespace();
    words.any(|w| JOBS.contains(&w.to_lowercase().trim_matches(['.', ','])))
}

fn short(name: &str) -> bool {
    name.split_whitespace().count() <= LONGEST
}

/// Whether the words of a name begin with capitals, where the script has any; a name of one word is
/// one only where words are not parted: "林美樹".
fn is_cased(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let small = words
        .iter()
        .filter(|w| w.starts_with(char::is_lowercase))
        .count();
    let unparted = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    let whole = name.chars().all(unparted) && (2..=6).contains(&name.chars().count());
    small * 2 < words.len() && (words.len() >= 2 || whole)
}

/// Whether a text may be a name: not an address, not a number, not a sentence.
fn is_name(text: &str) -> bool {
    let address = text.contains("://")
        || text.contains("www.")
        || text.contains('@')
        || text.contains(".com/");
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let folded = text.trim().to_lowercase();
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
        "anonymous",
        "redaktion",
        "redakcja",
        "redakce",
        "redacción",
        "redazione",
        "redação",
        "redactie",
        "rédaction",
        "la rédaction",
        "la redazione",
        "die redaktion",
        "de redactie",
        "редакция",
        "super user",
        "wordpress",
        "user",
    ];
    let site = !text.contains(' ')
        && text.rsplit_once('.').is_some_and(|(front, end)| {
            front.len() > 2 && end.len() >= 2 && end.bytes().all(|b| b.is_ascii_lowercase())
        });
    !address
        && !site
        && letters >= 2
        && digits <= 2
        && text.chars().count() <= 100
        && !nobody.contains(&folded.as_str())
}

/// Words that a line with an author begins with, with a space behind.
const BY: &[&str] = &[
    "by",
    "written by",
    "posted by",
    "words by",
    "story by",
    "author",
    "par",
    "por",
    "von",
    "di",
    "da",
    "de",
    "door",
    "od",
    "av",
    "af",
    "autor",
    "auteur",
    "auteurs",
    "text",
    "от",
    "автор",
    "posté par",
    "publié par",
    "écrit par",
    "rédigé par",
    "ein artikel von",
    "ein beitrag von",
    "geschrieben von",
    "verfasst von",
    "veröffentlicht von",
    "autoren",
    "autorin",
    "scritto da",
    "pubblicato da",
    "a cura di",
    "postato da",
    "escrito por",
    "publicado por",
    "postado por",
    "enviado por",
    "geschreven door",
    "geplaatst door",
    "napisał",
    "napisała",
    "napsal",
    "napsala",
    "skrevet av",
    "skrevet af",
    "tekst",
    "reported by",
    "reporting by",
    "published by",
    "submitted by",
    "authors",
    "γράφει ο",
    "γράφει η",
    "του",
    "της",
    "yazan",
    "yazar",
    "作者",
    "文",
];

/// Words between two names.
const AND: &[&str] = &[
    " and ", " & ", " et ", " und ", " y ", " e ", " en ", " och ", " og ", " i ", " и ", " with ",
];

/// Words of jobs and outlets, which a name does not have.
const JOBS: &[&str] = &[
    "staff",
    "senior",
    "junior",
    "editor",
    "correspondent",
    "reporter",
    "writer",
    "news",
    "professor",
    "director",
    "contributor",
    "chief",
    "bureau",
    "special",
    "columnist",
    "journalist",
    "analyst",
    "fellow",
    "associate",
    "manager",
    "producer",
    "photographer",
    "team",
    "desk",
    "agency",
    "magazine",
    "project",
    "university",
    "institute",
    "policy",
    "president",
    "founder",
    "ceo",
    "coordinator",
    "technologist",
    "media",
    "press",
    "online",
    "redaktion",
    "redaktor",
    "redaction",
    "redaccion",
];

/// `By Jane Roe and John Doe, Staff Writers` → the two names.
fn split(text: &str) -> Vec<String> {
    let text = without_editor(without_date(text.trim()));
    let text = text.split([';', '|', '•', '·']);
    let mut names: Vec<String> = Vec::new();
    for part in text.flat_map(|part| and_parts(without_by(part))) {
        for (n, name) in part.split(", ").enumerate() {
            let name = without_by(name).trim_matches([',', '.', ':', '-', '–', ' ']);
            let words = name.split_whitespace().count();
            let job = n > 0
                && name
                    .split_whitespace()
                    .any(|w| JOBS.contains(&w.to_lowercase().trim_matches('.')));
            let name = without_handle(without_weekday(name));
            // A degree or a job behind a comma is no second author, nor is a single word.
            if name.is_empty() || job || (n > 0 && words < 2) {
                continue;
            }
            names.push(name.to_owned());
        }
    }
    names
}

/// The parts between "and"s, where all of them can be names.
fn and_parts(text: &str) -> Vec<&str> {
    let mut parts = vec![text];
    for and in AND {
        let split: Vec<&str> = parts.iter().flat_map(|p| p.split(and)).collect();
        let full = |p: &&str| p.split_whitespace().count() >= 2;
        if split.iter().all(full) || matches!(*and, " and ") {
            parts = split;
        }
    }
    parts
}

/// Cuts what stands in brackets: an address, or with whom.
fn without_aside(text: &str) -> &str {
    let Some((front, aside)) = text.split_once('(') else {
        return text;
    };
    let aside = aside.to_lowercase();
    let known = ["http", "www.", "avec ", "with ", "mit ", "con ", "com "];
    // A place or a paper behind the name.
    let behind = aside.ends_with(')') && front.trim().contains(' ');
    if behind || known.iter().any(|k| aside.starts_with(k)) {
        return front.trim();
    }
    text
}

fn without_by(text: &str) -> &str {
    let mut text = text.trim();
    // "Text: Von Jane Roe" has two.
    for _ in 0..2 {
        let lower = text.to_lowercase();
        let lead = BY.iter().filter(|by| {
            lower
                .strip_prefix(**by)
                .is_some_and(|rest| rest.starts_with([' ', ':', '：', '\u{a0}']))
        });
        let Some(lead) = lead.max_by_key(|by| by.len()) else {
            return text;
        };
        // A particle may well be the beginning of a name: "de la Cruz".
        let rest = text
            .get(lead.len()..)
            .unwrap_or("")
            .trim_start_matches([':', '：', ' ', '\u{a0}']);
        if !rest.starts_with(|c: char| !c.is_lowercase()) {
            return text;
        }
        text = rest;
    }
    text
}

/// Cuts the name of a day behind a name: "Jane Roe Monday".
fn without_weekday(name: &str) -> &str {
    match name.rsplit_once(' ') {
        Some((front, last)) if front.contains(' ') && is_weekday(last) => front.trim_end(),
        _ => name,
    }
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ]
    .contains(&word.as_str())
}

/// Cuts an account behind a name: "Jane Roe @janeroe".
fn without_handle(name: &str) -> &str {
    match name.split_once(" @") {
        Some((front, _)) if front.contains(' ') => front.trim_end(),
        _ => name,
    }
}

/// Cuts a text before who edited, photographed or translated it.
fn without_editor(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let others = [
        " edited by ",
        " photographs by ",
        " photos by ",
        " illustrated by ",
        " translated by ",
    ];
    let at = others.iter().filter_map(|other| lower.find(other)).min();
    &text[..at.unwrap_or(text.len())]
}

/// Cuts a text before the first figure or name of a month or day that figures follow.
fn without_date(text: &str) -> &str {
    let mut end = text
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(text.len());
    let mut head = text[..end].trim_end();
    while let Some((before, word)) = head.rsplit_once(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let dated =
            end < text.len() && (is_calendar_word(bare) || is_label(bare) || bare.is_empty());
        if !dated {
            break;
        }
        head = before.trim_end();
        end = head.len();
    }
    head.trim_end_matches([',', '|', '-', '–', '•', '·', ' '])
}

fn is_label(word: &str) -> bool {
    ["updated", "published", "posted", "on", "at", "last"].contains(&word.to_lowercase().as_str())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_with_authors_give_their_names() {
        for (line, names) in [
            ("By Mara Lindqvist", &["Mara Lindqvist"][..]),
            (
                "Mara Lindqvist and Ola Berg",
                &["Mara Lindqvist", "Ola Berg"],
            ),
            (
                "Von Mara Lindqvist und Ola Berg",
                &["Mara Lindqvist", "Ola Berg"],
            ),
            (
                "By Mara Lindqvist, Senior Staff Writer",
                &["Mara Lindqvist"],
            ),
            (
                "By Mara Lindqvist, Ola Berg",
                &["Mara Lindqvist", "Ola Berg"],
            ),
            ("Mara Lindqvist, MA", &["Mara Lindqvist"]),
            ("by Mara Lindqvist17 Mar 2025 88", &["Mara Lindqvist"]),
            (
                "By Mara Lindqvist March 17, 2025 3:46 PM",
                &["Mara Lindqvist"],
            ),
            (
                "Written by Mara Lindqvist Edited by Ola Berg",
                &["Mara Lindqvist"],
            ),
            ("Por Mara Lindqvist @maralind", &["Mara Lindqvist"]),
            ("Mara Elisa Lindqvist Monday", &["Mara Elisa Lindqvist"]),
            ("Geschrieben von Mara Lindqvist", &["Mara Lindqvist"]),
            ("作者：林美樹", &["林美樹"]),
            ("Berg & Sons", &["Berg & Sons"]),
            ("De la Cruz", &["De la Cruz"]),
        ] {
            assert_eq!(split(line), names, "{line}");
        }
        for (name, cased) in [
            ("Mara Lindqvist", true),
            ("Mara", false),
            ("林美樹", true),
            ("김민서", true),
            ("昨日市議会は新しい条例を", false),
        ] {
            assert_eq!(is_cased(name), cased, "{name}");
        }
        assert!(
            !is_name("https://example.org/mara") && !is_name("admin") && !is_name("m@example.org")
        );
    }
}
