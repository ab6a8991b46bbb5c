//! Markup that stands as it is in the title or the description of an RSS entry, where the format has
//! text: readers drop it with the words that are in it. It is escaped, as the format wants it, so that
//! the element holds the text of a bit of HTML. Calls nothing.

use std::borrow::Cow;

/// Elements that hold text.
const TEXTS: &[&str] = &["title", "description"];
/// Elements of RSS: where one of them stands inside a text, that was never closed and is left alone.
const OTHERS: &[&str] = &[
    "rss",
    "channel",
    "item",
    "items",
    "title",
    "description",
    "link",
    "guid",
    "pubdate",
    "author",
    "category",
    "comments",
    "enclosure",
    "source",
    "image",
    "url",
    "textinput",
];

/// Escapes the markup inside texts; what is no RSS, and texts without markup, stay as they are.
pub(super) fn escape(text: &str) -> Cow<'_, str> {
    let root = text.split('<').map(name).find(|name| !name.is_empty());
    if !root.is_some_and(|root| root == "rss" || root.eq_ignore_ascii_case("rdf:rdf")) {
        return Cow::Borrowed(text);
    }
    let mut out = String::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(open) = text[at..].find('<') {
        let start = at + open + 1;
        at = start;
        let rest = &text[start..];
        if rest.starts_with("![CDATA[") {
            at += rest.find("]]>").unwrap_or(rest.len());
            continue;
        }
        let element = name(rest);
        let Some(end) = rest.find('>').filter(|_| TEXTS.contains(&element)) else {
            continue;
        };
        let from = start + end + 1;
        let close = format!("</{element}");
        let Some(inside) = text[from..].find(&close).map(|to| &text[from..from + to]) else {
            continue;
        };
        if rest[..end].ends_with('/') || !has_markup(inside) {
            continue;
        }
        out.push_str(&text[kept..from]);
        escape_into(inside, &mut out);
        kept = from + inside.len();
        at = kept;
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[kept..]);
    Cow::Owned(out)
}

/// The name that a tag begins with, after its `<`.
fn name(tag: &str) -> &str {
    let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_')));
    &tag[..end.unwrap_or(tag.len())]
}

/// Whether a text holds tags, and none of RSS or of an extension of it.
fn has_markup(inside: &str) -> bool {
    let mut any = false;
    for (part, is_text) in parts(inside) {
        if is_text {
            continue;
        }
        let name = name(part[1..].trim_start_matches('/')).to_ascii_lowercase();
        if name.contains(':') || OTHERS.contains(&name.as_str()) {
            return false;
        }
        any |= !name.is_empty() && !part.starts_with("<![CDATA[");
    }
    any
}

/// The tags and CDATA sections of a text, and what stands between them (`true`).
fn parts(text: &str) -> Vec<(&str, bool)> {
    let mut out = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let tag = rest.starts_with('<');
        let end = if rest.starts_with("<![CDATA[") {
            rest.find("]]>").map(|at| at + 3)
        } else if tag {
            rest.find('>').map(|at| at + 1)
        } else {
            rest.find('<')
        };
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        out.push((part, !tag));
        rest = after;
    }
    out
}

/// Writes a text that holds HTML as it is as one that holds it escaped.
fn escape_into(inside: &str, out: &mut String) {
    for (part, is_text) in parts(inside) {
        if is_text {
            // What is a sign and no markup must be one after the tags are read, too.
            out.push_str(&part.replace('&', "&amp;"));
        } else if part.starts_with("<![CDATA[") {
            out.push_str(part);
        } else {
            out.push_str(&part.replace('<', "&lt;").replace('>', "&gt;"));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn markup_inside_texts_is_escaped() {
        for (inside, escaped) in [
            (
                "<title>a <b>bold</b> title</title>",
                "<title>a &lt;b&gt;bold&lt;/b&gt; title</title>",
            ),
            (
                "<description>R&amp;D <br/>&lt;5</description>",
                "<description>R&amp;amp;D &lt;br/&gt;&amp;lt;5</description>",
            ),
            (
                "<title><![CDATA[<i>x</i>]]> <i>y</i></title>",
                "<title><![CDATA[<i>x</i>]]> &lt;i&gt;y&lt;/i&gt;</title>",
            ),
        ] {
            let feed = |inside: &str| format!("<rss version=\"2.0\"><item>{inside}</item></rss>");
            assert_eq!(escape(&feed(inside)), feed(escaped));
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for feed in [
            "<rss><title>R&amp;D</title><title/><description>&lt;b&gt;</description></rss>",
            "<rss><title><![CDATA[a <b>bold</b> title]]></title></rss>",
            // Never closed: the next entry is not part of it.
            "<rss><item><title>Cut<link>x</link></item><item><title>Next</title></item></rss>",
            "<rss><item><title>Cut",
            "<rss><item><media:title>a <b>x</b></media:title></item></rss>",
            // Atom may hold markup.
            "<feed><title type='xhtml'><div>a <b>bold</b></div></title></feed>",
            "",
        ] {
            assert_eq!(escape(feed), feed);
        }
    }

    proptest! {
        #[test]
        fn no_text_ends_it(text in "(<rss>)?(<title>|</title>|<b>|<|>|&amp;|<!\\[CDATA\\[|\\]\\]>|[a-zé]){0,20}") {
            let _ = escape(&text);
        }
    }
}
