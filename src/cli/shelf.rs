//! The library as the screen sees it: questions of `ui` → the store.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use super::annotator::Annotator;
use super::paths;
use super::web::Web;
use crate::base::{Error, Result};
use crate::model::library::{ArticleId, Flag, Sort};
use crate::model::{Annotated, Document, Work};
use crate::store::library::{Library, Request, query};
use crate::ui::library::{Answer, Ask, Change, Find, Found, Preview, Refreshed, Shelf};
use crate::ui::{Opened, Shown};

/// Bytes of text that stand beside the list.
const SHOWN: usize = 6000;
/// Characters of the first words by which the text is found after what stands above it.
const LEAD: usize = 24;
/// Articles that are compared at once.
const COMPARED: usize = 4;

/// A library that the screen can ask.
#[derive(Debug)]
pub struct LibraryShelf {
    library: Library,
    data: Option<std::path::PathBuf>,
    /// With what feeds are refreshed.
    feeds: Option<(Web, Annotator)>,
}

impl LibraryShelf {
    /// The shelf of a library; highlights are those of the data folder `data`.
    pub fn new(library: Library, data: Option<&Path>) -> Self {
        Self {
            library,
            data: data.map(Path::to_owned),
            feeds: None,
        }
    }

    /// With the means to refresh its feeds.
    pub(super) fn with_feeds(mut self, web: Web, annotator: Annotator) -> Self {
        self.feeds = Some((web, annotator));
        self
    }

    fn find(&self, find: &Find) -> Result<Answer> {
        let read = if find.typed {
            query::parse_typed(&find.query)
        } else {
            query::parse(&find.query)
        };
        let query = match read {
            Ok(query) => query,
            Err(fault) => {
                let number = find.number;
                return Ok(Answer::Mistaken { number, fault });
            }
        };
        let words = !query.words().is_empty();
        let sort = match query.sort.unwrap_or(find.sort) {
            Sort::Best if !words => Sort::Newest,
            sort => sort,
        };
        let request = Request {
            sort,
            offset: find.offset,
            limit: find.limit,
            snippets: words,
        };
        Ok(Answer::Found(Found {
            number: find.number,
            offset: find.offset,
            items: self.library.list(&query, &request)?,
            total: self.library.count(&query)?,
            sort,
            words,
        }))
    }

    fn preview(&self, id: ArticleId) -> Result<Answer> {
        let text = self.library.text(id)?.unwrap_or_default();
        // Headline, authors and date stand above it.
        let lead = self
            .library
            .get(id)?
            .map(|item| item.lead)
            .unwrap_or_default();
        let lead: String = lead.chars().take(LEAD).collect();
        let text = text.find(&lead).map_or(text.as_str(), |at| &text[at..]);
        let end = crate::base::text::floor_boundary(text, SHOWN);
        let lines = text[..end].lines();
        let lines: Vec<String> = lines
            .map(|l| crate::base::text::printable(l).into_owned())
            .collect();
        Ok(Answer::Preview(Preview {
            id,
            text: lines.join("\n"),
            stances: self.library.stances_of(id)?,
        }))
    }

    fn stored(&self, id: ArticleId) -> Result<(Arc<Annotated>, bool)> {
        let stored = self.library.stored(id)?;
        let stored =
            stored.ok_or_else(|| Error::new("library", "the article is not there any more"))?;
        Ok((stored.annotated, stored.maker.is_some()))
    }

    fn compared(&self, ids: &[ArticleId]) -> Result<Vec<(Option<ArticleId>, Arc<Annotated>)>> {
        ids.iter()
            .take(COMPARED)
            .map(|&id| Ok((Some(id), self.stored(id)?.0)))
            .collect()
    }

    fn done(&self, ask: Ask) -> Result<Answer> {
        Ok(match ask {
            Ask::Find(find) => self.find(&find)?,
            Ask::Preview(id) => self.preview(id)?,
            Ask::Change { ids, change, why } => {
                let ids = match &change {
                    Change::Flag(flag, on) => self.library.flag(&ids, *flag, *on)?,
                    Change::Tag(tag, on) => self.library.tag(&ids, tag, *on)?,
                };
                Answer::Changed { ids, change, why }
            }
            Ask::Complete(text) => Answer::Completed {
                completion: self.library.complete(&text)?,
                text,
            },
            Ask::Folders => Answer::Folders(self.library.saved_queries()?, self.library.feeds()?),
            Ask::Keep { name, query } => {
                self.library.save_query(&name, &query)?;
                Answer::Kept(name)
            }
            Ask::Dossier(name) => {
                let dossier = self.library.dossier(&name)?;
                Answer::Dossier(name, dossier.map(Box::new))
            }
            Ask::Compare(ids) => Answer::Compared(self.compared(&ids)?),
            Ask::SameStory(annotated) => {
                let ids = self.library.same_story(&annotated, COMPARED - 1)?;
                let own = annotated.document.meta.uri.as_deref();
                let own = own.map_or(Ok(None), |uri| self.library.find(uri))?;
                let mut all = vec![(own, annotated)];
                all.extend(self.compared(&ids)?);
                Answer::Compared(all)
            }
        })
    }
}

impl Shelf for LibraryShelf {
    fn answer(&self, ask: Ask) -> Answer {
        let opened = matches!(
            ask,
            Ask::Change {
                change: Change::Flag(Flag::Unread, false),
                why: crate::ui::library::Why::Opened,
                ..
            }
        );
        match self.done(ask) {
            Ok(answer) => answer,
            // An article is read in a library that cannot be written, too.
            Err(_) if opened && self.library.read_only().is_some() => Answer::Changed {
                ids: Vec::new(),
                change: Change::Flag(Flag::Unread, false),
                why: crate::ui::library::Why::Opened,
            },
            Err(error) => Answer::Failed(error),
        }
    }

    fn refresh(
        &self,
        stop: &Arc<AtomicBool>,
        tell: &mut dyn FnMut(Refreshed),
    ) -> Result<Refreshed> {
        let Some((web, annotator)) = &self.feeds else {
            return Err(Error::new("feeds", "there is no way to the network here"));
        };
        super::feeds::refresh(&self.library, web, annotator, stop, tell)
    }

    fn notice(&self) -> Option<String> {
        self.library.notices().first().cloned()
    }

    fn open(&self, id: ArticleId) -> Result<Opened> {
        let (annotated, read) = self.stored(id)?;
        let document = Arc::clone(&annotated.document);
        let mut warning = None;
        let mut kept = |result: Result<Work>| {
            result.unwrap_or_else(|error| {
                warning = Some(error.to_string());
                Work::default()
            })
        };
        let work = kept(work_on(&document, self.data.as_deref()));
        Ok(Opened {
            layers: read.then_some(annotated),
            document,
            shown: Shown::Article,
            work,
            warning,
        })
    }
}

/// A library that cannot be opened: whatever is asked, it says why.
#[derive(Debug)]
pub(super) struct Shut(pub Error);

impl Shelf for Shut {
    fn answer(&self, _: Ask) -> Answer {
        Answer::Failed(self.0.clone())
    }

    fn refresh(&self, _: &Arc<AtomicBool>, _: &mut dyn FnMut(Refreshed)) -> Result<Refreshed> {
        Err(self.0.clone())
    }

    fn open(&self, _: ArticleId) -> Result<Opened> {
        Err(self.0.clone())
    }

    fn notice(&self) -> Option<String> {
        Some(self.0.to_string())
    }
}

/// What the reader marked and corrected in a document.
fn work_on(document: &Document, data: Option<&Path>) -> Result<Work> {
    let highlights = paths::store(data).map_or(Ok(Vec::new()), |s| s.load(document))?;
    let corrections = paths::corrections(data).map_or(Ok(Vec::new()), |s| s.load(document))?;
    Ok(Work {
        highlights,
        corrections,
    })
}

/// What stands behind the library before an article is opened.
pub(super) fn nothing_open() -> Opened {
    let document = Arc::new(Document {
        id: String::new(),
        text: "".into(),
        blocks: Vec::new(),
        meta: crate::model::Metadata::default(),
        details: Vec::new(),
    });
    Opened {
        layers: Some(Arc::new(Annotated::bare(Arc::clone(&document)))),
        document,
        shown: Shown::Article,
        work: Work::default(),
        warning: None,
    }
}
