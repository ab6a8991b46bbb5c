//! Markdown → the plain layout: front matter (TOML between `+++`, YAML between `---`) becomes
//! fields, marks of the text go, its headings, lists and paragraphs stay; then `plain` reads it.
//! Works on clean text (`decode`). Calls `fields`.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

use super::fields::Fields;
use super::html::{day, instant, listed};
use super::{Loaded, Source};
use crate::base::text::one_line;
use crate::base::{Error, Result};

/// Reads Markdown. `details` is what decoding noticed.
///
/// # Errors
/// Front matter that is neither TOML nor YAML: the line and the fault.
pub(super) fn load(text: &str, details: Vec<String>, source: &Source) -> Result<Loaded> {
    let (front, body) = front_matter(text, source)?;
    let fields = front.as_ref().map(fields).unwrap_or_default();
    let body = plain_text(body);
    Ok(fields.over(&body, details, source.uri.clone(), "front matter"))
}

/// Whether clean text is Markdown: front matter, or a heading first and links below.
pub(super) fn is_markdown(text: &str) -> bool {
    let text = text.trim_start();
    if split(text).is_some_and(|(_, front, _)| front.lines().any(|l| l.contains([':', '=']))) {
        return true;
    }
    // Headings and lists alone are in many plain texts, which `plain` reads well.
    text.starts_with("# ") && (text.contains("](http") || text.contains("](/"))
}

/// The sign of the front matter, the front matter, and what follows.
fn split(text: &str) -> Option<(&'static str, &str, &str)> {
    for sign in ["+++", "---"] {
        let Some(rest) = text.strip_prefix(sign) else {
            continue;
        };
        let Some(rest) = rest.trim_start_matches([' ', '\r']).strip_prefix('\n') else {
            continue;
        };
        let mut at = 0;
        for line in rest.split_inclusive('\n') {
            let end = line.trim_end();
            if end == sign || (sign == "---" && end == "...") {
                return Some((sign, &rest[..at], &rest[at + line.len()..]));
            }
            at += line.len();
        }
    }
    None
}

fn front_matter<'t>(text: &'t str, source: &Source) -> Result<(Option<Value>, &'t str)> {
    let text = text.trim_start();
    let Some((sign, front, body)) = split(text) else {
        return Ok((None, text));
    };
    let fault = |kind: &str, cause: String| {
        let cause = cause.lines().next().unwrap_or("").to_owned();
        Error::new(
            &source.name,
            format!("has front matter that is not {kind}: {cause}"),
        )
        .remedy("correct it, or open the file with --from plain")
    };
    let value = if sign == "+++" {
        toml::from_str::<toml::Value>(front)
            .map_err(|e| {
                let line = e
                    .span()
                    .map(|s| 2 + front[..s.start.min(front.len())].matches('\n').count());
                fault("TOML", e.message().to_owned()).at(line.unwrap_or(1), None)
            })
            .and_then(|v| serde_json::to_value(v).map_err(|e| fault("TOML", e.to_string())))?
    } else {
        match serde_saphyr::from_str::<Value>(front) {
            Ok(value) => value,
            // A rule between two paragraphs is no front matter.
            Err(_)
                if !front
                    .lines()
                    .any(|l| l.contains(": ") || l.trim_end().ends_with(':')) =>
            {
                return Ok((None, text));
            }
            Err(e) => {
                let line = e.location().map_or(1, |l| l.line() as usize + 1);
                return Err(fault("YAML", e.without_snippet().to_string()).at(line, None));
            }
        }
    };
    Ok(match value {
        Value::Object(_) => (Some(value), body),
        _ => (None, text),
    })
}

/// What front matter says of the article, by the names that site generators use.
fn fields(front: &Value) -> Fields {
    let any = |keys: &[&str]| keys.iter().find_map(|k| front.get(*k)).cloned();
    let text = |keys: &[&str]| any(keys).as_ref().and_then(words);
    let list = |keys: &[&str]| any(keys).as_ref().map(items).unwrap_or_default();
    let date = text(&["date", "published", "publishdate", "pubDate", "created"]);
    Fields {
        title: text(&["title", "headline"]),
        authors: list(&["authors", "author", "by", "byline"]),
        published: date.as_deref().and_then(day),
        published_at: date.as_deref().and_then(instant),
        outlet: text(&["outlet", "publication", "publisher", "site"]),
        section: text(&["section", "category"]),
        topics: list(&["topics", "tags", "keywords", "categories"]),
        language: text(&["lang", "language"]),
        description: text(&["brief", "description", "summary", "lead"]),
        uri: text(&["source", "url", "link"]),
    }
}

/// A value as one line of text.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => one_line(&super::decode::clean(text).text),
        Value::Number(number) => number.to_string(),
        // The other is how dates of TOML are given.
        Value::Object(fields) => {
            let name = fields
                .get("name")
                .or_else(|| fields.get("$__toml_private_datetime"));
            return name.and_then(words);
        }
        Value::Array(list) => return list.first().and_then(words),
        _ => return None,
    };
    Some(text).filter(|t| !t.is_empty())
}

/// A value as a list: of texts, of objects with a name, or one text with commas.
fn items(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(words).collect(),
        Value::String(_) => listed(words(value)),
        other => words(other).into_iter().collect(),
    }
}

/// Markdown → lines that `plain` reads: `# heading`, `- item`, paragraphs on one line, a blank line
/// between two.
fn plain_text(markdown: &str) -> String {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    let mut out = Lines::default();
    for event in Parser::new_ext(markdown, options) {
        out.event(event);
    }
    out.end();
    out.text
}

#[derive(Default)]
struct Lines {
    text: String,
    line: String,
    /// What the next line begins with.
    lead: String,
    /// Whether what is read is not shown: an image's words, a comment.
    skipped: usize,
    /// How many emphasised runs the text stands in.
    strong: usize,
    /// Whether a part of the line stands in none.
    loose: bool,
}

impl Lines {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => {
                self.end();
                self.lead = "#".repeat(level as usize) + " ";
            }
            Event::Start(Tag::Item) => {
                self.end();
                self.lead = "- ".to_owned();
            }
            Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_) | Tag::HtmlBlock) => {
                self.skipped += 1;
            }
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            Event::Start(Tag::Strong) => self.strong += 1,
            Event::End(TagEnd::Strong) => self.strong = self.strong.saturating_sub(1),
            Event::Start(
                Tag::Paragraph
                | Tag::BlockQuote(_)
                | Tag::CodeBlock(_)
                | Tag::TableRow
                | Tag::TableHead,
            )
            | Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::BlockQuote(_)
                | TagEnd::CodeBlock
                | TagEnd::TableRow
                | TagEnd::TableHead,
            ) => self.end(),
            Event::End(TagEnd::TableCell) => self.line.push_str(" | "),
            Event::Text(text) | Event::Code(text) if self.skipped == 0 => {
                self.loose |= self.strong == 0 && !text.trim().is_empty();
                self.line.push_str(&text);
            }
            Event::SoftBreak | Event::HardBreak => self.line.push(' '),
            _ => {}
        }
    }

    /// Ends a line.
    fn end(&mut self) {
        let line = one_line(&self.line);
        let line = line.trim().trim_end_matches(" |");
        if !line.is_empty() {
            // A line that is emphasised as a whole may be a heading or a label: `plain` knows.
            let mark = if self.loose || !self.lead.is_empty() {
                ""
            } else {
                "**"
            };
            self.text
                .push_str(&format!("{}{mark}{line}{mark}\n\n", self.lead));
            self.lead.clear();
        }
        self.line.clear();
        self.loose = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::BlockKind;
    use proptest::prelude::*;

    fn read(text: &str) -> Loaded {
        load(text, Vec::new(), &Source::default()).unwrap()
    }

    const BODY: &str = "The city closed the [old bridge](http://example.org) on Monday after\n**cracks** were found in two of its piers.\n\n## What happens now\n\n- Buses take the northern road.\n- Trams stop at the market.\n\n![a photo](b.jpg)\n\n**Editor's comment:**\n\nThe city knew for years.\n";

    #[test]
    fn front_matter_of_both_kinds_gives_the_fields() {
        for front in [
            "---\ntitle: \"The bridge: closed\"\nauthor: Mara Lindqvist\ndate: 2025-03-17\ntags: [bridges, traffic]\n---\n",
            "+++\ntitle = \"The bridge: closed\"\nauthors = [\"Mara Lindqvist\"]\ndate = 2025-03-17\ntags = [\"bridges\", \"traffic\"]\n+++\n",
        ] {
            assert!(is_markdown(front));
            let loaded = read(&format!("{front}\n{BODY}"));
            let document = &loaded.document;
            assert_eq!(document.meta.title.as_deref(), Some("The bridge: closed"));
            assert_eq!(document.meta.authors, ["Mara Lindqvist"]);
            assert_eq!(
                document.meta.published.map(|d| d.to_string()).as_deref(),
                Some("2025-03-17")
            );
            assert_eq!(document.meta.topics, ["bridges", "traffic"]);
            let kinds: Vec<_> = document
                .blocks
                .iter()
                .map(|b| (b.kind, document.slice(b.span)))
                .collect();
            assert_eq!(
                kinds[3..],
                [
                    (
                        BlockKind::Paragraph,
                        "The city closed the old bridge on Monday after cracks were found in two of its piers."
                    ),
                    (BlockKind::Heading, "What happens now"),
                    (BlockKind::ListItem, "- Buses take the northern road."),
                    (BlockKind::ListItem, "- Trams stop at the market."),
                    (BlockKind::Comment, "The city knew for years."),
                ]
            );
        }
    }

    #[test]
    fn faulty_front_matter_is_named_with_its_line() {
        let source = Source {
            name: "a.md".to_owned(),
            uri: None,
        };
        let fault = |text: &str| load(text, Vec::new(), &source).unwrap_err().to_string();
        let toml = fault("+++\ntitle = \"x\"\ndate = \n+++\ntext");
        assert!(
            toml.starts_with("a.md:3: has front matter that is not TOML"),
            "{toml}"
        );
        let yaml = fault("---\ntitle: x\ntags: [a, b\n---\ntext");
        assert!(yaml.contains("has front matter that is not YAML"), "{yaml}");
    }

    #[test]
    fn rules_and_plain_text_are_no_front_matter() {
        assert!(!is_markdown("---\nA line between rules.\n---\nMore."));
        assert!(!is_markdown("# A headline\n\nAnd plain text below it."));
        assert!(is_markdown(
            "# A headline\n\nText with [a link](http://example.org)."
        ));
        let loaded = read("---\nA line between rules.\n---\nMore text follows here.");
        assert!(loaded.document.text.contains("A line between rules."));
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "(---\n|\\+\\+\\+\n|[a-z]: |\\[|\\]|\\(|#|\\*|\n|- |<b>|é|`|>){0,40}") {
            let _ = load(&text, Vec::new(), &Source::default());
            let _ = is_markdown(&text);
        }
    }
}
