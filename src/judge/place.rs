//! One changed place, with what stands around it: its blocks, the headings above it, the lead-in of its list.

use crate::model::{Block, BlockKind, Change, ChangeKind, Hunk, Part, Sentence};

/// One side of a part: sentences numbered through its blocks.
pub(super) struct Page<'a> {
    pub blocks: &'a [Block],
    pub sentences: Vec<&'a Sentence>,
    /// The block that each sentence stands in.
    pub block_of: Vec<usize>,
}

impl<'a> Page<'a> {
    fn of(blocks: &'a [Block]) -> Self {
        let numbered = blocks.iter().enumerate().flat_map(|(n, b)| b.sentences.iter().map(move |s| (n, s)));
        let (block_of, sentences) = numbered.unzip();
        Self { blocks, sentences, block_of }
    }

    /// The block that a sentence stands in.
    pub(super) fn block(&self, sentence: usize) -> Option<(usize, &'a Block)> {
        let n = *self.block_of.get(sentence)?;
        Some((n, self.blocks.get(n)?))
    }

    /// The headings above a block, the nearest first: each of a lower number than the one below it.
    pub(super) fn headings(&self, block: usize) -> impl Iterator<Item = &'a Block> + '_ {
        let own = self.blocks.get(block).filter(|b| b.kind == BlockKind::Heading).map_or(7, |b| b.level);
        let mut level = own;
        self.blocks.iter().take(block).rev().filter(move |b| {
            let above = b.kind == BlockKind::Heading && b.level < level;
            if above {
                level = b.level;
            }
            above
        })
    }

    /// The block that leads in the list that an item stands in.
    pub(super) fn lead_in(&self, block: usize) -> Option<(usize, &'a Block)> {
        let listed = |b: &Block| matches!(b.kind, BlockKind::Item | BlockKind::Row);
        self.blocks.get(block).filter(|b| listed(b))?;
        let before = self.blocks.iter().enumerate().take(block);
        before.rev().find(|(_, b)| !listed(b)).filter(|(_, b)| b.kind != BlockKind::Heading)
    }
}

/// Both sides of a part.
pub(super) struct Pages<'a> {
    pub before: Page<'a>,
    pub after: Page<'a>,
}

impl<'a> Pages<'a> {
    pub(super) fn of(before: &'a [Block], after: &'a [Block]) -> Self {
        Self { before: Page::of(before), after: Page::of(after) }
    }
}

/// A hunk with its sentences.
pub(super) struct Place<'a> {
    pub part: Part,
    pub kind: ChangeKind,
    pub hunk: &'a Hunk,
    pub before: Vec<&'a Sentence>,
    pub after: Vec<&'a Sentence>,
    /// Each side's sentences joined by one space.
    pub old: String,
    pub new: String,
}

impl<'a> Place<'a> {
    pub(super) fn of(part: Part, hunk: &'a Hunk, pages: &Pages<'a>) -> Self {
        let side = |page: &Page<'a>, at: &[usize]| -> Vec<&'a Sentence> {
            at.iter().filter_map(|&n| page.sentences.get(n).copied()).collect()
        };
        let (before, after) = (side(&pages.before, &hunk.at.before), side(&pages.after, &hunk.at.after));
        let joined = |side: &[&Sentence]| side.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ");
        Self { part, kind: hunk.kind, hunk, old: joined(&before), new: joined(&after), before, after }
    }

    /// As a change without labels and level.
    pub(super) fn unjudged(&self) -> Change {
        let texts = |side: &[&'a Sentence]| side.iter().map(|s| s.text.clone()).collect();
        let unplaced = Change::unjudged(self.part, self.hunk, &[], &[]);
        Change { before: texts(&self.before), after: texts(&self.after), ..unplaced }
    }

    /// Whether both sides' keys are equal.
    pub(super) fn same_key(&self) -> bool {
        let keys = |side: &[&Sentence]| side.iter().map(|s| s.key()).collect::<Vec<_>>().join(" ");
        !self.before.is_empty() && !self.after.is_empty() && keys(&self.before) == keys(&self.after)
    }
}
