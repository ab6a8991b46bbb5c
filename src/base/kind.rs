//! Kinds: what an entity is, and which kinds a reader wants to see. Named here so that the model,
//! the settings and the screen speak of the same list.

use crate::base::Role;

/// What an entity is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organization: alliance, company, outlet, ministry, government.
    Organization,
    /// A place, countries included.
    Place,
    /// A group: nationality, party, religion, a set of people.
    Group,
    /// An event that has a name.
    Event,
    /// A work: book, law, treaty, film.
    Work,
    /// Anything else that has a name.
    Other,
    /// A date or a time. Light.
    Date,
    /// An amount of money. Light.
    Money,
    /// A percentage. Light.
    Percent,
    /// Any other number of something. Light.
    Quantity,
}

impl EntityKind {
    /// Every kind, in the order in which lists show them.
    pub const ALL: [EntityKind; 11] = [
        Self::Person,
        Self::Organization,
        Self::Place,
        Self::Group,
        Self::Event,
        Self::Work,
        Self::Other,
        Self::Date,
        Self::Money,
        Self::Percent,
        Self::Quantity,
    ];

    /// Its name in the JSON contract and in settings.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Group => "group",
            Self::Event => "event",
            Self::Work => "work",
            Self::Other => "other",
            Self::Date => "date",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Quantity => "quantity",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }

    /// Heading of its group in a list.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Person => "People",
            Self::Organization => "Organizations",
            Self::Place => "Places",
            Self::Group => "Groups",
            Self::Event => "Events",
            Self::Work => "Works",
            Self::Other => "Other",
            Self::Date => "Dates",
            Self::Money => "Money",
            Self::Percent => "Percentages",
            Self::Quantity => "Quantities",
        }
    }

    /// The role its mentions have on the screen.
    pub fn role(self) -> Role {
        match self {
            Self::Person => Role::Person,
            Self::Organization => Role::Organization,
            Self::Place => Role::Place,
            Self::Group => Role::Group,
            Self::Event => Role::Event,
            Self::Work => Role::Work,
            Self::Other => Role::Other,
            Self::Date | Self::Money | Self::Percent | Self::Quantity => Role::Figure,
        }
    }

    /// Whether its marks are light: a date or a figure, not somebody or something with a name.
    pub fn is_light(self) -> bool {
        matches!(
            self,
            Self::Date | Self::Money | Self::Percent | Self::Quantity
        )
    }
}

/// What a reader sees of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Showing {
    /// Marked in the text and listed.
    Listed,
    /// Marked in the text only.
    Marked,
    /// Neither marked nor listed.
    Hidden,
}

impl Showing {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Listed => "marked and listed",
            Self::Marked => "marked, not listed",
            Self::Hidden => "hidden",
        }
    }

    /// What the next press of a key makes of it.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Listed => Self::Marked,
            Self::Marked => Self::Hidden,
            Self::Hidden => Self::Listed,
        }
    }
}

/// What a reader sees of every kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kinds([Showing; EntityKind::ALL.len()]);

impl Default for Kinds {
    /// Everything is marked; dates and figures are not listed.
    fn default() -> Self {
        Self(EntityKind::ALL.map(|kind| {
            if kind.is_light() {
                Showing::Marked
            } else {
                Showing::Listed
            }
        }))
    }
}

impl Kinds {
    /// What is seen of `kind`.
    pub fn of(self, kind: EntityKind) -> Showing {
        self.0[kind as usize]
    }

    /// Decides what is seen of `kind`.
    pub fn set(&mut self, kind: EntityKind, showing: Showing) {
        self.0[kind as usize] = showing;
    }

    /// Whether mentions of `kind` are marked in the text.
    pub fn marks(self, kind: EntityKind) -> bool {
        self.of(kind) != Showing::Hidden
    }

    /// Whether entities of `kind` are listed.
    pub fn lists(self, kind: EntityKind) -> bool {
        self.of(kind) == Showing::Listed
    }

    /// The kinds of which this is seen, in the order of lists.
    pub fn that_are(self, showing: Showing) -> impl Iterator<Item = EntityKind> {
        EntityKind::ALL
            .into_iter()
            .filter(move |k| self.of(*k) == showing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_stand_where_their_list_says() {
        for (n, kind) in EntityKind::ALL.into_iter().enumerate() {
            assert_eq!(kind as usize, n);
            assert_eq!(EntityKind::from_name(kind.name()), Some(kind));
        }
    }

    #[test]
    fn three_presses_come_round() {
        let mut kinds = Kinds::default();
        for kind in EntityKind::ALL {
            let first = kinds.of(kind);
            for _ in 0..3 {
                kinds.set(kind, kinds.of(kind).next());
            }
            assert_eq!(kinds.of(kind), first);
        }
        assert_eq!(kinds.that_are(Showing::Hidden).count(), 0);
        assert!(!kinds.lists(EntityKind::Money) && kinds.marks(EntityKind::Money));
    }
}
