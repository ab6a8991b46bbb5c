//! CoNLL-2002, CoNLL-2003 and their relatives: one word a line, the tag in the last column, a blank
//! line between sentences; and CoNLL-U, with names and who is who in `Entity=`. The text is made of
//! the words, a space between two of them.

use std::collections::BTreeMap;

use super::gather::{Found, Gather, Known, fault};
use super::kinds::kind_by;
use crate::base::text::printable;
use crate::base::{Result, Span};
use crate::ingest::{Loaded, Source};
use crate::model::{Block, BlockKind, MentionForm};

/// Whether a text looks like lines of words with tags.
pub(super) fn is_tagged(text: &str) -> bool {
    if text.starts_with("-DOCSTART-") {
        return true;
    }
    let lines = text.lines().filter(|l| !l.trim().is_empty()).take(30);
    let mut seen = 0;
    for line in lines {
        let (cells, tag) = cells(line);
        if cells < 2 || !is_tag(tag) {
            return false;
        }
        seen += 1;
    }
    seen > 2
}

/// Whether a text looks like CoNLL-U.
pub(super) fn is_conllu(text: &str) -> bool {
    let mut lines = text
        .lines()
        .filter(|l| !l.trim().is_empty() && !l.starts_with('#'));
    lines
        .next()
        .is_some_and(|l| l.split('\t').count() == 10 && l.starts_with(|c: char| c.is_ascii_digit()))
}

fn cells(line: &str) -> (usize, &str) {
    let cells: Vec<&str> = line.split([' ', '\t']).filter(|c| !c.is_empty()).collect();
    (cells.len(), cells.last().copied().unwrap_or_default())
}

fn is_tag(tag: &str) -> bool {
    tag == "O"
        || tag.split_once('-').is_some_and(|(b, kind)| {
            matches!(b, "B" | "I" | "E" | "S" | "L" | "U") && !kind.is_empty()
        })
}

/// A text in the making: words with spaces, sentences on lines of their own.
#[derive(Default)]
struct Page {
    text: String,
    sentences: Vec<Span>,
    start: usize,
    /// Whether the next word stands apart from the one before.
    apart: bool,
}

impl Page {
    fn word(&mut self, word: &str) -> Span {
        if self.text.len() > self.start && self.apart {
            self.text.push(' ');
        }
        let from = self.text.len();
        self.text.push_str(&printable(word));
        self.apart = true;
        Span::new(from, self.text.len())
    }

    fn end(&mut self) {
        if self.text.len() > self.start {
            self.sentences.push(Span::new(self.start, self.text.len()));
            self.text.push('\n');
            self.start = self.text.len();
        }
        self.apart = false;
    }
}

/// Reads words with tags.
///
/// # Errors
/// A line without a tag, or a tag that is none.
pub(super) fn tagged(text: &str, source: &Source) -> Result<Loaded> {
    let mut page = Page::default();
    let mut names: Vec<(Span, String)> = Vec::new();
    // The type of the name that the word before belongs to.
    let mut open: Option<String> = None;
    for (n, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with("-DOCSTART-") {
            page.end();
            open = None;
            continue;
        }
        let (count, tag) = cells(line);
        if count < 2 {
            return Err(fault(source, n + 1, "has a word and no tag"));
        }
        if !is_tag(tag) {
            let cause = format!("{tag:?} is no tag such as O, B-PER or I-PER");
            return Err(fault(source, n + 1, cause));
        }
        let word = line
            .split([' ', '\t'])
            .find(|c| !c.is_empty())
            .unwrap_or_default();
        let span = page.word(word);
        let Some((begins, kind)) = tag.split_once('-') else {
            open = None;
            continue;
        };
        let fresh = matches!(begins, "B" | "S" | "U") || open.as_deref() != Some(kind);
        match names.last_mut().filter(|_| !fresh) {
            Some((last, _)) => *last = last.hull(span),
            None => names.push((span, kind.to_owned())),
        }
        open = (!matches!(begins, "E" | "L" | "S" | "U")).then(|| kind.to_owned());
    }
    page.end();
    let mut out = Gather {
        mentions: names
            .into_iter()
            .map(|(span, label)| {
                let (kind, rule) = kind_by(&label, "conll");
                Found {
                    span,
                    kind,
                    entity: None,
                    form: MentionForm::Name,
                    rule,
                }
            })
            .collect(),
        sentences: page.sentences,
        details: vec!["annotations read from CoNLL; words are a space apart".to_owned()],
        ..Gather::default()
    };
    out.text = page.text;
    out.finish(source)
}

/// Reads CoNLL-U.
///
/// # Errors
/// A line that has not ten columns, a mention that ends and never began, or never ends.
pub(super) fn universal(text: &str, source: &Source) -> Result<Loaded> {
    let mut page = Page::default();
    let mut out = Gather::default();
    let mut fields: Vec<String> = vec![
        "eid".to_owned(),
        "etype".to_owned(),
        "head".to_owned(),
        "other".to_owned(),
    ];
    // Mentions that began and have not ended: entity, kind, form, first word, line.
    let mut open: Vec<(String, String, String, Span, usize)> = Vec::new();
    let mut blocks: Vec<usize> = Vec::new();
    let mut kinds: BTreeMap<String, String> = BTreeMap::new();
    // A word of several syntactic words is its first line only.
    let mut covered = 0;
    for (n, line) in text.lines().enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Some(comment) = line.strip_prefix('#') {
            let (name, value) = comment.split_once('=').unwrap_or((comment, ""));
            match name.trim() {
                "global.Entity" => fields = value.trim().split('-').map(str::to_owned).collect(),
                "title" => out.meta.title = Some(printable(value.trim()).into_owned()),
                "newpar id" | "newpar" | "newdoc" | "newdoc id" => blocks.push(page.text.len()),
                _ => {}
            }
            continue;
        }
        if line.trim().is_empty() {
            if let Some((entity, .., begun)) = open.pop() {
                let cause = format!("the mention of {entity} does not end in its sentence");
                return Err(fault(source, begun, cause));
            }
            page.end();
            covered = 0;
            continue;
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() != 10 {
            let cause = format!("has {} columns, CoNLL-U has 10", columns.len());
            return Err(fault(source, n + 1, cause));
        }
        let (id, form, misc) = (columns[0], columns[1], columns[9]);
        if id.contains('.') {
            // An empty node has no words.
            continue;
        }
        let number = id
            .split('-')
            .next_back()
            .and_then(|i| i.parse::<usize>().ok());
        let number =
            number.ok_or_else(|| fault(source, n + 1, format!("{id:?} is no number of a word")))?;
        let ranged = id.contains('-');
        let inside = !ranged && number <= covered;
        let span = if inside {
            Span::new(page.text.len(), page.text.len())
        } else {
            page.word(form)
        };
        if ranged {
            covered = number;
        }
        let facts = || misc.split('|').filter_map(|f| f.split_once('='));
        if !inside && facts().any(|f| f == ("SpaceAfter", "No")) {
            page.apart = false;
        }
        let Some((_, entity)) = facts().find(|(name, _)| *name == "Entity") else {
            continue;
        };
        let span = if inside { last_word(&page) } else { span };
        for part in parts(entity) {
            if let Some(body) = part.strip_prefix('(') {
                let single = body.ends_with(')');
                let cells: Vec<&str> = body.trim_end_matches(')').split('-').collect();
                let get = |name: &str| {
                    let at = fields.iter().position(|f| f == name)?;
                    cells.get(at).copied().filter(|c| !c.is_empty())
                };
                let eid = get("eid").unwrap_or_default();
                // `e1[1/2]` is a part of a mention that has gaps.
                let eid = eid.split('[').next().unwrap_or(eid).to_owned();
                let kind = get("etype").unwrap_or("other").to_owned();
                let kind = kinds.entry(eid.clone()).or_insert(kind).clone();
                let form = get("other").and_then(|o| o.strip_prefix("form:"));
                let form = form.unwrap_or("name").to_owned();
                open.push((eid, kind, form, span, n + 1));
                if !single {
                    continue;
                }
            }
            let name = part.trim_matches(['(', ')']);
            let name = name.split(['-', '[']).next().unwrap_or(name);
            let begun = open.iter().rposition(|(eid, ..)| eid == name);
            let Some(begun) = begun else {
                let cause = format!("a mention of {name:?} ends that did not begin");
                return Err(fault(source, n + 1, cause));
            };
            let (entity, label, form, first, _) = open.remove(begun);
            let (kind, rule) = kind_by(&label, "conllu");
            out.entities
                .entry(entity.clone())
                .or_insert_with(Known::default);
            out.mentions.push(Found {
                span: first.hull(span),
                kind,
                entity: Some(entity),
                form: MentionForm::from_name(&form).unwrap_or(MentionForm::Name),
                rule,
            });
        }
    }
    if let Some((entity, .., begun)) = open.pop() {
        let cause = format!("the mention of {entity} does not end");
        return Err(fault(source, begun, cause));
    }
    page.end();
    out.blocks = paragraphs(&page, &blocks);
    // Sentences of one paragraph are a space apart.
    let inside = |at: usize| out.blocks.iter().any(|b| b.span.has(at));
    let breaks: Vec<usize> = page.text.match_indices('\n').map(|(at, _)| at).collect();
    for at in breaks.into_iter().filter(|at| inside(*at)) {
        page.text.replace_range(at..=at, " ");
    }
    out.sentences = page.sentences;
    out.text = page.text;
    out.details.push("annotations read from CoNLL-U".to_owned());
    out.finish(source)
}

/// The word before, for the syntactic words of it.
fn last_word(page: &Page) -> Span {
    let from = page.text[page.start..]
        .rfind(' ')
        .map_or(page.start, |at| page.start + at + 1);
    Span::new(from, page.text.len())
}

/// Blocks: from a place where a paragraph begins to the next; none where the file tells none.
fn paragraphs(page: &Page, starts: &[usize]) -> Vec<Block> {
    if starts.is_empty() {
        return Vec::new();
    }
    let mut edges: Vec<usize> = [0].into_iter().chain(starts.iter().copied()).collect();
    edges.push(page.text.len());
    edges.sort_unstable();
    edges.dedup();
    let block = |pair: &[usize]| {
        let span = Span::new(pair[0], pair[1]).trim(&page.text);
        (!span.is_empty()).then_some(Block {
            kind: BlockKind::Paragraph,
            span,
        })
    };
    edges.windows(2).filter_map(block).collect()
}

/// The brackets of a value of `Entity`, each one that begins, one that ends, or both.
fn parts(value: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, c) in value.char_indices() {
        let cut = match c {
            '(' if at > from => Some(at),
            ')' => Some(at + 1),
            _ => None,
        };
        if let Some(cut) = cut {
            out.push(&value[from..cut]);
            from = cut;
        }
    }
    if from < value.len() {
        out.push(&value[from..]);
    }
    out
}
