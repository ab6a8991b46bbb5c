//! What the library screen asks for and what it is told. Asked on a thread beside the screen, so that
//! no search and no writing holds a key up. The answers come from `cli`, which knows the store.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::base::{Error, Result};
use crate::model::Annotated;
use crate::model::library::{
    ArticleId, Completion, Dossier, Feed, Flag, Item, QueryFault, SavedQuery, Sort, StanceNote,
};
use crate::ui::desk::Opened;

/// The library behind the screen. Called from several threads.
pub trait Shelf: Send + Sync {
    /// Answers what was asked.
    fn answer(&self, ask: Ask) -> Answer;

    /// Refreshes the feeds until that is done or `stop` is set; tells how far it is. Called on a
    /// thread of its own.
    ///
    /// # Errors
    /// There is nothing to refresh, or no way to do it. What is wrong with one feed stands with it.
    fn refresh(&self, stop: &Arc<AtomicBool>, tell: &mut dyn FnMut(Refreshed))
    -> Result<Refreshed>;

    /// What the reader should know about the library, said when it is first shown.
    fn notice(&self) -> Option<String>;

    /// Opens an article of the library.
    ///
    /// # Errors
    /// It is not there any more, or it is damaged.
    fn open(&self, id: ArticleId) -> Result<Opened>;
}

/// How far a refresh of the feeds is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Refreshed {
    /// Feeds (and pages, where they follow) that are done.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// New articles.
    pub new: usize,
    /// Articles whose text changed.
    pub changed: usize,
    /// The feeds that could not be read.
    pub failed: Vec<String>,
    /// The reader gave it up.
    pub stopped: bool,
}

impl Refreshed {
    /// What it brought, in words.
    pub fn words(&self) -> String {
        let mut out = match self.new {
            _ if self.total == 0 => return "no feed is to be asked yet; f shows why".to_owned(),
            0 => "nothing new".to_owned(),
            1 => "1 new article".to_owned(),
            n => format!("{n} new articles"),
        };
        if self.changed > 0 {
            out.push_str(&format!(", {} changed", self.changed));
        }
        match self.failed.as_slice() {
            [] => {}
            // Of feeds that could not be read it is not known whether there is something new.
            [one] if self.total == 1 => out = format!("{one} could not be read; f shows why"),
            [one] => out.push_str(&format!("; {one} could not be read, f shows why")),
            all => out.push_str(&format!(
                "; {} feeds could not be read, f shows why",
                all.len()
            )),
        }
        if self.stopped {
            out.push_str("; given up before the end");
        }
        out
    }
}

/// A change of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Sets a flag or takes it away.
    Flag(Flag, bool),
    /// Sets a tag or takes it away.
    Tag(String, bool),
}

impl Change {
    /// What takes it back.
    #[must_use]
    pub fn back(&self) -> Self {
        match self {
            Self::Flag(flag, on) => Self::Flag(*flag, !on),
            Self::Tag(tag, on) => Self::Tag(tag.clone(), !on),
        }
    }

    /// What it does, in words.
    pub fn words(&self) -> String {
        match self {
            Self::Flag(Flag::Unread, on) => {
                if *on { "marked unread" } else { "marked read" }.to_owned()
            }
            Self::Flag(Flag::Starred, on) => if *on { "starred" } else { "unstarred" }.to_owned(),
            Self::Flag(Flag::Archived, on) => {
                if *on { "put away" } else { "taken back" }.to_owned()
            }
            Self::Tag(tag, true) => format!("tagged {tag}"),
            Self::Tag(tag, false) => format!("no longer tagged {tag}"),
        }
    }
}

/// Why a change is made: decides what undo knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The reader did it.
    Done,
    /// It takes another one back.
    Undo,
    /// It does again what was taken back.
    Redo,
    /// It goes with opening an article.
    Opened,
}

/// A page to find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Find {
    /// Number of the question; a later one makes it void.
    pub number: u64,
    /// What is searched.
    pub query: String,
    /// Whether the reader is still typing it, so that its end is open.
    pub typed: bool,
    /// Order; the query's own goes before it.
    pub sort: Sort,
    /// Rows to leave out.
    pub offset: usize,
    /// Rows at most.
    pub limit: usize,
}

/// What is asked.
#[derive(Debug, Clone)]
pub enum Ask {
    /// A page of rows.
    Find(Find),
    /// What stands beside the list.
    Preview(ArticleId),
    /// A change.
    Change {
        /// Of which articles.
        ids: Vec<ArticleId>,
        /// Which.
        change: Change,
        /// Why.
        why: Why,
    },
    /// How what is typed can go on.
    Complete(String),
    /// The saved queries.
    Folders,
    /// Keeps a query under a name.
    Keep {
        /// The name.
        name: String,
        /// The query.
        query: String,
    },
    /// All about an entity.
    Dossier(String),
    /// These articles, to be compared.
    Compare(Vec<ArticleId>),
    /// This article and others on the same story, to be compared.
    SameStory(Arc<Annotated>),
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Number of the question.
    pub number: u64,
    /// Rows left out before it.
    pub offset: usize,
    /// The rows.
    pub items: Vec<Item>,
    /// How many are found in all; of very many, one more than are counted.
    pub total: usize,
    /// The order it is in.
    pub sort: Sort,
    /// Whether words of the text are searched, which can be ranked.
    pub words: bool,
}

/// What stands beside the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// The article.
    pub id: ArticleId,
    /// The start of its text, without the headline.
    pub text: String,
    /// Its stances.
    pub stances: Vec<StanceNote>,
}

/// What is answered.
#[derive(Debug)]
pub enum Answer {
    /// A page.
    Found(Found),
    /// The query has a mistake.
    Mistaken {
        /// Number of the question.
        number: u64,
        /// The mistake.
        fault: QueryFault,
    },
    /// What stands beside the list.
    Preview(Preview),
    /// A change was made.
    Changed {
        /// Of these articles; those that were so already are not among them.
        ids: Vec<ArticleId>,
        /// Which.
        change: Change,
        /// Why.
        why: Why,
    },
    /// How what is typed can go on.
    Completed {
        /// What was typed.
        text: String,
        /// How it goes on.
        completion: Completion,
    },
    /// The saved queries, and the feeds with what went wrong with each.
    Folders(Vec<SavedQuery>, Vec<Feed>),
    /// A query is kept under this name.
    Kept(String),
    /// All about an entity of this name; `None` if the library does not name it.
    Dossier(String, Option<Box<Dossier>>),
    /// Articles to compare.
    Compared(Vec<(Option<ArticleId>, Arc<Annotated>)>),
    /// It could not be done.
    Failed(Error),
}
