//! Formats of tools that work on language: annotation editors, taggers, corpora.

use super::Format;

pub(super) const FORMATS: &[Format] = &[];
