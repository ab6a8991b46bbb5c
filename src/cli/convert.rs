//! `byline convert`: annotations in one format → another. Nothing is annotated here, and what the
//! new format cannot hold is said.

use super::args::ConvertArgs;
use super::{input, output, written};
use crate::base::{Error, Result};
use crate::export;
use crate::ingest::Loaded;
use crate::ingest::foreign::Kind;
use crate::model::{Annotated, Highlight};

/// Runs `byline convert`.
pub(super) fn run(args: &ConvertArgs) -> Result<()> {
    let format = export::find(&args.to)
        .ok_or_else(|| Error::new("--to", format!("there is no format {:?}", args.to)).usage())?;
    let kind = match args.from.as_deref() {
        None | Some("json" | "jsonl") => None,
        Some(name) => Some(Kind::from_name(name).ok_or_else(|| no_format(name))?),
    };
    let all = input::load_all(&args.file, kind, args.text.as_deref())?;
    let name = input::name_of(&args.file);
    let mut documents = Vec::new();
    for loaded in all {
        let left_out = loaded
            .document
            .details
            .iter()
            .filter(|d| d.starts_with("left out"));
        left_out.for_each(|detail| output::say(&format!("{name}: {detail}")));
        documents.push(layers(loaded, &name)?);
    }
    written::deliver(format, args.scheme.map(Into::into), &documents, &args.out)
}

fn layers(loaded: Loaded, name: &str) -> Result<(Annotated, Vec<Highlight>)> {
    let Loaded {
        document,
        layers,
        marks,
        ..
    } = loaded;
    match layers {
        Some((annotated, highlights)) => Ok((annotated, [highlights, marks].concat())),
        None if !marks.is_empty() => Ok((Annotated::bare(document), marks)),
        None => Err(Error::new(name, "holds no annotations to convert")
            .remedy("use `byline export`, which annotates first; or say what it is with --from")),
    }
}

fn no_format(name: &str) -> Error {
    let names: Vec<&str> = Kind::ALL
        .iter()
        .flat_map(|(_, names)| *names)
        .copied()
        .collect();
    Error::new("--from", format!("there is no reader for {name:?}"))
        .remedy(format!("choose of json, jsonl, {}", names.join(", ")))
        .usage()
}
