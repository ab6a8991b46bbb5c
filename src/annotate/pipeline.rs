//! Stages and the pipeline that runs them. A pipeline is checked when it is built: a stage that
//! needs a layer nobody made before it, or makes one that is there already, is an error.

use std::sync::Arc;

use super::layers::{Layer, Layers};
use crate::base::{Error, Result};
use crate::model::{Annotated, Document};

/// A step of the annotation: reads layers and adds its own; never edits a lower one.
pub trait Stage: Send + Sync {
    /// Its name, for messages.
    fn name(&self) -> &'static str;
    /// Layers it reads.
    fn requires(&self) -> &'static [Layer];
    /// Layers it makes.
    fn provides(&self) -> &'static [Layer];
    /// Makes them.
    fn run(&self, document: &Document, layers: &mut Layers);
}

/// Stages in a fitting order.
pub struct Pipeline {
    stages: Vec<Box<dyn Stage>>,
}

impl Pipeline {
    /// Checks and takes the stages.
    ///
    /// # Errors
    /// A stage requires a layer that no earlier stage provides, or provides one that is there
    /// already; the error names the stage and the layer.
    pub fn new(stages: Vec<Box<dyn Stage>>) -> Result<Self> {
        let mut made: Vec<(Layer, &'static str)> = Vec::new();
        for stage in &stages {
            let name = stage.name();
            for need in stage.requires() {
                if !made.iter().any(|(layer, _)| layer == need) {
                    return Err(Error::new(
                        format!("annotation stage {name}"),
                        format!("needs the layer {need:?}, which no earlier stage makes"),
                    )
                    .remedy("put the stage that makes it before this one"));
                }
            }
            for &layer in stage.provides() {
                if let Some((_, first)) = made.iter().find(|(l, _)| *l == layer) {
                    return Err(Error::new(
                        format!("annotation stage {name}"),
                        format!("makes the layer {layer:?}, which {first} makes already"),
                    )
                    .remedy("leave one of the two stages out"));
                }
                made.push((layer, name));
            }
        }
        Ok(Self { stages })
    }

    /// Runs every stage and returns the working layers.
    pub fn layers(&self, document: &Document) -> Layers {
        let mut layers = Layers::default();
        for stage in &self.stages {
            stage.run(document, &mut layers);
        }
        layers
    }

    /// Runs every stage on a document.
    pub fn run(&self, document: &Arc<Document>) -> Annotated {
        self.layers(document).finish(document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Fake(&'static str, &'static [Layer], &'static [Layer]);

    impl Stage for Fake {
        fn name(&self) -> &'static str {
            self.0
        }
        fn requires(&self) -> &'static [Layer] {
            self.1
        }
        fn provides(&self) -> &'static [Layer] {
            self.2
        }
        fn run(&self, _: &Document, _: &mut Layers) {}
    }

    fn built(stages: Vec<Fake>) -> Result<Pipeline> {
        Pipeline::new(
            stages
                .into_iter()
                .map(|s| Box::new(s) as Box<dyn Stage>)
                .collect(),
        )
    }

    #[test]
    fn a_missing_layer_is_named() {
        let error = built(vec![Fake("quotes", &[Layer::Tokens], &[Layer::Quotes])])
            .err()
            .unwrap();
        assert!(error.to_string().contains("quotes") && error.cause.contains("Tokens"));
    }

    #[test]
    fn a_layer_made_twice_is_named() {
        let error = built(vec![
            Fake("one", &[], &[Layer::Tokens]),
            Fake("two", &[Layer::Tokens], &[Layer::Tokens]),
        ])
        .err()
        .unwrap();
        assert!(error.cause.contains("Tokens") && error.cause.contains("one"));
    }

    #[test]
    fn the_order_counts() {
        let late = Fake("late", &[Layer::Tokens], &[Layer::Names]);
        let early = Fake("early", &[], &[Layer::Tokens]);
        assert!(built(vec![late, early]).is_err());
    }
}
