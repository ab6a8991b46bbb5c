//! Names as the encoder reads them: cut to their exact words, tied to the lists where both agree,
//! with the titles around them, and found again where the encoder missed them.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Listed, Name, Names, key, kind, listed, run};
use crate::annotate::encoder::EncodedName;
use crate::annotate::layers::{Layer, Layers};
use crate::annotate::lexicon::gazetteer::{Entry, Use, title_length};
use crate::annotate::pipeline::Stage;
use crate::annotate::syntax::is_title_case;
use crate::annotate::token::TokenKind;
use crate::model::{Conll, Document, EntityKind};

/// The least confidence of a name.
const LEAST: f32 = 0.5;
/// From here on a name is looked for in the rest of the document.
const SURE: f32 = 0.9;
/// How likely the words of a name of the rules must be part of one.
const LIKELY: f32 = 0.5;
/// How sure a name is that was found again.
const AGAIN: f32 = 0.85;
/// The most words of a name that is looked for again.
const LONGEST: usize = 6;

/// The stage: the encoder's names, or those of the rules where the encoder gave none.
pub struct EncodedNames;

impl Stage for EncodedNames {
    fn name(&self) -> &'static str {
        "names"
    }
    fn requires(&self) -> &'static [Layer] {
        &[
            Layer::Tokens,
            Layer::Sentences,
            Layer::Encoded,
            Layer::Syntax,
        ]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Names]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let Some(encoded) = &layers.encoded else {
            return Names.run(document, layers);
        };
        let listed = listed(document, layers);
        let mut names = Vec::with_capacity(encoded.names.len());
        for found in &encoded.names {
            names.extend(read(layers, &listed, found));
        }
        again(layers, &mut names);
        let mut rules = super::by_rules(layers, &listed);
        longer_titles(&rules, &mut names);
        rules.retain(|name| {
            let named = encoded.named.get(name.tokens.clone()).unwrap_or_default();
            let share = named.iter().sum::<f32>() / named.len().max(1) as f32;
            let known = name.entry.is_some() || name.rule == "name+government";
            known || name.confidence >= AGAIN && share >= LIKELY
        });
        fill(rules, &mut names);
        names.sort_by_key(|n| (n.tokens.start, n.tokens.end));
        layers.names = names;
    }
}

/// One name of the encoder.
fn read(layers: &Layers, listed: &Listed, found: &EncodedName) -> Option<Name> {
    let tokens = trimmed(layers, found.tokens.clone())?;
    let entry = entry(listed, &tokens, found.conll);
    // In a headline any adjective has its capital.
    let doubtful = found.conll == Conll::Miscellaneous && entry.is_none() && {
        let sentence = layers.sentence_of(tokens.start);
        let sentence = sentence.and_then(|s| layers.sentence_tokens.get(s));
        sentence.is_some_and(|s| is_title_case(&layers.tokens[s.clone()]))
    };
    if found.confidence < if doubtful { SURE } else { LEAST } {
        return None;
    }
    if tokens.len() == 1 && is_seat_of_member(&layers.tokens[tokens.start].lower) {
        return None;
    }
    let exact = tokens == found.tokens;
    let mut name = match entry {
        Some(entry) => Name {
            confidence: kind::listed(tokens.clone(), entry)
                .confidence
                .max(found.confidence),
            ..kind::listed(tokens, entry)
        },
        None => Name {
            kind: headed(layers, &tokens, found),
            tokens,
            entry: None,
            conll: None,
            title: None,
            rule: "encoder".into(),
            confidence: found.confidence,
        },
    };
    name.conll = exact.then_some(found.conll);
    if entry.is_none() {
        titles(layers, &mut name);
    }
    Some(name)
}

/// Adds what the rules know better than the encoder: listed names that it passed over, and
/// governments, around the names of those who lead them or whom they govern.
fn fill(rules: Vec<Name>, names: &mut Vec<Name>) {
    names.sort_by_key(|n| (n.tokens.start, n.tokens.end));
    let mut more = Vec::new();
    for name in rules {
        let from = names.partition_point(|n| n.tokens.end <= name.tokens.start);
        let to = names.partition_point(|n| n.tokens.start < name.tokens.end);
        let free = from >= to;
        let government = name.rule == "name+government";
        if government || free {
            more.push(name);
        }
    }
    names.extend(more);
}

/// The kind of a name; acts, treaties and cups are told by their last word.
fn headed(layers: &Layers, tokens: &Range<usize>, found: &EncodedName) -> EntityKind {
    let head = kind::by_head(layers.lower(tokens.end - 1)).filter(|_| tokens.len() > 1);
    match (head, found.conll) {
        (Some(EntityKind::Work), Conll::Organization | Conll::Miscellaneous) => EntityKind::Work,
        (Some(EntityKind::Event), Conll::Miscellaneous) => EntityKind::Event,
        _ => found.kind,
    }
}

/// The exact words of a name: no article, no possessive mark, no signs at its ends. `None` if
/// nothing is left.
fn trimmed(layers: &Layers, mut tokens: Range<usize>) -> Option<Range<usize>> {
    while tokens.len() > 1 && edge(layers, tokens.end - 1) {
        tokens.end -= 1;
    }
    while tokens.len() > 1
        && (edge(layers, tokens.start) || layers.lower(tokens.start) == "the")
        // The Hague and The Gambia have theirs.
        && !(matches!(layers.lower(tokens.start + 1), "hague" | "gambia") && tokens.len() == 2)
    {
        tokens.start += 1;
    }
    let word = |t: usize| matches!(layers.tokens[t].kind, TokenKind::Word | TokenKind::Number);
    tokens.clone().any(word).then_some(tokens)
}

/// Whether a token at the end of a name is none of it.
fn edge(layers: &Layers, token: usize) -> bool {
    match layers.tokens[token].kind {
        TokenKind::Open | TokenKind::Close | TokenKind::Possessive => true,
        TokenKind::Sign => !matches!(&*layers.tokens[token].lower, "." | "!" | ")" | "$" | "#"),
        TokenKind::Word | TokenKind::Number => false,
    }
}

/// The listed name of exactly these words, unless the encoder takes them for somebody else: a
/// person called Jordan, a team called Washington.
fn entry(listed: &Listed, tokens: &Range<usize>, conll: Conll) -> Option<&'static Entry> {
    let (end, entry) = *listed.get(&tokens.start)?;
    let fits = match conll {
        Conll::Person => entry.kind == EntityKind::Person,
        Conll::Organization => {
            entry.kind == EntityKind::Organization
                || entry.class == "country" && entry.usage == Use::Name
        }
        Conll::Location => entry.usage != Use::Demonym,
        Conll::Miscellaneous => entry.usage == Use::Demonym || entry.kind != EntityKind::Place,
    };
    (end == tokens.end && fits).then_some(entry)
}

/// Titles before and after a person's name; one that the encoder took into the name is cut off.
fn titles(layers: &Layers, name: &mut Name) {
    if name.kind != EntityKind::Person {
        return;
    }
    let sentence = layers
        .sentence_of(name.tokens.start)
        .and_then(|s| layers.sentence_tokens.get(s).cloned())
        .unwrap_or_else(|| name.tokens.clone());
    let inside = title_length(name.tokens.clone().map(|t| layers.lower(t)));
    // Dean is a title and a given name; the encoder took it for the name.
    let given = inside == 1 && kind::given(layers, name.tokens.start).is_some();
    if inside > 0 && inside < name.tokens.len() && !given {
        let start = name.tokens.start;
        name.title = Some(start..start + inside);
        name.tokens.start += inside;
        name.conll = None;
        return;
    }
    name.title = run::title_before(layers, name.tokens.start, sentence.start)
        .or_else(|| run::title_after(layers, name.tokens.end, sentence.end));
}

/// The rules may see more of a title: "special envoy to the Middle East Ann Lee".
fn longer_titles(rules: &[Name], names: &mut [Name]) {
    for name in names.iter_mut().filter(|n| n.kind == EntityKind::Person) {
        let from = rules.partition_point(|r| r.tokens.start < name.tokens.start);
        let same = rules[from..].iter().find(|r| r.tokens == name.tokens);
        if let Some(title) = same.and_then(|r| r.title.as_ref())
            && name.title.as_ref().is_none_or(|t| t.len() < title.len())
        {
            name.title = Some(title.clone());
        }
    }
}

/// Party and state of a member of parliament: "R-Ky.".
fn is_seat_of_member(word: &str) -> bool {
    let rest = ["r-", "d-", "i-"].iter().find_map(|p| word.strip_prefix(p));
    rest.is_some_and(|state| state.len() <= 6 && state.ends_with('.'))
}

/// A name that is known from elsewhere in the document.
struct Known {
    kind: EntityKind,
    entry: Option<&'static Entry>,
    conll: Option<Conll>,
    /// As it is written, with its capitals.
    written: Vec<bool>,
}

/// Finds sure names again where the encoder saw none: in running text written alike, in headlines
/// however they are written.
fn again(layers: &Layers, names: &mut Vec<Name>) {
    let mut known: BTreeMap<String, Known> = BTreeMap::new();
    let capitals = |tokens: &Range<usize>| -> Vec<bool> {
        tokens.clone().map(|t| layers.tokens[t].capital).collect()
    };
    let mut taken = vec![false; layers.tokens.len()];
    for name in names.iter() {
        for token in name.tokens.clone() {
            taken[token] = true;
        }
        if name.confidence < SURE || name.tokens.len() > LONGEST || name.conll.is_none() {
            continue;
        }
        let mut learn = |tokens: Range<usize>, entry| {
            let written = capitals(&tokens);
            if written.contains(&true) && layers.tokens[tokens.start].lower.chars().count() > 1 {
                let (kind, conll) = (name.kind, name.conll);
                known.entry(key(layers, &tokens)).or_insert(Known {
                    kind,
                    entry,
                    conll,
                    written,
                });
            }
        };
        learn(name.tokens.clone(), name.entry);
        if name.kind == EntityKind::Person && name.tokens.len() > 1 {
            learn(name.tokens.end - 1..name.tokens.end, None);
        }
    }
    if known.is_empty() {
        return;
    }
    for sentence in &layers.sentence_tokens {
        let headline = is_title_case(&layers.tokens[sentence.clone()]);
        let mut at = sentence.start;
        while at < sentence.end {
            let free = |end: usize| (at..end).all(|t| !taken[t]);
            let found = (at + 1..=sentence.end.min(at + LONGEST))
                .rev()
                .find_map(|end| {
                    let known = known.get(&key(layers, &(at..end))).filter(|_| free(end))?;
                    let alike = known.written == capitals(&(at..end));
                    // A word at the start of a sentence has its capital from there.
                    let plain = end == at + 1 && super::starts_sentence(layers, at);
                    let shouted = layers.tokens[at].capital && headline;
                    (shouted || alike && !plain).then_some((end, known))
                });
            let Some((end, known)) = found else {
                at += 1;
                continue;
            };
            names.push(Name {
                tokens: at..end,
                kind: known.kind,
                entry: known.entry,
                conll: known.conll,
                title: None,
                rule: "encoder:again".into(),
                confidence: AGAIN,
            });
            at = end;
        }
    }
}
