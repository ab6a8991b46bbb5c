//! Which part of an article and its marks is taken along: marks of some colours or tags, entities of
//! some kinds with what is said by them and about them. Calls `base`.

use std::fmt;

use crate::base::{EntityId, EntityKind, Error, QuoteId, Result, StanceId};
use crate::model::correction::Corrected;
use crate::model::{Annotated, Colour, Highlight, Party, Quote, Target};

/// What is taken along; an empty list takes all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// Marks of one of these colours.
    pub colours: Vec<Colour>,
    /// Marks with one of these tags.
    pub tags: Vec<String>,
    /// Entities of one of these kinds.
    pub kinds: Vec<EntityKind>,
}

impl Filter {
    /// Reads words: names of colours and kinds, tags with `#` before them.
    ///
    /// # Errors
    /// If a word is none of these.
    pub fn parse(words: &str) -> Result<Self> {
        let mut out = Self::default();
        for word in words.split([' ', ',']).filter(|w| !w.is_empty()) {
            if let Some(tag) = word.strip_prefix('#').filter(|tag| !tag.is_empty()) {
                out.tags.push(tag.to_owned());
            } else if let Some(colour) = Colour::from_name(word) {
                out.colours.push(colour);
            } else if let Some(kind) = EntityKind::from_name(word) {
                out.kinds.push(kind);
            } else {
                return Err(
                    Error::new("filter", format!("no colour and no kind {word:?}"))
                        .remedy(format!("a tag is written #{word}")),
                );
            }
        }
        Ok(out)
    }

    /// Whether it takes all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a mark is taken along.
    pub fn takes(&self, highlight: &Highlight) -> bool {
        let tagged = |tag: &String| {
            highlight
                .tags
                .iter()
                .any(|t| t.trim_start_matches('#') == tag)
        };
        (self.colours.is_empty() || self.colours.contains(&highlight.colour))
            && (self.tags.is_empty() || self.tags.iter().any(tagged))
    }

    /// The part of an article and its marks that is taken along. What names an entity that stays
    /// behind (a stance of it, toward it or through it, a quote of it) stays behind, too: without
    /// the name it would say something else.
    pub fn apply(
        &self,
        annotated: &Annotated,
        highlights: &[Highlight],
    ) -> (Annotated, Vec<Highlight>) {
        let marks = highlights.iter().filter(|h| self.takes(h));
        (self.layers(annotated), marks.cloned().collect())
    }

    fn layers(&self, annotated: &Annotated) -> Annotated {
        let mut out = annotated.clone();
        if self.kinds.is_empty() {
            return out;
        }
        // The numbers of what stays, as all numbers are positions.
        let mut numbers: Vec<Option<EntityId>> = Vec::new();
        let mut next = 0;
        for entity in &annotated.entities {
            let stays = self.kinds.contains(&entity.kind);
            numbers.push(stays.then(|| EntityId::at(next)));
            next += usize::from(stays);
        }
        let new = |id: EntityId| numbers.get(id.index()).copied().flatten();
        let party = |party: Party| match party {
            Party::Entity(id) => new(id).map(Party::Entity),
            other => Some(other),
        };
        let through = |via: &[EntityId]| via.iter().map(|&id| new(id)).collect::<Option<Vec<_>>>();
        out.entities.retain(|e| self.kinds.contains(&e.kind));
        for (n, entity) in out.entities.iter_mut().enumerate() {
            entity.id = EntityId::at(n);
            entity.speaks_for = entity.speaks_for.and_then(new);
        }
        let quotes = |list: &[Quote]| {
            let mut numbers: Vec<Option<QuoteId>> = Vec::new();
            let mut out: Vec<Quote> = Vec::new();
            for quote in list {
                let kept = party(quote.speaker).zip(through(&quote.via));
                numbers.push(kept.is_some().then(|| QuoteId::at(out.len())));
                let Some((speaker, via)) = kept else { continue };
                out.push(Quote {
                    id: QuoteId::at(out.len()),
                    speaker,
                    via,
                    continues: quote.continues.and_then(|q| *numbers.get(q.index())?),
                    ..quote.clone()
                });
            }
            out
        };
        out.quotes = quotes(&annotated.quotes);
        out.attributions = quotes(&annotated.attributions);
        out.stances.clear();
        for stance in &annotated.stances {
            let target = match stance.target {
                Target::Entity(id) => new(id).map(Target::Entity),
                issue @ Target::Issue(_) => Some(issue),
            };
            let kept = party(stance.holder).zip(target).zip(through(&stance.via));
            let Some(((holder, target), via)) = kept else {
                continue;
            };
            let mut stance = stance.clone();
            stance.id = StanceId::at(out.stances.len());
            (stance.holder, stance.target, stance.via) = (holder, target, via);
            out.stances.push(stance);
        }
        // It speaks of numbers that are no longer these.
        out.corrected = Corrected::default();
        out
    }
}

impl fmt::Display for Filter {
    /// The words that [`Filter::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let colours = self.colours.iter().map(|c| c.name().to_owned());
        let tags = self.tags.iter().map(|tag| format!("#{tag}"));
        let kinds = self.kinds.iter().map(|k| k.name().to_owned());
        let words: Vec<String> = colours.chain(tags).chain(kinds).collect();
        f.write_str(&words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_and_written() {
        let filter = Filter::parse("yellow #check, person green").unwrap();
        assert_eq!(filter.colours, [Colour::Yellow, Colour::Green]);
        assert_eq!(filter.tags, ["check"]);
        assert_eq!(filter.kinds, [EntityKind::Person]);
        assert_eq!(Filter::parse(&filter.to_string()).unwrap(), filter);
        assert!(Filter::parse("  ").unwrap().is_empty());
        let error = Filter::parse("check").unwrap_err().to_string();
        assert!(error.contains("#check"), "{error}");
    }
}
