//! Corrections laid over the layers of an article: the one place where the reader's word takes the
//! place of the annotator's. The layers themselves stay as they are; what comes out is new.
//!
//! A correction is for what lies at its words now, whoever annotated the article and however the
//! numbers of entities and stances run. One that finds nothing there waits: it is counted, kept,
//! and laid on again at the next opening.

use crate::base::{EntityId, Span, StanceId};
use crate::model::correction::{
    Claim, Corrected, CorrectedEntity, CorrectedStance, Correction, Named, Verdict, same_name,
};
use crate::model::{Annotated, Entity, MentionForm, Party, Polarity, Stance, Target};

/// The rule of what the reader decided.
pub const READER: &str = "reader";

/// `annotated` with the corrections laid over it, in their order: entities first, then stances.
pub fn correct(annotated: &Annotated, corrections: &[Correction]) -> Annotated {
    let mut desk = Desk {
        out: annotated.clone(),
        corrected: Corrected::default(),
        correction: 0,
    };
    let mut done = vec![false; corrections.len()];
    for (n, correction) in corrections.iter().enumerate() {
        desk.correction = n;
        done[n] = match correction {
            Correction::Stance { .. } => continue,
            Correction::Kind { entity, kind } => desk.find(entity).is_some_and(|id| {
                let entity = &mut desk.out.entities[id.index()];
                let was = format!("kind was {}", entity.kind.name());
                entity.kind = *kind;
                desk.decided(id, was);
                true
            }),
            Correction::Merge { entity, into } => {
                let found = desk.find(entity).zip(desk.find(into));
                found.is_some_and(|(from, into)| desk.merge(from, into))
            }
            Correction::Split { mention } => desk.split(mention),
        };
    }
    // Which correction each stance has, and which are rejected.
    let mut of: Vec<Option<usize>> = vec![None; desk.out.stances.len()];
    let mut rejected = vec![false; desk.out.stances.len()];
    let mut fresh = Vec::new();
    for (n, correction) in corrections.iter().enumerate() {
        let Correction::Stance { place, was, now } = correction else {
            continue;
        };
        if place.orphan {
            continue;
        }
        let span = place.anchor.span;
        if let Some(at) = desk.stance(span, was, &of) {
            done[n] = match now {
                Verdict::Rejected => {
                    // A stance that was found twice in the same words goes as a whole.
                    let one = &desk.out.stances[at];
                    for (stance, rejected) in desk.out.stances.iter().zip(&mut rejected) {
                        *rejected |= stance.evidence == one.evidence
                            && (stance.holder, stance.target, stance.polarity)
                                == (one.holder, one.target, one.polarity);
                    }
                    true
                }
                verdict => desk.rule_on(at, n, verdict),
            };
            of[at] = done[n].then_some(n);
        } else if let Some(stance) = desk.fresh(span, was, now) {
            fresh.push((n, stance));
            done[n] = true;
        }
    }
    desk.corrected.rejected = rejected.iter().filter(|r| **r).count();
    let waiting = done.iter().enumerate().filter(|(_, done)| !**done);
    desk.corrected.waiting = waiting.map(|(n, _)| n).collect();
    desk.finish(&rejected, fresh)
}

/// The first to the last word of a stance's evidence.
pub fn evidence_hull(stance: &Stance) -> Span {
    let spans = stance.evidence.iter().copied();
    spans.reduce(Span::hull).unwrap_or_default()
}

/// The layers at work.
struct Desk {
    out: Annotated,
    corrected: Corrected,
    /// Position of the correction that is being laid on.
    correction: usize,
}

impl Desk {
    /// The entity that is meant: the one mentioned at these words, by this name where there are
    /// several; where nothing is mentioned there, the only one of this name.
    fn find(&self, named: &Named) -> Option<EntityId> {
        if named.place.orphan {
            return None;
        }
        let span = named.place.anchor.span;
        let here = self.out.entities.iter().filter_map(|entity| {
            let mentions = entity.mentions.iter();
            let over = mentions.filter(|m| m.span.overlaps(span));
            let exact = over.map(|m| m.span == span).max()?;
            Some((is_named(entity, &named.name), exact, entity.id))
        });
        // The first of equals.
        let best = here.reduce(|a, b| if (b.0, b.1) > (a.0, a.1) { b } else { a });
        best.map(|(.., id)| id).or_else(|| {
            let mut same = self
                .out
                .entities
                .iter()
                .filter(|e| same_name(&e.name, &named.name));
            let first = same.next()?;
            same.next().is_none().then_some(first.id)
        })
    }

    /// Marks an entity as decided by the reader.
    fn decided(&mut self, id: EntityId, what: String) {
        let entity = &mut self.out.entities[id.index()];
        entity.rule = READER.into();
        entity.confidence = 1.0;
        self.corrected.entities.push(CorrectedEntity {
            entity: id,
            correction: self.correction,
            what,
        });
    }

    fn merge(&mut self, from: EntityId, into: EntityId) -> bool {
        if from == into {
            return false;
        }
        let given = self.out.entities[from.index()].clone();
        let what = format!("merged with {}", given.name);
        let stays = &mut self.out.entities[into.index()];
        stays.mentions.extend(given.mentions);
        stays.mentions.sort_by_key(|m| m.span);
        stays.mentions.dedup_by_key(|m| m.span);
        for name in std::iter::once(given.name).chain(given.aliases) {
            if name != stays.name && !stays.aliases.contains(&name) {
                stays.aliases.push(name);
            }
        }
        stays.role = stays.role.take().or(given.role);
        let country = stays.speaks_for.or(given.speaks_for);
        stays.speaks_for = country.filter(|e| *e != into && *e != from);
        self.decided(into, what);
        // Everything behind the one that is given up moves up.
        let moved = |id: EntityId| {
            let id = if id == from { into } else { id };
            EntityId::at(id.index() - usize::from(id > from))
        };
        self.out.entities.remove(from.index());
        for entity in &mut self.out.entities {
            entity.id = moved(entity.id);
            let country = entity.speaks_for.map(moved);
            entity.speaks_for = country.filter(|e| *e != entity.id);
        }
        let party = |party: Party| match party {
            Party::Entity(id) => Party::Entity(moved(id)),
            other => other,
        };
        for quote in &mut self.out.quotes {
            quote.speaker = party(quote.speaker);
        }
        for stance in &mut self.out.stances {
            stance.holder = party(stance.holder);
            if let Target::Entity(id) = stance.target {
                stance.target = Target::Entity(moved(id));
            }
            for relay in &mut stance.via {
                *relay = moved(*relay);
            }
            stance.via.dedup();
        }
        for entity in &mut self.corrected.entities {
            entity.entity = moved(entity.entity);
        }
        true
    }

    /// Takes a mention off its entity, with the quotes and stances that name it there. A pronoun
    /// is nobody's then; any other mention is an entity by itself.
    fn split(&mut self, mention: &Named) -> bool {
        let Some(id) = self.find(mention) else {
            return false;
        };
        let span = mention.place.anchor.span;
        let entity = &mut self.out.entities[id.index()];
        let at = entity.mentions.iter().position(|m| m.span == span);
        let Some(at) = at.filter(|_| entity.mentions.len() > 1) else {
            return false;
        };
        let mut taken = entity.mentions.remove(at);
        let text = &self.out.document.text;
        let words = crate::base::text::one_line(taken.span.of(text));
        let left = |name: &str| {
            let mut mentions = entity.mentions.iter();
            mentions.any(|m| same_name(m.span.of(text), name))
        };
        if !left(&words) {
            entity.aliases.retain(|alias| !same_name(alias, &words));
        }
        taken.rule = READER.into();
        taken.confidence = 1.0;
        let nobody = taken.form == MentionForm::Pronoun;
        let next = EntityId::at(self.out.entities.len());
        let kind = self.out.entities[id.index()].kind;
        let name = self.out.entities[id.index()].name.clone();
        let now = if nobody {
            Party::Unknown
        } else {
            self.out.entities.push(Entity {
                id: next,
                name: words.clone(),
                kind,
                aliases: Vec::new(),
                role: None,
                speaks_for: None,
                mentions: vec![taken],
                rule: READER.into(),
                confidence: 1.0,
            });
            Party::Entity(next)
        };
        let me = Party::Entity(id);
        let named = |words: Option<Span>| words.is_some_and(|w| w.overlaps(span));
        for quote in &mut self.out.quotes {
            if quote.speaker == me && named(quote.speaker_span) {
                quote.speaker = now;
            }
        }
        for stance in &mut self.out.stances {
            if stance.holder == me && named(stance.holder_span) {
                stance.holder = now;
            }
            let about = stance.target == Target::Entity(id);
            if about && stance.target_span.overlaps(span) && !nobody {
                stance.target = Target::Entity(next);
            }
        }
        self.decided(id, format!("“{words}” was split off"));
        if !nobody {
            self.decided(next, format!("was split off {name}"));
        }
        true
    }

    /// The stance that is meant: its evidence lies at these words, and of holder, target and side
    /// enough are the same that it cannot be another one.
    fn stance(&self, span: Span, was: &Claim, taken: &[Option<usize>]) -> Option<usize> {
        let mut best: Option<((bool, bool, bool, bool), usize)> = None;
        for (n, stance) in self.out.stances.iter().enumerate() {
            let over = stance.evidence.iter().any(|e| e.overlaps(span));
            if !over || taken[n].is_some() {
                continue;
            }
            let holder = self.is_party(stance.holder, &was.holder);
            let target = self.is_target(stance.target, &was.target);
            let polarity = stance.polarity == was.polarity;
            let exact = evidence_hull(stance) == span;
            if !(holder && target || polarity && (holder || target)) {
                continue;
            }
            let rank = (target, holder, polarity, exact);
            if best.is_none_or(|(b, _)| rank > b) {
                best = Some((rank, n));
            }
        }
        best.map(|(_, n)| n)
    }

    fn is_party(&self, party: Party, name: &str) -> bool {
        let entity = party.entity().and_then(|id| self.out.entity(id));
        match entity {
            Some(entity) => is_named(entity, name) || self.is_mentioned(entity, name),
            None => same_name(self.out.party_name(party), name),
        }
    }

    fn is_target(&self, target: Target, name: &str) -> bool {
        match target {
            Target::Entity(id) => self.is_party(Party::Entity(id), name),
            Target::Issue(_) => same_name(self.out.target_name(target), name),
        }
    }

    fn is_mentioned(&self, entity: &Entity, words: &str) -> bool {
        let text = &self.out.document.text;
        let mut mentions = entity.mentions.iter();
        mentions.any(|m| m.form != MentionForm::Pronoun && same_name(m.span.of(text), words))
    }

    /// Who goes by a name: by its full name, by another one, by words of the text; of several the
    /// one that is mentioned most.
    fn party(&self, name: &str) -> Option<Party> {
        let roles = [Party::Author, Party::Editor, Party::Unknown];
        let role = roles
            .into_iter()
            .find(|p| same_name(self.out.party_name(*p), name));
        role.or_else(|| {
            let ranked = self.out.entities.iter().filter_map(|entity| {
                let rank = if same_name(&entity.name, name) {
                    3
                } else if is_named(entity, name) {
                    2
                } else if self.is_mentioned(entity, name) {
                    1
                } else {
                    return None;
                };
                Some(((rank, entity.mentions.len()), entity.id))
            });
            let best = ranked.reduce(|a, b| if b.0 > a.0 { b } else { a });
            best.map(|(_, id)| Party::Entity(id))
        })
    }

    fn target(&self, name: &str) -> Option<Target> {
        let issue = self.out.issues.iter().find(|i| same_name(&i.name, name));
        let issue = issue.map(|i| Target::Issue(i.id));
        issue.or_else(|| match self.party(name)? {
            Party::Entity(id) => Some(Target::Entity(id)),
            _ => None,
        })
    }

    /// Where a target is named, as near to `at` as possible.
    fn named_near(&self, target: Target, at: Span) -> Option<Span> {
        let spans: Vec<Span> = match target {
            Target::Entity(id) => {
                let entity = self.out.entity(id)?;
                entity.mentions.iter().map(|m| m.span).collect()
            }
            Target::Issue(id) => self.out.issue(id)?.mentions.clone(),
        };
        spans
            .into_iter()
            .min_by_key(|s| s.from().abs_diff(at.from()))
    }

    /// Puts the reader's word in the place of the annotator's; whether it could be done.
    fn rule_on(&mut self, at: usize, correction: usize, verdict: &Verdict) -> bool {
        let before = self.out.stances[at].clone();
        let was = Claim::of(before.id, &self.out);
        let mut stance = before.clone();
        if let Verdict::Changed {
            holder,
            target,
            polarity,
        } = verdict
            && self
                .change(&mut stance, holder.as_deref(), target.as_deref(), *polarity)
                .is_none()
        {
            return false;
        }
        stance.rule = READER.into();
        stance.confidence = 1.0;
        self.out.stances[at] = stance;
        self.corrected.stances.push(CorrectedStance {
            stance: before.id,
            correction,
            was,
            made: format!("{}, confidence {:.2}", before.rule, before.confidence),
        });
        true
    }

    /// Puts other parts into a stance; nothing where a name is nobody's.
    fn change(
        &self,
        stance: &mut Stance,
        holder: Option<&str>,
        target: Option<&str>,
        polarity: Option<Polarity>,
    ) -> Option<()> {
        if let Some(name) = holder {
            stance.holder = self.party(name)?;
            stance.holder_span = stance.holder.entity().and_then(|id| {
                let sentence = self.out.sentences.get(stance.sentence.index())?.span;
                let mentions = self.out.entity(id)?.mentions.iter();
                let mut here = mentions.filter(|m| sentence.contains(m.span));
                here.next().map(|m| m.span)
            });
            stance.via.retain(|e| Party::Entity(*e) != stance.holder);
        }
        if let Some(name) = target {
            stance.target = self.target(name)?;
            stance.target_span = self.named_near(stance.target, evidence_hull(stance))?;
        }
        stance.polarity = polarity.unwrap_or(stance.polarity);
        Some(())
    }

    /// A stance that the reader confirmed and that the annotator does not find any more.
    fn fresh(&self, span: Span, was: &Claim, now: &Verdict) -> Option<Stance> {
        if *now == Verdict::Rejected {
            return None;
        }
        let holder = self.party(&was.holder);
        let target = self.target(&was.target);
        // What was changed need not be there under its old name.
        let (holder, target) = match now {
            Verdict::Changed {
                holder: h,
                target: t,
                ..
            } => (
                h.as_deref().map_or(holder, |h| self.party(h)),
                t.as_deref().map_or(target, |t| self.target(t)),
            ),
            _ => (holder, target),
        };
        let target = target?;
        let polarity = match now {
            Verdict::Changed { polarity, .. } => polarity.unwrap_or(was.polarity),
            _ => was.polarity,
        };
        Some(Stance {
            id: StanceId::at(0),
            sentence: self.out.sentence_at(span.from())?,
            holder: holder?,
            holder_span: None,
            target,
            target_span: self.named_near(target, span)?,
            polarity,
            strength: 2,
            evidence: vec![span],
            via: Vec::new(),
            rule: READER.into(),
            confidence: 1.0,
        })
    }

    /// The finished layers: without what was rejected, with what was added, numbered again.
    fn finish(mut self, rejected: &[bool], fresh: Vec<(usize, Stance)>) -> Annotated {
        let stances = std::mem::take(&mut self.out.stances);
        let old = stances.into_iter().filter(|s| !rejected[s.id.index()]);
        let mut all: Vec<(Option<StanceId>, Option<usize>, Stance)> =
            old.map(|s| (Some(s.id), None, s)).collect();
        for (correction, stance) in fresh {
            let key = |s: &Stance| (s.sentence, evidence_hull(s));
            let behind = all.iter().position(|(_, _, s)| key(s) > key(&stance));
            let at = behind.unwrap_or(all.len());
            all.insert(at, (None, Some(correction), stance));
        }
        let mut corrected = Vec::new();
        for (n, (old, added, mut stance)) in all.into_iter().enumerate() {
            stance.id = StanceId::at(n);
            if let Some(correction) = added {
                corrected.push(CorrectedStance {
                    stance: stance.id,
                    correction,
                    was: None,
                    made: String::new(),
                });
            }
            let known = old.and_then(|id| self.corrected.stance(id));
            corrected.extend(known.map(|known| CorrectedStance {
                stance: stance.id,
                ..known.clone()
            }));
            self.out.stances.push(stance);
        }
        self.corrected.stances = corrected;
        self.out.corrected = self.corrected;
        self.out
    }
}

fn is_named(entity: &Entity, name: &str) -> bool {
    let mut names = std::iter::once(&entity.name).chain(&entity.aliases);
    names.any(|n| same_name(n, name))
}
