//! Formats both ways: what is written is read back, offsets hold over every script, what is broken
//! is one clear line, and no bytes make a reader panic.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::sync::Arc;

use byline::base::{BlockId, EntityId, IssueId, QuoteId, SentenceId, Span, StanceId};
use byline::export;
use byline::ingest::Source;
use byline::ingest::foreign::{self, Kind};
use byline::model::{
    Anchor, Annotated, Block, BlockKind, Colour, Document, Entity, EntityKind, Highlight, Issue,
    Mention, MentionForm, Metadata, Party, Polarity, Quote, QuoteKind, Sentence, Stance, Target,
};
use proptest::prelude::*;
use serde_json::Value;

fn source(name: &str) -> Source {
    Source {
        name: name.to_owned(),
        uri: None,
    }
}

fn written(format: &str, annotated: &Annotated, highlights: &[Highlight]) -> String {
    let format = export::find(format).unwrap();
    String::from_utf8((format.write)(annotated, highlights).unwrap()).unwrap()
}

/// What a format makes of a document, read back.
fn back(
    format: &str,
    annotated: &Annotated,
    highlights: &[Highlight],
) -> (Annotated, Vec<Highlight>) {
    let text = written(format, annotated, highlights);
    let article = clean(&annotated.document.text);
    let kind = Kind::from_name(format).unwrap();
    let mut all = foreign::read(kind, &text, Some(article.as_bytes()), &source("x")).unwrap();
    assert_eq!(all.len(), 1);
    all.pop().unwrap().layers.unwrap()
}

/// The text as it may be shown, which is what readers make of it.
fn clean(text: &str) -> String {
    let lines: Vec<_> = text
        .split('\n')
        .map(byline::base::text::printable)
        .collect();
    lines.join("\n")
}

/// Words of many scripts: emoji, joined and flagged emoji, combining marks, Chinese, Hebrew, Arabic,
/// what formats use as signs.
const WORDS: [&str; 24] = [
    "Russia",
    "said",
    "the",
    "😀",
    "👩\u{200d}👧",
    "🇺🇦",
    "e\u{301}te\u{301}",
    "東京",
    "שלום",
    "سلام",
    "<b>",
    "&amp;",
    "\"no\"",
    "[x]",
    "{y}",
    "\\",
    "%",
    "#tag",
    "a-b",
    "O'Hara's",
    "U.S.",
    "don't",
    "Zoë",
    "क्षि",
];

/// A document of lines of these words, with marks that begin and end at words and overlap.
fn build(lines: &[Vec<usize>], marks: &[(usize, usize, usize)]) -> (Annotated, Vec<Highlight>) {
    let mut text = String::new();
    let mut words: Vec<Span> = Vec::new();
    let (mut blocks, mut sentences) = (Vec::new(), Vec::new());
    for (n, line) in lines.iter().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        let start = text.len();
        for (k, word) in line.iter().enumerate() {
            if k > 0 {
                text.push(' ');
            }
            let from = text.len();
            text.push_str(WORDS[word % WORDS.len()]);
            words.push(Span::new(from, text.len()));
        }
        let span = Span::new(start, text.len());
        let kind = [BlockKind::Title, BlockKind::Paragraph, BlockKind::Comment][n % 3];
        blocks.push(Block { kind, span });
        sentences.push(Sentence {
            span,
            block: BlockId::at(n),
        });
    }
    let span = |a: usize, b: usize| {
        let (a, b) = (a % words.len(), b % words.len());
        words[a.min(b)].hull(words[a.max(b)])
    };
    let mut out = Annotated::bare(Arc::new(Document {
        id: "d".to_owned(),
        text: text.as_str().into(),
        blocks,
        meta: Metadata {
            title: Some("a \"title\" \\ <x>".to_owned()),
            ..Metadata::default()
        },
        details: vec![],
    }));
    out.sentences = sentences;
    let mut highlights = Vec::new();
    for (n, (a, b, c)) in marks.iter().enumerate() {
        let at = span(*a, *b);
        match n % 4 {
            0 => {
                let id = EntityId::at(out.entities.len());
                let kind = EntityKind::ALL[c % 7];
                let mut spans = vec![at, span(a + 1, a + 1)];
                spans.sort_unstable();
                spans.dedup();
                out.entities.push(Entity {
                    id,
                    name: format!("name {n} \"q\""),
                    kind,
                    aliases: vec![format!("other {n}")],
                    role: (c % 2 == 0).then(|| "Mayor".to_owned()),
                    speaks_for: None,
                    mentions: spans
                        .into_iter()
                        .map(|span| Mention {
                            span,
                            form: MentionForm::ALL[c % 5],
                            conll: None,
                            rule: "any".into(),
                            confidence: 1.0,
                        })
                        .collect(),
                    rule: "any".into(),
                    confidence: 1.0,
                });
            }
            1 => out.quotes.push(Quote {
                id: QuoteId::at(0),
                span: at,
                cue: (c % 2 == 0).then(|| span(*c, *c)),
                speaker: Party::Entity(EntityId::at(0)),
                speaker_span: None,
                kind: QuoteKind::ALL[c % 4],
                continues: None,
                via: vec![],
                rule: "any".into(),
                confidence: 1.0,
            }),
            2 => {
                let id = IssueId::at(out.issues.len());
                out.issues.push(Issue {
                    id,
                    name: format!("issue {n}"),
                    mentions: vec![at],
                    inverse_of: None,
                });
            }
            _ => highlights.push(Highlight {
                id: format!("H{n}"),
                anchor: Anchor::new(&text, at),
                colour: Colour::ALL[c % 5],
                tags: vec!["one".to_owned()],
                note: (c % 2 == 0).then(|| "a note".to_owned()),
                created: "2025-03-17T10:00:00Z".parse().unwrap(),
                orphan: false,
            }),
        }
    }
    out.quotes.sort_by_key(|q| q.span);
    for (n, quote) in out.quotes.iter_mut().enumerate() {
        quote.id = QuoteId::at(n);
    }
    if let (Some(issue), false) = (out.issues.first(), out.entities.is_empty()) {
        let evidence = span(3, 3);
        let sentence = out.sentence_at(evidence.from()).unwrap();
        out.stances.push(Stance {
            id: StanceId::at(0),
            sentence,
            holder: Party::Entity(EntityId::at(0)),
            holder_span: None,
            target: Target::Issue(issue.id),
            target_span: issue.mentions[0],
            polarity: Polarity::Against,
            strength: 3,
            evidence: vec![evidence],
            via: vec![],
            rule: "any".into(),
            confidence: 1.0,
        });
    }
    highlights.sort_by_key(|h| (h.anchor.span, h.created));
    assert_eq!(out.fault(), None);
    (out, highlights)
}

fn any_document() -> impl Strategy<Value = (Annotated, Vec<Highlight>)> {
    let lines = prop::collection::vec(prop::collection::vec(0usize..24, 1..9), 1..5);
    let marks = prop::collection::vec((0usize..40, 0usize..40, 0usize..60), 1..14);
    (lines, marks).prop_map(|(lines, marks)| build(&lines, &marks))
}

/// Words of each mention with its kind, sorted.
fn named(a: &Annotated) -> Vec<(String, Span, EntityKind)> {
    let mut out: Vec<_> = a
        .entities
        .iter()
        .flat_map(|e| {
            e.mentions
                .iter()
                .map(|m| (m.span.of(&a.document.text).to_owned(), m.span, e.kind))
        })
        .collect();
    out.sort_by_key(|(_, span, kind)| (*span, *kind as usize));
    out
}

/// Mentions by entity, whatever its number.
fn groups(a: &Annotated) -> Vec<(String, EntityKind, Vec<Span>)> {
    let group = |e: &Entity| {
        (
            e.name.clone(),
            e.kind,
            e.mentions.iter().map(|m| m.span).collect(),
        )
    };
    let mut out: Vec<_> = a.entities.iter().map(group).collect();
    out.sort();
    out
}

fn said(a: &Annotated) -> Vec<(Span, QuoteKind, String, Option<Span>)> {
    let one = |q: &Quote| (q.span, q.kind, a.party_name(q.speaker).to_owned(), q.cue);
    let mut out: Vec<_> = a.quotes.iter().map(one).collect();
    out.sort();
    out
}

fn held(a: &Annotated) -> Vec<(String, String, Polarity, u8, Vec<Span>)> {
    let one = |s: &Stance| {
        let (holder, target) = (a.party_name(s.holder), a.target_name(s.target));
        (
            holder.to_owned(),
            target.to_owned(),
            s.polarity,
            s.strength,
            s.evidence.clone(),
        )
    };
    a.stances.iter().map(one).collect()
}

fn marked(list: &[Highlight]) -> Vec<(Span, Colour, Option<String>, Vec<String>)> {
    let one = |h: &Highlight| (h.anchor.span, h.colour, h.note.clone(), h.tags.clone());
    let mut out: Vec<_> = list.iter().map(one).collect();
    out.sort();
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn inline_markup_holds_everything((a, h) in any_document()) {
        let (b, marks) = back("inline", &a, &h);
        prop_assert_eq!(&b.document.text, &a.document.text);
        prop_assert_eq!(&b.document.blocks, &a.document.blocks);
        prop_assert_eq!(&b.document.meta, &a.document.meta);
        prop_assert_eq!(groups(&b), groups(&a));
        prop_assert_eq!(&b.quotes.len(), &a.quotes.len());
        prop_assert_eq!(said(&b), said(&a));
        prop_assert_eq!(held(&b), held(&a));
        prop_assert_eq!(&marks, &h);
        let one = |i: &Issue| (i.name.clone(), i.mentions.clone());
        prop_assert_eq!(b.issues.iter().map(one).collect::<Vec<_>>(), a.issues.iter().map(one).collect::<Vec<_>>());
    }

    #[test]
    fn brat_holds_who_said_what_and_who_is_against_it((a, h) in any_document()) {
        let (b, marks) = back("brat", &a, &h);
        prop_assert_eq!(&*b.document.text, &*a.document.text);
        prop_assert_eq!(named(&b), named(&a));
        prop_assert_eq!(groups(&b), groups(&a));
        prop_assert_eq!(said(&b), said(&a));
        prop_assert_eq!(held(&b), held(&a));
        prop_assert_eq!(marked(&marks), marked(&h));
    }

    #[test]
    fn tei_holds_blocks_names_speech_and_stances((a, h) in any_document()) {
        let (b, marks) = back("tei", &a, &h);
        prop_assert_eq!(&*b.document.text, &*a.document.text);
        prop_assert_eq!(&b.document.blocks, &a.document.blocks);
        prop_assert_eq!(groups(&b), groups(&a));
        prop_assert_eq!(said(&b), said(&a));
        prop_assert_eq!(held(&b), held(&a));
        prop_assert_eq!(marked(&marks), marked(&h));
    }

    #[test]
    fn doccano_holds_names_and_relations((a, h) in any_document()) {
        let (b, _) = back("doccano", &a, &h);
        prop_assert_eq!(&*b.document.text, &*a.document.text);
        prop_assert_eq!(named(&b), named(&a));
        prop_assert_eq!(b.quotes.len(), a.quotes.len());
        prop_assert_eq!(b.stances.len(), a.stances.len());
    }

    #[test]
    fn spacy_and_displacy_keep_what_does_not_overlap((a, h) in any_document()) {
        for format in ["displacy", "spacy", "prodigy"] {
            let (b, _) = back(format, &a, &h);
            prop_assert_eq!(&*b.document.text, &*a.document.text);
            let all: Vec<Span> = named(&a).into_iter().map(|(_, span, _)| span).collect();
            let mut end = 0;
            for (_, span, _) in named(&b) {
                prop_assert!(all.contains(&span), "{format} {span}");
                prop_assert!(span.from() >= end);
                end = span.to();
            }
        }
    }

    #[test]
    fn conll_keeps_words_and_names((a, h) in any_document()) {
        for format in ["conll2002", "conll2003"] {
            let (b, _) = back(format, &a, &h);
            let letters = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&b.document.text), letters(&a.document.text));
            let tags = written(format, &b, &[]);
            let types: Vec<&str> = tags.lines().filter_map(|l| l.rsplit_once(' ')).map(|(_, t)| t).collect();
            let first = written(format, &a, &[]);
            let before: Vec<&str> = first.lines().filter_map(|l| l.rsplit_once(' ')).map(|(_, t)| t).collect();
            prop_assert_eq!(types, before);
        }
    }

    #[test]
    fn conllu_keeps_nested_mentions_and_who_is_who((a, h) in any_document()) {
        let text = written("conllu", &a, &h);
        let (b, _) = back("conllu", &a, &h);
        prop_assert_eq!(written("conllu", &b, &[]).matches("Entity=").count(), text.matches("Entity=").count());
        let opened = |t: &str| t.matches("(e").count();
        prop_assert_eq!(opened(&written("conllu", &b, &[])), opened(&text));
    }

    /// Marks that leave for services come back where they were, in whatever words they are on.
    #[test]
    fn marks_of_services_come_back_with_notes_tags_and_colours(
        (a, h) in any_document(),
        notes in prop::collection::vec(prop::option::of("[a-zé😀東\"\\\\<>&]{1,9}( [a-z]{1,5}|\n[a-z]{1,5}){0,2}"), 14),
        tags in prop::collection::vec(prop::collection::vec("[a-zé東][a-z0-9-]{0,4}( [a-z0-9]{1,4})?", 0..3), 14),
    ) {
        let mut h = h;
        for ((mark, note), tags) in h.iter_mut().zip(notes).zip(tags) {
            (mark.note, mark.tags) = (note, tags);
        }
        // One whose words are gone stays without a place.
        h.push(Highlight {
            id: "gone".to_owned(),
            anchor: Anchor { span: Span::default(), exact: "words that left 😀".to_owned(), prefix: "a ".to_owned(), suffix: " b".to_owned() },
            colour: Colour::Purple,
            tags: vec!["old".to_owned()],
            note: Some("why?".to_owned()),
            created: "2025-03-18T10:00:00Z".parse().unwrap(),
            orphan: true,
        });
        let article = written("json", &Annotated::bare(Arc::clone(&a.document)), &[]);
        for format in ["w3c", "hypothesis"] {
            let kind = Kind::from_name(format).unwrap();
            let text = written(format, &a, &h);
            let all = foreign::read(kind, &text, Some(article.as_bytes()), &source("x")).unwrap();
            prop_assert_eq!(&all[0].document.text, &a.document.text);
            let one = |m: &Highlight| {
                let colour = if format == "w3c" { m.colour } else { Colour::default() };
                let anchor = &m.anchor;
                (anchor.span, clean(&anchor.exact), clean(&anchor.prefix), clean(&anchor.suffix),
                    colour, m.tags.clone(), m.note.clone(), m.created, m.orphan)
            };
            let sorted = |list: &[Highlight]| {
                let mut all: Vec<_> = list.iter().map(one).collect();
                all.sort();
                all
            };
            prop_assert_eq!(sorted(&all[0].marks), sorted(&h), "{}", format);
        }
    }

    /// Offsets of every format, in its own unit, point at the words they should.
    #[test]
    fn offsets_point_at_their_words_in_every_unit((a, h) in any_document()) {
        let scalars: Vec<char> = a.document.text.chars().collect();
        let scalar = |from: usize, to: usize| scalars[from..to].iter().collect::<String>();
        let number = |v: &Value| usize::try_from(v.as_u64().unwrap()).unwrap();
        for line in written("brat", &a, &h).lines().filter(|l| l.starts_with('T')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let places = cells[1].split_once(' ').unwrap().1;
            let words: Vec<String> = places.split(';').map(|place| {
                let (from, to) = place.split_once(' ').unwrap();
                scalar(from.parse().unwrap(), to.parse().unwrap())
            }).collect();
            prop_assert_eq!(words.join(" "), cells[2]);
        }
        let task: Value = serde_json::from_str(&written("label-studio", &a, &h)).unwrap();
        for region in task[0]["predictions"][0]["result"].as_array().unwrap() {
            let v = &region["value"];
            if v.is_object() {
                prop_assert_eq!(scalar(number(&v["start"]), number(&v["end"])), v["text"].as_str().unwrap());
            }
        }
        let task: Value = serde_json::from_str(&written("prodigy", &a, &h)).unwrap();
        for token in task["tokens"].as_array().unwrap() {
            prop_assert_eq!(scalar(number(&token["start"]), number(&token["end"])), token["text"].as_str().unwrap());
        }
        let units: Vec<u16> = a.document.text.encode_utf16().collect();
        let cas: Value = serde_json::from_str(&written("cas", &a, &h)).unwrap();
        let mut seen = Vec::new();
        for one in cas["%FEATURE_STRUCTURES"].as_array().unwrap() {
            if one["%TYPE"].as_str().unwrap().ends_with("NamedEntity") {
                let words = String::from_utf16(&units[number(&one["begin"])..number(&one["end"])]).unwrap();
                seen.push((words, one["name"].as_str().unwrap().to_owned()));
            }
        }
        let mut all: Vec<(String, String)> = a.entities.iter()
            .flat_map(|e| e.mentions.iter().map(|m| (m.span.of(&a.document.text).to_owned(), e.name.clone())))
            .collect();
        seen.sort();
        all.sort();
        prop_assert_eq!(seen, all);
    }

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), with in any::<bool>()) {
        let text = String::from_utf8_lossy(&bytes);
        for (kind, _) in Kind::ALL {
            let _ = foreign::read(kind, &text, with.then_some(&bytes[..]), &source("x"));
        }
        let _ = byline::ingest::load_beside(&bytes, None, &source("x.ann"));
    }

    /// A file that a format wrote, with one piece cut out, doubled or replaced.
    #[test]
    fn no_damaged_file_makes_a_reader_panic(
        (a, h) in any_document(),
        at in any::<prop::sample::Index>(),
        length in 0usize..30,
        put in "[ -~\n\t😀]{0,6}",
    ) {
        for (kind, names) in Kind::ALL {
            let Some(format) = export::find(names[0]) else { continue };
            let text = String::from_utf8((format.write)(&a, &h).unwrap()).unwrap();
            let edges: Vec<usize> = text.char_indices().map(|(i, _)| i).collect();
            let from = edges[at.index(edges.len())];
            let to = edges.iter().copied().find(|e| *e >= from + length).unwrap_or(text.len());
            let broken = format!("{}{put}{}", &text[..from], &text[to..]);
            let article = a.document.text.as_bytes();
            match foreign::read(kind, &broken, Some(article), &source("x")) {
                Ok(all) => for loaded in all {
                    if let Some((annotated, _)) = loaded.layers {
                        prop_assert_eq!(annotated.fault(), None);
                    }
                },
                Err(error) => prop_assert_eq!(error.to_string().lines().count(), 1),
            }
        }
    }
}

/// What is wrong is told with file, line and problem.
#[test]
fn broken_files_are_one_clear_line() {
    let article = "Zoë 😀 met Bo.".as_bytes();
    let cases: &[(Kind, &str, &str)] = &[
        (
            Kind::Brat,
            "T1\tPerson 0 99\tZoë\n",
            "x:1: 0 99 is no part of the text, which has 13 characters",
        ),
        (
            Kind::Brat,
            "T1\tPerson 0 3\tZoë\nE1\tQuote:T9\n",
            "x:2: E1 speaks of T9, which is not there",
        ),
        (
            Kind::Brat,
            "T1 Person 0 3 Zoë\n",
            "x:1: has no tab after its id",
        ),
        (
            Kind::Brat,
            "T1\tPerson 0 x\tZoë\n",
            "x:1: \"0 x\" is no start and end",
        ),
        (
            Kind::Conll,
            "Zoë B-PER\nmet\n",
            "x:2: has a word and no tag",
        ),
        (
            Kind::Conll,
            "Zoë B-PER\nmet X\n",
            "x:2: \"X\" is no tag such as O, B-PER or I-PER",
        ),
        (
            Kind::Conllu,
            "1\tZoë\t_\n",
            "x:1: has 3 columns, CoNLL-U has 10",
        ),
        (
            Kind::Conllu,
            "1\tZoë\t_\t_\t_\t_\t_\t_\t_\tEntity=(e1-person-1-\n",
            "x:1: the mention of e1 does not end",
        ),
        (
            Kind::Conllu,
            "1\tZoë\t_\t_\t_\t_\t_\t_\t_\tEntity=e1)\n",
            "x:1: a mention of \"e1\" ends that did not begin",
        ),
        (
            Kind::Displacy,
            "{\"text\":\"ab\",\"ents\":[{\"start\":0,\"end\":3,\"label\":\"X\"}]}",
            "x:1: ents[0]: 0..3 is no part of the text, which has 2 characters",
        ),
        (
            Kind::Doccano,
            "{\"text\":\"ab\",\"label\":[]}\n{\"text\":\"ab\",\"label\":[[0]]}",
            "x:2: label[0]: is not [start, end, label]",
        ),
        (Kind::Doccano, "{\"text\":\"ab\",\"lab", "is not valid JSON"),
        (Kind::Tei, "<TEI><text>", "is not well-formed XML"),
        (Kind::Tei, "<TEI/>", "x:1: has no <body>"),
        (
            Kind::Inline,
            "%byline 1\n%%\n[Zoë]",
            "x:3: has a ] without a tag such as {place} behind it",
        ),
        (
            Kind::Inline,
            "%byline 1\n%%\n[Zoë",
            "x:3: has a [ without its ]",
        ),
        (
            Kind::Inline,
            "%byline 1\n%%\n[Zoë]{beast}",
            "x:3: {beast} is no tag",
        ),
        (
            Kind::Inline,
            "%byline 1\n%entity E1 beast name=\"x\"\n%%\n",
            "x:2: \"beast\" is no kind",
        ),
    ];
    for (kind, text, wanted) in cases {
        let error = foreign::read(*kind, text, Some(article), &source("x"))
            .unwrap_err()
            .to_string();
        assert!(error.contains(wanted), "{error}");
        assert_eq!(error.lines().count(), 1);
    }
}

#[test]
fn a_hand_needs_no_head() {
    let text = "%byline 1\n%%\n{title} [Zoë Ng]{person} met [Bo]{person}\n[Zoë Ng]{person} left.\n";
    let mut all = foreign::read(Kind::Inline, text, None, &source("x")).unwrap();
    let (a, _) = all.pop().unwrap().layers.unwrap();
    assert_eq!(&*a.document.text, "Zoë Ng met Bo\nZoë Ng left.");
    assert_eq!(a.entities.len(), 2);
    assert_eq!(a.entities[0].mentions.len(), 2);
    assert_eq!(a.document.blocks[0].kind, BlockKind::Title);
}

#[test]
fn marks_of_others_are_found_in_their_article_and_name_their_author() {
    let article = "Zoë 😀 met Bo.\n\nBo left. Bo left again.";
    let w3c = r#"{"type":"Annotation","creator":{"name":"Alice"},"body":[{"type":"TextualBody","value":"who?","purpose":"commenting"},{"value":"green","purpose":"classifying"}],
        "target":{"source":"a.txt","selector":[{"type":"TextQuoteSelector","exact":"met","prefix":"😀 ","suffix":" Bo"},{"type":"TextPositionSelector","start":6,"end":9}]}}"#;
    let all = foreign::read(Kind::W3c, w3c, Some(article.as_bytes()), &source("x")).unwrap();
    let mark = &all[0].marks[0];
    assert_eq!(mark.anchor.exact, "met");
    assert_eq!(mark.colour, Colour::Green);
    assert_eq!(mark.note.as_deref(), Some("who?"));
    assert_eq!(mark.tags, ["by Alice"]);
    // Position 7 is that of JavaScript, which counts the emoji as two.
    let hypothesis = |start: usize, exact: &str| {
        format!(
            r#"{{"annotations":[{{"id":"h1","user":"acct:bob@hypothes.is","text":"note","tags":["t"],"uri":"https://e.example/a",
        "target":[{{"selector":[{{"type":"TextPositionSelector","start":{start},"end":{}}},{{"type":"TextQuoteSelector","exact":"{exact}","prefix":"","suffix":""}}]}}]}}]}}"#,
            start + exact.len()
        )
    };
    let read = |text: &str| {
        foreign::read(
            Kind::Hypothesis,
            text,
            Some(article.as_bytes()),
            &source("x"),
        )
        .unwrap()
    };
    let all = read(&hypothesis(7, "met"));
    assert_eq!(all[0].marks[0].anchor.exact, "met");
    assert_eq!(all[0].marks[0].tags, ["t", "by bob"]);
    // Words in two places and no context: nothing tells which.
    let all = read(&hypothesis(0, "Bo left"));
    assert!(all[0].marks[0].orphan);
    assert_eq!(all[0].marks[0].anchor.exact, "Bo left");
    let error = foreign::read(Kind::W3c, w3c, None, &source("x"))
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("holds annotations and not the article"),
        "{error}"
    );
}

#[test]
fn schemes_differ_where_a_name_follows_a_name() {
    use byline::export::conll::{Scheme, Year, write};
    let text = "%byline 1\n%%\n[Zoë]{person} [Ng]{person A} [Kyiv]{place} x\n";
    let mut all = foreign::read(Kind::Inline, text, None, &source("x")).unwrap();
    let (a, _) = all.pop().unwrap().layers.unwrap();
    let iob1 = String::from_utf8(write(&a, Year::Y2002, Scheme::Iob1)).unwrap();
    let iob2 = String::from_utf8(write(&a, Year::Y2002, Scheme::Iob2)).unwrap();
    assert_eq!(iob1, "Zoë I-PER\nNg B-PER\nKyiv I-LOC\nx O\n\n");
    assert_eq!(iob2, "Zoë B-PER\nNg B-PER\nKyiv B-LOC\nx O\n\n");
}

#[test]
fn losses_are_counted() {
    let (a, h) = build(
        &[vec![0, 1, 2, 3, 4], vec![7, 8, 9]],
        &[(0, 3, 0), (1, 2, 1), (4, 5, 2), (2, 4, 3)],
    );
    let lost = |name: &str| (export::find(name).unwrap().loses)(&a, &h).join(", ");
    assert!(
        lost("conll2003").contains("1 quote, 1 stance, 1 highlight"),
        "{}",
        lost("conll2003")
    );
    assert!(!lost("brat").contains("stance"), "{}", lost("brat"));
    assert_eq!(SentenceId::at(0), a.stances[0].sentence);
}
