//! Who said what, and who is for or against what: quotes, issues, stances.

use crate::base::{EntityId, IssueId, QuoteId, Role, SentenceId, Span, StanceId};
use crate::model::entity::Rule;

/// Whoever speaks or holds a stance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Party {
    /// An entity of the article.
    Entity(EntityId),
    /// The reporter.
    Author,
    /// The writer of the editor's comment.
    Editor,
    /// Somebody whom the article does not name.
    Unknown,
}

impl Party {
    /// The entity, where it is one.
    pub fn entity(self) -> Option<EntityId> {
        match self {
            Self::Entity(id) => Some(id),
            _ => None,
        }
    }
}

/// How speech is reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// Whole sentences in quotation marks.
    Direct,
    /// Quoted words inside the reporter's sentence.
    Mixed,
    /// No quotation marks.
    Indirect,
    /// Quotation marks for distance, or around a term.
    Scare,
}

impl QuoteKind {
    /// Every kind.
    pub const ALL: [QuoteKind; 4] = [Self::Direct, Self::Mixed, Self::Indirect, Self::Scare];

    /// Its name in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
            Self::Scare => "scare",
        }
    }

    /// The kind with this name in the JSON contract.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }
}

/// A span of reported speech.
#[derive(Debug, Clone, PartialEq)]
pub struct Quote {
    /// Its position in the layer.
    pub id: QuoteId,
    /// The words reported, quotation marks included where there are any.
    pub span: Span,
    /// The reporting verb or phrase.
    pub cue: Option<Span>,
    /// Who says it.
    pub speaker: Party,
    /// The words that name the speaker.
    pub speaker_span: Option<Span>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// The quote that this one goes on from, where reporting words break one utterance in two.
    pub continues: Option<QuoteId>,
    /// Those through whom it was reported, outermost first; never the speaker.
    pub via: Vec<EntityId>,
    /// Which rule or model found it.
    pub rule: Rule,
    /// How sure, 0 to 1.
    pub confidence: f32,
}

/// A proposition that people are for or against.
#[derive(Debug, Clone, PartialEq)]
pub struct Issue {
    /// Its position in the layer.
    pub id: IssueId,
    /// A short name: "Ukraine joining NATO".
    pub name: String,
    /// Where it is mentioned, in reading order.
    pub mentions: Vec<Span>,
    /// The issue that is its ban or opposite.
    pub inverse_of: Option<IssueId>,
}

/// For, against, or for under a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// Wants or approves.
    For,
    /// Rejects or fears.
    Against,
    /// Wants under a condition.
    Conditional,
}

impl Polarity {
    /// Every polarity.
    pub const ALL: [Polarity; 3] = [Self::For, Self::Against, Self::Conditional];

    /// Its name in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::For => "for",
            Self::Against => "against",
            Self::Conditional => "conditional",
        }
    }

    /// The polarity with this name in the JSON contract.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|p| p.name() == name)
    }

    /// Its sign in gutters and lists.
    pub fn sign(self) -> char {
        match self {
            Self::For => '▲',
            Self::Against => '▼',
            Self::Conditional => '◆',
        }
    }

    /// Its sign in ASCII.
    pub fn ascii_sign(self) -> char {
        match self {
            Self::For => '+',
            Self::Against => '-',
            Self::Conditional => '~',
        }
    }

    /// The role its evidence has on the screen.
    pub fn role(self) -> Role {
        match self {
            Self::For => Role::For,
            Self::Against => Role::Against,
            Self::Conditional => Role::Conditional,
        }
    }
}

/// What a stance is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An entity.
    Entity(EntityId),
    /// A proposition.
    Issue(IssueId),
}

/// Holder → target, polarity, strength, and the words that show it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stance {
    /// Its position in the layer.
    pub id: StanceId,
    /// The sentence that shows it.
    pub sentence: SentenceId,
    /// Who holds it: the innermost source that answers for it.
    pub holder: Party,
    /// The words that name the holder, where the sentence does.
    pub holder_span: Option<Span>,
    /// What it is about.
    pub target: Target,
    /// The words that name the target.
    pub target_span: Span,
    /// For, against, conditional.
    pub polarity: Polarity,
    /// 1 hedged or implied, 2 plain, 3 emphatic.
    pub strength: u8,
    /// The smallest word groups without which the verdict would fall; sorted, at least one.
    pub evidence: Vec<Span>,
    /// Those through whom it was reported, outermost first; never holders themselves.
    pub via: Vec<EntityId>,
    /// Which rule made it: `want∘ban`.
    pub rule: Rule,
    /// How sure, 0 to 1. Drawn solid from 0.8, faint from 0.6, not at all below.
    pub confidence: f32,
}

impl Stance {
    /// Confidence from which a mark is drawn solid.
    pub const SOLID: f32 = 0.8;
    /// Confidence from which a mark is drawn at all.
    pub const FAINT: f32 = 0.6;

    /// "weakly", "plainly" or "strongly".
    pub fn strength_word(&self) -> &'static str {
        match self.strength {
            0 | 1 => "weakly",
            2 => "plainly",
            _ => "strongly",
        }
    }
}
