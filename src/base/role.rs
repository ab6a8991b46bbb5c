//! Roles: what a run of text *is* on the screen. `view` says which roles a run has, `config` gives
//! each role a look, `ui` turns the look into terminal attributes. No colour is named here.

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What a run of text is. The declaration order is the painting order: where a run has
        /// several roles, a later one is laid over an earlier one.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Role { $($(#[$doc])* $variant,)* }

        impl Role {
            /// Every role, in painting order.
            pub const ALL: &'static [Role] = &[$(Role::$variant,)*];

            /// Its name in theme files.
            pub fn name(self) -> &'static str {
                match self { $(Role::$variant => $name,)* }
            }
        }
    };
}

roles! {
    /// Running text.
    Text = "text",
    /// Secondary text: hints, counts, empty-state messages.
    Dim = "dim",
    /// Headline.
    Title = "title",
    /// Author line.
    Byline = "byline",
    /// Date line.
    Date = "date",
    /// The brief or standfirst.
    Brief = "brief",
    /// A heading inside the body.
    Heading = "heading",
    /// A topic line.
    Topic = "topic",
    /// Text of the editor's comment.
    Comment = "comment",
    /// The label of a section or a group in a pane.
    Label = "label",
    /// Lines that separate panes.
    Border = "border",
    /// Title of a pane that does not have the focus.
    PaneTitle = "pane_title",
    /// Title of the pane that has the focus.
    PaneTitleFocus = "pane_title_focus",
    /// Status line.
    Status = "status",
    /// A key name in help and hints.
    Key = "key",
    /// A message that reports success.
    Info = "info",
    /// A message that reports a failure.
    Error = "error",
    /// Reported speech.
    Quote = "quote",
    /// The verb or phrase that introduces reported speech.
    Cue = "cue",
    /// Mention of a person.
    Person = "person",
    /// Mention of an organization.
    Organization = "organization",
    /// Mention of a place.
    Place = "place",
    /// Mention of a group.
    Group = "group",
    /// Mention of an event.
    Event = "event",
    /// Mention of a work.
    Work = "work",
    /// Mention of anything else that has a name.
    Other = "other",
    /// A date, an amount of money, a percentage, a quantity.
    Figure = "figure",
    /// Evidence of a stance for something, sure.
    For = "for",
    /// Evidence of a stance against something, sure.
    Against = "against",
    /// Evidence of a conditional stance, sure.
    Conditional = "conditional",
    /// Laid over a stance that is less sure.
    Faint = "faint",
    /// Yellow highlight of the reader.
    HighlightYellow = "highlight_yellow",
    /// Green highlight of the reader.
    HighlightGreen = "highlight_green",
    /// Blue highlight of the reader.
    HighlightBlue = "highlight_blue",
    /// Red highlight of the reader.
    HighlightRed = "highlight_red",
    /// Purple highlight of the reader.
    HighlightPurple = "highlight_purple",
    /// A partner of the focused span.
    Partner = "partner",
    /// A search match.
    Match = "match",
    /// The search match that the reader is at.
    MatchCurrent = "match_current",
    /// The focused span.
    Focus = "focus",
    /// The selected row of a list.
    Selected = "selected",
    /// The reader's visual selection.
    Selection = "selection",
    /// The caret of the visual selection.
    Caret = "caret",
}

/// A set of roles, as bits in painting order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct RoleSet(u64);

impl RoleSet {
    /// No role.
    pub const EMPTY: RoleSet = RoleSet(0);

    /// The set of one role.
    pub const fn of(role: Role) -> Self {
        Self(1 << role as u8)
    }

    /// The set with `role` added.
    #[must_use]
    pub const fn with(self, role: Role) -> Self {
        Self(self.0 | 1 << role as u8)
    }

    /// Adds every role of `other`.
    pub fn add(&mut self, other: RoleSet) {
        self.0 |= other.0;
    }

    /// Whether `role` is in the set.
    pub const fn has(self, role: Role) -> bool {
        self.0 & (1 << role as u8) != 0
    }

    /// The roles in painting order.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.iter().copied().filter(move |&r| self.has(r))
    }
}

impl From<Role> for RoleSet {
    fn from(role: Role) -> Self {
        Self::of(role)
    }
}

const _: () = assert!(Role::ALL.len() <= 64, "a role set is 64 bits wide");
