//! `byline feeds check`: what byline reads in feeds, from files or addresses, without keeping
//! anything. For whoever wants to know what is wrong with a feed, and for measuring the reader.

use serde_json::json;

use super::args::CheckArgs;
use crate::base::text::printable;
use crate::base::{Error, Result};
use crate::cli::web::Web;
use crate::cli::{input, output};
use crate::fetch::{self, Cancel, Request, Validators};
use crate::ingest::feed::{self, Contents};

/// Reads every feed and says what is in it; those that cannot be read do not stop the others.
pub(super) fn run(args: &CheckArgs, web: &Web) -> Result<()> {
    let mut bad = 0;
    for file in &args.files {
        let name = fetch::name(&input::name_of(file));
        let read = read(file, web);
        bad += usize::from(read.is_err());
        let line = match (&read, args.json) {
            (Ok(contents), true) => as_json(&name, contents).to_string(),
            (Err(error), true) => json!({"name": name, "error": error.to_string()}).to_string(),
            (Ok(contents), false) => in_words(&name, contents),
            (Err(error), false) => {
                output::complain(error);
                continue;
            }
        };
        output::print(format!("{line}\n").as_bytes())?;
    }
    match bad {
        0 => Ok(()),
        1 => Err(Error::new("", "1 feed cannot be read")),
        n => Err(Error::new("", format!("{n} feeds cannot be read"))),
    }
}

fn read(file: &std::ffi::OsStr, web: &Web) -> Result<Contents> {
    if let Some(address) = input::address(file) {
        let request = Request::feed(address, Validators::default());
        let page = web.client()?.fetch(&request, &Cancel::default())?.page()?;
        return feed::read(&page.bytes, &page.url, page.content_type.as_deref());
    }
    let bytes = input::bytes(file, feed::LIMIT)?;
    feed::read(&bytes, &input::name_of(file), None)
}

fn as_json(name: &str, contents: &Contents) -> serde_json::Value {
    let entry = |e: &feed::Entry| {
        json!({
            "id": e.id,
            "url": e.url,
            "title": e.title,
            "authors": e.authors,
            "published": e.published.map(|t| t.to_string()),
            "topics": e.topics,
            "summary": e.summary,
            "content": e.content,
        })
    };
    json!({
        "name": name,
        "title": contents.title,
        "link": contents.link,
        "language": contents.language,
        "reader": contents.reader,
        "entries": contents.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

/// The feed and its entries, one line each.
fn in_words(name: &str, contents: &Contents) -> String {
    let title = contents
        .title
        .as_deref()
        .unwrap_or("a feed without a title");
    let count = contents.entries.len();
    let entries = if count == 1 { "entry" } else { "entries" };
    let mut out = format!("{}: {title}, {count} {entries}", printable(name));
    for entry in &contents.entries {
        let day = entry.published.map(|t| t.strftime("%Y-%m-%d").to_string());
        let title = entry.title.as_deref().unwrap_or("without a headline");
        out.push_str(&format!("\n  {:<10}  {title}", day.unwrap_or_default()));
    }
    out
}
