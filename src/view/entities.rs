//! The entity list as rows.

use crate::base::text::{fold, truncate, width};
use crate::base::{EntityId, Role};
use crate::model::{
    Annotated, BlockKind, Entity, EntityKind, MentionForm, Party, Polarity, Stance,
};
use crate::view::paint::{Row, Run};

/// Order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// In groups by kind, the most mentioned first.
    Prominence,
    /// In groups by kind, by name.
    Kind,
    /// By first mention, without groups.
    Appearance,
    /// By name, without groups.
    Name,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRow {
    /// The entity; `None` for the heading of a group.
    pub entity: Option<EntityId>,
    /// What is written.
    pub row: Row,
}

/// The sign of a kind.
pub fn sign(kind: EntityKind) -> char {
    match kind {
        EntityKind::Person => '●',
        EntityKind::Organization => '■',
        EntityKind::Place => '◇',
        EntityKind::Group => '○',
        EntityKind::Event => '▸',
        EntityKind::Work => '¶',
        EntityKind::Other => '·',
    }
}

/// The sign of a kind in ASCII.
pub fn ascii_sign(kind: EntityKind) -> char {
    match kind {
        EntityKind::Person => '@',
        EntityKind::Organization => '#',
        EntityKind::Place => '%',
        EntityKind::Group => '&',
        EntityKind::Event => '!',
        EntityKind::Work => '~',
        EntityKind::Other => '.',
    }
}

/// An entity with what the list shows of it.
struct Entry<'a> {
    entity: &'a Entity,
    count: usize,
    first: usize,
    holds: [usize; 2],
}

/// The list at a width in columns: those whose name, other names or role hold `filter`.
///
/// `ascii` chooses the signs. Counts are of mentions by name, demonym or metonym in the article, the comment left out.
pub fn entity_rows(
    annotated: &Annotated,
    order: Order,
    filter: &str,
    columns: usize,
    ascii: bool,
) -> Vec<EntityRow> {
    let needle = fold(filter.trim());
    let matches = |e: &Entity| {
        let mut names = std::iter::once(&e.name).chain(&e.aliases).chain(&e.role);
        needle.is_empty() || names.any(|n| fold(n).contains(&needle))
    };
    let comments: Vec<_> = annotated
        .document
        .blocks_of(BlockKind::Comment)
        .map(|b| b.span)
        .collect();
    let mut holds = vec![[0usize; 2]; annotated.entities.len()];
    for stance in annotated
        .stances
        .iter()
        .filter(|s| s.confidence >= Stance::FAINT)
    {
        let slot = match stance.polarity {
            Polarity::For => 0,
            Polarity::Against => 1,
            Polarity::Conditional => continue,
        };
        if let Party::Entity(id) = stance.holder
            && let Some(held) = holds.get_mut(id.index())
        {
            held[slot] += 1;
        }
    }
    let mut entries: Vec<Entry> = annotated
        .entities
        .iter()
        .filter(|e| matches(e))
        .map(|entity| Entry {
            entity,
            count: entity
                .mentions
                .iter()
                .filter(|m| !matches!(m.form, MentionForm::Nominal | MentionForm::Pronoun))
                .filter(|m| !comments.iter().any(|c| c.has(m.span.from())))
                .count(),
            first: entity.mentions.first().map_or(0, |m| m.span.from()),
            holds: holds.get(entity.id.index()).copied().unwrap_or_default(),
        })
        .collect();
    let name = |e: &Entry| fold(&e.entity.name);
    match order {
        Order::Prominence => {
            entries.sort_by_key(|e| (e.entity.kind, std::cmp::Reverse(e.count), e.first));
        }
        Order::Kind => entries.sort_by_key(|e| (e.entity.kind, name(e))),
        Order::Appearance => entries.sort_by_key(|e| e.first),
        Order::Name => entries.sort_by_key(name),
    }
    let grouped = matches!(order, Order::Prominence | Order::Kind);
    let mut rows: Vec<EntityRow> = Vec::new();
    let mut group: Option<EntityKind> = None;
    for entry in &entries {
        let kind = entry.entity.kind;
        if grouped && group != Some(kind) {
            if group.is_some() {
                rows.push(EntityRow {
                    entity: None,
                    row: Row::default(),
                });
            }
            group = Some(kind);
            let count = entries.iter().filter(|e| e.entity.kind == kind).count();
            let heading = vec![
                Run::own(kind.plural(), Role::Label),
                Run::own(format!(" {count}"), Role::Dim),
            ];
            rows.push(EntityRow {
                entity: None,
                row: Row {
                    runs: heading,
                    ..Row::default()
                },
            });
        }
        rows.push(EntityRow {
            entity: Some(entry.entity.id),
            row: row(entry, columns, ascii),
        });
    }
    rows
}

/// `● Alexander Grushko   ▲2 ▼7   9`
fn row(entry: &Entry, columns: usize, ascii: bool) -> Row {
    let kind = entry.entity.kind;
    let count = entry.count.to_string();
    let mut stances: Vec<Run> = Vec::new();
    for (held, polarity) in entry
        .holds
        .into_iter()
        .zip([Polarity::For, Polarity::Against])
    {
        if held > 0 {
            stances.push(Run::own(
                format!(
                    "{}{held}",
                    if ascii {
                        polarity.ascii_sign()
                    } else {
                        polarity.sign()
                    }
                ),
                polarity.role(),
            ));
            stances.push(Run::own(" ", Role::Text));
        }
    }
    let text_of = |run: &Run| run.text.of("").to_owned();
    let stance_width: usize = stances.iter().map(|r| width(&text_of(r))).sum();
    let fixed = 2 + 1 + count.len().max(2);
    let name_width = width(&entry.entity.name);
    // The stances give way before the name is cut.
    let with_stances = fixed + name_width.min(12) + stance_width <= columns
        && (fixed + name_width + stance_width <= columns || columns >= 24);
    let stance_width = if with_stances { stance_width } else { 0 };
    let room = columns.saturating_sub(fixed + stance_width);
    let name = truncate(&entry.entity.name, room).into_owned();
    let pad = room.saturating_sub(width(&name)) + 1;
    let mut runs = vec![
        Run::own(
            format!("{} ", if ascii { ascii_sign(kind) } else { sign(kind) }),
            kind.role(),
        ),
        Run::own(name, kind.role()),
        Run::own(" ".repeat(pad), Role::Text),
    ];
    if with_stances {
        runs.extend(stances);
    }
    runs.push(Run::own(format!("{count:>2}"), Role::Dim));
    Row {
        runs,
        ..Row::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::sample;

    fn shown(order: Order, filter: &str, columns: usize) -> Vec<String> {
        let (annotated, _) = sample();
        let text = |row: &Row| {
            row.runs
                .iter()
                .map(|r| r.text.of("").to_owned())
                .collect::<String>()
        };
        entity_rows(&annotated, order, filter, columns, false)
            .iter()
            .map(|r| text(&r.row))
            .collect()
    }

    #[test]
    fn groups_counts_and_stances() {
        assert_eq!(
            shown(Order::Prominence, "", 26),
            [
                "People 1",
                "● Ana Núñez          ▼1  2",
                "",
                "Places 1",
                "◇ Oslo                   2",
            ]
        );
    }

    #[test]
    fn the_filter_looks_at_names_and_roles() {
        assert_eq!(shown(Order::Name, "MAYOR", 26).len(), 1);
        assert_eq!(shown(Order::Name, "zzz", 26).len(), 0);
        assert_eq!(shown(Order::Appearance, "o", 26).len(), 2);
    }

    #[test]
    fn rows_are_as_wide_as_the_pane() {
        for columns in 8..40 {
            for row in shown(Order::Name, "", columns) {
                assert_eq!(width(&row), columns, "{row:?}");
            }
        }
    }
}
