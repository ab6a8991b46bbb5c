//! The linear rendering behind `--plain`: the article in reading order, then one section a layer.
//! Made for listening: labels are words in brackets, an entity is labelled at its first mention
//! only, every annotation is said once, there are no drawn lines, no signs and no columns.

use std::fmt::Write as _;

use crate::base::text::{one_line, printable};
use crate::base::{EntityId, Result, Span};
use crate::model::{Annotated, BlockKind, Entity, Highlight, Party};

/// Writes the whole file.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(in crate::export) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let mut out = String::new();
    article(&mut out, annotated);
    entities(&mut out, annotated);
    issues(&mut out, annotated);
    quotes(&mut out, annotated);
    stances(&mut out, annotated);
    links(&mut out, annotated);
    marked(&mut out, annotated, highlights);
    details(&mut out, annotated);
    Ok(out.into_bytes())
}

/// One line without anything that is drawn rather than read: box-drawing, block and braille
/// characters become a space.
fn spoken(text: &str) -> String {
    let drawn = |c: char| matches!(c, '\u{2500}'..='\u{259f}' | '\u{2800}'..='\u{28ff}');
    one_line(&printable(text).replace(drawn, " "))
}

fn label(kind: BlockKind) -> Option<&'static str> {
    Some(match kind {
        BlockKind::Title => "headline",
        BlockKind::Byline => "author",
        BlockKind::Date => "date",
        BlockKind::Brief => "brief",
        BlockKind::Heading => "heading",
        BlockKind::Topic => "topic",
        BlockKind::Comment => "editor's comment",
        BlockKind::Paragraph | BlockKind::ListItem => return None,
    })
}

fn article(out: &mut String, annotated: &Annotated) {
    let document = &annotated.document;
    let mut firsts: Vec<(usize, &'static str)> = annotated
        .entities
        .iter()
        // What says itself that it is a date or an amount needs no label.
        .filter(|e| !e.kind.is_light())
        .filter_map(|e| Some((e.mentions.first()?.span.to(), e.kind.name())))
        .collect();
    firsts.sort_unstable();
    let mut next = 0;
    for block in &document.blocks {
        let mut text = String::new();
        let mut from = block.span.from();
        while let Some(&(at, kind)) = firsts.get(next).filter(|(at, _)| *at <= block.span.to()) {
            // Skips a mention that ends outside every block.
            if at > from {
                text.push_str(document.slice(Span::new(from, at)));
                from = at;
            }
            if at > block.span.from() {
                let _ = write!(text, " [{kind}]");
            }
            next += 1;
        }
        text.push_str(document.slice(Span::new(from, block.span.to())));
        if let Some(label) = label(block.kind) {
            let _ = write!(out, "[{label}] ");
        }
        let _ = writeln!(out, "{}\n", spoken(&text));
    }
}

fn heading(out: &mut String, name: &str, count: usize) {
    let _ = writeln!(out, "[section] {name}: {count}");
}

fn quoted(annotated: &Annotated, span: Span) -> String {
    let words = spoken(annotated.document.slice(span));
    // Words that bring their own quotation marks need no second pair.
    if words.starts_with(['"', '“', '«', '‘']) {
        return words;
    }
    format!("“{words}”")
}

fn entities(out: &mut String, annotated: &Annotated) {
    let (light, named): (Vec<&Entity>, Vec<&Entity>) =
        annotated.entities.iter().partition(|e| e.kind.is_light());
    for (name, list) in [
        ("Who and what is named", named),
        ("Dates and figures", light),
    ] {
        if list.is_empty() {
            continue;
        }
        heading(out, name, list.len());
        for entity in list {
            let _ = writeln!(out, "{}", about(annotated, entity));
        }
        out.push('\n');
    }
}

fn about(annotated: &Annotated, entity: &Entity) -> String {
    let mut line = format!("{}, {}", spoken(&entity.name), entity.kind.name());
    if let Some(role) = &entity.role {
        let _ = write!(line, ", {}", spoken(role));
    }
    if let Some(other) = entity.speaks_for.and_then(|id| annotated.entity(id)) {
        let _ = write!(line, ", speaks for {}", spoken(&other.name));
    }
    if !entity.aliases.is_empty() {
        let _ = write!(line, ", also called {}", spoken(&entity.aliases.join(", ")));
    }
    let _ = match entity.mentions.len() {
        1 => write!(line, ", 1 mention"),
        n => write!(line, ", {n} mentions"),
    };
    line
}

fn issues(out: &mut String, annotated: &Annotated) {
    if annotated.issues.is_empty() {
        return;
    }
    heading(out, "What is argued about", annotated.issues.len());
    for issue in &annotated.issues {
        let mut line = spoken(&issue.name);
        if let Some(other) = issue.inverse_of.and_then(|id| annotated.issue(id)) {
            let _ = write!(line, ", the opposite of {}", spoken(&other.name));
        }
        let _ = writeln!(out, "{line}");
    }
    out.push('\n');
}

fn quotes(out: &mut String, annotated: &Annotated) {
    if annotated.quotes.is_empty() {
        return;
    }
    heading(out, "Who said what", annotated.quotes.len());
    for quote in &annotated.quotes {
        let who = spoken(annotated.party_name(quote.speaker));
        let words = quoted(annotated, quote.span);
        let _ = writeln!(out, "{who}: {words}, {}", quote.kind.name());
    }
    out.push('\n');
}

fn stances(out: &mut String, annotated: &Annotated) {
    if annotated.stances.is_empty() {
        return;
    }
    heading(out, "Who is for or against what", annotated.stances.len());
    for stance in &annotated.stances {
        let evidence: Vec<String> = stance
            .evidence
            .iter()
            .map(|&span| quoted(annotated, span))
            .collect();
        let mut line = format!(
            "{}: {} {}, {}, shown by {}",
            spoken(annotated.party_name(stance.holder)),
            stance.polarity.name(),
            spoken(annotated.target_name(stance.target)),
            stance.strength_word(),
            evidence.join(" and "),
        );
        if !stance.via.is_empty() {
            let name = |&id: &EntityId| spoken(annotated.party_name(Party::Entity(id)));
            let via: Vec<String> = stance.via.iter().map(name).collect();
            let _ = write!(line, ", reported by {}", via.join(", through "));
        }
        let _ = writeln!(out, "{line}, {:.0} percent sure", stance.confidence * 100.0);
    }
    out.push('\n');
}

fn links(out: &mut String, annotated: &Annotated) {
    if annotated.links.is_empty() {
        return;
    }
    heading(out, "What the comment talks about", annotated.links.len());
    for link in &annotated.links {
        let _ = writeln!(
            out,
            "{} talks about {}, {}",
            quoted(annotated, link.comment),
            quoted(annotated, link.passage),
            spoken(&link.why),
        );
    }
    out.push('\n');
}

fn marked(out: &mut String, annotated: &Annotated, highlights: &[Highlight]) {
    if highlights.is_empty() {
        return;
    }
    heading(out, "What you marked", highlights.len());
    let mut sorted: Vec<&Highlight> = highlights.iter().collect();
    sorted.sort_by_key(|h| (h.orphan, h.anchor.span, h.created));
    for highlight in sorted {
        let words = if highlight.orphan {
            format!(
                "“{}”, no longer in the text",
                spoken(&highlight.anchor.exact)
            )
        } else {
            quoted(annotated, highlight.anchor.span)
        };
        let mut line = format!("{words}, {}", highlight.colour.name());
        if !highlight.tags.is_empty() {
            let _ = write!(line, ", tags {}", spoken(&highlight.tags.join(", ")));
        }
        if let Some(note) = &highlight.note {
            let _ = write!(line, ". Note: {}", spoken(note));
        }
        let _ = writeln!(out, "{line}");
    }
    out.push('\n');
}

fn details(out: &mut String, annotated: &Annotated) {
    for detail in &annotated.document.details {
        let _ = writeln!(out, "[detail] {}", spoken(detail));
    }
}
