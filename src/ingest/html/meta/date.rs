//! The day of publication: JSON-LD, meta elements, the address, `time` elements, date lines, in
//! that order. A day that cannot be told for certain is none. Calls `dates` of this room.

use jiff::ZonedDateTime;
use jiff::civil::{Date, Time};

use super::head::Head;
use super::jsonld::Article;
use super::months::day_in;
use crate::base::moment;
use crate::ingest::dates::date_line;
use crate::ingest::html::pieces::Piece;

/// Meta elements that give the day of publication.
const METAS: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "date_published",
    "article.published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "cxenseparse:recs:publishtime",
    "ptime",
    "article_date_original",
    "originalpublicationdate",
    "creation_date",
    "datecreated",
    "weibo:article:create_at",
    "bt:pubdate",
    "date",
    "displaydate",
    "article:post_date",
    "pdate",
    "pub_date",
    "rnews:datepublished",
    "published-date",
    "timestamp",
];

/// Longest line in characters that is looked through for a day in any language.
const SHORT: usize = 60;

/// When a page says that it was published.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Published {
    pub day: Date,
    /// The moment, where it gives a time and a zone.
    pub at: Option<ZonedDateTime>,
    /// Where it was found.
    pub from: &'static str,
}

impl Published {
    fn read(value: &str, from: &'static str) -> Option<Self> {
        let day = day(value)?;
        let at = instant(value).filter(|at| at.date() == day);
        Some(Self { day, at, from })
    }

    fn on(day: Date, from: &'static str) -> Self {
        Self {
            day,
            at: None,
            from,
        }
    }
}

/// The day, the moment where it is known, and where they were found.
pub(super) fn published(
    head: &Head,
    article: &Article,
    pieces: &[Piece],
    uri: Option<&str>,
) -> Option<Published> {
    let told = |value: &str| Published::read(value, "JSON-LD datePublished");
    if let Some(published) = article.published.as_deref().and_then(told) {
        return Some(published);
    }
    for key in METAS {
        let told = |value: &str| Published::read(value, "meta published");
        if let Some(published) = head.meta(key).as_deref().and_then(told) {
            return Some(published);
        }
    }
    let own = [uri, head.canonical.as_deref()];
    let url = head.meta("og:url");
    let addresses = own.into_iter().chain([url.as_deref()]).flatten();
    if let Some(date) = addresses.filter(|a| a.contains("://")).find_map(in_address) {
        return Some(Published::on(date, "address"));
    }
    let times = || head.times.iter();
    let marked = times().filter(|(_, published)| *published);
    let told = |(value, _): &(String, bool)| Published::read(value, "time element");
    if let Some(published) = marked.chain(times()).find_map(told) {
        return Some(published);
    }
    let lines = pieces.iter().filter(|p| {
        p.length() <= 120
            && !p.place.comments
            && !p.place.related
            && !p.place.aside
            && !p.place.footer
    });
    let english = head.language.as_deref().is_none_or(|l| l == "en");
    let marked = lines.clone().filter(|p| p.place.date || p.place.author);
    let at_end = marked.filter_map(|p| last_date(&p.text).or_else(|| day_in(&p.text, english)));
    // The day in the head of the site is the day on which the page was saved.
    let short = lines.clone().filter(|p| {
        let site = p.place.nav || (p.place.header && !p.place.article);
        p.length() <= SHORT && p.link_share() < 0.5 && !site && !p.place.apart
    });
    let foreign = short.filter_map(|p| day_in(&p.text, english));
    let alone = lines.filter_map(|p| {
        date_line(&p.text)
            .filter(|d| !d.update)
            .and_then(|d| d.date)
    });
    at_end
        .chain(alone)
        .chain(foreign)
        .next()
        .map(|date| Published::on(date, "date line"))
}

/// The date at the end of a line that may say more: "Posted by Jane Roe on March 17, 2025".
fn last_date(line: &str) -> Option<Date> {
    let starts = line.char_indices().filter(|(at, c)| *at == 0 || *c == ' ');
    starts
        .filter_map(|(at, _)| date_line(line[at..].trim_start()))
        .find(|d| !d.update)
        .and_then(|d| d.date)
}

/// A day as data give it: ISO 8601 with or without a time, or a date line.
pub(in crate::ingest) fn day(value: &str) -> Option<Date> {
    let value = value.trim();
    if let Some(date) = value.get(..10).and_then(|head| head.parse::<Date>().ok()) {
        return plausible(date);
    }
    let digits = value
        .get(..8)
        .filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    if let Some(d) = digits.filter(|_| value.len() == 8 || !value.as_bytes()[8].is_ascii_digit()) {
        let dashed = format!("{}-{}-{}", &d[..4], &d[4..6], &d[6..]);
        if let Ok(date) = dashed.parse::<Date>() {
            return plausible(date);
        }
    }
    // `Mon Nov 09 2015 10:00:00 GMT+0100 (CET)`, `9. 11. 2015 10:00`.
    let short: String = value.chars().take(119).collect();
    date_line(&short).and_then(|d| d.date).and_then(plausible)
}

/// A moment as data give it: ISO 8601 or the date of a message, with a time and a zone. Midnight sharp
/// is what programs write that know no more than the day.
pub(in crate::ingest) fn instant(value: &str) -> Option<ZonedDateTime> {
    let value = value.trim();
    let message = || jiff::fmt::rfc2822::parse(value).ok();
    let at = moment::read(value).or_else(message)?;
    (at.time() != Time::midnight()).then_some(at)
}

fn plausible(date: Date) -> Option<Date> {
    (1500..=2200).contains(&date.year()).then_some(date)
}

/// `/2025/03/17/`, `/2025-03-17-` or `/20250317/` in an address.
fn in_address(address: &str) -> Option<Date> {
    let parts: Vec<&str> = address
        .split(|c: char| !c.is_ascii_alphanumeric())
        .collect();
    let days = parts
        .iter()
        .filter(|p| p.len() == 8 && (p.starts_with("19") || p.starts_with("20")));
    let whole = days
        .filter(|p| p.bytes().all(|b| b.is_ascii_digit()))
        .find_map(|p| day(p));
    let three = parts.windows(3).find_map(|w| {
        let [y, m, d] = w else { return None };
        let fits = y.len() == 4 && (1..=2).contains(&m.len()) && (1..=2).contains(&d.len());
        let year = y
            .parse::<i16>()
            .ok()
            .filter(|y| fits && (1990..=2100).contains(y))?;
        Date::new(year, m.parse().ok()?, d.parse().ok()?).ok()
    });
    three.or(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_data_give_them() {
        for value in [
            "2025-03-17",
            "2025-03-17T09:41:00+01:00",
            "2025-03-17 09:41",
            "20250317",
            "20250317T094100Z",
            "Mon, 17 Mar 2025 09:41:00 GMT",
            "17 March 2025",
        ] {
            assert_eq!(
                day(value).map(|d| d.to_string()).as_deref(),
                Some("2025-03-17"),
                "{value}"
            );
        }
        for value in [
            "",
            "yesterday",
            "1742202060",
            "0001-01-01",
            "2025",
            "é2025-03-1",
        ] {
            assert_eq!(day(value), None, "{value}");
        }
    }

    #[test]
    fn a_time_is_known_only_with_its_zone_and_is_never_invented() {
        for (value, shown) in [
            ("2025-03-17T09:41:00+01:00", "2025-03-17 09:41 +01:00"),
            ("2025-03-17T09:41:00Z", "2025-03-17 09:41 UTC"),
            ("20250317T094100Z", "2025-03-17 09:41 UTC"),
            ("Mon, 17 Mar 2025 09:41:00 GMT", "2025-03-17 09:41 UTC"),
            (
                " Mon, 17 Mar 2025 21:41:00 -0500",
                "2025-03-17 21:41 -05:00",
            ),
        ] {
            let at = instant(value).map(|at| moment::shown(&at));
            assert_eq!(at.as_deref(), Some(shown), "{value}");
        }
        for value in [
            "2025-03-17",
            "2025-03-17 09:41",
            "2025-03-17T00:00:00Z",
            "2025-03-17T00:00:00+01:00",
            "Mon, 17 Mar 2025 00:00:00 GMT",
            "17 March 2025",
        ] {
            assert_eq!(instant(value), None, "{value}");
        }
    }

    #[test]
    fn an_address_gives_a_day_only_if_it_has_one() {
        let day = |a: &str| in_address(a).map(|d| d.to_string());
        assert_eq!(
            day("https://x.org/2025/03/17/bridge").as_deref(),
            Some("2025-03-17")
        );
        assert_eq!(
            day("https://x.org/a-2025-3-7-b").as_deref(),
            Some("2025-03-07")
        );
        assert_eq!(
            day("https://x.org/20250317/bridge").as_deref(),
            Some("2025-03-17")
        );
        assert_eq!(day("https://x.org/20251399/bridge"), None);
        assert_eq!(day("https://x.org/2025/03/bridge"), None);
        assert_eq!(day("https://x.org/1234/56/78"), None);
    }
}
