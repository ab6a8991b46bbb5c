//! A comparison in one column, for windows without room for more: a section for each article with
//! what it has alone.

use std::collections::BTreeSet;

use super::{Comparison, Found, Held, letter, likeness, listed, sides};
use crate::base::Role;
use crate::base::text::{one_line, truncate};
use crate::model::Polarity;
use crate::view::focus::Focus;
use crate::view::ledger::polarity_sign;
use crate::view::paint::Run;
use crate::view::sheet::SheetRow;

/// Columns of a quotation.
const QUOTE: usize = 160;

type Row = (SheetRow, Option<Found>);

fn heading(rows: &mut Vec<Row>, title: &str) {
    rows.push((SheetRow::default(), None));
    rows.push((SheetRow::text(title, Role::Label), None));
}

impl Comparison<'_> {
    /// Its rows one below the other.
    pub fn stacked(&self, ascii: bool) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (n, article) in self.articles.iter().enumerate() {
            let mut facts = self.facts(n);
            facts.splice(..0, article.document.meta.outlet.clone());
            let row = SheetRow {
                lead: vec![Run::own(format!("{}  ", letter(n)), Role::Key)],
                body: vec![
                    Run::own(article.document.display_title(), Role::Title),
                    Run::own(format!("  {}", facts.join(" · ")), Role::Byline),
                ],
                ..SheetRow::default()
            };
            rows.push((row, None));
        }
        heading(&mut rows, "Text in common");
        for &(a, b, alike) in &self.texts {
            let label = format!("{} and {}", letter(a), letter(b));
            rows.push((SheetRow::fact(&label, 10, likeness(alike)), None));
        }
        self.stances(ascii, &mut rows);
        self.quoted(&mut rows);
        for (title, light) in [("Named", false), ("Numbers and dates", true)] {
            for n in 0..self.articles.len() {
                let own = self.only(n, light);
                if !own.is_empty() {
                    heading(&mut rows, &format!("{title} in {} only", letter(n)));
                    let names = listed(own.iter().map(|(e, _)| e.name.as_str()));
                    rows.push((SheetRow::text(names, Role::Text), None));
                }
            }
        }
        rows
    }

    fn stances(&self, ascii: bool, rows: &mut Vec<Row>) {
        let (differing, same) = self.shared();
        for (title, list) in [
            ("Stances that differ", differing),
            ("Stances in several", same),
        ] {
            if !list.is_empty() {
                heading(rows, title);
                rows.extend(list.iter().map(|held| (row(held, ascii), place(held))));
            }
        }
        for (n, article) in self.articles.iter().enumerate() {
            let own = |held: &&Held<'_>| held.by.len() == 1 && held.by.contains_key(&n);
            let mut own = self.held.iter().filter(own).peekable();
            if own.peek().is_some() {
                heading(rows, &format!("Stances in {} only", letter(n)));
            }
            for held in own {
                let mut row = row(held, ascii);
                let evidence = held.by.get(&n).and_then(|s| s.first()).map(|s| {
                    let words: Vec<&str> = s
                        .evidence
                        .iter()
                        .map(|e| article.document.slice(*e))
                        .collect();
                    format!("  “{}”", words.join(" … "))
                });
                row.body
                    .extend(evidence.map(|text| Run::own(text, Role::Quote)));
                rows.push((row, place(held)));
            }
        }
    }

    fn quoted(&self, rows: &mut Vec<Row>) {
        for (n, article) in self.articles.iter().enumerate() {
            let alone = self.voices.iter().filter(|v| v.by.len() == 1);
            let mut own = alone
                .filter_map(|v| Some((v.name, *v.by.get(&n)?.first()?)))
                .peekable();
            if own.peek().is_some() {
                heading(rows, &format!("Quoted in {} only", letter(n)));
            }
            for (name, quote) in own {
                let words = one_line(article.document.slice(quote.span));
                let row = SheetRow {
                    lead: vec![Run::own(format!("{name}  "), Role::Text)],
                    ..SheetRow::text(truncate(&words, QUOTE).into_owned(), Role::Quote)
                };
                rows.push((row, Some((n, Focus::Quote(quote.id)))));
            }
        }
    }
}

fn row(held: &Held<'_>, ascii: bool) -> SheetRow {
    let arrow = if ascii { "->" } else { "→" };
    let mut lead = Vec::new();
    for (n, stances) in &held.by {
        lead.push(Run::own(letter(*n), Role::Key));
        let seen: BTreeSet<Polarity> = sides(stances);
        for polarity in seen {
            let sign = polarity_sign(polarity, ascii).to_string();
            lead.push(Run::own(sign, polarity.role()));
        }
        lead.push(Run::own(" ", Role::Text));
    }
    lead.push(Run::own(" ", Role::Text));
    let text = format!("{} {arrow} {}", held.holder, held.target);
    SheetRow {
        lead,
        ..SheetRow::text(text, Role::Text)
    }
}

fn place(held: &Held<'_>) -> Option<Found> {
    let (n, stances) = held.by.iter().next()?;
    Some((*n, Focus::Stance(stances.first()?.id)))
}
