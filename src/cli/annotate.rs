//! `byline annotate`: articles, or a stream of texts (`stream`), → annotated documents for other
//! programs.

use std::ffi::OsString;

use super::annotator::Annotator;
use super::args::{AnnotateArgs, AnnotateFormat, InputKind};
use super::web::Web;
use super::{files, input, output, stream};
use crate::base::{Error, Result};
use crate::export;
use crate::ingest::{Format, Loaded};
use crate::model::{Annotated, Highlight};

/// Runs `byline annotate`.
pub(super) fn run(
    args: &AnnotateArgs,
    annotator: &Annotator,
    from: Option<Format>,
    web: &Web,
) -> Result<()> {
    if args.compare {
        return compare(args, annotator, from, web);
    }
    match args.input {
        InputKind::Article => articles(args, annotator, from, web),
        InputKind::Jsonl => stream::run(args, &annotator.on_one_thread()),
    }
}

/// Prints where the external annotator and we differ, one line an article.
fn compare(
    args: &AnnotateArgs,
    annotator: &Annotator,
    from: Option<Format>,
    web: &Web,
) -> Result<()> {
    let external = annotator.external().ok_or_else(|| {
        Error::new("--compare", "there is no external annotator")
            .remedy("name one under [annotator] in the configuration")
            .usage()
    })?;
    if args.input != InputKind::Article {
        return Err(Error::new("--compare", "takes articles, not lines").usage());
    }
    let mut bytes = Vec::new();
    for file in &args.files {
        let article = input::load(file, from, web)?;
        let ours = article.layers.map(|(annotated, _)| annotated);
        let ours = ours.unwrap_or_else(|| annotator.annotate(&article.document));
        bytes.extend(external.compare(&ours)?);
    }
    output::deliver(&bytes, &args.out)
}

/// Annotates one article a file.
fn articles(
    args: &AnnotateArgs,
    annotator: &Annotator,
    from: Option<Format>,
    web: &Web,
) -> Result<()> {
    let files = files::expand(&args.files)?;
    let format = match args.format.unwrap_or(AnnotateFormat::Json) {
        AnnotateFormat::Json if files.len() > 1 => {
            return Err(Error::new("--format", "json holds one article")
                .remedy("use --format jsonl for several")
                .usage());
        }
        AnnotateFormat::Json => "json",
        AnnotateFormat::Jsonl => "jsonl",
        AnnotateFormat::Plain => "plain",
        AnnotateFormat::Parquet => {
            return Err(Error::new("--format", "parquet is for streams of texts")
                .remedy("use it with --input jsonl")
                .usage());
        }
    };
    let format = export::find(format)
        .ok_or_else(|| Error::new("--format", "there is no such format").usage())?;
    let mut bytes = Vec::new();
    let left_out = each(&files, from, web, |loaded| {
        let (annotated, highlights) = annotated(loaded, annotator)?;
        bytes.extend((format.write)(&annotated, &highlights)?);
        Ok(())
    })?;
    output::deliver(&bytes, &args.out)?;
    left_out
}

/// Does something with each article. One that cannot be opened among several is reported and left
/// out; the inner result says so at the end.
pub(super) fn each(
    files: &[OsString],
    from: Option<Format>,
    web: &Web,
    mut done: impl FnMut(Loaded) -> Result<()>,
) -> Result<Result<()>> {
    let mut bad = 0;
    for file in files {
        match input::load(file, from, web) {
            Ok(loaded) => done(loaded)?,
            Err(error) if files.len() == 1 => return Err(error),
            Err(error) => {
                bad += 1;
                output::complain(&error);
            }
        }
    }
    Ok(match bad {
        0 => Ok(()),
        1 => Err(Error::new("", "1 article was left out")),
        n => Err(Error::new("", format!("{n} articles were left out"))),
    })
}

/// The layers that came with an article, or those the annotator finds.
pub(super) fn annotated(
    article: Loaded,
    annotator: &Annotator,
) -> Result<(Annotated, Vec<Highlight>)> {
    match article.layers {
        Some(own) => Ok(own),
        None => Ok((annotator.annotate_all(&article.document)?, article.marks)),
    }
}
