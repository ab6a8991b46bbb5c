//! Groups of targets that speak of one thing, and which group is the ban of which.

use std::collections::{BTreeMap, BTreeSet};

use super::reading::Reading;
use crate::annotate::lexicon::deeds::{self, Sort};
use crate::base::{EntityId, EntityKind, IssueId, Span};
use crate::model::{Entity, Issue};

/// Groups per concept that are compared; a word in more of them tells nothing.
const COMPARED: usize = 24;

/// Targets of one proposition.
#[derive(Debug, Default)]
struct Group {
    /// What was said of it, the fuller readings only.
    readings: Vec<(BTreeSet<String>, String)>,
    names: BTreeSet<EntityId>,
    bans: bool,
}

/// All groups of an article, in order of their first mention.
#[derive(Debug)]
pub struct Groups<'a> {
    entities: &'a [Entity],
    /// The issues; their names are given later.
    pub issues: Vec<Issue>,
    all: Vec<Group>,
    index: BTreeMap<String, Vec<usize>>,
    /// Groups of bans that name nothing else.
    bare: Vec<usize>,
    /// Groups, the one that was spoken of last at the end.
    recent: Vec<usize>,
}

impl<'a> Groups<'a> {
    /// No groups.
    pub fn new(entities: &'a [Entity]) -> Self {
        Self {
            entities,
            issues: Vec::new(),
            all: Vec::new(),
            index: BTreeMap::new(),
            bare: Vec::new(),
            recent: Vec::new(),
        }
    }

    /// The issue that a target belongs to, in reading order.
    pub fn join(&mut self, reading: Reading, span: Span) -> IssueId {
        let found = self.best(&reading, reading.bans);
        let id = found.unwrap_or_else(|| {
            self.issues.push(Issue {
                id: IssueId::at(self.issues.len()),
                name: String::new(),
                mentions: Vec::new(),
                inverse_of: None,
            });
            self.all.push(Group {
                bans: reading.bans,
                ..Group::default()
            });
            self.all.len() - 1
        });
        for concept in &reading.concepts {
            let places = self.index.entry(concept.clone()).or_default();
            if places.last() != Some(&id) {
                places.push(id);
            }
        }
        if reading.concepts.is_empty() {
            self.bare.push(id);
        }
        self.recent.retain(|r| *r != id);
        self.recent.push(id);
        let group = &mut self.all[id];
        group.names.extend(reading.names);
        // A fuller reading stands for one of a single word, unless that is a deed, which says it
        // all: "the deal" then means this deal.
        let thin = |r: &BTreeSet<String>, full: &BTreeSet<String>| {
            r.len() < 2 && r.is_subset(full) && !Self::deed(r)
        };
        if !group
            .readings
            .iter()
            .any(|(r, _)| thin(&reading.concepts, r))
        {
            group.readings.retain(|(r, _)| !thin(r, &reading.concepts));
            group.readings.push((reading.concepts, reading.head));
        }
        self.mention(IssueId::at(id), span);
        IssueId::at(id)
    }

    /// The group that a reading fits best; of equal ones the one spoken of last.
    fn best(&self, reading: &Reading, bans: bool) -> Option<usize> {
        let mut places: BTreeSet<usize> = BTreeSet::new();
        for concept in &reading.concepts {
            let found = self.index.get(concept).into_iter().flatten();
            places.extend(found.rev().take(COMPARED));
        }
        if reading.concepts.is_empty() && bans {
            places.extend(self.bare.iter().rev().take(COMPARED));
            if reading.repeats {
                let last = self.recent.iter().rev().find(|g| self.all[**g].bans);
                places.extend(last);
            }
        }
        let rank = |id: &usize| self.recent.iter().position(|r| r == id);
        places
            .into_iter()
            .filter(|id| self.all[*id].bans == bans)
            .filter_map(|id| Some((self.fit(&self.all[id], reading)?, id)))
            .max_by_key(|(fit, id)| (*fit, rank(id)))
            .map(|(_, id)| id)
    }

    /// How well a reading fits a group, 1 to 3.
    fn fit(&self, group: &Group, reading: &Reading) -> Option<u8> {
        let strict = reading.sort == Some(Sort::Vague) && !reading.repeats;
        if !self.agree(&group.names, &reading.names)
            || strict && (group.names.is_disjoint(&reading.names))
        {
            return None;
        }
        let own = &reading.concepts;
        let fits = group.readings.iter().filter_map(|(other, head)| {
            let shared = own.intersection(other).count();
            let (short, long) = (own.len().min(other.len()), own.len().max(other.len()));
            if own == other {
                return Some(3);
            }
            if shared >= 2 && (shared == short || shared * 3 >= short * 2 && shared * 2 >= long) {
                return Some(2);
            }
            // One word: it is what the other one is about.
            let (thin, head) = if own.len() <= other.len() {
                (own, head)
            } else {
                (other, &reading.head)
            };
            let about = |word: &String| head == word || head.is_empty();
            let one = thin.first().filter(|_| thin.len() == 1 && shared == 1);
            if one.is_some_and(about) {
                let sure = reading.repeats || Self::deed(thin);
                return sure.then_some(1);
            }
            (own.is_empty() && (reading.repeats || other.is_empty())).then_some(1)
        });
        let best = fits.max();
        // "such deployments": any word that the group was named by.
        best.or_else(|| {
            let word = own.first().filter(|_| own.len() == 1 && reading.repeats)?;
            let carry = reading.sort == Some(Sort::Carry);
            let known = self.index.get(word)?;
            let holds = |id: &usize| std::ptr::eq(&raw const self.all[*id], group);
            (carry && known.iter().any(holds)).then_some(1)
        })
    }

    fn deed(concepts: &BTreeSet<String>) -> bool {
        let sort = concepts.first().and_then(|c| deeds::sort(c));
        sort == Some(Sort::Deed)
    }

    /// Whether two sets of names can be of one thing: of each kind the one set holds the other.
    fn agree(&self, a: &BTreeSet<EntityId>, b: &BTreeSet<EntityId>) -> bool {
        let of = |names: &BTreeSet<EntityId>, kind: EntityKind| -> BTreeSet<EntityId> {
            let kind_of = |id: &EntityId| self.entities.get(id.index()).map(|e| e.kind);
            names
                .iter()
                .copied()
                .filter(|n| kind_of(n) == Some(kind))
                .collect()
        };
        EntityKind::ALL.into_iter().all(|kind| {
            let (a, b) = (of(a, kind), of(b, kind));
            a.is_subset(&b) || b.is_subset(&a)
        })
    }

    /// Pairs each group of bans that has no partner with the group of what it bans.
    pub fn pair(&mut self) {
        for id in 0..self.all.len() {
            let group = &self.all[id];
            if !group.bans || self.issues[id].inverse_of.is_some() {
                continue;
            }
            let banned = group.readings.iter().find_map(|(concepts, head)| {
                let wanted = Reading {
                    concepts: concepts.clone(),
                    head: head.clone(),
                    names: group.names.clone(),
                    ..Reading::default()
                };
                (!concepts.is_empty())
                    .then(|| self.best(&wanted, false))
                    .flatten()
            });
            if let Some(banned) = banned {
                self.oppose(IssueId::at(id), IssueId::at(banned));
            }
        }
    }

    fn mention(&mut self, issue: IssueId, span: Span) {
        if let Some(issue) = self.issues.get_mut(issue.index()) {
            let at = issue.mentions.partition_point(|m| *m < span);
            if issue.mentions.get(at) != Some(&span) {
                issue.mentions.insert(at, span);
            }
        }
    }

    /// Makes two issues the inverses of each other, if neither has a partner.
    pub fn oppose(&mut self, a: IssueId, b: IssueId) {
        let free = |id: IssueId| {
            self.issues
                .get(id.index())
                .is_some_and(|i| i.inverse_of.is_none())
        };
        if a != b && free(a) && free(b) {
            self.issues[a.index()].inverse_of = Some(b);
            self.issues[b.index()].inverse_of = Some(a);
        }
    }
}
