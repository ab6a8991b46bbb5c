//! One frame: header, panes, status, hints, and what lies over them. Drawing reads the state and
//! remembers where things were; it never changes the article or its marks.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::text::{truncate, width};
use crate::base::{EntityKind, Role, Showing, Span};
use crate::config::{Command, Context, Signs};
use crate::ui::app::{App, Layer, Marked};
use crate::ui::draw;
use crate::ui::layout::{Areas, Pane};
use crate::ui::prompt::Purpose;
use crate::view::{self, Overlay};

impl App {
    /// Draws everything onto `buffer`.
    pub fn draw(&mut self, buffer: &mut Buffer) {
        let area = buffer.area;
        self.areas = Areas::new(area, &self.config.settings, self.zen, self.pane, self.side);
        if area.is_empty() {
            return;
        }
        let signs = self.config.settings.signs;
        if self.in_library() {
            self.draw_library(buffer, signs);
            self.draw_status(buffer);
            self.draw_layers(buffer, signs);
            self.draw_query_help(buffer);
            return;
        }
        self.draw_panes(buffer, signs);
        let border = styles_border(signs);
        for x in self.areas.borders().collect::<Vec<_>>() {
            for y in area.top()..self.body().bottom() {
                draw::put(
                    buffer,
                    x,
                    y,
                    area.right(),
                    border,
                    self.styles.of(Role::Border),
                );
            }
        }
        self.draw_header(buffer);
        self.draw_status(buffer);
        self.draw_layers(buffer, signs);
    }

    fn draw_panes(&mut self, buffer: &mut Buffer, signs: Signs) {
        let (annotated, highlights) = (&self.session.annotated, &self.session.highlights);
        let focus: Vec<Span> = self
            .focus
            .as_ref()
            .map(|f| f.spans(annotated, highlights))
            .unwrap_or_default();
        let partners: Vec<Span> = self
            .focus
            .as_ref()
            .map(|f| view::partners(f, annotated, highlights))
            .unwrap_or_default();
        let selection = self.article.selection(&self.session);
        let caret = self
            .article
            .visual
            .map(|v| view::cluster_at(self.session.text(), v.caret));
        let current = self
            .search
            .current
            .and_then(|c| self.search.matches.get(c))
            .copied();
        let overlay = Overlay {
            highlights,
            matches: &self.search.matches,
            current_match: current,
            focus: &focus,
            partners: &partners,
            selection,
            caret,
            hide_marks: self.hide_marks,
        };
        let (session, styles, settings) = (&self.session, &self.styles, &self.config.settings);
        if let Some(area) = self.areas.of(Pane::Article) {
            self.article
                .draw(buffer, area, session, &overlay, settings, styles);
        }
        if let Some(area) = self.areas.of(Pane::Entities) {
            let focused = self.pane == Pane::Entities;
            self.entities
                .draw(buffer, area, session, focused, signs, styles);
        }
        if let Some(area) = self.areas.of(Pane::Comments) {
            let focused = self.pane == Pane::Comments;
            self.comments
                .draw(buffer, area, session, &overlay, focused, signs, styles);
        }
    }

    /// Title of each pane over it; in a narrow window tabs.
    fn draw_header(&mut self, buffer: &mut Buffer) {
        let header = self.areas.header;
        if header.is_empty() {
            return;
        }
        self.place = self.place_word();
        self.titled = self.article.shows_title();
        for (pane, from, to) in self.tabs() {
            let focused = pane == self.pane;
            let role = if focused {
                Role::PaneTitleFocus
            } else {
                Role::PaneTitle
            };
            let label = self.pane_title(pane);
            let room = usize::from(to.saturating_sub(from));
            let style = self.styles.of(role);
            draw::put(buffer, from, header.y, to, &truncate(&label, room), style);
        }
        if self.areas.of(Pane::Article).is_some() {
            let place = self.place_word();
            let end = self
                .areas
                .of(Pane::Article)
                .map_or(header.right(), ratatui::prelude::Rect::right);
            let end = if self.alone() { header.right() } else { end };
            let x = end.saturating_sub(width(&place) as u16 + 1);
            draw::put(buffer, x, header.y, end, &place, self.styles.of(Role::Dim));
        }
    }

    /// How many entities are listed, of how many where kinds are hidden, and in which order.
    fn listed(&self) -> Option<String> {
        let order = self.entities.order().words();
        match self.session.entity_counts() {
            (0, 0) => None,
            (listed, 0) => Some(format!("{listed} {order}")),
            (listed, hidden) => Some(format!("{listed}/{} {order}", listed + hidden)),
        }
    }

    /// Which kinds are hidden, where there is room to say so.
    fn hidden_kinds(&self) -> String {
        let hidden: Vec<EntityKind> = self.session.kinds().that_are(Showing::Hidden).collect();
        match hidden.as_slice() {
            [] => String::new(),
            [kind] => format!(" · {} hidden", kind.plural().to_lowercase()),
            several => format!(" · {} kinds hidden", several.len()),
        }
    }

    /// Whether one pane has the whole window.
    fn alone(&self) -> bool {
        self.areas.panes.iter().flatten().count() == 1
    }

    /// Where the titles stand: pane, first column, column after the last.
    fn tabs(&self) -> Vec<(Pane, u16, u16)> {
        if self.alone() && !self.zen {
            let mut x = self.areas.header.x + 1;
            return Pane::ALL
                .into_iter()
                .map(|pane| {
                    let label = width(&self.pane_title(pane)) as u16;
                    let tab = (pane, x, x + label);
                    x += label + 2;
                    tab
                })
                .collect();
        }
        Pane::ALL
            .into_iter()
            .filter_map(|pane| {
                let area = self.areas.of(pane)?;
                let room = if pane == Pane::Article {
                    16.min(area.width / 2)
                } else {
                    1
                };
                Some((
                    pane,
                    area.x + 1,
                    area.right().saturating_sub(room).max(area.x + 1),
                ))
            })
            .collect()
    }

    /// The pane whose title is at column `x` of the header.
    pub(super) fn tab_at(&self, x: u16) -> Option<Pane> {
        self.tabs()
            .into_iter()
            .find(|(_, from, to)| (*from..*to).contains(&x))
            .map(|t| t.0)
    }

    fn pane_title(&self, pane: Pane) -> String {
        match pane {
            Pane::Entities if self.alone() && !self.zen => {
                // A tab beside others has room for one thing.
                match self.session.entity_counts() {
                    _ if self.pane != pane => "Entities".to_owned(),
                    (0, 0) => "Entities".to_owned(),
                    (_, 0) => format!("Entities {}", self.entities.order().words()),
                    (listed, hidden) => format!("Entities {listed}/{}", listed + hidden),
                }
            }
            Pane::Entities => {
                let room = self.areas.of(pane).map_or(0, |r| usize::from(r.width));
                match (self.entities.filter(), self.listed()) {
                    ("", Some(listed)) => {
                        let title = format!("Entities {listed}");
                        let more = self.hidden_kinds();
                        if width(&title) + width(&more) + 2 <= room {
                            title + &more
                        } else {
                            title
                        }
                    }
                    ("", None) => "Entities".to_owned(),
                    (filter, _) => format!("Entities /{filter}"),
                }
            }
            Pane::Article if self.alone() && !self.zen => "Article".to_owned(),
            Pane::Article => {
                // The headline is repeated only once it is out of sight.
                let document = self.session.document();
                let title = match (self.titled, &document.meta.outlet) {
                    (false, _) => document.display_title(),
                    (true, Some(outlet)) => outlet,
                    (true, None) => "Article",
                };
                match self.desk.count() {
                    0 | 1 => title.to_owned(),
                    count => format!("{}/{count} {title}", self.session.index + 1),
                }
            }
            Pane::Comments => "Comments".to_owned(),
        }
    }

    /// What is being done, and how far down we are.
    fn place_word(&mut self) -> String {
        let percent = self.article.percent();
        let busy = if self.session.annotating {
            "reading… "
        } else {
            ""
        };
        if self.search.matches.is_empty() {
            return format!("{busy}{percent}%");
        }
        let at = self.search.current.map_or(0, |c| c + 1);
        format!("{busy}{at}/{} {percent}%", self.search.matches.len())
    }

    fn draw_status(&mut self, buffer: &mut Buffer) {
        let area = self.areas.status;
        let styles = &self.styles;
        if area.is_empty() {
            return;
        }
        let (text, role) = match &self.message {
            Some(message) if message.failed => (message.text.clone(), Role::Error),
            Some(message) => (message.text.clone(), Role::Info),
            None if self.in_library() => (self.library_status(), Role::Status),
            None => (self.status(), Role::Status),
        };
        let pending = self.pending.shown();
        let end = area.right().saturating_sub(width(&pending) as u16 + 1);
        let room = usize::from(end.saturating_sub(area.x + 1));
        let text = crate::base::text::printable(&text).into_owned();
        let style = styles.of(role);
        draw::put(
            buffer,
            end,
            area.y,
            area.right(),
            &pending,
            styles.of(Role::Key),
        );
        let hints = self.areas.hints;
        let first = view::wrap(&text, room)
            .first()
            .map_or(text.len(), |row| row.to());
        if width(&text) <= room || hints.is_empty() || first == 0 {
            draw::put(
                buffer,
                area.x + 1,
                area.y,
                end,
                &truncate(&text, room),
                style,
            );
            if !hints.is_empty() {
                self.draw_hints(buffer);
            }
            return;
        }
        // What does not fit goes on where the hints are.
        let (above, below) = text.split_at(first);
        draw::put(buffer, area.x + 1, area.y, end, above.trim_end(), style);
        draw::put(
            buffer,
            hints.x + 1,
            hints.y,
            hints.right(),
            &truncate(below, room),
            style,
        );
    }

    /// What the span under the cursor means, in words; without one, what the article is.
    fn status(&self) -> String {
        let (annotated, highlights) = (&self.session.annotated, &self.session.highlights);
        let chosen = self
            .entities
            .selected()
            .filter(|_| self.pane == Pane::Entities);
        let focused = match &self.focus {
            Some(view::Focus::Mention { entity, .. }) => Some(*entity),
            _ => None,
        };
        if let Some(entity) = chosen.filter(|_| chosen != focused) {
            let stops = annotated.entity(entity).map(crate::model::Entity::stops);
            let mention = stops.and_then(|s| s.first().copied()).unwrap_or(0);
            let first = view::Focus::Mention { entity, mention };
            return view::explain(&first, annotated, highlights);
        }
        if let Some(focus) = &self.focus {
            return view::explain(focus, annotated, highlights);
        }
        let meta = &self.session.document().meta;
        let mut parts: Vec<String> = Vec::new();
        if !meta.authors.is_empty() {
            parts.push(meta.authors.join(", "));
        }
        parts.extend(meta.outlet.clone());
        parts.extend(meta.when());
        if self.session.annotating {
            parts.push("reading…".to_owned());
        } else {
            let counts = [
                (
                    view::named(annotated, self.session.bare()),
                    "entity",
                    "entities",
                ),
                (annotated.quotes.len(), "quote", "quotes"),
                (annotated.stances.len(), "stance", "stances"),
                (highlights.len(), "highlight", "highlights"),
            ];
            for (count, one, many) in counts.into_iter().filter(|(n, ..)| *n > 0) {
                parts.push(format!("{count} {}", if count == 1 { one } else { many }));
            }
        }
        parts.join(" · ")
    }

    fn draw_hints(&self, buffer: &mut Buffer) {
        use Command as C;
        let commands: &[(C, &str)] = match (self.context(), self.pane) {
            // What lies over the panes says its own keys.
            (Context::Popup, _) => &[],
            (Context::Library, _) => &[
                (C::Activate, "open"),
                (C::Search, "search"),
                (C::Folders, "folders"),
                (C::ToggleRead, "read"),
                (C::ToggleStar, "star"),
                (C::Tag, "tag"),
                (C::ToggleArchive, "put away"),
                (C::MarkRow, "mark"),
                (C::SortEntities, "order"),
                (C::Undo, "undo"),
                (C::Refresh, "refresh"),
                (C::Help, "help"),
                (C::Quit, "quit"),
            ],
            (Context::Visual, _) => &[
                (C::Highlight, "highlight"),
                (C::Note, "note"),
                (C::Yank, "copy"),
                (C::Ask, "ask"),
                (C::InSentence, "sentence"),
                (C::InQuote, "quote"),
                (C::SwapEnds, "other end"),
                (C::Clear, "leave"),
            ],
            (_, Pane::Entities) => &[
                (C::Activate, "first mention"),
                (C::NextMatch, "next"),
                (C::PreviousMatch, "previous"),
                (C::Card, "card"),
                (C::Search, "filter"),
                (C::SortEntities, "order"),
                (C::Kinds, "kinds"),
                (C::FocusNext, "pane"),
                (C::Help, "help"),
                (C::Quit, "quit"),
            ],
            (_, Pane::Comments) => &[
                (C::Activate, "go there"),
                (C::Back, "back"),
                (C::Down, "next"),
                (C::Up, "previous"),
                (C::FocusPrevious, "pane"),
                (C::Help, "help"),
                (C::Quit, "quit"),
            ],
            _ if matches!(self.focus, Some(view::Focus::Stance(_))) => &[
                (C::NextStance, "stance"),
                (C::Explain, "explain"),
                (C::Accept, "right"),
                (C::Reject, "wrong"),
                (C::ChangeSide, "other side"),
                (C::ChangeHolder, "holder"),
                (C::ChangeTarget, "target"),
                (C::Ask, "ask"),
                (C::Undo, "undo"),
                (C::Help, "help"),
                (C::Quit, "quit"),
            ],
            _ => &[
                (C::NextMention, "name"),
                (C::NextStance, "stance"),
                (C::NextQuote, "quote"),
                (C::NextComment, "commented"),
                (C::Search, "search"),
                (C::Visual, "select"),
                (C::FocusNext, "pane"),
                (C::Export, "export"),
                (C::Help, "help"),
                (C::Quit, "quit"),
            ],
        };
        let area = self.areas.hints;
        let mut x = area.x + 1;
        for (command, word) in commands {
            let Some(keys) = self.config.keymap.hint(self.context(), *command) else {
                continue;
            };
            let needed = (width(&keys) + 1 + width(word)) as u16;
            if x + needed > area.right() {
                break;
            }
            x = draw::put(
                buffer,
                x,
                area.y,
                area.right(),
                &keys,
                self.styles.of(Role::Key),
            );
            x = draw::put(
                buffer,
                x + 1,
                area.y,
                area.right(),
                word,
                self.styles.of(Role::Dim),
            ) + 2;
        }
    }

    fn draw_layers(&mut self, buffer: &mut Buffer, signs: Signs) {
        let body = self.body();
        let foot = if self.areas.hints.is_empty() {
            self.areas.status
        } else {
            self.areas.hints
        };
        let foot = if foot.is_empty() {
            Rect {
                y: buffer.area.bottom().saturating_sub(1),
                height: 1,
                ..buffer.area
            }
        } else {
            foot
        };
        let styles = &self.styles;
        for layer in &mut self.layers {
            match layer {
                Layer::Popup(popup) => popup.draw(buffer, body, signs, styles),
                Layer::Grid(grid) => {
                    grid.draw(buffer, body, &self.session.annotated, signs, styles);
                }
                Layer::Note(note) => {
                    let area = self.areas.of(Pane::Article).unwrap_or(body);
                    note.draw(buffer, area, signs, styles);
                }
                Layer::Library => {}
                Layer::Prompt(prompt) => {
                    let under = matches!(prompt.purpose, Purpose::LibrarySearch { .. });
                    // What is wrong with a query stands under it.
                    let row = if under { self.areas.status } else { foot };
                    prompt.draw(buffer, row, styles);
                }
                Layer::Palette(marked) => {
                    let what = match marked {
                        Marked::Words(_) => "highlight in",
                        Marked::Highlight(_) => "change to",
                    };
                    draw::clear(buffer, foot);
                    let mut x = foot.x + 1;
                    let end = foot.right();
                    x = draw::put(buffer, x, foot.y, end, what, styles.of(Role::Text)) + 1;
                    for colour in crate::model::Colour::ALL {
                        let name = colour.name();
                        let style = styles.of(colour.role());
                        x = draw::put(buffer, x, foot.y, end, &format!(" {name} "), style) + 1;
                    }
                    draw::put(
                        buffer,
                        x,
                        foot.y,
                        end,
                        "(first letter)",
                        styles.of(Role::Dim),
                    );
                }
            }
        }
    }
}

fn styles_border(signs: Signs) -> &'static str {
    if signs == Signs::Ascii { "|" } else { "│" }
}
