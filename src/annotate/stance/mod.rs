//! Who is for or against what: stance words with their roles, nested by sign, over the chunks of a
//! sentence. Holders are entities (or the editor inside a comment); whatever cannot be placed is
//! left out. Targets are spans here; `issue` groups them.

mod claim;
mod descend;
mod editor;
mod frame;
mod holder;
mod tone;
mod tree;

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use super::encoder::Encoder;
use super::layers::{Layer, Layers};
use super::pipeline::Stage;
use super::syntax::Chunk;
use crate::base::EntityId;
use crate::model::{BlockKind, Document, Party, Polarity, Quote, QuoteKind, Rule};
use tree::{Tree, Unnamed};

/// A stance before its target is grouped with others.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Position of its sentence.
    pub sentence: usize,
    /// Who holds it.
    pub holder: Party,
    /// Tokens that name the holder.
    pub holder_tokens: Option<Range<usize>>,
    /// Tokens that name the target.
    pub target: Range<usize>,
    /// The target, where it is an entity.
    pub entity: Option<EntityId>,
    /// Tokens of the target that this one bans or undoes: its inverse.
    pub inverse: Option<Range<usize>>,
    /// For, against, conditional.
    pub polarity: Polarity,
    /// 1 to 3.
    pub strength: u8,
    /// Tokens that show it.
    pub evidence: Vec<Range<usize>>,
    /// Through whom it is reported.
    pub via: Vec<EntityId>,
    /// Which rule made it.
    pub rule: Rule,
    /// How sure.
    pub confidence: f32,
}

/// The stage. With an encoder its stance heads weigh what the rules found.
#[derive(Default)]
pub struct Frames(pub Option<Arc<Encoder>>);

impl Stage for Frames {
    fn name(&self) -> &'static str {
        "frames"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Syntax, Layer::Entities, Layer::Quotes]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Frames]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let mut frames = Vec::new();
        let unnamed = RefCell::new(Unnamed::after(layers.entities.len()));
        let mut first_quote = 0;
        for sentence in 0..layers.sentence_chunks.len() {
            let span = layers.sentences[sentence].span;
            // Quotes are sorted by start; one that ended long ago is never looked at again.
            while layers
                .quotes
                .get(first_quote)
                .is_some_and(|q| q.span.end <= span.start)
            {
                first_quote += 1;
            }
            let quotes: Vec<&Quote> = layers.quotes[first_quote..]
                .iter()
                .take_while(|q| q.span.start < span.end)
                .filter(|q| q.span.overlaps(span))
                .collect();
            let scene = Scene {
                layers,
                sentence,
                chunks: &layers.chunks[layers.sentence_chunks[sentence].clone()],
                comment: layers.block_kind(document, sentence) == BlockKind::Comment,
                quotes,
                before: last(&frames, sentence),
            };
            let mut found = Found::default();
            let tree = Tree::new(&scene, &unnamed);
            if let Some(tree) = &tree {
                tree.frames(&mut found);
                claim::regardless(&scene, &mut found);
                claim::described(&scene, &mut found);
                let mut also = Found::default();
                frame::verbs(&scene, &mut also);
                frame::nouns(&scene, &mut also);
                also.frames.retain(|frame| tree.allows(frame));
                found.complete(also);
            } else {
                frame::verbs(&scene, &mut found);
                frame::nouns(&scene, &mut found);
                claim::claims(&scene, &mut found);
            }
            if scene.comment {
                editor::rhetoric(&scene, &mut found);
            }
            if let Some(encoder) = &self.0 {
                if scene.comment {
                    tone::editor(&scene, encoder, &mut found);
                }
                if let Some(tree) = &tree {
                    tree::weighed::speakers(tree, encoder, &mut found);
                }
                tone::weigh(&scene, encoder, &mut found);
            }
            frames.extend(found.settle());
        }
        spokesmen(layers, &mut frames);
        layers.frames = frames;
        unnamed.into_inner().settle(document, layers);
    }
}

/// The frames of the sentence before `sentence`.
fn last(frames: &[Frame], sentence: usize) -> &[Frame] {
    let from = frames.partition_point(|f| f.sentence + 1 < sentence);
    let to = frames.partition_point(|f| f.sentence < sentence);
    &frames[from..to]
}

/// What somebody says that their country or party wants, they want themselves.
fn spokesmen(layers: &Layers, frames: &mut Vec<Frame>) {
    let mut also = Vec::new();
    for frame in frames.iter() {
        let (Some(holder), Some(last)) = (frame.holder.entity(), frame.via.last()) else {
            continue;
        };
        let speaks = layers
            .entities
            .get(last.index())
            .is_some_and(|e| e.speaks_for == Some(holder));
        if speaks {
            let mut frame = frame.clone();
            frame.holder = Party::Entity(*last);
            frame.holder_tokens = None;
            frame.via.pop();
            also.push(frame);
        }
    }
    frames.append(&mut also);
    frames.sort_by_key(|f| f.sentence);
}

/// One sentence and what is known about it.
pub(super) struct Scene<'a> {
    pub layers: &'a Layers,
    pub sentence: usize,
    pub chunks: &'a [Chunk],
    pub comment: bool,
    pub quotes: Vec<&'a Quote>,
    /// Frames of the sentence before.
    pub before: &'a [Frame],
}

impl Scene<'_> {
    /// Lower-case head word of a chunk.
    pub fn word(&self, chunk: usize) -> &str {
        self.chunks
            .get(chunk)
            .map_or("", |c| self.layers.lower(c.head))
    }

    /// Base form of the head of a chunk.
    pub fn lemma(&self, chunk: usize) -> &str {
        self.chunks
            .get(chunk)
            .map_or("", |c| self.layers.lemma(c.head))
    }

    /// The quotes that hold a token, innermost first.
    pub fn around(&self, token: usize) -> Vec<&Quote> {
        let Some(at) = self.layers.tokens.get(token).map(|t| t.span) else {
            return Vec::new();
        };
        let mut out: Vec<&Quote> = self
            .quotes
            .iter()
            .copied()
            .filter(|q| q.span.contains(at) && q.kind != QuoteKind::Scare)
            .collect();
        out.sort_by_key(|q| q.span.len());
        out
    }

    /// Whether the sentence asks.
    pub fn asks(&self) -> bool {
        self.chunks
            .iter()
            .rev()
            .take(2)
            .any(|c| self.layers.lower(c.head) == "?")
    }
}

/// The frames of one sentence.
#[derive(Default)]
pub(super) struct Found {
    pub frames: Vec<Frame>,
    /// Chunks whose verb was taken as part of a bigger frame.
    pub taken: Vec<usize>,
}

impl Found {
    /// Adds what the chunks show where the tree showed nothing: frames none of whose words are
    /// evidence already.
    fn complete(&mut self, also: Found) {
        let shown: Vec<Range<usize>> = self
            .frames
            .iter()
            .flat_map(|f| f.evidence.clone())
            .collect();
        let free = |e: &Range<usize>| shown.iter().all(|s| s.end <= e.start || e.end <= s.start);
        self.frames.extend(
            also.frames
                .into_iter()
                .filter(|f| f.evidence.iter().all(free)),
        );
    }

    /// The frames without repetitions and below the bar.
    fn settle(mut self) -> Vec<Frame> {
        self.frames
            .retain(|f| f.confidence >= crate::model::Stance::FAINT && !f.target.is_empty());
        let mut out: Vec<Frame> = Vec::new();
        for frame in self.frames {
            let same = out
                .iter()
                .any(|o| o.holder == frame.holder && o.target == frame.target);
            if !same {
                out.push(frame);
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;

    /// "holder sign target" of every stance.
    fn stances(text: &str) -> Vec<String> {
        let annotated = testing::annotated(text);
        annotated
            .stances
            .iter()
            .map(|s| {
                let who = annotated.party_name(s.holder);
                format!("{who} {} {}", s.polarity.name(), s.target_span.of(text))
            })
            .collect()
    }

    #[test]
    fn a_wish_for_a_ban_is_against_what_is_banned() {
        let found = stances(
            "Russia demands a permanent ban on Ukraine joining NATO as a condition for peace.",
        );
        assert!(
            found.contains(&"Russia for a permanent ban on Ukraine joining NATO".to_owned()),
            "{found:?}"
        );
        assert!(
            found.contains(&"Russia against Ukraine joining NATO".to_owned()),
            "{found:?}"
        );
    }

    #[test]
    fn a_guarantee_to_bar_turns_the_sign() {
        let found = stances(
            "Moscow is seeking an \"ironclad\" guarantee to bar Ukraine from ever joining NATO.",
        );
        assert!(
            found.contains(&"Russia against Ukraine from ever joining NATO".to_owned()),
            "{found:?}"
        );
        assert!(
            !found.iter().any(|f| f == "Russia for Ukraine"),
            "{found:?}"
        );
    }

    #[test]
    fn negation_turns_the_sign() {
        let found = stances("France does not support the embargo.");
        assert_eq!(found, ["France against the embargo"]);
    }

    #[test]
    fn who_is_asked_to_do_something_stands_before_what_is_wanted() {
        for text in [
            "France called on Ann Lee to lift the embargo.",
            "France implored Ann Lee to lift the embargo.",
            "France urged Ann Lee to lift the embargo.",
        ] {
            let found = stances(text);
            assert!(
                found.iter().any(|f| f == "France for to lift the embargo"),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn saying_something_neutral_is_no_stance() {
        assert!(stances("Steve Witkoff revealed that Trump and Putin are expected to hold a phone call this week.").is_empty());
    }
}
