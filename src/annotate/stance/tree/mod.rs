//! Stances read off the dependency tree of a sentence, where an encoder has made one: the same
//! lexicon and the same algebra as the rules over chunks, but with the parser's word for who does
//! what. This file is the view of the tree. `subject`, `who` and `group` find holders, `complement`
//! what a stance word takes, `fall` goes down to the target, `pronoun` says whom "him" stands for;
//! `predicate`, `adjective`, `noun`, `partisan`, `reception` and `label` start from stance words,
//! `claim`, `judgement`, `effect` and `appeal` from what a speaker says, `credit` and `editorial` from
//! the editor's figures of speech, `weighed` from the model. May call the chunk rules for what needs no
//! tree.

mod adjective;
mod appeal;
mod claim;
mod complement;
mod credit;
mod editorial;
mod effect;
mod fall;
mod group;
mod judgement;
mod label;
mod noun;
mod partisan;
mod predicate;
mod pronoun;
mod reception;
mod subject;
pub(super) mod weighed;
mod who;

use std::cell::RefCell;
use std::ops::Range;

use super::{Found, Frame, Scene};
use crate::annotate::encoder::{Relation, Upos, Word};
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::words;
use crate::annotate::syntax::singular;
pub(in crate::annotate) use group::Unnamed;

/// The tree of one sentence. Tokens are positions in the document.
pub(super) struct Tree<'a> {
    scene: &'a Scene<'a>,
    layers: &'a Layers,
    tokens: Range<usize>,
    children: Vec<Vec<usize>>,
    unnamed: &'a RefCell<Unnamed>,
}

/// Words per target, above which it says too much.
const WIDEST: usize = 14;

impl<'a> Tree<'a> {
    /// The tree of the scene's sentence; `None` where the parser said nothing of it.
    pub fn new(scene: &'a Scene<'a>, unnamed: &'a RefCell<Unnamed>) -> Option<Self> {
        let layers = scene.layers;
        let tokens = layers.sentence_tokens.get(scene.sentence)?.clone();
        let mut children = vec![Vec::new(); tokens.len()];
        for token in tokens.clone() {
            let word = layers.word(token)?;
            if let Some(head) = word.head
                && tokens.contains(&head)
            {
                children[head - tokens.start].push(token);
            }
        }
        Some(Self {
            scene,
            layers,
            tokens,
            children,
            unnamed,
        })
    }

    /// All frames of the sentence.
    pub fn frames(&self, found: &mut Found) {
        predicate::verbs(self, found);
        adjective::adjectives(self, found);
        noun::nouns(self, found);
        noun::reasons(self, found);
        partisan::partisans(self, found);
        predicate::echoes(self, found);
        label::labels(self, found);
        label::prefixes(self, found);
        claim::claims(self, found);
        appeal::appeals(self, found);
        appeal::rhetorical(self, found);
        if self.scene.comment {
            credit::credit(self, found);
            editorial::editorial(self, found);
        }
    }

    /// Whether the words of a frame that the chunks show assert something by the tree: no condition,
    /// nothing that somebody refrained from.
    pub fn allows(&self, frame: &Frame) -> bool {
        let mut words = frame.evidence.iter().flat_map(Clone::clone);
        words.all(|t| !self.conditional(t) && !predicate::undone(self, t))
    }

    fn word(&self, token: usize) -> Option<&Word> {
        self.layers.word(token)
    }

    fn head(&self, token: usize) -> Option<usize> {
        self.word(token)?.head.filter(|h| self.tokens.contains(h))
    }

    fn is(&self, token: usize, relation: Relation) -> bool {
        self.word(token).is_some_and(|w| w.relation == relation)
    }

    fn relation(&self, token: usize) -> Relation {
        self.word(token).map_or(Relation::Unclear, |w| w.relation)
    }

    fn upos(&self, token: usize) -> Upos {
        self.word(token).map_or(Upos::Other, |w| w.upos)
    }

    fn children(&self, token: usize) -> &[usize] {
        token
            .checked_sub(self.tokens.start)
            .and_then(|t| self.children.get(t))
            .map_or(&[], Vec::as_slice)
    }

    fn child(&self, token: usize, relation: Relation) -> Option<usize> {
        self.children(token)
            .iter()
            .copied()
            .find(|c| self.is(*c, relation))
    }

    /// The subject of a predicate: the nearest before it, where the parser found several.
    fn subject(&self, predicate: usize) -> Option<usize> {
        let subjects = || {
            self.children(predicate)
                .iter()
                .copied()
                .filter(|c| self.is(*c, Relation::Subject))
        };
        subjects()
            .rfind(|s| *s < predicate)
            .or_else(|| subjects().next())
    }

    fn lower(&self, token: usize) -> &'a str {
        self.layers.lower(token)
    }

    /// Base form by the parser's part of speech.
    fn lemma(&self, token: usize) -> String {
        let lower = self.lower(token);
        match self.upos(token) {
            Upos::Verb | Upos::Auxiliary => words::verb_form(lower).map_or_else(
                || self.layers.lemma(token).to_owned(),
                |f| f.lemma.to_string(),
            ),
            Upos::Noun | Upos::Proper => singular(lower),
            _ => lower.to_owned(),
        }
    }

    /// Words that hang from `token` as marks, prepositions and the like: "to", "if", "against".
    fn has(&self, token: usize, relation: Relation, word: &str) -> bool {
        self.children(token)
            .iter()
            .any(|c| self.is(*c, relation) && self.lower(*c) == word)
    }

    /// Which form of a verb a word is: base, "-ing", or another.
    fn form(&self, token: usize) -> u8 {
        if self.lower(token) == self.lemma(token) {
            0
        } else if self.lower(token).ends_with("ing") {
            1
        } else {
            2
        }
    }

    fn infinitive(&self, token: usize) -> bool {
        self.has(token, Relation::Mark, "to")
    }

    fn gerund(&self, token: usize) -> bool {
        self.upos(token) == Upos::Verb && self.lower(token).ends_with("ing")
    }

    /// The auxiliaries of a predicate, in lower case.
    fn auxiliaries(&self, token: usize) -> impl Iterator<Item = &'a str> {
        self.children(token)
            .iter()
            .filter(|c| self.is(**c, Relation::Auxiliary))
            .map(|c| self.lower(*c))
    }

    /// Whether the auxiliary before a participle is a form of "be" or "get".
    fn passive(&self, token: usize) -> bool {
        self.upos(token) == Upos::Verb
            && !self.lower(token).ends_with("ing")
            && self.auxiliaries(token).last().is_some_and(|a| {
                matches!(
                    a,
                    "be" | "is"
                        | "are"
                        | "was"
                        | "were"
                        | "been"
                        | "being"
                        | "get"
                        | "gets"
                        | "got"
                        | "'s"
                        | "’s"
                        | "'re"
                        | "’re"
                )
            })
            || self.participle(token)
    }

    /// "promoted by Ann Lee" after a noun: a participle without an auxiliary whose agent is named.
    fn participle(&self, token: usize) -> bool {
        self.upos(token) == Upos::Verb
            && matches!(
                self.relation(token),
                Relation::NounClause | Relation::AdverbialClause
            )
            && !self.lower(token).ends_with("ing")
            && self.auxiliaries(token).next().is_none()
            && self.subject(token).is_none()
            && self.child(token, Relation::Object).is_none()
    }

    /// Whether a predicate is denied: by its own adverb, or by a subject such as "nobody".
    fn negated(&self, token: usize) -> bool {
        let own = self.children(token).iter().filter(|c| {
            matches!(
                self.lower(**c),
                "not" | "n't" | "n’t" | "never" | "hardly" | "neither" | "nor" | "no"
            ) && matches!(
                self.relation(**c),
                Relation::Adverb
                    | Relation::Conjunction
                    | Relation::Determiner
                    | Relation::Auxiliary
            )
        });
        let denied = self.subject(token).is_some_and(|s| self.denies(s));
        let aux = self
            .children(token)
            .iter()
            .any(|c| matches!(self.lower(*c), "cannot" | "can't" | "won't"));
        (own.count() + usize::from(denied) + usize::from(aux)) % 2 == 1
    }

    /// "nobody", "no one", "neither the president nor Congress".
    fn denies(&self, subject: usize) -> bool {
        matches!(
            self.lower(subject),
            "nobody" | "none" | "neither" | "nothing" | "no-one"
        ) || self
            .children(subject)
            .iter()
            .any(|c| matches!(self.lower(*c), "neither" | "no"))
    }

    /// Whether the predicate stands under "if", "unless" or "whether", itself or by what governs it.
    fn conditional(&self, token: usize) -> bool {
        let mut at = token;
        for _ in 0..4 {
            if ["if", "unless", "whether"]
                .iter()
                .any(|w| self.has(at, Relation::Mark, w))
            {
                return true;
            }
            let own = self.subject(at).is_some() || self.child(at, Relation::Copula).is_some();
            match (self.relation(at), self.head(at)) {
                (Relation::Conjunct, _) if own => return false,
                (
                    Relation::Conjunct | Relation::OpenComplement | Relation::Complement,
                    Some(head),
                ) => at = head,
                _ => return false,
            }
        }
        false
    }

    /// The words that `token` and what belongs to it make up, as one run around it.
    fn phrase(&self, token: usize) -> Range<usize> {
        let mut keep = vec![false; self.tokens.len()];
        self.keep(token, true, &mut keep);
        let at = |t: usize| t - self.tokens.start;
        let quiet = |t: usize| matches!(self.lower(t), "\"" | "“" | "”" | "'" | "‘" | "’" | "-");
        let (mut start, mut end) = (token, token + 1);
        while start > self.tokens.start && (keep[at(start - 1)] || quiet(start - 1)) {
            start -= 1;
        }
        while end < self.tokens.end && (keep[at(end)] || quiet(end)) {
            end += 1;
        }
        let mut range = start..end;
        if range.len() > WIDEST {
            // The last words say least; cut before the last phrase that hangs from the head.
            let cut = self
                .children(token)
                .iter()
                .rev()
                .map(|c| self.left(*c))
                .find(|c| *c > token && *c - range.start <= WIDEST);
            range.end = cut.unwrap_or(range.end);
        }
        self.trimmed(range)
    }

    /// The first word of what hangs from `token`.
    fn left(&self, token: usize) -> usize {
        self.children(token)
            .iter()
            .map(|c| if *c < token { self.left(*c) } else { token })
            .min()
            .unwrap_or(token)
            .min(token)
    }

    fn keep(&self, token: usize, top: bool, keep: &mut [bool]) {
        keep[token - self.tokens.start] = true;
        for &child in self.children(token) {
            let clause = self.child(child, Relation::Subject).is_some();
            let leaves = match self.relation(child) {
                Relation::Punctuation => !matches!(self.lower(child), "-" | "\"" | "“" | "”"),
                Relation::Parataxis | Relation::Discourse | Relation::Vocative => true,
                Relation::Conjunction | Relation::Conjunct | Relation::Mark => top,
                Relation::AdverbialClause => top && !self.gerund(child),
                Relation::Apposition | Relation::Expletive => top,
                // "the government of attempting to": what it is accused of.
                Relation::NounClause => {
                    top && (clause && !self.infinitive(child)
                        || self.gerund(child) && words::is_valued("people", self.lower(token)))
                }
                Relation::Oblique => top && self.leaves(child),
                Relation::Auxiliary | Relation::Copula => top && self.subject(token).is_none(),
                Relation::Adverb => {
                    top && matches!(
                        self.lower(child),
                        "not" | "n't" | "also" | "however" | "still" | "now"
                    )
                }
                Relation::Case => top && !matches!(self.lower(child), "'s" | "’s" | "'" | "’"),
                _ => false,
            };
            if !leaves {
                self.keep(child, false, keep);
            }
        }
    }

    /// Whether a phrase says when or by whom, which is no part of a target.
    fn leaves(&self, oblique: usize) -> bool {
        let time = words::classes_of(self.lower(oblique)).has("time")
            || matches!(
                self.lower(oblique),
                "week"
                    | "year"
                    | "month"
                    | "day"
                    | "years"
                    | "weeks"
                    | "days"
                    | "months"
                    | "statement"
                    | "interview"
                    | "tweet"
                    | "speech"
            );
        let case = self
            .child(oblique, Relation::Case)
            .map_or("", |c| self.lower(c));
        time || matches!(
            case,
            "by" | "as"
                | "amid"
                | "after"
                | "before"
                | "during"
                | "despite"
                | "since"
                | "until"
                | "alongside"
                | "following"
                | "according"
                | "without"
        )
    }

    /// Without signs and marks at both ends.
    fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        let sign = |t: usize| self.upos(t) == Upos::Punctuation;
        let owner = |t: usize| matches!(self.lower(t), "'s" | "’s" | "'" | "’");
        while range.start < range.end && sign(range.start) {
            range.start += 1;
        }
        while range.start < range.end && (sign(range.end - 1) || owner(range.end - 1)) {
            range.end -= 1;
        }
        range
    }

    /// How sure the parser is of the arcs from `token` up to `top`: the least of them.
    fn sureness(&self, token: usize, top: usize) -> f32 {
        let mut least = 1.0_f32;
        let mut at = token;
        while at != top {
            let (Some(word), Some(head)) = (self.word(at), self.head(at)) else {
                // Not below it: the words were found some other way.
                return 1.0;
            };
            least = least.min(word.confidence);
            at = head;
        }
        least
    }
}
