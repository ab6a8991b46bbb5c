//! Annotate: from a document to its layers. Each stage is a file or a folder of its own, reads the
//! layers below it and adds one or more of its own; [`pipeline`] checks that they fit together.
//! Nothing here reads files, the clock or the network; word lists are compiled into the program.
//!
//! May call `base` and `model`.

pub mod encoder;
mod entity;
mod figure;
mod identity;
mod issue;
mod judge;
mod layers;
mod lexicon;
mod link;
mod name;
pub mod pipeline;
mod quote;
mod reference;
mod sentence;
mod stance;
mod syntax;
mod token;

use std::sync::Arc;

pub use encoder::Encoder;
pub use judge::{Question, Verdict, judge};
pub use layers::{Layer, Layers};
pub use pipeline::{Pipeline, Stage};

use crate::base::Span;
use crate::model::{Annotated, Document};

/// The stages of the rules alone, in the order in which they run.
fn stages() -> Vec<Box<dyn Stage>> {
    vec![
        Box::new(token::Tokens),
        Box::new(sentence::Sentences),
        Box::new(syntax::Syntax),
        Box::new(name::Names),
        Box::new(identity::Identity),
        Box::new(figure::Figures),
        Box::new(quote::Quotes),
        Box::new(stance::Frames::default()),
        Box::new(issue::Issues),
        Box::new(link::Links),
    ]
}

/// The stages with the encoder, in the order in which they run.
fn encoded_stages(encoder: &Arc<Encoder>) -> Vec<Box<dyn Stage>> {
    let mut stages = stages();
    for stage in &mut stages {
        if stage.provides() == [Layer::Names] {
            *stage = Box::new(name::EncodedNames);
        } else if stage.provides() == [Layer::Frames] {
            *stage = Box::new(stance::Frames(Some(Arc::clone(encoder))));
        }
    }
    stages.insert(2, Box::new(encoder::Encode(Arc::clone(encoder))));
    stages
}

/// Annotates a document by rules alone: sentences, entities, quotes, issues, stances and links.
/// Linear in the length of the text; never fails.
pub fn annotate(document: &Arc<Document>) -> Annotated {
    run(stages(), document)
}

/// Annotates a document with an encoder, which the rules stand on. Where the encoder fails the
/// rules stand alone.
pub fn annotate_with(encoder: &Arc<Encoder>, document: &Arc<Document>) -> Annotated {
    run(encoded_stages(encoder), document)
}

/// Annotates a document whose words are given, one list of spans a block, each block being one
/// sentence; by rules alone without an encoder.
pub fn annotate_words(
    encoder: Option<&Arc<Encoder>>,
    document: &Arc<Document>,
    words: Vec<Vec<Span>>,
) -> Annotated {
    let mut stages = encoder.map_or_else(stages, encoded_stages);
    // In place of the stages that cut the text themselves.
    stages.splice(..2, [Box::new(token::Given(words)) as Box<dyn Stage>]);
    run(stages, document)
}

fn run(stages: Vec<Box<dyn Stage>>, document: &Arc<Document>) -> Annotated {
    match Pipeline::new(stages) {
        Ok(pipeline) => pipeline.run(document),
        // The standard stages fit together (a test builds them); a document without layers is
        // still a document.
        Err(_) => Annotated::bare(Arc::clone(document)),
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Documents for the tests of the stages.

    use std::sync::Arc;

    use super::{Pipeline, stages};
    use crate::annotate::Layers;
    use crate::base::Span;
    use crate::model::{Annotated, Block, BlockKind, Document, Metadata};

    /// A document of blocks of the given kinds.
    pub fn document(blocks: &[(BlockKind, &str)]) -> Arc<Document> {
        let mut text = String::new();
        let mut out = Vec::new();
        for (kind, words) in blocks {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(words);
            out.push(Block {
                kind: *kind,
                span: Span::new(start, text.len()),
            });
        }
        Arc::new(Document {
            id: String::new(),
            text: text.into(),
            blocks: out,
            meta: Metadata::default(),
            details: Vec::new(),
        })
    }

    /// A document of one paragraph.
    pub fn paragraph(text: &str) -> Arc<Document> {
        document(&[(BlockKind::Paragraph, text)])
    }

    /// One paragraph, annotated.
    pub fn annotated(text: &str) -> Annotated {
        super::annotate(&paragraph(text))
    }

    /// The working layers of one paragraph.
    pub fn layers(document: &Document) -> Layers {
        Pipeline::new(stages()).unwrap().layers(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_standard_stages_fit_together() {
        Pipeline::new(stages()).unwrap();
    }
}
