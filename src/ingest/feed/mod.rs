//! Feeds → what they hold: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, JSON Feed. A tolerant front
//! (`front`) puts right what breaks real feeds and escapes markup where text belongs (`inline`), one
//! library reads it (`first`), tags that do not match are mended (`mend`) where it cannot, and another
//! library, which forgives more, is asked where it finds nothing even then (`second`). Lists of feeds
//! are in `opml`. No entry found is an error and never "nothing new".
//!
//! Calls `decode`, the HTML reader for the text of an entry, and `base`.

mod article;
mod discover;
mod first;
mod front;
mod inline;
mod mend;
pub mod opml;
mod second;
mod text;

use jiff::Timestamp;

use super::decode;
use crate::base::guard::guarded;
use crate::base::{Error, Result};

pub use article::article;

/// What is said of a feed without entries.
const EMPTY: &str = "is a feed without any entry that can be read";

/// Whether an error of [`read`] says that there was a feed, and nothing in it.
pub fn is_empty_feed(error: &Error) -> bool {
    error.cause == EMPTY
}

/// Largest feed that is read, in bytes.
pub const LIMIT: usize = 20 << 20;

/// What a feed holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// Its title, as text on one line.
    pub title: Option<String>,
    /// The address of the site that it belongs to.
    pub link: Option<String>,
    /// Its language, such as `en`.
    pub language: Option<String>,
    /// Its entries, in its own order.
    pub entries: Vec<Entry>,
    /// Which reader read it: the library's name.
    pub reader: &'static str,
}

/// An entry of a feed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Its name within the feed; made from address and title where it has none.
    pub id: String,
    /// The address of the article.
    pub url: Option<String>,
    /// Headline, as text on one line.
    pub title: Option<String>,
    /// Authors, by name.
    pub authors: Vec<String>,
    /// When it was published, else when it was changed.
    pub published: Option<Timestamp>,
    /// A few sentences about it, as HTML.
    pub summary: Option<String>,
    /// All of it, as HTML.
    pub content: Option<String>,
    /// Its keywords.
    pub topics: Vec<String>,
}

/// Reads a feed that came from `name` (its address, against which its own are resolved).
/// `content_type` is what the server called it.
///
/// # Errors
/// It is too large, empty, a web page, no feed at all, or a feed in which no entry can be read: one
/// line with a remedy.
pub fn read(bytes: &[u8], name: &str, content_type: Option<&str>) -> Result<Contents> {
    let fault = |cause: String, remedy: &str| Err(Error::new(name, cause).remedy(remedy));
    if bytes.len() > LIMIT {
        let cause = format!("is larger than {} MB, too large for a feed", LIMIT >> 20);
        return fault(cause, "check the address");
    }
    let text = front::decoded(bytes, content_type);
    if text.trim().is_empty() {
        return fault(
            "is empty".to_owned(),
            "check the address, or try again later",
        );
    }
    let text = match front::kind(&text) {
        front::Kind::Xml => inline::escape(&front::tidy(&text)).into_owned(),
        front::Kind::Json => text.trim().to_owned(),
        front::Kind::Page => {
            return match discover::links(&text, name).first() {
                Some(feed) => fault(
                    "is a web page and no feed".to_owned(),
                    &format!("its feed is {feed}"),
                ),
                None => fault(
                    "is a web page and no feed, and it names none".to_owned(),
                    "check the address",
                ),
            };
        }
        front::Kind::Other => {
            return fault(
                "is no feed: it is neither XML nor JSON".to_owned(),
                "check the address",
            );
        }
    };
    // Neither library is ours, and feeds come from anywhere.
    let first = |text: &str| {
        let read = guarded(|| first::read(text, name));
        read.unwrap_or_else(|| Err("its reader stopped".to_owned()))
    };
    let found = |contents: &Contents| !contents.entries.is_empty();
    let mut read = first(&text);
    if read.is_err() && text.starts_with('<') {
        read = first(&mend::mend(&text)).or(read);
    }
    if read.as_ref().is_ok_and(found) {
        return read.map_err(|cause| Error::new(name, cause));
    }
    let second = guarded(|| second::read(&text, name)).flatten();
    match (second, read) {
        (Some(contents), _) if found(&contents) => Ok(contents),
        (_, Ok(_)) | (Some(_), _) => fault(
            EMPTY.to_owned(),
            "look at it in a browser; it may be empty, or broken",
        ),
        (None, Err(cause)) => fault(
            format!("is no feed that can be read: {cause}"),
            "check the address; a feed is RSS, Atom or JSON Feed",
        ),
    }
}

/// The addresses of the feeds that a web page names, absolute.
pub fn discover(bytes: &[u8], url: &str, content_type: Option<&str>) -> Vec<String> {
    discover::links(&front::decoded(bytes, content_type), url)
}

#[cfg(test)]
mod tests;
