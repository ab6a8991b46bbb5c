//! Names that the encoder is sure of, found again where it saw none.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Name, Spelled, key, kind};
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::gazetteer::Entry;
use crate::annotate::syntax::is_title_case;
use crate::model::{Conll, Document, EntityKind};

/// From here on a name is looked for in the rest of the document.
const SURE: f32 = 0.8;
/// How sure a name is that was found again.
pub(super) const AGAIN: f32 = 0.85;
/// The most words of a name that is looked for again.
const LONGEST: usize = 6;

/// A name that is known from elsewhere in the document.
struct Known {
    kind: EntityKind,
    entry: Option<&'static Entry>,
    conll: Option<Conll>,
    /// As it is written, with its capitals.
    written: Vec<bool>,
    /// Whether it is the head of a longer name and one only after an article: "the Ministry".
    head: bool,
}

/// Finds sure names again where the encoder saw none: in running text written alike, in headlines
/// however they are written.
pub(super) fn find(document: &Document, layers: &Layers, spelled: &Spelled, names: &mut Vec<Name>) {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let capitals = |tokens: &Range<usize>| -> Vec<bool> {
        tokens.clone().map(|t| layers.tokens[t].capital).collect()
    };
    let mut taken = vec![false; layers.tokens.len()];
    for name in names.iter() {
        for token in name.tokens.clone() {
            taken[token] = true;
        }
        if name.confidence < SURE || name.tokens.len() > LONGEST || name.conll.is_none() {
            continue;
        }
        let mut learn = |tokens: Range<usize>, entry, head| {
            let written = capitals(&tokens);
            let any = layers
                .span(&tokens)
                .of(&document.text)
                .contains(char::is_uppercase);
            if any && layers.tokens[tokens.start].lower.chars().count() > 1 {
                let (kind, conll) = (name.kind, name.conll);
                known.entry(key(layers, &tokens)).or_insert(Known {
                    kind,
                    entry,
                    conll,
                    written,
                    head,
                });
            }
        };
        learn(name.tokens.clone(), name.entry, false);
        let last = name.tokens.end - 1;
        if name.kind == EntityKind::Person && name.tokens.len() > 1 {
            learn(last..name.tokens.end, None, false);
        }
        let headed = kind::by_head(layers.lower(last)) == Some(EntityKind::Organization);
        if name.kind == EntityKind::Organization && name.tokens.len() > 1 && headed {
            learn(last..name.tokens.end, None, true);
        }
    }
    if known.is_empty() {
        return;
    }
    for sentence in &layers.sentence_tokens {
        let headline = is_title_case(&layers.tokens[sentence.clone()]);
        let mut at = sentence.start;
        while at < sentence.end {
            let free = |end: usize| (at..end).all(|t| !taken[t]);
            let found = (at + 1..=sentence.end.min(at + LONGEST))
                .rev()
                .find_map(|end| {
                    let known = known.get(&key(layers, &(at..end))).filter(|_| free(end))?;
                    let alike = known.written == capitals(&(at..end));
                    // A word at the start of a sentence has its capital from there.
                    let plain = end == at + 1
                        && super::starts_sentence(layers, at)
                        && (!spelled.capital.contains(&layers.tokens[at].lower)
                            || spelled.lower.contains(&layers.tokens[at].lower));
                    let shouted = layers.tokens[at].capital && headline;
                    let article = at > sentence.start && layers.lower(at - 1) == "the";
                    let fits = if known.head {
                        alike && article && !headline
                    } else {
                        shouted || alike && !plain
                    };
                    fits.then_some((end, known))
                });
            let Some((end, known)) = found else {
                at += 1;
                continue;
            };
            names.push(Name {
                tokens: at..end,
                kind: known.kind,
                entry: known.entry,
                conll: known.conll,
                title: None,
                rule: "encoder:again".into(),
                confidence: AGAIN,
            });
            at = end;
        }
    }
}
