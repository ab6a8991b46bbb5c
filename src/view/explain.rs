//! Annotations in words: one line for the status, all of it for a popup.

use crate::base::text::{CharIndex, one_line, truncate};
use crate::base::{Span, StanceId};
use crate::model::{
    Annotated, Claim, CorrectedStance, Entity, EntityKind, Highlight, Party, Stance, Target,
};
use crate::view::agree::{agreement, agreements};
use crate::view::focus::Focus;
use crate::view::ledger::corrected;
use crate::view::side::side;
use crate::view::voices::{Tone, tone};

/// Columns that quoted words get in one line.
const WORDS: usize = 60;

/// The short name of an entity: the surname of a person, the full name of everything else and of
/// a person without a surname ("New York judge").
pub fn short_name(entity: &Entity) -> &str {
    if entity.kind != EntityKind::Person {
        return &entity.name;
    }
    let mut words = entity.name.rsplit(' ').filter(|w| !w.is_empty());
    match words.next() {
        Some("Jr." | "Sr." | "Jr" | "Sr" | "II" | "III" | "IV") => words
            .next()
            .map_or(&entity.name, |w| w.trim_end_matches(',')),
        Some(last) if last.starts_with(char::is_lowercase) => &entity.name,
        Some(last) => last,
        None => &entity.name,
    }
}

pub(super) fn party(party: Party, annotated: &Annotated) -> &str {
    match party {
        Party::Entity(id) => annotated.entity(id).map_or("?", short_name),
        other => annotated.party_name(other),
    }
}

pub(super) fn target(of: Target, annotated: &Annotated) -> &str {
    match of {
        Target::Entity(id) => annotated.entity(id).map_or("?", short_name),
        Target::Issue(_) => annotated.target_name(of),
    }
}

/// The evidence, its gaps as `…`.
pub(super) fn evidence(spans: &[Span], text: &str) -> String {
    let words: Vec<String> = spans.iter().map(|s| one_line(s.of(text))).collect();
    words.join(" … ")
}

pub(super) fn unsure(confidence: f32) -> String {
    if confidence >= Stance::SOLID {
        String::new()
    } else {
        format!(" (unsure, {confidence:.2})")
    }
}

pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// One line about the annotation under the cursor, for the status line.
pub fn explain(focus: &Focus, annotated: &Annotated, highlights: &[Highlight]) -> String {
    let text = &*annotated.document.text;
    match focus {
        Focus::Mention { entity, mention } => {
            let Some(found) = annotated.entity(*entity) else {
                return String::new();
            };
            let mut parts = vec![found.name.clone(), found.kind.name().to_owned()];
            let speaks = found
                .speaks_for
                .and_then(|id| annotated.entity(id))
                .map(|e| &e.name);
            match (&found.role, speaks) {
                (Some(role), Some(name)) => parts.push(format!("{role}, speaks for {name}")),
                (Some(role), None) => parts.push(role.clone()),
                (None, Some(name)) => parts.push(format!("speaks for {name}")),
                (None, None) => {}
            }
            // The mentions that are stepped through are counted; a pronoun is none of them.
            let stops = found.stops();
            parts.push(match stops.iter().position(|n| n == mention) {
                Some(at) => format!("mention {} of {}", at + 1, stops.len()),
                None => "a pronoun".to_owned(),
            });
            let me = Party::Entity(*entity);
            let quotes = annotated.quotes.iter().filter(|q| q.speaker == me).count();
            let held = annotated.stances.iter().filter(|s| s.holder == me).count();
            let received = annotated
                .stances
                .iter()
                .filter(|s| s.target == Target::Entity(*entity))
                .count();
            if quotes > 0 {
                parts.push(plural(quotes, "quote", "quotes"));
            }
            if held > 0 {
                parts.push(format!("holds {}", plural(held, "stance", "stances")));
            }
            if received > 0 {
                parts.push(format!("target of {received}"));
            }
            parts.join(" · ")
        }
        Focus::Quote(id) => {
            let Some(quote) = annotated.quotes.get(id.index()) else {
                return String::new();
            };
            let words = quote.span.of(text).split_whitespace().count();
            let cue = quote
                .cue
                .map(|c| format!(", “{}”", one_line(c.of(text))))
                .unwrap_or_default();
            let who = annotated.party_name(quote.speaker);
            let sure = unsure(quote.confidence);
            let words = plural(words, "word", "words");
            format!("{who} · {} quote{cue} · {words}{sure}", quote.kind.name())
        }
        Focus::Stance(id) => {
            let Some(stance) = annotated.stances.get(id.index()) else {
                return String::new();
            };
            let mut line = format!(
                "{} → {}: {}, {} — “{}”",
                party(stance.holder, annotated),
                target(stance.target, annotated),
                stance.polarity.name(),
                stance.strength_word(),
                truncate(&evidence(&stance.evidence, text), WORDS),
            );
            let via: Vec<&str> = stance
                .via
                .iter()
                .filter_map(|v| annotated.entity(*v))
                .map(short_name)
                .collect();
            if !via.is_empty() {
                line.push_str(&format!(" (via {})", via.join(", ")));
            }
            let corrected = corrected(stance, annotated);
            let corrected = corrected.map(|said| format!(" ({said})"));
            line + &corrected.unwrap_or_else(|| unsure(stance.confidence))
        }
        Focus::Link(link) => {
            let Some(found) = annotated.links.get(*link) else {
                return String::new();
            };
            let words = one_line(found.comment.of(text));
            let sure = unsure(found.confidence);
            format!(
                "The editor on this: “{}” — {}{sure}",
                truncate(&words, WORDS),
                found.why
            )
        }
        Focus::Highlight(id) => {
            let Some(found) = highlights.iter().find(|h| h.id == *id) else {
                return String::new();
            };
            let mut parts = vec![format!("highlight, {}", found.colour.name())];
            if !found.tags.is_empty() {
                parts.push(format!("tags: {}", found.tags.join(" ")));
            }
            if let Some(note) = &found.note {
                parts.push(format!("note: {}", one_line(note)));
            }
            parts.join(" · ")
        }
    }
}

/// A turn of a holder in one line, seen from its later stance.
pub fn turn(earlier: &Stance, later: &Stance, annotated: &Annotated) -> String {
    let text = &annotated.document.text;
    let (about, here) = side(later, annotated);
    let (_, before) = side(earlier, annotated);
    format!(
        "{} on {}: {} here, {} before — “{}” (back goes there)",
        party(later.holder, annotated),
        target(about, annotated),
        here.name(),
        before.name(),
        truncate(&evidence(&earlier.evidence, text), WORDS),
    )
}

/// Everything about the annotation under the cursor, one fact a line. Where the rule is not known
/// that is said.
pub fn explain_fully(
    focus: &Focus,
    annotated: &Annotated,
    highlights: &[Highlight],
) -> Vec<String> {
    let text = &*annotated.document.text;
    let index = CharIndex::new(text);
    let mut facts = vec![explain(focus, annotated, highlights)];
    let place = |span: Span| {
        let (from, to) = (
            index.to_char(text, span.from()),
            index.to_char(text, span.to()),
        );
        format!("“{}” at characters {from} to {to}", one_line(span.of(text)))
    };
    let made = |rule: &str, confidence: f32| {
        if rule.is_empty() {
            format!("Made by: not said · confidence {confidence:.2}")
        } else {
            format!("Made by: {rule} · confidence {confidence:.2}")
        }
    };
    match focus {
        Focus::Mention { entity, mention } => {
            let Some(found) = annotated.entity(*entity) else {
                return facts;
            };
            if let Some(m) = found.mentions.get(*mention) {
                facts.push(format!(
                    "This mention: {}, a {}",
                    place(m.span),
                    m.form.name()
                ));
                facts.push(made(&m.rule, m.confidence));
            }
            facts.push(format!(
                "Kind {} — {}",
                found.kind.name(),
                made(&found.rule, found.confidence)
            ));
            let corrected = annotated.corrected.entities.iter();
            for one in corrected.filter(|c| c.entity == *entity) {
                facts.push(format!("Corrected by you: {}", one.what));
            }
            if !found.aliases.is_empty() {
                facts.push(format!("Also named: {}", found.aliases.join(", ")));
            }
        }
        Focus::Quote(id) => {
            let Some(quote) = annotated.quotes.get(id.index()) else {
                return facts;
            };
            facts.push(format!("Words: {}", place(quote.span)));
            facts.push(match quote.cue {
                Some(cue) => {
                    let stand = match tone(cue.of(text)) {
                        Tone::Neutral => "neutral",
                        Tone::Doubting => "keeps a distance",
                        Tone::Endorsing => "presents it as true",
                    };
                    format!("Introduced by: {}, {stand}", place(cue))
                }
                None => "Introduced by: no verb in this sentence".to_owned(),
            });
            facts.push(format!("Speaker: {}", annotated.party_name(quote.speaker)));
            match quote.speaker_span {
                Some(span) => facts.push(format!("Speaker named by: {}", place(span))),
                None => facts.push("Speaker named by: no words of this sentence".to_owned()),
            }
            facts.push(made(&quote.rule, quote.confidence));
        }
        Focus::Stance(id) => {
            let Some(stance) = annotated.stances.get(id.index()) else {
                return facts;
            };
            facts.extend(agreement(stance.target, annotated));
            facts.push(format!("Holder: {}", annotated.party_name(stance.holder)));
            match stance.holder_span {
                Some(span) => facts.push(format!("Holder named by: {}", place(span))),
                None => facts.push("Holder named by: no words of this sentence".to_owned()),
            }
            let via = stance.via.iter().filter_map(|v| annotated.entity(*v));
            let via: Vec<&str> = via.map(|e| e.name.as_str()).collect();
            facts.push(if via.is_empty() {
                "Reported through: nobody".to_owned()
            } else {
                format!("Reported through, outermost first: {}", via.join(" → "))
            });
            facts.push(match stance.target {
                Target::Entity(_) => format!("Target: {}", annotated.target_name(stance.target)),
                Target::Issue(id) => {
                    let inverse = annotated.issue(id).and_then(|i| i.inverse_of);
                    let inverse = inverse.and_then(|i| annotated.issue(i));
                    let opposite = inverse.map_or("none found", |i| &i.name);
                    let name = annotated.target_name(stance.target);
                    format!("Issue: {name} · its opposite: {opposite}")
                }
            });
            facts.push(format!("Target named by: {}", place(stance.target_span)));
            facts.push(format!(
                "Side: {}, {} (strength {} of 3)",
                stance.polarity.name(),
                stance.strength_word(),
                stance.strength
            ));
            for &span in &stance.evidence {
                facts.push(format!("Shown by: {}", place(span)));
            }
            match annotated.corrected.stance(*id) {
                Some(known) => facts.extend(by_reader(known, *id, annotated)),
                None => facts.push(made(&stance.rule, stance.confidence)),
            }
            facts.push("A mark is drawn solid from confidence 0.80, faint from 0.60.".to_owned());
        }
        Focus::Link(link) => {
            let Some(found) = annotated.links.get(*link) else {
                return facts;
            };
            facts.extend(agreements(found.comment, annotated));
            facts.push(format!("Comment: {}", place(found.comment)));
            facts.push(format!("Passage: {}", place(found.passage)));
            facts.push(made(&found.rule, found.confidence));
        }
        Focus::Highlight(id) => {
            let Some(found) = highlights.iter().find(|h| h.id == *id) else {
                return facts;
            };
            facts.push(format!("Words: {}", place(found.anchor.span)));
            facts.push(format!("Made by: you, {}", found.created));
        }
    }
    facts
}

/// What the reader made of a stance, and what it was before.
fn by_reader(known: &CorrectedStance, id: StanceId, annotated: &Annotated) -> Vec<String> {
    let Some(was) = &known.was else {
        let gone = "Confirmed by you; byline does not find it any more";
        return vec![gone.to_owned()];
    };
    if known.was == Claim::of(id, annotated) {
        return vec![format!("Confirmed by you; made by: {}", known.made)];
    }
    vec![
        format!("Corrected by you: was {was}"),
        format!("Before that made by: {}", known.made),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{EntityId, QuoteId};
    use crate::view::fixture::sample;

    #[test]
    fn only_a_surname_stands_for_a_person() {
        let mut person = sample().0.entities.swap_remove(0);
        for (name, short) in [
            ("Ana Núñez", "Núñez"),
            ("Robert F. Kennedy Jr.", "Kennedy"),
            ("New York judge", "New York judge"),
        ] {
            name.clone_into(&mut person.name);
            assert_eq!(short_name(&person), short);
        }
    }

    #[test]
    fn annotations_in_words() {
        let (annotated, highlights) = sample();
        let line = |focus: Focus| explain(&focus, &annotated, &highlights);
        insta::assert_snapshot!(
            [
                line(Focus::Mention {
                    entity: EntityId::at(0),
                    mention: 0
                }),
                line(Focus::Mention {
                    entity: EntityId::at(1),
                    mention: 1
                }),
                line(Focus::Quote(QuoteId::at(0))),
                line(Focus::Stance(StanceId::at(0))),
                line(Focus::Stance(StanceId::at(1))),
                line(Focus::Link(0)),
                line(Focus::Highlight("H1".to_owned())),
                explain_fully(&Focus::Stance(StanceId::at(0)), &annotated, &highlights).join("\n"),
            ]
            .join("\n")
        );
    }
}
