//! One page that needs nothing else: the article with its marks, who is named, the ledger, who is
//! heard, matrix and balance. It works without scripts and better with; it is light or dark as its
//! reader's screen is, and can be printed. No request leaves it: the page forbids itself every
//! source but its own style and script, by their checksums.
//!
//! Words of others go through [`escape`], without exception.

mod article;
mod lists;
mod plots;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::base::text::printable;
use crate::base::{EntityKind, Result};
use crate::export::service::schema_org;
use crate::export::source::{address, line, marked};
use crate::model::{Annotated, BlockKind, Highlight};

/// How it looks.
const STYLE: &str = include_str!("page.css");
/// What it does beyond links.
const SCRIPT: &str = include_str!("page.js");

/// Words of others as text of a page or value of an attribute.
fn escape(text: &str) -> String {
    let text = printable(text);
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

fn checksum(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

/// "1 quote", "3 quotes".
fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Writes the page.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let marks = marked(annotated, highlights);
    let mut out = String::new();
    head(&mut out, annotated);
    out.push_str("<body>\n");
    masthead(&mut out, annotated, highlights);
    out.push_str("<div class=\"page\">\n<main>\n");
    article::write(&mut out, annotated, &marks);
    out.push_str("</main>\n<aside class=\"side\">\n");
    lists::entities(&mut out, annotated);
    lists::marks(&mut out, annotated, &marks);
    out.push_str("</aside>\n</div>\n<div class=\"sheets\">\n");
    lists::ledger(&mut out, annotated);
    plots::balance(&mut out, annotated);
    plots::matrix(&mut out, annotated);
    lists::voices(&mut out, annotated);
    out.push_str("</div>\n");
    foot(&mut out, annotated);
    let _ = writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>");
    Ok(out.into_bytes())
}

fn head(out: &mut String, annotated: &Annotated) {
    let document = &annotated.document;
    let language = document.meta.language.as_deref().unwrap_or("en");
    let _ = writeln!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'sha256-{}'; script-src 'sha256-{}'; img-src data:; base-uri 'none'; \
         form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta name=\"generator\" content=\"byline {}\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n<style>{STYLE}</style>",
        escape(language),
        checksum(STYLE),
        checksum(SCRIPT),
        env!("CARGO_PKG_VERSION"),
        escape(document.display_title()),
    );
    // Inside a script element only `<` could end it.
    let data = schema_org::article(annotated).to_string();
    let safe = |c: char| !crate::base::text::is_unsafe(c);
    let mut json = String::with_capacity(data.len());
    for c in data.chars() {
        match c {
            '<' | '>' | '&' => {
                let _ = write!(json, "\\u{:04x}", c as u32);
            }
            c if safe(c) => json.push(c),
            c => {
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    let _ = write!(json, "\\u{unit:04x}");
                }
            }
        }
    }
    let _ = writeln!(
        out,
        "<script type=\"application/ld+json\">{json}</script>\n</head>"
    );
}

fn masthead(out: &mut String, annotated: &Annotated, highlights: &[Highlight]) {
    let document = &annotated.document;
    let meta = &document.meta;
    out.push_str("<header class=\"masthead\">\n<p class=\"kicker\">");
    let date = meta
        .published
        .map(|d| format!("<time datetime=\"{d}\">{}</time>", d.strftime("%-d %B %Y")));
    let outlet = meta.outlet.as_deref().map(escape);
    let parts: Vec<String> = [outlet, date].into_iter().flatten().collect();
    out.push_str(&parts.join(" <span class=\"dot\">·</span> "));
    out.push_str("</p>\n");
    if document.blocks_of(BlockKind::Title).next().is_none() {
        let _ = writeln!(out, "<h1>{}</h1>", escape(document.display_title()));
    } else {
        out.push_str("<h1>");
        article::title(out, annotated, &marked(annotated, highlights));
        out.push_str("</h1>\n");
    }
    if !meta.authors.is_empty() {
        let _ = writeln!(
            out,
            "<p class=\"by\">By {}</p>",
            escape(&meta.authors.join(", "))
        );
    }
    let named = annotated
        .entities
        .iter()
        .filter(|e| !e.kind.is_light())
        .count();
    let mut counts = vec![
        ("#named", plural(named, "name", "names")),
        ("#heard", plural(annotated.quotes.len(), "quote", "quotes")),
        (
            "#ledger",
            plural(annotated.stances.len(), "stance", "stances"),
        ),
        (
            "#marks",
            plural(highlights.len(), "highlight", "highlights"),
        ),
    ];
    counts.retain(|(_, text)| !text.starts_with("0 "));
    out.push_str("<nav class=\"counts\">");
    for (to, text) in counts {
        let _ = write!(out, "<a href=\"{to}\">{text}</a>");
    }
    if let Some(address) = address(document) {
        let _ = write!(
            out,
            "<a class=\"source\" rel=\"noreferrer noopener\" href=\"{}\">Read the source ↗</a>",
            escape(&address)
        );
    }
    out.push_str("</nav>\n</header>\n");
}

fn foot(out: &mut String, annotated: &Annotated) {
    let document = &annotated.document;
    out.push_str("<footer>\n<p>");
    if !document.meta.topics.is_empty() {
        let _ = write!(
            out,
            "Topics: {}. ",
            escape(&document.meta.topics.join(", "))
        );
    }
    if let Some(uri) = &document.meta.uri {
        let _ = write!(
            out,
            "From <span class=\"uri\">{}</span>. ",
            escape(&line(uri))
        );
    }
    out.push_str(
        "Names, quotes and stances were found by a program; each shows the words it was found in. \
         Read them before you quote them.</p>\n</footer>\n",
    );
}

/// The class of a kind of entity.
fn class(kind: EntityKind) -> &'static str {
    if kind.is_light() {
        "figure"
    } else {
        kind.name()
    }
}

#[cfg(test)]
mod tests;
