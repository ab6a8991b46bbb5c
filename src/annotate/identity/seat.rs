//! Capitals and seats of power: whether "Moscow" is the city or the government that sits there.

use std::ops::Range;

use crate::annotate::layers::Layers;
use crate::annotate::lexicon::{stance, words};

/// Whether a capital or seat of power stands for its government here: it is the subject of a verb
/// or owns what a government owns, and does not follow a preposition of place.
pub(super) fn acts(layers: &Layers, tokens: &Range<usize>, seat: &str) -> bool {
    let mut before = tokens.start.checked_sub(1);
    if before.is_some_and(|b| matches!(layers.lower(b), "the" | "official")) {
        before = before.and_then(|b| b.checked_sub(1));
    }
    let word = before.map_or("", |b| layers.lower(b));
    if matches!(
        word,
        "in" | "at"
            | "near"
            | "to"
            | "from"
            | "outside"
            | "around"
            | "into"
            | "through"
            | "across"
            | "toward"
            | "leaving"
            | "visit"
            | "visited"
            | "visiting"
    ) {
        return false;
    }
    if matches!(
        word,
        "with"
            | "against"
            | "between"
            | "by"
            | "accused"
            | "urged"
            | "told"
            | "than"
            | "blamed"
            | "that"
    ) {
        return true;
    }
    let institution = matches!(
        seat,
        "Kremlin"
            | "White House"
            | "Downing Street"
            | "10 Downing Street"
            | "No 10"
            | "No. 10"
            | "Number 10"
            | "Pentagon"
            | "Capitol Hill"
            | "Elysee"
            | "Élysée"
            | "Elysee Palace"
            | "Élysée Palace"
            | "Whitehall"
            | "Foggy Bottom"
            | "Quai d'Orsay"
            | "Matignon"
    );
    if institution {
        return true;
    }
    let after = layers.lower(tokens.end);
    if after == "'s" {
        return true;
    }
    let Some(at) = layers.chunks.get(
        layers
            .chunks
            .partition_point(|c| c.tokens.end <= tokens.start),
    ) else {
        return false;
    };
    let next = layers
        .chunks
        .partition_point(|c| c.tokens.start < at.tokens.end);
    let willing = |lemma: &str| {
        words::cue_class(lemma).is_some()
            || !stance::readings(stance::Part::Verb, lemma).is_empty()
            || matches!(
                lemma,
                "have"
                    | "do"
                    | "be"
                    | "respond"
                    | "hope"
                    | "send"
                    | "launch"
                    | "hold"
                    | "decide"
                    | "consider"
                    | "view"
                    | "continue"
            )
    };
    at.head + 1 == tokens.end
        && layers.chunks.get(next).is_some_and(|c| {
            c.is_verb() && willing(layers.lemma(c.head)) && !layers.lemma(c.head).eq("be")
        })
}
