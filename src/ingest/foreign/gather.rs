//! Annotations that others made, as they are found in a file, and how they become layers. Readers
//! collect spans under keys of their own; here keys become ids, names are chosen, sentences are cut
//! and everything is sorted. The text is made safe one character for one, so that offsets hold.
//! Calls `base` and `model`.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use crate::base::text::{fold, one_line, printable};
use crate::base::{BlockId, EntityId, Error, IssueId, QuoteId, Result, Span, StanceId};
use crate::ingest::About;
use crate::ingest::draft::{as_it_stands, id_of};
use crate::ingest::{Loaded, Source};
use crate::model::{
    Annotated, Block, Document, Entity, EntityKind, Highlight, Issue, Link, Mention, MentionForm,
    Metadata, Party, Polarity, Quote, QuoteKind, Rule, Sentence, Stance, Target,
};

/// A mention under the key of its entity.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Where.
    pub span: Span,
    /// What the file says it is.
    pub kind: EntityKind,
    /// Key of its entity; without one, words and kind decide.
    pub entity: Option<String>,
    /// How it refers.
    pub form: MentionForm,
    /// Who or what made it.
    pub rule: String,
}

/// What a file says of an entity besides its mentions.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Its name.
    pub name: Option<String>,
    /// What it is.
    pub kind: Option<EntityKind>,
    /// Other names; without any, they are taken from the mentions.
    pub aliases: Vec<String>,
    /// Office or title.
    pub role: Option<String>,
    /// Key of the entity it speaks for.
    pub speaks_for: Option<String>,
}

/// Who says or holds something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Who {
    /// The entity with this key.
    Entity(String),
    /// The reporter.
    Author,
    /// The writer of the comment.
    Editor,
    /// Nobody the file names.
    #[default]
    Unknown,
}

/// A quote or another attribution.
#[derive(Debug, Clone)]
pub(super) struct Said {
    /// Its key.
    pub key: String,
    /// Where.
    pub span: Span,
    /// Reporting words.
    pub cue: Option<Span>,
    /// Who says it.
    pub speaker: Who,
    /// Words that name the speaker.
    pub speaker_span: Option<Span>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// Key of the one it goes on from.
    pub continues: Option<String>,
    /// Keys of the entities that relay it.
    pub via: Vec<String>,
    /// Whether it is no reported speech.
    pub attribution: bool,
    /// Who or what made it.
    pub rule: String,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A stance.
#[derive(Debug, Clone)]
pub(super) struct Held {
    /// Who holds it.
    pub holder: Who,
    /// Words that name the holder.
    pub holder_span: Option<Span>,
    /// Key of the entity or issue it is about.
    pub target: String,
    /// Words that name the target.
    pub target_span: Span,
    /// For or against.
    pub polarity: Polarity,
    /// 1 to 3.
    pub strength: u8,
    /// Words that show it; at least one.
    pub evidence: Vec<Span>,
    /// Keys of the entities that relay it.
    pub via: Vec<String>,
    /// Who or what made it.
    pub rule: String,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// An issue under a key.
#[derive(Debug, Clone, Default)]
pub(super) struct Argued {
    /// Its key.
    pub key: String,
    /// Its name; without one, the words of its first mention.
    pub name: Option<String>,
    /// Where.
    pub mentions: Vec<Span>,
    /// Key of its opposite.
    pub inverse_of: Option<String>,
}

/// Everything that a file holds.
#[derive(Debug, Default)]
pub(super) struct Gather {
    /// The text, safe.
    pub text: String,
    /// Blocks; without any, every line is a paragraph.
    pub blocks: Vec<Block>,
    /// Sentences, where the file tells them.
    pub sentences: Vec<Span>,
    /// Title, authors and so on.
    pub meta: Metadata,
    /// What the reader may want to know.
    pub details: Vec<String>,
    /// Mentions.
    pub mentions: Vec<Found>,
    /// Entities by key.
    pub entities: BTreeMap<String, Known>,
    /// Issues.
    pub issues: Vec<Argued>,
    /// Quotes and other attributions.
    pub said: Vec<Said>,
    /// Stances.
    pub held: Vec<Held>,
    /// Links.
    pub links: Vec<Link>,
    /// Highlights.
    pub highlights: Vec<Highlight>,
}

/// `text` with every unsafe character but the newline replaced by one that is not.
pub(super) fn safe(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(printable).collect();
    lines.join("\n")
}

/// A fault of a file at a line, counted from 1.
pub(super) fn fault(source: &Source, line: usize, cause: impl Into<String>) -> Error {
    Error::new(&source.name, cause).at(line.max(1), None)
}

/// A key as a number behind its letter, so that `E10` comes after `E9`.
pub(super) fn number(key: &str) -> Option<usize> {
    key.strip_prefix(|c: char| c.is_ascii_uppercase())?
        .parse()
        .ok()
}

impl Gather {
    /// A file with this text, which is made safe.
    pub fn of(text: &str) -> Self {
        Self {
            text: safe(text),
            ..Self::default()
        }
    }

    /// The article with its layers.
    ///
    /// # Errors
    /// The layers break an invariant: a fault of the file that no reader saw.
    pub fn finish(mut self, source: &Source) -> Result<Loaded> {
        let blocks = if self.blocks.is_empty() {
            as_it_stands(&self.text, None).blocks
        } else {
            std::mem::take(&mut self.blocks)
        };
        if self.meta.uri.is_none() {
            self.meta.uri.clone_from(&source.uri);
        }
        let document = Arc::new(Document {
            id: id_of(&self.text),
            text: self.text.as_str().into(),
            blocks,
            meta: std::mem::take(&mut self.meta),
            details: std::mem::take(&mut self.details),
        });
        let mut out = Annotated::bare(document);
        self.cut(&mut out);
        let entities = self.name(&mut out);
        let issues = self.argued(&mut out);
        self.quotes(&mut out, &entities);
        self.stances(&mut out, &entities, &issues);
        self.links.sort_by_key(|l| (l.comment, l.passage));
        out.links = self.links;
        match out.fault() {
            Some(what) => Err(Error::new(&source.name, what)),
            None => Ok(Loaded {
                document: Arc::clone(&out.document),
                layers: Some((out, self.highlights)),
                about: About::default(),
                marks: Vec::new(),
            }),
        }
    }

    /// Sentences of the prose blocks.
    fn cut(&mut self, out: &mut Annotated) {
        let document = Arc::clone(&out.document);
        if !self.sentences.is_empty() {
            self.sentences.sort_unstable();
            for span in std::mem::take(&mut self.sentences) {
                if let Some(block) = document.block_at(span.from()) {
                    out.sentences.push(Sentence { span, block });
                }
            }
            return;
        }
        for (n, block) in document.blocks.iter().enumerate() {
            if !block.kind.is_prose() {
                continue;
            }
            let words = document.slice(block.span);
            for (at, sentence) in words.split_sentence_bound_indices() {
                let start = block.span.from() + at;
                let span = Span::new(start, start + sentence.len()).trim(&document.text);
                if !span.is_empty() {
                    let block = BlockId::at(n);
                    out.sentences.push(Sentence { span, block });
                }
            }
        }
        // Blocks may overlap in a file that says so.
        out.sentences.sort_by_key(|s| s.span);
    }

    /// Makes entities of the mentions; for each key its id.
    fn name(&mut self, out: &mut Annotated) -> BTreeMap<String, EntityId> {
        let text = &*self.text;
        let mut groups: BTreeMap<String, Vec<Found>> = BTreeMap::new();
        for found in std::mem::take(&mut self.mentions) {
            let key = found.entity.clone().unwrap_or_else(|| {
                let words = fold(&one_line(found.span.of(text)));
                // No key of a file has a line break.
                format!("\n{}\n{words}", found.kind.name())
            });
            groups.entry(key).or_default().push(found);
        }
        let mut groups: Vec<(String, Vec<Found>)> = groups.into_iter().collect();
        for (_, group) in &mut groups {
            group.sort_by_key(|m| m.span);
            group.dedup_by_key(|m| m.span);
        }
        // The order of the file's own numbers, or that of the first mentions.
        let numbered = groups.iter().all(|(key, _)| number(key).is_some());
        groups.sort_by_cached_key(|(key, group)| {
            let own = number(key).filter(|_| numbered).unwrap_or(0);
            (own, group[0].span, key.clone())
        });
        let ids: BTreeMap<String, EntityId> = groups
            .iter()
            .enumerate()
            .map(|(n, (key, _))| (key.clone(), EntityId::at(n)))
            .collect();
        for (n, (key, group)) in groups.into_iter().enumerate() {
            let known = self.entities.remove(&key).unwrap_or_default();
            let words = |m: &Found| one_line(m.span.of(text));
            let named = |m: &&Found| m.form == MentionForm::Name;
            let longest = group
                .iter()
                .filter(named)
                .chain(&group)
                .map(words)
                .reduce(|a, b| {
                    if b.chars().count() > a.chars().count() {
                        b
                    } else {
                        a
                    }
                });
            let longest = if group.iter().any(|m| named(&m)) {
                group.iter().filter(named).map(words).reduce(|a, b| {
                    if b.chars().count() > a.chars().count() {
                        b
                    } else {
                        a
                    }
                })
            } else {
                longest
            };
            let name = known.name.or(longest).unwrap_or_default();
            let mut aliases = known.aliases;
            if aliases.is_empty() {
                for other in group.iter().filter(named).map(words) {
                    if other != name && !aliases.contains(&other) {
                        aliases.push(other);
                    }
                }
            }
            let rule: Rule = group[0].rule.clone().into();
            out.entities.push(Entity {
                id: EntityId::at(n),
                name: printable(&name).into_owned(),
                kind: known.kind.unwrap_or(group[0].kind),
                aliases,
                role: known.role,
                speaks_for: known.speaks_for.and_then(|key| ids.get(&key).copied()),
                mentions: group
                    .into_iter()
                    .map(|m| Mention {
                        span: m.span,
                        form: m.form,
                        conll: None,
                        rule: m.rule.into(),
                        confidence: 1.0,
                    })
                    .collect(),
                rule,
                confidence: 1.0,
            });
        }
        ids
    }

    fn argued(&mut self, out: &mut Annotated) -> BTreeMap<String, IssueId> {
        let issues = std::mem::take(&mut self.issues);
        let ids: BTreeMap<String, IssueId> = issues
            .iter()
            .enumerate()
            .map(|(n, issue)| (issue.key.clone(), IssueId::at(n)))
            .collect();
        for (n, mut issue) in issues.into_iter().enumerate() {
            issue.mentions.sort_unstable();
            issue.mentions.dedup();
            let first = issue.mentions.first().map(|s| one_line(s.of(&self.text)));
            out.issues.push(Issue {
                id: IssueId::at(n),
                name: issue.name.or(first).unwrap_or_default(),
                mentions: issue.mentions,
                inverse_of: issue.inverse_of.and_then(|key| ids.get(&key).copied()),
            });
        }
        ids
    }

    fn quotes(&mut self, out: &mut Annotated, entities: &BTreeMap<String, EntityId>) {
        let mut all = std::mem::take(&mut self.said);
        all.sort_by_key(|q| q.span);
        for attribution in [false, true] {
            let mut list: Vec<Quote> = Vec::new();
            let mut keys: BTreeMap<&str, QuoteId> = BTreeMap::new();
            for said in all.iter().filter(|s| s.attribution == attribution) {
                let id = QuoteId::at(list.len());
                let before = said.continues.as_deref();
                list.push(Quote {
                    id,
                    span: said.span,
                    cue: said.cue,
                    speaker: party(&said.speaker, entities),
                    speaker_span: said.speaker_span,
                    kind: said.kind,
                    continues: before.and_then(|key| keys.get(key).copied()),
                    via: ids(&said.via, entities),
                    rule: said.rule.clone().into(),
                    confidence: said.confidence,
                });
                keys.insert(&said.key, id);
            }
            if attribution {
                out.attributions = list;
            } else {
                out.quotes = list;
            }
        }
    }

    fn stances(
        &mut self,
        out: &mut Annotated,
        entities: &BTreeMap<String, EntityId>,
        issues: &BTreeMap<String, IssueId>,
    ) {
        let mut left_out = 0;
        let mut list: Vec<Stance> = Vec::new();
        for held in std::mem::take(&mut self.held) {
            let target = entities.get(&held.target).map(|id| Target::Entity(*id));
            let target = target.or_else(|| issues.get(&held.target).map(|id| Target::Issue(*id)));
            let first = held.evidence.first().map(|e| e.from());
            let sentence = first.and_then(|at| {
                let before = out.sentences.partition_point(|s| s.span.from() <= at);
                let last = out.sentences.len().checked_sub(1)?;
                Some(crate::base::SentenceId::at(
                    before.saturating_sub(1).min(last),
                ))
            });
            let (Some(target), Some(sentence)) = (target, sentence) else {
                left_out += 1;
                continue;
            };
            list.push(Stance {
                id: StanceId::at(0),
                sentence,
                holder: party(&held.holder, entities),
                holder_span: held.holder_span,
                target,
                target_span: held.target_span,
                polarity: held.polarity,
                strength: held.strength.clamp(1, 3),
                evidence: held.evidence,
                via: ids(&held.via, entities),
                rule: held.rule.into(),
                confidence: held.confidence,
            });
        }
        list.sort_by_key(|s| (s.sentence, s.evidence[0]));
        for (n, stance) in list.iter_mut().enumerate() {
            stance.id = StanceId::at(n);
        }
        out.stances = list;
        if left_out > 0 {
            let many = crate::ingest::decode::counted(left_out, "stance");
            let mut document = (*out.document).clone();
            let note = format!("left out {many} toward nothing that is marked");
            document.details.push(note);
            out.document = Arc::new(document);
        }
    }
}

fn party(who: &Who, entities: &BTreeMap<String, EntityId>) -> Party {
    match who {
        Who::Entity(key) => entities
            .get(key)
            .map_or(Party::Unknown, |id| Party::Entity(*id)),
        Who::Author => Party::Author,
        Who::Editor => Party::Editor,
        Who::Unknown => Party::Unknown,
    }
}

fn ids(keys: &[String], entities: &BTreeMap<String, EntityId>) -> Vec<EntityId> {
    keys.iter()
        .filter_map(|key| entities.get(key).copied())
        .collect()
}
