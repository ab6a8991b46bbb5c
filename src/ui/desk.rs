//! What the screen needs from the rest of the program, handed in by `cli`: reading, annotating,
//! storing and exporting happen behind this trait, so that `ui` touches no file.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::base::Result;
use crate::model::{Annotated, Document, Highlight, Work};

/// An article as it was opened.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The article.
    pub document: Arc<Document>,
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
    /// What the format cannot hold, one phrase a part.
    pub lost: Vec<String>,
}

/// The work behind the screen. Called from several threads.
pub trait Desk: Send + Sync {
    /// How many articles were asked for.
    fn count(&self) -> usize;

    /// Opens the article at `index`.
    ///
    /// # Errors
    /// If it cannot be read.
    fn open(&self, index: usize) -> Result<Opened>;

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

    /// The time.
    fn now(&self) -> Timestamp;
}
