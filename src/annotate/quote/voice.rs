//! Whose voice it is: the source by the tree, quotations that go on without reporting words, the
//! halves of a broken one, and pronouns by what was said before.

use std::ops::Range;

use super::cue::{according, is_person, speaker};
use super::tree::Trees;
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::words::{self, Gender};
use crate::annotate::syntax::{VerbForm, subject};
use crate::annotate::token::TokenKind;
use crate::base::{EntityId, Span};
use crate::model::{Party, Quote, QuoteKind};

/// Blocks over which a quotation may go on, or a pronoun reach.
const BLOCKS: u32 = 1;
/// How many quotes are looked at on either side.
const NEAR: usize = 8;
/// Tokens between the halves of one utterance.
const BETWEEN: usize = 60;

/// A source: who it is, and the tokens that name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Who, where it is an entity.
    pub entity: Option<EntityId>,
    /// The tokens that name it.
    pub tokens: Range<usize>,
}

/// The source whose noun phrase has this head.
pub fn of_head(layers: &Layers, trees: &Trees, head: usize) -> Source {
    let tokens = trees.phrase(head);
    // "who", "many of whom"
    let named = trees
        .antecedent(head)
        .or_else(|| trees.children(head).find_map(|c| trees.antecedent(c)))
        .unwrap_or(head);
    Source {
        entity: entity(layers, named),
        tokens,
    }
}

/// The entity that the noun phrase around a token names.
pub fn entity(layers: &Layers, head: usize) -> Option<EntityId> {
    let sentence = layers.sentence_of(head)?;
    let range = layers.sentence_chunks.get(sentence)?.clone();
    let chunks = &layers.chunks[range];
    let at = chunks.partition_point(|c| c.tokens.end <= head);
    let own = layers
        .mentions_from(chunks.get(at)?.tokens.start..head + 1)
        .filter(|p| p.tokens.contains(&head))
        .max_by_key(|p| p.tokens.len());
    own.map(|p| p.entity)
        .or_else(|| speaker(layers, chunks, at).0)
}

/// Names the source of a quote by the tree, where that knows better than the pattern.
pub fn by_tree(layers: &Layers, trees: &Trees, quote: &mut Quote) {
    let Some(cue) = quote.cue else { return };
    let tokens = layers.tokens_in(cue);
    if layers.lower(tokens.start) == "according" {
        return;
    }
    let heard = quote.speaker_span.map(|s| layers.tokens_in(s));
    let Some(head) = trees
        .source(&tokens)
        .or_else(|| heard.and_then(|tokens| trees.top(&tokens)))
    else {
        return;
    };
    let source = of_head(layers, trees, head);
    let span = layers.span(&source.tokens);
    if quote.span.contains(layers.span(&(head..head + 1))) {
        return;
    }
    // Whom "which" stands for, the pattern may know.
    let relative = matches!(layers.lower(head), "who" | "which" | "that" | "whom");
    if relative && source.entity.is_none() && quote.speaker.entity().is_some() {
        quote.speaker_span = Some(span);
        return;
    }
    let same = quote.speaker_span.is_some_and(|s| s.overlaps(span));
    if source.entity.is_some() || !same {
        quote.speaker = source.entity.map_or(Party::Unknown, Party::Entity);
    }
    quote.speaker_span = Some(span);
}

fn block(layers: &Layers, span: Span) -> u32 {
    let token = layers.tokens_in(span).start;
    layers
        .sentence_of(token)
        .map_or(0, |s| layers.sentences[s].block.0)
}

/// Gives the quotations without reporting words their speaker: the one who is announced by a colon,
/// the one named at their start as in a transcript, or whoever spoke last.
pub fn running(layers: &Layers, trees: Option<&Trees>, quotes: &mut [Quote]) {
    let mut last: Option<(Party, Span, u32)> = None;
    // Whoever was quoted last in any way.
    let mut half: Option<(Party, Span, u32)> = None;
    for n in 0..quotes.len() {
        let at = block(layers, quotes[n].span);
        if matches!(quotes[n].kind, QuoteKind::Mixed | QuoteKind::Indirect)
            && let Some(span) = quotes[n].speaker_span
        {
            half = Some((quotes[n].speaker, span, at));
        }
        if quotes[n].kind != QuoteKind::Direct {
            continue;
        }
        if quotes[n].cue.is_none() {
            let tokens = layers.tokens_in(quotes[n].span);
            let told = labelled(layers, &tokens)
                .map(|s| (s, "direct:label"))
                .or_else(|| announced(layers, trees, &tokens).map(|s| (s, "direct:announced")));
            let goes_on = half
                .filter(|(_, _, block)| at <= block + BLOCKS)
                .or(last.filter(|(_, _, block)| at <= block + BLOCKS));
            // “Why?” “Because we must,” she said: the next half of the paragraph tells.
            let next = quotes[n + 1..]
                .iter()
                .take(NEAR)
                .take_while(|q| block(layers, q.span) == at)
                .find(|q| q.kind == QuoteKind::Direct && q.cue.is_some())
                .filter(|q| layers.tokens_in(q.span).start <= tokens.end + 1);
            let (speaker, span, rule) = if let Some((source, rule)) = told {
                let party = source.entity.map_or(Party::Unknown, Party::Entity);
                (party, Some(layers.span(&source.tokens)), rule)
            } else if let Some(next) = next {
                (next.speaker, next.speaker_span, "direct:opening")
            } else if let Some((party, span, _)) = goes_on {
                (party, Some(span), "direct:continued")
            } else {
                continue;
            };
            let quote = &mut quotes[n];
            (quote.speaker, quote.speaker_span) = (speaker, span);
            quote.rule = rule.into();
            quote.confidence = 0.75;
        }
        if let Some(span) = quotes[n].speaker_span {
            last = Some((quotes[n].speaker, span, at));
            half = last;
        }
    }
}

/// `"MILLER: We never agreed to that.`
fn labelled(layers: &Layers, tokens: &Range<usize>) -> Option<Source> {
    let from = tokens.start + 1;
    let colon = (from..tokens.end.min(from + 4)).find(|t| layers.tokens[*t].is_sign(":"))?;
    let caps = |t: usize| layers.tokens[t].all_caps || layers.lower(t) == ".";
    (colon > from && (from..colon).all(caps)).then(|| Source {
        entity: layers.mentions_from(from..colon).last().map(|p| p.entity),
        tokens: from..colon,
    })
}

/// The subject of the sentence that ends in a colon right before a quotation; where it has no verb,
/// or none is found, whoever it names first.
fn announced(layers: &Layers, trees: Option<&Trees>, tokens: &Range<usize>) -> Option<Source> {
    let colon = tokens.start.checked_sub(1)?;
    if !layers.tokens[colon].is_sign(":") {
        return None;
    }
    let sentence = layers.sentence_of(colon)?;
    // "… in the end - Ann Lee: “…”": the name right before the colon.
    let name = layers
        .mentions_from(colon.saturating_sub(5)..colon)
        .find(|p| p.tokens.end == colon && is_person(layers, p.entity))
        .filter(|p| {
            let first = layers.sentence_tokens[sentence].start;
            p.tokens.start == first || layers.tokens[p.tokens.start - 1].kind == TokenKind::Sign
        });
    if let Some(name) = name {
        return Some(Source {
            entity: Some(name.entity),
            tokens: name.tokens.clone(),
        });
    }
    let words = layers.sentence_tokens[sentence].start..colon;
    if let Some(trees) = trees
        && let Some(head) = words
            .clone()
            .find(|t| trees.head(*t).is_none())
            .and_then(|root| trees.source(&(root..root + 1)))
    {
        return Some(of_head(layers, trees, head));
    }
    let range = layers.sentence_chunks.get(sentence)?.clone();
    let chunks = &layers.chunks[range];
    let end = chunks.partition_point(|c| c.tokens.end <= colon);
    let subject = (0..end)
        .rev()
        .filter(|i| chunks[*i].form() == Some(VerbForm::Finite))
        .find_map(|verb| subject(chunks, verb));
    let named = |i: &usize| {
        chunks[*i].is_noun()
            && layers
                .mentions_in(chunks[*i].tokens.clone())
                .next()
                .is_some()
    };
    let noun = subject.or_else(|| (0..end).find(named))?;
    let (entity, tokens) = speaker(layers, chunks, noun);
    Some(Source { entity, tokens })
}

/// Marks the halves of one utterance: the same reporting words in the same block, or none of its
/// own right after a half that has them.
pub fn joined(layers: &Layers, quotes: &mut [Quote]) {
    let mut last: Option<(usize, u32)> = None;
    for n in 0..quotes.len() {
        if quotes[n].rule == "tree:resumed" {
            let first = quotes[..n]
                .iter()
                .rev()
                .take(NEAR)
                .find(|q| q.cue == quotes[n].cue && q.rule == "tree:inserted");
            quotes[n].continues = first.map(|q| q.id);
        }
        if !matches!(quotes[n].kind, QuoteKind::Direct | QuoteKind::Mixed) {
            continue;
        }
        let at = block(layers, quotes[n].span);
        if let Some((before, block)) = last
            && block == at
        {
            let (one, two) = (&quotes[before], &quotes[n]);
            let gap = layers
                .tokens_in(two.span)
                .start
                .saturating_sub(layers.tokens_in(one.span).end);
            let same = match (one.cue, two.cue) {
                (Some(a), Some(b)) => a == b,
                (_, None) => two.rule == "direct:continued",
                (None, Some(_)) => one.rule == "direct:opening",
            };
            if same && gap < BETWEEN {
                quotes[n].continues = Some(quotes[before].id);
            }
        }
        // Quoted words of a report that stand outside its clause.
        if quotes[n].continues.is_none() && quotes[n].kind == QuoteKind::Mixed {
            let two = &quotes[n];
            let one = quotes[..n]
                .iter()
                .rev()
                .take(NEAR)
                .find(|q| q.kind == QuoteKind::Indirect && q.cue.is_some() && q.cue == two.cue);
            quotes[n].continues = one.filter(|q| !q.span.contains(two.span)).map(|q| q.id);
        }
        last = Some((n, at));
    }
}

/// "According to the Herald, Ann Lee said …": whoever is named so relays what is said in the
/// sentence by others.
pub fn relayed(layers: &Layers, quotes: &mut [Quote]) {
    let mut last: Option<(usize, Option<EntityId>)> = None;
    for quote in quotes {
        let Some(speaker) = quote.speaker.entity() else {
            continue;
        };
        let Some(sentence) = layers.sentence_of(layers.tokens_in(quote.span).start) else {
            continue;
        };
        let relay = match last {
            Some((known, relay)) if known == sentence => relay,
            _ => according(layers, sentence).and_then(|a| a.speaker),
        };
        last = Some((sentence, relay));
        if let Some(relay) = relay.filter(|r| *r != speaker && !quote.via.contains(r)) {
            quote.via.insert(0, relay);
        }
    }
}

/// Resolves "he" and "she" that name a source to whoever spoke last and fits.
pub fn resolve(layers: &Layers, quotes: &mut [Quote], attributions: &mut [Quote]) {
    let mut order: Vec<&mut Quote> = quotes.iter_mut().chain(attributions).collect();
    order.sort_by_key(|q| (q.span.start, std::cmp::Reverse(q.span.end)));
    let mut last: Vec<(EntityId, u32)> = Vec::new();
    let mut voices: Vec<(Span, EntityId)> = Vec::new();
    for quote in order {
        let at = block(layers, quote.span);
        if quote.speaker == Party::Unknown
            && let Some(span) = quote.speaker_span
        {
            let tokens = layers.tokens_in(span);
            let word = layers.lower(tokens.start);
            let outer = voices
                .iter()
                .rev()
                .take(NEAR)
                .find(|(s, _)| s.contains(quote.span) && *s != quote.span)
                .map(|(_, e)| *e);
            if tokens.len() == 1
                && let Some(entity) = outer
                && (matches!(word, "they" | "i" | "we" | "it")
                    || matches!(word, "he" | "she") && fits(layers, entity, word))
            {
                // "Ann Lee says she believes …"
                quote.speaker = Party::Entity(entity);
            } else if tokens.len() == 1 && matches!(word, "he" | "she" | "his" | "her") {
                let found = last
                    .iter()
                    .rev()
                    .take(NEAR)
                    .find(|(e, block)| at <= block + 2 && fits(layers, *e, word));
                if let Some((entity, _)) = found {
                    quote.speaker = Party::Entity(*entity);
                }
            }
        }
        if let Party::Entity(entity) = quote.speaker {
            for (span, outer) in voices.iter().rev().take(NEAR).rev() {
                let around = span.contains(quote.span) && *span != quote.span;
                if around && *outer != entity && !quote.via.contains(outer) {
                    quote.via.push(*outer);
                }
            }
            voices.push((quote.span, entity));
        }
        if let Party::Entity(entity) = quote.speaker
            && is_person(layers, entity)
        {
            last.push((entity, at));
        }
    }
}

/// Whether a person's given name does not speak against the pronoun.
fn fits(layers: &Layers, entity: EntityId, pronoun: &str) -> bool {
    let Some(entity) = layers.entities.get(entity.index()) else {
        return false;
    };
    // "The nominee" may be a man or a woman.
    if entity.rule == "nominal" {
        return false;
    }
    let first = entity.name.split(' ').next().unwrap_or("").to_lowercase();
    match words::given_name(&first) {
        Some(Gender::Male) => matches!(pronoun, "he" | "his"),
        Some(Gender::Female) => matches!(pronoun, "she" | "her"),
        _ => true,
    }
}
