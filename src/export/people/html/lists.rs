//! Lists beside and below the article: who is named, what the reader marked, the ledger, who is
//! heard. Filters of kinds are check boxes that the style reads, so that they work without scripts.

use std::fmt::Write as _;

use super::article::said;
use super::{class, escape, plural};
use crate::base::{EntityKind, Span};
use crate::export::source::Marked;
use crate::model::{Annotated, Entity, Party, Stance};
use crate::view::{sign, speakers};

/// Who and what is named, by kind.
pub(super) fn entities(out: &mut String, annotated: &Annotated) {
    if annotated.entities.is_empty() {
        return;
    }
    out.push_str("<section class=\"named\" id=\"named\">\n<h2>Who and what is named</h2>\n");
    let mut kinds: Vec<(&str, &str, char, usize)> = Vec::new();
    for kind in EntityKind::ALL {
        let count = annotated.entities.iter().filter(|e| e.kind == kind).count();
        if count == 0 {
            continue;
        }
        let label = if kind.is_light() {
            "dates and figures"
        } else {
            kind.plural()
        };
        match kinds.iter_mut().find(|k| k.0 == class(kind)) {
            Some(known) => known.3 += count,
            None => kinds.push((class(kind), label, sign(kind), count)),
        }
    }
    out.push_str("<p class=\"kinds\">");
    for (name, label, sign, count) in kinds {
        let on = if name == "figure" { "" } else { " checked" };
        let _ = write!(
            out,
            "<label class=\"{name}\"><input type=\"checkbox\" id=\"k-{name}\"{on}>\
             <span><i aria-hidden=\"true\">{sign}</i> {label} <b>{count}</b></span></label>"
        );
    }
    out.push_str(
        "</p>\n<p class=\"find\" hidden><input type=\"search\" id=\"find\" \
         placeholder=\"Find a name\" aria-label=\"Find a name\"></p>\n<ul class=\"entities\">\n",
    );
    let mut sorted: Vec<&Entity> = annotated.entities.iter().collect();
    sorted.sort_by_key(|e| (e.kind.is_light(), std::cmp::Reverse(e.mentions.len()), e.id));
    for entity in sorted {
        one(out, annotated, entity);
    }
    out.push_str("</ul>\n</section>\n");
}

fn one(out: &mut String, annotated: &Annotated, entity: &Entity) {
    let party = Party::Entity(entity.id);
    let mut about: Vec<String> = Vec::new();
    about.extend(entity.role.as_deref().map(escape));
    if let Some(other) = entity.speaks_for {
        let name = escape(annotated.party_name(Party::Entity(other)));
        about.push(format!("speaks for {name}"));
    }
    let said = annotated
        .quotes
        .iter()
        .filter(|q| q.speaker == party)
        .count();
    if said > 0 {
        about.push(plural(said, "quote", "quotes"));
    }
    let held = annotated
        .stances
        .iter()
        .filter(|s| s.holder == party)
        .count();
    if held > 0 {
        about.push(plural(held, "stance", "stances"));
    }
    let also = entity.aliases.iter().map(|a| escape(a)).collect::<Vec<_>>();
    let also = if also.is_empty() {
        String::new()
    } else {
        format!(" title=\"also {}\"", also.join(", "))
    };
    let _ = writeln!(
        out,
        "<li class=\"{}\" data-e=\"{id}\"><a href=\"#{id}-1\"{also}>\
         <i aria-hidden=\"true\">{}</i><span class=\"name\">{}</span>\
         <span class=\"n\">{}</span></a><small>{}</small></li>",
        class(entity.kind),
        sign(entity.kind),
        escape(&entity.name),
        entity.mentions.len(),
        about.join(" · "),
        id = entity.id,
    );
}

/// What the reader marked.
pub(super) fn marks(out: &mut String, annotated: &Annotated, marks: &[Marked]) {
    if marks.is_empty() {
        return;
    }
    out.push_str("<section class=\"marks\" id=\"marks\">\n<h2>Highlights and notes</h2>\n<ol>\n");
    for (n, mark) in marks.iter().enumerate() {
        let _ = write!(
            out,
            "<li class=\"{}\" id=\"H{1}\">{2}<blockquote>",
            mark.highlight.colour.name(),
            n + 1,
            // The number that stands in the text.
            if mark.note.is_some() && mark.span.is_some() {
                format!("<span class=\"note\">{}</span>", n + 1)
            } else {
                String::new()
            }
        );
        let words = mark.words.split_whitespace().collect::<Vec<_>>().join(" ");
        if mark.span.is_some() {
            let _ = write!(out, "<a href=\"#H{}-in\">{}</a>", n + 1, escape(&words));
        } else {
            let _ = write!(out, "{} <em>no longer in the text</em>", escape(&words));
        }
        out.push_str("</blockquote>");
        for row in mark.note.iter().flat_map(|note| note.lines()) {
            if !row.trim().is_empty() {
                let _ = write!(out, "<p>{}</p>", escape(row));
            }
        }
        let mut about: Vec<String> = mark.tags().map(|t| format!("#{}", escape(&t))).collect();
        if let Some(link) = mark.link(&annotated.document) {
            about.push(format!(
                "<a rel=\"noreferrer noopener\" href=\"{}\">source ↗</a>",
                escape(&link)
            ));
        }
        if !about.is_empty() {
            let _ = write!(out, "<small>{}</small>", about.join(" · "));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n</section>\n");
}

/// The words of some spans, each a link to where it stands.
fn evidence(stance: &Stance, annotated: &Annotated) -> String {
    let word = |(n, span): (usize, &Span)| {
        let words = escape(annotated.document.slice(*span));
        format!("<a href=\"#{}-{}\">{words}</a>", stance.id, n + 1)
    };
    let words: Vec<String> = stance.evidence.iter().enumerate().map(word).collect();
    words.join(" … ")
}

/// Who is for or against what.
pub(super) fn ledger(out: &mut String, annotated: &Annotated) {
    let shown = annotated
        .stances
        .iter()
        .filter(|s| s.confidence >= Stance::FAINT);
    let shown: Vec<&Stance> = shown.collect();
    if shown.is_empty() {
        return;
    }
    out.push_str(
        "<section class=\"ledger\" id=\"ledger\">\n<h2>Who is for or against what</h2>\n\
         <div class=\"scroll\"><table>\n<thead><tr><th>Who</th><th>Side</th><th>What</th>\
         <th>Shown by</th><th class=\"num\">Sure</th></tr></thead>\n<tbody>\n",
    );
    for stance in shown {
        let via: Vec<String> = stance
            .via
            .iter()
            .map(|&id| escape(annotated.party_name(Party::Entity(id))))
            .collect();
        let via = if via.is_empty() {
            String::new()
        } else {
            format!("<small>through {}</small>", via.join(", "))
        };
        let _ = writeln!(
            out,
            "<tr id=\"{}\" class=\"{polarity}{}\" data-s=\"{}\"><td>{}{via}</td>\
             <td class=\"side-of\" title=\"{}\"><i>{}</i> {polarity}\
             <small>{}</small></td><td>{}</td><td class=\"ev-of\">{}</td>\
             <td class=\"num\">{:.0}&#8239;%</td></tr>",
            stance.id,
            if stance.confidence < Stance::SOLID {
                " faint"
            } else {
                ""
            },
            stance.id,
            escape(annotated.party_name(stance.holder)),
            escape(&said(stance, annotated)),
            stance.polarity.sign(),
            stance.strength_word(),
            escape(annotated.target_name(stance.target)),
            evidence(stance, annotated),
            stance.confidence * 100.0,
            polarity = stance.polarity.name(),
        );
    }
    out.push_str("</tbody></table></div>\n</section>\n");
}

/// Who is quoted, with how many words, and the quotes.
pub(super) fn voices(out: &mut String, annotated: &Annotated) {
    let speakers = speakers(annotated);
    if speakers.is_empty() {
        return;
    }
    let most = speakers.iter().map(|s| s.words).max().unwrap_or(1).max(1);
    out.push_str("<section class=\"voices\" id=\"heard\">\n<h2>Who is heard</h2>\n");
    for speaker in speakers {
        let role = speaker
            .party
            .entity()
            .and_then(|id| annotated.entity(id)?.role.as_deref());
        let share = (speaker.words * 1000 / most) as f64 / 10.0;
        let _ = writeln!(
            out,
            "<details open><summary><span class=\"name\">{}</span> <small>{}</small>\
             <svg class=\"share\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" \
             aria-hidden=\"true\"><rect width=\"{share:.1}\" height=\"4\" rx=\"0.6\"/></svg>\
             <span class=\"n\">{}</span></summary>\n<ul>",
            escape(annotated.party_name(speaker.party)),
            escape(role.unwrap_or("")),
            plural(speaker.words, "word", "words"),
        );
        for id in &speaker.quotes {
            let Some(quote) = annotated.quotes.get(id.index()) else {
                continue;
            };
            let cue = quote.cue.map(|cue| escape(annotated.document.slice(cue)));
            let cue = cue.map_or_else(String::new, |cue| format!(", “{cue}”"));
            let _ = writeln!(
                out,
                "<li><a href=\"#{}\">{}</a> <small>{}{cue}</small></li>",
                quote.id,
                escape(annotated.document.slice(quote.span)),
                quote.kind.name(),
            );
        }
        out.push_str("</ul></details>\n");
    }
    out.push_str("</section>\n");
}
