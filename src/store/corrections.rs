//! What the reader corrected, on disk: one TOML file an article (`sidecar`), found by the article's
//! text, its address, or its title and day. A file that cannot be read is an error that names the
//! line, and is never written to.

use std::path::{Path, PathBuf};

use super::anchor::{Finder, Wanted};
use super::record::{Article, safe};
use super::sidecar::{Entry, Quoted, Sidecar};
use super::{Match, file_stem, files};
use crate::base::text::{CharIndex, fold, one_line};
use crate::base::{Error, Result, Span};
use crate::model::{Anchor, Correction, Document};

/// Bytes of a file within which it says whose it is.
const HEAD: usize = 4096;

/// A folder with the reader's corrections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Corrections {
    root: PathBuf,
}

impl Corrections {
    /// The corrections in the folder `root`, which is made when something is first saved.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The corrections of an article: those of entities first, each in the order in which it was
    /// made, with their words found again in the article as it is now.
    ///
    /// # Errors
    /// The folder or the file cannot be read, or the file says what cannot be understood.
    pub fn load(&self, document: &Document) -> Result<Vec<Correction>> {
        let found = self.file_of(document)?;
        let Some(sidecar) = found.map(|path| read(&path)).transpose()?.flatten() else {
            return Ok(Vec::new());
        };
        Ok(placed(&sidecar, document))
    }

    /// Saves what changed between `before` (what was loaded or last saved) and `now` into whatever
    /// the file holds by now; what was added or changed there by hand or by another program stays.
    /// Returns the corrections after that.
    ///
    /// # Errors
    /// The folder cannot be made or written, the disk is full, or the file cannot be read: it is
    /// as it was before, and `now` is still the caller's.
    pub fn save(
        &self,
        document: &Document,
        before: &[Correction],
        now: &[Correction],
    ) -> Result<Vec<Correction>> {
        files::make_folder(&self.root)?;
        let _lock = files::lock(&self.root)?;
        let path = match self.file_of(document)? {
            Some(path) => path,
            None => self.own(document),
        };
        let stored = read(&path)?;
        let mut sidecar = stored.unwrap_or_else(|| Sidecar::new(&Article::of(document)));
        if merge(&mut sidecar, document, before, now) {
            files::write_atomic(&path, &sidecar.write(), true)?;
        }
        Ok(placed(&sidecar, document))
    }

    fn own(&self, document: &Document) -> PathBuf {
        self.root.join(format!("{}.toml", file_stem(document)))
    }

    /// The file that holds an article's corrections, if there is one.
    fn file_of(&self, document: &Document) -> Result<Option<PathBuf>> {
        let own = self.own(document);
        if own.is_file() {
            return Ok(Some(own));
        }
        let wanted = Article::of(document);
        let mut best: Option<(usize, PathBuf)> = None;
        for path in files::files_in(&self.root, "toml")? {
            // What cannot be read cannot be told to be this article's.
            let Ok(bytes) = std::fs::read(&path) else {
                continue;
            };
            if !may_be_of(&bytes, &wanted) {
                continue;
            }
            let Ok(sidecar) = Sidecar::read(&path, &bytes) else {
                continue;
            };
            let Some(by) = wanted.matches(&sidecar.article) else {
                continue;
            };
            let found = placed(&sidecar, document);
            let found = found.into_iter().filter(|c| !lost(c)).count();
            let other = by == Match::Address && !wanted.has_title_of(&sidecar.article);
            if found == 0 && other {
                continue;
            }
            if best.as_ref().is_none_or(|(most, _)| found > *most) {
                best = Some((found, path));
            }
        }
        Ok(best.map(|(_, path)| path))
    }
}

/// Whether a file may belong to an article, told without reading it as TOML: its first bytes name
/// the article's address or title, or are not plain enough to tell.
fn may_be_of(bytes: &[u8], article: &Article) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let plain = head.contains("[article]") && !head.contains('\\');
    let head = fold(&one_line(&head));
    let named = [&article.uri, &article.title].into_iter().flatten();
    !plain
        || named
            .into_iter()
            .any(|n| head.contains(&fold(&one_line(n))))
}

fn lost(correction: &Correction) -> bool {
    let mut copy = correction.clone();
    copy.places_mut().iter().any(|place| place.orphan)
}

fn read(path: &Path) -> Result<Option<Sidecar>> {
    match std::fs::read(path) {
        Ok(bytes) => Sidecar::read(path, &bytes).map(Some),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(path.display().to_string(), "be read", &error)),
    }
}

/// The corrections of a file with their words looked for in the text of `document`.
fn placed(sidecar: &Sidecar, document: &Document) -> Vec<Correction> {
    let finder = Finder::new(document);
    let index = CharIndex::new(&document.text);
    // A file written by hand need not say whose it is.
    let id = &sidecar.article.id;
    let unchanged = *id == document.id || id.is_empty();
    let place_one = |entry: &Entry| {
        let mut correction = entry.correction.clone();
        for (place, quoted) in correction.places_mut().into_iter().zip(&entry.positions) {
            let anchor = &place.anchor;
            // Words with their whole context at their position are the same in any text.
            let there = quoted.position.and_then(|(start, end)| {
                let from = index.to_byte(&document.text, start)?;
                let to = index.to_byte(&document.text, end)?;
                let now = Anchor::new(&document.text, Span::new(from, to));
                let same = now.exact == anchor.exact
                    && now.prefix == anchor.prefix
                    && now.suffix == anchor.suffix;
                same.then_some(now.span)
            });
            let found = there.or_else(|| {
                finder.find(Wanted {
                    exact: &anchor.exact,
                    prefix: &anchor.prefix,
                    suffix: &anchor.suffix,
                    position: quoted.position,
                    unchanged,
                })
            });
            // Words given by hand without their context are meant where they stand once.
            let bare = anchor.prefix.is_empty() && anchor.suffix.is_empty();
            let found = found.or_else(|| {
                let mut places = document.text.match_indices(&*anchor.exact);
                let (at, words) = places.next().filter(|_| bare)?;
                let span = Span::new(at, at + words.len());
                places.next().is_none().then_some(span)
            });
            place.orphan = found.is_none();
            place.anchor = match found {
                Some(span) => Anchor::new(&document.text, span),
                None => Anchor {
                    exact: safe(&anchor.exact),
                    prefix: safe(&anchor.prefix),
                    suffix: safe(&anchor.suffix),
                    ..Anchor::default()
                },
            };
        }
        correction
    };
    sidecar.entries.iter().map(place_one).collect()
}

/// An entry for a new correction.
fn entry(correction: &Correction, document: &Document) -> Entry {
    let index = CharIndex::new(&document.text);
    let mut correction = correction.clone();
    let positions = correction.places_mut().into_iter().map(|place| {
        let span = place.anchor.span;
        let char = |byte: usize| index.to_char(&document.text, byte);
        Quoted {
            position: (!place.orphan).then(|| (char(span.from()), char(span.to()))),
        }
    });
    Entry {
        positions: positions.collect(),
        correction,
    }
}

/// Lays what changed between `before` and `now` into a file; whether anything changed there.
fn merge(
    sidecar: &mut Sidecar,
    document: &Document,
    before: &[Correction],
    now: &[Correction],
) -> bool {
    let subject = |list: &[Correction], one: &Correction| {
        list.iter().position(|other| other.same_subject(one))
    };
    let mut changed = false;
    for old in before.iter().filter(|old| subject(now, old).is_none()) {
        let stored = placed(sidecar, document);
        // Taken back here: holds unless it was changed there meanwhile.
        if let Some(at) = subject(&stored, old).filter(|at| stored[*at].same(old)) {
            sidecar.remove(at);
            changed = true;
        }
    }
    for new in now {
        let known = before.iter().any(|old| old.same(new));
        if known {
            continue;
        }
        let stored = placed(sidecar, document);
        match subject(&stored, new) {
            Some(at) if stored[at].same(new) => {}
            Some(at) => {
                sidecar.change(at, new);
                changed = true;
            }
            None => {
                sidecar.push(entry(new, document));
                changed = true;
            }
        }
    }
    changed
}
