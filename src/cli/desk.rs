//! The work behind the reader's screen: reading, annotating, storing, exporting, each by its room.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use jiff::Timestamp;

use crate::annotate;
use crate::base::{Error, Result};
use crate::cli::annotator::Annotator;
use crate::cli::args::OpenArgs;
use crate::cli::external::External;
use crate::cli::library::maker;
use crate::cli::shelf::{LibraryShelf, Shut, nothing_open};
use crate::cli::web::{self, Web};
use crate::cli::{input, paths};
use crate::export;
use crate::fetch::{self, Cancel, Request};
use crate::ingest::{Format, Loaded};
use crate::model::library::ArticleId;
use crate::model::merge::Differences;
use crate::model::{Annotated, Document, Highlight, Work};
use crate::store::library::{Added, Entry, Library};
use crate::store::{Cache, Corrections, Store, write_atomic};
use crate::ui::library::Shelf;
use crate::ui::{Desk, Exported, FormatInfo, Opened, Shown};

/// The articles that were asked for, and where the reader's marks are kept.
pub struct Articles {
    /// None: the sample.
    files: Vec<OsString>,
    /// The format that the reader says they are in.
    from: Option<Format>,
    /// What came from standard input, which can be read once only.
    stdin: Mutex<Option<Loaded>>,
    /// What was fetched, by position.
    fetched: Mutex<BTreeMap<usize, Loaded>>,
    web: Web,
    /// `None` without a folder to keep them in.
    store: Option<Store>,
    /// `None` without a folder to keep them in.
    corrections: Option<Corrections>,
    annotator: Annotator,
    /// What the model found before; `None` without a folder to keep it in.
    cache: Option<Cache>,
    /// The data folder that was named.
    data: Option<PathBuf>,
    /// The library, if there is one with articles; opened when it is first asked for, since one file
    /// is read without it.
    shelf: OnceLock<Option<Box<dyn Shelf>>>,
}

impl Articles {
    /// The desk for the files that were asked for (without any: the sample).
    pub fn new(args: &OpenArgs, external: Option<External>) -> Self {
        let annotator = Annotator::new(args).with(external);
        let maker = annotator.maker();
        let folder = maker.and_then(|maker| Some((paths::cache_dir(args.data.as_deref())?, maker)));
        Self {
            data: args.data.clone(),
            shelf: OnceLock::new(),
            files: args.files.clone(),
            from: args.format(),
            stdin: Mutex::default(),
            fetched: Mutex::default(),
            web: Web::new(args),
            store: paths::store(args.data.as_deref()),
            corrections: paths::corrections(args.data.as_deref()),
            annotator,
            cache: folder.map(|(folder, maker)| Cache::new(folder, maker)),
        }
    }

    /// The address that the article at `index` is to be fetched from, if it is.
    fn address(&self, index: usize) -> Option<&str> {
        input::address(self.files.get(index)?)
    }

    fn stdin(&self) -> Result<Loaded> {
        let mut kept = self.stdin.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(loaded) = &*kept {
            return Ok(loaded.clone());
        }
        let loaded = input::load(OsStr::new("-"), self.from, &self.web)?;
        Ok(kept.insert(loaded).clone())
    }

    /// An article that was read, with what the reader marked in it before.
    fn opened(&self, loaded: Loaded) -> Opened {
        let Loaded {
            document,
            layers,
            marks,
            ..
        } = loaded;
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
        Opened {
            document,
            shown: Shown::Article,
            layers,
            work,
            warning,
        }
    }

    /// Our layers. A model that cannot be used was complained about when the article was opened.
    fn ours(&self, document: &Arc<Document>) -> Annotated {
        match self.annotator.encoder() {
            Ok(Some(encoder)) => annotate::annotate_with(&encoder, document),
            _ => annotate::annotate(document),
        }
    }

    /// The library, if it is open and this article of it has no layers yet.
    fn lacking(&self, document: &Document) -> Option<Library> {
        let uri = document.meta.uri.as_deref()?;
        self.shelf.get()?.as_ref()?;
        let folder = paths::data_dir(self.data.as_deref())?;
        let library = Library::open_existing(&folder).ok()??;
        let lacks = library.lacks_layers(uri, &document.id).unwrap_or(false);
        (lacks && library.read_only().is_none()).then_some(library)
    }

    fn store(&self) -> Result<&Store> {
        self.store.as_ref().ok_or_else(super::paths::no_folder)
    }
}

/// The library of the data folder, if there is one and it has articles or something to tell.
fn shelf(data: Option<&Path>, web: &Web, annotator: &Annotator) -> Option<Box<dyn Shelf>> {
    let opened = Library::open_existing(&paths::data_dir(data)?);
    let library = opened.transpose()?.and_then(|library| {
        let empty = library.is_empty()? && library.notices().is_empty();
        Ok((!empty).then_some(library))
    });
    match library {
        Ok(None) => None,
        Ok(Some(library)) => Some(Box::new(
            LibraryShelf::new(library, data).with_feeds(web.clone(), annotator.on_one_thread()),
        )),
        Err(error) => Some(Box::new(Shut(error))),
    }
}

impl Desk for Articles {
    fn count(&self) -> usize {
        self.files.len().max(1)
    }

    fn shelf(&self) -> Option<&dyn Shelf> {
        let shelf = || shelf(self.data.as_deref(), &self.web, &self.annotator);
        let shelf = self.shelf.get_or_init(shelf);
        shelf.as_deref()
    }

    fn starts_in_library(&self) -> bool {
        self.files.is_empty() && self.shelf().is_some()
    }

    fn open(&self, index: usize) -> Result<Opened> {
        if self.starts_in_library() {
            let warning = self.shelf().and_then(Shelf::notice);
            return Ok(Opened {
                warning,
                ..nothing_open()
            });
        }
        if let Some(address) = self.address(index) {
            let kept = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(loaded) = kept.get(&index) {
                return Ok(self.opened(loaded.clone()));
            }
            fetch::check(address)?;
            return Ok(web::waiting(address));
        }
        let loaded = match self.files.get(index) {
            Some(file) if file == "-" => self.stdin()?,
            Some(file) => input::load(file, self.from, &self.web)?,
            None => input::sample()?,
        };
        Ok(self.opened(loaded))
    }

    fn fetch(&self, index: usize) -> Result<Opened> {
        let Some(address) = self.address(index) else {
            return self.open(index);
        };
        match self.web.load(address, self.from, &Cancel::default()) {
            Ok(loaded) => {
                let mut kept = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
                kept.insert(index, loaded.clone());
                drop(kept);
                Ok(self.opened(loaded))
            }
            Err(error) => Ok(web::failed(address, &error)),
        }
    }

    fn fetch_stored(&self, id: ArticleId) -> Result<ArticleId> {
        let folder = paths::data_dir(self.data.as_deref());
        let library = folder.and_then(|f| Library::open_existing(&f).transpose());
        let library = library.ok_or_else(|| Error::new("library", "there is none"))??;
        let item = library.get(id)?;
        let item = item.ok_or_else(|| Error::new("article", "is not in the library any more"))?;
        let uri = item
            .uri
            .filter(|uri| fetch::is_address(uri))
            .ok_or_else(|| {
                Error::new(item.title, "came from a file and has no page to be fetched")
            })?;
        let request = Request::page(uri.as_str());
        let page = self
            .web
            .client()?
            .fetch(&request, &Cancel::default())?
            .page()?;
        let document = web::read(&page, &uri, None)?.document;
        let annotated = self.ours(&document);
        let maker = maker(&self.annotator);
        let added = library.add(&[Entry::new(&annotated, Some(&maker))])?;
        match added.first() {
            Some(Added::New(id) | Added::Changed(id) | Added::Same(id)) => Ok(*id),
            Some(Added::Deleted) | None => Err(Error::new(uri, "was deleted from the library")),
        }
    }

    fn forget(&self, index: usize) {
        let mut kept = self.fetched.lock().unwrap_or_else(PoisonError::into_inner);
        kept.remove(&index);
    }

    fn annotate(&self, document: &Arc<Document>) -> Annotated {
        annotate::annotate(document)
    }

    fn refine(&self, document: &Arc<Document>) -> Option<Result<Annotated>> {
        let external = self.annotator.external();
        let library = self.lacking(document);
        let (ours, by_model) = match self.annotator.encoder() {
            Err(error) => return Some(Err(error)),
            Ok(Some(encoder)) => (annotate::annotate_with(&encoder, document), true),
            // Without a model there is only the program of somebody else to ask.
            Ok(None) if external.is_some() || library.is_some() => {
                (annotate::annotate(document), false)
            }
            Ok(None) => return None,
        };
        if let Some(library) = library {
            // What cannot be kept now is found again at the next opening.
            let _ = library.add(&[Entry::new(&ours, Some(&maker(&self.annotator)))]);
        }
        if !by_model && external.is_none() {
            return None;
        }
        let all = external.map_or(Ok(ours.clone()), |external| external.beside(&ours));
        Some(all.inspect(|annotated| {
            // A cache that cannot be written costs the next opening some time, nothing else.
            let _ = self.cache.as_ref().map(|cache| cache.put(annotated));
        }))
    }

    fn differences(&self, document: &Arc<Document>) -> Option<Result<Differences>> {
        let external = self.annotator.external()?;
        Some(external.differences(&self.ours(document)))
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
            shared: export::shared(format)
                .map(|(name, text)| (name, text.as_bytes().to_vec()))
                .collect(),
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
