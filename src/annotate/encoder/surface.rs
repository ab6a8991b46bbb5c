//! Words as they look: what lower-case word pieces cannot tell. The network was trained with
//! exactly these classes, so a change here needs a new model.

/// How a word is spelled, in the order of the model's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Lower = 1,
    Initial,
    Single,
    Upper,
    Mixed,
    Abbreviation,
    Number,
    Alphanumeric,
    Punctuation,
    Uncased,
    Handle,
}

/// How a sentence is spelled, in the order of the model's table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Normal,
    NoCapitals,
    Title,
    AllCapitals,
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() && !c.is_numeric()
}

fn is_digit(c: char) -> bool {
    c.is_numeric() && !c.is_alphabetic() && !matches!(c, '¼'..='¾' | '\u{2150}'..='\u{218f}')
}

fn shape(word: &str) -> Shape {
    let mut chars = word.chars();
    let handle = matches!(chars.next(), Some('@' | '#')) && chars.next().is_some();
    let www = word
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."));
    if handle || www || word.contains("://") {
        return Shape::Handle;
    }
    let letters = || word.chars().filter(|c| is_letter(*c));
    let count = letters().count();
    let digits = word.chars().any(is_digit);
    if count == 0 {
        return if digits {
            Shape::Number
        } else {
            Shape::Punctuation
        };
    }
    if digits {
        return Shape::Alphanumeric;
    }
    let upper = letters().filter(|c| c.is_uppercase()).count();
    let lower = letters().filter(|c| c.is_lowercase()).count();
    match (upper, lower) {
        (0, 0) => Shape::Uncased,
        (0, _) => Shape::Lower,
        (_, 0) if word.contains('.') => Shape::Abbreviation,
        (_, 0) if count == 1 => Shape::Single,
        (_, 0) => Shape::Upper,
        (1, _) if letters().next().is_some_and(char::is_uppercase) => Shape::Initial,
        _ => Shape::Mixed,
    }
}

/// Row of the shape table for a word's first piece; its further pieces have the next row.
pub fn shape_id(word: &str) -> i32 {
    2 * shape(word) as i32
}

fn case(words: &[&str]) -> Case {
    let (mut upper, mut lower, mut long, mut long_capital) = (0_usize, 0_usize, 0_usize, 0_usize);
    for word in words {
        let shape = shape(word);
        if matches!(
            shape,
            Shape::Handle
                | Shape::Number
                | Shape::Punctuation
                | Shape::Uncased
                | Shape::Alphanumeric
        ) {
            continue;
        }
        upper += word.chars().filter(|c| c.is_uppercase()).count();
        lower += word.chars().filter(|c| c.is_lowercase()).count();
        if word.chars().filter(|c| is_letter(*c)).count() >= 4 {
            long += 1;
            long_capital += usize::from(shape != Shape::Lower);
        }
    }
    if upper == 0 {
        Case::NoCapitals
    } else if upper >= 4 * lower && upper >= 4 {
        Case::AllCapitals
    } else if long >= 3 && long_capital * 10 >= long * 8 {
        Case::Title
    } else {
        Case::Normal
    }
}

/// Row of the context table for every word of a sentence: the case of the sentence, and whether
/// the word opens it.
pub fn context_ids(words: &[&str]) -> Vec<i32> {
    let row = 1 + 2 * case(words) as i32;
    let mut opened = false;
    words
        .iter()
        .map(|word| {
            let opens = !opened && shape(word) != Shape::Punctuation;
            opened |= opens;
            row + i32::from(opens)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_classed_by_their_letters() {
        for (word, expected) in [
            ("nato", Shape::Lower),
            ("Moscow", Shape::Initial),
            ("I", Shape::Single),
            ("NATO", Shape::Upper),
            ("McCain", Shape::Mixed),
            ("U.S.", Shape::Abbreviation),
            ("1,000", Shape::Number),
            ("G7", Shape::Alphanumeric),
            ("...", Shape::Punctuation),
            ("東京", Shape::Uncased),
            ("@potus", Shape::Handle),
            ("#", Shape::Punctuation),
            ("WWW.example.org", Shape::Handle),
            ("’s", Shape::Lower),
            ("½", Shape::Punctuation),
            ("", Shape::Punctuation),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
    }

    #[test]
    fn sentences_are_classed_by_their_capitals() {
        assert_eq!(case(&["council", "rejects", "plan"]), Case::NoCapitals);
        assert_eq!(case(&["Council", "Rejects", "Plan"]), Case::Title);
        assert_eq!(case(&["COUNCIL", "REJECTS", "plan"]), Case::Normal);
        assert_eq!(case(&["COUNCIL", "REJECTS", "PLAN"]), Case::AllCapitals);
        assert_eq!(case(&["The", "council", "met"]), Case::Normal);
    }

    #[test]
    fn the_first_word_that_is_no_sign_opens_the_sentence() {
        assert_eq!(context_ids(&["“", "We", "won", "."]), [1, 2, 1, 1]);
    }
}
