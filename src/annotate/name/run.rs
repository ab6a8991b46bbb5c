//! Runs of capitalised words, cut into titles, listed names and the rest.

use std::ops::Range;

use super::{Listed, Name, Spelled, kind};
use crate::annotate::layers::Layers;
use crate::annotate::lexicon::gazetteer::{Use, title_length};
use crate::annotate::lexicon::words;
use crate::annotate::token::TokenKind;
use crate::model::EntityKind;

/// Words inside a family name.
const PARTICLES: [&str; 18] = [
    "de", "von", "van", "der", "den", "bin", "ben", "al", "el", "da", "dos", "del", "della", "di",
    "la", "le", "du", "ibn",
];
/// Small words inside the name of an organization or a law.
const LINKS: [&str; 8] = ["of", "for", "the", "and", "on", "to", "in", "against"];

/// Appends the names of one sentence.
pub fn find(
    layers: &Layers,
    listed: &Listed,
    spelled: &Spelled,
    sentence: &Range<usize>,
    out: &mut Vec<Name>,
) {
    let mut at = sentence.start;
    while at < sentence.end {
        if let Some(end) = listed_end(listed, at, sentence)
            && !layers.tokens[at].capital
        {
            // al-Qaeda
            if let Some((_, entry)) = listed.get(&at) {
                out.push(kind::listed(at..end, entry));
            }
            at = end;
            continue;
        }
        if !starts(layers, listed, spelled, sentence, at) {
            at += 1;
            continue;
        }
        let end = run_end(layers, listed, sentence, at);
        cut(layers, listed, at..end, sentence, out);
        at = end.max(at + 1);
    }
}

fn listed_end(listed: &Listed, at: usize, sentence: &Range<usize>) -> Option<usize> {
    listed
        .get(&at)
        .map(|(end, _)| *end)
        .filter(|end| *end <= sentence.end)
}

/// Whether the capital of this token can mean a name.
fn starts(
    layers: &Layers,
    listed: &Listed,
    spelled: &Spelled,
    sentence: &Range<usize>,
    at: usize,
) -> bool {
    let token = &layers.tokens[at];
    if !token.is_word() || !token.capital {
        return false;
    }
    if listed_end(listed, at, sentence).is_some() {
        return true;
    }
    let classes = words::classes_of(&token.lower);
    if classes.has("time") || &*token.lower == "i" || token.lower.starts_with("i'") {
        return false;
    }
    let first = super::starts_sentence(layers, at)
        || at > sentence.start
            && (layers.tokens[at - 1].kind == TokenKind::Open
                || layers.tokens[at - 1].is_sign(":")
                || layers.tokens[at - 1].is_sign("("));
    if !first {
        return !["det", "prep", "conj", "sub", "pron", "poss", "aux", "modal"]
            .iter()
            .any(|c| classes.has(c))
            || token.all_caps && token.lower.len() > 2;
    }
    let next_capital =
        at + 1 < sentence.end && layers.tokens[at + 1].is_word() && layers.tokens[at + 1].capital;
    let title = title_length((at..sentence.end).map(|t| layers.lower(t)));
    if title > 0 {
        return at + title < sentence.end
            && layers.tokens[at + title].capital
            && layers.tokens[at + title].is_word();
    }
    if !classes.is_empty() {
        return false;
    }
    if words::given_name(&token.lower).is_some()
        && (next_capital || !spelled.lower.contains(&token.lower))
    {
        return true;
    }
    if token.all_caps && token.lower.len() > 1 {
        return true;
    }
    if spelled.lower.contains(&token.lower) {
        return false;
    }
    if spelled.capital.contains(&token.lower) {
        return true;
    }
    if words::verb_form(&token.lower).is_some() || words::is_valued("people", &token.lower) {
        return next_capital && kind_after(layers, sentence, at);
    }
    let common = [
        "s", "ing", "ed", "ly", "tion", "ment", "ness", "ity", "ism", "ists", "ance", "ence", "er",
    ]
    .iter()
    .any(|e| token.lower.ends_with(e));
    next_capital || !common && token.lower.len() > 2 && followed_like_a_name(layers, at)
}

/// Whether a head word follows in the run: "Stop Funding Hate Campaign".
fn kind_after(layers: &Layers, sentence: &Range<usize>, at: usize) -> bool {
    (at + 1..sentence.end)
        .take_while(|t| layers.tokens[*t].capital && layers.tokens[*t].is_word())
        .any(|t| kind::by_head(layers.lower(t)).is_some())
}

/// Whether a single word at the start of a sentence is followed as a name is: by a verb form,
/// `'s` or a comma.
fn followed_like_a_name(layers: &Layers, at: usize) -> bool {
    let Some(next) = layers.tokens.get(at + 1) else {
        return false;
    };
    let classes = words::classes_of(&next.lower);
    next.kind == TokenKind::Possessive
        || classes.has("aux")
        || classes.has("modal")
        || words::verb_form(&next.lower).is_some_and(|v| !v.noun_too)
}

/// End of the run that starts at `at`.
fn run_end(layers: &Layers, listed: &Listed, sentence: &Range<usize>, at: usize) -> usize {
    let mut end = listed_end(listed, at, sentence).unwrap_or(at + 1);
    let mut headed = kind::by_head(layers.lower(at)).is_some();
    while end < sentence.end {
        let token = &layers.tokens[end];
        let classes = words::classes_of(&token.lower);
        if token.is_word()
            && token.capital
            && !classes.has("time")
            && (headed || !classes.has("pron"))
            && !token.lower.starts_with("r-")
        {
            headed |= kind::by_head(&token.lower).is_some();
            end = listed_end(listed, end, sentence)
                .unwrap_or(end + 1)
                .max(end + 1);
            continue;
        }
        if token.kind == TokenKind::Number && headed && token.span.len() <= 4 && end == at + 2 {
            end += 1;
            continue;
        }
        let word = &*token.lower;
        let more = (end + 1..sentence.end.min(end + 3))
            .find(|t| layers.tokens[*t].capital && layers.tokens[*t].is_word());
        let particle = PARTICLES.contains(&word) && !token.capital;
        let link =
            headed && LINKS.contains(&word) && kind::by_head(layers.lower(end - 1)).is_some()
                || headed && matches!(word, "and" | "of" | "&") && inside_links(layers, at, end);
        let fits = more.is_some_and(|m| {
            m == end + 1
                || (LINKS.contains(&layers.lower(end + 1))
                    || PARTICLES.contains(&layers.lower(end + 1)))
                    && (link || particle)
        });
        let listed_next = more.is_some_and(|m| word == "and" && listed.contains_key(&m));
        let to_place = matches!(word, "in" | "to" | "against" | "on")
            && more.is_some_and(|m| listed.contains_key(&m));
        if (particle || link) && fits && !listed_next && !to_place {
            end = more.map_or(end + 1, |m| m + 1);
            continue;
        }
        break;
    }
    end
}

/// Whether a small word was already taken into the run.
fn inside_links(layers: &Layers, at: usize, end: usize) -> bool {
    (at..end).any(|t| matches!(layers.lower(t), "of" | "for" | "on"))
}

/// Cuts a run into titles, listed names and unlisted ones.
fn cut(
    layers: &Layers,
    listed: &Listed,
    run: Range<usize>,
    sentence: &Range<usize>,
    out: &mut Vec<Name>,
) {
    let mut at = run.start;
    let mut title: Option<Range<usize>> = title_before(layers, run.start, sentence.start);
    while at < run.end {
        let entry = listed.get(&at).filter(|(end, _)| *end <= run.end);
        let listed_words = entry.map_or(0, |(end, _)| end - at);
        let words = title_length((at..run.end.max(at + 1)).map(|t| layers.lower(t)));
        let headed = kind::by_head(layers.lower(run.end - 1)) == Some(EntityKind::Organization);
        if words > 0
            && words >= listed_words
            && !(headed && run.end - at > words && !given_follows(layers, at + words, run.end))
        {
            title = Some(title.take().map_or(at, |t| t.start)..at + words);
            at += words;
            continue;
        }
        if !layers.tokens[at].capital && entry.is_none() {
            at += 1;
            continue;
        }
        if let Some(&(end, entry)) = entry {
            if let Some(whole) = whole_organization(layers, at, end, &run) {
                push(layers, out, at..whole, None, sentence);
                at = whole;
                continue;
            }
            let person = entry.usage != Use::Demonym
                && end == at + 1
                && end < run.end
                && kind::given(layers, at).is_some()
                && title_length((end..run.end).map(|t| layers.lower(t))) == 0
                && !listed.contains_key(&end);
            if !person {
                let followed = administration(layers, end, sentence);
                if let Some(to) = followed.filter(|_| entry.usage != Use::Seat) {
                    out.push(Name {
                        tokens: at..to,
                        kind: EntityKind::Organization,
                        entry: None,
                        conll: None,
                        title: None,
                        rule: "name+government".into(),
                        confidence: 0.9,
                    });
                    at = to;
                } else {
                    // "The Gambian" of a title: Russian Deputy Foreign Minister …
                    let opens = title_length((end..run.end).map(|t| layers.lower(t))) > 0
                        || title_length((end..sentence.end).map(|t| layers.lower(t))) > 0;
                    title = if opens {
                        Some(at..end)
                    } else if given_follows(layers, end, run.end) {
                        title_with_field(layers, at, sentence.start).map(|t| t.start..end)
                    } else {
                        None
                    };
                    out.push(kind::listed(at..end, entry));
                    at = end;
                }
                continue;
            }
        }
        let end = part_end(layers, listed, at, &run);
        push(layers, out, at..end, title.take(), sentence);
        at = end;
    }
}

/// Whether a given name stands at `at`, before `end`.
fn given_follows(layers: &Layers, at: usize, end: usize) -> bool {
    at < end && kind::given(layers, at).is_some()
}

/// The end of an organization that starts with a listed name and has its head word at the end of
/// the run: "Russian Foreign Ministry".
fn whole_organization(layers: &Layers, at: usize, end: usize, run: &Range<usize>) -> Option<usize> {
    let stop = (end..run.end)
        .find(|t| given_follows(layers, *t, run.end))
        .or_else(|| {
            (end..run.end).find(|t| {
                title_length((*t..run.end).map(|t| layers.lower(t))) > 0
                    && kind::by_head(layers.lower(run.end - 1)).is_none()
            })
        })
        .unwrap_or(run.end);
    let headed = stop > end && kind::by_head(layers.lower(stop - 1)).is_some();
    let linked = stop > end
        && (at..stop).any(|t| kind::by_head(layers.lower(t)).is_some())
        && layers.lower(end) == "of";
    (headed || linked).then_some(stop)
}

/// End of the unlisted part that starts at `at`: before the next title or listed name of its own.
fn part_end(layers: &Layers, listed: &Listed, at: usize, run: &Range<usize>) -> usize {
    let headed = kind::by_head(layers.lower(run.end - 1)).is_some();
    let mut end = at + 1;
    while end < run.end {
        let title = title_length((end..run.end).map(|t| layers.lower(t)));
        let suffix = matches!(layers.lower(end), "jr." | "sr." | "jr" | "sr");
        // "Michael Jordan" is no country, "Smith France" is.
        let other = listed.get(&end).is_some_and(|(to, e)| {
            *to > end + 1 || e.usage == Use::Demonym || kind::given(layers, at).is_none()
        });
        // "University of Oregon" is one name.
        let owned = layers.lower(end - 1) == "of"
            && layers.lower(at) != "government"
            && kind::by_head(layers.lower(at)) == Some(EntityKind::Organization);
        if !headed
            && !suffix
            && !owned
            && (title > 0 && end + title <= run.end && kind::given(layers, at).is_none() || other)
        {
            break;
        }
        end += 1;
    }
    end
}

/// "administration" or "government" after a name belongs to it.
pub(super) fn administration(layers: &Layers, at: usize, sentence: &Range<usize>) -> Option<usize> {
    (at < sentence.end && matches!(layers.lower(at), "administration" | "government"))
        .then_some(at + 1)
}

fn push(
    layers: &Layers,
    out: &mut Vec<Name>,
    tokens: Range<usize>,
    title: Option<Range<usize>>,
    sentence: &Range<usize>,
) {
    let mut tokens = tokens;
    if layers.lower(tokens.start) == "the" && tokens.len() > 1 {
        tokens.start += 1;
    }
    let titled = title
        .as_ref()
        .is_some_and(|t| t.end == tokens.start && !t.is_empty());
    let (mut kind, mut rule, mut confidence) = kind::unlisted(layers, &tokens, titled);
    if titled
        && kind::by_head(layers.lower(tokens.end - 1)) == Some(EntityKind::Organization)
        && kind::given(layers, tokens.start).is_none()
    {
        (kind, rule, confidence) = (EntityKind::Organization, "head-word", 0.7);
    }
    if let Some(end) = administration(layers, tokens.end, sentence) {
        tokens.end = end;
        (kind, rule, confidence) = (EntityKind::Organization, "name+government", 0.9);
    }
    let title = title.or_else(|| {
        (kind == EntityKind::Person)
            .then(|| title_after(layers, tokens.end, sentence.end))
            .flatten()
    });
    out.push(Name {
        tokens,
        kind,
        entry: None,
        conll: None,
        title,
        rule: rule.into(),
        confidence,
    });
}

/// A lower-case title that ends right before `at`: "lawyer Marc Kasowitz".
pub(super) fn title_before(layers: &Layers, at: usize, from: usize) -> Option<Range<usize>> {
    (from.max(at.saturating_sub(6))..at)
        .find(|start| {
            let words = title_length((*start..at).map(|t| layers.lower(t)));
            words > 0 && start + words == at
        })
        .map(|start| start..at)
}

/// A title with its field before the name: "special envoy to the Middle East Ann Lee". `at` is
/// the first token of the listed place or body.
fn title_with_field(layers: &Layers, at: usize, from: usize) -> Option<Range<usize>> {
    let link = at - usize::from(at > from && layers.lower(at - 1) == "the");
    let link = link.checked_sub(1).filter(|t| *t > from)?;
    matches!(layers.lower(link), "to" | "for" | "of")
        .then(|| title_before(layers, link, from))
        .flatten()
}

/// A title after the name: "Keron Blair, executive director of …".
pub(super) fn title_after(layers: &Layers, at: usize, end: usize) -> Option<Range<usize>> {
    if layers.lower(at) != "," {
        return None;
    }
    let mut from = at + 1;
    from += usize::from(matches!(layers.lower(from), "a" | "an" | "the"));
    let start =
        (from..end.min(from + 3)).find(|s| title_length((*s..end).map(|t| layers.lower(t))) > 0)?;
    let stop = (start..end.min(start + 14)).find(|t| layers.tokens[*t].kind == TokenKind::Sign)?;
    Some(from..stop)
}
