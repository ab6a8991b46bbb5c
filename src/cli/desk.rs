//! The work behind the reader's screen: reading, annotating, storing, exporting, each by its room.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::annotate;
use crate::base::{Error, Result};
use crate::cli::annotator::Annotator;
use crate::cli::args::OpenArgs;
use crate::cli::external::External;
use crate::cli::{input, paths};
use crate::export;
use crate::ingest::Loaded;
use crate::model::{Annotated, Document, Highlight, Work};
use crate::store::{Cache, Corrections, Store, write_atomic};
use crate::ui::{Desk, Exported, FormatInfo, Opened};

/// The articles that were asked for, and where the reader's marks are kept.
pub struct Articles {
    /// None: the sample.
    files: Vec<OsString>,
    /// What came from standard input, which can be read once only.
    stdin: Mutex<Option<Loaded>>,
    /// `None` without a folder to keep them in.
    store: Option<Store>,
    /// `None` without a folder to keep them in.
    corrections: Option<Corrections>,
    annotator: Annotator,
    /// What the model found before; `None` without a folder to keep it in.
    cache: Option<Cache>,
}

impl Articles {
    /// The desk for the files that were asked for (without any: the sample).
    pub fn new(args: &OpenArgs, external: Option<External>) -> Self {
        let annotator = Annotator::new(args).with(external);
        let maker = annotator.maker();
        let folder = maker.and_then(|maker| Some((paths::cache_dir(args.data.as_deref())?, maker)));
        Self {
            files: args.files.clone(),
            stdin: Mutex::default(),
            store: paths::store(args.data.as_deref()),
            corrections: paths::corrections(args.data.as_deref()),
            annotator,
            cache: folder.map(|(folder, maker)| Cache::new(folder, maker)),
        }
    }

    fn stdin(&self) -> Result<Loaded> {
        let mut kept = self.stdin.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = &*kept {
            return Ok(loaded.clone());
        }
        let loaded = input::load(OsStr::new("-"))?;
        Ok(kept.insert(loaded).clone())
    }

    fn store(&self) -> Result<&Store> {
        self.store.as_ref().ok_or_else(super::paths::no_folder)
    }
}

impl Desk for Articles {
    fn count(&self) -> usize {
        self.files.len().max(1)
    }

    fn open(&self, index: usize) -> Result<Opened> {
        let Loaded {
            document,
            layers,
            marks,
        } = match self.files.get(index) {
            Some(file) if file == "-" => self.stdin()?,
            Some(file) => input::load(file)?,
            None => input::sample()?,
        };
        let (layers, brought) = match layers {
            Some((annotated, highlights)) => (Some(annotated), highlights),
            None => (self.cache.as_ref().and_then(|c| c.get(&document)), marks),
        };
        let layers = layers.map(Arc::new);
        let mut warning = None;
        let store = self.store.as_ref();
        let stored = store.map_or(Ok(Vec::new()), |store| store.load(&document));
        let mut highlights = stored.unwrap_or_else(|e| {
            warning = Some(e.to_string());
            Vec::new()
        });
        let store = self.corrections.as_ref();
        let stored = store.map_or(Ok(Vec::new()), |store| store.load(&document));
        let corrections = stored.unwrap_or_else(|e| {
            warning = Some(e.to_string());
            Vec::new()
        });
        // Marks that came with the article stand beside the reader's own.
        for highlight in brought {
            if !highlights.iter().any(|h| h.id == highlight.id) {
                highlights.push(highlight);
            }
        }
        let work = Work {
            highlights,
            corrections,
        };
        Ok(Opened {
            document,
            layers,
            work,
            warning,
        })
    }

    fn annotate(&self, document: &Arc<Document>) -> Annotated {
        annotate::annotate(document)
    }

    fn refine(&self, document: &Arc<Document>) -> Option<Result<Annotated>> {
        let external = self.annotator.external();
        let ours = match self.annotator.encoder() {
            Err(error) => return Some(Err(error)),
            Ok(Some(encoder)) => annotate::annotate_with(&encoder, document),
            // Without a model there is only the program of somebody else to ask.
            Ok(None) if external.is_some() => annotate::annotate(document),
            Ok(None) => return None,
        };
        let all = external.map_or(Ok(ours.clone()), |external| external.beside(&ours));
        Some(all.inspect(|annotated| {
            // A cache that cannot be written costs the next opening some time, nothing else.
            let _ = self.cache.as_ref().map(|cache| cache.put(annotated));
        }))
    }

    fn save(&self, document: &Document, before: &Work, now: &Work) -> Result<Work> {
        let highlights = self
            .store()?
            .save(document, &before.highlights, &now.highlights)?;
        // A correction file that cannot be read is in nobody's way who corrects nothing.
        let corrections = match &self.corrections {
            Some(store) if before.corrections != now.corrections => {
                store.save(document, &before.corrections, &now.corrections)?
            }
            _ => now.corrections.clone(),
        };
        Ok(Work {
            highlights,
            corrections,
        })
    }

    fn formats(&self) -> Vec<FormatInfo> {
        export::formats()
            .map(|f| FormatInfo {
                name: f.name,
                label: f.label,
                extension: f.extension,
                about: f.about,
            })
            .collect()
    }

    fn export(
        &self,
        format: &str,
        annotated: &Annotated,
        highlights: &[Highlight],
    ) -> Result<Exported> {
        let found = export::find(format);
        let found = found.ok_or_else(|| Error::new("export", format!("no format {format:?}")))?;
        let beside = found.beside.iter();
        let beside = beside.map(|(ending, write)| Ok((*ending, write(annotated, highlights)?)));
        Ok(Exported {
            bytes: (found.write)(annotated, highlights)?,
            beside: beside.collect::<Result<_>>()?,
            lost: (found.loses)(annotated, highlights),
        })
    }

    fn pipe(&self, command: &str, bytes: &[u8]) -> Result<String> {
        super::pipe::run(command, bytes)
    }

    fn write(&self, path: &Path, bytes: &[u8], force: bool) -> Result<bool> {
        if !force && path.exists() {
            return Ok(false);
        }
        write_atomic(path, bytes, true)?;
        Ok(true)
    }

    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_model_found_before_is_there_at_the_next_opening() {
        let folder = tempfile::tempdir().unwrap();
        let mut desk = Articles::new(
            &OpenArgs {
                data: Some(folder.path().to_owned()),
                model: Some("none".into()),
                ..OpenArgs::default()
            },
            None,
        );
        assert_eq!(desk.cache, None);
        let cache = Cache::new(folder.path().join("cache"), "model");
        desk.cache = Some(cache.clone());
        let first = desk.open(0).unwrap();
        assert!(first.layers.is_none());
        let annotated = annotate::annotate(&first.document);
        cache.put(&annotated).unwrap();
        let second = desk.open(0).unwrap().layers.unwrap();
        assert_eq!(second.entities.len(), annotated.entities.len());
        assert_eq!(second.document, first.document);
        // Deleted at will.
        std::fs::remove_dir_all(folder.path().join("cache")).unwrap();
        assert!(desk.open(0).unwrap().layers.is_none());
    }
}
