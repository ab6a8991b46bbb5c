//! Docs: pages for readers, kept beside the code that they speak of and shown by the program too.
//! May call nothing.

/// What a stance mark means, how sure it is, how often it was right, and where it fails.
pub const STANCE: &str = include_str!("stance.md");

#[doc = include_str!("stance.md")]
pub mod stance {}
