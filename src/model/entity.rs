//! Who is named: entities and their mentions.

use std::borrow::Cow;

pub use crate::base::EntityKind;
use crate::base::{EntityId, Span};

/// The rule or model that made an annotation: a short stable name such as `title+name` or
/// `list:country`, shown when the reader asks why.
pub type Rule = Cow<'static, str>;

/// The four types that names are scored by in CoNLL-2003.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Conll {
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A place.
    Location,
    /// Anything else that has a name, adjectives of countries included.
    Miscellaneous,
}

impl Conll {
    /// Its name in the JSON contract and in the corpora.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organization => "ORG",
            Self::Location => "LOC",
            Self::Miscellaneous => "MISC",
        }
    }

    /// The type with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        use Conll::{Location, Miscellaneous, Organization, Person};
        [Person, Organization, Location, Miscellaneous]
            .into_iter()
            .find(|t| t.name() == name)
    }

    /// The type that names of a kind have.
    pub fn of(kind: EntityKind) -> Self {
        match kind {
            EntityKind::Person => Self::Person,
            EntityKind::Organization => Self::Organization,
            EntityKind::Place => Self::Location,
            _ => Self::Miscellaneous,
        }
    }
}

/// How a mention refers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// By name, in full or in part.
    Name,
    /// By a common noun: "the alliance".
    Nominal,
    /// By a pronoun.
    Pronoun,
    /// By the adjective of a country: "Russian".
    Demonym,
    /// By a capital or seat of power that stands for a government.
    Metonym,
}

impl MentionForm {
    /// Every form.
    pub const ALL: [MentionForm; 5] = [
        Self::Name,
        Self::Nominal,
        Self::Pronoun,
        Self::Demonym,
        Self::Metonym,
    ];

    /// Its name in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
            Self::Demonym => "demonym",
            Self::Metonym => "metonym",
        }
    }

    /// The form with this name in the JSON contract.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }
}

/// A span that refers to an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where, without a leading article and without possessive `'s`.
    pub span: Span,
    /// How it refers.
    pub form: MentionForm,
    /// Its type of the four, where a model read it as a name.
    pub conll: Option<Conll>,
    /// Which rule or model found it.
    pub rule: Rule,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// All mentions of one person, organization, place, group, event or work.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// Its position in the layer.
    pub id: EntityId,
    /// The fullest name.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Other names it has in the article, in order of first appearance.
    pub aliases: Vec<String>,
    /// Title or office, as the article gives it: "Russian Deputy Foreign Minister".
    pub role: Option<String>,
    /// The country or organization it speaks for.
    pub speaks_for: Option<EntityId>,
    /// Mentions in reading order; at least one.
    pub mentions: Vec<Mention>,
    /// Which rule or model decided the kind.
    pub rule: Rule,
    /// How sure of kind and identity, 0 to 1.
    pub confidence: f32,
}

impl Entity {
    /// The mentions that a reader steps through, as positions among all: all but the pronouns,
    /// or all where there are only pronouns.
    pub fn stops(&self) -> Vec<usize> {
        let stop = |n: &usize| self.mentions[*n].form != MentionForm::Pronoun;
        let stops: Vec<usize> = (0..self.mentions.len()).filter(stop).collect();
        if stops.is_empty() {
            (0..self.mentions.len()).collect()
        } else {
            stops
        }
    }
}
