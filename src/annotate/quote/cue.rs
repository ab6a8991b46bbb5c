//! Reporting words beside a quotation, by their patterns: after the closing mark, before the opening
//! one, or "according to", with the noun phrase that names the speaker.

use std::ops::Range;

use crate::annotate::layers::Layers;
use crate::annotate::lexicon::words::{self, CueClass};
use crate::annotate::syntax::{Chunk, ChunkKind, Pos, VerbForm, subject};
use crate::base::EntityId;
use crate::model::EntityKind;

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
pub fn attribution(
    layers: &Layers,
    pair: &Range<usize>,
    first: usize,
    last: usize,
) -> Option<Attribution> {
    let after = dashed(layers, pair.end)
        .or_else(|| after(layers, pair.end, last))
        .or_else(|| next(layers, pair, last));
    let before = before(layers, pair.start, first);
    let opens_sentence = layers.sentence_tokens[first].start == pair.start;
    // “…,” the union wrote: a comma before the closing mark goes on with its reporting words.
    let goes_on = pair.end >= 2 && layers.tokens[pair.end - 2].is_sign(",");
    match (after, before) {
        (Some(after), Some(before)) => Some(if opens_sentence || goes_on {
            after
        } else {
            before
        }),
        (after, before) => after.or(before),
    }
    .or_else(|| according(layers, first))
    .or_else(|| according(layers, last))
}

/// “…” — Ann Lee: a name after a dash, at the end of its sentence.
fn dashed(layers: &Layers, from: usize) -> Option<Attribution> {
    let dash = layers.tokens.get(from)?;
    if !["―", "—", "–", "-"].iter().any(|d| dash.is_sign(d)) {
        return None;
    }
    let sentence = layers.sentence_of(from)?;
    let end = layers.sentence_tokens[sentence].end;
    let name = layers
        .mentions_from(from + 1..from + 2)
        .max_by_key(|p| p.tokens.len());
    let tokens = name.map_or(from + 1..end, |p| p.tokens.clone());
    let words = (from + 1..end).filter(|t| layers.tokens[*t].is_word());
    let named = name.is_some() || words.clone().all(|t| layers.tokens[t].capital);
    ((1..=6).contains(&words.count()) && named).then(|| Attribution {
        cue: from..from + 1,
        speaker: name.map(|p| p.entity),
        source: Some(tokens),
        resumes: false,
        rule: "quote+dash+name",
    })
}

/// “Who pays?” Ann Lee asked. What ends in a question or an exclamation ends a sentence too; the
/// reporting words are the whole of the next one, or are followed by no content of their own.
fn next(layers: &Layers, pair: &Range<usize>, last: usize) -> Option<Attribution> {
    let inner = layers.tokens.get(pair.end.checked_sub(2)?)?;
    let asks = ["?", "!", "…", "..."].iter().any(|s| inner.is_sign(s));
    let tokens = layers.sentence_tokens.get(last + 1)?;
    let same_block = layers.sentences[last].block == layers.sentences[last + 1].block;
    if !asks || !same_block || tokens.start != pair.end {
        return None;
    }
    let found = after(layers, pair.end, last + 1)?;
    let near = found.cue.start <= pair.end + 8 && found.source.as_ref()?.start <= pair.end + 4;
    let follows = layers.tags.get(found.cue.end).map(|t| t.pos);
    let closed = found.cue.end >= tokens.end
        || matches!(
            follows,
            Some(Pos::Sign | Pos::Comma | Pos::Preposition | Pos::Adverb | Pos::Open)
        )
        || words::classes_of(layers.lower(found.cue.end)).has("time");
    (near && closed).then_some(found)
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
        // "through this “night vision” I began to see": no sign, no report.
        if from > 0 && !parted(layers, from) && !matches!(layers.lemma(chunk.head), "say" | "tell")
        {
            return None;
        }
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

/// Whether a sign stands before or after the mark that closes before `from`.
fn parted(layers: &Layers, from: usize) -> bool {
    let sign = |t: Option<usize>| {
        t.and_then(|t| layers.tokens.get(t)).is_some_and(|t| {
            [",", ".", "!", "?", "…", "...", "—", "–", "--", "-"]
                .iter()
                .any(|s| t.is_sign(s))
        })
    };
    sign(from.checked_sub(2)) || sign(Some(from))
}

/// Verbs that give something its name where they follow it: "a play called …".
const NAMED: [&str; 6] = ["call", "title", "entitle", "dub", "name", "label"];

fn before(layers: &Layers, until: usize, sentence: usize) -> Option<Attribution> {
    let range = layers.sentence_chunks.get(sentence)?.clone();
    let chunks = &layers.chunks[range];
    let end = chunks.partition_point(|c| c.tokens.start < until);
    for at in (0..end).rev() {
        let chunk = &chunks[at];
        if !chunk.is_verb() || chunk.form() == Some(VerbForm::Infinitive) {
            continue;
        }
        if NAMED.contains(&layers.lemma(chunk.head))
            && chunk.form() == Some(VerbForm::Participle)
            && chunk.tokens.end + 1 >= until
        {
            return None;
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

/// Whether an entity is a person.
pub fn is_person(layers: &Layers, entity: EntityId) -> bool {
    layers
        .entities
        .get(entity.index())
        .is_some_and(|e| e.kind == EntityKind::Person)
}
