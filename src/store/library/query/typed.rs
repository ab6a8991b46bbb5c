//! A query that is still being typed: the word at its end may go on, and what is begun and not
//! finished (a key without its value, an open parenthesis) is no mistake yet.

use super::complete::last;
use super::{FLAGS, KEYS, Query, parse};
use crate::model::Polarity;
use crate::model::library::{QueryFault, Sort};

/// Letters that a word must have before it is searched as the start of longer ones.
const FEWEST: usize = 2;

/// Reads a query that is being typed: what its unfinished end can already mean.
///
/// # Errors
/// A mistake that typing on cannot mend.
pub fn parse_typed(text: &str) -> Result<Query, QueryFault> {
    let fault = match parse(text) {
        Ok(query) => return Ok(parse(&open_ended(text)).unwrap_or(query)),
        Err(fault) => fault,
    };
    let (from, word) = last(text);
    let marks = text.chars().filter(|c| *c == '"').count();
    if marks % 2 == 1 {
        // The quotation marks are still open.
        if let Ok(query) = parse(&format!("{}\"", open_ended(text))) {
            return Ok(query);
        }
        if fault.cause.ends_with("found the end") {
            return parse_typed(&text[..from]);
        }
    }
    let open = text.matches('(').count();
    let missing = open.saturating_sub(text.matches(')').count());
    if missing > 0 {
        let closing = ")".repeat(missing);
        for text in [open_ended(text), text.to_owned()] {
            if let Ok(query) = parse(&format!("{text}{closing}")) {
                return Ok(query);
            }
        }
    }
    if word.is_empty() && from > 0 && fault.cause.ends_with("found the end") {
        // "a or ": what comes next is still to be typed.
        return parse_typed(text.trim_end());
    }
    if from < text.len() && is_unfinished(word, &fault) {
        return parse_typed(&text[..from]);
    }
    Err(fault)
}

/// The text with a star after the word at its end, where a star can stand and the word is long enough
/// to tell something.
fn open_ended(text: &str) -> String {
    let (_, word) = last(text);
    let word = word.trim_start_matches(['-', '(']);
    let (key, value) = word.split_once(':').unwrap_or(("", word));
    let stars = matches!(
        key.to_lowercase().as_str(),
        "" | "entity" | "holder" | "target" | "title" | "tag"
    );
    let letters = value.chars().rev().take_while(|c| c.is_alphanumeric());
    let is_operator = ["or", "and", "not"]
        .iter()
        .any(|o| o.eq_ignore_ascii_case(word));
    let is_flag = FLAGS.iter().any(|f| f.0.eq_ignore_ascii_case(word));
    if stars && letters.count() >= FEWEST && !is_operator && !is_flag {
        format!("{text}*")
    } else {
        text.to_owned()
    }
}

/// Whether typing on can make the mistake in the last word go away.
fn is_unfinished(word: &str, fault: &QueryFault) -> bool {
    if fault.cause.ends_with("found the end") {
        return true;
    }
    let word = word.trim_start_matches(['-', '(']);
    let Some((key, value)) = word.split_once(':') else {
        // A dash, a parenthesis, the first quotation mark.
        return !word.chars().any(char::is_alphanumeric);
    };
    let (key, value) = (key.to_lowercase(), value.to_lowercase());
    match key.as_str() {
        "stance" => Polarity::ALL.iter().any(|p| p.name().starts_with(&value)),
        "sort" => Sort::ALL.iter().any(|s| s.name().starts_with(&value)),
        "after" | "before" => {
            value.len() < "2025-03-01".len()
                && value.chars().all(|c| c.is_ascii_digit() || c == '-')
        }
        key => value.is_empty() && KEYS.iter().any(|k| k.0 == key),
    }
}
