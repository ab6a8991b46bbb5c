//! Links from each sentence of the editor's comment to the passages it is about: shared names,
//! quoted words and rare words of the article.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::{Layer, Layers};
use super::lexicon::deeds;
use super::pipeline::Stage;
use super::syntax::Pos;
use crate::model::{BlockKind, Document, EntityKind, Link, MentionForm, Party, Target};

/// Links per comment sentence.
const MOST: usize = 3;
/// What a person weighs more than a word: a comment that names somebody is about what that one
/// said or did.
const PERSON: f32 = 1.6;
/// Words that any two sentences may share.
const HAZY: [&str; 24] = [
    "think",
    "want",
    "know",
    "feel",
    "seem",
    "look",
    "tell",
    "find",
    "better",
    "good",
    "best",
    "people",
    "time",
    "year",
    "week",
    "month",
    "today",
    "much",
    "many",
    "something",
    "anything",
    "nothing",
    "everybody",
    "little",
];
/// Links that a sentence without its own takes from the one before.
const CARRIED: usize = 2;
/// What a passage must share: about one word that a seventh of the sentences have.
const LEAST: f32 = 2.0;
/// Share of the best passage's weight that the others must have.
const BESIDE: f32 = 0.6;
/// What the sentence that carries the story weighs more.
const LEAD: f32 = 1.15;
/// Sentences per cue that are looked at; a cue in more of them tells nothing.
const COMMON: usize = 60;

/// The stage.
pub struct Links;

impl Stage for Links {
    fn name(&self) -> &'static str {
        "links"
    }
    fn requires(&self) -> &'static [Layer] {
        &[
            Layer::Entities,
            Layer::Sentences,
            Layer::Syntax,
            Layer::Quotes,
            Layer::Issues,
            Layer::Stances,
        ]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Links]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let of_kind = |kinds: &[BlockKind]| -> Vec<usize> {
            (0..layers.sentences.len())
                .filter(|s| kinds.contains(&layers.block_kind(document, *s)))
                .collect()
        };
        let comments = of_kind(&[BlockKind::Comment]);
        if comments.is_empty() {
            return;
        }
        let mut passages = Passages::default();
        let views = views(layers);
        for sentence in of_kind(&[BlockKind::Paragraph, BlockKind::ListItem]) {
            let mut cues = cues(document, layers, sentence);
            cues.extend(speakers(layers, sentence));
            cues.extend(views.get(&sentence).into_iter().flatten().cloned());
            passages.add(sentence, cues);
        }
        let mut links = Vec::new();
        for comment in comments {
            let mut cues = cues(document, layers, comment);
            cues.extend(views.get(&comment).into_iter().flatten().cloned());
            let mut tokens = layers.sentence_tokens[comment].clone();
            let lone = !tokens.any(|t| layers.tags[t].pos == Pos::Proper)
                && !cues.iter().any(|c| matches!(c, Cue::Name(_)));
            let mut found = passages.linked(layers, comment, &cues);
            if found.is_empty() && lone {
                found = goes_on(layers, comment, &links);
            }
            links.extend(found);
        }
        links.sort_by_key(|l| (l.comment, l.passage));
        layers.links = links;
    }
}

/// The links of the sentence before, for one that names nobody and shares nothing: "Clever, that."
fn goes_on(layers: &Layers, comment: usize, links: &[Link]) -> Vec<Link> {
    let before = comment.checked_sub(1).map(|b| layers.sentences[b].span);
    let mut out: Vec<Link> = links
        .iter()
        .filter(|l| Some(l.comment) == before)
        .cloned()
        .collect();
    out.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    out.truncate(CARRIED);
    for link in &mut out {
        link.comment = layers.sentences[comment].span;
        link.why = "goes on from the sentence before".to_owned();
        link.rule = "goes-on".into();
        link.confidence = 0.6;
    }
    out
}

/// What two sentences can share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    /// An entity, by id.
    Name(u32),
    /// A word of a name, for names that were not found to be one.
    Part(String),
    /// A content word, by family or stem.
    Word(String),
    /// What somebody is for or against: an issue, by id. An issue and its ban are one.
    Issue(u32),
}

/// Names and content words of a sentence.
fn cues(document: &Document, layers: &Layers, sentence: usize) -> BTreeSet<Cue> {
    let tokens = layers.sentence_tokens[sentence].clone();
    let mut out = BTreeSet::new();
    let mut named = BTreeSet::new();
    for placed in layers.mentions_in(tokens.clone()) {
        out.insert(Cue::Name(placed.entity.0));
        if placed.form == MentionForm::Name {
            let words = placed.tokens.clone().filter(|t| layers.tokens[*t].capital);
            out.extend(words.map(|t| Cue::Part(layers.lower(t).to_owned())));
        }
        if placed.form != MentionForm::Nominal {
            named.extend(placed.tokens.clone());
        }
    }
    for token in tokens {
        let tag = &layers.tags[token];
        let content = matches!(
            tag.pos,
            Pos::Noun | Pos::Verb | Pos::Adjective | Pos::Proper
        );
        let light = deeds::family(&tag.lemma).is_some_and(|f| f.sort == deeds::Sort::Light);
        if content
            && !light
            && !HAZY.contains(&&*tag.lemma)
            && !named.contains(&token)
            && tag.lemma.chars().count() > 3
            && layers.tokens[token].is_word()
        {
            let word = layers.tokens[token].span.of(&document.text);
            // "Norms" at the start of a sentence is no name.
            let lemma = if tag.pos == Pos::Proper {
                super::syntax::singular(&word.to_lowercase())
            } else {
                tag.lemma.to_string()
            };
            out.insert(Cue::Word(deeds::stem(&lemma)));
        }
    }
    out
}

/// Who speaks in a sentence.
fn speakers(layers: &Layers, sentence: usize) -> impl Iterator<Item = Cue> {
    let span = layers.sentences[sentence].span;
    let quotes = layers.quotes.iter();
    quotes
        .filter(move |q| q.span.overlaps(span))
        .filter_map(|q| q.speaker.entity())
        .map(|id| Cue::Name(id.0))
}

/// The issues and holders of the stances of each sentence.
fn views(layers: &Layers) -> BTreeMap<usize, BTreeSet<Cue>> {
    let mut out: BTreeMap<usize, BTreeSet<Cue>> = BTreeMap::new();
    for stance in &layers.stances {
        let views = out.entry(stance.sentence.index()).or_default();
        if let Target::Issue(id) = stance.target {
            let inverse = layers.issues.get(id.index()).and_then(|i| i.inverse_of);
            views.insert(Cue::Issue(inverse.map_or(id, |i| i.min(id)).0));
        }
        if let Party::Entity(holder) = stance.holder {
            views.insert(Cue::Name(holder.0));
        }
    }
    out
}

/// The sentences of the article with their cues.
#[derive(Default)]
struct Passages {
    sentences: Vec<usize>,
    index: BTreeMap<Cue, Vec<usize>>,
}

impl Passages {
    fn add(&mut self, sentence: usize, cues: BTreeSet<Cue>) {
        self.sentences.push(sentence);
        for cue in cues {
            self.index.entry(cue).or_default().push(sentence);
        }
    }

    /// The sentences that name whom a word of a name in a comment sentence stands for.
    fn named(&self, layers: &Layers, comment: usize, word: &str) -> &[usize] {
        let tokens = layers.sentence_tokens[comment].clone();
        let mentions = layers.mentions_in(tokens);
        let mut whose = mentions.filter(|p| p.tokens.clone().any(|t| layers.lower(t) == word));
        let name = whose.next().map(|p| Cue::Name(p.entity.0));
        name.and_then(|n| self.index.get(&n))
            .map_or(&[], Vec::as_slice)
    }

    /// The sentences that share the most with a comment sentence, weighed by how few have it.
    fn linked(&self, layers: &Layers, comment: usize, cues: &BTreeSet<Cue>) -> Vec<Link> {
        let mut scores: BTreeMap<usize, (f32, Vec<Cue>)> = BTreeMap::new();
        for cue in cues {
            let Some(sentences) = self.index.get(cue) else {
                continue;
            };
            if sentences.len() > COMMON {
                continue;
            }
            let rare = ((self.sentences.len() as f32 + 1.0) / sentences.len() as f32).ln();
            let weight = if person(layers, cue) { PERSON } else { 1.0 };
            let known = match cue {
                Cue::Part(word) => self.named(layers, comment, word),
                _ => &[],
            };
            for sentence in sentences.iter().filter(|s| !known.contains(s)) {
                let entry = scores.entry(*sentence).or_default();
                entry.0 += rare * weight;
                entry.1.push(cue.clone());
            }
        }
        if let Some(lead) = self.sentences.first().and_then(|lead| scores.get_mut(lead)) {
            lead.0 *= LEAD;
        }
        let mut ranked: Vec<_> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
        let best = ranked.first().map_or(0.0, |r| r.1.0);
        ranked
            .into_iter()
            .take_while(|(_, (score, _))| *score >= LEAST && *score >= best * BESIDE)
            .take(MOST)
            .map(|(sentence, (score, shared))| Link {
                comment: layers.sentences[comment].span,
                passage: layers.sentences[sentence].span,
                why: why(layers, comment, &shared),
                rule: "shared-words".into(),
                confidence: (0.45 + score / 16.0).min(0.9),
            })
            .collect()
    }
}

fn person(layers: &Layers, cue: &Cue) -> bool {
    let Cue::Name(id) = cue else { return false };
    let entity = layers.entities.get(*id as usize);
    entity.is_some_and(|e| e.kind == EntityKind::Person)
}

/// The reason in words, those of the comment.
fn why(layers: &Layers, comment: usize, shared: &[Cue]) -> String {
    let mut names: Vec<&str> = Vec::new();
    let mut words: Vec<String> = Vec::new();
    let mut issues: Vec<&str> = Vec::new();
    for cue in shared {
        match cue {
            Cue::Name(id) => names.extend(layers.entities.get(*id as usize).map(|e| &*e.name)),
            Cue::Part(word) => words.push(format!("“{word}”")),
            Cue::Word(word) => words.push(format!("“{}”", written(layers, comment, word))),
            Cue::Issue(id) => issues.extend(layers.issues.get(*id as usize).map(|i| &*i.name)),
        }
    }
    names.truncate(3);
    words.truncate(3);
    let said = [
        ("are about", issues.join(", ")),
        ("name", names.join(", ")),
        ("say", words.join(", ")),
    ];
    let said = said.iter().filter(|(_, what)| !what.is_empty());
    let said: Vec<String> = said.map(|(verb, what)| format!("{verb} {what}")).collect();
    format!("both {}", said.join(" and "))
}

/// A word of a sentence by its stem.
fn written<'a>(layers: &'a Layers, sentence: usize, stem: &'a str) -> &'a str {
    let mut tokens = layers.sentence_tokens[sentence].clone();
    let found = tokens.find(|t| deeds::stem(layers.lemma(*t)) == stem);
    found.map_or(stem, |t| layers.lower(t))
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;
    use crate::model::BlockKind;

    #[test]
    fn a_comment_is_linked_to_the_sentence_with_its_rare_words() {
        let document = testing::document(&[
            (
                BlockKind::Paragraph,
                "The council met on Monday. The mayor wants a stone bridge over the canal. Nobody objected.",
            ),
            (
                BlockKind::Paragraph,
                "Schools open in May. Trains were late.",
            ),
            (
                BlockKind::Comment,
                "A stone bridge over that canal? Please.",
            ),
        ]);
        let annotated = crate::annotate::annotate(&document);
        assert_eq!(annotated.links.len(), 2, "{:?}", annotated.links);
        let passage = annotated.links[0].passage.of(&document.text);
        assert!(passage.starts_with("The mayor"));
        assert!(annotated.links[0].why.contains("bridge"));
        // "Please." says nothing by itself.
        assert_eq!(annotated.links[1].passage, annotated.links[0].passage);
        assert_eq!(&*annotated.links[1].rule, "goes-on");
    }

    #[test]
    fn a_comment_is_linked_by_families_of_words_and_not_by_what_every_sentence_has() {
        let document = testing::document(&[
            (
                BlockKind::Paragraph,
                "Norland wants to accede to the pact. Norland sells fish. Norland lies in the north.",
            ),
            (
                BlockKind::Paragraph,
                "Norland has two lakes. Norland grows rye. The harbour froze.",
            ),
            (BlockKind::Comment, "Norland and membership? Hardly."),
        ]);
        let annotated = crate::annotate::annotate(&document);
        let first: Vec<&str> = annotated
            .links
            .iter()
            .filter(|l| &*l.rule == "shared-words")
            .map(|l| l.passage.of(&document.text))
            .collect();
        assert_eq!(first, ["Norland wants to accede to the pact."]);
    }
}
