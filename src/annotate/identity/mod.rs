//! Identity: which names are one entity. Full name and surname, nickname, acronym and long form,
//! alias, demonym, capital and seat of power; titles become roles.

mod form;
mod join;
mod seat;
mod spell;

use std::collections::BTreeMap;
use std::ops::Range;

use form::Forms;
use join::Joined;

use super::layers::{Layer, Layers};
use super::lexicon::gazetteer::Use;
use super::lexicon::words::{self, Gender};
use super::name::Name;
use super::pipeline::Stage;
use super::reference;
use crate::base::EntityId;
use crate::model::{Document, Entity, EntityKind, Mention, MentionForm, Rule};

/// The stage.
pub struct Identity;

impl Stage for Identity {
    fn name(&self) -> &'static str {
        "identity"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Names, Layer::Syntax]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Entities]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let drafts = drafts(document, layers);
        super::entity::settle(document, layers, drafts);
        reference::resolve(document, layers);
    }
}

/// An entity in the making.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// The fullest name so far.
    pub name: String,
    /// Kind, with the confidence and rule that gave it.
    pub kind: Option<(EntityKind, f32, Rule)>,
    /// Mentions with their tokens.
    pub mentions: Vec<(Range<usize>, Mention)>,
    /// Title tokens, the longest.
    pub title: Option<Range<usize>>,
    /// Whether the name comes from a list and is not to be replaced by a longer mention.
    pub fixed: bool,
    /// What speaks for each kind.
    votes: BTreeMap<EntityKind, f32>,
}

/// What a listed name refers to in its place: the name of the entity, and how.
fn listed(layers: &Layers, name: &Name) -> Option<(&'static str, MentionForm)> {
    let entry = name.entry?;
    Some(match entry.usage {
        Use::Name => (entry.canon, MentionForm::Name),
        Use::Demonym => (entry.canon, MentionForm::Demonym),
        Use::Seat if seat::acts(layers, &name.tokens, entry.name) => {
            (entry.canon, MentionForm::Metonym)
        }
        Use::Seat => (entry.name, MentionForm::Name),
    })
}

/// The entities of the names of a document.
fn drafts(document: &Document, layers: &Layers) -> Vec<Draft> {
    let forms = Forms::new(layers, &document.text, |name| {
        listed(layers, name).map(|(canon, _)| canon.to_owned())
    });
    let joined = Joined::new(layers, &forms);
    let mut drafts: BTreeMap<usize, Draft> = BTreeMap::new();
    for (n, name) in layers.names.iter().enumerate() {
        let form = forms.of[n];
        let owners = joined.owners(form);
        let root = match owners {
            [] => joined.root(form),
            _ => owner(layers, &forms, name, owners),
        };
        add(drafts.entry(root).or_default(), document, layers, name);
    }
    drafts.into_values().collect()
}

/// The person that a surname or given name means: of the gender that the honorific says, the one
/// who was named first.
fn owner(layers: &Layers, forms: &Forms, name: &Name, owners: &[usize]) -> usize {
    let honorific = name
        .title
        .as_ref()
        .map_or("", |t| layers.lower(t.end.saturating_sub(1)));
    let wanted = match honorific {
        "mr." | "mr" | "sir" => Some(Gender::Male),
        "mrs." | "ms." | "mrs" | "ms" | "miss" | "dame" => Some(Gender::Female),
        _ => None,
    };
    let gender = |form: usize| words::given_name(forms.all[form].word(0));
    owners
        .iter()
        .copied()
        .find(|f| wanted.is_none() || gender(*f).is_none() || gender(*f) == wanted)
        .unwrap_or(owners[0])
}

/// Adds a name to its entity.
fn add(draft: &mut Draft, document: &Document, layers: &Layers, name: &Name) {
    let text = &document.text;
    let span = layers.span(&name.tokens);
    // "the Saudi government" names nobody but the country in it.
    let government = name.rule == "name+government"
        && layers.lower(name.tokens.end.saturating_sub(1)) == "government";
    let mut form = if government {
        MentionForm::Nominal
    } else {
        MentionForm::Name
    };
    let mut kind = name.kind;
    let mut shown = span.of(text);
    // A country keeps its listed name; an organization is called as the article does.
    let mut fixed = false;
    if let (Some(entry), Some((canon, how))) = (name.entry, listed(layers, name)) {
        form = how;
        if entry.usage == Use::Seat && form == MentionForm::Name {
            kind = EntityKind::Place;
        }
        fixed = entry.usage != Use::Name || entry.kind == EntityKind::Place;
        shown = if fixed { canon } else { shown };
    }
    let longer = || shown.chars().count() > draft.name.chars().count();
    if !draft.fixed && (fixed || longer()) {
        draft.name = shown.to_owned();
    }
    draft.fixed |= fixed;
    let votes = draft.votes.entry(kind).or_default();
    // A full name says most; a capital alone says next to nothing.
    *votes += match (kind, name.tokens.len()) {
        (EntityKind::Other, _) => name.confidence * 0.1,
        (_, 1) => name.confidence,
        _ => name.confidence * 3.0,
    };
    let votes = *votes;
    let best = draft.votes.values().all(|v| *v <= votes);
    let better = draft.kind.as_ref().is_none_or(|(k, c, _)| {
        if *k == kind {
            name.confidence > *c
        } else {
            best
        }
    });
    if better {
        draft.kind = Some((kind, name.confidence, name.rule.clone()));
    }
    if let Some(title) = &name.title
        && draft.title.as_ref().is_none_or(|t| title.len() > t.len())
    {
        draft.title = Some(title.clone());
    }
    draft.mentions.push((
        name.tokens.clone(),
        Mention {
            span,
            form,
            conll: name.conll,
            rule: match form {
                MentionForm::Metonym => "seat-acts".into(),
                _ => name.rule.clone(),
            },
            confidence: name.confidence,
        },
    ));
}

/// An entity by id.
pub(crate) fn at(entities: &[Entity], id: EntityId) -> Option<&Entity> {
    entities.get(id.index())
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;
    use crate::model::MentionForm;

    fn entities(text: &str) -> Vec<(String, Vec<String>)> {
        testing::annotated(text)
            .entities
            .iter()
            .map(|e| {
                let mentions = e
                    .mentions
                    .iter()
                    .filter(|m| m.form == MentionForm::Name)
                    .map(|m| m.span.of(text).to_owned())
                    .collect();
                (e.name.clone(), mentions)
            })
            .collect()
    }

    #[test]
    fn a_surname_joins_the_full_name_and_two_people_stay_two() {
        let found = entities(
            "Donald Trump sued. Ivana Trump agreed. Mr. Trump left, then Ms. Trump spoke.",
        );
        assert_eq!(
            found,
            [
                (
                    "Donald Trump".into(),
                    vec!["Donald Trump".into(), "Trump".into()]
                ),
                (
                    "Ivana Trump".into(),
                    vec!["Ivana Trump".into(), "Trump".into()]
                )
            ]
        );
    }

    #[test]
    fn an_acronym_joins_its_long_form() {
        let found = entities(
            "The Alliance to Reclaim Our Schools (AROS) met. AROS spoke. The US and the United States agreed.",
        );
        assert_eq!(
            found[0].1,
            ["Alliance to Reclaim Our Schools", "AROS", "AROS"]
        );
        assert_eq!(found[1].1, ["US", "United States"]);
    }

    #[test]
    fn a_capital_that_acts_is_its_country_and_one_that_locates_is_a_city() {
        let annotated =
            testing::annotated("Moscow is seeking a deal. They met in Moscow. Russia agreed.");
        let names: Vec<_> = annotated
            .entities
            .iter()
            .map(|e| (e.name.as_str(), e.mentions.len()))
            .collect();
        assert_eq!(names, [("Russia", 2), ("Moscow", 1)]);
        assert_eq!(annotated.entities[0].mentions[0].form, MentionForm::Metonym);
    }

    #[test]
    fn a_title_gives_role_and_country() {
        let annotated = testing::annotated(
            "Russian Deputy Foreign Minister Alexander Grushko spoke. Grushko left.",
        );
        let person = annotated
            .entities
            .iter()
            .find(|e| e.name == "Alexander Grushko")
            .unwrap();
        assert_eq!(
            person.role.as_deref(),
            Some("Russian Deputy Foreign Minister")
        );
        let country = person
            .speaks_for
            .and_then(|id| annotated.entity(id))
            .unwrap();
        assert_eq!(country.name, "Russia");
    }

    fn named(text: &str, name: &str) -> Vec<String> {
        let found = entities(text);
        let same = found.iter().find(|(n, _)| n == name);
        same.map_or_else(Vec::new, |(_, mentions)| mentions.clone())
    }

    #[test]
    fn nicknames_initials_and_accents_make_no_other_person() {
        let text = "Robert Vane spoke. Bob Vane left. R. Vane came back. José Lima met Jose Lima.";
        assert_eq!(
            named(text, "Robert Vane"),
            ["Robert Vane", "Bob Vane", "R. Vane"]
        );
        assert_eq!(named(text, "José Lima").len(), 2);
    }

    #[test]
    fn a_short_name_is_its_body_and_a_word_after_of_is_not() {
        let text = "The Senate Budget Committee met. She told the Budget Committee so. \
                    The University of Oregon voted. Oregon did not.";
        assert_eq!(
            named(text, "Senate Budget Committee"),
            ["Senate Budget Committee", "Budget Committee"]
        );
        assert_eq!(named(text, "Oregon"), ["Oregon"]);
    }

    #[test]
    fn an_acronym_needs_no_brackets() {
        let text = "The National Harbour Council met. Later the NHC agreed.";
        assert_eq!(
            named(text, "National Harbour Council"),
            ["National Harbour Council", "NHC"]
        );
    }

    #[test]
    fn the_text_says_who_is_known_as_whom() {
        let text = "Robert Vane, also known as Stefan Orlo, left. Stefan Orlo came back.";
        assert_eq!(
            named(text, "Robert Vane").len() + named(text, "Stefan Orlo").len(),
            3
        );
        assert!(named(text, "Robert Vane").is_empty() || named(text, "Stefan Orlo").is_empty());
    }

    #[test]
    fn a_person_and_a_place_of_one_name_stay_two() {
        let text = "Paul Lincoln spoke in Lincoln. Mr. Lincoln left.";
        assert_eq!(named(text, "Paul Lincoln"), ["Paul Lincoln", "Lincoln"]);
    }
}
