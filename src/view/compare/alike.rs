//! How much of two texts is the same, by their runs of five words.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation;

use crate::base::text::fold;

/// Words of a run.
const RUN: usize = 5;
/// Runs of a long text that are compared: those with the smallest hashes, so that the same are
/// taken of both.
const SAMPLE: usize = 4096;

/// What two texts have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// Share of the shorter one's runs that are in the longer one, 0 to 1.
    pub share: f32,
    /// Share of all runs that are in both, 0 to 1.
    pub both: f32,
}

impl Alike {
    /// What that means, in words; `None` if they are texts of their own.
    pub fn verdict(self) -> Option<&'static str> {
        match self {
            Self { both, .. } if both >= 0.8 => Some("one text, hardly changed"),
            Self { share, .. } if share >= 0.8 => Some("the shorter one was cut from the longer"),
            Self { share, .. } if share >= 0.4 => {
                Some("they share an agency's text, or one the other's")
            }
            _ => None,
        }
    }
}

/// Compares two texts.
pub fn alike(a: &str, b: &str) -> Alike {
    let (a, b) = (runs(a), runs(b));
    let common = a.intersection(&b).count() as f32;
    let shorter = a.len().min(b.len()).max(1) as f32;
    let union = (a.len() + b.len()) as f32 - common;
    Alike {
        share: common / shorter,
        both: common / union.max(1.0),
    }
}

/// Hashes of the runs of words.
fn runs(text: &str) -> BTreeSet<u64> {
    let folded = fold(text);
    let words: Vec<&str> = folded.unicode_words().collect();
    let length = RUN.min(words.len().max(1));
    let hashes: BTreeSet<u64> = words.windows(length).map(hash).collect();
    hashes.into_iter().take(SAMPLE).collect()
}

/// FNV-1a over the words.
fn hash(words: &[&str]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for word in words {
        for byte in word.bytes().chain([0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const WIRE: &str = "The ferry left the harbour at dawn with forty passengers on board, the \
        company said on Monday. It came back at noon because a storm was near the outer islands. \
        Nobody was hurt, and the passengers were taken to a hotel for the night.";

    #[test]
    fn wire_copy_is_recognised_and_a_text_of_its_own_is_not() {
        let lightly = WIRE
            .replace("dawn", "sunrise")
            .replace('’', "'")
            .to_uppercase();
        let verdict = |a: &str, b: &str| alike(a, b).verdict();
        assert_eq!(
            verdict(WIRE, &WIRE.to_uppercase()),
            Some("one text, hardly changed")
        );
        assert!(verdict(WIRE, &lightly).is_some());
        let longer = format!(
            "{WIRE} {}",
            "Our reporter waited at the pier and asked the captain why. ".repeat(9)
        );
        assert_eq!(
            verdict(WIRE, &longer),
            Some("the shorter one was cut from the longer")
        );
        let own = "A boat with tourists had to turn round on Monday. Weather, its owners explained, \
            had been worse than anybody had thought the evening before they set out.";
        assert_eq!(verdict(WIRE, own), None);
    }

    proptest! {
        #[test]
        fn shares_are_shares(a in "\\PC{0,80}", b in "\\PC{0,80}") {
            let one = alike(&a, &b);
            prop_assert_eq!(one, alike(&b, &a));
            prop_assert!((0.0..=1.0).contains(&one.share) && (0.0..=1.0).contains(&one.both));
        }
    }
}
