//! Which parts of a text some spans cover, looked up in logarithmic time.

use crate::base::Span;

/// The union of some spans.
#[derive(Debug, Default)]
pub struct Cover(Vec<Span>);

impl Cover {
    /// The union of these spans, in any order; empty ones cover nothing.
    pub fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut sorted: Vec<Span> = spans.filter(|s| !s.is_empty()).collect();
        sorted.sort();
        let mut out: Vec<Span> = Vec::with_capacity(sorted.len());
        for span in sorted {
            match out.last_mut() {
                Some(last) if span.start <= last.end => *last = last.hull(span),
                _ => out.push(span),
            }
        }
        Self(out)
    }

    /// Whether all of `span` is covered.
    pub fn contains(&self, span: Span) -> bool {
        let at = self.0.partition_point(|s| s.end <= span.start);
        self.0.get(at).is_some_and(|s| s.contains(span))
    }

    /// Whether a part of `span` is covered.
    pub fn overlaps(&self, span: Span) -> bool {
        let at = self.0.partition_point(|s| s.end <= span.start);
        self.0.get(at).is_some_and(|s| s.overlaps(span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_and_nested_spans_are_one() {
        let spans = [(8, 9), (0, 5), (1, 2), (5, 7), (3, 3)];
        let cover = Cover::new(spans.iter().map(|(a, b)| Span::new(*a, *b)));
        let held: Vec<bool> = (0..10)
            .map(|n| cover.overlaps(Span::new(n, n + 1)))
            .collect();
        let expected = [true, true, true, true, true, true, true, false, true, false];
        assert_eq!(held, expected);
        assert!(cover.contains(Span::new(1, 7)) && !cover.contains(Span::new(6, 9)));
    }
}
