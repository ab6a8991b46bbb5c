//! View: an annotated article plus a width becomes rows of (text, roles). Pure: no colour, no
//! terminal, no clock. The same input and width give the same rows.
//!
//! May call `base` and `model`.

mod agree;
mod ask;
mod card;
mod cells;
mod cite;
mod comments;
mod compare;
mod dossier;
mod entities;
mod explain;
mod focus;
mod layout;
mod ledger;
mod marks;
mod matrix;
mod nav;
mod objects;
mod others;
mod paint;
mod preview;
mod roster;
mod search;
mod sheet;
mod side;
mod spark;
mod voices;
mod wrap;

#[cfg(test)]
mod fixture;

pub use agree::{agreement, agreements};
pub use ask::{Asked, ask};
pub use card::{Card, card};
pub use cells::{Cell, Cells, Columns, GAP, Part as CellPart};
pub use cite::citation;
pub use comments::{CommentRow, CommentTarget, comment_rows, links_of};
pub use compare::{Alike, Comparison, alike};
pub use dossier::dossier;
pub use entities::{
    EntityRow, ListLook, Order, ascii_sign, entity_counts, entity_rows, named, sign,
};
pub use explain::{explain, explain_fully, short_name, turn};
pub use focus::{Focus, at, partners};
pub use layout::{Layout, Line, Part, Place};
pub use ledger::{Lead, Ledger, LedgerOrder, polarity_sign};
pub use marks::MarkIndex;
pub use matrix::{Holder, Matrix};
pub use nav::{Step, Stop, same_entity, step};
pub use objects::{Motion, Object, cluster_at, motion, object};
pub use others::others;
pub use paint::{Gutter, Overlay, Row, Run, RunText, paint};
pub use preview::preview;
pub use roster::bare;
pub use search::find_all;
pub use sheet::{SheetRow, Short};
pub use side::{Balance, balances, contradictions, side, thing};
pub use voices::{Silent, Speaker, Tone, silent, speakers, tone, voices};
pub use wrap::wrap;
