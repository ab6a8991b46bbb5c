//! What a stance word takes: the words that hang from it, by the frames of the lexicon (`obj`,
//! `inf`, `ing`, `that`, `objinf`, a preposition, a preposition and somebody to do).

use super::Tree;
use crate::annotate::encoder::{Relation, Upos};
use crate::annotate::lexicon::stance::Entry;

/// A complement: its frame and its head word.
#[derive(Debug, Clone)]
pub struct Complement {
    /// The frame, as the lexicon spells it.
    pub frame: String,
    /// Its head word.
    pub token: usize,
    /// The preposition that opens it.
    pub case: Option<usize>,
}

impl Tree<'_> {
    /// The complements of a word, in order.
    pub(super) fn complements(&self, of: usize) -> Vec<Complement> {
        let mut out = Vec::new();
        let mut add = |frame: &str, token: usize, case: Option<usize>| {
            out.push(Complement {
                frame: frame.to_owned(),
                token,
                case,
            });
        };
        let passive = self.passive(of);
        for &child in self.children(of) {
            let verbal = matches!(self.upos(child), Upos::Verb | Upos::Auxiliary)
                || self.child(child, Relation::Copula).is_some();
            match self.relation(child) {
                Relation::Object
                    if matches!(self.lower(child), "which" | "that" | "whom" | "who") =>
                {
                    if let Some(noun) = self.relative_head(of) {
                        add("obj", noun, None);
                    }
                }
                Relation::Object => {
                    // "turned down the offer": the particle belongs to the frame.
                    if let Some(particle) = self.particle(of) {
                        add(&format!("{} obj", self.lower(particle)), child, None);
                    }
                    add("obj", child, None);
                }
                // The parser's labels of objects and clauses are easily mixed up; a noun is an object.
                Relation::Complement | Relation::OpenComplement
                    if matches!(self.upos(child), Upos::Noun | Upos::Proper)
                        && child > of
                        && self.upos(of) == Upos::Verb
                        && !verbal
                        && self.child(of, Relation::Object).is_none()
                        && self.subject(child).is_none() =>
                {
                    if let Some(particle) = self.particle(of) {
                        add(&format!("{} obj", self.lower(particle)), child, None);
                    }
                    add("obj", child, None);
                }
                Relation::IndirectObject if self.child(of, Relation::Object).is_none() => {
                    add("obj", child, None);
                }
                Relation::Subject if passive => add("obj", child, None),
                Relation::OpenComplement
                | Relation::Complement
                | Relation::AdverbialClause
                | Relation::NounClause => {
                    let mark = self
                        .children(child)
                        .iter()
                        .copied()
                        .find(|c| matches!(self.relation(*c), Relation::Mark | Relation::Case));
                    let word = mark.map_or("", |m| self.lower(m));
                    let clause = self.is(child, Relation::Complement);
                    if word == "to" && self.gerund(child) {
                        add("to", child, mark);
                    } else if verbal && self.infinitive(child) && !self.gerund(child) {
                        add("inf", child, None);
                        // "called on the president to act", with "on" hanging from the deed
                        if word != "to" {
                            add(&format!("{word}-inf"), child, mark);
                        }
                    } else if self.gerund(child) && !word.is_empty() && word != "that" {
                        add(word, child, mark);
                    } else if self.gerund(child) && child > of && !clause {
                        add("ing", child, None);
                    } else if word == "that" || clause {
                        add("that", child, None);
                    } else if self.is(child, Relation::OpenComplement)
                        && verbal
                        && self.lemma(of) == "help"
                    {
                        add("inf", child, None);
                    }
                }
                Relation::Oblique | Relation::NounModifier => {
                    if let Some(case) = self.child(child, Relation::Case) {
                        let mut two = self.lower(case).to_owned();
                        // "pulled out of the pact", "ruled in favor of it"
                        let next = self
                            .children(child)
                            .iter()
                            .copied()
                            .find(|c| *c == case + 1 && self.is(*c, Relation::Case));
                        if let Some(next) = next.filter(|_| case == of + 1) {
                            add(&two, child, Some(case));
                            two = format!("{two} {}", self.lower(next));
                        }
                        let particle = self.children(of).iter().find(|c| {
                            self.is(**c, Relation::Compound) && **c > of
                                || self.is(**c, Relation::Adverb) && **c + 1 == case
                        });
                        if let Some(particle) = particle {
                            add(
                                &format!("{} {two}", self.lower(*particle)),
                                child,
                                Some(case),
                            );
                        }
                        add(&two, child, Some(case));
                    }
                }
                _ => {}
            }
        }
        let owner = self.children(of).iter().any(|c| {
            self.is(*c, Relation::Case) && matches!(self.lower(*c), "'s" | "’s" | "'" | "’")
        });
        if self.upos(of) == Upos::Noun && !owner && !out.iter().any(|c| c.frame == "inf") {
            // "a refusal by the members to sign", wherever the parser hangs the deed.
            let near = (of + 1..self.tokens.end.min(of + 7))
                .take_while(|t| {
                    !matches!(self.upos(*t), Upos::Punctuation | Upos::Auxiliary)
                        && (self.upos(*t) != Upos::Verb || self.infinitive(*t))
                })
                .find(|t| self.infinitive(*t) && self.upos(*t) == Upos::Verb);
            if let Some(token) = near {
                out.push(Complement {
                    frame: "inf".to_owned(),
                    token,
                    case: None,
                });
            }
        }
        self.outside(of, passive, &mut out);
        // "called on Obama to retaliate", where the parser hangs the deed from who is asked.
        let inner: Vec<Complement> = out
            .iter()
            .filter(|c| c.frame == "obj" || c.case.is_some())
            .filter_map(|c| {
                let deed = self.children(c.token).iter().copied().find(|d| {
                    self.is(*d, Relation::NounClause) && self.infinitive(*d) && *d > c.token
                })?;
                let frame = if c.frame == "obj" {
                    "objinf".to_owned()
                } else {
                    format!("{}-inf", c.frame)
                };
                self.mention(c.token)?;
                Some(Complement {
                    frame,
                    token: deed,
                    case: c.case,
                })
            })
            .collect();
        out.extend(inner);
        // "urged them to reconsider", "called on Congress to act": somebody and what they are to do.
        let deed = out.iter().find(|c| c.frame == "inf").map(|c| c.token);
        if let Some(deed) = deed {
            let asked: Vec<String> = out
                .iter()
                .filter(|c| c.token < deed && c.frame != "inf")
                .map(|c| {
                    if c.frame == "obj" {
                        "objinf".to_owned()
                    } else {
                        format!("{}-inf", c.frame)
                    }
                })
                .collect();
            for frame in asked {
                out.push(Complement {
                    frame,
                    token: deed,
                    case: None,
                });
            }
        }
        out
    }

    /// The particle of a phrasal verb: "turned **down**".
    fn particle(&self, of: usize) -> Option<usize> {
        self.children(of)
            .iter()
            .copied()
            .find(|c| self.is(*c, Relation::Compound) && *c > of && self.upos(*c) != Upos::Noun)
    }

    /// What stands outside the clause: the noun that "promoted by" or "which we support" describes.
    fn outside(&self, of: usize, passive: bool, out: &mut Vec<Complement>) {
        if out.iter().any(|c| c.frame == "obj") {
            return;
        }
        // "which the president is about to veto": the clause is that of "about".
        let mut of = of;
        while self.is(of, Relation::OpenComplement)
            && let Some(above) = self.head(of).filter(|_| !passive)
        {
            of = above;
        }
        let Some(head) = self.head(of) else { return };
        let subject = self.subject(of);
        let relative = self.is(of, Relation::NounClause)
            && subject.is_some_and(|s| !matches!(self.lower(s), "who" | "which" | "that"));
        let predicate =
            self.child(head, Relation::Copula).is_some() || self.is(head, Relation::OpenComplement);
        let noun = if passive && self.is(of, Relation::NounClause) && predicate {
            self.subject_tokens(head, 0).first().copied()
        } else if passive && self.is(of, Relation::NounClause) {
            Some(head)
        } else if passive && self.is(of, Relation::AdverbialClause) {
            self.subject_tokens(head, 0).first().copied()
        } else if relative {
            // "our schools are something we support"
            let vague = matches!(self.lower(head), "something" | "what" | "thing" | "one");
            if vague {
                self.subject(head)
            } else {
                Some(head)
            }
        } else {
            None
        };
        // "the issues that we fight for": the preposition is left behind.
        let left = self.children(of).iter().copied().find(|c| {
            *c > of
                && self.upos(*c) == Upos::Adposition
                && self.children(*c).is_empty()
                && !self.is(*c, Relation::Compound)
        });
        if let (Some(token), Some(left)) = (noun, left) {
            out.push(Complement {
                frame: self.lower(left).to_owned(),
                token,
                case: Some(left),
            });
            return;
        }
        if let Some(token) = noun {
            out.push(Complement {
                frame: "obj".to_owned(),
                token,
                case: None,
            });
        }
    }
}

impl Tree<'_> {
    /// Whether what is wished for is that something be not done: "decided not to sue".
    pub(super) fn turned(&self, complement: &Complement) -> bool {
        let deed = complement.frame.ends_with("inf") || complement.frame == "ing";
        // "fears that it will not pass", "a demand that it not pass"
        if complement.frame == "that" {
            return self.negated(complement.token);
        }
        deed && self
            .children(complement.token)
            .iter()
            .any(|c| matches!(self.lower(*c), "not" | "never") && self.is(*c, Relation::Adverb))
    }
}

/// The complement that an entry takes: what is to be done before what is named.
pub(super) fn fits(entry: &Entry, complements: &[Complement]) -> Option<Complement> {
    // "need the money to go on": what is to be done is only the purpose.
    let object = entry.takes("obj") && complements.iter().any(|c| c.frame == "obj");
    let rank = |frame: &str| match frame {
        "inf" if object => 7,
        f if f.ends_with("-inf") => 0,
        "objinf" => 1,
        "inf" => 2,
        "that" => 4,
        "ing" => 5,
        "obj" => 6,
        _ => 3,
    };
    complements
        .iter()
        .filter(|c| entry.takes(&c.frame))
        .min_by_key(|c| (rank(&c.frame), c.token))
        .cloned()
}
