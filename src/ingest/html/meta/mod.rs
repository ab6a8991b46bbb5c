//! What a page says of itself: title, authors, date, outlet, section, topics, language, each with
//! where it was found. JSON-LD is trusted most, what only looks like an author line least. Calls
//! `pieces`, and `byline` and `dates` of this room.

mod author;
mod date;
mod head;
mod jsonld;
mod months;
mod title;

use dom_query::Document;
use jiff::ZonedDateTime;
use jiff::civil::Date;

use super::pieces::{Piece, one_line};
pub(in crate::ingest) use date::{day, instant};
use head::Head;
pub(in crate::ingest) use jsonld::{Article, article as schema_article};
pub(in crate::ingest) use title::letters;

/// What is known about a page besides its text.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<Date>,
    /// The moment of publication.
    pub published_at: Option<ZonedDateTime>,
    pub outlet: Option<String>,
    pub section: Option<String>,
    pub topics: Vec<String>,
    pub language: Option<String>,
    /// What the page calls its summary.
    pub description: Option<String>,
    /// The body as JSON-LD has it.
    pub body: Option<String>,
    /// Whether the page says that it can be read without paying.
    pub free: Option<bool>,
    /// Where each field was found.
    pub from: Vec<(&'static str, String)>,
}

/// Reads what a page says of itself.
pub(super) fn meta(document: &Document, pieces: &[Piece], uri: Option<&str>) -> Meta {
    let head = Head::read(document);
    let article = jsonld::article(&head.json);
    let mut meta = Meta {
        language: head.language.clone(),
        body: article.body.clone(),
        free: article.free,
        ..Meta::default()
    };
    meta.outlet(&head, &article);
    let outlet = meta.outlet.clone();
    if let Some((title, from)) = title::title(&head, &article, outlet.as_deref()) {
        meta.title = Some(title);
        meta.from.push(("title", from.to_owned()));
    }
    let (authors, from) = author::authors(&head, &article, pieces, outlet.as_deref());
    if !authors.is_empty() {
        meta.authors = authors;
        meta.from.push(("authors", from.to_owned()));
    }
    if let Some(published) = date::published(&head, &article, pieces, uri) {
        meta.published = Some(published.day);
        meta.published_at = published.at;
        meta.from.push(("published", published.from.to_owned()));
    }
    if let Some(position) = meta.from.iter().position(|(field, _)| *field == "outlet") {
        let outlet = meta.from.remove(position);
        meta.from.push(outlet);
    }
    meta.rest(&head, &article);
    meta
}

impl Meta {
    fn outlet(&mut self, head: &Head, article: &Article) {
        let found = [
            (article.outlet.clone(), "JSON-LD publisher"),
            (head.meta("og:site_name"), "meta og:site_name"),
            (head.meta("application-name"), "meta application-name"),
            (head.meta("dc.publisher"), "meta dc.publisher"),
        ];
        let named = |name: &Option<String>| {
            name.as_ref()
                .is_some_and(|n| n.chars().count() <= 80 && !n.contains("://"))
        };
        if let Some((name, from)) = found.into_iter().find(|(name, _)| named(name)) {
            self.outlet = name;
            self.from.push(("outlet", from.to_owned()));
        }
    }

    fn rest(&mut self, head: &Head, article: &Article) {
        let section = [
            (article.section.clone(), "JSON-LD articleSection"),
            (head.meta("article:section"), "meta article:section"),
            (head.meta("section"), "meta section"),
        ];
        if let Some((Some(section), from)) = section.into_iter().find(|(s, _)| s.is_some()) {
            self.section = Some(section);
            self.from.push(("section", from.to_owned()));
        }
        let topics = [
            (article.topics.clone(), "JSON-LD keywords"),
            (head.metas("article:tag"), "meta article:tag"),
            (listed(head.meta("news_keywords")), "meta news_keywords"),
            (listed(head.meta("keywords")), "meta keywords"),
            (head.tags.clone(), "links rel=tag"),
        ];
        if let Some((topics, from)) = topics.into_iter().find(|(t, _)| !t.is_empty()) {
            self.topics = distinct(topics);
            self.from.push(("topics", from.to_owned()));
        }
        self.description = article
            .description
            .clone()
            .or_else(|| head.meta("og:description"))
            .or_else(|| head.meta("description"));
    }
}

/// The items of a list with commas.
pub(in crate::ingest) fn listed(list: Option<String>) -> Vec<String> {
    let list = list.unwrap_or_default();
    let items = list.split([',', ';']).map(one_line);
    items.filter(|item| !item.is_empty()).collect()
}

/// The first of each, whatever their case; never more than a reader can take in.
fn distinct(topics: Vec<String>) -> Vec<String> {
    const MOST: usize = 20;
    let mut seen = Vec::new();
    let mut out = Vec::new();
    for topic in topics {
        let folded = topic.to_lowercase();
        if !seen.contains(&folded) && topic.chars().count() <= 80 && out.len() < MOST {
            seen.push(folded);
            out.push(topic);
        }
    }
    out
}
