//! A quotation ready to paste: the words, who said them, where and when.

use crate::base::text::one_line;
use crate::model::{Annotated, Party, Quote, QuoteKind};

/// The quote with speaker, role, outlet and date, on one line:
/// `“…” — Alexander Grushko, Russian Deputy Foreign Minister (The Ledger, 2025-03-17)`.
/// Words that stood in no quotation marks get none.
pub fn citation(quote: &Quote, annotated: &Annotated) -> String {
    let words = one_line(quote.span.of(&annotated.document.text));
    let quoted = words.starts_with(['“', '"', '‘', '\'', '«']);
    let mut line = match (quote.kind, quoted) {
        (QuoteKind::Indirect, _) | (_, true) => words,
        _ => format!("“{words}”"),
    };
    let role = match quote.speaker {
        Party::Entity(id) => annotated.entity(id).and_then(|e| e.role.clone()),
        _ => None,
    };
    line.push_str(" — ");
    if quote.kind == QuoteKind::Indirect {
        line.push_str("according to ");
    }
    line.push_str(annotated.party_name(quote.speaker));
    if let Some(role) = role {
        line.push_str(", ");
        line.push_str(&role);
    }
    let meta = &annotated.document.meta;
    let source = meta.outlet.clone().or_else(|| meta.title.clone());
    let place: Vec<String> = source
        .into_iter()
        .chain(meta.published.map(|d| d.to_string()))
        .collect();
    if !place.is_empty() {
        line.push_str(&format!(" ({})", place.join(", ")));
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::sample;

    #[test]
    fn a_quote_is_cited_with_speaker_outlet_and_date() {
        let (annotated, _) = sample();
        assert_eq!(
            citation(&annotated.quotes[0], &annotated),
            "“must never be built” — Ana Núñez, Mayor (The Ledger, 2025-03-17)"
        );
    }
}
