//! `byline annotate`: articles, or a stream of texts (`stream`), → annotated documents for other
//! programs.

use super::annotator::Annotator;
use super::args::{AnnotateArgs, AnnotateFormat, InputKind};
use super::{input, output, stream};
use crate::base::{Error, Result};
use crate::export;
use crate::ingest::Loaded;
use crate::model::{Annotated, Highlight};

/// Runs `byline annotate`.
pub(super) fn run(args: &AnnotateArgs, annotator: &Annotator) -> Result<()> {
    match args.input {
        InputKind::Article => articles(args, annotator),
        InputKind::Jsonl => stream::run(args, &annotator.on_one_thread()),
    }
}

/// Annotates one article a file.
fn articles(args: &AnnotateArgs, annotator: &Annotator) -> Result<()> {
    let format = match args.format.unwrap_or(AnnotateFormat::Json) {
        AnnotateFormat::Json if args.files.len() > 1 => {
            return Err(Error::new("--format", "json holds one article")
                .remedy("use --format jsonl for several")
                .usage());
        }
        AnnotateFormat::Json => "json",
        AnnotateFormat::Jsonl => "jsonl",
        AnnotateFormat::Plain => "plain",
    };
    let format = export::find(format)
        .ok_or_else(|| Error::new("--format", "there is no such format").usage())?;
    let mut bytes = Vec::new();
    for file in &args.files {
        let (annotated, highlights) = annotated(input::load(file)?, annotator);
        bytes.extend((format.write)(&annotated, &highlights)?);
    }
    output::deliver(&bytes, &args.out)
}

/// The layers that came with an article, or those the annotator finds.
pub(super) fn annotated(article: Loaded, annotator: &Annotator) -> (Annotated, Vec<Highlight>) {
    match article.layers {
        Some(own) => own,
        None => (annotator.annotate(&article.document), article.marks),
    }
}
