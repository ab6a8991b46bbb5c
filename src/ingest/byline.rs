//! Author lines and datelines: `By Jane Roe and John Doe, The Daily`, `Jane Roe | Outlet`,
//! `PARIS, March 3, 2025 (AFP) — …`. A name must look like a name: a sentence, a section heading
//! or a place is never taken for an author. Calls `dates`.

use jiff::civil::Date;

use super::dates::{DateLine, date_line, is_calendar_word};

/// What an author line says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Byline {
    /// Names, in the order given.
    pub authors: Vec<String>,
    /// The paper or agency.
    pub outlet: Option<String>,
    /// The date on the same line.
    pub date: Option<DateLine>,
    /// Whether the line says itself that it is an author line ("By …", "Author: …").
    pub marked: bool,
}

/// Words that a name does not have, lower case: sections, directions, kinds of place.
const NOT_NAMES: &[&str] = &[
    "news",
    "world",
    "politics",
    "opinion",
    "sports",
    "sport",
    "business",
    "culture",
    "analysis",
    "breaking",
    "exclusive",
    "live",
    "editorial",
    "letter",
    "letters",
    "today",
    "daily",
    "east",
    "west",
    "north",
    "south",
    "middle",
    "central",
    "united",
    "states",
    "kingdom",
    "nations",
    "union",
    "republic",
    "white",
    "house",
    "europe",
    "asia",
    "africa",
    "america",
    "arabia",
    "korea",
    "zealand",
    "city",
    "county",
    "state",
    "the",
    "a",
    "an",
    "of",
    "in",
    "on",
    "for",
    "to",
    "at",
    "from",
    "with",
    "is",
    "are",
    "was",
    "what",
    "why",
    "how",
    "who",
    "when",
    "this",
    "that",
    "these",
    "our",
    "your",
    "their",
    "not",
    "no",
    "new",
    "after",
    "before",
    "says",
];

/// Small words inside a name.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "der", "den", "van", "von", "da", "di", "do", "dos", "du", "la", "le",
    "al", "el", "bin", "ibn", "ter", "ten", "y", "e", "zu", "st.",
];

/// Job words that may follow a name after a comma.
const JOBS: &[&str] = &[
    "correspondent",
    "reporter",
    "editor",
    "writer",
    "columnist",
    "staff",
    "contributor",
    "journalist",
    "producer",
];

/// Reads an author line; `None` if the line is anything else.
pub(super) fn byline(line: &str) -> Option<Byline> {
    let line = line.trim().trim_matches(['*', '_']).trim();
    if line.is_empty() || line.chars().count() > 120 {
        return None;
    }
    let (rest, marked) = unmark(line);
    let rest = rest.trim_end_matches('.').trim();
    let mut segments = rest.split(['|', '·', '•', '—', '–']).map(str::trim);
    let first = segments.next().unwrap_or_default();
    let (names, tail) = match first.split_once(',') {
        Some((names, tail)) => (names, Some(tail.trim())),
        None => match first.split_once(" for ").filter(|_| marked) {
            Some((names, tail)) => (names, Some(tail.trim())),
            None => (first, None),
        },
    };
    let mut out = Byline {
        marked,
        ..Byline::default()
    };
    out.authors = names_in(names, marked)?;
    if let Some(tail) = tail {
        out.tail(tail)?;
    }
    for segment in segments {
        out.segment(segment)?;
    }
    Some(out)
}

impl Byline {
    /// What follows the first name and a comma: more names, a job, an outlet, a date.
    fn tail(&mut self, tail: &str) -> Option<()> {
        if let Some(date) = date_line(tail) {
            self.date = Some(date);
            return Some(());
        }
        let parts: Vec<&str> = tail.split(',').map(str::trim).collect();
        // "Jane Roe, John Doe and Max Mill": more names, if each part is one.
        let more: Option<Vec<Vec<String>>> = parts.iter().map(|p| names_in(p, false)).collect();
        match more {
            Some(more) if tail.contains(" and ") || parts.len() > 1 => {
                self.authors.extend(more.into_iter().flatten());
                Some(())
            }
            _ => parts.into_iter().try_for_each(|part| self.segment(part)),
        }
    }

    /// A date, a job or an outlet; `None` if it can be neither.
    fn segment(&mut self, text: &str) -> Option<()> {
        if let Some(date) = date_line(text) {
            self.date = Some(date);
            return Some(());
        }
        let mut words = text.split_whitespace();
        if words.any(|w| JOBS.contains(&w.to_lowercase().as_str())) {
            return Some(());
        }
        let outlet = text.split_whitespace().count() <= 6
            && text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !text.ends_with(['.', '!', '?']);
        if !outlet {
            return None;
        }
        self.outlet.get_or_insert_with(|| text.to_owned());
        Some(())
    }
}

/// The line without "By", "Author:" and the like, and whether it had one.
fn unmark(line: &str) -> (&str, bool) {
    let marks = [
        "by:",
        "by ",
        "author:",
        "authors:",
        "written by ",
        "reported by ",
        "reporting by ",
        "story by ",
        "words by ",
    ];
    let lower = line.to_ascii_lowercase();
    match marks.iter().find(|m| lower.starts_with(**m)) {
        Some(mark) => (line[mark.len()..].trim(), true),
        None => (line, false),
    }
}

/// `X`, `X and Y`, `X & Y`: every part must be a plausible name.
fn names_in(text: &str, marked: bool) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for part in text.split(" and ").flat_map(|p| p.split(" & ")) {
        let part = part.trim().trim_end_matches(',').trim();
        if !plausible(part, marked) {
            return None;
        }
        names.push(display(part));
    }
    (!names.is_empty() && names.len() <= 8).then_some(names)
}

/// Whether `name` looks like the name of a person; a marked line may also give one word or a desk.
fn plausible(name: &str, marked: bool) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let most = if marked { 6 } else { 5 };
    let least = if marked { 1 } else { 2 };
    if let [word] = words.as_slice()
        && is_calendar_word(word)
    {
        return false;
    }
    if words.len() < least || words.len() > most || name.chars().count() > 60 {
        return false;
    }
    let mut capitals = 0;
    for (n, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        if NOT_NAMES.contains(&lower.as_str()) && !marked {
            return false;
        }
        if PARTICLES.contains(&lower.as_str()) && n + 1 < words.len() {
            continue;
        }
        let letters = word
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‐') || is_mark(c));
        if !letters || !word.starts_with(char::is_uppercase) {
            return marked && n > 0 && letters && capitals > 0 && JOBS.contains(&lower.as_str());
        }
        // A full stop belongs to an initial or "Jr.", not to the end of a sentence.
        if word.ends_with('.') && word.chars().count() > 4 {
            return false;
        }
        capitals += 1;
    }
    capitals >= least
}

/// Combining marks of the Latin and Greek scripts.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// A name in capitals as a name: `SARAH JOHNSON` → `Sarah Johnson`.
fn display(name: &str) -> String {
    let shouting = name.chars().filter(|c| c.is_alphabetic()).count() > 4
        && !name.chars().any(char::is_lowercase);
    let words = name.split_whitespace().map(|word| {
        if !shouting || word.chars().count() < 3 {
            return word.to_owned();
        }
        let mut start = true;
        word.chars()
            .flat_map(|c| {
                let up = std::mem::replace(&mut start, matches!(c, '-' | '\'' | '’'));
                let lower: Vec<char> = if up {
                    vec![c]
                } else {
                    c.to_lowercase().collect()
                };
                lower
            })
            .collect()
    });
    words.collect::<Vec<String>>().join(" ")
}

/// Outlet and date of an agency dateline at the start of a paragraph: `PARIS, March 3, 2025 (AFP)
/// — …`, `(Reuters) - …`. The text itself is not touched.
pub(super) fn dateline(paragraph: &str) -> Option<(String, Option<Date>)> {
    let (place, rest) = paragraph.split_once('(')?;
    let (agency, rest) = rest.split_once(')')?;
    let dash = rest.trim_start().starts_with(['-', '–', '—', ':']);
    let named = agency.starts_with(char::is_uppercase)
        && agency.chars().count() <= 30
        && agency.split_whitespace().count() <= 4;
    if !dash || !named || place.chars().count() > 60 {
        return None;
    }
    let (town, date) = match place.split_once(',') {
        Some((town, date)) => (town, date),
        None => (place, ""),
    };
    // The town of a dateline is in capitals ("LONDON", "NEW YORK", "ST. PETERSBURG").
    if town.chars().any(char::is_lowercase) {
        return None;
    }
    let date = date_line(date.trim()).and_then(|d| d.date);
    Some((agency.trim().to_owned(), date))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn authors(line: &str) -> Option<Vec<String>> {
        byline(line).map(|b| b.authors)
    }

    #[test]
    fn authors_are_read_from_common_lines() {
        for line in [
            "Sarah Johnson",
            "By Sarah Johnson",
            "BY SARAH JOHNSON",
            "By: Sarah Johnson",
            "**By Sarah Johnson**",
            "By Sarah Johnson, Senior Correspondent",
            "Author: Sarah Johnson",
        ] {
            assert_eq!(
                authors(line),
                Some(vec!["Sarah Johnson".to_owned()]),
                "{line}"
            );
        }
        let two = authors("By Ann-Marie O’Neill and Ludwig van der Berg").unwrap();
        assert_eq!(two, ["Ann-Marie O’Neill", "Ludwig van der Berg"]);
        let three = authors("By Ann Lee, Bo Dahl and J. K. Moe").unwrap();
        assert_eq!(three, ["Ann Lee", "Bo Dahl", "J. K. Moe"]);
        let line = byline("By Ann Lee, The Daily Planet").unwrap();
        assert_eq!(
            (line.authors.len(), line.outlet.as_deref()),
            (1, Some("The Daily Planet"))
        );
        let dated = byline("By Ann Lee — 3 March 2025").unwrap();
        assert!(dated.date.is_some_and(|d| d.date.is_some()) && dated.outlet.is_none());
        let dated = byline("By Ann Lee, March 3, 2025").unwrap();
        assert!(dated.date.is_some_and(|d| d.date.is_some()) && dated.outlet.is_none());
        assert_eq!(
            byline("Ann Lee | Reuters").unwrap().outlet.as_deref(),
            Some("Reuters")
        );
    }

    #[test]
    fn what_is_no_name_is_no_byline() {
        for line in [
            "By the time the troops arrived, it was over.",
            "By Monday",
            "By Monday it was clear that nobody would sign",
            "Middle East",
            "World News",
            "Saudi Arabia",
            "The end of an era",
            "Russia clings to its demands.",
            "March 17, 2025",
            "",
            "By",
        ] {
            assert_eq!(authors(line), None, "{line}");
        }
    }

    #[test]
    fn datelines_give_outlet_and_full_date() {
        let (outlet, date) = dateline("PARIS, March 3, 2025 (AFP) — Talks began").unwrap();
        assert_eq!(
            (outlet.as_str(), date.unwrap().to_string().as_str()),
            ("AFP", "2025-03-03")
        );
        assert_eq!(
            dateline("WASHINGTON, March 3 (AP) - x"),
            Some(("AP".to_owned(), None))
        );
        assert_eq!(
            dateline("(Reuters) - x"),
            Some(("Reuters".to_owned(), None))
        );
        assert_eq!(
            dateline("The North Atlantic Treaty Organization (NATO) - x"),
            None
        );
        assert_eq!(dateline("He said (quietly) - no"), None);
    }

    proptest! {
        #[test]
        fn no_line_panics(line in "\\PC{0,80}", soup in "[A-Z(]{0,3}[a-zA-Z ,.()|\\-—É]{0,40}") {
            for line in [line, soup] {
                let _ = (byline(&line), dateline(&line));
            }
        }
    }
}
