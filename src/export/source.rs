//! What several formats say about an article and its marks: its address, links to a passage, ids
//! that stay the same from export to export, the marks in order with their words.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::base::Span;
use crate::base::text::{one_line, printable};
use crate::model::{Annotated, Document, Highlight};

/// What stands for itself in a text directive of an address; `-`, `,` and `&` have a meaning there.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'_').remove(b'~');
/// What cannot stand in an address at all.
const ADDRESS: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// Words of a passage from which on only its first and last ones are named in a link.
const LONG: usize = 12;
/// Words that are named at either end then.
const ENDS: usize = 4;

/// The address of the article on the web, if it has one.
pub(super) fn address(document: &Document) -> Option<String> {
    let uri = document.meta.uri.as_deref()?;
    let scheme = uri.get(..8).unwrap_or(uri).to_ascii_lowercase();
    let web = scheme.starts_with("http://") || scheme.starts_with("https://");
    web.then(|| utf8_percent_encode(uri, ADDRESS).to_string())
}

/// What names the article anywhere: its address on the web, or a name made from its text.
pub(super) fn identity(document: &Document) -> String {
    address(document).unwrap_or_else(|| format!("urn:byline:{}", document.id))
}

/// A link that opens the article at these words, in browsers that know text fragments.
pub(super) fn passage_link(document: &Document, span: Span) -> Option<String> {
    Some(format!(
        "{}{}",
        address(document)?,
        directive(document, span)?
    ))
}

/// The `#:~:text=` part of such a link. Words before and after are named where these words alone
/// would be found in several places.
fn directive(document: &Document, span: Span) -> Option<String> {
    let text = &*document.text;
    let encode = |words: &str| utf8_percent_encode(&one_line(words), FRAGMENT).to_string();
    // A directive finds words within one block.
    let words: Vec<&str> = span.of(text).split_whitespace().collect();
    if words.is_empty() {
        return None;
    }
    let several_blocks = span.of(text).trim().contains('\n');
    let found = if words.len() > LONG || several_blocks {
        let ends = ENDS.min(words.len() / 2).max(1);
        let (first, last) = (&words[..ends], &words[words.len() - ends..]);
        format!("{},{}", encode(&first.join(" ")), encode(&last.join(" ")))
    } else {
        encode(&words.join(" "))
    };
    let alone = text.matches(span.of(text)).count() == 1;
    let line_before = text[..span.from()].rsplit('\n').next().unwrap_or("");
    let line_after = text[span.to()..].split('\n').next().unwrap_or("");
    let mut before: Vec<&str> = line_before.split_whitespace().rev().take(3).collect();
    before.reverse();
    let after: Vec<&str> = line_after.split_whitespace().take(3).collect();
    let mut out = "#:~:text=".to_owned();
    if !alone && !before.is_empty() {
        let _ = write!(out, "{}-,", encode(&before.join(" ")));
    }
    out.push_str(&found);
    if !alone && !after.is_empty() {
        let _ = write!(out, ",-{}", encode(&after.join(" ")));
    }
    Some(out)
}

/// Text of several lines made safe: each line as it is shown, no control characters.
pub(super) fn clean(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(printable).collect();
    lines.join("\n")
}

/// Text on one line made safe.
pub(super) fn line(text: &str) -> String {
    one_line(&printable(text))
}

/// Hexadecimal digits made from a name: always the same for the same name.
fn digest(name: &str, digits: usize) -> String {
    let mut out = String::new();
    for byte in Sha256::digest(name.as_bytes()) {
        let _ = write!(out, "{byte:02x}");
    }
    out.truncate(digits);
    out
}

/// A mark with what formats need of it.
pub(super) struct Marked<'a> {
    /// The mark.
    pub highlight: &'a Highlight,
    /// Where its words are; `None` if they are no longer in the text.
    pub span: Option<Span>,
    /// Its words, safe, with their line breaks.
    pub words: String,
    /// Its note, safe, if it says anything.
    pub note: Option<String>,
    /// The document it belongs to.
    document: &'a str,
}

impl Marked<'_> {
    /// Eight hexadecimal digits that stay the same from export to export.
    pub fn short_id(&self) -> String {
        digest(&format!("{}\n{}", self.document, self.highlight.id), 8)
    }

    /// The same as a UUID (version 8 of RFC 9562: made in a way of our own).
    pub fn uuid(&self) -> String {
        let d = digest(&format!("{}\n{}", self.document, self.highlight.id), 32);
        format!(
            "{}-{}-8{}-a{}-{}",
            &d[..8],
            &d[8..12],
            &d[13..16],
            &d[17..20],
            &d[20..]
        )
    }

    /// Its tags, safe.
    pub fn tags(&self) -> impl Iterator<Item = String> {
        let tags = self.highlight.tags.iter().map(|tag| line(tag));
        tags.filter(|tag| !tag.is_empty())
    }

    /// A link to its words.
    pub fn link(&self, document: &Document) -> Option<String> {
        match self.span {
            Some(span) => passage_link(document, span),
            None => address(document),
        }
    }
}

/// The marks in reading order, those whose words are gone at the end.
pub(super) fn marked<'a>(annotated: &'a Annotated, highlights: &'a [Highlight]) -> Vec<Marked<'a>> {
    let document = &annotated.document;
    let mut sorted: Vec<&Highlight> = highlights.iter().collect();
    sorted.sort_by_key(|h| (h.orphan, h.anchor.span, h.created));
    sorted
        .into_iter()
        .map(|highlight| {
            let span = (!highlight.orphan).then_some(highlight.anchor.span);
            let words = match span {
                Some(span) => document.slice(span),
                None => &highlight.anchor.exact,
            };
            let note = highlight.note.as_deref().map(clean);
            Marked {
                highlight,
                span,
                words: clean(words),
                note: note.filter(|note| !note.trim().is_empty()),
                document: &document.id,
            }
        })
        .collect()
}

/// A word for a tag of programs that allow no spaces or signs in one.
pub(super) fn tag_word(tag: &str) -> String {
    let mut out = String::new();
    for c in tag.chars() {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let out = out.trim_end_matches('-');
    // A tag of digits alone is none in several programs.
    if !out.is_empty() && out.chars().all(|c| c.is_ascii_digit()) {
        return format!("n{out}");
    }
    out.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::fixture::article;
    use crate::model::Metadata;

    fn document(text: &str, uri: &str) -> Document {
        Document {
            id: "id".to_owned(),
            text: text.into(),
            blocks: Vec::new(),
            meta: Metadata {
                uri: Some(uri.to_owned()),
                ..Metadata::default()
            },
            details: Vec::new(),
        }
    }

    fn link(text: &str, words: &str) -> String {
        let document = document(text, "https://news.example/a");
        let at = text.rfind(words).unwrap();
        let link = passage_link(&document, Span::new(at, at + words.len()));
        link.unwrap().split_once("#:~:text=").unwrap().1.to_owned()
    }

    #[test]
    fn a_link_names_the_passage_as_browsers_read_it() {
        assert_eq!(
            link("One well-known, odd thing.", "well-known, odd"),
            "well%2Dknown%2C%20odd"
        );
        // Twice in the text: told apart by its neighbours.
        assert_eq!(
            link("The mayor left. A mayor came.", "mayor"),
            "mayor%20left.%20A-,mayor,-came."
        );
        let long = "a b c d e f g h i j k l m n";
        assert_eq!(link(long, long), "a%20b%20c%20d,k%20l%20m%20n");
        assert_eq!(link("End one.\nStart two.", "one.\nStart"), "one.,Start");
        assert_eq!(link("Über 東京 here", "東京"), "%E6%9D%B1%E4%BA%AC");
    }

    #[test]
    fn only_the_web_is_linked_and_no_address_breaks_out() {
        assert_eq!(address(&document("a", "/tmp/a.txt")), None);
        assert_eq!(address(&document("a", "javascript:alert(1)")), None);
        let odd = document("a", "HTTPS://e.example/\"><script>");
        assert_eq!(
            address(&odd).unwrap(),
            "HTTPS://e.example/%22%3E%3Cscript%3E"
        );
        assert_eq!(identity(&document("a", "x")), "urn:byline:id");
    }

    #[test]
    fn ids_stay_and_differ() {
        let (annotated, highlights) = article();
        let ids: Vec<String> = marked(&annotated, &highlights)
            .iter()
            .map(Marked::uuid)
            .collect();
        let again: Vec<String> = marked(&annotated, &highlights)
            .iter()
            .map(Marked::uuid)
            .collect();
        assert_eq!(ids, again);
        assert!(ids[0] != ids[1] && ids.iter().all(|id| id.len() == 36));
    }

    #[test]
    fn tags_become_single_words() {
        assert_eq!(tag_word("#tag|x"), "tag-x");
        assert_eq!(tag_word("to check!"), "to-check");
        assert_eq!(tag_word("2025"), "n2025");
        assert_eq!(tag_word("!!"), "");
    }
}
