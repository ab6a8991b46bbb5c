//! Where the answers to a stream go: standard output, a file of lines, or a folder of tables. What is
//! written to a file stands in `OUT.partial` until all of it is there; tables are written in parts,
//! each whole or not at all. An interrupted run is gone on with from what stands there.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::args::AnnotateArgs;
use super::output;
use crate::base::{Error, Result};
use crate::export;
use crate::export::tables::{self, TABLES, Tables};
use crate::model::{Annotated, Highlight};
use crate::store::write_atomic;

/// Articles of a part of the tables, at most.
const PART: usize = 10_000;
/// Bytes of their texts, at most.
const PART_BYTES: usize = 64 << 20;

/// The answer to a line.
pub(super) enum Answer {
    /// A line of JSON.
    Line(Vec<u8>),
    /// Rows of tables.
    Rows(Box<Tables>),
}

impl Answer {
    /// The answer with the caller's id, as rows or as a line.
    pub fn new(
        annotated: &Annotated,
        highlights: &[Highlight],
        id: Option<Value>,
        rows: bool,
    ) -> Result<Self> {
        if rows {
            return Ok(Self::Rows(Box::new(Tables::of(annotated, id.as_ref()))));
        }
        export::json_line(annotated, highlights, id).map(Self::Line)
    }
}

/// What an interrupted run left.
#[derive(Default)]
pub(super) struct Held {
    /// How many answers.
    pub count: usize,
    /// Where they are.
    pub name: String,
}

/// Where answers go.
pub(super) enum Sink {
    /// Standard output.
    Stdout,
    /// A file, until it is whole under another name.
    Lines {
        /// The file that grows.
        file: BufWriter<File>,
        /// Its name.
        partial: PathBuf,
        /// The name that it gets in the end.
        whole: PathBuf,
    },
    /// A folder of tables.
    Tables {
        /// The folder.
        folder: PathBuf,
        /// Rows of the part that is being collected.
        rows: Tables,
        /// Number of that part.
        part: usize,
        /// Number of the next article.
        next: usize,
    },
}

impl Sink {
    /// Opens what the arguments ask for, and says what it holds already.
    ///
    /// # Errors
    /// There is something, and it was asked neither to replace it nor to go on with it.
    pub fn open(args: &AnnotateArgs, rows: bool) -> Result<(Self, Held)> {
        let path = args.out.output.as_deref().filter(|p| *p != Path::new("-"));
        match (path, rows) {
            (None, false) => Ok((Self::Stdout, Held::default())),
            (None, true) => Err(Error::new("--format", "parquet is a folder of files")
                .remedy("name the folder with -o")
                .usage()),
            (Some(path), false) => lines(path, args),
            (Some(path), true) => parts(path, args),
        }
    }

    /// Whether it leaves standard output free.
    pub fn is_file(&self) -> bool {
        !matches!(self, Self::Stdout)
    }

    /// Takes the answers that come next; says whether anybody still listens.
    pub fn take(&mut self, answers: Vec<Answer>) -> Result<bool> {
        for answer in answers {
            match (&mut *self, answer) {
                (Self::Stdout, Answer::Line(line)) => {
                    let mut stdout = std::io::stdout().lock();
                    let written = stdout.write_all(&line).and_then(|()| stdout.flush());
                    drop(stdout);
                    if !output::printed(written)? {
                        return Ok(false);
                    }
                }
                (Self::Lines { file, partial, .. }, Answer::Line(line)) => file
                    .write_all(&line)
                    .map_err(|e| Error::io(partial.display().to_string(), "be written", &e))?,
                (Self::Tables { rows, next, .. }, Answer::Rows(more)) => {
                    rows.append(*more, *next);
                    *next += 1;
                    if rows.articles() >= PART || rows.bytes() >= PART_BYTES {
                        self.write_part()?;
                    }
                }
                // A sink is opened for one kind of answer.
                _ => {}
            }
        }
        Ok(true)
    }

    fn write_part(&mut self) -> Result<()> {
        let Self::Tables {
            folder, rows, part, ..
        } = self
        else {
            return Ok(());
        };
        for (name, bytes) in rows.files()? {
            let file = part_file(folder, name, *part);
            write_atomic(&file, &bytes, true)?;
        }
        *part += 1;
        *rows = Tables::default();
        Ok(())
    }

    /// Makes whole what was collected.
    pub fn finish(mut self) -> Result<()> {
        if let Self::Tables { rows, part, .. } = &self
            && (rows.articles() > 0 || *part == 0)
        {
            self.write_part()?;
        }
        if let Self::Lines {
            file,
            partial,
            whole,
        } = self
        {
            let fault =
                |e: &std::io::Error| Error::io(partial.display().to_string(), "be written", e);
            let file = file.into_inner().map_err(|e| fault(e.error()))?;
            file.sync_all().map_err(|e| fault(&e))?;
            fs::rename(&partial, &whole)
                .map_err(|e| Error::io(whole.display().to_string(), "be written", &e))?;
        }
        Ok(())
    }
}

fn there(path: &Path) -> Error {
    Error::new(path.display().to_string(), "is there already")
        .remedy("go on with it by --resume, or use --force to replace it")
}

fn lines(whole: &Path, args: &AnnotateArgs) -> Result<(Sink, Held)> {
    let mut partial = whole.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let fault = |e: &std::io::Error| Error::io(partial.display().to_string(), "be written", e);
    if !args.out.force
        && !args.resume
        && let Some(old) = [whole, &partial].into_iter().find(|p| p.exists())
    {
        return Err(there(old));
    }
    // A run that was whole is gone on with, too: its input may have grown.
    if args.resume && !partial.exists() && whole.exists() {
        fs::rename(whole, &partial).map_err(|e| fault(&e))?;
    }
    let mut options = OpenOptions::new();
    options
        .read(true)
        .write(true)
        .create(true)
        .truncate(!args.resume);
    let mut file = options.open(&partial).map_err(|e| fault(&e))?;
    let (count, end) = whole_lines(&file).map_err(|e| fault(&e))?;
    // A line that was torn is written again.
    file.set_len(end).map_err(|e| fault(&e))?;
    file.seek(SeekFrom::End(0)).map_err(|e| fault(&e))?;
    let held = Held {
        count,
        name: partial.display().to_string(),
    };
    let file = BufWriter::new(file);
    let whole = whole.to_owned();
    Ok((
        Sink::Lines {
            file,
            partial,
            whole,
        },
        held,
    ))
}

/// How many lines have an end, and where the last of them ends.
fn whole_lines(file: &File) -> std::io::Result<(usize, u64)> {
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let (mut count, mut end, mut at) = (0, 0, 0_u64);
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok((count, end));
        }
        for (n, _) in bytes.iter().enumerate().filter(|(_, b)| **b == b'\n') {
            count += 1;
            end = at + n as u64 + 1;
        }
        let read = bytes.len();
        at += read as u64;
        reader.consume(read);
    }
}

/// Removes the parts of an earlier run, and nothing else.
fn clear(table: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(table)? {
        let file = entry?.path();
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned());
        if name.is_some_and(|n| n.starts_with("part-") && n.ends_with(".parquet")) {
            fs::remove_file(file)?;
        }
    }
    Ok(())
}

fn part_file(folder: &Path, table: &str, part: usize) -> PathBuf {
    folder.join(table).join(format!("part-{part:05}.parquet"))
}

fn parts(folder: &Path, args: &AnnotateArgs) -> Result<(Sink, Held)> {
    let name = folder.display().to_string();
    let articles = folder.join("articles");
    if articles.exists() && !args.resume && !args.out.force {
        return Err(there(folder));
    }
    for table in TABLES {
        let table = folder.join(table);
        fs::create_dir_all(&table).map_err(|e| Error::io(&name, "be made", &e))?;
        if args.out.force {
            clear(&table).map_err(|e| Error::io(&name, "be replaced", &e))?;
        }
    }
    let (mut part, mut next) = (0, 0);
    loop {
        let file = part_file(folder, "articles", part);
        if !file.exists() {
            break;
        }
        let mut bytes = Vec::new();
        let read = File::open(&file).and_then(|mut f| f.read_to_end(&mut bytes));
        read.map_err(|e| Error::io(file.display().to_string(), "be read", &e))?;
        next += tables::count(bytes, &file.display().to_string())?;
        part += 1;
    }
    let held = Held { count: next, name };
    let folder = folder.to_owned();
    let rows = Tables::default();
    Ok((
        Sink::Tables {
            folder,
            rows,
            part,
            next,
        },
        held,
    ))
}
