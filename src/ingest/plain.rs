//! The plain newspaper layout: title, author, date, `Brief`, body, `Topics`, `Editor's Comments`,
//! share-this boilerplate; any part may be missing and the order may differ. A file without any of
//! it opens too: first short line, then paragraphs. Works on clean text only (`decode`); the lines
//! above the article are read by `header`.

use std::borrow::Cow;

use super::boilerplate::{closing_appeal, is_boilerplate, report};
use super::byline::dateline;
use super::draft::Draft;
use super::labels::{Section, emphasised, heading, label};
use super::lines::{Unit, opens_item, units};
use crate::base::text::one_line;
use crate::model::{BlockKind, Document};

/// Longest heading inside the body, in characters.
pub(super) const LONGEST_HEADING: usize = 80;

/// Reads clean text. `details` is what decoding noticed.
pub(super) fn read(text: &str, details: Vec<String>, uri: Option<String>) -> Document {
    let mut dropped = Vec::new();
    let mut rules = 0;
    let all = units(text);
    // An article is never only an appeal.
    let appeal = closing_appeal(all.iter().map(|u| &*u.text)).min(all.len().saturating_sub(2));
    let last = all.len() - appeal;
    let units: Vec<Unit<'_>> = all
        .into_iter()
        .enumerate()
        .filter_map(|(at, unit)| {
            let boilerplate = at >= last || is_boilerplate(&unit.text);
            if is_rule(&unit.text) {
                rules += 1;
                return None;
            }
            if boilerplate {
                dropped.push(unit.text.into_owned());
                return None;
            }
            Some(unit)
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
pub(super) struct Reader<'a> {
    pub units: &'a [Unit<'a>],
    pub draft: Draft,
    section: Section,
    /// Units read since the section began.
    in_section: usize,
    /// Units read since the headline, while the header lasts.
    pub header: Option<usize>,
    /// Whether a paragraph of the body was read.
    pub has_body: bool,
    /// Whether the publication date was given as such (and not as the date of a change).
    pub has_published: bool,
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
