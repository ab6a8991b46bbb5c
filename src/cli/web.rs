//! Addresses → articles: fetches with the reader's settings and hands the bytes to `ingest`. Also
//! the two pages that stand in the place of an article: while it is fetched, and when it cannot be.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::args::OpenArgs;
use super::environment;
use crate::base::text::printable;
use crate::base::{Error, Result, Span};
use crate::config::{self, Settings};
use crate::fetch::{self, Cancel, Client, Limits, Page, Request};
use crate::ingest::{self, Format, Hint, Loaded, Source};
use crate::model::{Annotated, Block, BlockKind, Document, Metadata, Work};
use crate::ui::{Opened, Shown};

/// The way to the network, with the settings of the reader. They are read when something is
/// fetched: who opens a file has no use for them.
#[derive(Debug, Clone)]
pub(super) struct Web {
    config: Option<PathBuf>,
}

impl Web {
    /// The way that the arguments ask for.
    pub fn new(args: &OpenArgs) -> Self {
        Self {
            config: args.config.clone(),
        }
    }

    /// The reader's settings.
    ///
    /// # Errors
    /// They have a mistake.
    pub fn settings(&self) -> Result<Settings> {
        let file = config::paths::config_file(self.config.clone(), environment);
        let config = config::load(file.as_deref(), self.config.is_some(), None, false)?;
        Ok(config.settings)
    }

    /// The client.
    ///
    /// # Errors
    /// The settings have a mistake.
    pub fn client(&self) -> Result<Client> {
        let fetching = self.settings()?.fetch;
        let time = |milliseconds: u32| Duration::from_millis(u64::from(milliseconds));
        Ok(Client::new(Limits {
            connect: time(fetching.connect_timeout),
            total: time(fetching.timeout),
        }))
    }

    /// Fetches a page and reads it as an article, in the format `from` if the reader says one.
    ///
    /// # Errors
    /// It cannot be fetched, or is no article that can be read.
    pub fn load(&self, address: &str, from: Option<Format>, cancel: &Cancel) -> Result<Loaded> {
        let client = self.client()?;
        let page = client.fetch(&Request::page(address), cancel)?.page()?;
        read(&page, &page.url, from)
    }
}

/// Reads a page that was fetched as an article whose address is `uri`.
///
/// # Errors
/// It is no article that can be read.
pub(super) fn read(page: &Page, uri: &str, from: Option<Format>) -> Result<Loaded> {
    let source = Source {
        name: page.url.clone(),
        uri: Some(printable(uri).into_owned()),
    };
    let hint = Hint {
        content_type: page.content_type.as_deref(),
        from,
    };
    ingest::load_as(&page.bytes, &source, hint)
}

/// The page that is shown while `address` is fetched.
pub(super) fn waiting(address: &str) -> Opened {
    let name = fetch::name(address);
    notice(
        Shown::Waiting,
        &name,
        &[
            &format!("Fetching {name} …"),
            "The article takes the place of this page as soon as it is here.",
        ],
    )
}

/// The page that is shown when there is no article.
pub(super) fn failed(address: &str, error: &Error) -> Opened {
    let name = fetch::name(address);
    let mut lines = vec![
        format!("There is no article from {name}"),
        match &error.cause {
            cause if error.subject != name => format!("{}: {cause}.", error.subject),
            cause if cause.starts_with("the ") => format!("T{}.", &cause[1..]),
            cause => format!("It {cause}."),
        },
    ];
    let mut letters = error.remedy.chars();
    if let Some(first) = letters.next() {
        let first: String = first.to_uppercase().collect();
        lines.push(format!("{first}{}.", letters.as_str()));
    }
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    notice(Shown::Failed, &name, &lines)
}

/// A page of byline's own: the first line is its headline.
fn notice(shown: Shown, name: &str, lines: &[&str]) -> Opened {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for line in lines {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&printable(line));
        let kind = if blocks.is_empty() {
            BlockKind::Title
        } else {
            BlockKind::Paragraph
        };
        let span = Span::new(start, text.len());
        blocks.push(Block { kind, span });
    }
    let document = Arc::new(Document {
        id: String::new(),
        text: text.into(),
        blocks,
        meta: Metadata {
            title: Some(printable(name).into_owned()),
            uri: Some(printable(name).into_owned()),
            ..Metadata::default()
        },
        details: Vec::new(),
    });
    Opened {
        layers: Some(Arc::new(Annotated::bare(Arc::clone(&document)))),
        document,
        shown,
        work: Work::default(),
        warning: None,
    }
}
