//! Fetch: addresses → bytes. The only room that touches the network. One blocking client with
//! limits on time, size and redirects (`client`), what it answers (`answer`), what goes wrong in
//! one line (`fault`), and a queue that fetches many things at once without one waiting for another
//! (`queue`). Nothing is fetched that nobody asked for.
//!
//! May call `base`. Knows no formats: what the bytes are is the business of `ingest`.

mod address;
mod answer;
mod client;
mod fault;
mod guard;
mod packed;
mod queue;

pub use address::{check, is_address, name};
pub use answer::{Answer, Page, Validators};
pub use client::{Client, Limits, Request, Wanted};
pub use queue::{Cancel, Step, fetch_all};
