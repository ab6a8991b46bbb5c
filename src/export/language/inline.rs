//! Inline markup: the text with its marks in brackets, `[Russia]{place E1}`, after a head that says
//! what the marks are. Made to be read and edited by hand and read back by `ingest`; all of it is
//! in the guide. Calls `base` and `model`.
//!
//! A mark is `[words]{tag}`; the tag holds a kind, an id, a role and, in every part of a mark that is
//! broken where another one crosses it or a block ends, `+` and a number of its own. A block that is no paragraph begins with `{kind} `. Before
//! `[ ] { } \` stands a backslash; `\n` is a line break inside a block, `\u{7}` any other character
//! that cannot be shown.

use std::fmt::Write as _;

use super::nest::{Step, nest};
use super::spans::{blocks, mentions, placed};
use crate::base::text::is_unsafe;
use crate::base::{Result, Span};
use crate::model::{Annotated, BlockKind, Highlight, MentionForm, Party, Quote, Target};

/// The head of the file, which tells its kind and version.
const HEAD: &str = "%byline 1\n";

/// Writes the whole file.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let text = &*annotated.document.text;
    let mut out = HEAD.to_owned();
    head(&mut out, annotated, highlights);
    out.push_str("%%\n");
    let marks = marks(annotated, highlights);
    let spans: Vec<Span> = marks.iter().map(|(span, _)| *span).collect();
    // How many parts each mark has; one that has several gets a number.
    let mut totals = vec![0; marks.len()];
    let blocks = blocks(annotated);
    for (_, span) in &blocks {
        nest(*span, &spans, &mut totals);
    }
    let mut broken = 0;
    let number = |total: &usize| {
        let several = *total > 1;
        broken += usize::from(several);
        if several {
            format!(" +{broken}")
        } else {
            String::new()
        }
    };
    let numbers: Vec<String> = totals.iter().map(number).collect();
    let mut parts = vec![0; marks.len()];
    let mut at = 0;
    for (kind, span) in blocks {
        // Only white space lies between blocks.
        escape(&mut out, Span::new(at, span.from()).of(text), true);
        at = span.to();
        if kind != BlockKind::Paragraph {
            let _ = write!(out, "{{{}}} ", kind.name());
        }
        for step in nest(span, &spans, &mut parts) {
            match step {
                Step::Text(span) => escape(&mut out, span.of(text), false),
                Step::Open { .. } => out.push('['),
                Step::Close { mark, .. } => {
                    let _ = write!(out, "]{{{}{}}}", marks[mark].1, numbers[mark]);
                }
            }
        }
    }
    escape(&mut out, &text[at..], true);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    Ok(out.into_bytes())
}

/// Characters of the text. Between blocks a line break is one; in a block it is `\n`.
fn escape(out: &mut String, text: &str, between: bool) {
    for c in text.chars() {
        match c {
            '[' | ']' | '{' | '}' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' if between => out.push('\n'),
            '\n' => out.push_str("\\n"),
            c if is_unsafe(c) => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

/// Every mark with its tag.
fn marks(annotated: &Annotated, highlights: &[Highlight]) -> Vec<(Span, String)> {
    let mut out = Vec::new();
    let mut add = |span: Span, tag: String| {
        if !span.is_empty() {
            out.push((span, tag));
        }
    };
    for h in placed(&annotated.document.text, highlights) {
        add(h.anchor.span, format!("highlight {}", id(&h.id)));
    }
    for (n, link) in annotated.links.iter().enumerate() {
        add(link.comment, format!("comment L{}", n + 1));
        add(link.passage, format!("passage L{}", n + 1));
    }
    for (letter, list) in [('Q', &annotated.quotes), ('A', &annotated.attributions)] {
        let name = if letter == 'Q' {
            "quote"
        } else {
            "attribution"
        };
        for q in list {
            let id = q.id.index() + 1;
            add(q.span, format!("{name} {letter}{id}"));
            if let Some(cue) = q.cue {
                add(cue, format!("cue {letter}{id}"));
            }
            if let Some(words) = q.speaker_span {
                add(words, format!("speaker {letter}{id}"));
            }
        }
    }
    for s in &annotated.stances {
        for (n, span) in s.evidence.iter().enumerate() {
            // The first needs no number.
            let number = if n == 0 {
                String::new()
            } else {
                format!(" {}", n + 1)
            };
            add(*span, format!("evidence {}{number}", s.id));
        }
        add(s.target_span, format!("target {}", s.id));
        if let Some(words) = s.holder_span {
            add(words, format!("holder {}", s.id));
        }
    }
    for issue in &annotated.issues {
        for span in &issue.mentions {
            add(*span, format!("issue {}", issue.id));
        }
    }
    for m in mentions(annotated) {
        let mut tag = format!("{} {}", m.entity.kind.name(), m.entity.id);
        if m.mention.form != MentionForm::Name {
            let _ = write!(tag, " {}", m.mention.form.name());
        }
        add(m.span(), tag);
    }
    out
}

/// An id without white space and brackets, as it stands in a tag.
fn id(id: &str) -> String {
    let harmless = |c: char| !c.is_whitespace() && !is_unsafe(c) && !"[]{}\\%\"=".contains(c);
    let kept: String = id.chars().filter(|c| harmless(*c)).collect();
    if kept.is_empty() {
        "H0".to_owned()
    } else {
        kept
    }
}

/// A value in quotation marks, as JSON writes it, safe to show.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if is_unsafe(c) => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn head(out: &mut String, annotated: &Annotated, highlights: &[Highlight]) {
    let meta = &annotated.document.meta;
    let mut fact = |name: &str, value: &str| {
        let _ = writeln!(out, "%{name} {}", quoted(value));
    };
    for (name, value) in [
        ("title", &meta.title),
        ("outlet", &meta.outlet),
        ("uri", &meta.uri),
        ("language", &meta.language),
    ] {
        if let Some(value) = value {
            fact(name, value);
        }
    }
    if let Some(day) = meta.published {
        fact("published", &day.to_string());
    }
    for (name, list) in [
        ("author", &meta.authors),
        ("topic", &meta.topics),
        ("detail", &annotated.document.details),
    ] {
        for value in list {
            fact(name, value);
        }
    }
    for e in &annotated.entities {
        let _ = write!(
            out,
            "%entity {} {} name={}",
            e.id,
            e.kind.name(),
            quoted(&e.name)
        );
        for alias in &e.aliases {
            let _ = write!(out, " also={}", quoted(alias));
        }
        if let Some(role) = &e.role {
            let _ = write!(out, " role={}", quoted(role));
        }
        if let Some(other) = e.speaks_for {
            let _ = write!(out, " for={other}");
        }
        out.push('\n');
    }
    for i in &annotated.issues {
        let _ = write!(out, "%issue {} name={}", i.id, quoted(&i.name));
        if let Some(other) = i.inverse_of {
            let _ = write!(out, " inverse={other}");
        }
        out.push('\n');
    }
    for (letter, list) in [('Q', &annotated.quotes), ('A', &annotated.attributions)] {
        for q in list {
            quote(out, letter, q);
        }
    }
    for s in &annotated.stances {
        let target = match s.target {
            Target::Entity(id) => id.to_string(),
            Target::Issue(id) => id.to_string(),
        };
        let (id, side, holder) = (s.id, s.polarity.name(), party(s.holder));
        let _ = write!(out, "%stance {id} {side} holder={holder} target={target}");
        let _ = write!(out, " strength={} sure={:.2}", s.strength, s.confidence);
        s.via.iter().for_each(|via| {
            let _ = write!(out, " via={via}");
        });
        let _ = writeln!(out, " rule={}", quoted(&s.rule));
    }
    for (n, link) in annotated.links.iter().enumerate() {
        let _ = writeln!(out, "%link L{} why={}", n + 1, quoted(&link.why));
    }
    for h in placed(&annotated.document.text, highlights) {
        let _ = write!(
            out,
            "%highlight {} {} created={}",
            id(&h.id),
            h.colour.name(),
            h.created
        );
        for tag in &h.tags {
            let _ = write!(out, " tag={}", quoted(tag));
        }
        if let Some(note) = &h.note {
            let _ = write!(out, " note={}", quoted(note));
        }
        out.push('\n');
    }
}

fn quote(out: &mut String, letter: char, q: &Quote) {
    let (id, kind, speaker) = (q.id.index() + 1, q.kind.name(), party(q.speaker));
    let _ = write!(
        out,
        "%quote {letter}{id} {kind} speaker={speaker} sure={:.2}",
        q.confidence
    );
    if let Some(before) = q.continues {
        let _ = write!(out, " continues={letter}{}", before.index() + 1);
    }
    for via in &q.via {
        let _ = write!(out, " via={via}");
    }
    let _ = writeln!(out, " rule={}", quoted(&q.rule));
}

fn party(party: Party) -> String {
    match party {
        Party::Entity(id) => id.to_string(),
        Party::Author => "author".to_owned(),
        Party::Editor => "editor".to_owned(),
        Party::Unknown => "unknown".to_owned(),
    }
}
