//! Which annotator: the model that is built in, another one from a file, or the rules alone. A
//! model that cannot be used is complained about once; the rules go on without it.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use super::args::OpenArgs;
use super::external::External;
use super::output;
use crate::annotate::{self, Encoder};
use crate::base::{Error, Result, Span};
use crate::model::{Annotated, Document};

/// Bytes of a model file that name it.
const FILE_START: u64 = 64;

/// Where the model comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    BuiltIn,
    File(PathBuf),
    None,
}

/// The annotator. The model is loaded when it is first asked for.
#[derive(Debug)]
pub(super) struct Annotator {
    source: Source,
    threads: usize,
    loaded: Mutex<Model>,
    external: Option<External>,
}

/// What is known of the model.
#[derive(Debug, Default)]
enum Model {
    /// Nobody asked for it yet.
    #[default]
    Unasked,
    /// It was asked for; there may be none.
    Asked(Option<Arc<Encoder>>),
}

impl Annotator {
    /// The annotator that the arguments ask for. One document is read on all cores.
    pub fn new(args: &OpenArgs) -> Self {
        let source = match &args.model {
            None => Source::BuiltIn,
            Some(none) if none == Path::new("none") => Source::None,
            Some(file) => Source::File(file.clone()),
        };
        Self {
            source,
            threads: cores(),
            loaded: Mutex::default(),
            external: None,
        }
    }

    /// The same, with a program whose annotations are laid beside its own.
    #[must_use]
    pub fn with(mut self, external: Option<External>) -> Self {
        self.external = external;
        self
    }

    /// The program whose annotations are laid beside its own.
    pub fn external(&self) -> Option<&External> {
        self.external.as_ref()
    }

    /// The same, one thread a document: for many documents at once.
    pub fn on_one_thread(&self) -> Self {
        Self {
            source: self.source.clone(),
            threads: 1,
            loaded: Mutex::default(),
            external: self.external.clone(),
        }
    }

    /// The model; `None` if there is none, or if it was complained about before.
    ///
    /// # Errors
    /// It cannot be loaded. Said only the first time.
    pub fn encoder(&self) -> Result<Option<Arc<Encoder>>> {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        if let Model::Asked(known) = &*loaded {
            return Ok(known.clone());
        }
        *loaded = Model::Asked(None);
        let encoder = match &self.source {
            Source::None => None,
            Source::BuiltIn => Encoder::built_in().transpose()?,
            Source::File(file) => Some(from_file(file)?),
        };
        let encoder = encoder.map(|e| Arc::new(e.on_threads(self.threads)));
        *loaded = Model::Asked(encoder.clone());
        Ok(encoder)
    }

    /// What makes the annotations, in its exact version: this program and this model, without
    /// loading either. `None` without a model.
    pub fn maker(&self) -> Option<String> {
        let model = match &self.source {
            Source::None => return None,
            Source::BuiltIn => Encoder::hash_of_built_in()?,
            Source::File(file) => {
                let mut start = Vec::new();
                let file = std::fs::File::open(file).ok()?;
                file.take(FILE_START).read_to_end(&mut start).ok()?;
                Encoder::hash_of(&start)?
            }
        };
        // A program that was built again may have other rules under the same number.
        let program = std::env::current_exe().and_then(std::fs::metadata).ok();
        let built = program.and_then(|p| Some((p.len(), p.modified().ok()?)));
        let external = &self.external;
        Some(format!(
            "{} {built:?} {model} {external:?}",
            env!("CARGO_PKG_VERSION")
        ))
    }

    /// The model; what is wrong with it goes to standard error.
    pub fn encoder_or_complain(&self) -> Option<Arc<Encoder>> {
        self.encoder().unwrap_or_else(|error| {
            output::complain(&error);
            None
        })
    }

    /// The layers of a document, with the model where there is one.
    pub fn annotate(&self, document: &Arc<Document>) -> Annotated {
        match self.encoder_or_complain() {
            Some(encoder) => annotate::annotate_with(&encoder, document),
            None => annotate::annotate(document),
        }
    }

    /// The same, with what the external annotator finds, where there is one.
    ///
    /// # Errors
    /// The external annotator fails.
    pub fn annotate_all(&self, document: &Arc<Document>) -> Result<Annotated> {
        let ours = self.annotate(document);
        match &self.external {
            Some(external) => external.beside(&ours),
            None => Ok(ours),
        }
    }

    /// The layers of a document whose words are given (see [`annotate::annotate_words`]), with what
    /// the external annotator finds in its text, where there is one.
    ///
    /// # Errors
    /// The external annotator fails.
    pub fn annotate_words(
        &self,
        document: &Arc<Document>,
        words: Vec<Vec<Span>>,
    ) -> Result<Annotated> {
        let encoder = self.encoder_or_complain();
        let ours = annotate::annotate_words(encoder.as_ref(), document, words);
        match &self.external {
            Some(external) => external.beside(&ours),
            None => Ok(ours),
        }
    }
}

/// How many threads the machine can run at once.
pub(super) fn cores() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn from_file(file: &Path) -> Result<Encoder> {
    let name = file.display().to_string();
    let remedy = "names are found by rules alone; check --model";
    let bytes = std::fs::read(file).map_err(|e| Error::io(&name, "be read", &e).remedy(remedy))?;
    Encoder::new(bytes).map_err(|e| Error::new(name, e.cause).remedy(remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn annotator(model: &str) -> Annotator {
        Annotator::new(&OpenArgs {
            model: Some(model.into()),
            ..OpenArgs::default()
        })
    }

    #[test]
    fn a_model_that_cannot_be_used_is_named_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("changed.bin");
        std::fs::write(&file, b"byline-model 1\nand no more").unwrap();
        for (model, cause) in [
            (file.to_str().unwrap(), "cut short"),
            ("nowhere", "cannot be read"),
        ] {
            let annotator = annotator(model);
            let error = annotator.encoder().unwrap_err().to_string();
            assert!(
                error.contains(cause) && error.contains("--model"),
                "{error}"
            );
            assert_eq!(error.lines().count(), 1);
            assert!(annotator.encoder().unwrap().is_none());
        }
    }

    #[test]
    fn none_is_no_model_and_no_fault() {
        assert!(annotator("none").encoder().unwrap().is_none());
    }
}
