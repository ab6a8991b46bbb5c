//! The work behind the reader's screen: reading, annotating, storing, exporting, each by its room.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;

use crate::base::{Error, Result};
use crate::cli::input;
use crate::export;
use crate::ingest::Loaded;
use crate::model::{Annotated, Document, Highlight};
use crate::store::{Store, write_atomic};
use crate::ui::{Desk, FormatInfo, Opened};

/// The articles that were asked for, and where the reader's marks are kept.
pub struct Articles {
    /// None: the sample.
    files: Vec<OsString>,
    /// What came from standard input, which can be read once only.
    stdin: Mutex<Option<Loaded>>,
    /// `None` without a folder to keep them in.
    store: Option<Store>,
}

impl Articles {
    /// The desk for `files` (without any: the sample), with its marks in `store`.
    pub fn new(files: Vec<OsString>, store: Option<Store>) -> Self {
        Self {
            files,
            stdin: Mutex::default(),
            store,
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
        let Loaded { document, layers } = match self.files.get(index) {
            Some(file) if file == "-" => self.stdin()?,
            Some(file) => input::load(file)?,
            None => input::sample()?,
        };
        let (layers, brought) = match layers {
            Some((annotated, highlights)) => (Some(Arc::new(annotated)), highlights),
            None => (None, Vec::new()),
        };
        let stored = match &self.store {
            Some(store) => store.load(&document),
            None => Ok(Vec::new()),
        };
        let (mut highlights, warning) = match stored {
            Ok(highlights) => (highlights, None),
            Err(e) => (Vec::new(), Some(e.to_string())),
        };
        // Marks that came with the article stand beside the reader's own.
        for highlight in brought {
            if !highlights.iter().any(|h| h.id == highlight.id) {
                highlights.push(highlight);
            }
        }
        Ok(Opened {
            document,
            layers,
            highlights,
            warning,
        })
    }

    fn annotate(&self, document: &Arc<Document>) -> Annotated {
        super::layers(document)
    }

    fn save(
        &self,
        document: &Document,
        before: &[Highlight],
        now: &[Highlight],
    ) -> Result<Vec<Highlight>> {
        self.store()?.save(document, before, now)
    }

    fn formats(&self) -> Vec<FormatInfo> {
        export::FORMATS
            .iter()
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
    ) -> Result<Vec<u8>> {
        let found = export::find(format);
        let found = found.ok_or_else(|| Error::new("export", format!("no format {format:?}")))?;
        (found.write)(annotated, highlights)
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
