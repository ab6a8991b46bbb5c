//! The arguments of `byline feeds`. Declarations only.

use std::ffi::OsString;

use clap::Subcommand;

use crate::cli::args::OutArgs;

/// What `byline feeds` does.
#[derive(Debug, Clone, Subcommand)]
pub enum FeedsAction {
    /// Add feeds to the library, and fetch them once. The address of a web page will do, if the page
    /// names its feed.
    Add(AddArgs),
    /// Take feeds out of the library; their articles stay.
    Remove(RemoveArgs),
    /// List the feeds with their articles and what went wrong with them.
    List(ListArgs),
    /// Fetch what is new in the feeds.
    Refresh(RefreshArgs),
    /// Add the feeds of a list in OPML.
    Import {
        /// Lists of feeds; `-` is standard input.
        #[arg(value_name = "OPML", required = true)]
        files: Vec<OsString>,
    },
    /// Write the feeds as a list in OPML.
    Export(ExportArgs),
    /// Say what is in feeds, without keeping anything.
    Check(CheckArgs),
}

/// Arguments of `byline feeds add`.
#[derive(Debug, Clone, clap::Args)]
pub struct AddArgs {
    /// Addresses of feeds or of pages that name one.
    #[arg(value_name = "URL", required = true)]
    pub urls: Vec<String>,
    /// A tag to sort them under; may be given several times.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
}

/// Arguments of `byline feeds remove`.
#[derive(Debug, Clone, clap::Args)]
pub struct RemoveArgs {
    /// Feeds: address, number of `byline feeds list`, or a part of the title that only one has.
    #[arg(value_name = "FEED", required = true)]
    pub feeds: Vec<String>,
    /// Take their articles away, too.
    #[arg(long)]
    pub articles: bool,
}

/// Arguments of `byline feeds list`.
#[derive(Debug, Clone, clap::Args)]
pub struct ListArgs {
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `byline feeds refresh`.
#[derive(Debug, Clone, clap::Args)]
pub struct RefreshArgs {
    /// Feeds: address, number of `byline feeds list`, or a part of the title that only one has.
    /// Without one, all.
    #[arg(value_name = "FEED")]
    pub feeds: Vec<String>,
    /// Also those that asked to be left alone for a while, or are gone for good.
    #[arg(long)]
    pub force: bool,
    /// Fetch the pages of articles of which the feed holds a summary alone.
    #[arg(long)]
    pub full_text: bool,
}

/// Arguments of `byline feeds export`.
#[derive(Debug, Clone, clap::Args)]
pub struct ExportArgs {
    /// Where the list goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `byline feeds check`.
#[derive(Debug, Clone, clap::Args)]
pub struct CheckArgs {
    /// Feeds: files or addresses; `-` is standard input.
    #[arg(value_name = "FEED", required = true)]
    pub files: Vec<OsString>,
    /// One JSON object a feed.
    #[arg(long)]
    pub json: bool,
}
