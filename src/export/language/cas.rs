//! UIMA CAS JSON 0.4, as INCEpTION and dkpro-cassis read it: sentences, tokens, names and
//! coreference in the types of DKPro Core, quotes, stances, links and highlights in types of their
//! own. Offsets are UTF-16 code units. Calls `base` and `model`.

use serde_json::{Map, Value, json};

use super::spans::{label, mentions, placed};
use super::words::lines;
use crate::base::offset::{Offsets, Unit};
use crate::base::{Result, Span};
use crate::export::json::compact;
use crate::model::{Annotated, Highlight, Party, Quote, Target};

const SENTENCE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const TOKEN: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const NAME: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const QUOTE: &str = "webanno.custom.Quote";
const STANCE: &str = "webanno.custom.Stance";
const LINK: &str = "webanno.custom.CommentLink";
const HIGHLIGHT: &str = "webanno.custom.Highlight";

/// The types beyond those of UIMA, with the names of their features; all of them are strings.
const TYPES: &[(&str, &[&str])] = &[
    (SENTENCE, &[]),
    (TOKEN, &[]),
    (NAME, &["value", "identifier", "name", "form"]),
    (
        QUOTE,
        &["kind", "speaker", "speakerName", "cue", "attribution"],
    ),
    (
        STANCE,
        &[
            "stance",
            "polarity",
            "strength",
            "holder",
            "holderName",
            "target",
            "targetName",
            "via",
        ],
    ),
    (LINK, &["passage", "why"]),
    (HIGHLIGHT, &["colour", "tags", "note"]),
];

struct Cas<'a> {
    at: Offsets<'a>,
    structures: Vec<Value>,
    members: Vec<usize>,
}

impl Cas<'_> {
    /// Adds an annotation; its features are strings.
    fn add(&mut self, kind: &str, span: Span, features: &[(&str, Option<String>)]) {
        let (begin, end) = self.at.range(span, Unit::Utf16);
        let id = self.structures.len() + 1;
        let mut one = json!({"%ID": id, "%TYPE": kind, "@sofa": 1, "begin": begin, "end": end});
        for (name, value) in features {
            if let Some(value) = value {
                one[*name] = json!(value);
            }
        }
        self.structures.push(one);
        self.members.push(id);
    }
}

/// Writes the whole file.
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let text = &*annotated.document.text;
    let mut cas = Cas {
        at: Offsets::new(text),
        structures: vec![json!({
            "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView",
            "mimeType": "text", "sofaString": text,
        })],
        members: Vec::new(),
    };
    let all = mentions(annotated);
    let whole = Span::new(0, text.len());
    let language = annotated.document.meta.language.clone();
    let language = language.unwrap_or_else(|| "x-unspecified".to_owned());
    cas.add(
        "uima.tcas.DocumentAnnotation",
        whole,
        &[("language", Some(language))],
    );
    for line in lines(annotated, &all) {
        if let (Some(first), Some(last)) = (line.words.first(), line.words.last()) {
            cas.add(SENTENCE, first.span.hull(last.span), &[]);
        }
        for word in line.words {
            cas.add(TOKEN, word.span, &[]);
        }
    }
    for m in &all {
        cas.add(
            NAME,
            m.span(),
            &[
                ("value", Some(label(m.entity.kind).to_owned())),
                ("identifier", Some(format!("byline:{}", m.entity.id))),
                ("name", Some(m.entity.name.clone())),
                ("form", Some(m.mention.form.name().to_owned())),
            ],
        );
    }
    let id = |party: Party| match party {
        Party::Entity(id) => id.to_string(),
        other => annotated.party_name(other).to_owned(),
    };
    let mut quotes = |list: &[Quote], attribution: bool| {
        for q in list {
            cas.add(
                QUOTE,
                q.span,
                &[
                    ("kind", Some(q.kind.name().to_owned())),
                    ("speaker", Some(id(q.speaker))),
                    (
                        "speakerName",
                        Some(annotated.party_name(q.speaker).to_owned()),
                    ),
                    ("cue", q.cue.map(|cue| cue.of(text).to_owned())),
                    ("attribution", attribution.then(|| "true".to_owned())),
                ],
            );
        }
    };
    quotes(&annotated.quotes, false);
    quotes(&annotated.attributions, true);
    for s in &annotated.stances {
        let target = match s.target {
            Target::Entity(id) => id.to_string(),
            Target::Issue(id) => id.to_string(),
        };
        let via: Vec<String> = s.via.iter().map(ToString::to_string).collect();
        for evidence in &s.evidence {
            cas.add(
                STANCE,
                *evidence,
                &[
                    ("stance", Some(s.id.to_string())),
                    ("polarity", Some(s.polarity.name().to_owned())),
                    ("strength", Some(s.strength.to_string())),
                    ("holder", Some(id(s.holder))),
                    (
                        "holderName",
                        Some(annotated.party_name(s.holder).to_owned()),
                    ),
                    ("target", Some(target.clone())),
                    (
                        "targetName",
                        Some(annotated.target_name(s.target).to_owned()),
                    ),
                    ("via", (!via.is_empty()).then(|| via.join(" "))),
                ],
            );
        }
    }
    for l in &annotated.links {
        cas.add(
            LINK,
            l.comment,
            &[
                ("passage", Some(l.passage.of(text).to_owned())),
                ("why", Some(l.why.clone())),
            ],
        );
    }
    for h in placed(text, highlights) {
        cas.add(
            HIGHLIGHT,
            h.anchor.span,
            &[
                ("colour", Some(h.colour.name().to_owned())),
                ("tags", (!h.tags.is_empty()).then(|| h.tags.join(" "))),
                ("note", h.note.clone()),
            ],
        );
    }
    compact(&json!({
        "%TYPES": types(),
        "%FEATURE_STRUCTURES": cas.structures,
        "%VIEWS": {"_InitialView": {"%SOFA": 1, "%MEMBERS": cas.members}},
    }))
}

fn types() -> Map<String, Value> {
    let one = |(name, features): &(&str, &[&str])| {
        let mut kind = json!({"%NAME": name, "%SUPER_TYPE": "uima.tcas.Annotation"});
        for feature in *features {
            kind[*feature] = json!({"%NAME": feature, "%RANGE": "uima.cas.String"});
        }
        ((*name).to_owned(), kind)
    };
    TYPES.iter().map(one).collect()
}
