//! Marks that overlap, as tags that do not: a mark that crosses another is closed where the other
//! one closes and goes on behind it. For formats that write their marks into the text. Calls
//! `base`.

use crate::base::Span;

/// What stands next in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Characters of the text.
    Text(Span),
    /// A mark begins (`part` is 0) or goes on, until `to` at the furthest.
    Open {
        /// Its position in the list of marks.
        mark: usize,
        /// How many parts of it went before.
        part: usize,
    },
    /// A mark ends or is broken.
    Close {
        /// Its position in the list of marks.
        mark: usize,
        /// How many parts of it went before.
        part: usize,
    },
}

/// The text of `whole` with the marks that lie in it; what sticks out is cut off, what has no
/// characters is left out. `parts` counts, for each mark, the parts written so far: a mark over
/// several blocks goes on in the next.
pub(super) fn nest(whole: Span, marks: &[Span], parts: &mut [usize]) -> Vec<Step> {
    let mut todo: Vec<(Span, usize)> = marks
        .iter()
        .enumerate()
        .filter_map(|(n, span)| Some((span.intersection(whole)?, n)))
        .collect();
    // The longer first, so that it is the outer one.
    todo.sort_by_key(|(span, n)| (span.start, std::cmp::Reverse(span.end), *n));
    let mut edges: Vec<usize> = todo
        .iter()
        .flat_map(|(span, _)| [span.from(), span.to()])
        .chain([whole.from(), whole.to()])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    let (mut out, mut open, mut next) = (Vec::new(), Vec::<(Span, usize)>::new(), 0);
    for (n, at) in edges.iter().enumerate() {
        let first = open.iter().position(|(span, _)| span.to() <= *at);
        let mut again = Vec::new();
        if let Some(first) = first {
            for (span, mark) in open.drain(first..).rev() {
                let part = parts[mark];
                out.push(Step::Close { mark, part });
                parts[mark] += 1;
                if span.to() > *at {
                    again.push((span, mark));
                }
            }
        }
        while todo.get(next).is_some_and(|(span, _)| span.from() == *at) {
            again.push(todo[next]);
            next += 1;
        }
        again.sort_by_key(|(span, n)| (std::cmp::Reverse(span.end), *n));
        for (span, mark) in again {
            let part = parts[mark];
            out.push(Step::Open { mark, part });
            open.push((span, mark));
        }
        if let Some(end) = edges.get(n + 1) {
            out.push(Step::Text(Span::new(*at, *end)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn tags_nest_and_cover_what_the_marks_cover(
            ends in prop::collection::vec((0usize..30, 0usize..30), 0..8),
        ) {
            let marks: Vec<Span> = ends.iter().map(|(a, b)| Span::new(*a.min(b), *a.max(b))).collect();
            let whole = Span::new(3, 25);
            let mut parts = vec![0; marks.len()];
            let mut stack = Vec::new();
            let mut covered = vec![Vec::new(); marks.len()];
            let mut at = whole.from();
            for step in nest(whole, &marks, &mut parts) {
                match step {
                    Step::Open { mark, .. } => stack.push(mark),
                    Step::Close { mark, .. } => prop_assert_eq!(stack.pop(), Some(mark)),
                    Step::Text(span) => {
                        prop_assert_eq!(span.from(), at);
                        at = span.to();
                        for mark in &stack {
                            covered[*mark].extend(span.range());
                        }
                    }
                }
            }
            prop_assert!(stack.is_empty() && at == whole.to());
            for (span, covered) in marks.iter().zip(covered) {
                let inside = span.intersection(whole).unwrap_or_default();
                prop_assert_eq!(covered, inside.range().collect::<Vec<_>>());
            }
        }
    }
}
