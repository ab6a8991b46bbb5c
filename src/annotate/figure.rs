//! Figures: dates, sums of money, percentages and other numbers of something, as light entities
//! after the named ones. Same words, same figure. Names that hold a number (9/11, Boeing 747) are
//! left to the names.

use std::collections::BTreeMap;
use std::ops::Range;

use super::layers::{Layer, Layers};
use super::pipeline::Stage;
use super::syntax::Pos;
use super::token::TokenKind;
use crate::base::EntityId;
use crate::base::calendar::{DAYS, MONTHS};
use crate::base::text::one_line;
use crate::model::{Document, Entity, EntityKind, Mention, MentionForm};

/// The stage.
pub struct Figures;

impl Stage for Figures {
    fn name(&self) -> &'static str {
        "figures"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Syntax, Layer::Entities]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Figures]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let mut found: Vec<Entity> = Vec::new();
        let mut known: BTreeMap<(EntityKind, String), usize> = BTreeMap::new();
        for sentence in layers.sentence_tokens.clone() {
            let mut at = sentence.start;
            while at < sentence.end {
                let Some((end, kind, rule)) = read(layers, at, sentence.end) else {
                    at += 1;
                    continue;
                };
                let span = layers.span(&(at..end));
                if !named(layers, &(at..end)) {
                    let words = one_line(span.of(&document.text));
                    let place = *known
                        .entry((kind, words.to_lowercase()))
                        .or_insert(found.len());
                    if place == found.len() {
                        found.push(entity(layers.entities.len() + place, words, kind, rule));
                    }
                    found[place].mentions.push(Mention {
                        span,
                        form: MentionForm::Name,
                        conll: None,
                        rule: rule.into(),
                        confidence: CONFIDENCE,
                    });
                }
                at = end;
            }
        }
        layers.figures = found;
    }
}

/// How sure a figure is: its spelling says what it is.
const CONFIDENCE: f32 = 0.9;

fn entity(id: usize, name: String, kind: EntityKind, rule: &'static str) -> Entity {
    Entity {
        id: EntityId::at(id),
        name,
        kind,
        aliases: Vec::new(),
        role: None,
        speaks_for: None,
        mentions: Vec::new(),
        rule: rule.into(),
        confidence: CONFIDENCE,
    }
}

/// Whether a name shares a token with the range.
fn named(layers: &Layers, tokens: &Range<usize>) -> bool {
    let after = layers
        .placed
        .partition_point(|p| p.tokens.start < tokens.end);
    layers.placed[..after]
        .iter()
        .rev()
        .take(NEAR)
        .any(|p| p.tokens.end > tokens.start && p.form == MentionForm::Name)
}

/// Mentions looked at before a figure; names of one sentence overlap only their neighbours.
const NEAR: usize = 8;

/// Months as newspapers shorten them.
const SHORT_MONTHS: [&str; 11] = [
    "jan.", "feb.", "mar.", "apr.", "aug.", "sept.", "sep.", "oct.", "nov.", "dec.", "jun.",
];
const NEAR_DAYS: [&str; 4] = ["today", "yesterday", "tomorrow", "tonight"];
const NUMBERS: [&str; 28] = [
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "dozens",
    "hundreds",
];
const MAGNITUDES: [&str; 12] = [
    "hundred",
    "thousand",
    "million",
    "billion",
    "trillion",
    "bn",
    "mn",
    "m",
    "k",
    "dozen",
    "thousands",
    "millions",
];
const CURRENCIES: [&str; 26] = [
    "dollar", "dollars", "euro", "euros", "pound", "pounds", "yen", "yuan", "ruble", "rubles",
    "rouble", "roubles", "rupee", "rupees", "franc", "francs", "peso", "pesos", "cent", "cents",
    "krona", "kronor", "kroner", "lira", "shekels", "riyals",
];

/// The figure that starts at a token: the token after it, its kind and the rule.
fn read(layers: &Layers, at: usize, stop: usize) -> Option<(usize, EntityKind, &'static str)> {
    money(layers, at, stop)
        .or_else(|| percent(layers, at, stop))
        .or_else(|| date(layers, at, stop))
        .or_else(|| quantity(layers, at, stop))
}

fn is_number(layers: &Layers, at: usize) -> bool {
    layers.tokens.get(at).is_some_and(|t| {
        t.kind == TokenKind::Number && !t.lower.contains('/')
            || NUMBERS.contains(&&*t.lower)
            || t.lower.as_ref() == "one"
    })
}

/// End of a number with its magnitude: "1.5 billion", "three hundred thousand".
fn number(layers: &Layers, at: usize, stop: usize) -> Option<usize> {
    if at >= stop || !is_number(layers, at) {
        return None;
    }
    let mut end = at + 1;
    while end < stop && MAGNITUDES.contains(&layers.lower(end)) {
        end += 1;
    }
    Some(end)
}

fn money(layers: &Layers, at: usize, stop: usize) -> Option<(usize, EntityKind, &'static str)> {
    let sign = matches!(layers.lower(at), "$" | "€" | "£" | "¥" | "₹" | "₽");
    if sign {
        let end = number(layers, at + 1, stop)?;
        return Some((end, EntityKind::Money, "money:sign"));
    }
    // "US$5", "A$5": the letters are a word of their own.
    if layers.lower(at + 1) == "$" && matches!(layers.lower(at), "us" | "a" | "c" | "hk" | "nz") {
        let capital = layers.tokens.get(at).is_some_and(|t| t.capital);
        let end = number(layers, at + 2, stop).filter(|_| capital)?;
        return Some((end, EntityKind::Money, "money:sign"));
    }
    let end = number(layers, at, stop)?;
    let national = usize::from(
        layers.tags.get(end).is_some_and(|t| t.pos == Pos::Proper)
            || matches!(layers.lower(end), "u.s." | "us"),
    );
    (end + national < stop && CURRENCIES.contains(&layers.lower(end + national))).then_some((
        end + national + 1,
        EntityKind::Money,
        "money:word",
    ))
}

fn percent(layers: &Layers, at: usize, stop: usize) -> Option<(usize, EntityKind, &'static str)> {
    let end = number(layers, at, stop)?;
    let length = match layers.lower(end) {
        "%" | "percent" | "pct" | "pct." => 1,
        "per" if layers.lower(end + 1) == "cent" => 2,
        "percentage" if layers.lower(end + 1).starts_with("point") => 2,
        _ => return None,
    };
    (end + length <= stop).then_some((end + length, EntityKind::Percent, "percent"))
}

fn date(layers: &Layers, at: usize, stop: usize) -> Option<(usize, EntityKind, &'static str)> {
    let found = |end: usize, rule| Some((end, EntityKind::Date, rule));
    let word = layers.lower(at);
    if is_month(layers, at) {
        if is_day(layers, at + 1, stop) {
            let end = year_after(layers, at + 2, stop);
            return found(end, "date:month-day");
        }
        if is_year(layers, at + 1, stop) {
            return found(at + 2, "date:month-year");
        }
        // "may" and "march" are verbs too: a capital inside the sentence tells.
        let sure = !matches!(word, "may" | "march") || {
            let before = at.checked_sub(1).map_or("", |b| layers.lower(b));
            matches!(
                before,
                "in" | "since" | "until" | "last" | "next" | "by" | "early" | "late"
            )
        };
        return sure.then_some((at + 1, EntityKind::Date, "date:month"));
    }
    if is_day(layers, at, stop) && is_month(layers, at + 1) && at + 1 < stop {
        let end = if is_year(layers, at + 2, stop) {
            at + 3
        } else {
            at + 2
        };
        return found(end, "date:day-month");
    }
    if DAYS.contains(&word) && layers.tokens.get(at).is_some_and(|t| t.capital) {
        let comma = usize::from(layers.lower(at + 1) == ",");
        if let Some((end, _, rule)) = (is_month(layers, at + 1 + comma) && at + 1 + comma < stop)
            .then(|| date(layers, at + 1 + comma, stop))
            .flatten()
        {
            return found(end, rule);
        }
        return found(at + 1, "date:weekday");
    }
    if NEAR_DAYS.contains(&word) {
        return found(at + 1, "date:near");
    }
    if is_year(layers, at, stop) {
        let before = at.checked_sub(1).map_or("", |b| layers.lower(b));
        let placed = matches!(
            before,
            "in" | "since"
                | "until"
                | "by"
                | "of"
                | "from"
                | "before"
                | "after"
                | "during"
                | "("
                | "early"
                | "late"
                | "mid"
                | "to"
                | "the"
                | "through"
                | "and"
        );
        return placed.then_some((at + 1, EntityKind::Date, "date:year"));
    }
    let decade =
        word.len() == 5 && word.ends_with("0s") && word[..4].bytes().all(|b| b.is_ascii_digit());
    decade.then_some((at + 1, EntityKind::Date, "date:decade"))
}

fn is_month(layers: &Layers, at: usize) -> bool {
    layers.tokens.get(at).is_some_and(|t| {
        t.capital && (MONTHS.contains(&&*t.lower) || SHORT_MONTHS.contains(&&*t.lower))
    })
}

fn is_day(layers: &Layers, at: usize, stop: usize) -> bool {
    at < stop
        && layers
            .lower(at)
            .trim_end_matches(|c: char| c.is_ascii_alphabetic())
            .parse::<u8>()
            .is_ok_and(|d| (1..=31).contains(&d))
        && layers.lower(at).len() <= 4
}

fn is_year(layers: &Layers, at: usize, stop: usize) -> bool {
    at < stop
        && layers.lower(at).len() == 4
        && layers
            .lower(at)
            .parse::<u16>()
            .is_ok_and(|y| (1500..=2199).contains(&y))
}

/// End of a date whose year may follow after a comma.
fn year_after(layers: &Layers, at: usize, stop: usize) -> usize {
    let comma = usize::from(layers.lower(at) == ",");
    if is_year(layers, at + comma, stop) {
        at + comma + 1
    } else {
        at
    }
}

/// A number and the lower-case noun that it counts, with one adjective between them.
fn quantity(layers: &Layers, at: usize, stop: usize) -> Option<(usize, EntityKind, &'static str)> {
    if layers.lower(at) == "one" {
        return None;
    }
    // "30-day cease-fire": the unit is inside the token.
    let whole = layers.lower(at);
    if whole.starts_with(|c: char| c.is_ascii_digit())
        && whole
            .split_once('-')
            .is_some_and(|(_, unit)| unit.starts_with(|c: char| c.is_ascii_alphabetic()))
    {
        return Some((at + 1, EntityKind::Quantity, "quantity:unit"));
    }
    let end = number(layers, at, stop)?;
    let noun = |t: usize| {
        t < stop
            && layers.tags.get(t).is_some_and(|tag| tag.pos == Pos::Noun)
            && layers
                .tokens
                .get(t)
                .is_some_and(|t| t.is_word() && !t.capital && !t.lower.ends_with("est"))
    };
    let between = layers
        .tags
        .get(end)
        .is_some_and(|t| t.pos == Pos::Adjective)
        || matches!(layers.lower(end), "long" | "more" | "other");
    let skip = usize::from(between && noun(end + 1));
    noun(end + skip).then_some((end + skip + 1, EntityKind::Quantity, "quantity:noun"))
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;
    use crate::model::EntityKind::{Date, Money, Percent, Quantity};

    fn figures(text: &str) -> Vec<(crate::model::EntityKind, String)> {
        testing::annotated(text)
            .entities
            .iter()
            .filter(|e| e.kind.is_light())
            .map(|e| (e.kind, e.name.clone()))
            .collect()
    }

    #[test]
    fn figures_are_told_by_their_spelling() {
        for (text, kind, name) in [
            (
                "They met on March 17, 2025 in Oslo.",
                Date,
                "March 17, 2025",
            ),
            ("They met on 17 March 2025 in Oslo.", Date, "17 March 2025"),
            ("It began in 2016 with a vote.", Date, "2016"),
            (
                "The talks start on Tuesday, officials said.",
                Date,
                "Tuesday",
            ),
            ("It cost $1.5 billion in all.", Money, "$1.5 billion"),
            (
                "It cost 30 million euros in all.",
                Money,
                "30 million euros",
            ),
            ("Prices rose by 3.2% then.", Percent, "3.2%"),
            ("About 60 per cent agreed.", Percent, "60 per cent"),
            ("She met 26 nations there.", Quantity, "26 nations"),
            ("They want a 30-day truce.", Quantity, "30-day"),
            ("It lasted three long years.", Quantity, "three long years"),
        ] {
            assert!(
                figures(text).contains(&(kind, name.to_owned())),
                "{text}: {:?}",
                figures(text)
            );
        }
    }

    #[test]
    fn words_that_only_look_like_figures_are_left_alone() {
        for text in [
            "One of them may leave.",
            "They march on.",
            "May we ask?",
            "The second one left.",
            "They are the two largest in the country.",
        ] {
            assert_eq!(figures(text), [], "{text}");
        }
    }

    #[test]
    fn the_same_words_are_one_figure_and_come_after_the_names() {
        let annotated = testing::annotated("Ann Lee left on Monday. On Monday Bob Ray came.");
        let kinds: Vec<_> = annotated
            .entities
            .iter()
            .map(|e| e.kind.is_light())
            .collect();
        assert_eq!(kinds, [false, false, true]);
        assert_eq!(annotated.entities[2].mentions.len(), 2);
    }
}
