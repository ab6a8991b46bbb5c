//! Settings: plain values with their bounds. Which file they came from is `load`'s business.

use serde::Deserialize;

use crate::base::Kinds;

/// How many colours to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColourMode {
    /// As many as the environment says the terminal has; none under `NO_COLOR`.
    #[default]
    Auto,
    /// No colour: attributes and signs alone.
    None,
    /// The sixteen colours of the terminal's own palette.
    #[serde(rename = "16")]
    Ansi,
    /// The 256-colour palette.
    #[serde(rename = "256")]
    Indexed,
    /// 24-bit colour.
    Truecolor,
}

impl ColourMode {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::None => "none",
            Self::Ansi => "16",
            Self::Indexed => "256",
            Self::Truecolor => "truecolor",
        }
    }
}

/// Which glyphs the signs and lines are drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Signs {
    /// `● ■ ▲ ▼ │`.
    #[default]
    Unicode,
    /// `@ # + - |`, for fonts and readers that stumble over the others.
    Ascii,
}

impl Signs {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unicode => "unicode",
            Self::Ascii => "ascii",
        }
    }
}

/// The reader's settings, complete and within bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// `auto`, `dark`, `light`, or the name of a file in `themes/` beside the configuration.
    pub theme: String,
    /// How many colours.
    pub colour: ColourMode,
    /// Signs and lines.
    pub signs: Signs,
    /// Widest line of the article, in columns (20 to 200).
    pub measure: u16,
    /// Width of the entity pane, in columns (16 to 60); without one it follows the window.
    pub entities_width: Option<u16>,
    /// Width of the comment pane, in columns (16 to 80); without one it follows the window.
    pub comments_width: Option<u16>,
    /// What is seen of each kind of entity.
    pub kinds: Kinds,
    /// Whether the mouse scrolls and clicks in byline (hold Shift to select with the terminal).
    pub mouse: bool,
    /// Whether the window gets the headline as its title.
    pub window_title: bool,
    /// How long a key that is both a command and the start of a longer one waits, in
    /// milliseconds (100 to 5000).
    pub key_timeout: u16,
    /// Command line that `|` in the export menu begins with, such as a clipboard program.
    pub export_command: String,
    /// How pages and feeds are fetched.
    pub fetch: Fetching,
    /// How feeds are followed.
    pub feeds: Following,
    /// A program whose annotations are laid beside those of byline.
    pub annotator: Option<External>,
}

/// How feeds are followed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Following {
    /// Whether the pages of new articles are fetched where the feed holds a summary alone.
    pub full_text: bool,
}

/// How pages and feeds are fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetching {
    /// Milliseconds until there must be a connection (50 to 600 000).
    pub connect_timeout: u32,
    /// Milliseconds until all of it must be here (50 to 600 000).
    pub timeout: u32,
}

impl Default for Fetching {
    fn default() -> Self {
        Self {
            connect_timeout: 10_000,
            timeout: 30_000,
        }
    }
}

/// An annotator that is a program of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// The program and its arguments; at least the program.
    pub command: Vec<String>,
    /// Longest time for one article, in seconds (1 to 3600).
    pub timeout: u16,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: "auto".to_owned(),
            colour: ColourMode::Auto,
            signs: Signs::Unicode,
            measure: 80,
            entities_width: None,
            comments_width: None,
            kinds: Kinds::default(),
            mouse: true,
            window_title: true,
            key_timeout: 600,
            fetch: Fetching::default(),
            feeds: Following::default(),
            annotator: None,
            export_command: String::new(),
        }
    }
}

/// Narrowest and widest entity pane, in columns.
pub const ENTITIES_WIDTH: (u16, u16) = (16, 60);
/// Narrowest and widest comment pane, in columns.
pub const COMMENTS_WIDTH: (u16, u16) = (16, 80);
/// Shortest and longest line of the article, in columns.
pub const MEASURE: (u16, u16) = (20, 200);
/// Shortest and longest wait for the next key, in milliseconds.
pub const KEY_TIMEOUT: (u16, u16) = (100, 5000);
/// Shortest and longest wait for the network, in milliseconds.
pub const FETCH_TIMEOUT: (u32, u32) = (50, 600_000);
/// Shortest and longest time for an external annotator, in seconds.
pub const ANNOTATOR_TIMEOUT: (u16, u16) = (1, 3600);
