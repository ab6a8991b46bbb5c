//! Down from a stance word to its target: signs multiply along complements only; coordinated
//! complements share the sign of what governs them; a deed that bans something is itself a target,
//! and what it bans is its inverse.

use std::ops::Range;

use super::complement::{Complement, fits};
use super::{Tree, label};
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::stance::{Class, Entry, Part, readings};
use crate::annotate::stance::Found;
use crate::annotate::stance::descend::{State, emit};
use crate::model::Party;

/// Verbs that add nothing to what hangs from them: "start instituting norms", "help elect".
const LIGHT: [&str; 21] = [
    "start", "begin", "continue", "keep", "consider", "try", "attempt", "seek", "work", "help",
    "go", "come", "move", "manage", "get", "able", "proceed", "act", "let", "dare", "need",
];

/// Deeds that are done for the sake of their object: to be for the deed is to be for it.
const SERVES: [&str; 25] = [
    "support",
    "back",
    "help",
    "elect",
    "protect",
    "promote",
    "defend",
    "save",
    "sign",
    "pass",
    "approve",
    "adopt",
    "ensure",
    "guarantee",
    "include",
    "involve",
    "preserve",
    "restore",
    "strengthen",
    "uphold",
    "secure",
    "achieve",
    "reinstate",
    "safeguard",
    "rescue",
];

/// Nouns that only announce what follows them: "the root causes, namely the expansion".
const ANNOUNCES: [&str; 8] = [
    "cause", "reason", "issue", "problem", "factor", "thing", "point", "culprit",
];

impl Tree<'_> {
    /// Goes down into the complement whose head word is `token`.
    pub(super) fn fall(&self, state: &State, token: usize, found: &mut Found) {
        self.fall_in(state, token, None, 0, found);
    }

    /// `outer` is the noun that governs the deed: "a guarantee to bar" names the whole.
    fn fall_in(
        &self,
        state: &State,
        token: usize,
        outer: Option<usize>,
        depth: usize,
        found: &mut Found,
    ) {
        if depth > 6 {
            return;
        }
        for &also in self.children(token) {
            let alike = self.upos(also) == self.upos(token)
                || matches!(self.upos(also), Upos::Noun | Upos::Proper)
                    && matches!(self.upos(token), Upos::Noun | Upos::Proper);
            let listed = self.child(also, Relation::Conjunction).is_some() || !self.gerund(also);
            let aside = self.gerund(also) && !self.gerund(token) || !listed;
            if self.is(also, Relation::Conjunct)
                && alike
                && !aside
                && self.child(also, Relation::Subject).is_none()
            {
                self.fall_in(state, also, None, depth + 1, found);
            }
        }
        let mut state = state.clone();
        if depth > 0 && self.negated(token) {
            state.sign = -state.sign;
        }
        let lemma = self.lemma(token);
        let part = match self.upos(token) {
            Upos::Verb => Part::Verb,
            Upos::Noun | Upos::Proper => Part::Noun,
            _ => {
                self.settle(&state, token, None, found);
                return;
            }
        };
        if part == Part::Verb
            && let Some((sign, word, object)) = label::inner(self, token)
        {
            let mut named = state.clone();
            named.sign *= sign;
            named.weak = false;
            named.evidence.push(token..token + 1);
            named.evidence.push(word..word + 1);
            let before = found.frames.len();
            self.settle(&named, object, None, found);
            if found.frames.len() > before {
                return;
            }
        }
        let complements = self.complements(token);
        if part == Part::Verb && LIGHT.contains(&lemma.as_str()) {
            let deed = complements
                .iter()
                .find(|c| matches!(c.frame.as_str(), "inf" | "ing") && c.token > token);
            if let Some(deed) = deed {
                state.evidence.push(token..token + 1);
                self.fall_in(&state, deed.token, outer, depth + 1, found);
                return;
            }
        }
        for entry in readings(part, &lemma) {
            let Some(complement) = fits(entry, &complements) else {
                continue;
            };
            // "the right to sue": no stance of whoever wants it.
            if part == Part::Noun
                && entry.class != Class::Act
                && entry.sign > 0
                && entry.class != Class::Want
            {
                continue;
            }
            self.through(&state, token, entry, &complement, outer, depth, found);
            return;
        }
        self.settle(&state, token, None, found);
    }

    /// Through a stance word inside a target, to what that word is about.
    #[allow(clippy::too_many_arguments)]
    fn through(
        &self,
        state: &State,
        token: usize,
        entry: &Entry,
        complement: &Complement,
        outer: Option<usize>,
        depth: usize,
        found: &mut Found,
    ) {
        let lemma = self.lemma(token);
        let noun = self.upos(token) != Upos::Verb;
        let deeper = state.deeper(entry, shown(token, complement), &lemma);
        if entry.sign > 0 {
            let for_it = entry.class != Class::Act
                || SERVES.contains(&lemma.as_str())
                || self.turns(complement.token);
            let named = outer.or_else(|| noun.then_some(token));
            if for_it {
                self.fall_in(&deeper, complement.token, named, depth + 1, found);
            } else {
                self.settle(state, token, None, found);
            }
            return;
        }
        let inner = self.phrase(complement.token);
        // A ban is wanted as such; "to stop the bill" says no more than to be against it.
        let whole = if noun && entry.class == Class::Act {
            Some(token)
        } else {
            outer
        };
        let person = self.mention(complement.token).is_some();
        if let Some(whole) = whole.or_else(|| (person && state.sign > 0).then_some(token)) {
            self.settle(state, whole, Some(inner.clone()), found);
        }
        // "bar Ukraine from joining": the one who would join belongs to the target.
        let object = self.child(token, Relation::Object);
        if complement.frame == "from"
            && let Some(object) = object
        {
            let gerund = self.upos(complement.token) == Upos::Verb;
            let start = if gerund {
                self.phrase(object).start
            } else {
                inner.start
            };
            emit(
                self.scene,
                &deeper,
                start..inner.end.max(start),
                None,
                found,
            );
            return;
        }
        // "a ban on Ukraine joining": what follows the name belongs to it.
        let after = inner.end;
        if self.tokens.contains(&after) && self.gerund(after) && complement.case.is_some() {
            let end = self.phrase(after).end;
            emit(
                self.scene,
                &deeper,
                inner.start..end.max(inner.end),
                None,
                found,
            );
            return;
        }
        self.fall_in(&deeper, complement.token, None, depth + 1, found);
    }

    /// Whether a complement does away with something itself: "broker an end to the war".
    fn turns(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Proper)
            && readings(Part::Noun, &self.lemma(token))
                .iter()
                .any(|e| e.sign < 0 && fits(e, &self.complements(token)).is_some())
    }

    /// Adds the frame of a target.
    pub(super) fn settle(
        &self,
        state: &State,
        token: usize,
        inverse: Option<Range<usize>>,
        found: &mut Found,
    ) {
        let mut state = state.clone();
        // "tried to speak": trying alone shows nothing.
        if state.weak && !state.rule.contains('∘') {
            if !self.earnest(token) {
                return;
            }
            state.confidence = state.confidence.max(0.8);
        }
        if self.says_nothing(token) {
            return;
        }
        let sure = state
            .evidence
            .first()
            .map_or(1.0, |e| self.sureness(token, e.start));
        if sure < 0.35 {
            state.confidence -= 0.12;
        }
        let meant = || {
            let own = state.holder.party;
            let known = self.mention(token).map(|m| m.entity);
            known
                .filter(|e| Party::Entity(*e) != own)
                .or_else(|| self.meant(token, own))
        };
        // "he said he was not fit": himself.
        let same = state.holder.tokens.as_ref().is_some_and(|t| {
            t.len() == 1 && t.start != token && self.lower(t.start) == self.lower(token)
        });
        if same && self.upos(token) == Upos::Pronoun {
            return;
        }
        if self.upos(token) == Upos::Pronoun
            && let Some(entity) = meant()
        {
            self.settle_as(&state, token..token + 1, entity, found);
            return;
        }
        let mut range = self.phrase(token);
        if let Some(name) = self.bearer(token, &range) {
            range = name.tokens;
        }
        let namely =
            (range.end..self.tokens.end.min(range.end + 3)).find(|t| self.lower(*t) == "namely");
        // "to reconsider": a lone verb says nothing of what it does away with.
        if range.len() == 1 && self.upos(token) == Upos::Verb && inverse.is_none() {
            return;
        }
        if ANNOUNCES.contains(&self.lemma(token).as_str())
            && let Some(named) = self.child(token, Relation::Apposition)
        {
            range = self.phrase(named);
            range.start += usize::from(self.lower(range.start) == "namely");
        } else if ANNOUNCES.contains(&self.lemma(token).as_str())
            && let Some(namely) = namely
            && let Some(noun) = (namely + 1..self.tokens.end.min(namely + 7))
                .filter(|t| matches!(self.upos(*t), Upos::Noun | Upos::Proper))
                .find(|t| {
                    !self.head(*t).is_some_and(|h| {
                        h > *t && matches!(self.upos(h), Upos::Noun | Upos::Proper)
                    })
                })
        {
            range = self.phrase(noun);
            range.start = range.start.max(namely + 1);
        }
        emit(self.scene, &state, range, inverse, found);
    }

    /// Whether trying to do it shows a will: something is done to something. "tried to reach them",
    /// "tries to explain" show none.
    fn earnest(&self, deed: usize) -> bool {
        const IDLE: [&str; 40] = [
            "reach",
            "contact",
            "find",
            "get",
            "explain",
            "figure",
            "determine",
            "understand",
            "make",
            "speak",
            "talk",
            "say",
            "tell",
            "see",
            "know",
            "learn",
            "describe",
            "answer",
            "remember",
            "put",
            "take",
            "use",
            "look",
            "come",
            "go",
            "be",
            "have",
            "catch",
            "buy",
            "sell",
            "pay",
            "read",
            "write",
            "watch",
            "hear",
            "leave",
            "give",
            "show",
            "ask",
            "do",
        ];
        self.upos(deed) == Upos::Verb
            && self.infinitive(deed)
            && !IDLE.contains(&self.lemma(deed).as_str())
            && self
                .child(deed, Relation::Object)
                .is_some_and(|o| matches!(self.upos(o), Upos::Noun | Upos::Proper))
    }

    /// "fight back", "defended himself": no target of a stance.
    fn says_nothing(&self, token: usize) -> bool {
        let particle = matches!(
            self.upos(token),
            Upos::Adverb | Upos::Particle | Upos::Adposition
        ) || matches!(self.lower(token), "back" | "up" | "down" | "off" | "away");
        particle && self.children(token).is_empty()
            || matches!(
                self.lower(token),
                "himself" | "herself" | "itself" | "themselves" | "ourselves" | "myself"
            )
    }

    /// The object of an attitude and its conjuncts, each a target by itself.
    pub(super) fn settle_all(&self, state: &State, token: usize, found: &mut Found) {
        if self.says_nothing(token) {
            return;
        }
        self.settle(state, token, None, found);
        for &also in self.children(token) {
            if self.is(also, Relation::Conjunct) && self.child(also, Relation::Subject).is_none() {
                self.settle(state, also, None, found);
            }
        }
        for also in self.including(token) {
            self.settle(state, also, None, found);
        }
    }
}

/// The words of a stance word with the preposition it takes.
pub(super) fn shown(token: usize, complement: &Complement) -> Range<usize> {
    match complement.case {
        Some(case) if case == token + 1 => token..case + 1,
        _ => token..token + 1,
    }
}
