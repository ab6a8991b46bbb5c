//! The best tree over the words of a sentence, given how well each word would hang from each
//! other: Chu-Liu and Edmonds' algorithm, with exactly one word at the root.

/// Scores beyond this say nothing more.
const MOST: f64 = 1e3;
/// What an unwanted root costs.
const UNWANTED: f64 = 1e7;
/// How many words are tried as the only root.
const ROOTS: usize = 8;

/// Scores of arcs. Node 0 is the root, node `n` the n-th word, counted from 1.
#[derive(Debug, Clone)]
pub struct Arcs {
    nodes: usize,
    /// Row: the node that hangs; column: the node it hangs from.
    scores: Vec<f64>,
}

impl Arcs {
    /// Arcs of `words` words, all of score 0.
    pub fn new(words: usize) -> Self {
        Self::filled(words + 1, 0.0)
    }

    fn filled(nodes: usize, score: f64) -> Self {
        Self {
            nodes,
            scores: vec![score; nodes * nodes],
        }
    }

    /// How well node `node` would hang from node `head`.
    pub fn get(&self, node: usize, head: usize) -> f64 {
        self.scores[node * self.nodes + head]
    }

    /// Sets how well node `node` would hang from node `head`.
    pub fn set(&mut self, node: usize, head: usize, score: f64) {
        self.scores[node * self.nodes + head] = score;
    }

    /// The head of every node in the best tree; the root's own is 0. Exactly one word hangs from
    /// the root, and every word comes to it.
    pub fn tree(mut self) -> Vec<usize> {
        for score in &mut self.scores {
            *score = if score.is_nan() {
                -MOST
            } else {
                score.clamp(-MOST, MOST)
            };
        }
        let heads = self.spanning();
        if self.nodes < 3 || heads.iter().skip(1).filter(|h| **h == 0).count() == 1 {
            return heads;
        }
        let mut words: Vec<usize> = (1..self.nodes).collect();
        words.sort_by(|a, b| self.get(*b, 0).total_cmp(&self.get(*a, 0)));
        words.truncate(ROOTS);
        let mut best: Option<(f64, Vec<usize>)> = None;
        for root in words {
            let mut limited = self.clone();
            for word in (1..self.nodes).filter(|w| *w != root) {
                limited.set(word, 0, -UNWANTED);
            }
            let heads = limited.spanning();
            let total: f64 = (1..self.nodes).map(|w| limited.get(w, heads[w])).sum();
            if best.as_ref().is_none_or(|(most, _)| total > *most) {
                best = Some((total, heads));
            }
        }
        best.map_or(heads, |(_, heads)| heads)
    }

    /// The best tree, however many words hang from the root.
    fn spanning(&self) -> Vec<usize> {
        let mut heads = vec![0; self.nodes];
        for (node, head) in heads.iter_mut().enumerate().skip(1) {
            let others = (0..self.nodes).filter(|h| *h != node);
            *head = best(others, |h| self.get(node, h));
        }
        let Some(cycle) = cycle(&heads) else {
            return heads;
        };
        // The cycle becomes one node; what enters it gives up one arc of it.
        let outside: Vec<usize> = (0..self.nodes).filter(|n| !cycle.contains(n)).collect();
        let joined = outside.len();
        let gain = |node: usize, from: usize| self.get(node, from) - self.get(node, heads[node]);
        let mut small = Self::filled(joined + 1, -MOST);
        let mut entered = vec![0; joined];
        let mut left = vec![0; joined];
        for (i, &node) in outside.iter().enumerate() {
            for (j, &head) in outside.iter().enumerate() {
                small.set(i, j, self.get(node, head));
            }
            entered[i] = best(cycle.iter().copied(), |n| gain(n, node));
            small.set(joined, i, gain(entered[i], node));
            left[i] = best(cycle.iter().copied(), |n| self.get(node, n));
            small.set(i, joined, self.get(node, left[i]));
        }
        let solved = small.spanning();
        for i in 1..joined {
            let head = solved[i];
            heads[outside[i]] = if head == joined {
                left[i]
            } else {
                outside[head]
            };
        }
        let from = solved[joined];
        heads[entered[from]] = outside[from];
        heads
    }
}

/// The candidate of the highest score; the first of several.
fn best(candidates: impl Iterator<Item = usize>, score: impl Fn(usize) -> f64) -> usize {
    let first = (0, f64::NEG_INFINITY);
    candidates
        .map(|c| (c, score(c)))
        .fold(first, |best, c| if c.1 > best.1 { c } else { best })
        .0
}

/// Nodes that go round, if any do.
fn cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut done = vec![false; heads.len()];
    for start in 1..heads.len() {
        let mut path = Vec::new();
        let mut at = start;
        while at != 0 && !done[at] {
            done[at] = true;
            path.push(at);
            at = heads[at];
        }
        if let Some(from) = path.iter().position(|n| *n == at) {
            return Some(path.split_off(from));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn arcs(words: usize, scores: &[f64]) -> Arcs {
        let mut out = Arcs::new(words);
        for node in 1..=words {
            for head in 0..=words {
                out.set(node, head, scores[(node - 1) * (words + 1) + head]);
            }
        }
        out
    }

    fn total(arcs: &Arcs, heads: &[usize]) -> f64 {
        (1..heads.len()).map(|n| arcs.get(n, heads[n])).sum()
    }

    fn is_tree(heads: &[usize]) -> bool {
        let n = heads.len();
        let roots = heads.iter().skip(1).filter(|h| **h == 0).count();
        let arrives = |mut at: usize| {
            for _ in 0..n {
                at = heads[at];
                if at == 0 {
                    return true;
                }
            }
            false
        };
        heads[0] == 0 && (n == 1 || roots == 1) && (1..n).all(arrives)
    }

    #[test]
    fn a_cycle_is_broken_where_it_costs_least() {
        // 1 and 2 want each other; 2 hangs from the root more readily.
        let heads = arcs(2, &[1.0, 0.0, 10.0, 4.0, 10.0, 0.0]).tree();
        assert_eq!(heads, [0, 2, 0]);
    }

    #[test]
    fn no_words_and_one_word_are_trees() {
        assert_eq!(Arcs::new(0).tree(), [0]);
        assert_eq!(Arcs::new(1).tree(), [0, 0]);
    }

    proptest! {
        #[test]
        fn it_is_the_best_of_all_trees(words in 1_usize..5, scores in prop::collection::vec(-9.0_f64..9.0, 20)) {
            let arcs = arcs(words, &scores);
            let found = arcs.clone().tree();
            prop_assert!(is_tree(&found));
            let mut most = f64::NEG_INFINITY;
            for code in 0..(words + 1).pow(words as u32) {
                let heads: Vec<usize> = std::iter::once(0)
                    .chain((0..words).map(|w| code / (words + 1).pow(w as u32) % (words + 1)))
                    .collect();
                if is_tree(&heads) {
                    most = most.max(total(&arcs, &heads));
                }
            }
            prop_assert!((total(&arcs, &found) - most).abs() < 1e-6, "{} {most}", total(&arcs, &found));
        }

        #[test]
        fn any_numbers_give_a_tree(words in 0_usize..40, seed in prop::collection::vec(any::<f64>(), 97)) {
            let mut arcs = Arcs::new(words);
            for node in 1..=words {
                for head in 0..=words {
                    arcs.set(node, head, seed[(node * 31 + head * 7) % 97]);
                }
            }
            prop_assert!(is_tree(&arcs.tree()));
        }
    }
}
