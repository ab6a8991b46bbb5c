//! The same story in several articles: how alike the texts are, who is named, quoted, and for or
//! against what in one only, where stances differ, which figures stand in one only.
//!
//! One name is the same in two articles if it is the same name in full, or one of the other's names.

mod alike;
mod names;

use std::collections::{BTreeMap, BTreeSet};

use crate::base::text::{fold, truncate};
use crate::base::{EntityId, Role};
use crate::model::{Annotated, Party, Polarity, Stance, Target};
use crate::view::focus::Focus;
use crate::view::ledger::polarity_sign;
use crate::view::paint::Run;
use crate::view::sheet::SheetRow;

pub use alike::{Alike, alike};
use names::Names;

/// Names of one list.
const MOST: usize = 40;

/// A row, and where it leads: which of the articles, and a place in it.
type Row = (SheetRow, Option<(usize, Focus)>);

/// The rows of a comparison; articles are called A, B, C …
pub fn compare(articles: &[&Annotated], ascii: bool) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for (n, article) in articles.iter().enumerate() {
        let meta = &article.document.meta;
        let mut facts = Vec::new();
        facts.extend(meta.outlet.clone());
        facts.extend(meta.published.map(|d| d.to_string()));
        facts.push(format!(
            "{} words",
            article.document.text.split_whitespace().count()
        ));
        let row = SheetRow {
            lead: vec![Run::own(format!("{}  ", letter(n)), Role::Key)],
            body: vec![
                Run::own(article.document.display_title(), Role::Title),
                Run::own(format!("  {}", facts.join(" · ")), Role::Byline),
            ],
            keep: None,
            short: None,
        };
        rows.push((row, None));
    }
    texts(articles, &mut rows);
    let names = Names::new(articles);
    stances(articles, &names, ascii, &mut rows);
    voices(articles, &names, &mut rows);
    only(articles, &names, &mut rows);
    figures(articles, &mut rows);
    rows
}

/// What an article is called.
fn letter(n: usize) -> String {
    char::from_u32('A' as u32 + n as u32)
        .filter(char::is_ascii_uppercase)
        .map_or_else(|| format!("#{}", n + 1), String::from)
}

fn heading(rows: &mut Vec<Row>, title: &str) {
    rows.push((SheetRow::default(), None));
    rows.push((SheetRow::text(title, Role::Label), None));
}

/// How alike each two texts are.
fn texts(articles: &[&Annotated], rows: &mut Vec<Row>) {
    heading(rows, "Text in common");
    for a in 0..articles.len() {
        for b in a + 1..articles.len() {
            let alike = alike(&articles[a].document.text, &articles[b].document.text);
            let percent = (alike.share * 100.0).round();
            let what = match alike.verdict() {
                Some(words) => format!(": {words}"),
                None => String::new(),
            };
            let text = format!("{percent} % of the shorter one{what}");
            let label = format!("{} and {}", letter(a), letter(b));
            rows.push((SheetRow::fact(&label, 10, text), None));
        }
    }
}

/// The stances of one holder toward one thing, by article.
#[derive(Default)]
struct Held<'a> {
    holder: &'a str,
    target: &'a str,
    by: BTreeMap<usize, Vec<&'a Stance>>,
}

fn stances(articles: &[&Annotated], names: &Names, ascii: bool, rows: &mut Vec<Row>) {
    let mut all: BTreeMap<(String, String), Held<'_>> = BTreeMap::new();
    for (n, article) in articles.iter().enumerate() {
        for stance in &article.stances {
            let holder = match stance.holder {
                Party::Entity(id) => names.key(n, id),
                other => article.party_name(other).to_owned(),
            };
            let target = match stance.target {
                Target::Entity(id) => names.key(n, id),
                Target::Issue(_) => fold(article.target_name(stance.target)),
            };
            let held = all.entry((holder, target)).or_insert_with(|| Held {
                holder: article.party_name(stance.holder),
                target: article.target_name(stance.target),
                by: BTreeMap::new(),
            });
            held.by.entry(n).or_default().push(stance);
        }
    }
    let sides = |stances: &[&Stance]| -> BTreeSet<Polarity> {
        stances.iter().map(|s| s.polarity).collect()
    };
    let differs = |held: &Held<'_>| {
        let mut by = held.by.values().map(|s| sides(s));
        let first = by.next();
        by.any(|other| Some(other) != first)
    };
    let (shared, single): (Vec<&Held<'_>>, Vec<&Held<'_>>) =
        all.values().partition(|h| h.by.len() > 1);
    let (differing, same): (Vec<&Held<'_>>, Vec<&Held<'_>>) =
        shared.into_iter().partition(|h| differs(h));
    for (title, list) in [
        ("Stances that differ", differing),
        ("Stances in several", same),
    ] {
        if list.is_empty() {
            continue;
        }
        heading(rows, title);
        for held in list {
            rows.push((held_row(held, ascii), place(held)));
        }
    }
    for (n, article) in articles.iter().enumerate() {
        let own: Vec<&&Held<'_>> = single.iter().filter(|h| h.by.contains_key(&n)).collect();
        if own.is_empty() {
            continue;
        }
        heading(rows, &format!("Stances in {} only", letter(n)));
        for held in own {
            let mut row = held_row(held, ascii);
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

fn held_row(held: &Held<'_>, ascii: bool) -> SheetRow {
    let arrow = if ascii { "->" } else { "→" };
    let mut lead = Vec::new();
    for (n, stances) in &held.by {
        lead.push(Run::own(letter(*n), Role::Key));
        let seen: BTreeSet<Polarity> = stances.iter().map(|s| s.polarity).collect();
        for polarity in seen {
            let sign = polarity_sign(polarity, ascii).to_string();
            lead.push(Run::own(sign, polarity.role()));
        }
        lead.push(Run::own(" ", Role::Text));
    }
    lead.push(Run::own(" ", Role::Text));
    SheetRow {
        lead,
        body: vec![Run::own(
            format!("{} {arrow} {}", held.holder, held.target),
            Role::Text,
        )],
        keep: None,
        short: None,
    }
}

fn place(held: &Held<'_>) -> Option<(usize, Focus)> {
    let (n, stances) = held.by.iter().next()?;
    Some((*n, Focus::Stance(stances.first()?.id)))
}

/// Who is quoted in one only.
fn voices(articles: &[&Annotated], names: &Names, rows: &mut Vec<Row>) {
    let mut by: BTreeMap<String, BTreeMap<usize, (EntityId, Vec<usize>)>> = BTreeMap::new();
    for (n, article) in articles.iter().enumerate() {
        for (at, quote) in article.quotes.iter().enumerate() {
            if let Party::Entity(id) = quote.speaker {
                let slot = by.entry(names.key(n, id)).or_default();
                slot.entry(n).or_insert((id, Vec::new())).1.push(at);
            }
        }
    }
    for (n, article) in articles.iter().enumerate() {
        let own: Vec<&(EntityId, Vec<usize>)> = by
            .values()
            .filter(|b| b.len() == 1)
            .filter_map(|b| b.get(&n))
            .collect();
        if own.is_empty() {
            continue;
        }
        heading(rows, &format!("Quoted in {} only", letter(n)));
        for (id, quotes) in own {
            let name = article.entity(*id).map_or("?", |e| &e.name);
            let Some(quote) = quotes.first().map(|q| &article.quotes[*q]) else {
                continue;
            };
            let words = crate::base::text::one_line(article.document.slice(quote.span));
            let row = SheetRow {
                lead: vec![Run::own(format!("{name}  "), Role::Text)],
                ..SheetRow::text(truncate(&words, 160).into_owned(), Role::Quote)
            };
            rows.push((row, Some((n, Focus::Quote(quote.id)))));
        }
    }
}

/// Who and what is named in one only.
fn only(articles: &[&Annotated], names: &Names, rows: &mut Vec<Row>) {
    for (n, article) in articles.iter().enumerate() {
        let mut own: Vec<(usize, &str)> = article
            .entities
            .iter()
            .filter(|e| !e.kind.is_light() && names.is_only_in(n, e.id))
            .filter(|e| {
                e.mentions
                    .iter()
                    .any(|m| m.form == crate::model::MentionForm::Name)
            })
            .map(|e| (e.mentions.len(), e.name.as_str()))
            .collect();
        own.sort_by_key(|(count, name)| (std::cmp::Reverse(*count), *name));
        if !own.is_empty() {
            heading(rows, &format!("Named in {} only", letter(n)));
            rows.push((
                SheetRow::text(listed(own.iter().map(|o| o.1)), Role::Text),
                None,
            ));
        }
    }
}

/// Which numbers and dates stand in one only.
fn figures(articles: &[&Annotated], rows: &mut Vec<Row>) {
    let of = |article: &Annotated| -> BTreeMap<String, String> {
        let light = article.entities.iter().filter(|e| e.kind.is_light());
        light.map(|e| (fold(&e.name), e.name.clone())).collect()
    };
    let all: Vec<BTreeMap<String, String>> = articles.iter().map(|a| of(a)).collect();
    for (n, mine) in all.iter().enumerate() {
        let others = |key: &String| {
            all.iter()
                .enumerate()
                .any(|(m, o)| m != n && o.contains_key(key))
        };
        let own: Vec<&str> = mine
            .iter()
            .filter(|(key, _)| !others(key))
            .map(|(_, name)| name.as_str())
            .collect();
        if !own.is_empty() {
            heading(rows, &format!("Numbers and dates in {} only", letter(n)));
            rows.push((SheetRow::text(listed(own.into_iter()), Role::Text), None));
        }
    }
}

fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = names.collect();
    let more = all.len().saturating_sub(MOST);
    let mut out = all[..all.len().min(MOST)].join(" · ");
    if more > 0 {
        out.push_str(&format!(" and {more} more"));
    }
    out
}
