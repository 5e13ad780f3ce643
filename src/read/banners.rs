//! Site-wide notices and alerts outside the statement: a part of their own, never the statement.
//!
//! Also where the served markup hides them by a class that script would remove; not where an attribute or a style
//! hides them: those are templates for what may go wrong. Not here: what they mean.

use std::collections::BTreeSet;

use url::Url;

use super::{
    blocks::{self, Raw},
    dom::{Page, Tag},
    marks::Marks,
    prune::Facts,
    root::Root,
};

/// The most notices of one page that are read.
const MOST: usize = 24;

/// The outermost elements that are notices: outside the statement, or within it above the page's heading.
pub(super) fn find(page: &Page<'_>, facts: &Facts, root: &Root) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut i = 0;
    while i < page.nodes.len() && found.len() < MOST {
        let end = page.get(i).end.max(i + 1);
        if never(page, i) {
            i = end;
        } else if is_notice(page, i) && place(page, facts, root, i) && worded(page, i) {
            found.insert(i);
            i = end;
        } else {
            i += 1;
        }
    }
    found
}

/// The words of the notices.
pub(super) fn read(page: &Page<'_>, found: &BTreeSet<usize>, base: &Url) -> Vec<Raw> {
    let drops = |i: usize| {
        let node = page.get(i);
        matches!(node.tag, Tag::Void | Tag::Input | Tag::Button | Tag::Label | Tag::Nav)
            || node.marks.any(Marks::HIDDEN | Marks::UNSEEN | Marks::SHARE)
    };
    found.iter().flat_map(|i| blocks::of(page, *i, base, &drops)).collect()
}

/// Whether nothing in a node can be a notice to all visitors.
fn never(page: &Page<'_>, i: usize) -> bool {
    let node = page.get(i);
    matches!(node.tag, Tag::Void | Tag::Head | Tag::Input | Tag::Button | Tag::Nav)
        || node.marks.any(Marks::HIDDEN | Marks::SEARCH | Marks::SHARE)
        || (node.marks.any(Marks::CONSENT) && !page.get(i).tag.is_inline() && about_consent(page, i))
}

/// Whether what is named after consent speaks of consent; some sites use one box for both.
fn about_consent(page: &Page<'_>, i: usize) -> bool {
    let words = page.words(i, 2000).to_lowercase();
    ["cookie", "consent", "privacy", "personal data"].iter().any(|w| words.contains(w)) || words.is_empty()
}

fn is_notice(page: &Page<'_>, i: usize) -> bool {
    let node = page.get(i);
    let named = node.marks.any(Marks::NOTICE | Marks::ROLE_ALERT)
        || (node.marks.any(Marks::CONSENT) && !about_consent(page, i));
    named
        && !matches!(
            node.tag,
            Tag::Html | Tag::Body | Tag::Main | Tag::A | Tag::Heading(_) | Tag::Text | Tag::Form
        )
}

/// Outside the statement; or within it before its heading. What a person selected is content whatever its name.
fn place(page: &Page<'_>, facts: &Facts, root: &Root, i: usize) -> bool {
    let holds = |outer: usize, inner: usize| outer == inner || page.within(outer).contains(&inner);
    if root.nodes.iter().any(|r| holds(i, *r)) || facts.h1.is_some_and(|h| holds(i, h)) {
        return false;
    }
    let inside = root.nodes.iter().any(|r| holds(*r, i));
    let above = facts.h1.is_some_and(|h| i < h && root.nodes.iter().any(|r| holds(*r, h)));
    (!inside || (above && !root.to_the_letter)) && !in_form(page, i)
}

fn in_form(page: &Page<'_>, i: usize) -> bool {
    page.ancestors(i).any(|a| page.get(a).marks.any(Marks::SEARCH | Marks::FEEDBACK))
}

/// Whether it has words that are more than a name: a sentence or a link with words.
fn worded(page: &Page<'_>, i: usize) -> bool {
    let words = page.words(i, 400);
    words.split(' ').count() >= 3
}
