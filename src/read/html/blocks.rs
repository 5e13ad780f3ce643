//! Nodes to blocks: headings, paragraphs, items, rows, quotations, each a run of words with its links.
//!
//! Not here: which nodes count (`prune`, `root`), and where sentences end (`sentences`).

mod around;
mod builder;
mod layout;
mod pictures;
mod raw;

use url::Url;

use crate::read::html::dom::Page;
use builder::Builder;
pub(in crate::read) use raw::Raw;

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
            i = page.get(i).end.max(i + 1);
            continue;
        }
        i = if b.enter(i) { i + 1 } else { page.get(i).end.max(i + 1) };
    }
    b.done(end)
}
