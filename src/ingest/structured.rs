//! Articles in the JSON of others: schema.org (JSON-LD) and the IPTC's ninjs, all versions. Calls
//! `fields` and `html`.

use serde_json::Value;

use super::decode;
use super::fields::Fields;
use super::html::{self, Article, day, instant, schema_article};
use super::{Loaded, Source};
use crate::base::text::one_line;

/// Reads an article in JSON; `None` if the value is none that is known, or has no text.
pub(super) fn load(value: &Value, source: &Source) -> Option<Loaded> {
    let article = schema_article(std::slice::from_ref(value));
    let (fields, body, from) = if article.headline.is_some() || article.body.is_some() {
        let body = article.body.clone().unwrap_or_default();
        (schema(article), body, "JSON-LD")
    } else {
        let (fields, body) = ninjs(value)?;
        (fields, body, "ninjs")
    };
    let body = if body.trim().is_empty() {
        fields.description.clone()?
    } else {
        spaced(&body)
    };
    Some(fields.over(&body, Vec::new(), source.uri.clone(), from))
}

/// A blank line between paragraphs, so that none is taken for the continuation of another.
fn spaced(body: &str) -> String {
    let lines = body.lines().map(str::trim).filter(|l| !l.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

fn schema(article: Article) -> Fields {
    Fields {
        title: article.headline,
        authors: article.authors,
        published: article.published.as_deref().and_then(day),
        published_at: article.published.as_deref().and_then(instant),
        outlet: article.outlet,
        section: article.section,
        topics: article.topics,
        language: article.language.map(|l| main_language(&l)),
        description: article.description,
        uri: article.url,
    }
}

fn main_language(code: &str) -> String {
    code.split(['-', '_']).next().unwrap_or(code).to_lowercase()
}

/// The fields and the body of ninjs: texts in versions 1 and 2, lists with roles in version 3.
fn ninjs(value: &Value) -> Option<(Fields, String)> {
    let text = |keys: &[&str]| keys.iter().find_map(|key| words(value.get(*key)?));
    let listed = |key: &str, wanted: &str| {
        let list = value.get(key)?.as_array()?;
        let role = |v: &&Value| v.get("role").and_then(Value::as_str) == Some(wanted);
        list.iter().find(role).or_else(|| list.first()).cloned()
    };
    let known = [
        "uri",
        "pubstatus",
        "pubStatus",
        "versioncreated",
        "versionCreated",
        "contentcreated",
        "contentCreated",
        "standard",
    ];
    if !known.iter().any(|key| value.get(*key).is_some()) {
        return None;
    }
    let title = text(&["headline"])
        .or_else(|| words(listed("headlines", "main")?.get("value")?))
        .or_else(|| text(&["title", "name"]));
    let body = body(value).or_else(|| {
        let body = listed("bodies", "main")?;
        let text = body.get("value")?.as_str()?;
        let kind = body.get("contentType").or_else(|| body.get("contenttype"));
        let marked = kind
            .and_then(Value::as_str)
            .is_some_and(|k| k.contains("html") || k.contains("xml"));
        Some(if marked {
            html::lines(text)
        } else {
            decode::clean(text).text
        })
    });
    if title.is_none() && body.is_none() {
        return None;
    }
    let names = |key: &str| {
        let list = value.get(key).and_then(Value::as_array);
        let names = list
            .into_iter()
            .flatten()
            .filter_map(|v| words(v.get("name")?));
        names.collect::<Vec<_>>()
    };
    let topics = [names("subjects"), names("subject")];
    let by = text(&["byline", "by"]);
    let created = text(&[
        "contentcreated",
        "contentCreated",
        "firstcreated",
        "firstCreated",
        "versioncreated",
        "versionCreated",
    ]);
    let fields = Fields {
        authors: by
            .into_iter()
            .map(|by| by.trim_start_matches("By ").to_owned())
            .collect(),
        published: created.as_deref().and_then(day),
        published_at: created.as_deref().and_then(instant),
        outlet: text(&["source", "copyrightholder", "copyrightHolder"])
            .or_else(|| names("infoSources").into_iter().next())
            .or_else(|| names("infosource").into_iter().next()),
        topics: topics
            .into_iter()
            .find(|t| !t.is_empty())
            .unwrap_or_default(),
        language: text(&["language"]).map(|l| main_language(&l)),
        description: text(&["description_text"])
            .or_else(|| words(listed("descriptions", "summary")?.get("value")?)),
        uri: text(&["uri"]).filter(|uri| uri.starts_with("http")),
        section: None,
        title,
    };
    Some((fields, body.unwrap_or_default()))
}

/// The body of versions 1 and 2.
fn body(value: &Value) -> Option<String> {
    let text = |key: &str| value.get(key)?.as_str().map(str::to_owned);
    let marked = ["body_xhtml", "body_html", "body_html5"]
        .into_iter()
        .find_map(text);
    text("body_text")
        .map(|t| decode::clean(&t).text)
        .or_else(|| marked.map(|html| html::lines(&html)))
}

fn words(value: &Value) -> Option<String> {
    let text = one_line(&decode::clean(value.as_str()?).text);
    Some(text).filter(|t| !t.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn every_version_of_ninjs_and_schema_org_is_read() {
        let one = json!({"uri": "http://example.org/1", "type": "text", "versioncreated": "2025-03-17T09:00:00Z",
            "headline": "The bridge is closed", "byline": "By Mara Lindqvist", "source": "The Courier",
            "body_html": "<p>The city closed the bridge.</p><p>Nobody knew why.</p>", "subject": [{"name": "bridges"}]});
        let three = json!({"uri": "http://example.org/1", "contentCreated": "2025-03-17T09:00:00Z",
            "headlines": [{"role": "short", "value": "Closed"}, {"role": "main", "value": "The bridge is closed"}],
            "by": "Mara Lindqvist", "infoSources": [{"name": "The Courier"}], "subjects": [{"name": "bridges"}],
            "bodies": [{"role": "main", "contentType": "text/plain", "value": "The city closed the bridge.\nNobody knew why."}]});
        let schema = json!({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "The bridge is closed",
            "author": "Mara Lindqvist", "datePublished": "2025-03-17", "publisher": {"name": "The Courier"}, "keywords": "bridges",
            "articleBody": "The city closed the bridge.\n\nNobody knew why."});
        for value in [one, three, schema] {
            let loaded = load(&value, &Source::default()).unwrap();
            let document = &loaded.document;
            assert_eq!(
                document.meta.title.as_deref(),
                Some("The bridge is closed"),
                "{value}"
            );
            assert_eq!(document.meta.authors, ["Mara Lindqvist"], "{value}");
            assert_eq!(
                document.meta.outlet.as_deref(),
                Some("The Courier"),
                "{value}"
            );
            assert_eq!(document.meta.topics, ["bridges"], "{value}");
            assert_eq!(
                document.meta.published.map(|d| d.to_string()).as_deref(),
                Some("2025-03-17")
            );
            assert!(
                document
                    .text
                    .ends_with("The city closed the bridge.\nNobody knew why."),
                "{}",
                document.text
            );
        }
        assert!(load(&json!({"x": 1}), &Source::default()).is_none());
        assert!(load(&json!([1, 2]), &Source::default()).is_none());
    }

    proptest! {
        #[test]
        fn no_json_panics(key in "(headlines|bodies|uri|byline|@type|author|articleBody|subject)", text in "\\PC{0,20}", n in 0..4) {
            let value = match n {
                0 => json!({"uri": "x", "headline": "h", &key: text}),
                1 => json!({"uri": "x", &key: [text]}),
                2 => json!({"@type": "Article", "headline": "h", &key: {"value": text}}),
                _ => json!([{"@type": "Article", &key: 7}]),
            };
            let _ = load(&value, &Source::default());
        }
    }
}
