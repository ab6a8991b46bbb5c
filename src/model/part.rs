//! A part of an annotated document as a document of its own: what lies wholly in it stays, with
//! offsets counted from its start.

use std::sync::Arc;

use crate::base::{BlockId, EntityId, IssueId, QuoteId, SentenceId, Span, StanceId};
use crate::model::{Annotated, Block, Document, Party, Quote, Target};

/// The part of `annotated` that `span` covers, as a document named `id`.
///
/// Entities stay if they are mentioned in it, stances and quotes if they lie in it; whoever is not
/// mentioned in it is lost as a holder, and a stance toward what is lost is left out.
pub fn part(annotated: &Annotated, span: Span, id: String) -> Annotated {
    let whole = &annotated.document;
    let moved = |s: Span| {
        let from = s.from().saturating_sub(span.from());
        Span::new(from, from + s.len())
    };
    let mut blocks = Vec::new();
    let mut block_ids = vec![None; whole.blocks.len()];
    for (n, block) in whole.blocks.iter().enumerate() {
        if span.contains(block.span) {
            block_ids[n] = Some(BlockId::at(blocks.len()));
            blocks.push(Block {
                kind: block.kind,
                span: moved(block.span),
            });
        }
    }
    let mut out = Annotated::bare(Arc::new(Document {
        id,
        text: span.of(&whole.text).into(),
        blocks,
        meta: whole.meta.clone(),
        details: Vec::new(),
    }));
    let mut sentences = vec![None; annotated.sentences.len()];
    for (n, sentence) in annotated.sentences.iter().enumerate() {
        let block = block_ids.get(sentence.block.index()).copied().flatten();
        if let Some(block) = block.filter(|_| span.contains(sentence.span)) {
            sentences[n] = Some(SentenceId::at(out.sentences.len()));
            let mut sentence = *sentence;
            (sentence.span, sentence.block) = (moved(sentence.span), block);
            out.sentences.push(sentence);
        }
    }
    let entities = entities(annotated, span, moved, &mut out);
    let party = |p: Party| match p {
        Party::Entity(id) => entities[id.index()].map_or(Party::Unknown, Party::Entity),
        other => other,
    };
    let mut issues = vec![None; annotated.issues.len()];
    for (n, issue) in annotated.issues.iter().enumerate() {
        let mut issue = issue.clone();
        issue.mentions.retain(|m| span.contains(*m));
        if !issue.mentions.is_empty() {
            issue.mentions.iter_mut().for_each(|m| *m = moved(*m));
            issue.id = IssueId::at(out.issues.len());
            issues[n] = Some(issue.id);
            out.issues.push(issue);
        }
    }
    for issue in &mut out.issues {
        issue.inverse_of = issue.inverse_of.and_then(|i| issues[i.index()]);
    }
    let quotes = |list: &[Quote]| {
        let mut ids = vec![None; list.len()];
        let mut kept: Vec<Quote> = Vec::new();
        for (n, quote) in list.iter().enumerate() {
            if !span.contains(quote.span) {
                continue;
            }
            ids[n] = Some(QuoteId::at(kept.len()));
            let mut quote = quote.clone();
            quote.id = QuoteId::at(kept.len());
            quote.span = moved(quote.span);
            quote.cue = quote.cue.filter(|s| span.contains(*s)).map(moved);
            quote.speaker_span = quote.speaker_span.filter(|s| span.contains(*s)).map(moved);
            quote.speaker = party(quote.speaker);
            quote.via.retain_mut(|e| {
                let kept = entities[e.index()];
                *e = kept.unwrap_or(*e);
                kept.is_some()
            });
            kept.push(quote);
        }
        for quote in &mut kept {
            quote.continues = quote
                .continues
                .and_then(|id| ids.get(id.index()).copied().flatten());
        }
        kept
    };
    out.quotes = quotes(&annotated.quotes);
    out.attributions = quotes(&annotated.attributions);
    for stance in &annotated.stances {
        let mut stance = stance.clone();
        let target = match stance.target {
            Target::Entity(id) => entities[id.index()].map(Target::Entity),
            Target::Issue(id) => issues[id.index()].map(Target::Issue),
        };
        let (Some(target), Some(sentence)) = (target, sentences[stance.sentence.index()]) else {
            continue;
        };
        let inside = stance.evidence.iter().all(|e| span.contains(*e));
        if !inside || !span.contains(stance.target_span) {
            continue;
        }
        stance.id = StanceId::at(out.stances.len());
        (stance.target, stance.sentence) = (target, sentence);
        stance.holder = party(stance.holder);
        stance.holder_span = stance.holder_span.filter(|s| span.contains(*s)).map(moved);
        stance.target_span = moved(stance.target_span);
        stance.evidence.iter_mut().for_each(|e| *e = moved(*e));
        stance.via = stance
            .via
            .iter()
            .filter_map(|e| entities[e.index()])
            .collect();
        out.stances.push(stance);
    }
    out
}

/// Takes over the entities that are mentioned in `span`; for each of the whole document its id in
/// the part.
fn entities(
    annotated: &Annotated,
    span: Span,
    moved: impl Fn(Span) -> Span,
    out: &mut Annotated,
) -> Vec<Option<EntityId>> {
    let mut ids = vec![None; annotated.entities.len()];
    for (n, entity) in annotated.entities.iter().enumerate() {
        let inside = |m: &&crate::model::Mention| span.contains(m.span);
        let mut mentions: Vec<_> = entity.mentions.iter().filter(inside).cloned().collect();
        if mentions.is_empty() {
            continue;
        }
        for mention in &mut mentions {
            mention.span = moved(mention.span);
        }
        let id = EntityId::at(out.entities.len());
        ids[n] = Some(id);
        out.entities.push(crate::model::Entity {
            id,
            mentions,
            ..entity.clone()
        });
    }
    for entity in &mut out.entities {
        entity.speaks_for = entity.speaks_for.and_then(|e| ids[e.index()]);
    }
    ids
}
