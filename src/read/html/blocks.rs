//! Nodes to blocks: headings, paragraphs, items, rows, quotations, each a run of words with its links.
//!
//! Not here: which nodes count (`prune`, `root`), and where sentences end (`sentences`).

mod around;
pub(in crate::read) mod beside;
mod builder;
mod layout;
mod pictures;
mod raw;

use url::Url;

use crate::{
    model::BlockKind,
    read::{dates, html::dom::Page},
};
use builder::Builder;
pub(in crate::read) use raw::Raw;

/// Joins a line that only names a date of the page ("Last updated") to the date that stands below it, as in a list of
/// terms: the two say one thing.
pub(in crate::read) fn join_dates(blocks: &mut Vec<Raw>) {
    let mut labelled = false;
    let mut joined: Vec<Raw> = Vec::with_capacity(blocks.len());
    for mut block in blocks.drain(..) {
        // A row or an item that says when the page was changed, and no more, is a line of the page about itself.
        if matches!(block.kind, BlockKind::Row | BlockKind::Item) && dates::says_when_changed(&block.text) {
            block.kind = BlockKind::Paragraph;
        }
        let own = matches!(block.kind, BlockKind::Item | BlockKind::Paragraph);
        match joined.last_mut().filter(|_| labelled && own && dates::is_date(&block.text)) {
            Some(label) => {
                label.kind = BlockKind::Paragraph;
                label.text.push(' ');
                label.text.push_str(&block.text);
            }
            None => joined.push(block),
        }
        labelled = joined.last().is_some_and(|b| {
            matches!(b.kind, BlockKind::Item | BlockKind::Paragraph) && dates::is_label(&b.text)
        });
    }
    *blocks = joined;
}

/// The blocks of a node. `dropped` says which nodes in it are left out.
pub(in crate::read) fn read(
    page: &Page<'_>,
    root: usize,
    base: &Url,
    dropped: &dyn Fn(usize) -> bool,
) -> Vec<Raw> {
    let end = page.get(root).end.min(page.nodes.len());
    let mut b = Builder::new(page, base, end);
    let mut i = root;
    while i < end {
        b.leave(i);
        if let Some(said) = pictures::said(page, i, b.in_row()) {
            b.text(i, said);
        }
        if i != root && dropped(i) {
            b.pass(i);
            i = page.get(i).end.max(i + 1);
            continue;
        }
        i = if b.enter(i) { i + 1 } else { page.get(i).end.max(i + 1) };
    }
    b.done(end)
}
