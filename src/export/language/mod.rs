//! Formats of tools that work on language: annotation editors, taggers, corpora. Beside the files
//! of single formats stand what several share: words ([`words`]), mentions and labels ([`spans`]),
//! spans and arrows ([`graph`]), marks that cross ([`nest`]).

mod brat;
mod cas;
pub mod conll;
mod conllu;
mod displacy;
mod doccano;
mod graph;
mod inline;
mod label_studio;
mod nest;
mod spacy;
mod spans;
mod tei;
mod words;

use super::Format;
use super::loss::{Part, all_but};
use crate::model::{Annotated, Highlight};

/// Files that a tool needs once in a folder of files of a format: the format, the name, the text.
pub static SHARED: &[(&str, &str, &str)] = &[("brat", "annotation.conf", brat::CONFIG)];

pub(super) const FORMATS: &[Format] = &[
    Format {
        name: "brat",
        label: "brat standoff",
        extension: "ann",
        about: "annotations for brat, the text beside them",
        write: brat::write,
        beside: &[("txt", brat::text)],
        loses: |a, h| {
            let held = [
                Part::Text,
                Part::Mentions,
                Part::Entities,
                Part::Issues,
                Part::Quotes,
                Part::Attributions,
                Part::Stances,
                Part::Highlights,
                Part::Colours,
                Part::Tags,
                Part::Notes,
            ];
            all_but(&held, a, h)
        },
    },
    Format {
        name: "conll2003",
        label: "CoNLL-2003",
        extension: "conll",
        about: "one word a line, names in four types that do not overlap",
        write: conll::y2003,
        beside: &[],
        loses: conll_loses,
    },
    Format {
        name: "conll2002",
        label: "CoNLL-2002",
        extension: "conll",
        about: "the same in two columns",
        write: conll::y2002,
        beside: &[],
        loses: conll_loses,
    },
    Format {
        name: "conllu",
        label: "CoNLL-U",
        extension: "conllu",
        about: "one word a line, nested mentions and who is who, as in CorefUD",
        write: conllu::write,
        beside: &[],
        loses: |a, h| {
            let held = [Part::Text, Part::Sentences, Part::Mentions];
            with(all_but(&held, a, h), spans::over_sentences(a), OVER)
        },
    },
    Format {
        name: "displacy",
        label: "displaCy",
        extension: "json",
        about: "names for spaCy's displaCy to draw",
        write: displacy::write,
        beside: &[],
        loses: |a, h| name_loses(&[Part::Text, Part::Mentions], a, h),
    },
    Format {
        name: "spacy",
        label: "spaCy",
        extension: "jsonl",
        about: "one line for spaCy's Doc.from_json, overlapping layers as groups of spans",
        write: spacy::write,
        beside: &[],
        loses: |a, h| all_but(&[Part::Text, Part::Mentions], a, h),
    },
    Format {
        name: "prodigy",
        label: "Prodigy",
        extension: "jsonl",
        about: "one task for Prodigy: words and names",
        write: spacy::prodigy,
        beside: &[],
        loses: |a, h| name_loses(&[Part::Text, Part::Mentions], a, h),
    },
    Format {
        name: "doccano",
        label: "doccano",
        extension: "jsonl",
        about: "one line for doccano: labelled spans and relations",
        write: doccano::write,
        beside: &[],
        loses: |a, h| {
            let held = [
                Part::Text,
                Part::Mentions,
                Part::Quotes,
                Part::Attributions,
                Part::Stances,
                Part::Highlights,
                Part::Colours,
                Part::Notes,
            ];
            without(all_but(&held, a, h), a, &[Detail::Strengths])
        },
    },
    Format {
        name: "label-studio",
        label: "Label Studio",
        extension: "json",
        about: "one task for Label Studio with its annotations as a prediction",
        write: label_studio::write,
        beside: &[],
        loses: |a, h| {
            let held = [
                Part::Text,
                Part::Mentions,
                Part::Entities,
                Part::Issues,
                Part::Quotes,
                Part::Attributions,
                Part::Stances,
                Part::Highlights,
                Part::Colours,
                Part::Tags,
                Part::Notes,
            ];
            all_but(&held, a, h)
        },
    },
    Format {
        name: "cas",
        label: "UIMA CAS",
        extension: "json",
        about: "UIMA CAS JSON 0.4 for INCEpTION and DKPro",
        write: cas::write,
        beside: &[],
        loses: |a, h| {
            let held = [
                Part::Text,
                Part::Sentences,
                Part::Mentions,
                Part::Entities,
                Part::Quotes,
                Part::Attributions,
                Part::Stances,
                Part::Links,
                Part::Highlights,
                Part::Colours,
                Part::Tags,
                Part::Notes,
            ];
            without(
                all_but(&held, a, h),
                a,
                &[Detail::Words, Detail::Relays, Detail::Continued],
            )
        },
    },
    Format {
        name: "tei",
        label: "TEI P5",
        extension: "xml",
        about: "the article as TEI with names, speech and notes",
        write: tei::write,
        beside: &[],
        loses: |a, h| {
            let held = [
                Part::Text,
                Part::Blocks,
                Part::Metadata,
                Part::Mentions,
                Part::Entities,
                Part::Issues,
                Part::Quotes,
                Part::Attributions,
                Part::Stances,
                Part::Highlights,
                Part::Colours,
                Part::Tags,
                Part::Notes,
            ];
            without(
                all_but(&held, a, h),
                a,
                &[Detail::Words, Detail::Relays, Detail::Continued],
            )
        },
    },
    Format {
        name: "inline",
        label: "Inline markup",
        extension: "txt",
        about: "the text with its marks in brackets, to be read and edited by hand",
        write: inline::write,
        beside: &[],
        loses: |a, h| {
            let held = [
                Part::Text,
                Part::Blocks,
                Part::Metadata,
                Part::Mentions,
                Part::Entities,
                Part::Issues,
                Part::Quotes,
                Part::Attributions,
                Part::Stances,
                Part::Links,
                Part::Highlights,
                Part::Colours,
                Part::Tags,
                Part::Notes,
            ];
            all_but(&held, a, h)
        },
    },
];

const OVER: [&str; 2] = [
    "mention over the end of a sentence",
    "mentions over the end of a sentence",
];

/// Details of quotes and stances that a format may hold those without.
enum Detail {
    /// Words that name a speaker or a holder.
    Words,
    /// Those through whom something is reported.
    Relays,
    /// Quotes that go on from another.
    Continued,
    /// How strong a stance is.
    Strengths,
}

/// The list with the numbers of the details that are lost besides.
fn without(mut lost: Vec<String>, a: &Annotated, details: &[Detail]) -> Vec<String> {
    let quotes = || a.quotes.iter().chain(&a.attributions);
    for detail in details {
        let (count, words) = match detail {
            Detail::Words => {
                let said = quotes().filter(|q| q.speaker_span.is_some()).count();
                let held = a.stances.iter().filter(|s| s.holder_span.is_some()).count();
                let one = "place where a speaker or holder is named";
                (
                    said + held,
                    [one, "places where speakers or holders are named"],
                )
            }
            Detail::Relays => {
                let said: usize = quotes().map(|q| q.via.len()).sum();
                let held: usize = a.stances.iter().map(|s| s.via.len()).sum();
                (said + held, ["relay", "relays"])
            }
            Detail::Continued => {
                let count = quotes().filter(|q| q.continues.is_some()).count();
                (
                    count,
                    [
                        "quote that goes on from another",
                        "quotes that go on from others",
                    ],
                )
            }
            Detail::Strengths => (
                a.stances.len(),
                ["strength of a stance", "strengths of stances"],
            ),
        };
        lost = with(lost, count, words);
    }
    lost
}

/// The list with a number of what is lost besides.
fn with(mut lost: Vec<String>, count: usize, [one, many]: [&str; 2]) -> Vec<String> {
    if count > 0 {
        lost.push(format!("{count} {}", if count == 1 { one } else { many }));
    }
    lost
}

/// What is lost where only names and figures that do not overlap are kept.
fn name_loses(held: &[Part], a: &Annotated, h: &[Highlight]) -> Vec<String> {
    let all = spans::mentions(a);
    let names: Vec<_> = all.iter().copied().filter(|m| m.is_name()).collect();
    let (all, named) = (all.len(), names.len());
    let kept = spans::apart(names).len();
    let lost = with(all_but(held, a, h), all - named, WORDS);
    with(lost, named - kept, INSIDE)
}

const WORDS: [&str; 2] = [
    "common noun or pronoun for an entity",
    "common nouns and pronouns for entities",
];
const INSIDE: [&str; 2] = ["name inside another", "names inside others"];

fn conll_loses(a: &Annotated, h: &[Highlight]) -> Vec<String> {
    let all = spans::mentions(a);
    let names: Vec<_> = all
        .iter()
        .copied()
        .filter(|m| m.conll().is_some())
        .collect();
    let figures = all.iter().filter(|m| m.entity.kind.is_light()).count();
    let words = all.len() - figures - names.len();
    let named = names.len();
    let inside = named - spans::apart(names).len();
    let lost = all_but(&[Part::Text, Part::Sentences, Part::Mentions], a, h);
    let lost = with(lost, words, WORDS);
    let lost = with(lost, figures, ["date or figure", "dates and figures"]);
    with(lost, inside, INSIDE)
}
