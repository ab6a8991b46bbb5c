//! Markdown for people: what the reader marked, who said what, who is for or against what, and the
//! editor's comment. Every word that comes from the article or the reader is escaped, so that it
//! can make no HTML, no link, no picture and no layout (`CommonMark` 0.31 and
//! GitHub's autolinks; a bare mail address may still be linked there).

use std::fmt::Write as _;

use crate::base::text::{one_line, printable};
use crate::base::{Result, Span};
use crate::model::{Annotated, BlockKind, EntityKind, Highlight, Party, Quote};

/// Writes the whole file.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(in crate::export) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let mut out = String::new();
    head(&mut out, annotated);
    marked(&mut out, annotated, highlights);
    people(&mut out, annotated);
    stances(&mut out, annotated);
    comment(&mut out, annotated);
    Ok(out.into_bytes())
}

/// Escapes one line of text.
pub(in crate::export) fn escape(text: &str) -> String {
    let text = one_line(&printable(text));
    let mut out = String::with_capacity(text.len() + 8);
    let opens_list = {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (digits > 0 && text[digits..].starts_with(['.', ')'])).then_some(digits)
    };
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '{' | '}' | '#' | '|' | '~' | '$' | '^' | '@' => {
                out.push('\\');
                out.push(c);
            }
            '-' | '+' | '=' if at == 0 || rest.starts_with(c) => {
                out.push('\\');
                out.push(c);
            }
            '!' if rest.starts_with('[') => out.push_str("\\!"),
            ':' if !rest.starts_with(' ') && !rest.is_empty() => out.push_str("\\:"),
            '%' if rest.starts_with('%') => out.push_str("\\%"),
            '.' if text[..at].to_ascii_lowercase().ends_with("www") => out.push_str("\\."),
            '.' | ')' if opens_list == Some(at) => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// A code span that holds `text` whatever backticks it has.
fn code(text: &str) -> String {
    let text = one_line(&printable(text)).replace('|', "/");
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn head(out: &mut String, annotated: &Annotated) {
    let document = &annotated.document;
    let meta = &document.meta;
    let _ = writeln!(out, "# {}\n", escape(document.display_title()));
    let mut line = |name: &str, value: String| {
        let _ = writeln!(out, "- {name}: {value}");
    };
    if !meta.authors.is_empty() {
        line("By", escape(&meta.authors.join(", ")));
    }
    if let Some(date) = meta.published {
        line("Date", date.to_string());
    }
    if let Some(outlet) = &meta.outlet {
        line("Outlet", escape(outlet));
    }
    if let Some(uri) = &meta.uri {
        line("Source", code(uri));
    }
    if !meta.topics.is_empty() {
        line("Topics", escape(&meta.topics.join(", ")));
    }
}

fn marked(out: &mut String, annotated: &Annotated, highlights: &[Highlight]) {
    let mut placed: Vec<&Highlight> = highlights.iter().filter(|h| !h.orphan).collect();
    placed.sort_by_key(|h| (h.anchor.span, h.created));
    let lost: Vec<&Highlight> = highlights.iter().filter(|h| h.orphan).collect();
    if !placed.is_empty() {
        out.push_str("\n## Highlights\n");
    }
    for highlight in placed {
        one_highlight(
            out,
            annotated.document.slice(highlight.anchor.span),
            highlight,
        );
    }
    if !lost.is_empty() {
        out.push_str("\n## Highlights whose words are no longer in the text\n");
    }
    for highlight in lost {
        one_highlight(out, &highlight.anchor.exact, highlight);
    }
}

fn one_highlight(out: &mut String, words: &str, highlight: &Highlight) {
    out.push('\n');
    quotation(out, words);
    let mut line = highlight.colour.name().to_owned();
    for tag in &highlight.tags {
        let _ = write!(line, ", tag “{}”", escape(tag));
    }
    let _ = writeln!(out, "\n*{line}*");
    if let Some(note) = &highlight.note {
        for paragraph in note.lines().filter(|l| !l.trim().is_empty()) {
            let _ = writeln!(out, "\n{}", escape(paragraph));
        }
    }
}

/// A `>` quotation, one paragraph a line of `text`.
fn quotation(out: &mut String, text: &str) {
    let lines = text.lines().filter(|l| !l.trim().is_empty());
    for (n, line) in lines.enumerate() {
        if n > 0 {
            out.push_str(">\n");
        }
        let _ = writeln!(out, "> {}", escape(line));
    }
}

/// Adds everybody who is named, each with their quotes.
pub(super) fn people(out: &mut String, annotated: &Annotated) {
    let of = |party: Party| annotated.quotes.iter().filter(move |q| q.speaker == party);
    let mut speakers: Vec<(Party, String, Option<&str>)> = annotated
        .entities
        .iter()
        .filter(|e| e.kind == EntityKind::Person || of(Party::Entity(e.id)).next().is_some())
        .map(|e| (Party::Entity(e.id), e.name.clone(), e.role.as_deref()))
        .collect();
    for party in [Party::Author, Party::Editor, Party::Unknown] {
        if of(party).next().is_some() {
            speakers.push((party, annotated.party_name(party).to_owned(), None));
        }
    }
    if speakers.is_empty() {
        return;
    }
    out.push_str("\n## People and their quotes\n");
    for (party, name, role) in speakers {
        let _ = writeln!(out, "\n### {}\n", escape(&name));
        if let Some(role) = role {
            let _ = writeln!(out, "{}\n", escape(role));
        }
        let mut any = false;
        for quote in of(party) {
            any = true;
            one_quote(out, annotated, quote);
        }
        if !any {
            out.push_str("Named, not quoted.\n");
        }
    }
}

fn one_quote(out: &mut String, annotated: &Annotated, quote: &Quote) {
    let words = escape(annotated.document.slice(quote.span));
    let cue = quote.cue.map_or_else(String::new, |cue| {
        format!(", “{}”", escape(annotated.document.slice(cue)))
    });
    let _ = writeln!(out, "- {words} ({}{cue})", quote.kind.name());
}

/// Adds the table of stances.
pub(super) fn stances(out: &mut String, annotated: &Annotated) {
    if annotated.stances.is_empty() {
        return;
    }
    out.push_str("\n## Who is for or against what\n\n");
    out.push_str("| Holder | Stance | Target | Evidence | Reported by | Confidence |\n");
    out.push_str("|---|---|---|---|---|---|\n");
    let words = |span: &Span| format!("“{}”", escape(annotated.document.slice(*span)));
    for stance in &annotated.stances {
        let via: Vec<&str> = stance
            .via
            .iter()
            .map(|&id| annotated.party_name(Party::Entity(id)))
            .collect();
        let evidence: Vec<String> = stance.evidence.iter().map(words).collect();
        let _ = writeln!(
            out,
            "| {} | {} {}, {} | {} | {} | {} | {:.2} |",
            escape(annotated.party_name(stance.holder)),
            stance.polarity.sign(),
            stance.polarity.name(),
            stance.strength_word(),
            escape(annotated.target_name(stance.target)),
            evidence.join(" … "),
            escape(&via.join(", ")),
            stance.confidence,
        );
    }
}

fn comment(out: &mut String, annotated: &Annotated) {
    let document = &annotated.document;
    let mut paragraphs = document.blocks_of(BlockKind::Comment).peekable();
    if paragraphs.peek().is_some() {
        out.push_str("\n## Editor’s comment\n");
    }
    for block in paragraphs {
        let _ = writeln!(out, "\n{}", escape(document.slice(block.span)));
    }
}
