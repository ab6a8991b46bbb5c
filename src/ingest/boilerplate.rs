//! Share-this boilerplate: lines that ask the reader to share, follow or subscribe. A line is
//! dropped only if every sentence of it is one; what was dropped is said in the details, so that
//! nothing disappears silently. Calls `base::text`.

use crate::base::text::{fold, truncate};

/// Openings that make a sentence boilerplate by themselves, folded.
const STRONG: &[&str] = &[
    "like this article?",
    "enjoyed this article?",
    "found this article",
    "like what you read?",
    "share it with your friends",
    "share this article",
    "share this story",
    "share this post",
    "feel free to share",
    "sharing is the greatest encouragement",
    "follow us on",
    "subscribe to our",
    "sign up for our",
    "sign up to our",
    "click here to subscribe",
    "share on facebook",
    "share on twitter",
    "tweet this",
];

/// Openings that count only beside a strong sentence.
const WEAK: &[&str] = &["thank you for", "thanks for", "share", "advertisement"];

/// Whether a line is nothing but boilerplate.
pub(super) fn is_boilerplate(line: &str) -> bool {
    if line.len() > 300 || line.contains(['"', '“', '«']) {
        return false;
    }
    let folded = fold(line);
    let mut strong = false;
    for sentence in folded.split_inclusive(['.', '!', '?']) {
        let sentence = sentence
            .trim()
            .trim_start_matches(['*', '-', '_', '>', ' ']);
        if sentence.trim_matches(['.', '!', '?', '*', '_']).is_empty() {
            continue;
        }
        if is_strong(sentence) {
            strong = true;
        } else if !WEAK.iter().any(|w| sentence.starts_with(w)) {
            return false;
        }
    }
    strong
}

fn is_strong(sentence: &str) -> bool {
    let conditional = [
        "if you find this",
        "if you found this",
        "if you like this",
        "if you liked this",
        "if you enjoy this",
        "if you enjoyed this",
    ];
    STRONG.iter().any(|s| sentence.starts_with(s))
        || (conditional.iter().any(|s| sentence.starts_with(s)) && sentence.contains("shar"))
}

/// Words of an appeal to share, folded. They count only in the last lines of a text, where nothing
/// but an appeal has several of them.
const APPEAL: &[&str] = &[
    "share this",
    "share it",
    "share the",
    "sharing",
    "forward this",
    "forward it",
    "pass it on",
    "pass it along",
    "pass this",
    "send it along",
    "send it to",
    "send this",
    "tell a friend",
    "tell your friends",
    "your friends",
    "a friend who",
    "spread the word",
    "spreading the word",
    "post it",
    "buttons below",
    "subscribe",
    "follow us",
    "newsletter",
    "like this article",
    "like this story",
    "like what you",
];

/// How many of the last `lines` are an appeal to the reader to share, like or subscribe: short
/// lines that do so outright, and lines among or under them that speak of "you" and "us".
pub(super) fn closing_appeal<'a>(lines: impl DoubleEndedIterator<Item = &'a str>) -> usize {
    let (mut appeal, mut doubtful) = (0, 0);
    for line in lines.rev() {
        let line = fold(line);
        if line.len() > 200 || line.contains('"') {
            break;
        }
        let word = |wanted: &[&str]| {
            line.split(|c: char| !c.is_alphanumeric())
                .any(|w| wanted.contains(&w))
        };
        if APPEAL.iter().any(|a| line.contains(a)) {
            // What stood below belongs to it.
            appeal += doubtful + 1;
            doubtful = 0;
        } else if word(&["you", "your"]) && word(&["us", "our"]) {
            doubtful += 1;
        } else {
            break;
        }
    }
    appeal
}

/// The sentence for the details about the lines that were dropped.
pub(super) fn report(dropped: &[String]) -> Option<String> {
    const SHOWN: usize = 5;
    let lines = match dropped.len() {
        0 => return None,
        n => super::decode::counted(n, "line"),
    };
    let mut shown: Vec<String> = dropped
        .iter()
        .take(SHOWN)
        .map(|line| format!("“{}”", truncate(line, 80)))
        .collect();
    if dropped.len() > SHOWN {
        shown.push("…".to_owned());
    }
    Some(format!(
        "left out {lines} of share-this boilerplate: {}",
        shown.join(" ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_appeal_at_the_end_is_told_from_the_comment_above_it() {
        let count = |lines: &[&str]| closing_appeal(lines.iter().copied());
        let comment = "The minister owes you and us an answer.";
        assert_eq!(
            count(&[
                comment,
                "Was this any good? Pass it on!",
                "You keep us going."
            ]),
            2
        );
        assert_eq!(count(&[comment, "Know somebody? Send it along."]), 1);
        assert_eq!(count(&[comment]), 0);
        assert_eq!(count(&["“Share this,” he said.", comment]), 0);
    }

    #[test]
    fn only_whole_lines_of_boilerplate_are_dropped() {
        for line in [
            "Like this article? Share it with your friends!",
            "If you find this article interesting, feel free to share it with your friends!",
            "Thank you for your support! Sharing is the greatest encouragement for us.",
            "Follow us on Facebook.",
        ] {
            assert!(is_boilerplate(line), "{line}");
        }
        for line in [
            "Thank you for your support!",
            "“Follow us on this road,” he said.",
            "Share this article? The court said no, and the paper appealed.",
            "Share prices fell.",
            "Like this article? The minister did not.",
        ] {
            assert!(!is_boilerplate(line), "{line}");
        }
    }
}
