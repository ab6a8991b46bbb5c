//! A page's tree → its pieces of running text in reading order, each with what kind of element it
//! stands in and what the elements around it say of themselves (`place`). Nothing is chosen here.
//! Calls `place` and `decode`.

use dom_query::{Document, NodeRef};

use super::place::{Place, place};
use crate::ingest::decode;

/// Elements deeper than this are read as text of the one they stand in.
const DEEPEST: usize = 300;

/// What kind of element a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Running text.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A row of a table.
    Row,
    /// Text set as it was typed.
    Typed,
}

/// A piece of running text.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// What it is.
    pub kind: Kind,
    /// Its text on one line, made safe.
    pub text: String,
    /// How many characters of it are the words of links.
    pub linked: usize,
    /// What the elements around it say of themselves.
    pub place: Place,
}

impl Piece {
    /// How many characters its text has.
    pub fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// A paragraph that stands in the page's data.
    pub fn told(text: &str) -> Self {
        Self {
            kind: Kind::Paragraph,
            text: one_line(text),
            linked: 0,
            place: Place::default(),
        }
    }

    /// The share of its characters that are the words of links, 0 to 1.
    pub fn link_share(&self) -> f32 {
        self.linked as f32 / self.length().max(1) as f32
    }
}

/// The pieces of a page, and how deep its elements stand.
pub(super) fn pieces(document: &Document) -> (Vec<Piece>, usize) {
    let mut walk = Walk::default();
    let root = document.body().unwrap_or_else(|| document.root());
    walk.children(&root, Around::default(), 0);
    walk.flush(Around::default());
    (walk.pieces, walk.deepest)
}

/// What is inherited from the elements around.
#[derive(Clone, Copy)]
struct Around {
    kind: Kind,
    place: Place,
    linked: bool,
    typed: bool,
}

impl Default for Around {
    fn default() -> Self {
        Self {
            kind: Kind::Paragraph,
            place: Place::default(),
            linked: false,
            typed: false,
        }
    }
}

#[derive(Default)]
struct Walk {
    pieces: Vec<Piece>,
    text: String,
    /// Bytes of `text` that stand in links.
    linked: usize,
    deepest: usize,
}

/// Elements whose content is not text of the page.
const SKIPPED: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas",
    "video", "audio", "select", "option", "textarea", "input", "head", "title", "map", "datalist",
    "meter", "progress", "link", "meta", "picture", "img",
];

/// Elements that stand in a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "nobr", "output", "q", "ruby", "rb", "rt", "rp",
    "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var",
    "wbr", "math", "button", "td", "th",
];

/// Separates cells of a row until the row is finished.
const CELL: char = '\u{1}';

impl Walk {
    fn children(&mut self, node: &NodeRef<'_>, around: Around, depth: usize) {
        self.deepest = self.deepest.max(depth);
        for child in node.children_it(false) {
            if child.is_text() {
                self.text(&child.text(), around);
            } else if depth < DEEPEST {
                self.element(&child, around, depth);
            } else {
                self.text(&child.text(), around);
            }
        }
    }

    fn text(&mut self, text: &str, around: Around) {
        if around.linked {
            self.linked += text.trim().len();
        }
        if around.typed {
            self.text.push_str(text);
        } else {
            // A line end in the source is a space; a line end here is a `<br>`.
            self.text.extend(text.chars().map(|c| match c {
                '\n' | '\r' | CELL => ' ',
                c => c,
            }));
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, around: Around, depth: usize) {
        let Some(name) = node.node_name() else {
            return;
        };
        let name: &str = &name;
        if name == "br" {
            self.text.push('\n');
            return;
        }
        if SKIPPED.contains(&name) {
            return;
        }
        let mut inner = around;
        inner.place = place(node, name, around.place);
        inner.linked |= name == "a";
        if name == "td" || name == "th" {
            if !self.text.trim().is_empty() {
                self.text.push(CELL);
            }
        } else if name == "rt" || name == "rp" {
            return;
        }
        // Elements that HTML does not know are shown in line.
        let inline = INLINE.contains(&name) || name.contains('-');
        if inline && inner.place == around.place {
            self.children(node, inner, depth + 1);
            return;
        }
        // An inline element that says what it is (a byline, a button for sharing) stands apart
        // only if it is all there is on its line; within a sentence it is part of it.
        if inline && !self.text.trim().is_empty() {
            inner.place = around.place;
            self.children(node, inner, depth + 1);
            return;
        }
        self.flush(around);
        inner.kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                Kind::Heading(name.as_bytes()[1].saturating_sub(b'0'))
            }
            "li" | "dd" | "dt" => Kind::Item,
            "tr" => Kind::Row,
            "pre" => Kind::Typed,
            // A paragraph in an item is still the item.
            _ => around.kind,
        };
        inner.typed |= name == "pre";
        self.children(node, inner, depth + 1);
        self.flush(inner);
    }

    /// Ends a piece. Two line breaks in a row end a paragraph, one is a space.
    fn flush(&mut self, around: Around) {
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        if text.trim().is_empty() {
            return;
        }
        if around.typed {
            let clean = decode::clean(&text).text;
            self.push(clean.trim().to_owned(), linked, around);
            return;
        }
        let parts = paragraphs(&text);
        let all: usize = parts.iter().map(String::len).sum();
        for part in parts {
            let share = linked * part.len() / all.max(1);
            self.push(part, share, around);
        }
    }

    fn push(&mut self, text: String, linked: usize, around: Around) {
        if text.is_empty() {
            return;
        }
        // Bytes to characters, near enough for a share.
        let linked = linked * text.chars().count() / text.len();
        self.pieces.push(Piece {
            kind: around.kind,
            text,
            linked,
            place: around.place,
        });
    }
}

/// Running text → its paragraphs, each on one line and made safe.
fn paragraphs(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut lines = text.split('\n').peekable();
    let mut current = String::new();
    while let Some(line) = lines.next() {
        let blank = line.trim().is_empty();
        if blank && lines.peek().is_some() && !current.trim().is_empty() {
            out.push(std::mem::take(&mut current));
        }
        if !blank {
            current.push(' ');
            current.push_str(line);
        }
    }
    out.push(current);
    out.iter()
        .map(|part| one_line(part))
        .filter(|part| !part.is_empty())
        .collect()
}

/// `text` made safe, with single spaces, and bars between the cells of a row.
pub(super) fn one_line(text: &str) -> String {
    let cells = text.split(CELL).map(|cell| {
        let clean = decode::clean(cell).text;
        clean.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    let cells: Vec<String> = cells.filter(|cell| !cell.is_empty()).collect();
    cells.join(" | ")
}
