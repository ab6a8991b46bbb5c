//! Names as the encoder reads them: cut to their exact words, tied to the lists where both agree,
//! with the titles around them, and found again where the encoder missed them.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Listed, Name, Names, Spelled, again, gap, kind, language, listed, run};
use crate::annotate::encoder::EncodedName;
use crate::annotate::layers::{Layer, Layers};
use crate::annotate::lexicon::gazetteer::{Entry, Use, find, title_length};
use crate::annotate::pipeline::Stage;
use crate::annotate::syntax::is_title_case;
use crate::annotate::token::TokenKind;
use crate::model::{BlockKind, Conll, Document, EntityKind};

/// The least confidence of a name.
const LEAST: f32 = 0.5;
/// From here on an adjective of a headline is taken for a name.
const SURE: f32 = 0.9;

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
            for tokens in parts(layers, found) {
                names.extend(read(document, layers, &listed, found, tokens));
            }
        }
        let spelled = Spelled::new(layers);
        again::find(document, layers, &spelled, &mut names);
        let rules = super::by_rules(layers, &listed, &spelled);
        longer_titles(&rules, &mut names);
        gap::fill(layers, &spelled, encoded, rules, &mut names);
        names.retain(|name| {
            let span = layers.span(&name.tokens);
            !gap::in_address(&document.text, span)
                && !gap::is_seat(&document.text, span)
                && !is_thing(layers, name)
        });
        without_headline_words(document, layers, &mut names);
        names.sort_by_key(|n| (n.tokens.start, n.tokens.end));
        language::part(layers, &mut names);
        layers.names = names;
    }
}

/// Drops single words of a headline that the text writes small elsewhere ("'Ironclad' Ban": "an
/// ironclad guarantee"), and those others.
fn without_headline_words(document: &Document, layers: &Layers, names: &mut Vec<Name>) {
    let small = |token: usize| {
        let text = document.slice(layers.tokens[token].span);
        text == layers.lower(token)
    };
    let headline = |name: &Name| {
        let sentence = layers.sentence_of(name.tokens.start);
        name.tokens.len() == 1
            && name.entry.is_none()
            && sentence.is_some_and(|s| {
                let block = layers.sentences[s].block;
                let kind = document.blocks.get(block.index()).map(|b| b.kind);
                matches!(kind, Some(BlockKind::Title | BlockKind::Heading))
                    && is_title_case(&layers.tokens[layers.sentence_tokens[s].clone()])
            })
    };
    let doubted = names
        .iter()
        .filter(|n| headline(n))
        .map(|n| layers.lower(n.tokens.start));
    let words: BTreeSet<&str> = doubted
        .filter(|word| (0..layers.tokens.len()).any(|t| layers.lower(t) == *word && small(t)))
        .collect();
    names.retain(|n| n.tokens.len() > 1 || !words.contains(layers.lower(n.tokens.start)));
}

/// One name of the encoder.
fn read(
    document: &Document,
    layers: &Layers,
    listed: &Listed,
    found: &EncodedName,
    tokens: Range<usize>,
) -> Option<Name> {
    let tokens = trimmed(layers, tokens)?;
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
    let exact = tokens == found.tokens;
    let mut name = match entry {
        Some(entry) => Name {
            confidence: kind::listed(tokens.clone(), entry)
                .confidence
                .max(found.confidence),
            ..kind::listed(tokens, entry)
        },
        None => Name {
            kind: headed(document, layers, &tokens, found),
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

/// Whether a given name is a word for a thing here: "the Bill".
fn is_thing(layers: &Layers, name: &Name) -> bool {
    let at = name.tokens.start;
    let article = |t: &usize| *t < at && matches!(layers.lower(*t), "the" | "this" | "a" | "that");
    name.kind == EntityKind::Person
        && name.tokens.len() == 1
        && kind::given(layers, at).is_some()
        && kind::by_head(layers.lower(at)).is_some()
        && layers.children(at).any(|child| article(&child))
}

/// Whether a name is one word with what is said of it: "London-based", "anti-Mexican", or two of
/// them in one: "EU-Turkey". A people of two names is none: "African-American".
fn is_compound(word: &str) -> bool {
    let small = |part: &str| part.chars().next().is_some_and(char::is_lowercase);
    let Some((first, last)) = word.rsplit_once(['-', '–']).filter(|_| !word.contains(' ')) else {
        return false;
    };
    let people = last.starts_with("American") || last.starts_with("Canadian");
    small(first) != small(last)
        || !small(first) && !people && {
            let known = |part: &str| find(part).iter().any(|(at, e)| *at == 0 && e.name == part);
            known(first) && known(last)
        }
}

/// The kind of a name; acts, treaties and cups are told by their last word.
fn headed(
    document: &Document,
    layers: &Layers,
    tokens: &Range<usize>,
    found: &EncodedName,
) -> EntityKind {
    if found.conll == Conll::Miscellaneous && is_compound(document.slice(layers.span(tokens))) {
        return EntityKind::Other;
    }
    let head = kind::by_head(layers.lower(tokens.end - 1)).filter(|_| tokens.len() > 1);
    match (head, found.conll) {
        (Some(EntityKind::Work), Conll::Organization | Conll::Miscellaneous) => EntityKind::Work,
        (Some(EntityKind::Event), Conll::Miscellaneous) => EntityKind::Event,
        _ => found.kind,
    }
}

/// A place and the larger one after its comma are two: "Utrecht, the Netherlands".
fn parts(layers: &Layers, found: &EncodedName) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = found.tokens.start;
    if found.conll == Conll::Location {
        for at in found.tokens.clone() {
            if layers.tokens[at].is_sign(",") && at > from {
                parts.push(from..at);
                from = at + 1;
            }
        }
    }
    if from < found.tokens.end {
        parts.push(from..found.tokens.end);
    }
    parts
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
