//! The annotated document as JSON, version 1: a public contract. One definition for the exporter
//! that writes it and the ingester that reads it back. Offsets are Unicode scalar values into
//! `document.text`, end exclusive. Fields are added, never renamed; unknown fields are ignored.
//!
//! The schema stands in `assets/annotated.schema.json`. May call `base` and `model`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::text::CharIndex;
use crate::base::{
    BlockId, EntityId, Error, IssueId, QuoteId, Result, SentenceId, Span, StanceId, moment,
};
use crate::model::entity::{Conll, Entity, EntityKind, Mention, MentionForm};
use crate::model::stance::{Issue, Party, Polarity, Quote, QuoteKind, Stance, Target};
use crate::model::{
    Anchor, Annotated, Block, BlockKind, Colour, Document, Highlight, Link, Metadata, Sentence,
};

/// Version of the contract that this program writes.
pub const VERSION: u32 = 1;

/// The whole file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct File {
    /// Contract version.
    pub byline: u32,
    /// The caller's own id in a stream of documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<serde_json::Value>,
    /// The article.
    pub document: Doc,
    /// Sentences.
    #[serde(default)]
    pub sentences: Vec<Sent>,
    /// Entities.
    #[serde(default)]
    pub entities: Vec<Ent>,
    /// Dates, money, percentages and quantities, in the form of entities but apart from them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub figures: Vec<Ent>,
    /// Issues.
    #[serde(default)]
    pub issues: Vec<Iss>,
    /// Quotes.
    #[serde(default)]
    pub quotes: Vec<Quo>,
    /// What is ascribed to somebody without being reported speech, in the form of quotes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributions: Vec<Quo>,
    /// Stances.
    #[serde(default)]
    pub stances: Vec<Sta>,
    /// Links from comment to article.
    #[serde(default)]
    pub links: Vec<Lin>,
    /// What the reader marked.
    #[serde(default)]
    pub highlights: Vec<Hig>,
}

/// A range of Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// Where an article came from.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Source {
    /// Path or address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uri: Option<String>,
    /// Paper, agency or site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
}

/// The article.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Doc {
    /// Stable id.
    #[serde(default)]
    pub id: String,
    /// Headline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Authors.
    #[serde(default)]
    pub authors: Vec<String>,
    /// Day of publication, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Moment of publication, RFC 3339 with its zone, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_at: Option<String>,
    /// Where it came from.
    #[serde(default)]
    pub source: Source,
    /// Language code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Topics.
    #[serde(default)]
    pub topics: Vec<String>,
    /// What was noticed or left out on reading.
    #[serde(default)]
    pub details: Vec<String>,
    /// The text that all offsets point into.
    pub text: String,
    /// Blocks.
    #[serde(default)]
    pub blocks: Vec<Blk>,
}

/// A block.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Blk {
    /// Kind of block.
    pub kind: String,
    /// Where.
    #[serde(flatten)]
    pub at: Range,
}

/// A sentence.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sent {
    /// Where.
    #[serde(flatten)]
    pub at: Range,
    /// Index of its block.
    pub block: usize,
}

/// A mention.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Men {
    /// Where.
    #[serde(flatten)]
    pub at: Range,
    /// How it refers.
    pub form: String,
    /// `PER`, `ORG`, `LOC` or `MISC`, where a model read it as a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub conll: Option<String>,
    /// Who or what found it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// How sure.
    #[serde(default = "sure")]
    pub confidence: f64,
}

/// An entity.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Ent {
    /// `E1`, `E2`, …
    pub id: String,
    /// Fullest name.
    pub name: String,
    /// Kind.
    pub kind: String,
    /// Other names.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Office or title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Id of the entity it speaks for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaks_for: Option<String>,
    /// Mentions.
    pub mentions: Vec<Men>,
    /// Who or what decided its kind.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// How sure.
    #[serde(default = "sure")]
    pub confidence: f64,
}

/// An issue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Iss {
    /// `I1`, `I2`, …
    pub id: String,
    /// Short name.
    pub name: String,
    /// Where it is mentioned.
    #[serde(default)]
    pub mentions: Vec<Range>,
    /// Id of its ban or opposite.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inverse_of: Option<String>,
}

/// A quote or another attribution.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Quo {
    /// `Q1`, `Q2`, …; of other attributions `A1`, `A2`, …
    pub id: String,
    /// Where.
    #[serde(flatten)]
    pub at: Range,
    /// The reporting words.
    #[serde(default)]
    pub cue: Option<Range>,
    /// Id of the speaker.
    #[serde(default)]
    pub speaker: Option<String>,
    /// `author` or `editor`, where the speaker is no entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_role: Option<String>,
    /// The words that name the speaker.
    #[serde(default)]
    pub speaker_span: Option<Range>,
    /// How it is reported.
    pub kind: String,
    /// Id of the quote that this one goes on from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub continues: Option<String>,
    /// Ids of those through whom it was reported, outermost first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub via: Vec<String>,
    /// Who or what found it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// How sure.
    #[serde(default = "sure")]
    pub confidence: f64,
}

/// Holder of a stance: an entity or a role.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hol {
    /// Id of the entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// `author`, `editor` or `unknown`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// First character of the words that name it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// One past their last character.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
}

/// Target of a stance: an entity or an issue, and the words that name it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Tar {
    /// Id of the entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Id of the issue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issue: Option<String>,
    /// Where.
    #[serde(flatten)]
    pub at: Range,
}

/// A stance.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sta {
    /// `S1`, `S2`, …
    pub id: String,
    /// Index of its sentence.
    pub sentence: usize,
    /// Who holds it.
    pub holder: Hol,
    /// What it is about.
    pub target: Tar,
    /// `for`, `against` or `conditional`.
    pub polarity: String,
    /// 1 to 3.
    pub strength: u8,
    /// How sure.
    pub confidence: f64,
    /// The words that show it.
    pub evidence: Vec<Range>,
    /// Ids of those through whom it was reported, outermost first.
    #[serde(default)]
    pub via: Vec<String>,
    /// Which rule made it.
    #[serde(default)]
    pub rule: String,
}

/// A link.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lin {
    /// Where in the comment.
    pub comment: Range,
    /// Where in the article.
    pub passage: Range,
    /// Why.
    #[serde(default)]
    pub why: String,
    /// Which rule made it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
    /// How sure.
    #[serde(default = "sure")]
    pub confidence: f64,
}

/// A highlight.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hig {
    /// Its id.
    pub id: String,
    /// Where.
    #[serde(flatten)]
    pub at: Range,
    /// The words.
    #[serde(default)]
    pub text: String,
    /// Colour.
    pub colour: String,
    /// Tags.
    #[serde(default)]
    pub tags: Vec<String>,
    /// The reader's note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// When it was made.
    pub created: String,
    /// Whether its words were not found in this text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub orphan: bool,
}

fn sure() -> f64 {
    1.0
}

/// A confidence with two decimals, so that the same input gives the same bytes everywhere.
fn rounded(confidence: f32) -> f64 {
    (f64::from(confidence) * 100.0).round() / 100.0
}

/// Turns layers and highlights into the contract.
pub fn write(annotated: &Annotated, highlights: &[Highlight]) -> File {
    let document = &annotated.document;
    let text = &*document.text;
    let index = CharIndex::new(text);
    let at = |span: Span| Range {
        start: index.to_char(text, span.from()),
        end: index.to_char(text, span.to()),
    };
    let role_of = |party: Party| match party {
        Party::Entity(_) => None,
        Party::Author => Some("author".to_owned()),
        Party::Editor => Some("editor".to_owned()),
        Party::Unknown => Some("unknown".to_owned()),
    };
    let entity_of = |party: Party| party.entity().map(|e| e.to_string());
    let meta = &document.meta;
    let (figures, entities) = annotated
        .entities
        .iter()
        .partition::<Vec<_>, _>(|e| e.kind.is_light());
    let written = |list: Vec<&Entity>| -> Vec<Ent> {
        list.into_iter()
            .map(|e| Ent {
                id: e.id.to_string(),
                name: e.name.clone(),
                kind: e.kind.name().to_owned(),
                aliases: e.aliases.clone(),
                role: e.role.clone(),
                speaks_for: e.speaks_for.map(|s| s.to_string()),
                mentions: e
                    .mentions
                    .iter()
                    .map(|m| Men {
                        at: at(m.span),
                        form: m.form.name().to_owned(),
                        conll: m.conll.map(|t| t.name().to_owned()),
                        rule: m.rule.to_string(),
                        confidence: rounded(m.confidence),
                    })
                    .collect(),
                rule: e.rule.to_string(),
                confidence: rounded(e.confidence),
            })
            .collect()
    };
    let (figures, entities) = (written(figures), written(entities));
    let quotes = |list: &[Quote], letter: &str| -> Vec<Quo> {
        let id = |id: QuoteId| format!("{letter}{}", id.index() + 1);
        list.iter()
            .map(|q| Quo {
                id: id(q.id),
                at: at(q.span),
                cue: q.cue.map(at),
                speaker: entity_of(q.speaker),
                speaker_role: role_of(q.speaker),
                speaker_span: q.speaker_span.map(at),
                kind: q.kind.name().to_owned(),
                continues: q.continues.map(id),
                via: q.via.iter().map(ToString::to_string).collect(),
                rule: q.rule.to_string(),
                confidence: rounded(q.confidence),
            })
            .collect()
    };
    File {
        byline: VERSION,
        id: None,
        document: Doc {
            id: document.id.clone(),
            title: meta.title.clone(),
            authors: meta.authors.clone(),
            published: meta.published.map(|d| d.to_string()),
            published_at: meta.published_at.as_ref().map(moment::written),
            source: Source {
                uri: meta.uri.clone(),
                outlet: meta.outlet.clone(),
            },
            language: meta.language.clone(),
            topics: meta.topics.clone(),
            details: document.details.clone(),
            text: text.to_owned(),
            blocks: document
                .blocks
                .iter()
                .map(|b| Blk {
                    kind: b.kind.name().to_owned(),
                    at: at(b.span),
                })
                .collect(),
        },
        sentences: annotated
            .sentences
            .iter()
            .map(|s| Sent {
                at: at(s.span),
                block: s.block.index(),
            })
            .collect(),
        entities,
        figures,
        issues: annotated
            .issues
            .iter()
            .map(|i| Iss {
                id: i.id.to_string(),
                name: i.name.clone(),
                mentions: i.mentions.iter().map(|&m| at(m)).collect(),
                inverse_of: i.inverse_of.map(|i| i.to_string()),
            })
            .collect(),
        quotes: quotes(&annotated.quotes, "Q"),
        attributions: quotes(&annotated.attributions, "A"),
        stances: annotated
            .stances
            .iter()
            .map(|s| Sta {
                id: s.id.to_string(),
                sentence: s.sentence.index(),
                holder: Hol {
                    entity: entity_of(s.holder),
                    role: role_of(s.holder),
                    start: s.holder_span.map(|h| at(h).start),
                    end: s.holder_span.map(|h| at(h).end),
                },
                target: Tar {
                    entity: match s.target {
                        Target::Entity(e) => Some(e.to_string()),
                        Target::Issue(_) => None,
                    },
                    issue: match s.target {
                        Target::Issue(i) => Some(i.to_string()),
                        Target::Entity(_) => None,
                    },
                    at: at(s.target_span),
                },
                polarity: s.polarity.name().to_owned(),
                strength: s.strength,
                confidence: rounded(s.confidence),
                evidence: s.evidence.iter().map(|&e| at(e)).collect(),
                via: s.via.iter().map(ToString::to_string).collect(),
                rule: s.rule.to_string(),
            })
            .collect(),
        links: annotated
            .links
            .iter()
            .map(|l| Lin {
                comment: at(l.comment),
                passage: at(l.passage),
                why: l.why.clone(),
                rule: l.rule.to_string(),
                confidence: rounded(l.confidence),
            })
            .collect(),
        highlights: highlights
            .iter()
            .map(|h| Hig {
                id: h.id.clone(),
                at: if h.orphan {
                    Range { start: 0, end: 0 }
                } else {
                    at(h.anchor.span)
                },
                text: h.anchor.exact.clone(),
                colour: h.colour.name().to_owned(),
                tags: h.tags.clone(),
                note: h.note.clone(),
                created: h.created.to_string(),
                orphan: h.orphan,
            })
            .collect(),
    }
}

fn named<T>(found: Option<T>, name: &str, n: usize, value: &str, subject: &str) -> Result<T> {
    found.ok_or_else(|| Error::new(subject, format!("{name}[{n}]: unknown value {value:?}")))
}

/// Turns the contract back into layers and highlights. `subject` names the input in errors.
///
/// # Errors
/// A version other than [`VERSION`], an offset outside the text, an unknown kind, an id that
/// points nowhere: the message names the field.
pub fn read(file: File, subject: &str) -> Result<(Annotated, Vec<Highlight>)> {
    let fault = |what: String| {
        Error::new(subject, what).remedy("print it again with `byline annotate --format json`")
    };
    if file.byline != VERSION {
        return Err(fault(format!(
            "is contract version {}, this program reads 1",
            file.byline
        )));
    }
    let doc = file.document;
    let text: Arc<str> = doc.text.into();
    let index = CharIndex::new(&text);
    let span = |name: &str, n: usize, r: Range| -> Result<Span> {
        match (index.to_byte(&text, r.start), index.to_byte(&text, r.end)) {
            (Some(a), Some(b)) if a <= b => Ok(Span::new(a, b)),
            _ => Err(fault(format!(
                "{name}[{n}]: {}..{} is not a range of its text ({} characters)",
                r.start,
                r.end,
                index.chars()
            ))),
        }
    };
    let position = |ids: &[String], id: &str, name: &str, n: usize| -> Result<usize> {
        ids.iter()
            .position(|i| i == id)
            .ok_or_else(|| fault(format!("{name}[{n}]: there is no {id:?}")))
    };
    let mut listed: Vec<&Ent> = file.entities.iter().chain(&file.figures).collect();
    if !file.figures.is_empty() {
        // Figures stand apart in the file, among the entities in the program.
        let number = |e: &Ent| e.id.strip_prefix('E').and_then(|n| n.parse().ok());
        listed.sort_by_key(|e| number(e).unwrap_or(usize::MAX));
    }
    let entity_ids: Vec<String> = listed.iter().map(|e| e.id.clone()).collect();
    let issue_ids: Vec<String> = file.issues.iter().map(|i| i.id.clone()).collect();
    let entity =
        |id: &str, name: &str, n: usize| position(&entity_ids, id, name, n).map(EntityId::at);
    let issue = |id: &str, name: &str, n: usize| position(&issue_ids, id, name, n).map(IssueId::at);
    let party = |id: Option<&String>, role: Option<&String>, name: &str, n: usize| match id {
        Some(id) => entity(id, name, n).map(Party::Entity),
        None => Ok(match role.map(String::as_str) {
            Some("author") => Party::Author,
            Some("editor") => Party::Editor,
            _ => Party::Unknown,
        }),
    };

    let mut blocks = Vec::new();
    for (n, b) in doc.blocks.iter().enumerate() {
        let kind = named(BlockKind::from_name(&b.kind), "blocks", n, &b.kind, subject)?;
        blocks.push(Block {
            kind,
            span: span("blocks", n, b.at)?,
        });
    }
    let published = match doc.published.as_deref() {
        None => None,
        Some(d) => Some(
            d.parse()
                .map_err(|_| fault(format!("published: {d:?} is no date")))?,
        ),
    };
    let published_at = match doc.published_at.as_deref() {
        None => None,
        Some(at) => Some(
            moment::read(at)
                .ok_or_else(|| fault(format!("published_at: {at:?} is no time with a zone")))?,
        ),
    };
    let document = Arc::new(Document {
        id: doc.id,
        text: Arc::clone(&text),
        blocks,
        meta: Metadata {
            title: doc.title,
            authors: doc.authors,
            published,
            published_at,
            outlet: doc.source.outlet,
            uri: doc.source.uri,
            language: doc.language,
            topics: doc.topics,
        },
        details: doc.details,
    });
    let mut out = Annotated::bare(document);
    for (n, s) in file.sentences.iter().enumerate() {
        let block = BlockId::at(s.block);
        if out.document.block(block).is_none() {
            return Err(fault(format!(
                "sentences[{n}]: there is no block {}",
                s.block
            )));
        }
        out.sentences.push(Sentence {
            span: span("sentences", n, s.at)?,
            block,
        });
    }
    for (n, e) in listed.into_iter().enumerate() {
        let mut mentions = Vec::new();
        for m in &e.mentions {
            let form = named(
                MentionForm::from_name(&m.form),
                "entities",
                n,
                &m.form,
                subject,
            )?;
            mentions.push(Mention {
                span: span("entities", n, m.at)?,
                form,
                conll: m.conll.as_deref().and_then(Conll::from_name),
                rule: m.rule.clone().into(),
                confidence: m.confidence as f32,
            });
        }
        out.entities.push(Entity {
            id: EntityId::at(n),
            name: e.name.clone(),
            kind: named(
                EntityKind::from_name(&e.kind),
                "entities",
                n,
                &e.kind,
                subject,
            )?,
            aliases: e.aliases.clone(),
            role: e.role.clone(),
            speaks_for: e
                .speaks_for
                .as_ref()
                .map(|id| entity(id, "entities", n))
                .transpose()?,
            mentions,
            rule: e.rule.clone().into(),
            confidence: e.confidence as f32,
        });
    }
    for (n, i) in file.issues.iter().enumerate() {
        out.issues.push(Issue {
            id: IssueId::at(n),
            name: i.name.clone(),
            mentions: i
                .mentions
                .iter()
                .map(|&m| span("issues", n, m))
                .collect::<Result<_>>()?,
            inverse_of: i
                .inverse_of
                .as_ref()
                .map(|id| issue(id, "issues", n))
                .transpose()?,
        });
    }
    let quotes = |list: &[Quo], name: &str| -> Result<Vec<Quote>> {
        let ids: Vec<String> = list.iter().map(|q| q.id.clone()).collect();
        let one = |(n, q): (usize, &Quo)| {
            let before = q.continues.as_ref();
            let via = q.via.iter().map(|id| entity(id, name, n));
            Ok(Quote {
                id: QuoteId::at(n),
                span: span(name, n, q.at)?,
                cue: q.cue.map(|c| span(name, n, c)).transpose()?,
                speaker: party(q.speaker.as_ref(), q.speaker_role.as_ref(), name, n)?,
                speaker_span: q.speaker_span.map(|s| span(name, n, s)).transpose()?,
                kind: named(QuoteKind::from_name(&q.kind), name, n, &q.kind, subject)?,
                continues: before
                    .map(|id| position(&ids, id, name, n).map(QuoteId::at))
                    .transpose()?,
                via: via.collect::<Result<_>>()?,
                rule: q.rule.clone().into(),
                confidence: q.confidence as f32,
            })
        };
        list.iter().enumerate().map(one).collect()
    };
    out.quotes = quotes(&file.quotes, "quotes")?;
    out.attributions = quotes(&file.attributions, "attributions")?;
    for (n, s) in file.stances.iter().enumerate() {
        let target = match (&s.target.entity, &s.target.issue) {
            (Some(e), _) => Target::Entity(entity(e, "stances", n)?),
            (None, Some(i)) => Target::Issue(issue(i, "stances", n)?),
            (None, None) => return Err(fault(format!("stances[{n}]: the target is missing"))),
        };
        let holder_span = match (s.holder.start, s.holder.end) {
            (Some(start), Some(end)) => Some(span("stances", n, Range { start, end })?),
            _ => None,
        };
        out.stances.push(Stance {
            id: StanceId::at(n),
            sentence: SentenceId::at(s.sentence),
            holder: party(
                s.holder.entity.as_ref(),
                s.holder.role.as_ref(),
                "stances",
                n,
            )?,
            holder_span,
            target,
            target_span: span("stances", n, s.target.at)?,
            polarity: named(
                Polarity::from_name(&s.polarity),
                "stances",
                n,
                &s.polarity,
                subject,
            )?,
            strength: s.strength.clamp(1, 3),
            evidence: s
                .evidence
                .iter()
                .map(|&e| span("stances", n, e))
                .collect::<Result<_>>()?,
            via: s
                .via
                .iter()
                .map(|id| entity(id, "stances", n))
                .collect::<Result<_>>()?,
            rule: s.rule.clone().into(),
            confidence: s.confidence as f32,
        });
    }
    for (n, l) in file.links.iter().enumerate() {
        out.links.push(Link {
            comment: span("links", n, l.comment)?,
            passage: span("links", n, l.passage)?,
            why: l.why.clone(),
            rule: l.rule.clone().into(),
            confidence: l.confidence as f32,
        });
    }
    let mut highlights = Vec::new();
    for (n, h) in file.highlights.iter().enumerate() {
        let mut anchor = Anchor::new(&text, span("highlights", n, h.at)?);
        if h.orphan {
            anchor = Anchor {
                exact: h.text.clone(),
                ..Anchor::default()
            };
        }
        highlights.push(Highlight {
            id: h.id.clone(),
            anchor,
            colour: named(
                Colour::from_name(&h.colour),
                "highlights",
                n,
                &h.colour,
                subject,
            )?,
            tags: h.tags.clone(),
            note: h.note.clone(),
            created: h
                .created
                .parse()
                .map_err(|_| fault(format!("highlights[{n}]: {:?} is no time", h.created)))?,
            orphan: h.orphan,
        });
    }
    match out.fault() {
        Some(what) => Err(fault(what)),
        None => Ok((out, highlights)),
    }
}
