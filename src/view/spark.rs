//! Sparklines: where in the article an entity appears, in a few cells. The comment is no part of
//! the line, since it is no part of the article.

use crate::base::Span;
use crate::model::{BlockKind, Document, Entity};

/// Cells of a sparkline, and so columns.
pub const CELLS: usize = 8;

/// Mentions in one cell that fill it; where a cell has more, the line is drawn to its scale.
const FULL: usize = 4;

/// Places of the article, measured without the comment.
pub struct Ruler {
    /// The blocks of the article, each with the bytes of those before it.
    blocks: Vec<(Span, usize)>,
    bytes: usize,
}

impl Ruler {
    /// The ruler of a document.
    pub fn new(document: &Document) -> Self {
        let mut bytes = 0;
        let blocks = document
            .blocks
            .iter()
            .filter(|b| b.kind != BlockKind::Comment)
            .map(|b| {
                let before = bytes;
                bytes += b.span.len();
                (b.span, before)
            })
            .collect();
        Self { blocks, bytes }
    }

    /// Bytes of the article before byte `at` of the text; `None` if it is not in the article.
    fn before(&self, at: usize) -> Option<usize> {
        let index = self.blocks.partition_point(|(b, _)| b.from() <= at);
        let (block, before) = self.blocks.get(index.checked_sub(1)?)?;
        block.has(at).then(|| before + at - block.from())
    }

    /// How far into the article byte `at` of the text is, 0 to 100; `None` if it is not in it.
    pub fn percent(&self, at: usize) -> Option<usize> {
        Some(self.before(at)? * 100 / self.bytes.max(1))
    }

    /// How many of the mentions that are stepped through lie in each cell of the article.
    pub fn counts(&self, entity: &Entity) -> [usize; CELLS] {
        let mut cells = [0; CELLS];
        for stop in entity.stops() {
            let at = entity.mentions[stop].span.from();
            if let Some(before) = self.before(at) {
                cells[(before * CELLS / self.bytes.max(1)).min(CELLS - 1)] += 1;
            }
        }
        cells
    }
}

/// The counts as a line of [`CELLS`] columns: blocks, or digits and dots.
pub fn line(counts: [usize; CELLS], ascii: bool) -> String {
    const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let full = counts.into_iter().max().unwrap_or(0).max(FULL);
    let cell = |count: usize| match (ascii, count) {
        (true, 0) => '.',
        (true, n) => char::from_digit(n.min(9) as u32, 10).unwrap_or('9'),
        (false, n) => BLOCKS[(n * 8).div_ceil(full).min(8)],
    };
    counts.map(cell).iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::{find, sample};

    #[test]
    fn counts_become_cells() {
        let line = |counts| (line(counts, false), line(counts, true));
        assert_eq!(
            line([0, 1, 2, 3, 4, 0, 0, 1]),
            (" ▂▄▆█  ▂".to_owned(), ".1234..1".to_owned())
        );
        // A cell with more than four sets the scale; one mention is never nothing.
        assert_eq!(
            line([40, 20, 1, 0, 0, 0, 0, 0]),
            ("█▄▁     ".to_owned(), "991.....".to_owned())
        );
        assert_eq!(line([0; CELLS]).1, "........");
    }

    #[test]
    fn mentions_fall_into_the_cells_of_the_article_without_the_comment() {
        let (mut annotated, _) = sample();
        let ruler = Ruler::new(&annotated.document);
        // Title, author, brief and two paragraphs: Oslo is named near the end and at the end.
        assert_eq!(
            ruler.counts(&annotated.entities[1]),
            [0, 0, 0, 0, 0, 0, 1, 1]
        );
        let comment = find(&annotated.document.text, "The mayor", 0);
        annotated.entities[1].mentions[1].span = comment;
        assert_eq!(
            ruler.counts(&annotated.entities[1]).iter().sum::<usize>(),
            1
        );
        assert_eq!(ruler.percent(comment.from()), None);
        assert_eq!(ruler.percent(0), Some(0));
    }
}
