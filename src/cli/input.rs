//! Input: a file name or `-` → bytes → a document. Never reads more than one article may have.

use std::ffi::OsStr;
use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::web::Web;
use crate::base::text::printable;
use crate::base::{Error, Result};
use crate::fetch::{self, Cancel};
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

/// Reads the article in a file, in the format that the reader says it is.
pub(super) fn file(file: &OsStr, from: Option<Format>) -> Result<Loaded> {
    let name = name_of(file);
    let bytes = bytes(file, ingest::LIMIT)?;
    let uri = (file != "-").then(|| {
        let path = Path::new(file);
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        printable(&path.to_string_lossy()).into_owned()
    });
    let hint = Hint {
        content_type: None,
        from,
    };
    ingest::load_as(&bytes, &Source { name, uri }, hint)
}
