//! What several formats write alike: mentions in reading order, those of them that do not overlap,
//! the labels that other programs know, fragments of a span that hold no newline. Calls `base` and
//! `model`.

use crate::base::Span;
use crate::base::text::{one_line, printable};
use crate::model::{
    Annotated, BlockKind, Conll, Entity, EntityKind, Highlight, Mention, MentionForm,
};

/// A mention and whose it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    /// Whose mention it is.
    pub entity: &'a Entity,
    /// The mention.
    pub mention: &'a Mention,
}

impl Named<'_> {
    /// Where it is.
    pub fn span(&self) -> Span {
        self.mention.span
    }

    /// Its type of the four in CoNLL-2003; `None` for a pronoun, a common noun and a figure.
    pub fn conll(&self) -> Option<Conll> {
        let form = self.mention.form;
        if matches!(form, MentionForm::Pronoun | MentionForm::Nominal)
            || self.entity.kind.is_light()
        {
            return None;
        }
        Some(self.mention.conll.unwrap_or(match form {
            MentionForm::Demonym => Conll::Miscellaneous,
            _ => Conll::of(self.entity.kind),
        }))
    }

    /// Whether it is a name or a figure, as against a common noun or a pronoun.
    pub fn is_name(&self) -> bool {
        !matches!(
            self.mention.form,
            MentionForm::Pronoun | MentionForm::Nominal
        )
    }
}

/// Every mention that has words, in reading order, the longer first.
pub(super) fn mentions(annotated: &Annotated) -> Vec<Named<'_>> {
    let of = |entity| move |mention| Named { entity, mention };
    let all = annotated
        .entities
        .iter()
        .flat_map(|entity| entity.mentions.iter().map(of(entity)));
    let mut all: Vec<Named> = all.filter(|m| !m.span().is_empty()).collect();
    all.sort_by_key(|m| {
        let span = m.span();
        (span.start, std::cmp::Reverse(span.end), m.entity.id)
    });
    all
}

/// Those of a list in reading order that do not overlap one that was taken before.
pub(super) fn apart(list: Vec<Named<'_>>) -> Vec<Named<'_>> {
    let mut end = 0;
    list.into_iter()
        .filter(|m| {
            let free = m.span().from() >= end;
            if free {
                end = m.span().to();
            }
            free
        })
        .collect()
}

/// The label that a kind has in spaCy's English models and those that follow them.
pub(super) fn label(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "PERSON",
        EntityKind::Organization => "ORG",
        EntityKind::Place => "LOC",
        EntityKind::Group => "NORP",
        EntityKind::Event => "EVENT",
        EntityKind::Work => "WORK_OF_ART",
        EntityKind::Other => "MISC",
        EntityKind::Date => "DATE",
        EntityKind::Money => "MONEY",
        EntityKind::Percent => "PERCENT",
        EntityKind::Quantity => "QUANTITY",
    }
}

/// The parts of a span that hold no newline and have words.
pub(super) fn fragments(text: &str, span: Span) -> Vec<Span> {
    let mut start = span.from();
    let mut out = Vec::new();
    for line in span.of(text).split_inclusive('\n') {
        let part = Span::new(start, start + line.len()).trim(text);
        if !part.is_empty() {
            out.push(part);
        }
        start += line.len();
    }
    out
}

/// Highlights that have a place in the text, in the order of their places.
pub(super) fn placed<'a>(text: &str, highlights: &'a [Highlight]) -> Vec<&'a Highlight> {
    let mut here: Vec<&Highlight> = highlights
        .iter()
        .filter(|h| !h.orphan && !h.anchor.span.is_empty() && h.anchor.span.fits(text))
        .collect();
    here.sort_by_key(|h| (h.anchor.span, h.created));
    here
}

/// `text` with every unsafe character but the newline replaced by one that is not, so that offsets
/// hold.
pub(super) fn clean(text: &str) -> String {
    let lines: Vec<_> = text.split('\n').map(printable).collect();
    lines.join("\n")
}

/// Words on one line that may stand in a file of lines and columns.
pub(super) fn line(text: &str) -> String {
    one_line(&printable(text))
}

/// How many mentions lie in no single sentence.
pub(super) fn over_sentences(annotated: &Annotated) -> usize {
    if annotated.sentences.is_empty() {
        return 0;
    }
    let whole = |m: &Named| {
        let span = m.span();
        let at = annotated
            .sentences
            .partition_point(|s| s.span.from() <= span.from());
        // What begins before a sentence lies in none.
        at == 0
            || annotated.sentences[at - 1].span.contains(span)
            || annotated.sentences[at - 1].span.to() <= span.from()
    };
    mentions(annotated).iter().filter(|m| !whole(m)).count()
}

/// The blocks, and what lies in none; none of them overlap.
pub(super) fn blocks(annotated: &Annotated) -> Vec<(BlockKind, Span)> {
    let document = &annotated.document;
    let mut out = Vec::new();
    let mut at = 0;
    for block in &document.blocks {
        let rest = Span::new(at, block.span.from()).trim(&document.text);
        if at < block.span.from() && !rest.is_empty() {
            out.push((BlockKind::Paragraph, rest));
        }
        let own = Span::new(block.span.from().max(at), block.span.to());
        if !own.is_empty() {
            out.push((block.kind, own));
            at = own.to();
        }
    }
    let rest = Span::new(at, document.text.len()).trim(&document.text);
    if !rest.is_empty() {
        out.push((BlockKind::Paragraph, rest));
    }
    out
}
