//! Stances toward any words of the text: what the words belong to, who is for or against that, and
//! where nobody is, why none was found.

use crate::base::text::{one_line, truncate};
use crate::base::{EntityId, IssueId, Role, Span};
use crate::model::{Annotated, Entity, Party, Stance, Target};
use crate::view::explain::plural;
use crate::view::focus::Focus;
use crate::view::ledger::{Lead, corrected, stance_rows};
use crate::view::paint::Run;
use crate::view::sheet::SheetRow;

/// Columns that the words get in the title.
const WORDS: usize = 40;

type Rows = Vec<(SheetRow, Option<Lead>)>;

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// How many stances toward which words.
    pub title: String,
    /// Its rows, each with where it leads.
    pub rows: Vec<(SheetRow, Option<Lead>)>,
}

/// What words belong to.
struct Subject {
    entities: Vec<EntityId>,
    issues: Vec<IssueId>,
    /// Issues that are the opposite of one of these.
    inverses: Vec<IssueId>,
    span: Span,
}

impl Subject {
    fn of(span: Span, annotated: &Annotated) -> Self {
        let entities = annotated.entities.iter();
        let entities = entities.filter(|e| e.mentions.iter().any(|m| m.span.overlaps(span)));
        let issues = annotated.issues.iter();
        let named = issues.filter(|i| i.mentions.iter().any(|m| m.overlaps(span)));
        let mut issues: Vec<IssueId> = named.map(|i| i.id).collect();
        // An issue is named by the words of its stances, too.
        for stance in &annotated.stances {
            if let Target::Issue(id) = stance.target
                && stance.target_span.overlaps(span)
                && !issues.contains(&id)
            {
                issues.push(id);
            }
        }
        issues.sort_unstable();
        let inverse = |id: &IssueId| annotated.issue(*id)?.inverse_of;
        let inverses: Vec<IssueId> = annotated
            .issues
            .iter()
            .map(|i| i.id)
            .filter(|id| !issues.contains(id))
            .filter(|id| {
                issues.iter().any(|i| inverse(i) == Some(*id))
                    || inverse(id).is_some_and(|i| issues.contains(&i))
            })
            .collect();
        Self {
            entities: entities.map(|e| e.id).collect(),
            issues,
            inverses,
            span,
        }
    }

    /// Stances toward something else whose words name one of the entities: "Ukraine joining NATO"
    /// for Ukraine.
    fn around<'a>(&self, annotated: &'a Annotated) -> Vec<&'a Stance> {
        let entities = self.entities.iter().filter_map(|e| annotated.entity(*e));
        let named: Vec<Span> = entities
            .flat_map(|e| e.mentions.iter().map(|m| m.span))
            .collect();
        let shown = annotated.stances.iter();
        shown
            .filter(|s| s.confidence >= Stance::FAINT && !self.has(s))
            .filter(|s| named.iter().any(|n| s.target_span.contains(*n)))
            .collect()
    }

    fn has(&self, stance: &Stance) -> bool {
        match stance.target {
            Target::Entity(id) => self.entities.contains(&id),
            Target::Issue(id) => self.issues.contains(&id) || self.inverses.contains(&id),
        }
    }
}

/// The stances toward the words of `span`, or why there are none.
pub fn ask(span: Span, annotated: &Annotated, ascii: bool) -> Asked {
    let subject = Subject::of(span, annotated);
    let toward = annotated.stances.iter().filter(|s| subject.has(s));
    let (shown, faint): (Vec<&Stance>, Vec<&Stance>) =
        toward.partition(|s| s.confidence >= Stance::FAINT);
    let words = one_line(span.of(&annotated.document.text));
    let words = truncate(&words, WORDS);
    let count = match shown.len() {
        0 => "No stance".to_owned(),
        n => plural(n, "stance", "stances"),
    };
    let more = |stance: &Stance| more(stance, annotated, ascii);
    let mut rows: Rows = stance_rows(&shown, annotated, ascii, more);
    let around = subject.around(annotated);
    if shown.is_empty() {
        rows.push((SheetRow::text("None found.", Role::Label), None));
    }
    if !faint.is_empty() {
        heading(&mut rows, "Too unsure to be drawn, below 0.60");
        rows.extend(stance_rows(&faint, annotated, ascii, more));
    }
    if !around.is_empty() {
        heading(&mut rows, "Toward something that names it");
        rows.extend(stance_rows(&around, annotated, ascii, more));
    }
    heading(&mut rows, "What these words belong to");
    belongs(&mut rows, &subject, annotated);
    if shown.is_empty() {
        reasons(
            &mut rows,
            &subject,
            faint.is_empty(),
            &around,
            annotated,
            ascii,
        );
    }
    Asked {
        title: format!("{count} toward “{words}”"),
        rows,
    }
}

/// Rule and confidence, and in short the confidence.
fn more(stance: &Stance, annotated: &Annotated, ascii: bool) -> [String; 2] {
    if let Some(said) = corrected(stance, annotated) {
        return [format!("  {said}"), "  by you".to_owned()];
    }
    let rule = match &*stance.rule {
        "" => "no rule said".to_owned(),
        rule if ascii => rule.replace('∘', "*"),
        rule => rule.to_owned(),
    };
    let confidence = stance.confidence;
    [
        format!("  {rule} · {confidence:.2}"),
        format!("  {confidence:.2}"),
    ]
}

fn heading(rows: &mut Rows, text: &str) {
    rows.push((SheetRow::default(), None));
    rows.push((SheetRow::text(text, Role::Label), None));
}

/// How often an entity is named, and what part it takes in stances.
fn entity_facts(entity: &Entity, annotated: &Annotated) -> String {
    let me = Party::Entity(entity.id);
    let shown = || {
        let stances = annotated.stances.iter();
        stances.filter(|s| s.confidence >= Stance::FAINT)
    };
    let held = shown().filter(|s| s.holder == me).count();
    let received = shown().filter(|s| s.target == Target::Entity(entity.id));
    format!(
        "  {}, named {}, holds {}, target of {}",
        entity.kind.name(),
        plural(entity.stops().len(), "time", "times"),
        plural(held, "stance", "stances"),
        received.count()
    )
}

/// The entities and issues that the words belong to.
fn belongs(rows: &mut Rows, subject: &Subject, annotated: &Annotated) {
    for entity in subject.entities.iter().filter_map(|e| annotated.entity(*e)) {
        let row = SheetRow {
            body: vec![
                Run::own(entity.name.clone(), entity.kind.role()),
                Run::own(entity_facts(entity, annotated), Role::Dim),
            ],
            ..SheetRow::default()
        };
        let here = |n: &usize| entity.mentions[*n].span.overlaps(subject.span);
        let mention = (0..entity.mentions.len()).find(here).unwrap_or(0);
        let focus = Focus::Mention {
            entity: entity.id,
            mention,
        };
        rows.push((row, Some(Lead::Go(focus))));
    }
    let issues = subject.issues.iter().map(|i| (i, ""));
    let inverses = subject.inverses.iter().map(|i| (i, "the opposite: "));
    for (id, what) in issues.chain(inverses) {
        let Some(issue) = annotated.issue(*id) else {
            continue;
        };
        let named = plural(issue.mentions.len(), "time", "times");
        let row = SheetRow {
            body: vec![
                Run::own(what, Role::Dim),
                Run::own(issue.name.clone(), Role::Text),
                Run::own(format!("  issue, named {named}"), Role::Dim),
            ],
            ..SheetRow::default()
        };
        rows.push((row, None));
    }
    if subject.entities.is_empty() && subject.issues.is_empty() {
        let none = "Nothing: byline found no name and no issue in them.";
        rows.push((SheetRow::text(none, Role::Text), None));
    }
}

/// Why nobody is for or against it.
fn reasons(
    rows: &mut Rows,
    subject: &Subject,
    none_dropped: bool,
    around: &[&Stance],
    annotated: &Annotated,
    ascii: bool,
) {
    heading(rows, "Why there is none");
    let mut reason = |text: String| rows.push((SheetRow::text(text, Role::Text), None));
    let known = !(subject.entities.is_empty() && subject.issues.is_empty());
    if known {
        reason("No rule found words that say who is for or against it.".to_owned());
    } else {
        reason("A stance is toward a name or an issue, and these words are neither.".to_owned());
    }
    if none_dropped && known {
        reason("None was left out for being unsure: no candidate lies below 0.60.".to_owned());
    }
    let rejected = annotated.corrected.rejected;
    if rejected > 0 {
        let count = plural(rejected, "stance", "stances");
        reason(format!(
            "You rejected {count} of this article (cl lists them)."
        ));
    }
    let sentence = annotated.sentence_at(subject.span.from());
    let here = annotated.stances.iter().filter(|s| {
        Some(s.sentence) == sentence && s.confidence >= Stance::FAINT && !subject.has(s)
    });
    let here: Vec<&Stance> = here.collect();
    let here: Vec<&Stance> = here.into_iter().filter(|s| !around.contains(s)).collect();
    if !here.is_empty() {
        heading(rows, "In the same sentence, toward something else");
        rows.extend(stance_rows(&here, annotated, ascii, |s| {
            more(s, annotated, ascii)
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::{dispute, find};

    fn asked(annotated: &Annotated, words: &str) -> (String, Vec<String>) {
        let span = find(&annotated.document.text, words, 0);
        let asked = ask(span, annotated, false);
        let rows = asked.rows.iter().map(|(row, _)| row.words());
        let rows = rows.filter(|row| !row.is_empty()).collect();
        (asked.title, rows)
    }

    #[test]
    fn an_issue_and_its_ban_are_asked_about_together() {
        let (title, rows) = asked(&dispute(), "the bridge");
        assert_eq!(title, "4 stances toward “the bridge”");
        assert_eq!(
            rows,
            [
                "▲ Ek      a ban on the bridge  “demand”  test · 0.90",
                "▲ Ek      the bridge           “need”  test · 0.85",
                "▲ Norway  the bridge           “welcomed”  test · 0.80",
                "▼ Norway  the bridge           “fears”  test · 0.70",
                "What these words belong to",
                "the bridge  issue, named 1 time",
                "a ban on the bridge  issue, named 1 time",
            ]
        );
    }

    #[test]
    fn where_there_is_none_the_reasons_stand() {
        let (title, rows) = asked(&dispute(), "Sweden");
        assert_eq!(title, "No stance toward “Sweden”");
        assert_eq!(
            rows,
            [
                "None found.",
                "What these words belong to",
                "Sweden  place, named 3 times, holds 0 stances, target of 0",
                "Why there is none",
                "No rule found words that say who is for or against it.",
                "None was left out for being unsure: no candidate lies below 0.60.",
            ]
        );
        let (_, rows) = asked(&dispute(), "demand");
        assert!(rows.contains(&"Nothing: byline found no name and no issue in them.".to_owned()));
        let here = rows
            .iter()
            .position(|r| r.starts_with("In the same sentence"));
        assert!(rows[here.unwrap() + 1].starts_with("▲ Ek"), "{rows:?}");
    }

    #[test]
    fn what_was_too_unsure_is_shown_apart() {
        let mut annotated = dispute();
        annotated.stances[4].confidence = 0.4;
        let (title, rows) = asked(&annotated, "Norway is");
        assert_eq!(title, "No stance toward “Norway is”");
        assert_eq!(rows[1], "Too unsure to be drawn, below 0.60");
        assert_eq!(rows[2], "▼ the editor  Norway  “wrong”  test · 0.40");
        assert!(!rows.iter().any(|r| r.starts_with("None was left out")));
        // Every stance leads to its evidence.
        let span = find(&annotated.document.text, "Norway is", 0);
        let leads = ask(span, &annotated, true).rows.into_iter();
        assert!(leads.filter_map(|(_, lead)| lead).count() >= 2);
    }
}
