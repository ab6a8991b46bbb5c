//! One row of text with everything that lies over it, as runs of equal roles.

use crate::base::{Role, RoleSet, Span};
use crate::model::{Annotated, BlockKind, Colour, EntityKind, Highlight, Polarity};
use crate::view::layout::Line;
use crate::view::marks::MarkIndex;

/// Where the text of a run is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunText {
    /// Bytes of the document.
    Doc(Span),
    /// Text of ours: labels, counts.
    Own(String),
}

impl RunText {
    /// The text itself; `text` is that of the document.
    pub fn of<'a>(&'a self, text: &'a str) -> &'a str {
        match self {
            Self::Doc(span) => span.of(text),
            Self::Own(own) => own,
        }
    }
}

/// A stretch of a row whose roles are the same throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What is written.
    pub text: RunText,
    /// What it is.
    pub roles: RoleSet,
}

impl Run {
    /// A run of our own text.
    pub fn own(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: RunText::Own(text.into()),
            roles: role.into(),
        }
    }
}

/// Signs left of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Gutter {
    /// A stance shown by words of this row, and whether it is unsure.
    pub stance: Option<(Polarity, bool)>,
    /// A highlight of the reader on this row.
    pub highlight: Option<Colour>,
    /// Whether the editor's comment talks about this row.
    pub link: bool,
    /// Whether that highlight has a note.
    pub note: bool,
}

/// A row ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// Bytes of the document it shows; empty for labels and blank rows.
    pub span: Span,
    /// What is written, from left to right.
    pub runs: Vec<Run>,
    /// Signs left of it.
    pub gutter: Gutter,
    /// Kinds of the mentions that start on it, from left to right.
    pub kinds: Vec<EntityKind>,
}

/// What lies over the text besides the annotator's marks.
#[derive(Debug, Clone, Copy, Default)]
pub struct Overlay<'a> {
    /// What the reader marked, sorted; orphans are passed over.
    pub highlights: &'a [Highlight],
    /// Search matches, sorted, not overlapping.
    pub matches: &'a [Span],
    /// The match the reader is at.
    pub current_match: Option<Span>,
    /// The focused annotation.
    pub focus: &'a [Span],
    /// Its partners, sorted.
    pub partners: &'a [Span],
    /// The selection.
    pub selection: Option<Span>,
    /// The caret of the selection.
    pub caret: Option<Span>,
    /// Whether the annotator's marks are hidden.
    pub hide_marks: bool,
}

/// The role of the text of a block.
fn block_role(kind: BlockKind) -> Role {
    match kind {
        BlockKind::Title => Role::Title,
        BlockKind::Byline => Role::Byline,
        BlockKind::Date => Role::Date,
        BlockKind::Brief => Role::Brief,
        BlockKind::Paragraph | BlockKind::ListItem => Role::Text,
        BlockKind::Heading => Role::Heading,
        BlockKind::Topic => Role::Topic,
        BlockKind::Comment => Role::Comment,
    }
}

/// Paints a row. The runs together are exactly the text of the row, without the white space at
/// which it was broken.
pub fn paint(line: &Line, annotated: &Annotated, index: &MarkIndex, overlay: &Overlay) -> Row {
    if let Some(own) = line.own {
        return Row {
            runs: vec![Run::own(own, Role::Label)],
            ..Row::default()
        };
    }
    let Some(kind) = line.kind else {
        return Row::default();
    };
    let text = &annotated.document.text;
    let shown = line.span.of(text).trim_end();
    let row = Span::new(line.span.from(), line.span.from() + shown.len());

    let mut layers: Vec<(Span, RoleSet)> = Vec::new();
    let mut gutter = Gutter::default();
    let mut kinds = Vec::new();
    if !overlay.hide_marks {
        layers.extend(index.roles(row));
        gutter.stance = index.stance(line.span);
        gutter.link = index.linked(row);
        kinds = index.kinds(line.span);
    }
    for highlight in overlay.highlights.iter().filter(|h| !h.orphan) {
        let span = highlight.anchor.span;
        if span.overlaps(row) {
            layers.push((span, highlight.colour.role().into()));
            gutter.highlight.get_or_insert(highlight.colour);
            gutter.note |= highlight.note.is_some();
        }
    }
    let from = overlay.matches.partition_point(|m| m.end <= row.start);
    for &found in overlay.matches[from..]
        .iter()
        .take_while(|m| m.start < row.end)
    {
        let role = if Some(found) == overlay.current_match {
            Role::MatchCurrent
        } else {
            Role::Match
        };
        layers.push((found, role.into()));
    }
    layers.extend(overlay.partners.iter().map(|&p| (p, Role::Partner.into())));
    layers.extend(overlay.focus.iter().map(|&f| (f, Role::Focus.into())));
    layers.extend(overlay.selection.map(|s| (s, Role::Selection.into())));
    layers.extend(overlay.caret.map(|c| (c, Role::Caret.into())));

    Row {
        span: row,
        runs: runs(row, block_role(kind).into(), layers),
        gutter,
        kinds,
    }
}

/// Cuts `row` where the roles over it change.
fn runs(row: Span, under: RoleSet, layers: Vec<(Span, RoleSet)>) -> Vec<Run> {
    let mut cuts = vec![row.start, row.end];
    let layers: Vec<(Span, RoleSet)> = layers
        .into_iter()
        .filter_map(|(span, roles)| Some((span.intersection(row)?, roles)))
        .collect();
    for (span, _) in &layers {
        cuts.extend([span.start, span.end]);
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut out: Vec<Run> = Vec::new();
    for pair in cuts.windows(2) {
        let piece = Span {
            start: pair[0],
            end: pair[1],
        };
        let mut roles = under;
        for (span, over) in &layers {
            if span.contains(piece) {
                roles.add(*over);
            }
        }
        match out.last_mut() {
            Some(Run {
                text: RunText::Doc(last),
                roles: same,
            }) if *same == roles => {
                last.end = piece.end;
            }
            _ => out.push(Run {
                text: RunText::Doc(piece),
                roles,
            }),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::{find, sample};
    use crate::view::{Layout, Part, Place};
    use proptest::prelude::*;
    use std::sync::Arc;

    #[test]
    fn a_run_has_every_role_that_lies_over_it() {
        let (annotated, highlights) = sample();
        let text = Arc::clone(&annotated.document.text);
        let index = MarkIndex::new(&annotated, crate::base::Kinds::default());
        let line = Line {
            span: annotated.document.blocks[3].span,
            kind: Some(BlockKind::Paragraph),
            own: None,
        };
        let overlay = Overlay {
            highlights: &highlights,
            ..Overlay::default()
        };
        let row = paint(&line, &annotated, &index, &overlay);
        let roles = |needle: &str| {
            let at = find(&text, needle, 0);
            let run = row.runs.iter().find(|r| match r.text {
                RunText::Doc(span) => span.contains(at),
                RunText::Own(_) => false,
            });
            run.map(|r| r.roles).unwrap()
        };
        assert!(roles("Ana Núñez").has(Role::Person));
        assert!(roles("must never").has(Role::Against) && roles("must never").has(Role::Quote));
        assert!(!roles("must never").has(Role::Faint));
        assert!(roles("Oslo").has(Role::HighlightGreen) && roles("Oslo").has(Role::Place));
        assert_eq!(row.gutter.stance, Some((Polarity::Against, false)));
        assert!(row.gutter.link && row.gutter.note);
        assert_eq!(row.kinds, [EntityKind::Person, EntityKind::Place]);
        let hidden = Overlay {
            hide_marks: true,
            ..overlay
        };
        let row = paint(&line, &annotated, &index, &hidden);
        assert!(row.kinds.is_empty() && row.gutter.stance.is_none());
        assert!(row.runs.iter().any(|r| r.roles.has(Role::HighlightGreen)));
    }

    proptest! {
        #[test]
        fn the_runs_are_the_row(
            width in 1usize..60,
            a in 0usize..140, b in 0usize..140,
            hide: bool,
        ) {
            let (annotated, highlights) = sample();
            let text = &annotated.document.text;
            let floor = |n| crate::base::text::floor_boundary(text, n);
            let (a, b) = (floor(a.min(b)), floor(a.max(b)));
            let index = MarkIndex::new(&annotated, crate::base::Kinds::default());
            let spans = [Span::new(a, b)];
            let overlay = Overlay {
                highlights: &highlights,
                focus: &spans,
                partners: &spans,
                matches: &spans,
                selection: Some(spans[0]),
                hide_marks: hide,
                ..Overlay::default()
            };
            let mut layout = Layout::new(Arc::clone(&annotated.document), Part::Article, width);
            for line in layout.lines(Place::default(), usize::MAX) {
                let row = paint(&line, &annotated, &index, &overlay);
                let whole: String = row.runs.iter().map(|r| r.text.of(text)).collect();
                let wanted = line.own.unwrap_or_else(|| line.span.of(text).trim_end());
                prop_assert_eq!(whole, wanted);
            }
        }
    }
}
