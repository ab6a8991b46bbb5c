//! Pieces of feeds that are HTML, escaped HTML or plain text → text on one line that is safe to
//! show. Calls `decode`.

use super::decode;
use crate::base::text::one_line;

/// What is said in a title, a name or a keyword; `None` if it says nothing.
pub(super) fn line(text: &str) -> Option<String> {
    let text = if text.contains('<') || text.contains('&') {
        let html = text.replace('<', " <").replace(" </", "</");
        let document = dom_query::Document::from(html);
        document.select("script, style").remove();
        document.text().to_string()
    } else {
        text.to_owned()
    };
    let line = one_line(&decode::clean(&text).text);
    (!line.is_empty()).then_some(line)
}

/// An address that can be fetched, as it is written.
pub(super) fn address(text: &str) -> Option<String> {
    let text = text.trim();
    let known = text
        .get(..4)
        .is_some_and(|s| s.eq_ignore_ascii_case("http"));
    (known && !text.contains(char::is_control)).then(|| text.to_owned())
}

/// HTML that says something.
pub(super) fn html(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_one_safe_line() {
        for (title, said) in [
            (" Harbour\n plan ", Some("Harbour plan")),
            (
                "<b>Harbour</b> plan &amp; pier",
                Some("Harbour plan & pier"),
            ),
            ("Caf&eacute;<br>Two", Some("Café Two")),
            ("a \u{1b}[31mred\u{202e} word", Some("a red word")),
            ("1 < 2", Some("1 < 2")),
            ("A<script>b()</script><style>c{}</style> d", Some("A d")),
            ("<img src=x>", None),
            (" ", None),
        ] {
            assert_eq!(line(title).as_deref(), said, "{title}");
        }
        assert_eq!(
            address(" https://x.org/a "),
            Some("https://x.org/a".to_owned())
        );
        assert_eq!(address("javascript:alert(1)"), None);
    }
}
