//! What the scores of the network say: names with their types and kinds, parts of speech, a tree
//! for every sentence, and what is quoted.

use std::ops::Range;
use std::sync::Arc;

use super::chain::{Chain, log_sum};
use super::file::{About, damaged};
use super::grammar::{Relation, Upos, Word};
use super::network::{Network, Rows, Scores};
use super::tree::Arcs;
use super::window::Window;
use crate::base::Result;
use crate::model::{Conll, EntityKind};

/// The score of a label that no kind folds to.
const NEVER: f32 = -30.0;

/// A name as the encoder reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct EncodedName {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its type of the four.
    pub conll: Conll,
    /// Its kind.
    pub kind: EntityKind,
    /// How likely exactly this span is a name of this type, 0 to 1.
    pub confidence: f32,
}

/// What a quoted span is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuotePart {
    /// What is said.
    Content,
    /// The words that report it.
    Cue,
    /// Who says it.
    Source,
}

/// A span that has to do with quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it is.
    pub part: QuotePart,
    /// How likely exactly this span is, 0 to 1.
    pub confidence: f32,
}

/// What the encoder says of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Encoded {
    /// Names in order; none crosses a sentence.
    pub names: Vec<EncodedName>,
    /// How likely each token is part of a name, 0 to 1.
    pub named: Vec<f32>,
    /// One word a token.
    pub words: Vec<Word>,
    /// Spans of quotation, by what they are, then in order.
    pub quoted: Vec<Quoted>,
    /// The vectors of the tokens, one row a token; none of a document of more than `KEPT` words.
    pub vectors: Rows,
}

/// The most words of a document whose vectors are kept: what is asked of a sentence later costs
/// 1.5 KB a word.
pub const KEPT: usize = 8000;

impl Encoded {
    /// The vectors of a range of tokens; `None` where they were not kept.
    pub fn vectors(&self, tokens: &Range<usize>) -> Option<Rows> {
        let width = self.vectors.width;
        let numbers = self
            .vectors
            .numbers
            .get(tokens.start * width..tokens.end * width)?;
        (!numbers.is_empty()).then(|| Rows {
            width,
            numbers: numbers.to_vec(),
        })
    }

    /// What the parser says of a token.
    pub fn word(&self, token: usize) -> Option<&Word> {
        self.words.get(token)
    }
}

/// The label inventories and weights of a model.
pub struct Decoder {
    conll: (Chain, Vec<Conll>),
    kinds: Vec<EntityKind>,
    content: Chain,
    source: (Chain, Vec<QuotePart>),
    upos: Vec<Upos>,
    relations: Vec<Relation>,
    /// The weight of the four-type head for names, the rest being the kind head's.
    share: f32,
}

impl Decoder {
    /// The decoder of a model.
    ///
    /// # Errors
    /// It has labels this program does not know.
    pub fn new(about: &About) -> Result<Self> {
        fn known<T>(names: &[String], from_name: fn(&str) -> Option<T>) -> Result<Vec<T>> {
            let known = names.iter().map(|name| {
                from_name(name).ok_or_else(|| damaged(format!("has an unknown label {name:?}")))
            });
            known.collect()
        }
        let tags = &about.tags;
        let (conll, types) = tags.conll.chain()?;
        let (_, kinds) = tags.kind.chain()?;
        let (content, _) = tags.content.chain()?;
        let (source, parts) = tags.source.chain()?;
        let part = |name: &str| match name {
            "cue" => Some(QuotePart::Cue),
            "source" => Some(QuotePart::Source),
            _ => None,
        };
        let relations = known(&about.relations, Relation::from_name)?;
        if relations.first() != Some(&Relation::Root) {
            return Err(damaged("has relations that do not open with the root's"));
        }
        Ok(Self {
            conll: (conll, known(&types, Conll::from_name)?),
            kinds: known(&kinds, EntityKind::from_name)?,
            content,
            source: (source, known(&parts, part)?),
            upos: known(&tags.upos.labels, Upos::from_name)?,
            relations,
            share: match about.names.decode.as_str() {
                "blend" => about.names.share.clamp(0.0, 1.0),
                "kind" => 0.0,
                _ => 1.0,
            },
        })
    }

    /// The same, reading names from the four-type head alone.
    #[cfg(test)]
    pub fn of_four_types(mut self) -> Self {
        self.share = 1.0;
        self
    }

    /// Reads the scores of the next sentences of a document, and appends what they say. `scores` has
    /// for every window its batch and first row.
    ///
    /// # Errors
    /// The engine refuses the pairs of words.
    pub fn decode(
        &self,
        network: &dyn Network,
        sentences: &[Vec<&str>],
        windows: &[Window],
        scores: &[(Arc<Scores>, usize)],
        out: &mut Encoded,
    ) -> Result<()> {
        let before = out.words.len();
        let words = sentences.iter().map(Vec::len).sum();
        // The rows of all words in order: batch and place in it.
        let mut rows: Vec<(&Scores, usize)> = Vec::with_capacity(words);
        for (window, (batch, first)) in windows.iter().zip(scores) {
            rows.extend((0..window.firsts.len()).map(|n| (&**batch, first + n)));
        }
        let (mut dependents, mut heads) = (Rows::default(), Rows::default());
        for sentence in sentences {
            let start = out.words.len();
            let here = start - before;
            let Some(rows) = rows.get(here..here + sentence.len()) else {
                return Err(damaged("gives too few rows"));
            };
            self.names(rows, start, out);
            if out.words.len() < KEPT {
                for (batch, row) in rows {
                    out.vectors.push(batch.hidden.row(*row));
                }
            } else {
                out.vectors = Rows::default();
            }
            for (n, (head, confidence)) in tree(rows).into_iter().enumerate() {
                let (batch, row) = rows[n];
                if let Some(head) = head {
                    dependents.push(batch.dependent.row(row));
                    let (batch, row) = rows[head];
                    heads.push(batch.head.row(row));
                }
                let upos = top(batch.upos.row(row).iter().copied()).0;
                out.words.push(Word {
                    upos: self.upos.get(upos).copied().unwrap_or(Upos::Other),
                    head: head.map(|h| start + h),
                    relation: Relation::Root,
                    confidence,
                });
            }
        }
        self.relations(network, dependents, heads, &mut out.words[before..])?;
        self.quoted(windows, scores, before, &mut out.quoted);
        Ok(())
    }

    /// The names of one sentence.
    fn names(&self, rows: &[(&Scores, usize)], start: usize, out: &mut Encoded) {
        let (chain, types) = &self.conll;
        let mut emitted = Vec::with_capacity(rows.len() * chain.labels());
        for (batch, row) in rows {
            let own = batch.conll.row(*row);
            if self.share >= 1.0 {
                emitted.extend(own);
            } else {
                let folded = self.folded(batch.kind.row(*row));
                let own = normal(own);
                emitted.extend(
                    own.zip(folded)
                        .map(|(o, f)| self.share * o + (1.0 - self.share) * f),
                );
            }
        }
        let (found, named) = chain.spans(&emitted);
        out.named.extend(named);
        for found in found {
            let Some(&conll) = types.get(found.kind) else {
                continue;
            };
            out.names.push(EncodedName {
                kind: self.kind(&rows[found.words.clone()], conll),
                tokens: start + found.words.start..start + found.words.end,
                conll,
                confidence: found.confidence,
            });
        }
    }

    /// Log shares of the kind head's labels, folded to those of the four types.
    fn folded(&self, kinds: &[f32]) -> Vec<f32> {
        let (chain, types) = &self.conll;
        let mut out = vec![NEVER; chain.labels()];
        for (label, score) in normal(kinds).enumerate() {
            let Some(kind) = label.checked_sub(1) else {
                out[0] = score;
                continue;
            };
            let conll = self.kinds.get(kind / 2).map(|k| Conll::of(*k));
            if let Some(at) = types.iter().position(|t| Some(*t) == conll) {
                let at = 1 + 2 * at + kind % 2;
                out[at] = log_sum([out[at], score].into_iter());
            }
        }
        out
    }

    /// The kind of a name: the likeliest of those that its type can be.
    fn kind(&self, rows: &[(&Scores, usize)], conll: Conll) -> EntityKind {
        let score = |kind: usize| {
            let label = |n: usize| 1 + 2 * kind + usize::from(n > 0);
            rows.iter()
                .enumerate()
                .map(|(n, (batch, row))| batch.kind.row(*row).get(label(n)).unwrap_or(&NEVER))
                .sum::<f32>()
        };
        let fits = |kind: &usize| Conll::of(self.kinds[*kind]) == conll;
        let best = (0..self.kinds.len())
            .filter(fits)
            .map(|k| (k, score(k)))
            .max_by(|a, b| a.1.total_cmp(&b.1));
        best.map_or(EntityKind::Other, |(k, _)| self.kinds[k])
    }

    /// Labels the arcs of all words but the roots.
    fn relations(
        &self,
        network: &dyn Network,
        dependents: Rows,
        heads: Rows,
        words: &mut [Word],
    ) -> Result<()> {
        if dependents.is_empty() {
            return Ok(());
        }
        let scores = network.relations(dependents, heads)?;
        let hanging = words.iter_mut().filter(|w| w.head.is_some());
        for (n, word) in hanging.enumerate() {
            let row = scores.row(n);
            // The first is the root's.
            let (at, best) = top(row.iter().skip(1).copied());
            word.relation = *self.relations.get(at + 1).unwrap_or(&Relation::Unclear);
            let all = log_sum(row.iter().skip(1).copied());
            word.confidence *= (best - all).exp().clamp(0.0, 1.0);
        }
        Ok(())
    }

    /// The spans of quotation: content, cue and source go on over the ends of sentences.
    fn quoted(
        &self,
        windows: &[Window],
        scores: &[(Arc<Scores>, usize)],
        mut start: usize,
        out: &mut Vec<Quoted>,
    ) {
        let (source, parts) = &self.source;
        for (window, (batch, first)) in windows.iter().zip(scores) {
            let words = window.firsts.len();
            let part = |rows: &Rows| {
                let (from, to) = (first * rows.width, (first + words) * rows.width);
                rows.numbers.get(from..to).unwrap_or_default().to_vec()
            };
            let mut push = |found: super::chain::Found, part| {
                out.push(Quoted {
                    tokens: start + found.words.start..start + found.words.end,
                    part,
                    confidence: found.confidence,
                });
            };
            for found in self.content.spans(&part(&batch.content)).0 {
                push(found, QuotePart::Content);
            }
            for found in source.spans(&part(&batch.source)).0 {
                let part = parts.get(found.kind).copied();
                push(found, part.unwrap_or(QuotePart::Cue));
            }
            start += words;
        }
    }
}

/// Head of every word of a sentence, with how sure it is; `None` for the root.
fn tree(rows: &[(&Scores, usize)]) -> Vec<(Option<usize>, f32)> {
    let mut arcs = Arcs::new(rows.len());
    let number = |rows: &Rows, at: usize| rows.row(at).first().copied().unwrap_or(0.0);
    for (n, (batch, row)) in rows.iter().enumerate() {
        let query = batch.query.row(*row);
        arcs.set(n + 1, 0, f64::from(number(&batch.root, *row)));
        for (m, (other, at)) in rows.iter().enumerate() {
            let key = other.key.row(*at);
            let product: f32 = query.iter().zip(key).map(|(q, k)| q * k).sum();
            let score = product + number(&other.bias, *at);
            arcs.set(n + 1, m + 1, f64::from(score));
        }
    }
    let scores = arcs.clone();
    let heads = arcs.tree();
    (1..=rows.len())
        .map(|node| {
            let others = (0..=rows.len()).filter(|h| *h != node);
            let all = log_sum(others.map(|h| scores.get(node, h) as f32));
            let sure = (scores.get(node, heads[node]) as f32 - all).exp();
            let sure = if sure.is_nan() {
                0.0
            } else {
                sure.clamp(0.0, 1.0)
            };
            (heads[node].checked_sub(1), sure)
        })
        .collect()
}

/// Scores as log shares.
fn normal(scores: &[f32]) -> impl Iterator<Item = f32> {
    let all = log_sum(scores.iter().copied());
    scores.iter().map(move |s| s - all)
}

/// Place and value of the greatest; the first of several.
fn top(values: impl Iterator<Item = f32>) -> (usize, f32) {
    let first = (0, f32::NEG_INFINITY);
    values
        .enumerate()
        .fold(first, |best, (n, v)| if v > best.1 { (n, v) } else { best })
}
