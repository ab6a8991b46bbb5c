//! The lines above an article: section, headline, standfirst, author, outlet, date. Each is taken
//! only where it stands in a header and looks like one; whatever is unsure stays text.

use super::byline::{Byline, byline};
use super::dates::{DateLine, date_line};
use super::labels::{heading, label, unmarked};
use super::lines::opens_item;
use super::plain::{LONGEST_HEADING, Reader};
use crate::base::text::{fold, one_line};
use crate::model::BlockKind;

/// Longest headline, in characters.
const LONGEST_TITLE: usize = 200;
/// Units after the headline in which an author or a date may stand.
const HEADER: usize = 6;

/// The name of a newspaper's section, alone on a line above a headline.
fn is_kicker(line: &str) -> bool {
    const SECTIONS: &[&str] = &[
        "news",
        "world",
        "world news",
        "politics",
        "opinion",
        "comment",
        "commentary",
        "analysis",
        "business",
        "economy",
        "sport",
        "sports",
        "culture",
        "science",
        "technology",
        "health",
        "international",
        "europe",
        "breaking news",
        "exclusive",
        "editorial",
    ];
    SECTIONS.contains(&fold(line).trim_end_matches(':').trim())
}

/// Whether a line can only be an author line that says so, or a date line.
fn is_header_line(line: &str) -> bool {
    let line = unmarked(line);
    date_line(line).is_some() || byline(line).is_some_and(|b| b.marked)
}

impl Reader<'_> {
    /// Title, author and date lines at the top. Says whether it took the unit.
    pub(super) fn header_unit(&mut self, at: usize) -> bool {
        let Some(read) = self.header else {
            return false;
        };
        let raw: &str = &self.units[at].text;
        let line = unmarked(raw);
        let titled = self.draft.meta.title.is_some();
        if read >= HEADER || (titled && self.has_body) {
            self.header = None;
            return false;
        }
        self.header = Some(read + 1);
        if let Some(found) = date_line(line) {
            self.date(line, found);
            return true;
        }
        if let Some(found) = byline(line)
            && self.draft.meta.authors.is_empty()
            && (found.marked || self.names_fit(at))
        {
            self.authors(line, found);
            return true;
        }
        if !titled && is_kicker(line) && at + 1 < self.units.len() {
            self.draft.push(BlockKind::Heading, line);
            return true;
        }
        if !titled && self.is_title(at) {
            self.title(line);
            return true;
        }
        if self.continues_header(at, line) {
            return true;
        }
        if titled || line.chars().count() > LONGEST_TITLE {
            self.header = None;
        }
        false
    }

    /// Second lines of the header: the rest of a headline, the outlet below an author, a
    /// standfirst between headline and author. Says whether it took the unit.
    fn continues_header(&mut self, at: usize, line: &str) -> bool {
        let unit = &self.units[at];
        let open = !line.ends_with(['.', '!', '?', ':', '”', '"']);
        let last = self.draft.last();
        if last == Some(BlockKind::Title)
            && !unit.after_blank
            && open
            && line.starts_with(char::is_lowercase)
        {
            self.draft.extend_last(line);
            if let Some(title) = &mut self.draft.meta.title {
                title.push(' ');
                title.push_str(&one_line(line));
            }
            return true;
        }
        let next = self.units.get(at + 1);
        let ends_group = next.is_some_and(|u| u.after_blank || is_header_line(&u.text));
        if last == Some(BlockKind::Byline)
            && !unit.after_blank
            && open
            && ends_group
            && line.split(' ').count() <= 6
            && line.starts_with(char::is_uppercase)
            && self.draft.meta.outlet.is_none()
        {
            self.draft.push(BlockKind::Byline, line);
            self.draft.meta.outlet = Some(line.to_owned());
            return true;
        }
        if last == Some(BlockKind::Title) && next.is_some_and(|u| is_header_line(&u.text)) {
            self.draft.push(BlockKind::Brief, line);
            return true;
        }
        false
    }

    /// Whether an unmarked name at `at` may be the author: after the headline, beside a date or a
    /// label, or directly between headline and text.
    fn names_fit(&self, at: usize) -> bool {
        let near = |n: Option<usize>| n.and_then(|n| self.units.get(n)).map(|u| unmarked(&u.text));
        let (before, after) = (near(at.checked_sub(1)), near(Some(at + 1)));
        if self.draft.meta.title.is_none() {
            // An author above the headline: only before a date that a headline follows.
            let titled = self.units.get(at + 2).is_some() && self.is_title(at + 2);
            return after.is_some_and(|l| date_line(l).is_some()) && titled;
        }
        let dated = |line: Option<&str>| line.is_some_and(|l| date_line(l).is_some());
        let text_follows =
            after.is_some_and(|l| l.chars().count() > LONGEST_HEADING || label(l).is_some());
        dated(before) || dated(after) || (at <= 1 && text_follows)
    }

    /// Whether the unit at `at` reads as a headline: short, and followed by something.
    fn is_title(&self, at: usize) -> bool {
        let line = unmarked(&self.units[at].text);
        let length = line.chars().count();
        if heading(&self.units[at].text).is_some() {
            return true;
        }
        let sentence = line.ends_with('.') && !line.ends_with("...");
        let short = length <= LONGEST_TITLE && !opens_item(line) && !(sentence && length > 100);
        let alone = at + 1 == self.units.len();
        short && !(alone && line.ends_with(['.', '!', '?', '”', '"']))
    }

    pub(super) fn title(&mut self, line: &str) {
        self.draft.push(BlockKind::Title, line);
        self.draft.meta.title = Some(one_line(line));
        self.header = Some(0);
    }

    fn date(&mut self, line: &str, found: DateLine) {
        self.draft.push(BlockKind::Date, line);
        self.dated(line, found);
    }

    /// Takes the date that a line gives.
    fn dated(&mut self, line: &str, found: DateLine) {
        match found.date {
            None => self
                .draft
                .details
                .push(format!("the date {line:?} does not name one certain day")),
            Some(date)
                if self.draft.meta.published.is_none()
                    || (!found.update && !self.has_published) =>
            {
                self.draft.meta.published = Some(date);
                self.has_published = !found.update;
            }
            Some(_) => {}
        }
    }

    fn authors(&mut self, line: &str, found: Byline) {
        self.draft.push(BlockKind::Byline, line);
        self.draft.meta.authors = found.authors;
        if let Some(date) = found.date {
            self.dated(line, date);
        }
        if found.outlet.is_some() {
            self.draft.meta.outlet = found.outlet;
        }
    }
}
