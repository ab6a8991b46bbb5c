//! The plain newspaper layout: title, author, date, `Brief`, body, `Topics`, `Editor's Comments`,
//! share-this boilerplate; any part may be missing and the order may differ. A file without any of
//! it opens too: first short line, then paragraphs. Works on clean text only (`decode`).

use std::borrow::Cow;

use super::boilerplate::{is_boilerplate, report};
use super::byline::{Byline, byline, dateline};
use super::dates::{DateLine, date_line};
use super::draft::Draft;
use super::labels::{Section, emphasised, heading, label, unmarked};
use super::lines::{Unit, opens_item, units};
use crate::base::text::one_line;
use crate::model::{BlockKind, Document};

/// Longest headline, in characters.
const LONGEST_TITLE: usize = 200;
/// Longest heading inside the body, in characters.
const LONGEST_HEADING: usize = 80;
/// Units after the headline in which an author or a date may stand.
const HEADER: usize = 6;

/// Reads clean text. `details` is what decoding noticed.
pub(super) fn read(text: &str, details: Vec<String>, uri: Option<String>) -> Document {
    let mut dropped = Vec::new();
    let mut rules = 0;
    let units: Vec<Unit<'_>> = units(text)
        .into_iter()
        .filter(|unit| {
            if is_rule(&unit.text) {
                rules += 1;
                return false;
            }
            if is_boilerplate(&unit.text) {
                dropped.push(unit.text.clone().into_owned());
                return false;
            }
            true
        })
        .collect();
    let mut reader = Reader::new(&units, text.len());
    reader.draft.details = details;
    reader.draft.meta.uri = uri;
    reader.run();
    let mut draft = reader.draft;
    draft.details.extend(report(&dropped));
    if rules > 0 {
        let lines = super::decode::counted(rules, "separator line");
        draft.details.push(format!("left out {lines}"));
    }
    draft.finish()
}

/// A line of signs that only separates: `---`, `***`, `* * *`, `=====`.
fn is_rule(line: &str) -> bool {
    let signs = line.chars().filter(|c| *c != ' ').count();
    let first = line.chars().next();
    signs >= 3
        && first.is_some_and(|f| "-=*_~#—–".contains(f))
        && line.chars().all(|c| c == ' ' || Some(c) == first)
}

/// Reads units in order; knows the section it is in.
struct Reader<'a> {
    units: &'a [Unit<'a>],
    draft: Draft,
    section: Section,
    /// Units read since the section began.
    in_section: usize,
    /// Units read since the headline, while the header lasts.
    header: Option<usize>,
    /// Whether a paragraph of the body was read.
    has_body: bool,
    /// Whether the publication date was given as such (and not as the date of a change).
    has_published: bool,
}

impl<'a> Reader<'a> {
    fn new(units: &'a [Unit<'a>], bytes: usize) -> Self {
        Self {
            units,
            draft: Draft::with_capacity(bytes),
            section: Section::Body,
            in_section: 0,
            header: Some(0),
            has_body: false,
            has_published: false,
        }
    }

    fn run(&mut self) {
        for at in 0..self.units.len() {
            self.unit(at);
        }
    }

    fn unit(&mut self, at: usize) {
        let unit = &self.units[at];
        let line: &str = &unit.text;
        if let Some(label) = label(line) {
            let title = self.draft.meta.title.is_some();
            if title || !label.weak || label.section == Section::Title {
                self.enter(label.section);
                if !label.rest.is_empty() {
                    self.text(at, label.rest);
                }
                return;
            }
        }
        if self.header.is_some() && self.section == Section::Body && self.header_unit(at) {
            return;
        }
        self.text(at, line);
    }

    fn enter(&mut self, section: Section) {
        self.section = section;
        self.in_section = 0;
    }

    /// A unit of text in the current section.
    fn text(&mut self, at: usize, line: &str) {
        let unit = &self.units[at];
        match self.section {
            Section::Title if self.draft.meta.title.is_none() => {
                self.title(line);
                self.enter(Section::Body);
            }
            Section::Brief => {
                // The brief is one paragraph or one list; the article follows without a label.
                if self.in_section == 0 || opens_item(line) {
                    self.draft.push(BlockKind::Brief, line);
                    self.in_section += 1;
                } else {
                    self.enter(Section::Body);
                    self.body(at, line);
                }
            }
            Section::Topics => {
                if self.topics(line) {
                    self.in_section += 1;
                } else {
                    self.enter(Section::Body);
                    self.body(at, line);
                }
            }
            Section::Comment => {
                // A comment before the article ends at its first blank line, or after one line.
                let ends = !self.has_body
                    && self.in_section > 0
                    && (unit.after_blank || !self.units.iter().skip(1).any(|u| u.after_blank));
                if ends {
                    self.enter(Section::Body);
                    self.body(at, line);
                } else {
                    self.draft.push(BlockKind::Comment, line);
                    self.in_section += 1;
                }
            }
            Section::Title | Section::Body => self.body(at, line),
        }
    }

    /// Title, author and date lines at the top. Says whether it took the unit.
    fn header_unit(&mut self, at: usize) -> bool {
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
        if !titled && self.is_title(at) {
            self.title(line);
            return true;
        }
        if titled || line.chars().count() > LONGEST_TITLE {
            self.header = None;
        }
        false
    }

    /// Whether an unmarked name at `at` may be the author: after the headline, beside a date or a
    /// label, or directly between headline and text.
    fn names_fit(&self, at: usize) -> bool {
        if self.draft.meta.title.is_none() {
            return false;
        }
        let near = |n: Option<usize>| n.and_then(|n| self.units.get(n)).map(|u| unmarked(&u.text));
        let (before, after) = (near(at.checked_sub(1)), near(Some(at + 1)));
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

    fn title(&mut self, line: &str) {
        self.draft.push(BlockKind::Title, line);
        self.draft.meta.title = Some(one_line(line));
        self.header = Some(0);
    }

    fn date(&mut self, line: &str, found: DateLine) {
        self.draft.push(BlockKind::Date, line);
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
        if found.outlet.is_some() {
            self.draft.meta.outlet = found.outlet;
        }
    }

    /// Takes a line of topics: short items, one or several. Says whether it was one.
    fn topics(&mut self, line: &str) -> bool {
        let items: Vec<String> = line
            .split([',', ';', '|', '•', '·'])
            .map(|item| item.trim().trim_start_matches(['-', '*', '#', ' ']).trim())
            .filter(|item| !item.is_empty())
            .map(one_line)
            .collect();
        let short = |item: &String| item.chars().count() <= 50 && item.split(' ').count() <= 6;
        let sentence = line.ends_with(['.', '!', '?', '”', '"']);
        if items.is_empty() || sentence || !items.iter().all(short) {
            return false;
        }
        self.draft.push(BlockKind::Topic, line);
        self.draft.meta.topics.extend(items);
        true
    }

    fn body(&mut self, at: usize, line: &str) {
        let (kind, text) = self.kind_of(at, line);
        if kind == BlockKind::Paragraph && !self.has_body {
            self.has_body = true;
            if let Some((outlet, date)) = dateline(text) {
                self.draft.meta.outlet.get_or_insert(outlet);
                if let Some(date) = date {
                    self.draft.meta.published.get_or_insert(date);
                }
            }
        }
        self.draft.push(kind, text);
    }

    fn kind_of<'l>(&self, at: usize, line: &'l str) -> (BlockKind, &'l str) {
        if let Some(text) = heading(line) {
            return (BlockKind::Heading, text);
        }
        if opens_item(line) {
            return (BlockKind::ListItem, line);
        }
        let next = self.units.get(at + 1).map(|u| &u.text);
        let short = |text: &str| text.chars().count() <= LONGEST_HEADING;
        if let Some(text) = emphasised(line).filter(|t| short(t) && !ends_sentence(t)) {
            return (BlockKind::Heading, text);
        }
        let opens = line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        let fits = opens
            && short(line)
            && line.split(' ').count() <= 12
            && !line.ends_with([',', ';', ':', '-', '—', '–']);
        let follows = next.is_some_and(|n: &Cow<'_, str>| ends_sentence(n) && !short(n));
        let before = at
            .checked_sub(1)
            .is_none_or(|b| ends_sentence(&self.units[b].text));
        if fits && !ends_sentence(line) && follows && before && self.has_body {
            return (BlockKind::Heading, line);
        }
        (BlockKind::Paragraph, line)
    }
}

/// Whether a line ends as a sentence does, closing marks aside.
fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['”', '"', '’', '\'', ')', '»', '*', '_'])
        .ends_with(['.', '!', '?', '…', '。', '！', '？'])
}
