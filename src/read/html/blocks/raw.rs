//! A block as it stands on the page, not yet cut into sentences.

use std::ops::Range;

use crate::{
    model::{Block, BlockKind, Link, Sentence},
    read::html::links::says_more,
    text::sentences,
};

/// A block as it stands on the page, not yet cut into sentences.
#[derive(Debug, Clone, Default, PartialEq)]
pub(in crate::read) struct Raw {
    /// What it is.
    pub(in crate::read) kind: BlockKind,
    /// The level of a heading.
    pub(in crate::read) level: u8,
    /// Its words: NFC, white space folded.
    pub(in crate::read) text: String,
    /// Which bytes of them lead where.
    pub(in crate::read) links: Vec<(Range<usize>, String)>,
    /// Whether all of its words are links.
    pub(in crate::read) all_links: bool,
    /// The element it begins in.
    pub(in crate::read) node: usize,
}

impl Raw {
    /// The block in sentences.
    pub(in crate::read) fn block(self) -> Option<Block> {
        let sentences: Vec<Sentence> = sentences::split(&self.text)
            .into_iter()
            .filter_map(|range| {
                let text = self.text.get(range.clone())?.to_owned();
                let within = |l: &&(Range<usize>, String)| l.0.start < range.end && l.0.end > range.start;
                let cut = |r: &Range<usize>| self.text.get(r.start.max(range.start)..r.end.min(range.end));
                let links = self.links.iter().filter(within);
                let links = links
                    .map(|(r, to)| Link {
                        words: cut(r).unwrap_or("").trim().to_owned(),
                        address: to.clone(),
                    })
                    .filter(|l| !l.words.is_empty() && says_more(&l.words, &l.address))
                    .collect();
                Some(Sentence { text, volatile: None, links })
            })
            .collect();
        (!sentences.is_empty()).then_some(Block { kind: self.kind, level: self.level, sentences })
    }
}
