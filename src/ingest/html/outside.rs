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
        for line in lines {
            let words = words(line);
            taken.words += words.len();
            taken.rows.extend(words.windows(ROW).map(hash));
            taken.lines.insert(hash(&words));
        }
        taken
    }

    /// The share of `text` that was taken, 0 to 1. Short texts count only as a whole.
    pub fn share(&self, text: &str) -> f32 {
        let words = words(text);
        if self.lines.contains(&hash(&words)) {
            return 1.0;
        }
        if words.len() < ROW {
            return 0.0;
        }
        let rows = words.windows(ROW).map(hash);
        let found = rows.filter(|row| self.rows.contains(row)).count();
        found as f32 / (words.len() - ROW + 1) as f32
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect()
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
        .with_exclude_comments(true);
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
