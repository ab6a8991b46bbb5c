//! File arguments → files: a folder stands for the articles in it and below, a pattern (`*`, `?`,
//! `[…]`) for the files that fit, in the order of their names. Everything else stays as it is.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use walkdir::{DirEntry, WalkDir};

use super::input::name_of;
use crate::base::{Error, Result};

/// Endings of files that are taken for articles in a folder; any of them may be followed by `.gz`.
const ENDINGS: &[&str] = &[
    "html", "htm", "xhtml", "md", "markdown", "txt", "text", "eml", "json",
];

/// The files that the arguments stand for.
///
/// # Errors
/// A folder without articles, a pattern that nothing fits or that is none, and a folder that cannot
/// be read.
pub(super) fn expand(arguments: &[OsString]) -> Result<Vec<OsString>> {
    let mut files = Vec::with_capacity(arguments.len());
    for argument in arguments {
        let path = Path::new(argument);
        let text = argument.to_str().unwrap_or("");
        if path.is_dir() {
            files.extend(folder(path)?);
        } else if argument == "-"
            || text.contains("://")
            || path.exists()
            || !text.contains(['*', '?', '['])
        {
            files.push(argument.clone());
        } else {
            files.extend(pattern(text)?);
        }
    }
    Ok(files)
}

fn folder(path: &Path) -> Result<Vec<OsString>> {
    let shown = |entry: &DirEntry| {
        entry.depth() == 0 || !entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(path)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(shown)
    {
        let entry = entry.map_err(|e| {
            let place = e.path().unwrap_or(path).to_string_lossy().into_owned();
            match e.io_error() {
                Some(io) => Error::io(place, "be read", io),
                None => Error::new(place, "cannot be read: its links lead in a circle"),
            }
        })?;
        if entry.file_type().is_file() && is_article(entry.path()) {
            files.push(entry.into_path().into_os_string());
        }
    }
    if files.is_empty() {
        let endings = ENDINGS.join(", ");
        return Err(
            Error::new(name_of(path.as_os_str()), "is a folder without articles").remedy(format!(
                "name files, or put some in it that end in {endings}"
            )),
        );
    }
    Ok(files)
}

fn is_article(path: &Path) -> bool {
    let ending = |path: &Path| {
        let ending = path.extension().and_then(OsStr::to_str);
        ending.map(str::to_ascii_lowercase)
    };
    match ending(path) {
        Some(gz) if gz == "gz" => path
            .file_stem()
            .is_some_and(|stem| is_article(Path::new(stem))),
        Some(ending) => ENDINGS.contains(&ending.as_str()),
        None => false,
    }
}

fn pattern(text: &str) -> Result<Vec<OsString>> {
    let found = glob::glob(text).map_err(|e| {
        Error::new(text, format!("is no pattern of files: {}", e.msg))
            .remedy("put the name in quotes")
    })?;
    let mut files: Vec<OsString> = found
        .flatten()
        .filter(|path| path.is_file())
        .map(std::path::PathBuf::into_os_string)
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(Error::new(text, "fits no file").remedy("check the pattern"));
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn folders_and_patterns_stand_for_their_files() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        fs::create_dir_all(root.join("b/.hidden")).unwrap();
        for name in [
            "z.txt",
            "a.HTML",
            "b/c.md.gz",
            "b/.hidden/d.txt",
            "b/e.png",
            ".f.txt",
        ] {
            fs::write(root.join(name), "x").unwrap();
        }
        let names = |files: Vec<OsString>| -> Vec<String> {
            let name = |f: &OsString| {
                Path::new(f)
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            };
            files.iter().map(name).collect()
        };
        let whole = expand(&[root.as_os_str().to_owned()]).unwrap();
        assert_eq!(names(whole), ["a.HTML", "b/c.md.gz", "z.txt"]);
        let some = expand(&[root.join("*.txt").into_os_string()]).unwrap();
        assert_eq!(names(some), ["z.txt"]);
        let same = [
            OsString::from("-"),
            "none.txt".into(),
            "http://x.org/?a=*".into(),
        ];
        assert_eq!(expand(&same).unwrap(), same);
        let none = expand(&[root.join("*.doc").into_os_string()]).unwrap_err();
        assert!(none.to_string().contains("fits no file"), "{none}");
        fs::create_dir(root.join("empty")).unwrap();
        let empty = expand(&[root.join("empty").into_os_string()]).unwrap_err();
        assert!(
            empty.to_string().contains("is a folder without articles"),
            "{empty}"
        );
    }

    #[test]
    fn a_name_with_signs_of_a_pattern_is_a_file_if_it_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("a[1]?.txt");
        fs::write(&odd, "x").unwrap();
        assert_eq!(
            expand(&[odd.clone().into()]).unwrap(),
            [odd.into_os_string()]
        );
    }
}
