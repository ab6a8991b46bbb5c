//! Room `annotate`.
