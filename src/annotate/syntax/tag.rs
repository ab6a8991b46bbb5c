//! Part-of-speech guesses: closed classes and verb forms, decided by the neighbours on the left
//! and a look at the next words.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Pos, Tag};
use crate::annotate::lexicon::stance::{self, Part};
use crate::annotate::lexicon::words::{self, Inflection};
use crate::annotate::token::{Token, TokenKind};

/// Nouns in -ing that are read as verbs only after a form of "be".
const ING_NOUNS: &str = " meeting building hearing funding ruling warning meaning feeling spending \
    housing training beginning morning evening filing offering proceeding testing finding standing \
    being planning lobbying marketing banking shooting bombing killing spokesperson thing king spring \
    string wing king something anything nothing everything during surroundings polling gathering ";

/// Words in -ly that are not adverbs.
const LY: &str = " family only early likely unlikely reply ally supply july italy assembly monopoly \
    daily weekly monthly friendly deadly costly elderly ugly holy orderly lively anomaly rally fly \
    apply rely comply imply multiply belly bully ";

/// Adjective endings.
const ADJECTIVE: [&str; 12] = [
    "ous", "ful", "ive", "able", "ible", "ic", "less", "ish", "ical", "ial", "onal", "ary",
];

/// Tags sentences; keeps one copy of each base form.
#[derive(Default)]
pub struct Tagger {
    pool: BTreeSet<Arc<str>>,
}

impl Tagger {
    /// Tags one sentence.
    pub fn tag(&mut self, tokens: &[Token]) -> Vec<Tag> {
        let title_case = is_title_case(tokens);
        let mut tags: Vec<Tag> = Vec::with_capacity(tokens.len());
        for at in 0..tokens.len() {
            let (pos, inflection, lemma) = guess(tokens, &tags, at, title_case);
            let lemma = self.keep(lemma.as_deref().unwrap_or(&tokens[at].lower));
            tags.push(Tag {
                pos,
                inflection,
                lemma,
            });
        }
        tags
    }

    fn keep(&mut self, word: &str) -> Arc<str> {
        if let Some(known) = self.pool.get(word) {
            return Arc::clone(known);
        }
        let new: Arc<str> = word.into();
        self.pool.insert(Arc::clone(&new));
        new
    }
}

/// Whether a sentence is set in headline capitals.
pub fn is_title_case(tokens: &[Token]) -> bool {
    let long = |t: &&Token| t.is_word() && t.lower.chars().count() >= 4;
    let words = tokens.iter().filter(long).count();
    let capitals = tokens.iter().filter(long).filter(|t| t.capital).count();
    // A full sentence may be mostly names; a headline has no full stop.
    let stopped = tokens.last().is_some_and(|t| t.is_sign("."));
    words >= 3 && capitals * 10 >= words * 8 && !stopped
}

type Guess = (Pos, Option<Inflection>, Option<String>);

fn guess(tokens: &[Token], tags: &[Tag], at: usize, title_case: bool) -> Guess {
    let token = &tokens[at];
    let plain = |pos| (pos, None, None);
    match token.kind {
        TokenKind::Number => return plain(Pos::Number),
        TokenKind::Open => return plain(Pos::Open),
        TokenKind::Close => return plain(Pos::Close),
        TokenKind::Possessive => {
            let previous = tags.last().map(|t| t.pos);
            return if matches!(previous, Some(Pos::Pronoun | Pos::Relative)) {
                (Pos::Auxiliary, None, Some("be".to_owned()))
            } else {
                plain(Pos::PossessiveMark)
            };
        }
        TokenKind::Sign if &*token.lower == "," => return plain(Pos::Comma),
        TokenKind::Sign => return plain(Pos::Sign),
        TokenKind::Word => {}
    }
    let word = &*token.lower;
    let classes = words::classes_of(word);
    let first = !tags.iter().any(|t| !matches!(t.pos, Pos::Open | Pos::Sign));
    if token.all_caps && word.len() > 1 && !title_case && word != "i" {
        return plain(Pos::Proper);
    }
    if token.capital
        && !first
        && !title_case
        && word != "i"
        && (classes.is_empty() || !after_quote(tags))
    {
        return plain(Pos::Proper);
    }
    if classes.has("time") && token.capital {
        return plain(Pos::Proper);
    }
    if let Some(found) = closed(tokens, tags, at) {
        return found;
    }
    open(tokens, tags, at, first)
}

fn after_quote(tags: &[Tag]) -> bool {
    matches!(tags.last().map(|t| t.pos), Some(Pos::Open))
}

/// The last tag that is no adverb, negation or quotation mark.
fn left(tags: &[Tag]) -> Option<&Tag> {
    tags.iter()
        .rev()
        .find(|t| !matches!(t.pos, Pos::Adverb | Pos::Negation | Pos::Open | Pos::Close))
}

fn closed(tokens: &[Token], tags: &[Tag], at: usize) -> Option<Guess> {
    let word = &*tokens[at].lower;
    let classes = words::classes_of(word);
    let plain = |pos| Some((pos, None, None));
    let next = tokens.get(at + 1);
    let next_word = next.filter(|t| t.is_word()).map_or("", |t| &*t.lower);
    let next_verb = words::verb_form(next_word);
    let next_classes = words::classes_of(next_word);
    let last = left(tags).map(|t| t.pos);
    match word {
        "to" => {
            let mut ahead = tokens[at + 1..]
                .iter()
                .filter(|t| !words::classes_of(&t.lower).has("adv") && !t.lower.ends_with("ly"));
            let verb = ahead.next().is_some_and(|t| {
                let base =
                    words::verb_form(&t.lower).is_some_and(|v| v.inflection == Inflection::Base);
                (base || matches!(&*t.lower, "be" | "have" | "do" | "get")) && !t.capital
            });
            return plain(if verb { Pos::To } else { Pos::Preposition });
        }
        "that" => {
            let before_verb = next_classes.has("aux")
                || next_classes.has("modal")
                || next_verb.is_some_and(|v| {
                    v.inflection != Inflection::Base && v.inflection != Inflection::Ing
                });
            // "rejected that argument": a noun and then the end of the phrase.
            let points = next_classes.is_empty()
                && next.is_some_and(|t| t.is_word() && !t.capital && !t.lower.ends_with('s'))
                && tokens.get(at + 2).is_none_or(|t| {
                    !t.is_word() && t.kind != TokenKind::Possessive
                        || words::classes_of(&t.lower).has("prep")
                });
            return plain(match last {
                Some(Pos::Verb) if points => Pos::Determiner,
                Some(Pos::Noun | Pos::Proper) if before_verb => Pos::Relative,
                Some(
                    Pos::Noun
                    | Pos::Proper
                    | Pos::Verb
                    | Pos::Adjective
                    | Pos::Comma
                    | Pos::Conjunction
                    | Pos::Pronoun,
                ) => Pos::Subordinator,
                _ if before_verb => Pos::Pronoun,
                Some(Pos::Auxiliary)
                    if next_classes.has("pron")
                        || next_classes.has("det")
                        || next.is_some_and(|t| t.capital) =>
                {
                    Pos::Subordinator
                }
                _ => Pos::Determiner,
            });
        }
        "her" => {
            let noun = next.is_some_and(|t| t.is_word() || t.kind == TokenKind::Number)
                && !["prep", "conj", "det", "sub", "pron", "aux", "modal"]
                    .iter()
                    .any(|c| next_classes.has(c));
            return plain(if noun { Pos::Possessive } else { Pos::Pronoun });
        }
        "who" | "which" | "whom" => {
            return plain(
                if matches!(
                    last,
                    Some(
                        Pos::Noun
                            | Pos::Proper
                            | Pos::Pronoun
                            | Pos::Comma
                            | Pos::Preposition
                            | Pos::Number
                    )
                ) {
                    Pos::Relative
                } else {
                    Pos::Pronoun
                },
            );
        }
        "as" | "since" | "after" | "before" | "until" | "than" | "while" => {
            let clause = next_verb.is_none_or(|v| v.inflection != Inflection::Ing)
                && tokens[at + 1..]
                    .iter()
                    .take(7)
                    .take_while(|t| !t.is_sign(","))
                    .skip(1)
                    .any(|t| {
                        let c = words::classes_of(&t.lower);
                        c.has("modal")
                            || matches!(
                                &*t.lower,
                                "is" | "are"
                                    | "was"
                                    | "were"
                                    | "has"
                                    | "have"
                                    | "had"
                                    | "did"
                                    | "does"
                            )
                            || words::verb_form(&t.lower).is_some_and(|v| {
                                matches!(v.inflection, Inflection::Past)
                                    || (v.inflection != Inflection::Base
                                        && v.inflection != Inflection::Ing
                                        && !v.noun_too)
                            })
                    });
            return plain(if clause || word == "while" {
                Pos::Subordinator
            } else {
                Pos::Preposition
            });
        }
        "like" if matches!(last, Some(Pos::Pronoun | Pos::Modal | Pos::To)) => return None,
        "need" | "dare" | "ought" if !next_classes.has("neg") => {
            return None;
        }
        "'d" => return plain(Pos::Modal),
        "no" => return plain(Pos::Determiner),
        "so" => return plain(Pos::Adverb),
        // "more determined than ever"
        "more" | "most" | "less"
            if !stance::readings(Part::Adjective, next_word).is_empty()
                || words::is_valued("good", next_word)
                || words::is_valued("bad", next_word) =>
        {
            return plain(Pos::Adverb);
        }
        "one" => return plain(Pos::Number),
        "'re" | "'m" => return Some((Pos::Auxiliary, None, Some("be".to_owned()))),
        "'ve" => return Some((Pos::Auxiliary, None, Some("have".to_owned()))),
        "including" | "following" | "regarding" | "concerning" => {
            return plain(if matches!(last, Some(Pos::Auxiliary)) {
                Pos::Verb
            } else {
                Pos::Preposition
            });
        }
        "this" | "these" | "those" | "all" | "each" | "some" | "many" | "both" | "several"
        | "few" | "most" | "any" | "such" | "more" | "other" => {
            let pronoun = next.is_none_or(|t| {
                !t.is_word() && t.kind != TokenKind::Number && t.kind != TokenKind::Open
            }) || next_classes.has("aux")
                || next_classes.has("modal")
                || next_classes.has("prep")
                || next_classes.has("rel")
                || (next_verb.is_some_and(|v| !v.noun_too && v.inflection != Inflection::Ing)
                    && !next_classes.has("adj"));
            return plain(if pronoun {
                Pos::Pronoun
            } else {
                Pos::Determiner
            });
        }
        _ => {}
    }
    if classes.has("aux") {
        let lemma = match word {
            "am" | "is" | "are" | "was" | "were" | "been" | "being" => "be",
            "has" | "had" | "having" => "have",
            "does" | "did" | "doing" | "done" => "do",
            "gets" | "got" | "gotten" => "get",
            other => other,
        };
        return Some((Pos::Auxiliary, None, Some(lemma.to_owned())));
    }
    let order = [
        ("modal", Pos::Modal),
        ("neg", Pos::Negation),
        ("poss", Pos::Possessive),
        ("pron", Pos::Pronoun),
        ("sub", Pos::Subordinator),
        ("prep", Pos::Preposition),
        ("conj", Pos::Conjunction),
        ("det", Pos::Determiner),
        ("num", Pos::Number),
    ];
    order
        .into_iter()
        .find(|(class, _)| classes.has(class))
        .map(|(_, pos)| (pos, None, None))
}

fn open(tokens: &[Token], tags: &[Tag], at: usize, first: bool) -> Guess {
    let word = &*tokens[at].lower;
    let classes = words::classes_of(word);
    let last = left(tags);
    let last_pos = last.map(|t| t.pos);
    let next = tokens.get(at + 1);
    let next_word = next.filter(|t| t.is_word()).map_or("", |t| &*t.lower);
    let next_classes = words::classes_of(next_word);
    let noun = || (Pos::Noun, None, Some(singular(word)));
    if let Some(form) = words::verb_form(word) {
        let verb = || {
            (
                Pos::Verb,
                Some(form.inflection),
                Some(form.lemma.to_string()),
            )
        };
        let opens_object = next.is_some_and(|t| {
            t.kind == TokenKind::Open
                || t.kind == TokenKind::Number
                || t.capital
                || ["det", "poss", "pron", "sub", "prep", "adj"]
                    .iter()
                    .any(|c| next_classes.has(c))
                || &*t.lower == "to"
        });
        let nominal_left = matches!(
            last_pos,
            Some(
                Pos::Determiner
                    | Pos::Possessive
                    | Pos::PossessiveMark
                    | Pos::Adjective
                    | Pos::Preposition
                    | Pos::Number
            )
        );
        let verbal_left = matches!(last_pos, Some(Pos::To | Pos::Modal))
            || last.is_some_and(|t| t.pos == Pos::Auxiliary);
        let has_finite = tags
            .iter()
            .rev()
            .take_while(|t| {
                !matches!(
                    t.pos,
                    Pos::Subordinator | Pos::Relative | Pos::Conjunction | Pos::Sign | Pos::Comma
                )
            })
            .any(|t| {
                matches!(t.pos, Pos::Auxiliary | Pos::Modal)
                    || t.pos == Pos::Verb
                        && matches!(
                            t.inflection,
                            Some(
                                Inflection::Third | Inflection::Past | Inflection::PastOrParticiple
                            )
                        )
            });
        match form.inflection {
            Inflection::Base => {
                let after_to = last_pos == Some(Pos::Conjunction)
                    && tags
                        .iter()
                        .rev()
                        .take(8)
                        .any(|t| matches!(t.pos, Pos::To | Pos::Modal));
                let plural_subject = last.is_some_and(|t| match t.pos {
                    Pos::Pronoun => true,
                    Pos::Noun => true,
                    Pos::Relative => true,
                    Pos::Proper => !form.noun_too,
                    _ => false,
                });
                if last_pos == Some(Pos::To)
                    || (verbal_left
                        && last.is_some_and(|t| t.pos == Pos::Modal || &*t.lemma == "do"))
                    || (after_to && (!form.noun_too || opens_object))
                    || (plural_subject
                        && !has_finite
                        && (!form.noun_too || opens_object && !next_classes.has("prep")))
                    || (first && !form.noun_too && !classes.has("adj"))
                {
                    return verb();
                }
                if classes.has("adj") {
                    return (Pos::Adjective, None, None);
                }
                return noun();
            }
            Inflection::Third => {
                let subject = matches!(
                    last_pos,
                    Some(
                        Pos::Noun
                            | Pos::Proper
                            | Pos::Pronoun
                            | Pos::Relative
                            | Pos::Number
                            | Pos::Conjunction
                            | Pos::Comma
                    )
                );
                if !nominal_left
                    && subject
                    && !has_finite
                    && (!form.noun_too || (opens_object && !finite_ahead(tokens, at + 1)))
                    && !verbal_left
                {
                    return verb();
                }
                if first || nominal_left || form.noun_too || verbal_left {
                    return noun();
                }
                return verb();
            }
            Inflection::Past => return verb(),
            Inflection::PastOrParticiple | Inflection::Participle => {
                let modifies = matches!(
                    last_pos,
                    Some(
                        Pos::Determiner
                            | Pos::Possessive
                            | Pos::PossessiveMark
                            | Pos::Preposition
                            | Pos::Adjective
                    )
                ) && next.is_some_and(|t| {
                    t.is_word()
                        && !["prep", "det", "aux", "pron"]
                            .iter()
                            .any(|c| next_classes.has(c))
                });
                if modifies && !first && !has_auxiliary(tags) {
                    return (Pos::Adjective, None, Some(form.lemma.to_string()));
                }
                if !stance::readings(Part::Adjective, word).is_empty() {
                    return (Pos::Adjective, None, None);
                }
                if form.noun_too && nominal_left {
                    return noun();
                }
                return verb();
            }
            Inflection::Ing => {
                let listed = ING_NOUNS.contains(&format!(" {word} "));
                let be = last.is_some_and(|t| t.pos == Pos::Auxiliary && &*t.lemma == "be");
                let reports = last_pos == Some(Pos::Comma)
                    && ["sub", "prep", "det"].iter().any(|c| next_classes.has(c));
                if be
                    || reports
                    || (!listed && !matches!(last_pos, Some(Pos::Determiner | Pos::Adjective)))
                {
                    return verb();
                }
                return (Pos::Noun, None, None);
            }
        }
    }
    if classes.has("adv")
        || word.ends_with("ly") && word.len() > 4 && !LY.contains(&format!(" {word} "))
    {
        return (Pos::Adverb, None, None);
    }
    if !stance::readings(Part::Adjective, word).is_empty()
        || classes.has("adj")
        || words::is_valued("good", word)
        || words::is_valued("bad", word)
        || (!first || !tokens[at].capital)
            && word.len() > 5
            && ADJECTIVE.iter().any(|e| word.ends_with(e))
    {
        return (Pos::Adjective, None, None);
    }
    if word.ends_with("ing")
        && word.len() > 5
        && matches!(last_pos, Some(Pos::Auxiliary | Pos::Preposition))
        && !ING_NOUNS.contains(&format!(" {word} "))
    {
        return (
            Pos::Verb,
            Some(Inflection::Ing),
            Some(word.trim_end_matches("ing").to_owned()),
        );
    }
    if word.ends_with("ed")
        && word.len() > 4
        && !tokens[at].capital
        && !matches!(
            last_pos,
            Some(Pos::Determiner | Pos::Adjective | Pos::Possessive)
        )
    {
        return (
            Pos::Verb,
            Some(Inflection::PastOrParticiple),
            Some(word.trim_end_matches("ed").to_owned()),
        );
    }
    if tokens[at].capital {
        return (Pos::Proper, None, None);
    }
    noun()
}

fn has_auxiliary(tags: &[Tag]) -> bool {
    tags.iter()
        .rev()
        .take_while(|t| {
            matches!(
                t.pos,
                Pos::Auxiliary | Pos::Adverb | Pos::Negation | Pos::Modal
            )
        })
        .any(|t| t.pos == Pos::Auxiliary)
}

/// Whether a finite verb follows before the clause ends.
fn finite_ahead(tokens: &[Token], from: usize) -> bool {
    tokens[from..]
        .iter()
        .take(8)
        .take_while(|t| {
            let c = words::classes_of(&t.lower);
            (t.is_word() || t.kind == TokenKind::Possessive || t.kind == TokenKind::Number)
                && !c.has("sub")
                && !c.has("rel")
                && &*t.lower != "to"
        })
        .any(|t| {
            let c = words::classes_of(&t.lower);
            (c.has("aux") && !matches!(&*t.lower, "be" | "been" | "being" | "having"))
                || c.has("modal") && &*t.lower != "need"
                || words::verb_form(&t.lower).is_some_and(|v| v.inflection == Inflection::Past)
        })
}

/// The singular of a noun, by its ending.
pub fn singular(word: &str) -> String {
    let cut = |n: usize, with: &str| format!("{}{with}", &word[..word.len() - n]);
    if word.len() <= 3 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word.to_owned();
    }
    if word.ends_with("ies") && word.len() > 4 {
        return cut(3, "y");
    }
    if ["sses", "xes", "ches", "shes"]
        .iter()
        .any(|e| word.ends_with(e))
    {
        return cut(2, "");
    }
    if word.ends_with('s') {
        return cut(1, "");
    }
    match word {
        "men" => "man".to_owned(),
        "women" => "woman".to_owned(),
        "children" => "child".to_owned(),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::testing;

    fn pos(text: &str, word: &str) -> Pos {
        let document = testing::paragraph(text);
        let layers = testing::layers(&document);
        let at = layers
            .tokens
            .iter()
            .position(|t| t.span.of(text) == word)
            .unwrap();
        layers.tags[at].pos
    }

    #[test]
    fn demands_is_a_verb_after_a_subject_and_a_noun_after_a_possessive() {
        assert_eq!(pos("Russia demands a permanent ban.", "demands"), Pos::Verb);
        assert_eq!(
            pos("It aligns with Russia's core demands.", "demands"),
            Pos::Noun
        );
    }

    #[test]
    fn to_is_told_before_verbs_and_before_nouns() {
        assert_eq!(pos("They want to ban it.", "to"), Pos::To);
        assert_eq!(pos("They went to Paris.", "to"), Pos::Preposition);
    }

    #[test]
    fn that_opens_a_clause_or_points() {
        assert_eq!(pos("He said that taxes rose.", "that"), Pos::Subordinator);
        assert_eq!(pos("The war that began is over.", "that"), Pos::Relative);
    }
}
