//! Three-way merge: what this program changed since it last read (`before` → `now`) is laid into
//! whatever the file holds by now. Nothing that another program wrote is lost. Calls `record`.

use super::record::{Article, Line, Mark, Record};
use crate::model::{Document, Highlight};

/// Changes `lines`; says whether anything changed.
pub(super) fn merge(
    lines: &mut Vec<Line>,
    article: &Article,
    document: &Document,
    before: &[Highlight],
    now: &[Highlight],
) -> bool {
    let mut changed = false;
    lines.retain_mut(|line| {
        let Some(record) = &line.record else {
            return true;
        };
        let old = by_id(before, &record.id);
        let new = by_id(now, &record.id);
        let (old, new) = match (old, new) {
            // Another program's, or both made one under the same id: see below.
            (None, _) => return true,
            (Some(old), None) => {
                // Deleted here: holds unless another program changed it meanwhile.
                let kept = record.mark != Mark::of(old);
                changed |= !kept;
                return kept;
            }
            (Some(old), Some(new)) => (old, new),
        };
        let moved = new.anchor != old.anchor;
        let mark = mixed(&record.mark, &Mark::of(old), &Mark::of(new));
        if moved || mark != record.mark {
            let mut again = record.clone();
            if moved {
                again.move_to(new, article, document);
            }
            again.set(mark);
            *line = again.line();
            changed = true;
        }
        true
    });
    for highlight in now {
        let known = by_id(before, &highlight.id);
        let stored = lines
            .iter()
            .filter_map(|l| l.record.as_ref())
            .find(|r| r.id == highlight.id);
        let mut record = Record::new(highlight, article, document);
        match (stored, known) {
            // Merged above.
            (Some(_), Some(_)) => continue,
            // Saved before, and `before` was not brought up to date.
            (Some(stored), None) if stored.exact == record.exact && stored.mark == record.mark => {
                continue;
            }
            (Some(_), None) => {
                let mut fresh = highlight.clone();
                fresh.id = free_id(lines, &highlight.id);
                record = Record::new(&fresh, article, document);
            }
            // Deleted by another program: holds unless it was changed here.
            (None, Some(old)) if Mark::of(old) == Mark::of(highlight) => continue,
            (None, _) => {}
        }
        lines.push(record.line());
        changed = true;
    }
    changed
}

fn by_id<'a>(highlights: &'a [Highlight], id: &str) -> Option<&'a Highlight> {
    highlights.iter().find(|h| h.id == id)
}

fn free_id(lines: &[Line], id: &str) -> String {
    let taken = |id: &str| {
        lines
            .iter()
            .filter_map(|l| l.record.as_ref())
            .any(|r| r.id == id)
    };
    let mut n = 2_usize;
    loop {
        let id = format!("{id}-{n}");
        if !taken(&id) {
            return id;
        }
        n += 1;
    }
}

/// Field by field: what was changed here wins, what was not is taken from the file; tags are mixed
/// as sets and two different new notes are joined.
fn mixed(file: &Mark, old: &Mark, new: &Mark) -> Mark {
    let note = match (&file.note, &new.note) {
        (_, note) if *note == old.note => file.note.clone(),
        (theirs, _) if *theirs == old.note => new.note.clone(),
        (Some(theirs), Some(ours)) if theirs != ours => Some(format!("{theirs}\n{ours}")),
        (theirs, ours) => ours.clone().or_else(|| theirs.clone()),
    };
    let tags = if file.tags == old.tags {
        new.tags.clone()
    } else {
        let mut tags: Vec<String> = file
            .tags
            .iter()
            .filter(|t| new.tags.contains(t) || !old.tags.contains(t))
            .cloned()
            .collect();
        let added = new.tags.iter().filter(|t| !old.tags.contains(t));
        for tag in added {
            if !tags.contains(tag) {
                tags.push(tag.clone());
            }
        }
        tags
    };
    Mark {
        colour: if new.colour == old.colour {
            file.colour
        } else {
            new.colour
        },
        tags,
        note,
    }
}
