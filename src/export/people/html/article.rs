//! The article with its marks. Annotations may overlap, elements may not: the text is cut where an
//! annotation begins or ends, and each piece stands in elements of its own.

use std::fmt::Write as _;

use super::{class, escape};
use crate::base::Span;
use crate::export::source::Marked;
use crate::model::{Annotated, Block, BlockKind, Entity, Polarity, Quote, QuoteKind, Stance};

/// Something that covers words, the outermost first.
#[derive(Clone, Copy)]
enum Cover<'a> {
    Quote(&'a Quote),
    /// A passage that the comment talks about.
    Passage(usize),
    /// A sentence of the comment with the passages it talks about: the first link of them.
    Comment(usize),
    Evidence(&'a Stance, usize),
    Mark(usize, &'a Marked<'a>),
    Mention(&'a Entity, usize),
}

impl Cover<'_> {
    fn rank(&self) -> u8 {
        match self {
            Self::Quote(_) => 0,
            Self::Passage(_) | Self::Comment(_) => 1,
            Self::Evidence(..) => 2,
            Self::Mark(..) => 3,
            Self::Mention(..) => 4,
        }
    }
}

/// What a stance says, in words.
pub(super) fn said(stance: &Stance, annotated: &Annotated) -> String {
    let holder = annotated.party_name(stance.holder);
    let target = annotated.target_name(stance.target);
    let side = match stance.polarity {
        Polarity::For => "is for",
        Polarity::Against => "is against",
        Polarity::Conditional => "is for, on a condition:",
    };
    format!("{holder} {side} {target}")
}

/// All covers, sorted by where they begin.
fn covers<'a>(annotated: &'a Annotated, marks: &'a [Marked<'a>]) -> Vec<(Span, Cover<'a>)> {
    let mut out: Vec<(Span, Cover)> = Vec::new();
    let spoken = annotated
        .quotes
        .iter()
        .filter(|q| q.kind != QuoteKind::Scare);
    out.extend(spoken.map(|q| (q.span, Cover::Quote(q))));
    for (n, link) in annotated.links.iter().enumerate() {
        out.push((link.passage, Cover::Passage(n)));
        out.push((link.comment, Cover::Comment(n)));
    }
    for stance in annotated
        .stances
        .iter()
        .filter(|s| s.confidence >= Stance::FAINT)
    {
        let evidence = stance.evidence.iter().enumerate();
        out.extend(evidence.map(|(n, &span)| (span, Cover::Evidence(stance, n))));
    }
    for (n, mark) in marks.iter().enumerate() {
        out.extend(mark.span.map(|span| (span, Cover::Mark(n, mark))));
    }
    for entity in &annotated.entities {
        let mentions = entity.mentions.iter().enumerate();
        out.extend(mentions.map(|(n, m)| (m.span, Cover::Mention(entity, n))));
    }
    out.retain(|(span, _)| !span.is_empty());
    out.sort_by_key(|(span, cover)| (span.start, cover.rank(), span.end));
    out
}

/// The pieces of the text of `span` with their elements.
fn pieces(out: &mut String, annotated: &Annotated, covers: &[(Span, Cover)], span: Span) {
    let text = &annotated.document.text;
    let here: Vec<&(Span, Cover)> = covers.iter().filter(|(s, _)| s.overlaps(span)).collect();
    let mut cuts: Vec<u32> = here
        .iter()
        .flat_map(|(s, _)| [s.start, s.end])
        .filter(|at| span.start < *at && *at < span.end)
        .chain([span.start, span.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    let mut next = 0;
    let mut open: Vec<&(Span, Cover)> = Vec::new();
    for pair in cuts.windows(2) {
        let piece = Span {
            start: pair[0],
            end: pair[1],
        };
        while let Some(cover) = here.get(next).filter(|(s, _)| s.start <= piece.start) {
            open.push(cover);
            next += 1;
        }
        open.retain(|(s, _)| s.end > piece.start);
        open.sort_by_key(|(s, cover)| (cover.rank(), s.start, std::cmp::Reverse(s.end)));
        for (cover_span, cover) in &open {
            let first = cover_span.start == piece.start;
            begin(out, annotated, *cover, first);
        }
        out.push_str(&escape(piece.of(text)));
        for (_, cover) in open.iter().rev() {
            out.push_str(if matches!(cover, Cover::Mark(..)) {
                "</mark>"
            } else {
                "</span>"
            });
        }
        for (cover_span, cover) in &open {
            if cover_span.end == piece.end {
                end(out, annotated, *cover);
            }
        }
    }
}

fn begin(out: &mut String, annotated: &Annotated, cover: Cover, first: bool) {
    let id = |name: String| {
        if first {
            format!(" id=\"{name}\"")
        } else {
            String::new()
        }
    };
    let _ = match cover {
        Cover::Quote(quote) => write!(
            out,
            "<span class=\"q\"{} title=\"{} ({} quote)\">",
            id(quote.id.to_string()),
            escape(annotated.party_name(quote.speaker)),
            quote.kind.name()
        ),
        Cover::Passage(n) => write!(out, "<span class=\"passage\"{}>", id(format!("L{}", n + 1))),
        Cover::Comment(n) => write!(out, "<span class=\"about\"{}>", id(format!("L{}c", n + 1))),
        Cover::Evidence(stance, n) => write!(
            out,
            "<span class=\"ev {}{}\" data-s=\"{}\"{} title=\"{}\">",
            stance.polarity.name(),
            if stance.confidence < Stance::SOLID {
                " faint"
            } else {
                ""
            },
            stance.id,
            id(format!("{}-{}", stance.id, n + 1)),
            escape(&said(stance, annotated))
        ),
        Cover::Mark(n, mark) => write!(
            out,
            "<mark class=\"{}\"{}>",
            mark.highlight.colour.name(),
            id(format!("H{}-in", n + 1))
        ),
        Cover::Mention(entity, n) => write!(
            out,
            "<span class=\"e {} {}\" data-e=\"{}\"{} title=\"{}, {}\">",
            class(entity.kind),
            entity.mentions[n].form.name(),
            entity.id,
            id(format!("{}-{}", entity.id, n + 1)),
            escape(&entity.name),
            entity.kind.name()
        ),
    };
}

/// Signs that lead from the words to the lists.
fn end(out: &mut String, annotated: &Annotated, cover: Cover) {
    let _ = match cover {
        Cover::Evidence(stance, n) if n + 1 == stance.evidence.len() => write!(
            out,
            "<a class=\"sign {}\" href=\"#{}\" title=\"{}\">{}</a>",
            stance.polarity.name(),
            stance.id,
            escape(&said(stance, annotated)),
            stance.polarity.sign()
        ),
        Cover::Mark(n, mark) if mark.note.is_some() => write!(
            out,
            "<a class=\"note\" href=\"#H{0}\" title=\"{1}\">{0}</a>",
            n + 1,
            escape(mark.note.as_deref().unwrap_or(""))
        ),
        Cover::Comment(n) => {
            let why = annotated.links.get(n).map_or("", |link| &link.why);
            write!(
                out,
                "<a class=\"to\" href=\"#L{}\" title=\"{}\">↖</a>",
                n + 1,
                escape(why)
            )
        }
        _ => Ok(()),
    };
}

/// The headline, without its element.
pub(super) fn title(out: &mut String, annotated: &Annotated, marks: &[Marked]) {
    let covers = covers(annotated, marks);
    for (n, block) in annotated.document.blocks_of(BlockKind::Title).enumerate() {
        if n > 0 {
            out.push(' ');
        }
        pieces(out, annotated, &covers, block.span);
    }
}

/// The body of the article and, below it, the editor's comment.
pub(super) fn write(out: &mut String, annotated: &Annotated, marks: &[Marked]) {
    let covers = covers(annotated, marks);
    let mut write = |blocks: &mut dyn Iterator<Item = &Block>| {
        let mut listed = false;
        for block in blocks {
            let item = block.kind == BlockKind::ListItem;
            if item != listed {
                out.push_str(if item { "<ul>\n" } else { "</ul>\n" });
                listed = item;
            }
            let (tag, class) = match block.kind {
                BlockKind::Brief => ("p", " class=\"brief\""),
                BlockKind::Heading => ("h2", ""),
                BlockKind::ListItem => ("li", ""),
                _ => ("p", ""),
            };
            let _ = write!(out, "<{tag}{class}>");
            // Only what can be seen near: a long article is cut block by block.
            let first = covers.partition_point(|(s, _)| s.start < block.span.end);
            pieces(out, annotated, &covers[..first], block.span);
            let _ = writeln!(out, "</{tag}>");
        }
        if listed {
            out.push_str("</ul>\n");
        }
    };
    let document = &annotated.document;
    let body = |b: &&Block| {
        matches!(
            b.kind,
            BlockKind::Brief | BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem
        )
    };
    write(&mut document.blocks.iter().filter(body));
    let mut comment = document.blocks_of(BlockKind::Comment).peekable();
    if comment.peek().is_some() {
        let mut inner = String::new();
        for block in comment {
            inner.push_str("<p>");
            pieces(&mut inner, annotated, &covers, block.span);
            inner.push_str("</p>\n");
        }
        let _ = writeln!(
            out,
            "<section class=\"comment\">\n<h2>Editor’s comment</h2>\n{inner}</section>"
        );
    }
}
