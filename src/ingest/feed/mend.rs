//! XML whose tags do not match → XML whose tags do: what is left open is closed where what is around
//! it closes, what closes nothing is left out, and what breaks off ends there. Calls nothing.

use quick_xml::Reader;
use quick_xml::events::Event;

/// Closes what is open.
pub(super) fn mend(text: &str) -> String {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<String> = Vec::new();
    let mut from = 0;
    loop {
        let event = reader.read_event();
        let to = usize::try_from(reader.buffer_position()).unwrap_or(from);
        let raw = text.get(from..to).unwrap_or("");
        from = to;
        match event {
            Ok(Event::Eof) | Err(_) => break,
            Ok(Event::Start(tag)) => {
                open.push(tag.name().as_ref().to_owned());
                out.push_str(raw);
            }
            Ok(Event::End(tag)) => {
                let name = tag.name();
                let Some(at) = open.iter().rposition(|o| o == name.as_ref()) else {
                    continue;
                };
                close(&mut open, at, &mut out);
            }
            Ok(_) => out.push_str(raw),
        }
    }
    close(&mut open, 0, &mut out);
    out
}

/// Closes all from position `at` on, the innermost first.
fn close(open: &mut Vec<String>, at: usize, out: &mut String) {
    for name in open.drain(at..).rev() {
        out.push_str("</");
        out.push_str(&name);
        out.push('>');
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tags_match_afterwards() {
        for (broken, mended) in [
            ("<a><b>x</a>", "<a><b>x</b></a>"),
            ("<a>x</b></a>", "<a>x</a>"),
            ("<a><b>x", "<a><b>x</b></a>"),
            ("<a><b>x</b><c", "<a><b>x</b></a>"),
            (
                "<a k='v'>&amp;<![CDATA[</a>]]></a>",
                "<a k='v'>&amp;<![CDATA[</a>]]></a>",
            ),
            ("<a><b/></a >", "<a><b/></a>"),
        ] {
            assert_eq!(mend(broken), mended);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_mended_once_and_for_all(text in "[<>/ab &;='\"é\\[\\]!-]{0,60}") {
            let once = mend(&text);
            prop_assert_eq!(mend(&once), once);
        }
    }
}
