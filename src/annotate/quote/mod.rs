//! Reported speech in quotation marks: pairs of marks, whether they hold speech or distance, the
//! reporting words and the speaker. Speech without marks is found by `indirect`.

mod heard;
mod indirect;

use std::ops::Range;

use super::layers::{Layer, Layers};
use super::lexicon::words::{self, CueClass};
use super::pipeline::Stage;
use super::syntax::{Chunk, ChunkKind, Pos, VerbForm, subject};
use super::token::TokenKind;
use crate::base::{EntityId, QuoteId, Span};
use crate::model::{BlockKind, Document, Party, Quote, QuoteKind};

/// The stage.
pub struct Quotes;

impl Stage for Quotes {
    fn name(&self) -> &'static str {
        "quotes"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Syntax, Layer::Entities]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Quotes]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let mut quotes = Vec::new();
        let mut last: Option<(Party, Span, u32)> = None;
        for pair in pairs(layers) {
            let mut quote = judge(document, layers, &pair);
            let block = layers
                .sentence_of(pair.start)
                .map_or(0, |s| layers.sentences[s].block.0);
            if quote.kind == QuoteKind::Direct {
                if quote.cue.is_none()
                    && let Some((speaker, span, at)) = last
                    && block <= at + 1
                {
                    quote.speaker = speaker;
                    quote.speaker_span = Some(span);
                    quote.rule = "direct:continued".into();
                    quote.confidence = 0.75;
                }
                if let Some(span) = quote.speaker_span {
                    last = Some((quote.speaker, span, block));
                }
            }
            quotes.push(quote);
        }
        indirect::find(document, layers, &mut quotes);
        quotes.sort_by_key(|q| (q.span, q.kind.name()));
        quotes.dedup_by_key(|q| q.span);
        for (n, quote) in quotes.iter_mut().enumerate() {
            quote.id = QuoteId::at(n);
        }
        layers.attributions = heard::beside(document, layers, &quotes);
        layers.quotes = quotes;
    }
}

/// Tokens within which a quotation must close.
const LONGEST: usize = 2000;

/// Whether a mark is a double one.
fn double(layers: &Layers, token: usize) -> bool {
    layers.lower(token) != "'"
}

/// The token ranges between matching marks, marks included; an open end runs to the end of its
/// block when the next block opens again.
fn pairs(layers: &Layers) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    let blocks: Vec<u32> = block_ends(layers);
    let mut block = 0;
    while at < layers.tokens.len() {
        while block < blocks.len() && blocks[block] as usize <= at {
            block += 1;
        }
        let end = blocks
            .get(block)
            .map_or(layers.tokens.len(), |e| *e as usize);
        if layers.tokens[at].kind != TokenKind::Open {
            at += 1;
            continue;
        }
        let wide = double(layers, at);
        let close = (at + 1..end.min(at + LONGEST))
            .find(|t| layers.tokens[*t].kind == TokenKind::Close && double(layers, *t) == wide);
        let stop = match close {
            Some(close) => close + 1,
            None if wide
                && layers
                    .tokens
                    .get(end)
                    .is_some_and(|t| t.kind == TokenKind::Open) =>
            {
                end
            }
            None => {
                at += 1;
                continue;
            }
        };
        if stop > at + 2 {
            out.push(at..stop);
        }
        at = stop;
    }
    out
}

/// The token after the last one of each block.
fn block_ends(layers: &Layers) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    for (n, range) in layers.sentence_tokens.iter().enumerate() {
        let last = layers
            .sentences
            .get(n + 1)
            .is_none_or(|s| s.block != layers.sentences[n].block);
        if last {
            out.push(range.end as u32);
        }
    }
    out
}

/// Kind, cue and speaker of one quotation.
fn judge(document: &Document, layers: &Layers, pair: &Range<usize>) -> Quote {
    let words = pair.clone().filter(|t| layers.tokens[*t].is_word()).count();
    let first = layers.sentence_of(pair.start).unwrap_or(0);
    let last = layers.sentence_of(pair.end - 1).unwrap_or(first);
    let inner = (pair.start + 1..pair.end - 1).find(|t| layers.tokens[*t].is_word());
    let capital = inner.is_some_and(|t| layers.tokens[t].capital);
    let stop = |t: usize| {
        [",", ".", "!", "?", "…"]
            .iter()
            .any(|s| layers.tokens.get(t).is_some_and(|k| k.is_sign(s)))
    };
    let ended = stop(pair.end - 2) || stop(pair.end) || layers.tokens.get(pair.end).is_none();
    let begins = layers.sentence_tokens[first].start == pair.start;
    let found = attribution(layers, pair, first, last);
    // `"We did," he said, "and more."`: the second half starts in lower case.
    let resumed = !capital && words >= 4 && found.as_ref().is_some_and(|f| f.resumes);
    let direct = last > first || (capital && (ended || begins) && words >= 4) || resumed;
    let kind = match (&found, direct) {
        (_, true) => QuoteKind::Direct,
        (None, false) if words <= 4 => QuoteKind::Scare,
        (_, false) => QuoteKind::Mixed,
    };
    let span = layers.span(pair);
    let nobody = if layers.block_kind(document, first) == BlockKind::Comment {
        Party::Editor
    } else {
        Party::Author
    };
    match found {
        Some(found) => Quote {
            id: QuoteId(0),
            span,
            cue: Some(layers.span(&found.cue)),
            speaker: found.speaker.map_or(Party::Unknown, Party::Entity),
            speaker_span: found.source.map(|s| layers.span(&s)),
            kind,
            continues: None,
            via: Vec::new(),
            rule: found.rule.into(),
            confidence: if found.speaker.is_some() { 0.9 } else { 0.7 },
        },
        None => Quote {
            id: QuoteId(0),
            span,
            cue: None,
            speaker: if direct { Party::Unknown } else { nobody },
            speaker_span: None,
            kind,
            continues: None,
            via: Vec::new(),
            rule: "marks".into(),
            confidence: 0.65,
        },
    }
}

/// Reporting words and the speaker they name.
pub struct Attribution {
    /// Tokens of the reporting words.
    pub cue: Range<usize>,
    /// The speaker, where it is an entity.
    pub speaker: Option<EntityId>,
    /// Tokens that name the speaker.
    pub source: Option<Range<usize>>,
    /// Whether the reporting words stand between two halves of one quotation.
    pub resumes: bool,
    /// Which pattern matched.
    pub rule: &'static str,
}

/// Looks for reporting words after the closing mark, then before the opening one, then for
/// "according to".
fn attribution(
    layers: &Layers,
    pair: &Range<usize>,
    first: usize,
    last: usize,
) -> Option<Attribution> {
    let after = after(layers, pair.end, last);
    let before = before(layers, pair.start, first);
    let opens_sentence = layers.sentence_tokens[first].start == pair.start;
    match (after, before) {
        (Some(after), Some(before)) => Some(if opens_sentence { after } else { before }),
        (after, before) => after.or(before),
    }
    .or_else(|| according(layers, first))
    .or_else(|| according(layers, last))
}

fn after(layers: &Layers, from: usize, sentence: usize) -> Option<Attribution> {
    let range = layers.sentence_chunks.get(sentence)?.clone();
    let chunks = &layers.chunks[range];
    let start = chunks.partition_point(|c| c.tokens.start < from);
    // Skips the comma and short adverbs; the reporting verb must follow soon.
    for at in start..chunks.len().min(start + 14) {
        let chunk = &chunks[at];
        if chunk.is(Pos::Open) || chunk.is(Pos::Subordinator) {
            return None;
        }
        if !chunk.is_verb() {
            continue;
        }
        let class = words::cue_class(layers.lemma(chunk.head))?;
        let inverted = at == start || at == start + 1 && chunks[start].is(Pos::Comma);
        let source = if inverted {
            (at + 1..chunks.len().min(at + 3)).find(|i| chunks[*i].is_noun())
        } else {
            subject(chunks, at).filter(|s| *s >= start)
        };
        let source = match source {
            Some(source) => source,
            None if class != CueClass::Manner && inverted => subject(chunks, at)?,
            None => return None,
        };
        let (speaker, tokens) = speaker(layers, chunks, source);
        return Some(Attribution {
            cue: chunk.tokens.clone(),
            speaker,
            source: Some(tokens),
            resumes: false,
            rule: if inverted {
                "quote+verb+name"
            } else {
                "quote+name+verb"
            },
        });
    }
    None
}

fn before(layers: &Layers, until: usize, sentence: usize) -> Option<Attribution> {
    let range = layers.sentence_chunks.get(sentence)?.clone();
    let chunks = &layers.chunks[range];
    let end = chunks.partition_point(|c| c.tokens.start < until);
    for at in (0..end).rev() {
        let chunk = &chunks[at];
        if !chunk.is_verb() || chunk.form() == Some(VerbForm::Infinitive) {
            continue;
        }
        if matches!(chunk.kind, ChunkKind::Verb { passive: true, .. })
            || words::cue_class(layers.lemma(chunk.head)).is_none()
        {
            continue;
        }
        // "…," said Smith, "…": the subject follows.
        let inverted = at > 0
            && (chunks[at - 1].is(Pos::Close)
                || chunks[at - 1].is(Pos::Comma) && at > 1 && chunks[at - 2].is(Pos::Close));
        let source = if inverted {
            (at + 1..end.min(at + 3)).find(|i| chunks[*i].is_noun())
        } else {
            subject(chunks, at)
        };
        let Some(source) = source else { continue };
        let (speaker, tokens) = speaker(layers, chunks, source);
        let resumes = chunks[..at].iter().any(|c| c.is(Pos::Close));
        return Some(Attribution {
            cue: chunk.tokens.clone(),
            speaker,
            source: Some(tokens),
            resumes,
            rule: "name+verb+quote",
        });
    }
    None
}

/// "according to X" in a sentence.
pub fn according(layers: &Layers, sentence: usize) -> Option<Attribution> {
    let tokens = layers.sentence_tokens.get(sentence)?.clone();
    let at = tokens
        .clone()
        .find(|t| layers.lower(*t) == "according" && layers.lower(t + 1) == "to")?;
    let range = layers.sentence_chunks.get(sentence)?.clone();
    let chunks = &layers.chunks[range];
    let next = chunks.partition_point(|c| c.tokens.start < at + 2);
    let (speaker, source) = speaker(layers, chunks, next);
    chunks.get(next).filter(|c| c.is_noun())?;
    Some(Attribution {
        cue: at..at + 2,
        speaker,
        source: Some(source),
        resumes: false,
        rule: "according-to",
    })
}

/// The entity that a noun phrase names, and the tokens that name it.
pub fn speaker(layers: &Layers, chunks: &[Chunk], at: usize) -> (Option<EntityId>, Range<usize>) {
    let Some(chunk) = chunks.get(at) else {
        return (None, 0..0);
    };
    let mention = layers
        .mentions_from(chunk.tokens.clone())
        .filter(|p| p.tokens.end > chunk.head)
        .max_by_key(|p| p.tokens.len());
    if let Some(mention) = mention {
        return (Some(mention.entity), mention.tokens.clone());
    }
    // "her brief said": what is written speaks for its owner.
    if matches!(
        layers.lemma(chunk.head),
        "brief"
            | "letter"
            | "statement"
            | "tweet"
            | "office"
            | "campaign"
            | "post"
            | "memo"
            | "book"
            | "message"
    ) && let Some(owner) = layers.mentions_in(chunk.tokens.start..chunk.head).last()
    {
        return (Some(owner.entity), owner.tokens.clone());
    }
    // "U.S. envoy to the Middle East Steve Witkoff": the name ends the phrase that follows.
    if chunks.get(at + 1).is_some_and(|c| c.is(Pos::Preposition))
        && let Some(next) = chunks.get(at + 2).filter(|c| c.is_noun())
    {
        let names: Vec<_> = layers.mentions_in(next.tokens.clone()).collect();
        if let [_, .., last] = names.as_slice()
            && last.tokens.end == next.head + 1
            && is_person(layers, last.entity)
        {
            return (Some(last.entity), last.tokens.clone());
        }
    }
    // "A lawyer for the outlets, David Schulz, said": the name stands in the apposition.
    let named = chunks[at + 1..]
        .iter()
        .take(6)
        .take_while(|c| !c.is_verb())
        .zip(chunks[at..].iter())
        .find(|(c, previous)| c.is_noun() && previous.is(Pos::Comma))
        .and_then(|(c, _)| {
            layers
                .mentions_in(c.tokens.clone())
                .find(|p| p.tokens.end > c.head)
                .cloned()
        });
    let person = named.filter(|p| is_person(layers, p.entity));
    match person {
        Some(person) if words::is_valued("singular", layers.lower(chunk.head)) => {
            (Some(person.entity), person.tokens)
        }
        _ => (None, chunk.tokens.clone()),
    }
}

fn is_person(layers: &Layers, entity: EntityId) -> bool {
    layers
        .entities
        .get(entity.index())
        .is_some_and(|e| e.kind == crate::model::EntityKind::Person)
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;
    use crate::model::{Annotated, QuoteKind};

    fn marked(text: &str) -> Vec<(String, QuoteKind, String)> {
        let annotated: Annotated = testing::annotated(text);
        annotated
            .quotes
            .iter()
            .filter(|q| q.kind != QuoteKind::Indirect)
            .map(|q| {
                (
                    q.span.of(text).to_owned(),
                    q.kind,
                    annotated.party_name(q.speaker).to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn the_speaker_stands_before_or_after_the_verb() {
        let found = marked(
            "“We will not pay for this,” said Ann Lee. \"It is a very bad plan,\" Bob Roe said.",
        );
        assert_eq!(
            found[0],
            (
                "“We will not pay for this,”".into(),
                QuoteKind::Direct,
                "Ann Lee".into()
            )
        );
        assert_eq!(found[1].2, "Bob Roe");
    }

    #[test]
    fn quoted_words_inside_a_sentence_are_mixed() {
        let found =
            marked("Steve Witkoff described his meeting as \"positive\" and \"solution-based.\"");
        assert_eq!(found.len(), 2);
        assert!(
            found
                .iter()
                .all(|f| f.1 == QuoteKind::Mixed && f.2 == "Steve Witkoff")
        );
    }

    #[test]
    fn a_term_in_marks_without_a_speaker_is_a_scare_quote() {
        let found = marked("The “reform” is late.");
        assert_eq!(
            found,
            [("“reform”".into(), QuoteKind::Scare, "the author".into())]
        );
    }
}
