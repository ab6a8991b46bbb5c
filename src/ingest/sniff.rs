//! Tells what bytes are when they are not text that can be read here: one clear cause and remedy
//! for each format a reader is likely to try. Looks at the first bytes only. Calls nothing.

/// Why bytes cannot be opened.
pub(super) struct Unreadable {
    /// What they are.
    pub cause: String,
    /// What to do instead.
    pub remedy: &'static str,
}

const AS_TEXT: &str = "save it as plain text and open that";
const UNPACK: &str = "unpack it and open the text inside";

/// Signatures at the first byte: what the file is, and the remedy.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF-",
        "a PDF",
        "turn it into text first, for example with `pdftotext`",
    ),
    (
        b"{\\rtf",
        "a rich text document",
        "save it as plain text and open that",
    ),
    (b"\x89PNG", "a PNG picture", "open the text it belongs to"),
    (
        b"\xff\xd8\xff",
        "a JPEG picture",
        "open the text it belongs to",
    ),
    (b"GIF8", "a GIF picture", "open the text it belongs to"),
    (
        b"PK\x03\x04",
        "a zip archive (or a word-processor file or e-book, which are zip archives)",
        "unpack it, or save the document as plain text",
    ),
    (b"\x1f\x8b", "compressed with gzip more than once", UNPACK),
    (b"BZh", "compressed with bzip2", UNPACK),
    (b"\xfd7zXZ\x00", "compressed with xz", UNPACK),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7-zip archive", UNPACK),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a word-processor or spreadsheet file",
        AS_TEXT,
    ),
    (b"\x7fELF", "a program", "name the article to be read"),
    (
        b"SQLite format 3\0",
        "a database",
        "name the article to be read",
    ),
];

/// What `bytes` are, if they cannot be read as an article.
pub(super) fn unreadable(bytes: &[u8]) -> Option<Unreadable> {
    let known = |what: &str, remedy| Unreadable {
        cause: format!("is {what}, which cannot be opened"),
        remedy,
    };
    if let Some((_, what, remedy)) = MAGIC.iter().find(|(magic, ..)| bytes.starts_with(magic)) {
        return Some(known(what, remedy));
    }
    if let Some(what) = markup(bytes) {
        return Some(known(what, AS_TEXT));
    }
    let head = &bytes[..bytes.len().min(8192)];
    let utf16 = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    let odd = head
        .iter()
        .filter(|b| matches!(b, 0..=6 | 14..=26 | 28..=31))
        .count();
    (!utf16 && odd >= 8 && odd * 10 > head.len()).then(|| Unreadable {
        cause: "is binary data, not text".to_owned(),
        remedy: "save it as plain text in UTF-8 and open that",
    })
}

/// XML that is no page, by its first tag, after white space, a byte-order mark and comments.
fn markup(bytes: &[u8]) -> Option<&'static str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]).to_ascii_lowercase();
    let mut rest = head.trim_start();
    while let Some(comment) = rest.strip_prefix("<!--") {
        rest = comment.split_once("-->")?.1.trim_start();
    }
    let xml = ["<?xml", "<rss", "<feed", "<rdf:rdf", "<opml"];
    let found = xml.iter().any(|tag| rest.starts_with(tag));
    // XHTML begins as XML does.
    (found && !head.contains("<html")).then_some("an XML file or feed")
}
