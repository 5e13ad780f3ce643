//! What surrounds words: the element that they stand in, and what lies between two of them.
//!
//! Not here: the words (`builder`).

use crate::{
    model::BlockKind,
    read::html::{
        blocks::layout,
        dom::{Page, Tag},
    },
};

/// What surrounds the words being read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) end: usize,
    pub(super) kind: BlockKind,
    pub(super) level: u8,
    /// Within a row of a data table: everything in it is one block.
    pub(super) row: bool,
    /// A `br` here is a space: the element is a paragraph of its own.
    pub(super) flows: bool,
    /// Leaving it ends a block.
    pub(super) ends: bool,
}

impl Frame {
    /// What surrounds all words up to a node.
    pub(super) const fn outermost(end: usize) -> Self {
        Self { end, kind: BlockKind::Paragraph, level: 0, row: false, flows: false, ends: true }
    }

    /// What an element comes to within another.
    pub(super) fn within(page: &Page<'_>, i: usize, outer: Self) -> Self {
        let node = page.get(i);
        let inherits = |kind| if outer.kind == BlockKind::Paragraph { kind } else { outer.kind };
        let frame = |kind, flows| Self { end: node.end, kind, level: 0, row: false, flows, ends: true };
        match node.tag {
            _ if outer.row => Self { end: node.end, ends: false, ..outer },
            Tag::Heading(level) => Self { level, ..frame(BlockKind::Heading, true) },
            Tag::Li | Tag::Term => frame(BlockKind::Item, true),
            Tag::Quote => frame(BlockKind::Quote, false),
            Tag::P => frame(inherits(BlockKind::Paragraph), true),
            Tag::Row if layout::is_data(page, i) => Self { row: true, ..frame(BlockKind::Row, true) },
            _ => Self { flows: outer.flows, ..frame(inherits(BlockKind::Paragraph), false) },
        }
    }
}

/// What lies between the last word and the next, beside white space.
#[derive(Debug, Default)]
pub(super) struct Seam {
    /// A `span` begins where another ended, or a button, or a link: sites set such apart by style alone.
    pub(super) parted: bool,
    /// An inline element begins.
    pub(super) named: bool,
    /// What is there for those who listen begins or ends.
    pub(super) beside: bool,
}

impl Seam {
    /// Whether a word stands apart from the text before it, without white space between them.
    pub(super) fn parts(&self, text: &str, word: &str) -> bool {
        // "Council tax" and "Down" are two things: `<span>Council tax</span><span>Down</span>`.
        let ended = text.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
        let parted = self.parted && ended && word.starts_with(char::is_uppercase);
        // "Benefits:" and "Closed" too, each in an element of its own.
        let named = self.named && text.ends_with(':') && word.starts_with(char::is_uppercase);
        parted || named || self.beside && word.starts_with(char::is_alphanumeric)
    }
}
