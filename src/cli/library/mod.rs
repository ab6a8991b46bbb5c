//! `byline library`: adding, finding, changing, checking what is kept. One file a task.

mod add;
pub mod args;
mod change;
mod fetch;
mod import;
mod show;

use std::path::{Path, PathBuf};

use crate::base::{Error, Result};
use crate::cli::annotator::Annotator;
use crate::cli::web::Web;
use crate::cli::{output, paths};
use crate::store::library::Library;

pub(super) use add::maker;
use args::LibraryAction;

/// Runs `byline library`.
pub(super) fn run(
    action: &LibraryAction,
    annotator: &Annotator,
    data: Option<&Path>,
    web: &Web,
) -> Result<()> {
    match action {
        LibraryAction::Add(args) => add::run(args, annotator, &open(data)?, web),
        LibraryAction::Fetch => fetch::run(annotator, &existing(data)?, web),
        LibraryAction::Search(args) => show::search(args, &existing(data)?),
        LibraryAction::List(args) => show::list(args, &existing(data)?),
        LibraryAction::Tag { tag, which } => change::tag(tag, which, &existing(data)?),
        LibraryAction::Star(which) => change::star(which, &existing(data)?),
        LibraryAction::Archive(which) => change::archive(which, &existing(data)?),
        LibraryAction::Read(which) => change::read(which, &existing(data)?),
        LibraryAction::Remove { articles } => change::remove(articles, &existing(data)?),
        LibraryAction::Check => change::check(existing(data)?),
        LibraryAction::Backup => {
            let copy = existing(data)?.backup()?;
            output::print(format!("{}\n", copy.display()).as_bytes())
        }
        LibraryAction::Import { files } => import::run(files, &open(data)?),
    }
}

/// The data folder.
fn folder(data: Option<&Path>) -> Result<PathBuf> {
    paths::data_dir(data).ok_or_else(|| {
        Error::new("library", "there is no home folder to keep it in")
            .remedy("set HOME or BYLINE_DATA, or use --data DIR")
    })
}

/// The library, made if there is none.
pub(super) fn open(data: Option<&Path>) -> Result<Library> {
    let library = Library::open(&folder(data)?)?;
    library.notices().iter().for_each(|n| output::say(n));
    Ok(library)
}

/// The library that is there.
pub(in crate::cli) fn existing(data: Option<&Path>) -> Result<Library> {
    let folder = folder(data)?;
    let library = Library::open_existing(&folder)?.ok_or_else(|| {
        Error::new(folder.display().to_string(), "holds no library yet")
            .remedy("put articles in with `byline library add FILE`")
    })?;
    library.notices().iter().for_each(|n| output::say(n));
    Ok(library)
}
