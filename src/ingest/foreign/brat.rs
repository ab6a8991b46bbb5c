//! brat standoff: a text and a file of annotations beside it. Text-bound annotations become
//! mentions; events `Quote`, `Attribution` and `Stance`, as `export` writes them, become those;
//! `Highlight` and notes on what is no name become highlights. All else keeps its label. Offsets
//! are Unicode scalar values.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::gather::{self, Argued, Found, Gather, Held, Known, Said, Who, fault, safe};
use super::kinds::kind_by;
use crate::base::offset::{Offsets, Unit};
use crate::base::text::one_line;
use crate::base::{Result, Span};
use crate::ingest::{Loaded, Source};
use crate::model::{Anchor, Colour, Highlight, MentionForm, Polarity, QuoteKind};

/// How annotations are told to come from here.
const BY: &str = "brat";

/// A text-bound annotation.
struct Bound<'a> {
    id: &'a str,
    kind: &'a str,
    spans: Vec<Span>,
}

impl Bound<'_> {
    fn hull(&self) -> Span {
        let first = self.spans[0];
        self.spans.iter().fold(first, |a, b| a.hull(*b))
    }
}

/// An event: type, trigger, arguments, line.
struct Event<'a> {
    kind: &'a str,
    trigger: &'a str,
    arguments: Vec<(&'a str, &'a str)>,
}

#[derive(Default)]
struct Standoff<'a> {
    bound: BTreeMap<usize, Bound<'a>>,
    events: BTreeMap<usize, Event<'a>>,
    /// Attributes by what they are of, and name.
    attributes: BTreeMap<(&'a str, &'a str), &'a str>,
    /// Ids and names by what they are of.
    names: BTreeMap<&'a str, (&'a str, &'a str)>,
    notes: BTreeMap<&'a str, Vec<&'a str>>,
    /// Which annotations are one: the first of each set, by member.
    same: BTreeMap<&'a str, &'a str>,
    /// Our keys of sets, by the first of the set.
    keys: BTreeMap<&'a str, &'a str>,
}

/// Reads a file of annotations and its text.
///
/// # Errors
/// A line that is none of brat's, offsets outside the text, an annotation of one that is missing.
pub(super) fn read(ann: &str, text: &str, source: &Source) -> Result<Loaded> {
    let mut out = Gather::of(text);
    let clean = out.text.clone();
    let at = Offsets::new(&clean);
    let ann = safe_lines(ann);
    let mut file = Standoff::default();
    for (n, line) in ann.lines().enumerate() {
        if !line.trim().is_empty() {
            file.line(line, &at)
                .map_err(|cause| fault(source, n + 1, cause))?;
        }
    }
    for (n, line) in ann.lines().enumerate() {
        file.check(line)
            .map_err(|cause| fault(source, n + 1, cause))?;
    }
    file.name_sets();
    file.fill(&mut out);
    out.details
        .push("annotations read from brat standoff".to_owned());
    out.finish(source)
}

/// Lines whose tabs are kept.
fn safe_lines(ann: &str) -> String {
    let cells = |line: &str| {
        let line = line.strip_suffix('\r').unwrap_or(line);
        line.split('\t').map(safe).collect::<Vec<_>>().join("\t")
    };
    ann.split('\n').map(cells).collect::<Vec<_>>().join("\n")
}

fn number(id: &str, letter: char) -> std::result::Result<usize, String> {
    let digits = id.strip_prefix(letter);
    digits
        .and_then(|d| d.parse().ok())
        .ok_or_else(|| format!("{id:?} is no id of brat"))
}

impl<'a> Standoff<'a> {
    fn line(&mut self, line: &'a str, at: &Offsets) -> std::result::Result<(), String> {
        let mut cells = line.splitn(3, '\t');
        let id = cells.next().unwrap_or_default();
        let what = cells.next().ok_or("has no tab after its id")?;
        let rest = cells.next().unwrap_or_default();
        let mut words = what.split(' ').filter(|w| !w.is_empty());
        let kind = words.next().ok_or("has no type")?;
        match id.chars().next() {
            Some('T') => {
                let places = what[kind.len()..].trim();
                let spans = spans(places, at)?;
                self.bound
                    .insert(number(id, 'T')?, Bound { id, kind, spans });
            }
            Some('E') => {
                let (kind, trigger) = kind.split_once(':').ok_or("has no trigger")?;
                let argument =
                    |a: &'a str| a.split_once(':').ok_or(format!("{a:?} is no argument"));
                let arguments = words.map(argument).collect::<std::result::Result<_, _>>()?;
                let event = Event {
                    kind,
                    trigger,
                    arguments,
                };
                self.events.insert(number(id, 'E')?, event);
            }
            Some('A' | 'M') => {
                let of = words.next().ok_or("is an attribute of nothing")?;
                let value = words.next().unwrap_or("true");
                self.attributes.insert((of, kind), value);
            }
            Some('N') => {
                let of = words.next().ok_or("is a name of nothing")?;
                let key = words.next().ok_or("has no id of the one who is named")?;
                self.names.insert(of, (key, rest));
            }
            Some('#') => {
                let of = words.next().ok_or("is a note on nothing")?;
                self.notes.entry(of).or_default().push(rest);
            }
            Some('*') => {
                let mut first = None;
                for word in words {
                    let first = *first.get_or_insert(word);
                    self.join(word, first);
                }
            }
            Some('R') => {
                let arguments: Vec<&str> = words
                    .map(|a| a.split_once(':').map_or(a, |(_, id)| id))
                    .collect();
                let [one, two] = arguments[..] else {
                    return Err("is a relation that has not two arguments".to_owned());
                };
                if kind.eq_ignore_ascii_case("coref") || kind.eq_ignore_ascii_case("coreference") {
                    self.join(two, one);
                }
            }
            _ => return Err(format!("begins with {id:?}, which is no id of brat")),
        }
        Ok(())
    }

    fn join(&mut self, one: &'a str, with: &'a str) {
        let (one, with) = (self.first(one), self.first(with));
        if one != with {
            self.same.insert(one, with);
        }
    }

    /// The one that stands for a set of annotations.
    fn first(&self, id: &'a str) -> &'a str {
        let mut id = id;
        // Sets are joined at their heads only, so that this ends.
        while let Some(next) = self.same.get(id) {
            id = next;
        }
        id
    }

    /// Whether what a line speaks of is there.
    fn check(&self, line: &str) -> std::result::Result<(), String> {
        let mut cells = line.splitn(3, '\t');
        let id = cells.next().unwrap_or_default();
        let words: Vec<&str> = cells.next().unwrap_or_default().split(' ').collect();
        let refer: Vec<&str> = match id.chars().next() {
            Some('E' | 'R') => words
                .iter()
                .filter_map(|w| Some(w.split_once(':')?.1))
                .collect(),
            Some('A' | 'M' | 'N' | '#') => words.get(1).copied().into_iter().collect(),
            Some('*') => words[1..].to_vec(),
            _ => return Ok(()),
        };
        for one in refer.into_iter().filter(|one| !one.is_empty()) {
            let known = match one.chars().next() {
                Some('T') => number(one, 'T').is_ok_and(|n| self.bound.contains_key(&n)),
                Some('E') => number(one, 'E').is_ok_and(|n| self.events.contains_key(&n)),
                _ => true,
            };
            if !known {
                return Err(format!("{id} speaks of {one}, which is not there"));
            }
        }
        Ok(())
    }

    fn bound(&self, id: &str) -> Option<&Bound<'a>> {
        self.bound.get(&number(id, 'T').ok()?)
    }

    /// The key of the entity that a text-bound annotation is a mention of.
    fn key(&self, id: &'a str) -> String {
        let head = self.first(id);
        self.keys.get(head).map_or(head, |key| key).to_owned()
    }

    /// Keys of ours, which stand at any annotation of a set.
    fn name_sets(&mut self) {
        let ours = |(of, (key, _)): (&&'a str, &(&'a str, &'a str))| {
            Some((self.first(of), key.strip_prefix("byline:")?))
        };
        self.keys = self.names.iter().filter_map(ours).collect();
    }

    fn fill(&self, out: &mut Gather) {
        let triggers: Vec<&str> = self.events.values().map(|e| e.trigger).collect();
        let mut issues: BTreeMap<String, Argued> = BTreeMap::new();
        let strange = [
            "Quote",
            "Attribution",
            "Stance",
            "Cue",
            "Reference",
            "Highlight",
            "Issue",
        ];
        let names: BTreeMap<&str, &str> = self
            .names
            .iter()
            .map(|(of, (_, name))| (*of, *name))
            .collect();
        for bound in self.bound.values() {
            let id = bound.id;
            let key = self.key(id);
            if bound.kind == "Issue" {
                let issue = issues.entry(key.clone()).or_default();
                issue.key = key;
                issue.mentions.extend(&bound.spans);
                if let Some(name) = names.get(id) {
                    issue.name = Some(one_line(name));
                }
            } else if bound.kind == "Highlight" {
                out.highlights.push(self.highlight(id, bound, &out.text));
            } else if !strange.contains(&bound.kind) && !triggers.contains(&id) {
                let (kind, rule) = kind_by(bound.kind, BY);
                let form = self.attributes.get(&(id, "Form"));
                let form = form.and_then(|f| MentionForm::from_name(f));
                if let Some(name) = names.get(id).filter(|n| !n.trim().is_empty()) {
                    self.known(id, name, out.entities.entry(key.clone()).or_default());
                }
                let spans = joined(&bound.spans, &out.text);
                out.mentions.extend(spans.into_iter().map(|span| Found {
                    span,
                    kind,
                    entity: Some(key.clone()),
                    form: form.unwrap_or(MentionForm::Name),
                    rule: rule.clone(),
                }));
                if self.notes.contains_key(id) && !names.contains_key(id) {
                    out.highlights.push(self.highlight(id, bound, &out.text));
                }
            }
        }
        let mut issues: Vec<Argued> = issues.into_values().collect();
        issues.sort_by_key(|i| (gather::number(&i.key), i.mentions.first().copied()));
        out.issues = issues;
        for (n, event) in &self.events {
            self.event(&format!("E{n}"), event, out);
        }
    }

    fn known(&self, id: &str, name: &str, known: &mut Known) {
        known.name = Some(one_line(name));
        let notes = self
            .notes
            .get(id)
            .map(|n| n.join(" | "))
            .unwrap_or_default();
        for fact in notes.split(" | ") {
            if let Some(role) = fact.strip_prefix("role: ") {
                known.role = Some(role.to_owned());
            } else if let Some(others) = fact.strip_prefix("also: ") {
                known.aliases = others.split("; ").map(str::to_owned).collect();
            } else if let Some(other) = fact.strip_prefix("speaks for: ") {
                known.speaks_for = Some(other.to_owned());
            }
        }
    }

    fn highlight(&self, id: &str, bound: &Bound, text: &str) -> Highlight {
        let colour = self.attributes.get(&(id, "Colour"));
        let note = self.notes.get(id).map(|n| n.join(" ")).unwrap_or_default();
        let (tags, words): (Vec<&str>, Vec<&str>) = note
            .split(' ')
            .partition(|w| w.len() > 1 && w.starts_with('#'));
        let note = words.join(" ");
        Highlight {
            id: format!("{BY}-{id}"),
            anchor: Anchor::new(text, bound.hull()),
            colour: colour
                .and_then(|c| Colour::from_name(c))
                .unwrap_or_default(),
            tags: tags.iter().map(|t| t[1..].to_owned()).collect(),
            note: Some(note).filter(|n| !n.trim().is_empty()),
            created: Timestamp::UNIX_EPOCH,
            orphan: false,
        }
    }

    fn event(&self, id: &str, event: &Event<'a>, out: &mut Gather) {
        let Some(trigger) = self.bound(event.trigger) else {
            return;
        };
        let value = |name: &str| self.attributes.get(&(id, name)).copied();
        let role = |wanted: &str| {
            let of = |(role, _): &&(&str, &str)| {
                role.trim_end_matches(|c: char| c.is_ascii_digit()) == wanted
            };
            event
                .arguments
                .iter()
                .filter(of)
                .map(|(_, filler)| *filler)
                .collect::<Vec<_>>()
        };
        let span = |filler: &&str| self.bound(filler).map(Bound::hull);
        let person = |filler: &&'a str| {
            let kind = self.bound(filler)?.kind;
            (!["Reference", "Cue", "Issue"].contains(&kind)).then(|| self.key(filler))
        };
        let who = |fillers: &[&'a str]| match value("Voice") {
            Some("author") => Who::Author,
            Some("editor") => Who::Editor,
            _ => fillers
                .first()
                .and_then(person)
                .map_or(Who::Unknown, Who::Entity),
        };
        let via: Vec<String> = role("Via").iter().filter_map(person).collect();
        match event.kind {
            "Quote" | "Attribution" => {
                let speaker = role("Speaker");
                let before = role("Continues").first().map(|e| (*e).to_owned());
                out.said.push(Said {
                    key: id.to_owned(),
                    span: trigger.hull(),
                    cue: role("Cue").first().and_then(span),
                    speaker: who(&speaker),
                    speaker_span: speaker.first().and_then(span),
                    kind: value("Manner")
                        .and_then(QuoteKind::from_name)
                        .unwrap_or(QuoteKind::Indirect),
                    continues: before,
                    via,
                    attribution: event.kind == "Attribution",
                    rule: BY.to_owned(),
                    confidence: 1.0,
                });
            }
            "Stance" => {
                let holder = role("Holder");
                let Some(target) = role("Target").first().copied() else {
                    return;
                };
                let Some(target_span) = span(&target) else {
                    return;
                };
                let strength = value("Strength").and_then(|s| s.parse().ok());
                out.held.push(Held {
                    holder: who(&holder),
                    holder_span: holder.first().and_then(span),
                    target: self.key(target),
                    target_span,
                    polarity: value("Polarity")
                        .and_then(Polarity::from_name)
                        .unwrap_or(Polarity::For),
                    strength: strength.unwrap_or(2),
                    evidence: trigger.spans.clone(),
                    via,
                    rule: BY.to_owned(),
                    confidence: 1.0,
                });
            }
            other => {
                // An event of somebody else's: its trigger with its label.
                let (kind, rule) = kind_by(other, BY);
                out.mentions.extend(trigger.spans.iter().map(|span| Found {
                    span: *span,
                    kind,
                    entity: None,
                    form: MentionForm::Nominal,
                    rule: rule.clone(),
                }));
            }
        }
    }
}

/// Fragments with nothing but white space between them are one.
fn joined(spans: &[Span], text: &str) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        match out.last_mut() {
            Some(last)
                if last.to() <= span.from()
                    && Span::new(last.to(), span.from()).of(text).trim().is_empty() =>
            {
                *last = last.hull(*span);
            }
            _ => out.push(*span),
        }
    }
    out
}

fn spans(places: &str, at: &Offsets) -> std::result::Result<Vec<Span>, String> {
    let mut out = Vec::new();
    for place in places.split(';') {
        let mut ends = place.split_whitespace().map(str::parse::<usize>);
        let (Some(Ok(start)), Some(Ok(end)), None) = (ends.next(), ends.next(), ends.next()) else {
            return Err(format!("{place:?} is no start and end"));
        };
        let span = at.span(start, end, Unit::Scalars).filter(|s| !s.is_empty());
        out.push(span.ok_or_else(|| {
            let length = at.len(Unit::Scalars);
            format!("{start} {end} is no part of the text, which has {length} characters")
        })?);
    }
    Ok(out)
}
