//! Cli: arguments → requests. The only composer: it may call every room, and no room calls it.
//! `run` parses, hands over to one file a command, prints the error in one line and gives the exit
//! code: 0 done (a closed pipe counts), 1 failed, 2 called wrongly.

mod across;
mod annotate;
mod annotator;
mod args;
mod config;
mod convert;
mod desk;
mod export;
mod external;
mod extract;
mod feeds;
mod files;
mod input;
mod judge;
mod library;
mod open;
mod output;
pub mod paths;
mod pipe;
mod progress;
pub mod shelf;
mod sink;
mod stream;
mod web;
mod written;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::base::text::one_line;
use crate::base::{Error, Result, guard};

use annotator::Annotator;
pub use args::{Args, Command, ConfigAction, OpenArgs};
use external::External;
use web::Web;

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !guard::is_guarded() {
            loud(info);
        }
    }));
    let done = match Args::try_parse() {
        Ok(args) => command(args),
        Err(error) if !error.use_stderr() => {
            // Help and version. Whoever closes the pipe has read enough.
            let _ = error.print();
            Ok(())
        }
        Err(error) => Err(usage(&error)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

fn command(args: Args) -> Result<()> {
    let Some(command) = args.command else {
        return read(&args.open);
    };
    if args.open.plain || args.open.theme.is_some() || !args.open.files.is_empty() {
        return Err(
            Error::new("", "a file to read and a command cannot go together")
                .remedy("see `byline --help`")
                .usage(),
        );
    }
    let (from, web) = (args.open.format(), Web::new(&args.open));
    match command {
        Command::Annotate(request) => annotate::run(&request, &annotator(&args.open)?, from, &web),
        Command::Extract(request) => extract::run(&request, from, &web),
        Command::Judge(request) => {
            judge::run(&request, &Annotator::new(&args.open).on_one_thread())
        }
        Command::Export(request) => {
            let annotator = annotator(&args.open)?;
            export::run(&request, &annotator, args.open.data.as_deref(), from, &web)
        }
        Command::Convert(request) => convert::run(&request),
        Command::Config { action } => config::run(&action, args.open.config.as_deref()),
        Command::Feeds { action } => feeds::run(&action, &args.open),
        Command::Library { action } => {
            let annotator = Annotator::new(&args.open);
            library::run(&action, &annotator, args.open.data.as_deref(), &web)
        }
        Command::Dossier { name } => across::dossier(&name, args.open.data.as_deref()),
        Command::Compare { files } => {
            across::compare(&files, &Annotator::new(&args.open), from, &web)
        }
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "byline", &mut script);
            output::print(&script)
        }
    }
}

/// Opens the reader, or prints the linear rendering.
fn read(args: &OpenArgs) -> Result<()> {
    let args = &OpenArgs {
        files: files::expand(&args.files)?,
        ..args.clone()
    };
    if !args.plain {
        return open::run(args);
    }
    let loaded = if args.files.is_empty() {
        vec![input::sample()?]
    } else {
        let (files, web) = (args.files.iter(), Web::new(args));
        files
            .map(|file| input::load(file, args.format(), &web))
            .collect::<Result<_>>()?
    };
    export::plain(loaded, &annotator(args)?, args.data.as_deref())
}

/// The annotator with the program that the configuration may name beside it.
fn annotator(args: &OpenArgs) -> Result<Annotator> {
    Ok(Annotator::new(args).with(External::configured(args)?))
}

/// A variable of the environment, if it is set and is text.
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// A mistake in the arguments, as one line.
fn usage(error: &clap::Error) -> Error {
    let text = error.to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let cause = text.split("\n\nUsage:").next().unwrap_or(text);
    let cause = cause.split("\n\nFor more").next().unwrap_or(cause);
    Error::new("", one_line(cause))
        .remedy("see `byline --help`")
        .usage()
}
