//! The command table: every act a key can start, with its name, its group and one line of help.
//! The keymap validates against it, the help popup and the command line read it, and `ui` runs it
//! in one exhaustive match, so a command without a key, a doc or a function cannot exist.

/// Where a binding holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere, unless a narrower context binds the same keys.
    Any,
    /// The article has the focus.
    Article,
    /// The entity list has the focus.
    Entities,
    /// The comment pane has the focus.
    Comments,
    /// Words of the article are being selected.
    Visual,
    /// A popup is open.
    Popup,
    /// The library is shown.
    Library,
}

impl Context {
    /// Every context.
    pub const ALL: [Context; 7] = [
        Self::Any,
        Self::Article,
        Self::Entities,
        Self::Comments,
        Self::Visual,
        Self::Popup,
        Self::Library,
    ];

    /// Its table name under `[keys]`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Article => "article",
            Self::Entities => "entities",
            Self::Comments => "comments",
            Self::Visual => "visual",
            Self::Popup => "popup",
            Self::Library => "library",
        }
    }

    /// Its heading in help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Any => "Everywhere",
            Self::Article => "In the article",
            Self::Entities => "In the entity list",
            Self::Comments => "In the comments",
            Self::Visual => "While selecting",
            Self::Popup => "In a popup",
            Self::Library => "In the library",
        }
    }

    /// The context with this table name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.name() == name)
    }
}

/// Heading under which help shows a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Scrolling and jumping in a pane.
    Move,
    /// From annotation to annotation.
    Annotations,
    /// From pane to pane, and what a pane shows.
    Panes,
    /// Searching and filtering.
    Search,
    /// Selecting, highlighting, notes.
    Mark,
    /// Putting right what the annotator got wrong.
    Correct,
    /// Copying and exporting.
    Take,
    /// Many articles: keeping, finding, comparing them.
    Library,
    /// The program itself.
    Program,
}

impl Group {
    /// Every group, in the order of help.
    pub const ALL: [Group; 9] = [
        Self::Move,
        Self::Annotations,
        Self::Panes,
        Self::Search,
        Self::Mark,
        Self::Correct,
        Self::Take,
        Self::Library,
        Self::Program,
    ];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Move => "Moving",
            Self::Annotations => "Names, quotes, stances",
            Self::Panes => "Panes",
            Self::Search => "Searching",
            Self::Mark => "Marking",
            Self::Correct => "Correcting",
            Self::Take => "Copying and exporting",
            Self::Library => "The library",
            Self::Program => "Program",
        }
    }
}

macro_rules! commands {
    ($([$group:ident] $($variant:ident = $name:literal, $doc:literal;)*)*) => {
        /// An act that a key can start.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command { $($(#[doc = $doc] $variant,)*)* }

        impl Command {
            /// Every command, in the order of help.
            pub const ALL: &'static [Command] = &[$($(Command::$variant,)*)*];

            /// Its name in keymaps and on the command line.
            pub fn name(self) -> &'static str {
                match self { $($(Command::$variant => $name,)*)* }
            }

            /// One line of help.
            pub fn doc(self) -> &'static str {
                match self { $($(Command::$variant => $doc,)*)* }
            }

            /// Its heading in help.
            pub fn group(self) -> Group {
                match self { $($(Command::$variant => Group::$group,)*)* }
            }
        }
    };
}

commands! {
    [Move]
        Down = "down", "One row down (with a count: that many)";
        Up = "up", "One row up";
        HalfDown = "half-page-down", "Half a page down";
        HalfUp = "half-page-up", "Half a page up";
        PageDown = "page-down", "A page down";
        PageUp = "page-up", "A page up";
        Top = "top", "To the top";
        Bottom = "bottom", "To the end (with a count: to that percentage)";
        Percent = "percent", "To a percentage of the text: 50%";
        NextParagraph = "next-paragraph", "To the next paragraph";
        PreviousParagraph = "previous-paragraph", "To the previous paragraph";
        RowTop = "row-top", "Focused words to the top of the pane";
        RowMiddle = "row-middle", "Focused words to the middle of the pane";
        RowBottom = "row-bottom", "Focused words to the bottom of the pane";
        Back = "back", "Back to where the last jump started";
        Forward = "forward", "Forward again";
    [Annotations]
        NextMention = "next-mention", "Next name";
        PreviousMention = "previous-mention", "Previous name";
        NextQuote = "next-quote", "Next quote";
        PreviousQuote = "previous-quote", "Previous quote";
        NextStance = "next-stance", "Next stance";
        PreviousStance = "previous-stance", "Previous stance";
        NextContradiction = "next-contradiction", "Next turn: for and against the same thing, by one holder";
        PreviousContradiction = "previous-contradiction", "Previous turn of a holder";
        NextComment = "next-comment", "Next passage that the editor's comment talks about";
        PreviousComment = "previous-comment", "Previous passage that the comment talks about";
        NextHighlight = "next-highlight", "Next highlight";
        PreviousHighlight = "previous-highlight", "Previous highlight";
        NextSame = "next-same", "Next mention of this entity";
        PreviousSame = "previous-same", "Previous mention of this entity";
        Activate = "activate", "Go to what is selected: first mention, linked passage, note";
        Card = "card", "The card of this entity: quotes, stances, every mention";
        Explain = "explain", "Explain the mark under the cursor completely";
        Ask = "ask", "Stances toward the selected words, or what is under the cursor";
        Ledger = "ledger", "The ledger: who is for or against what, in whose words";
        Matrix = "matrix", "The matrix: holders and what they are for and against";
        Voices = "voices", "Quotes by speaker, words for and against, who is never quoted";
        Others = "others", "Where another annotator differs from byline";
        Kinds = "kinds", "Show and hide kinds of entities";
        HideMarks = "hide-marks", "Show or hide all marks";
    [Panes]
        FocusNext = "focus-next", "Next pane";
        FocusPrevious = "focus-previous", "Previous pane";
        FocusLeft = "focus-left", "Pane to the left";
        FocusRight = "focus-right", "Pane to the right";
        FocusArticle = "focus-article", "The article";
        FocusEntities = "focus-entities", "The entities";
        FocusComments = "focus-comments", "The comments";
        Zen = "zen", "Show only the focused pane, or all again";
        Narrower = "narrower", "Narrower side pane";
        Wider = "wider", "Wider side pane";
        MeasureLess = "measure-less", "Shorter lines";
        MeasureMore = "measure-more", "Longer lines";
        SortEntities = "sort-entities", "Another order of the entities, stances or articles";
        NextArticle = "next-article", "Next article given on the command line, or of the library";
        PreviousArticle = "previous-article", "Previous article";
    [Search]
        Search = "search", "Search the text or all articles; in the entity list: filter";
        NextMatch = "next-match", "Next match; without a search: next mention of the selected entity";
        PreviousMatch = "previous-match", "Previous match";
        Clear = "clear", "Leave selection, search, focus: one at a time";
    [Mark]
        Visual = "visual", "Select words";
        VisualLine = "visual-line", "Select whole sentences";
        SwapEnds = "swap-ends", "Go to the other end of the selection";
        CharLeft = "char-left", "One character left";
        CharRight = "char-right", "One character right";
        WordNext = "word-next", "To the next word";
        WordPrevious = "word-previous", "To the previous word";
        WordEnd = "word-end", "To the end of the word";
        SentenceNext = "sentence-next", "To the next sentence";
        SentencePrevious = "sentence-previous", "To the previous sentence";
        InQuote = "in-quote", "Select the quote here";
        InEntity = "in-entity", "Select the name here";
        InSentence = "in-sentence", "Select the sentence here";
        InParagraph = "in-paragraph", "Select the paragraph here";
        Highlight = "highlight", "Highlight, then a colour: y g b r p";
        Note = "note", "Write a note on it";
        Tag = "tag", "Tag the highlight here; in the library: the article";
        Delete = "delete", "Delete the highlight here";
        Reattach = "reattach", "Put a highlight that lost its words on the selected ones";
        Undo = "undo", "Undo";
        Redo = "redo", "Redo";
    [Correct]
        Accept = "accept", "This stance is right";
        Reject = "reject", "This stance is none: it disappears";
        ChangeSide = "change-side", "This stance is on another side: for, against, conditional";
        ChangeHolder = "change-holder", "Somebody else holds this stance";
        ChangeTarget = "change-target", "This stance is about something else";
        ChangeKind = "change-kind", "This entity is of another kind";
        Merge = "merge", "This entity is the same as another";
        Split = "split", "This mention is of somebody or something else";
        TakeBack = "take-back", "Take the correction here back";
        Corrections = "corrections", "What you corrected in this article";
    [Take]
        Yank = "yank", "Copy the selection or the focused words";
        YankQuote = "yank-quote", "Copy the quote here with speaker, outlet and date";
        YankAddress = "yank-address", "Copy the address or path of the article";
        Export = "export", "Export highlights and annotations";
    [Library]
        Library = "library", "The library: your articles, searched, sorted, kept";
        Dossier = "dossier", "The dossier of this entity: its stances over time in all articles";
        Compare = "compare", "The same story in other outlets, or of the marked articles";
        Folders = "folders", "Folders of the library: unread, starred, queries that you kept";
        Refresh = "refresh", "Refresh the feeds, or give that up";
        KeepQuery = "keep-query", "Keep the query under a name, as a folder";
        MarkRow = "mark-row", "Mark the article, for the next change of several";
        ToggleRead = "toggle-read", "Mark as read, or as unread";
        ToggleStar = "toggle-star", "Star, or take the star away";
        ToggleArchive = "toggle-archive", "Put the article away, or take it back";
    [Program]
        CommandLine = "command-line", "Type a command by name";
        Help = "help", "This help; type / in it to search";
        Reload = "reload", "Open the article anew; for one of the library: fetch its page";
        Details = "details", "What is known about the article";
        Mouse = "mouse", "Give the mouse to the terminal, or take it back";
        Redraw = "redraw", "Draw the screen again";
        Suspend = "suspend", "Suspend; fg in the shell comes back";
        Quit = "quit", "Close what is open on top; at the bottom: leave byline";
        QuitNow = "quit-now", "Leave byline";
}

impl Command {
    /// The command with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found_again() {
        for &command in Command::ALL {
            assert_eq!(Command::from_name(command.name()), Some(command));
            assert!(!command.doc().is_empty());
        }
    }
}
