//! What a format cannot hold, said in words with numbers, so that nothing is lost unseen. A format
//! names what it holds; the rest is counted here.

use crate::model::{Annotated, Highlight};

/// A part of an annotated document that a format may or may not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The article's text, whole.
    Text,
    /// What the blocks of the text are: headline, paragraph, comment.
    Blocks,
    /// Authors, date, outlet, address, topics.
    Metadata,
    /// Where sentences begin and end.
    Sentences,
    /// Where people, places and so on are mentioned.
    Mentions,
    /// Which mentions are one entity, under which name.
    Entities,
    /// Issues that are argued about.
    Issues,
    /// Who said what.
    Quotes,
    /// What is ascribed to somebody without being speech.
    Attributions,
    /// Who is for or against what.
    Stances,
    /// Passages that the comment talks about.
    Links,
    /// The words that the reader marked.
    Highlights,
    /// The colours of those marks.
    Colours,
    /// Their tags.
    Tags,
    /// Their notes.
    Notes,
    /// Marks whose words are no longer in the text.
    Orphans,
    /// Which rule or model made an annotation, and how sure it is.
    Provenance,
}

impl Part {
    const ALL: [Part; 17] = [
        Self::Text,
        Self::Blocks,
        Self::Metadata,
        Self::Sentences,
        Self::Mentions,
        Self::Entities,
        Self::Issues,
        Self::Quotes,
        Self::Attributions,
        Self::Stances,
        Self::Links,
        Self::Highlights,
        Self::Colours,
        Self::Tags,
        Self::Notes,
        Self::Orphans,
        Self::Provenance,
    ];

    /// How many there are, and what one and several of them are called.
    fn count(self, annotated: &Annotated, highlights: &[Highlight]) -> (usize, [&'static str; 2]) {
        let document = &annotated.document;
        let meta = &document.meta;
        let mentions = || annotated.entities.iter().map(|e| e.mentions.len()).sum();
        match self {
            Self::Text => (
                document.text.split_whitespace().count(),
                ["word of the text", "words of the text"],
            ),
            Self::Blocks => (
                document.blocks.len(),
                ["kind of a block", "kinds of blocks"],
            ),
            Self::Metadata => (
                meta.authors.len()
                    + meta.topics.len()
                    + [
                        meta.published.is_some(),
                        meta.outlet.is_some(),
                        meta.uri.is_some(),
                    ]
                    .into_iter()
                    .filter(|&is| is)
                    .count(),
                ["fact about the article", "facts about the article"],
            ),
            Self::Sentences => (annotated.sentences.len(), ["sentence", "sentences"]),
            Self::Mentions => (mentions(), ["mention", "mentions"]),
            Self::Entities => (annotated.entities.len(), ["entity", "entities"]),
            Self::Issues => (annotated.issues.len(), ["issue", "issues"]),
            Self::Quotes => (annotated.quotes.len(), ["quote", "quotes"]),
            Self::Attributions => (
                annotated.attributions.len(),
                ["attribution", "attributions"],
            ),
            Self::Stances => (annotated.stances.len(), ["stance", "stances"]),
            Self::Links => (
                annotated.links.len(),
                ["link of the comment", "links of the comment"],
            ),
            Self::Highlights => (highlights.len(), ["highlight", "highlights"]),
            Self::Colours => (highlights.len(), ["colour", "colours"]),
            Self::Tags => (
                highlights.iter().map(|h| h.tags.len()).sum(),
                ["tag", "tags"],
            ),
            Self::Notes => (
                highlights.iter().filter(|h| h.note.is_some()).count(),
                ["note", "notes"],
            ),
            Self::Orphans => (
                highlights.iter().filter(|h| h.orphan).count(),
                [
                    "mark whose words are no longer in the text",
                    "marks whose words are no longer in the text",
                ],
            ),
            Self::Provenance => (
                annotated.entities.len()
                    + annotated.quotes.len()
                    + annotated.attributions.len()
                    + annotated.stances.len()
                    + annotated.links.len(),
                [
                    "rule and confidence of an annotation",
                    "rules and confidences of annotations",
                ],
            ),
        }
    }
}

/// What is lost of a document where all but `lost` is kept.
pub(super) fn only(lost: &[Part], annotated: &Annotated, highlights: &[Highlight]) -> Vec<String> {
    let held: Vec<Part> = Part::ALL
        .into_iter()
        .filter(|part| !lost.contains(part))
        .collect();
    all_but(&held, annotated, highlights)
}

/// What is lost of a document where only `held` is kept: one phrase a part, with its number.
pub(super) fn all_but(
    held: &[Part],
    annotated: &Annotated,
    highlights: &[Highlight],
) -> Vec<String> {
    // Without the marks themselves there is nothing to say about what belongs to them.
    let needless = |part: Part| {
        matches!(
            part,
            Part::Colours | Part::Tags | Part::Notes | Part::Orphans
        ) && !held.contains(&Part::Highlights)
    };
    Part::ALL
        .into_iter()
        .filter(|part| !held.contains(part) && !needless(*part))
        .filter_map(|part| {
            let (count, [one, many]) = part.count(annotated, highlights);
            (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { many }))
        })
        .collect()
}
