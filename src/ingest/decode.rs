//! Bytes → text, and text → text that is safe to show: charset, line ends, escape sequences,
//! control, bidirectional and invisible characters. Everything that is changed is counted and
//! said once in the document's details. Calls `base::text` and `escapes`.
//!
//! Two passes of linear time and at most two copies of the input.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::escapes;
use crate::base::text::is_unsafe;

/// Largest input that is read, in bytes.
pub const LIMIT: usize = 256 << 20;

/// Bytes the charset detector looks at.
const DETECTED: usize = 1 << 20;

/// Bytes at the beginning of a page in which it may name its charset.
const DECLARED: usize = 16 << 10;

/// Safe text and what was left out of it.
pub(super) struct Clean {
    /// The text: `\n` line ends, no other unsafe character.
    pub text: String,
    /// What was removed, one sentence each.
    pub details: Vec<String>,
}

/// Decodes `bytes`: byte-order mark, then UTF-8, then a detected legacy charset, then UTF-8 with
/// `�` for what is damaged. The second value says which, where it was not plain UTF-8.
pub(super) fn to_text(bytes: &[u8]) -> (Cow<'_, str>, Vec<String>) {
    for (mark, charset) in [
        (&b"\xff\xfe"[..], UTF_16LE),
        (&b"\xfe\xff"[..], UTF_16BE),
        (&b"\xef\xbb\xbf"[..], UTF_8),
    ] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            if charset == UTF_8 {
                return utf8(rest);
            }
            return legacy(rest, charset);
        }
    }
    utf8(bytes)
}

/// Decodes a page or another text that names its charset: byte-order mark, then UTF-8 if the bytes
/// are it beyond doubt, then the charset of the media type, then what the page declares, then as
/// [`to_text`]. A label that the bytes refute does not count.
pub(super) fn labelled<'a>(
    bytes: &'a [u8],
    content_type: Option<&str>,
) -> (Cow<'a, str>, Vec<String>) {
    let marked = [&b"\xff\xfe"[..], b"\xfe\xff", b"\xef\xbb\xbf"];
    if marked.iter().any(|mark| bytes.starts_with(mark)) {
        return to_text(bytes);
    }
    let label = content_type
        .and_then(charset_in)
        .or_else(|| declared(&bytes[..bytes.len().min(DECLARED)]));
    // UTF-8 that has anything but ASCII in it is never another charset by chance; escapes of
    // ISO-2022-JP are ASCII.
    if std::str::from_utf8(bytes).is_ok() && label.is_none_or(|l| l != encoding_rs::ISO_2022_JP) {
        return utf8(bytes);
    }
    match label {
        Some(label) if label != UTF_8 && label != UTF_16LE && label != UTF_16BE => {
            legacy(bytes, label)
        }
        _ => utf8(bytes),
    }
}

/// The charset that a media type or a declaration names.
fn charset_in(text: &str) -> Option<&'static Encoding> {
    let folded = text.to_ascii_lowercase();
    let (_, rest) = folded.split_once("charset")?;
    let name = rest.trim_start().strip_prefix('=')?;
    let name = name.trim_start_matches(|c: char| c.is_whitespace() || c == '"' || c == '\'');
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)));
    Encoding::for_label(&name.as_bytes()[..end.unwrap_or(name.len())])
}

/// The charset that the beginning of a page declares: a meta element or the XML declaration.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(at) = rest.find("<meta") {
        rest = &rest[at + 5..];
        let tag = rest.split('>').next().unwrap_or("");
        if let Some(charset) = charset_in(tag) {
            return Some(charset);
        }
    }
    let xml = head
        .trim_start()
        .strip_prefix("<?xml")?
        .split("?>")
        .next()?;
    let (_, name) = xml.split_once("encoding=")?;
    charset_in(&format!("charset={name}"))
}

fn utf8(bytes: &[u8]) -> (Cow<'_, str>, Vec<String>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), Vec::new());
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    // Text in a legacy charset almost never forms a valid multi-byte sequence by chance, so even
    // a few of them mean damaged UTF-8.
    if good >= bad {
        let text = String::from_utf8_lossy(bytes);
        let places = counted(bad, "place");
        return (
            text,
            vec![format!(
                "the file is damaged UTF-8: {places} could not be read and became �"
            )],
        );
    }
    let head = &bytes[..bytes.len().min(DETECTED)];
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(head, head.len() == bytes.len());
    legacy(bytes, detector.guess(None, Utf8Detection::Deny))
}

fn legacy<'a>(bytes: &'a [u8], charset: &'static Encoding) -> (Cow<'a, str>, Vec<String>) {
    let (text, damaged) = charset.decode_without_bom_handling(bytes);
    let name = if charset == WINDOWS_1252 {
        "Windows-1252"
    } else {
        charset.name()
    };
    let mut details = vec![format!("read as {name}")];
    if damaged {
        details.push(format!("parts of it are not valid {name} and became �"));
    }
    (text, details)
}

/// What `clean` removed, by kind.
#[derive(Default)]
struct Removed {
    escapes: usize,
    controls: usize,
    bidi: usize,
    invisible: usize,
}

/// Makes text safe to show and easy to lay out. `\r\n` and, in files without `\n`, lone `\r`
/// become `\n`; tabs and exotic line separators become a space; escape sequences go whole;
/// controls, bidirectional controls, tag characters, zero-width spaces and soft hyphens go.
/// Joiners and variation selectors stay: emoji and several scripts need them.
pub(super) fn clean(text: &str) -> Clean {
    let mut out = String::with_capacity(text.len());
    let mut removed = Removed::default();
    let lone_cr = if text.contains('\n') { ' ' } else { '\n' };
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(length) = escapes::sequence(rest) {
            removed.escapes += 1;
            rest = &rest[length..];
            continue;
        }
        let mut chars = rest.chars();
        let Some(c) = chars.next() else { break };
        match c {
            '\r' if chars.as_str().starts_with('\n') => {}
            '\r' => out.push(lone_cr),
            '\t' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => removed.controls += 1,
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => {
                removed.invisible += 1;
            }
            '\u{e0000}'..='\u{e0fff}' => removed.invisible += 1,
            _ => removed.bidi += 1,
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Clean {
        text: out,
        details: removed.details(),
    }
}

fn is_special(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && c != '\n';
    }
    is_unsafe(c) || matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}')
}

impl Removed {
    fn details(&self) -> Vec<String> {
        [
            (self.escapes, "escape sequence"),
            (self.controls, "control character"),
            (self.bidi, "bidirectional control"),
            (self.invisible, "invisible character"),
        ]
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, what)| format!("left out {}", counted(n, what)))
        .collect()
    }
}

/// `1 line`, `3 lines`.
pub(super) fn counted(n: usize, what: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {what}{s}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cleaned(text: &str) -> String {
        clean(text).text
    }

    #[test]
    fn charsets_are_told_apart_and_said() {
        assert_eq!(
            to_text("caf\u{e9}".as_bytes()),
            (Cow::Borrowed("café"), vec![])
        );
        assert_eq!(to_text(b"\xef\xbb\xbfa").0, "a");
        assert_eq!(to_text(b"\xff\xfea\0\xe9\0").0, "aé");
        assert_eq!(to_text(b"\xfe\xff\0a\0\xe9").0, "aé");
        let (text, details) = to_text(b"He said \x93no\x94 \x97 at the caf\xe9, it\x92s over.");
        assert_eq!(text, "He said “no” — at the café, it’s over.");
        assert_eq!(details, ["read as Windows-1252"]);
        let (text, details) = to_text("süß and größer \u{0}".as_bytes());
        assert!(text.contains("größer") && details.is_empty());
        let (text, details) = to_text(b"s\xc3\xbc\xc3\x9f and gr\xc3\xb6\xffer");
        assert_eq!(text, "süß and grö\u{fffd}er");
        assert!(
            details[0].contains("damaged UTF-8: 1 place "),
            "{details:?}"
        );
    }

    #[test]
    fn a_label_counts_unless_the_bytes_refute_it() {
        let latin = b"<meta charset=\"utf-8\"><p>caf\xe9, d\xe9j\xe0 vu";
        assert!(labelled(latin, None).0.ends_with("café, déjà vu"));
        let utf8 = "<meta charset=\"iso-8859-1\"><p>café".as_bytes();
        assert!(
            labelled(utf8, Some("text/html; charset=windows-1251"))
                .0
                .ends_with("café")
        );
        let cyrillic = b"<meta charset=iso-8859-1><p>\xcc\xee\xf1\xea\xe2\xe0";
        assert!(
            labelled(cyrillic, Some("text/html; charset=\"windows-1251\""))
                .0
                .ends_with("Москва")
        );
        let meta = b"<meta http-equiv=\"Content-Type\" content=\"text/html; charset=windows-1251\"><p>\xcc\xee\xf1\xea\xe2\xe0";
        assert!(labelled(meta, None).0.ends_with("Москва"));
        let xml = b"<?xml version=\"1.0\" encoding=\"koi8-r\"?><html>\xed\xcf\xd3\xcb\xd7\xc1";
        assert!(labelled(xml, Some("text/html")).0.ends_with("Москва"));
        assert_eq!(
            labelled(b"\xef\xbb\xbfa", Some("text/html; charset=utf-16")).0,
            "a"
        );
    }

    #[test]
    fn line_ends_become_one_kind() {
        assert_eq!(cleaned("a\r\nb\nc"), "a\nb\nc");
        assert_eq!(cleaned("a\rb\rc"), "a\nb\nc");
        assert_eq!(cleaned("trusted\rEVIL\n"), "trusted EVIL\n");
        assert_eq!(
            cleaned("a\tb\u{b}c\u{c}d\u{85}e\u{2028}f\u{2029}g"),
            "a b c d e f g"
        );
    }

    #[test]
    fn hostile_characters_go_and_the_text_around_them_stays() {
        let clean = clean(
            "a\u{1b}[31mred\u{1b}[0m b\u{1b}]0;x\u{7}c\u{9b}1md \u{1b}]never ends\nnext\u{202e}\u{2066}\u{200b}so\u{ad}ft\u{7}\u{8}",
        );
        assert_eq!(clean.text, "ared bcd never ends\nnextsoft");
        assert_eq!(
            clean.details,
            [
                "left out 5 escape sequences",
                "left out 2 control characters",
                "left out 2 bidirectional controls",
                "left out 2 invisible characters",
            ]
        );
    }

    #[test]
    fn emoji_keep_what_joins_them() {
        let family = "👩\u{200d}👩\u{200d}👧 ❤\u{fe0f}";
        assert_eq!(cleaned(family), family);
    }

    proptest! {
        #[test]
        fn no_bytes_panic_or_leave_an_unsafe_character(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let (text, _) = to_text(&bytes);
            let _ = labelled(&bytes, Some("text/html; charset=shift_jis"));
            prop_assert!(!cleaned(&text).contains(|c| c != '\n' && is_unsafe(c)));
        }

        #[test]
        fn escape_soup_never_panics(text in "[\\x1b\u{9b}\u{9d}\u{90}\\[\\]P;0-9mé\n\r\u{7}\\\\ ]{0,60}") {
            let clean = cleaned(&text);
            prop_assert!(!clean.contains(|c| c != '\n' && is_unsafe(c)));
        }

        #[test]
        fn safe_text_is_not_changed(text in "[ -~\nà-ÿ世😀]{0,200}") {
            prop_assert_eq!(cleaned(&text), text);
        }
    }
}
