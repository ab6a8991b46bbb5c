//! The inventories of Universal Dependencies: parts of speech and relations, and what the parser
//! says of a token in their terms.

/// An inventory with its names.
macro_rules! names {
    ($(#[$doc:meta])* $type:ident { $($(#[$about:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $type { $($(#[$about])* $variant,)* }

        impl $type {
            /// Every one, in order.
            #[cfg(test)]
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Its name in the treebanks.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one with this name in the treebanks.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

names! {
    /// Part of speech.
    Upos {
        /// Adjective.
        Adjective = "ADJ",
        /// Preposition.
        Adposition = "ADP",
        /// Adverb.
        Adverb = "ADV",
        /// Auxiliary, modals and copulas included.
        Auxiliary = "AUX",
        /// Coordinating conjunction.
        Coordinator = "CCONJ",
        /// Determiner.
        Determiner = "DET",
        /// Interjection.
        Interjection = "INTJ",
        /// Common noun.
        Noun = "NOUN",
        /// Number.
        Number = "NUM",
        /// Particle: `not`, `to`, `'s`.
        Particle = "PART",
        /// Pronoun.
        Pronoun = "PRON",
        /// Proper noun.
        Proper = "PROPN",
        /// Punctuation.
        Punctuation = "PUNCT",
        /// Subordinating conjunction.
        Subordinator = "SCONJ",
        /// Symbol.
        Symbol = "SYM",
        /// Main verb.
        Verb = "VERB",
        /// Anything else.
        Other = "X",
    }
}

names! {
    /// How a word hangs from its head. Subtypes are not told apart.
    Relation {
        /// The root of the sentence.
        Root = "root",
        /// Clause that modifies a noun.
        NounClause = "acl",
        /// Adverbial clause.
        AdverbialClause = "advcl",
        /// Adverb.
        Adverb = "advmod",
        /// Adjective of a noun.
        Adjective = "amod",
        /// Apposition.
        Apposition = "appos",
        /// Auxiliary.
        Auxiliary = "aux",
        /// Preposition or possessive mark.
        Case = "case",
        /// Conjunction.
        Conjunction = "cc",
        /// Clause as a complement.
        Complement = "ccomp",
        /// Classifier.
        Classifier = "clf",
        /// Part of a compound.
        Compound = "compound",
        /// Further member of a coordination.
        Conjunct = "conj",
        /// Copula.
        Copula = "cop",
        /// Clause as a subject.
        ClauseSubject = "csubj",
        /// Unclear.
        Unclear = "dep",
        /// Determiner.
        Determiner = "det",
        /// Interjection.
        Discourse = "discourse",
        /// Moved to the edge.
        Dislocated = "dislocated",
        /// Expletive.
        Expletive = "expl",
        /// Part of a fixed expression.
        Fixed = "fixed",
        /// Part of a name.
        Flat = "flat",
        /// Part of a word that was torn apart.
        Goeswith = "goeswith",
        /// Indirect object.
        IndirectObject = "iobj",
        /// Member of a list.
        List = "list",
        /// Word that opens a subordinate clause.
        Mark = "mark",
        /// Noun that modifies a noun.
        NounModifier = "nmod",
        /// Subject.
        Subject = "nsubj",
        /// Number of a noun.
        Number = "nummod",
        /// Object.
        Object = "obj",
        /// Noun that modifies a verb.
        Oblique = "obl",
        /// What is left of an ellipsis.
        Orphan = "orphan",
        /// Clause beside the main one.
        Parataxis = "parataxis",
        /// Punctuation.
        Punctuation = "punct",
        /// What was said wrong and said again.
        Reparandum = "reparandum",
        /// Who is spoken to.
        Vocative = "vocative",
        /// Clause as a complement whose subject stands outside.
        OpenComplement = "xcomp",
    }
}

/// What the parser says of a token.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Word {
    /// Part of speech.
    pub upos: Upos,
    /// The token it hangs from, of the same sentence; `None` for the root of the sentence.
    pub head: Option<usize>,
    /// How it hangs from it.
    pub relation: Relation,
    /// How sure it is of head and relation, 0 to 1.
    pub confidence: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        assert_eq!(Upos::from_name("PROPN"), Some(Upos::Proper));
        assert_eq!(Relation::from_name("nsubj"), Some(Relation::Subject));
        assert_eq!(Relation::Subject.name(), "nsubj");
        assert_eq!(Relation::from_name("nsubj:pass"), None);
    }
}
