//! Adjectives of countries that name a language: "translated into Danish" names nobody in Denmark.

use super::Name;
use crate::annotate::layers::Layers;
use crate::annotate::syntax::Pos;
use crate::model::EntityKind;

const LANGUAGES: &str = " albanian armenian bengali bulgarian burmese chinese croatian czech danish dutch english \
    estonian finnish french georgian german greek hebrew hungarian icelandic indonesian irish italian japanese \
    khmer korean lao latvian lithuanian malay maltese mongolian nepali norwegian persian polish portuguese romanian \
    russian serbian slovak slovenian somali spanish swedish thai turkish ukrainian vietnamese welsh ";
/// Words after which a language stands when no noun follows it.
const BEFORE: &str = " in into speak speaks speaking spoke spoken learn learns learned learning teach teaches \
    taught teaching understand understands fluent ";
/// Words before which it stands.
const AFTER: &str = " language languages dialect dialects pronunciation translation translations vocabulary \
    grammar alphabet lexicon word words speaker speakers subtitles ";

/// Takes the names of languages out of their countries.
pub(super) fn part(layers: &Layers, names: &mut [Name]) {
    for name in names {
        if name.is_demonym() && name.tokens.len() == 1 && is_language(layers, name.tokens.start) {
            name.entry = None;
            name.kind = EntityKind::Other;
            name.rule = "language".into();
        }
    }
}

fn is_language(layers: &Layers, at: usize) -> bool {
    let within = |list: &str, word: &str| {
        !word.is_empty() && !word.contains(' ') && list.contains(&format!(" {word} "))
    };
    if !within(LANGUAGES, layers.lower(at)) {
        return false;
    }
    let before = at.checked_sub(1).map_or("", |t| layers.lower(t));
    let after = layers.lower(at + 1);
    let described = layers.tags.get(at + 1).is_some_and(|tag| {
        matches!(tag.pos, Pos::Noun | Pos::Adjective | Pos::Proper)
            && layers.sentence_of(at) == layers.sentence_of(at + 1)
    });
    within(AFTER, after) || before == "(" && after == ":" || within(BEFORE, before) && !described
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;

    #[test]
    fn a_language_is_not_its_country() {
        let annotated = testing::annotated(
            "Denmark printed the report in Danish. The Danish language is old. Danish voters left.",
        );
        let found: Vec<(&str, usize)> = annotated
            .entities
            .iter()
            .map(|e| (e.name.as_str(), e.mentions.len()))
            .collect();
        assert!(found.contains(&("Denmark", 2)), "{found:?}");
        assert!(found.contains(&("Danish", 2)), "{found:?}");
    }
}
