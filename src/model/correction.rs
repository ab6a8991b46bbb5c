//! What the reader corrected: stances accepted, rejected or changed, entities of another kind,
//! merged, split. A correction says in words what it is about, so that it is found again when the
//! article is annotated anew or has changed; `correct` lays it over the layers.

use crate::base::EntityId;
use crate::base::text::fold;
use crate::base::{EntityKind, StanceId};
use crate::model::Annotated;
use crate::model::highlight::{Anchor, Highlight};
use crate::model::stance::Polarity;

/// Words of the text by which something is found again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// The words with their context.
    pub anchor: Anchor,
    /// Whether they could not be found again in the text as it is now.
    pub orphan: bool,
}

impl Place {
    /// Whether it is the same words in the same context, wherever they are now.
    fn same(&self, other: &Self) -> bool {
        let words = |p: &Self| {
            let a = &p.anchor;
            (a.exact.clone(), a.prefix.clone(), a.suffix.clone())
        };
        words(self) == words(other)
    }
}

/// An entity, by its name and one of its mentions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// Its name.
    pub name: String,
    /// The mention.
    pub place: Place,
}

impl Named {
    fn same(&self, other: &Self) -> bool {
        self.name == other.name && self.place.same(&other.place)
    }
}

/// Who is for or against what, in words: the names under which the parties were shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Name of the holder, or "the author", "the editor", "somebody".
    pub holder: String,
    /// Name of the target.
    pub target: String,
    /// For, against, conditional.
    pub polarity: Polarity,
}

impl Claim {
    /// What a stance says.
    pub fn of(stance: StanceId, annotated: &Annotated) -> Option<Self> {
        let stance = annotated.stances.get(stance.index())?;
        Some(Self {
            holder: annotated.party_name(stance.holder).to_owned(),
            target: annotated.target_name(stance.target).to_owned(),
            polarity: stance.polarity,
        })
    }
}

impl std::fmt::Display for Claim {
    /// `Grushko → Ukraine joining NATO: against`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let polarity = self.polarity.name();
        write!(f, "{} → {}: {polarity}", self.holder, self.target)
    }
}

/// What the reader says of a stance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It is none.
    Rejected,
    /// It is right.
    Accepted,
    /// It is right with these parts put in the place of its own.
    Changed {
        /// Another holder, by name.
        holder: Option<String>,
        /// Another target, by name.
        target: Option<String>,
        /// Another side.
        polarity: Option<Polarity>,
    },
}

/// One correction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correction {
    /// Of a stance.
    Stance {
        /// Its evidence, first word to last.
        place: Place,
        /// What it said.
        was: Claim,
        /// What the reader says.
        now: Verdict,
    },
    /// An entity is of another kind.
    Kind {
        /// The entity.
        entity: Named,
        /// Its kind.
        kind: EntityKind,
    },
    /// Two entities are one.
    Merge {
        /// The one that is given up.
        entity: Named,
        /// The one that stays.
        into: Named,
    },
    /// A mention is of another entity, of which nothing else is known.
    Split {
        /// The entity that it was counted with, and the mention.
        mention: Named,
    },
}

impl Correction {
    /// Whether both are about the same thing, so that one takes the place of the other.
    pub fn same_subject(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Stance { place, was, .. },
                Self::Stance {
                    place: p, was: w, ..
                },
            ) => place.same(p) && was == w,
            (Self::Kind { entity, .. }, Self::Kind { entity: e, .. }) => entity.same(e),
            (Self::Merge { entity, into }, Self::Merge { entity: e, into: i }) => {
                entity.same(e) && into.same(i)
            }
            (Self::Split { mention }, Self::Split { mention: m }) => mention.same(m),
            _ => false,
        }
    }

    /// Whether both say the same of the same, wherever its words are now.
    pub fn same(&self, other: &Self) -> bool {
        self.same_subject(other)
            && match (self, other) {
                (Self::Stance { now, .. }, Self::Stance { now: n, .. }) => now == n,
                (Self::Kind { kind, .. }, Self::Kind { kind: k, .. }) => kind == k,
                _ => true,
            }
    }

    /// Every place it speaks of.
    pub fn places_mut(&mut self) -> Vec<&mut Place> {
        match self {
            Self::Stance { place, .. } => vec![place],
            Self::Kind { entity, .. } => vec![&mut entity.place],
            Self::Merge { entity, into } => vec![&mut entity.place, &mut into.place],
            Self::Split { mention } => vec![&mut mention.place],
        }
    }
}

/// Everything the reader made of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// Highlights.
    pub highlights: Vec<Highlight>,
    /// Corrections, in the order in which they are laid over the layers.
    pub corrections: Vec<Correction>,
}

/// A stance that the reader accepted or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedStance {
    /// Its number now.
    pub stance: StanceId,
    /// Which correction, as its position among them.
    pub correction: usize,
    /// What it said; nothing where the annotator does not find it any more.
    pub was: Option<Claim>,
    /// The rule that made it, and how sure it was, in words; empty without one.
    pub made: String,
}

/// An entity that the reader corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrectedEntity {
    /// Its number now.
    pub entity: EntityId,
    /// Which correction, as its position among them.
    pub correction: usize,
    /// What was corrected: "kind was person".
    pub what: String,
}

/// What came of the corrections of an article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Corrected {
    /// Stances accepted or changed, by number.
    pub stances: Vec<CorrectedStance>,
    /// Entities corrected, in the order of the corrections.
    pub entities: Vec<CorrectedEntity>,
    /// How many stances were rejected.
    pub rejected: usize,
    /// Corrections whose subject is not there now, as positions. They are kept.
    pub waiting: Vec<usize>,
}

impl Corrected {
    /// What is known of the correction of a stance.
    pub fn stance(&self, id: StanceId) -> Option<&CorrectedStance> {
        self.stances.iter().find(|s| s.stance == id)
    }
}

/// Whether two names are the same, letter case aside.
pub(super) fn same_name(a: &str, b: &str) -> bool {
    fold(a) == fold(b)
}
