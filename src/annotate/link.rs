//! Links from each sentence of the editor's comment to the passages it is about: shared names,
//! quoted words and rare words of the article.

use std::collections::{BTreeMap, BTreeSet};

use super::layers::{Layer, Layers};
use super::pipeline::Stage;
use super::syntax::Pos;
use crate::model::{BlockKind, Document, EntityKind, Link, MentionForm};

/// Links per comment sentence.
const MOST: usize = 3;

/// The stage.
pub struct Links;

impl Stage for Links {
    fn name(&self) -> &'static str {
        "links"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Entities, Layer::Sentences, Layer::Syntax]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Links]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let mut comments = Vec::new();
        let mut index: BTreeMap<Cue, Vec<usize>> = BTreeMap::new();
        let mut passages = 0;
        for sentence in 0..layers.sentences.len() {
            match layers.block_kind(document, sentence) {
                BlockKind::Comment => comments.push(sentence),
                BlockKind::Paragraph | BlockKind::ListItem => {
                    passages += 1;
                    for cue in cues(layers, sentence) {
                        index.entry(cue).or_default().push(sentence);
                    }
                }
                _ => {}
            }
        }
        let mut links = Vec::new();
        for comment in comments {
            links.extend(linked(layers, &index, passages, comment));
        }
        links.sort_by_key(|l| (l.comment, l.passage));
        layers.links = links;
    }
}

/// What two sentences can share.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Cue {
    /// An entity, by id.
    Name(u32),
    /// A content word, by base form.
    Word(String),
}

fn cues(layers: &Layers, sentence: usize) -> BTreeSet<Cue> {
    let tokens = layers.sentence_tokens[sentence].clone();
    let mut out = BTreeSet::new();
    let mut named = BTreeSet::new();
    for placed in layers.mentions_in(tokens.clone()) {
        if placed.form != MentionForm::Pronoun {
            out.insert(Cue::Name(placed.entity.0));
        }
        named.extend(placed.tokens.clone());
    }
    for token in tokens {
        let tag = &layers.tags[token];
        let content = matches!(
            tag.pos,
            Pos::Noun | Pos::Verb | Pos::Adjective | Pos::Proper
        );
        if content
            && !named.contains(&token)
            && tag.lemma.chars().count() > 3
            && layers.tokens[token].is_word()
        {
            out.insert(Cue::Word(stem(&tag.lemma)));
        }
    }
    out
}

/// A rough stem: enough to join "courts" and "court", "veto" and "vetoed".
fn stem(lemma: &str) -> String {
    let kept: String = lemma.chars().take(7).collect();
    kept
}

/// Sentences that share the most with a comment sentence, weighed by how few sentences have it.
fn linked(
    layers: &Layers,
    index: &BTreeMap<Cue, Vec<usize>>,
    passages: usize,
    comment: usize,
) -> Vec<Link> {
    let mut scores: BTreeMap<usize, (f32, Vec<Cue>)> = BTreeMap::new();
    for cue in cues(layers, comment) {
        let Some(sentences) = index.get(&cue) else {
            continue;
        };
        // A cue in every fourth sentence (or in very many) tells little about any one of them.
        if sentences.len() > 60 || sentences.len() * 2 > passages.max(4) {
            continue;
        }
        let rare = ((passages as f32 + 1.0) / sentences.len() as f32).ln();
        let weight = match &cue {
            Cue::Name(id) => {
                let person = layers
                    .entities
                    .get(*id as usize)
                    .is_some_and(|e| e.kind == EntityKind::Person);
                if person { 1.3 } else { 0.9 }
            }
            Cue::Word(_) => 1.0,
        };
        for sentence in sentences {
            let entry = scores.entry(*sentence).or_default();
            entry.0 += rare * weight;
            entry.1.push(cue.clone());
        }
    }
    let mut ranked: Vec<_> = scores.into_iter().collect();
    ranked.sort_by(|a, b| b.1.0.total_cmp(&a.1.0).then(a.0.cmp(&b.0)));
    let best = ranked.first().map_or(0.0, |r| r.1.0);
    ranked
        .into_iter()
        .take_while(|(_, (score, _))| *score >= 3.0 && *score >= best * 0.6)
        .take(MOST)
        .map(|(sentence, (score, shared))| Link {
            comment: layers.sentences[comment].span,
            passage: layers.sentences[sentence].span,
            why: why(layers, &shared),
            rule: "shared-words".into(),
            confidence: (0.45 + score / 16.0).min(0.9),
        })
        .collect()
}

/// The reason in words.
fn why(layers: &Layers, shared: &[Cue]) -> String {
    let names: Vec<&str> = shared
        .iter()
        .filter_map(|c| match c {
            Cue::Name(id) => layers.entities.get(*id as usize).map(|e| e.name.as_str()),
            Cue::Word(_) => None,
        })
        .take(3)
        .collect();
    let words: Vec<String> = shared
        .iter()
        .filter_map(|c| match c {
            Cue::Word(word) => Some(format!("“{word}”")),
            Cue::Name(_) => None,
        })
        .take(3)
        .collect();
    match (names.is_empty(), words.is_empty()) {
        (false, false) => format!(
            "both name {} and say {}",
            names.join(", "),
            words.join(", ")
        ),
        (false, true) => format!("both name {}", names.join(", ")),
        _ => format!("both say {}", words.join(", ")),
    }
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
        assert_eq!(annotated.links.len(), 1, "{:?}", annotated.links);
        let passage = annotated.links[0].passage.of(&document.text);
        assert!(passage.starts_with("The mayor"));
        assert!(annotated.links[0].why.contains("bridge"));
    }
}
