//! Labels in a row: the best path through a linear chain whose spans open with `B-` and go on with
//! `I-`, and how likely a span of it is.

use std::ops::Range;

/// The score of what the scheme forbids.
const NEVER: f32 = -1e4;

/// A span of one type.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its words.
    pub words: Range<usize>,
    /// Which type, by its place among the types.
    pub kind: usize,
    /// How likely exactly this span of this type is, 0 to 1.
    pub confidence: f32,
}

/// Weights of a chain over `O, B-0, I-0, B-1, I-1, …`.
#[derive(Debug, Clone)]
pub struct Chain {
    labels: usize,
    /// From row to column.
    transition: Vec<f32>,
    start: Vec<f32>,
    end: Vec<f32>,
}

impl Chain {
    /// A chain of `1 + 2 * types` labels. What the scheme forbids is forbidden whatever the weights
    /// say. `None` if the numbers do not fit each other.
    pub fn new(mut transition: Vec<f32>, mut start: Vec<f32>, end: Vec<f32>) -> Option<Self> {
        let labels = start.len();
        let fits = labels % 2 == 1 && end.len() == labels && transition.len() == labels * labels;
        let finite = |weights: &[f32]| weights.iter().all(|w| w.is_finite());
        if !fits || !finite(&transition) || !finite(&start) || !finite(&end) {
            return None;
        }
        for inside in (2..labels).step_by(2) {
            start[inside] = NEVER;
            for before in 0..labels {
                if before != inside && before + 1 != inside {
                    transition[before * labels + inside] = NEVER;
                }
            }
        }
        Some(Self {
            labels,
            transition,
            start,
            end,
        })
    }

    /// Number of labels.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// The spans of the best path, and for every word how likely it is in a span at all. `scores`
    /// has one row of labels a word.
    pub fn spans(&self, scores: &[f32]) -> (Vec<Found>, Vec<f32>) {
        let n = self.labels;
        if scores.len() < n {
            return (Vec::new(), Vec::new());
        }
        let path = self.best(scores);
        let (ahead, back) = (self.ahead(scores), self.back(scores));
        let last = ahead.len() - n;
        let all = log_sum((0..n).map(|y| ahead[last + y] + self.end[y]));
        let outside = |word: usize| (ahead[word * n] + back[word * n] - all).exp();
        let inside = (0..path.len()).map(|w| (1.0 - outside(w)).clamp(0.0, 1.0));
        let inside: Vec<f32> = inside.collect();
        let mut out = Vec::new();
        let mut at = 0;
        while at < path.len() {
            let opens = path[at];
            if opens == 0 {
                at += 1;
                continue;
            }
            let inside = opens + 1 - (opens + 1) % 2;
            let mut end = at + 1;
            while end < path.len() && path[end] == inside {
                end += 1;
            }
            let mut score = ahead[at * n + opens];
            for word in at + 1..end {
                score += self.step(path[word - 1], inside) + scores[word * n + inside];
            }
            let label = path[end - 1];
            score += if end == path.len() {
                self.end[label]
            } else {
                log_sum(
                    (0..n)
                        .filter(|y| *y != inside)
                        .map(|y| self.step(label, y) + scores[end * n + y] + back[end * n + y]),
                )
            };
            out.push(Found {
                words: at..end,
                kind: (opens - 1) / 2,
                confidence: (score - all).exp().clamp(0.0, 1.0),
            });
            at = end;
        }
        (out, inside)
    }

    fn step(&self, from: usize, to: usize) -> f32 {
        self.transition[from * self.labels + to]
    }

    /// Labels of the best path.
    fn best(&self, scores: &[f32]) -> Vec<usize> {
        let n = self.labels;
        let mut score: Vec<f32> = (0..n).map(|y| self.start[y] + scores[y]).collect();
        let mut from: Vec<usize> = Vec::with_capacity(scores.len());
        for row in scores.chunks_exact(n).skip(1) {
            let mut next = Vec::with_capacity(n);
            for (to, emitted) in row.iter().enumerate() {
                let (best, top) = top((0..n).map(|y| score[y] + self.step(y, to)));
                from.push(best);
                next.push(top + emitted);
            }
            score = next;
        }
        let mut label = top((0..n).map(|y| score[y] + self.end[y])).0;
        let mut path = vec![label];
        for row in from.chunks_exact(n).rev() {
            label = row[label];
            path.push(label);
        }
        path.reverse();
        path
    }

    /// Log weight of all paths that lead to a label at a word, its own score included.
    fn ahead(&self, scores: &[f32]) -> Vec<f32> {
        let n = self.labels;
        let mut out: Vec<f32> = (0..n).map(|y| self.start[y] + scores[y]).collect();
        for row in scores.chunks_exact(n).skip(1) {
            let before = out.len() - n;
            for (to, emitted) in row.iter().enumerate() {
                let sum = log_sum((0..n).map(|y| out[before + y] + self.step(y, to)));
                out.push(sum + emitted);
            }
        }
        out
    }

    /// Log weight of all paths that go on from a label at a word, its own score not included.
    fn back(&self, scores: &[f32]) -> Vec<f32> {
        let n = self.labels;
        let words = scores.len() / n;
        let mut out = vec![0.0; words * n];
        out[(words - 1) * n..].copy_from_slice(&self.end);
        for word in (0..words - 1).rev() {
            for label in 0..n {
                out[word * n + label] = log_sum((0..n).map(|y| {
                    self.step(label, y) + scores[(word + 1) * n + y] + out[(word + 1) * n + y]
                }));
            }
        }
        out
    }
}

/// Place and value of the greatest; the first of several.
fn top(values: impl Iterator<Item = f32>) -> (usize, f32) {
    let first = (0, f32::NEG_INFINITY);
    values
        .enumerate()
        .fold(first, |best, (n, v)| if v > best.1 { (n, v) } else { best })
}

/// Log of the sum of the exponentials.
pub fn log_sum(values: impl Iterator<Item = f32> + Clone) -> f32 {
    let most = values.clone().fold(f32::NEG_INFINITY, f32::max);
    if most.is_finite() {
        most + values.map(|v| (v - most).exp()).sum::<f32>().ln()
    } else {
        most
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn flat(types: usize) -> Chain {
        let n = 1 + 2 * types;
        Chain::new(vec![0.0; n * n], vec![0.0; n], vec![0.0; n]).unwrap()
    }

    #[test]
    fn a_span_needs_its_opening() {
        // The second word would like to be inside a span of the second type.
        let scores = [
            0.0, 0.0, 0.0, 0.0, 0.0, //
            0.0, 0.0, 0.0, 0.0, 9.0, //
            9.0, 0.0, 0.0, 0.0, 0.0,
        ];
        let (found, inside) = flat(2).spans(&scores);
        assert!(inside[0] > 0.9 && inside[2] < 0.1);
        assert_eq!((found[0].words.clone(), found[0].kind), (0..2, 1));
        assert!(found[0].confidence > 0.9);
    }

    #[test]
    fn two_spans_can_touch() {
        let scores = [0.0, 5.0, 0.0, 0.0, 5.0, 0.0, 0.0, 0.0, 5.0];
        let found: Vec<_> = flat(1)
            .spans(&scores)
            .0
            .into_iter()
            .map(|f| f.words)
            .collect();
        assert_eq!(found, [0..1, 1..3]);
    }

    #[test]
    fn numbers_that_do_not_fit_are_refused() {
        assert!(Chain::new(vec![0.0; 9], vec![0.0; 3], vec![0.0; 2]).is_none());
        assert!(Chain::new(vec![f32::NAN; 9], vec![0.0; 3], vec![0.0; 3]).is_none());
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_likely_as_counted(
            scores in prop::collection::vec(-4.0_f32..4.0, 1..5),
            weights in prop::collection::vec(-2.0_f32..2.0, 15),
            seed in prop::collection::vec(-4.0_f32..4.0, 15),
        ) {
            // Up to five words, three labels: every path can be counted.
            let words = scores.len();
            let scores: Vec<f32> = (0..words * 3).map(|i| seed[i] + scores[i / 3]).collect();
            let chain = Chain::new(weights[..9].to_vec(), weights[9..12].to_vec(), weights[12..].to_vec()).unwrap();
            let (found, _) = chain.spans(&scores);
            prop_assert!(found.windows(2).all(|w| w[0].words.end <= w[1].words.start));
            let mut all = 0.0_f64;
            let mut with = vec![0.0_f64; found.len()];
            for code in 0..3_usize.pow(words as u32) {
                let path: Vec<usize> = (0..words).map(|w| code / 3_usize.pow(w as u32) % 3).collect();
                let mut score = chain.start[path[0]] + chain.end[path[words - 1]];
                for w in 0..words {
                    score += scores[w * 3 + path[w]];
                    if w > 0 {
                        score += chain.step(path[w - 1], path[w]);
                    }
                }
                let weight = f64::from(score).exp();
                all += weight;
                for (f, sum) in found.iter().zip(&mut with) {
                    let same = path[f.words.start] == 1
                        && (f.words.start + 1..f.words.end).all(|w| path[w] == 2)
                        && path.get(f.words.end).is_none_or(|y| *y != 2);
                    if same {
                        *sum += weight;
                    }
                }
            }
            for (f, sum) in found.iter().zip(with) {
                prop_assert!((f64::from(f.confidence) - sum / all).abs() < 1e-3);
            }
        }

        #[test]
        fn any_numbers_give_a_path(scores in prop::collection::vec(any::<f32>(), 0..60)) {
            flat(1).spans(&scores[..scores.len() / 3 * 3]);
        }
    }
}
