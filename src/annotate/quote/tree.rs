//! The source of reporting words by the tree: the subject of the verb, of the verb it hangs from,
//! the noun it modifies, "by X" of a passive, the owner of a noun ("X's claim").

use std::ops::Range;

use crate::annotate::encoder::{Relation, Upos, Word};
use crate::annotate::layers::Layers;

/// Tokens before a head beyond which nothing belongs to its phrase: an arc that far is a slip.
const FAR: usize = 12;

/// How many arcs are followed up in search of a subject.
const UP: usize = 6;

/// The trees of all sentences, from the top down.
pub struct Trees<'a> {
    layers: &'a Layers,
    words: &'a [Word],
    /// Where the children of each token start in `children`.
    first: Vec<u32>,
    children: Vec<u32>,
}

impl<'a> Trees<'a> {
    /// The trees that the encoder gave; `None` without one.
    pub fn new(layers: &'a Layers) -> Option<Self> {
        let words = &*layers.encoded.as_ref()?.words;
        if words.len() != layers.tokens.len() {
            return None;
        }
        let mut first = vec![0u32; words.len() + 1];
        let heads = || words.iter().filter_map(|w| w.head);
        for head in heads() {
            first[head + 1] += 1;
        }
        for n in 1..first.len() {
            first[n] += first[n - 1];
        }
        let mut next = first.clone();
        let mut children = vec![0u32; heads().count()];
        for (token, word) in words.iter().enumerate() {
            if let Some(head) = word.head {
                children[next[head] as usize] = u32::try_from(token).unwrap_or(u32::MAX);
                next[head] += 1;
            }
        }
        Some(Self {
            layers,
            words,
            first,
            children,
        })
    }

    /// The tokens that hang from a token, in order.
    pub fn children(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        let range = match (self.first.get(token), self.first.get(token + 1)) {
            (Some(from), Some(to)) => *from as usize..*to as usize,
            _ => 0..0,
        };
        self.children[range].iter().map(|t| *t as usize)
    }

    /// The first child that hangs by this relation.
    pub fn child(&self, token: usize, relation: Relation) -> Option<usize> {
        self.children(token)
            .find(|c| self.words[*c].relation == relation)
    }

    /// Relation of a token to its head.
    pub fn relation(&self, token: usize) -> Relation {
        self.words
            .get(token)
            .map_or(Relation::Unclear, |w| w.relation)
    }

    /// The token that a token hangs from.
    pub fn head(&self, token: usize) -> Option<usize> {
        self.words.get(token)?.head
    }

    /// The uppermost token of a range: a verb before others.
    pub fn top(&self, tokens: &Range<usize>) -> Option<usize> {
        let tops = tokens
            .clone()
            .filter(|t| self.head(*t).is_none_or(|h| !tokens.contains(&h)));
        tops.min_by_key(|t| match self.words.get(*t).map(|w| w.upos) {
            Some(Upos::Verb) => 0,
            Some(Upos::Noun | Upos::Adjective | Upos::Auxiliary) => 1,
            Some(Upos::Punctuation) | None => 9,
            _ => 2,
        })
    }

    /// The head of the noun phrase that is the source of reporting words.
    pub fn source(&self, cue: &Range<usize>) -> Option<usize> {
        let top = self.top(cue)?;
        match self.words.get(top)?.upos {
            Upos::Noun | Upos::Proper if self.child(top, Relation::Copula).is_none() => {
                self.owner(top).or_else(|| self.subject(top, UP))
            }
            _ => self.subject(top, UP),
        }
    }

    /// The owner of a noun: "X's claim", "the claim of X", "a request by X".
    pub fn owner(&self, noun: usize) -> Option<usize> {
        self.children(noun).find(|c| {
            self.relation(*c) == Relation::NounModifier
                && (*c < noun
                    || self
                        .child(*c, Relation::Case)
                        .is_some_and(|p| matches!(self.layers.lower(p), "of" | "by" | "from")))
        })
    }

    fn passive(&self, verb: usize) -> bool {
        self.children(verb).any(|c| {
            self.relation(c) == Relation::Auxiliary
                && (matches!(self.layers.lemma(c), "be" | "get")
                    || matches!(
                        self.layers.lower(c),
                        "is" | "was" | "were" | "are" | "been" | "be" | "being"
                    ))
        }) && !self.layers.lower(verb).ends_with("ing")
    }

    /// Who does what a verb says.
    fn subject(&self, verb: usize, up: usize) -> Option<usize> {
        if self.passive(verb) {
            return self.children(verb).find(|c| {
                self.relation(*c) == Relation::Oblique
                    && self
                        .child(*c, Relation::Case)
                        .is_some_and(|p| self.layers.lower(p) == "by")
            });
        }
        let mut subjects = self
            .children(verb)
            .filter(|c| self.relation(*c) == Relation::Subject);
        // The last one before the verb; of an inverted one the first after it.
        let own = subjects.next().map(|first| {
            let before = subjects.take_while(|c| *c < verb).last();
            before.unwrap_or(first)
        });
        if own.is_some() {
            return own;
        }
        let up = up.checked_sub(1)?;
        let head = self.head(verb)?;
        let beside = self.relation(verb) == Relation::AdverbialClause;
        if beside && let Some(absolute) = self.absolute(head, verb) {
            return Some(absolute);
        }
        match self.relation(verb) {
            // "reports alleging", "the judge, citing"
            Relation::NounClause => Some(head),
            Relation::AdverbialClause
            | Relation::OpenComplement
            | Relation::Conjunct
            | Relation::Complement
            | Relation::Parataxis => match self.words.get(head)?.upos {
                Upos::Verb | Upos::Auxiliary | Upos::Adjective => self.subject(head, up),
                Upos::Noun | Upos::Proper
                    if self.child(head, Relation::Copula).is_some()
                        || self.child(head, Relation::Subject).is_some() =>
                {
                    self.subject(head, up)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The tokens from the first to the last that hang from a token directly or not, it included;
    /// without what hangs from `but`.
    pub fn subtree(&self, token: usize, but: Option<usize>) -> Range<usize> {
        let (mut start, mut end) = (token, token + 1);
        let mut stack = vec![token];
        while let Some(token) = stack.pop() {
            start = start.min(token);
            end = end.max(token + 1);
            stack.extend(self.children(token).filter(|c| Some(*c) != but));
        }
        start..end
    }

    /// Who does what an -ing form says in "with critics saying", "despite the owners warning".
    fn absolute(&self, head: usize, verb: usize) -> Option<usize> {
        if !self.layers.lower(verb).ends_with("ing") {
            return None;
        }
        self.children(head).find(|c| {
            (head..verb).contains(c)
                && self.relation(*c) == Relation::Oblique
                && self
                    .child(*c, Relation::Case)
                    .is_some_and(|p| matches!(self.layers.lower(p), "with" | "despite"))
        })
    }

    /// The noun phrase of a head, without the clauses that follow it.
    pub fn phrase(&self, head: usize) -> Range<usize> {
        let (mut start, mut end) = (head, head + 1);
        let mut stack = vec![head];
        while let Some(token) = stack.pop() {
            start = start.min(token);
            end = end.max(token + 1);
            for child in self.children(token) {
                let skipped = match self.relation(child) {
                    Relation::NounClause
                    | Relation::Parataxis
                    | Relation::AdverbialClause
                    | Relation::Complement
                    | Relation::Copula
                    | Relation::Subject
                    | Relation::Auxiliary
                    | Relation::Mark => true,
                    Relation::Punctuation => child > head,
                    // "by critics", "for Ann Lee"
                    Relation::Case => token == head && child < head,
                    Relation::Apposition => false,
                    _ => token == head && child + FAR < head,
                };
                if !skipped {
                    stack.push(child);
                }
            }
        }
        let sign = |t: usize| {
            self.words
                .get(t)
                .is_some_and(|w| w.upos == Upos::Punctuation)
        };
        while start < head && sign(start) {
            start += 1;
        }
        while end > head + 1 && sign(end - 1) {
            end -= 1;
        }
        start..end
    }

    /// The noun that a relative pronoun stands for.
    pub fn antecedent(&self, token: usize) -> Option<usize> {
        if !matches!(self.layers.lower(token), "who" | "which" | "that" | "whom") {
            return None;
        }
        let mut at = self.head(token)?;
        for _ in 0..UP {
            let head = self.head(at)?;
            if self.relation(at) == Relation::NounClause {
                return Some(head);
            }
            at = head;
        }
        None
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::annotate::encoder::Encoded;
    use crate::annotate::testing;
    use crate::model::Document;

    /// The layers of a paragraph of one sentence, with a tree by hand: one "head relation" a token,
    /// the head counted from one, 0 for the root. Parts of speech are what the relations suggest,
    /// where no third word gives one.
    pub fn parsed(document: &Document, arcs: &str) -> Layers {
        let mut layers = testing::layers(document);
        let words: Vec<Word> = arcs
            .split(',')
            .map(|arc| {
                let mut parts = arc.split_whitespace();
                let head: usize = parts.next().unwrap().parse().unwrap();
                let relation = Relation::from_name(parts.next().unwrap()).unwrap();
                let guess = match relation {
                    Relation::Root
                    | Relation::Complement
                    | Relation::OpenComplement
                    | Relation::AdverbialClause
                    | Relation::NounClause
                    | Relation::Parataxis => Upos::Verb,
                    Relation::Punctuation => Upos::Punctuation,
                    Relation::Mark | Relation::Auxiliary => Upos::Auxiliary,
                    _ => Upos::Noun,
                };
                Word {
                    upos: parts.next().map_or(guess, |p| Upos::from_name(p).unwrap()),
                    head: head.checked_sub(1),
                    relation,
                    confidence: 0.9,
                }
            })
            .collect();
        assert_eq!(words.len(), layers.tokens.len(), "an arc a token");
        layers.encoded = Some(Encoded {
            words,
            ..Encoded::default()
        });
        layers
    }

    fn source(text: &str, arcs: &str, cue: &str) -> String {
        let document = testing::paragraph(text);
        let layers = parsed(&document, arcs);
        let trees = Trees::new(&layers).unwrap();
        let at = layers.tokens.iter().position(|t| &*t.lower == cue).unwrap();
        trees
            .source(&(at..at + 1))
            .map(|head| layers.span(&trees.phrase(head)).of(text).to_owned())
            .unwrap_or_default()
    }

    #[test]
    fn a_verb_has_its_subject_or_that_of_the_verb_above() {
        // The miners left, saying …
        let arcs = "2 det, 3 nsubj, 0 root, 5 punct, 3 advcl, 8 nsubj, 8 aux, 5 ccomp, 3 punct";
        assert_eq!(
            source("The miners left, saying pay was low.", arcs, "saying"),
            "The miners"
        );
    }

    #[test]
    fn an_absolute_phrase_has_a_subject_of_its_own() {
        let text = "The town paid despite some critics saying nothing.";
        let arcs = "2 det, 3 nsubj, 0 root, 6 case, 6 det, 3 obl, 3 advcl, 7 obj, 3 punct";
        assert_eq!(source(text, arcs, "saying"), "some critics");
    }

    #[test]
    fn a_passive_verb_has_whoever_stands_after_by() {
        let arcs = "2 det, 4 nsubj, 4 aux, 0 root, 7 case, 7 det, 4 obl, 4 punct";
        assert_eq!(
            source("The dam was criticized by the farmers.", arcs, "criticized"),
            "the farmers"
        );
        let arcs = "2 det, 4 nsubj, 4 aux, 0 root, 4 punct";
        assert_eq!(source("The dam was criticized.", arcs, "criticized"), "");
    }

    #[test]
    fn a_noun_has_its_owner() {
        let arcs = "3 nmod, 1 case, 0 root NOUN, 6 mark, 6 nsubj, 3 acl, 3 punct";
        assert_eq!(
            source("Lee's claim that dams leak.", arcs, "claim"),
            "Lee's"
        );
    }

    #[test]
    fn a_relative_pronoun_stands_for_the_noun_before() {
        let text = "The mayor, who says dams leak, left.";
        let arcs =
            "2 det, 9 nsubj, 2 punct, 5 nsubj, 2 acl, 7 nsubj, 5 ccomp, 2 punct, 0 root, 9 punct";
        let document = testing::paragraph(text);
        let layers = parsed(&document, arcs);
        let trees = Trees::new(&layers).unwrap();
        assert_eq!(trees.source(&(4..5)), Some(3));
        assert_eq!(trees.antecedent(3), Some(1));
        assert_eq!(trees.antecedent(1), None);
    }
}
