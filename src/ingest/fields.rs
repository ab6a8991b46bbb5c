//! What is said of an article outside its text (front matter, the head of a message, JSON): laid
//! over a document whose body is read as plain text. Calls `plain`.

use jiff::ZonedDateTime;
use jiff::civil::Date;

use super::html::letters;
use super::{About, Loaded, plain};
use crate::base::text::one_line;

/// The fields of an article that stand outside its text. All are made safe by who fills them.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields {
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<Date>,
    /// The moment of publication.
    pub published_at: Option<ZonedDateTime>,
    pub outlet: Option<String>,
    pub section: Option<String>,
    pub topics: Vec<String>,
    pub language: Option<String>,
    pub description: Option<String>,
    /// Address of the article.
    pub uri: Option<String>,
}

impl Fields {
    /// A document of `body` (clean text) with these fields, which `from` names. What the body says
    /// itself counts where a field is missing.
    pub fn over(self, body: &str, details: Vec<String>, uri: Option<String>, from: &str) -> Loaded {
        let text = self.header(body) + body;
        let mut document = plain::read(&text, details, uri);
        let mut found = Vec::new();
        let meta = &mut document.meta;
        let mut note = |field, given: bool, known: bool| {
            if given {
                found.push((field, from.to_owned()));
            } else if known {
                found.push((field, "text".to_owned()));
            }
        };
        note("title", self.title.is_some(), meta.title.is_some());
        note(
            "authors",
            !self.authors.is_empty(),
            !meta.authors.is_empty(),
        );
        note(
            "published",
            self.published.is_some(),
            meta.published.is_some(),
        );
        note("outlet", self.outlet.is_some(), meta.outlet.is_some());
        note("section", self.section.is_some(), false);
        note("topics", !self.topics.is_empty(), !meta.topics.is_empty());
        found.push(("article", "text".to_owned()));
        meta.title = self.title.or(meta.title.take());
        if !self.authors.is_empty() {
            meta.authors = self.authors;
        }
        meta.published = self.published.or(meta.published);
        meta.published_at = self
            .published_at
            .filter(|at| meta.published == Some(at.date()));
        meta.outlet = self.outlet.or(meta.outlet.take());
        if !self.topics.is_empty() {
            meta.topics = self.topics;
        }
        meta.language = self.language.or(meta.language.take());
        meta.uri = meta.uri.take().or(self.uri);
        Loaded {
            document: std::sync::Arc::new(document),
            layers: None,
            about: About {
                section: self.section,
                from: found,
            },
            marks: Vec::new(),
        }
    }

    /// The lines of the header that the body does not begin with itself.
    fn header(&self, body: &str) -> String {
        let mut out = String::new();
        let begins: Vec<String> = body
            .lines()
            .filter(|l| !l.trim().is_empty())
            .take(4)
            .map(letters)
            .collect();
        if let Some(title) = &self.title
            && !begins.contains(&letters(title))
        {
            out.push_str("# ");
            out.push_str(&one_line(title));
            out.push_str("\n\n");
        }
        if out.is_empty() {
            return out;
        }
        if !self.authors.is_empty() {
            out.push_str(&format!("By {}\n\n", self.authors.join(" and ")));
        }
        if let Some(date) = self.published {
            out.push_str(&format!("{date}\n\n"));
        }
        if let Some(description) = &self.description
            && !begins.contains(&letters(description))
        {
            out.push_str(&format!("Brief: {}\n\n", one_line(description)));
        }
        out
    }
}
