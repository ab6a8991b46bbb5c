//! The open article and what the reader does to it: layers, highlights, undo, unsaved work.

use std::sync::Arc;

use jiff::Timestamp;

use crate::base::{Kinds, Span};
use crate::model::{Anchor, Annotated, BlockKind, Colour, Document, Highlight};
use crate::ui::desk::Opened;
use crate::view::MarkIndex;

/// Steps of undo that are kept.
const UNDO: usize = 200;

/// One article on the screen.
#[derive(Debug)]
pub struct Session {
    /// Number of this opening, so that late results of an earlier one are recognised.
    pub opening: u64,
    /// Position among the articles asked for.
    pub index: usize,
    /// Its layers; bare until the annotator is done.
    pub annotated: Arc<Annotated>,
    /// Look-up by row.
    pub marks: MarkIndex,
    /// What is seen of each kind of entity.
    kinds: Kinds,
    /// Whether the annotator is at work.
    pub annotating: bool,
    /// What the reader marked, sorted by position.
    pub highlights: Vec<Highlight>,
    /// Grows whenever layers or highlights change.
    pub version: u64,
    /// What was on disk when the article was opened.
    loaded: Vec<Highlight>,
    /// What is on disk once the saves that were begun are done.
    stored: Vec<Highlight>,
    /// Whether the last save failed.
    failed: bool,
    /// Saves begun.
    saves: u64,
    undo: Vec<(&'static str, Vec<Highlight>)>,
    redo: Vec<(&'static str, Vec<Highlight>)>,
}

impl Session {
    /// An article as it was opened.
    pub fn new(opening: u64, index: usize, opened: Opened, kinds: Kinds) -> Self {
        let annotating = opened.layers.is_none();
        let annotated = opened
            .layers
            .unwrap_or_else(|| Arc::new(Annotated::bare(opened.document)));
        let marks = MarkIndex::new(&annotated, kinds);
        Self {
            opening,
            index,
            annotated,
            marks,
            kinds,
            annotating,
            loaded: opened.highlights.clone(),
            stored: sorted(opened.highlights.clone()),
            failed: false,
            highlights: sorted(opened.highlights),
            version: 0,
            saves: 0,
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }

    /// The article.
    pub fn document(&self) -> &Arc<Document> {
        &self.annotated.document
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.annotated.document.text
    }

    /// Takes the annotator's layers.
    pub fn annotate(&mut self, annotated: Arc<Annotated>) {
        self.marks = MarkIndex::new(&annotated, self.kinds);
        self.annotated = annotated;
        self.annotating = false;
        self.version += 1;
    }

    /// Whether byte `at` belongs to the editor's comment.
    pub fn in_comment(&self, at: usize) -> bool {
        let mut comments = self.document().blocks_of(BlockKind::Comment);
        comments.any(|b| b.span.has(at))
    }

    /// What is seen of each kind of entity.
    pub fn kinds(&self) -> Kinds {
        self.kinds
    }

    /// Shows other kinds.
    pub fn show(&mut self, kinds: Kinds) {
        self.kinds = kinds;
        self.marks = MarkIndex::new(&self.annotated, kinds);
        self.version += 1;
    }

    /// The annotator gave up.
    pub fn not_annotated(&mut self) {
        self.annotating = false;
    }

    /// The highlight with this id.
    pub fn highlight(&self, id: &str) -> Option<&Highlight> {
        self.highlights.iter().find(|h| h.id == id)
    }

    /// Marks `span` and returns the id of the highlight.
    pub fn add(
        &mut self,
        span: Span,
        colour: Colour,
        note: Option<String>,
        now: Timestamp,
    ) -> String {
        // The time makes the id; two marks within a millisecond count on.
        let mut stamp = now.as_millisecond();
        while self
            .highlights
            .iter()
            .any(|h| h.id == format!("H{stamp:x}"))
        {
            stamp += 1;
        }
        let id = format!("H{stamp:x}");
        let highlight = Highlight {
            id: id.clone(),
            anchor: Anchor::new(self.text(), span),
            colour,
            tags: Vec::new(),
            note,
            created: now,
            orphan: false,
        };
        self.edit("highlight", |list| list.push(highlight));
        id
    }

    /// Changes the highlight with this id; `what` names the change for undo.
    pub fn change(&mut self, what: &'static str, id: &str, change: impl FnOnce(&mut Highlight)) {
        self.edit(what, |list| {
            if let Some(highlight) = list.iter_mut().find(|h| h.id == id) {
                change(highlight);
            }
        });
    }

    /// Removes the highlight with this id.
    pub fn remove(&mut self, id: &str) {
        self.edit("delete", |list| list.retain(|h| h.id != id));
    }

    fn edit(&mut self, what: &'static str, change: impl FnOnce(&mut Vec<Highlight>)) {
        let before = self.highlights.clone();
        change(&mut self.highlights);
        if self.highlights == before {
            return;
        }
        self.highlights = sorted(std::mem::take(&mut self.highlights));
        self.undo.push((what, before));
        if self.undo.len() > UNDO {
            self.undo.remove(0);
        }
        self.redo.clear();
        self.version += 1;
    }

    /// Takes the last edit back, or does it again; returns what it was.
    pub fn undo(&mut self, again: bool) -> Option<&'static str> {
        let (from, to) = if again {
            (&mut self.redo, &mut self.undo)
        } else {
            (&mut self.undo, &mut self.redo)
        };
        let (what, list) = from.pop()?;
        to.push((what, std::mem::replace(&mut self.highlights, list)));
        self.version += 1;
        Some(what)
    }

    /// Whether the highlights differ from what is on disk.
    pub fn unsaved(&self) -> bool {
        self.failed || self.stored != self.highlights
    }

    /// Whether the last save failed.
    pub fn save_failed(&self) -> bool {
        self.failed
    }

    /// Begins a save: its number, what was there at opening, what is to be stored.
    pub fn begin_save(&mut self) -> (u64, Vec<Highlight>, Vec<Highlight>) {
        self.saves += 1;
        self.failed = false;
        self.stored.clone_from(&self.highlights);
        (self.saves, self.loaded.clone(), self.highlights.clone())
    }

    /// A save is done: takes what is on disk, unless the reader has gone on meanwhile.
    pub fn saved(&mut self, save: u64, on_disk: Vec<Highlight>) {
        if save != self.saves {
            return;
        }
        let on_disk = sorted(on_disk);
        if self.highlights == self.stored && self.highlights != on_disk {
            self.highlights.clone_from(&on_disk);
            self.version += 1;
        }
        self.stored = on_disk;
    }

    /// A save failed: what the reader did is on the screen alone.
    pub fn not_saved(&mut self) {
        self.failed = true;
    }
}

/// By position; orphans, which have none, last.
fn sorted(mut highlights: Vec<Highlight>) -> Vec<Highlight> {
    highlights.sort_by(|a, b| {
        (a.orphan, a.anchor.span, &a.created, &a.id).cmp(&(
            b.orphan,
            b.anchor.span,
            &b.created,
            &b.id,
        ))
    });
    highlights
}
