//! The arguments, as clap reads them. Declarations only; `--help` is made from the comments here
//! and from the registry of export formats.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Parser, Subcommand, ValueEnum};

use super::feeds::args::FeedsAction;
use super::library::args::LibraryAction;
use crate::export;
use crate::model::{Colour, EntityKind};

/// Read the news with its margins filled in: who is named, who said what, and who is for or
/// against what, with the words that show it.
#[derive(Debug, Parser)]
#[command(
    name = "byline",
    version,
    after_help = "Without FILE, byline opens your library; as long as that is empty, a sample article."
)]
pub struct Args {
    /// How to open the reader.
    #[command(flatten)]
    pub open: OpenArgs,
    /// What to do instead.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Arguments of the reader.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct OpenArgs {
    /// Articles to read: web pages, Markdown, e-mails, plain text, JSON of byline and others, `.gz`
    /// of any; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub files: Vec<OsString>,
    /// Print the article and its margins as plain lines, without a terminal interface.
    #[arg(long)]
    pub plain: bool,
    /// Colours to use.
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Settings file to use instead of the usual one.
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Folder for highlights, notes and the library, instead of `$BYLINE_DATA` or the usual one.
    #[arg(long, value_name = "DIR", global = true)]
    pub data: Option<PathBuf>,
    /// What the articles are, instead of what their content says.
    #[arg(long, value_name = "NAME", global = true, value_parser = input_names())]
    pub from: Option<String>,
    /// Model file to use instead of the one that is built in; `none` leaves all to the rules.
    #[arg(long, value_name = "FILE", global = true)]
    pub model: Option<PathBuf>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print an article with its annotations, for other programs.
    Annotate(AnnotateArgs),
    /// Judge who is for or against what in sentences whose names are marked already.
    Judge(JudgeArgs),
    /// Print what the loader understood of an article: its fields, its blocks, its body as text.
    Extract(ExtractArgs),
    /// Write an article with its annotations and your highlights.
    Export(ExportArgs),
    /// Follow feeds: RSS, Atom, JSON Feed.
    Feeds {
        /// What to do.
        #[command(subcommand)]
        action: FeedsAction,
    },
    /// Turn annotations of one format into another, and say what that one cannot hold.
    Convert(ConvertArgs),
    /// Show or check the settings.
    Config {
        /// What to do.
        #[command(subcommand)]
        action: ConfigAction,
    },
    /// Keep articles, and find them again.
    Library {
        /// What to do.
        #[command(subcommand)]
        action: LibraryAction,
    },
    /// Print all that the library knows about a person, an organization, a place: stances held and
    /// received over time, quotes, outlets, who else.
    Dossier {
        /// Its name.
        name: String,
    },
    /// Compare articles on the same story: text in common, stances that differ, who is quoted and
    /// named and which figures stand in one only.
    Compare {
        /// The articles, two or more.
        #[arg(value_name = "FILE", required = true, num_args = 2..)]
        files: Vec<OsString>,
    },
    /// Print a completion script for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
}

/// Arguments of `byline annotate`.
#[derive(Debug, clap::Args)]
pub struct AnnotateArgs {
    /// Articles to annotate; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<OsString>,
    /// What the input is.
    #[arg(long, value_name = "KIND", default_value = "article")]
    pub input: InputKind,
    /// Form of the output: `json` (the default), `jsonl` (the default for `--input jsonl`), `plain`
    /// or, for `--input jsonl`, `parquet`.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<AnnotateFormat>,
    /// Go on with an interrupted run of `--input jsonl` where it stopped.
    #[arg(long, requires = "output", conflicts_with = "force")]
    pub resume: bool,
    /// Documents of `--input jsonl` to annotate at once; the output is the same whatever the number.
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Print where the external annotator and byline differ, instead of both together.
    #[arg(long)]
    pub compare: bool,
    /// Where the output goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `byline extract`.
#[derive(Debug, clap::Args)]
pub struct ExtractArgs {
    /// Articles to read; `-` is standard input.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<OsString>,
    /// What the input is.
    #[arg(long, value_name = "KIND", default_value = "article")]
    pub input: ExtractInput,
    /// Where the output goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// What `byline extract` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExtractInput {
    /// One article a file, in any format that can be opened.
    Article,
    /// One JSON object with `html`, and perhaps `id` and `url`, a line; answered by a line with
    /// `id`, `article`, `title`, `authors` and `published`.
    Jsonl,
}

/// Arguments of `byline judge`.
#[derive(Debug, clap::Args)]
pub struct JudgeArgs {
    /// Questions, one JSON object a line; `-` is standard input. Offsets count characters. Either
    /// `{"id","text","target":{"start","end"},"holder":{"start","end"}|null}`, answered by
    /// `{"id","label","probabilities":{"negative","neutral","positive"}}`, or
    /// `{"id","text","pair":[{"start","end"},{"start","end"}]}`, answered by
    /// `{"id","class5","probabilities"}`: 0 nothing, 1 the first for the second, 2 the second for
    /// the first, 3 the first against the second, 4 the second against the first.
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<OsString>,
    /// Where the output goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// What `byline annotate` reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum InputKind {
    /// One article a file: plain text or JSON of byline.
    Article,
    /// One JSON object with `text`, or `tokens` of one sentence, and perhaps `id` a line; the text
    /// is taken as it stands. Lines in a row with the same `doc` are read as one document.
    Jsonl,
}

/// What `byline annotate` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AnnotateFormat {
    /// One indented JSON document.
    Json,
    /// One JSON document a line.
    Jsonl,
    /// Plain lines in reading order.
    Plain,
    /// Tables for databases: a folder with one of Parquet files for articles, entities, mentions,
    /// quotes and stances each.
    Parquet,
}

/// Arguments of `byline export`.
#[derive(Debug, clap::Args)]
pub struct ExportArgs {
    /// Article to export; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub file: OsString,
    /// Form of the output.
    #[arg(long, value_name = "FORMAT", value_parser = format_names())]
    pub format: String,
    /// How CoNLL tells the beginning of a name.
    #[arg(long, value_name = "SCHEME")]
    pub scheme: Option<SchemeName>,
    /// Only highlights of this colour; may be given several times.
    #[arg(long, value_name = "COLOUR", value_parser = names(Colour::ALL.map(Colour::name)))]
    pub colour: Vec<String>,
    /// Only highlights with this tag; may be given several times.
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Only entities of this kind, with the quotes and stances that name no other; may be given
    /// several times.
    #[arg(long, value_name = "KIND", value_parser = names(EntityKind::ALL.map(EntityKind::name)))]
    pub kind: Vec<String>,
    /// Where the output goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// Arguments of `byline convert`.
#[derive(Debug, clap::Args)]
pub struct ConvertArgs {
    /// Annotated article, or annotations; `-` is standard input.
    #[arg(value_name = "FILE")]
    pub file: OsString,
    /// What FILE is, where its content does not tell: json, jsonl, brat, conll, conllu, displacy,
    /// spacy, prodigy, doccano, w3c, hypothesis, tei or inline.
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// Form of the output.
    #[arg(long, value_name = "FORMAT", value_parser = format_names())]
    pub to: String,
    /// The article that the annotations in FILE belong to, where it lies elsewhere.
    #[arg(long, value_name = "FILE")]
    pub text: Option<PathBuf>,
    /// How CoNLL tells the beginning of a name.
    #[arg(long, value_name = "SCHEME")]
    pub scheme: Option<SchemeName>,
    /// Where the output goes.
    #[command(flatten)]
    pub out: OutArgs,
}

/// How CoNLL tells the beginning of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemeName {
    /// `B-` only where a name follows another of its type.
    Iob1,
    /// `B-` at the beginning of every name (the default).
    Iob2,
}

impl From<SchemeName> for export::conll::Scheme {
    fn from(name: SchemeName) -> Self {
        match name {
            SchemeName::Iob1 => Self::Iob1,
            SchemeName::Iob2 => Self::Iob2,
        }
    }
}

/// Where the output goes.
#[derive(Debug, Clone, clap::Args)]
pub struct OutArgs {
    /// Write to this file, whole or not at all, instead of standard output.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// Replace OUT if it is there already.
    #[arg(long, requires = "output")]
    pub force: bool,
}

/// What `byline config` does.
#[derive(Debug, Clone, Subcommand)]
pub enum ConfigAction {
    /// Print where the settings file is looked for.
    Path,
    /// Print all settings as they are in force.
    Print,
    /// Check a settings file.
    Check {
        /// The file; without it, the one that is in force.
        file: Option<PathBuf>,
    },
}

/// The names of the formats that can be opened with what each is, from the registry.
fn input_names() -> PossibleValuesParser {
    let value =
        |(_, name, about): (_, &'static str, &'static str)| PossibleValue::new(name).help(about);
    PossibleValuesParser::new(
        crate::ingest::FORMATS
            .map(value)
            .into_iter()
            .collect::<Vec<_>>(),
    )
}

/// Any of some names.
fn names<const N: usize>(names: [&'static str; N]) -> PossibleValuesParser {
    PossibleValuesParser::new(names)
}

/// The names of the export formats with what each is for, from the registry.
fn format_names() -> PossibleValuesParser {
    let value = |f: &export::Format| PossibleValue::new(f.name).help(f.about);
    PossibleValuesParser::new(export::formats().map(value).collect::<Vec<_>>())
}

impl OpenArgs {
    /// The format that the reader says the articles are in.
    pub fn format(&self) -> Option<crate::ingest::Format> {
        self.from
            .as_deref()
            .and_then(crate::ingest::Format::from_name)
    }
}
