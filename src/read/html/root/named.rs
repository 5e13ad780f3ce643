//! Which of several elements with the name of a main element is it.
//!
//! Not here: what such names are (`hints`).

use crate::read::html::{dom::Page, prune::Facts};

/// Of several main elements, the one with the heading, else the one with the most words.
pub(super) fn best(page: &Page<'_>, facts: &Facts, among: &[usize]) -> Option<usize> {
    let holds = |i: &usize| facts.h1.is_some_and(|h| page.within(*i).contains(&h));
    let weight = |i: usize| facts.plain(page, i);
    among
        .iter()
        .copied()
        .filter(holds)
        .max_by_key(|i| (weight(*i), std::cmp::Reverse(*i)))
        .or_else(|| among.iter().copied().max_by_key(|i| (weight(*i), std::cmp::Reverse(*i))))
}

/// Of elements with a usual name, the smallest that holds the heading and something below it; else the one with
/// most of the page's words.
pub(super) fn named_main(page: &Page<'_>, facts: &Facts, among: &[usize]) -> Option<usize> {
    let below = |i: &usize| {
        facts.h1.is_some_and(|h| {
            page.within(*i).contains(&h)
                && facts.plain(page, *i) > facts.plain(page, h)
                && (facts.prose(page, *i) > facts.prose(page, h) || facts.linked(page, *i) > 0)
        })
    };
    let size = |i: &usize| page.within(*i).len();
    if let Some(i) = among.iter().copied().filter(below).min_by_key(size) {
        return Some(i);
    }
    let all = facts.plain(page, 0);
    among.iter().copied().filter(|i| u64::from(facts.plain(page, *i)) * 2 >= u64::from(all)).min_by_key(size)
}
