//! What the reader marked: highlights with colour, tags and perhaps a note.

use jiff::Timestamp;

use crate::base::text::{ceil_boundary, floor_boundary};
use crate::base::{Role, Span};

/// Colour of a highlight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Colour {
    /// Yellow, the colour of a highlight made without choosing.
    #[default]
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Red.
    Red,
    /// Purple.
    Purple,
}

impl Colour {
    /// Every colour, in the order of the palette.
    pub const ALL: [Colour; 5] = [
        Self::Yellow,
        Self::Green,
        Self::Blue,
        Self::Red,
        Self::Purple,
    ];

    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Blue => "blue",
            Self::Red => "red",
            Self::Purple => "purple",
        }
    }

    /// The colour with this name in files.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }

    /// The role a highlight of this colour has on the screen.
    pub fn role(self) -> Role {
        match self {
            Self::Yellow => Role::HighlightYellow,
            Self::Green => Role::HighlightGreen,
            Self::Blue => Role::HighlightBlue,
            Self::Red => Role::HighlightRed,
            Self::Purple => Role::HighlightPurple,
        }
    }
}

/// Where a highlight is: by position, and by the quoted words with their context, so that it can
/// be found again when the text around it has changed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchor {
    /// Position in the document it was made in, in bytes.
    pub span: Span,
    /// The words themselves.
    pub exact: String,
    /// Up to [`Anchor::CONTEXT`] characters before them.
    pub prefix: String,
    /// Up to [`Anchor::CONTEXT`] characters after them.
    pub suffix: String,
}

impl Anchor {
    /// Characters of context kept on either side.
    pub const CONTEXT: usize = 32;

    /// The anchor of `span` in `text`; a span that does not fit is widened to character
    /// boundaries.
    pub fn new(text: &str, span: Span) -> Self {
        let start = floor_boundary(text, span.from());
        let end = ceil_boundary(text, span.to()).max(start);
        let before = &text[..start];
        let from = before
            .char_indices()
            .rev()
            .nth(Self::CONTEXT - 1)
            .map_or(0, |(i, _)| i);
        let after = &text[end..];
        let to = after
            .char_indices()
            .nth(Self::CONTEXT)
            .map_or(after.len(), |(i, _)| i);
        Self {
            span: Span::new(start, end),
            exact: text[start..end].to_owned(),
            prefix: before[from..].to_owned(),
            suffix: after[..to].to_owned(),
        }
    }
}

/// A span that the reader marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Unique among all highlights of the article; never reused.
    pub id: String,
    /// Where it is.
    pub anchor: Anchor,
    /// Its colour.
    pub colour: Colour,
    /// Tags, in the order given.
    pub tags: Vec<String>,
    /// The reader's note.
    pub note: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// Whether the words could not be found again in the text as it is now. An orphan is listed
    /// with its words and never drawn in the text.
    pub orphan: bool,
}
