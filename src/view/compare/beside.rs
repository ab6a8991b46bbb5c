//! A comparison side by side: a column an article, and what belongs together in one row: a stance, a
//! speaker. What an article does not have is a dash in its column.

use std::collections::BTreeMap;

use super::{Comparison, Found, Held, MOST, Voice, letter, likeness, listed};
use crate::base::Role;
use crate::base::text::one_line;
use crate::model::{Annotated, Entity, Quote, Stance};
use crate::view::cells::{Cell, Cells};
use crate::view::entities::{ascii_sign, sign};
use crate::view::focus::Focus;
use crate::view::ledger::polarity_sign;
use crate::view::paint::Run;
use crate::view::sheet::SheetRow;

/// Lines of a quotation.
const LINES: usize = 3;
/// Stances of one holder toward one thing that a cell tells.
const STANCES: usize = 4;

type Row = Cells<Found>;

fn heading(rows: &mut Vec<Row>, title: &str) {
    rows.push(Cells::one(SheetRow::default(), None));
    rows.push(Cells::one(SheetRow::text(title, Role::Label), None));
}

/// What stands where an article has nothing.
fn nothing() -> Cell<Found> {
    Cell::of(SheetRow::text("–", Role::Dim), None)
}

impl Comparison<'_> {
    /// Its rows, with a cell for each article; the first says what the columns are.
    pub fn beside(&self, ascii: bool) -> Vec<Row> {
        let count = self.articles.len();
        let row = |cell: &dyn Fn(usize) -> Cell<Found>| Cells {
            label: None,
            cells: (0..count).map(cell).collect(),
        };
        let mut rows = vec![
            row(&|n| Cell::of(self.column(n), None)),
            row(&|n| self.head(n)),
        ];
        heading(&mut rows, "Text in common");
        for &(a, b, alike) in &self.texts {
            let label = format!("{} and {}", letter(a), letter(b));
            let fact = SheetRow::fact(&label, 10, likeness(alike));
            rows.push(Cells::one(fact, None));
        }
        let (differing, same) = self.shared();
        let single: Vec<&Held<'_>> = self.held.iter().filter(|h| h.by.len() == 1).collect();
        for (title, list) in [
            ("Stances that differ", differing),
            ("Stances in several", same),
            ("Stances in one only", single),
        ] {
            if !list.is_empty() {
                heading(&mut rows, title);
                rows.extend(list.into_iter().map(|held| self.held(held, ascii)));
            }
        }
        if !self.voices.is_empty() {
            heading(&mut rows, "Quoted");
        }
        // First what the reader of one article would miss.
        let (single, several): (Vec<&Voice<'_>>, Vec<&Voice<'_>>) =
            self.voices.iter().partition(|v| v.by.len() == 1);
        let voices = single.into_iter().chain(several);
        rows.extend(voices.map(|voice| self.voice(voice)));
        for (title, light) in [("Named", false), ("Numbers and dates", true)] {
            self.only_rows(title, light, ascii, &mut rows);
            let several = self.in_several(light);
            if !several.is_empty() {
                let places = if count == 2 { "both" } else { "several" };
                heading(&mut rows, &format!("{title} in {places}"));
                let names = listed(several.iter().map(String::as_str));
                let names = SheetRow::text(names, Role::Text);
                rows.push(Cells::one(names, None));
            }
        }
        rows
    }

    /// What a column is: the outlet, or where the article came from.
    fn column(&self, n: usize) -> SheetRow {
        let meta = &self.articles[n].document.meta;
        let name = meta.outlet.as_ref().or(meta.uri.as_ref());
        let name = name.map_or("–", String::as_str);
        SheetRow {
            lead: vec![Run::own(format!("{}  ", letter(n)), Role::Key)],
            keep: Some(0),
            ..SheetRow::text(name, Role::PaneTitle)
        }
    }

    fn head(&self, n: usize) -> Cell<Found> {
        let title = self.articles[n].document.display_title();
        let rows = vec![
            SheetRow::text(title, Role::Title),
            SheetRow::text(self.facts(n).join(" · "), Role::Byline),
        ];
        Cell { rows, leads: None }
    }

    /// A row with what each article has of something, a dash where it has nothing.
    fn row<V>(
        &self,
        label: SheetRow,
        by: &BTreeMap<usize, V>,
        cell: impl Fn(usize, &V) -> Cell<Found>,
    ) -> Row {
        let all = 0..self.articles.len();
        Cells {
            label: Some(label),
            cells: all
                .map(|n| by.get(&n).map_or_else(nothing, |v| cell(n, v)))
                .collect(),
        }
    }

    fn held(&self, held: &Held<'_>, ascii: bool) -> Row {
        let arrow = if ascii { "->" } else { "→" };
        let text = format!("{} {arrow} {}", held.holder, held.target);
        let mut label = SheetRow::text(text, Role::Text);
        if held.by.len() > 1 && held.differs() {
            let mark = if ascii { "!= " } else { "≠ " };
            label.lead.push(Run::own(mark, Role::Key));
        }
        self.row(label, &held.by, |n, stances| {
            stance_cell(n, self.articles[n], stances, ascii)
        })
    }

    fn voice(&self, voice: &Voice<'_>) -> Row {
        let mut label = SheetRow::text(voice.name, Role::Text);
        if let (1, Some(n)) = (voice.by.len(), voice.by.keys().next()) {
            let only = format!("  in {} only", letter(*n));
            label.body.push(Run::own(only, Role::Key));
        }
        self.row(label, &voice.by, |n, quotes| {
            quote_cell(n, self.articles[n], quotes)
        })
    }

    /// What each article has alone, a name a line.
    fn only_rows(&self, title: &str, light: bool, ascii: bool, rows: &mut Vec<Row>) {
        let own: Vec<Vec<(&Entity, usize)>> = (0..self.articles.len())
            .map(|n| self.only(n, light))
            .collect();
        let most = own.iter().map(Vec::len).max().unwrap_or(0);
        if most == 0 {
            return;
        }
        heading(rows, &format!("{title} in one only"));
        for k in 0..most.min(MOST) {
            let cell = |(n, own): (usize, &Vec<(&Entity, usize)>)| match own.get(k) {
                Some((entity, mention)) => name_cell(n, entity, *mention, ascii),
                None if k == 0 => nothing(),
                None => Cell::of(SheetRow::default(), None),
            };
            rows.push(Cells {
                label: None,
                cells: own.iter().enumerate().map(cell).collect(),
            });
        }
        if most > MOST {
            let more = |own: &Vec<(&Entity, usize)>| {
                let more = own.len().saturating_sub(MOST);
                let text = format!("and {more} more");
                let text = if more > 0 { text } else { String::new() };
                Cell::of(SheetRow::text(text, Role::Dim), None)
            };
            rows.push(Cells {
                label: None,
                cells: own.iter().map(more).collect(),
            });
        }
    }
}

/// The stances of a holder in one article: each side with the words that show it.
fn stance_cell(n: usize, article: &Annotated, stances: &[&Stance], ascii: bool) -> Cell<Found> {
    let mut told: Vec<(char, String)> = Vec::new();
    let mut rows = Vec::new();
    for stance in stances {
        let words: Vec<&str> = stance
            .evidence
            .iter()
            .map(|e| article.document.slice(*e))
            .collect();
        let sign = polarity_sign(stance.polarity, ascii);
        let words = one_line(&words.join(" … "));
        let row = SheetRow {
            lead: vec![Run::own(format!("{sign} "), stance.polarity.role())],
            most: Some(LINES),
            ..SheetRow::text(format!("“{words}”"), Role::Quote)
        };
        // The same words once more say nothing new.
        if !told.contains(&(sign, words.clone())) {
            told.push((sign, words));
            rows.push(row);
        }
    }
    let more = rows.len().saturating_sub(STANCES);
    if more > 0 {
        rows.truncate(STANCES);
        rows.push(SheetRow::text(format!("and {more} more"), Role::Dim));
    }
    let first = stances.first().map(|s| (n, Focus::Stance(s.id)));
    Cell { rows, leads: first }
}

/// What a speaker says in one article: how much, and how it begins.
fn quote_cell(n: usize, article: &Annotated, quotes: &[&Quote]) -> Cell<Found> {
    let text = |quote: &Quote| one_line(article.document.slice(quote.span));
    let words: usize = quotes
        .iter()
        .map(|q| text(q).split_whitespace().count())
        .sum();
    let s = |count: usize| if count == 1 { "" } else { "s" };
    let (count, first) = (quotes.len(), quotes.first());
    let size = format!("{count} quote{} · {words} word{}", s(count), s(words));
    let begins = SheetRow {
        most: Some(LINES),
        ..SheetRow::text(first.map(|q| text(q)).unwrap_or_default(), Role::Quote)
    };
    Cell {
        rows: vec![begins, SheetRow::text(size, Role::Dim)],
        leads: first.map(|q| (n, Focus::Quote(q.id))),
    }
}

fn name_cell(n: usize, entity: &Entity, mention: usize, ascii: bool) -> Cell<Found> {
    let sign = if ascii {
        ascii_sign(entity.kind)
    } else {
        sign(entity.kind)
    };
    let role = entity.kind.role();
    let mut row = SheetRow {
        lead: vec![Run::own(format!("{sign} "), role)],
        ..SheetRow::text(entity.name.clone(), role)
    };
    if entity.mentions.len() > 1 {
        let times = format!("  {}", entity.mentions.len());
        row.body.push(Run::own(times, Role::Dim));
    }
    let focus = Focus::Mention {
        entity: entity.id,
        mention,
    };
    Cell::of(row, Some((n, focus)))
}
