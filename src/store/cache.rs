//! What the annotator found, kept so that a second opening of an unchanged article need not wait
//! for it. A cache: any file of it can be deleted at any time, a file that cannot be read counts as
//! missing, and the oldest go when there are too many.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use super::files::write_atomic;
use crate::base::{Error, Result};
use crate::model::contract;
use crate::model::{Annotated, Document};

/// The most bytes that all files together have.
const MOST: u64 = 64 << 20;
/// Documents longer than this, in bytes, are not kept.
const LONGEST: usize = 1 << 20;

/// A folder with annotations of one annotator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cache {
    root: PathBuf,
    /// What made the annotations: program and model, in their exact versions.
    maker: String,
    most: u64,
}

impl Cache {
    /// The cache in the folder `root`, for what `maker` makes. The folder is made when something
    /// is first kept.
    pub fn new(root: impl Into<PathBuf>, maker: impl Into<String>) -> Self {
        Self {
            root: root.into(),
            maker: maker.into(),
            most: MOST,
        }
    }

    /// The annotations of exactly this document by this maker, if they are kept.
    pub fn get(&self, document: &Arc<Document>) -> Option<Annotated> {
        let bytes = fs::read(self.path(document)).ok()?;
        let file = serde_json::from_slice(&bytes).ok()?;
        let (mut annotated, _) = contract::read(file, "").ok()?;
        let same = annotated.document.text == document.text
            && annotated.document.blocks == document.blocks;
        annotated.document = Arc::clone(document);
        (same && annotated.fault().is_none()).then_some(annotated)
    }

    /// Keeps annotations, and makes room for them.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn put(&self, annotated: &Annotated) -> Result<()> {
        if annotated.document.text.len() > LONGEST {
            return Ok(());
        }
        let name = || self.root.display().to_string();
        let bytes = serde_json::to_vec(&contract::write(annotated, &[]))
            .map_err(|e| Error::new(name(), e.to_string()))?;
        fs::create_dir_all(&self.root).map_err(|e| Error::io(name(), "be made", &e))?;
        self.make_room(bytes.len() as u64);
        write_atomic(&self.path(&annotated.document), &bytes, true)
    }

    /// The file of a document: its name says all that its annotations depend on.
    fn path(&self, document: &Document) -> PathBuf {
        let mut hash = Sha256::new();
        for part in [self.maker.as_str(), &document.text] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        for block in &document.blocks {
            hash.update(format!("{} {}\n", block.kind.name(), block.span));
        }
        let hex: Vec<String> = hash.finalize()[..16]
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        self.root.join(format!("{}.json", hex.concat()))
    }

    /// Deletes the oldest files until `more` bytes find room. What cannot be deleted stays.
    fn make_room(&self, more: u64) {
        let mut kept = kept(&self.root);
        let mut total: u64 = more + kept.iter().map(|(_, size, _)| size).sum::<u64>();
        kept.sort();
        for (_, size, path) in kept {
            if total <= self.most {
                return;
            }
            if fs::remove_file(path).is_ok() {
                total -= size;
            }
        }
    }
}

/// The files of a folder, with when they were written and their bytes.
fn kept(root: &Path) -> Vec<(SystemTime, u64, PathBuf)> {
    let entries = fs::read_dir(root).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| {
            let meta = entry.metadata().ok().filter(fs::Metadata::is_file)?;
            Some((meta.modified().ok()?, meta.len(), entry.path()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Span;
    use crate::model::{Block, BlockKind, Metadata};

    fn annotated(text: &str) -> Annotated {
        Annotated::bare(Arc::new(Document {
            id: "x".to_owned(),
            text: text.into(),
            blocks: vec![Block {
                kind: BlockKind::Paragraph,
                span: Span::new(0, text.len()),
            }],
            meta: Metadata::default(),
            details: Vec::new(),
        }))
    }

    #[test]
    fn what_is_kept_comes_back_for_the_same_text_and_maker() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path().join("deep/down"), "one");
        let kept = annotated("Ann left.");
        assert_eq!(cache.get(&kept.document), None);
        cache.put(&kept).unwrap();
        assert_eq!(cache.get(&kept.document), Some(kept.clone()));
        assert_eq!(cache.get(&annotated("Ann went.").document), None);
        let other = Cache::new(folder.path().join("deep/down"), "two");
        assert_eq!(other.get(&kept.document), None);
    }

    #[test]
    fn a_file_that_cannot_be_read_counts_as_missing() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::new(folder.path(), "one");
        let kept = annotated("Ann left.");
        cache.put(&kept).unwrap();
        let path = cache.path(&kept.document);
        let whole = fs::read(&path).unwrap();
        for bytes in [&whole[..whole.len() / 2], b"{}", b"", b"\xff\xfe"] {
            fs::write(&path, bytes).unwrap();
            assert_eq!(cache.get(&kept.document), None);
        }
        // The annotations of another text under this one's name.
        cache.put(&annotated("Bo left!")).unwrap();
        fs::copy(cache.path(&annotated("Bo left!").document), &path).unwrap();
        assert_eq!(cache.get(&kept.document), None);
        fs::remove_file(&path).unwrap();
        assert_eq!(cache.get(&kept.document), None);
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let folder = tempfile::tempdir().unwrap();
        let mut cache = Cache::new(folder.path(), "one");
        let texts: Vec<String> = (0..9).map(|n| format!("Ann left {n} times.")).collect();
        cache.put(&annotated(&texts[0])).unwrap();
        let size = kept(folder.path())[0].1;
        cache.most = size * 4;
        for text in &texts {
            cache.put(&annotated(text)).unwrap();
        }
        assert!(kept(folder.path()).len() <= 4);
        assert!(cache.get(&annotated(&texts[8]).document).is_some());
    }
}
