//! How far the part of a page reaches that the statement stands in: narrowed to its article, widened around its heading,
//! or found by its words alone.
//!
//! Not here: what goes on beyond it (`further`).

use crate::read::html::{
    dom::{Page, Tag},
    links,
    prune::Facts,
};

/// Bytes of prose that news of something else have to each of their links.
const TEASER: u64 = 200;

/// More prose than this is no strip of news.
const TEASERS: u32 = 1500;

/// A single article that holds the heading or most of the main element's words is the statement.
pub(super) fn narrowed(page: &Page<'_>, facts: &Facts, root: usize) -> usize {
    let mut articles =
        page.within(root).filter(|i| page.get(*i).tag == Tag::Article && facts.rule(*i).is_none());
    let (Some(only), None) = (articles.next(), articles.next()) else { return root };
    // "Update: 400 people affected" is no sentence, and stands beside it without leading anywhere.
    let up = page.get(only).up;
    let said = |k: &usize| facts.plain(page, *k) > 0 && facts.linked(page, *k) == 0;
    let beside =
        |k: &usize| *k != only && !matches!(page.get(*k).tag, Tag::Heading(_) | Tag::Header | Tag::Text);
    // Documents that the page offers beside it belong to it.
    let offers = |k: usize| {
        let links = page.within(k).filter(|i| page.get(*i).tag == Tag::A && facts.rule(*i).is_none());
        links.filter_map(|i| page.attr(i, "href")).any(links::is_document)
    };
    let whole = facts.prose(page, only) == facts.prose(page, root)
        && !page.children(up).filter(beside).any(|k| said(&k) || offers(k));
    let heading = facts.h1.is_some_and(|h| page.within(only).contains(&h));
    if heading && whole { only } else { root }
}

/// The smallest ancestor of the heading with words below it, and more of it while what is gained is prose.
pub(super) fn around(page: &Page<'_>, facts: &Facts, h1: usize) -> usize {
    let words = |i| facts.plain(page, i) + facts.linked(page, i);
    let own = words(h1);
    let mut at = h1;
    for up in page.ancestors(h1) {
        if page.get(up).tag == Tag::Html {
            break;
        }
        if facts.prose(page, at) <= facts.prose(page, h1) || words(at) <= own {
            at = up;
            continue;
        }
        let (prose, linked) = (
            facts.prose(page, up).saturating_sub(facts.prose(page, at)),
            facts.linked(page, up).saturating_sub(facts.linked(page, at)),
        );
        // Documents beside the prose, and little else: what the page offers.
        let documents = page.within(up).filter(|i| !page.within(at).contains(i) && *i != at);
        let documents = documents.filter(|i| page.get(*i).tag == Tag::A && facts.rule(*i).is_none());
        let offers = documents.filter_map(|i| page.attr(i, "href")).any(links::is_document);
        if offers && linked <= prose && page.get(up).tag != Tag::Body {
            at = up;
            continue;
        }
        // As much prose again as was found, and not a list of links with it, nor news of which each has one: the rest of the
        // statement.
        let news = page.within(up).filter(|i| !page.within(at).contains(i) && page.get(*i).tag == Tag::A);
        let news = u64::try_from(news.filter(|i| facts.rule(*i).is_none()).count()).unwrap_or(u64::MAX);
        let teases = news > 1 && news.saturating_mul(TEASER) > u64::from(prose) && prose <= TEASERS;
        if prose >= facts.prose(page, at) && u64::from(linked) * 3 < u64::from(prose) && !teases {
            at = up;
        }
    }
    at
}

/// From the body downwards, as long as one child holds most of the prose (or, without any, of the words).
pub(super) fn densest(page: &Page<'_>, facts: &Facts) -> usize {
    let body = page.nodes.iter().position(|n| n.tag == Tag::Body).unwrap_or(0);
    let weight = |i| {
        if facts.prose(page, body) > 0 {
            facts.prose(page, i)
        } else {
            facts.plain(page, i) + facts.linked(page, i)
        }
    };
    let mut at = body;
    loop {
        let next = page
            .children(at)
            .filter(|i| !page.get(*i).tag.is_inline() && facts.rule(*i).is_none())
            .find(|i| u64::from(weight(*i)) * 10 >= u64::from(weight(at)) * 8 && weight(*i) > 0);
        match next {
            Some(i) if !matches!(page.get(i).tag, Tag::P | Tag::Heading(_) | Tag::Li | Tag::List) => at = i,
            _ => return at,
        }
    }
}
