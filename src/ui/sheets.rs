//! What stands in the popups: help, details, explanations, the export menu, the kinds, the card.

use crate::base::text::{printable, width};
use crate::base::{EntityId, EntityKind, Kinds, Role, Span};
use crate::config::{Command, Context, Group, Keymap, key};
use crate::model::merge::Differences;
use crate::model::{Annotated, Document, Filter, Highlight};
use crate::ui::desk::{Exported, FormatInfo};
use crate::ui::popup::{About, Choice, Popup};
use crate::view::{self, Focus, Lead, Ledger, Run, SheetRow};

/// Columns of the key names in help.
const KEYS: usize = 22;
/// Lines of an export that a preview shows.
const PREVIEW: usize = 400;
/// Characters of such a line.
const PREVIEW_LINE: usize = 2000;
/// Columns of the labels of details.
const LABEL: usize = 12;

pub(super) type Rows = Vec<(SheetRow, Option<Choice>)>;

/// Help, from the command table and the keys in force.
pub fn help(keymap: &Keymap) -> Popup {
    let mut rows: Rows = Vec::new();
    for group in Group::ALL {
        if !rows.is_empty() {
            rows.push((SheetRow::default(), None));
        }
        rows.push((SheetRow::text(group.title(), Role::Label), None));
        for &command in Command::ALL.iter().filter(|c| c.group() == group) {
            let keys = keys_of(keymap, command);
            let pad = KEYS.saturating_sub(width(&keys)).max(1);
            let row = SheetRow {
                lead: vec![
                    Run::own(keys, Role::Key),
                    Run::own(" ".repeat(pad), Role::Text),
                ],
                body: vec![
                    Run::own(command.doc(), Role::Text),
                    Run::own(format!("  :{}", command.name()), Role::Dim),
                ],
                ..SheetRow::default()
            };
            rows.push((row, None));
        }
    }
    rows.push((SheetRow::default(), None));
    rows.extend(page(crate::docs::STANCE));
    Popup::new(About::Help, "Help", rows)
}

/// A page of the docs: headings, and each paragraph or item as one row.
fn page(text: &str) -> Rows {
    let mut rows: Rows = Vec::new();
    for block in text.split("\n\n") {
        for item in block.split("\n- ") {
            let line = item.split_whitespace().collect::<Vec<_>>().join(" ");
            let heading = line.trim_start_matches('#');
            let row = if heading.len() < line.len() {
                SheetRow::text(heading.trim(), Role::Label)
            } else {
                SheetRow::text(line.trim_start_matches("- ").replace("**", ""), Role::Text)
            };
            rows.push((row, None));
        }
        rows.push((SheetRow::default(), None));
    }
    rows
}

/// What is known about the article.
pub fn details(annotated: &Annotated, highlights: &[Highlight]) -> Popup {
    let document: &Document = &annotated.document;
    let meta = &document.meta;
    let mut rows: Rows = Vec::new();
    let mut fact = |name: &str, value: String| {
        if !value.is_empty() {
            rows.push((SheetRow::fact(name, LABEL, value), None));
        }
    };
    fact("Title", meta.title.clone().unwrap_or_default());
    fact("By", meta.authors.join(", "));
    fact("Published", meta.when().unwrap_or_default());
    fact("Outlet", meta.outlet.clone().unwrap_or_default());
    fact("From", meta.uri.clone().unwrap_or_default());
    fact("Topics", meta.topics.join(", "));
    fact(
        "Words",
        document.text.split_whitespace().count().to_string(),
    );
    fact(
        "Found",
        format!(
            "{} entities, {} quotes, {} stances, {} linked passages",
            view::named(annotated, &view::bare(annotated)),
            annotated.quotes.len(),
            annotated.stances.len(),
            annotated.links.len()
        ),
    );
    fact("Highlights", highlights.len().to_string());
    let corrected = &annotated.corrected;
    let laid = corrected.stances.len() + corrected.entities.len() + corrected.rejected;
    let waiting = corrected.waiting.len();
    if laid + waiting > 0 {
        let waits = format!("{laid} laid on, {waiting} found nothing to correct");
        fact("Corrections", waits);
    }
    fact("Id", document.id.clone());
    for detail in &document.details {
        fact("Note", detail.clone());
    }
    Popup::new(About::Facts, "Details", rows)
}

/// All that is known about an annotation, one fact a row.
pub fn explanation(focus: &Focus, annotated: &Annotated, highlights: &[Highlight]) -> Popup {
    let rows = view::explain_fully(focus, annotated, highlights)
        .into_iter()
        .map(|fact| (SheetRow::text(fact, Role::Text), None))
        .collect();
    Popup::new(About::Explain(focus.clone()), "Explanation", rows)
}

/// Stances toward words of the text, or why there are none.
pub fn ask(span: Span, annotated: &Annotated, ascii: bool) -> Popup {
    let asked = view::ask(span, annotated, ascii);
    Popup::new(About::Ask(span), &asked.title, leading(asked.rows))
}

/// What an export will be: what it leaves behind, and how it begins.
pub fn preview(format: FormatInfo, filter: Filter, made: &Exported) -> Popup {
    let mut rows: Rows = Vec::new();
    let size = format!("{} bytes", made.bytes.len());
    rows.push((SheetRow::fact("Size", LABEL, size), None));
    if !filter.is_empty() {
        rows.push((SheetRow::fact("Only", LABEL, filter.to_string()), None));
    }
    if !made.lost.is_empty() {
        let lost = made.lost.join(", ");
        rows.push((SheetRow::fact("Left out", LABEL, lost), None));
    }
    rows.push((SheetRow::default(), None));
    let text = String::from_utf8_lossy(&made.bytes);
    let mut lines = text.lines();
    for line in lines.by_ref().take(PREVIEW) {
        // A page's style is one long line; nobody reads on there.
        let shown: String = line.chars().take(PREVIEW_LINE).collect();
        let shown = printable(&shown.replace('\t', "  ")).into_owned();
        rows.push((SheetRow::text(shown, Role::Text), None));
    }
    let more = lines.count();
    if more > 0 {
        let more = format!("… and {more} more lines");
        rows.push((SheetRow::text(more, Role::Dim), None));
    }
    let title = format!("{} before it leaves", format.label);
    Popup::new(About::Preview(format, filter), &title, rows)
}

/// The export menu: which format. Where to is asked by a prompt.
pub fn export(formats: Vec<FormatInfo>, filter: Filter, marks: usize) -> Popup {
    let label = formats.iter().map(|f| width(f.label)).max().unwrap_or(0) + 2;
    let rows = formats
        .into_iter()
        .map(|format| {
            let pad = label.saturating_sub(width(format.label));
            let row = SheetRow {
                lead: vec![
                    Run::own(format.label, Role::Key),
                    Run::own(" ".repeat(pad), Role::Text),
                ],
                ..SheetRow::text(format.about, Role::Text)
            };
            (row, Some(Choice::Format(format)))
        })
        .collect();
    let title = if filter.is_empty() {
        "Export".to_owned()
    } else {
        let highlights = if marks == 1 {
            "highlight"
        } else {
            "highlights"
        };
        format!("Export: only {filter} ({marks} {highlights})")
    };
    Popup::new(About::Export(filter), &title, rows)
}

/// The kinds of entities, each with what is seen of it.
pub fn kinds(annotated: &Annotated, kinds: Kinds, ascii: bool) -> Popup {
    Popup::new(About::Kinds, "Kinds", kind_rows(annotated, kinds, ascii))
}

/// The rows of [`kinds`].
pub fn kind_rows(annotated: &Annotated, kinds: Kinds, ascii: bool) -> Rows {
    EntityKind::ALL
        .into_iter()
        .map(|kind| {
            let count = annotated.entities.iter().filter(|e| e.kind == kind).count();
            let sign = if ascii {
                view::ascii_sign(kind)
            } else {
                view::sign(kind)
            };
            let row = SheetRow {
                lead: vec![
                    Run::own(format!("{sign} {:<14}", kind.plural()), kind.role()),
                    Run::own(format!("{count:>3}  "), Role::Dim),
                ],
                ..SheetRow::text(kinds.of(kind).words(), Role::Text)
            };
            (row, Some(Choice::Kind(kind)))
        })
        .collect()
}

/// The card of an entity.
pub fn card(entity: EntityId, annotated: &Annotated, ascii: bool) -> Option<Popup> {
    let card = view::card(entity, annotated, ascii)?;
    let rows = card
        .rows
        .into_iter()
        .map(|(row, focus)| (row, focus.map(Choice::Go)))
        .collect();
    Some(Popup::new(About::Card(entity), &card.title, rows))
}

fn leading(rows: Vec<(SheetRow, Option<Lead>)>) -> Rows {
    let choice = |lead| match lead {
        Lead::Go(focus) => Choice::Go(focus),
        Lead::Ledger(ledger) => Choice::Ledger(ledger),
    };
    let rows = rows.into_iter();
    rows.map(|(row, lead)| (row, lead.map(choice))).collect()
}

/// The ledger, or a part of it.
pub fn ledger(ledger: &Ledger, annotated: &Annotated, ascii: bool) -> Popup {
    let rows = leading(ledger.rows(annotated, ascii));
    let title = ledger.title(annotated);
    Popup::new(About::Ledger(ledger.clone()), &title, rows)
}

/// Quotes by speaker, balance, silent parties.
pub fn voices(annotated: &Annotated, ascii: bool) -> Popup {
    let rows = leading(view::voices(annotated, ascii));
    Popup::new(About::Voices, "Who is heard", rows)
}

/// Where another annotator and byline differ.
pub fn others(found: &Differences, annotated: &Annotated, ascii: bool) -> Popup {
    let rows = view::others(found, annotated, ascii).into_iter();
    let rows = rows.map(|(row, focus)| (row, focus.map(Choice::Go)));
    let title = format!("byline and {}", found.by);
    Popup::new(About::Others, &title, rows.collect())
}

/// The keys of a command as help shows them, the shortest first.
fn keys_of(keymap: &Keymap, command: Command) -> String {
    let mut shown: Vec<String> = Vec::new();
    for (context, keys) in keymap.keys_of(command) {
        let name = key::show(keys);
        if !shown.contains(&name) && context != Context::Popup {
            shown.push(name);
        }
    }
    // Letters first: they are what fingers learn.
    shown.sort_by_key(|name| (width(name), name.starts_with('^')));
    let mut out = String::new();
    for name in shown {
        if !out.is_empty() && width(&out) + width(&name) + 1 > KEYS - 1 {
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&name);
    }
    out
}
