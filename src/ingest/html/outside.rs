//! The two extractors of others, behind one function each: what of a page they take for the
//! article. Both are guarded: a page that makes one of them panic is read by the other, and a page
//! whose elements stand so deep that recursion could end the program is given to neither. Calls
//! `pieces` to read their answers.

use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use dom_query::Document;

use super::pieces::pieces;
use crate::base::guard::guarded;

/// Words in a row that are compared.
const ROW: usize = 4;

/// What an extractor took for the article.
#[derive(Debug, Clone, Default)]
pub(super) struct Taken {
    rows: BTreeSet<u64>,
    lines: BTreeSet<u64>,
    /// How many words it took.
    pub words: usize,
}

impl Taken {
    fn of_html(html: &str) -> Self {
        let (pieces, _) = pieces(&Document::from(html));
        Self::of_lines(pieces.iter().map(|p| p.text.as_str()))
    }

    /// What stands in `lines`.
    pub fn of_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let mut taken = Self::default();
        for line in lines.map(Rows::of) {
            taken.words += line.words;
            taken.rows.extend(&line.hashes);
            taken.lines.insert(line.whole);
        }
        taken
    }

    /// The share of a text that was taken, 0 to 1. Short texts count only as a whole.
    pub fn share(&self, text: &Rows) -> f32 {
        if self.lines.contains(&text.whole) {
            return 1.0;
        }
        let found = text.hashes.iter().filter(|row| self.rows.contains(row));
        found.count() as f32 / text.hashes.len().max(1) as f32
    }
}

/// A text in the form in which it is compared.
pub(super) struct Rows {
    hashes: Vec<u64>,
    whole: u64,
    /// How many words it has.
    pub words: usize,
}

impl Rows {
    /// Makes it.
    pub fn of(text: &str) -> Self {
        let words = words(text);
        Self {
            hashes: words.windows(ROW).map(hash).collect(),
            whole: hash(&words),
            words: words.len(),
        }
    }
}

/// The words of a text in small letters; in scripts without spaces, its letters.
fn words(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    for run in text.split(|c: char| !c.is_alphanumeric()) {
        let mut rest = run;
        while let Some(at) = rest.find(is_spaceless) {
            if at > 0 {
                out.push(rest[..at].to_lowercase());
            }
            let end = at + rest[at..].chars().next().map_or(1, char::len_utf8);
            out.push(rest[at..end].to_owned());
            rest = &rest[end..];
        }
        if !rest.is_empty() {
            out.push(rest.to_lowercase());
        }
    }
    out
}

/// Letters of scripts that put no space between words: kana, Chinese, Thai, Lao, Khmer, Burmese.
pub(super) fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2ffff}')
}

/// How many words a text has, at the least.
pub(super) fn count(text: &str) -> usize {
    words(text).len()
}

fn hash(words: &[String]) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.hash(&mut hasher);
    hasher.finish()
}

/// What Trafilatura takes.
pub(super) fn trafilatura(html: &str) -> Option<Taken> {
    let options = trafilatura::Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        // Its search for a date takes long and is not asked for.
        .with_html_date_mode(trafilatura::HtmlDateMode::Disabled);
    let result = guarded(|| trafilatura::extract(html, &options))?.ok()?;
    Some(Taken::of_html(&result.content_html))
}

/// What Readability takes.
pub(super) fn readability(document: &Document) -> Option<Taken> {
    let config = dom_smoothie::Config {
        disable_json_ld: true,
        ..dom_smoothie::Config::default()
    };
    let article = guarded(|| {
        let document = document.clone();
        dom_smoothie::Readability::with_document(document, None, Some(config))
            .and_then(|mut reader| reader.parse())
    })?
    .ok()?;
    Some(Taken::of_html(&article.content))
}
