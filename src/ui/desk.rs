//! What the screen needs from the rest of the program, handed in by `cli`: reading, annotating,
//! storing and exporting happen behind this trait, so that `ui` touches no file.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::base::{Error, Result};
use crate::model::library::ArticleId;
use crate::model::merge::Differences;
use crate::model::{Annotated, Document, Highlight, Work};
use crate::ui::library::Shelf;

/// What an opened document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// The article.
    #[default]
    Article,
    /// A page that says that the article is being fetched.
    Waiting,
    /// A page that says why there is no article.
    Failed,
}

/// An article as it was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The article, or a page that stands in its place.
    pub document: Arc<Document>,
    /// Which of the two.
    pub shown: Shown,
    /// Layers that came with it; without them it is to be annotated.
    pub layers: Option<Arc<Annotated>>,
    /// What the reader marked and corrected before.
    pub work: Work,
    /// What went wrong beside it (a store that cannot be read), to be shown.
    pub warning: Option<String>,
}

/// An export format, for the menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormatInfo {
    /// Name on the command line.
    pub name: &'static str,
    /// Name in the menu.
    pub label: &'static str,
    /// File ending, without the dot.
    pub extension: &'static str,
    /// One line about it.
    pub about: &'static str,
}

/// An article in an export format.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exported {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// Files that belong beside it under the same name: ending and bytes.
    pub beside: Vec<(&'static str, Vec<u8>)>,
    /// Files that its folder needs once, whatever the article: name and bytes.
    pub shared: Vec<(&'static str, Vec<u8>)>,
    /// What the format cannot hold, one phrase a part.
    pub lost: Vec<String>,
}

/// The work behind the screen. Called from several threads.
pub trait Desk: Send + Sync {
    /// How many articles were asked for.
    fn count(&self) -> usize;

    /// Opens the article at `index`, at once: one that must be fetched is [`Shown::Waiting`].
    ///
    /// # Errors
    /// If it cannot be read.
    fn open(&self, index: usize) -> Result<Opened>;

    /// Fetches the article at `index`, which may take long; asked where `open` said so. Gives the
    /// article, or a page that says why there is none.
    ///
    /// # Errors
    /// If not even that can be said.
    fn fetch(&self, index: usize) -> Result<Opened> {
        self.open(index)
    }

    /// Fetches the page of an article of the library, which may take long, and keeps it there in the
    /// place of what it had of it; gives its number now.
    ///
    /// # Errors
    /// There is no such page, or the library cannot be written; it has what it had then.
    fn fetch_stored(&self, _id: ArticleId) -> Result<ArticleId> {
        Err(Error::new("library", "there is none"))
    }

    /// Forgets what is kept of the article at `index`, so that it is opened from its source again.
    fn forget(&self, _index: usize) {}

    /// Finds who is named, who said what, who is for or against what, as fast as rules can.
    fn annotate(&self, document: &Arc<Document>) -> Annotated;

    /// Finds the same with the model, which takes longer; asked after `annotate`. `None` where there
    /// is no model.
    ///
    /// # Errors
    /// The model cannot be used. Said once, however many articles are opened.
    fn refine(&self, _document: &Arc<Document>) -> Option<Result<Annotated>> {
        None
    }

    /// Asks the other annotator about the document, which may take long, and tells where the two
    /// differ. `None` where there is none.
    ///
    /// # Errors
    /// It cannot be asked.
    fn differences(&self, _document: &Arc<Document>) -> Option<Result<Differences>> {
        None
    }

    /// Stores `now`, given that `before` was stored last; returns what is stored now, which may
    /// hold what another byline added.
    ///
    /// # Errors
    /// If it cannot be written; nothing stored before is lost then.
    fn save(&self, document: &Document, before: &Work, now: &Work) -> Result<Work>;

    /// The export formats.
    fn formats(&self) -> Vec<FormatInfo>;

    /// The article in an export format.
    ///
    /// # Errors
    /// If the format cannot hold it at all.
    fn export(
        &self,
        format: &str,
        annotated: &Annotated,
        highlights: &[Highlight],
    ) -> Result<Exported>;

    /// Runs a command line with these bytes as its input and gives the first line it prints.
    ///
    /// # Errors
    /// If it cannot be run or fails.
    fn pipe(&self, command: &str, bytes: &[u8]) -> Result<String>;

    /// Writes a file, whole or not at all. Without `force` an existing file is left alone and the
    /// answer is `false`.
    ///
    /// # Errors
    /// If it cannot be written.
    fn write(&self, path: &Path, bytes: &[u8], force: bool) -> Result<bool>;

    /// The library, if there is one.
    fn shelf(&self) -> Option<&dyn Shelf> {
        None
    }

    /// Whether the library is shown first, since no article was asked for.
    fn starts_in_library(&self) -> bool {
        false
    }

    /// The time.
    fn now(&self) -> Timestamp;
}
