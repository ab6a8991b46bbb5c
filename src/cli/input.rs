//! Input: a file name or `-` → bytes → a document. Never reads more than one article may have.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::web::Web;
use crate::base::text::printable;
use crate::base::{Error, Result};
use crate::fetch::{self, Cancel};
use crate::ingest::foreign::{self, Kind, Twin};
use crate::ingest::{self, Format, Hint, Loaded, Source};

const SAMPLE: &str = include_str!("../../assets/sample.txt");

/// The article that is built in.
pub(super) fn sample() -> Result<Loaded> {
    let source = Source {
        name: "sample".to_owned(),
        uri: Some("sample".to_owned()),
    };
    ingest::load(SAMPLE.as_bytes(), &source)
}

/// How errors name a file argument.
pub(super) fn name_of(file: &OsStr) -> String {
    if file == "-" {
        return "standard input".to_owned();
    }
    file.to_string_lossy().into_owned()
}

/// Opens a file argument for reading; `-` is standard input.
pub(super) fn reader(file: &OsStr) -> Result<Box<dyn Read>> {
    if file == "-" {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let fault = |e: &std::io::Error| Error::io(name_of(file), "be opened", e);
    let opened = File::open(file).map_err(|e| fault(&e))?;
    if opened.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(Error::new(name_of(file), "is a folder").remedy("name a file"));
    }
    Ok(Box::new(opened))
}

/// The address that a file argument is, if it is one.
pub(super) fn address(file: &OsStr) -> Option<&str> {
    file.to_str().filter(|text| fetch::is_address(text))
}

/// Reads the article that a file argument names, in the format that the reader says it is. One that
/// is an address is fetched.
pub(super) fn load(file: &OsStr, from: Option<Format>, web: &Web) -> Result<Loaded> {
    match address(file) {
        Some(address) => web.load(address, from, &Cancel::default()),
        None => self::file(file, from),
    }
}

/// The bytes of a file argument, at most `limit` and one, which tells that there is too much.
pub(super) fn bytes(file: &OsStr, limit: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader(file)?
        .take(limit as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Error::io(name_of(file), "be read", &e))?;
    Ok(bytes)
}

/// Reads the article in a file, in the format that the reader says it is; with annotations of
/// others, the article they are on, too, where that lies in another file.
pub(super) fn file(file: &OsStr, from: Option<Format>) -> Result<Loaded> {
    let bytes = bytes(file, ingest::LIMIT)?;
    let hint = Hint {
        content_type: None,
        from,
    };
    if from.is_some() {
        return ingest::load_as(&bytes, &source(file), hint);
    }
    let name = name_of(file);
    let (text, kind) = ingest::peek(&bytes, &name);
    if let Some(kind) = kind {
        let article = article(kind, &text, file, None)?;
        return ingest::load_beside(&bytes, article.as_deref(), &source(file));
    }
    // The text of annotations in brat's format brings them along.
    if let Some(annotations) = twin_of_text(file) {
        let ann = self::bytes(annotations.as_os_str(), ingest::LIMIT)?;
        return ingest::load_beside(&ann, Some(&bytes), &source(annotations.as_os_str()));
    }
    ingest::load_as(&bytes, &source(file), hint)
}

/// Reads every article of a file; `kind` says what it is where its content does not, `text` where
/// the article lies.
pub(super) fn load_all(
    file: &OsStr,
    kind: Option<Kind>,
    text: Option<&Path>,
) -> Result<Vec<Loaded>> {
    let bytes = bytes(file, ingest::LIMIT)?;
    let (content, sniffed) = ingest::peek(&bytes, &name_of(file));
    if let Some(kind) = kind.or(sniffed) {
        let article = article(kind, &content, file, text)?;
        return foreign::read(kind, &content, article.as_deref(), &source(file));
    }
    // Our own documents may stand one a line.
    let lines: Vec<&str> = content.lines().filter(|l| !l.trim().is_empty()).collect();
    let rows = lines.len() > 1 && lines.iter().all(|l| l.starts_with("{\"byline\""));
    if !rows {
        return Ok(vec![ingest::load(&bytes, &source(file))?]);
    }
    let one = |line: &&str| ingest::load(line.as_bytes(), &source(file));
    lines.iter().map(one).collect()
}

fn source(file: &OsStr) -> Source {
    let uri = (file != "-").then(|| {
        let path = Path::new(file);
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        printable(&path.to_string_lossy()).into_owned()
    });
    Source {
        name: name_of(file),
        uri,
    }
}

/// The bytes of the article that a file of annotations belongs to, if it is one of another file.
fn article(kind: Kind, text: &str, file: &OsStr, given: Option<&Path>) -> Result<Option<Vec<u8>>> {
    let Some(twin) = foreign::twin(kind, text) else {
        return Ok(None);
    };
    let path = match (given, twin) {
        (Some(given), _) => given.to_owned(),
        (None, Twin::Extension(extension)) if file != "-" => {
            Path::new(file).with_extension(extension)
        }
        (None, Twin::Place(Some(place))) => {
            let place = place.strip_prefix("file://").unwrap_or(&place);
            let folder = Path::new(file).parent().unwrap_or(Path::new("."));
            folder.join(place)
        }
        _ => return Ok(None),
    };
    // What lies nowhere here is said by the reader of the format, which knows what to do.
    if given.is_none() && !path.is_file() {
        return Ok(None);
    }
    bytes(path.as_os_str(), ingest::LIMIT).map(Some)
}

/// brat's annotations beside a text.
fn twin_of_text(file: &OsStr) -> Option<PathBuf> {
    let path = Path::new(file);
    let text = path.extension().is_some_and(|e| e == "txt");
    let twin = path.with_extension("ann");
    (text && twin.is_file()).then_some(twin)
}
