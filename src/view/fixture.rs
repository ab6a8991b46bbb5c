//! Articles for the tests of this room, with letters that are wide, joined and marked.

use std::sync::Arc;

use crate::base::{BlockId, EntityId, IssueId, QuoteId, SentenceId, Span, StanceId};
use crate::model::{
    Annotated, Block, BlockKind, Document, Entity, EntityKind, Highlight, Issue, Link, Mention,
    MentionForm, Metadata, Party, Polarity, Quote, QuoteKind, Sentence, Stance, Target,
};

/// A document of these blocks.
pub fn document(blocks: &[(BlockKind, &str)]) -> Arc<Document> {
    let mut text = String::new();
    let mut list = Vec::new();
    for (kind, block) in blocks {
        if !text.is_empty() {
            text.push('\n');
        }
        let from = text.len();
        text.push_str(block);
        list.push(Block {
            kind: *kind,
            span: Span::new(from, text.len()),
        });
    }
    Arc::new(Document {
        id: "0123456789abcdef".to_owned(),
        text: text.into(),
        blocks: list,
        meta: Metadata {
            title: Some("Mayor fears bridge 🌉".to_owned()),
            outlet: Some("The Ledger".to_owned()),
            published: Some(jiff::civil::date(2025, 3, 17)),
            ..Metadata::default()
        },
        details: Vec::new(),
    })
}

/// The span of the `nth` occurrence of `needle`.
pub fn find(text: &str, needle: &str, nth: usize) -> Span {
    let (at, _) = text
        .match_indices(needle)
        .nth(nth)
        .expect("the fixture has it");
    Span::new(at, at + needle.len())
}

/// An article with one of everything.
pub fn sample() -> (Annotated, Vec<Highlight>) {
    let document = document(&[
        (BlockKind::Title, "Mayor fears bridge 🌉"),
        (BlockKind::Byline, "Zoë Ek"),
        (BlockKind::Brief, "A short brief."),
        (
            BlockKind::Paragraph,
            "Mayor Ana Núñez said the bridge “must never be built” 世界. Oslo waits.",
        ),
        (BlockKind::Paragraph, "Núñez spoke in Oslo."),
        (
            BlockKind::Comment,
            "The mayor is wrong about the bridge. So it goes.",
        ),
    ]);
    let text = Arc::clone(&document.text);
    let mention = |needle: &str, nth: usize| Mention {
        span: find(&text, needle, nth),
        form: MentionForm::Name,
        conll: None,
        rule: "test".into(),
        confidence: 0.9,
    };
    let entity = |n: usize, name: &str, kind, mentions: Vec<Mention>| Entity {
        id: EntityId::at(n),
        name: name.to_owned(),
        kind,
        aliases: Vec::new(),
        role: None,
        speaks_for: None,
        mentions,
        rule: "test".into(),
        confidence: 0.9,
    };
    let sentence = |needle: &str, block: usize| Sentence {
        span: find(&text, needle, 0),
        block: BlockId::at(block),
    };
    let mut annotated = Annotated::bare(document);
    annotated.sentences = vec![
        sentence("Mayor fears bridge 🌉", 0),
        sentence("A short brief.", 2),
        sentence(
            "Mayor Ana Núñez said the bridge “must never be built” 世界.",
            3,
        ),
        sentence("Oslo waits.", 3),
        sentence("Núñez spoke in Oslo.", 4),
        sentence("The mayor is wrong about the bridge.", 5),
        sentence("So it goes.", 5),
    ];
    annotated.entities = vec![
        entity(
            0,
            "Ana Núñez",
            EntityKind::Person,
            vec![mention("Ana Núñez", 0), mention("Núñez", 1)],
        ),
        entity(
            1,
            "Oslo",
            EntityKind::Place,
            vec![mention("Oslo", 0), mention("Oslo", 1)],
        ),
    ];
    annotated.entities[0].role = Some("Mayor".to_owned());
    annotated.entities[0].speaks_for = Some(EntityId::at(1));
    annotated.issues = vec![Issue {
        id: IssueId::at(0),
        name: "the bridge".to_owned(),
        mentions: vec![find(&text, "the bridge", 0)],
        inverse_of: None,
    }];
    annotated.quotes = vec![Quote {
        id: QuoteId::at(0),
        span: find(&text, "“must never be built”", 0),
        cue: Some(find(&text, "said", 0)),
        speaker: Party::Entity(EntityId::at(0)),
        speaker_span: Some(find(&text, "Ana Núñez", 0)),
        kind: QuoteKind::Mixed,
        continues: None,
        via: Vec::new(),
        rule: "test".into(),
        confidence: 0.9,
    }];
    annotated.stances = vec![
        Stance {
            id: StanceId::at(0),
            sentence: SentenceId::at(2),
            holder: Party::Entity(EntityId::at(0)),
            holder_span: Some(find(&text, "Ana Núñez", 0)),
            target: Target::Issue(IssueId::at(0)),
            target_span: find(&text, "the bridge", 0),
            polarity: Polarity::Against,
            strength: 3,
            evidence: vec![find(&text, "said", 0), find(&text, "must never", 0)],
            via: Vec::new(),
            rule: "test".into(),
            confidence: 0.9,
        },
        Stance {
            id: StanceId::at(1),
            sentence: SentenceId::at(5),
            holder: Party::Editor,
            holder_span: None,
            target: Target::Entity(EntityId::at(0)),
            target_span: find(&text, "The mayor", 0),
            polarity: Polarity::Against,
            strength: 2,
            evidence: vec![find(&text, "wrong", 0)],
            via: Vec::new(),
            rule: "test".into(),
            confidence: 0.66,
        },
    ];
    annotated.links = vec![Link {
        comment: annotated.sentences[5].span,
        passage: annotated.sentences[2].span,
        why: "same words: the bridge".to_owned(),
        rule: "test".into(),
        confidence: 0.9,
    }];
    assert_eq!(annotated.fault(), None);
    let highlight = Highlight {
        id: "H1".to_owned(),
        anchor: crate::model::Anchor::new(&text, find(&text, "Oslo waits", 0)),
        colour: crate::model::Colour::Green,
        tags: vec!["north".to_owned()],
        note: Some("Why?".to_owned()),
        created: jiff::Timestamp::UNIX_EPOCH,
        orphan: false,
    };
    (annotated, vec![highlight])
}

/// A dispute: a minister who speaks for a country, an issue and its ban, two who turn, one who is
/// silent.
pub fn dispute() -> Annotated {
    use Party::Editor;
    use Polarity::{Against, For};
    let (mut annotated, _) = sample();
    let document = document(&[
        (BlockKind::Title, "Bridge talks"),
        (
            BlockKind::Paragraph,
            "Minister Bo Ek said “we demand a ban on the bridge” in Norway.",
        ),
        (
            BlockKind::Paragraph,
            "Ek admitted Oslo would need the bridge.",
        ),
        (
            BlockKind::Paragraph,
            "Norway welcomed the bridge. Norway fears the bridge. \
             Sweden and Sweden and Sweden wait.",
        ),
        (BlockKind::Comment, "Norway is wrong."),
    ]);
    let text = Arc::clone(&document.text);
    let mentions = |needle: &str| -> Vec<Mention> {
        (0..text.matches(needle).count())
            .map(|nth| Mention {
                span: find(&text, needle, nth),
                form: MentionForm::Name,
                rule: "test".into(),
                confidence: 0.9,
                conll: None,
            })
            .collect()
    };
    let entity = |n: usize, name: &str, kind, short: &str| Entity {
        id: EntityId::at(n),
        name: name.to_owned(),
        kind,
        mentions: mentions(short),
        speaks_for: (n == 0).then(|| EntityId::at(1)),
        role: None,
        ..annotated.entities[1].clone()
    };
    let entities = vec![
        entity(0, "Bo Ek", EntityKind::Person, "Ek"),
        entity(1, "Norway", EntityKind::Place, "Norway"),
        entity(2, "Sweden", EntityKind::Place, "Sweden"),
    ];
    let issue = |n: usize, name: &str| Issue {
        id: IssueId::at(n),
        name: name.to_owned(),
        mentions: vec![find(&text, name, 0)],
        inverse_of: Some(IssueId::at(1 - n)),
    };
    let issues = vec![issue(0, "the bridge"), issue(1, "a ban on the bridge")];
    let sentence = |needle: &str, block: usize| Sentence {
        span: find(&text, needle, 0),
        block: BlockId::at(block),
    };
    let sentences = vec![
        sentence(
            "Minister Bo Ek said “we demand a ban on the bridge” in Norway.",
            1,
        ),
        sentence("Ek admitted Oslo would need the bridge.", 2),
        sentence("Norway welcomed the bridge.", 3),
        sentence("Norway fears the bridge.", 3),
        sentence("Sweden and Sweden and Sweden wait.", 3),
        sentence("Norway is wrong.", 4),
    ];
    let quote = |n: usize, words: &str, cue: &str, kind| Quote {
        id: QuoteId::at(n),
        span: find(&text, words, 0),
        cue: Some(find(&text, cue, 0)),
        speaker: Party::Entity(EntityId::at(0)),
        speaker_span: Some(find(&text, "Ek", n)),
        kind,
        continues: None,
        via: Vec::new(),
        rule: "test".into(),
        confidence: 0.9,
    };
    let quotes = vec![
        quote(
            0,
            "“we demand a ban on the bridge”",
            "said",
            QuoteKind::Direct,
        ),
        quote(
            1,
            "Oslo would need the bridge",
            "admitted",
            QuoteKind::Indirect,
        ),
    ];
    let (minister, norway) = (EntityId::at(0), EntityId::at(1));
    let [bridge, ban] = [0, 1].map(|n| Target::Issue(IssueId::at(n)));
    let stance = |n: usize, holder, target, polarity, word: &str, strength, confidence| Stance {
        id: StanceId::at(n),
        sentence: SentenceId::at(if n == 4 { 5 } else { n }),
        holder,
        holder_span: None,
        target,
        target_span: find(&text, "the bridge", 0),
        polarity,
        strength,
        evidence: vec![find(&text, word, 0)],
        via: if n == 0 { vec![norway] } else { Vec::new() },
        rule: "test".into(),
        confidence,
    };
    let (ek, land) = (Party::Entity(minister), Party::Entity(norway));
    let stances = vec![
        stance(0, ek, ban, For, "demand", 3, 0.9),
        stance(1, ek, bridge, For, "need", 2, 0.85),
        stance(2, land, bridge, For, "welcomed", 2, 0.8),
        stance(3, land, bridge, Against, "fears", 1, 0.7),
        stance(4, Editor, Target::Entity(norway), Against, "wrong", 2, 0.65),
    ];
    annotated = Annotated::bare(document);
    (annotated.entities, annotated.issues) = (entities, issues);
    (annotated.sentences, annotated.quotes) = (sentences, quotes);
    annotated.stances = stances;
    assert_eq!(annotated.fault(), None);
    annotated
}
