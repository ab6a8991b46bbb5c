//! The front of the feed reader: bytes → text that XML parsers bear. What breaks real feeds is put
//! right here: charsets, bytes before the first tag, document types, names of characters that only
//! HTML knows, lone `&`, control characters. Everything else stays as it is. Calls `decode` and the
//! table of HTML's character names.

use std::borrow::Cow;
use std::collections::BTreeMap;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use quick_xml::escape::resolve_html5_entity;

use super::decode;

/// What a text begins as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// XML.
    Xml,
    /// JSON.
    Json,
    /// A web page.
    Page,
    /// Anything else.
    Other,
}

/// Longest name of a character that is looked up, in bytes.
const LONGEST: usize = 34;
/// Largest value of an entity that a feed defines, in bytes, and how many it may define.
const VALUE: usize = 2000;
const DEFINED: usize = 300;

/// Decodes a feed: what is written in it about its charset counts, unless the bytes refute it.
pub(super) fn decoded<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Cow<'a, str> {
    if let Some(text) = wide(bytes) {
        return Cow::Owned(text);
    }
    let head = &bytes[..bytes.len().min(4)];
    let sixteen: Option<&Encoding> = match *head {
        [0, b'<', 0, _] => Some(UTF_16BE),
        [b'<', 0, _, 0] => Some(UTF_16LE),
        _ => None,
    };
    match sixteen {
        Some(charset) => charset.decode_without_bom_handling(bytes).0,
        None => decode::labelled(bytes, content_type).0,
    }
}

/// UTF-32, which no browser reads and some feeds are in.
fn wide(bytes: &[u8]) -> Option<String> {
    let (little, rest) = match *bytes.get(..4)? {
        [0xff, 0xfe, 0, 0] => (true, &bytes[4..]),
        [0, 0, 0xfe, 0xff] => (false, &bytes[4..]),
        [b'<', 0, 0, 0] => (true, bytes),
        [0, 0, 0, b'<'] => (false, bytes),
        _ => return None,
    };
    let letters = rest.chunks_exact(4).map(|c| {
        let c = [c[0], c[1], c[2], c[3]];
        let code = if little {
            u32::from_le_bytes(c)
        } else {
            u32::from_be_bytes(c)
        };
        char::from_u32(code).unwrap_or('\u{fffd}')
    });
    Some(letters.collect())
}

/// What `text` is, by its first tag or brace.
pub(super) fn kind(text: &str) -> Kind {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.starts_with('{') {
        return Kind::Json;
    }
    let mut rest = text;
    // Names of feeds count wherever they stand first; a page may hold anything later on.
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |p| p.1);
            continue;
        }
        let name: String = rest
            .chars()
            .take(14)
            .collect::<String>()
            .to_ascii_lowercase();
        if name.starts_with("html") || name.starts_with("!doctype html") || name.starts_with("body")
        {
            return Kind::Page;
        }
        if name.starts_with(|c: char| c.is_alphabetic()) {
            return Kind::Xml;
        }
    }
    if text.contains('<') {
        Kind::Xml
    } else {
        Kind::Other
    }
}

/// Makes the text of a feed bearable for an XML parser.
pub(super) fn tidy(text: &str) -> String {
    let start = text.find('<').unwrap_or(0);
    let mut rest = &text[start..];
    let mut out = String::with_capacity(rest.len());
    let mut defined = BTreeMap::new();
    while let Some(at) = rest.find(['<', '&']) {
        keep(&rest[..at], &mut out);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("<![CDATA[") {
            let (inside, after) = after.split_once("]]>").unwrap_or((after, ""));
            out.push_str("<![CDATA[");
            keep(inside, &mut out);
            out.push_str("]]>");
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.split_once("-->").map_or("", |p| p.1);
        } else if let Some(after) = rest.strip_prefix("<?") {
            // The declaration names a charset that the text no longer has.
            rest = after.split_once('>').map_or("", |p| p.1);
        } else if rest.starts_with("<!") {
            rest = doctype(rest, &mut defined);
        } else if let Some(after) = rest.strip_prefix('&') {
            rest = reference(after, &defined, &mut out);
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    keep(rest, &mut out);
    out
}

/// Whether XML allows a character.
fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

/// Copies text without the characters that XML forbids.
fn keep(text: &str, out: &mut String) {
    out.extend(text.chars().filter(|c| allowed(*c)));
}

/// Goes over a document type; the texts that it gives names to are remembered.
fn doctype<'a>(text: &'a str, defined: &mut BTreeMap<String, String>) -> &'a str {
    let end = text.find('>').unwrap_or(text.len());
    let Some(open) = text[..end].find('[') else {
        return text.get(end + 1..).unwrap_or("");
    };
    let inside = &text[open..];
    let Some(close) = inside.find("]>").or_else(|| inside.find(']')) else {
        return text.get(end + 1..).unwrap_or("");
    };
    for part in inside[..close].split("<!ENTITY").skip(1).take(DEFINED) {
        let mut words = part.trim_start().splitn(2, char::is_whitespace);
        let (Some(name), Some(value)) = (words.next(), words.next()) else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let value = quote.and_then(|q| value[1..].split(q).next());
        // A text that is made of other names could grow without end.
        if let Some(value) = value.filter(|v| v.len() <= VALUE && !v.contains(['&', '%', '<'])) {
            defined.insert(name.to_owned(), value.to_owned());
        }
    }
    let after = &inside[close + 1..];
    after.split_once('>').map_or("", |p| p.1)
}

/// Reads what follows a `&`, and gives what follows that.
fn reference<'a>(after: &'a str, defined: &BTreeMap<String, String>, out: &mut String) -> &'a str {
    let head = after.bytes().take(LONGEST).position(|b| b == b';');
    let name = head.and_then(|end| after.get(..end)).unwrap_or("");
    if name.is_empty() {
        out.push_str("&amp;");
        return after;
    }
    let rest = &after[name.len() + 1..];
    if matches!(name, "amp" | "lt" | "gt" | "quot" | "apos") {
        out.push('&');
        out.push_str(name);
        out.push(';');
        return rest;
    }
    if let Some(code) = name.strip_prefix('#') {
        let hex = code.strip_prefix(['x', 'X']);
        let number = hex.map_or_else(|| code.parse().ok(), |h| u32::from_str_radix(h, 16).ok());
        if let Some(number) = number {
            escape(character(number), out);
            return rest;
        }
    } else if let Some(value) = defined.get(name) {
        value
            .chars()
            .filter(|c| allowed(*c))
            .for_each(|c| escape(c, out));
        return rest;
    } else if let Some(value) = resolve_html5_entity(name) {
        value.chars().for_each(|c| escape(c, out));
        return rest;
    }
    out.push_str("&amp;");
    after
}

/// The character of a number, as browsers read it.
fn character(number: u32) -> char {
    if let Ok(byte @ 128..=159) = u8::try_from(number) {
        let bytes = [byte];
        let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
        return text
            .chars()
            .next()
            .filter(|c| *c > '\u{9f}')
            .unwrap_or('\u{fffd}');
    }
    char::from_u32(number)
        .filter(|c| allowed(*c))
        .unwrap_or('\u{fffd}')
}

/// A character as text of XML.
fn escape(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        '\'' => out.push_str("&apos;"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_breaks_parsers_is_put_right() {
        for (feed, tidied) in [
            (
                "junk\u{0} <?xml version='1.0' encoding='latin1'?><rss>a</rss>",
                "<rss>a</rss>",
            ),
            (
                "<a>R&eacute;gion &mdash; AT&T &amp; co &lt; &nosuch; &</a>",
                "<a>Région — AT&amp;T &amp; co &lt; &amp;nosuch; &amp;</a>",
            ),
            (
                "<a>&#8217;&#x2019;&#146;&#0;&#xD800;&#38;</a>",
                "<a>’’’\u{fffd}\u{fffd}&amp;</a>",
            ),
            (
                "<a><![CDATA[x &eacute; \u{b}<b>]]>&eacute;</a>",
                "<a><![CDATA[x &eacute; <b>]]>é</a>",
            ),
            ("<a><![CDATA[never ends", "<a><![CDATA[never ends]]>"),
            (
                "<!DOCTYPE rss [ <!ENTITY me \"A & B\"> <!ENTITY us 'We all'> ]><a>&us;</a>",
                "<a>We all</a>",
            ),
            ("<!DOCTYPE rss PUBLIC 'x' 'y.dtd'><a/>", "<a/>"),
            ("<!-- <a> --><a/><!-- open", "<a/>"),
            ("<a>&é; &;</a>", "<a>&amp;é; &amp;;</a>"),
            ("<a href='?x=1&y=2&copy;'/>", "<a href='?x=1&amp;y=2©'/>"),
        ] {
            assert_eq!(tidy(feed), tidied);
        }
    }

    #[test]
    fn a_bomb_of_names_does_not_go_off() {
        let bomb = "<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>";
        assert_eq!(tidy(bomb), "<a>&amp;c;</a>");
    }

    #[test]
    fn kinds_are_told_by_the_first_tag() {
        assert_eq!(kind(" \u{feff}{\"version\":1}"), Kind::Json);
        assert_eq!(
            kind("<?xml version='1.0'?><!-- <html> --><rss><html>"),
            Kind::Xml
        );
        assert_eq!(kind("<!DOCTYPE HTML PUBLIC><html>"), Kind::Page);
        assert_eq!(kind("\n<html lang=en>"), Kind::Page);
        assert_eq!(kind("<?xml version='1.0'?>\n<html xmlns='x'>"), Kind::Page);
        assert_eq!(kind("plain words"), Kind::Other);
    }

    #[test]
    fn charsets_without_a_mark_are_seen() {
        let text = "<rss>é</rss>";
        let wide: Vec<u8> = text
            .chars()
            .flat_map(|c| (c as u32).to_be_bytes())
            .collect();
        assert_eq!(decoded(&wide, None), text);
        let sixteen: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&sixteen, None), text);
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><rss>\xe9</rss>";
        assert!(decoded(latin, Some("text/xml; charset=utf-8")).contains('é'));
    }

    proptest! {
        #[test]
        fn any_text_becomes_text_that_xml_allows(text in "[<>&;!\\[\\]A-Z#x0-9a-z \u{0}\u{1b}é\"'-]{0,120}") {
            let out = tidy(&text);
            prop_assert!(out.chars().all(allowed));
            let _ = kind(&text);
        }

        #[test]
        fn any_bytes_are_decoded(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            let _ = tidy(&decoded(&bytes, None));
        }
    }
}
