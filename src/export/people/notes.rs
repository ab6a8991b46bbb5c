//! Markdown for programs that keep notes: Obsidian (front matter, callouts, block ids) and Logseq
//! (an outline with properties). Each mark has an id that stays the same, so that a second export
//! replaces the first and links to a block go on working; each has a link back to its passage.

use std::fmt::Write as _;

use super::markdown::{escape, people, stances};
use crate::base::{Result, Span};
use crate::export::source::{Marked, address, line, marked, tag_word};
use crate::model::{Annotated, BlockKind, Highlight};

/// Text as YAML takes it on one line: a JSON string is one.
fn yaml(text: &str) -> String {
    serde_json::Value::from(line(text)).to_string()
}

/// The sentence of a mark with `==` around its words, or the words alone where they are several
/// paragraphs. One entry a line of Markdown.
fn in_context(annotated: &Annotated, mark: &Marked) -> Vec<String> {
    let document = &annotated.document;
    let alone = || {
        let lines = mark.words.lines().filter(|l| !l.trim().is_empty());
        lines.map(|l| format!("=={}==", escape(l))).collect()
    };
    let Some(span) = mark.span.map(|s| s.trim(&document.text)) else {
        let lines = mark.words.lines().filter(|l| !l.trim().is_empty());
        return lines.map(escape).collect();
    };
    if span.is_empty() || document.slice(span).contains('\n') {
        return alone();
    }
    let first = annotated.sentence_at(span.from());
    let last = annotated.sentence_at(span.to() - 1);
    let at = |id: Option<crate::base::SentenceId>| annotated.sentences.get(id?.index());
    let (Some(first), Some(last)) = (at(first), at(last)) else {
        return alone();
    };
    let part = |from: usize, to: usize| {
        let words = document.slice(Span::new(from, to));
        // A space at the edge of a part belongs to the line.
        let edge = |is: bool| if is { " " } else { "" };
        format!(
            "{}{}{}",
            edge(words.starts_with(char::is_whitespace)),
            escape(words),
            edge(words.trim_start().ends_with(char::is_whitespace))
        )
    };
    let before = part(first.span.from(), span.from());
    let after = part(span.to(), last.span.to());
    vec![format!(
        "{}=={}=={}",
        before.trim_start(),
        escape(document.slice(span)),
        after.trim_end()
    )]
}

/// The link of a mark, in the angle brackets that let any address be one.
fn link(annotated: &Annotated, mark: &Marked) -> Option<String> {
    Some(format!(
        "[↗ passage](<{}>)",
        mark.link(&annotated.document)?
    ))
}

/// Writes the note of an article for Obsidian.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn obsidian(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let meta = &document.meta;
    let mut out = "---\n".to_owned();
    let _ = writeln!(out, "title: {}", yaml(document.display_title()));
    let list = |out: &mut String, name: &str, items: &[String]| {
        if !items.is_empty() {
            let items: Vec<String> = items.iter().map(|i| yaml(i)).collect();
            let _ = writeln!(out, "{name}: [{}]", items.join(", "));
        }
    };
    list(&mut out, "author", &meta.authors);
    if let Some(date) = meta.published {
        let _ = writeln!(out, "date: {date}");
    }
    if let Some(outlet) = &meta.outlet {
        let _ = writeln!(out, "outlet: {}", yaml(outlet));
    }
    if let Some(uri) = &meta.uri {
        let uri = address(document).unwrap_or_else(|| line(uri));
        let _ = writeln!(out, "source: {}", yaml(&uri));
    }
    let tags: Vec<String> = meta.topics.iter().map(|t| tag_word(t)).collect();
    let tags: Vec<String> = tags.into_iter().filter(|t| !t.is_empty()).collect();
    list(&mut out, "tags", &tags);
    let _ = writeln!(out, "byline: {}\n---\n", yaml(&document.id));
    let _ = writeln!(out, "# {}", escape(document.display_title()));
    let marks = marked(annotated, highlights);
    if !marks.is_empty() {
        out.push_str("\n## Highlights\n");
    }
    for mark in &marks {
        let gone = if mark.span.is_none() {
            " · no longer in the text"
        } else {
            ""
        };
        let kind = if mark.span.is_none() {
            "missing"
        } else {
            "quote"
        };
        let _ = writeln!(out, "\n> [!{kind}] {}{gone}", mark.highlight.colour.name());
        for (n, row) in in_context(annotated, mark).into_iter().enumerate() {
            let _ = writeln!(out, "{}> {row}", if n > 0 { ">\n" } else { "" });
        }
        if let Some(link) = link(annotated, mark) {
            let _ = writeln!(out, ">\n> {link}");
        }
        let note = mark.note.iter().flat_map(|note| note.lines());
        for row in note.filter(|row| !row.trim().is_empty()) {
            let _ = writeln!(out, ">\n> {}", escape(row));
        }
        let tags: Vec<String> = mark.tags().map(|t| tag_word(&t)).collect();
        let tags = tags.iter().filter(|t| !t.is_empty());
        let tags: Vec<String> = tags.map(|t| format!("#{t}")).collect();
        if !tags.is_empty() {
            let _ = writeln!(out, ">\n> {}", tags.join(" "));
        }
        // The id of a callout stands below it, with a blank line around.
        let _ = writeln!(out, "\n^h-{}", mark.short_id());
    }
    people(&mut out, annotated);
    stances(&mut out, annotated);
    comment_callout(&mut out, annotated);
    Ok(out.into_bytes())
}

fn comment_callout(out: &mut String, annotated: &Annotated) {
    let document = &annotated.document;
    for (n, block) in document.blocks_of(BlockKind::Comment).enumerate() {
        out.push_str(if n == 0 {
            "\n> [!note] Editor’s comment\n"
        } else {
            ">\n"
        });
        let _ = writeln!(out, "> {}", escape(document.slice(block.span)));
    }
}

/// Writes the page of an article for Logseq.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn logseq(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let meta = &document.meta;
    let mut out = String::new();
    let mut property = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "{name}:: {value}");
        }
    };
    property("title", escape(document.display_title()));
    property("author", escape(&meta.authors.join(", ")));
    property(
        "date",
        meta.published.map_or_else(String::new, |d| d.to_string()),
    );
    property("outlet", escape(meta.outlet.as_deref().unwrap_or("")));
    let uri = meta.uri.as_deref().unwrap_or("");
    property("source", address(document).unwrap_or_else(|| escape(uri)));
    let tags: Vec<String> = meta.topics.iter().map(|t| tag_word(t)).collect();
    property("tags", tags.join(", "));
    property("byline", escape(&document.id));
    let marks = marked(annotated, highlights);
    if !marks.is_empty() {
        out.push_str("\n- ## Highlights\n");
    }
    for mark in &marks {
        let rows = in_context(annotated, mark);
        for (n, row) in rows.into_iter().enumerate() {
            let _ = writeln!(out, "{}{row}", if n == 0 { "\t- > " } else { "\t  > " });
        }
        let _ = writeln!(out, "\t  id:: {}", mark.uuid());
        let _ = writeln!(out, "\t  colour:: {}", mark.highlight.colour.name());
        let tags: Vec<String> = mark.tags().map(|t| tag_word(&t)).collect();
        if !tags.is_empty() {
            let _ = writeln!(out, "\t  tags:: {}", tags.join(", "));
        }
        if mark.span.is_none() {
            out.push_str("\t  missing:: true\n");
        }
        if let Some(link) = link(annotated, mark) {
            let _ = writeln!(out, "\t\t- {link}");
        }
        let note = mark.note.iter().flat_map(|note| note.lines());
        for row in note.filter(|row| !row.trim().is_empty()) {
            let _ = writeln!(out, "\t\t- {}", escape(row));
        }
    }
    quote_outline(&mut out, annotated);
    stance_outline(&mut out, annotated);
    for (n, block) in document.blocks_of(BlockKind::Comment).enumerate() {
        if n == 0 {
            out.push_str("- ## Editor’s comment\n");
        }
        let _ = writeln!(out, "\t- {}", escape(document.slice(block.span)));
    }
    Ok(out.into_bytes())
}

fn quote_outline(out: &mut String, annotated: &Annotated) {
    if annotated.quotes.is_empty() {
        return;
    }
    out.push_str("- ## Who said what\n");
    for quote in &annotated.quotes {
        let _ = writeln!(
            out,
            "\t- **{}**: {} ({})",
            escape(annotated.party_name(quote.speaker)),
            escape(annotated.document.slice(quote.span)),
            quote.kind.name()
        );
    }
}

fn stance_outline(out: &mut String, annotated: &Annotated) {
    if annotated.stances.is_empty() {
        return;
    }
    out.push_str("- ## Who is for or against what\n");
    for stance in &annotated.stances {
        let words = |span: &Span| format!("“{}”", escape(annotated.document.slice(*span)));
        let evidence: Vec<String> = stance.evidence.iter().map(words).collect();
        let _ = writeln!(
            out,
            "\t- **{}** {} {} **{}**: {} ({}, {:.2})",
            escape(annotated.party_name(stance.holder)),
            stance.polarity.sign(),
            stance.polarity.name(),
            escape(annotated.target_name(stance.target)),
            evidence.join(" … "),
            stance.strength_word(),
            stance.confidence
        );
    }
}
