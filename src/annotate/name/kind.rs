//! What a capitalised run is: head words, given names, titles and neighbours decide.

use std::ops::Range;

use super::Name;
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::gazetteer::{Entry, Use, title_length};
use crate::annotate::lexicon::words::{self, Gender};
use crate::annotate::token::TokenKind;
use crate::model::EntityKind;

const ORGANIZATION: &str = " university college school schools institute institution council committee commission agency \
    ministry department office bureau court party union association federation organization organisation alliance \
    coalition movement league society foundation fund bank group company corporation corp. inc. inc ltd. llc co. news \
    times post journal tribune herald gazette magazine press media network channel radio television tv board authority \
    administration government parliament congress senate army navy force forces police guard brigade club church \
    center centre hospital campaign project initiative trust services service airlines airways motors industries \
    holdings partners chamber front brotherhood assembly secretariat directorate academy caucus pac laboratory museum \
    observer globe chronicle examiner inquirer newspapers teachers institutes broadcasting holdings systems \
    technologies pharmaceuticals energy oil gas airlines railways studios pictures entertainment ";
const EVENT: &str = " war wars summit games olympics cup championship championships revolution convention festival forum \
    uprising intifada massacre holocaust primary ";
const WORK: &str = " act treaty agreement accord accords bill amendment constitution law protocol pact charter \
    declaration deal code resolution ";
const PLACE: &str = " city county river island islands street avenue road lake mount mountain mountains sea ocean valley \
    bay beach park square airport port bridge province region district strait gulf peninsula desert coast station \
    tower hall palace township village town heights hills ";

/// The longest acronym taken for one without a list: INTERPOL.
const ACRONYM_LETTERS: usize = 8;

fn in_list(list: &str, word: &str) -> bool {
    !word.is_empty() && !word.contains(' ') && list.contains(&format!(" {word} "))
}

/// The kind a head word gives.
pub fn by_head(word: &str) -> Option<EntityKind> {
    [
        (ORGANIZATION, EntityKind::Organization),
        (EVENT, EntityKind::Event),
        (WORK, EntityKind::Work),
        (PLACE, EntityKind::Place),
    ]
    .into_iter()
    .find(|(list, _)| in_list(list, word))
    .map(|(_, kind)| kind)
}

/// Gender of the given name at a token.
pub fn given(layers: &Layers, token: usize) -> Option<Gender> {
    let token = layers
        .tokens
        .get(token)
        .filter(|t| t.is_word() && t.capital)?;
    let initial = token.lower.len() == 2 && token.lower.ends_with('.');
    words::given_name(&token.lower).or(initial.then_some(Gender::Either))
}

/// A listed name.
pub fn listed(tokens: Range<usize>, entry: &'static Entry) -> Name {
    Name {
        tokens,
        kind: entry.kind,
        entry: Some(entry),
        conll: None,
        title: None,
        rule: match entry.usage {
            Use::Name => format!("list:{}", entry.class).into(),
            Use::Demonym => "list:demonym".into(),
            Use::Seat => "list:seat".into(),
        },
        confidence: if entry.class == "country" { 0.97 } else { 0.93 },
    }
}

/// The kind of an unlisted run, with the rule and confidence.
pub fn unlisted(
    layers: &Layers,
    tokens: &Range<usize>,
    titled: bool,
) -> (EntityKind, &'static str, f32) {
    use EntityKind as K;
    let words = tokens.len();
    let last = layers.lower(tokens.end - 1);
    if titled {
        return (K::Person, "title+name", 0.95);
    }
    if words > 1 {
        if let Some(kind) = by_head(last) {
            return (kind, "head-word", 0.85);
        }
        let inside = tokens.clone().find_map(|t| {
            by_head(layers.lower(t)).filter(|k| matches!(k, K::Organization | K::Work))
        });
        if let Some(kind) = inside
            && tokens.clone().any(|t| !layers.tokens[t].capital)
        {
            return (kind, "head-word+of", 0.85);
        }
        if by_head(layers.lower(tokens.start)) == Some(K::Place) {
            return (K::Place, "head-word", 0.8);
        }
    }
    let named = given(layers, tokens.start).is_some() && layers.tokens[tokens.start].is_word();
    if words > 1 && named && words <= 5 {
        return (K::Person, "given+surname", 0.92);
    }
    if words == 1 && layers.tokens[tokens.start].all_caps {
        // Longer words in capitals are shouted, not abbreviated.
        return if last.chars().count() <= ACRONYM_LETTERS {
            (K::Organization, "acronym", 0.7)
        } else {
            (K::Other, "capitals", 0.5)
        };
    }
    if words <= 4 && (speaks(layers, tokens) || apposed(layers, tokens)) {
        return (K::Person, "speaks", 0.75);
    }
    let before = tokens.start.checked_sub(1).map_or("", |t| layers.lower(t));
    if matches!(before, "in" | "at" | "near" | "outside") && words <= 3 {
        return (K::Place, "in+name", 0.65);
    }
    if words == 1 && named {
        return (K::Person, "given", 0.6);
    }
    let common = tokens.clone().any(|t| {
        let word = layers.lower(t);
        words::verb_form(word).is_some()
            || !words::classes_of(word).is_empty()
            || word.contains(|c: char| c.is_ascii_digit())
    });
    if (2..=3).contains(&words) && !common {
        return (K::Person, "two-capitals", 0.6);
    }
    if before == "the" && words >= 2 {
        return (K::Organization, "the+capitals", 0.55);
    }
    (K::Other, "capital", 0.5)
}

/// Whether a reporting verb stands right before or after the run.
fn speaks(layers: &Layers, tokens: &Range<usize>) -> bool {
    let cue = |t: usize| {
        layers.tokens.get(t).is_some_and(|token| {
            token.is_word()
                && !token.capital
                && words::verb_form(&token.lower).is_some_and(|v| {
                    matches!(
                        &*v.lemma,
                        "say"
                            | "tell"
                            | "add"
                            | "write"
                            | "argue"
                            | "ask"
                            | "tweet"
                            | "warn"
                            | "claim"
                    )
                })
        })
    };
    let after = layers.lower(tokens.end);
    cue(tokens.end)
        || (matches!(after, "has" | "had" | "also" | "recently") && cue(tokens.end + 1))
        || tokens.start.checked_sub(1).is_some_and(cue)
}

/// Whether an age or a title follows after a comma: "Smith, 45,", "Strada, a widow".
fn apposed(layers: &Layers, tokens: &Range<usize>) -> bool {
    if layers.lower(tokens.end) != "," {
        return false;
    }
    let next = tokens.end + 1;
    let number = layers
        .tokens
        .get(next)
        .is_some_and(|t| t.kind == TokenKind::Number && t.span.len() == 2);
    let skip = usize::from(matches!(layers.lower(next), "a" | "an" | "the"));
    let title = title_length((next + skip..next + skip + 6).map(|t| layers.lower(t)));
    number && layers.lower(next + 1) == "," || title > 0
}
