//! TEI P5: names, speech, cues, evidence and notes in an XML text. Paragraphs, headings and the like
//! become blocks; a run of white space with a line break in it is one space. What `export` writes
//! comes back as it was; of other files the names, `said` and `q`, and notes with a target.

use std::collections::BTreeMap;

use jiff::Timestamp;
use roxmltree::{Document as Xml, Node, ParsingOptions};

use super::gather::{self, Argued, Found, Gather, Held, Known, Said, Who, fault, safe};
use super::kinds::kind_by;
use crate::base::text::one_line;
use crate::base::{Result, Span};
use crate::ingest::{Loaded, Source};
use crate::model::{
    Anchor, Block, BlockKind, Colour, EntityKind, Highlight, MentionForm, Polarity, QuoteKind,
};

/// How annotations are told to come from here.
const BY: &str = "tei";
/// Most elements of a file.
const NODES: u32 = 2_000_000;
/// Elements whose text is a block.
const BLOCKS: [&str; 14] = [
    "p",
    "ab",
    "head",
    "l",
    "item",
    "byline",
    "dateline",
    "docAuthor",
    "opener",
    "closer",
    "salute",
    "signed",
    "cell",
    "quote",
];
/// Elements whose text is not the article's.
const SKIPPED: [&str; 6] = ["note", "fw", "figDesc", "sic", "orig", "teiHeader"];

/// An element in the text: where it is, and the node.
struct Mark<'a, 'i> {
    span: Span,
    node: Node<'a, 'i>,
}

/// Whether a text looks like TEI.
pub(super) fn is_tei(text: &str) -> bool {
    let head: String = text.chars().take(4096).collect();
    head.contains("<TEI") && (head.contains("tei-c.org/ns") || head.contains("teiHeader"))
}

/// Reads a file.
///
/// # Errors
/// No well-formed XML: line and column. A file without text.
pub(super) fn read(text: &str, source: &Source) -> Result<Loaded> {
    let options = ParsingOptions {
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let xml = Xml::parse_with_options(text, options).map_err(|e| {
        let place = e.pos();
        let cause = e.to_string();
        let cause = cause.rsplit_once(" at ").map_or(cause.as_str(), |(c, _)| c);
        fault(
            source,
            place.row as usize,
            format!("is not well-formed XML: {}", one_line(cause)),
        )
        .at(place.row as usize, Some(place.col as usize))
    })?;
    let mut out = Gather::default();
    let root = xml.root_element();
    let body = root
        .descendants()
        .find(|n| n.has_tag_name("body") || n.tag_name().name() == "body");
    let body = body.ok_or_else(|| fault(source, 1, "has no <body>"))?;
    let marks = walk(body, &mut out);
    meta(root, &mut out);
    layers(root, &marks, &mut out);
    out.details.push("annotations read from TEI".to_owned());
    out.finish(source)
}

fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

/// The text of the body, with the elements in it. Without recursion: a file may be deep.
fn walk<'a, 'i>(body: Node<'a, 'i>, out: &mut Gather) -> Vec<Mark<'a, 'i>> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut todo = vec![(body, false, 0)];
    // Where the block begins that is being read, and its kind.
    let mut open: Option<(usize, BlockKind)> = None;
    let mut division = BlockKind::Paragraph;
    while let Some((node, entered, from)) = todo.pop() {
        if node.is_text() {
            if open.is_some() || !node.text().unwrap_or_default().trim().is_empty() {
                let start = open.get_or_insert_with(|| begin(out, division)).0;
                append(out, start, node.text().unwrap_or_default());
            }
            continue;
        }
        if !node.is_element() || SKIPPED.contains(&name(node)) {
            continue;
        }
        let block = BLOCKS.contains(&name(node));
        if entered {
            let end = out.text.len();
            marks.push(Mark {
                span: Span::new(from.min(end), end),
                node,
            });
            if block || name(node) == "div" {
                close(out, &mut open);
            }
            continue;
        }
        if name(node) == "div" {
            close(out, &mut open);
            division = match node.attribute("type") {
                Some("comment") => BlockKind::Comment,
                Some("brief") => BlockKind::Brief,
                _ => BlockKind::Paragraph,
            };
        }
        if block {
            close(out, &mut open);
            let own = node.attribute("rend").and_then(BlockKind::from_name);
            let kind = own.unwrap_or(match name(node) {
                "head" => BlockKind::Heading,
                "item" => BlockKind::ListItem,
                "byline" | "docAuthor" => BlockKind::Byline,
                "dateline" => BlockKind::Date,
                _ => division,
            });
            open = Some(begin(out, kind));
        }
        todo.push((node, true, out.text.len()));
        todo.extend(node.children().rev().map(|child| (child, false, 0)));
    }
    close(out, &mut open);
    // White space at the ends of a block is gone, perhaps with the end of an element.
    let end = out.text.len();
    for mark in &mut marks {
        mark.span = Span::new(mark.span.from().min(end), mark.span.to().min(end)).trim(&out.text);
    }
    marks
}

fn begin(out: &mut Gather, kind: BlockKind) -> (usize, BlockKind) {
    if !out.text.is_empty() {
        out.text.push('\n');
    }
    (out.text.len(), kind)
}

fn close(out: &mut Gather, open: &mut Option<(usize, BlockKind)>) {
    let Some((start, kind)) = open.take() else {
        return;
    };
    out.text
        .truncate(start + out.text[start..].trim_end().len());
    if out.text.len() > start {
        let span = Span::new(start, out.text.len());
        out.blocks.push(Block { kind, span });
    } else {
        out.text.truncate(start.saturating_sub(1));
    }
}

/// Appends characters; a run of white space with a line break is one space, none at the beginning.
fn append(out: &mut Gather, start: usize, words: &str) {
    let mut rest = words;
    while !rest.is_empty() {
        let word = rest.find(char::is_whitespace).unwrap_or(rest.len());
        out.text.push_str(&safe(&rest[..word]));
        rest = &rest[word..];
        let gap = rest
            .find(|c: char| !c.is_whitespace())
            .unwrap_or(rest.len());
        let (space, after) = rest.split_at(gap);
        rest = after;
        let bare = out.text.len() == start || out.text.ends_with(' ') && space.contains('\n');
        if !space.is_empty() && !bare {
            if space.contains('\n') {
                out.text.push(' ');
            } else {
                out.text.push_str(&safe(space));
            }
        }
    }
}

fn meta(root: Node, out: &mut Gather) {
    let header = root.descendants().find(|n| name(*n) == "teiHeader");
    let Some(header) = header else { return };
    let words = |node: Node| {
        let all: String = node
            .descendants()
            .filter_map(|n| n.text().filter(|_| n.is_text()))
            .collect();
        Some(safe(&one_line(&all))).filter(|w| !w.is_empty())
    };
    let of = |parent: &str, wanted: &str| {
        let parents = header.descendants().filter(|n| name(*n) == parent);
        let inner = parents
            .flat_map(|p| p.descendants())
            .filter(|n| name(*n) == wanted);
        inner.filter_map(words).collect::<Vec<String>>()
    };
    out.meta.title = of("titleStmt", "title").into_iter().next();
    out.meta.authors = of("titleStmt", "author");
    out.meta.outlet = of("sourceDesc", "publisher").into_iter().next();
    out.meta.uri = of("sourceDesc", "idno").into_iter().next();
    out.meta.topics = of("keywords", "term");
    let source = header.descendants().find(|n| name(*n) == "sourceDesc");
    let day = source.and_then(|s| s.descendants().find_map(|n| n.attribute("when")));
    out.meta.published = day.and_then(|d| d.get(..10)).and_then(|d| d.parse().ok());
    let language = header.descendants().find(|n| name(*n) == "language");
    let language = language
        .and_then(|l| l.attribute("ident"))
        .filter(|l| *l != "und");
    out.meta.language = language.map(safe);
    for node in header.descendants() {
        if !matches!(name(node), "person" | "personGrp" | "org" | "place") {
            continue;
        }
        let Some(id) = id(node) else { continue };
        let mut known = Known::default();
        for child in node.children().filter(Node::is_element) {
            match (name(child), child.attribute("type")) {
                (_, Some("alias")) => known.aliases.extend(words(child)),
                ("persName" | "orgName" | "placeName" | "name", _) if known.name.is_none() => {
                    known.name = words(child);
                }
                ("occupation" | "roleName", _) => known.role = words(child),
                ("affiliation", _) => known.speaks_for = child.attribute("corresp").map(key),
                _ => {}
            }
        }
        let kind = node.attribute("role").and_then(EntityKind::from_name);
        known.kind = kind.or((name(node) == "person").then_some(EntityKind::Person));
        out.entities.insert(id.to_owned(), known);
    }
}

fn id<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    node.attribute(("http://www.w3.org/XML/1998/namespace", "id"))
}

/// A pointer without its `#`.
fn key(pointer: &str) -> String {
    safe(pointer.trim().trim_start_matches('#')).replace('\n', " ")
}

fn layers(root: Node, marks: &[Mark], out: &mut Gather) {
    // An element that goes on is one with its first part.
    let mut spans: BTreeMap<usize, Span> = BTreeMap::new();
    let mut by_id: BTreeMap<&str, usize> = BTreeMap::new();
    let mut order: Vec<usize> = (0..marks.len()).collect();
    order.sort_by_key(|n| marks[*n].span);
    for n in order {
        let node = marks[n].node;
        let before = node
            .attribute("prev")
            .map(|p| p.trim().trim_start_matches('#'));
        let first = before.and_then(|p| by_id.get(p).copied());
        let first = first.unwrap_or(n);
        if let Some(id) = id(node) {
            by_id.insert(id, first);
        }
        let span = spans.entry(first).or_insert(marks[n].span);
        *span = span.hull(marks[n].span);
    }
    let mut cues: BTreeMap<String, Span> = BTreeMap::new();
    let mut evidence: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    let mut issues: BTreeMap<String, Argued> = BTreeMap::new();
    let mut highlights: BTreeMap<String, Highlight> = BTreeMap::new();
    let mut said: Vec<Said> = Vec::new();
    for (n, span) in &spans {
        let node = marks[*n].node;
        if span.is_empty() {
            continue;
        }
        let (element, kind) = (name(node), node.attribute("type").unwrap_or_default());
        let pointer = ["ref", "corresp", "key"]
            .into_iter()
            .find_map(|a| node.attribute(a))
            .map(key);
        match (element, kind) {
            ("seg", "cue") => {
                cues.insert(pointer.unwrap_or_default(), *span);
            }
            ("seg", "evidence") => evidence
                .entry(pointer.unwrap_or_default())
                .or_default()
                .push(*span),
            ("seg", "highlight") => {
                let mark = highlight(node, *span, &out.text, highlights.len());
                highlights.insert(mark.id.clone(), mark);
            }
            ("rs", "issue") => {
                let own = pointer.unwrap_or_else(|| format!("I-{n}"));
                let issue = issues.entry(own.clone()).or_default();
                issue.key = own;
                issue.mentions.push(*span);
            }
            ("said" | "q", _) | ("seg", "attribution") => {
                let direct = node.attribute("direct") != Some("false");
                let kind = node.attribute("rend").and_then(QuoteKind::from_name);
                let other = if direct {
                    QuoteKind::Direct
                } else {
                    QuoteKind::Indirect
                };
                let who = node.attribute("who").or(node.attribute("corresp"));
                said.push(Said {
                    key: id(node).map(key).unwrap_or_default(),
                    span: *span,
                    cue: None,
                    speaker: who.map_or(Who::Unknown, party),
                    speaker_span: None,
                    kind: kind.unwrap_or(if element == "seg" {
                        QuoteKind::Indirect
                    } else {
                        other
                    }),
                    continues: None,
                    via: Vec::new(),
                    attribution: element == "seg",
                    rule: BY.to_owned(),
                    confidence: 1.0,
                });
            }
            _ => out.mentions.extend(mention(node, *span, pointer)),
        }
    }
    for one in &mut said {
        one.cue = cues.get(&one.key).copied();
    }
    out.said = said;
    notes(root, &evidence, &mut issues, &mut highlights, out);
    let mut issues: Vec<Argued> = issues.into_values().collect();
    issues.sort_by_key(|i| (gather::number(&i.key), i.mentions.first().copied()));
    out.issues = issues;
    out.highlights = highlights.into_values().collect();
    out.highlights.sort_by_key(|h| h.anchor.span);
}

fn party(pointer: &str) -> Who {
    match key(pointer).as_str() {
        "author" => Who::Author,
        "editor" => Who::Editor,
        "" => Who::Unknown,
        key => Who::Entity(key.to_owned()),
    }
}

fn mention(node: Node, span: Span, entity: Option<String>) -> Option<Found> {
    let element = name(node);
    let told = node.attribute("type").unwrap_or_default();
    let (kind, rule) = match element {
        "persName" | "forename" | "surname" => (EntityKind::Person, BY.to_owned()),
        "orgName" if told == "group" => (EntityKind::Group, BY.to_owned()),
        "orgName" => (EntityKind::Organization, BY.to_owned()),
        "placeName" | "geogName" | "settlement" | "country" | "region" => {
            (EntityKind::Place, BY.to_owned())
        }
        "name" | "rs" => kind_by(if told.is_empty() { "other" } else { told }, BY),
        "date" | "time" => (EntityKind::Date, BY.to_owned()),
        "num" | "measure" => kind_by(if told.is_empty() { "quantity" } else { told }, BY),
        _ => return None,
    };
    // Names of a name are parts of it.
    let part = matches!(element, "forename" | "surname");
    if part && node.ancestors().skip(1).any(|a| name(a) == "persName") {
        return None;
    }
    let form = node.attribute("subtype").and_then(MentionForm::from_name);
    let other = if element == "rs" {
        MentionForm::Nominal
    } else {
        MentionForm::Name
    };
    Some(Found {
        span,
        kind,
        entity,
        form: form.unwrap_or(other),
        rule,
    })
}

fn highlight(node: Node, span: Span, text: &str, n: usize) -> Highlight {
    let own = id(node).map(key);
    Highlight {
        id: own.unwrap_or_else(|| format!("{BY}-{}", n + 1)),
        anchor: Anchor::new(text, span),
        colour: node
            .attribute("rend")
            .and_then(Colour::from_name)
            .unwrap_or_default(),
        tags: Vec::new(),
        note: None,
        created: Timestamp::UNIX_EPOCH,
        orphan: false,
    }
}

/// What stands in notes: names of issues, stances, notes on highlights.
fn notes(
    root: Node,
    evidence: &BTreeMap<String, Vec<Span>>,
    issues: &mut BTreeMap<String, Argued>,
    highlights: &mut BTreeMap<String, Highlight>,
    out: &mut Gather,
) {
    let mut bare = 0;
    for node in root.descendants().filter(|n| name(*n) == "note") {
        let words: String = node
            .descendants()
            .filter_map(|n| n.text().filter(|_| n.is_text()))
            .collect();
        let words = safe(&one_line(&words));
        let own = id(node).map(key).unwrap_or_default();
        let target = node.attribute("target").map(key);
        match node.attribute("type") {
            Some("issue") => {
                if let Some(issue) = issues.get_mut(&own) {
                    issue.name = Some(words);
                    issue.inverse_of = node.attribute("corresp").map(key);
                }
            }
            Some("stance") => {
                let side = node.attribute("subtype").and_then(Polarity::from_name);
                let shown = evidence.get(&own);
                let (Some(polarity), Some(shown), Some(target)) = (side, shown, target) else {
                    bare += 1;
                    continue;
                };
                let first = shown[0];
                let near = |spans: Vec<Span>| {
                    spans
                        .into_iter()
                        .min_by_key(|s| s.from().abs_diff(first.from()))
                };
                let named = out
                    .mentions
                    .iter()
                    .filter(|m| m.entity.as_ref() == Some(&target));
                let named = named.map(|m| m.span).collect::<Vec<_>>();
                let argued = issues
                    .get(&target)
                    .map(|i| i.mentions.clone())
                    .unwrap_or_default();
                let Some(target_span) = near([named, argued].concat()) else {
                    bare += 1;
                    continue;
                };
                out.held.push(Held {
                    holder: node.attribute("resp").map_or(Who::Unknown, party),
                    holder_span: None,
                    target,
                    target_span,
                    polarity,
                    strength: node
                        .attribute("n")
                        .and_then(|n| n.parse().ok())
                        .unwrap_or(2),
                    evidence: shown.clone(),
                    via: Vec::new(),
                    rule: BY.to_owned(),
                    confidence: 1.0,
                });
            }
            _ => match target.and_then(|t| highlights.get_mut(&t)) {
                Some(mark) => {
                    mark.note = Some(words).filter(|w| !w.is_empty());
                    let tags = node.attribute("n").unwrap_or_default().split_whitespace();
                    mark.tags = tags.map(safe).collect();
                }
                None => bare += 1,
            },
        }
    }
    if bare > 0 {
        let many = crate::ingest::decode::counted(bare, "note");
        out.details
            .push(format!("left out {many} on nothing that is marked"));
    }
}
