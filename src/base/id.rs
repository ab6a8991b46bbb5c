//! Typed indexes: an id is the position of its item in the layer that owns it, so a lookup is an
//! array access and two kinds of id cannot be mixed up.

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of the item at `index` of its layer (0-based).
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Position in its layer (0-based).
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::fmt::Display for $name {
            /// The public form, counted from one: the first item of the layer is `1`.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0 + 1)
            }
        }
    };
}

id!(
    /// A block of the document.
    BlockId, "B"
);
id!(
    /// A sentence.
    SentenceId, "T"
);
id!(
    /// An entity.
    EntityId, "E"
);
id!(
    /// An issue.
    IssueId, "I"
);
id!(
    /// A quote.
    QuoteId, "Q"
);
id!(
    /// A stance.
    StanceId, "S"
);
