//! The dossier of an entity over the whole library: when it was for and against what, who was for and
//! against it, what it said, in which outlets, beside whom.

use jiff::civil::Date;

use crate::base::text::width;
use crate::base::{QuoteId, Role, StanceId};
use crate::model::Polarity;
use crate::model::library::{ArticleId, Dossier, QuoteNote, StanceNote};
use crate::view::focus::Focus;
use crate::view::ledger::polarity_sign;
use crate::view::paint::Run;
use crate::view::sheet::SheetRow;

/// Cells of the plot, and so columns.
const CELLS: usize = 48;
/// Rows of one part.
const ROWS: usize = 200;
/// Columns of the labels.
const LABEL: usize = 14;

/// A row, and the place it leads to.
type Row = (SheetRow, Option<(ArticleId, Option<Focus>)>);

/// The rows of a dossier.
pub fn dossier(dossier: &Dossier, ascii: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let fact = |label: &str, text: String| (SheetRow::fact(label, LABEL, text), None);
    if !dossier.aliases.is_empty() {
        rows.push(fact("Also", dossier.aliases.join(", ")));
    }
    if let Some(kind) = dossier.kind {
        rows.push(fact("Kind", kind.name().to_owned()));
    }
    let s = if dossier.articles == 1 { "" } else { "s" };
    rows.push(fact("Named in", format!("{} article{s}", dossier.articles)));
    if !dossier.outlets.is_empty() {
        rows.push(fact("Outlets", counted(&dossier.outlets)));
    }
    if !dossier.beside.is_empty() {
        rows.push(fact("Named with", counted(&dossier.beside)));
    }
    plot(dossier, ascii, &mut rows);
    let parts = [
        ("Held", &dossier.held, true),
        ("Received", &dossier.received, false),
    ];
    for (title, notes, held) in parts {
        heading(&mut rows, title, notes.len());
        rows.extend(
            notes
                .iter()
                .take(ROWS)
                .map(|note| stance(note, held, ascii)),
        );
    }
    heading(&mut rows, "Says", dossier.quotes.len());
    rows.extend(dossier.quotes.iter().take(ROWS).map(quote));
    rows
}

fn counted(list: &[(String, usize)]) -> String {
    let words: Vec<String> = list.iter().map(|(n, c)| format!("{n} {c}")).collect();
    words.join(", ")
}

fn heading(rows: &mut Vec<Row>, title: &str, count: usize) {
    rows.push((SheetRow::default(), None));
    let more = if count > ROWS {
        format!(", the latest {ROWS}")
    } else {
        String::new()
    };
    let text = match count {
        0 => format!("{title}: nothing in the library"),
        _ => format!("{title} ({count}{more})"),
    };
    rows.push((SheetRow::text(text, Role::Label), None));
}

fn stance(note: &StanceNote, held: bool, ascii: bool) -> Row {
    let sign = polarity_sign(note.polarity, ascii);
    let arrow = if ascii { "->" } else { "→" };
    let other = if held {
        format!("{arrow} {}", note.target)
    } else {
        format!("{} {arrow}", note.holder)
    };
    let outlet = note.outlet.as_deref().unwrap_or("");
    let row = SheetRow {
        lead: vec![
            Run::own(format!("{sign} "), note.polarity.role()),
            Run::own(format!("{}  ", note.day), Role::Date),
        ],
        body: vec![
            Run::own(format!("{other}  "), Role::Text),
            Run::own(format!("“{}”", note.evidence), Role::Quote),
            Run::own(format!("  {outlet}"), Role::Dim),
        ],
        ..SheetRow::default()
    };
    let focus = Focus::Stance(StanceId::at(note.position));
    (row, Some((note.article, Some(focus))))
}

fn quote(note: &QuoteNote) -> Row {
    let outlet = note.outlet.as_deref().unwrap_or("");
    let row = SheetRow {
        lead: vec![Run::own(format!("  {}  ", note.day), Role::Date)],
        body: vec![
            Run::own(note.text.clone(), Role::Quote),
            Run::own(format!("  {outlet}"), Role::Dim),
        ],
        ..SheetRow::default()
    };
    let focus = Focus::Quote(QuoteId::at(note.position));
    (row, Some((note.article, Some(focus))))
}

/// How often each side was taken, over the time that the stances span.
fn plot(dossier: &Dossier, ascii: bool, rows: &mut Vec<Row>) {
    let all = dossier.held.iter().chain(&dossier.received);
    let days: Vec<Date> = all.map(|n| n.day).collect();
    let (Some(&first), Some(&last)) = (days.iter().min(), days.iter().max()) else {
        return;
    };
    let length = days_between(first, last) + 1;
    let cells = length.clamp(1, CELLS);
    rows.push((SheetRow::default(), None));
    for (title, notes) in [("Held", &dossier.held), ("Received", &dossier.received)] {
        for (n, polarity) in Polarity::ALL.into_iter().enumerate() {
            let mut counts = vec![0; cells];
            for note in notes.iter().filter(|note| note.polarity == polarity) {
                let at = days_between(first, note.day) * cells / length;
                counts[at.min(cells - 1)] += 1;
            }
            if counts.iter().all(|c| *c == 0) && n == 2 {
                continue;
            }
            let total: usize = counts.iter().sum();
            let sign = polarity_sign(polarity, ascii);
            let label = if n == 0 { title } else { "" };
            let pad = LABEL.saturating_sub(width(label));
            let row = SheetRow {
                lead: vec![
                    Run::own(format!("{label}{}", " ".repeat(pad)), Role::Label),
                    Run::own(format!("{sign} "), polarity.role()),
                ],
                body: vec![
                    Run::own(bars(&counts, ascii), polarity.role()),
                    Run::own(format!("  {total}"), Role::Dim),
                ],
                keep: Some(0),
                ..SheetRow::default()
            };
            rows.push((row, None));
        }
    }
    let (from, to) = (first.to_string(), last.to_string());
    let axis = if cells < from.len() + to.len() + 1 {
        format!("{from} – {to}")
    } else {
        format!("{from}{}{to}", " ".repeat(cells - from.len() - to.len()))
    };
    let row = SheetRow {
        lead: vec![Run::own(" ".repeat(LABEL + 2), Role::Text)],
        ..SheetRow::text(axis, Role::Date)
    };
    rows.push((row, None));
}

fn days_between(from: Date, to: Date) -> usize {
    from.until(to)
        .map_or(0, |span| span.get_days().max(0) as usize)
}

/// Counts as blocks, or as digits and dots.
fn bars(counts: &[usize], ascii: bool) -> String {
    const BLOCKS: [char; 9] = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    const FULL: usize = 4;
    let full = counts.iter().copied().max().unwrap_or(0).max(FULL);
    let cell = |&count: &usize| match (ascii, count) {
        (true, 0) => '.',
        (true, n) => char::from_digit(n.min(9) as u32, 10).unwrap_or('9'),
        (false, n) => BLOCKS[(n * 8).div_ceil(full).min(8)],
    };
    counts.iter().map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn note(day: Date, polarity: Polarity) -> StanceNote {
        StanceNote {
            article: 1,
            position: 0,
            day,
            outlet: None,
            title: String::new(),
            holder: "Mira Solberg".to_owned(),
            target: "Tidal Pact".to_owned(),
            polarity,
            strength: 2,
            confidence: 0.9,
            evidence: "rejects".to_owned(),
        }
    }

    #[test]
    fn the_plot_puts_each_day_into_its_cell() {
        let held = vec![
            note(date(2025, 3, 10), Polarity::Against),
            note(date(2025, 3, 1), Polarity::For),
            note(date(2025, 3, 1), Polarity::For),
        ];
        let whole = Dossier {
            name: "Mira Solberg".to_owned(),
            aliases: Vec::new(),
            kind: None,
            outlets: Vec::new(),
            articles: 2,
            held,
            received: Vec::new(),
            quotes: Vec::new(),
            beside: Vec::new(),
        };
        let words: Vec<String> = dossier(&whole, true).iter().map(|r| r.0.words()).collect();
        let line = |start: &str| words.iter().find(|w| w.starts_with(start)).unwrap().clone();
        assert_eq!(line("Held          +"), "Held          + 2.........  2");
        assert_eq!(line("              -"), "              - .........1  1");
        assert!(words.iter().any(|w| w.ends_with("2025-03-01 – 2025-03-10")));
        assert!(words.iter().any(|w| w == "Says: nothing in the library"));
    }

    #[test]
    fn bars_are_never_nothing_for_something() {
        assert_eq!(bars(&[0, 1, 40], false), "·▁█");
    }
}
