//! Where the reader's work is kept: `--data`, else `$BYLINE_DATA`, else `byline` in the data
//! folder of the desktop (XDG Base Directory Specification 0.8). Without a home there is no
//! folder, which is a fault only when something must be stored.

use std::path::{Path, PathBuf};

use etcetera::base_strategy::{BaseStrategy, Xdg};

use crate::base::Error;
use crate::store::{Corrections, Store};

/// The data folder, if one can be told.
pub fn data_dir(flag: Option<&Path>) -> Option<PathBuf> {
    if let Some(flag) = flag {
        return Some(flag.to_owned());
    }
    match std::env::var_os("BYLINE_DATA") {
        Some(folder) if !folder.is_empty() => Some(folder.into()),
        _ => Some(Xdg::new().ok()?.data_dir().join("byline")),
    }
}

/// The folder of what can be made again: beside the data where a folder was named for that, else
/// the usual one of the desktop.
pub fn cache_dir(flag: Option<&Path>) -> Option<PathBuf> {
    let named = std::env::var_os("BYLINE_DATA").is_some_and(|folder| !folder.is_empty());
    if flag.is_some() || named {
        return Some(data_dir(flag)?.join("cache"));
    }
    Some(Xdg::new().ok()?.cache_dir().join("byline"))
}

/// The store of highlights, if a data folder can be told.
pub fn store(flag: Option<&Path>) -> Option<Store> {
    data_dir(flag).map(|folder| Store::new(folder.join("highlights")))
}

/// The store of corrections, if a data folder can be told.
pub fn corrections(flag: Option<&Path>) -> Option<Corrections> {
    data_dir(flag).map(|folder| Corrections::new(folder.join("corrections")))
}

/// What is wrong when something is to be stored and no data folder can be told.
pub fn no_folder() -> Error {
    Error::new("highlights", "there is no home folder to keep them in")
        .remedy("set HOME or BYLINE_DATA, or use --data DIR")
}
