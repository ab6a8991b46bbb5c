//! Test material: one hand-made annotated article with wide, joined and combining characters and
//! hostile text, and a generator of valid annotated documents.

use std::sync::Arc;

use jiff::Timestamp;
use proptest::prelude::*;

use crate::base::{BlockId, EntityId, IssueId, QuoteId, SentenceId, Span, StanceId};
use crate::model::{
    Anchor, Annotated, Block, BlockKind, Colour, Document, Entity, EntityKind, Highlight, Issue,
    Link, Mention, MentionForm, Metadata, Party, Polarity, Quote, QuoteKind, Sentence, Stance,
    Target,
};

const TITLE: &str = "Zoë 😀 wants the *bridge* <b>closed</b>";
const BODY: &str = "Mayor Zoë Ng said 东京 must \"never\" build it, Le Journal reported.";
const ASIDE: &str = "See [this](http://evil.example) or www.evil.example | a@b.c. שלום — =1+1";
const COMMENT: &str = "1. A cafe\u{301} owner's view: close it.";

fn find(text: &str, words: &str) -> Span {
    let at = text.find(words).unwrap();
    Span::new(at, at + words.len())
}

fn entity(n: usize, name: &str, kind: EntityKind, mentions: &[Span]) -> Entity {
    Entity {
        id: EntityId::at(n),
        name: name.to_owned(),
        kind,
        aliases: vec![],
        role: None,
        speaks_for: None,
        mentions: mentions
            .iter()
            .map(|&span| Mention {
                span,
                form: MentionForm::Name,
                conll: None,
                rule: "hand".into(),
                confidence: 0.97,
            })
            .collect(),
        rule: "hand".into(),
        confidence: 0.9,
    }
}

/// The hand-made article with three highlights, one of them an orphan.
pub(super) fn article() -> (Annotated, Vec<Highlight>) {
    let text = [TITLE, BODY, ASIDE, COMMENT].join("\n");
    let kinds = [
        BlockKind::Title,
        BlockKind::Paragraph,
        BlockKind::Paragraph,
        BlockKind::Comment,
    ];
    let blocks: Vec<Block> = [TITLE, BODY, ASIDE, COMMENT]
        .into_iter()
        .zip(kinds)
        .map(|(part, kind)| Block {
            kind,
            span: find(&text, part),
        })
        .collect();
    let at = |words: &str| find(&text, words);
    let mut out = Annotated::bare(Arc::new(Document {
        id: "0123456789abcdef".to_owned(),
        text: text.as_str().into(),
        blocks: blocks.clone(),
        meta: Metadata {
            title: Some(TITLE.to_owned()),
            authors: vec!["Ann_Lee".to_owned()],
            published: "2025-03-17".parse().ok(),
            published_at: None,
            outlet: Some("Le Journal".to_owned()),
            uri: Some("https://news.example/a?q=`x`&r=1".to_owned()),
            language: Some("en".to_owned()),
            topics: vec!["Bridges".to_owned(), "東京 & co".to_owned()],
        },
        details: vec!["left out 1 line".to_owned()],
    }));
    out.sentences = blocks
        .iter()
        .enumerate()
        .map(|(n, b)| Sentence {
            span: b.span,
            block: BlockId::at(n),
        })
        .collect();
    let mut zoe = entity(
        0,
        "Zoë Ng",
        EntityKind::Person,
        &[find(TITLE, "Zoë"), at("Zoë Ng")],
    );
    zoe.role = Some("Mayor".to_owned());
    zoe.aliases = vec!["Zoë".to_owned()];
    out.entities = vec![
        zoe,
        entity(1, "东京", EntityKind::Place, &[at("东京")]),
        entity(
            2,
            "Le Journal",
            EntityKind::Organization,
            &[at("Le Journal")],
        ),
    ];
    out.issues = vec![Issue {
        id: IssueId(0),
        name: "the *bridge*".to_owned(),
        mentions: vec![at("*bridge*")],
        inverse_of: None,
    }];
    out.quotes = vec![Quote {
        id: QuoteId(0),
        span: at("\"never\""),
        cue: Some(at("said")),
        speaker: Party::Entity(EntityId(0)),
        speaker_span: Some(at("Zoë Ng")),
        kind: QuoteKind::Mixed,
        continues: None,
        via: Vec::new(),
        rule: "hand".into(),
        confidence: 0.9,
    }];
    out.stances = vec![Stance {
        id: StanceId(0),
        sentence: SentenceId(1),
        holder: Party::Entity(EntityId(0)),
        holder_span: Some(at("Zoë Ng")),
        target: Target::Issue(IssueId(0)),
        target_span: at("build it"),
        polarity: Polarity::Against,
        strength: 3,
        evidence: vec![at("must"), at("\"never\"")],
        via: vec![EntityId(2)],
        rule: "must∘never".into(),
        confidence: 0.88,
    }];
    out.links = vec![Link {
        comment: blocks[3].span,
        passage: blocks[0].span,
        why: "same word".to_owned(),
        rule: "hand".into(),
        confidence: 0.7,
    }];
    assert_eq!(out.fault(), None);
    let highlight = |n: usize, words: &str, note: Option<&str>| Highlight {
        id: format!("H{n}"),
        anchor: Anchor::new(&text, at(words)),
        colour: Colour::ALL[n],
        tags: vec![],
        note: note.map(str::to_owned),
        created: Timestamp::from_second(1_742_205_660 + i64::from(n as u32)).unwrap(),
        orphan: false,
    };
    let mut lost = highlight(2, "close it", Some("gone"));
    lost.anchor = Anchor {
        exact: "# not here".to_owned(),
        ..Anchor::default()
    };
    lost.orphan = true;
    let mut tagged = highlight(1, "东京", Some("<script>alert(1)</script>\n- second line"));
    tagged.tags = vec!["#tag|x".to_owned(), "two".to_owned()];
    let hebrew = highlight(
        3,
        "שלום — =1+1",
        Some("=HYPERLINK(\"http://evil.example\")"),
    );
    (
        out,
        vec![tagged, highlight(0, "😀 wants", None), lost, hebrew],
    )
}

/// Numbers from which one annotated document is made.
type Seeds = Vec<(u16, u16, u8)>;

/// Any valid annotated document, with layers that overlap.
pub(super) fn any_annotated() -> impl Strategy<Value = (Annotated, Vec<Highlight>)> {
    let seeds = || prop::collection::vec((any::<u16>(), any::<u16>(), any::<u8>()), 0..5);
    let text = "[a-z A-Z世😀e\u{301}\\*<\\[\n|`\u{7}]{1,80}";
    let layers = [(); 5].map(|()| seeds());
    (text, layers).prop_map(|(text, layers)| build(&text, &layers))
}

fn build(text: &str, layers: &[Seeds; 5]) -> (Annotated, Vec<Highlight>) {
    let [blocks, entities, issues, quotes, stances] = layers;
    let edges: Vec<usize> = (0..=text.len())
        .filter(|&n| text.is_char_boundary(n))
        .collect();
    let span = |seed: &(u16, u16, u8)| {
        let a = edges[usize::from(seed.0) % edges.len()];
        let b = edges[usize::from(seed.1) % edges.len()];
        Span::new(a.min(b), a.max(b))
    };
    let pick = |seed: &(u16, u16, u8), n: usize| usize::from(seed.2) % n;
    let sure = |seed: &(u16, u16, u8)| f32::from(seed.2 % 101) / 100.0;
    let sorted = |seeds: &Seeds| {
        let mut spans: Vec<Span> = seeds.iter().map(span).collect();
        spans.sort_unstable();
        spans
    };
    let mut out = Annotated::bare(Arc::new(Document {
        id: "id".to_owned(),
        text: text.into(),
        blocks: sorted(blocks)
            .into_iter()
            .map(|span| Block {
                kind: BlockKind::ALL[span.from() % 9],
                span,
            })
            .collect(),
        meta: Metadata {
            title: Some(text.to_owned()),
            authors: vec![text.to_owned()],
            topics: vec![text.to_owned()],
            ..Metadata::default()
        },
        details: vec![text.to_owned()],
    }));
    let has_blocks = !out.document.blocks.is_empty();
    if has_blocks {
        out.sentences = sorted(blocks)
            .into_iter()
            .enumerate()
            .map(|(n, span)| Sentence {
                span,
                block: BlockId::at(n),
            })
            .collect();
    }
    for (n, seed) in entities.iter().enumerate() {
        let mut one = entity(
            n,
            text,
            EntityKind::ALL[pick(seed, EntityKind::ALL.len())],
            &[span(seed)],
        );
        one.confidence = sure(seed);
        one.mentions[0].form = MentionForm::ALL[pick(seed, 5)];
        one.speaks_for = (pick(seed, 2) == 0).then(|| EntityId::at(pick(seed, entities.len())));
        out.entities.push(one);
    }
    let party = |seed: &(u16, u16, u8)| match pick(seed, 4) {
        0 => Party::Author,
        1 => Party::Editor,
        2 if !entities.is_empty() => Party::Entity(EntityId::at(pick(seed, entities.len()))),
        _ => Party::Unknown,
    };
    for (n, seed) in issues.iter().enumerate() {
        out.issues.push(Issue {
            id: IssueId::at(n),
            name: text.to_owned(),
            mentions: vec![span(seed)],
            inverse_of: (pick(seed, 2) == 0).then(|| IssueId::at(pick(seed, issues.len()))),
        });
    }
    for (n, at) in sorted(quotes).into_iter().enumerate() {
        let seed = &quotes[n];
        out.quotes.push(Quote {
            id: QuoteId::at(n),
            span: at,
            cue: (pick(seed, 2) == 0).then(|| span(seed)),
            speaker: party(seed),
            speaker_span: (pick(seed, 3) == 0).then(|| span(seed)),
            kind: QuoteKind::ALL[pick(seed, 4)],
            continues: (n > 0 && pick(seed, 2) == 0).then(|| QuoteId::at(pick(seed, n))),
            via: (0..entities.len().min(pick(seed, 3)))
                .map(EntityId::at)
                .collect(),
            rule: "any".into(),
            confidence: sure(seed),
        });
    }
    out.attributions = out.quotes.clone();
    if has_blocks && !issues.is_empty() {
        for (n, seed) in stances.iter().enumerate() {
            out.stances.push(Stance {
                id: StanceId::at(n),
                sentence: SentenceId(0),
                holder: party(seed),
                holder_span: (pick(seed, 2) == 0).then(|| span(seed)),
                target: Target::Issue(IssueId::at(pick(seed, issues.len()))),
                target_span: span(seed),
                polarity: Polarity::ALL[pick(seed, 3)],
                strength: seed.2 % 3 + 1,
                evidence: vec![span(seed)],
                via: (0..entities.len().min(2)).map(EntityId::at).collect(),
                rule: "any".into(),
                confidence: sure(seed),
            });
        }
    }
    for seed in quotes {
        out.links.push(Link {
            comment: span(seed),
            passage: span(seed),
            why: text.to_owned(),
            rule: "any".into(),
            confidence: sure(seed),
        });
    }
    let highlights = stances
        .iter()
        .enumerate()
        .map(|(n, seed)| Highlight {
            id: format!("H{n}"),
            anchor: Anchor::new(text, span(seed)),
            colour: Colour::ALL[pick(seed, 5)],
            tags: vec![text.to_owned()],
            note: (pick(seed, 2) == 0).then(|| text.to_owned()),
            created: Timestamp::from_second(i64::from(seed.0)).unwrap(),
            orphan: false,
        })
        .collect();
    (out, highlights)
}
