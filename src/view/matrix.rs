//! The matrix: holders × things, with how often each is for, against or conditional. Those who
//! speak for a country or an organization stand in its row, which is inferred and said to be.

use std::cmp::Reverse;

use crate::base::EntityId;
use crate::model::{Annotated, Party, Polarity, Target};
use crate::view::explain::{party, target};
use crate::view::side::{shown, side};

/// A row: a holder and those who speak for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The holder.
    pub party: Party,
    /// Those whose stances are counted here because they speak for it.
    pub joined: Vec<EntityId>,
}

impl Holder {
    /// Its name.
    pub fn name<'a>(&self, annotated: &'a Annotated) -> &'a str {
        party(self.party, annotated)
    }

    /// "inferred: Grushko +1", where others stand in its row.
    pub fn with(&self, annotated: &Annotated) -> Option<String> {
        let first = party(Party::Entity(*self.joined.first()?), annotated);
        Some(match self.joined.len() {
            1 => format!("inferred: {first}"),
            more => format!("inferred: {first} +{}", more - 1),
        })
    }
}

/// The matrix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Matrix {
    /// Rows, those with the most stances first.
    pub holders: Vec<Holder>,
    /// Columns, those with the most stances first.
    pub targets: Vec<Target>,
    /// Stances for, against, conditional: by row, then by column.
    pub cells: Vec<Vec<[usize; 3]>>,
}

/// The holder whose row a party stands in: whom it speaks for, or itself.
pub fn group(holder: Party, annotated: &Annotated) -> Party {
    let entity = holder.entity().and_then(|id| annotated.entity(id));
    let speaks = entity.and_then(|e| e.speaks_for);
    speaks.map_or(holder, Party::Entity)
}

impl Matrix {
    /// The matrix of an article.
    pub fn new(annotated: &Annotated) -> Self {
        let seen: Vec<(Party, Party, Target, Polarity)> = shown(annotated)
            .map(|s| {
                let (target, polarity) = side(s, annotated);
                (group(s.holder, annotated), s.holder, target, polarity)
            })
            .collect();
        let mut holders: Vec<Holder> = Vec::new();
        let mut targets: Vec<Target> = Vec::new();
        for &(root, holder, target, _) in &seen {
            if !holders.iter().any(|h| h.party == root) {
                holders.push(Holder {
                    party: root,
                    joined: Vec::new(),
                });
            }
            let row = holders.iter_mut().find(|h| h.party == root);
            if let (Some(row), Party::Entity(id)) = (row, holder)
                && holder != root
                && !row.joined.contains(&id)
            {
                row.joined.push(id);
            }
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        holders.sort_by_key(|h| Reverse(seen.iter().filter(|s| s.0 == h.party).count()));
        targets.sort_by_key(|t| Reverse(seen.iter().filter(|s| s.2 == *t).count()));
        let count = |h: &Holder, t: &Target, p: Polarity| {
            let of = |s: &&(Party, Party, Target, Polarity)| (s.0, s.2, s.3) == (h.party, *t, p);
            seen.iter().filter(of).count()
        };
        let cells = holders
            .iter()
            .map(|h| {
                let cell = |t: &Target| Polarity::ALL.map(|p| count(h, t, p));
                targets.iter().map(cell).collect()
            })
            .collect();
        Self {
            holders,
            targets,
            cells,
        }
    }

    /// A cell in words.
    pub fn cell(&self, row: usize, column: usize, annotated: &Annotated) -> String {
        let (Some(holder), Some(&of)) = (self.holders.get(row), self.targets.get(column)) else {
            return String::new();
        };
        let counts = self.cells[row][column];
        let said: Vec<String> = Polarity::ALL
            .iter()
            .zip(counts)
            .filter(|(_, count)| *count > 0)
            .map(|(polarity, count)| format!("{count} {}", polarity.name()))
            .collect();
        let said = if said.is_empty() {
            "nothing found".to_owned()
        } else {
            said.join(", ")
        };
        let with = match holder.joined.as_slice() {
            [] => String::new(),
            joined => {
                let names = joined.iter().map(|j| party(Party::Entity(*j), annotated));
                format!(" (with {}, inferred)", names.collect::<Vec<_>>().join(", "))
            }
        };
        let (name, of) = (holder.name(annotated), target(of, annotated));
        format!("{name}{with} → {of}: {said}")
    }

    /// The name of a column.
    pub fn target_name<'a>(&self, column: usize, annotated: &'a Annotated) -> &'a str {
        let of = self.targets.get(column);
        of.map_or("", |t| target(*t, annotated))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::IssueId;
    use crate::view::fixture::dispute;

    #[test]
    fn spokesperson_and_ban_are_joined_and_said_to_be() {
        let annotated = dispute();
        let matrix = Matrix::new(&annotated);
        let norway = Party::Entity(EntityId::at(1));
        assert_eq!(
            matrix,
            Matrix {
                holders: vec![
                    Holder {
                        party: norway,
                        joined: vec![EntityId::at(0)],
                    },
                    Holder {
                        party: Party::Editor,
                        joined: vec![],
                    },
                ],
                targets: vec![
                    Target::Issue(IssueId::at(0)),
                    Target::Entity(EntityId::at(1)),
                ],
                cells: vec![vec![[2, 2, 0], [0, 0, 0]], vec![[0, 0, 0], [0, 1, 0]],],
            }
        );
        assert_eq!(
            matrix.cell(0, 0, &annotated),
            "Norway (with Ek, inferred) → the bridge: 2 for, 2 against"
        );
        assert_eq!(
            matrix.cell(1, 0, &annotated),
            "the editor → the bridge: nothing found"
        );
        let with = matrix.holders[0].with(&annotated);
        assert_eq!(with.as_deref(), Some("inferred: Ek"));
    }

    #[test]
    fn without_stances_there_is_no_cell() {
        let mut annotated = dispute();
        annotated.stances.clear();
        assert_eq!(Matrix::new(&annotated), Matrix::default());
        assert_eq!(Matrix::default().cell(0, 0, &annotated), "");
    }
}
