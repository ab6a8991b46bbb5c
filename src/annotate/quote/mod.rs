//! Reported speech: what quotation marks hold and whether it is speech or distance (`marks`), the
//! reporting words beside it (`cue`), speech without marks by patterns (`indirect`) and by the tree
//! (`clause`), what the encoder hears of all this (`heard`), and who the source is by the tree
//! (`tree`) and by what was said before (`voice`).

mod clause;
mod cover;
mod cue;
mod heard;
mod indirect;
mod marks;
mod tree;
mod voice;

use std::ops::Range;

use super::layers::{Layer, Layers};
use super::lexicon::words;
use super::pipeline::Stage;
use super::syntax::Pos;
use crate::base::QuoteId;
use crate::model::{BlockKind, Document, Party, Quote, QuoteKind};
use heard::Hearing;
use tree::Trees;

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
        let (quotes, attributions) = find(document, layers);
        (layers.quotes, layers.attributions) = (quotes, attributions);
    }
}

/// The quotes and the other attributions of a document.
fn find(document: &Document, layers: &Layers) -> (Vec<Quote>, Vec<Quote>) {
    let trees = Trees::new(layers);
    let hearing = Hearing::new(layers);
    let marked = marks::marked(layers);
    let mut quotes: Vec<Quote> = marked
        .iter()
        .filter(|tokens| !nickname(layers, tokens))
        .map(|tokens| judge(document, layers, &hearing, tokens))
        .collect();
    indirect::find(document, layers, &mut quotes);
    if let Some(trees) = &trees {
        clause::find(document, layers, trees, &mut quotes);
        for quote in &mut quotes {
            voice::by_tree(layers, trees, quote);
        }
    }
    quotes.sort_by_key(|q| (q.span, q.kind.name()));
    quotes.dedup_by_key(|q| q.span);
    voice::running(layers, trees.as_ref(), &mut quotes);
    let (speech, mut attributions): (Vec<Quote>, Vec<Quote>) =
        heard::beside(layers, trees.as_ref(), &hearing, &quotes)
            .into_iter()
            .partition(|q| heard::is_speech(layers, q));
    quotes.extend(speech);
    quotes.sort_by_key(|q| (q.span, q.kind.name()));
    number(&mut quotes);
    number(&mut attributions);
    voice::joined(layers, &mut quotes);
    voice::resolve(layers, &mut quotes, &mut attributions);
    voice::relayed(layers, &mut quotes);
    (quotes, attributions)
}

fn number(quotes: &mut [Quote]) {
    for (n, quote) in quotes.iter_mut().enumerate() {
        quote.id = QuoteId::at(n);
    }
}

/// Least confidence of what is heard over a few words in marks.
const PLAIN: f32 = 0.25;

/// Whether a range holds the words between two marks.
fn contains(tokens: &Range<usize>, pair: &Range<usize>) -> bool {
    tokens.start <= pair.start + 1 && pair.end <= tokens.end + 1
}

/// Whether the words between marks are the title of a work, a show, a campaign: two or more, all
/// with capitals but for the smallest.
fn titled(layers: &Layers, pair: &Range<usize>) -> bool {
    let inner = pair.start + 1..pair.end - 1;
    let own = || inner.clone().filter(|t| layers.tokens[*t].is_word());
    let small = |t: usize| !words::classes_of(layers.lower(t)).is_empty();
    let capital = |t: usize| layers.tokens[t].capital || small(t);
    // The “Perception” syllabus: one word with a capital before the noun it names.
    let names = layers
        .tokens
        .get(pair.end)
        .is_some_and(|t| t.is_word() && !t.capital)
        && layers
            .tags
            .get(pair.end)
            .is_some_and(|t| t.pos == Pos::Noun)
        && pair.start.checked_sub(1).is_some_and(|t| {
            let classes = words::classes_of(layers.lower(t));
            classes.has("det") || classes.has("poss")
        });
    let least = if names { 1 } else { 2 };
    (least..=8).contains(&own().count())
        && own().all(capital)
        && own().filter(|t| layers.tokens[*t].capital).count() >= least
        && !inner.clone().any(|t| layers.tokens[t].is_sign("!"))
}

/// Whether the marks hold a nickname inside a name: Ann "Bee" Lee.
fn nickname(layers: &Layers, pair: &Range<usize>) -> bool {
    let Some(before) = pair.start.checked_sub(1) else {
        return false;
    };
    let capital = |t: usize| {
        layers
            .tokens
            .get(t)
            .is_some_and(|t| t.is_word() && t.capital)
    };
    pair.len() <= 4
        && words::given_name(layers.lower(before)).is_some()
        && capital(before)
        && capital(pair.start + 1)
        && capital(pair.end)
}

/// Kind, cue and speaker of one quotation.
fn judge(document: &Document, layers: &Layers, hearing: &Hearing, pair: &Range<usize>) -> Quote {
    let length = pair.clone().filter(|t| layers.tokens[*t].is_word()).count();
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
    let found = cue::attribution(layers, pair, first, last);
    // `"We did," he said, "and more."`: the second half starts in lower case.
    let resumed = !capital && length >= 4 && found.as_ref().is_some_and(|f| f.resumes);
    // “I would,” Ann Lee said.
    let told = found.as_ref().is_some_and(|f| f.cue.start >= pair.end);
    let whole = begins && layers.sentence_tokens[last].end == pair.end;
    let direct = last > first
        || (capital && whole)
        || (capital && (ended || begins) && length >= 4)
        || (capital && ended && begins && told)
        || resumed;
    let kind = match (&found, direct) {
        (_, true) => QuoteKind::Direct,
        (None, false) if length <= 4 => QuoteKind::Scare,
        (_, false) => QuoteKind::Mixed,
    };
    let span = layers.span(pair);
    let nobody = if layers.block_kind(document, first) == BlockKind::Comment {
        Party::Editor
    } else {
        Party::Author
    };
    let heard = found
        .is_none()
        .then(|| hearing.over(pair))
        .flatten()
        .filter(|h| length > 3 || h.confidence >= PLAIN && contains(&h.content, pair));
    let kind = match kind {
        QuoteKind::Scare | QuoteKind::Mixed if titled(layers, pair) => QuoteKind::Scare,
        // A heading in marks, the title of a work.
        QuoteKind::Direct if found.is_none() && titled(layers, pair) => QuoteKind::Scare,
        QuoteKind::Scare if heard.is_some() => QuoteKind::Mixed,
        // Where the encoder hears nothing and no words report it, it is a term.
        QuoteKind::Mixed if layers.encoded.is_some() && found.is_none() && heard.is_none() => {
            QuoteKind::Scare
        }
        kind => kind,
    };
    // Reporting words of the same sentences that the patterns do not know.
    let here = layers.sentence_tokens[first].start..layers.sentence_tokens[last].end;
    let heard_cue = heard
        .and_then(|h| h.cue.clone())
        .filter(|c| here.contains(&c.start) && !pair.contains(&c.start));
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
            cue: heard_cue.as_ref().map(|c| layers.span(c)),
            speaker: if direct || heard_cue.is_some() {
                Party::Unknown
            } else {
                nobody
            },
            speaker_span: heard_cue
                .and(heard.and_then(|h| h.source.as_ref()))
                .filter(|s| here.contains(&s.start) && !pair.contains(&s.start))
                .map(|s| layers.span(s)),
            kind,
            continues: None,
            via: Vec::new(),
            rule: "marks".into(),
            confidence: 0.65,
        },
    }
}

#[cfg(test)]
mod tests;
