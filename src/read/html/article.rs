//! The story of a page that says it is an article: its own heading, what leads in, and the element that holds its
//! paragraphs. What such pages put above, beside and below (who wrote it, what else there is, what readers say) is not
//! the statement, and changes at every look.
//!
//! Only where the page itself says so, and only where there is a story to be told from the rest: paragraphs in a row,
//! most of the prose. A notice is read whole. Not here: which part of the page is looked at at all (`root`).

mod ends;
mod lines;

use rustc_hash::FxHashMap;

use crate::read::html::{
    dom::{Page, Tag},
    hints::Hints,
    links,
    prune::Facts,
};
pub(in crate::read) use ends::trim;

/// So many paragraphs in one element are a story.
const RUN: usize = 4;
/// Of every hundred bytes of prose, so many are in the story.
const MOST: u64 = 60;
/// And so many in an element that is called the story.
const NEARLY_ALL: u64 = 85;

/// Whether a page says of itself that it is an article (Open Graph, schema.org).
pub(in crate::read) fn is_article(page: &Page<'_>, json_ld: &[String]) -> bool {
    const TYPES: [&str; 5] = [
        "\"NewsArticle\"",
        "\"Article\"",
        "\"BlogPosting\"",
        "\"ReportageNewsArticle\"",
        "\"WebPage\",\"Article\"",
    ];
    let kind = page.meta("og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    kind || json_ld.iter().any(|block| TYPES.iter().any(|kind| block.contains(kind)))
}

/// The parts of a root that are the story, in the order of the page; none where the root is best read whole.
pub(in crate::read) fn parts(page: &Page<'_>, facts: &Facts, root: usize) -> Option<Vec<usize>> {
    let leaves = leaves(page, facts, root);
    let all: u64 = leaves.iter().map(|i| weight(page, facts, *i)).sum();
    let body = body(page, facts, root, &leaves, all).or_else(|| named(page, facts, root, all))?;
    // A gallery may have more to say than a short notice.
    if leaves.iter().any(|leaf| facts.tells(page, *leaf)) && !facts.tells(page, body) {
        return None;
    }
    // Of a root that is the story itself, all that it offers is its own.
    let inside = |i: usize| body != root && (i == body || page.within(body).contains(&i));
    // Documents that the page offers beside its story belong to it.
    let offers = page.within(root).any(|i| {
        page.get(i).tag == Tag::A
            && !inside(i)
            && facts.rule(i).is_none()
            && page.attr(i, "href").is_some_and(links::is_document)
    });
    if offers {
        return None;
    }
    if body == root {
        return Some(vec![root]);
    }
    let heading = facts.h1.filter(|h| page.within(root).contains(h) && !inside(*h));
    let from = heading.unwrap_or(body);
    // Between the heading and the story, sentences lead in; who wrote it, and when, does not.
    let leads = leaves.iter().copied().filter(|i| *i > from && *i < body && is_said(page, *i));
    let mut nodes: Vec<usize> = heading.into_iter().chain(leads).collect();
    nodes.push(body);
    Some(nodes)
}

/// Elements of prose that hold no other block.
fn leaves(page: &Page<'_>, facts: &Facts, root: usize) -> Vec<usize> {
    let block = |i: usize| !page.get(i).tag.is_inline() && page.get(i).tag != Tag::Br;
    let candidates = page.within(root).filter(|i| {
        matches!(page.get(*i).tag, Tag::P | Tag::Block | Tag::Li | Tag::Quote | Tag::Heading(2..))
            && facts.rule(*i).is_none()
            && facts.prose(page, *i) > 0
    });
    candidates.filter(|i| !page.within(*i).any(block)).collect()
}

fn weight(page: &Page<'_>, facts: &Facts, i: usize) -> u64 {
    u64::from(facts.prose(page, i))
}

/// The smallest element that holds most of the prose, several leaves of it.
fn body(page: &Page<'_>, facts: &Facts, root: usize, leaves: &[usize], all: u64) -> Option<usize> {
    let mut by_parent: FxHashMap<usize, (u64, usize)> = FxHashMap::default();
    for &leaf in leaves {
        let up = page.ancestors(leaf).find(|a| !page.get(*a).tag.is_inline())?;
        let (bytes, count) = by_parent.entry(up).or_default();
        *bytes += weight(page, facts, leaf);
        *count += 1;
    }
    let (&start, _) = by_parent.iter().max_by_key(|(i, (bytes, _))| (*bytes, std::cmp::Reverse(**i)))?;
    let held = |i: usize| -> (u64, usize) {
        let within = leaves.iter().filter(|leaf| page.within(i).contains(leaf));
        within.fold((0, 0), |(bytes, count), leaf| (bytes + weight(page, facts, *leaf), count + 1))
    };
    let mut at = start;
    while held(at).0 * 100 < all * MOST {
        if at == root {
            return None;
        }
        at = page.get(at).up;
    }
    // A story in several parts: what else stands in the same frame, paragraphs in a row, goes on with it.
    while at != root {
        let up = page.get(at).up;
        let (bytes, count) = held(up);
        let (own, own_count) = held(at);
        let goes_on = count >= own_count + RUN && (bytes - own) * 100 >= bytes * 15;
        let named = page.get(up).hints.any(Hints::NAMED_BODY);
        if up == root || !(goes_on || named) {
            break;
        }
        at = up;
    }
    let (_, count) = held(at);
    (count >= RUN && !matches!(page.get(at).tag, Tag::Body | Tag::Html)).then_some(at)
}

/// The only element called the body of an article, of however few paragraphs: nearly all prose stands in it, and what
/// stands beside it leads elsewhere more than it says.
fn named(page: &Page<'_>, facts: &Facts, root: usize, all: u64) -> Option<usize> {
    let mut bodies =
        page.within(root).filter(|i| page.get(*i).hints.any(Hints::NAMED_BODY) && facts.prose(page, *i) > 0);
    let (Some(only), None) = (bodies.next(), bodies.next()) else { return None };
    let beside = |sum: &dyn Fn(usize) -> u32| sum(root).saturating_sub(sum(only));
    let leads = beside(&|i| facts.linked(page, i)) > beside(&|i| facts.plain(page, i));
    (leads && weight(page, facts, only) * 100 >= all * NEARLY_ALL).then_some(only)
}

/// Whether it is within the story and not of it: what is said of a picture, who wrote it, where it is filed.
pub(in crate::read) fn is_beside(page: &Page<'_>, facts: &Facts, i: usize) -> bool {
    let node = page.get(i);
    node.tag == Tag::Legend
        || node.hints.any(Hints::CAPTION)
        || node.hints.any(Hints::BYLINE)
            && !node.hints.any(Hints::BODY.with(Hints::NAMED_BODY))
            && facts.prose(page, i) == 0
}

/// Whether it is a sentence, rather than a line about the page.
fn is_said(page: &Page<'_>, i: usize) -> bool {
    let words = page.words(i, 4000);
    let ends = words.trim_end().ends_with(['.', '!', '?', '…', '”', '"']);
    (ends || words.split(' ').count() >= 8 && !ends::is_about(&words))
        && !page.ancestors(i).take(4).chain([i]).any(|a| {
            page.get(a).element.is_some_and(|e| matches!(e.name(), "figure" | "figcaption" | "picture"))
        })
}
