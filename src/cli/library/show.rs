//! `byline library search` and `list`: rows on standard output, for eyes or as JSON.

use serde_json::json;

use super::args::{ListArgs, SearchArgs};
use crate::base::text::{truncate, width};
use crate::base::{Error, Result};
use crate::cli::output;
use crate::model::library::{Item, Sort};
use crate::store::library::{Library, Query, Request, query};

/// Columns of the outlet.
const OUTLET: usize = 18;

/// Runs `byline library search`.
pub(super) fn search(args: &SearchArgs, library: &Library) -> Result<()> {
    let text = args.query.join(" ");
    let query = read_query(&text)?;
    let sort = if query.words().is_empty() {
        Sort::Newest
    } else {
        Sort::Best
    };
    print(library, &query, &args.list, sort)
}

/// Runs `byline library list`.
pub(super) fn list(args: &ListArgs, library: &Library) -> Result<()> {
    print(library, &Query::default(), args, Sort::Newest)
}

/// A query, or its mistake as one of the call.
pub(super) fn read_query(text: &str) -> Result<Query> {
    query::parse(text).map_err(|fault| Error::new("query", fault.to_string()).usage())
}

fn print(library: &Library, query: &Query, args: &ListArgs, usual: Sort) -> Result<()> {
    let asked = args.sort.as_deref().and_then(Sort::from_name);
    let request = Request {
        sort: asked.or(query.sort).unwrap_or(usual),
        offset: 0,
        limit: args.limit,
        snippets: true,
    };
    let items = library.list(query, &request)?;
    let mut out = String::new();
    for item in &items {
        if args.json {
            out.push_str(&json(item).to_string());
            out.push('\n');
        } else {
            plain(item, &mut out);
        }
    }
    if !args.json && items.is_empty() {
        output::say("nothing is found");
    }
    output::print(out.as_bytes())
}

fn plain(item: &Item, out: &mut String) {
    let mark = match (item.unread, item.starred) {
        (true, true) => "N*",
        (true, false) => "N ",
        (false, true) => " *",
        (false, false) => "  ",
    };
    let outlet = item.outlet.as_deref().unwrap_or("-");
    let outlet = truncate(outlet, OUTLET);
    let pad = " ".repeat(OUTLET.saturating_sub(width(&outlet)));
    out.push_str(&format!(
        "{} {mark} {} {outlet}{pad} {}",
        item.id,
        item.day(),
        item.title
    ));
    if !item.tags.is_empty() {
        out.push_str(&format!("  #{}", item.tags.join(" #")));
    }
    out.push('\n');
    if let Some(snippet) = &item.snippet {
        let snippet = crate::base::text::one_line(snippet);
        let snippet = snippet.replace('\u{2}', "[").replace('\u{3}', "]");
        out.push_str(&format!("    {snippet}\n"));
    }
}

fn json(item: &Item) -> serde_json::Value {
    let snippet = item
        .snippet
        .as_ref()
        .map(|s| s.replace(['\u{2}', '\u{3}'], ""));
    json!({
        "id": item.id,
        "document": item.hash,
        "uri": item.uri,
        "title": item.title,
        "authors": item.authors,
        "outlet": item.outlet,
        "published": item.published.map(|d| d.to_string()),
        "added": item.added.to_string(),
        "words": item.words,
        "unread": item.unread,
        "starred": item.starred,
        "archived": item.archived,
        "tags": item.tags,
        "lead": item.lead,
        "snippet": snippet,
    })
}
