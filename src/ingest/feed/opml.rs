//! Lists of feeds, OPML 1.0 and 2.0, in and out. Reads what other readers write: folders become
//! tags, addresses that cannot be fetched are left out. Calls `front` and `text`.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::front;
use super::text::{address, line};
use crate::base::{Error, Result};

/// A feed of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outline {
    /// Its address.
    pub url: String,
    /// Its title.
    pub title: Option<String>,
    /// The site that it belongs to.
    pub site: Option<String>,
    /// The folders in which it stands, outermost first, and its categories.
    pub tags: Vec<String>,
}

/// Reads a list of feeds that came from `name`.
///
/// # Errors
/// It is no OPML, it breaks off, or there is no feed in it: one line with a remedy.
pub fn read(bytes: &[u8], name: &str) -> Result<Vec<Outline>> {
    let text = front::tidy(&front::decoded(bytes, None));
    let fault = |cause: String| {
        Error::new(name, cause).remedy("export the list of feeds as OPML and import that")
    };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let (mut out, mut folders, mut opml) = (Vec::new(), Vec::new(), false);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) if is(&tag, "outline") => {
                let (feed, folder) = outline(&tag, &folders);
                out.extend(feed);
                folders.push(folder);
            }
            Ok(Event::Empty(tag)) if is(&tag, "outline") => out.extend(outline(&tag, &folders).0),
            Ok(Event::Start(tag) | Event::Empty(tag)) => opml |= is(&tag, "opml"),
            Ok(Event::End(tag)) if tag.name().as_ref().eq_ignore_ascii_case("outline") => {
                folders.pop();
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(e) => {
                return Err(fault(format!("is damaged: {e}")));
            }
        }
    }
    match (opml, out.is_empty()) {
        (_, false) => Ok(out),
        (true, true) => Err(fault("is a list without feeds".to_owned())),
        (false, true) => Err(fault("is no list of feeds".to_owned())),
    }
}

fn is(tag: &BytesStart<'_>, name: &str) -> bool {
    tag.name().as_ref().eq_ignore_ascii_case(name)
}

/// The feed of an outline, if it is one, and its title as a folder.
fn outline(tag: &BytesStart<'_>, folders: &[Option<String>]) -> (Option<Outline>, Option<String>) {
    let (mut found, mut text, mut categories) = (Outline::default(), None, Vec::new());
    for attribute in tag.attributes().with_checks(false).flatten() {
        let value = quick_xml::escape::unescape(&attribute.value);
        let value = value.map_or_else(|_| attribute.value.to_string(), String::from);
        match attribute.key.as_ref().to_ascii_lowercase().as_str() {
            "xmlurl" => found.url = feed_address(&value),
            "htmlurl" => found.site = address(&value),
            "title" => found.title = line(&value),
            "text" => text = line(&value),
            "category" => {
                let parts = value.split([',', '/']);
                categories.extend(parts.filter_map(line));
            }
            _ => {}
        }
    }
    found.title = found.title.or(text);
    if found.url.is_empty() {
        return (None, found.title);
    }
    found.tags = folders.iter().flatten().cloned().collect();
    for category in categories {
        if !found.tags.contains(&category) {
            found.tags.push(category);
        }
    }
    (Some(found), None)
}

/// The address of a feed, `feed:` in front of it taken away; empty where it cannot be fetched.
fn feed_address(text: &str) -> String {
    let text = text.trim();
    let plain = match text.strip_prefix("feed:") {
        Some(rest) if rest.starts_with("//") => format!("http:{rest}"),
        Some(rest) => rest.to_owned(),
        None => text.to_owned(),
    };
    address(&plain).unwrap_or_default()
}

/// Writes a list of feeds as OPML 2.0.
pub fn write(feeds: &[Outline]) -> String {
    let escape = |text: &str| quick_xml::escape::escape(text).into_owned();
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head>\n    \
         <title>Feeds of byline</title>\n  </head>\n  <body>\n",
    );
    for feed in feeds {
        let title = feed.title.as_deref().unwrap_or(&feed.url);
        out.push_str(&format!(
            "    <outline type=\"rss\" text=\"{0}\" title=\"{0}\" xmlUrl=\"{1}\"",
            escape(title),
            escape(&feed.url)
        ));
        if let Some(site) = &feed.site {
            out.push_str(&format!(" htmlUrl=\"{}\"", escape(site)));
        }
        if !feed.tags.is_empty() {
            out.push_str(&format!(" category=\"{}\"", escape(&feed.tags.join(","))));
        }
        out.push_str("/>\n");
    }
    out.push_str("  </body>\n</opml>\n");
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?>
<opml version="1.0"><head><title>Mine</title></head><body>
 <outline text="World">
  <outline text="Asia"><outline type="rss" text="A &amp; B" xmlUrl="https://a.example/feed?x=1&y=2" htmlUrl="https://a.example/"/></outline>
  <outline type="atom" title="C&eacute;" xmlurl="feed://c.example/atom" category="press,World"></outline>
 </outline>
 <outline text="D" xmlUrl="HTTP://d.example/"/>
 <outline text="evil" xmlUrl="file:///etc/passwd"/>
</body></opml>"#;

    #[test]
    fn lists_of_other_readers_are_read_and_written_back() {
        let feeds = read(LIST.as_bytes(), "list.opml").unwrap();
        let seen: Vec<String> = feeds
            .iter()
            .map(|f| format!("{} {:?} {:?}", f.url, f.title.as_deref(), f.tags))
            .collect();
        assert_eq!(
            seen,
            [
                "https://a.example/feed?x=1&y=2 Some(\"A & B\") [\"World\", \"Asia\"]",
                "http://c.example/atom Some(\"Cé\") [\"World\", \"press\"]",
                "HTTP://d.example/ Some(\"D\") []",
            ]
        );
        assert_eq!(read(write(&feeds).as_bytes(), "x").unwrap(), feeds);
    }

    #[test]
    fn what_is_no_list_says_so() {
        let line = |text: &str| read(text.as_bytes(), "x").unwrap_err().to_string();
        let remedy = "export the list of feeds as OPML and import that";
        assert_eq!(
            line("<opml/>"),
            format!("x: is a list without feeds — {remedy}")
        );
        assert_eq!(line("<rss/>"), format!("x: is no list of feeds — {remedy}"));
        assert_eq!(line("words"), format!("x: is no list of feeds — {remedy}"));
        assert!(line("<opml><outline xmlUrl='http://a.example/").contains("is damaged"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let _ = read(&bytes, "x");
        }

        #[test]
        fn any_titles_come_back(title in "[ -~é世]{1,30}", tag in "[a-z]{1,8}") {
            let feed = Outline {
                url: "https://a.example/".to_owned(),
                title: line(&title.replace(['<', '&'], "+")),
                site: None,
                tags: vec![tag],
            };
            let mut feed = feed;
            feed.title.get_or_insert("x".to_owned());
            let back = read(write(std::slice::from_ref(&feed)).as_bytes(), "x").unwrap();
            prop_assert_eq!(back, [feed]);
        }
    }
}
