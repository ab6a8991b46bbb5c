//! The library screen: a list of articles beside what stands in the chosen one. `state` knows, `draw`
//! draws, `keys` does what keys ask for, `worker` asks the [`Shelf`] on a thread of its own,
//! `refresh` has the feeds refreshed on another.

mod draw;
mod keys;
mod refresh;
mod shelf;
mod state;
mod worker;

pub use refresh::Refresher;
pub use shelf::{Answer, Ask, Change, Find, Found, Preview, Refreshed, Shelf, Why};
pub use state::LibraryView;
pub use worker::Librarian;
