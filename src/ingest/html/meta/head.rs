//! One walk over a page's tree that collects whatever may say something about the article: meta
//! elements, JSON-LD, headings of the first level, times, author elements. Calls `pieces`.

use dom_query::{Document, NodeId, NodeRef};
use serde_json::Value;

use super::jsonld;
use crate::ingest::html::pieces::one_line;

/// What was collected.
#[derive(Default)]
pub(super) struct Head {
    metas: Vec<(String, String)>,
    /// The words of the `title` element.
    pub title: Option<String>,
    /// Headings of the first level.
    pub h1: Vec<String>,
    /// Values of `time` elements and of elements that give the date: (value, says it is the day of
    /// publication).
    pub times: Vec<(String, bool)>,
    /// Names in elements that are marked as the author's: rel, itemprop.
    pub authors: Vec<String>,
    /// The elements around those.
    author_holders: Vec<NodeId>,
    /// Words of links to the page of an author, those that stand together with the first.
    pub linked_authors: Vec<String>,
    /// The elements around those.
    link_holders: Vec<NodeId>,
    /// Topics that links are marked as.
    pub tags: Vec<String>,
    /// JSON-LD, one value a script.
    pub json: Vec<Value>,
    /// Language code.
    pub language: Option<String>,
    /// The page's own address.
    pub canonical: Option<String>,
}

/// What the addresses of authors' pages have.
const AUTHOR_PAGES: &[&str] = &[
    "/author/",
    "/authors/",
    "/autor/",
    "/autoren/",
    "/autores/",
    "/auteur/",
    "/auteurs/",
    "/autore/",
    "/autori/",
    "/autorzy/",
    "/byline/",
    "/journalist/",
    "/contributor/",
    "/contributors/",
    "/columnist/",
    "?author=",
    "&author=",
];

/// Most elements of one kind that are kept.
const MOST: usize = 50;

impl Head {
    pub fn read(document: &Document) -> Self {
        let mut head = Self::default();
        for node in document.root().descendants_it() {
            if let Some(name) = node.node_name() {
                head.element(&node, &name);
            }
        }
        head
    }

    fn element(&mut self, node: &NodeRef<'_>, name: &str) {
        let attr = |name: &str| node.attr(name).map(|v| v.to_string());
        match name {
            "html" => {
                self.language = attr("lang")
                    .or_else(|| attr("xml:lang"))
                    .and_then(|l| language(&l));
            }
            "meta" => {
                let content = attr("content").map(|c| one_line(&c)).unwrap_or_default();
                for key in ["property", "name", "itemprop", "http-equiv"] {
                    // A property may list several names.
                    for key in attr(key).unwrap_or_default().split_whitespace() {
                        if !content.is_empty() && self.metas.len() < MOST * 10 {
                            self.metas.push((key.to_ascii_lowercase(), content.clone()));
                        }
                    }
                }
            }
            "title" if self.title.is_none() => {
                // The title of a drawing is none of the page.
                let drawn = node.ancestors_it(None).any(|a| a.has_name("svg"));
                self.title = Some(one_line(&node.text())).filter(|t| !t.is_empty() && !drawn);
            }
            "link" if attr("rel").as_deref() == Some("canonical") => self.canonical = attr("href"),
            "script" => {
                let json = attr("type").is_some_and(|t| t.contains("ld+json"));
                if json && self.json.len() < MOST {
                    self.json.extend(jsonld::parse(&node.text()));
                }
            }
            "h1" if self.h1.len() < MOST => {
                let text = one_line(&node.text());
                if !text.is_empty() {
                    self.h1.push(text);
                }
            }
            _ => self.marked(node, name),
        }
    }

    /// Elements that are marked as author, date or topic.
    fn marked(&mut self, node: &NodeRef<'_>, name: &str) {
        let attr = |name: &str| node.attr(name).map(|v| v.to_string());
        let has = |list: &Option<String>, word: &str| {
            list.as_ref()
                .is_some_and(|l| l.split_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
        };
        let (rel, prop) = (attr("rel"), attr("itemprop"));
        let published = has(&prop, "datePublished") || has(&prop, "dateCreated");
        if (name == "time" || published) && self.times.len() < MOST {
            let value = attr("datetime")
                .or_else(|| attr("content"))
                .filter(|v| !v.trim().is_empty());
            let value = value.unwrap_or_else(|| node.text().to_string());
            let class = attr("class").unwrap_or_default().to_ascii_lowercase();
            let published = published || node.has_attr("pubdate") || class.contains("publish");
            let other = has(&prop, "dateModified")
                || class.contains("updated")
                || class.contains("modified");
            if !other || class.contains("published") {
                self.times.push((one_line(&value), published));
            }
        }
        if (has(&rel, "author") || has(&prop, "author")) && self.authors.len() < MOST {
            let inner = node
                .descendants_it()
                .find(|n| has(&n.attr("itemprop").map(|v| v.to_string()), "name"));
            let text = match inner {
                Some(inner) => inner
                    .attr("content")
                    .unwrap_or_else(|| inner.text())
                    .to_string(),
                None => attr("content").unwrap_or_else(|| node.text().to_string()),
            };
            // Authors of one article stand in one element; others are those of other stories.
            let holder = node.ancestors_it(Some(3)).map(|n| n.id).collect::<Vec<_>>();
            let near = self.author_holders.iter().any(|id| holder.contains(id));
            if self.authors.is_empty() || near {
                self.author_holders.extend(holder);
                self.authors.push(one_line(&text));
            }
        }
        let leads = |href: String| AUTHOR_PAGES.iter().any(|part| href.contains(part));
        if name == "a" && self.linked_authors.len() < MOST && attr("href").is_some_and(leads) {
            let text = one_line(&node.text());
            let holder = node.ancestors_it(Some(2)).map(|n| n.id).collect::<Vec<_>>();
            let near = self.link_holders.iter().any(|id| holder.contains(id));
            if !text.is_empty() && (self.linked_authors.is_empty() || near) {
                self.link_holders.extend(holder);
                self.linked_authors.push(text);
            }
        }
        if name == "a" && has(&rel, "tag") && self.tags.len() < MOST {
            let text = one_line(&node.text());
            if !text.is_empty() && text.chars().count() <= 50 {
                self.tags.push(text);
            }
        }
    }

    /// The first value of a meta element.
    pub fn meta(&self, key: &str) -> Option<String> {
        let found = self.metas.iter().find(|(name, _)| name == key)?;
        Some(found.1.clone())
    }

    /// All values of a meta element.
    pub fn metas(&self, key: &str) -> Vec<String> {
        let found = self.metas.iter().filter(|(name, _)| name == key);
        found.map(|(_, value)| value.clone()).collect()
    }

    /// The first of several meta elements that is there, with its name.
    pub fn any<'k>(&self, keys: &[&'k str]) -> Option<(String, &'k str)> {
        keys.iter().find_map(|key| Some((self.meta(key)?, *key)))
    }
}

/// `en-GB` → `en`; nothing for what is no language code.
fn language(code: &str) -> Option<String> {
    let main = code.trim().split(['-', '_']).next()?.to_ascii_lowercase();
    let fits = (2..=3).contains(&main.len()) && main.bytes().all(|b| b.is_ascii_lowercase());
    fits.then_some(main)
}
