//! The open article and what the reader does to it: layers, highlights, corrections, undo, unsaved
//! work. The corrections are laid over the layers here and nowhere else, whenever either changes.

use std::sync::Arc;

use jiff::Timestamp;

use crate::base::{EntityId, Kinds, Span};
use crate::model::{
    self, Anchor, Annotated, BlockKind, Colour, Correction, Document, Highlight, Work,
};
use crate::ui::desk::{Opened, Shown};
use crate::view::{self, MarkIndex};

/// Steps of undo that are kept.
const UNDO: usize = 200;

/// One article on the screen.
#[derive(Debug)]
pub struct Session {
    /// Number of this opening, so that late results of an earlier one are recognised.
    pub opening: u64,
    /// Position among the articles asked for.
    pub index: usize,
    /// Whether it is an article, or a page in its place.
    pub shown: Shown,
    /// Its layers as the annotator made them; bare until it is done.
    raw: Arc<Annotated>,
    /// The layers with the reader's corrections laid over them.
    pub annotated: Arc<Annotated>,
    /// Look-up by row.
    pub marks: MarkIndex,
    /// Which entities are common nouns that are not listed.
    bare: Vec<bool>,
    /// What is seen of each kind of entity.
    kinds: Kinds,
    /// Whether the annotator is at work.
    pub annotating: bool,
    /// What the reader marked, sorted by position.
    pub highlights: Vec<Highlight>,
    /// What the reader corrected: entities first, in the order in which it is laid over the layers.
    corrections: Vec<Correction>,
    /// Grows whenever layers or highlights change.
    pub version: u64,
    /// What was on disk when the article was opened.
    loaded: Work,
    /// What is on disk once the saves that were begun are done.
    stored: Work,
    /// Whether the last save failed.
    failed: bool,
    /// Saves begun.
    saves: u64,
    undo: Vec<(&'static str, Work)>,
    redo: Vec<(&'static str, Work)>,
}

impl Session {
    /// An article as it was opened.
    pub fn new(opening: u64, index: usize, opened: Opened, kinds: Kinds) -> Self {
        let annotating = opened.layers.is_none();
        let raw = opened
            .layers
            .unwrap_or_else(|| Arc::new(Annotated::bare(opened.document)));
        let work = sorted(opened.work.clone());
        let mut session = Self {
            opening,
            index,
            shown: opened.shown,
            annotated: Arc::clone(&raw),
            raw,
            marks: MarkIndex::default(),
            bare: Vec::new(),
            kinds,
            annotating,
            loaded: opened.work,
            stored: work.clone(),
            failed: false,
            highlights: work.highlights,
            corrections: work.corrections,
            version: 0,
            saves: 0,
            undo: Vec::new(),
            redo: Vec::new(),
        };
        session.lay();
        session.version = 0;
        session
    }

    /// Lays the corrections over the layers.
    fn lay(&mut self) {
        self.annotated = if self.corrections.is_empty() {
            Arc::clone(&self.raw)
        } else {
            Arc::new(model::correct(&self.raw, &self.corrections))
        };
        self.marks = MarkIndex::new(&self.annotated, self.kinds);
        self.bare = view::bare(&self.annotated);
        self.version += 1;
    }

    /// Which entities are common nouns that are not listed.
    pub fn bare(&self) -> &[bool] {
        &self.bare
    }

    /// Whether an entity is in the list when nothing is filtered.
    pub fn lists(&self, id: EntityId) -> bool {
        let entity = self.annotated.entity(id);
        let bare = self.bare.get(id.index()).copied().unwrap_or(false);
        entity.is_some_and(|e| self.kinds.lists(e.kind)) && !bare
    }

    /// How many entities are listed, and how many kept out of the list by a hidden kind.
    pub fn entity_counts(&self) -> (usize, usize) {
        view::entity_counts(&self.annotated, &self.bare, self.kinds)
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
        self.raw = annotated;
        self.annotating = false;
        self.lay();
    }

    /// What the reader corrected.
    pub fn corrections(&self) -> &[Correction] {
        &self.corrections
    }

    /// Puts a correction in the place of the one of the same subject; `what` names it for undo.
    /// Without one that subject is as the annotator made it.
    pub fn correct(&mut self, what: &'static str, subject: &Correction, now: Option<Correction>) {
        self.edit(what, |work| {
            let list = &mut work.corrections;
            let at = list.iter().position(|c| c.same_subject(subject));
            match (at, now) {
                (Some(at), Some(now)) => list[at] = now,
                (Some(at), None) => {
                    list.remove(at);
                }
                (None, Some(now)) => list.push(now),
                (None, None) => {}
            }
        });
    }

    fn work(&self) -> Work {
        Work {
            highlights: self.highlights.clone(),
            corrections: self.corrections.clone(),
        }
    }

    /// Takes other work, and lays its corrections where they are others.
    fn set_work(&mut self, work: Work) {
        self.highlights = work.highlights;
        if self.corrections == work.corrections {
            self.version += 1;
        } else {
            self.corrections = work.corrections;
            self.lay();
        }
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
        self.edit("highlight", |work| work.highlights.push(highlight));
        id
    }

    /// Changes the highlight with this id; `what` names the change for undo.
    pub fn change(&mut self, what: &'static str, id: &str, change: impl FnOnce(&mut Highlight)) {
        self.edit(what, |work| {
            if let Some(highlight) = work.highlights.iter_mut().find(|h| h.id == id) {
                change(highlight);
            }
        });
    }

    /// Removes the highlight with this id.
    pub fn remove(&mut self, id: &str) {
        self.edit("delete", |work| work.highlights.retain(|h| h.id != id));
    }

    fn edit(&mut self, what: &'static str, change: impl FnOnce(&mut Work)) {
        let before = self.work();
        let mut work = before.clone();
        change(&mut work);
        if work == before {
            return;
        }
        self.set_work(sorted(work));
        self.undo.push((what, before));
        if self.undo.len() > UNDO {
            self.undo.remove(0);
        }
        self.redo.clear();
    }

    /// Takes the last edit back, or does it again; returns what it was.
    pub fn undo(&mut self, again: bool) -> Option<&'static str> {
        let now = self.work();
        let (from, to) = if again {
            (&mut self.redo, &mut self.undo)
        } else {
            (&mut self.undo, &mut self.redo)
        };
        let (what, work) = from.pop()?;
        to.push((what, now));
        self.set_work(work);
        Some(what)
    }

    /// Whether highlights or corrections differ from what is on disk.
    pub fn unsaved(&self) -> bool {
        self.failed || self.stored != self.work()
    }

    /// Whether the last save failed.
    pub fn save_failed(&self) -> bool {
        self.failed
    }

    /// Begins a save: its number, what was there at opening, what is to be stored.
    pub fn begin_save(&mut self) -> (u64, Work, Work) {
        self.saves += 1;
        self.failed = false;
        self.stored = self.work();
        (self.saves, self.loaded.clone(), self.stored.clone())
    }

    /// A save is done: takes what is on disk, unless the reader has gone on meanwhile.
    pub fn saved(&mut self, save: u64, on_disk: Work) {
        if save != self.saves {
            return;
        }
        let on_disk = sorted(on_disk);
        let now = self.work();
        if now == self.stored && now != on_disk {
            self.set_work(on_disk.clone());
        }
        self.stored = on_disk;
    }

    /// A save failed: what the reader did is on the screen alone.
    pub fn not_saved(&mut self) {
        self.failed = true;
    }
}

/// Highlights by position, those that have none last; corrections of entities before those of
/// stances.
fn sorted(mut work: Work) -> Work {
    work.highlights.sort_by(|a, b| {
        (a.orphan, a.anchor.span, &a.created, &a.id).cmp(&(
            b.orphan,
            b.anchor.span,
            &b.created,
            &b.id,
        ))
    });
    work.corrections
        .sort_by_key(|c| matches!(c, Correction::Stance { .. }));
    work
}
