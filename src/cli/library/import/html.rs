//! Pocket's older export, `ril_export.html`: two lists of links, unread and read.

use super::{Article, Found, second};

/// Reads the links.
pub(super) fn read(text: &str) -> Found {
    let mut articles = Vec::new();
    let mut archived = false;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let Some(end) = rest.find('>') else { break };
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        let inner = after.split('<').next().unwrap_or("");
        let name = tag.split_whitespace().next().unwrap_or("").to_lowercase();
        if name == "h1" {
            archived = inner.to_lowercase().contains("read archive");
        } else if name == "a"
            && let Some(url) = attribute(tag, "href")
            && url.contains("://")
        {
            let tags = attribute(tag, "tags").unwrap_or_default();
            let tags = tags.split(',').map(|t| t.trim().to_owned());
            articles.push(Article {
                title: unescaped(inner.trim()),
                added: attribute(tag, "time_added").as_deref().and_then(second),
                tags: tags.filter(|t| !t.is_empty()).collect(),
                read: archived,
                archived,
                url,
                ..Article::default()
            });
        }
        rest = after;
    }
    Found {
        from: "Pocket",
        feeds: Vec::new(),
        articles,
    }
}

/// The value of an attribute of a tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower[from..].find(name) {
        let start = from + at;
        from = start + name.len();
        let alone = lower[..start].ends_with(char::is_whitespace);
        let Some(value) = tag[from..].trim_start().strip_prefix('=') else {
            continue;
        };
        if !alone {
            continue;
        }
        let value = value.trim_start();
        let value = match value.chars().next() {
            Some(mark @ ('"' | '\'')) => value[1..].split(mark).next()?,
            _ => value.split_whitespace().next().unwrap_or(""),
        };
        return Some(unescaped(value));
    }
    None
}

/// Text with the entities that exports write as their characters.
pub(super) fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').filter(|end| *end <= 10);
        let known = end.and_then(|end| character(&rest[1..end]).map(|c| (c, end)));
        if let Some((c, end)) = known {
            out.push(c);
            rest = &rest[end + 1..];
        } else {
            out.push('&');
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some(' '),
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(number)
        }
    }
}

/// The words of a piece of HTML, a line a block. For bodies that exports hold as HTML.
pub(super) fn text_of(html: &str) -> String {
    const BLOCKS: [&str; 14] = [
        "p",
        "/p",
        "br",
        "br/",
        "div",
        "/div",
        "li",
        "/li",
        "h1",
        "h2",
        "h3",
        "h4",
        "blockquote",
        "tr",
    ];
    let mut out = String::new();
    let mut rest = html;
    let mut skip: Option<&str> = None;
    loop {
        let (before, tag_on) = match rest.find('<') {
            Some(at) => (&rest[..at], Some(&rest[at + 1..])),
            None => (rest, None),
        };
        if skip.is_none() {
            out.push_str(&unescaped(&before.replace(['\n', '\r'], " ")));
        }
        let Some(tag_on) = tag_on else { break };
        let Some(end) = tag_on.find('>') else { break };
        let name = tag_on[..end]
            .split_whitespace()
            .next()
            .unwrap_or("")
            .to_lowercase();
        match (skip, name.as_str()) {
            (Some(open), name) if name.strip_prefix('/') == Some(open) => skip = None,
            (None, "script") => skip = Some("script"),
            (None, "style") => skip = Some("style"),
            (None, name) if BLOCKS.contains(&name) => out.push('\n'),
            _ => {}
        }
        rest = &tag_on[end + 1..];
    }
    let lines = out.lines().map(crate::base::text::one_line);
    lines
        .filter(|l| !l.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}
