//! A document with its layers. Layers are sorted by position and may overlap.

use std::sync::Arc;

use crate::base::{BlockId, EntityId, IssueId, SentenceId, Span};
use crate::model::correction::Corrected;
use crate::model::document::Document;
use crate::model::entity::{Entity, Rule};
use crate::model::stance::{Issue, Party, Quote, Stance, Target};

/// A sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it is.
    pub span: Span,
    /// The block it is in.
    pub block: BlockId,
}

/// A passage of the article that a part of the editor's comment talks about.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where in the comment: one of its sentences.
    pub comment: Span,
    /// Where in the article: one of its sentences.
    pub passage: Span,
    /// Why the two belong together, in words.
    pub why: String,
    /// Which rule made it.
    pub rule: Rule,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A document and everything the annotator found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotated {
    /// The article.
    pub document: Arc<Document>,
    /// Sentences of the prose blocks, sorted.
    pub sentences: Vec<Sentence>,
    /// Entities; an entity's id is its position here.
    pub entities: Vec<Entity>,
    /// Issues; an issue's id is its position here.
    pub issues: Vec<Issue>,
    /// Quotes, sorted by span; a quote's id is its position here.
    pub quotes: Vec<Quote>,
    /// What is ascribed to somebody without being reported speech: thoughts, wishes, plans,
    /// feelings, findings. Sorted by span, in the form of quotes but apart from them; an id is the
    /// position here.
    pub attributions: Vec<Quote>,
    /// Stances, sorted by sentence and evidence; a stance's id is its position here.
    pub stances: Vec<Stance>,
    /// Links from comment to article, sorted by comment, then by passage.
    pub links: Vec<Link>,
    /// What came of the reader's corrections; nothing as the annotator made it.
    pub corrected: Corrected,
}

impl Annotated {
    /// The document without any layer.
    pub fn bare(document: Arc<Document>) -> Self {
        Self {
            document,
            sentences: Vec::new(),
            entities: Vec::new(),
            issues: Vec::new(),
            quotes: Vec::new(),
            attributions: Vec::new(),
            stances: Vec::new(),
            links: Vec::new(),
            corrected: Corrected::default(),
        }
    }

    /// An entity by id.
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.index())
    }

    /// An issue by id.
    pub fn issue(&self, id: IssueId) -> Option<&Issue> {
        self.issues.get(id.index())
    }

    /// The sentence that holds byte `at`.
    pub fn sentence_at(&self, at: usize) -> Option<SentenceId> {
        let after = self.sentences.partition_point(|s| s.span.from() <= at);
        let index = after.checked_sub(1)?;
        self.sentences[index]
            .span
            .has(at)
            .then(|| SentenceId::at(index))
    }

    /// The name under which a party is shown.
    pub fn party_name(&self, party: Party) -> &str {
        match party {
            Party::Entity(id) => self.entity(id).map_or("?", |e| &e.name),
            Party::Author => "the author",
            Party::Editor => "the editor",
            Party::Unknown => "somebody",
        }
    }

    /// The name under which a target is shown.
    pub fn target_name(&self, target: Target) -> &str {
        match target {
            Target::Entity(id) => self.entity(id).map_or("?", |e| &e.name),
            Target::Issue(id) => self.issue(id).map_or("?", |i| &i.name),
        }
    }

    /// Every span of every layer with the name of its layer. For checks and conversions.
    pub fn spans(&self) -> Vec<(&'static str, Span)> {
        let mut out: Vec<(&'static str, Span)> = Vec::new();
        out.extend(self.document.blocks.iter().map(|b| ("block", b.span)));
        out.extend(self.sentences.iter().map(|s| ("sentence", s.span)));
        for entity in &self.entities {
            out.extend(entity.mentions.iter().map(|m| ("mention", m.span)));
        }
        for issue in &self.issues {
            out.extend(issue.mentions.iter().map(|&m| ("issue", m)));
        }
        for quote in self.quotes.iter().chain(&self.attributions) {
            out.push(("quote", quote.span));
            out.extend(quote.cue.map(|s| ("cue", s)));
            out.extend(quote.speaker_span.map(|s| ("speaker", s)));
        }
        for stance in &self.stances {
            out.extend(stance.holder_span.map(|s| ("holder", s)));
            out.push(("target", stance.target_span));
            out.extend(stance.evidence.iter().map(|&e| ("evidence", e)));
        }
        for link in &self.links {
            out.push(("comment", link.comment));
            out.push(("passage", link.passage));
        }
        out
    }

    /// The first broken invariant, in words: a span outside the text or off a character boundary,
    /// an id that points nowhere, a layer that is not sorted.
    pub fn fault(&self) -> Option<String> {
        let text = &self.document.text;
        if let Some((layer, span)) = self.spans().into_iter().find(|(_, s)| !s.fits(text)) {
            return Some(format!(
                "{layer} {span} does not lie on character boundaries of the text"
            ));
        }
        let sorted = |spans: Vec<Span>| spans.is_sorted();
        if !sorted(self.document.blocks.iter().map(|b| b.span).collect()) {
            return Some("blocks are not sorted".to_owned());
        }
        if !sorted(self.sentences.iter().map(|s| s.span).collect()) {
            return Some("sentences are not sorted".to_owned());
        }
        if !sorted(self.quotes.iter().map(|q| q.span).collect()) {
            return Some("quotes are not sorted".to_owned());
        }
        if !sorted(self.attributions.iter().map(|q| q.span).collect()) {
            return Some("attributions are not sorted".to_owned());
        }
        if !self.stances.iter().map(|s| s.sentence).is_sorted() {
            return Some("stances are not sorted".to_owned());
        }
        let (people, issues) = (self.entities.len(), self.issues.len());
        for (n, entity) in self.entities.iter().enumerate() {
            if entity.id.index() != n {
                return Some(format!("entity {} stands at position {n}", entity.id));
            }
            if entity.mentions.is_empty() {
                return Some(format!("entity {} has no mention", entity.id));
            }
            if !sorted(entity.mentions.iter().map(|m| m.span).collect()) {
                return Some(format!("the mentions of {} are not sorted", entity.id));
            }
            if entity.speaks_for.is_some_and(|e| e.index() >= people) {
                return Some(format!("entity {} speaks for nobody known", entity.id));
            }
        }
        for (n, issue) in self.issues.iter().enumerate() {
            if issue.id.index() != n || issue.inverse_of.is_some_and(|i| i.index() >= issues) {
                return Some(format!(
                    "issue {} is not at its place or has a lost inverse",
                    issue.id
                ));
            }
        }
        for (layer, list) in [("quote", &self.quotes), ("attribution", &self.attributions)] {
            for (n, quote) in list.iter().enumerate() {
                let lost = quote.speaker.entity().is_some_and(|e| e.index() >= people)
                    || quote.via.iter().any(|e| e.index() >= people)
                    || quote.continues.is_some_and(|q| q.index() >= n);
                if quote.id.index() != n || lost {
                    return Some(format!(
                        "{layer} {} is not at its place, has a lost speaker or goes on from none before it",
                        n + 1
                    ));
                }
            }
        }
        for (n, stance) in self.stances.iter().enumerate() {
            let lost = stance.holder.entity().is_some_and(|e| e.index() >= people)
                || stance.via.iter().any(|e| e.index() >= people)
                || match stance.target {
                    Target::Entity(e) => e.index() >= people,
                    Target::Issue(i) => i.index() >= issues,
                };
            if stance.id.index() != n || lost || stance.evidence.is_empty() {
                return Some(format!(
                    "stance {} has no evidence or a lost party",
                    stance.id
                ));
            }
            if stance.sentence.index() >= self.sentences.len() {
                return Some(format!("stance {} is in no sentence", stance.id));
            }
        }
        None
    }
}
