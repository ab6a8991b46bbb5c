//! Agreement and conflict: who is on the editor's side of a thing and who is on the other, in a
//! sentence. An issue and its ban are one thing.

use crate::base::Span;
use crate::model::{Annotated, Party, Polarity, Stance, Target};
use crate::view::explain::{party, target};
use crate::view::side::{shown, side, thing};

/// Parties that are named before the others are counted.
const NAMED: usize = 4;

/// "The editor is against the bridge, as are Oslo and Ek; Norway is for it." `None` where the
/// editor holds nothing of the thing.
pub fn agreement(about: Target, annotated: &Annotated) -> Option<String> {
    let (about, _) = thing(about, annotated);
    let holders = |polarity: Polarity| -> Vec<Party> {
        let mut found = Vec::new();
        for stance in shown(annotated) {
            let here =
                stance.holder != Party::Unknown && side(stance, annotated) == (about, polarity);
            if here && !found.contains(&stance.holder) {
                found.push(stance.holder);
            }
        }
        found
    };
    let sides = Polarity::ALL.map(|p| (p, holders(p)));
    let editor: Vec<Polarity> = sides
        .iter()
        .filter(|(_, who)| who.contains(&Party::Editor))
        .map(|(p, _)| *p)
        .collect();
    let [own] = editor.as_slice() else {
        let both = format!(
            "The editor is on both sides of {}.",
            target(about, annotated)
        );
        return (!editor.is_empty()).then_some(both);
    };
    let torn = |who: &Party| sides.iter().filter(|(_, side)| side.contains(who)).count() > 1;
    let names = |who: &[Party], split: bool| -> Vec<&str> {
        who.iter()
            .filter(|p| **p != Party::Editor && torn(p) == split)
            .map(|p| party(*p, annotated))
            .collect()
    };
    let others = |polarity: Polarity| -> Vec<&str> {
        let side = sides.iter().find(|(p, _)| *p == polarity);
        side.map_or_else(Vec::new, |(_, who)| names(who, false))
    };
    let name = target(about, annotated);
    let mut said = format!("The editor is {}", toward(*own, name));
    let with = others(*own);
    if with.len() == 1 {
        said.push_str(&format!(", as is {}", with[0]));
    } else if !with.is_empty() {
        said.push_str(&format!(", as are {}", listed(&with)));
    }
    let mut alone = with.is_empty();
    for polarity in Polarity::ALL.into_iter().filter(|p| p != own) {
        let who = others(polarity);
        if !who.is_empty() {
            let is = if who.len() == 1 { "is" } else { "are" };
            said.push_str(&format!(
                "; {} {is} {}",
                listed(&who),
                toward(polarity, "it")
            ));
            alone = false;
        }
    }
    let mut both: Vec<&str> = sides.iter().flat_map(|(_, who)| names(who, true)).collect();
    both.sort_unstable();
    both.dedup();
    if !both.is_empty() {
        let are = if both.len() == 1 { "is" } else { "are" };
        said.push_str(&format!("; {} {are} on both sides", listed(&both)));
        alone = false;
    }
    if alone {
        said.push_str("; nobody else is found for or against it");
    }
    said.push('.');
    Some(said)
}

/// The agreements and conflicts of what the editor holds in a passage of the comment.
pub fn agreements(comment: Span, annotated: &Annotated) -> Vec<String> {
    let inside =
        |s: &&Stance| s.holder == Party::Editor && s.evidence.iter().any(|e| comment.overlaps(*e));
    let mut said = Vec::new();
    for stance in shown(annotated).filter(inside) {
        if let Some(line) = agreement(stance.target, annotated)
            && !said.contains(&line)
        {
            said.push(line);
        }
    }
    said
}

fn toward(polarity: Polarity, name: &str) -> String {
    match polarity {
        Polarity::For => format!("for {name}"),
        Polarity::Against => format!("against {name}"),
        Polarity::Conditional => format!("for {name} on a condition"),
    }
}

/// "A, B and C", the last ones counted where there are many.
fn listed(names: &[&str]) -> String {
    if names.len() > NAMED + 1 {
        let more = names.len() - NAMED;
        return format!("{} and {more} more", names[..NAMED].join(", "));
    }
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{EntityId, IssueId};
    use crate::view::fixture::dispute;

    #[test]
    fn sides_of_the_bridge() {
        let mut annotated = dispute();
        let about = Target::Issue(IssueId::at(0));
        annotated.stances.retain(|s| s.holder != Party::Editor);
        assert_eq!(agreement(about, &annotated), None);
        let ban = annotated
            .stances
            .iter()
            .find(|s| side(s, &annotated) == (about, Polarity::Against))
            .unwrap()
            .clone();
        let whole = annotated.clone();
        annotated
            .stances
            .retain(|s| side(s, &whole).1 != Polarity::Against);
        annotated.stances.push(Stance {
            holder: Party::Editor,
            target: about,
            polarity: Polarity::Against,
            ..ban.clone()
        });
        let said = agreement(about, &annotated).unwrap();
        assert_eq!(
            said,
            "The editor is against the bridge; Ek and Norway are for it."
        );
        let sweden = Party::Entity(EntityId::at(2));
        annotated.stances.push(Stance {
            holder: sweden,
            ..ban.clone()
        });
        let said = agreement(about, &annotated).unwrap();
        assert_eq!(
            said,
            "The editor is against the bridge, as is Sweden; Ek and Norway are for it."
        );
        annotated.stances.pop();
        // The ban is the other side of the same thing; Ek was for the bridge before.
        annotated.stances.push(ban);
        let said = agreement(Target::Issue(IssueId::at(1)), &annotated).unwrap();
        assert_eq!(
            said,
            "The editor is against the bridge; Norway is for it; Ek is on both sides."
        );
    }

    #[test]
    fn names_are_listed_and_many_are_counted() {
        assert_eq!(listed(&["A"]), "A");
        assert_eq!(listed(&["A", "B", "C"]), "A, B and C");
        assert_eq!(
            listed(&["A", "B", "C", "D", "E", "F"]),
            "A, B, C, D and 2 more"
        );
    }
}
