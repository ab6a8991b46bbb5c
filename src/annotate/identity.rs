//! Identity: which names are one entity. Full name and surname, acronym and long form, demonym,
//! capital and seat of power; titles become roles.

use std::collections::BTreeMap;
use std::ops::Range;

use super::layers::{Layer, Layers};
use super::lexicon::gazetteer::Use;
use super::lexicon::words::{self, Gender};
use super::name::{Name, key};
use super::pipeline::Stage;
use super::reference;
use crate::base::EntityId;
use crate::model::{Document, Entity, EntityKind, Mention, MentionForm};

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
        let mut index = Index::default();
        index.introduce(layers);
        for name in &layers.names {
            index.place(layers, document, name);
        }
        let drafts = index.drafts;
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
    pub kind: Option<(EntityKind, f32, crate::model::Rule)>,
    /// Mentions with their tokens.
    pub mentions: Vec<(Range<usize>, Mention)>,
    /// Title tokens, the longest.
    pub title: Option<Range<usize>>,
    /// Whether the name comes from a list and is not to be replaced by a longer mention.
    pub fixed: bool,
}

#[derive(Default)]
struct Index {
    drafts: Vec<Draft>,
    /// Draft of every full key.
    keys: BTreeMap<String, usize>,
    /// Drafts of persons by surname, in order of introduction, with gender.
    surnames: BTreeMap<String, Vec<(usize, Option<Gender>)>>,
    /// Drafts of persons by given name.
    given: BTreeMap<String, Vec<usize>>,
    /// Drafts by acronym and by first word.
    short: BTreeMap<String, Vec<usize>>,
}

impl Index {
    /// Makes a draft for every name of several words before single words are looked at.
    fn introduce(&mut self, layers: &Layers) {
        for name in &layers.names {
            if name.entry.is_some() || name.tokens.len() < 2 {
                continue;
            }
            let full = key(layers, &name.tokens);
            let words: Vec<&str> = name.tokens.clone().map(|t| layers.lower(t)).collect();
            if name.kind == EntityKind::Person {
                let key = person_key(&words);
                if self.keys.contains_key(&key) {
                    continue;
                }
                let draft = self.draft(key);
                let gender = words::given_name(words.first().copied().unwrap_or(""));
                if let Some(surname) = surname(&words) {
                    self.surnames
                        .entry(surname.to_owned())
                        .or_default()
                        .push((draft, gender));
                }
                if let Some(first) = words.first() {
                    self.given
                        .entry((*first).to_owned())
                        .or_default()
                        .push(draft);
                }
            } else if !self.keys.contains_key(&full) {
                let draft = self.draft(full);
                for initials in initials(layers, &name.tokens) {
                    push_once(self.short.entry(initials).or_default(), draft);
                }
                // "Alliance to Reclaim Our Schools (AROS)"
                if let Some(short) = bracketed(layers, name.tokens.end) {
                    push_once(
                        self.short
                            .entry(layers.lower(short).to_owned())
                            .or_default(),
                        draft,
                    );
                }
                if name.kind == EntityKind::Organization && name.rule != "name+government" {
                    let first = words.first().copied().unwrap_or("");
                    if words::given_name(first).is_none() {
                        push_once(self.short.entry(first.to_owned()).or_default(), draft);
                    }
                }
            }
        }
    }

    fn draft(&mut self, key: String) -> usize {
        let draft = self.drafts.len();
        self.drafts.push(Draft::default());
        self.keys.insert(key, draft);
        draft
    }

    fn keyed(&mut self, key: String) -> usize {
        match self.keys.get(&key) {
            Some(draft) => *draft,
            None => self.draft(key),
        }
    }

    fn place(&mut self, layers: &Layers, document: &Document, name: &Name) {
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
        let mut shown = span.of(text).to_owned();
        let mut fixed = false;
        let draft = if let Some(entry) = name.entry {
            fixed = true;
            shown = entry.canon.to_owned();
            match entry.usage {
                // A country keeps its listed name; an organization is called as the article does.
                Use::Name => fixed = entry.kind == EntityKind::Place,
                Use::Demonym => form = MentionForm::Demonym,
                Use::Seat if acts(layers, &name.tokens, entry.name) => form = MentionForm::Metonym,
                Use::Seat => {
                    kind = EntityKind::Place;
                    shown = entry.name.to_owned();
                }
            }
            let draft = self.keyed(format!("list:{shown}"));
            if !fixed {
                shown = span.of(text).to_owned();
            }
            draft
        } else {
            let words: Vec<&str> = name.tokens.clone().map(|t| layers.lower(t)).collect();
            match (name.kind, words.as_slice()) {
                (_, [one]) => self.single(layers, name, one),
                (EntityKind::Person, _) => self.keyed(person_key(&words)),
                _ => self.keyed(key(layers, &name.tokens)),
            }
        };
        let draft = &mut self.drafts[draft];
        draft.fixed |= fixed;
        let longer = || draft.name.is_empty() || shown.chars().count() > draft.name.chars().count();
        if fixed || !draft.fixed && longer() {
            draft.name = shown;
        }
        let better = draft
            .kind
            .as_ref()
            .is_none_or(|(_, c, _)| name.confidence > *c);
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

    /// The draft of a name of one word.
    fn single(&mut self, layers: &Layers, name: &Name, word: &str) -> usize {
        if let Some(people) = self.surnames.get(word) {
            let honorific = name
                .title
                .as_ref()
                .map_or("", |t| layers.lower(t.end.saturating_sub(1)));
            let wanted = match honorific {
                "mr." | "mr" | "sir" => Some(Gender::Male),
                "mrs." | "ms." | "mrs" | "ms" | "miss" | "dame" => Some(Gender::Female),
                _ => None,
            };
            let fits = people
                .iter()
                .find(|(_, gender)| wanted.is_none() || gender.is_none() || *gender == wanted);
            if let Some((draft, _)) = fits.or(people.first()) {
                return *draft;
            }
        }
        let acronym =
            name.kind == EntityKind::Organization || layers.tokens[name.tokens.start].all_caps;
        if let Some([draft]) = self.short.get(word).map(Vec::as_slice)
            && (acronym || name.kind != EntityKind::Person)
        {
            return *draft;
        }
        if let Some([draft]) = self.given.get(word).map(Vec::as_slice) {
            return *draft;
        }
        self.keyed(word.to_owned())
    }
}

fn push_once(list: &mut Vec<usize>, draft: usize) {
    if !list.contains(&draft) {
        list.push(draft);
    }
}

/// Given name and surname: middle names and initials make no other person.
fn person_key(words: &[&str]) -> String {
    match (words.first(), surname(words)) {
        (Some(first), Some(last)) => format!("{first} {last}"),
        _ => words.join(" "),
    }
}

/// The surname: the last word that is no suffix.
fn surname<'a>(words: &[&'a str]) -> Option<&'a str> {
    words
        .iter()
        .rev()
        .copied()
        .find(|w| !matches!(*w, "jr." | "sr." | "jr" | "sr" | "ii" | "iii"))
}

/// The acronyms that a long name can have: initials of all capitalised words.
fn initials(layers: &Layers, tokens: &Range<usize>) -> Vec<String> {
    let letter = |t: usize| layers.lower(t).chars().next();
    let capitals: String = tokens
        .clone()
        .filter(|t| layers.tokens[*t].capital)
        .filter_map(letter)
        .collect();
    let all: String = tokens.clone().filter_map(letter).collect();
    let mut out = vec![capitals];
    if !out.contains(&all) {
        out.push(all);
    }
    out.retain(|i| i.chars().count() > 1);
    out
}

/// The acronym in brackets after a name.
fn bracketed(layers: &Layers, at: usize) -> Option<usize> {
    let inside = layers.tokens.get(at + 1)?;
    (layers.lower(at) == "(" && layers.lower(at + 2) == ")" && inside.is_word() && inside.capital)
        .then_some(at + 1)
}

/// Whether a capital or seat of power stands for its government here: it is the subject of a verb
/// or owns what a government owns, and does not follow a preposition of place.
fn acts(layers: &Layers, tokens: &Range<usize>, seat: &str) -> bool {
    let mut before = tokens.start.checked_sub(1);
    if before.is_some_and(|b| matches!(layers.lower(b), "the" | "official")) {
        before = before.and_then(|b| b.checked_sub(1));
    }
    let word = before.map_or("", |b| layers.lower(b));
    if matches!(
        word,
        "in" | "at"
            | "near"
            | "to"
            | "from"
            | "outside"
            | "around"
            | "into"
            | "through"
            | "across"
            | "toward"
            | "leaving"
            | "visit"
            | "visited"
            | "visiting"
    ) {
        return false;
    }
    if matches!(
        word,
        "with"
            | "against"
            | "between"
            | "by"
            | "accused"
            | "urged"
            | "told"
            | "and"
            | "than"
            | "blamed"
            | "that"
    ) && word != "and"
    {
        return true;
    }
    let institution = !matches!(
        seat,
        "London" | "Paris" | "Berlin" | "Rome" | "Vienna" | "Geneva"
    ) && matches!(
        seat,
        "Kremlin"
            | "White House"
            | "Downing Street"
            | "10 Downing Street"
            | "No 10"
            | "No. 10"
            | "Number 10"
            | "Pentagon"
            | "Capitol Hill"
            | "Elysee"
            | "Élysée"
            | "Elysee Palace"
            | "Élysée Palace"
            | "Whitehall"
            | "Foggy Bottom"
            | "Blue House"
            | "Quai d'Orsay"
            | "Matignon"
    );
    if institution {
        return true;
    }
    let after = layers.lower(tokens.end);
    if after == "'s" {
        return true;
    }
    let Some(at) = layers.chunks.get(
        layers
            .chunks
            .partition_point(|c| c.tokens.end <= tokens.start),
    ) else {
        return false;
    };
    let next = layers
        .chunks
        .partition_point(|c| c.tokens.start < at.tokens.end);
    let willing = |lemma: &str| {
        words::cue_class(lemma).is_some()
            || !super::lexicon::stance::readings(super::lexicon::stance::Part::Verb, lemma)
                .is_empty()
            || matches!(
                lemma,
                "have"
                    | "do"
                    | "be"
                    | "respond"
                    | "hope"
                    | "send"
                    | "launch"
                    | "hold"
                    | "decide"
                    | "consider"
                    | "view"
                    | "continue"
            )
    };
    at.head + 1 == tokens.end
        && layers.chunks.get(next).is_some_and(|c| {
            c.is_verb() && willing(layers.lemma(c.head)) && !layers.lemma(c.head).eq("be")
        })
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
}
