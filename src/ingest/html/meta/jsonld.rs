//! Articles of schema.org in JSON-LD: in `@graph`, in lists, in other objects, with authors as
//! strings, objects or lists, and with the faults that pages have. Calls `pieces` for clean lines.

use serde_json::Value;

use crate::ingest::decode;
use crate::ingest::html::pieces::one_line;

/// What an article of schema.org says.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::ingest) struct Article {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    /// As it is written there.
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub section: Option<String>,
    pub topics: Vec<String>,
    pub description: Option<String>,
    /// The body, paragraphs apart where the page keeps them apart.
    pub body: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub free: Option<bool>,
}

/// Objects deeper than this are not looked into.
const DEEPEST: usize = 12;

/// Parses a script. Comments and CDATA around it, a semicolon behind it and line ends inside
/// strings are faults that pages have.
pub(super) fn parse(script: &str) -> Option<Value> {
    let script = script.replace("<![CDATA[", "").replace("]]>", "");
    let script = &script[script.find(['{', '['])?..];
    let script = script.get(..=script.rfind(['}', ']'])?)?;
    serde_json::from_str(script).ok().or_else(|| {
        let spaced: String = script
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        serde_json::from_str(&spaced).ok()
    })
}

/// The article that JSON-LD values speak of; empty if they speak of none.
pub(in crate::ingest) fn article(values: &[Value]) -> Article {
    let mut all = Vec::new();
    for value in values {
        flatten(value, 0, &mut all);
    }
    let articles = || all.iter().copied().filter(|node| is_article(node));
    let Some(node) = articles()
        .find(|node| node.get("headline").is_some() || node.get("articleBody").is_some())
        .or_else(|| articles().next())
    else {
        return Article::default();
    };
    let resolve = |value: &'_ Value| -> Value {
        let id = value.get("@id");
        let found = all
            .iter()
            .find(|n| id.is_some() && n.get("@id") == id && n.get("name").is_some());
        match found {
            Some(found) if value.get("name").is_none() => (*found).clone(),
            _ => value.clone(),
        }
    };
    let text = |key: &str| node.get(key).and_then(first_text);
    let mut authors = Vec::new();
    if let Some(author) = node.get("author").or_else(|| node.get("creator")) {
        names(author, &resolve, &mut authors);
    }
    let publisher = node.get("publisher").map(|p| match p {
        Value::Array(list) => list.first().map_or(Value::Null, &resolve),
        other => resolve(other),
    });
    Article {
        headline: text("headline").or_else(|| text("name")),
        authors,
        published: text("datePublished").or_else(|| text("dateCreated")),
        outlet: publisher.and_then(|p| name_of(&p)),
        section: text("articleSection"),
        topics: node.get("keywords").map(list).unwrap_or_default(),
        description: text("description"),
        body: node
            .get("articleBody")
            .or_else(|| node.get("text"))
            .and_then(Value::as_str)
            .map(|b| decode::clean(&unescape(b)).text)
            .filter(|b| !b.trim().is_empty()),
        language: text("inLanguage"),
        url: text("url").or_else(|| node.get("mainEntityOfPage").and_then(address)),
        free: node.get("isAccessibleForFree").and_then(|v| match v {
            Value::Bool(free) => Some(*free),
            Value::String(free) => Some(!free.eq_ignore_ascii_case("false")),
            _ => None,
        }),
    }
}

fn flatten<'v>(value: &'v Value, depth: usize, out: &mut Vec<&'v Value>) {
    if depth > DEEPEST {
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|v| flatten(v, depth + 1, out)),
        Value::Object(fields) => {
            out.push(value);
            for key in [
                "@graph",
                "mainEntity",
                "mainEntityOfPage",
                "author",
                "publisher",
                "hasPart",
            ] {
                if let Some(inner) = fields.get(key) {
                    flatten(inner, depth + 1, out);
                }
            }
        }
        _ => {}
    }
}

/// Whether an object is an article, by its type.
fn is_article(node: &Value) -> bool {
    let is = |kind: &str| {
        let kind = kind.rsplit(['/', ':']).next().unwrap_or(kind);
        kind.ends_with("Article")
            || matches!(
                kind,
                "BlogPosting" | "LiveBlogPosting" | "Report" | "Review" | "SocialMediaPosting"
            )
    };
    match node.get("@type").or_else(|| node.get("type")) {
        Some(Value::String(kind)) => is(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

/// The first text in a value.
fn first_text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => one_line(&unescape(text)),
        Value::Array(items) => return items.iter().find_map(first_text),
        Value::Object(fields) => {
            return fields
                .get("name")
                .or_else(|| fields.get("@value"))
                .and_then(first_text);
        }
        _ => return None,
    };
    Some(text).filter(|t| !t.is_empty())
}

fn address(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(fields) => fields.get("@id").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => first_text(&Value::String(text.clone())),
        Value::Object(fields) => fields.get("name").and_then(first_text),
        _ => None,
    }
}

fn names(value: &Value, resolve: &dyn Fn(&Value) -> Value, out: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|v| names(v, resolve, out)),
        Value::Object(_) => {
            let value = resolve(value);
            match value.get("name") {
                Some(Value::Array(items)) => out.extend(items.iter().filter_map(first_text)),
                Some(name) => out.extend(first_text(name)),
                None => {}
            }
        }
        other => out.extend(first_text(other)),
    }
}

/// Keywords as a list, or as one string with commas.
fn list(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => super::listed(Some(unescape(text))),
        Value::Array(items) => {
            let items = items.iter().filter_map(first_text);
            // Some give "Tag:x" or "category:y" with each.
            items.collect()
        }
        _ => Vec::new(),
    }
}

/// Strings in JSON-LD are often escaped for HTML as well.
fn unescape(text: &str) -> String {
    if !text.contains('&') && !text.contains('<') {
        return text.to_owned();
    }
    dom_query::Document::fragment(text.replace("<p>", "\n<p>").replace("<br", "\n<br"))
        .text()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(script: &str) -> Article {
        article(&[parse(script).unwrap()])
    }

    #[test]
    fn authors_come_in_every_shape() {
        for author in [
            "\"Mara Lindqvist\"",
            "{\"@type\":\"Person\",\"name\":\"Mara Lindqvist\"}",
            "[{\"name\":\"Mara Lindqvist\"}]",
            "[\"Mara Lindqvist\"]",
            "{\"name\":[\"Mara Lindqvist\"]}",
        ] {
            let script =
                format!("{{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"author\":{author}}}");
            assert_eq!(read(&script).authors, ["Mara Lindqvist"], "{author}");
        }
    }

    #[test]
    fn the_article_is_found_in_graphs_lists_and_other_objects() {
        for script in [
            r#"{"@graph":[{"@type":"WebSite","name":"S"},{"@id":"p","name":"Mara"},{"@type":["Article","NewsArticle"],"headline":"Bridge &amp; road","author":{"@id":"p"}}]}"#,
            r#"[{"@type":"BreadcrumbList"},{"@type":"ReportageNewsArticle","headline":"Bridge & road","author":"Mara"}]"#,
            r#"{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","headline":"Bridge & road","creator":"Mara"}}"#,
            "<![CDATA[ {\"@type\":\"http://schema.org/Article\",\"headline\":\"Bridge\n& road\",\"author\":\"Mara\"}; ]]>",
        ] {
            let article = read(script);
            assert_eq!(
                article.headline.as_deref(),
                Some("Bridge & road"),
                "{script}"
            );
            assert_eq!(article.authors, ["Mara"], "{script}");
        }
    }

    #[test]
    fn what_is_no_article_says_nothing() {
        assert_eq!(
            read(r#"{"@type":"Recipe","headline":"Soup"}"#),
            Article::default()
        );
        assert!(parse("no json").is_none() && parse("").is_none() && parse("}{").is_none());
        let deep = "[".repeat(100) + &"]".repeat(100);
        assert_eq!(read(&deep), Article::default());
    }
}
