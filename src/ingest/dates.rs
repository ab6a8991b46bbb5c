//! Date lines of newspapers → a civil date. Strict: a line is a date line only if nothing but the
//! date, a clock time, a zone and words such as "Published" stand in it. An ambiguous date
//! (`03/04/2025`) is a date line without a date. Calls `jiff` and `base` only.

use jiff::civil::Date;

use crate::base::calendar::{DAYS, MONTHS};

/// A line that holds a date and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateLine {
    /// The first date in it that can be told for certain.
    pub date: Option<Date>,
    /// Whether it gives the day of a change rather than of publication.
    pub update: bool,
}

/// Words that may stand beside the date.
const FILLERS: &[&str] = &[
    "published",
    "posted",
    "publication",
    "updated",
    "modified",
    "revised",
    "last",
    "first",
    "date",
    "dateline",
    "on",
    "at",
    "of",
    "the",
    "am",
    "pm",
    "a.m",
    "p.m",
    "noon",
    "midnight",
    "o'clock",
    "local",
    "time",
    "et",
    "ct",
    "mt",
    "pt",
    "est",
    "edt",
    "cst",
    "cdt",
    "mst",
    "mdt",
    "pst",
    "pdt",
    "gmt",
    "utc",
    "bst",
    "cet",
    "cest",
    "eet",
    "eest",
    "ist",
    "msk",
    "jst",
    "aest",
    "aedt",
    "z",
];

/// Reads a date line; `None` if the line is anything else.
pub(super) fn date_line(line: &str) -> Option<DateLine> {
    if line.len() > 120 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let words = words(line);
    let update = words
        .first()
        .is_some_and(|w| matches!(w.as_str(), "updated" | "modified" | "revised" | "last"));
    let (mut found, mut seen) = (None, false);
    let mut i = 0;
    while i < words.len() {
        if let Some((used, date)) = date_at(&words[i..]) {
            found = found.or(date);
            seen = true;
            i += used;
        } else if is_filler(&words[i]) {
            i += 1;
        } else {
            return None;
        }
    }
    seen.then_some(DateLine {
        date: found,
        update,
    })
}

/// Lower-case words without the punctuation around them.
fn words(line: &str) -> Vec<String> {
    line.split(|c: char| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '•' | '(' | ')'))
        .map(|w| w.trim_matches(|c: char| matches!(c, '.' | ':' | ';' | '-' | '–' | '—' | '*')))
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// A date at the start of `words`: how many words it takes, and the date if it is certain.
fn date_at(words: &[String]) -> Option<(usize, Option<Date>)> {
    let first = words.first()?.as_str();
    if let Some(Numeric(date)) = numeric(first) {
        return Some((1, date));
    }
    let second = words.get(1).map(String::as_str);
    let third = words.get(2).map(String::as_str);
    if let (Some(m), Some(d), Some(y)) = (month(first), second.and_then(day), third.and_then(year))
    {
        return Some((3, Some(Date::new(y, m, d).ok()?)));
    }
    if let (Some(d), Some(m), Some(y)) = (day(first), second.and_then(month), third.and_then(year))
    {
        return Some((3, Some(Date::new(y, m, d).ok()?)));
    }
    // 17 March, 2025 written with "of": the 17th of March 2025.
    if let (Some(d), Some("of"), Some(m)) = (day(first), second, third.and_then(month)) {
        let y = words.get(3).and_then(|w| year(w))?;
        return Some((4, Some(Date::new(y, m, d).ok()?)));
    }
    // A month and a year name no day.
    if month(first).is_some() && second.and_then(year).is_some() {
        return Some((2, None));
    }
    None
}

/// A date in figures: its day, or `None` where day and month cannot be told apart.
struct Numeric(Option<Date>);

/// `2025-03-17`, `2025-03-17T10:00:00Z`, `2025/03/17`, `17.03.2025`, `17/3/2025`.
fn numeric(word: &str) -> Option<Numeric> {
    let word = word.split_once('t').map_or(word, |(date, _)| date);
    let sign = ['-', '/', '.']
        .into_iter()
        .find(|&s| word.matches(s).count() == 2)?;
    let parts: Vec<&str> = word.split(sign).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let small = |s: &str| s.parse::<i8>().ok().filter(|n| (1..=31).contains(n));
    if let (Some(y), Some(m), Some(d)) = (year(a), small(b), small(c)) {
        return Some(Numeric(Some(Date::new(y, m, d).ok()?)));
    }
    let (Some(a), Some(b), Some(y)) = (small(a), small(b), year(c)) else {
        return None;
    };
    if sign == '.' {
        return Some(Numeric(Some(Date::new(y, b, a).ok()?)));
    }
    match (Date::new(y, b, a).ok(), Date::new(y, a, b).ok()) {
        (Some(one), Some(other)) if one != other => Some(Numeric(None)),
        (None, None) => None,
        (one, other) => Some(Numeric(one.or(other))),
    }
}

fn month(word: &str) -> Option<i8> {
    let word = if word == "sept" { "sep" } else { word };
    let at = MONTHS
        .iter()
        .position(|m| *m == word || (word.len() == 3 && m.starts_with(word)))?;
    i8::try_from(at + 1).ok()
}

fn day(word: &str) -> Option<i8> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|s| word.strip_suffix(s))
        .unwrap_or(word);
    digits.parse().ok().filter(|d| (1..=31).contains(d))
}

fn year(word: &str) -> Option<i16> {
    let four = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    four.then(|| word.parse().ok())
        .flatten()
        .filter(|y| (1600..=2200).contains(y))
}

/// Whether a word names a day of the week or a month.
pub(super) fn is_calendar_word(word: &str) -> bool {
    let word = word.to_lowercase();
    DAYS.iter().chain(&MONTHS).any(|name| *name == word)
}

fn is_filler(word: &str) -> bool {
    let weekday = DAYS
        .iter()
        .any(|d| *d == word || (word.len() >= 3 && word.len() <= 5 && d.starts_with(word)));
    let clock = word.starts_with(|c: char| c.is_ascii_digit() || c == '+')
        && word.len() <= 12
        && word
            .bytes()
            .all(|b| b.is_ascii_digit() || b":.+-apmhz".contains(&b))
        && word.contains([':', '+', 'a', 'p', 'h', '.', '0']);
    weekday || clock || FILLERS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(line: &str) -> Option<String> {
        date_line(line)?.date.map(|d| d.to_string())
    }

    #[test]
    fn common_date_lines_give_their_date() {
        for line in [
            "March 17, 2025",
            "17 March 2025",
            "Mon, 17 Mar 2025 10:00 GMT",
            "Mon, 17 Mar 2025 10:00:00 +0000",
            "2025-03-17",
            "2025-03-17T10:00:00Z",
            "2025-03-17 10:00",
            "Published: March 17th, 2025",
            "Published March 17, 2025 at 9:41 a.m. EDT",
            "Published 17 March 2025 | Updated 18 March 2025",
            "Updated Mar. 17, 2025, 9:41 p.m. ET",
            "Monday, March 17, 2025",
            "17.03.2025",
            "17/3/2025",
            "MARCH 17, 2025",
        ] {
            assert_eq!(read(line).as_deref(), Some("2025-03-17"), "{line}");
        }
        assert_eq!(read("Sept. 4, 2025").as_deref(), Some("2025-09-04"));
    }

    #[test]
    fn no_day_is_invented() {
        assert_eq!(date_line("March 2025").map(|d| d.date), Some(None));
        assert_eq!(date_line("03/04/2025").map(|d| d.date), Some(None));
        for line in [
            "May",
            "12",
            "The war began on 24 February 2022",
            "February 30, 2025",
            "1984",
            "Boeing 737",
            "",
        ] {
            assert_eq!(date_line(line), None, "{line}");
        }
    }

    #[test]
    fn an_update_is_told_from_publication() {
        assert!(date_line("Updated March 17, 2025").is_some_and(|d| d.update));
        assert!(date_line("Published March 17, 2025").is_some_and(|d| !d.update));
    }

    proptest! {
        #[test]
        fn no_line_panics(line in "\\PC{0,80}", soup in "[0-9/.,:TZ \\-a-zé]{0,40}") {
            let _ = (date_line(&line), date_line(&soup));
        }
    }
}
