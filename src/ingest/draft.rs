//! A document in the making: blocks are appended, spans are exact by construction. The only place
//! in this room that makes a [`Document`]. Calls `base` and `model`.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::base::Span;
use crate::model::{Block, BlockKind, Document, Metadata};

/// A document in the making.
#[derive(Default)]
pub(super) struct Draft {
    text: String,
    blocks: Vec<Block>,
    /// What is known besides the text.
    pub meta: Metadata,
    /// What the reader may want to know.
    pub details: Vec<String>,
}

impl Draft {
    /// An empty draft with room for `bytes` of text.
    pub fn with_capacity(bytes: usize) -> Self {
        Self {
            text: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Appends a block; blank text makes none. Blocks are one newline apart.
    pub fn push(&mut self, kind: BlockKind, text: &str) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span::new(start, self.text.len());
        self.blocks.push(Block { kind, span });
    }

    /// Kind of the last block.
    pub fn last(&self) -> Option<BlockKind> {
        self.blocks.last().map(|b| b.kind)
    }

    /// Appends `text` to the last block, a space between the two.
    pub fn extend_last(&mut self, text: &str) {
        if let Some(block) = self.blocks.last_mut() {
            self.text.push(' ');
            self.text.push_str(text.trim());
            block.span = Span::new(block.span.from(), self.text.len());
        }
    }

    /// The finished document.
    pub fn finish(self) -> Document {
        Document {
            id: id_of(&self.text),
            text: self.text.into(),
            blocks: self.blocks,
            meta: self.meta,
            details: self.details,
        }
    }
}

/// Stable id of a text: the first 16 hexadecimal digits of its SHA-256.
pub(super) fn id_of(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(8).fold(String::new(), |mut id, byte| {
        // Writing to a string cannot fail.
        let _ = write!(id, "{byte:02x}");
        id
    })
}

/// See [`super::as_it_stands`].
pub(super) fn as_it_stands(text: &str, id: Option<String>) -> Document {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(start, start + line.len()).trim(text);
        if !span.is_empty() {
            let kind = BlockKind::Paragraph;
            blocks.push(Block { kind, span });
        }
        start += line.len();
    }
    Document {
        id: id.unwrap_or_else(|| id_of(text)),
        text: text.into(),
        blocks,
        meta: Metadata::default(),
        details: Vec::new(),
    }
}
