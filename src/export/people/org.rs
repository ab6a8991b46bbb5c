//! Org, in the layout of `org-remark`: a heading for the article, below it one for each mark, with
//! its id, colour and place in a drawer. Places are positions of an Emacs buffer that holds the
//! text: characters, counted from one. Words of others can make no heading, block or markup.

use std::fmt::Write as _;

use crate::base::{Offsets, Result, Span, Unit};
use crate::export::source::{Marked, address, line, marked, passage_link, tag_word};
use crate::model::{Annotated, BlockKind, Highlight, Party};

/// Org's own way to keep a sign from being markup: a zero-width space beside it.
const GUARD: char = '\u{200b}';

/// Most characters of a heading made of a mark's words.
const HEADING: usize = 80;

/// One line of text that Org shows as it is.
fn escape(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let opens = |c: char| matches!(c, '*' | '#' | ':' | '-' | '+' | '|' | ',' | '%');
    if text.starts_with(opens) || numbered(&text) {
        out.push(GUARD);
    }
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // `scheme:path` is a link by itself.
        let next = rest.peek().is_some_and(|next| !next.is_whitespace());
        if c == ':' && before.is_alphanumeric() && next {
            out.push(GUARD);
        }
        out.push(c);
        // Markup does not begin where its sign is followed by a space, and this counts as one.
        let markup = matches!(c, '*' | '/' | '=' | '~' | '_' | '+');
        let bracket = matches!(c, '[' | '<' | '{' | '$' | '\\' | '@' | '^');
        if markup || bracket || c == ':' && before == ':' {
            out.push(GUARD);
        }
        before = c;
    }
    out
}

/// Whether a line would begin a numbered list.
fn numbered(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && text[digits..].starts_with(['.', ')'])
}

/// The words of a heading, cut to a readable length between words.
fn heading(words: &str) -> String {
    let mut out = String::new();
    for word in words.split_whitespace() {
        if !out.is_empty() && out.chars().count() + word.chars().count() >= HEADING {
            out.push_str(" …");
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    // A heading that ends like tags has none.
    let guarded = escape(&out);
    if guarded.ends_with(':') {
        return format!("{guarded}{GUARD}");
    }
    if guarded.starts_with(GUARD) {
        return guarded;
    }
    // Neither a keyword of tasks nor a priority or a comment.
    format!("{GUARD}{guarded}")
}

/// Words in a block for quotations, a line of theirs a paragraph.
fn quotation(out: &mut String, words: &str) {
    out.push_str("#+begin_quote\n");
    let rows = words.lines().filter(|l| !l.trim().is_empty());
    for (n, row) in rows.enumerate() {
        let _ = writeln!(out, "{}{}", if n > 0 { "\n" } else { "" }, escape(row));
    }
    out.push_str("#+end_quote\n");
}

/// An address that a link can hold.
fn target(address: &str) -> String {
    address.replace('[', "%5B").replace(']', "%5D")
}

/// Writes the whole file.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let meta = &document.meta;
    let mut out = String::new();
    let mut keyword = |name: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(out, "#+{name}: {value}");
        }
    };
    keyword("title", escape(document.display_title()));
    keyword("author", escape(&meta.authors.join(", ")));
    keyword(
        "date",
        meta.published.map_or_else(String::new, |d| d.to_string()),
    );
    // Sub- and superscripts only in braces, which no word of others keeps.
    keyword("options", "^:{} toc:nil".to_owned());
    let _ = writeln!(out, "\n* {}", heading(document.display_title()));
    out.push_str(":PROPERTIES:\n");
    let uri = address(document).or_else(|| meta.uri.as_deref().map(line));
    if let Some(uri) = &uri {
        let _ = writeln!(out, ":org-remark-file: {uri}");
    }
    if let Some(outlet) = &meta.outlet {
        let _ = writeln!(out, ":OUTLET: {}", line(outlet));
    }
    let _ = writeln!(out, ":BYLINE: {}\n:END:", line(&document.id));
    let offsets = Offsets::new(&document.text);
    for mark in marked(annotated, highlights) {
        one(&mut out, annotated, &offsets, &mark);
    }
    quotes(&mut out, annotated);
    stances(&mut out, annotated);
    for (n, block) in document.blocks_of(BlockKind::Comment).enumerate() {
        let before = if n == 0 {
            "* Editor’s comment\n"
        } else {
            "\n"
        };
        let _ = writeln!(out, "{before}{}", escape(document.slice(block.span)));
    }
    Ok(out.into_bytes())
}

fn one(out: &mut String, annotated: &Annotated, offsets: &Offsets, mark: &Marked) {
    let tags: Vec<String> = mark
        .tags()
        .map(|t| tag_word(&t).replace('-', "_"))
        .collect();
    let tags: Vec<String> = tags.into_iter().filter(|t| !t.is_empty()).collect();
    let _ = write!(out, "** {}", heading(&mark.words));
    if !tags.is_empty() {
        let _ = write!(out, " :{}:", tags.join(":"));
    }
    out.push_str("\n:PROPERTIES:\n");
    let _ = writeln!(out, ":org-remark-id: {}", mark.short_id());
    let _ = writeln!(out, ":org-remark-label: {}", mark.highlight.colour.name());
    if let Some(span) = mark.span {
        let (start, end) = offsets.range(span, Unit::Scalars);
        let _ = writeln!(out, ":org-remark-beg: {}", start + 1);
        let _ = writeln!(out, ":org-remark-end: {}", end + 1);
    } else {
        out.push_str(":MISSING: t\n");
    }
    if let Some(link) = mark.link(&annotated.document) {
        let _ = writeln!(out, ":org-remark-link: [[{}]]", target(&link));
    }
    let _ = writeln!(out, ":CREATED: {}\n:END:", mark.highlight.created);
    quotation(out, &mark.words);
    for row in mark.note.iter().flat_map(|note| note.lines()) {
        if !row.trim().is_empty() {
            let _ = writeln!(out, "\n{}", escape(row));
        }
    }
}

fn quotes(out: &mut String, annotated: &Annotated) {
    if !annotated.quotes.is_empty() {
        out.push_str("* Who said what\n");
    }
    for quote in &annotated.quotes {
        let _ = write!(
            out,
            "- {} :: {} ({})",
            escape(annotated.party_name(quote.speaker)),
            escape(annotated.document.slice(quote.span)),
            quote.kind.name()
        );
        if let Some(link) = passage_link(&annotated.document, quote.span) {
            let _ = write!(out, " [[{}][passage]]", target(&link));
        }
        out.push('\n');
    }
}

fn stances(out: &mut String, annotated: &Annotated) {
    if annotated.stances.is_empty() {
        return;
    }
    // A vertical line would begin another cell.
    let cell = |text: &str| escape(text).replace('|', "¦");
    out.push_str("* Who is for or against what\n");
    out.push_str("| Holder | Stance | Strength | Target | Evidence | Reported by | Confidence |\n");
    out.push_str("|-\n");
    for stance in &annotated.stances {
        let words = |span: &Span| format!("“{}”", cell(annotated.document.slice(*span)));
        let evidence: Vec<String> = stance.evidence.iter().map(words).collect();
        let via = stance
            .via
            .iter()
            .map(|&id| cell(annotated.party_name(Party::Entity(id))));
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {} | {:.2} |",
            cell(annotated.party_name(stance.holder)),
            stance.polarity.name(),
            stance.strength_word(),
            cell(annotated.target_name(stance.target)),
            evidence.join(" … "),
            via.collect::<Vec<_>>().join(", "),
            stance.confidence
        );
    }
}
