//! What markup says of how words are laid out: side by side in a row of data, or set apart by style alone.
//!
//! Not here: what is made of it (`builder`).

use crate::read::html::{
    dom::{Page, Tag},
    hints::Hints,
};

/// Whether an element is set apart from one before it that is, too.
pub(super) fn parts(page: &Page<'_>, i: usize) -> bool {
    let after = |k: usize| is_apart(page, k) || page.get(k).tag == Tag::A && ends_apart(page, k);
    is_apart(page, i) && page.before(i).is_some_and(after)
}

/// Whether it is set apart by style: a `span` with a name of its own or among nothing but such, or a button, such
/// as a tab's.
fn is_apart(page: &Page<'_>, i: usize) -> bool {
    let is_span = |i: usize| page.get(i).element.is_some_and(|e| e.name() == "span");
    let named = || page.attr(i, "class").is_some();
    let only_spans = || page.children(page.get(i).up).take(8).all(is_span);
    page.get(i).tag == Tag::Button || is_span(i) && (named() || only_spans())
}

/// Whether a link is nothing but one such.
fn ends_apart(page: &Page<'_>, link: usize) -> bool {
    let mut children = page.children(link);
    children.next().is_some_and(|k| is_apart(page, k)) && children.next().is_none()
}

/// Whether a row belongs to a table of data rather than of layout: cells side by side, and nothing in the
/// row that stands by itself at length.
pub(super) fn is_data(page: &Page<'_>, row: usize) -> bool {
    let table = page.ancestors(row).find(|a| page.get(*a).tag == Tag::Table);
    if table.is_some_and(|t| page.get(t).hints.any(Hints::ROLE_NONE)) {
        return false;
    }
    let (mut cells, mut blocks, mut cell_end) = (0, 0, 0);
    for i in page.within(row) {
        match page.get(i).tag {
            Tag::Cell => {
                cells += 1;
                cell_end = page.get(i).end;
                blocks = 0;
            }
            Tag::Table | Tag::Heading(1 | 2) | Tag::Form | Tag::Nav => return false,
            Tag::P | Tag::Heading(_) if i < cell_end => {
                blocks += 1;
                if blocks > 3 {
                    return false;
                }
            }
            _ => {}
        }
    }
    cells > 1
}
