//! Rows of a popup, made for any width: those that wrap, under their first word, and those that
//! stay on one line and give up what is furthest from their point.

use unicode_segmentation::UnicodeSegmentation;

use crate::base::Role;
use crate::base::text::{cluster_width, truncate, width};
use crate::view::paint::{Run, RunText};
use crate::view::wrap::wrap;

/// A row before its width is known. Its runs are text of ours.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetRow {
    /// What stands first; what is wrapped goes on to the right of it.
    pub lead: Vec<Run>,
    /// What follows.
    pub body: Vec<Run>,
    /// The run of the body that stays when the row is cut to one line; `None` for a row that wraps.
    pub keep: Option<usize>,
    /// What stands in the place of the body where that would need a second line.
    pub short: Option<Short>,
    /// Lines of a row that wraps; what needs more is cut. `None` for as many as it needs.
    pub most: Option<usize>,
}

/// A body for one line, one run of which gives way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Short {
    /// Its runs.
    pub runs: Vec<Run>,
    /// The run that is cut to the room there is.
    pub cut: usize,
    /// Columns of that run without which the line is not worth it.
    pub least: usize,
}

impl Short {
    /// The runs in at most `columns`, if that leaves enough of the run that is cut.
    fn fit(&self, columns: usize) -> Option<Vec<Run>> {
        let wide = |run: &Run| width(text_of(run));
        let cut = self.runs.get(self.cut)?;
        let others: usize = self.runs.iter().map(wide).sum::<usize>() - wide(cut);
        let room = columns.checked_sub(others)?;
        if room < self.least.min(wide(cut)) {
            return None;
        }
        let mut runs = self.runs.clone();
        let text = truncate(text_of(cut), room);
        // What was cut at a gap needs one sign for both.
        let text = text
            .strip_suffix(" ……")
            .map_or(text.to_string(), |t| format!("{t} …"));
        runs[self.cut] = run(&text, cut);
        Some(runs)
    }
}

impl SheetRow {
    /// A row of one run, which wraps.
    pub fn text(text: impl Into<String>, role: Role) -> Self {
        Self {
            body: vec![Run::own(text, role)],
            ..Self::default()
        }
    }

    /// A row of a label, padded to `columns`, and a text that wraps beside it.
    pub fn fact(label: &str, columns: usize, text: impl Into<String>) -> Self {
        let pad = columns.saturating_sub(width(label)).max(1);
        Self {
            lead: vec![
                Run::own(label, Role::Label),
                Run::own(" ".repeat(pad), Role::Text),
            ],
            ..Self::text(text, Role::Text)
        }
    }

    /// All of its text.
    pub fn words(&self) -> String {
        self.lead.iter().chain(&self.body).map(text_of).collect()
    }

    /// Columns it takes on one line.
    pub fn width(&self) -> usize {
        width(&self.words())
    }

    /// Its lines at a width in columns.
    pub fn fit(&self, columns: usize) -> Vec<Vec<Run>> {
        let columns = columns.max(1);
        if self.width() <= columns {
            return vec![self.lead.iter().chain(&self.body).cloned().collect()];
        }
        let indent: usize = self.lead.iter().map(|r| width(text_of(r))).sum();
        let left = columns.saturating_sub(indent);
        if let Some(short) = self.short.as_ref().and_then(|short| short.fit(left)) {
            return vec![self.lead.iter().cloned().chain(short).collect()];
        }
        if let Some(keep) = self.keep {
            let mut line = self.lead.clone();
            line.extend(squeeze(&self.body, keep, columns.saturating_sub(indent)));
            return vec![line];
        }
        // A lead that would leave no room for the rest stands in one line with it.
        let beside = indent <= columns / 2;
        let (mut first, indent, runs) = if beside {
            (self.lead.clone(), indent, self.body.clone())
        } else {
            let mut runs: Vec<Run> = self.lead.clone();
            while runs.last().is_some_and(|r| text_of(r).trim().is_empty()) {
                runs.pop();
            }
            runs.push(Run::own("  ", Role::Text));
            runs.extend(self.body.clone());
            (Vec::new(), 2.min(columns / 4), runs)
        };
        let mut lines = Vec::new();
        for line in cut(
            wrapped(&runs, columns - indent),
            self.most,
            columns - indent,
        ) {
            let mut whole = std::mem::take(&mut first);
            if !lines.is_empty() {
                whole.push(Run::own(" ".repeat(indent), Role::Text));
            }
            whole.extend(line);
            lines.push(whole);
        }
        lines
    }
}

fn text_of(run: &Run) -> &str {
    run.text.of("")
}

fn run(text: &str, like: &Run) -> Run {
    Run {
        text: RunText::Own(text.to_owned()),
        roles: like.roles,
    }
}

/// Runs as lines of at most `columns`.
fn wrapped(runs: &[Run], columns: usize) -> Vec<Vec<Run>> {
    let whole: String = runs.iter().map(text_of).collect();
    wrap(&whole, columns)
        .into_iter()
        .map(|line| {
            let to = line.from() + line.of(&whole).trim_end().len();
            let mut at = 0;
            let mut out = Vec::new();
            for like in runs {
                let (from, end) = (at, at + text_of(like).len());
                at = end;
                let (from, end) = (from.max(line.from()), end.min(to));
                if from < end {
                    out.push(run(&whole[from..end], like));
                }
            }
            out
        })
        .collect()
}

/// The first `most` lines, with a sign where something was left out after them.
fn cut(mut lines: Vec<Vec<Run>>, most: Option<usize>, columns: usize) -> Vec<Vec<Run>> {
    let Some(most) = most.filter(|most| lines.len() > *most) else {
        return lines;
    };
    lines.truncate(most);
    if let Some(line) = lines.last_mut()
        && let Some(end) = line.pop()
    {
        let before: usize = line.iter().map(|r| width(text_of(r))).sum();
        let room = columns.saturating_sub(before);
        // The sign stands in the place of the last words if there is no room after them.
        line.push(run(&truncate(&format!("{} …", text_of(&end)), room), &end));
    }
    lines
}

/// Runs in one line of at most `columns`, cut at both ends around run `keep`.
fn squeeze(runs: &[Run], keep: usize, columns: usize) -> Vec<Run> {
    let keep = keep.min(runs.len().saturating_sub(1));
    let Some(kept) = runs.get(keep) else {
        return Vec::new();
    };
    let kept = run(&truncate(text_of(kept), columns), kept);
    let left = columns.saturating_sub(width(text_of(&kept)));
    let wide = |runs: &[Run]| runs.iter().map(|r| width(text_of(r))).sum::<usize>();
    let (before, after) = (&runs[..keep], &runs[keep + 1..]);
    let for_before = left
        .saturating_sub(wide(after))
        .max(left / 2)
        .min(wide(before));
    let mut out = Vec::new();
    let mut room = for_before;
    for like in before.iter().rev() {
        let text = tail(text_of(like), room);
        room -= width(&text);
        let cut = text.len() < text_of(like).len();
        out.push(run(&text, like));
        if cut {
            break;
        }
    }
    out.reverse();
    out.push(kept);
    let mut room = left - for_before;
    for like in after {
        let text = truncate(text_of(like), room);
        room -= width(&text);
        out.push(run(&text, like));
        if text.ends_with('…') {
            break;
        }
    }
    out
}

/// The end of `text` in at most `columns`, with `…` in the first one where something was left out.
fn tail(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut room = columns.saturating_sub(1);
    let mut from = text.len();
    for (at, cluster) in text.grapheme_indices(true).rev() {
        let w = cluster_width(cluster);
        if w > room {
            break;
        }
        room -= w;
        from = at;
    }
    if columns == 0 {
        return String::new();
    }
    format!("…{}", &text[from..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(row: &SheetRow, columns: usize) -> Vec<String> {
        row.fit(columns)
            .iter()
            .map(|line| line.iter().map(text_of).collect())
            .collect()
    }

    #[test]
    fn what_is_wrapped_goes_on_beside_its_lead() {
        let row = SheetRow::fact("Role", 6, "minister for foreign affairs");
        assert_eq!(lines(&row, 40), ["Role  minister for foreign affairs"]);
        assert_eq!(
            lines(&row, 20),
            ["Role  minister for", "      foreign", "      affairs"]
        );
        let wide = SheetRow::fact("ctrl-d", 22, "half a page down");
        assert_eq!(lines(&wide, 16), ["ctrl-d  half a", "  page down"]);
    }

    #[test]
    fn what_needs_more_lines_than_it_may_have_says_so() {
        let row = SheetRow {
            most: Some(2),
            ..SheetRow::text("the bridge is closed until the spring", Role::Quote)
        };
        assert_eq!(lines(&row, 14), ["the bridge is", "closed until …"]);
        assert_eq!(lines(&row, 13), ["the bridge is", "closed until…"]);
        assert_eq!(
            lines(&row, 20),
            ["the bridge is closed", "until the spring"]
        );
    }

    #[test]
    fn one_line_is_cut_around_its_point() {
        let row = SheetRow {
            lead: vec![Run::own("12% ", Role::Dim)],
            body: vec![
                Run::own("it was said on Monday that ", Role::Text),
                Run::own("Oslo", Role::Place),
                Run::own(" waits for the bridge", Role::Text),
            ],
            keep: Some(1),
            ..SheetRow::default()
        };
        assert_eq!(lines(&row, 30), ["12% …nday that Oslo waits for…"]);
        assert_eq!(lines(&row, 10), ["12% …Oslo…"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_word_is_lost(
            lead in "[a-z ]{0,12}", text in "[a-z世 ]{0,80}", columns in 4usize..60,
            keep in proptest::option::of(0usize..2),
        ) {
            let row = SheetRow {
                lead: vec![Run::own(lead.clone(), Role::Label)],
                body: vec![Run::own(text.clone(), Role::Text), Run::own("end", Role::Dim)],
                keep,
                ..SheetRow::default()
            };
            let lines = lines(&row, columns);
            if keep.is_none() {
                for line in &lines {
                    prop_assert!(width(line.trim_end()) <= columns, "{:?}", lines);
                }
                let letters = |s: &str| s.chars().filter(|c| *c != ' ').collect::<String>();
                prop_assert_eq!(letters(&lines.concat()), letters(&row.words()));
            } else {
                prop_assert_eq!(lines.len(), 1);
                prop_assert!(width(&lines[0]) <= columns.max(width(&lead)), "{:?}", lines);
            }
        }
    }
}
