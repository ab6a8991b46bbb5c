//! Spans that look like names, with a guess at their kind: listed names first, then runs of
//! capitalised words judged by given names, titles, head words and neighbours. Which names belong
//! to one entity is decided by `identity`.

mod again;
mod encoded;
mod gap;
mod kind;
mod language;
mod run;

pub use encoded::EncodedNames;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::layers::{Layer, Layers};
use super::lexicon::gazetteer::{self, Entry, Use};
use super::pipeline::Stage;
use super::syntax::Pos;
use super::token::TokenKind;
use crate::model::{Conll, Document, EntityKind, Rule};

/// A span that looks like a name.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it seems to be.
    pub kind: EntityKind,
    /// The listed name, where it is one.
    pub entry: Option<&'static Entry>,
    /// Its type of the four, where the encoder found it.
    pub conll: Option<Conll>,
    /// Tokens of the title before or after it.
    pub title: Option<Range<usize>>,
    /// Which rule found it.
    pub rule: Rule,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

impl Name {
    /// Whether it is the adjective or people of a place or party.
    pub fn is_demonym(&self) -> bool {
        self.entry.is_some_and(|e| e.usage == Use::Demonym)
    }
}

/// The stage.
pub struct Names;

impl Stage for Names {
    fn name(&self) -> &'static str {
        "names"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Tokens, Layer::Sentences, Layer::Syntax]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Names]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let listed = listed(document, layers);
        let mut names = by_rules(layers, &listed, &Spelled::new(layers));
        names.retain(|name| !gap::is_seat(&document.text, layers.span(&name.tokens)));
        language::part(layers, &mut names);
        layers.names = names;
    }
}

/// The names that the rules find, in order.
fn by_rules(layers: &Layers, listed: &Listed, spelled: &Spelled) -> Vec<Name> {
    let mut names = Vec::new();
    let mut headlines = Vec::new();
    for sentence in &layers.sentence_tokens {
        let tokens = &layers.tokens[sentence.clone()];
        if super::syntax::is_title_case(tokens) {
            headlines.push(sentence.clone());
        } else {
            run::find(layers, listed, spelled, sentence, &mut names);
        }
    }
    let known = Known::new(layers, &names);
    for sentence in headlines {
        headline(layers, listed, &known, &sentence, &mut names);
    }
    names.sort_by_key(|n| (n.tokens.start, n.tokens.end));
    judge_by_company(layers, &mut names);
    names
}

/// Listed names by their first token.
type Listed = BTreeMap<usize, (usize, &'static Entry)>;

fn listed(document: &Document, layers: &Layers) -> Listed {
    let mut out = Listed::new();
    for block in document.blocks.iter().filter(|b| b.kind.is_prose()) {
        for (at, entry) in gazetteer::find(document.slice(block.span)) {
            let from = block.span.from() + at;
            let to = from + entry.name.len();
            let first = layers.tokens.partition_point(|t| t.span.from() < from);
            let end = layers.tokens.partition_point(|t| t.span.from() < to);
            let aligned = layers
                .tokens
                .get(first)
                .is_some_and(|t| t.span.from() == from)
                && end > first
                && layers.tokens[end - 1].span.to() >= to
                && layers.tokens[end - 1].span.to() <= to + 1;
            if aligned && !refused(layers, first, entry) {
                let skip =
                    usize::from(entry.name.starts_with("The ") || entry.name.starts_with("the "));
                out.insert(first + skip, (end, entry));
            }
        }
    }
    out
}

/// Listed names that are common words in the wrong place.
fn refused(layers: &Layers, first: usize, entry: &Entry) -> bool {
    let before = first.checked_sub(1).map_or("", |i| layers.lower(i));
    match entry.name {
        "West" | "Commons" | "Lords" | "Treasury" | "Fed" | "Emirates" | "Greens" | "Atlantic"
        | "Pacific" | "Union" => before != "the",
        // May be a verb, a fruit, a bird, a given name.
        "Meta" | "Shell" | "Dawn" | "Apple" | "Vox" | "Renaissance" | "Charlotte" | "Phoenix"
        | "Polish" | "Pole" | "Wall" | "Ala." | "Miss." | "Mass." | "Ill." | "Mo." | "Ind." => {
            starts_sentence(layers, first)
        }
        "House" => {
            !matches!(before, "the" | "of" | "in" | "and") && !starts_sentence(layers, first)
        }
        _ => false,
    }
}

/// Single capitals that nothing else explains are persons where a government has their name
/// ("the Trump administration") or a person stands beside them ("Trump and Putin").
fn judge_by_company(layers: &Layers, names: &mut [Name]) {
    let leaders: BTreeSet<&str> = names
        .iter()
        .filter(|n| n.rule == "name+government" && n.tokens.len() == 2)
        .map(|n| layers.lower(n.tokens.start))
        .collect();
    for at in 0..names.len() {
        let name = &names[at];
        if name.kind != EntityKind::Other || name.tokens.len() != 1 {
            continue;
        }
        let beside = |other: Option<&Name>, sign: usize| {
            other.is_some_and(|o| o.kind == EntityKind::Person) && layers.lower(sign) == "and"
        };
        let before = at
            .checked_sub(1)
            .and_then(|n| names.get(n))
            .filter(|o| o.tokens.end + 1 == name.tokens.start);
        let after = names
            .get(at + 1)
            .filter(|o| o.tokens.start == name.tokens.end + 1);
        let found = if leaders.contains(layers.lower(name.tokens.start)) {
            Some(("leader", 0.85))
        } else if beside(before, name.tokens.start.saturating_sub(1))
            || beside(after, name.tokens.end)
        {
            Some(("beside-person", 0.7))
        } else {
            None
        };
        if let Some((rule, confidence)) = found {
            names[at].kind = EntityKind::Person;
            names[at].rule = rule.into();
            names[at].confidence = confidence;
        }
    }
}

fn starts_sentence(layers: &Layers, token: usize) -> bool {
    layers.sentence_of(token).is_some_and(|s| {
        let range = &layers.sentence_tokens[s];
        (range.start..token)
            .all(|i| matches!(layers.tokens[i].kind, TokenKind::Open | TokenKind::Sign))
    })
}

/// Which words the document spells in lower case, and which with a capital inside a sentence.
struct Spelled {
    lower: BTreeSet<Arc<str>>,
    capital: BTreeSet<Arc<str>>,
}

impl Spelled {
    fn new(layers: &Layers) -> Self {
        let mut out = Self {
            lower: BTreeSet::new(),
            capital: BTreeSet::new(),
        };
        for sentence in &layers.sentence_tokens {
            if super::syntax::is_title_case(&layers.tokens[sentence.clone()]) {
                continue;
            }
            let mut first = true;
            for token in &layers.tokens[sentence.clone()] {
                if !token.is_word() {
                    first |= token.kind == TokenKind::Open;
                    continue;
                }
                if !token.capital {
                    out.lower.insert(Arc::clone(&token.lower));
                } else if !first {
                    out.capital.insert(Arc::clone(&token.lower));
                }
                first = false;
            }
        }
        out
    }
}

/// Names of the running text, for reading headlines.
struct Known(BTreeMap<String, (EntityKind, Option<&'static Entry>)>);

impl Known {
    fn new(layers: &Layers, names: &[Name]) -> Self {
        let mut out = BTreeMap::new();
        for name in names.iter().filter(|n| !n.is_demonym()) {
            out.entry(key(layers, &name.tokens))
                .or_insert((name.kind, name.entry));
            if name.kind == EntityKind::Person && name.tokens.len() > 1 {
                let last = name.tokens.end - 1;
                out.entry(key(layers, &(last..last + 1)))
                    .or_insert((name.kind, None));
            }
        }
        Self(out)
    }
}

/// The words of a range in lower case, joined by spaces.
pub fn key(layers: &Layers, tokens: &Range<usize>) -> String {
    let words: Vec<&str> = tokens.clone().map(|t| layers.lower(t)).collect();
    words.join(" ")
}

/// A headline in capitals says nothing by its capitals: only listed names, names of the running
/// text, and given name + surname count.
fn headline(
    layers: &Layers,
    listed: &Listed,
    known: &Known,
    sentence: &Range<usize>,
    out: &mut Vec<Name>,
) {
    let mut at = sentence.start;
    'tokens: while at < sentence.end {
        let token = &layers.tokens[at];
        if !token.is_word() || !token.capital {
            at += 1;
            continue;
        }
        for end in (at + 1..=sentence.end.min(at + 6)).rev() {
            if let Some((kind, entry)) = known.0.get(&key(layers, &(at..end))) {
                out.push(Name {
                    tokens: at..end,
                    kind: *kind,
                    entry: *entry,
                    conll: None,
                    title: None,
                    rule: "headline:known".into(),
                    confidence: 0.9,
                });
                at = end;
                continue 'tokens;
            }
        }
        if let Some(&(end, entry)) = listed.get(&at).filter(|(end, _)| *end <= sentence.end) {
            out.push(kind::listed(at..end, entry));
            at = end;
        } else if kind::given(layers, at).is_some()
            && at + 1 < sentence.end
            && layers.tokens[at + 1].capital
            && layers.tags[at + 1].pos == Pos::Proper
        {
            out.push(Name {
                tokens: at..at + 2,
                kind: EntityKind::Person,
                entry: None,
                conll: None,
                title: None,
                rule: "headline:given+surname".into(),
                confidence: 0.8,
            });
            at += 2;
        } else {
            at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;

    fn names(text: &str) -> Vec<(String, &'static str)> {
        let document = testing::paragraph(text);
        let layers = testing::layers(&document);
        layers
            .names
            .iter()
            .map(|n| (layers.span(&n.tokens).of(text).to_owned(), n.kind.name()))
            .collect()
    }

    fn pairs<'a>(found: &'a [(String, &'static str)]) -> Vec<(&'a str, &'static str)> {
        found.iter().map(|(n, k)| (n.as_str(), *k)).collect()
    }

    #[test]
    fn titles_are_no_part_of_the_name() {
        let found = names(
            "On Monday Russian Deputy Foreign Minister Alexander Grushko met President Ann Lee in Oslo.",
        );
        assert_eq!(
            pairs(&found),
            [
                ("Russian", "place"),
                ("Alexander Grushko", "person"),
                ("Ann Lee", "person"),
                ("Oslo", "place")
            ]
        );
    }

    #[test]
    fn organizations_are_told_by_their_head_words() {
        let found = names(
            "She joined the Annenberg Institute for School Reform and the Russian Foreign Ministry.",
        );
        assert_eq!(
            pairs(&found),
            [
                ("Annenberg Institute for School Reform", "organization"),
                ("Russian Foreign Ministry", "organization")
            ]
        );
    }

    #[test]
    fn a_common_word_at_the_start_of_a_sentence_is_no_name() {
        assert!(names("Voters stayed away. Teachers were angry. Nothing happened.").is_empty());
    }

    #[test]
    fn a_capital_is_a_person_beside_a_person_or_before_a_government() {
        let found = names("They said that Vane and Ann Lee agreed. The Orlo administration left.");
        assert!(pairs(&found).contains(&("Vane", "person")), "{found:?}");
        let found = names("It was the Vane administration. On Monday Vane refused.");
        assert!(pairs(&found).contains(&("Vane", "person")), "{found:?}");
    }

    #[test]
    fn possessives_and_articles_stay_outside() {
        let found = names("It was the Trump administration's plan, said NATO's chief.");
        assert_eq!(
            pairs(&found),
            [
                ("Trump administration", "organization"),
                ("NATO", "organization")
            ]
        );
    }
}
