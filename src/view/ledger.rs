//! The ledger: who is for or against what, one row a stance, with the words that show it.

use std::cmp::Reverse;

use crate::base::text::{fold, truncate, width};
use crate::base::{Role, RoleSet};
use crate::model::{Annotated, Claim, Party, Polarity, Stance, Target};
use crate::view::explain::{evidence, party, target};
use crate::view::focus::Focus;
use crate::view::matrix::group;
use crate::view::paint::{Run, RunText};
use crate::view::sheet::{SheetRow, Short};
use crate::view::side::{shown, thing};

/// Most columns of a holder.
const HOLDER: usize = 20;
/// Most columns of a target.
const TARGET: usize = 24;

/// Columns of evidence without which one line is too short for a row.
const EVIDENCE: usize = 10;

/// Order of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LedgerOrder {
    /// As the article goes.
    #[default]
    Place,
    /// By the name of the holder.
    Holder,
    /// By the name of the target.
    Target,
    /// For, against, conditional.
    Polarity,
    /// The surest first.
    Confidence,
}

impl LedgerOrder {
    /// In two words, for a header.
    pub fn words(self) -> &'static str {
        match self {
            Self::Place => "by place",
            Self::Holder => "by holder",
            Self::Target => "by target",
            Self::Polarity => "by side",
            Self::Confidence => "surest first",
        }
    }

    /// The order that one key goes to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Place => Self::Holder,
            Self::Holder => Self::Target,
            Self::Target => Self::Polarity,
            Self::Polarity => Self::Confidence,
            Self::Confidence => Self::Place,
        }
    }
}

/// What a row of these sheets leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lead {
    /// A place of the article or the comment.
    Go(Focus),
    /// A part of the ledger.
    Ledger(Ledger),
}

/// What the ledger shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ledger {
    /// In which order.
    pub order: LedgerOrder,
    /// Only stances with all of these words in holder or target; "for", "against" and
    /// "conditional" are sides.
    pub words: String,
    /// Only stances of this holder and of those who speak for it.
    pub holder: Option<Party>,
    /// Only stances about this thing or its ban.
    pub target: Option<Target>,
}

impl Ledger {
    /// The stances it shows, in its order.
    pub fn stances<'a>(&self, annotated: &'a Annotated) -> Vec<&'a Stance> {
        let words = fold(&self.words);
        let matches = |stance: &Stance| {
            let name = |p: Party, t: Target| {
                let (p, t) = (annotated.party_name(p), annotated.target_name(t));
                fold(&format!("{p} {t}"))
            };
            let names = name(stance.holder, stance.target);
            words
                .split_whitespace()
                .all(|word| match Polarity::from_name(word) {
                    Some(polarity) => stance.polarity == polarity,
                    None => names.contains(word),
                })
        };
        let mut out: Vec<&Stance> = shown(annotated)
            .filter(|s| self.holder.is_none_or(|h| group(s.holder, annotated) == h))
            .filter(|s| {
                self.target
                    .is_none_or(|t| thing(s.target, annotated).0 == t)
            })
            .filter(|s| matches(s))
            .collect();
        match self.order {
            LedgerOrder::Place => {}
            LedgerOrder::Holder => out.sort_by_key(|s| fold(annotated.party_name(s.holder))),
            LedgerOrder::Target => out.sort_by_key(|s| fold(annotated.target_name(s.target))),
            LedgerOrder::Polarity => out.sort_by_key(|s| s.polarity),
            // Confidence lies between 0 and 1, so its bits sort as it does.
            LedgerOrder::Confidence => out.sort_by_key(|s| Reverse(s.confidence.to_bits())),
        }
        out
    }

    /// How many stances of how many, in which order, and of which part of them.
    pub fn title(&self, annotated: &Annotated) -> String {
        let (now, all) = (self.stances(annotated).len(), shown(annotated).count());
        let mut title = if now == all {
            format!("Stances {all} {}", self.order.words())
        } else {
            format!("Stances {now}/{all} {}", self.order.words())
        };
        if !self.words.trim().is_empty() {
            title.push_str(&format!(" /{}", self.words.trim()));
        }
        match (self.holder, self.target) {
            (Some(h), Some(t)) => {
                let (h, t) = (party(h, annotated), target(t, annotated));
                title.push_str(&format!(" · {h} → {t}"));
            }
            (Some(h), None) => title.push_str(&format!(" · {}", party(h, annotated))),
            (None, Some(t)) => title.push_str(&format!(" · on {}", target(t, annotated))),
            (None, None) => {}
        }
        title
    }

    /// Its rows.
    pub fn rows(&self, annotated: &Annotated, ascii: bool) -> Vec<(SheetRow, Option<Lead>)> {
        let stances = self.stances(annotated);
        if stances.is_empty() {
            let none = SheetRow::text("No stance.", Role::Dim);
            return vec![(none, None)];
        }
        let more = |stance: &Stance| [facts(stance, annotated), brief(stance, annotated)];
        stance_rows(&stances, annotated, ascii, more)
    }
}

/// A row for each stance: holder, target and evidence in columns, and what more is to be said of
/// it, in full and in a word for where there is one line only. Each leads to its evidence.
pub(super) fn stance_rows(
    stances: &[&Stance],
    annotated: &Annotated,
    ascii: bool,
    more: impl Fn(&Stance) -> [String; 2],
) -> Vec<(SheetRow, Option<Lead>)> {
    let names: Vec<[String; 2]> = stances
        .iter()
        .map(|s| {
            let holder = truncate(party(s.holder, annotated), HOLDER).into_owned();
            let target = truncate(target(s.target, annotated), TARGET).into_owned();
            [holder, target]
        })
        .collect();
    let widest = |n: usize| names.iter().map(|name| width(&name[n])).max().unwrap_or(0);
    let columns = [widest(0), widest(1)];
    let pad =
        |text: &str, column: usize| Run::own(" ".repeat(column + 2 - width(text)), Role::Text);
    stances
        .iter()
        .zip(&names)
        .map(|(stance, [holder, target])| {
            let look = look(stance);
            let sign = polarity_sign(stance.polarity, ascii);
            let coloured = |text: String| Run {
                text: RunText::Own(text),
                roles: look,
            };
            let words = evidence(&stance.evidence, &annotated.document.text);
            let [full, brief] = more(stance);
            let body = |last: String| {
                vec![
                    Run::own(target.clone(), Role::Text),
                    pad(target, columns[1]),
                    coloured(format!("“{words}”")),
                    Run::own(last, Role::Dim),
                ]
            };
            let row = SheetRow {
                lead: vec![
                    coloured(sign.to_string()),
                    Run::own(format!(" {holder}"), Role::Text),
                    pad(holder, columns[0]),
                ],
                body: body(full),
                short: Some(Short {
                    runs: body(brief),
                    cut: 2,
                    least: EVIDENCE,
                }),
                ..SheetRow::default()
            };
            (row, Some(Lead::Go(Focus::Stance(stance.id))))
        })
        .collect()
}

/// The sign of a side.
pub fn polarity_sign(polarity: Polarity, ascii: bool) -> char {
    if ascii {
        polarity.ascii_sign()
    } else {
        polarity.sign()
    }
}

fn look(stance: &Stance) -> RoleSet {
    let roles = RoleSet::of(stance.polarity.role());
    if stance.confidence < Stance::SOLID {
        roles.with(Role::Faint)
    } else {
        roles
    }
}

/// `  strongly · via Izvestia · sure`
fn facts(stance: &Stance, annotated: &Annotated) -> String {
    let mut parts = vec![stance.strength_word().to_owned()];
    let via = stance
        .via
        .iter()
        .map(|v| party(Party::Entity(*v), annotated));
    let via: Vec<&str> = via.collect();
    if !via.is_empty() {
        parts.push(format!("via {}", via.join(", ")));
    }
    parts.push(match corrected(stance, annotated) {
        Some(said) => said,
        None if stance.confidence < Stance::SOLID => format!("unsure {:.2}", stance.confidence),
        None => "sure".to_owned(),
    });
    format!("  {}", parts.join(" · "))
}

/// The same in a word, where there is one line only: what is not as usual.
fn brief(stance: &Stance, annotated: &Annotated) -> String {
    if let Some(known) = annotated.corrected.stance(stance.id) {
        let same = known.was == Claim::of(stance.id, annotated);
        return format!("  {}", if same { "confirmed" } else { "corrected" });
    }
    if stance.confidence < Stance::SOLID {
        return format!("  unsure {:.2}", stance.confidence);
    }
    match stance.strength {
        2 => String::new(),
        _ => format!("  {}", stance.strength_word()),
    }
}

/// What the reader made of a stance: "confirmed by you", "by you, was against".
pub(super) fn corrected(stance: &Stance, annotated: &Annotated) -> Option<String> {
    let known = annotated.corrected.stance(stance.id)?;
    let now = Claim::of(stance.id, annotated)?;
    let Some(was) = &known.was else {
        return Some("confirmed by you".to_owned());
    };
    let mut before = Vec::new();
    if was.holder != now.holder {
        before.push(was.holder.as_str());
    }
    if was.polarity != now.polarity {
        before.push(was.polarity.name());
    }
    if was.target != now.target {
        before.push(was.target.as_str());
    }
    Some(if before.is_empty() {
        "confirmed by you".to_owned()
    } else {
        format!("corrected by you, was {}", before.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{EntityId, IssueId};
    use crate::view::fixture::dispute;

    fn ids(ledger: &Ledger) -> Vec<usize> {
        let annotated = dispute();
        let stances = ledger.stances(&annotated);
        stances.iter().map(|s| s.id.index()).collect()
    }

    #[test]
    fn every_order_sorts_by_what_it_says() {
        let by = |order| {
            ids(&Ledger {
                order,
                ..Ledger::default()
            })
        };
        assert_eq!(by(LedgerOrder::Place), [0, 1, 2, 3, 4]);
        assert_eq!(by(LedgerOrder::Holder), [0, 1, 2, 3, 4]);
        assert_eq!(by(LedgerOrder::Target), [0, 4, 1, 2, 3]);
        assert_eq!(by(LedgerOrder::Polarity), [0, 1, 2, 3, 4]);
        assert_eq!(by(LedgerOrder::Confidence), [0, 1, 2, 3, 4]);
        let mut order = LedgerOrder::default();
        for _ in 0..5 {
            order = order.next();
        }
        assert_eq!(order, LedgerOrder::default());
    }

    #[test]
    fn the_filter_takes_words_of_holder_target_and_side() {
        let words = |words: &str| {
            ids(&Ledger {
                words: words.to_owned(),
                ..Ledger::default()
            })
        };
        assert_eq!(words("against"), [3, 4]);
        assert_eq!(words("for EK"), [0, 1]);
        assert_eq!(words("ban"), [0]);
        assert_eq!(words("bridge norway"), [2, 3]);
        assert_eq!(words("zzz"), [0usize; 0]);
    }

    #[test]
    fn a_cell_holds_country_and_spokesperson_and_the_ban() {
        let cell = Ledger {
            holder: Some(Party::Entity(EntityId::at(1))),
            target: Some(Target::Issue(IssueId::at(0))),
            ..Ledger::default()
        };
        assert_eq!(ids(&cell), [0, 1, 2, 3]);
        assert_eq!(
            cell.title(&dispute()),
            "Stances 4/5 by place · Norway → the bridge"
        );
    }

    #[test]
    fn a_row_says_everything_and_leads_to_the_evidence() {
        let annotated = dispute();
        let rows = Ledger::default().rows(&annotated, false);
        let shown: Vec<String> = rows.iter().map(|(row, _)| row.words()).collect();
        assert_eq!(
            shown,
            [
                "▲ Ek          a ban on the bridge  “demand”  strongly · via Norway · sure",
                "▲ Ek          the bridge           “need”  plainly · sure",
                "▲ Norway      the bridge           “welcomed”  plainly · sure",
                "▼ Norway      the bridge           “fears”  weakly · unsure 0.70",
                "▼ the editor  Norway               “wrong”  plainly · unsure 0.65",
            ]
        );
        for (n, (_, lead)) in rows.into_iter().enumerate() {
            let Some(Lead::Go(focus)) = lead else {
                panic!("row {n} leads nowhere")
            };
            let at = focus.start(&annotated, &[]).unwrap();
            assert_eq!(at, annotated.stances[n].evidence[0].from());
        }
    }
}
