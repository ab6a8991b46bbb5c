//! Look-up of annotations by place: what overlaps a row, in logarithmic time.

use crate::base::{Kinds, Role, RoleSet, Span};
use crate::model::{Annotated, EntityKind, MentionForm, Polarity, Stance};

/// Spans with what they are, sorted, with the furthest end so far beside each, so that a search
/// need not look further back than spans that still reach the row.
#[derive(Debug)]
struct Spans<T> {
    items: Vec<(Span, T)>,
    reach: Vec<u32>,
}

impl<T> Default for Spans<T> {
    fn default() -> Self {
        Self {
            items: Vec::new(),
            reach: Vec::new(),
        }
    }
}

impl<T: Copy> Spans<T> {
    fn new(mut items: Vec<(Span, T)>) -> Self {
        items.sort_by_key(|(span, _)| *span);
        let mut furthest = 0;
        let reach = items
            .iter()
            .map(|(span, _)| {
                furthest = furthest.max(span.end);
                furthest
            })
            .collect();
        Self { items, reach }
    }

    fn over(&self, row: Span) -> impl Iterator<Item = (Span, T)> + '_ {
        let to = self.items.partition_point(|(span, _)| span.start < row.end);
        let from = self.reach.partition_point(|end| *end <= row.start).min(to);
        self.items[from..to]
            .iter()
            .copied()
            .filter(move |(span, _)| span.overlaps(row))
    }
}

/// A stance whose evidence lies on a row.
#[derive(Debug, Clone, Copy)]
pub struct Evidence {
    /// For, against, conditional.
    pub polarity: Polarity,
    /// How sure.
    pub confidence: f32,
    /// Whether this is the first of its evidence spans.
    pub first: bool,
}

/// Annotations by place. Built once for an article's layers.
#[derive(Debug, Default)]
pub struct MarkIndex {
    roles: Spans<RoleSet>,
    kinds: Spans<EntityKind>,
    evidence: Spans<Evidence>,
    passages: Spans<()>,
}

impl MarkIndex {
    /// The index of an article's layers. Marks below [`Stance::FAINT`] and mentions of hidden kinds
    /// are left out.
    pub fn new(annotated: &Annotated, kinds_shown: Kinds) -> Self {
        let mut roles = Vec::new();
        let mut kinds = Vec::new();
        for entity in annotated
            .entities
            .iter()
            .filter(|e| kinds_shown.marks(e.kind))
        {
            for mention in &entity.mentions {
                if matches!(mention.form, MentionForm::Nominal | MentionForm::Pronoun) {
                    continue;
                }
                roles.push((mention.span, entity.kind.role().into()));
                kinds.push((mention.span, entity.kind));
            }
        }
        for quote in &annotated.quotes {
            roles.push((quote.span, Role::Quote.into()));
            roles.extend(quote.cue.map(|cue| (cue, Role::Cue.into())));
        }
        let mut evidence = Vec::new();
        for stance in annotated
            .stances
            .iter()
            .filter(|s| s.confidence >= Stance::FAINT)
        {
            let mut look = RoleSet::of(stance.polarity.role());
            if stance.confidence < Stance::SOLID {
                look = look.with(Role::Faint);
            }
            for (n, &span) in stance.evidence.iter().enumerate() {
                roles.push((span, look));
                let (polarity, confidence) = (stance.polarity, stance.confidence);
                evidence.push((
                    span,
                    Evidence {
                        polarity,
                        confidence,
                        first: n == 0,
                    },
                ));
            }
        }
        let passages = annotated.links.iter().map(|l| (l.passage, ())).collect();
        Self {
            roles: Spans::new(roles),
            kinds: Spans::new(kinds),
            evidence: Spans::new(evidence),
            passages: Spans::new(passages),
        }
    }

    /// Roles of the spans over `row`.
    pub fn roles(&self, row: Span) -> impl Iterator<Item = (Span, RoleSet)> + '_ {
        self.roles.over(row)
    }

    /// Kinds of the mentions that start on `row`, from left to right, the light ones last.
    pub fn kinds(&self, row: Span) -> Vec<EntityKind> {
        let starts = |span: &Span| row.has(span.from());
        let mut kinds: Vec<EntityKind> = self
            .kinds
            .over(row)
            .filter(|(span, _)| starts(span))
            .map(|(_, kind)| kind)
            .collect();
        kinds.sort_by_key(|kind| kind.is_light());
        kinds
    }

    /// The surest stance whose evidence starts on `row`, with whether it is unsure.
    pub fn stance(&self, row: Span) -> Option<(Polarity, bool)> {
        let mut best: Option<Evidence> = None;
        for (span, evidence) in self.evidence.over(row) {
            let starts = evidence.first && row.has(span.from());
            if starts && best.is_none_or(|b| evidence.confidence > b.confidence) {
                best = Some(evidence);
            }
        }
        best.map(|b| (b.polarity, b.confidence < Stance::SOLID))
    }

    /// Whether the comment talks about something on `row`.
    pub fn linked(&self, row: Span) -> bool {
        self.passages.over(row).next().is_some()
    }
}
