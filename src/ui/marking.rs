//! What the reader does to words: selecting, highlighting, notes, tags, copying.

use crate::base::Span;
use crate::base::text::one_line;
use crate::model::Colour;
use crate::ui::app::{App, Effect, Layer, Marked};
use crate::ui::article_pane::Visual;
use crate::ui::layout::Pane;
use crate::ui::prompt::{Prompt, Purpose};
use crate::view::{self, CommentTarget, Focus};

impl App {
    /// Begins a selection at what is under the cursor, ends it, or changes its kind.
    pub(super) fn start_visual(&mut self, sentences: bool) {
        if let Some(visual) = &mut self.article.visual {
            if visual.sentences == sentences {
                self.article.visual = None;
            } else {
                visual.sentences = sentences;
            }
            return;
        }
        let text = self.session.text();
        let annotated = &self.session.annotated;
        // What is under the cursor is selected at once: the focused words, the current match.
        let focused = self.focus.as_ref().and_then(|f| {
            f.spans(annotated, &self.session.highlights)
                .into_iter()
                .next()
        });
        let focused = focused.filter(|s| self.article.shows(s.from()));
        let found = self
            .search
            .current
            .and_then(|c| self.search.matches.get(c))
            .copied();
        let span = focused.or(found).unwrap_or_else(|| {
            let top = self.article.top_byte();
            view::cluster_at(text, top)
        });
        let last = span
            .of(text)
            .char_indices()
            .next_back()
            .map_or(0, |(at, _)| at);
        let caret = view::cluster_at(text, span.from() + last).from();
        self.article.visual = Some(Visual {
            anchor: span.from(),
            caret,
            sentences,
        });
        self.article.reveal(caret);
    }

    /// Highlights `span`; the selection ends, the highlight has the focus.
    pub(super) fn mark(&mut self, span: Span, colour: Colour) -> String {
        let span = span.trim(self.session.text());
        let now = self.desk.now();
        let id = self.session.add(span, colour, None, now);
        self.article.visual = None;
        self.focus = Some(Focus::Highlight(id.clone()));
        id
    }

    /// What a mark would be put on: the selection, the focused highlight, the focused words.
    fn markable(&mut self) -> Option<Marked> {
        if let Some(span) = self.article.selection(&self.session) {
            return Some(Marked::Words(span));
        }
        let focus = self.focus.clone()?;
        if let Focus::Highlight(id) = focus {
            return Some(Marked::Highlight(id));
        }
        let spans = focus.spans(&self.session.annotated, &self.session.highlights);
        let first = *spans.first()?;
        Some(Marked::Words(spans.into_iter().fold(first, Span::hull)))
    }

    /// Asks for the colour of a highlight.
    pub(super) fn ask_colour(&mut self) {
        match self.markable() {
            Some(marked) => self.layers.push(Layer::Palette(marked)),
            None => self.say("nothing to highlight: select words with v, or go to a mark with ]e"),
        }
    }

    /// Opens the note of what is selected, marking it first.
    pub(super) fn note(&mut self) -> Vec<Effect> {
        let selected = match (self.pane, self.comments.selected()) {
            (Pane::Comments, Some(CommentTarget::Note(id))) => Some(Marked::Highlight(id.clone())),
            (Pane::Comments, _) => None,
            _ => self.markable(),
        };
        let id = match selected {
            Some(Marked::Highlight(id)) => id,
            Some(Marked::Words(span)) => self.mark(span, Colour::default()),
            None => {
                self.say("nothing to write a note on: select words with v first");
                return Vec::new();
            }
        };
        self.open_note(&id);
        self.save()
    }

    /// The highlight that the keys are at.
    fn highlight_here(&mut self) -> Option<String> {
        if self.pane == Pane::Comments {
            return match self.comments.selected() {
                Some(CommentTarget::Note(id)) => Some(id.clone()),
                _ => None,
            };
        }
        if let Some(Focus::Highlight(id)) = &self.focus {
            Some(id.clone())
        } else {
            let at = self.cursor();
            let here = self
                .session
                .highlights
                .iter()
                .find(|h| !h.orphan && h.anchor.span.has(at));
            here.map(|h| h.id.clone())
        }
    }

    /// Asks for the tags of the highlight here.
    pub(super) fn ask_tags(&mut self) {
        let Some(id) = self.highlight_here() else {
            self.say("no highlight here: ]h goes to the next one");
            return;
        };
        let tags = self
            .session
            .highlight(&id)
            .map(|h| h.tags.join(" "))
            .unwrap_or_default();
        let prompt = Prompt::new(Purpose::Tag { highlight: id }, &tags);
        self.layers.push(Layer::Prompt(prompt));
    }

    /// Deletes the highlight here.
    pub(super) fn delete(&mut self) -> Vec<Effect> {
        let Some(id) = self.highlight_here() else {
            self.say("no highlight here: ]h goes to the next one");
            return Vec::new();
        };
        self.session.remove(&id);
        self.focus = None;
        self.say("highlight deleted (u brings it back)…");
        self.save()
    }

    /// Puts text on the clipboard and says so.
    pub(super) fn copy(&mut self, text: String, what: &str) -> Vec<Effect> {
        let count = text.chars().count();
        self.say(format!(
            "sent {what} to the clipboard ({count} characters, OSC 52)"
        ));
        vec![Effect::Copy(text)]
    }

    /// Copies the selection, the focused words, the selected comment.
    pub(super) fn yank(&mut self) -> Vec<Effect> {
        if self.pane == Pane::Comments {
            let text = match self.comments.selected() {
                Some(CommentTarget::Sentence(s)) => {
                    let span = self
                        .session
                        .annotated
                        .sentences
                        .get(s.index())
                        .map(|s| s.span);
                    span.map(|s| one_line(s.of(self.session.text())))
                }
                Some(CommentTarget::Note(id)) => {
                    self.session.highlight(id).and_then(|h| h.note.clone())
                }
                _ => None,
            };
            return match text {
                Some(text) => self.copy(text, "comment"),
                None => Vec::new(),
            };
        }
        let span = match self.markable() {
            Some(Marked::Words(span)) => span,
            Some(Marked::Highlight(id)) => match self.session.highlight(&id) {
                Some(highlight) => highlight.anchor.span,
                None => return Vec::new(),
            },
            None => {
                self.say("nothing to copy: select words with v, or go to a mark with ]e");
                return Vec::new();
            }
        };
        self.article.visual = None;
        let text = span.of(self.session.text()).to_owned();
        self.copy(text, "words")
    }

    /// Copies the quote here with speaker, outlet and date.
    pub(super) fn yank_quote(&mut self) -> Vec<Effect> {
        let at = self.cursor();
        let quotes = &self.session.annotated.quotes;
        let here = match &self.focus {
            Some(Focus::Quote(id)) => quotes.get(id.index()),
            _ => quotes
                .iter()
                .filter(|q| q.span.has(at))
                .min_by_key(|q| q.span.len()),
        };
        let Some(quote) = here else {
            self.say("no quote here: ]q goes to the next one");
            return Vec::new();
        };
        let line = view::citation(quote, &self.session.annotated);
        self.copy(line, "quote")
    }
}
