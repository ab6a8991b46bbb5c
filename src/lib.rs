//! Byline opens a news article and fills in its margins: who is named, who said what, and who is
//! for or against what, with the words that show it.
//!
//! Data flows one way: bytes → [`model::Document`] → [`model::Annotated`] → rows of
//! [`view`] → screen; and `Annotated` + highlights → exporters.
//!
//! # Rooms
//!
//! | room | what lives in it | may use |
//! |---|---|---|
//! | [`base`] | spans, ids, text and width helpers, roles, errors | – |
//! | [`model`] | nouns: Document, Annotated, Highlight, Correction and how it is laid on, the JSON contract | base |
//! | [`ingest`] | bytes → Document; one file a format | base, model |
//! | [`annotate`] | Document → Annotated; stages with `requires` / `provides` | base, model |
//! | [`export`] | Annotated + highlights → bytes; one file a format, one registry | base, model, view |
//! | [`store`] | what the reader marked and corrected, on disk | base, model |
//! | [`config`] | TOML → validated settings, theme, keymap; the command table | base |
//! | [`view`] | Annotated + width → rows of (span, roles); no colour, no terminal | base, model |
//! | [`docs`] | pages for readers: [what a stance mark means](docs::stance) | – |
//! | [`ui`] | the only room that knows ratatui and crossterm | base, model, config, view, docs |
//! | [`cli`] | arguments → requests; the only composer | all |
//!
//! `tests/rooms.rs` reads the `use crate::…` lines and fails on an edge that is not in this table.
//!
//! # Invariants
//!
//! 1. A document's text never changes after ingest.
//! 2. Every span lies on character boundaries inside its document's text.
//! 3. Layers are sorted; spans of a layer may overlap.
//! 4. A stage adds; it never edits a lower layer.
//! 5. Every annotation says which rule or model made it and how sure it is.
//! 6. Drawing never changes the model.
//! 7. The same input and width give the same bytes.

pub mod annotate;
pub mod base;
pub mod cli;
pub mod config;
pub mod docs;
pub mod export;
pub mod ingest;
pub mod model;
pub mod store;
pub mod ui;
pub mod view;
