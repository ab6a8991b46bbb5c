//! Base: the leaf room. Spans, ids, text and width helpers, display roles and the error type.
//!
//! Everything here is pure (no I/O, no clock, no environment) and may be called by every other
//! room. It calls nothing but `std`, `serde` and the Unicode crates.

pub mod calendar;
pub mod error;
pub mod guard;
pub mod id;
pub mod kind;
pub mod moment;
pub mod offset;
pub mod role;
pub mod span;
pub mod text;

pub use error::{Error, Result};
pub use id::{BlockId, EntityId, IssueId, QuoteId, SentenceId, StanceId};
pub use kind::{EntityKind, Kinds, Showing};
pub use offset::{Offsets, Unit};
pub use role::{Role, RoleSet};
pub use span::Span;
