//! Section labels of the plain newspaper layout: `Brief`, `Topics`, `Editor's Comments` and their
//! relatives, in any case, with a colon, with Markdown marks around them, alone on a line or with
//! their text behind a colon. Calls `base::text`.

use crate::base::text::fold;

/// A section of the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// The headline.
    Title,
    /// The brief or standfirst.
    Brief,
    /// The article itself.
    Body,
    /// Topics or keywords.
    Topics,
    /// The editor's comment.
    Comment,
}

/// A label found on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Label<'a> {
    /// Which section it opens.
    pub section: Section,
    /// Text after the colon, where the label shares its line with it.
    pub rest: &'a str,
    /// Whether the words are common enough to be something else (`Opinion`, `Article`), so that
    /// they count only after the headline.
    pub weak: bool,
}

/// Label words, folded; whether they are weak.
const LABELS: &[(&str, Section, bool)] = &[
    ("title", Section::Title, true),
    ("headline", Section::Title, true),
    ("brief", Section::Brief, false),
    ("in brief", Section::Brief, false),
    ("the brief", Section::Brief, false),
    ("summary", Section::Brief, false),
    ("standfirst", Section::Brief, false),
    ("abstract", Section::Brief, false),
    ("article", Section::Body, true),
    ("body", Section::Body, true),
    ("full text", Section::Body, true),
    ("full story", Section::Body, true),
    ("topics", Section::Topics, false),
    ("topic", Section::Topics, false),
    ("tags", Section::Topics, false),
    ("keywords", Section::Topics, false),
    ("editor's comments", Section::Comment, false),
    ("editor's comment", Section::Comment, false),
    ("editors' comments", Section::Comment, false),
    ("editors' comment", Section::Comment, false),
    ("editor comments", Section::Comment, false),
    ("editor comment", Section::Comment, false),
    ("editorial comments", Section::Comment, false),
    ("editorial comment", Section::Comment, false),
    ("editor's notes", Section::Comment, false),
    ("editor's note", Section::Comment, false),
    ("editor's opinion", Section::Comment, false),
    ("editor's view", Section::Comment, false),
    ("comments", Section::Comment, true),
    ("comment", Section::Comment, true),
    ("commentary", Section::Comment, true),
    ("opinion", Section::Comment, true),
];

/// The label at the start of a line, if the line is one or has one before a colon. A weak label
/// other than a headline's must stand alone on its line.
pub(super) fn label(line: &str) -> Option<Label<'_>> {
    let bare = unmarked(line);
    let (words, rest) = match bare.split_once(':') {
        Some((words, rest)) => (words, rest),
        None => (bare, ""),
    };
    if words.len() > 40 {
        return None;
    }
    let words = fold(words.trim_matches(['*', '_', ' ']));
    let &(_, section, weak) = LABELS.iter().find(|(w, ..)| *w == words)?;
    let rest = rest.trim_start_matches(['*', '_']).trim();
    // "Title: …" is only that with its text behind the colon; "Opinion: …" is a headline.
    let fits = match section {
        Section::Title => !rest.is_empty(),
        _ => rest.is_empty() || !weak,
    };
    fits.then_some(Label {
        section,
        rest,
        weak,
    })
}

/// A line without the Markdown marks around it: `## Brief`, `**Brief:**`, `_Brief_`.
pub(super) fn unmarked(line: &str) -> &str {
    let line = heading(line).unwrap_or(line);
    emphasised(line).unwrap_or(line).trim()
}

/// The text of a Markdown heading (`# Text`, `## Text ##`).
pub(super) fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    let text = text.strip_prefix(' ')?;
    (1..=6)
        .contains(&level)
        .then(|| text.trim_end_matches('#').trim())
}

/// The text of a line that is emphasised as a whole (`**Text**`, `__Text__`, `*Text*`).
pub(super) fn emphasised(line: &str) -> Option<&str> {
    ["**", "__", "*", "_"].iter().find_map(|mark| {
        let inner = line.strip_prefix(mark)?.strip_suffix(mark)?;
        (!inner.is_empty() && !inner.contains(['*', '_'])).then(|| inner.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_found_in_every_dress() {
        for line in [
            "Editor's Comments",
            "Editor’s Comments",
            "EDITOR'S COMMENTS:",
            "## Editor's Note",
            "**Editor's comment:**",
            "**Editor's comment**:",
            "Comments",
            "Opinion",
        ] {
            let found = label(line).map(|l| (l.section, l.rest));
            assert_eq!(found, Some((Section::Comment, "")), "{line}");
        }
        let inline = label("**Topics:** NATO, Russia").unwrap();
        assert_eq!(
            (inline.section, inline.rest),
            (Section::Topics, "NATO, Russia")
        );
        for line in [
            "Opinion: why the talks failed",
            "Briefly, it failed",
            "Brief encounter",
            "Article 5",
            "The editor's comments were harsh.",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
    }
}
