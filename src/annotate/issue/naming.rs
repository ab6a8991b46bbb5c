//! The name of an issue: the mention that says most in few words, without its article and its
//! trailing circumstances, pronouns replaced by whom they mean.

use crate::annotate::layers::Layers;
use crate::annotate::syntax::Pos;
use crate::base::Span;
use crate::base::text::one_line;
use crate::model::{BlockKind, Document};

/// Words of a name.
const WORDS: usize = 8;

/// Words that a name does not begin with.
const LEADING: [&str; 18] = [
    "the", "a", "an", "any", "some", "this", "that", "these", "those", "such", "to", "really",
    "even", "just", "is", "are", "has", "that's",
];

/// The name for a set of mentions.
pub fn name(document: &Document, layers: &Layers, mentions: &[Span]) -> String {
    let best = mentions
        .iter()
        .map(|span| (span, candidate(document, layers, *span)))
        .max_by_key(|(span, (words, told, _))| {
            let headline = document
                .block_at(span.from())
                .and_then(|b| document.block(b))
                .is_none_or(|b| b.kind == BlockKind::Title);
            let marks = span.of(&document.text).contains(['"', '“', '”', '‘']);
            let points = (*told).min(4) * 3 + WORDS - usize::from(marks) - (*words).min(WORDS);
            (
                !headline,
                points,
                std::cmp::Reverse(span.len()),
                std::cmp::Reverse(span.start),
            )
        });
    best.map_or_else(String::new, |(_, (_, _, name))| without_half_pairs(&name))
}

/// Words, one more than how many of them tell something, and the text of a mention as a name.
fn candidate(document: &Document, layers: &Layers, span: Span) -> (usize, usize, String) {
    let mut tokens = layers.tokens_in(span);
    while tokens.len() > 1 && LEADING.contains(&layers.lower(tokens.start)) {
        tokens.start += 1;
    }
    tokens.end = cut(layers, &tokens);
    let mut text = String::new();
    let mut told = 1;
    let mut last: Option<usize> = None;
    for token in tokens.clone() {
        let here = &layers.tokens[token];
        if last.is_some_and(|end| end < here.span.from()) {
            text.push(' ');
        }
        last = Some(here.span.to());
        let tag = &layers.tags[token];
        let meant = (tag.pos == Pos::Possessive)
            .then(|| owner(layers, token))
            .flatten();
        told += usize::from(matches!(
            tag.pos,
            Pos::Noun | Pos::Proper | Pos::Verb | Pos::Adjective | Pos::Number
        ));
        if let Some(owner) = meant {
            told += 1;
            text.push_str(owner);
            text.push_str(if owner.ends_with('s') { "’" } else { "’s" });
        } else if token == tokens.start && opens(layers, token) {
            text.push_str(&here.lower);
        } else {
            text.push_str(here.span.of(&document.text));
        }
    }
    (tokens.len(), told, one_line(&text))
}

/// Whether a word has its capital only because a sentence begins with it.
fn opens(layers: &Layers, token: usize) -> bool {
    let tag = &layers.tags[token];
    let here = &layers.tokens[token];
    let sentence = layers.sentence_of(token);
    let first = sentence.is_some_and(|s| layers.sentence_tokens[s].start == token);
    let named = layers.mentions_from(token..token + 1).next().is_some();
    first && here.capital && !here.all_caps && tag.pos != Pos::Proper && !named
}

/// Whom a possessive means.
fn owner(layers: &Layers, token: usize) -> Option<&str> {
    let placed = layers.mentions_in(token..token + 1).next()?;
    let entity = layers.entities.get(placed.entity.index())?;
    Some(&entity.name)
}

/// Where a long name is cut: before the last circumstance that lets it be short.
fn cut(layers: &Layers, tokens: &std::ops::Range<usize>) -> usize {
    let mut end = tokens.end;
    let clause = |pos: Pos| matches!(pos, Pos::Subordinator | Pos::Relative);
    let phrase = |pos: Pos| matches!(pos, Pos::Preposition | Pos::To | Pos::Conjunction);
    while end - tokens.start > WORDS {
        let inner = tokens.start + 2..end;
        let clause = inner
            .clone()
            .find(|t| clause(layers.tags[*t].pos) || layers.lower(*t) == ",");
        let phrase = || inner.clone().rev().find(|t| phrase(layers.tags[*t].pos));
        end = match clause.or_else(phrase) {
            Some(bound) => bound,
            None => tokens.start + WORDS,
        };
    }
    let hangs = |t: usize| {
        let pos = layers.tags[t].pos;
        clause(pos)
            || phrase(pos)
            || matches!(pos, Pos::Auxiliary | Pos::Modal | Pos::Determiner)
            || layers.lower(t) == "so"
            || !layers.tokens[t].is_word()
    };
    while end < tokens.end && end > tokens.start + 1 && hangs(end - 1) {
        end -= 1;
    }
    end
}

/// Drops double quotation marks that have no partner, and a closing single one after a word that
/// nothing opened.
fn without_half_pairs(words: &str) -> String {
    let count = |marks: &[char]| words.matches(marks).count();
    let paired = count(&['"']) % 2 == 0 && count(&['“']) == count(&['”']);
    let mut out = String::with_capacity(words.len());
    let mut open = false;
    let mut chars = words.char_indices().peekable();
    let mut last = ' ';
    while let Some((_, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, c)| *c);
        let dropped = match c {
            '"' | '“' | '”' => !paired,
            '\'' | '‘' if !last.is_alphanumeric() => {
                open = next.is_alphanumeric();
                !open
            }
            '\'' | '’' if last.is_alphanumeric() && !next.is_alphanumeric() => {
                // "voters' choice" owns; "ironclad' ban" closes what stands before the words.
                let owns = last == 's' && !open;
                let closes = open;
                open = false;
                !owns && !closes
            }
            _ => false,
        };
        if !dropped {
            out.push(c);
        }
        last = c;
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_name_has_no_half_pair_of_marks() {
        for (words, name) in [
            ("Ironclad' Ban on X", "Ironclad Ban on X"),
            (
                "consequences\" for such moves",
                "consequences for such moves",
            ),
            ("an 'ironclad' ban", "an 'ironclad' ban"),
            ("the voters' choice", "the voters' choice"),
            ("Ukraine's “core” aim", "Ukraine's “core” aim"),
        ] {
            assert_eq!(super::without_half_pairs(words), name);
        }
    }
}
