//! Issues: targets that are no entities, grouped over the article by the words they share; a ban
//! and what it bans are inverses. Turns frames into stances.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::layers::{Layer, Layers};
use super::pipeline::Stage;
use super::stance::Frame;
use super::syntax::Pos;
use crate::base::text::one_line;
use crate::base::{IssueId, Span, StanceId};
use crate::model::{BlockKind, Document, Issue, Stance, Target};

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
        let mut groups = Groups::default();
        // What is banned first: its ban then finds the partner that the issue has already.
        let mut targets: Vec<Option<Target>> = vec![None; frames.len()];
        for (n, frame) in frames.iter().enumerate() {
            targets[n] = match frame.entity {
                Some(entity) => Some(Target::Entity(entity)),
                None if frame.inverse.is_none() => {
                    let issue = groups.join(layers, &frame.target, false);
                    Some(Target::Issue(issue))
                }
                None => None,
            };
        }
        for n in 0..frames.len() {
            if targets[n].is_none() {
                let banned = banned(&frames, &targets, n);
                let partner = banned.and_then(|b| groups.issues.get(b.index())?.inverse_of);
                let span = layers.span(&frames[n].target);
                let issue = if let Some(partner) = partner {
                    groups.mention(partner, span);
                    partner
                } else {
                    let issue = groups.join(layers, &frames[n].target, true);
                    if let Some(banned) = banned {
                        groups.oppose(issue, banned);
                    }
                    issue
                };
                targets[n] = Some(Target::Issue(issue));
            }
        }
        layers.issues = groups.issues;
        for issue in &mut layers.issues {
            issue.name = name(document, &issue.mentions);
        }
        let mut stances: Vec<Stance> = frames
            .iter()
            .zip(targets)
            .filter_map(|(frame, target)| Some((frame, target?)))
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
fn banned(frames: &[Frame], targets: &[Option<Target>], n: usize) -> Option<IssueId> {
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
            Some(Target::Issue(issue)) => Some(*issue),
            _ => None,
        })
}

#[derive(Default)]
struct Groups {
    issues: Vec<Issue>,
    words: Vec<BTreeSet<String>>,
    /// Whether the issue bans or undoes another: it never joins what is not so.
    bans: Vec<bool>,
    /// Issues by each of their words; the shared ones are counted.
    index: BTreeMap<String, Vec<usize>>,
}

/// Issues per word that are compared; a word in more of them tells nothing.
const COMPARED: usize = 24;

impl Groups {
    /// The issue that a target belongs to: the one with the most words in common, if they are at
    /// least two thirds of the shorter one's and as many as half of the longer one's.
    fn join(&mut self, layers: &Layers, target: &Range<usize>, bans: bool) -> IssueId {
        let span = layers.span(target);
        let words = content(layers, target);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for word in &words {
            for issue in self
                .index
                .get(word)
                .into_iter()
                .flatten()
                .rev()
                .take(COMPARED)
            {
                *shared.entry(*issue).or_default() += 1;
            }
        }
        let best = shared
            .into_iter()
            .filter(|(issue, n)| {
                let other = self.words[*issue].len();
                if self.bans[*issue] != bans {
                    return false;
                }
                let (short, long) = (other.min(words.len()), other.max(words.len()));
                n * 3 >= short * 2 && n * 2 >= long
            })
            .max_by_key(|(issue, n)| (*n, std::cmp::Reverse(*issue)))
            .map(|(issue, _)| issue);
        if let Some(issue) = best {
            let issue = IssueId::at(issue);
            self.mention(issue, span);
            return issue;
        }
        let id = self.issues.len();
        for word in &words {
            self.index.entry(word.clone()).or_default().push(id);
        }
        self.words.push(words);
        self.bans.push(bans);
        self.issues.push(Issue {
            id: IssueId::at(id),
            name: String::new(),
            mentions: vec![span],
            inverse_of: None,
        });
        IssueId::at(id)
    }

    /// Adds a mention. Frames come in reading order, so it belongs near the end.
    fn mention(&mut self, issue: IssueId, span: Span) {
        if let Some(issue) = self.issues.get_mut(issue.index()) {
            let at = issue.mentions.partition_point(|m| *m < span);
            if issue.mentions.get(at) != Some(&span) {
                issue.mentions.insert(at, span);
            }
        }
    }

    fn oppose(&mut self, a: IssueId, b: IssueId) {
        if a == b {
            return;
        }
        let free = |groups: &Self, id: IssueId| groups.issues[id.index()].inverse_of.is_none();
        if free(self, a) && free(self, b) {
            self.issues[a.index()].inverse_of = Some(b);
            self.issues[b.index()].inverse_of = Some(a);
        }
    }
}

/// The name of an issue: the shortest of its mentions, in running text if there is one there,
/// without a leading article and without half a pair of quotation marks.
fn name(document: &Document, mentions: &[Span]) -> String {
    let headline = |span: &Span| {
        document
            .block_at(span.from())
            .and_then(|b| document.block(b))
            .is_none_or(|b| b.kind == BlockKind::Title)
    };
    let best = mentions.iter().min_by_key(|s| (headline(s), s.len()));
    let words = best.map_or("", |span| span.of(&document.text));
    let whole = one_line(&without_half_pairs(words));
    let short = ["the ", "a ", "an ", "any ", "this ", "these ", "to "]
        .iter()
        .find_map(|article| whole.strip_prefix(article));
    short.unwrap_or(&whole).to_owned()
}

/// Drops double quotation marks that have no partner, and a closing single one after a word that
/// nothing opened.
fn without_half_pairs(words: &str) -> String {
    let count = |marks: &[char]| words.matches(marks).count();
    let paired = count(&['"']) % 2 == 0 && count(&['“']) == count(&['”']);
    let mut out = String::with_capacity(words.len());
    let mut open = false;
    let mut chars = words.char_indices().peekable();
    let mut last = ' ';
    while let Some((_, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |(_, c)| *c);
        let dropped = match c {
            '"' | '“' | '”' => !paired,
            '\'' | '‘' if !last.is_alphanumeric() => {
                open = next.is_alphanumeric();
                !open
            }
            '\'' | '’' if last.is_alphanumeric() && !next.is_alphanumeric() => {
                // "voters' choice" owns; "ironclad' ban" closes what stands before the words.
                let owns = last == 's' && !open;
                let closes = open;
                open = false;
                !owns && !closes
            }
            _ => false,
        };
        if !dropped {
            out.push(c);
        }
        last = c;
    }
    out
}

/// Base forms of the content words of a target.
fn content(layers: &Layers, tokens: &Range<usize>) -> BTreeSet<String> {
    tokens
        .clone()
        .filter(|t| {
            matches!(
                layers.tags[*t].pos,
                Pos::Noun | Pos::Proper | Pos::Verb | Pos::Adjective | Pos::Number
            )
        })
        .map(|t| nominalised(layers.lemma(t)).to_owned())
        .collect()
}

/// One word for a deed and its noun.
fn nominalised(lemma: &str) -> &str {
    match lemma {
        "membership" | "accession" | "entry" => "join",
        "deployment" => "deploy",
        "expansion" => "expand",
        "removal" => "remove",
        "withdrawal" => "withdraw",
        "ratification" => "ratify",
        "approval" => "approve",
        "prohibition" => "ban",
        "troop" | "contingent" => "force",
        other => other,
    }
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
    fn a_name_has_no_half_pair_of_marks() {
        for (words, name) in [
            ("Ironclad' Ban on X", "Ironclad Ban on X"),
            (
                "consequences\" for such moves",
                "consequences for such moves",
            ),
            ("an 'ironclad' ban", "an 'ironclad' ban"),
            ("the voters' choice", "the voters' choice"),
            ("Ukraine's “core” aim", "Ukraine's “core” aim"),
        ] {
            assert_eq!(super::without_half_pairs(words), name);
        }
    }

    #[test]
    fn the_same_words_are_one_issue() {
        let annotated = testing::annotated(
            "Russia opposes the new deployment of troops. Poland supports the deployment of new troops.",
        );
        assert_eq!(annotated.issues.len(), 1, "{:?}", annotated.issues);
        assert_eq!(annotated.issues[0].mentions.len(), 2);
    }
}
