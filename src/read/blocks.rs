//! Nodes to blocks: headings, paragraphs, items, rows, quotations, each a run of words with its links.
//!
//! Not here: which nodes count (`prune`, `root`), and where sentences end (`sentences`).

mod around;
mod builder;
mod layout;
mod pictures;

use std::ops::Range;

use url::Url;

use super::dom::Page;
use crate::model::{Block, BlockKind, Link, Sentence};
use builder::Builder;

/// A block as it stands on the page, not yet cut into sentences.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Raw {
    /// What it is.
    pub(super) kind: BlockKind,
    /// The level of a heading.
    pub(super) level: u8,
    /// Its words: NFC, white space folded.
    pub(super) text: String,
    /// Which bytes of them lead where.
    pub(super) links: Vec<(Range<usize>, String)>,
    /// Whether all of its words are links.
    pub(super) all_links: bool,
    /// The element it begins in.
    pub(super) node: usize,
}

impl Raw {
    /// The block in sentences.
    pub(super) fn block(self) -> Option<Block> {
        let sentences: Vec<Sentence> = crate::text::sentences::split(&self.text)
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
                    .filter(|l| !l.words.is_empty())
                    .collect();
                Some(Sentence { text, volatile: None, links })
            })
            .collect();
        (!sentences.is_empty()).then_some(Block { kind: self.kind, level: self.level, sentences })
    }
}

/// The blocks of a node. `dropped` says which nodes in it are left out.
pub(super) fn of(page: &Page<'_>, root: usize, base: &Url, dropped: &dyn Fn(usize) -> bool) -> Vec<Raw> {
    let end = page.get(root).end.min(page.nodes.len());
    let mut b = Builder::of(page, base, end);
    let mut i = root;
    while i < end {
        b.leave(i);
        if let Some(said) = pictures::said(page, i, b.in_row()) {
            b.text(i, said);
        }
        if i != root && dropped(i) {
            i = page.get(i).end.max(i + 1);
            continue;
        }
        i = if b.enter(i) { i + 1 } else { page.get(i).end.max(i + 1) };
    }
    b.done(end)
}
