//! What the library screen knows: the query, the rows around the chosen one, marks, what can be
//! undone. Answers come in, questions go out; nothing here draws or reads keys.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use crate::model::library::{ArticleId, Completion, Flag, Item, QueryFault, Sort};
use crate::ui::library::shelf::{Ask, Change, Find, Found, Preview, Refreshed, Why};
use crate::ui::list::List;

/// Rows of one question.
const PAGE: usize = 200;
/// Rows around the chosen one that are wanted in hand.
const MARGIN: usize = 60;
/// How long the reader must have stopped typing before hits are ranked.
const PAUSE: Duration = Duration::from_millis(250);
/// Steps of undo that are kept.
const UNDO: usize = 200;

/// What was done, to be undone.
type Step = (Vec<ArticleId>, Change);

/// The library on the screen.
#[derive(Debug, Default)]
pub struct LibraryView {
    /// What is searched.
    pub query: String,
    /// The folder that was chosen, if the query came from one.
    pub folder: Option<String>,
    /// The order that the reader chose; without it the latest first, and hits of words ranked.
    pub order: Option<Sort>,
    /// The order the rows are in.
    pub sort: Sort,
    /// How many rows there are.
    pub total: usize,
    /// Whether words are searched.
    pub words: bool,
    /// Where the mistake in the query is.
    pub fault: Option<QueryFault>,
    /// Rows in hand, and how many come before them.
    rows: Vec<Item>,
    offset: usize,
    /// The chosen row.
    pub selected: usize,
    /// Articles that are marked for a change.
    pub marked: BTreeSet<ArticleId>,
    /// What stands beside the list.
    pub preview: Option<Preview>,
    /// Scroll state.
    pub list: List,
    /// Number of the last question, and of the last answer that was taken.
    asked: u64,
    answered: u64,
    /// What was asked last.
    last: Option<((String, bool), Sort, usize)>,
    previewed: Option<ArticleId>,
    /// When hits are to be ranked.
    rank_at: Option<Instant>,
    /// Whether the query is still being typed.
    typing: bool,
    /// How far a refresh of the feeds is, while there is one.
    pub refreshing: Option<Refreshed>,
    /// The article that stays chosen when rows come in before it.
    keep: Option<ArticleId>,
    undo: Vec<Step>,
    redo: Vec<Step>,
    /// How what is typed can go on, and which candidate stands there.
    pub completion: Option<(Completion, usize)>,
}

impl LibraryView {
    /// The row at this position, if it is in hand.
    pub fn row(&self, at: usize) -> Option<&Item> {
        self.rows.get(at.checked_sub(self.offset)?)
    }

    /// The chosen row.
    pub fn current(&self) -> Option<&Item> {
        self.row(self.selected)
    }

    /// Whether an answer is awaited.
    pub fn busy(&self) -> bool {
        self.asked != self.answered
    }

    /// Another query, from the top. While it is being typed the latest hits come first; ranking
    /// waits until the reader stops.
    pub fn search(&mut self, query: &str, now: Option<Instant>) {
        if query == self.query {
            return;
        }
        query.clone_into(&mut self.query);
        self.folder = None;
        self.selected = 0;
        self.rank_at = now.map(|now| now + PAUSE);
        self.typing = now.is_some();
    }

    /// The query stands as it was typed.
    pub fn entered(&mut self) {
        self.typing = false;
        self.rank_at = None;
    }

    /// The reader makes a pause in typing.
    pub fn stopped(&mut self) {
        self.rank_at = None;
    }

    /// When hits are to be ranked.
    pub fn deadline(&self) -> Option<Instant> {
        self.rank_at
    }

    /// Forgets what was asked, so that all is asked again.
    pub fn refresh(&mut self) {
        self.last = None;
        self.previewed = None;
    }

    /// Asks for all anew; the chosen article stays chosen.
    pub fn reload(&mut self) {
        self.keep = self.current().map(|item| item.id);
        self.refresh();
    }

    /// Chooses an article, if its row is in hand.
    pub fn choose(&mut self, id: ArticleId) {
        if let Some(at) = self.rows.iter().position(|item| item.id == id) {
            self.selected = self.offset + at;
        }
    }

    /// Moves the choice.
    pub fn step(&mut self, by: isize) {
        let last = self.total.saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }

    /// The order that is to be asked for.
    fn wanted(&self) -> Sort {
        match self.order {
            Some(order) => order,
            None if self.rank_at.is_none() => Sort::Best,
            None => Sort::Newest,
        }
    }

    /// Another order.
    pub fn next_order(&mut self) -> Sort {
        let now = self.sort;
        let at = Sort::ALL.iter().position(|s| *s == now).unwrap_or(0);
        let mut next = Sort::ALL[(at + 1) % Sort::ALL.len()];
        if next == Sort::Best && !self.words {
            next = Sort::Newest;
        }
        self.order = Some(next);
        self.selected = 0;
        next
    }

    /// What has to be asked for the rows on the screen and the preview.
    pub fn needs(&mut self) -> Vec<Ask> {
        let mut asks = Vec::new();
        let sort = self.wanted();
        let offset = self.selected.saturating_sub(PAGE / 2);
        let same = self
            .last
            .as_ref()
            .is_some_and(|((q, t), s, _)| *q == self.query && *t == self.typing && *s == sort);
        let from = self.selected.saturating_sub(MARGIN);
        let to = (self.selected + MARGIN).min(self.total);
        let in_hand = from >= self.offset && to <= self.offset + self.rows.len();
        let asked_so = self.last.as_ref().is_some_and(|(.., o)| *o == offset);
        if !same || (!in_hand && !asked_so) {
            self.asked += 1;
            self.last = Some(((self.query.clone(), self.typing), sort, offset));
            asks.push(Ask::Find(Find {
                number: self.asked,
                query: self.query.clone(),
                typed: self.typing,
                sort,
                offset,
                limit: PAGE,
            }));
        }
        let id = self.current().map(|item| item.id);
        if let Some(id) = id.filter(|id| self.previewed != Some(*id)) {
            self.previewed = Some(id);
            asks.push(Ask::Preview(id));
        }
        asks
    }

    /// Takes a page.
    pub fn found(&mut self, found: Found) {
        if found.number != self.asked {
            return;
        }
        self.answered = found.number;
        self.fault = None;
        self.total = found.total;
        self.offset = found.offset;
        self.rows = found.items;
        self.sort = found.sort;
        self.words = found.words;
        self.selected = self.selected.min(self.total.saturating_sub(1));
        if let Some(id) = self.keep.take() {
            self.choose(id);
        }
    }

    /// The query has a mistake; the rows stay.
    pub fn mistaken(&mut self, number: u64, fault: QueryFault) {
        if number == self.asked {
            self.answered = number;
            self.fault = Some(fault);
        }
    }

    /// Takes what stands beside the list.
    pub fn previewed(&mut self, preview: Preview) {
        self.preview = Some(preview);
    }

    /// The articles that a change is for: those marked, else the chosen one.
    pub fn chosen(&self) -> Vec<ArticleId> {
        if self.marked.is_empty() {
            return self.current().map(|item| item.id).into_iter().collect();
        }
        self.marked.iter().copied().collect()
    }

    /// Whether a flag is to be set on the chosen articles: it is, unless all in hand have it.
    pub fn turns_on(&self, flag: Flag) -> bool {
        let chosen = self.chosen();
        let mut rows = self.rows.iter().filter(|i| chosen.contains(&i.id));
        !rows.all(|item| match flag {
            Flag::Unread => item.unread,
            Flag::Starred => item.starred,
            Flag::Archived => item.archived,
        })
    }

    /// Marks the chosen row, or takes the mark away.
    pub fn mark(&mut self) {
        if let Some(id) = self.current().map(|item| item.id)
            && !self.marked.remove(&id)
        {
            self.marked.insert(id);
        }
    }

    /// Takes a change that was made; what it is said with.
    pub fn changed(&mut self, ids: Vec<ArticleId>, change: Change, why: Why) -> Option<String> {
        for item in self.rows.iter_mut().filter(|i| ids.contains(&i.id)) {
            match &change {
                Change::Flag(Flag::Unread, on) => item.unread = *on,
                Change::Flag(Flag::Starred, on) => item.starred = *on,
                Change::Flag(Flag::Archived, on) => item.archived = *on,
                Change::Tag(tag, true) => {
                    item.tags.push(tag.clone());
                    item.tags.sort();
                    item.tags.dedup();
                }
                Change::Tag(tag, false) => item.tags.retain(|t| t != tag),
            }
        }
        if why == Why::Opened {
            return None;
        }
        let count = ids.len();
        let s = if count == 1 { "" } else { "s" };
        let said = format!("{count} article{s} {}", change.words());
        if ids.is_empty() {
            return Some("they were so already".to_owned());
        }
        match why {
            Why::Done | Why::Redo => {
                if why == Why::Done {
                    self.redo.clear();
                    self.marked.clear();
                }
                self.undo.push((ids, change));
                if self.undo.len() > UNDO {
                    self.undo.remove(0);
                }
            }
            Why::Undo => self.redo.push((ids, change.back())),
            Why::Opened => {}
        }
        Some(said)
    }

    /// What takes the last change back, or does it again.
    pub fn undo(&mut self, again: bool) -> Option<Ask> {
        let (ids, change) = if again {
            self.redo.pop()?
        } else {
            self.undo.pop()?
        };
        Some(Ask::Change {
            ids,
            change: if again { change } else { change.back() },
            why: if again { Why::Redo } else { Why::Undo },
        })
    }
}
