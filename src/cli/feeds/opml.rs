//! `byline feeds import` and `export`: lists of feeds in OPML.

use std::ffi::OsString;

use super::args::ExportArgs;
use crate::base::Result;
use crate::cli::{input, output};
use crate::ingest::feed::opml::{self, Outline};
use crate::model::library::Feed;
use crate::store::library::Library;

/// Largest list that is read, in bytes.
const LIMIT: usize = 20 << 20;

/// Adds the feeds of lists; they are fetched with the next refresh.
pub(super) fn import(files: &[OsString], library: &Library) -> Result<()> {
    for file in files {
        let name = input::name_of(file);
        let outlines = opml::read(&input::bytes(file, LIMIT)?, &name)?;
        let (mut new, mut known) = (0, 0);
        for outline in outlines {
            let feed = Feed {
                url: outline.url,
                title: outline.title,
                site: outline.site,
                tags: outline.tags,
                ..Feed::default()
            };
            let (_, is_new) = library.add_feed(&feed)?;
            *(if is_new { &mut new } else { &mut known }) += 1;
        }
        let known = match known {
            0 => String::new(),
            n => format!(", {n} there already"),
        };
        output::say(&format!(
            "{name}: {new} feeds added{known}; `byline feeds refresh` fetches them"
        ));
    }
    Ok(())
}

/// Writes the feeds as a list.
pub(super) fn export(args: &ExportArgs, library: &Library) -> Result<()> {
    let outline = |feed: Feed| Outline {
        url: feed.url,
        title: feed.title,
        site: feed.site,
        tags: feed.tags,
    };
    let feeds: Vec<Outline> = library.feeds()?.into_iter().map(outline).collect();
    output::deliver(opml::write(&feeds).as_bytes(), &args.out)
}
