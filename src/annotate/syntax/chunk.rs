//! Chunks: noun phrases with their head, verb groups with negation, modality and voice, and the
//! words between them.

use std::ops::Range;

use super::{Pos, Tag};
use crate::annotate::lexicon::words::Inflection;

/// Form of a verb group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerbForm {
    /// Has a subject of its own: "has declared".
    Finite,
    /// "to bar".
    Infinitive,
    /// "warning" without a form of be.
    Ing,
    /// "promoted" after a noun.
    Participle,
}

/// What a chunk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChunkKind {
    /// Noun phrase without what follows its head.
    Noun,
    /// Verb group.
    Verb {
        /// Its form.
        form: VerbForm,
        /// Whether an odd number of negations stands in it.
        negated: bool,
        /// Whether it is passive.
        passive: bool,
        /// Whether its head is a form of be.
        copula: bool,
        /// Token of the modal verb.
        modal: Option<usize>,
    },
    /// Any other single token, by its part of speech.
    Other(Pos),
}

/// A chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// What it is.
    pub kind: ChunkKind,
    /// Its tokens, by position in the document.
    pub tokens: Range<usize>,
    /// Head token.
    pub head: usize,
}

impl Chunk {
    /// Whether it is a noun phrase.
    pub fn is_noun(&self) -> bool {
        self.kind == ChunkKind::Noun
    }

    /// Whether it is a verb group.
    pub fn is_verb(&self) -> bool {
        matches!(self.kind, ChunkKind::Verb { .. })
    }

    /// Whether it is a single token of this part of speech.
    pub fn is(&self, pos: Pos) -> bool {
        self.kind == ChunkKind::Other(pos)
    }

    /// The form of a verb group.
    pub fn form(&self) -> Option<VerbForm> {
        match self.kind {
            ChunkKind::Verb { form, .. } => Some(form),
            _ => None,
        }
    }
}

/// Appends the chunks of one sentence whose first token is `base`.
pub fn chunk(tags: &[Tag], base: usize, out: &mut Vec<Chunk>) {
    let mut at = 0;
    while at < tags.len() {
        let (kind, end, head) = noun(tags, at).or_else(|| verb(tags, at)).unwrap_or((
            ChunkKind::Other(tags[at].pos),
            at + 1,
            at,
        ));
        let kind = placed(kind, base);
        out.push(Chunk {
            kind,
            tokens: base + at..base + end,
            head: base + head,
        });
        at = end;
    }
}

/// The kind with its modal counted from the start of the document.
fn placed(kind: ChunkKind, base: usize) -> ChunkKind {
    match kind {
        ChunkKind::Verb {
            form,
            negated,
            passive,
            copula,
            modal,
        } => ChunkKind::Verb {
            form,
            negated,
            passive,
            copula,
            modal: modal.map(|m| m + base),
        },
        other => other,
    }
}

fn nominal(pos: Pos) -> bool {
    matches!(pos, Pos::Noun | Pos::Proper | Pos::Number | Pos::Adjective)
}

/// End of a short quotation inside a noun phrase: `"ironclad"` in `an "ironclad" guarantee`.
fn quoted(tags: &[Tag], at: usize) -> Option<usize> {
    let close = (at + 1..tags.len().min(at + 6)).find(|i| tags[*i].pos == Pos::Close)?;
    let inside = close > at + 1
        && tags[at + 1..close]
            .iter()
            .all(|t| nominal(t.pos) || t.pos == Pos::PossessiveMark);
    inside.then_some(close)
}

fn noun(tags: &[Tag], start: usize) -> Option<(ChunkKind, usize, usize)> {
    if tags[start].pos == Pos::Pronoun {
        return Some((ChunkKind::Noun, start + 1, start));
    }
    let mut at = start;
    let mut head = None;
    let mut any = false;
    while at < tags.len() {
        match tags[at].pos {
            Pos::Determiner | Pos::Possessive if head.is_none() => at += 1,
            Pos::Noun | Pos::Proper | Pos::Number => {
                head = Some(at);
                at += 1;
            }
            Pos::Adjective => {
                // An adjective after a noun starts something new: "remains firm", "families happy".
                if head.is_some_and(|h| h + 1 == at && tags[h].pos == Pos::Noun)
                    && !tags
                        .get(at + 1)
                        .is_some_and(|t| matches!(t.pos, Pos::Noun | Pos::Proper))
                {
                    break;
                }
                any = true;
                at += 1;
            }
            Pos::PossessiveMark if head.is_some() => {
                head = None;
                any = true;
                at += 1;
            }
            // "recently elected leader", "very large group": adverbs only before an adjective.
            Pos::Adverb
                if head.is_none()
                    && at > start
                    && tags.get(at + 1).is_some_and(|t| t.pos == Pos::Adjective) =>
            {
                at += 1;
            }
            Pos::Open => match quoted(tags, at) {
                Some(close)
                    if tags.get(close + 1).is_some_and(|t| nominal(t.pos))
                        || (at > start && head.is_none()) =>
                {
                    if !tags.get(close + 1).is_some_and(|t| nominal(t.pos)) {
                        head = Some(close - 1);
                    }
                    any = true;
                    at = close + 1;
                }
                _ => break,
            },
            _ => break,
        }
    }
    if head.is_none() && !any && at == start {
        return None;
    }
    let only_adjective = head.is_none()
        && tags[start..at]
            .iter()
            .all(|t| matches!(t.pos, Pos::Adjective | Pos::Adverb));
    if only_adjective || at == start {
        return None;
    }
    let head = head.unwrap_or(at - 1);
    Some((ChunkKind::Noun, at, head))
}

fn verb(tags: &[Tag], start: usize) -> Option<(ChunkKind, usize, usize)> {
    let mut at = start;
    let mut negations = 0;
    let (mut to, mut modal, mut auxiliary, mut main) = (false, None, None, None);
    while at < tags.len() {
        match tags[at].pos {
            Pos::Negation => negations += 1,
            Pos::Adverb if at > start => {}
            Pos::To if !to && auxiliary.is_none() && modal.is_none() => to = true,
            Pos::Modal if modal.is_none() && auxiliary.is_none() => modal = Some(at),
            Pos::Auxiliary => auxiliary = Some(at),
            Pos::Verb => {
                main = Some(at);
                at += 1;
                break;
            }
            _ => break,
        }
        at += 1;
    }
    let last = main.or(auxiliary).or(modal)?;
    let end = if main.is_some() { at } else { last + 1 };
    if tags[start].pos == Pos::Adverb {
        return None;
    }
    let inflection = tags[last].inflection;
    let be = auxiliary.is_some_and(|a| matches!(&*tags[a].lemma, "be" | "get"));
    let participle = matches!(
        inflection,
        Some(Inflection::Participle | Inflection::PastOrParticiple)
    );
    let form = if to {
        VerbForm::Infinitive
    } else if modal.is_some() || auxiliary.is_some_and(|a| &*tags[a].lemma != "being") {
        VerbForm::Finite
    } else {
        match inflection {
            Some(Inflection::Ing) => VerbForm::Ing,
            Some(Inflection::Participle) => VerbForm::Participle,
            // "the bill known as", "a policy promoted by": no subject of its own.
            Some(Inflection::PastOrParticiple) if reduced(tags, start, end) => VerbForm::Participle,
            _ => VerbForm::Finite,
        }
    };
    let kind = ChunkKind::Verb {
        form,
        negated: negations % 2 == 1,
        passive: (be && main.is_some() && participle) || form == VerbForm::Participle,
        copula: main.is_none() && be
            || main.is_some_and(|m| {
                matches!(&*tags[m].lemma, "remain" | "seem" | "appear" | "become")
            }),
        modal,
    };
    Some((kind, end, last))
}

/// Whether a bare participle at `start..end` modifies the noun before it.
fn reduced(tags: &[Tag], start: usize, end: usize) -> bool {
    let before = start.checked_sub(1).map(|i| tags[i].pos);
    let by = tags
        .get(end)
        .is_some_and(|t| matches!(&*t.lemma, "by" | "as"));
    match before {
        Some(Pos::Comma | Pos::Noun | Pos::Proper) if by => true,
        Some(Pos::Comma) => false,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing;

    fn chunks(text: &str) -> Vec<(String, bool)> {
        let document = testing::paragraph(text);
        let layers = testing::layers(&document);
        layers
            .chunks
            .iter()
            .filter(|c| c.is_noun() || c.is_verb())
            .map(|c| (layers.span(&c.tokens).of(text).to_owned(), c.is_verb()))
            .collect()
    }

    #[test]
    fn noun_phrases_keep_quoted_words_and_possessors() {
        let found = chunks("Moscow is seeking an \"ironclad\" guarantee to bar Ukraine's entry.");
        let words: Vec<&str> = found.iter().map(|(w, _)| w.as_str()).collect();
        assert_eq!(
            words,
            [
                "Moscow",
                "is seeking",
                "an \"ironclad\" guarantee",
                "to bar",
                "Ukraine's entry"
            ]
        );
    }

    #[test]
    fn negation_and_voice_are_part_of_the_verb_group() {
        let document = testing::paragraph("The bill was not signed.");
        let layers = testing::layers(&document);
        let verb = layers.chunks.iter().find(|c| c.is_verb()).unwrap();
        assert!(matches!(
            verb.kind,
            ChunkKind::Verb {
                negated: true,
                passive: true,
                ..
            }
        ));
    }
}
