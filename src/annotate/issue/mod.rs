//! Issues: targets that are no entities, grouped over the article by what they speak of
//! (`reading`, `group`), named by their fullest mention (`naming`); a ban and what it bans are
//! inverses. Turns frames into stances.

mod group;
mod naming;
mod reading;

use super::layers::{Layer, Layers};
use super::pipeline::Stage;
use super::stance::Frame;
use super::syntax::Pos;
use crate::base::{IssueId, StanceId};
use crate::model::{Document, Stance, Target};
use group::Groups;

/// The stage.
pub struct Issues;

impl Stage for Issues {
    fn name(&self) -> &'static str {
        "issues"
    }
    fn requires(&self) -> &'static [Layer] {
        &[Layer::Frames, Layer::Entities]
    }
    fn provides(&self) -> &'static [Layer] {
        &[Layer::Issues, Layer::Stances]
    }
    fn run(&self, document: &Document, layers: &mut Layers) {
        let frames = std::mem::take(&mut layers.frames);
        let mut groups = Groups::new(&layers.entities);
        let targets: Vec<Target> = frames
            .iter()
            .map(|frame| {
                if let Some(entity) = frame.entity {
                    return Target::Entity(entity);
                }
                let read = reading::read(layers, &frame.target, frame.inverse.as_ref());
                Target::Issue(groups.join(read, layers.span(&frame.target)))
            })
            .collect();
        for (n, target) in targets.iter().enumerate() {
            if let (Target::Issue(ban), Some(banned)) = (target, banned(&frames, &targets, n)) {
                groups.oppose(*ban, banned);
            }
        }
        groups.pair();
        layers.issues = groups.issues;
        let mut issues = std::mem::take(&mut layers.issues);
        for issue in &mut issues {
            issue.name = naming::name(document, layers, &issue.mentions);
        }
        layers.issues = issues;
        let mut stances: Vec<Stance> = frames
            .iter()
            .zip(targets)
            .map(|(frame, target)| Stance {
                id: StanceId(0),
                sentence: Layers::sentence_id(frame.sentence),
                holder: frame.holder,
                holder_span: frame.holder_tokens.as_ref().map(|t| layers.span(t)),
                target,
                target_span: layers.span(&frame.target),
                polarity: frame.polarity,
                strength: frame.strength,
                evidence: frame
                    .evidence
                    .iter()
                    .map(|e| layers.span(e))
                    .filter(|s| !s.is_empty())
                    .collect(),
                via: frame.via.clone(),
                rule: frame.rule.clone(),
                confidence: frame.confidence,
            })
            .collect();
        stances.retain(|s| !s.evidence.is_empty());
        stances.sort_by(|a, b| {
            (a.sentence, &a.evidence, a.target_span).cmp(&(b.sentence, &b.evidence, b.target_span))
        });
        for (n, stance) in stances.iter_mut().enumerate() {
            stance.evidence.sort();
            stance.evidence.dedup();
            stance.id = StanceId::at(n);
        }
        layers.stances = stances;
    }
}

/// The issue that frame `n` bans: the target of a frame of the same sentence and holder that lies
/// in its inverse span.
fn banned(frames: &[Frame], targets: &[Target], n: usize) -> Option<IssueId> {
    let frame = &frames[n];
    let inner = frame.inverse.as_ref()?;
    let from = frames.partition_point(|f| f.sentence < frame.sentence);
    frames[from..]
        .iter()
        .zip(&targets[from..])
        .take_while(|(f, _)| f.sentence == frame.sentence)
        .filter(|(f, _)| {
            f.holder == frame.holder
                && f.inverse.is_none()
                && inner.start <= f.target.start
                && f.target.end <= inner.end
                && f.polarity != frame.polarity
        })
        .find_map(|(_, target)| match target {
            Target::Issue(issue) => Some(*issue),
            Target::Entity(_) => None,
        })
}

#[cfg(test)]
mod tests {
    use crate::annotate::testing;

    #[test]
    fn a_ban_and_what_it_bans_are_inverses() {
        let annotated = testing::annotated("Russia demands a ban on Ukraine joining NATO.");
        let ban = annotated
            .issues
            .iter()
            .find(|i| i.name.starts_with("ban"))
            .unwrap();
        let inner = ban.inverse_of.and_then(|id| annotated.issue(id)).unwrap();
        assert_eq!(inner.name, "Ukraine joining NATO");
    }

    #[test]
    fn the_same_words_are_one_issue() {
        let annotated = testing::annotated(
            "Russia opposes the new deployment of troops. Poland supports the deployment of new troops.",
        );
        assert_eq!(annotated.issues.len(), 1, "{:?}", annotated.issues);
        assert_eq!(annotated.issues[0].mentions.len(), 2);
    }

    fn names(text: &str) -> Vec<(String, usize)> {
        let annotated = testing::annotated(text);
        let issues = annotated.issues.iter();
        issues.map(|i| (i.name.clone(), i.mentions.len())).collect()
    }

    #[test]
    fn a_deed_and_its_noun_are_one_issue_where_the_same_are_named() {
        let found = names(
            "Russia opposes Ukraine joining NATO. Poland supports Ukraine's accession to NATO. \
             Russia opposes Finland joining NATO.",
        );
        assert_eq!(
            found,
            [
                ("Ukraine joining NATO".to_owned(), 2),
                ("Finland joining NATO".to_owned(), 1)
            ]
        );
    }

    #[test]
    fn a_definite_repeat_is_what_was_spoken_of_last() {
        let found = names(
            "Norway supports the fishing bill. Sweden opposes this legislation. \
             Norway opposes the peace deal.",
        );
        let counts: Vec<usize> = found.iter().map(|f| f.1).collect();
        assert_eq!(counts, [2, 1], "{found:?}");
    }

    #[test]
    fn a_thing_and_its_ban_stay_apart_and_are_paired() {
        let annotated = testing::annotated(
            "Norway supports new casinos. Sweden supports a moratorium on new casinos.",
        );
        assert_eq!(annotated.issues.len(), 2, "{:?}", annotated.issues);
        assert_eq!(annotated.issues[0].inverse_of, Some(annotated.issues[1].id));
    }
}
