//! Who a noun or pronoun names: a mention, whoever speaks ("I", "we"), the subject before ("he"), the
//! one for whom a lawyer or a letter stands.

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::layers::Placed;
use crate::annotate::lexicon::words::{Gender, given_name, is_valued};
use crate::annotate::stance::holder::{self, Holder};
use crate::base::{EntityId, EntityKind};
use crate::model::{MentionForm, Party};

/// Nouns that stand for whoever they belong to: a lawyer's client, a letter's writer.
const PROXIES: [&str; 36] = [
    "lawyer",
    "attorney",
    "counsel",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "aide",
    "adviser",
    "representative",
    "brief",
    "submission",
    "statement",
    "letter",
    "filing",
    "petition",
    "office",
    "team",
    "campaign",
    "administration",
    "government",
    "stance",
    "position",
    "view",
    "leadership",
    "ruling",
    "decision",
    "message",
    "approach",
    "policy",
    "press",
    "paper",
    "motion",
    "memo",
    "op-ed",
    "member",
    "official",
];

/// Nouns for a share of a group: "a majority of farmers".
const SHARES: [&str; 22] = [
    "percent",
    "majority",
    "number",
    "share",
    "handful",
    "dozens",
    "hundreds",
    "thousands",
    "half",
    "plurality",
    "rest",
    "quarter",
    "third",
    "two-thirds",
    "three-quarters",
    "millions",
    "scores",
    "bulk",
    "minority",
    "fraction",
    "chunk",
    "slew",
];

/// Words for people that are no nouns of their own: "many of whom", "others".
const SOME: [&str; 9] = [
    "others", "many", "some", "most", "several", "those", "both", "everyone", "all",
];

impl Tree<'_> {
    /// Who a noun or pronoun names; several for "lawyers for both A and B".
    pub(super) fn who(&self, token: usize, depth: usize) -> Vec<Holder> {
        if depth > 4 {
            return Vec::new();
        }
        let lower = self.lower(token);
        if matches!(
            lower,
            "i" | "we" | "us" | "me" | "my" | "our" | "mine" | "ours"
        ) {
            return self.speaker(token).into_iter().collect();
        }
        if let Some(found) = self.mention(token) {
            let named = self.named(&found);
            if named.is_some() || found.form != MentionForm::Demonym {
                return named.into_iter().collect();
            }
        }
        if matches!(lower, "he" | "she" | "they" | "it") {
            return self.pronoun(token, depth);
        }
        let lemma = self.lemma(token);
        if let Some(entity) = self.kin(token) {
            return vec![Holder {
                party: Party::Entity(entity),
                tokens: Some(token..token + 1),
                via: holder::relays(self.scene, token, entity),
            }];
        }
        let one = matches!(lower, "member" | "official");
        if PROXIES.contains(&lemma.as_str()) && !one {
            let owners = self.owners(token, depth);
            if !owners.is_empty() {
                return owners;
            }
        }
        // "79 percent of farmers", "a majority of the council"
        if SHARES.contains(&lower) {
            let whole = self.children(token).iter().copied().find(|c| {
                self.is(*c, Relation::NounModifier) && self.has(*c, Relation::Case, "of")
            });
            if let Some(whole) = whole {
                return self.who(whole, depth + 1);
            }
        }
        // "the letter" that the group sent, "papers" that the lawyers filed.
        let thing = !is_valued("people", lower) && !SOME.contains(&lower);
        if thing {
            let verb = self
                .head(token)
                .filter(|_| self.is(token, Relation::Object));
            return verb
                .filter(|v| {
                    matches!(
                        self.lemma(*v).as_str(),
                        "file"
                            | "send"
                            | "write"
                            | "issue"
                            | "submit"
                            | "sign"
                            | "publish"
                            | "release"
                    )
                })
                .map_or_else(Vec::new, |v| {
                    self.subject_tokens(v, depth)
                        .into_iter()
                        .flat_map(|t| self.who(t, depth + 1))
                        .collect()
                });
        }
        self.group(token).into_iter().collect()
    }

    /// Whom a pronoun in subject position stands for: the subject of the clause of saying around it,
    /// else the last person before it whose given name fits.
    fn pronoun(&self, token: usize, depth: usize) -> Vec<Holder> {
        let lower = self.lower(token);
        let quoted = self
            .scene
            .around(token)
            .iter()
            .any(|q| q.kind != crate::model::QuoteKind::Indirect);
        let says = self
            .head(token)
            .filter(|v| self.is(*v, Relation::Complement))
            .and_then(|v| self.head(v));
        if let Some(verb) = says.filter(|_| !quoted) {
            let found: Vec<Holder> = self
                .subject_tokens(verb, 0)
                .into_iter()
                .flat_map(|t| {
                    if t == token {
                        Vec::new()
                    } else {
                        self.who(t, depth + 1)
                    }
                })
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        if lower == "they" && !quoted {
            return self.several(token);
        }
        if !matches!(lower, "he" | "she") {
            return Vec::new();
        }
        let speaker = self.speaker(token).and_then(|h| h.party.entity());
        let fits = |entity: EntityId| {
            let Some(entity) = self.layers.entities.get(entity.index()) else {
                return false;
            };
            let first = entity.name.split(' ').next().unwrap_or("").to_lowercase();
            entity.kind == EntityKind::Person
                && match given_name(&first) {
                    Some(Gender::Male) => lower == "he",
                    Some(Gender::Female) => lower == "she",
                    _ => false,
                }
        };
        let from = self.scene.sentence.saturating_sub(3);
        let start = self
            .layers
            .sentence_tokens
            .get(from)
            .map_or(self.tokens.start, |r| r.start);
        let before = self
            .layers
            .mentions_in(start..token)
            .filter(|p| fits(p.entity) && Some(p.entity) != speaker)
            .filter(|p| {
                let subject = |t: usize| {
                    let word = self.layers.word(t);
                    word.is_some_and(|w| w.relation == Relation::Subject)
                };
                // "Mrs. Holm's campaign has gone on, and she": whose it is.
                let owns = |t: usize| {
                    let word = self.layers.word(t);
                    matches!(self.layers.lower(p.tokens.end), "'s" | "’s")
                        && word.is_some_and(|w| {
                            w.relation == Relation::NounModifier && w.head.is_some_and(subject)
                        })
                };
                p.tokens.clone().any(|t| subject(t) || owns(t))
            })
            .last()
            .cloned();
        before
            .and_then(|found| self.named(&found))
            .map(|mut holder| {
                holder.tokens = Some(token..token + 1);
                holder
            })
            .into_iter()
            .collect()
    }

    /// The mention whose words hang together at `token`: the name itself, or in apposition to it.
    pub(super) fn mention(&self, token: usize) -> Option<Placed> {
        let at = |t: usize| {
            self.layers
                .mentions_from(t.saturating_sub(8)..t + 1)
                .filter(|p| p.tokens.contains(&t))
                .max_by_key(|p| p.tokens.len())
                .cloned()
        };
        // A mention that holds the token only as a modifier of its own head is another's.
        let own = at(token).filter(|p| {
            p.tokens
                .clone()
                .any(|t| t == token && self.head(t).is_none_or(|h| !p.tokens.contains(&h)))
        });
        // "the mayor, Lena Holm": the name says more than the office.
        let office = own.as_ref().is_some_and(|p| p.form == MentionForm::Nominal);
        let named = own.clone().filter(|_| !office);
        named.or_else(|| {
            self.children(token)
                .iter()
                .filter(|c| {
                    matches!(self.relation(**c), Relation::Flat | Relation::Apposition)
                        || self.is(**c, Relation::Compound) && **c > token
                })
                .find_map(|c| at(*c).filter(|p| p.form == MentionForm::Name))
                .filter(|_| self.upos(token) != Upos::Pronoun)
                .or_else(|| {
                    // "Lena Holm, a former mayor": the office stands behind the name.
                    let name = self.head(token).filter(|_| {
                        self.is(token, Relation::Apposition)
                            && !is_valued("body", self.lower(token))
                    });
                    name.and_then(at).filter(|p| p.form == MentionForm::Name)
                })
                .or(own)
        })
    }

    fn named(&self, found: &Placed) -> Option<Holder> {
        holder::can_hold(self.scene, found).then(|| Holder {
            party: Party::Entity(found.entity),
            tokens: Some(found.tokens.clone()),
            via: holder::relays(self.scene, found.tokens.start, found.entity),
        })
    }

    /// Whoever a noun belongs to: "Russia's", "for the Trumps", "New York Times request", "our".
    pub(super) fn owners(&self, noun: usize, depth: usize) -> Vec<Holder> {
        self.owners_without(noun, depth, None)
    }

    /// As `owners`, leaving out what hangs from the noun at `skip`.
    pub(super) fn owners_without(
        &self,
        noun: usize,
        depth: usize,
        skip: Option<usize>,
    ) -> Vec<Holder> {
        let mut out = Vec::new();
        for &child in self.children(noun).iter().filter(|c| Some(**c) != skip) {
            let pronoun = matches!(
                self.lower(child),
                "his" | "her" | "their" | "its" | "our" | "my"
            );
            let takes = match self.relation(child) {
                Relation::NounModifier => {
                    let case = self
                        .child(child, Relation::Case)
                        .map_or("", |c| self.lower(c));
                    let listed = case.is_empty()
                        && self.child(child, Relation::Conjunction).is_some()
                        && !out.is_empty();
                    child < noun
                        || pronoun
                        || listed
                        || matches!(case, "for" | "of" | "by" | "from")
                }
                Relation::Compound | Relation::Adjective => child < noun,
                Relation::Determiner => pronoun,
                _ => false,
            };
            if !takes {
                continue;
            }
            if pronoun && !matches!(self.lower(child), "our" | "my") {
                out.extend(self.possessive(child));
            } else if self.is(child, Relation::Compound) || self.is(child, Relation::Adjective) {
                let found = self.mention(child).or_else(|| {
                    self.layers
                        .mentions_from(child..child + 1)
                        .find(|p| p.tokens.start == child)
                        .cloned()
                });
                // An adjective owns only as that of a country or party.
                let adjective = self.is(child, Relation::Adjective);
                let found = found.filter(|p| {
                    let demonym = p.form == MentionForm::Demonym;
                    demonym || !adjective && holder::can_hold(self.scene, p)
                });
                out.extend(found.map(|p| Holder {
                    party: Party::Entity(p.entity),
                    tokens: Some(p.tokens.clone()),
                    via: holder::relays(self.scene, child, p.entity),
                }));
            } else {
                for owner in self.with_conjuncts(child) {
                    out.extend(self.who(owner, depth + 1));
                }
            }
        }
        out
    }

    /// Whether a possessive can be that of an entity: "his" and "her" of one person of the gender,
    /// "its" of no person.
    fn owns(&self, pronoun: usize, entity: EntityId) -> bool {
        let Some(entity) = self.layers.entities.get(entity.index()) else {
            return true;
        };
        let first = entity.name.split(' ').next().unwrap_or("").to_lowercase();
        let person = entity.kind == EntityKind::Person;
        match self.lower(pronoun) {
            "his" => person && given_name(&first) != Some(Gender::Female),
            "her" => person && given_name(&first) != Some(Gender::Male),
            "its" => !person,
            _ => true,
        }
    }

    /// "criticized Holm over his refusal": whose it is, is who is criticized.
    fn judged_over(&self, pronoun: usize) -> Option<Placed> {
        let noun = self.head(pronoun)?;
        let verb = self.head(noun).filter(|_| {
            self.is(noun, Relation::Oblique)
                && ["over", "for", "about"]
                    .iter()
                    .any(|c| self.has(noun, Relation::Case, c))
        })?;
        let object = self.child(verb, Relation::Object).filter(|o| *o < noun)?;
        self.mention(object)
            .filter(|m| self.owns(pronoun, m.entity))
    }

    /// "his", "their": the subject that stands before it in the sentence, else the last one before.
    fn possessive(&self, token: usize) -> Option<Holder> {
        if let Some(judged) = self.judged_over(token) {
            return self.named(&judged);
        }
        let here = (self.tokens.start..token)
            .rev()
            .filter(|t| self.is(*t, Relation::Subject) && *t < token)
            .filter_map(|t| self.mention(t))
            .find(|m| self.owns(token, m.entity));
        match here {
            Some(found) => self.named(&found),
            None => holder::last_subject(self.scene)
                .filter(|e| self.owns(token, *e))
                .map(|entity| Holder {
                    party: Party::Entity(entity),
                    tokens: Some(token..token + 1),
                    via: holder::relays(self.scene, token, entity),
                }),
        }
    }
}
