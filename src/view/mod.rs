//! Room `view`.
