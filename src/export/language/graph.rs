//! The layers as labelled spans and labelled arrows between them, for tools that know nothing else.
//! A stance is its evidence with arrows to its holder and to its target; a quote has one to its
//! speaker. Calls `base` and `model`.

use std::collections::BTreeMap;

use super::spans::{label, mentions, placed};
use crate::base::{EntityId, Span};
use crate::model::{Annotated, Highlight, Party, Quote, Target};

/// A labelled span.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// Where.
    pub span: Span,
    /// What.
    pub label: String,
    /// Names, notes and ids, a line each.
    pub meta: Vec<String>,
    /// How sure, 0 to 1.
    pub confidence: Option<f32>,
}

/// A labelled arrow.
#[derive(Debug, Clone)]
pub(super) struct Edge {
    /// Position of the span that it leaves.
    pub from: usize,
    /// Position of the span that it reaches.
    pub to: usize,
    /// What.
    pub label: &'static str,
}

/// Spans and arrows.
#[derive(Debug, Default)]
pub(super) struct Graph {
    /// Labelled spans; none is empty.
    pub nodes: Vec<Node>,
    /// Labelled arrows.
    pub edges: Vec<Edge>,
    mentions: BTreeMap<(EntityId, Span), usize>,
    firsts: BTreeMap<EntityId, usize>,
    others: BTreeMap<(&'static str, Span), usize>,
}

impl Graph {
    /// The layers and highlights of a document.
    pub fn new(annotated: &Annotated, highlights: &[Highlight]) -> Self {
        let mut out = Self::default();
        for m in mentions(annotated) {
            let id = m.entity.id;
            if out.mentions.contains_key(&(id, m.span())) {
                continue;
            }
            let before = out.firsts.get(&id).copied();
            let meta = match before {
                None => vec![format!("{id} {}", m.entity.name)],
                Some(_) => vec![],
            };
            let node = out.node(
                m.span(),
                label(m.entity.kind),
                meta,
                Some(m.mention.confidence),
            );
            out.mentions.insert((id, m.span()), node);
            out.firsts.entry(id).or_insert(node);
            if let Some(first) = before {
                out.edge(node, first, "coref");
            }
        }
        for issue in &annotated.issues {
            for span in issue.mentions.iter().filter(|s| !s.is_empty()) {
                if !out.others.contains_key(&("ISSUE", *span)) {
                    let meta = vec![format!("{} {}", issue.id, issue.name)];
                    let node = out.node(*span, "ISSUE", meta, None);
                    out.others.insert(("ISSUE", *span), node);
                }
            }
        }
        out.quotes("QUOTE", &annotated.quotes);
        out.quotes("ATTRIBUTION", &annotated.attributions);
        for stance in &annotated.stances {
            let label = format!("STANCE_{}", stance.polarity.name().to_uppercase());
            let mut first = None;
            for span in stance.evidence.iter().filter(|s| !s.is_empty()) {
                let meta = vec![format!("{} {}", stance.id, stance.strength_word())];
                let node = out.node(*span, &label, meta, Some(stance.confidence));
                match first {
                    None => first = Some(node),
                    Some(first) => out.edge(node, first, "part_of"),
                }
            }
            let Some(from) = first else { continue };
            if let Some(to) = out.party(stance.holder, stance.holder_span) {
                out.edge(from, to, "holder");
            }
            let target = match stance.target {
                Target::Entity(id) => out.entity(id, Some(stance.target_span)),
                Target::Issue(_) => out.once("ISSUE", stance.target_span),
            };
            if let Some(to) = target {
                out.edge(from, to, "target");
            }
            for relay in &stance.via {
                if let Some(to) = out.entity(*relay, None) {
                    out.edge(from, to, "via");
                }
            }
        }
        for highlight in placed(&annotated.document.text, highlights) {
            let label = format!("HIGHLIGHT_{}", highlight.colour.name().to_uppercase());
            let tags = highlight.tags.iter().map(|tag| format!("#{tag}"));
            let meta = highlight.note.iter().cloned().chain(tags).collect();
            out.node(highlight.anchor.span, &label, meta, None);
        }
        out
    }

    fn node(&mut self, span: Span, label: &str, meta: Vec<String>, sure: Option<f32>) -> usize {
        self.nodes.push(Node {
            span,
            label: label.to_owned(),
            meta,
            confidence: sure,
        });
        self.nodes.len() - 1
    }

    fn edge(&mut self, from: usize, to: usize, label: &'static str) {
        self.edges.push(Edge { from, to, label });
    }

    fn once(&mut self, label: &'static str, span: Span) -> Option<usize> {
        if span.is_empty() {
            return None;
        }
        if let Some(known) = self.others.get(&(label, span)) {
            return Some(*known);
        }
        let node = self.node(span, label, vec![], None);
        self.others.insert((label, span), node);
        Some(node)
    }

    fn entity(&self, id: EntityId, words: Option<Span>) -> Option<usize> {
        let exact = words.and_then(|span| self.mentions.get(&(id, span)));
        exact.or_else(|| self.firsts.get(&id)).copied()
    }

    fn party(&mut self, party: Party, words: Option<Span>) -> Option<usize> {
        match party {
            Party::Entity(id) => self.entity(id, words),
            _ => self.once("REFERENCE", words?),
        }
    }

    fn quotes(&mut self, name: &'static str, quotes: &[Quote]) {
        let mut nodes: Vec<Option<usize>> = Vec::with_capacity(quotes.len());
        for quote in quotes {
            if quote.span.is_empty() {
                nodes.push(None);
                continue;
            }
            let label = format!("{name}_{}", quote.kind.name().to_uppercase());
            let from = self.node(quote.span, &label, vec![], Some(quote.confidence));
            nodes.push(Some(from));
            if let Some(to) = self.party(quote.speaker, quote.speaker_span) {
                self.edge(from, to, "speaker");
            }
            if let Some(to) = quote.cue.and_then(|cue| self.once("CUE", cue)) {
                self.edge(from, to, "cue");
            }
            for relay in &quote.via {
                if let Some(to) = self.entity(*relay, None) {
                    self.edge(from, to, "via");
                }
            }
            let before = quote.continues.and_then(|id| nodes.get(id.index()));
            if let Some(to) = before.copied().flatten() {
                self.edge(from, to, "continues");
            }
        }
    }
}
