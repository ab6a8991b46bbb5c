//! The entity list as rows.

use crate::base::text::{fold, truncate, width};
use crate::base::{EntityId, EntityKind, Kinds, Role, Showing};
use crate::model::{Annotated, Entity, MentionForm, Party, Polarity, Stance};
use crate::view::explain::short_name;
use crate::view::paint::{Row, Run};
use crate::view::roster::{apart, bare};
use crate::view::spark::{self, Ruler};

/// Columns from which on a row has a sparkline.
const SPARK: usize = 32;
/// Columns from which on there is room for a second row with office and country.
const SECOND: usize = 28;

/// Columns of an office that are worth showing.
const LEAST: usize = 8;

/// Order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// In groups by kind, the most mentioned first.
    #[default]
    Kind,
    /// The most mentioned first, without groups.
    Prominence,
    /// By first mention, without groups.
    Appearance,
    /// By name, without groups.
    Name,
}

impl Order {
    /// In two words, for a header.
    pub fn words(self) -> &'static str {
        match self {
            Self::Kind => "by kind",
            Self::Prominence => "by count",
            Self::Appearance => "in order",
            Self::Name => "by name",
        }
    }

    /// In full, for a message.
    pub fn explained(self) -> &'static str {
        match self {
            Self::Kind => "in groups by kind, the most mentioned first",
            Self::Prominence => "by prominence, the most mentioned first",
            Self::Appearance => "in the order in which they first appear",
            Self::Name => "by name",
        }
    }

    /// The order that one key goes to.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Kind => Self::Prominence,
            Self::Prominence => Self::Appearance,
            Self::Appearance => Self::Name,
            Self::Name => Self::Kind,
        }
    }
}

/// How the list is to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListLook {
    /// Columns of a row.
    pub columns: usize,
    /// Whether there are rows enough for office and country under a name.
    pub tall: bool,
    /// Whether signs are ASCII.
    pub ascii: bool,
    /// What is seen of each kind.
    pub kinds: Kinds,
}

/// A row of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntityRow {
    /// The entity; `None` for headings, blanks and the foot.
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
        EntityKind::Date => ':',
        EntityKind::Money => '$',
        EntityKind::Percent => '%',
        EntityKind::Quantity => '#',
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
        EntityKind::Date => ':',
        EntityKind::Money => '$',
        EntityKind::Percent => '/',
        EntityKind::Quantity => '=',
    }
}

/// An entity with what the list shows of it.
struct Entry<'a> {
    entity: &'a Entity,
    count: usize,
    first: usize,
    holds: [usize; 2],
    line: String,
    about: Option<(String, String)>,
    /// What tells it apart from others of its name.
    apart: Option<String>,
    /// Whether it is a common noun that stands for nobody named.
    bare: bool,
}

impl Entry<'_> {
    /// Its name with what tells it apart, in at most `room` columns.
    fn name(&self, room: usize) -> String {
        let Some(apart) = &self.apart else {
            return name_in(self.entity, room);
        };
        let apart = format!(" ({apart})");
        let left = room.saturating_sub(width(&apart));
        if left >= width(&self.entity.name).min(LEAST) {
            return name_in(self.entity, left) + &apart;
        }
        truncate(&format!("{}{apart}", self.entity.name), room).into_owned()
    }

    /// Whether letters of its name are lost in `room` columns.
    fn is_cut(&self, room: usize) -> bool {
        self.name_width() > room && self.name(room).contains('…')
    }

    /// Its name with what tells it apart, broken between two words so that the first part takes at
    /// most `room` columns; nothing where no word does.
    fn broken(&self, room: usize) -> Option<(String, String)> {
        let apart = self.apart.as_ref().map(|apart| format!(" ({apart})"));
        let whole = format!("{}{}", self.entity.name, apart.unwrap_or_default());
        let mut spaces = whole.match_indices(' ').map(|(at, _)| at);
        let at = spaces.rfind(|at| width(&whole[..*at]) <= room)?;
        let (first, rest) = whole.split_at(at);
        Some((first.to_owned(), rest.trim_start().to_owned()))
    }

    /// Columns of its name in full.
    fn name_width(&self) -> usize {
        let apart = self.apart.as_ref().map_or(0, |apart| width(apart) + 3);
        width(&self.entity.name) + apart
    }
}

/// How many entities the list holds without a filter, and how many are kept out of it by a hidden
/// kind. `bare` is what [`bare`] says of them: common nouns are in neither number.
pub fn entity_counts(annotated: &Annotated, bare: &[bool], kinds: Kinds) -> (usize, usize) {
    let count = |showing| {
        let of = |e: &&Entity| kinds.of(e.kind) == showing && !is_bare(bare, e.id);
        annotated.entities.iter().filter(of).count()
    };
    (count(Showing::Listed), count(Showing::Hidden))
}

fn is_bare(bare: &[bool], id: EntityId) -> bool {
    bare.get(id.index()).copied().unwrap_or(false)
}

/// How many somebodies and somethings with a name there are: entities without the light ones and
/// without the common nouns of `bare`.
pub fn named(annotated: &Annotated, bare: &[bool]) -> usize {
    let entities = annotated.entities.iter();
    let named = |e: &&Entity| !e.kind.is_light() && !is_bare(bare, e.id);
    entities.filter(named).count()
}

/// The list: those of the listed kinds whose name, other names or role hold `filter`. Common nouns
/// that stand for nobody named are found by a filter only, and stand last.
///
/// Counts are of the mentions that are stepped through: all but the pronouns, in the article and
/// in the comment.
pub fn entity_rows(
    annotated: &Annotated,
    order: Order,
    filter: &str,
    look: ListLook,
) -> Vec<EntityRow> {
    let mut entries = entries(annotated, filter, look);
    let name = |e: &Entry| fold(&e.entity.name);
    match order {
        Order::Kind => {
            entries.sort_by_key(|e| (e.entity.kind, std::cmp::Reverse(e.count), e.first));
        }
        Order::Prominence => entries.sort_by_key(|e| (std::cmp::Reverse(e.count), e.first)),
        Order::Appearance => entries.sort_by_key(|e| e.first),
        Order::Name => entries.sort_by_key(name),
    }
    match order {
        Order::Kind => entries.sort_by_key(|e| (e.entity.kind, e.bare)),
        _ => entries.sort_by_key(|e| e.bare),
    }
    let mut rows: Vec<EntityRow> = Vec::new();
    let mut push = |entity: Option<EntityId>, runs: Vec<Run>| {
        rows.push(EntityRow {
            entity,
            row: Row {
                runs,
                ..Row::default()
            },
        });
    };
    let mut group: Option<EntityKind> = None;
    for entry in &entries {
        let kind = entry.entity.kind;
        if order == Order::Kind && group != Some(kind) {
            if group.is_some() {
                push(None, Vec::new());
            }
            group = Some(kind);
            let count = entries.iter().filter(|e| e.entity.kind == kind).count();
            push(
                None,
                vec![
                    Run::own(kind.plural(), Role::Label),
                    Run::own(format!(" {count}"), Role::Dim),
                ],
            );
        }
        let id = Some(entry.entity.id);
        for runs in rows_of(entry, look) {
            push(id, runs);
        }
    }
    let hidden: Vec<&str> = look
        .kinds
        .that_are(Showing::Hidden)
        .filter(|k| annotated.entities.iter().any(|e| e.kind == *k))
        .map(EntityKind::plural)
        .collect();
    if !hidden.is_empty() && filter.is_empty() {
        let text = format!("Hidden: {}", hidden.join(", "));
        push(None, Vec::new());
        for line in crate::view::wrap(&text, look.columns) {
            let line = line.of(&text).trim_end();
            push(None, vec![Run::own(line, Role::Dim)]);
        }
    }
    rows
}

fn entries<'a>(annotated: &'a Annotated, filter: &str, look: ListLook) -> Vec<Entry<'a>> {
    let needle = fold(filter.trim());
    let matches = |e: &Entity| {
        let mut names = std::iter::once(&e.name).chain(&e.aliases).chain(&e.role);
        needle.is_empty() || names.any(|n| fold(n).contains(&needle))
    };
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
    let ruler = Ruler::new(&annotated.document);
    let (bare, mut apart) = (bare(annotated), apart(annotated));
    // A noun of a stance is listed, but behind what has a name.
    let noun = |e: &Entity| {
        let mut mentions = e.mentions.iter();
        mentions.all(|m| matches!(m.form, MentionForm::Nominal | MentionForm::Pronoun))
    };
    annotated
        .entities
        .iter()
        .filter(|e| look.kinds.lists(e.kind) && matches(e))
        .filter(|e| !needle.is_empty() || !is_bare(&bare, e.id))
        .map(|entity| Entry {
            entity,
            count: entity.stops().len(),
            first: entity.mentions.first().map_or(0, |m| m.span.from()),
            holds: holds.get(entity.id.index()).copied().unwrap_or_default(),
            line: if look.columns >= SPARK {
                spark::line(ruler.counts(entity), look.ascii)
            } else {
                String::new()
            },
            about: about(entity, annotated).filter(|_| look.tall && look.columns >= SECOND),
            apart: apart.remove(&entity.id.index()),
            bare: !entity.kind.is_light() && noun(entity),
        })
        .collect()
}

/// Office and country, where one of them is known.
fn about(entity: &Entity, annotated: &Annotated) -> Option<(String, String)> {
    let country = entity
        .speaks_for
        .and_then(|id| annotated.entity(id))
        .map(|e| e.name.clone());
    let role = entity.role.clone();
    (role.is_some() || country.is_some())
        .then(|| (role.unwrap_or_default(), country.unwrap_or_default()))
}

/// `Deputy Foreign Minister · Russia`; the office gives way to the country.
fn second(role: &str, country: &str, room: usize, look: ListLook) -> String {
    let dot = if look.ascii { " - " } else { " · " };
    let line = match (role, country) {
        ("", country) => format!("for {country}"),
        (role, "") => role.to_owned(),
        (role, country) => {
            let left = room.saturating_sub(width(country) + width(dot));
            if left < LEAST {
                format!("for {country}")
            } else {
                format!("{}{dot}{country}", truncate(role, left))
            }
        }
    };
    truncate(&line, room).into_owned()
}

/// The name in at most `room` columns: in full, shortened as a newspaper would, cut.
fn name_in(entity: &Entity, room: usize) -> String {
    let fits = |name: &str| width(name) <= room;
    if fits(&entity.name) {
        return entity.name.clone();
    }
    if entity.kind == EntityKind::Person {
        let last = short_name(entity);
        let initial = entity.name.chars().next().filter(|_| last != entity.name);
        let short = initial.map(|c| format!("{c}. {last}"));
        if let Some(short) = short.filter(|s| fits(s)) {
            return short;
        }
    }
    let acronym = |a: &&String| a.len() > 1 && a.chars().all(char::is_uppercase) && fits(a);
    if let Some(short) = entity.aliases.iter().find(acronym) {
        return short.clone();
    }
    truncate(&entity.name, room).into_owned()
}

/// The rows of an entity:
///
/// ```text
/// ● Alexander Grushko   ▲2 ▼7 ▂ ▄    ▂ 9
///   Deputy Foreign Minister · Russia
/// ```
///
/// Nothing of the name is given up for the rest: the line of places goes first, then stances and
/// the end of a long name go to the second row where there may be one.
fn rows_of(entry: &Entry, look: ListLook) -> Vec<Vec<Run>> {
    let (columns, ascii) = (look.columns, look.ascii);
    let kind = entry.entity.kind;
    let mut count = format!("{:>2}", entry.count);
    if 3 + count.len() + entry.name_width() > columns {
        count = entry.count.to_string();
    }
    let stances = stance_runs(entry, ascii);
    let stance_width: usize = stances.iter().map(|r| width(r.text.of(""))).sum();
    let fixed = 2 + 1 + count.len();
    let needed = fixed + entry.name_width();
    // The stances give way before little is left of the name.
    let fits = needed + stance_width <= columns;
    // A name that can be shortened as a newspaper would stays on one row with its stances.
    let beside_stances = columns.saturating_sub(fixed + stance_width);
    let below = !fits && look.tall && stance_width > 0 && entry.is_cut(beside_stances);
    let cut = fixed + entry.name_width().min(12) + stance_width <= columns && columns >= 24;
    let beside = !below && (fits || cut);
    let stance_width = if beside { stance_width } else { 0 };
    let line_width = spark::CELLS + 1;
    let line = !entry.line.is_empty() && needed + stance_width + line_width <= columns;
    let line_width = if line { line_width } else { 0 };
    let room = columns.saturating_sub(fixed + line_width + stance_width);
    // A long name goes on in the second row.
    let long = look.tall && entry.is_cut(room);
    let (name, rest) = match long.then(|| entry.broken(room)).flatten() {
        Some((name, rest)) => (name, Some(rest)),
        None => (entry.name(room), None),
    };
    let pad = room.saturating_sub(width(&name)) + 1;
    let sign = if ascii { ascii_sign(kind) } else { sign(kind) };
    let mut first = vec![
        Run::own(format!("{sign} "), kind.role()),
        Run::own(name, kind.role()),
        Run::own(" ".repeat(pad), Role::Text),
    ];
    let mut below_runs = Vec::new();
    if let Some(rest) = &rest {
        below_runs.push(Run::own(truncate(rest, columns - 2), kind.role()));
        below_runs.push(Run::own(" ", Role::Text));
    }
    if beside {
        first.extend(stances);
    } else if below {
        below_runs.extend(stances);
    }
    if line {
        first.push(Run::own(format!("{} ", entry.line), kind.role()));
    }
    first.push(Run::own(count, Role::Dim));
    let mut rows = vec![first];
    if below || rest.is_some() || entry.about.is_some() {
        let mut runs = vec![Run::own("  ", Role::Text)];
        runs.extend(below_runs);
        if let Some((role, country)) = &entry.about {
            let used: usize = runs.iter().map(|r| width(r.text.of(""))).sum();
            let room = columns.saturating_sub(used);
            if room >= LEAST {
                runs.push(Run::own(second(role, country, room, look), Role::Dim));
            }
        }
        rows.push(runs);
    }
    rows
}

/// `▲2 ▼7 `
fn stance_runs(entry: &Entry, ascii: bool) -> Vec<Run> {
    let mut runs = Vec::new();
    let sides = [Polarity::For, Polarity::Against];
    for (held, polarity) in entry.holds.into_iter().zip(sides) {
        if held > 0 {
            let sign = crate::view::ledger::polarity_sign(polarity, ascii);
            runs.push(Run::own(format!("{sign}{held}"), polarity.role()));
            runs.push(Run::own(" ", Role::Text));
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::fixture::sample;

    fn look(columns: usize) -> ListLook {
        ListLook {
            columns,
            tall: true,
            ascii: false,
            kinds: Kinds::default(),
        }
    }

    fn shown(order: Order, filter: &str, columns: usize) -> Vec<String> {
        list(&sample().0, order, filter, look(columns))
    }

    fn list(annotated: &Annotated, order: Order, filter: &str, look: ListLook) -> Vec<String> {
        let text = |row: &Row| {
            row.runs
                .iter()
                .map(|r| r.text.of("").to_owned())
                .collect::<String>()
        };
        entity_rows(annotated, order, filter, look)
            .iter()
            .map(|r| text(&r.row))
            .collect()
    }

    #[test]
    fn groups_counts_and_stances() {
        assert_eq!(
            shown(Order::Kind, "", 26),
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
    fn orders_come_round_and_say_what_they_are() {
        let mut order = Order::default();
        let mut seen = Vec::new();
        for _ in 0..4 {
            let names: Vec<String> = shown(order, "", 24)
                .iter()
                .filter(|r| r.contains('●') || r.contains('◇'))
                .map(|r| r.trim_end().to_owned())
                .collect();
            seen.push((order.words(), names.len()));
            order = order.next();
        }
        assert_eq!(order, Order::default());
        assert_eq!(
            seen,
            [
                ("by kind", 2),
                ("by count", 2),
                ("in order", 2),
                ("by name", 2)
            ]
        );
    }

    #[test]
    fn each_order_sorts_by_what_it_says() {
        let (mut annotated, _) = sample();
        let again = annotated.entities[1].mentions[1].clone();
        annotated.entities[1].mentions.push(again);
        let first = |order| list(&annotated, order, "", look(24)).concat();
        let oslo_first = |text: &str| text.find("Oslo") < text.find("Núñez");
        assert!(!oslo_first(&first(Order::Kind)));
        assert!(oslo_first(&first(Order::Prominence)));
        assert!(!oslo_first(&first(Order::Appearance)));
        assert!(!oslo_first(&first(Order::Name)));
    }

    #[test]
    fn room_brings_a_sparkline_office_and_country() {
        assert_eq!(
            shown(Order::Appearance, "", 34),
            [
                "● Ana Núñez         ▼1   ▂   ▂   2",
                "  Mayor · Oslo",
                "◇ Oslo                       ▂▂  2",
            ]
            .map(str::to_owned)
        );
    }

    #[test]
    fn an_office_gives_way_to_the_country() {
        let second = |room| second("Deputy Foreign Minister", "United Kingdom", room, look(40));
        assert_eq!(second(48), "Deputy Foreign Minister · United Kingdom");
        assert_eq!(second(26), "Deputy F… · United Kingdom");
        assert_eq!(second(22), "for United Kingdom");
    }

    #[test]
    fn a_name_is_never_cut_while_a_second_row_has_room() {
        let (mut annotated, _) = sample();
        let rows =
            |annotated: &Annotated, columns| list(annotated, Order::Appearance, "", look(columns));
        "Oslo administration".clone_into(&mut annotated.entities[1].name);
        annotated.stances[1].holder = Party::Entity(EntityId::at(1));
        assert_eq!(
            rows(&annotated, 26)[1..],
            ["◇ Oslo administration    2", "  ▼1 "]
        );
        // The count gives its blank before the name loses a letter.
        assert_eq!(rows(&annotated, 23)[1], "◇ Oslo administration 2");
        assert_eq!(
            rows(&annotated, 22)[1..],
            ["◇ Oslo               2", "  administration ▼1 ",]
        );
        let mut low = look(22);
        low.tall = false;
        let cut = list(&annotated, Order::Appearance, "", low);
        assert_eq!(cut[1], "◇ Oslo administrati… 2");
    }

    #[test]
    fn a_common_noun_is_listed_for_its_stance_and_stands_last() {
        let (mut annotated, _) = sample();
        for mention in &mut annotated.entities[0].mentions {
            mention.form = MentionForm::Nominal;
            mention.rule = "nominal".into();
        }
        annotated.entities[0].speaks_for = None;
        for order in [Order::Prominence, Order::Appearance, Order::Name] {
            let rows = list(&annotated, order, "", look(24));
            assert!(
                rows[0].contains("Oslo") && rows[1].contains("Núñez"),
                "{rows:?}"
            );
        }
        annotated.stances.clear();
        let rows = list(&annotated, Order::Name, "", look(24));
        assert_eq!(rows.len(), 1);
        assert_eq!(list(&annotated, Order::Name, "nú", look(24)).len(), 1);
        let bare = bare(&annotated);
        assert_eq!(entity_counts(&annotated, &bare, Kinds::default()), (1, 0));
        assert_eq!(named(&annotated, &bare), 1);
    }

    #[test]
    fn names_are_shortened_as_a_newspaper_would() {
        let (annotated, _) = sample();
        let entity = &annotated.entities[0];
        assert_eq!(name_in(entity, 9), "Ana Núñez");
        assert_eq!(name_in(entity, 8), "A. Núñez");
        assert_eq!(name_in(entity, 7), "Ana Nú…");
    }

    #[test]
    fn hidden_kinds_are_left_out_and_named_at_the_foot() {
        let mut look = look(26);
        look.kinds.set(EntityKind::Place, Showing::Hidden);
        let (annotated, _) = sample();
        assert_eq!(
            list(&annotated, Order::Kind, "", look),
            [
                "People 1",
                "● Ana Núñez          ▼1  2",
                "",
                "Hidden: Places"
            ]
        );
        assert_eq!(entity_counts(&annotated, &[], look.kinds), (1, 1));
        look.kinds.set(EntityKind::Place, Showing::Marked);
        assert_eq!(list(&annotated, Order::Kind, "", look).len(), 2);
    }

    #[test]
    fn rows_are_as_wide_as_the_pane() {
        for columns in 8..40 {
            for row in shown(Order::Name, "", columns)
                .iter()
                .filter(|row| !row.starts_with("  "))
            {
                assert_eq!(width(row), columns, "{row:?}");
            }
        }
    }
}
