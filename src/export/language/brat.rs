//! brat standoff: the text, a file of annotations beside it, and the configuration that brat needs
//! to show them. Mentions are text-bound annotations joined by `Coref`; quotes and stances are
//! events with attributes; names of entities stand in normalizations. Offsets are Unicode scalar
//! values; an annotation over several lines is given in fragments. Calls `base` and `model`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::spans::{clean, fragments, line, mentions, placed};
use crate::base::offset::{Offsets, Unit};
use crate::base::{EntityId, Result, Span};
use crate::model::{Annotated, EntityKind, Highlight, MentionForm, Party, Quote, Stance, Target};

/// `annotation.conf`, which brat looks for in the folder of the files.
pub(super) const CONFIG: &str = "\
[entities]
Person
Organization
Place
Group
NamedEvent
Work
Other
Date
Money
Percent
Quantity
Issue
Reference
Cue
Highlight

[relations]
Coref Arg1:<ENTITY>, Arg2:<ENTITY>
<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>

[events]
Quote Speaker?:<ENTITY>, Cue?:Cue, Via*:<ENTITY>, Continues?:<EVENT>
Attribution Speaker?:<ENTITY>, Cue?:Cue, Via*:<ENTITY>, Continues?:<EVENT>
Stance Holder?:<ENTITY>, Target:<ENTITY>, Via*:<ENTITY>

[attributes]
Form Arg:<ENTITY>, Value:nominal|pronoun|demonym|metonym
Manner Arg:<EVENT>, Value:direct|mixed|indirect|scare
Voice Arg:<EVENT>, Value:author|editor
Polarity Arg:<EVENT>, Value:for|against|conditional
Strength Arg:<EVENT>, Value:1|2|3
Colour Arg:<ENTITY>, Value:yellow|green|blue|red|purple
";

/// The type of a kind; `Event` is what brat calls something else.
fn kind(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organization => "Organization",
        EntityKind::Place => "Place",
        EntityKind::Group => "Group",
        EntityKind::Event => "NamedEvent",
        EntityKind::Work => "Work",
        EntityKind::Other => "Other",
        EntityKind::Date => "Date",
        EntityKind::Money => "Money",
        EntityKind::Percent => "Percent",
        EntityKind::Quantity => "Quantity",
    }
}

/// The text, with the same number of characters as in the document.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn text(annotated: &Annotated, _: &[Highlight]) -> Result<Vec<u8>> {
    Ok(clean(&annotated.document.text).into_bytes())
}

/// The file of annotations.
#[expect(clippy::unnecessary_wraps, reason = "the registry's signature")]
pub(super) fn write(annotated: &Annotated, highlights: &[Highlight]) -> Result<Vec<u8>> {
    let mut out = Standoff::new(annotated);
    out.entities();
    out.issues();
    out.quotes("Quote", &annotated.quotes);
    out.quotes("Attribution", &annotated.attributions);
    for stance in &annotated.stances {
        out.stance(stance);
    }
    out.highlights(highlights);
    Ok(out.lines.into_bytes())
}

struct Standoff<'a> {
    annotated: &'a Annotated,
    at: Offsets<'a>,
    lines: String,
    /// Text-bound annotations by type and place.
    bound: BTreeMap<(&'static str, Span), usize>,
    /// The mention of an entity at a place.
    mentions: BTreeMap<(EntityId, Span), usize>,
    /// The first mention of each entity.
    firsts: Vec<Option<usize>>,
    texts: usize,
    events: usize,
    attributes: usize,
    names: usize,
    notes: usize,
    relations: usize,
}

impl<'a> Standoff<'a> {
    fn new(annotated: &'a Annotated) -> Self {
        Self {
            annotated,
            at: Offsets::new(&annotated.document.text),
            lines: String::new(),
            bound: BTreeMap::new(),
            mentions: BTreeMap::new(),
            firsts: vec![None; annotated.entities.len()],
            texts: 0,
            events: 0,
            attributes: 0,
            names: 0,
            notes: 0,
            relations: 0,
        }
    }

    /// A text-bound annotation over some spans; `None` where they hold no words.
    fn bind(&mut self, kind: &str, spans: &[Span]) -> Option<usize> {
        let text = self.at.text();
        let mut parts: Vec<Span> = spans.iter().flat_map(|s| fragments(text, *s)).collect();
        parts.sort_unstable();
        let mut joined: Vec<Span> = Vec::new();
        for part in parts {
            match joined.last_mut().filter(|last| part.from() < last.to()) {
                Some(last) => *last = last.hull(part),
                None => joined.push(part),
            }
        }
        if joined.is_empty() {
            return None;
        }
        self.texts += 1;
        let place = |s: &Span| {
            let (start, end) = self.at.range(*s, Unit::Scalars);
            format!("{start} {end}")
        };
        let places: Vec<String> = joined.iter().map(place).collect();
        let words: Vec<String> = joined.iter().map(|s| clean(s.of(text))).collect();
        let (places, words) = (places.join(";"), words.join(" "));
        let _ = writeln!(self.lines, "T{}\t{kind} {places}\t{words}", self.texts);
        Some(self.texts)
    }

    /// The same, once for a type and a place.
    fn bind_once(&mut self, kind: &'static str, span: Span) -> Option<usize> {
        if let Some(known) = self.bound.get(&(kind, span)) {
            return Some(*known);
        }
        let made = self.bind(kind, &[span])?;
        self.bound.insert((kind, span), made);
        Some(made)
    }

    fn attribute(&mut self, name: &str, of: &str, value: &str) {
        self.attributes += 1;
        let _ = writeln!(self.lines, "A{}\t{name} {of} {value}", self.attributes);
    }

    fn name(&mut self, of: usize, id: &str, name: &str) {
        self.names += 1;
        let (n, name) = (self.names, line(name));
        let _ = writeln!(self.lines, "N{n}\tReference T{of} byline:{id}\t{name}");
    }

    fn note(&mut self, of: &str, note: &str) {
        self.notes += 1;
        let (n, note) = (self.notes, line(note));
        let _ = writeln!(self.lines, "#{n}\tAnnotatorNotes {of}\t{note}");
    }

    fn same(&mut self, all: &[usize]) {
        let Some((first, rest)) = all.split_first() else {
            return;
        };
        // Not as a set (`*`), which few readers of brat's files know.
        for one in rest {
            self.relations += 1;
            let n = self.relations;
            let _ = writeln!(self.lines, "R{n}\tCoref Arg1:T{first} Arg2:T{one}");
        }
    }

    fn entities(&mut self) {
        let mut groups = vec![Vec::new(); self.annotated.entities.len()];
        for m in mentions(self.annotated) {
            let (id, span, form) = (m.entity.id, m.span(), m.mention.form);
            if self.mentions.contains_key(&(id, span)) {
                continue;
            }
            let Some(made) = self.bind(kind(m.entity.kind), &[span]) else {
                continue;
            };
            self.mentions.insert((id, span), made);
            groups[id.index()].push(made);
            if form != MentionForm::Name {
                self.attribute("Form", &format!("T{made}"), form.name());
            }
        }
        let annotated = self.annotated;
        for (entity, group) in annotated.entities.iter().zip(groups) {
            let first = group.iter().min().copied();
            self.firsts[entity.id.index()] = first;
            let Some(first) = first else { continue };
            self.name(first, &entity.id.to_string(), &entity.name);
            self.same(&group);
            let role = entity.role.as_ref().map(|r| format!("role: {}", line(r)));
            let others: Vec<String> = entity.aliases.iter().map(|a| line(a)).collect();
            let others = (!others.is_empty()).then(|| format!("also: {}", others.join("; ")));
            let of = entity.speaks_for.map(|e| format!("speaks for: {e}"));
            let facts: Vec<String> = [role, others, of].into_iter().flatten().collect();
            if !facts.is_empty() {
                self.note(&format!("T{first}"), &facts.join(" | "));
            }
        }
    }

    fn issues(&mut self) {
        let annotated = self.annotated;
        for issue in &annotated.issues {
            let mut group = Vec::new();
            for span in &issue.mentions {
                let known = self.bound.len();
                let made = self.bind_once("Issue", *span);
                // Two issues may have the same words; brat keeps what was said first.
                group.extend(made.filter(|_| self.bound.len() > known));
            }
            if let Some(first) = group.first() {
                self.name(*first, &issue.id.to_string(), &issue.name);
            }
            self.same(&group);
        }
    }

    /// The annotation that stands for an entity at some words.
    fn entity(&mut self, id: EntityId, words: Option<Span>) -> Option<usize> {
        if let Some(span) = words {
            if let Some(known) = self.mentions.get(&(id, span)) {
                return Some(*known);
            }
            let inside = self
                .mentions
                .iter()
                .filter(|((e, at), _)| *e == id && span.overlaps(*at));
            if let Some(known) = inside.map(|(_, known)| *known).min() {
                return Some(known);
            }
        }
        self.firsts.get(id.index()).copied().flatten()
    }

    fn party(&mut self, party: Party, words: Option<Span>) -> Option<usize> {
        match party {
            Party::Entity(id) => self.entity(id, words),
            _ => self.bind_once("Reference", words?),
        }
    }

    fn event(&mut self, trigger: usize, kind: &str, arguments: &[(String, String)]) -> String {
        self.events += 1;
        let _ = write!(self.lines, "E{}\t{kind}:T{trigger}", self.events);
        for (role, filler) in arguments {
            let _ = write!(self.lines, " {role}:{filler}");
        }
        self.lines.push('\n');
        format!("E{}", self.events)
    }

    fn voice(&mut self, event: &str, party: Party) {
        match party {
            Party::Author => self.attribute("Voice", event, "author"),
            Party::Editor => self.attribute("Voice", event, "editor"),
            Party::Entity(_) | Party::Unknown => {}
        }
    }

    fn relays(&mut self, via: &[EntityId], out: &mut Vec<(String, String)>) {
        for (n, relay) in via.iter().enumerate() {
            // Arguments of one role are numbered from the second on.
            let role = if n == 0 {
                "Via".to_owned()
            } else {
                format!("Via{}", n + 1)
            };
            out.extend(self.entity(*relay, None).map(|t| (role, format!("T{t}"))));
        }
    }

    fn quotes(&mut self, kind: &'static str, quotes: &[Quote]) {
        let mut events: Vec<Option<String>> = Vec::with_capacity(quotes.len());
        for quote in quotes {
            let Some(trigger) = self.bind(kind, &[quote.span]) else {
                events.push(None);
                continue;
            };
            let mut arguments = Vec::new();
            let one = |role: &str, t: usize| (role.to_owned(), format!("T{t}"));
            let speaker = self.party(quote.speaker, quote.speaker_span);
            arguments.extend(speaker.map(|t| one("Speaker", t)));
            let cue = quote.cue.and_then(|cue| self.bind_once("Cue", cue));
            arguments.extend(cue.map(|t| one("Cue", t)));
            self.relays(&quote.via, &mut arguments);
            let before = quote.continues.and_then(|id| events.get(id.index()));
            let before = before.cloned().flatten();
            arguments.extend(before.map(|e| ("Continues".to_owned(), e)));
            let event = self.event(trigger, kind, &arguments);
            self.attribute("Manner", &event, quote.kind.name());
            self.voice(&event, quote.speaker);
            events.push(Some(event));
        }
    }

    fn stance(&mut self, stance: &Stance) {
        let Some(trigger) = self.bind("Stance", &stance.evidence) else {
            return;
        };
        let target = match stance.target {
            Target::Entity(id) => self.entity(id, Some(stance.target_span)),
            Target::Issue(_) => self.bind_once("Issue", stance.target_span),
        };
        let mut arguments = Vec::new();
        let holder = self.party(stance.holder, stance.holder_span);
        arguments.extend(holder.map(|t| ("Holder".to_owned(), format!("T{t}"))));
        arguments.extend(target.map(|t| ("Target".to_owned(), format!("T{t}"))));
        self.relays(&stance.via, &mut arguments);
        let event = self.event(trigger, "Stance", &arguments);
        self.attribute("Polarity", &event, stance.polarity.name());
        self.attribute("Strength", &event, &stance.strength.to_string());
        self.voice(&event, stance.holder);
    }

    fn highlights(&mut self, highlights: &[Highlight]) {
        for highlight in placed(self.at.text(), highlights) {
            let Some(made) = self.bind("Highlight", &[highlight.anchor.span]) else {
                continue;
            };
            let of = format!("T{made}");
            self.attribute("Colour", &of, highlight.colour.name());
            let mut note = highlight.note.clone().unwrap_or_default();
            for tag in &highlight.tags {
                let _ = write!(note, " #{}", line(tag).replace(' ', "_"));
            }
            if !note.trim().is_empty() {
                self.note(&of, &note);
            }
        }
    }
}
