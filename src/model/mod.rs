//! Model: the nouns of the program. Documents, annotation layers, highlights, corrections and how
//! they are laid over the layers, and the public JSON contract they are exchanged in. No parsing of articles, no colours, no clock, no I/O.
//!
//! May call `base`.

pub mod annotated;
pub mod contract;
pub mod correct;
pub mod correction;
pub mod document;
pub mod entity;
mod filter;
pub mod highlight;
pub mod library;
pub mod merge;
mod part;
pub mod stance;

pub use annotated::{Annotated, Link, Sentence};
pub use correct::{READER, correct, evidence_hull};
pub use correction::{Claim, Corrected, CorrectedStance, Correction, Named, Place, Verdict, Work};
pub use document::{Block, BlockKind, Document, Metadata};
pub use entity::{Conll, Entity, EntityKind, Mention, MentionForm, Rule};
pub use filter::Filter;
pub use highlight::{Anchor, Colour, Highlight};
pub use part::part;
pub use stance::{Issue, Party, Polarity, Quote, QuoteKind, Stance, Target};
