//! Pages without an article: what the reader is told. Calls `base`.

use dom_query::Document;

use super::junk::plain_letters;
use super::meta::Meta;
use super::pieces::Piece;
use crate::base::{Error, Result};

/// Words below which an article with a barrier is only its beginning.
const BEGINNING: usize = 200;

/// Phrases of a barrier, folded.
const BARRIERS: &[&str] = &[
    "subscribe to continue",
    "subscribe to read",
    "subscribe to keep reading",
    "subscribe now to read",
    "to continue reading",
    "to read the full",
    "this article is for subscribers",
    "this story is for subscribers",
    "this content is for subscribers",
    "exclusive to subscribers",
    "already a subscriber",
    "already have a subscription",
    "free articles remaining",
    "register to continue",
    "weiterlesen mit",
    "artikel nur fur abonnenten",
    "article reserve aux abonnes",
    "reserve aux abonnes",
    "solo para suscriptores",
    "riservato agli abbonati",
    "exclusivo para assinantes",
];

/// Whether the page keeps its article from those who do not pay.
pub(super) fn has_barrier(pieces: &[Piece], meta: &Meta) -> bool {
    meta.free == Some(false)
        || pieces.iter().any(|p| {
            let says = || {
                let folded = plain_letters(&p.text);
                BARRIERS.iter().any(|b| folded.contains(b))
            };
            (p.place.wall && !p.place.hidden && p.length() >= 20) || (p.length() <= 300 && says())
        })
}

/// The note for an article that stops at a barrier.
pub(super) fn note(words: usize, barrier: bool) -> Option<String> {
    (barrier && words < BEGINNING).then(|| {
        "this may be the beginning only: the page keeps the rest for its subscribers".to_owned()
    })
}

/// The error for a page in which no article was found.
pub(super) fn nothing<T>(name: &str, document: &Document, barrier: bool) -> Result<T> {
    let scripts = document.select("script").length();
    let (cause, remedy) = if barrier {
        (
            "is a page that keeps its article for subscribers",
            "log in with a browser, save the page there and open that",
        )
    } else if scripts > 0 {
        (
            "is a page whose text is fetched by scripts; there is no article in it",
            "save the page from a browser after it has loaded and open that",
        )
    } else {
        (
            "is a page without any text to read",
            "check that it is the right file",
        )
    };
    Err(Error::new(name, cause).remedy(remedy))
}
