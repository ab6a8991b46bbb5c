//! Layers of two annotators over one text: laid together, or told apart. Where both have something
//! at the same words the first keeps its own; what only the second has is added under its name.
//! Calls `base` and `model`.

use crate::base::text::fold;
use crate::base::{EntityId, IssueId, QuoteId, Span, StanceId};
use crate::model::{Annotated, Entity, Mention, Party, Quote, Rule, Stance, Target, evidence_hull};

/// The layers of `ours` with what `theirs` has beside them; `by` names the maker of `theirs`. Both
/// must be of the same text.
pub fn merge(ours: &Annotated, theirs: &Annotated, by: &str) -> Annotated {
    let mut out = ours.clone();
    let entities = add_entities(&mut out, theirs, by);
    let id = |id: EntityId| entities.get(id.index()).copied().flatten();
    let party = |party: Party| match party {
        Party::Entity(e) => id(e).map_or(Party::Unknown, Party::Entity),
        other => other,
    };
    let via = |via: &[EntityId]| via.iter().filter_map(|e| id(*e)).collect::<Vec<_>>();
    let add = |list: &mut Vec<Quote>, more: &[Quote]| {
        let known: Vec<Span> = list.iter().map(|q| q.span).collect();
        let fresh = more
            .iter()
            .filter(|q| !known.iter().any(|k| k.overlaps(q.span)));
        let fresh = fresh.map(|q| {
            let quote = Quote {
                speaker: party(q.speaker),
                via: via(&q.via),
                continues: None,
                rule: rule(by, &q.rule),
                ..q.clone()
            };
            (None, quote)
        });
        let own = list.drain(..).map(|q| (Some(q.id), q));
        let mut all: Vec<(Option<QuoteId>, Quote)> = own.chain(fresh).collect();
        all.sort_by_key(|(_, q)| q.span);
        // What goes on from another does so wherever that stands now.
        let place = |wanted: QuoteId| all.iter().position(|(id, _)| *id == Some(wanted));
        let before: Vec<Option<QuoteId>> = all
            .iter()
            .map(|(_, q)| q.continues.and_then(place).map(QuoteId::at))
            .collect();
        let number = |(n, ((_, q), continues)): (usize, ((_, Quote), Option<QuoteId>))| Quote {
            id: QuoteId::at(n),
            continues,
            ..q
        };
        *list = all
            .clone()
            .into_iter()
            .zip(before)
            .enumerate()
            .map(number)
            .collect();
    };
    add(&mut out.quotes, &theirs.quotes);
    add(&mut out.attributions, &theirs.attributions);
    let issues = add_issues(&mut out, theirs);
    let known: Vec<Span> = ours.stances.iter().map(evidence_hull).collect();
    for s in &theirs.stances {
        let target = match s.target {
            Target::Entity(e) => id(e).map(Target::Entity),
            Target::Issue(i) => issues.get(i.index()).map(|i| Target::Issue(*i)),
        };
        let hull = evidence_hull(s);
        let sentence = out.sentence_at(hull.from());
        let taken = known.iter().any(|k| k.overlaps(hull));
        if let (Some(target), Some(sentence), false) = (target, sentence, taken) {
            out.stances.push(Stance {
                sentence,
                holder: party(s.holder),
                target,
                via: via(&s.via),
                rule: rule(by, &s.rule),
                ..s.clone()
            });
        }
    }
    out.stances.sort_by_key(|s| (s.sentence, evidence_hull(s)));
    for (n, stance) in out.stances.iter_mut().enumerate() {
        stance.id = StanceId::at(n);
    }
    for link in &theirs.links {
        let same = |l: &crate::model::Link| l.comment == link.comment && l.passage == link.passage;
        if !out.links.iter().any(same) {
            let rule = rule(by, &link.rule);
            out.links.push(crate::model::Link {
                rule,
                ..link.clone()
            });
        }
    }
    out.links.sort_by_key(|l| (l.comment, l.passage));
    out
}

fn rule(by: &str, rule: &str) -> Rule {
    if rule.is_empty() || rule == by {
        return by.to_owned().into();
    }
    format!("{by}: {rule}").into()
}

/// Adds mentions that overlap none; for each of their entities its id here, if it has one.
fn add_entities(out: &mut Annotated, theirs: &Annotated, by: &str) -> Vec<Option<EntityId>> {
    let mut taken: Vec<(Span, EntityId)> = out
        .entities
        .iter()
        .flat_map(|e| e.mentions.iter().map(|m| (m.span, e.id)))
        .collect();
    taken.sort_unstable();
    let mut ids = Vec::with_capacity(theirs.entities.len());
    for entity in &theirs.entities {
        let at = |span: Span| {
            taken
                .iter()
                .find(|(t, _)| t.overlaps(span))
                .map(|(_, id)| *id)
        };
        let fresh: Vec<Mention> = entity
            .mentions
            .iter()
            .filter(|m| at(m.span).is_none())
            .map(|m| Mention {
                rule: rule(by, &m.rule),
                ..m.clone()
            })
            .collect();
        let same = |span: Span| taken.iter().find(|(t, _)| *t == span).map(|(_, id)| *id);
        let known = entity.mentions.iter().find_map(|m| same(m.span));
        let named = |e: &&Entity| e.kind == entity.kind && fold(&e.name) == fold(&entity.name);
        let known = known.or_else(|| out.entities.iter().find(named).map(|e| e.id));
        let id = match known {
            Some(id) => {
                let own = &mut out.entities[id.index()];
                own.mentions.extend(fresh);
                own.mentions.sort_by_key(|m| m.span);
                Some(id)
            }
            None if !fresh.is_empty() => {
                let id = EntityId::at(out.entities.len());
                out.entities.push(Entity {
                    id,
                    mentions: fresh,
                    speaks_for: None,
                    rule: rule(by, &entity.rule),
                    ..entity.clone()
                });
                Some(id)
            }
            None => None,
        };
        ids.push(id);
    }
    ids
}

/// Adds issues; for each of theirs its id here.
fn add_issues(out: &mut Annotated, theirs: &Annotated) -> Vec<IssueId> {
    let mut ids = Vec::with_capacity(theirs.issues.len());
    for issue in &theirs.issues {
        let known = out
            .issues
            .iter()
            .position(|i| fold(&i.name) == fold(&issue.name));
        let at = known.unwrap_or(out.issues.len());
        if known.is_none() {
            let mut fresh = issue.clone();
            (fresh.id, fresh.inverse_of) = (IssueId::at(at), None);
            out.issues.push(fresh);
        }
        ids.push(IssueId::at(at));
    }
    ids
}

/// Something that only one of two annotators has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Single {
    /// Where.
    pub span: Span,
    /// `mention`, `quote` or `stance`.
    pub layer: &'static str,
    /// What it is: a kind, or a side with holder and target.
    pub what: String,
}

/// Where two annotators of one text differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differences {
    /// Who made the second layers.
    pub by: String,
    /// How many annotations both have.
    pub both: usize,
    /// What only the first has, in order.
    pub ours: Vec<Single>,
    /// What only the second has, in order.
    pub theirs: Vec<Single>,
}

/// Where `ours` and `theirs`, made by `by`, differ. Both must be of the same text.
pub fn differences(ours: &Annotated, theirs: &Annotated, by: &str) -> Differences {
    let (one, other) = (singles(ours), singles(theirs));
    let only = |a: &[Single], b: &[Single]| -> Vec<Single> {
        a.iter()
            .filter(|s| b.binary_search(s).is_err())
            .cloned()
            .collect()
    };
    let mine = only(&one, &other);
    Differences {
        by: by.to_owned(),
        both: one.len() - mine.len(),
        ours: mine,
        theirs: only(&other, &one),
    }
}

fn singles(annotated: &Annotated) -> Vec<Single> {
    let mut out = Vec::new();
    for e in &annotated.entities {
        out.extend(e.mentions.iter().map(|m| Single {
            span: m.span,
            layer: "mention",
            what: e.kind.name().to_owned(),
        }));
    }
    out.extend(annotated.quotes.iter().map(|q| Single {
        span: q.span,
        layer: "quote",
        what: q.kind.name().to_owned(),
    }));
    out.extend(annotated.stances.iter().map(|s| Single {
        span: evidence_hull(s),
        layer: "stance",
        what: format!(
            "{}: {} {}",
            annotated.party_name(s.holder),
            s.polarity.name(),
            annotated.target_name(s.target)
        ),
    }));
    out.sort();
    out.dedup();
    out
}
