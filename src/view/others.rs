//! Where another annotator differs from byline: at the same words, and in one of them only. Calls
//! `base` and `model`.

use crate::base::text::one_line;
use crate::base::{Role, Span};
use crate::model::merge::{Differences, Single};
use crate::model::{Annotated, evidence_hull};
use crate::view::explain::plural;
use crate::view::focus::Focus;
use crate::view::paint::Run;
use crate::view::sheet::SheetRow;

type Row = (SheetRow, Option<Focus>);

/// The rows of the popup, each with where it leads: what both read otherwise at the same words, then
/// what only one of them has.
pub fn others(found: &Differences, annotated: &Annotated, ascii: bool) -> Vec<Row> {
    let same = plural(found.both, "annotation", "annotations");
    let mut rows = vec![(
        SheetRow::text(format!("{same} alike in both"), Role::Dim),
        None,
    )];
    let rival = |one: &Single, all: &[Single]| {
        all.iter()
            .position(|s| s.layer == one.layer && s.span.overlaps(one.span))
    };
    let (otherwise, ours): (Vec<&Single>, Vec<&Single>) = found
        .ours
        .iter()
        .partition(|s| rival(s, &found.theirs).is_some());
    let theirs = found
        .theirs
        .iter()
        .filter(|s| rival(s, &found.ours).is_none());
    let arrow = if ascii { "->" } else { "→" };
    let otherwise = otherwise.into_iter().filter_map(|one| {
        let other = &found.theirs[rival(one, &found.theirs)?];
        let mut what = format!("{} {arrow} {}", one.what, other.what);
        if other.span != one.span {
            what.push_str(&format!("  {}", quoted(annotated, other.span)));
        }
        Some((one, what))
    });
    let alone = |s: &Single| s.what.clone();
    let title = format!("Otherwise in {}", found.by);
    section(&mut rows, annotated, &title, otherwise);
    let ours = ours.into_iter().map(|s| (s, alone(s)));
    section(&mut rows, annotated, "In byline only", ours);
    let title = format!("In {} only", found.by);
    section(&mut rows, annotated, &title, theirs.map(|s| (s, alone(s))));
    rows
}

/// A heading and its rows. The same words that are the same thing in several places are one row,
/// which leads to the first of them.
fn section<'a>(
    rows: &mut Vec<Row>,
    annotated: &Annotated,
    title: &str,
    of: impl Iterator<Item = (&'a Single, String)>,
) {
    let mut seen: Vec<(&Single, String, String, usize)> = Vec::new();
    for (one, what) in of {
        let words = quoted(annotated, one.span);
        let known = seen
            .iter_mut()
            .find(|(s, w, k, _)| s.layer == one.layer && *w == words && *k == what);
        match known {
            Some((.., count)) => *count += 1,
            None => seen.push((one, words, what, 1)),
        }
    }
    if seen.is_empty() {
        return;
    }
    let all: usize = seen.iter().map(|(.., count)| count).sum();
    rows.push((SheetRow::default(), None));
    rows.push((
        SheetRow::text(format!("{title} · {all}"), Role::Label),
        None,
    ));
    for (one, words, what, count) in seen {
        let times = if count > 1 {
            format!("  ({count})")
        } else {
            String::new()
        };
        let row = SheetRow {
            lead: vec![Run::own(format!("{:<9}", one.layer), Role::Label)],
            body: vec![
                Run::own(words, Role::Quote),
                Run::own(format!("  {what}"), Role::Text),
                Run::own(times, Role::Dim),
            ],
            ..SheetRow::default()
        };
        rows.push((row, place(annotated, one)));
    }
}

fn quoted(annotated: &Annotated, span: Span) -> String {
    format!("“{}”", one_line(annotated.document.slice(span)))
}

/// The annotation at these words.
fn place(annotated: &Annotated, one: &Single) -> Option<Focus> {
    match one.layer {
        "mention" => annotated.entities.iter().find_map(|e| {
            let at = e.mentions.iter().position(|m| m.span.overlaps(one.span));
            at.map(|mention| Focus::Mention {
                entity: e.id,
                mention,
            })
        }),
        "quote" => {
            let quote = annotated.quotes.iter().find(|q| q.span.overlaps(one.span));
            quote.map(|q| Focus::Quote(q.id))
        }
        _ => {
            let stance = annotated
                .stances
                .iter()
                .find(|s| evidence_hull(s).overlaps(one.span));
            stance.map(|s| Focus::Stance(s.id))
        }
    }
}
