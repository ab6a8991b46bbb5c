//! Nouns of the library: a row of its list, flags, orders, feeds, saved queries, and what an
//! entity's dossier is made of. Plain values; reading and writing them belongs to `store`.

use jiff::civil::Date;
use jiff::{Timestamp, ZonedDateTime};

use crate::base::{EntityKind, moment};
use crate::model::stance::{Polarity, QuoteKind};

/// Number of an article in the library. Greater numbers are of later days.
pub type ArticleId = i64;
/// Number of a feed in the library.
pub type FeedId = i64;

/// An article in the list of the library, without its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number.
    pub id: ArticleId,
    /// Id of its document: made from its text.
    pub hash: String,
    /// Path or address it came from.
    pub uri: Option<String>,
    /// The feed it came from.
    pub feed: Option<FeedId>,
    /// Headline.
    pub title: String,
    /// Authors.
    pub authors: Vec<String>,
    /// Paper, agency or site.
    pub outlet: Option<String>,
    /// Day of publication.
    pub published: Option<Date>,
    /// The moment of publication, where it is known.
    pub published_at: Option<ZonedDateTime>,
    /// When it was put into the library.
    pub added: Timestamp,
    /// The first words of the article, on one line.
    pub lead: String,
    /// Words of the text.
    pub words: usize,
    /// Not read yet.
    pub unread: bool,
    /// Starred by the reader.
    pub starred: bool,
    /// Put away by the reader.
    pub archived: bool,
    /// Tags, sorted.
    pub tags: Vec<String>,
    /// Words around what was searched, the hits between U+0002 and U+0003.
    pub snippet: Option<String>,
}

impl Item {
    /// The day by which it is sorted: of publication, or that on which it was added. Of a moment it
    /// is the day in UTC, so that articles from all zones are in one order.
    pub fn day(&self) -> Date {
        let at = self.published_at.as_ref().map(|at| day_of(at.timestamp()));
        let day = at.or(self.published);
        day.unwrap_or_else(|| day_of(self.added))
    }

    /// When it was published, as exactly as that is known; without that, the day it was added.
    pub fn when(&self) -> String {
        let at = self.published_at.as_ref().map(moment::shown);
        at.unwrap_or_else(|| self.day().to_string())
    }
}

/// The day of a time, in UTC.
pub fn day_of(time: Timestamp) -> Date {
    jiff::tz::Offset::UTC.to_datetime(time).date()
}

/// What the reader can set on an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// Not read yet.
    Unread,
    /// Starred.
    Starred,
    /// Put away.
    Archived,
}

/// Order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Sort {
    /// By day, the latest first.
    #[default]
    Newest,
    /// By day, the earliest first.
    Oldest,
    /// By outlet, the latest first within one.
    Outlet,
    /// By headline.
    Title,
    /// What fits the searched words best first; without words the latest first.
    Best,
}

impl Sort {
    /// Every order.
    pub const ALL: [Sort; 5] = [
        Self::Newest,
        Self::Oldest,
        Self::Outlet,
        Self::Title,
        Self::Best,
    ];

    /// Its name on the command line and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Outlet => "outlet",
            Self::Title => "title",
            Self::Best => "best",
        }
    }

    /// The order with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Feed {
    /// Its number; 0 before it is in the library.
    pub id: FeedId,
    /// Its address.
    pub url: String,
    /// Its title: the reader's, else its own.
    pub title: Option<String>,
    /// Address of the site it belongs to.
    pub site: Option<String>,
    /// Folder or tags the reader sorts it under.
    pub tags: Vec<String>,
    /// Validator of the last answer.
    pub etag: Option<String>,
    /// Validator of the last answer.
    pub last_modified: Option<String>,
    /// When it was last asked for.
    pub tried: Option<Timestamp>,
    /// When it last answered.
    pub succeeded: Option<Timestamp>,
    /// What went wrong the last time, in a line.
    pub error: Option<String>,
    /// The server said that it is gone for good.
    pub gone: bool,
    /// Not to be asked before.
    pub retry_after: Option<Timestamp>,
    /// Seconds between two refreshes, where it has its own.
    pub interval: Option<u32>,
    /// Articles of it, and how many are unread. Counted on reading, ignored on writing.
    pub counts: (usize, usize),
}

/// A query that the reader keeps under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuery {
    /// Its name.
    pub name: String,
    /// The query.
    pub query: String,
}

/// A mistake in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryFault {
    /// Where, in characters from 1.
    pub column: usize,
    /// What was expected and what stands there.
    pub cause: String,
}

impl std::fmt::Display for QueryFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "column {}: {}", self.column, self.cause)
    }
}

/// What can stand at the end of a typed query.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Completion {
    /// Byte at which what is replaced begins.
    pub from: usize,
    /// What can stand there, best first.
    pub candidates: Vec<String>,
}

/// A stance as a dossier lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct StanceNote {
    /// The article.
    pub article: ArticleId,
    /// Position of the stance among those of the article.
    pub position: usize,
    /// Day of the article.
    pub day: Date,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Its headline.
    pub title: String,
    /// Who holds it, by name.
    pub holder: String,
    /// What it is about, by name.
    pub target: String,
    /// For, against, conditional.
    pub polarity: Polarity,
    /// 1 to 3.
    pub strength: u8,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The words that show it.
    pub evidence: String,
}

/// A quote as a dossier lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteNote {
    /// The article.
    pub article: ArticleId,
    /// Position of the quote among those of the article.
    pub position: usize,
    /// Day of the article.
    pub day: Date,
    /// Its outlet.
    pub outlet: Option<String>,
    /// How it is reported.
    pub kind: QuoteKind,
    /// The words.
    pub text: String,
}

/// All that the library knows about an entity.
#[derive(Debug, Clone, PartialEq)]
pub struct Dossier {
    /// The name under which it is named most.
    pub name: String,
    /// Its other names, most frequent first.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: Option<EntityKind>,
    /// Articles that name it, in which outlets, most first.
    pub outlets: Vec<(String, usize)>,
    /// How many articles name it.
    pub articles: usize,
    /// Stances it holds, latest first.
    pub held: Vec<StanceNote>,
    /// Stances toward it, latest first.
    pub received: Vec<StanceNote>,
    /// What it says, latest first.
    pub quotes: Vec<QuoteNote>,
    /// Who else is named in those articles, and in how many; most first.
    pub beside: Vec<(String, usize)>,
}
