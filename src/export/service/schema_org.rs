//! schema.org as JSON-LD: the article, who and what it mentions, and its quotations with their
//! speakers. No `ClaimReview`: that is a published verdict, which a stance is not.

use serde_json::{Value, json};

use crate::base::{EntityId, EntityKind, Result};
use crate::export::json;
use crate::export::source::{address, clean, identity, line};
use crate::model::{Annotated, Entity, Highlight, Party, QuoteKind};

fn kind(kind: EntityKind) -> Option<&'static str> {
    Some(match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization | EntityKind::Group => "Organization",
        EntityKind::Place => "Place",
        EntityKind::Event => "Event",
        EntityKind::Work => "CreativeWork",
        EntityKind::Other => "Thing",
        EntityKind::Date | EntityKind::Money | EntityKind::Percent | EntityKind::Quantity => {
            return None;
        }
    })
}

/// The article as a value, for this format and for pages that carry it.
pub(in crate::export) fn article(annotated: &Annotated) -> Value {
    let document = &annotated.document;
    let meta = &document.meta;
    let id = |entity: EntityId| format!("urn:byline:{}:{entity}", document.id);
    let mut out = json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": identity(document),
        "headline": line(document.display_title()),
    });
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            out[name] = value;
        }
    };
    put("url", address(document).map(Into::into));
    let author = |name: &String| json!({"@type": "Person", "name": line(name)});
    let authors: Vec<Value> = meta.authors.iter().map(author).collect();
    put("author", (!authors.is_empty()).then(|| authors.into()));
    put(
        "datePublished",
        meta.published.map(|d| d.to_string().into()),
    );
    let publisher = |name: &String| json!({"@type": "Organization", "name": line(name)});
    put("publisher", meta.outlet.as_ref().map(publisher));
    put(
        "inLanguage",
        meta.language.as_deref().map(|l| line(l).into()),
    );
    let topics: Vec<String> = meta.topics.iter().map(|t| line(t)).collect();
    put("keywords", (!topics.is_empty()).then(|| topics.into()));
    put("articleBody", Some(clean(&document.text).into()));
    let mention = |entity: &Entity| {
        let mut out = json!({
            "@type": kind(entity.kind)?,
            "@id": id(entity.id),
            "name": line(&entity.name),
        });
        if !entity.aliases.is_empty() {
            let aliases = entity.aliases.iter().map(|a| line(a));
            out["alternateName"] = aliases.collect();
        }
        if entity.kind == EntityKind::Person {
            if let Some(role) = &entity.role {
                out["jobTitle"] = line(role).into();
            }
            if let Some(other) = entity.speaks_for {
                out["affiliation"] = json!({"@id": id(other)});
            }
        }
        Some(out)
    };
    let mentions: Vec<Value> = annotated.entities.iter().filter_map(mention).collect();
    put("mentions", (!mentions.is_empty()).then(|| mentions.into()));
    let quotes = annotated.quotes.iter();
    let quotations: Vec<Value> = quotes
        .filter(|q| q.kind != QuoteKind::Scare)
        .map(|quote| {
            let text = line(document.slice(quote.span));
            let mut out = json!({"@type": "Quotation", "text": text});
            out["spokenByCharacter"] = match quote.speaker {
                Party::Entity(id_of) => {
                    let entity = annotated.entity(id_of);
                    let kind = entity.and_then(|e| kind(e.kind)).unwrap_or("Person");
                    json!({"@type": kind, "@id": id(id_of),
                        "name": line(annotated.party_name(quote.speaker))})
                }
                party => json!({"@type": "Person", "name": annotated.party_name(party)}),
            };
            out
        })
        .collect();
    put(
        "hasPart",
        (!quotations.is_empty()).then(|| quotations.into()),
    );
    out
}

/// Writes the article.
pub(super) fn write(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    json::value(&article(annotated))
}
