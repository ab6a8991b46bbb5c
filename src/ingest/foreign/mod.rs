//! What others annotated: brat, CoNLL, displaCy and its relatives, W3C Web Annotations, Hypothes.is,
//! doccano, TEI, inline markup. One file a format; `gather` makes layers of what they find, with the
//! format, and where the file names one its author, as provenance. Offsets that lie outside the
//! text, broken files and references to nothing are one error with file, line and problem.
//!
//! Some formats keep the article in another file: `twin` says which, and the caller brings it.

mod brat;
mod conll;
mod gather;
mod inline;
mod kinds;
mod spans;
mod tei;
mod web;

use serde_json::Value;

use super::{Loaded, Source, decode};
use crate::base::{Error, Result};

/// A format that can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// brat's annotations; the text is its twin.
    Brat,
    /// CoNLL-2002, CoNLL-2003 and the like.
    Conll,
    /// CoNLL-U.
    Conllu,
    /// displaCy, spaCy and Prodigy.
    Displacy,
    /// doccano.
    Doccano,
    /// W3C Web Annotations.
    W3c,
    /// Hypothes.is.
    Hypothesis,
    /// TEI P5.
    Tei,
    /// Inline markup.
    Inline,
}

impl Kind {
    /// Every kind with its names on the command line.
    pub const ALL: [(Kind, &'static [&'static str]); 9] = [
        (Self::Brat, &["brat"]),
        (Self::Conll, &["conll2003", "conll2002", "conll"]),
        (Self::Conllu, &["conllu"]),
        (Self::Displacy, &["displacy", "spacy", "prodigy"]),
        (Self::Doccano, &["doccano"]),
        (Self::W3c, &["w3c"]),
        (Self::Hypothesis, &["hypothesis"]),
        (Self::Tei, &["tei"]),
        (Self::Inline, &["inline"]),
    ];

    /// The kind with this name on the command line.
    pub fn from_name(name: &str) -> Option<Self> {
        let known = Self::ALL
            .into_iter()
            .find(|(_, names)| names.contains(&name));
        known.map(|(kind, _)| kind)
    }
}

/// Where the article lies that a file of annotations belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Twin {
    /// Beside it, under the same name with another extension.
    Extension(&'static str),
    /// At a path or an address, if the file says one.
    Place(Option<String>),
}

/// What a text is, if it is annotations of others. `name` is that of its file.
pub fn sniff(text: &str, name: &str) -> Option<Kind> {
    let text = text.trim_start_matches('\u{feff}');
    if inline::is_inline(text) {
        return Some(Kind::Inline);
    }
    if std::path::Path::new(name)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("ann"))
    {
        return Some(Kind::Brat);
    }
    if tei::is_tei(text) {
        return Some(Kind::Tei);
    }
    let start = text.trim_start();
    // Our own documents say so at once.
    if start.starts_with("{\"byline\"") {
        return None;
    }
    if start.starts_with(['{', '[']) {
        let value = values(text).ok()?.into_iter().next()?.1;
        return match web::is_one(&value) {
            Some(web::Web::W3c) => Some(Kind::W3c),
            Some(web::Web::Hypothesis) => Some(Kind::Hypothesis),
            None => spans::is_one(&value).then_some(Kind::Displacy),
        };
    }
    if conll::is_conllu(text) {
        return Some(Kind::Conllu);
    }
    conll::is_tagged(text).then_some(Kind::Conll)
}

/// Whether bytes begin like TEI, which is XML that can be opened.
pub fn is_tei(bytes: &[u8]) -> bool {
    tei::is_tei(&String::from_utf8_lossy(&bytes[..bytes.len().min(16384)]))
}

/// The article that a file of annotations needs beside it.
pub fn twin(kind: Kind, text: &str) -> Option<Twin> {
    match kind {
        Kind::Brat => Some(Twin::Extension("txt")),
        Kind::W3c | Kind::Hypothesis => {
            let all = values(text).unwrap_or_default();
            Some(Twin::Place(
                all.iter().find_map(|(_, value)| web::article(value)),
            ))
        }
        _ => None,
    }
}

/// Reads a file of annotations; `article` is the text of its twin where it needs one. A file of one
/// document a line gives several.
///
/// # Errors
/// The file is not what it should be, or needs an article and has none: file, line, problem.
pub fn read(
    kind: Kind,
    text: &str,
    article: Option<&[u8]>,
    source: &Source,
) -> Result<Vec<Loaded>> {
    let text = text.trim_start_matches('\u{feff}');
    let one = |loaded: Result<Loaded>| loaded.map(|l| vec![l]);
    match kind {
        Kind::Inline if !inline::is_inline(text) => Err(gather::fault(
            source,
            1,
            "is not %byline 1, the first line of inline markup",
        )),
        Kind::Inline => one(inline::read(text, source)),
        Kind::Tei => one(tei::read(text, source)),
        Kind::Conll => one(conll::tagged(text, source)),
        Kind::Conllu => one(conll::universal(text, source)),
        Kind::Brat => {
            let article = article
                .ok_or_else(|| missing(source, "put the .txt beside it, under the same name"))?;
            let (article, _) = decode::to_text(article);
            one(brat::read(text, &article, source))
        }
        Kind::Displacy | Kind::Doccano => {
            let mut out = Vec::new();
            for (line, value) in values(text).map_err(|e| at(e, source))? {
                let list = match value {
                    Value::Array(list) => list,
                    other => vec![other],
                };
                for one in list {
                    out.push(spans::read(&one, line, source)?);
                }
            }
            Ok(out)
        }
        Kind::W3c | Kind::Hypothesis => {
            let remedy = "give the article with --text, or put it where the annotations say it is";
            let article = article.ok_or_else(|| missing(source, remedy))?;
            let inner = Source {
                name: format!("the article of {}", source.name),
                ..source.clone()
            };
            let mut loaded = super::load(article, &inner)?;
            let web = if kind == Kind::W3c {
                web::Web::W3c
            } else {
                web::Web::Hypothesis
            };
            for (_, value) in values(text).map_err(|e| at(e, source))? {
                loaded
                    .marks
                    .extend(web::read(&value, web, &loaded.document, source)?);
            }
            let mut seen = std::collections::BTreeSet::new();
            for (n, mark) in loaded.marks.iter_mut().enumerate() {
                if !seen.insert(mark.id.clone()) {
                    mark.id = format!("{} ({n})", mark.id);
                }
            }
            Ok(vec![loaded])
        }
    }
}

fn missing(source: &Source, remedy: &str) -> Error {
    Error::new(&source.name, "holds annotations and not the article").remedy(remedy)
}

fn at((line, column, cause): (usize, usize, String), source: &Source) -> Error {
    gather::fault(source, line, format!("is not valid JSON: {cause}")).at(line, Some(column))
}

/// One JSON value, or one a line, with the lines they stand on.
fn values(text: &str) -> std::result::Result<Vec<(usize, Value)>, (usize, usize, String)> {
    let whole = serde_json::from_str::<Value>(text);
    let error = match whole {
        Ok(value) => return Ok(vec![(1, value)]),
        Err(error) => error,
    };
    let fault = |e: &serde_json::Error, line: usize| {
        let text = e.to_string();
        let cause = text
            .rsplit_once(" at line ")
            .map_or(text.as_str(), |(c, _)| c);
        (line, e.column().max(1), cause.to_owned())
    };
    // Only what goes on behind a whole value can be a value a line.
    if !error.to_string().starts_with("trailing characters") {
        return Err(fault(&error, error.line().max(1)));
    }
    let mut out = Vec::new();
    for (n, line) in text.lines().enumerate() {
        if !line.trim().is_empty() {
            let value = serde_json::from_str(line).map_err(|e| fault(&e, n + 1))?;
            out.push((n + 1, value));
        }
    }
    Ok(out)
}
