//! The entity list: order, filter, selection, drawing.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use crate::base::{EntityId, Role};
use crate::config::Signs;
use crate::ui::desk::Shown;
use crate::ui::draw;
use crate::ui::list::List;
use crate::ui::session::Session;
use crate::ui::style::Styles;
use crate::view::{self, EntityRow, ListLook, Order};

/// The entity pane.
#[derive(Debug, Default)]
pub struct EntityPane {
    /// The selected entity.
    selected: Option<EntityId>,
    order: Order,
    filter: String,
    list: List,
    /// Rows of the last frame, and what they were made for.
    rows: Vec<EntityRow>,
    made_for: Option<MadeFor>,
}

/// What rows are made for.
#[derive(Debug, PartialEq)]
struct MadeFor {
    opening: u64,
    version: u64,
    order: Order,
    filter: String,
    look: ListLook,
}

/// Rows of a pane from which on office and country have rows of their own.
const TALL: u16 = 20;

impl EntityPane {
    /// The selected entity.
    pub fn selected(&self) -> Option<EntityId> {
        self.selected
    }

    /// Selects an entity, if the list has it.
    pub fn select(&mut self, entity: EntityId) {
        self.selected = Some(entity);
    }

    /// Selects nothing.
    pub fn let_go(&mut self) {
        self.selected = None;
    }

    /// What the list is filtered by.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// Filters the list.
    pub fn set_filter(&mut self, filter: &str, session: &Session) {
        filter.clone_into(&mut self.filter);
        self.refresh(session, self.last_look(session));
        let still = self
            .rows
            .iter()
            .any(|r| r.entity.is_some() && r.entity == self.selected);
        if !still {
            self.selected = self.rows.iter().find_map(|r| r.entity);
        }
    }

    /// The order.
    pub fn order(&self) -> Order {
        self.order
    }

    /// Goes to the next order, and returns it.
    pub fn sort(&mut self) -> Order {
        self.order = self.order.next();
        self.list.follow();
        self.order
    }

    /// Moves the selection by `rows` entities; `isize::MIN` and `MAX` go to the ends.
    pub fn step(&mut self, rows: isize, session: &Session) {
        self.refresh(session, self.last_look(session));
        let mut ids: Vec<EntityId> = self.rows.iter().filter_map(|r| r.entity).collect();
        ids.dedup();
        let Some(last) = ids.len().checked_sub(1) else {
            return;
        };
        let at = ids.iter().position(|e| Some(*e) == self.selected);
        let next = match at {
            None => 0,
            Some(at) => at.saturating_add_signed(rows).min(last),
        };
        self.selected = ids.get(next).copied();
    }

    /// Rows of the last frame.
    pub fn height(&self) -> usize {
        self.list.height()
    }

    /// Selects what is at row `y` of the screen; whether there is something.
    pub fn click(&mut self, y: u16) -> bool {
        let Some(row) = self.list.row_at(y).and_then(|i| self.rows.get(i)) else {
            return false;
        };
        match row.entity {
            Some(entity) => {
                self.selected = Some(entity);
                true
            }
            None => false,
        }
    }

    /// Scrolls without moving the selection.
    pub fn scroll(&mut self, rows: isize) {
        self.list.scroll(rows, self.rows.len());
    }

    /// How the list looked in the last frame.
    fn last_look(&self, session: &Session) -> ListLook {
        let look = self.made_for.as_ref().map(|m| m.look);
        ListLook {
            kinds: session.kinds(),
            ..look.unwrap_or(ListLook {
                columns: 24,
                tall: false,
                ascii: false,
                kinds: session.kinds(),
            })
        }
    }

    fn refresh(&mut self, session: &Session, look: ListLook) {
        let wanted = MadeFor {
            opening: session.opening,
            version: session.version,
            order: self.order,
            filter: self.filter.clone(),
            look,
        };
        if self.made_for.as_ref() != Some(&wanted) {
            self.rows = view::entity_rows(&session.annotated, self.order, &self.filter, look);
            self.made_for = Some(wanted);
        }
    }

    /// Draws the pane.
    pub fn draw(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        session: &Session,
        focused: bool,
        signs: Signs,
        styles: &Styles,
    ) {
        let ascii = signs == Signs::Ascii;
        let inner = Rect {
            x: area.x + 1.min(area.width),
            width: area.width.saturating_sub(2),
            ..area
        };
        let look = ListLook {
            columns: usize::from(inner.width),
            tall: area.height >= TALL,
            ascii,
            kinds: session.kinds(),
        };
        self.refresh(session, look);
        let selected = self
            .rows
            .iter()
            .position(|r| r.entity.is_some() && r.entity == self.selected);
        self.list.fit(area, selected, self.rows.len());
        if self.rows.is_empty() {
            let text = if session.shown != Shown::Article {
                ""
            } else if session.annotating {
                "Reading…"
            } else if self.filter.is_empty() && !session.annotated.entities.is_empty() {
                "Nothing of the kinds listed."
            } else if self.filter.is_empty() {
                "Nobody is named."
            } else {
                "Nothing matches."
            };
            draw::put(
                buffer,
                inner.x,
                inner.y,
                inner.right(),
                text,
                styles.of(Role::Dim),
            );
            return;
        }
        for (y, index) in self.list.visible(self.rows.len()) {
            let row = &self.rows[index];
            let chosen = focused && row.entity.is_some() && row.entity == self.selected;
            if chosen {
                draw::tint(buffer, area, y, styles, Role::Selected);
            }
            let mut runs = row.row.runs.clone();
            if chosen {
                for run in &mut runs {
                    run.roles.add(Role::Selected.into());
                }
            }
            let at = (inner.x, y, inner.right());
            draw::put_runs(buffer, at, &runs, session.text(), styles);
            // The signs say it; underlines belong to evidence in the text.
            for x in inner.left()..inner.right() {
                if let Some(cell) = buffer.cell_mut((x, y)) {
                    cell.modifier.remove(Modifier::UNDERLINED);
                }
            }
            if Some(index) == selected && !focused {
                draw::put(
                    buffer,
                    area.x,
                    y,
                    area.right(),
                    if ascii { ">" } else { "›" },
                    styles.of(Role::Dim),
                );
            }
        }
    }
}
