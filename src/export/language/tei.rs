//! TEI P5: the article as `div`s of `head` and `p`, names as `persName`, `orgName`, `placeName` and
//! `name`, common nouns and pronouns as `rs`, reported speech as `said`, what shows a stance and what
//! the reader marked as `seg`. Who they are stands in lists of the header, stances and notes as
//! `note`s at the end. Marks that cross are broken in parts that point at each other (`next`,
//! `prev`). Calls `base` and `model`.

use std::fmt::Write as _;

use super::nest::{Step, nest};
use super::spans::{blocks, line, mentions, placed};
use crate::base::text::printable;
use crate::base::{Result, Span};
use crate::model::{
    Annotated, BlockKind, Entity, EntityKind, Highlight, MentionForm, Party, Quote, Target,
};

/// A mark in the text: its element, with attributes, and its id.
struct Mark {
    span: Span,
    element: &'static str,
    attributes: String,
    id: String,
}

/// Writes the whole file.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let document = &annotated.document;
    let marks = marks(annotated, highlights);
    let spans: Vec<Span> = marks.iter().map(|m| m.span).collect();
    let whole = Span::new(0, document.text.len());
    // How many parts each mark will have, so that each can name the next.
    let mut totals = vec![0; marks.len()];
    let blocks = blocks(annotated);
    for (_, span) in &blocks {
        nest(*span, &spans, &mut totals);
    }
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n");
    header(&mut out, annotated);
    out.push_str("<text>\n<body>\n");
    let mut parts = vec![0; marks.len()];
    let mut open = "";
    for (kind, span) in blocks {
        let division = match kind {
            BlockKind::Comment => "comment",
            BlockKind::Brief => "brief",
            BlockKind::Topic => "topics",
            BlockKind::Byline | BlockKind::Date => "byline",
            BlockKind::Title => "title",
            BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem => "article",
        };
        if division != open {
            if !open.is_empty() {
                out.push_str("</div>\n");
            }
            let _ = writeln!(out, "<div type=\"{division}\">");
            open = division;
        }
        let _ = write!(out, "<p rend=\"{}\">", kind.name());
        for step in nest(span, &spans, &mut parts) {
            match step {
                Step::Text(span) => out.push_str(&escape(span.of(&document.text))),
                Step::Close { mark, .. } => {
                    let _ = write!(out, "</{}>", marks[mark].element);
                }
                Step::Open { mark, part } => {
                    tag(&mut out, &marks[mark], part, totals[mark]);
                }
            }
        }
        out.push_str("</p>\n");
    }
    if open.is_empty() {
        // An element that must not be empty.
        let _ = writeln!(
            out,
            "<div type=\"article\"><p>{}</p>",
            escape(whole.of(&document.text))
        );
    }
    out.push_str("</div>\n</body>\n");
    back(&mut out, annotated, highlights);
    out.push_str("</text>\n</TEI>\n");
    Ok(out.into_bytes())
}

fn part_id(id: &str, part: usize) -> String {
    match part {
        0 => id.to_owned(),
        n => format!("{id}.{}", n + 1),
    }
}

fn tag(out: &mut String, mark: &Mark, part: usize, total: usize) {
    let _ = write!(out, "<{}", mark.element);
    let _ = write!(out, " xml:id=\"{}\"", part_id(&mark.id, part));
    if part > 0 {
        let _ = write!(out, " prev=\"#{}\"", part_id(&mark.id, part - 1));
    }
    if part + 1 < total {
        let _ = write!(out, " next=\"#{}\"", part_id(&mark.id, part + 1));
    }
    let _ = write!(out, "{}>", mark.attributes);
}

/// Characters of the text; those that XML cannot hold, and those that could harm a terminal, are
/// replaced one for one.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push_str(&printable(c.encode_utf8(&mut [0; 4]))),
        }
    }
    out
}

fn attribute(out: &mut String, name: &str, value: &str) {
    let _ = write!(out, " {name}=\"{}\"", escape(&line(value)));
}

fn element(entity: &Entity, form: MentionForm) -> &'static str {
    if matches!(form, MentionForm::Nominal | MentionForm::Pronoun) {
        return "rs";
    }
    match entity.kind {
        EntityKind::Person => "persName",
        EntityKind::Organization | EntityKind::Group => "orgName",
        EntityKind::Place => "placeName",
        EntityKind::Date => "date",
        EntityKind::Money | EntityKind::Percent | EntityKind::Quantity => "num",
        EntityKind::Event | EntityKind::Work | EntityKind::Other => "name",
    }
}

fn marks(annotated: &Annotated, highlights: &[Highlight]) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut add = |span: Span, element, id: String, attributes: String| {
        if !span.is_empty() {
            out.push(Mark {
                span,
                element,
                attributes,
                id,
            });
        }
    };
    let party = |party: Party| match party {
        Party::Entity(id) => format!("#{id}"),
        Party::Author => "#author".to_owned(),
        Party::Editor => "#editor".to_owned(),
        Party::Unknown => String::new(),
    };
    for (n, h) in placed(&annotated.document.text, highlights)
        .into_iter()
        .enumerate()
    {
        let attributes = format!(" type=\"highlight\" rend=\"{}\"", h.colour.name());
        add(h.anchor.span, "seg", format!("H{}", n + 1), attributes);
    }
    let said =
        |list: &[Quote], letter: &str, add: &mut dyn FnMut(Span, &'static str, String, String)| {
            for q in list {
                let id = format!("{letter}{}", q.id.index() + 1);
                let mut attributes = String::new();
                let who = party(q.speaker);
                if !who.is_empty() {
                    attribute(&mut attributes, "who", &who);
                }
                let element = if letter == "Q" { "said" } else { "seg" };
                if letter == "Q" {
                    let direct = matches!(q.kind, crate::model::QuoteKind::Direct);
                    attribute(
                        &mut attributes,
                        "direct",
                        if direct { "true" } else { "false" },
                    );
                    attribute(&mut attributes, "rend", q.kind.name());
                } else {
                    attributes = String::new();
                    attribute(&mut attributes, "type", "attribution");
                    if !who.is_empty() {
                        attribute(&mut attributes, "corresp", &who);
                    }
                }
                add(q.span, element, id.clone(), attributes);
                if let Some(cue) = q.cue {
                    let of = format!(" type=\"cue\" corresp=\"#{id}\"");
                    add(cue, "seg", format!("{id}.cue"), of);
                }
            }
        };
    said(&annotated.quotes, "Q", &mut add);
    said(&annotated.attributions, "A", &mut add);
    for s in &annotated.stances {
        for (n, span) in s.evidence.iter().enumerate() {
            let of = format!(" type=\"evidence\" corresp=\"#{}\"", s.id);
            add(*span, "seg", format!("{}.e{}", s.id, n + 1), of);
        }
    }
    for issue in &annotated.issues {
        for (n, span) in issue.mentions.iter().enumerate() {
            let of = format!(" type=\"issue\" ref=\"#{}\"", issue.id);
            add(*span, "rs", format!("{}.m{}", issue.id, n + 1), of);
        }
    }
    for (n, m) in mentions(annotated).into_iter().enumerate() {
        let element = element(m.entity, m.mention.form);
        let id = format!("M{}", n + 1);
        let entity = m.entity.id;
        let kind = m.entity.kind.name();
        let attributes = match element {
            "date" | "num" => format!(" type=\"{kind}\" corresp=\"#{entity}\""),
            "rs" => format!(
                " type=\"{kind}\" subtype=\"{}\" ref=\"#{entity}\"",
                m.mention.form.name()
            ),
            _ if m.mention.form != MentionForm::Name => {
                format!(
                    " type=\"{kind}\" subtype=\"{}\" ref=\"#{entity}\"",
                    m.mention.form.name()
                )
            }
            _ => format!(" type=\"{kind}\" ref=\"#{entity}\""),
        };
        add(m.span(), element, id, attributes);
    }
    out
}

fn header(out: &mut String, annotated: &Annotated) {
    let meta = &annotated.document.meta;
    let title = escape(&line(annotated.document.display_title()));
    let _ = writeln!(
        out,
        "<teiHeader>\n<fileDesc>\n<titleStmt><title>{title}</title>"
    );
    for author in &meta.authors {
        let _ = writeln!(out, "<author>{}</author>", escape(&line(author)));
    }
    out.push_str("</titleStmt>\n<publicationStmt><p>Annotated by byline.</p></publicationStmt>\n");
    out.push_str("<sourceDesc><bibl>");
    let _ = write!(out, "<title>{title}</title>");
    if let Some(outlet) = &meta.outlet {
        let _ = write!(out, "<publisher>{}</publisher>", escape(&line(outlet)));
    }
    if let Some(day) = meta.published {
        let _ = write!(out, "<date when=\"{day}\">{day}</date>");
    }
    if let Some(uri) = &meta.uri {
        let _ = write!(out, "<idno type=\"uri\">{}</idno>", escape(&line(uri)));
    }
    out.push_str("</bibl></sourceDesc>\n</fileDesc>\n");
    let language = meta.language.as_deref().unwrap_or("und");
    out.push_str("<profileDesc>\n");
    let _ = write!(out, "<langUsage><language");
    attribute(out, "ident", language);
    out.push_str("/></langUsage>\n");
    if !meta.topics.is_empty() {
        out.push_str("<textClass><keywords>");
        for topic in &meta.topics {
            let _ = write!(out, "<term>{}</term>", escape(&line(topic)));
        }
        out.push_str("</keywords></textClass>\n");
    }
    who(out, annotated);
    out.push_str("</profileDesc>\n</teiHeader>\n");
}

/// Who and what is named, as one list that every kind fits in.
fn who(out: &mut String, annotated: &Annotated) {
    out.push_str("<particDesc><listPerson>\n");
    out.push_str("<person xml:id=\"author\"><persName>the author</persName></person>\n");
    out.push_str("<person xml:id=\"editor\"><persName>the editor</persName></person>\n");
    for e in &annotated.entities {
        let element = if e.kind == EntityKind::Person {
            "person"
        } else {
            "personGrp"
        };
        let _ = write!(out, "<{element} xml:id=\"{}\"", e.id);
        if element == "personGrp" {
            attribute(out, "role", e.kind.name());
        }
        let _ = write!(out, "><persName>{}</persName>", escape(&line(&e.name)));
        for alias in &e.aliases {
            let _ = write!(
                out,
                "<persName type=\"alias\">{}</persName>",
                escape(&line(alias))
            );
        }
        if let Some(role) = &e.role {
            let _ = write!(out, "<occupation>{}</occupation>", escape(&line(role)));
        }
        if let Some(other) = e.speaks_for {
            let _ = write!(out, "<affiliation corresp=\"#{other}\"/>");
        }
        let _ = writeln!(out, "</{element}>");
    }
    out.push_str("</listPerson></particDesc>\n");
}

fn back(out: &mut String, annotated: &Annotated, highlights: &[Highlight]) {
    let notes: Vec<(usize, &Highlight)> = placed(&annotated.document.text, highlights)
        .into_iter()
        .enumerate()
        .filter(|(_, h)| h.note.is_some() || !h.tags.is_empty())
        .collect();
    if annotated.issues.is_empty() && annotated.stances.is_empty() && notes.is_empty() {
        return;
    }
    out.push_str("<back>\n<div type=\"annotations\">\n");
    for i in &annotated.issues {
        let _ = write!(out, "<note xml:id=\"{}\" type=\"issue\"", i.id);
        if let Some(other) = i.inverse_of {
            attribute(out, "corresp", &format!("#{other}"));
        }
        let _ = writeln!(out, ">{}</note>", escape(&line(&i.name)));
    }
    for s in &annotated.stances {
        let target = match s.target {
            Target::Entity(id) => id.to_string(),
            Target::Issue(id) => id.to_string(),
        };
        let (id, side) = (s.id, s.polarity.name());
        let _ = write!(
            out,
            "<note xml:id=\"{id}\" type=\"stance\" subtype=\"{side}\""
        );
        attribute(out, "target", &format!("#{target}"));
        let holder = match s.holder {
            Party::Entity(id) => Some(format!("#{id}")),
            Party::Author => Some("#author".to_owned()),
            Party::Editor => Some("#editor".to_owned()),
            Party::Unknown => None,
        };
        if let Some(holder) = holder {
            attribute(out, "resp", &holder);
        }
        attribute(out, "n", &s.strength.to_string());
        let (who, what) = (
            annotated.party_name(s.holder),
            annotated.target_name(s.target),
        );
        let words = format!("{who}: {side} {what}, {}", s.strength_word());
        let _ = writeln!(out, ">{}</note>", escape(&line(&words)));
    }
    for (n, h) in notes {
        let _ = write!(out, "<note type=\"highlight\" target=\"#H{}\"", n + 1);
        let tags: Vec<String> = h
            .tags
            .iter()
            .map(|tag| line(tag).replace(' ', "_"))
            .collect();
        if !tags.is_empty() {
            attribute(out, "n", &tags.join(" "));
        }
        let _ = writeln!(
            out,
            ">{}</note>",
            escape(&line(h.note.as_deref().unwrap_or_default()))
        );
    }
    out.push_str("</div>\n</back>\n");
}
