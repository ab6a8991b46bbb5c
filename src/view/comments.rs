//! The comment pane as rows: the editor's comment sentence by sentence, the reader's notes.

use std::sync::Arc;

use crate::base::text::{one_line, truncate};
use crate::base::{Role, RoleSet, SentenceId, Span};
use crate::model::{Annotated, BlockKind, Highlight};
use crate::view::layout::Line;
use crate::view::marks::MarkIndex;
use crate::view::paint::{Overlay, Row, Run, RunText, paint};
use crate::view::wrap::wrap;

/// What a row of the pane belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommentTarget {
    /// A sentence of the editor's comment.
    Sentence(SentenceId),
    /// A note of the reader: id of its highlight.
    Note(String),
    /// Nothing that can be chosen: headings, blanks, explanations.
    Heading,
}

/// A row of the pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentRow {
    /// What it belongs to.
    pub target: CommentTarget,
    /// What is written.
    pub row: Row,
}

/// The links of a sentence of the comment, as positions among the article's links.
pub fn links_of(sentence: SentenceId, annotated: &Annotated) -> Vec<usize> {
    let Some(span) = annotated.sentences.get(sentence.index()).map(|s| s.span) else {
        return Vec::new();
    };
    let ours = |n: &usize| annotated.links[*n].comment.overlaps(span);
    (0..annotated.links.len()).filter(ours).collect()
}

/// The rows of the pane at a width in columns.
pub fn comment_rows(
    annotated: &Annotated,
    index: &MarkIndex,
    highlights: &[Highlight],
    overlay: &Overlay,
    columns: usize,
) -> Vec<CommentRow> {
    let mut pane = Rows {
        rows: Vec::new(),
        columns: columns.max(1),
    };
    pane.heading("Editor’s comment");
    if annotated
        .document
        .blocks_of(BlockKind::Comment)
        .next()
        .is_none()
    {
        pane.hint("This article came without a comment.");
    }
    for block in annotated.document.blocks_of(BlockKind::Comment) {
        let inside: Vec<(SentenceId, Span)> = annotated
            .sentences
            .iter()
            .enumerate()
            .filter(|(_, s)| block.span.contains(s.span))
            .map(|(n, s)| (SentenceId::at(n), s.span))
            .collect();
        if inside.is_empty() {
            // Before the annotator is done there are no sentences; the comment is read all the same.
            pane.text(
                block.span,
                &CommentTarget::Heading,
                annotated,
                index,
                overlay,
            );
        }
        for (sentence, span) in inside {
            let target = CommentTarget::Sentence(sentence);
            pane.text(span, &target, annotated, index, overlay);
            let links = links_of(sentence, annotated).len();
            if links > 0 {
                let words = if links == 1 { "1 passage" } else { "passages" };
                let line = if links == 1 {
                    format!("→ {words}")
                } else {
                    format!("→ {links} {words}")
                };
                pane.push(target, vec![Run::own(line, Role::Dim)]);
            }
        }
        pane.blank();
    }
    if pane.rows.last().is_some_and(|r| !r.row.runs.is_empty()) {
        pane.blank();
    }

    let notes: Vec<&Highlight> = highlights
        .iter()
        .filter(|h| h.note.is_some() && !h.orphan)
        .collect();
    pane.heading(&format!(
        "Your notes {}",
        if notes.is_empty() {
            String::new()
        } else {
            notes.len().to_string()
        }
    ));
    if notes.is_empty() {
        pane.hint("None yet: select words with v, then a.");
    }
    for highlight in notes {
        pane.note(highlight);
    }
    let orphans: Vec<&Highlight> = highlights.iter().filter(|h| h.orphan).collect();
    if !orphans.is_empty() {
        pane.blank();
        pane.heading("Not found in this version");
        for highlight in orphans {
            pane.note(highlight);
        }
    }
    pane.rows
}

struct Rows {
    rows: Vec<CommentRow>,
    columns: usize,
}

impl Rows {
    fn push(&mut self, target: CommentTarget, runs: Vec<Run>) {
        self.rows.push(CommentRow {
            target,
            row: Row {
                runs,
                ..Row::default()
            },
        });
    }

    fn blank(&mut self) {
        self.push(CommentTarget::Heading, Vec::new());
    }

    fn heading(&mut self, text: &str) {
        self.push(
            CommentTarget::Heading,
            vec![Run::own(text.trim_end(), Role::Label)],
        );
    }

    fn hint(&mut self, text: &str) {
        for row in wrap(text, self.columns) {
            let line = row.of(text).trim_end();
            self.push(CommentTarget::Heading, vec![Run::own(line, Role::Dim)]);
        }
    }

    fn text(
        &mut self,
        span: Span,
        target: &CommentTarget,
        annotated: &Annotated,
        index: &MarkIndex,
        overlay: &Overlay,
    ) {
        let text = Arc::clone(&annotated.document.text);
        for row in wrap(span.of(&text), self.columns) {
            let at = Span::new(span.from() + row.from(), span.from() + row.to());
            let line = Line {
                span: at,
                kind: Some(BlockKind::Comment),
                own: None,
            };
            let row = paint(&line, annotated, index, overlay);
            self.rows.push(CommentRow {
                target: target.clone(),
                row,
            });
        }
    }

    fn note(&mut self, highlight: &Highlight) {
        let target = CommentTarget::Note(highlight.id.clone());
        let words = one_line(&highlight.anchor.exact);
        let words = truncate(&words, self.columns.saturating_sub(2)).into_owned();
        let roles = RoleSet::of(highlight.colour.role());
        let run = Run {
            text: RunText::Own(format!("“{words}”")),
            roles,
        };
        self.push(target.clone(), vec![run]);
        for line in highlight.note.iter().flat_map(|n| n.lines()) {
            for row in wrap(line, self.columns) {
                let line = row.of(line).trim_end().to_owned();
                self.push(target.clone(), vec![Run::own(line, Role::Text)]);
            }
        }
        if !highlight.tags.is_empty() {
            let tags = highlight
                .tags
                .iter()
                .map(|t| format!("#{t}"))
                .collect::<Vec<_>>()
                .join(" ");
            self.push(target, vec![Run::own(tags, Role::Dim)]);
        }
        self.blank();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::sample;

    fn shown(columns: usize, highlights: &[Highlight], annotated: &Annotated) -> Vec<String> {
        let index = MarkIndex::new(annotated, crate::base::Kinds::default());
        let text = &annotated.document.text;
        comment_rows(annotated, &index, highlights, &Overlay::default(), columns)
            .iter()
            .map(|r| {
                r.row
                    .runs
                    .iter()
                    .map(|r| r.text.of(text))
                    .collect::<String>()
            })
            .collect()
    }

    #[test]
    fn comment_then_notes() {
        let (annotated, highlights) = sample();
        assert_eq!(
            shown(22, &highlights, &annotated),
            [
                "Editor’s comment",
                "The mayor is wrong",
                "about the bridge.",
                "→ 1 passage",
                "So it goes.",
                "",
                "Your notes 1",
                "“Oslo waits”",
                "Why?",
                "#north",
                "",
            ]
        );
    }

    #[test]
    fn orphans_are_listed_with_their_words() {
        let (annotated, mut highlights) = sample();
        highlights[0].orphan = true;
        let rows = shown(40, &highlights, &annotated);
        let at = rows
            .iter()
            .position(|r| r == "Not found in this version")
            .unwrap();
        assert_eq!(rows[at + 1], "“Oslo waits”");
        assert!(rows.contains(&"None yet: select words with v, then a.".to_owned()));
    }

    #[test]
    fn an_article_without_layers_is_read_all_the_same() {
        let (annotated, _) = sample();
        let bare = Annotated::bare(annotated.document);
        let rows = shown(60, &[], &bare);
        assert!(rows.iter().any(|r| r.starts_with("The mayor is wrong")));
    }
}
