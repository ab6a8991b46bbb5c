//! Who belongs into the list of entities, and what tells two of one name apart.

use std::collections::BTreeMap;

use crate::base::Span;
use crate::base::text::fold;
use crate::model::{Annotated, Entity, MentionForm, Party, Stance, Target};
use crate::view::spark::Ruler;

/// For each entity whether it is a bare common noun: "state", "president", "group" that nobody
/// named hides behind and that has no part in a stance. Such a one is left out of the list.
///
/// A noun stands for a named entity where it speaks for one, where a name is a part of it ("New
/// York judge"), or where the annotator says so by its rule.
pub fn bare(annotated: &Annotated) -> Vec<bool> {
    let mut out: Vec<bool> = annotated.entities.iter().map(common).collect();
    if !out.contains(&true) {
        return out;
    }
    let shown = annotated.stances.iter();
    for stance in shown.filter(|s| s.confidence >= Stance::FAINT) {
        let target = match stance.target {
            Target::Entity(id) => Some(id),
            Target::Issue(_) => None,
        };
        let holder = match stance.holder {
            Party::Entity(id) => Some(id),
            _ => None,
        };
        for id in holder.into_iter().chain(target) {
            if let Some(bare) = out.get_mut(id.index()) {
                *bare = false;
            }
        }
    }
    let mut names: Vec<Span> = Vec::new();
    for entity in &annotated.entities {
        let mentions = entity.mentions.iter();
        let named = mentions.filter(|m| !is_noun(m.form));
        names.extend(named.map(|m| m.span).filter(|_| !entity.kind.is_light()));
    }
    names.sort_unstable();
    let holds_name = |span: Span| {
        let at = names.partition_point(|n| n.from() < span.from());
        names.get(at).is_some_and(|n| span.contains(*n))
    };
    for (entity, bare) in annotated.entities.iter().zip(&mut out) {
        *bare = *bare && !entity.mentions.iter().any(|m| holds_name(m.span));
    }
    out
}

fn is_noun(form: MentionForm) -> bool {
    matches!(form, MentionForm::Nominal | MentionForm::Pronoun)
}

/// Whether an entity is only ever mentioned by common nouns, and those stand for nobody named.
fn common(entity: &Entity) -> bool {
    let noun = |m: &crate::model::Mention| is_noun(m.form) && !m.rule.contains("name");
    !entity.kind.is_light() && entity.speaks_for.is_none() && entity.mentions.iter().all(noun)
}

/// Something about an entity that may tell it apart.
type Fact<'f> = &'f dyn Fn(&Entity) -> Option<String>;

/// What tells an entity apart from others of its name, by the position of the entity: its kind
/// where that differs, else its office, the country it speaks for, another name, its place.
pub(super) fn apart(annotated: &Annotated) -> BTreeMap<usize, String> {
    let mut same: BTreeMap<String, Vec<&Entity>> = BTreeMap::new();
    for entity in annotated.entities.iter().filter(|e| !e.kind.is_light()) {
        same.entry(fold(&entity.name)).or_default().push(entity);
    }
    let ruler = Ruler::new(&annotated.document);
    let mut out = BTreeMap::new();
    for twins in same.into_values().filter(|twins| twins.len() > 1) {
        let facts: [Fact; 4] = [
            &|e| Some(e.kind.name().to_owned()),
            &|e| e.role.clone(),
            &|e| Some(annotated.entity(e.speaks_for?)?.name.clone()),
            &|e| e.aliases.iter().max_by_key(|a| a.len()).cloned(),
        ];
        for entity in &twins {
            let others = || twins.iter().filter(|t| t.id != entity.id);
            let told = facts.iter().find_map(|fact| {
                let own = fact(entity)?;
                let differs = others().all(|other| fact(other).as_deref() != Some(&*own));
                differs.then_some(own)
            });
            let place = || {
                let first = entity.mentions.first()?.span.from();
                let percent = ruler.percent(first);
                Some(percent.map_or("comment".to_owned(), |p| format!("at {p}%")))
            };
            if let Some(told) = told.or_else(place) {
                out.insert(entity.id.index(), told);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{EntityId, EntityKind};
    use crate::view::fixture::dispute;

    #[test]
    fn a_bare_noun_is_left_out_unless_it_stands_for_somebody() {
        let mut annotated = dispute();
        assert_eq!(bare(&annotated), [false, false, false]);
        for mention in &mut annotated.entities[2].mentions {
            mention.form = MentionForm::Nominal;
            mention.rule = "nominal".into();
        }
        assert_eq!(bare(&annotated), [false, false, true]);
        // It speaks for somebody.
        annotated.entities[2].speaks_for = Some(EntityId::at(1));
        assert_eq!(bare(&annotated), [false, false, false]);
        annotated.entities[2].speaks_for = None;
        // A name is a part of it.
        let mut name = annotated.entities[2].mentions[1].clone();
        name.form = MentionForm::Name;
        annotated.entities[1].mentions.push(name);
        assert_eq!(bare(&annotated), [false, false, false]);
        annotated.entities[1].mentions.pop();
        // It holds a stance, or receives one.
        annotated.stances[3].holder = Party::Entity(EntityId::at(2));
        assert_eq!(bare(&annotated), [false, false, false]);
        annotated.stances[3].confidence = 0.5;
        assert_eq!(bare(&annotated), [false, false, true]);
        annotated.stances[4].target = Target::Entity(EntityId::at(2));
        assert_eq!(bare(&annotated), [false, false, false]);
    }

    #[test]
    fn two_of_one_name_are_told_apart() {
        let mut annotated = dispute();
        assert!(apart(&annotated).is_empty());
        annotated.entities[2].name = "Norway".to_owned();
        annotated.entities[2].kind = EntityKind::Organization;
        let told =
            |annotated: &Annotated| -> Vec<String> { apart(annotated).into_values().collect() };
        assert_eq!(told(&annotated), ["place", "organization"]);
        annotated.entities[2].kind = EntityKind::Place;
        assert_eq!(told(&annotated), ["at 34%", "at 83%"]);
        annotated.entities[1]
            .aliases
            .push("Kingdom of Norway".to_owned());
        assert_eq!(told(&annotated), ["Kingdom of Norway", "at 83%"]);
        annotated.entities[2].role = Some("football team".to_owned());
        assert_eq!(told(&annotated), ["Kingdom of Norway", "football team"]);
    }
}
