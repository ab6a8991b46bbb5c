//! What stands beside the list of the library: what the chosen article is, who is for or against what
//! in it, and how it begins.

use crate::base::Role;
use crate::model::library::{Item, StanceNote};
use crate::view::ledger::polarity_sign;
use crate::view::paint::Run;
use crate::view::sheet::{SheetRow, Short};

/// Stances that are shown.
const STANCES: usize = 6;
/// Columns of evidence without which a stance is better told in two lines.
const EVIDENCE: usize = 12;

/// The rows of a preview.
pub fn preview(item: &Item, text: &str, stances: &[StanceNote], ascii: bool) -> Vec<SheetRow> {
    let mut rows = vec![SheetRow::text(item.title.clone(), Role::Title)];
    let mut facts = Vec::new();
    if !item.authors.is_empty() {
        facts.push(item.authors.join(", "));
    }
    facts.extend(item.outlet.clone());
    facts.push(item.when());
    facts.push(format!("{} words", item.words));
    rows.push(SheetRow::text(facts.join(" · "), Role::Byline));
    if !item.tags.is_empty() {
        rows.push(SheetRow::text(
            format!("#{}", item.tags.join(" #")),
            Role::Topic,
        ));
    }
    if let Some(snippet) = &item.snippet {
        rows.push(SheetRow::default());
        rows.push(hits(snippet));
    }
    if !stances.is_empty() {
        rows.push(SheetRow::default());
        rows.extend(stances.iter().take(STANCES).map(|s| stance(s, ascii)));
        if let Some(more) = stances.len().checked_sub(STANCES).filter(|n| *n > 0) {
            rows.push(SheetRow::text(format!("  and {more} more"), Role::Dim));
        }
    }
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        rows.push(SheetRow::default());
        rows.push(SheetRow::text(line, Role::Text));
    }
    rows
}

/// Words around a hit, which stands between U+0002 and U+0003.
fn hits(snippet: &str) -> SheetRow {
    let mut body = Vec::new();
    let line = crate::base::text::one_line(snippet);
    for (n, part) in line.split(['\u{2}', '\u{3}']).enumerate() {
        let role = if n % 2 == 1 { Role::Match } else { Role::Dim };
        if !part.is_empty() {
            body.push(Run::own(part, role));
        }
    }
    SheetRow {
        body,
        ..SheetRow::default()
    }
}

/// A stance in one line: side, holder, target, and the words that show it as far as there is room.
fn stance(note: &StanceNote, ascii: bool) -> SheetRow {
    let role = note.polarity.role();
    let sign = polarity_sign(note.polarity, ascii);
    let arrow = if ascii { "->" } else { "→" };
    let lead = vec![Run::own(format!("{sign} "), role)];
    let body = vec![
        Run::own(
            format!("{} {arrow} {}  ", note.holder, note.target),
            Role::Text,
        ),
        Run::own(format!("“{}”", note.evidence), Role::Quote),
    ];
    SheetRow {
        lead,
        short: Some(Short {
            runs: body.clone(),
            cut: 1,
            least: EVIDENCE,
        }),
        body,
        ..SheetRow::default()
    }
}
