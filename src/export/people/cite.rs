//! The article as a source, for reference managers and footnotes: `BibTeX`, CSL-JSON, and each
//! quotation ready to paste.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::base::Result;
use crate::base::text::printable;
use crate::export::json;
use crate::export::source::{address, line, marked, passage_link};
use crate::model::{Annotated, Document, Highlight, QuoteKind};
use crate::view::citation;

/// Words in the names of authors that are no persons.
const BODIES: &[&str] = &[
    "agency",
    "board",
    "bureau",
    "correspondents",
    "desk",
    "editors",
    "network",
    "news",
    "newsroom",
    "press",
    "reporters",
    "reuters",
    "service",
    "staff",
    "team",
    "times",
];

/// Given and family name of a person; `None` for agencies, staffs and single names.
fn parted(name: &str) -> Option<(&str, &str)> {
    let (given, family) = name.trim().rsplit_once(char::is_whitespace)?;
    let body = name
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| BODIES.contains(&word.to_lowercase().as_str()));
    (!body).then(|| (given.trim(), family))
}

/// A citation key: family name of the first author, year, first long word of the headline.
fn key(document: &Document) -> String {
    let meta = &document.meta;
    let ascii = |text: &str| -> String {
        use unicode_normalization::UnicodeNormalization;
        let letters = text.nfd().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_ascii_lowercase()
    };
    let author = meta
        .authors
        .first()
        .map(|a| parted(a).map_or(&**a, |(_, f)| f));
    let words = document.display_title().split_whitespace().map(ascii);
    let word = words.into_iter().find(|w| w.len() > 3).unwrap_or_default();
    let key = format!(
        "{}{}{word}",
        author.map(ascii).unwrap_or_default(),
        meta.published
            .map_or_else(String::new, |d| d.year().to_string()),
    );
    if key.is_empty() {
        return format!("byline{}", document.id);
    }
    key
}

/// Text as `BibTeX` takes it: no command, no comment, no unbalanced brace.
fn tex(text: &str) -> String {
    let mut out = String::new();
    for c in line(text).chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            // Escaped braces would still count for BibTeX's own reader.
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '\\' => out.push_str("\\textbackslash{}"),
            c => out.push(c),
        }
    }
    out
}

/// Writes one entry of `BibTeX`.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn bibtex(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let meta = &document.meta;
    let mut fields: Vec<(&str, String)> = Vec::new();
    let title = document.display_title();
    fields.push(("title", format!("{{{}}}", tex(title))));
    let authors: Vec<String> = meta
        .authors
        .iter()
        .map(|name| match parted(name) {
            Some((given, family)) if !name.contains([',', '{', '}']) && !is_and(name) => {
                format!("{}, {}", tex(family), tex(given))
            }
            _ => format!("{{{}}}", tex(name)),
        })
        .collect();
    if !authors.is_empty() {
        fields.push(("author", authors.join(" and ")));
    }
    if let Some(outlet) = &meta.outlet {
        fields.push(("journal", tex(outlet)));
    }
    if let Some(date) = meta.published {
        fields.push(("year", date.year().to_string()));
        let month = date.strftime("%b").to_string().to_lowercase();
        fields.push(("month", month));
        fields.push(("day", date.day().to_string()));
    }
    if let Some(url) = address(document) {
        fields.push(("url", url));
    }
    if !meta.topics.is_empty() {
        fields.push(("keywords", tex(&meta.topics.join(", "))));
    }
    if let Some(language) = &meta.language {
        fields.push(("langid", tex(language)));
    }
    let kind = if meta.outlet.is_some() {
        "article"
    } else {
        "misc"
    };
    let mut out = format!("@{kind}{{{},\n", key(document));
    for (name, value) in fields {
        // Months are words that BibTeX knows.
        let _ = match name {
            "month" => writeln!(out, "  {name} = {value},"),
            _ => writeln!(out, "  {name} = {{{value}}},"),
        };
    }
    out.push_str("}\n");
    Ok(out.into_bytes())
}

/// Whether a name holds the word that parts two authors.
fn is_and(name: &str) -> bool {
    name.split_whitespace()
        .any(|w| w.eq_ignore_ascii_case("and"))
}

/// Writes a list of one item of CSL-JSON.
pub(super) fn csl(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let meta = &document.meta;
    let mut item = json!({
        "id": key(document),
        "type": if meta.outlet.is_some() { "article-newspaper" } else { "article" },
        "title": line(document.display_title()),
    });
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            item[name] = value;
        }
    };
    let author = |name: &String| match parted(name) {
        Some((given, family)) => json!({"family": line(family), "given": line(given)}),
        None => json!({"literal": line(name)}),
    };
    let authors: Vec<Value> = meta.authors.iter().map(author).collect();
    put("author", (!authors.is_empty()).then(|| authors.into()));
    put(
        "container-title",
        meta.outlet.as_deref().map(|o| line(o).into()),
    );
    let date = meta.published;
    put(
        "issued",
        date.map(|d| json!({"date-parts": [[d.year(), d.month(), d.day()]]})),
    );
    put("URL", address(document).map(Into::into));
    put("language", meta.language.as_deref().map(|l| line(l).into()));
    let topics = line(&meta.topics.join(", "));
    put("keyword", (!topics.is_empty()).then(|| topics.into()));
    json::value(&json!([item]))
}

/// Writes each quotation and each passage that the reader marked with who said it, where and when,
/// and a link to the passage.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn quotations(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let mut out = String::new();
    let mut one = |words: &str, link: Option<String>| {
        if !out.is_empty() {
            out.push('\n');
        }
        let _ = writeln!(out, "{}", printable(words));
        if let Some(link) = link {
            let _ = writeln!(out, "{link}");
        }
    };
    let spoken = annotated
        .quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Scare);
    for quote in spoken {
        one(
            &citation(quote, annotated),
            passage_link(document, quote.span),
        );
    }
    let meta = &document.meta;
    for mark in marked(annotated, highlights) {
        let same =
            |q: &crate::model::Quote| Some(q.span) == mark.span && q.kind != QuoteKind::Scare;
        if annotated.quotes.iter().any(same) {
            continue;
        }
        let from = [
            meta.authors.join(", "),
            format!("“{}”", document.display_title()),
        ];
        let from = from.into_iter().filter(|part| !part.is_empty());
        let place = [meta.outlet.clone(), meta.published.map(|d| d.to_string())];
        let place: Vec<String> = place.into_iter().flatten().collect();
        let mut words = format!(
            "“{}” — {}",
            line(&mark.words),
            from.collect::<Vec<_>>().join(", ")
        );
        if !place.is_empty() {
            let _ = write!(words, " ({})", place.join(", "));
        }
        if mark.span.is_none() {
            words.push_str(" [no longer in the text]");
        }
        one(&words, mark.link(document));
    }
    Ok(out.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_parted_and_agencies_are_not() {
        assert_eq!(parted("Ana de la Cruz"), Some(("Ana de la", "Cruz")));
        assert_eq!(parted("Associated Press"), None);
        assert_eq!(parted("Plato"), None);
    }

    #[test]
    fn tex_gets_no_command_of_the_article() {
        assert_eq!(
            tex("a\\input{x} 5% {"),
            "a\\textbackslash{}input\\textbraceleft{}x\\textbraceright{} 5\\% \\textbraceleft{}"
        );
    }
}
