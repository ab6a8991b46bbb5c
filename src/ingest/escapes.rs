//! Terminal escape sequences in foreign text: how far one reaches, so that it can be cut out whole
//! and the text around it stays. Follows ECMA-48 (control sequences, control strings) with the
//! forms that terminals accept besides (BEL ends an OSC). Calls nothing.

/// Longest run of parameters and intermediates that is taken for a control sequence, in bytes.
const LONGEST: usize = 256;

/// Length in **bytes** of the escape sequence at the start of `text`, or `None` if there is none.
///
/// A control string (OSC, DCS, APC, PM, SOS) without its end on the same line gives only the
/// length of its introducer: what follows stays as text rather than being swallowed.
pub(super) fn sequence(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    match chars.next()? {
        '\u{1b}' => {
            let rest = chars.as_str();
            let Some(next) = rest.chars().next() else {
                return Some(1);
            };
            Some(match next {
                '[' => 2 + control(&rest[1..]),
                ']' => 2 + string(&rest[1..], true),
                'P' | 'X' | '^' | '_' => 2 + string(&rest[1..], false),
                ' '..='/' => 1 + charset(rest),
                '0'..='~' => 2,
                _ => 1,
            })
        }
        '\u{9b}' => Some(2 + control(chars.as_str())),
        '\u{9d}' => Some(2 + string(chars.as_str(), true)),
        '\u{90}' | '\u{98}' | '\u{9e}' | '\u{9f}' => Some(2 + string(chars.as_str(), false)),
        _ => None,
    }
}

/// Bytes of a control sequence after its introducer: parameters, intermediates, final byte.
fn control(text: &str) -> usize {
    let head = text
        .bytes()
        .take(LONGEST)
        .take_while(|b| (0x30..=0x3f).contains(b))
        .count();
    let middle = text
        .bytes()
        .skip(head)
        .take(LONGEST)
        .take_while(|b| (0x20..=0x2f).contains(b))
        .count();
    let last = text.as_bytes().get(head + middle);
    head + middle + usize::from(last.is_some_and(|b| (0x40..=0x7e).contains(b)))
}

/// Bytes of a control string after its introducer, its end included; 0 if its line has no end.
fn string(text: &str, bell: bool) -> usize {
    for (at, c) in text.char_indices() {
        match c {
            '\u{7}' if bell => return at + 1,
            '\u{9c}' => return at + 2,
            '\u{1b}' if text[at + 1..].starts_with('\\') => return at + 2,
            // Another introducer ends the search, which also keeps the work linear.
            '\u{1b}' | '\n' | '\r' | '\u{80}'..='\u{9f}' => return 0,
            _ => {}
        }
    }
    0
}

/// Bytes of a sequence with intermediates (`ESC ( B`) after the escape character.
fn charset(text: &str) -> usize {
    let middle = text
        .bytes()
        .take_while(|b| (0x20..=0x2f).contains(b))
        .count();
    let last = text.as_bytes().get(middle);
    middle + usize::from(last.is_some_and(|b| (0x30..=0x7e).contains(b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_sequence_is_measured_whole() {
        for whole in [
            "\u{1b}[31m",
            "\u{1b}[?1049l",
            "\u{1b}]0;title\u{7}",
            "\u{1b}]8;;http://x\u{1b}\\",
            "\u{1b}P$qm\u{1b}\\",
            "\u{1b}(B",
            "\u{1b}#8",
            "\u{1b}c",
            "\u{9b}31m",
            "\u{9d}0;x\u{9c}",
        ] {
            assert_eq!(
                sequence(&format!("{whole}rest")),
                Some(whole.len()),
                "{whole:?}"
            );
        }
        assert_eq!(sequence("plain"), None);
    }

    #[test]
    fn a_string_without_end_on_its_line_gives_up_only_its_introducer() {
        assert_eq!(sequence("\u{1b}]0;the rest\nof it\u{7}"), Some(2));
        assert_eq!(sequence("\u{1b}Pthe rest"), Some(2));
        assert_eq!(sequence("\u{1b}"), Some(1));
        assert_eq!(sequence("\u{1b}é"), Some(1));
    }
}
