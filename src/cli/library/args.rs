//! The arguments of `byline library`. Declarations only.

use std::ffi::OsString;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Subcommand};

use crate::model::library::Sort;

/// What `byline library` does.
#[derive(Debug, Subcommand)]
pub enum LibraryAction {
    /// Put articles into the library: files, web addresses, and of a folder every file in it.
    Add(AddArgs),
    /// Fetch the pages of articles that are in the library by their address alone: those tagged
    /// `to-fetch`, as an import leaves them.
    Fetch,
    /// Search the library: words of the text, and keys such as `holder:Macron target:NATO
    /// stance:against outlet:Reuters after:2025-03-01 unread tag:x`.
    Search(SearchArgs),
    /// List the articles, the latest first.
    List(ListArgs),
    /// Tag articles.
    Tag {
        /// The tag, a word.
        tag: String,
        /// Which articles.
        #[command(flatten)]
        which: WhichArgs,
    },
    /// Star articles.
    Star(WhichArgs),
    /// Put articles away: they are found with `archived` only.
    Archive(WhichArgs),
    /// Mark articles as read.
    Read(WhichArgs),
    /// Delete articles. Highlights and notes on them stay.
    Remove {
        /// The articles: a number of the list, a path, an address.
        #[arg(value_name = "ARTICLE", required = true)]
        articles: Vec<String>,
    },
    /// Read the whole library and say whether it is sound; a damaged one is set aside and made anew
    /// from what can be read.
    Check,
    /// Copy the library into its folder of backups.
    Backup,
    /// Take over what another reader keeps: newsboat's urls file or cache.db, Pocket's CSV or HTML,
    /// Instapaper's CSV, Wallabag's JSON.
    Import {
        /// The files.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<OsString>,
    },
}

/// Arguments of `byline library add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Articles, addresses of articles, and folders of articles.
    #[arg(value_name = "FILE|DIR|URL", required = true)]
    pub files: Vec<OsString>,
    /// Give them this tag; may be repeated.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
}

/// Arguments of `byline library search`.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// The query; several words are one query. One that begins with `-` stands after `--`.
    #[arg(value_name = "QUERY", required = true, num_args = 1..)]
    pub query: Vec<String>,
    /// How the answer looks.
    #[command(flatten)]
    pub list: ListArgs,
}

/// How a list looks.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// One JSON object a line.
    #[arg(long)]
    pub json: bool,
    /// At most so many articles.
    #[arg(long, value_name = "N", default_value = "50")]
    pub limit: usize,
    /// The order; without it the latest first, and what was searched by how well it fits.
    #[arg(long, value_name = "ORDER", value_parser = orders())]
    pub sort: Option<String>,
}

/// Which articles are changed.
#[derive(Debug, Args)]
pub struct WhichArgs {
    /// The articles: a number of the list, a path, an address.
    #[arg(value_name = "ARTICLE", required_unless_present = "query")]
    pub articles: Vec<String>,
    /// All that this query finds.
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Take it away instead.
    #[arg(long)]
    pub undo: bool,
}

fn orders() -> PossibleValuesParser {
    PossibleValuesParser::new(Sort::ALL.map(|s| PossibleValue::new(s.name())))
}
