//! One article: its text, its blocks, its metadata. Made by `ingest`; never changed afterwards.

use std::sync::Arc;

use jiff::ZonedDateTime;
use jiff::civil::Date;

use crate::base::{BlockId, Span, moment};

/// What a block of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// Headline.
    Title,
    /// Author line.
    Byline,
    /// Date line.
    Date,
    /// The brief, lead or standfirst.
    Brief,
    /// Paragraph of the body.
    Paragraph,
    /// Heading inside the body.
    Heading,
    /// Item of a list.
    ListItem,
    /// A topic or keyword.
    Topic,
    /// The editor's comment that came with the article.
    Comment,
}

impl BlockKind {
    /// Every kind, in the order in which a newspaper page has them.
    pub const ALL: [BlockKind; 9] = [
        Self::Title,
        Self::Byline,
        Self::Date,
        Self::Brief,
        Self::Paragraph,
        Self::Heading,
        Self::ListItem,
        Self::Topic,
        Self::Comment,
    ];

    /// Its name in the JSON contract.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Byline => "byline",
            Self::Date => "date",
            Self::Brief => "brief",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::ListItem => "list_item",
            Self::Topic => "topic",
            Self::Comment => "comment",
        }
    }

    /// The kind with this name in the JSON contract.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.name() == name)
    }

    /// Whether its text is prose that annotators read (as against a byline, a date or a topic).
    pub fn is_prose(self) -> bool {
        matches!(
            self,
            Self::Title
                | Self::Brief
                | Self::Paragraph
                | Self::Heading
                | Self::ListItem
                | Self::Comment
        )
    }
}

/// A block: a kind and the bytes it covers. Blocks are sorted, do not overlap and hold no
/// newline at either end; text between them (at least one newline) belongs to no block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it is.
    pub span: Span,
}

/// What is known about an article besides its text. Every field may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Metadata {
    /// Headline, on one line.
    pub title: Option<String>,
    /// Authors, in the order given.
    pub authors: Vec<String>,
    /// Day of publication, where it was published.
    pub published: Option<Date>,
    /// The moment of publication, in the zone in which it was given; only where the source gives a
    /// time and a zone. Its day is `published`.
    pub published_at: Option<ZonedDateTime>,
    /// The paper, agency or site.
    pub outlet: Option<String>,
    /// Where it came from: a path, an address, or `sample`.
    pub uri: Option<String>,
    /// Language code, such as `en`.
    pub language: Option<String>,
    /// Topics or keywords.
    pub topics: Vec<String>,
}

impl Metadata {
    /// When it was published, as exactly as that is known.
    pub fn when(&self) -> Option<String> {
        let day = self.published.map(|day| day.to_string());
        self.published_at.as_ref().map(moment::shown).or(day)
    }
}

/// One article. Immutable after ingest.
///
/// `text` is what was read, decoded and made safe (see `ingest::decode`): `\n` line ends, no
/// control or bidirectional characters, section labels and boilerplate left out. Blocks cover all
/// of it but the newlines between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Stable id: the first 16 hexadecimal digits of the SHA-256 of `text`.
    pub id: String,
    /// The text that every span of every layer points into.
    pub text: Arc<str>,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Title, authors, date and so on.
    pub meta: Metadata,
    /// What ingest did that the reader may want to know ("left out 3 lines of share-this
    /// boilerplate", "read as Windows-1252"). Shown in the details; one sentence each.
    pub details: Vec<String>,
}

impl Document {
    /// The text of `span`.
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.text)
    }

    /// The block that holds byte `at`, or the last one before it.
    pub fn block_at(&self, at: usize) -> Option<BlockId> {
        let after = self.blocks.partition_point(|b| b.span.from() <= at);
        after.checked_sub(1).map(BlockId::at)
    }

    /// A block by id.
    pub fn block(&self, id: BlockId) -> Option<&Block> {
        self.blocks.get(id.index())
    }

    /// The blocks of one kind.
    pub fn blocks_of(&self, kind: BlockKind) -> impl Iterator<Item = &Block> {
        self.blocks.iter().filter(move |b| b.kind == kind)
    }

    /// Headline, or a name made from the address, or `Untitled`.
    pub fn display_title(&self) -> &str {
        if let Some(title) = &self.meta.title {
            return title;
        }
        let name = self
            .meta
            .uri
            .as_deref()
            .and_then(|u| u.rsplit('/').find(|p| !p.is_empty()));
        name.unwrap_or("Untitled")
    }
}
