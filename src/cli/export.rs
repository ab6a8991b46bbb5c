//! `byline export` and `--plain`: an article, its annotations and what the reader marked → a
//! format of the registry.

use std::path::Path;

use super::annotator::Annotator;
use super::args::ExportArgs;
use super::web::Web;
use super::{input, output, paths, written};
use crate::base::{Error, Result};
use crate::export::{self, Format};
use crate::ingest::{self, Loaded};
use crate::model::{self, Annotated, Colour, EntityKind, Filter, Highlight};

/// Runs `byline export`.
pub(super) fn run(
    args: &ExportArgs,
    annotator: &Annotator,
    data: Option<&Path>,
    from: Option<ingest::Format>,
    web: &Web,
) -> Result<()> {
    let format = format(&args.format)?;
    let (annotated, highlights) = gather(input::load(&args.file, from, web)?, annotator, data)?;
    let annotated = corrected(&annotated, data)?;
    let part = filter(args).apply(&annotated, &highlights);
    let scheme = args.scheme.map(Into::into);
    written::deliver(format, scheme, &[part], &args.out)
}

/// Which part is wanted.
fn filter(args: &ExportArgs) -> Filter {
    let colours = args
        .colour
        .iter()
        .filter_map(|name| Colour::from_name(name));
    let kinds = args
        .kind
        .iter()
        .filter_map(|name| EntityKind::from_name(name));
    let tags = args
        .tag
        .iter()
        .map(|tag| tag.trim_start_matches('#').to_owned());
    Filter {
        colours: colours.collect(),
        tags: tags.collect(),
        kinds: kinds.collect(),
    }
}

/// Prints articles as plain lines, a blank line between two.
pub(super) fn plain(
    articles: Vec<Loaded>,
    annotator: &Annotator,
    data: Option<&Path>,
) -> Result<()> {
    let format = format("plain")?;
    let mut bytes = Vec::new();
    for article in articles {
        if !bytes.is_empty() {
            bytes.push(b'\n');
        }
        let (mut annotated, highlights) = gather(article, annotator, data)?;
        // What is to be read is read, with a complaint about the corrections.
        match corrected(&annotated, data) {
            Ok(corrected) => annotated = corrected,
            Err(error) => output::complain(&error),
        }
        bytes.extend((format.write)(&annotated, &highlights)?);
    }
    output::print(&bytes)
}

fn format(name: &str) -> Result<&'static Format> {
    export::find(name)
        .ok_or_else(|| Error::new("--format", format!("there is no format {name:?}")).usage())
}

/// The layers of an article and its highlights: those it came with and those that are stored.
fn gather(
    article: Loaded,
    annotator: &Annotator,
    data: Option<&Path>,
) -> Result<(Annotated, Vec<Highlight>)> {
    let (annotated, mut highlights) = match article.layers {
        Some(own) => own,
        None => (annotator.annotate_all(&article.document)?, Vec::new()),
    };
    highlights.extend(article.marks);
    if let Some(store) = paths::store(data) {
        let found = store.find(&annotated.document)?;
        found.notices.iter().for_each(|notice| output::say(notice));
        highlights.retain(|h| found.highlights.iter().all(|f| f.id != h.id));
        highlights.extend(found.highlights);
    }
    Ok((annotated, highlights))
}

/// The layers as the reader corrected them.
fn corrected(annotated: &Annotated, data: Option<&Path>) -> Result<Annotated> {
    let store = paths::corrections(data);
    let corrections = store.map_or(Ok(Vec::new()), |store| store.load(&annotated.document))?;
    let corrected = model::correct(annotated, &corrections);
    let waiting = corrected.corrected.waiting.len();
    if waiting > 0 {
        let all = corrections.len();
        output::say(&format!(
            "{waiting} of {all} corrections found nothing to correct here; they are kept"
        ));
    }
    Ok(corrected)
}
