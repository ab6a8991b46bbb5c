//! Store: what the reader marked, on disk. One JSON Lines file of W3C Web Annotations an article,
//! in a folder the caller names; plain files that can be read, compared and synced.
//!
//! Promises: a file is always a complete old or a complete new state, whatever kills the program;
//! two running programs lose nothing of each other's work; a line that cannot be read is kept as it
//! is and reported; a highlight whose words are gone becomes an orphan and is never moved to words
//! that only look alike.
//!
//! What the reader corrected is kept the same way, one TOML file an article that a person can read
//! and edit.
//!
//! Beside it a cache of what the annotator found, which can be deleted at any time.
//!
//! May call `base` and `model`. One of the rooms that touch files.

mod anchor;
mod cache;
#[cfg(test)]
mod correction_tests;
mod corrections;
mod files;
mod merge;
mod nearly;
mod record;
mod sidecar;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::base::{Error, Result};
use crate::model::{Anchor, Document, Highlight};

use record::{Article, Line};

pub use cache::Cache;
pub use corrections::Corrections;
pub use files::write_atomic;

/// How a stored article was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Match {
    /// Its text is the same.
    Text,
    /// Its text changed; it came from the same address.
    Address,
    /// Its text and address changed; title and day of publication are the same.
    TitleAndDate,
}

/// What is stored about an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Highlights, found again in the article as it is now; sorted by place, orphans last.
    pub highlights: Vec<Highlight>,
    /// How the article was recognised; `None` if nothing is stored about it.
    pub by: Option<Match>,
    /// What the reader should know, one sentence each: a changed text, lines that cannot be read.
    pub notices: Vec<String>,
}

/// A folder with the reader's highlights.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    root: PathBuf,
}

impl Store {
    /// The store in the folder `root`, which is made when something is first saved.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The highlights of an article; see [`Store::find`].
    ///
    /// # Errors
    /// The folder or a file in it cannot be read.
    pub fn load(&self, document: &Document) -> Result<Vec<Highlight>> {
        Ok(self.find(document)?.highlights)
    }

    /// The highlights of an article, with how it was recognised and what could not be read. An
    /// article is looked for by its text, then by its address, then by title and date.
    ///
    /// # Errors
    /// The folder or a file in it cannot be read.
    pub fn find(&self, document: &Document) -> Result<Found> {
        let Some((path, by)) = self.file_of(document)? else {
            return Ok(Found::default());
        };
        let lines = read_lines(&path)?;
        let mut found = Found {
            highlights: anchored(&lines, document),
            by: Some(by),
            notices: notices(&lines, &path),
        };
        if by != Match::Text {
            let how = match by {
                Match::Address => "address",
                _ => "title and date",
            };
            let lost = found.highlights.iter().filter(|h| h.orphan).count();
            found.notices.push(format!(
                "the article changed since it was marked (recognised by its {how}); {lost} of {} highlights were not found again",
                found.highlights.len()
            ));
        }
        Ok(found)
    }

    /// Saves what changed between `before` (what was loaded or last saved) and `now`, into
    /// whatever the file holds by now. Returns the highlights after the merge.
    ///
    /// Changes of another program are kept: its new highlights appear in the result, its deletions
    /// hold unless the highlight was also changed here, and where both changed one highlight, each
    /// changed field is kept (two different notes are joined).
    ///
    /// # Errors
    /// The folder cannot be made or written, or the disk is full: the file is as it was before, and
    /// `now` is still the caller's.
    pub fn save(
        &self,
        document: &Document,
        before: &[Highlight],
        now: &[Highlight],
    ) -> Result<Vec<Highlight>> {
        files::make_folder(&self.root)?;
        let _lock = files::lock(&self.root)?;
        let path = match self.file_of(document)? {
            Some((path, _)) => path,
            None => self.root.join(file_name(document)),
        };
        let mut lines = read_lines(&path)?;
        let article = Article::of(document);
        if merge::merge(&mut lines, &article, document, before, now) {
            let bytes = record::write(&lines);
            files::write_atomic(&path, &bytes, true)?;
        }
        Ok(anchored(&lines, document))
    }

    /// The file that holds an article's highlights, if there is one.
    fn file_of(&self, document: &Document) -> Result<Option<(PathBuf, Match)>> {
        let own = self.root.join(file_name(document));
        if own.is_file() {
            return Ok(Some((own, Match::Text)));
        }
        let wanted = Article::of(document);
        let mut best: Option<(usize, PathBuf, Match)> = None;
        for path in files::files_in(&self.root, "jsonl")? {
            let stored = files::first_line(&path).and_then(|line| Article::stored(&line));
            let Some((stored, by)) = stored.and_then(|s| wanted.matches(&s).map(|by| (s, by)))
            else {
                continue;
            };
            let kept = anchored(&read_lines(&path)?, document);
            let placed = kept.iter().filter(|h| !h.orphan).count();
            // An address may be given to another article; one that shares no words and no title
            // with the stored one is not it.
            if placed == 0 && by == Match::Address && !wanted.has_title_of(&stored) {
                continue;
            }
            if best.as_ref().is_none_or(|(most, ..)| placed > *most) {
                best = Some((placed, path, by));
            }
        }
        Ok(best.map(|(_, path, by)| (path, by)))
    }
}

/// An id for a new highlight that two programs running at once will not both give out: made from
/// its time and words.
pub fn fresh_id(created: Timestamp, anchor: &Anchor) -> String {
    let mut hash = Sha256::new();
    hash.update(created.as_nanosecond().to_le_bytes());
    hash.update(anchor.span.to_string());
    hash.update(&anchor.exact);
    let hex: Vec<String> = hash
        .finalize()
        .iter()
        .take(6)
        .map(|b| format!("{b:02x}"))
        .collect();
    format!("h{}", hex.concat())
}

/// File name of an article's highlights.
fn file_name(document: &Document) -> String {
    format!("{}.jsonl", file_stem(document))
}

/// File name of an article, without its ending: its id where that is safe as a name, else a hash
/// of it.
fn file_stem(document: &Document) -> String {
    let id = &document.id;
    let safe = (8..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_hexdigit());
    if safe {
        return id.to_ascii_lowercase();
    }
    let digest = Sha256::digest(id.as_bytes());
    let hex: Vec<String> = digest.iter().take(8).map(|b| format!("{b:02x}")).collect();
    format!("x{}", hex.concat())
}

fn read_lines(path: &Path) -> Result<Vec<Line>> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(record::read(&bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Error::io(path.display().to_string(), "be read", &error)),
    }
}

/// The highlights of `lines` in the text of `document`: sorted by place, orphans last.
fn anchored(lines: &[Line], document: &Document) -> Vec<Highlight> {
    let finder = anchor::Finder::new(document);
    let mut out: Vec<Highlight> = lines
        .iter()
        .filter_map(|line| line.record.as_ref())
        .map(|record| finder.place(record))
        .collect();
    out.sort_by(|a, b| {
        (a.orphan, a.anchor.span, a.created, &a.id).cmp(&(
            b.orphan,
            b.anchor.span,
            b.created,
            &b.id,
        ))
    });
    out
}

fn notices(lines: &[Line], path: &Path) -> Vec<String> {
    let unread: Vec<String> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.record.is_none() && !line.is_blank())
        .map(|(n, _)| (n + 1).to_string())
        .collect();
    if unread.is_empty() {
        return Vec::new();
    }
    let s = if unread.len() == 1 { "" } else { "s" };
    vec![format!(
        "{}: line{s} {} cannot be read as a highlight; kept as it is",
        path.display(),
        unread.join(", ")
    )]
}
