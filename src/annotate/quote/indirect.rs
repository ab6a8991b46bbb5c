//! Reported speech without quotation marks: the content clause of a reporting verb, and what
//! stands beside "according to".

use super::cue::{according, speaker};
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::words::{self, CueClass};
use crate::annotate::syntax::{Chunk, ChunkKind, Pos, VerbForm, subject};
use crate::annotate::token::TokenKind;
use crate::base::QuoteId;
use crate::model::{BlockKind, Document, Party, Quote, QuoteKind};

/// Verbs that report a clause even without "that".
const BARE: [&str; 16] = [
    "say",
    "argue",
    "claim",
    "believe",
    "think",
    "add",
    "contend",
    "warn",
    "predict",
    "hope",
    "suggest",
    "allege",
    "insist",
    "note",
    "acknowledge",
    "tell",
];

/// Appends the indirect quotes of all sentences.
pub fn find(document: &Document, layers: &Layers, out: &mut Vec<Quote>) {
    for sentence in 0..layers.sentence_chunks.len() {
        let comment = layers.block_kind(document, sentence) == BlockKind::Comment;
        let range = layers.sentence_chunks[sentence].clone();
        let chunks = &layers.chunks[range];
        let before = out.len();
        for at in 0..chunks.len() {
            if let Some(quote) = reported(layers, chunks, at, comment) {
                out.push(quote);
            }
        }
        if out.len() == before
            && let Some(quote) = trailing(layers, chunks)
        {
            out.push(quote);
        }
        if out.len() == before
            && let Some(quote) = beside_according(layers, sentence)
        {
            out.push(quote);
        }
    }
}

fn reported(layers: &Layers, chunks: &[Chunk], at: usize, comment: bool) -> Option<Quote> {
    let chunk = &chunks[at];
    let ChunkKind::Verb { passive, form, .. } = chunk.kind else {
        return None;
    };
    if passive || form == VerbForm::Infinitive || inside_marks(layers, chunk.head) {
        return None;
    }
    let lemma = layers.lemma(chunk.head);
    let mut cue = chunk.tokens.clone();
    let mut next = at + 1;
    let class = match words::cue_class(lemma) {
        Some(class) if class != CueClass::Manner => class,
        Some(_) if lemma == "call" && matches!(layers.lower(chunk.tokens.end), "for" | "on") => {
            CueClass::Wanting
        }
        // "has made it clear that"
        _ if lemma == "make" && made_clear(layers, chunks, at).is_some() => {
            next = made_clear(layers, chunks, at)?;
            cue.end = chunks[next - 1].tokens.end;
            CueClass::Neutral
        }
        _ => return None,
    };
    while chunks.get(next).is_some_and(|c| c.is(Pos::Adverb)) {
        next += 1;
    }
    let mut rule = "verb+that";
    let start = content_start(layers, chunks, next, lemma, class, &mut rule)?;
    let end = content_end(layers, chunks, start);
    if end <= start || inside_marks(layers, chunks[start].tokens.start) {
        return None;
    }
    let tokens = chunks[start].tokens.start..chunks[end - 1].tokens.end;
    if tokens.len() < 2 && rule != "verb+noun" {
        return None;
    }
    let source = source(layers, chunks, at)?;
    let (who, named) = speaker(layers, chunks, source);
    if who.is_none() && comment {
        return None;
    }
    let pronoun = layers.lower(named.start);
    if who.is_none() && matches!(pronoun, "i" | "we" | "you" | "it" | "there") {
        return None;
    }
    Some(Quote {
        id: QuoteId(0),
        span: layers.span(&tokens),
        cue: Some(layers.span(&cue)),
        speaker: who.map_or(Party::Unknown, Party::Entity),
        speaker_span: Some(layers.span(&named)),
        kind: QuoteKind::Indirect,
        continues: None,
        via: Vec::new(),
        rule: rule.into(),
        confidence: match (rule, who) {
            ("verb+that", Some(_)) => 0.9,
            (_, Some(_)) => 0.8,
            _ => 0.65,
        },
    })
}

/// The noun phrase that speaks: the subject, or what follows an inverted verb.
fn source(layers: &Layers, chunks: &[Chunk], at: usize) -> Option<usize> {
    let inverted = at > 0
        && chunks[at - 1].is(Pos::Comma)
        && chunks.get(at + 1).is_some_and(Chunk::is_noun)
        && at > 1
        && chunks[at - 2].is(Pos::Close);
    let found = if inverted {
        at + 1
    } else {
        subject(chunks, at)?
    };
    // ", which advocates say …" has its own subject right before it.
    let close = at
        .checked_sub(1)
        .filter(|p| chunks[*p].is_noun() && !layers.tokens[chunks[*p].head].is_sign(","));
    let after_preposition = close.is_some_and(|p| p > 0 && chunks[p - 1].is(Pos::Preposition));
    let relative = (found..at).any(|i| chunks[i].is(Pos::Relative));
    Some(
        close
            .filter(|_| relative && !after_preposition)
            .unwrap_or(found),
    )
}

/// The chunk after "it clear" in "made it clear that".
fn made_clear(layers: &Layers, chunks: &[Chunk], at: usize) -> Option<usize> {
    let that = (at + 1..chunks.len().min(at + 6)).find(|i| chunks[*i].is(Pos::Subordinator))?;
    let clear = chunks[at + 1..that].iter().any(|c| {
        c.tokens
            .clone()
            .any(|t| matches!(layers.lower(t), "clear" | "plain" | "known"))
    });
    clear.then_some(that)
}

/// The chunk where the content starts.
fn content_start(
    layers: &Layers,
    chunks: &[Chunk],
    mut next: usize,
    lemma: &str,
    class: CueClass,
    rule: &mut &'static str,
) -> Option<usize> {
    // "told reporters that", "said Tuesday that", "agreed with X that", "warned of consequences"
    let that = (next..chunks.len().min(next + 5)).find(|i| {
        chunks[*i].is(Pos::Subordinator)
            && matches!(
                layers.lower(chunks[*i].head),
                "that" | "whether" | "if" | "how" | "why"
            )
    });
    if let Some(that) = that
        && chunks[next..that]
            .iter()
            .all(|c| !c.is_verb() && !c.is(Pos::Comma) && !c.is(Pos::Open))
    {
        let word = layers.lower(chunks[that].head);
        let asks = matches!(
            lemma,
            "ask"
                | "wonder"
                | "question"
                | "decide"
                | "determine"
                | "explain"
                | "describe"
                | "say"
                | "discuss"
        );
        if word == "that" {
            return Some(that + 1).filter(|s| *s < chunks.len());
        }
        if asks && word != "if" {
            return Some(that).filter(|s| *s < chunks.len());
        }
        if word == "if" && lemma == "ask" {
            return Some(that);
        }
    }
    let chunk = chunks.get(next)?;
    if chunk.is(Pos::Comma) || chunk.is(Pos::Open) || chunk.is(Pos::Sign) {
        return None;
    }
    // "said Friday he would …"
    if chunk.is_noun()
        && layers.tokens[chunk.head].capital
        && words::classes_of(layers.lower(chunk.head)).has("time")
    {
        next += 1;
    }
    let chunk = chunks.get(next)?;
    *rule = "verb+clause";
    if BARE.contains(&lemma) && chunk.is_noun() && clause_follows(chunks, next) {
        // "told reporters he would": the first noun phrase is the one spoken to.
        let told = lemma == "tell" && chunks.get(next + 1).is_some_and(Chunk::is_noun);
        return Some(next + usize::from(told));
    }
    if BARE.contains(&lemma) && chunk.is(Pos::Subordinator) && layers.lower(chunk.head) == "if" {
        return Some(next);
    }
    if lemma == "suggest" && chunk.form() == Some(VerbForm::Ing) {
        *rule = "verb+ing";
        return Some(next);
    }
    if matches!(lemma, "vow" | "pledge" | "promise" | "urge" | "agree")
        && chunk.form() == Some(VerbForm::Infinitive)
        && class != CueClass::Manner
    {
        *rule = "verb+infinitive";
        return (lemma != "agree").then_some(next);
    }
    if matches!(lemma, "deny") && chunk.is_noun() {
        *rule = "verb+noun";
        return Some(next);
    }
    if lemma == "accuse" && chunk.is_noun() {
        let of = (next + 1..chunks.len().min(next + 3))
            .find(|i| chunks[*i].is(Pos::Preposition) && layers.lower(chunks[*i].head) == "of")?;
        *rule = "accuse+of";
        return Some(of + 1).filter(|s| *s < chunks.len());
    }
    if lemma == "urge" && chunk.is_noun() {
        *rule = "urge+to";
        return chunks
            .get(next + 1)
            .filter(|c| c.form() == Some(VerbForm::Infinitive))
            .map(|_| next + 1);
    }
    if lemma == "call" && layers.lower(chunk.head) == "on" {
        *rule = "call+on";
        let verb = (next + 1..chunks.len().min(next + 5))
            .find(|i| chunks[*i].form() == Some(VerbForm::Infinitive))?;
        return Some(verb);
    }
    if lemma == "call" && chunk.is(Pos::Preposition) && layers.lower(chunk.head) == "for" {
        *rule = "call+for";
        return Some(next + 1).filter(|s| *s < chunks.len());
    }
    None
}

/// Whether a noun phrase starts a clause of its own: a finite verb follows before the clause ends.
fn clause_follows(chunks: &[Chunk], at: usize) -> bool {
    chunks[at + 1..]
        .iter()
        .take(8)
        .take_while(|c| !c.is(Pos::Sign) && !c.is(Pos::Subordinator) && !c.is(Pos::Relative))
        .any(|c| c.form() == Some(VerbForm::Finite))
}

/// End of the content: the end of the sentence without its stop, a new reporting participle, or
/// "according to".
fn content_end(layers: &Layers, chunks: &[Chunk], start: usize) -> usize {
    let mut end = chunks.len();
    for i in start + 1..chunks.len() {
        let participle = chunks[i].is(Pos::Comma)
            && chunks.get(i + 1).is_some_and(|v| {
                v.form() == Some(VerbForm::Ing) && words::cue_class(layers.lemma(v.head)).is_some()
                    || layers.lower(v.head) == "according"
            });
        let clause = chunks[i].is(Pos::Comma)
            && chunks.get(i + 1).is_some_and(|c| {
                (c.is(Pos::Conjunction) && layers.lower(c.head) == "but"
                    || c.is(Pos::Subordinator)
                        && matches!(layers.lower(c.head), "while" | "whereas"))
                    && chunks[i + 2..]
                        .iter()
                        .any(|v| v.form() == Some(VerbForm::Finite))
            });
        let second = chunks[i].is(Pos::Conjunction)
            && chunks.get(i + 1).is_some_and(|v| {
                v.form() == Some(VerbForm::Finite)
                    && !matches!(v.kind, ChunkKind::Verb { passive: true, .. })
                    && words::cue_class(layers.lemma(v.head)).is_some_and(|c| c != CueClass::Manner)
            });
        if participle
            || clause
            || second
            || chunks[i].is(Pos::Sign) && matches!(layers.lower(chunks[i].head), ";")
        {
            end = i;
            break;
        }
    }
    while end > start
        && chunks[end - 1].is(Pos::Sign) | chunks[end - 1].is(Pos::Comma)
        && !matches!(layers.lower(chunks[end - 1].head), ")" | "%")
    {
        end -= 1;
    }
    end
}

/// "The plan would fail, Smith said.": the report comes first.
fn trailing(layers: &Layers, chunks: &[Chunk]) -> Option<Quote> {
    let stop = chunks.len() - usize::from(chunks.last()?.is(Pos::Sign));
    let verb = stop.checked_sub(1)?;
    let says = matches!(
        layers.lemma(chunks[verb].head),
        "say" | "add" | "argue" | "note" | "write"
    );
    let name = verb
        .checked_sub(1)
        .filter(|n| chunks[*n].is_noun() && chunks[verb].is_verb() && says)?;
    let comma = name
        .checked_sub(1)
        .filter(|c| chunks[*c].is(Pos::Comma) && *c > 2)?;
    let tokens = chunks[0].tokens.start..chunks[comma - 1].tokens.end;
    if tokens
        .clone()
        .any(|t| matches!(layers.tokens[t].kind, TokenKind::Open | TokenKind::Close))
    {
        return None;
    }
    let (who, named) = speaker(layers, chunks, name);
    Some(Quote {
        id: QuoteId(0),
        span: layers.span(&tokens),
        cue: Some(layers.span(&chunks[verb].tokens)),
        speaker: who.map_or(Party::Unknown, Party::Entity),
        speaker_span: Some(layers.span(&named)),
        kind: QuoteKind::Indirect,
        continues: None,
        via: Vec::new(),
        rule: "clause+name+verb".into(),
        confidence: if who.is_some() { 0.88 } else { 0.65 },
    })
}

/// Whether a token lies between quotation marks of its sentence.
pub fn inside_marks(layers: &Layers, token: usize) -> bool {
    let Some(sentence) = layers.sentence_of(token) else {
        return false;
    };
    let range = layers.sentence_tokens[sentence].clone();
    let last = (range.start..token)
        .rev()
        .find(|t| matches!(layers.tokens[*t].kind, TokenKind::Open | TokenKind::Close));
    match last {
        Some(t) => layers.tokens[t].kind == TokenKind::Open,
        None => (token..range.end)
            .find(|t| matches!(layers.tokens[*t].kind, TokenKind::Open | TokenKind::Close))
            .is_some_and(|t| layers.tokens[t].kind == TokenKind::Close),
    }
}

/// The rest of a sentence that names its source by "according to".
fn beside_according(layers: &Layers, sentence: usize) -> Option<Quote> {
    let found = according(layers, sentence)?;
    let tokens = layers.sentence_tokens[sentence].clone();
    let source = found.source.clone()?;
    let mut span = if found.cue.start > tokens.start + 1 {
        tokens.start..found.cue.start
    } else {
        let comma =
            (source.end..tokens.end.min(source.end + 8)).find(|t| layers.lower(*t) == ",")?;
        comma + 1..tokens.end
    };
    while span.end > span.start && layers.tokens[span.end - 1].kind == TokenKind::Sign {
        span.end -= 1;
    }
    (span.len() > 2 && !inside_marks(layers, span.start)).then(|| Quote {
        id: QuoteId(0),
        span: layers.span(&span),
        cue: Some(layers.span(&found.cue)),
        speaker: found.speaker.map_or(Party::Unknown, Party::Entity),
        speaker_span: Some(layers.span(&source)),
        kind: QuoteKind::Indirect,
        continues: None,
        via: Vec::new(),
        rule: "according-to".into(),
        confidence: 0.8,
    })
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;
    use crate::model::QuoteKind;

    fn indirect(text: &str) -> Vec<(String, String)> {
        let annotated = testing::annotated(text);
        annotated
            .quotes
            .iter()
            .filter(|q| q.kind == QuoteKind::Indirect)
            .map(|q| {
                (
                    q.span.of(text).to_owned(),
                    annotated.party_name(q.speaker).to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn a_that_clause_is_the_content() {
        assert_eq!(
            indirect("Ann Lee said that the tax would hurt farmers, while Bob Roe praised it."),
            [(
                "the tax would hurt farmers".to_owned(),
                "Ann Lee".to_owned()
            )]
        );
    }

    #[test]
    fn according_to_names_the_source() {
        assert_eq!(
            indirect("More than 100 people came, according to Ann Lee."),
            [("More than 100 people came".to_owned(), "Ann Lee".to_owned())]
        );
    }

    #[test]
    fn a_participle_continues_the_report() {
        assert_eq!(
            indirect("The court rejected it, saying the motion was late.")[0].0,
            "the motion was late"
        );
    }
}
