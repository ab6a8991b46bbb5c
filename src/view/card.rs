//! The card of an entity: what is known about it, what it said, what it is for and against, what
//! others hold of it, and every mention in its sentence. Each row knows where it leads.

use crate::base::text::{one_line, truncate, width};
use crate::base::{EntityId, Role, RoleSet, Span};
use crate::model::{
    Annotated, BlockKind, Document, Entity, MentionForm, Party, Quote, Stance, Target,
};
use crate::view::explain::{evidence, party, target, unsure};
use crate::view::focus::Focus;
use crate::view::paint::{Run, RunText};
use crate::view::sheet::SheetRow;
use crate::view::spark::Ruler;

/// Columns of the labels.
const LABEL: usize = 13;
/// Most columns of the verbs that introduce quotes.
const CUE: usize = 18;

/// A card: its title and its rows, each with where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The name.
    pub title: String,
    /// Rows, from top to bottom.
    pub rows: Vec<(SheetRow, Option<Focus>)>,
}

/// The card of an entity.
pub fn card(id: EntityId, annotated: &Annotated, ascii: bool) -> Option<Card> {
    let entity = annotated.entity(id)?;
    let mut card = Card {
        title: entity.name.clone(),
        rows: Vec::new(),
    };
    card.facts(entity, annotated);
    let quotes: Vec<&Quote> = annotated
        .quotes
        .iter()
        .filter(|q| q.speaker == Party::Entity(id))
        .collect();
    card.quotes(&quotes, annotated);
    let shown = |s: &&Stance| s.confidence >= Stance::FAINT;
    let held: Vec<&Stance> = annotated
        .stances
        .iter()
        .filter(|s| shown(s) && s.holder == Party::Entity(id))
        .collect();
    card.stances("Stances held", &held, annotated, ascii, true);
    let received: Vec<&Stance> = annotated
        .stances
        .iter()
        .filter(|s| shown(s) && s.target == Target::Entity(id))
        .collect();
    card.stances("Stances received", &received, annotated, ascii, false);
    card.mentions(entity, annotated);
    Some(card)
}

impl Card {
    fn push(&mut self, row: SheetRow, focus: Option<Focus>) {
        self.rows.push((row, focus));
    }

    fn heading(&mut self, text: &str, count: &str) {
        self.push(SheetRow::default(), None);
        let body = vec![
            Run::own(text, Role::Label),
            Run::own(format!(" {count}"), Role::Dim),
        ];
        let row = SheetRow {
            body,
            ..SheetRow::default()
        };
        self.push(row, None);
    }

    fn facts(&mut self, entity: &Entity, annotated: &Annotated) {
        let mut kind = SheetRow::fact("Kind", LABEL, entity.kind.name());
        kind.body = vec![Run {
            text: RunText::Own(entity.kind.name().to_owned()),
            roles: entity.kind.role().into(),
        }];
        self.push(kind, None);
        let speaks = entity
            .speaks_for
            .and_then(|id| annotated.entity(id))
            .map(|e| e.name.clone());
        let others = entity.aliases.join(", ");
        for (label, value) in [
            ("Role", entity.role.clone()),
            ("Speaks for", speaks),
            ("Also named", Some(others).filter(|o| !o.is_empty())),
        ] {
            if let Some(value) = value {
                self.push(SheetRow::fact(label, LABEL, value), None);
            }
        }
        let stops = entity.stops();
        let ends = [("First", stops.first()), ("Last", stops.last())];
        let several = if stops.len() > 1 { 2 } else { 1 };
        for (label, stop) in ends.into_iter().take(several) {
            let Some(&mention) = stop else { continue };
            let at = entity.mentions[mention].span;
            let focus = Focus::Mention {
                entity: entity.id,
                mention,
            };
            let place = place(at, &annotated.document);
            self.push(SheetRow::fact(label, LABEL, place), Some(focus));
        }
    }

    fn quotes(&mut self, quotes: &[&Quote], annotated: &Annotated) {
        if quotes.is_empty() {
            return;
        }
        self.heading("Says", &quotes.len().to_string());
        let text = &annotated.document.text;
        let cues: Vec<String> = quotes
            .iter()
            .map(|q| q.cue.map(|c| one_line(c.of(text))).unwrap_or_default())
            .map(|cue| truncate(&cue, CUE).into_owned())
            .collect();
        let widest = cues.iter().map(|cue| width(cue)).max().unwrap_or(0);
        for (quote, cue) in quotes.iter().zip(cues) {
            let pad = widest + 2 - width(&cue);
            let row = SheetRow {
                lead: vec![
                    Run::own(cue, Role::Cue),
                    Run::own(" ".repeat(pad), Role::Text),
                ],
                body: vec![Run::own(one_line(quote.span.of(text)), Role::Quote)],
                keep: Some(0),
                ..SheetRow::default()
            };
            self.push(row, Some(Focus::Quote(quote.id)));
        }
    }

    fn stances(
        &mut self,
        heading: &str,
        stances: &[&Stance],
        annotated: &Annotated,
        ascii: bool,
        held: bool,
    ) {
        if stances.is_empty() {
            return;
        }
        self.heading(heading, &stances.len().to_string());
        for stance in stances {
            let mut look = RoleSet::of(stance.polarity.role());
            if stance.confidence < Stance::SOLID {
                look = look.with(Role::Faint);
            }
            let sign = if ascii {
                stance.polarity.ascii_sign()
            } else {
                stance.polarity.sign()
            };
            let other = if held {
                target(stance.target, annotated)
            } else {
                party(stance.holder, annotated)
            };
            let coloured = |text: String| Run {
                text: RunText::Own(text),
                roles: look,
            };
            let words = evidence(&stance.evidence, &annotated.document.text);
            let mut more = format!(", {}", stance.strength_word());
            let via: Vec<&str> = stance
                .via
                .iter()
                .map(|v| party(Party::Entity(*v), annotated))
                .collect();
            if !via.is_empty() {
                more.push_str(&format!(", via {}", via.join(", ")));
            }
            more.push_str(&unsure(stance.confidence));
            let row = SheetRow {
                lead: vec![coloured(sign.to_string()), Run::own(" ", Role::Text)],
                body: vec![
                    Run::own(format!("{other}  "), Role::Text),
                    coloured(format!("“{words}”")),
                    Run::own(more, Role::Dim),
                ],
                ..SheetRow::default()
            };
            self.push(row, Some(Focus::Stance(stance.id)));
        }
    }

    fn mentions(&mut self, entity: &Entity, annotated: &Annotated) {
        let ruler = Ruler::new(&annotated.document);
        let percent = |n: &usize| ruler.percent(entity.mentions[*n].span.from());
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..entity.mentions.len()).partition(|n| percent(n).is_some());
        for (heading, list) in [("In the article", inside), ("In the comment", outside)] {
            if list.is_empty() {
                continue;
            }
            let pronouns = list
                .iter()
                .filter(|n| entity.mentions[**n].form == MentionForm::Pronoun)
                .count();
            let count = match (list.len() - pronouns, pronouns) {
                (named, 0) => named.to_string(),
                (named, 1) => format!("{named} and a pronoun"),
                (named, _) => format!("{named} and {pronouns} pronouns"),
            };
            self.heading(heading, &count);
            for mention in list {
                let place = percent(&mention).map_or(String::new(), |p| format!("{p}%"));
                let row = context(entity, mention, annotated, &place);
                let focus = Focus::Mention {
                    entity: entity.id,
                    mention,
                };
                self.push(row, Some(focus));
            }
        }
    }
}

/// A mention with the rest of its sentence.
fn context(entity: &Entity, mention: usize, annotated: &Annotated, place: &str) -> SheetRow {
    let text = &annotated.document.text;
    let at = entity.mentions[mention].span;
    let around = annotated
        .sentence_at(at.from())
        .map(|s| annotated.sentences[s.index()].span)
        .or_else(|| block(at, &annotated.document).map(|b| b.1))
        .unwrap_or(at)
        .hull(at);
    // One line each, with the blank between them where there was one.
    let flat = |span: Span| {
        let part = span.of(text);
        let blank = |yes: bool| if yes { " " } else { "" };
        let words = one_line(part);
        if words.is_empty() {
            return blank(!part.is_empty()).to_owned();
        }
        let before = blank(part.starts_with(char::is_whitespace));
        let after = blank(part.ends_with(char::is_whitespace));
        format!("{before}{words}{after}")
    };
    let before = flat(Span::new(around.from(), at.from()));
    let after = flat(Span::new(at.to(), around.to()));
    SheetRow {
        lead: vec![Run::own(format!("{place:>4} "), Role::Dim)],
        body: vec![
            Run::own(before.trim_start(), Role::Text),
            Run {
                text: RunText::Own(one_line(at.of(text))),
                roles: entity.kind.role().into(),
            },
            Run::own(after.trim_end(), Role::Text),
        ],
        keep: Some(1),
        ..SheetRow::default()
    }
}

/// The block that holds a span: its kind, its place, and its number among those of its kind.
fn block(at: Span, document: &Document) -> Option<(BlockKind, Span, usize)> {
    let kind = document
        .blocks
        .iter()
        .find(|b| b.span.has(at.from()))
        .map(|b| b.kind)?;
    let (n, found) = document
        .blocks_of(kind)
        .enumerate()
        .find(|(_, b)| b.span.has(at.from()))?;
    Some((kind, found.span, n + 1))
}

/// Where a mention is, in words.
fn place(at: Span, document: &Document) -> String {
    let Some((kind, _, n)) = block(at, document) else {
        return "outside every paragraph".to_owned();
    };
    match kind {
        BlockKind::Title => "in the headline".to_owned(),
        BlockKind::Byline => "in the author line".to_owned(),
        BlockKind::Date => "in the date line".to_owned(),
        BlockKind::Brief => "in the brief".to_owned(),
        BlockKind::Paragraph => {
            let of = document.blocks_of(kind).count();
            format!("in paragraph {n} of {of}")
        }
        BlockKind::Heading => format!("in heading {n}"),
        BlockKind::ListItem => format!("in list item {n}"),
        BlockKind::Topic => "among the topics".to_owned(),
        BlockKind::Comment => "in the editor’s comment".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::sample;

    #[test]
    fn a_card_tells_everything_and_every_row_of_it_leads_somewhere() {
        let (annotated, highlights) = sample();
        let card = card(EntityId::at(0), &annotated, false).unwrap();
        let shown: Vec<String> = card
            .rows
            .iter()
            .map(|(row, focus)| {
                let mark = if focus.is_some() { '>' } else { ' ' };
                format!("{mark}{}", row.words()).trim_end().to_owned()
            })
            .collect();
        assert_eq!(
            shown,
            [
                " Kind         person",
                " Role         Mayor",
                " Speaks for   Oslo",
                ">First        in paragraph 1 of 2",
                ">Last         in paragraph 2 of 2",
                "",
                " Says 1",
                ">said  “must never be built”",
                "",
                " Stances held 1",
                ">▼ the bridge  “said … must never”, strongly",
                "",
                " Stances received 1",
                ">▼ the editor  “wrong”, plainly (unsure, 0.66)",
                "",
                " In the article 2",
                "> 34% Mayor Ana Núñez said the bridge “must never be built” 世界.",
                "> 84% Núñez spoke in Oslo.",
            ]
        );
        for focus in card.rows.into_iter().filter_map(|(_, focus)| focus) {
            assert!(focus.start(&annotated, &highlights).is_some());
        }
        assert_eq!(super::card(EntityId::at(9), &annotated, false), None);
    }
}
