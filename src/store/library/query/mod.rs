//! The query language of the library. Pure: text → what is asked for → the condition of a query in
//! SQL; nothing here reads a file.
//!
//! ```text
//! entity:"Emmanuel Macron"  holder:Macron target:NATO stance:against   outlet:Reuters author:Doe
//! feed:bbc  title:summit  after:2025-03-01 before:2025-04  tag:x  sort:best
//! unread read starred archived   bare words   "a phrase"   pref*   -not this   a or b   (…)
//! ```
//!
//! `holder:`, `target:` and `stance:` side by side ask for one stance that is all of it; a choice
//! between them in parentheses, or one with `-` beside another, speaks of the same stance. Terms
//! side by side in parentheses speak of a stance of their own. A star at the end of words, of a
//! name or of a tag stands for how it goes on.

mod complete;
mod parse;
mod sql;
#[cfg(test)]
mod tests;
mod typed;

use jiff::civil::Date;

use crate::model::Polarity;
use crate::model::library::{Flag, Sort};

pub use parse::parse;
pub(super) use sql::sql;
pub use typed::parse_typed;

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// What an article must be; `None`: anything.
    pub expr: Option<Expr>,
    /// The order that the query asks for.
    pub sort: Option<Sort>,
}

impl Query {
    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        self.expr.is_none()
    }

    /// The words that are searched in the text, as they were typed.
    pub fn words(&self) -> Vec<&str> {
        let mut out = Vec::new();
        if let Some(expr) = &self.expr {
            expr.words(&mut out);
        }
        out
    }
}

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expr {
    /// The text has these words, one after the other; the last may go on if `prefix`.
    Words {
        /// The words.
        text: String,
        /// Whether the last word may go on.
        prefix: bool,
    },
    /// The headline has these words.
    Title(String),
    /// It has this flag; `false`: it has not.
    Is(Flag, bool),
    /// It names this entity.
    Entity(String),
    /// A part of a stance.
    Stance(Side),
    /// Its outlet's name has this in it.
    Outlet(String),
    /// An author's name has this in it.
    Author(String),
    /// Its feed's title or address has this in it.
    Feed(String),
    /// It has this tag.
    Tag(String),
    /// Of this day or later.
    After(Date),
    /// Of an earlier day.
    Before(Date),
    /// Not this.
    Not(Box<Expr>),
    /// All of these.
    And(Vec<Expr>),
    /// One of these.
    Or(Vec<Expr>),
}

impl Expr {
    fn words<'a>(&'a self, out: &mut Vec<&'a str>) {
        match self {
            Self::Words { text, .. } => out.push(text),
            Self::And(all) | Self::Or(all) => all.iter().for_each(|e| e.words(out)),
            _ => {}
        }
    }
}

/// A part of a stance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Side {
    /// Who holds it.
    Holder(String),
    /// What it is about.
    Target(String),
    /// For, against, conditional.
    Polarity(Polarity),
}

/// The keys, each with what stands after it and a line of help.
pub const KEYS: &[(&str, &str, &str)] = &[
    (
        "entity",
        "a name",
        "names this person, organization, place …",
    ),
    (
        "holder",
        "a name",
        "somebody of this name is for or against something",
    ),
    ("target", "a name", "somebody is for or against this"),
    ("stance", "for, against or conditional", "on which side"),
    ("outlet", "a name", "the paper, agency or site"),
    ("author", "a name", "who wrote it"),
    ("feed", "a title", "the feed it came from"),
    ("title", "words", "words of the headline"),
    ("after", "a date like 2025-03-01", "of this day or later"),
    ("before", "a date like 2025-03-01", "of an earlier day"),
    ("tag", "a tag", "a tag of yours"),
    (
        "sort",
        "newest, oldest, outlet, title or best",
        "the order of the list",
    ),
];

/// The words that stand alone for a flag.
pub const FLAGS: &[(&str, Flag, bool)] = &[
    ("unread", Flag::Unread, true),
    ("read", Flag::Unread, false),
    ("starred", Flag::Starred, true),
    ("archived", Flag::Archived, true),
];

/// Days from 1970-01-01 to a date, before it negative.
pub(in crate::store) fn days_since_1970(date: Date) -> i32 {
    let start = jiff::civil::date(1970, 1, 1);
    start.until(date).map_or(0, |span| span.get_days())
}
