//! The article: its place in the text, its keys, its drawing. The place is kept by byte, so that a
//! new width or new marks do not lose it.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::{Role, Span};
use crate::config::{Command, Settings, Signs};
use crate::model::{BlockKind, Document};
use crate::ui::draw;
use crate::ui::session::Session;
use crate::ui::style::Styles;
use crate::view::{
    self, Gutter, Layout, Motion, Object, Overlay, Part, Place, cluster_at, motion, object,
};

/// Columns left of the text: stance, mark, blank.
const GUTTER: u16 = 3;
/// Rows kept between a jump's target and the edge of the pane.
const MARGIN: usize = 3;

/// Words being selected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visual {
    /// Byte where the selection began.
    pub anchor: usize,
    /// Byte where the caret is.
    pub caret: usize,
    /// Whether whole sentences are taken.
    pub sentences: bool,
}

/// The article pane.
#[derive(Debug)]
pub struct ArticlePane {
    layout: Layout,
    top: Place,
    /// First byte shown; decides the place when the width changes.
    anchor: usize,
    /// Rows of the last frame.
    height: usize,
    /// Where the text began in the last frame: column, row.
    origin: (u16, u16),
    /// The selection, while there is one.
    pub visual: Option<Visual>,
}

impl ArticlePane {
    /// The pane of an article, at its top.
    pub fn new(document: Arc<Document>) -> Self {
        Self {
            layout: Layout::new(document, Part::Article, 80),
            top: Place::default(),
            anchor: 0,
            height: 24,
            origin: (0, 0),
            visual: None,
        }
    }

    /// First byte on the screen.
    pub fn top_byte(&mut self) -> usize {
        self.layout.byte_of(self.top)
    }

    /// Whether byte `at` is on the screen.
    pub fn shows(&mut self, at: usize) -> bool {
        let place = self.layout.place_of(at);
        place >= self.top
            && self
                .layout
                .distance(self.top, place, self.height)
                .is_some_and(|d| d < self.height)
    }

    /// Whether the headline is on the screen.
    pub fn shows_title(&self) -> bool {
        let blocks = &self.layout.document().blocks;
        self.top == Place::default() && blocks.first().is_some_and(|b| b.kind == BlockKind::Title)
    }

    /// How much of the text lies above the last row, 0 to 100.
    pub fn percent(&mut self) -> usize {
        let text = self.layout.document().text.len();
        let end = self.layout.last_top(self.height.max(1));
        if self.top >= end {
            return 100;
        }
        let last = self.layout.byte_of(end).max(1);
        (self.top_byte() * 100 / last.min(text).max(1)).min(99)
    }

    fn set_top(&mut self, place: Place) {
        self.top = place.min(self.layout.last_top(self.height.max(1)));
        self.anchor = self.layout.byte_of(self.top);
    }

    /// Scrolls by rows; negative is up.
    pub fn scroll(&mut self, rows: isize) {
        let place = self.layout.advance(self.top, rows);
        self.set_top(place);
    }

    /// Brings byte `at` into sight, with some rows around it, moving no more than needed.
    pub fn reveal(&mut self, at: usize) {
        let margin = MARGIN.min(self.height.saturating_sub(1) / 2);
        let place = self.layout.place_of(at);
        let upper = self.layout.advance(self.top, margin as isize);
        let room = self.height.saturating_sub(1 + margin);
        if place < upper || place < self.top {
            // A jump up far away shows what comes before it, too.
            let above = if self.layout.distance(place, self.top, self.height).is_some() {
                margin
            } else {
                self.height / 3
            };
            let top = self.layout.advance(place, -(above as isize));
            self.set_top(top);
        } else if self.layout.distance(self.top, place, room).is_none() {
            let far = self
                .layout
                .distance(self.top, place, 2 * self.height)
                .is_none();
            let above = if far { self.height / 3 } else { room };
            let top = self.layout.advance(place, -(above as isize));
            self.set_top(top);
        }
    }

    /// Puts byte `at` at the top, middle or bottom row.
    pub fn place(&mut self, at: usize, command: Command) {
        let above = match command {
            Command::RowTop => 0,
            Command::RowMiddle => self.height / 2,
            _ => self.height.saturating_sub(1),
        };
        let place = self.layout.place_of(at);
        let top = self.layout.advance(place, -(above as isize));
        self.set_top(top);
    }

    /// Goes to a percentage of the text.
    pub fn go_percent(&mut self, percent: usize) {
        if percent >= 100 {
            let end = self.layout.last_top(self.height.max(1));
            self.set_top(end);
        } else {
            let end = self.layout.last_top(self.height.max(1));
            let at = self.layout.byte_of(end) * percent / 100;
            let place = self.layout.place_of(at);
            self.set_top(if percent == 0 {
                Place::default()
            } else {
                place
            });
        }
    }

    /// A scrolling command; `None` if it is none.
    pub fn scroll_by(&mut self, command: Command, count: Option<usize>) -> Option<()> {
        let n = count.unwrap_or(1) as isize;
        let page = (self.height.saturating_sub(2)).max(1) as isize;
        let half = (self.height / 2).max(1) as isize;
        match command {
            Command::Down => self.scroll(n),
            Command::Up => self.scroll(-n),
            Command::HalfDown => self.scroll(n * half),
            Command::HalfUp => self.scroll(-n * half),
            Command::PageDown => self.scroll(n * page),
            Command::PageUp => self.scroll(-n * page),
            Command::Top => self.go_percent(0),
            Command::Bottom | Command::Percent => self.go_percent(count.unwrap_or(100)),
            _ => return None,
        }
        Some(())
    }

    /// The selected bytes.
    pub fn selection(&self, session: &Session) -> Option<Span> {
        let visual = self.visual?;
        let text = session.text();
        let hull = cluster_at(text, visual.anchor).hull(cluster_at(text, visual.caret));
        if !visual.sentences {
            return Some(hull);
        }
        let sentence = |at: usize| object(Object::Sentence, at, &session.annotated);
        let first = sentence(hull.from()).unwrap_or(hull);
        let last = sentence(hull.to().saturating_sub(1)).unwrap_or(hull);
        Some(hull.hull(first).hull(last))
    }

    /// A command of the selection; whether it was one.
    pub fn select(&mut self, command: Command, count: usize, session: &Session) -> bool {
        let Some(mut visual) = self.visual else {
            return false;
        };
        let text = session.text();
        let caret = visual.caret;
        let moved = |m: Motion| motion(text, caret, m, count);
        match command {
            Command::CharLeft => visual.caret = moved(Motion::Left),
            Command::CharRight => visual.caret = moved(Motion::Right),
            Command::WordNext => visual.caret = moved(Motion::WordNext),
            Command::WordPrevious => visual.caret = moved(Motion::WordPrev),
            Command::WordEnd => visual.caret = moved(Motion::WordEnd),
            Command::SentenceNext => visual.caret = moved(Motion::SentenceNext),
            Command::SentencePrevious => visual.caret = moved(Motion::SentencePrev),
            Command::Down | Command::Up => {
                let rows = if command == Command::Down {
                    count as isize
                } else {
                    -(count as isize)
                };
                visual.caret = self.row_from(caret, rows);
            }
            Command::HalfDown | Command::HalfUp | Command::PageDown | Command::PageUp => {
                let down = matches!(command, Command::HalfDown | Command::PageDown);
                let half = matches!(command, Command::HalfDown | Command::HalfUp);
                let rows = (self.height / if half { 2 } else { 1 }).max(1) as isize;
                visual.caret = self.row_from(caret, if down { rows } else { -rows });
            }
            Command::Top => visual.caret = 0,
            Command::Bottom => visual.caret = self.row_from(caret, isize::MAX / 2),
            Command::NextParagraph | Command::PreviousParagraph => {
                let next = command == Command::NextParagraph;
                if let Some(at) = self.paragraph(caret, next, count) {
                    visual.caret = at;
                }
            }
            Command::SwapEnds => std::mem::swap(&mut visual.anchor, &mut visual.caret),
            Command::InQuote | Command::InEntity | Command::InSentence | Command::InParagraph => {
                let kind = match command {
                    Command::InQuote => Object::Quote,
                    Command::InEntity => Object::Entity,
                    Command::InSentence => Object::Sentence,
                    _ => Object::Paragraph,
                };
                if let Some(span) = object(kind, caret, &session.annotated) {
                    let last = span
                        .of(text)
                        .char_indices()
                        .next_back()
                        .map_or(0, |(i, _)| i);
                    visual = Visual {
                        anchor: span.from(),
                        caret: cluster_at(text, span.from() + last).from(),
                        sentences: false,
                    };
                }
            }
            _ => return false,
        }
        self.visual = Some(visual);
        self.reveal(visual.caret);
        true
    }

    /// The byte `rows` rows below `at`, in the same column.
    fn row_from(&mut self, at: usize, rows: isize) -> usize {
        let x = self.layout.x_of(at);
        let mut place = self.layout.place_of(at);
        let step = rows.signum();
        let target = self.layout.advance(place, rows);
        place = target;
        // Blank rows and labels hold no byte to stand on.
        for _ in 0..4 {
            let line = self.layout.lines(place, 1);
            if line.first().is_some_and(|l| !l.span.is_empty()) {
                break;
            }
            place = self.layout.advance(place, step);
        }
        self.layout.byte_at(place, x)
    }

    /// First byte of the paragraph `count` after or before `at`.
    pub fn paragraph(&self, at: usize, next: bool, count: usize) -> Option<usize> {
        let document = self.layout.document();
        let starts: Vec<usize> = document
            .blocks
            .iter()
            .filter(|b| b.kind != BlockKind::Comment)
            .map(|b| b.span.from())
            .collect();
        let index = if next {
            (starts.partition_point(|s| *s <= at) + count - 1).min(starts.len().checked_sub(1)?)
        } else {
            starts.partition_point(|s| *s < at).saturating_sub(count)
        };
        starts.get(index).copied()
    }

    /// The byte at a cell of the screen.
    pub fn byte_at_cell(&mut self, x: u16, y: u16) -> Option<usize> {
        let row = y.checked_sub(self.origin.1)? as usize;
        let lines = self.layout.lines(self.top, row + 1);
        let line = lines.get(row)?;
        if line.span.is_empty() {
            return None;
        }
        let place = self.layout.advance(self.top, row as isize);
        Some(
            self.layout
                .byte_at(place, x.saturating_sub(self.origin.0) as usize),
        )
    }

    /// Draws the pane.
    pub fn draw(
        &mut self,
        buffer: &mut Buffer,
        area: Rect,
        session: &Session,
        overlay: &Overlay,
        settings: &Settings,
        styles: &Styles,
    ) {
        let margin = if area.width >= 40 { 5 } else { 3 };
        let gutter = GUTTER.min(area.width / 4);
        let room = area.width.saturating_sub(gutter + margin).max(1);
        let width = room.min(settings.measure);
        let left = area.x + gutter + (room - width) / 2;
        let here = overlay
            .focus
            .first()
            .copied()
            .or(overlay.current_match)
            .map(Span::from);
        self.fit(usize::from(width), usize::from(area.height), here);
        self.origin = (left, area.y);
        let text = session.text();
        let lines = self.layout.lines(self.top, usize::from(area.height));
        for (y, line) in (area.y..area.bottom()).zip(&lines) {
            let row = view::paint(line, &session.annotated, &session.marks, overlay);
            if gutter == GUTTER {
                draw_gutter(
                    buffer,
                    (left - GUTTER, y),
                    row.gutter,
                    settings.signs,
                    styles,
                );
            }
            let end = (left + width).min(area.right());
            draw::put_runs(buffer, (left, y, end), &row.runs, text, styles);
            let mut x = left + width + 1;
            for kind in row.kinds.iter().take(usize::from(margin - 1)) {
                let sign = match settings.signs {
                    Signs::Unicode => view::sign(*kind),
                    Signs::Ascii => view::ascii_sign(*kind),
                };
                let mut glyph = [0; 4];
                let style = styles.of(kind.role());
                x = draw::put(
                    buffer,
                    x,
                    y,
                    area.right(),
                    sign.encode_utf8(&mut glyph),
                    style,
                );
            }
        }
        if text.trim().is_empty() || lines.is_empty() {
            let style = styles.of(Role::Dim);
            draw::put(
                buffer,
                left,
                area.y,
                area.right(),
                "This article has no text.",
                style,
            );
        }
    }

    /// Takes the size of this frame; keeps the place in the text, and what the reader is at in
    /// sight: byte `here`.
    fn fit(&mut self, width: usize, height: usize, here: Option<usize>) {
        let changed = width != self.layout.width() || height != self.height;
        if !changed {
            return;
        }
        let here = here.filter(|at| self.shows(*at));
        self.height = height.max(1);
        self.layout.set_width(width);
        let keep = self.anchor;
        let place = if keep == 0 {
            Place::default()
        } else {
            self.layout.place_of(keep)
        };
        self.top = place.min(self.layout.last_top(self.height));
        // The anchor stays what the reader chose, so that going back to a size goes back exactly.
        self.anchor = keep;
        if let Some(at) = here.filter(|at| !self.shows(*at)) {
            let place = self.layout.place_of(at);
            self.top = self.layout.advance(place, -((self.height / 3) as isize));
        }
    }
}

/// Draws the signs left of a row: stance, then highlight, note or link.
pub fn draw_gutter(
    buffer: &mut Buffer,
    at: (u16, u16),
    gutter: Gutter,
    signs: Signs,
    styles: &Styles,
) {
    let (x, y) = at;
    let ascii = signs == Signs::Ascii;
    if let Some((polarity, faint)) = gutter.stance {
        let sign = if ascii {
            polarity.ascii_sign()
        } else {
            polarity.sign()
        };
        // The sign says it; the underline of the evidence would only blur it here.
        let mut style = styles.of(polarity.role());
        if faint {
            style = style.patch(styles.of(Role::Faint));
        }
        let style = style.remove_modifier(ratatui::style::Modifier::UNDERLINED);
        let mut glyph = [0; 4];
        draw::put(buffer, x, y, x + 1, sign.encode_utf8(&mut glyph), style);
    }
    if let Some(colour) = gutter.highlight {
        let mark = match (ascii, gutter.note) {
            (false, true) => "✎",
            (false, false) => "▍",
            (true, true) => "n",
            (true, false) => "|",
        };
        let look = styles.of(colour.role());
        let style = ratatui::style::Style {
            fg: look.bg,
            bg: None,
            ..Default::default()
        };
        draw::put(buffer, x + 1, y, x + 2, mark, style);
    } else if gutter.link {
        draw::put(
            buffer,
            x + 1,
            y,
            x + 2,
            if ascii { ">" } else { "›" },
            styles.of(Role::Dim),
        );
    }
}
