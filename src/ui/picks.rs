//! Popups of corrections: what can be put in the place of a part of an annotation, nearest first,
//! and what was corrected.

use crate::base::{EntityId, EntityKind, Role, StanceId};
use crate::model::{Annotated, Correction, Entity, Issue, Party, Target, Verdict};
use crate::ui::correcting::Act;
use crate::ui::popup::{About, Choice, Popup};
use crate::ui::sheets::Rows;
use crate::view::{Focus, Run, SheetRow};

/// Columns of what is said about an entity.
const LABEL: usize = 10;

fn choice(row: SheetRow, focus: &Focus, act: Act) -> (SheetRow, Option<Choice>) {
    (row, Some(Choice::Correct(focus.clone(), act)))
}

fn popup(title: &str, rows: Rows) -> Option<Popup> {
    (!rows.is_empty()).then(|| Popup::new(About::Pick, title, rows))
}

/// Entities that are named, the nearest to byte `at` first.
fn nearest(annotated: &Annotated, at: usize) -> Vec<&Entity> {
    let mut out: Vec<&Entity> = annotated.entities.iter().collect();
    out.retain(|e| !e.kind.is_light());
    out.sort_by_key(|e| {
        let spans = e.mentions.iter().map(|m| m.span.from().abs_diff(at));
        spans.min()
    });
    out
}

fn entity_row(entity: &Entity) -> SheetRow {
    let about = entity.role.as_ref().map(|r| format!("  {r}"));
    SheetRow {
        body: vec![
            Run::own(entity.name.clone(), entity.kind.role()),
            Run::own(
                format!("  {}{}", entity.kind.name(), about.unwrap_or_default()),
                Role::Dim,
            ),
        ],
        ..SheetRow::default()
    }
}

/// Who else could hold a stance.
pub fn holders(focus: &Focus, id: StanceId, annotated: &Annotated) -> Option<Popup> {
    let stance = annotated.stances.get(id.index())?;
    let at = focus.start(annotated, &[])?;
    let roles = [Party::Editor, Party::Author, Party::Unknown];
    let entities = nearest(annotated, at)
        .into_iter()
        .map(|e| (entity_row(e), Party::Entity(e.id)));
    let roles = roles
        .into_iter()
        .map(|p| (SheetRow::text(annotated.party_name(p), Role::Text), p));
    let rows = entities
        .chain(roles)
        .filter(|(_, party)| *party != stance.holder)
        .map(|(row, party)| choice(row, focus, Act::Holder(party)));
    popup("Who holds it?", rows.collect())
}

/// What else a stance could be about.
pub fn targets(focus: &Focus, id: StanceId, annotated: &Annotated) -> Option<Popup> {
    let stance = annotated.stances.get(id.index())?;
    let at = focus.start(annotated, &[])?;
    let mut issues: Vec<&Issue> = annotated.issues.iter().collect();
    issues.sort_by_key(|i| i.mentions.iter().map(|m| m.from().abs_diff(at)).min());
    let issue_row = |issue: &Issue| SheetRow {
        body: vec![
            Run::own(issue.name.clone(), Role::Text),
            Run::own("  issue", Role::Dim),
        ],
        ..SheetRow::default()
    };
    let issues = issues
        .into_iter()
        .map(|i| (issue_row(i), Target::Issue(i.id)));
    let entities = nearest(annotated, at)
        .into_iter()
        .map(|e| (entity_row(e), Target::Entity(e.id)));
    let rows = issues
        .chain(entities)
        .filter(|(_, target)| *target != stance.target)
        .map(|(row, target)| choice(row, focus, Act::Target(target)));
    popup("What is it about?", rows.collect())
}

/// Of which other kind an entity could be.
pub fn kinds(focus: &Focus, id: EntityId, annotated: &Annotated) -> Option<Popup> {
    let entity = annotated.entity(id)?;
    let others = EntityKind::ALL.into_iter().filter(|k| *k != entity.kind);
    let row = |kind: EntityKind| SheetRow {
        body: vec![Run::own(kind.name(), kind.role())],
        ..SheetRow::default()
    };
    let rows = others.map(|kind| choice(row(kind), focus, Act::Kind(kind)));
    popup(&format!("What is {}?", entity.name), rows.collect())
}

/// With which other entity an entity could be one: those of its kind first.
pub fn entities(focus: &Focus, id: EntityId, annotated: &Annotated) -> Option<Popup> {
    let entity = annotated.entity(id)?;
    let at = focus.start(annotated, &[])?;
    let mut others = nearest(annotated, at);
    others.retain(|e| e.id != id);
    others.sort_by_key(|e| e.kind != entity.kind);
    let rows = others
        .into_iter()
        .map(|e| choice(entity_row(e), focus, Act::Into(e.id)));
    popup(&format!("{} is the same as", entity.name), rows.collect())
}

/// What the reader corrected, each with what became of it.
pub fn made(corrections: &[Correction], annotated: &Annotated) -> Popup {
    let mut rows: Rows = Vec::new();
    for (n, correction) in corrections.iter().enumerate() {
        let (label, text) = match correction {
            Correction::Stance { was, now, .. } => match now {
                Verdict::Rejected => ("rejected", was.to_string()),
                Verdict::Accepted => ("accepted", was.to_string()),
                Verdict::Changed {
                    holder,
                    target,
                    polarity,
                } => {
                    let mut now = was.clone();
                    now.holder = holder.clone().unwrap_or(now.holder);
                    now.target = target.clone().unwrap_or(now.target);
                    now.polarity = polarity.unwrap_or(now.polarity);
                    ("changed", format!("{now} (was {was})"))
                }
            },
            Correction::Kind { entity, kind } => (
                "kind",
                format!("{} is of kind {}", entity.name, kind.name()),
            ),
            Correction::Merge { entity, into } => {
                ("merged", format!("{} is {}", entity.name, into.name))
            }
            Correction::Split { mention } => {
                let words = crate::base::text::one_line(&mention.place.anchor.exact);
                ("split", format!("“{words}” is not {}", mention.name))
            }
        };
        let mut row = SheetRow::fact(label, LABEL, text);
        if annotated.corrected.waiting.contains(&n) {
            let waits = "  found nothing to correct here; kept";
            row.body.push(Run::own(waits, Role::Dim));
        }
        rows.push((row, Some(Choice::Made(n))));
    }
    if rows.is_empty() {
        let none = "Nothing yet: ca accepts a stance, cr rejects it, cp ch ct change it.";
        rows.push((SheetRow::text(none, Role::Dim), None));
    }
    Popup::new(About::Corrections, "Your corrections", rows)
}
