//! Formats that services and other readers of annotations take in.

use super::Format;

pub(super) const FORMATS: &[Format] = &[];
