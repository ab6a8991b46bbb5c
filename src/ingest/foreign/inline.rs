//! Inline markup, `[Russia]{place E1}`, as `export` writes it and as a hand writes it: the head may
//! be no more than its first line, ids may be missing, and then words and kind decide who is who.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::gather::{Argued, Found, Gather, Held, Known, Said, Who, fault};
use crate::base::text::{is_unsafe, one_line, printable};
use crate::base::{Error, Result, Span};
use crate::ingest::{Loaded, Source};
use crate::model::{
    Anchor, Block, BlockKind, Colour, EntityKind, Highlight, Link, MentionForm, Polarity, QuoteKind,
};

/// How annotations are told to come from here.
const BY: &str = "inline";
/// First line of a file.
const HEAD: &str = "%byline 1";

type Fault = std::result::Result<(), String>;

/// Whether a text is inline markup.
pub(super) fn is_inline(text: &str) -> bool {
    text.lines()
        .next()
        .is_some_and(|line| line.trim_end() == HEAD)
}

/// A line of the head: the words before the values, and the values by name, in order.
#[derive(Default)]
struct Entry {
    words: Vec<String>,
    values: Vec<(String, String)>,
}

impl Entry {
    fn get(&self, name: &str) -> Option<String> {
        self.all(name).next()
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + 'a {
        let of = move |(n, v): &(String, String)| (n == name).then(|| v.clone());
        self.values.iter().filter_map(of)
    }

    fn word(&self, n: usize) -> &str {
        self.words.get(n).map_or("", String::as_str)
    }
}

#[derive(Default)]
struct File {
    out: Gather,
    quotes: BTreeMap<String, Entry>,
    stances: BTreeMap<String, Entry>,
    links: BTreeMap<String, Entry>,
    /// In the order of the head.
    highlights: Vec<(String, Entry)>,
    issues: Vec<(String, Entry)>,
    /// Marks with their tags, in the order of their ends.
    marks: Vec<(Span, String)>,
    /// Marks in several parts, by number.
    broken: BTreeMap<String, usize>,
}

/// Reads a file.
///
/// # Errors
/// A head or a tag that is none, a bracket without its other half: the line.
pub(super) fn read(text: &str, source: &Source) -> Result<Loaded> {
    let mut file = File::default();
    let mut lines = text.split('\n').enumerate().skip(1);
    for (n, line) in lines.by_ref() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line == "%%" {
            break;
        }
        if !line.trim().is_empty() {
            file.head(line)
                .map_err(|cause| fault(source, n + 1, cause))?;
        }
    }
    let mut first = true;
    for (n, line) in lines {
        if !std::mem::take(&mut first) {
            file.out.text.push('\n');
        }
        let line = line.strip_suffix('\r').unwrap_or(line);
        file.line(line)
            .map_err(|cause| fault(source, n + 1, cause))?;
    }
    // The line break at the end of the file is none of the text.
    if file.out.text.ends_with('\n') {
        file.out.text.pop();
    }
    file.fill()
        .map_err(|cause| Error::new(&source.name, cause))?;
    file.out.finish(source)
}

/// Cuts a line of the head at its spaces; a value in quotation marks is JSON.
fn entry(line: &str) -> std::result::Result<Entry, String> {
    let mut out = Entry::default();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let end = rest.find([' ', '"']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let (value, after) = if after.starts_with('"') {
            let mut values = serde_json::Deserializer::from_str(after).into_iter::<String>();
            let Some(Ok(value)) = values.next() else {
                return Err("has a value whose quotation marks do not fit".to_owned());
            };
            (Some(value), &after[values.byte_offset()..])
        } else {
            (None, after)
        };
        rest = after.trim_start();
        match (word.split_once('='), value) {
            (Some((name, "")), Some(value)) => out.values.push((name.to_owned(), safe(&value))),
            (Some((name, plain)), None) => out.values.push((name.to_owned(), plain.to_owned())),
            (None, Some(value)) if word.is_empty() => out.words.push(safe(&value)),
            (None, None) => out.words.push(word.to_owned()),
            _ => return Err(format!("{word:?} stands before quotation marks")),
        }
    }
    Ok(out)
}

/// A value as it may be shown; its line breaks stay.
fn safe(text: &str) -> String {
    super::gather::safe(text)
}

impl File {
    fn head(&mut self, line: &str) -> Fault {
        let Some(line) = line.strip_prefix('%') else {
            return Err("stands before the line %% and does not begin with %".to_owned());
        };
        let mut entry = entry(line)?;
        if entry.words.is_empty() {
            return Err("has no word behind its %".to_owned());
        }
        let name = entry.words.remove(0);
        let id = entry.word(0).to_owned();
        let meta = &mut self.out.meta;
        match name.as_str() {
            "title" => meta.title = Some(id),
            "outlet" => meta.outlet = Some(id),
            "uri" => meta.uri = Some(id),
            "language" => meta.language = Some(id),
            "published" => {
                let day = id.parse().map_err(|_| format!("{id:?} is no day"))?;
                meta.published = Some(day);
            }
            "author" => meta.authors.push(id),
            "topic" => meta.topics.push(id),
            "detail" => self.out.details.push(id),
            "entity" => {
                let kind = entry.word(1);
                let known = Known {
                    name: entry.get("name"),
                    kind: Some(EntityKind::from_name(kind).ok_or_else(|| no_kind(kind))?),
                    aliases: entry.all("also").collect(),
                    role: entry.get("role"),
                    speaks_for: entry.get("for"),
                };
                self.out.entities.insert(id, known);
            }
            "issue" => self.issues.push((id, entry)),
            "quote" => drop(self.quotes.insert(id, entry)),
            "stance" => drop(self.stances.insert(id, entry)),
            "link" => drop(self.links.insert(id, entry)),
            "highlight" => self.highlights.push((id, entry)),
            other => return Err(format!("%{other} is not known")),
        }
        Ok(())
    }

    /// A line of the text.
    fn line(&mut self, line: &str) -> Fault {
        let (kind, mut rest) = block(line);
        let start = self.out.text.len();
        let mut open: Vec<usize> = Vec::new();
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            match c {
                '\\' => rest = escaped(rest, &mut self.out.text)?,
                '[' => open.push(self.out.text.len()),
                ']' => {
                    let from = open.pop().ok_or("has a ] without its [")?;
                    let tag = rest.strip_prefix('{').and_then(|t| t.split_once('}'));
                    let (tag, behind) =
                        tag.ok_or("has a ] without a tag such as {place} behind it")?;
                    self.mark(Span::new(from, self.out.text.len()), tag)?;
                    rest = behind;
                }
                '{' | '}' => return Err(format!("has a {c} that belongs to no mark; write \\{c}")),
                c if is_unsafe(c) => self
                    .out
                    .text
                    .push_str(&printable(c.encode_utf8(&mut [0; 4]))),
                c => self.out.text.push(c),
            }
        }
        if !open.is_empty() {
            return Err("has a [ without its ]; write \\[ for the character".to_owned());
        }
        let span = Span::new(start, self.out.text.len()).trim(&self.out.text);
        if !span.is_empty() {
            self.out.blocks.push(Block { kind, span });
        }
        Ok(())
    }

    /// Keeps a mark. Parts with the same number behind their `+` are one.
    fn mark(&mut self, span: Span, tag: &str) -> Fault {
        if span.is_empty() {
            return Err(format!("marks no words with {{{tag}}}"));
        }
        let (own, number) = match tag.split_once('+') {
            Some((own, number)) => (own, Some(number.trim().to_owned())),
            None => (tag, None),
        };
        let own = one_line(own);
        known(&own)?;
        if let Some(number) = number {
            if let Some(at) = self.broken.get(&number) {
                let (whole, before) = &mut self.marks[*at];
                if *before != own {
                    return Err(format!(
                        "{{{tag}}} goes on from {{{before}}}, which is another mark"
                    ));
                }
                *whole = whole.hull(span);
                return Ok(());
            }
            self.broken.insert(number, self.marks.len());
        }
        self.marks.push((span, own));
        Ok(())
    }

    /// Makes layers of the marks.
    fn fill(&mut self) -> Fault {
        self.marks.sort_by_key(|a| a.0);
        let mut roles: BTreeMap<(String, String), Vec<(usize, Span)>> = BTreeMap::new();
        for (n, (span, tag)) in self.marks.iter().enumerate() {
            let mut words = tag.split(' ');
            let role = words.next().unwrap_or_default();
            let rest: Vec<&str> = words.collect();
            if let Some(kind) = EntityKind::from_name(role) {
                let form = rest.iter().find_map(|w| MentionForm::from_name(w));
                let id = rest.iter().find(|w| MentionForm::from_name(w).is_none());
                self.out.mentions.push(Found {
                    span: *span,
                    kind,
                    entity: id.map(|id| (*id).to_owned()),
                    form: form.unwrap_or(MentionForm::Name),
                    rule: BY.to_owned(),
                });
                continue;
            }
            let id = rest
                .first()
                .map_or_else(|| format!("-{n}"), |id| (*id).to_owned());
            let number = rest.get(1).and_then(|n| n.parse().ok()).unwrap_or(1);
            let list = roles.entry((role.to_owned(), id)).or_default();
            list.push((number, *span));
        }
        for list in roles.values_mut() {
            list.sort_unstable();
        }
        let take = |role: &str, id: &str| -> Vec<Span> {
            let list = roles.get(&(role.to_owned(), id.to_owned()));
            list.into_iter().flatten().map(|(_, span)| *span).collect()
        };
        let ids = |role: &str| {
            let mut ids: Vec<&String> = roles
                .keys()
                .filter(|(r, _)| r == role)
                .map(|(_, id)| id)
                .collect();
            ids.sort();
            ids
        };
        for (id, entry) in &self.issues {
            self.out.issues.push(Argued {
                key: id.clone(),
                name: entry.get("name"),
                mentions: take("issue", id),
                inverse_of: entry.get("inverse"),
            });
        }
        for id in ids("issue") {
            if !self.issues.iter().any(|(known, _)| known == id) {
                let mentions = take("issue", id);
                self.out.issues.push(Argued {
                    key: id.clone(),
                    mentions,
                    ..Argued::default()
                });
            }
        }
        let none = Entry::default();
        for role in ["quote", "attribution"] {
            for id in ids(role) {
                let entry = self.quotes.get(id).unwrap_or(&none);
                self.out.said.push(Said {
                    key: id.clone(),
                    span: take(role, id)[0],
                    cue: take("cue", id).first().copied(),
                    speaker: entry.get("speaker").map_or(Who::Unknown, who),
                    speaker_span: take("speaker", id).first().copied(),
                    kind: QuoteKind::from_name(entry.word(1)).unwrap_or(QuoteKind::Direct),
                    continues: entry.get("continues"),
                    via: entry.all("via").collect(),
                    attribution: role == "attribution",
                    rule: entry.get("rule").unwrap_or_else(|| BY.to_owned()),
                    confidence: sure(entry),
                });
            }
        }
        for (id, entry) in &self.stances {
            let (evidence, target) = (take("evidence", id), take("target", id));
            let side = Polarity::from_name(entry.word(1));
            let polarity =
                side.ok_or_else(|| format!("%stance {id} is not for, against or conditional"))?;
            let (Some(target_span), false) = (target.first(), evidence.is_empty()) else {
                return Err(format!(
                    "%stance {id} has no [words]{{evidence {id}}} or no [words]{{target {id}}}"
                ));
            };
            self.out.held.push(Held {
                holder: entry.get("holder").map_or(Who::Unknown, who),
                holder_span: take("holder", id).first().copied(),
                target: entry.get("target").unwrap_or_default(),
                target_span: *target_span,
                polarity,
                strength: entry
                    .get("strength")
                    .and_then(|s| s.parse().ok())
                    .unwrap_or(2),
                evidence,
                via: entry.all("via").collect(),
                rule: entry.get("rule").unwrap_or_else(|| BY.to_owned()),
                confidence: sure(entry),
            });
        }
        for id in ids("comment") {
            let entry = self.links.get(id).unwrap_or(&none);
            let (comment, passage) = (take("comment", id), take("passage", id));
            if let (Some(comment), Some(passage)) = (comment.first(), passage.first()) {
                self.out.links.push(Link {
                    comment: *comment,
                    passage: *passage,
                    why: entry.get("why").unwrap_or_default(),
                    rule: BY.into(),
                    confidence: 1.0,
                });
            }
        }
        for id in ids("highlight") {
            let listed = self.highlights.iter().find(|(known, _)| known == id);
            let entry = listed.map_or(&none, |(_, entry)| entry);
            let created = entry.get("created").and_then(|t| t.parse().ok());
            self.out.highlights.push(Highlight {
                id: id.clone(),
                anchor: Anchor::new(&self.out.text, take("highlight", id)[0]),
                colour: Colour::from_name(entry.word(1)).unwrap_or_default(),
                tags: entry.all("tag").collect(),
                note: entry.get("note"),
                created: created.unwrap_or(Timestamp::UNIX_EPOCH),
                orphan: false,
            });
        }
        let place = |h: &Highlight| self.highlights.iter().position(|(id, _)| *id == h.id);
        self.out
            .highlights
            .sort_by_key(|h| (h.anchor.span, h.created, place(h)));
        Ok(())
    }
}

fn who(word: String) -> Who {
    match word.as_str() {
        "author" => Who::Author,
        "editor" => Who::Editor,
        "unknown" => Who::Unknown,
        _ => Who::Entity(word),
    }
}

fn sure(entry: &Entry) -> f32 {
    let sure = entry.get("sure").and_then(|s| s.parse::<f32>().ok());
    sure.filter(|s| (0.0..=1.0).contains(s)).unwrap_or(1.0)
}

/// The kind of block that a line begins with, and the rest of the line.
fn block(line: &str) -> (BlockKind, &str) {
    let told = line.strip_prefix('{').and_then(|l| l.split_once('}'));
    let told = told.and_then(|(kind, rest)| Some((BlockKind::from_name(kind)?, rest)));
    match told {
        Some((kind, rest)) => (kind, rest.strip_prefix(' ').unwrap_or(rest)),
        None => (BlockKind::Paragraph, line),
    }
}

/// Whether a tag is one.
fn known(tag: &str) -> Fault {
    const ROLES: [&str; 12] = [
        "quote",
        "attribution",
        "cue",
        "speaker",
        "evidence",
        "holder",
        "target",
        "issue",
        "comment",
        "passage",
        "highlight",
        "link",
    ];
    let role = tag.split(' ').next().unwrap_or_default();
    if EntityKind::from_name(role).is_some() || ROLES.contains(&role) {
        return Ok(());
    }
    let kinds: Vec<&str> = EntityKind::ALL.iter().map(|k| k.name()).collect();
    Err(format!(
        "{{{tag}}} is no tag; it begins with {} or {}",
        kinds.join(", "),
        ROLES.join(", ")
    ))
}

/// Appends the character that stands behind a backslash; gives back what follows.
fn escaped<'a>(rest: &'a str, out: &mut String) -> std::result::Result<&'a str, String> {
    let wrong = || "has a \\ before what needs none; write \\\\ for the character".to_owned();
    let c = rest.chars().next().ok_or_else(wrong)?;
    let after = &rest[c.len_utf8()..];
    match c {
        '[' | ']' | '{' | '}' | '\\' => out.push(c),
        'n' => out.push('\n'),
        'u' => {
            let digits = after.strip_prefix('{').and_then(|a| a.split_once('}'));
            let (digits, after) = digits.ok_or_else(wrong)?;
            let c = u32::from_str_radix(digits, 16)
                .ok()
                .and_then(char::from_u32);
            let c = c.ok_or_else(|| format!("\\u{{{digits}}} is no character"))?;
            out.push_str(&printable(c.encode_utf8(&mut [0; 4])));
            return Ok(after);
        }
        _ => return Err(wrong()),
    }
    Ok(after)
}

fn no_kind(kind: &str) -> String {
    let all: Vec<&str> = EntityKind::ALL.iter().map(|k| k.name()).collect();
    format!("{kind:?} is no kind; choose of {}", all.join(", "))
}
