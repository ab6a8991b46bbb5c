//! One line of a store file: a W3C Web Annotation with a quote and a position selector (positions
//! count Unicode scalar values). The line as it stood on disk is kept beside what was read from it,
//! so that fields of other programs survive. Calls `base`, `model`.
//!
//! Source: W3C Web Annotation Data Model, 2017, sections 3.1, 4.2.4 and 4.2.5. Tags, note and
//! colour are bodies with the purposes `tagging`, `commenting` and `classifying`.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::base::text::{CharIndex, fold, one_line, printable};
use crate::model::{Colour, Document, Highlight};
use crate::store::Match;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
const URN: &str = "urn:byline:highlight:";
/// The key under which a line says which article it belongs to.
const ARTICLE: &str = "byline:article";

/// A line of a store file.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its bytes, without the newline.
    pub raw: Vec<u8>,
    /// What it says, where it could be read.
    pub record: Option<Record>,
}

impl Line {
    /// Whether there is nothing on it.
    pub fn is_blank(&self) -> bool {
        self.raw.iter().all(u8::is_ascii_whitespace)
    }
}

/// What a line says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    /// The annotation as it stands, with fields this program does not know.
    pub value: Value,
    /// Id of the highlight.
    pub id: String,
    /// Id of the document it was made in, where the line says it.
    pub document: Option<String>,
    /// The words.
    pub exact: String,
    /// Words before them.
    pub prefix: String,
    /// Words after them.
    pub suffix: String,
    /// First and one past the last Unicode scalar value.
    pub position: Option<(usize, usize)>,
    /// Colour, tags and note.
    pub mark: Mark,
    /// When it was made.
    pub created: Timestamp,
}

/// What a reader can change about a highlight.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Mark {
    /// Colour.
    pub colour: Colour,
    /// Tags.
    pub tags: Vec<String>,
    /// Note.
    pub note: Option<String>,
}

impl Mark {
    /// The changeable part of a highlight, in the form in which it is read back.
    pub fn of(highlight: &Highlight) -> Self {
        let tags = highlight.tags.iter();
        Self {
            colour: highlight.colour,
            tags: tags.map(|tag| printable(tag).into_owned()).collect(),
            note: highlight.note.as_deref().map(safe),
        }
    }
}

/// How an article is recognised.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Article {
    /// Id of the document.
    pub id: String,
    /// Where it came from.
    pub uri: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// Day of publication.
    pub published: Option<String>,
}

impl Article {
    /// The article of a document.
    pub fn of(document: &Document) -> Self {
        Self {
            id: document.id.clone(),
            uri: document.meta.uri.clone(),
            title: document.meta.title.clone(),
            published: document.meta.published.map(|d| d.to_string()),
        }
    }

    /// The article that a stored line belongs to.
    pub fn stored(line: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(line).ok()?;
        let text = |v: &Value| v.as_str().map(str::to_owned);
        let own = &value[ARTICLE];
        let uri = text(&target(&value)?["source"]);
        Some(Self {
            id: text(&own["id"]).unwrap_or_default(),
            uri: uri.filter(|u| !u.starts_with("urn:byline:")),
            title: text(&own["title"]),
            published: text(&own["published"]),
        })
    }

    /// Whether `stored` is this article with another text, and how that is known.
    pub fn matches(&self, stored: &Self) -> Option<Match> {
        if self.uri.is_some() && self.uri == stored.uri {
            return Some(Match::Address);
        }
        let known = self.title.is_some() && self.published.is_some();
        (known && self.has_title_of(stored) && self.published == stored.published)
            .then_some(Match::TitleAndDate)
    }

    /// Whether the titles agree, letter case and spaces aside.
    pub fn has_title_of(&self, stored: &Self) -> bool {
        let key = |t: &Option<String>| t.as_deref().map(|t| fold(&one_line(t)));
        key(&self.title) == key(&stored.title)
    }

    fn source(&self) -> String {
        let urn = || format!("urn:byline:{}", self.id);
        self.uri.clone().unwrap_or_else(urn)
    }
}

/// Reads a store file. Never fails: what cannot be read is kept as it is.
pub(super) fn read(bytes: &[u8]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    if bytes.is_empty() {
        return out;
    }
    for raw in bytes.split(|&b| b == b'\n') {
        let record = std::str::from_utf8(raw).ok().and_then(parse);
        // The second line with an id is kept, and read by nobody.
        let twice = record.as_ref().is_some_and(|r| {
            out.iter()
                .any(|l| l.record.as_ref().is_some_and(|o| o.id == r.id))
        });
        out.push(Line {
            raw: raw.to_vec(),
            record: record.filter(|_| !twice),
        });
    }
    out
}

/// The bytes of a store file.
pub(super) fn write(lines: &[Line]) -> Vec<u8> {
    let mut out = Vec::new();
    for line in lines {
        out.extend_from_slice(&line.raw);
        out.push(b'\n');
    }
    out
}

fn target(value: &Value) -> Option<&Value> {
    match &value["target"] {
        Value::Array(targets) => targets.first(),
        Value::Object(_) => Some(&value["target"]),
        _ => None,
    }
}

fn items(value: &Value) -> &[Value] {
    match value {
        Value::Array(items) => items,
        Value::Null => &[],
        _ => std::slice::from_ref(value),
    }
}

fn parse(line: &str) -> Option<Record> {
    let value: Value = serde_json::from_str(line.trim_start_matches('\u{feff}')).ok()?;
    let id = value["id"].as_str()?;
    let id = id.strip_prefix(URN).unwrap_or(id).to_owned();
    let selectors = items(&target(&value)?["selector"]);
    let of = |kind: &str| selectors.iter().find(|s| s["type"] == kind);
    let quote = of("TextQuoteSelector")?;
    let text = |v: &Value| v.as_str().unwrap_or_default().to_owned();
    let exact = quote["exact"]
        .as_str()
        .filter(|e| !e.is_empty())?
        .to_owned();
    let position = of("TextPositionSelector").and_then(|s| {
        let number = |key: &str| usize::try_from(s[key].as_u64()?).ok();
        Some((number("start")?, number("end")?))
    });
    let created = value["created"].as_str().and_then(|t| t.parse().ok());
    Some(Record {
        id,
        document: value[ARTICLE]["id"].as_str().map(str::to_owned),
        exact,
        prefix: text(&quote["prefix"]),
        suffix: text(&quote["suffix"]),
        position,
        mark: mark(&value),
        created: created.unwrap_or(Timestamp::UNIX_EPOCH),
        value,
    })
}

/// Colour, tags and note of an annotation, made safe to show.
fn mark(value: &Value) -> Mark {
    let mut out = Mark::default();
    for body in items(&value["body"]) {
        let Some(text) = body["value"].as_str() else {
            continue;
        };
        match purpose(body) {
            Some("classifying") => out.colour = Colour::from_name(text).unwrap_or(out.colour),
            Some("tagging") => out.tags.push(printable(text).into_owned()),
            Some("commenting") => {
                let note = safe(text);
                out.note = Some(match out.note.take() {
                    Some(first) => format!("{first}\n{note}"),
                    None => note,
                });
            }
            _ => {}
        }
    }
    out
}

/// Foreign words made safe to show, line by line.
pub(super) fn safe(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(printable).collect();
    lines.join("\n")
}

fn purpose(body: &Value) -> Option<&str> {
    body["purpose"].as_str()
}

impl Record {
    /// The record of a new highlight of `document`.
    pub fn new(highlight: &Highlight, article: &Article, document: &Document) -> Self {
        let text = &*document.text;
        let index = CharIndex::new(text);
        let anchor = &highlight.anchor;
        let mut selectors = vec![json!({
            "type": "TextQuoteSelector",
            "exact": anchor.exact, "prefix": anchor.prefix, "suffix": anchor.suffix,
        })];
        let position = (!highlight.orphan && anchor.span.of(text) == anchor.exact).then(|| {
            let (start, end) = (anchor.span.from(), anchor.span.to());
            (index.to_char(text, start), index.to_char(text, end))
        });
        if let Some((start, end)) = position {
            selectors.push(json!({"type": "TextPositionSelector", "start": start, "end": end}));
        }
        let id = if highlight.id.contains(':') {
            highlight.id.clone()
        } else {
            format!("{URN}{}", highlight.id)
        };
        let value = json!({
            "@context": CONTEXT,
            "id": id,
            "type": "Annotation",
            "motivation": "highlighting",
            "created": highlight.created.to_string(),
            "body": [],
            "target": {"source": article.source(), "selector": selectors},
            ARTICLE: {"id": article.id, "title": article.title, "published": article.published},
        });
        let mut record = Self {
            value,
            id: highlight.id.clone(),
            document: Some(article.id.clone()),
            exact: anchor.exact.clone(),
            prefix: anchor.prefix.clone(),
            suffix: anchor.suffix.clone(),
            position,
            mark: Mark::default(),
            created: highlight.created,
        };
        record.set(Mark::of(highlight));
        record
    }

    /// Replaces colour, tags and note; bodies of other kinds stay.
    pub fn set(&mut self, mark: Mark) {
        let ours = |body: &&Value| {
            matches!(
                purpose(body),
                Some("classifying" | "tagging" | "commenting")
            ) && body["value"].is_string()
        };
        let mut bodies: Vec<Value> = items(&self.value["body"])
            .iter()
            .filter(|body| !ours(body))
            .cloned()
            .collect();
        let mut body = |purpose: &str, value: &str| {
            bodies.push(json!({
                "type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose,
            }));
        };
        body("classifying", mark.colour.name());
        mark.tags.iter().for_each(|tag| body("tagging", tag));
        mark.note.iter().for_each(|note| body("commenting", note));
        if let Value::Object(fields) = &mut self.value {
            fields.insert("body".to_owned(), Value::Array(bodies));
        } else {
            self.value = Value::Object(Map::new());
        }
        self.mark = mark;
    }

    /// Lays the record on the words of `highlight`; everything but the target stays.
    pub fn move_to(&mut self, highlight: &Highlight, article: &Article, document: &Document) {
        let mut new = Self::new(highlight, article, document);
        if let (Value::Object(to), Value::Object(from)) = (&mut self.value, &mut new.value) {
            for key in ["target", ARTICLE] {
                if let Some(value) = from.remove(key) {
                    to.insert(key.to_owned(), value);
                }
            }
        }
        *self = Self {
            value: std::mem::take(&mut self.value),
            mark: std::mem::take(&mut self.mark),
            ..new
        };
    }

    /// The line of this record.
    pub fn line(self) -> Line {
        Line {
            raw: self.value.to_string().into_bytes(),
            record: Some(self),
        }
    }
}
