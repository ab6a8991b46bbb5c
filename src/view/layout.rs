//! The rows of an article at a width, broken lazily: only what is shown is ever wrapped, so the
//! end of a long article costs what its top costs. Places are kept by byte.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Span;
use crate::base::text::{ceil_boundary, cluster_width, floor_boundary};
use crate::model::{BlockKind, Document};
use crate::view::wrap::wrap;
use unicode_segmentation::UnicodeSegmentation;

/// Which blocks are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Everything but the editor's comment.
    Article,
    /// The editor's comment alone.
    Comment,
}

/// A row: the `row`th of a segment. Ordered as the rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place {
    /// Segment: a block, or a piece of an enormous one.
    pub segment: u32,
    /// Row within the segment, counted from 0.
    pub row: u32,
}

/// What stands on a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The bytes shown; empty for blank rows and labels.
    pub span: Span,
    /// The kind of its block; `None` for blank rows and labels.
    pub kind: Option<BlockKind>,
    /// A label of ours: the name of a section.
    pub own: Option<&'static str>,
}

impl Line {
    const BLANK: Line = Line {
        span: Span { start: 0, end: 0 },
        kind: None,
        own: None,
    };
}

/// A stretch of text that is wrapped at once.
#[derive(Debug, Clone, Copy)]
struct Segment {
    span: Span,
    kind: BlockKind,
    /// Whether a blank row stands before it.
    blank: bool,
    label: Option<&'static str>,
}

/// Bytes of a block that are wrapped at once; a longer block is cut at white space.
const PIECE: usize = 8 * 1024;
/// Wrapped segments that are kept.
const CACHE: usize = 512;

/// An article at a width.
#[derive(Debug)]
pub struct Layout {
    document: Arc<Document>,
    segments: Vec<Segment>,
    width: usize,
    /// Rows of wrapped segments, by segment; offsets into the document.
    cache: BTreeMap<u32, Vec<Span>>,
    /// Bytes wrapped so far; tests hold the laziness to it.
    #[cfg(test)]
    pub(super) wrapped: usize,
}

impl Layout {
    /// The layout of `part` of `document`, `width` columns wide. Wraps nothing yet.
    pub fn new(document: Arc<Document>, part: Part, width: usize) -> Self {
        let mut segments: Vec<Segment> = Vec::new();
        let mut last: Option<BlockKind> = None;
        for block in &document.blocks {
            if (block.kind == BlockKind::Comment) != (part == Part::Comment) {
                continue;
            }
            let kind = block.kind;
            let tight = matches!(
                (last, kind),
                (
                    Some(BlockKind::Title | BlockKind::Byline),
                    BlockKind::Byline | BlockKind::Date
                ) | (Some(BlockKind::Date), BlockKind::Byline)
                    | (Some(BlockKind::ListItem), BlockKind::ListItem)
                    | (Some(BlockKind::Topic), BlockKind::Topic)
            );
            let label = match kind {
                BlockKind::Brief if last != Some(kind) => Some("Brief"),
                BlockKind::Topic if last != Some(kind) => Some("Topics"),
                _ => None,
            };
            let mut blank = last.is_some() && !tight;
            last = Some(kind);
            let mut label = label;
            for span in pieces(&document.text, block.span) {
                segments.push(Segment {
                    span,
                    kind,
                    blank,
                    label,
                });
                (blank, label) = (false, None);
            }
        }
        Self {
            document,
            segments,
            width: width.max(1),
            cache: BTreeMap::new(),
            #[cfg(test)]
            wrapped: 0,
        }
    }

    /// The article.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    /// Columns.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Takes another width.
    pub fn set_width(&mut self, width: usize) {
        if width.max(1) != self.width {
            self.width = width.max(1);
            self.cache.clear();
        }
    }

    /// The rows of text of a segment.
    fn rows(&mut self, segment: u32) -> &[Span] {
        if !self.cache.contains_key(&segment) {
            if self.cache.len() >= CACHE {
                self.cache.clear();
            }
            let rows = self
                .segments
                .get(segment as usize)
                .map_or_else(Vec::new, |s| {
                    let base = s.span.from();
                    wrap(s.span.of(&self.document.text), self.width)
                        .into_iter()
                        .map(|r| Span::new(base + r.from(), base + r.to()))
                        .collect()
                });
            #[cfg(test)]
            {
                self.wrapped += self
                    .segments
                    .get(segment as usize)
                    .map_or(0, |s| s.span.len());
            }
            self.cache.insert(segment, rows);
        }
        self.cache.get(&segment).map_or(&[], Vec::as_slice)
    }

    /// Rows before the text of a segment: a blank one, a label.
    fn lead(&self, segment: u32) -> u32 {
        self.segments
            .get(segment as usize)
            .map_or(0, |s| u32::from(s.blank) + u32::from(s.label.is_some()))
    }

    /// All rows of a segment.
    fn height(&mut self, segment: u32) -> u32 {
        self.lead(segment) + self.rows(segment).len() as u32
    }

    fn last_segment(&self) -> u32 {
        self.segments.len().saturating_sub(1) as u32
    }

    fn line(&mut self, place: Place) -> Line {
        let Some(segment) = self.segments.get(place.segment as usize).copied() else {
            return Line::BLANK;
        };
        let lead = self.lead(place.segment);
        if place.row < lead {
            let label = segment.label.filter(|_| place.row + 1 == lead);
            return Line {
                own: label,
                ..Line::BLANK
            };
        }
        match self.rows(place.segment).get((place.row - lead) as usize) {
            Some(&span) => Line {
                span,
                kind: Some(segment.kind),
                own: None,
            },
            None => Line::BLANK,
        }
    }

    /// At most `count` rows from `from` on.
    pub fn lines(&mut self, from: Place, count: usize) -> Vec<Line> {
        let mut out = Vec::with_capacity(count.min(256));
        let mut place = from;
        while out.len() < count && (place.segment as usize) < self.segments.len() {
            if place.row < self.height(place.segment) {
                out.push(self.line(place));
                place.row += 1;
            } else {
                place = Place {
                    segment: place.segment + 1,
                    row: 0,
                };
            }
        }
        out
    }

    /// The place `rows` rows below `from` (above, if negative), at the first or last row at most.
    pub fn advance(&mut self, from: Place, rows: isize) -> Place {
        let last = self.last_segment();
        let mut place = from.min(Place {
            segment: last,
            row: u32::MAX,
        });
        let height = self.height(place.segment);
        place.row = place.row.min(height.saturating_sub(1));
        let mut left = rows.unsigned_abs();
        while left > 0 {
            if rows > 0 {
                let below = (self.height(place.segment).saturating_sub(1) - place.row) as usize;
                if left <= below {
                    place.row += left as u32;
                    break;
                }
                if place.segment == last {
                    place.row += below as u32;
                    break;
                }
                left -= below + 1;
                place = Place {
                    segment: place.segment + 1,
                    row: 0,
                };
            } else {
                if left <= place.row as usize {
                    place.row -= left as u32;
                    break;
                }
                if place.segment == 0 {
                    place.row = 0;
                    break;
                }
                left -= place.row as usize + 1;
                let segment = place.segment - 1;
                place = Place {
                    segment,
                    row: self.height(segment).saturating_sub(1),
                };
            }
        }
        place
    }

    /// The row that shows byte `byte`, or the nearest one.
    pub fn place_of(&mut self, byte: usize) -> Place {
        let after = self.segments.partition_point(|s| s.span.from() <= byte);
        let segment = after.saturating_sub(1) as u32;
        let lead = self.lead(segment);
        let row = self
            .rows(segment)
            .partition_point(|r| r.from() <= byte)
            .saturating_sub(1);
        Place {
            segment,
            row: lead + row as u32,
        }
    }

    /// First byte of the row; of the text after it, for a blank row or a label.
    pub fn byte_of(&mut self, place: Place) -> usize {
        let lead = self.lead(place.segment);
        let row = place.row.saturating_sub(lead) as usize;
        let rows = self.rows(place.segment);
        let span = rows.get(row).or(rows.last()).copied();
        span.map_or_else(
            || {
                self.segments
                    .get(place.segment as usize)
                    .map_or(0, |s| s.span.from())
            },
            Span::from,
        )
    }

    /// The top row with which the last row of the text is the last of `height`.
    pub fn last_top(&mut self, height: usize) -> Place {
        let segment = self.last_segment();
        let row = self.height(segment).saturating_sub(1);
        self.advance(Place { segment, row }, -(height.saturating_sub(1) as isize))
    }

    /// Rows from `a` down to `b`, if that is at most `most` (and not upwards).
    pub fn distance(&mut self, a: Place, b: Place, most: usize) -> Option<usize> {
        if b < a {
            return None;
        }
        let (mut place, mut rows) = (a, 0);
        while place.segment < b.segment {
            rows += self.height(place.segment).saturating_sub(place.row) as usize;
            if rows > most {
                return None;
            }
            place = Place {
                segment: place.segment + 1,
                row: 0,
            };
        }
        rows += (b.row - place.row) as usize;
        (rows <= most).then_some(rows)
    }

    fn row_span(&mut self, place: Place) -> Span {
        self.line(place).span
    }

    /// Column of byte `byte` in its row.
    pub fn x_of(&mut self, byte: usize) -> usize {
        let place = self.place_of(byte);
        let row = self.row_span(place);
        let to = floor_boundary(&self.document.text, byte.clamp(row.from(), row.to()));
        crate::base::text::width(&self.document.text[row.from()..to])
    }

    /// The byte at column `x` of a row, that of its last cluster at most.
    pub fn byte_at(&mut self, place: Place, x: usize) -> usize {
        let row = self.row_span(place);
        if row.is_empty() {
            return self.byte_of(place);
        }
        let text = row.of(&self.document.text).trim_end();
        let (mut at, mut used, mut last) = (row.from(), 0, row.from());
        for cluster in text.graphemes(true) {
            last = at;
            used += cluster_width(cluster);
            if used > x {
                break;
            }
            at += cluster.len();
        }
        last
    }
}

/// A block as it is, or cut at white space into pieces of about [`PIECE`] bytes.
fn pieces(text: &str, block: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut from = block.from();
    while block.to() - from > 2 * PIECE {
        let middle = floor_boundary(text, from + PIECE);
        let end = ceil_boundary(text, from + 2 * PIECE).min(block.to());
        let cut = text[middle..end]
            .find(char::is_whitespace)
            .map_or(middle, |n| middle + n + 1);
        let cut = ceil_boundary(text, cut);
        out.push(Span::new(from, cut));
        from = cut;
    }
    out.push(Span::new(from, block.to()));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::{document, sample};
    use proptest::prelude::*;

    #[test]
    fn the_end_of_a_long_article_wraps_only_what_it_shows() {
        let text = "The minister spoke of the treaty and of the bridge. ".repeat(20_000);
        let one_block = document(&[(BlockKind::Paragraph, &text)]);
        let mut layout = Layout::new(one_block, Part::Article, 60);
        let end = layout.last_top(40);
        assert_eq!(layout.lines(end, 100).len(), 40);
        assert!(layout.wrapped <= 4 * 2 * PIECE, "{} bytes", layout.wrapped);
    }

    #[test]
    fn sections_get_labels_and_blank_rows() {
        let (annotated, _) = sample();
        let mut layout = Layout::new(annotated.document, Part::Article, 40);
        let lines = layout.lines(Place::default(), 6);
        assert_eq!(lines[0].kind, Some(BlockKind::Title));
        assert_eq!(lines[1].kind, Some(BlockKind::Byline));
        assert_eq!((lines[2].kind, lines[2].own), (None, None));
        assert_eq!(lines[3].own, Some("Brief"));
        assert_eq!(lines[4].kind, Some(BlockKind::Brief));
    }

    proptest! {
        #[test]
        fn places_are_consistent(
            texts in proptest::collection::vec("[ a-z世é.\u{301}]{1,80}", 1..8),
            width in 1usize..40,
            steps in proptest::collection::vec(0isize..30, 1..6),
        ) {
            let blocks: Vec<(BlockKind, &str)> =
                texts.iter().map(|t| (BlockKind::Paragraph, t.as_str())).collect();
            let document = document(&blocks);
            let mut layout = Layout::new(Arc::clone(&document), Part::Article, width);
            let all = layout.lines(Place::default(), usize::MAX);
            let mut place = Place::default();
            let mut at = 0usize;
            for step in steps {
                let next = layout.advance(place, step);
                let went = layout.distance(place, next, usize::MAX).unwrap();
                prop_assert!(went == step as usize || at + went == all.len() - 1);
                prop_assert_eq!(layout.advance(next, -(went as isize)), place);
                at += went;
                place = next;
                // A fresh layout gives the same rows: the order of questions does not matter.
                let mut fresh = Layout::new(Arc::clone(&document), Part::Article, width);
                prop_assert_eq!(&fresh.lines(place, 5)[..], &all[at..(at + 5).min(all.len())]);
                if !all[at].span.is_empty() {
                    let byte = layout.byte_of(place);
                    prop_assert_eq!(layout.place_of(byte), place);
                    prop_assert_eq!(layout.x_of(byte), 0);
                }
            }
        }
    }
}
