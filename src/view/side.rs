//! Which side a stance is on: an issue and its ban are one thing, and whoever is for the one is
//! against the other. From that: contradictions, and how many words are given to each side.

use crate::base::Span;
use crate::model::{Annotated, Party, Polarity, Stance, Target};

/// The stances that are shown, in reading order.
pub(super) fn shown(annotated: &Annotated) -> impl Iterator<Item = &Stance> {
    let stances = annotated.stances.iter();
    stances.filter(|s| s.confidence >= Stance::FAINT)
}

/// What a target comes down to, and whether it is its ban: of two inverse issues the one that the
/// other is made of ("Ukraine joining NATO" of "a ban on Ukraine joining NATO"), or the first.
pub fn thing(target: Target, annotated: &Annotated) -> (Target, bool) {
    let Target::Issue(id) = target else {
        return (target, false);
    };
    let Some(issue) = annotated.issue(id) else {
        return (target, false);
    };
    let Some(other) = issue.inverse_of.and_then(|o| annotated.issue(o)) else {
        return (target, false);
    };
    let holds = |outer: &[Span], inner: &[Span]| {
        let within = |o: &Span| inner.iter().any(|i| o.contains(*i) && o != i);
        outer.iter().any(within)
    };
    let banned = if holds(&issue.mentions, &other.mentions) {
        true
    } else if holds(&other.mentions, &issue.mentions) {
        false
    } else {
        other.id < id
    };
    let thing = if banned { other.id } else { id };
    (Target::Issue(thing), banned)
}

/// The thing that a stance is about and the side it takes in it.
pub fn side(stance: &Stance, annotated: &Annotated) -> (Target, Polarity) {
    let (target, banned) = thing(stance.target, annotated);
    let polarity = match stance.polarity {
        Polarity::For if banned => Polarity::Against,
        Polarity::Against if banned => Polarity::For,
        other => other,
    };
    (target, polarity)
}

/// Two stances of one holder on opposite sides of one thing, the earlier first. Where somebody
/// turns several times, each turn is a pair. Sorted by the later one.
pub fn contradictions(annotated: &Annotated) -> Vec<(&Stance, &Stance)> {
    let plain: Vec<&Stance> = shown(annotated)
        .filter(|s| s.polarity != Polarity::Conditional && s.holder != Party::Unknown)
        .collect();
    let mut pairs = Vec::new();
    for (n, &later) in plain.iter().enumerate() {
        let (about, here) = side(later, annotated);
        let before = plain[..n]
            .iter()
            .rev()
            .find(|s| s.holder == later.holder && side(s, annotated).0 == about);
        if let Some(&earlier) = before
            && side(earlier, annotated).1 != here
        {
            pairs.push((earlier, later));
        }
    }
    pairs
}

/// The words given to each side of a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    /// The thing.
    pub target: Target,
    /// Words for, against, and for on a condition.
    pub words: [usize; 3],
    /// Stances for, against, and for on a condition.
    pub stances: [usize; 3],
}

/// The balance of each thing, the most disputed first: the words of the quotes that hold evidence
/// of a stance, or of its sentence where no quote does. Words that are quoted twice count once.
pub fn balances(annotated: &Annotated) -> Vec<Balance> {
    let mut things: Vec<Target> = Vec::new();
    for stance in shown(annotated) {
        let (target, _) = side(stance, annotated);
        if !things.contains(&target) {
            things.push(target);
        }
    }
    let mut out: Vec<Balance> = things
        .into_iter()
        .map(|target| {
            let of = |polarity: Polarity| {
                let sides = shown(annotated).filter(|s| side(s, annotated) == (target, polarity));
                let stances: Vec<&Stance> = sides.collect();
                let spans = stances.iter().flat_map(|s| spoken(s, annotated)).collect();
                (count_words(spans, annotated), stances.len())
            };
            let sides = Polarity::ALL.map(of);
            Balance {
                target,
                words: sides.map(|s| s.0),
                stances: sides.map(|s| s.1),
            }
        })
        .collect();
    out.sort_by_key(|b| std::cmp::Reverse(b.words.iter().sum::<usize>()));
    out
}

/// Where a stance is put into words: the quotes with its evidence, else its sentence.
fn spoken(stance: &Stance, annotated: &Annotated) -> Vec<Span> {
    let has = |span: Span| stance.evidence.iter().any(|&e| span.contains(e));
    let quotes = annotated.quotes.iter().map(|q| q.span);
    let mut spans: Vec<Span> = quotes.filter(|s| has(*s)).collect();
    if spans.is_empty() {
        let sentence = annotated.sentences.get(stance.sentence.index());
        spans.extend(sentence.map(|s| s.span));
    }
    spans
}

/// Words of these spans; those that lie in several count once.
pub(super) fn count_words(mut spans: Vec<Span>, annotated: &Annotated) -> usize {
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.hull(span),
            _ => apart.push(span),
        }
    }
    let text = &annotated.document.text;
    let words = |s: &Span| s.of(text).split_whitespace().count();
    apart.iter().map(words).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{EntityId, IssueId};
    use crate::view::fixture::dispute;

    #[test]
    fn to_want_the_ban_is_to_be_against_the_thing() {
        use Polarity::{Against, For};
        let annotated = dispute();
        let ban = Target::Issue(IssueId::at(1));
        let bridge = Target::Issue(IssueId::at(0));
        assert_eq!(thing(ban, &annotated), (bridge, true));
        assert_eq!(thing(bridge, &annotated), (bridge, false));
        let sides: Vec<Polarity> = annotated
            .stances
            .iter()
            .map(|s| side(s, &annotated).1)
            .collect();
        assert_eq!(sides, [Against, For, For, Against, Against]);
    }

    #[test]
    fn each_turn_of_a_holder_is_a_contradiction() {
        let annotated = dispute();
        let pairs: Vec<(usize, usize)> = contradictions(&annotated)
            .into_iter()
            .map(|(a, b)| (a.id.index(), b.id.index()))
            .collect();
        // Ek wants the ban, then the bridge; Norway is for it, then against it.
        assert_eq!(pairs, [(0, 1), (2, 3)]);
    }

    #[test]
    fn the_balance_counts_the_words_of_quotes_and_of_sentences_without_one() {
        let annotated = dispute();
        let balances = balances(&annotated);
        assert_eq!(
            balances,
            [
                Balance {
                    target: Target::Issue(IssueId::at(0)),
                    words: [9, 11, 0],
                    stances: [2, 2, 0],
                },
                Balance {
                    target: Target::Entity(EntityId::at(1)),
                    words: [0, 3, 0],
                    stances: [0, 1, 0],
                },
            ]
        );
    }
}
