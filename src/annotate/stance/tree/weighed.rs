//! Where the rules found nothing and the model is sure: the tone of a quoted speaker toward those of
//! whom a clause speaks, shown by the word of the clause that judges.

use std::ops::Range;

use super::{Tree, claim};
use crate::annotate::encoder::{Ask, Encoder, Relation, Upos};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::State;
use crate::annotate::stance::holder::Holder;
use crate::base::{EntityId, EntityKind};
use crate::model::{MentionForm, Party};

/// How sure the model must be of the tone of a quoted speaker.
const TONE: f32 = 0.9;

/// Somebody named in a sentence.
struct Named {
    entity: EntityId,
    tokens: Range<usize>,
    head: usize,
}

/// Adds the tone of quoted speakers toward those they name.
pub(in crate::annotate::stance) fn speakers(tree: &Tree, encoder: &Encoder, found: &mut Found) {
    let mut asked: Vec<(Holder, Named)> = Vec::new();
    for named in named(tree) {
        let clause = tree.head(named.head).unwrap_or(named.head);
        let Some(holder) = claim::speakers(tree, clause)
            .0
            .into_iter()
            .next()
            .filter(|_| !tree.scene.around(named.head).is_empty())
            .filter(|h| h.party != Party::Editor && h.party != Party::Entity(named.entity))
        else {
            continue;
        };
        let known = found
            .frames
            .iter()
            .any(|f| f.holder == holder.party && f.entity == Some(named.entity));
        if !known {
            asked.push((holder, named));
        }
    }
    let asks: Vec<Ask> = asked
        .iter()
        .map(|(_, named)| Ask {
            first: inside(tree, &named.tokens),
            second: 0..0,
        })
        .collect();
    for ((holder, named), view) in asked.into_iter().zip(views(tree, encoder, &asks)) {
        let [negative, _, positive] = view.toward;
        let (share, sign) = if negative > positive {
            (negative, -1)
        } else {
            (positive, 1)
        };
        // "did not discriminate": denied.
        let guessed = tree.head(named.head).is_some_and(|c| {
            tree.negated(c)
                || tree
                    .auxiliaries(c)
                    .any(|a| matches!(a, "may" | "might" | "could"))
        });
        let word = judging(tree, &named, sign).filter(|_| share >= TONE && !guessed);
        let Some(word) = word else {
            continue;
        };
        let state = State {
            holder,
            sign,
            strength: 1,
            evidence: vec![word..word + 1],
            rule: "say∘tone".to_owned(),
            confidence: share.min(0.85),
            weak: false,
        };
        tree.settle_as(&state, named.tokens, named.entity, found);
    }
}

/// The word nearest to somebody's name that judges as the tone does, in the same quotation.
fn judging(tree: &Tree, named: &Named, sign: i8) -> Option<usize> {
    let class = if sign > 0 { "good" } else { "bad" };
    // Only of whom the clause speaks.
    let clause = tree
        .head(named.head)
        .filter(|_| tree.is(named.head, Relation::Subject))?;
    let quote = tree.scene.around(named.head).first().map(|q| q.span)?;
    let range = tree.layers.tokens_in(quote);
    (range.start.max(tree.tokens.start)..range.end.min(tree.tokens.end))
        .filter(|t| {
            !matches!(tree.upos(*t), Upos::Proper | Upos::Adverb)
                && !tree.layers.tokens[*t].capital
                && tree.layers.mentions_in(*t..*t + 1).next().is_none()
                && !named.tokens.contains(t)
                && within(tree, *t, clause)
        })
        .filter(|t| sign < 0 || tree.head(*t) != Some(named.head))
        .filter(|t| {
            is_valued(class, tree.lower(*t))
                || sign < 0
                    && tree.upos(*t) == Upos::Verb
                    && (is_valued("misdeed", &tree.lemma(*t)) || is_valued("hurt", &tree.lemma(*t)))
        })
        .min_by_key(|t| t.abs_diff(named.head))
}

/// Whether a word belongs to a clause itself, not to another clause inside it.
fn within(tree: &Tree, word: usize, clause: usize) -> bool {
    let mut at = word;
    for _ in 0..8 {
        if at == clause {
            return true;
        }
        let other = tree.is(at, Relation::OpenComplement)
            && tree
                .head(at)
                .is_some_and(|h| tree.child(h, Relation::Object).is_some());
        if other
            || tree.child(at, Relation::Subject).is_some()
            || tree.child(at, Relation::Expletive).is_some()
        {
            return false;
        }
        match tree.head(at) {
            Some(head) => at = head,
            None => return false,
        }
    }
    false
}

/// People, groups and organisations that a sentence names, also by pronouns.
fn named(tree: &Tree) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::new();
    for placed in tree.layers.mentions_in(tree.tokens.clone()) {
        let holds = tree
            .layers
            .entities
            .get(placed.entity.index())
            .is_some_and(|e| {
                matches!(
                    e.kind,
                    EntityKind::Person | EntityKind::Organization | EntityKind::Group
                )
            });
        let head = placed
            .tokens
            .clone()
            .find(|t| tree.head(*t).is_none_or(|h| !placed.tokens.contains(&h)));
        let owner = |t: usize| {
            tree.children(t).iter().any(|c| {
                tree.is(*c, Relation::Case) && matches!(tree.lower(*c), "'s" | "’s" | "'" | "’")
            })
        };
        if let Some(head) =
            head.filter(|h| holds && placed.form != MentionForm::Demonym && !owner(*h))
        {
            out.push(Named {
                entity: placed.entity,
                tokens: placed.tokens.clone(),
                head,
            });
        }
    }
    out
}

fn views(tree: &Tree, encoder: &Encoder, asks: &[Ask]) -> Vec<crate::annotate::encoder::View> {
    if asks.is_empty() {
        return Vec::new();
    }
    let vectors = tree
        .layers
        .encoded
        .as_ref()
        .and_then(|e| e.vectors(&tree.tokens));
    vectors.map_or_else(Vec::new, |v| encoder.views(&v, asks).unwrap_or_default())
}

fn inside(tree: &Tree, range: &Range<usize>) -> Range<usize> {
    range.start - tree.tokens.start..range.end - tree.tokens.start
}
