//! Subjects and complements: which noun phrase a verb group belongs to, and how far what follows
//! it reaches. Walks over chunks of one sentence; answers nothing where it cannot tell.

use super::Pos;
use super::chunk::{Chunk, VerbForm};

/// The noun phrase (by index into `chunks`) that is the subject of the verb group at `at`, walking
/// left over prepositional phrases, lists, and what stands between paired commas.
pub fn subject(chunks: &[Chunk], at: usize) -> Option<usize> {
    let form = chunks.get(at)?.form()?;
    if let VerbForm::Infinitive | VerbForm::Ing = form {
        // "with leaders pushing for peace", "judges handling lawsuits"
        if form == VerbForm::Ing && at > 0 && chunks[at - 1].is_noun() {
            return Some(at - 1);
        }
        return governor(chunks, at)
            .and_then(|g| subject(chunks, g))
            .or_else(|| (at > 0 && chunks[0].is_noun()).then_some(0));
    }
    if form == VerbForm::Participle {
        if at > 0 && chunks[at - 1].is(Pos::Comma) {
            return governor(chunks, at).and_then(|g| subject(chunks, g));
        }
        return (0..at).rev().find(|i| chunks[*i].is_noun());
    }
    walk(chunks, at)
}

/// The verb group that governs the one at `at`: the nearest finite one on its left.
fn governor(chunks: &[Chunk], at: usize) -> Option<usize> {
    (0..at)
        .rev()
        .take_while(|i| !chunks[*i].is(Pos::Relative) && !semicolon(&chunks[*i]))
        .find(|i| chunks[*i].form() == Some(VerbForm::Finite))
}

fn semicolon(chunk: &Chunk) -> bool {
    chunk.is(Pos::Sign)
}

fn walk(chunks: &[Chunk], at: usize) -> Option<usize> {
    let mut i = at;
    let mut best = None;
    // The object of an infinitive or gerund, taken where nothing better stands on its left.
    let mut object = None;
    while i > 0 {
        i -= 1;
        let chunk = &chunks[i];
        if chunk.is_noun() {
            match i.checked_sub(1).map(|p| &chunks[p]) {
                // A list: go on to its first member.
                Some(p) if p.is(Pos::Conjunction) || p.is(Pos::Comma) => {
                    let before = i.checked_sub(2).map(|b| &chunks[b]);
                    let listed =
                        before.is_some_and(|b| b.is_noun() || b.is(Pos::Comma) || b.is(Pos::Close));
                    let own_verb = finite_before(chunks, i);
                    if p.is(Pos::Conjunction) && listed && !own_verb {
                        best = best.or(Some(i));
                        i -= 1;
                        if i > 0 && chunks[i - 1].is(Pos::Comma) {
                            i -= 1;
                        }
                        continue;
                    }
                    if p.is(Pos::Comma) && best.is_some() && listed {
                        i -= 1;
                        continue;
                    }
                    return Some(i);
                }
                Some(p) if p.is(Pos::Preposition) => {
                    i -= 1;
                    best = None;
                }
                Some(p) if matches!(p.form(), Some(VerbForm::Infinitive | VerbForm::Ing)) => {
                    object = object.or(Some(i));
                    i -= 1;
                    best = None;
                }
                _ => return Some(i),
            }
        } else if chunk.is(Pos::Comma)
            || chunk.is(Pos::Sign)
            || chunk.is(Pos::Close) && best.is_none()
        {
            // "Strada, a widow, said": jump to the comma that pairs with this one.
            let pair = (0..i)
                .rev()
                .find(|j| chunks[*j].is(Pos::Comma) || semicolon(&chunks[*j]));
            match pair {
                Some(j) if j > 0 && !chunk.is(Pos::Close) && !clause_start(chunks, j, i) => i = j,
                _ => return best.or(object),
            }
        } else if chunk.is(Pos::Relative) {
            return best.or_else(|| (0..i).rev().find(|j| chunks[*j].is_noun()));
        } else if chunk.is(Pos::Conjunction) {
            // A second verb of the same subject.
            if let Some(best) = best {
                return Some(best);
            }
            let verb = (0..i)
                .rev()
                .find(|j| chunks[*j].form() == Some(VerbForm::Finite))?;
            return walk(chunks, verb);
        } else if chunk.is(Pos::Subordinator) {
            return best.or(object);
        } else if let Some(form) = chunk.form()
            && form == VerbForm::Finite
        {
            return best.or(object);
        }
    }
    best.or(object)
}

/// Whether a finite verb with the noun phrase at `at` on its right stands before it in its clause.
fn finite_before(chunks: &[Chunk], at: usize) -> bool {
    (0..at)
        .rev()
        .take_while(|i| {
            !chunks[*i].is(Pos::Subordinator)
                && !chunks[*i].is(Pos::Relative)
                && !semicolon(&chunks[*i])
        })
        .any(|i| chunks[i].form() == Some(VerbForm::Finite))
}

/// Whether a clause with its own subordinator starts between two commas at the sentence's start:
/// then they do not enclose an apposition.
fn clause_start(chunks: &[Chunk], from: usize, to: usize) -> bool {
    chunks[from + 1..to].first().is_some_and(Chunk::is_verb)
        && chunks[from + 1..to]
            .iter()
            .any(|c| c.form() == Some(VerbForm::Finite))
}

/// Index of the chunk after the complement that starts at `from`: up to the end of the clause.
pub fn complement_end(chunks: &[Chunk], from: usize) -> usize {
    let mut i = from;
    while i < chunks.len() {
        let chunk = &chunks[i];
        let stop = chunk.is(Pos::Comma)
            || chunk.is(Pos::Sign)
            || chunk.is(Pos::Subordinator)
            || chunk.is(Pos::Relative)
            || (i > from && chunk.form() == Some(VerbForm::Finite));
        if stop {
            break;
        }
        if chunk.is(Pos::Conjunction)
            && chunks.get(i + 1).is_some_and(|n| {
                n.form() == Some(VerbForm::Finite)
                    || n.is_noun()
                        && chunks
                            .get(i + 2)
                            .is_some_and(|v| v.form() == Some(VerbForm::Finite))
            })
        {
            break;
        }
        i += 1;
    }
    i
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing;

    fn subject_of(text: &str, verb: &str) -> String {
        let document = testing::paragraph(text);
        let layers = testing::layers(&document);
        let at = layers
            .chunks
            .iter()
            .position(|c| c.is_verb() && layers.span(&c.tokens).of(text) == verb)
            .unwrap();
        subject(&layers.chunks, at)
            .map(|i| layers.span(&layers.chunks[i].tokens).of(text).to_owned())
            .unwrap_or_default()
    }

    #[test]
    fn prepositional_phrases_are_no_subjects() {
        assert_eq!(
            subject_of(
                "Leaders from the United Kingdom, France, and Australia appear open to talks.",
                "appear"
            ),
            "Leaders"
        );
        assert_eq!(
            subject_of("The ban on tolls angered drivers.", "angered"),
            "The ban"
        );
    }

    #[test]
    fn an_apposition_between_commas_is_stepped_over() {
        assert_eq!(
            subject_of("Strada, a widow, praised the bill.", "praised"),
            "Strada"
        );
    }

    #[test]
    fn a_second_verb_shares_its_subject() {
        assert_eq!(
            subject_of("Macron backed the plan and rejected the ban.", "rejected"),
            "Macron"
        );
    }
}
