//! The registry of formats that can be opened: a name for `--from`, one line for help, and how
//! content is told apart where nobody says what it is. Looks at the beginning of the bytes only.
//! Calls nothing.

/// A format that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A web page.
    Html,
    /// Markdown, with front matter or without.
    Markdown,
    /// Plain text of any shape.
    Plain,
    /// An e-mail message.
    Mail,
    /// Our own JSON.
    Byline,
    /// An article of schema.org as JSON-LD.
    JsonLd,
    /// News of the IPTC as JSON.
    Ninjs,
}

/// Every format with its name and one line for help, in the order in which help lists them.
pub const FORMATS: [(Format, &str, &str); 7] = [
    (Format::Html, "html", "a saved web page"),
    (
        Format::Markdown,
        "markdown",
        "Markdown, with TOML or YAML front matter or without",
    ),
    (Format::Plain, "plain", "plain text of any shape"),
    (Format::Mail, "eml", "an e-mail message"),
    (Format::Byline, "byline", "JSON of byline"),
    (
        Format::JsonLd,
        "jsonld",
        "an article of schema.org (JSON-LD)",
    ),
    (Format::Ninjs, "ninjs", "an article in the IPTC's ninjs"),
];

impl Format {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        FORMATS
            .iter()
            .find(|(format, ..)| *format == self)
            .map_or("", |(_, name, _)| name)
    }

    /// The format with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = FORMATS.iter().find(|(_, known, _)| *known == name)?;
        Some(found.0)
    }

    /// The format that a media type names, such as `text/html; charset=utf-8`. None for plain
    /// text too: servers call many things plain text.
    pub(super) fn of_media(content_type: &str) -> Option<Self> {
        let media = content_type.split(';').next().unwrap_or("").trim();
        match media.to_ascii_lowercase().as_str() {
            "text/html" | "application/xhtml+xml" => Some(Self::Html),
            "text/markdown" | "text/x-markdown" => Some(Self::Markdown),
            "message/rfc822" => Some(Self::Mail),
            _ => None,
        }
    }
}

/// Whether decoded text is a page: its first tag, after white space and comments, is one of HTML.
pub(super) fn is_page(text: &str) -> bool {
    const TAGS: [&str; 10] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<meta",
        "<title",
        "<article",
        "<div",
        "<p>",
        "<h1",
    ];
    let head: String = text
        .chars()
        .take(8192)
        .collect::<String>()
        .to_ascii_lowercase();
    let mut rest = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let after = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->")
        } else if let Some(declaration) = rest.strip_prefix("<?xml") {
            declaration.split_once("?>")
        } else {
            break;
        };
        match after {
            Some((_, after)) => rest = after.trim_start(),
            // A comment longer than what is looked at.
            None => return head.contains("<html"),
        }
    }
    TAGS.iter().any(|tag| rest.starts_with(tag))
        || (rest.starts_with("<!doctype") && head.contains("<html"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_found_by_its_name() {
        for (format, name, about) in FORMATS {
            assert_eq!(Format::from_name(name), Some(format));
            assert_eq!(format.name(), name);
            assert!(!about.is_empty());
        }
        assert_eq!(Format::from_name("docx"), None);
    }

    #[test]
    fn pages_are_told_from_text_that_begins_with_a_bracket() {
        for page in [
            "<!DOCTYPE html><p>x",
            "\u{feff}\n<!-- saved from --><HTML>",
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"x\">\n<html>",
            "<p>Only a piece.</p>",
        ] {
            assert!(is_page(page), "{page}");
        }
        for text in [
            "<3 is a heart",
            "<?xml version=\"1.0\"?><rss>",
            "a <p> b",
            "<pre",
        ] {
            assert!(!is_page(text), "{text}");
        }
    }
}
