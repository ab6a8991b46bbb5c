//! `byline library tag|star|archive|read|remove|check`: what is changed is said in one line.

use std::path::Path;

use super::args::WhichArgs;
use super::show::read_query;
use crate::base::{Error, Result};
use crate::cli::output;
use crate::model::library::{ArticleId, Flag};
use crate::store::library::{Library, Request};

/// Runs `byline library tag`.
pub(super) fn tag(tag: &str, which: &WhichArgs, library: &Library) -> Result<()> {
    let changed = library.tag(&chosen(which, library)?, tag, !which.undo)?;
    say(
        changed.len(),
        if which.undo { "untagged" } else { "tagged" },
    )
}

/// Runs `byline library star`.
pub(super) fn star(which: &WhichArgs, library: &Library) -> Result<()> {
    let changed = library.flag(&chosen(which, library)?, Flag::Starred, !which.undo)?;
    say(
        changed.len(),
        if which.undo { "unstarred" } else { "starred" },
    )
}

/// Runs `byline library archive`.
pub(super) fn archive(which: &WhichArgs, library: &Library) -> Result<()> {
    let changed = library.flag(&chosen(which, library)?, Flag::Archived, !which.undo)?;
    say(
        changed.len(),
        if which.undo { "taken back" } else { "put away" },
    )
}

/// Runs `byline library read`.
pub(super) fn read(which: &WhichArgs, library: &Library) -> Result<()> {
    let changed = library.flag(&chosen(which, library)?, Flag::Unread, which.undo)?;
    say(
        changed.len(),
        if which.undo {
            "marked unread"
        } else {
            "marked read"
        },
    )
}

/// Runs `byline library remove`.
pub(super) fn remove(articles: &[String], library: &Library) -> Result<()> {
    let ids = named(articles, library)?;
    say(library.remove(&ids)?, "deleted")
}

/// Runs `byline library check`.
pub(super) fn check(library: Library) -> Result<()> {
    let health = library.check()?;
    if health.faults.is_empty() {
        let megabytes = health.bytes.div_ceil(1 << 20);
        let line = format!("sound: {} articles, {megabytes} MB\n", health.articles);
        return output::print(line.as_bytes());
    }
    for fault in &health.faults {
        output::say(fault);
    }
    if library.read_only().is_some() {
        return Err(Error::new(
            library.path().display().to_string(),
            "is damaged and can only be read",
        )
        .remedy("copy it to a folder that can be written, and check it there"));
    }
    let library = library.rebuild()?;
    library.notices().iter().for_each(|n| output::say(n));
    Err(Error::new(
        library.path().display().to_string(),
        "was damaged and has been made anew",
    ))
}

fn say(count: usize, done: &str) -> Result<()> {
    let s = if count == 1 { "" } else { "s" };
    output::print(format!("{count} article{s} {done}\n").as_bytes())
}

/// The articles that are named, or that the query finds.
fn chosen(which: &WhichArgs, library: &Library) -> Result<Vec<ArticleId>> {
    let mut ids = named(&which.articles, library)?;
    if let Some(query) = &which.query {
        let request = Request {
            limit: usize::MAX >> 1,
            ..Request::default()
        };
        let found = library.list(&read_query(query)?, &request)?;
        ids.extend(found.into_iter().map(|item| item.id));
    }
    Ok(ids)
}

/// The articles of these numbers, paths or addresses.
fn named(names: &[String], library: &Library) -> Result<Vec<ArticleId>> {
    let find = |name: &String| -> Result<ArticleId> {
        if let Ok(id) = name.parse::<ArticleId>()
            && library.get(id)?.is_some()
        {
            return Ok(id);
        }
        if let Some(id) = library.find(name)? {
            return Ok(id);
        }
        let path = std::path::absolute(Path::new(name)).ok();
        let id = match path {
            Some(path) => library.find(&path.to_string_lossy())?,
            None => None,
        };
        id.ok_or_else(|| {
            Error::new(name, "is not in the library")
                .remedy("`byline library list` shows the numbers")
                .usage()
        })
    };
    names.iter().map(find).collect()
}
