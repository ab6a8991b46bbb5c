//! The mouse: the wheel scrolls the pane under it, a click focuses, a drag selects. Never needed.

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::config::Command;
use crate::ui::app::{App, Effect, Layer};
use crate::ui::article_pane::Visual;
use crate::ui::layout::Pane;
use crate::ui::popup::Click;
use crate::view;

/// Rows one notch of the wheel moves.
const NOTCH: isize = 3;

impl App {
    /// Takes a mouse event.
    pub(super) fn mouse_event(&mut self, event: MouseEvent) -> Vec<Effect> {
        if self.library_on_top() {
            return self.library_mouse(event);
        }
        let (x, y) = (event.column, event.row);
        let down = event.kind == MouseEventKind::Down(MouseButton::Left);
        let click = match self.layers.last_mut() {
            Some(Layer::Popup(popup)) if down => Some(popup.click(x, y)),
            Some(Layer::Grid(grid)) if down => Some(grid.click(x, y)),
            _ => None,
        };
        match event.kind {
            _ if click.is_some() => match click {
                Some(Click::Outside) => {
                    self.layers.pop();
                }
                Some(Click::Again) => {
                    return self.run_in_layer(Command::Activate, 1);
                }
                _ => {}
            },
            MouseEventKind::ScrollDown => self.wheel(x, y, NOTCH),
            MouseEventKind::ScrollUp => self.wheel(x, y, -NOTCH),
            MouseEventKind::Down(MouseButton::Left) if self.layers.is_empty() => {
                self.message = None;
                return self.click(x, y);
            }
            MouseEventKind::Drag(MouseButton::Left) if self.layers.is_empty() => self.drag_to(x, y),
            MouseEventKind::Up(MouseButton::Left) => self.drag = None,
            _ => {}
        }
        Vec::new()
    }

    fn wheel(&mut self, x: u16, y: u16, rows: isize) {
        match self.layers.last_mut() {
            Some(Layer::Popup(popup)) => popup.scroll(rows),
            Some(Layer::Grid(grid)) => grid.scroll(rows),
            Some(_) => {}
            None => match self.areas.at(x, y) {
                Some(Pane::Article) => self.article.scroll(rows),
                Some(Pane::Entities) => self.entities.scroll(rows),
                Some(Pane::Comments) => self.comments.scroll(rows),
                None => {}
            },
        }
    }

    fn click(&mut self, x: u16, y: u16) -> Vec<Effect> {
        if self.areas.header.contains((x, y).into()) {
            if let Some(pane) = self.tab_at(x) {
                self.enter(pane);
            }
            return Vec::new();
        }
        let Some(pane) = self.areas.at(x, y) else {
            return Vec::new();
        };
        let before = self.pane;
        match pane {
            Pane::Article => {
                self.enter(pane);
                self.article.visual = None;
                self.drag = self.article.byte_at_cell(x, y);
                if let Some(at) = self.drag {
                    let (annotated, highlights) =
                        (&self.session.annotated, &self.session.highlights);
                    let focus = view::at(at, annotated, highlights, self.config.settings.kinds);
                    if let Some(view::Focus::Mention { entity, .. }) = focus {
                        self.entities.select(entity);
                    }
                    self.focus = focus;
                }
            }
            Pane::Entities => {
                let earlier = self.entities.selected();
                self.enter(pane);
                // A click on what was selected already goes there, as Enter does.
                if self.entities.click(y) && before == pane && earlier == self.entities.selected() {
                    return self.activate();
                }
            }
            Pane::Comments => {
                let earlier = self.comments.selected().cloned();
                self.enter(pane);
                let same = |app: &App| earlier.as_ref() == app.comments.selected();
                if self.comments.click(y) && before == pane && same(self) {
                    return self.activate();
                }
            }
        }
        Vec::new()
    }

    fn drag_to(&mut self, x: u16, y: u16) {
        let Some(anchor) = self.drag else { return };
        let Some(area) = self.areas.of(Pane::Article) else {
            return;
        };
        if y < area.y {
            self.article.scroll(-1);
        } else if y >= area.bottom() {
            self.article.scroll(1);
        }
        let row = y.clamp(area.y, area.bottom().saturating_sub(1));
        if let Some(caret) = self.article.byte_at_cell(x, row)
            && (caret != anchor || self.article.visual.is_some())
        {
            self.article.visual = Some(Visual {
                anchor,
                caret,
                sentences: false,
            });
        }
    }
}
