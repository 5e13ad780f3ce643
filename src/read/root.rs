//! Where the statement stands on a page.
//!
//! Not here: what is left out of it (`prune`) and how it is cut into blocks (`blocks`). No lengths are asked for
//! anywhere: a notice of one sentence is a notice.

mod further;
mod told;

use rustc_hash::FxHashSet;
use scraper::Html;

use super::{
    Refusal,
    dom::{Page, Tag},
    links,
    marks::Marks,
    prune::Facts,
    selector, story,
};
use crate::model::Why;
use further::{
    MAIN_OPENS, OPENS, beside, continued, leads, led_in, listed, offered, opening, with_its_title,
};

/// Bytes of prose that news of something else have to each of their links.
const TEASER: u64 = 200;

/// More prose than this is no strip of news.
const TEASERS: u32 = 1500;

/// The statement's place.
#[derive(Debug)]
pub(super) struct Root {
    /// Its elements, in the order to be read; no one within another.
    pub(super) nodes: Vec<usize>,
    /// The element that all of them stand in: where dates of the page are looked for.
    pub(super) around: Option<usize>,
    /// The rule that found it.
    pub(super) rule: &'static str,
    /// Chosen by a person: only what is never words is left out.
    pub(super) to_the_letter: bool,
}

/// The elements that a person's selectors name: the first selector that matches anything counts.
///
/// # Errors
/// `selector` when none matches, or one is not CSS.
pub(super) fn selected(html: &Html, page: &Page<'_>, select: &[String]) -> Result<Root, Refusal> {
    for css in select {
        let mut nodes = matches(html, page, css)?;
        // Of elements one within another the outer holds both.
        let mut until = 0;
        nodes.retain(|i| {
            let outer = *i >= until;
            until = if outer { page.get(*i).end } else { until };
            outer
        });
        if !nodes.is_empty() {
            return Ok(Root { nodes, around: None, rule: "select", to_the_letter: true });
        }
    }
    let evidence = format!("nothing on the page matches {}", quoted(select));
    Err(Refusal { why: Why::Selector, evidence })
}

fn quoted(select: &[String]) -> String {
    select.iter().map(|s| format!("`{s}`")).collect::<Vec<_>>().join(" or ")
}

/// The nodes that a selector matches, in document order.
///
/// # Errors
/// `selector` when it is not CSS.
pub(super) fn matches(html: &Html, page: &Page<'_>, css: &str) -> Result<Vec<usize>, Refusal> {
    let selector = selector::parse(css).map_err(|wrong| Refusal {
        why: Why::Selector,
        evidence: format!("`{css}` is no selector: {wrong}"),
    })?;
    let hits: FxHashSet<*const scraper::node::Element> =
        html.select(&selector).map(|e| std::ptr::from_ref(e.value())).collect();
    let numbered = page.nodes.iter().enumerate();
    let hit = |e: Option<&scraper::node::Element>| e.is_some_and(|e| hits.contains(&std::ptr::from_ref(e)));
    Ok(numbered.filter(|(_, n)| hit(n.element)).map(|(i, _)| i).collect())
}

/// Finds the statement without help; `article`: the page says that it is one.
pub(super) fn found(page: &Page<'_>, facts: &Facts, article: bool) -> Root {
    let mut root = whole(page, facts);
    // What opens above the main element is not told from the rest.
    if let [only] = root.nodes[..] {
        match article.then(|| story::told(page, facts, only)).flatten() {
            Some(nodes) => root = Root { nodes, around: Some(only), rule: "story", to_the_letter: false },
            None => root.nodes.extend(listed(page, facts, only)),
        }
        let last = root.nodes.last().copied().unwrap_or(only);
        root.nodes.extend(offered(page, facts, last));
    }
    let root = headed(page, facts, root);
    told::elsewhere(page, facts, &root).unwrap_or(root)
}

/// The root with the page's own heading, which may stand above it. What the site's head is called is no heading of the page.
fn headed(page: &Page<'_>, facts: &Facts, mut root: Root) -> Root {
    let leads =
        |i: usize| page.within(i).any(|k| matches!(page.get(k).tag, Tag::Nav | Tag::Form | Tag::Input));
    let head = |i: usize| page.get(i).tag == Tag::Header && leads(i) || page.get(i).marks.any(Marks::HEAD);
    let own = |h1: &usize| facts.rule(*h1).is_none() && !page.ancestors(*h1).any(head);
    let apart = |h1: &usize| root.nodes.iter().all(|node| h1 < node);
    if let Some(h1) = facts.h1.filter(own).filter(apart) {
        root.nodes.insert(0, h1);
    }
    root
}

fn whole(page: &Page<'_>, facts: &Facts) -> Root {
    let one = |i: usize, rule| Root { nodes: vec![i], around: None, rule, to_the_letter: false };
    let worded = |i: &usize| facts.plain(page, *i) + facts.linked(page, *i) > 0;
    let all = |want: &dyn Fn(usize) -> bool| -> Vec<usize> {
        (0..page.nodes.len()).filter(|i| facts.rule(*i).is_none() && want(*i)).filter(worded).collect()
    };
    let mains = all(&|i| page.get(i).tag == Tag::Main || page.get(i).marks.any(Marks::ROLE_MAIN));
    if let Some(i) = best(page, facts, &mains).filter(|i| !follows(page, facts, *i)) {
        let own = narrowed(page, facts, i);
        if let Some(opening) = opening(page, facts, i) {
            return Root { nodes: vec![opening, i], ..one(own, "main") };
        }
        let mut nodes = continued(page, facts, own, &MAIN_OPENS);
        // Some pages have two, side by side.
        let beside = |m: &usize| {
            page.get(*m).tag == Tag::Main && page.get(*m).up == page.get(i).up && *m >= page.get(own).end
        };
        nodes.extend(
            mains.into_iter().filter(beside).filter(|m| facts.prose(page, *m) > 0 && !leads(page, *m)),
        );
        nodes.sort_unstable();
        nodes.dedup();
        return Root { nodes, ..one(own, "main") };
    }
    let named = all(&|i| page.get(i).marks.any(Marks::MAIN) && !page.get(i).tag.is_inline());
    let continued = |i: usize, rule| Root {
        nodes: continued(page, facts, i, &OPENS),
        around: None,
        rule,
        to_the_letter: false,
    };
    if let Some(i) = named_main(page, facts, &named) {
        let mut root = continued(narrowed(page, facts, i), "usual name");
        if let [only] = root.nodes[..] {
            root.nodes.extend(beside(page, facts, only));
        }
        return root;
    }
    if let Some(h1) = facts.h1.filter(|i| facts.rule(*i).is_none()) {
        let mut root = continued(around(page, facts, h1), "around the heading");
        if let [only] = root.nodes[..] {
            root.nodes = led_in(page, facts, only);
            if root.nodes.len() == 1 {
                root.nodes.extend(beside(page, facts, only));
            }
        }
        return root;
    }
    one(with_its_title(page, facts, densest(page, facts)), "most prose")
}

/// Whether what the heading stands above is said before a main element begins, which has less to say: a card may be
/// called so.
fn follows(page: &Page<'_>, facts: &Facts, main: usize) -> bool {
    let own =
        facts.prose(page, main).saturating_mul(4).max(facts.plain(page, main) + facts.linked(page, main));
    let before = |h1: usize| facts.prose_between(page.get(h1).end, main);
    facts.h1.is_some_and(|h1| page.get(h1).end <= main && before(h1) > own)
}

/// Of several main elements, the one with the heading, else the one with the most words.
fn best(page: &Page<'_>, facts: &Facts, among: &[usize]) -> Option<usize> {
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
fn named_main(page: &Page<'_>, facts: &Facts, among: &[usize]) -> Option<usize> {
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

/// A single article that holds the heading or most of the main element's words is the statement.
fn narrowed(page: &Page<'_>, facts: &Facts, root: usize) -> usize {
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
fn around(page: &Page<'_>, facts: &Facts, h1: usize) -> usize {
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
fn densest(page: &Page<'_>, facts: &Facts) -> usize {
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
