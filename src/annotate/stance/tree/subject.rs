//! Subjects: who does or is what a predicate says, through relative clauses, raised and shared
//! subjects, and where the parser hung them elsewhere; and the agents of passives.

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::stance::{Class, Part, readings};
use crate::annotate::lexicon::words::is_valued;
use crate::annotate::stance::holder::{self, Holder};
use crate::base::EntityKind;
use crate::model::{MentionForm, Party};

impl Tree<'_> {
    /// Who does or is what the predicate says; several where subjects are coordinated.
    pub(super) fn subjects(&self, predicate: usize) -> Vec<Holder> {
        let mut out: Vec<Holder> = Vec::new();
        let tokens = self.subject_tokens(predicate, 0);
        // "Parents, students and teachers demand": one group.
        let common = |t: &usize| {
            self.upos(*t) == Upos::Noun
                && self
                    .mention(*t)
                    .is_none_or(|m| m.form == MentionForm::Nominal)
                && is_valued("people", self.lower(*t))
        };
        if tokens.len() > 1 && tokens.iter().all(common) {
            let start = tokens
                .iter()
                .copied()
                .min()
                .map_or(0, |t| self.phrase(t).start);
            let end = tokens
                .iter()
                .copied()
                .max()
                .map_or(0, |t| self.phrase(t).end);
            if start < end && end - start < 12 {
                let text: Vec<&str> = (start..end).map(|t| self.lower(t)).collect();
                let id = self.unnamed.borrow_mut().join(text.join(" "), start..end);
                return vec![Holder {
                    party: Party::Entity(id),
                    tokens: Some(start..end),
                    via: holder::relays(self.scene, start, id),
                }];
            }
        }
        let more: Vec<usize> = tokens.iter().flat_map(|t| self.including(*t)).collect();
        for token in tokens.into_iter().chain(more) {
            for holder in self.who(token, 0) {
                if !out.iter().any(|o| o.party == holder.party) {
                    out.push(holder);
                }
            }
        }
        out
    }

    /// Who did it, of a passive: "by Congress".
    pub(super) fn agents(&self, predicate: usize) -> Vec<Holder> {
        self.children(predicate)
            .iter()
            .filter(|c| self.is(**c, Relation::Oblique) && self.has(**c, Relation::Case, "by"))
            .flat_map(|c| {
                let mut all = self.with_conjuncts(*c);
                if let Some(name) = self.child(*c, Relation::Apposition) {
                    all.extend(self.with_conjuncts(name).into_iter().skip(1));
                }
                all
            })
            .flat_map(|t| self.who(t, 0))
            .collect()
    }

    /// "the first senator", "one of the first": whoever is first to do something has done it.
    pub(super) fn ranked(&self, noun: usize) -> bool {
        const RANKS: [&str; 8] = [
            "first", "second", "third", "latest", "last", "only", "earliest", "next",
        ];
        let ranks = |t: usize| RANKS.contains(&self.lower(t));
        self.child(noun, Relation::Copula).is_some()
            && (ranks(noun)
                || self
                    .children(noun)
                    .iter()
                    .any(|c| ranks(*c) || self.children(*c).iter().any(|d| ranks(*d)) && *c > noun))
    }

    /// "several factors, **including** cuts and strikes": those that are named.
    pub(super) fn including(&self, token: usize) -> Vec<usize> {
        self.children(token)
            .iter()
            .filter(|c| **c > token && self.has(**c, Relation::Case, "including"))
            .flat_map(|c| self.with_conjuncts(*c))
            .collect()
    }

    pub(super) fn with_conjuncts(&self, token: usize) -> Vec<usize> {
        let more = self.children(token).iter().copied();
        std::iter::once(token)
            .chain(more.filter(|c| self.is(*c, Relation::Conjunct)))
            .collect()
    }

    /// The head words of the subject of a predicate.
    pub(super) fn subject_tokens(&self, predicate: usize, depth: usize) -> Vec<usize> {
        if depth > 6 {
            return Vec::new();
        }
        let own = self.subject(predicate).filter(|_| {
            !self.passive(predicate) || self.child(predicate, Relation::Object).is_some()
        });
        if let Some(subject) = own {
            let whom = self
                .children(subject)
                .iter()
                .any(|c| self.lower(*c) == "whom");
            if whom {
                return self.before(subject);
            }
            let relative = matches!(self.lower(subject), "who" | "which" | "that" | "whom");
            if relative && let Some(noun) = self.relative_head(predicate) {
                let noun = match self.lower(subject) {
                    "who" => self.person_above(noun),
                    _ => noun,
                };
                return self.with_conjuncts(noun);
            }
            return self.with_conjuncts(subject);
        }
        // A subject right before the predicate, which the parser hung elsewhere.
        let mut before = predicate;
        while before > self.tokens.start
            && matches!(
                self.upos(before - 1),
                Upos::Auxiliary | Upos::Adverb | Upos::Particle
            )
        {
            before -= 1;
        }
        let stray = before
            .checked_sub(1)
            .filter(|t| self.tokens.contains(t) && self.is(*t, Relation::Subject))
            .filter(|t| {
                self.upos(*t) == Upos::Pronoun
                    && !self.passive(predicate)
                    && !self.infinitive(predicate)
            })
            .filter(|t| matches!(self.lower(*t), "he" | "she" | "we" | "i" | "they"));
        if let Some(subject) = stray {
            return vec![subject];
        }
        let Some(head) = self.head(predicate) else {
            return Vec::new();
        };
        if let Some(judged) = self.judged_for(predicate, head) {
            return self.with_conjuncts(judged);
        }
        match self.relation(predicate) {
            _ if self.gerund(predicate)
                && predicate > self.tokens.start
                && self.lower(predicate - 1) == "," =>
            {
                // "…, warning against it": the subject of the sentence warns.
                let mut top = head;
                while let Some(above) = self.head(top) {
                    top = above;
                }
                self.subject_tokens(top, depth + 1)
            }
            Relation::Conjunct | Relation::AdverbialClause | Relation::Parataxis => {
                self.subject_tokens(head, depth + 1)
            }
            Relation::OpenComplement => {
                let asked = self
                    .child(head, Relation::Object)
                    .or_else(|| self.child(head, Relation::IndirectObject));
                match asked {
                    Some(asked) if self.infinitive(predicate) => self.with_conjuncts(asked),
                    _ => self.subject_tokens(head, depth + 1),
                }
            }
            // "has been a leader in backing": whoever was it.
            Relation::NounClause
                if self.child(head, Relation::Copula).is_some() && self.gerund(predicate) =>
            {
                let own = self.subject_tokens(head, depth + 1);
                let vague = |t: &usize| matches!(self.lower(*t), "it" | "this" | "that" | "there");
                if own.is_empty() || own.iter().any(vague) {
                    self.with_conjuncts(head)
                } else {
                    own
                }
            }
            // "was the first mayor to back it"
            Relation::NounClause
                if self.infinitive(predicate)
                    && self.ranked(head)
                    && self.child(head, Relation::Copula).is_some() =>
            {
                self.subject_tokens(head, depth + 1)
            }
            Relation::NounClause => self.with_conjuncts(head),
            _ => Vec::new(),
        }
    }

    /// "criticized voters for backing him", "questioned Holm's judgment in backing it": who is judged
    /// did it, not who judges.
    fn judged_for(&self, predicate: usize, head: usize) -> Option<usize> {
        let reason = ["for", "in", "of", "from", "over", "about"]
            .iter()
            .any(|m| {
                self.has(predicate, Relation::Mark, m) || self.has(predicate, Relation::Case, m)
            });
        if !self.gerund(predicate) || !reason {
            return None;
        }
        let object = match self.relation(predicate) {
            Relation::AdverbialClause | Relation::OpenComplement | Relation::Complement => self
                .child(head, Relation::Object)
                .filter(|o| *o < predicate && !self.passive(head)),
            Relation::NounClause if self.is(head, Relation::Object) => Some(head),
            _ => None,
        }?;
        let verb = self.head(object)?;
        let judges = readings(Part::Verb, &self.lemma(verb))
            .iter()
            .any(|e| e.class == Class::Judge && e.takes("obj"));
        let owner = self.children(object).iter().copied().find(|c| {
            *c < object && self.is(*c, Relation::NounModifier) && self.mention(*c).is_some()
        });
        let somebody = || {
            let held = self
                .mention(object)
                .is_some_and(|m| holder::can_hold(self.scene, &m));
            (held || is_valued("people", self.lower(object))).then_some(object)
        };
        judges.then(|| owner.or_else(somebody)).flatten()
    }

    /// "a secretary in the Holm administration who": the nearest noun at or above `noun` that is
    /// somebody, or else `noun`.
    fn person_above(&self, noun: usize) -> usize {
        let somebody = |t: usize| {
            let person = self.mention(t).is_some_and(|m| {
                let entity = self.layers.entities.get(m.entity.index());
                entity.is_some_and(|e| matches!(e.kind, EntityKind::Person | EntityKind::Group))
            });
            let word = self.lower(t);
            person || is_valued("people", word) && !is_valued("body", word)
        };
        let mut at = noun;
        for _ in 0..4 {
            if somebody(at) {
                return at;
            }
            match self.head(at) {
                Some(head)
                    if matches!(
                        self.relation(at),
                        Relation::NounModifier | Relation::Compound | Relation::Apposition
                    ) =>
                {
                    at = head;
                }
                _ => break,
            }
        }
        noun
    }

    /// The people whom "many of whom" takes up: the noun phrase before the comma.
    fn before(&self, subject: usize) -> Vec<usize> {
        let mut at = self.left(subject);
        while at > self.tokens.start && self.upos(at - 1) == Upos::Punctuation {
            at -= 1;
        }
        let Some(mut noun) = at.checked_sub(1).filter(|t| self.tokens.contains(t)) else {
            return Vec::new();
        };
        while matches!(
            self.relation(noun),
            Relation::NounModifier | Relation::Compound | Relation::Flat
        ) {
            match self
                .head(noun)
                .filter(|h| self.upos(*h) == Upos::Noun || self.upos(*h) == Upos::Proper)
            {
                Some(head) => noun = head,
                None => break,
            }
        }
        vec![noun]
    }

    /// The noun that a relative clause describes, also from a conjunct inside the clause.
    pub(super) fn relative_head(&self, predicate: usize) -> Option<usize> {
        let mut at = predicate;
        for _ in 0..4 {
            let head = self.head(at)?;
            match self.relation(at) {
                Relation::NounClause => return Some(head),
                _ => at = head,
            }
        }
        None
    }
}
