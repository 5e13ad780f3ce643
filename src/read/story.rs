//! The story of a page that says it is an article: its own heading, what leads in, and the element that holds its
//! paragraphs. What such pages put above, beside and below (who wrote it, what else there is, what readers say) is not
//! the statement, and changes at every look.
//!
//! Only where the page itself says so, and only where there is a story to be told from the rest: paragraphs in a row,
//! most of the prose. A notice is read whole. Not here: which part of the page is looked at at all (`root`).

use rustc_hash::FxHashMap;

use super::{
    about,
    blocks::Raw,
    dates,
    dom::{Page, Tag},
    links,
    marks::Marks,
    prune::Facts,
    tidy::Left,
};
use crate::model::BlockKind;

/// So many paragraphs in one element are a story.
const RUN: usize = 4;
/// Of every hundred bytes of prose, so many are in the story.
const MOST: u64 = 60;

/// Whether a page says of itself that it is an article (Open Graph, schema.org).
pub(super) fn is_article(page: &Page<'_>, json_ld: &[String]) -> bool {
    const TYPES: [&str; 5] = [
        "\"NewsArticle\"",
        "\"Article\"",
        "\"BlogPosting\"",
        "\"ReportageNewsArticle\"",
        "\"WebPage\",\"Article\"",
    ];
    let kind = about::meta(page, "og:type").is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    kind || json_ld.iter().any(|block| TYPES.iter().any(|kind| block.contains(kind)))
}

/// The parts of a root that are the story, in the order of the page; none where the root is best read whole.
pub(super) fn told(page: &Page<'_>, facts: &Facts, root: usize) -> Option<Vec<usize>> {
    let leaves = leaves(page, facts, root);
    let all: u64 = leaves.iter().map(|i| weight(page, facts, *i)).sum();
    let body = body(page, facts, root, &leaves, all)?;
    let inside = |i: usize| i == body || page.within(body).contains(&i);
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
        let named = page.get(up).marks.any(Marks::NAMED_BODY);
        if up == root || !(goes_on || named) {
            break;
        }
        at = up;
    }
    let (_, count) = held(at);
    (at != root && count >= RUN && !matches!(page.get(at).tag, Tag::Body | Tag::Html)).then_some(at)
}

/// Whether it is within the story and not of it: what is said of a picture.
pub(super) fn is_beside(page: &Page<'_>, i: usize) -> bool {
    page.get(i).tag == Tag::Legend || page.get(i).marks.any(Marks::CAPTION)
}

/// Takes off what stands at both ends of a story and is no part of it: names, tags, links to more.
pub(super) fn trimmed(blocks: &mut Vec<Raw>) -> Vec<Left> {
    let more = |b: &Raw| {
        let offers = b.links.iter().any(|(_, to)| links::is_document(to));
        let linked: usize = b.links.iter().map(|(at, _)| at.len()).sum();
        let words = b.text.split(' ').count();
        let said = b.text.ends_with(['.', '!', '?', ':', '”']) && words >= 3 || words >= 20;
        !offers && !said && (b.all_links || linked * 2 > b.text.len() || words <= 2 || is_about(&b.text))
    };
    let mut left = Vec::new();
    let mut take = |b: Raw| left.push(Left { rule: "at the end of the story", node: b.node, text: b.text });
    while blocks.len() > 1 && blocks.last().is_some_and(more) {
        blocks.pop().into_iter().for_each(&mut take);
    }
    let start = usize::from(blocks.first().is_some_and(|b| b.kind == BlockKind::Heading));
    while blocks.len() > start + 1
        && blocks.get(start).is_some_and(|b| more(b) && b.kind != BlockKind::Heading)
    {
        take(blocks.remove(start));
    }
    left
}

/// Whether a line says how the page came about, by how it begins.
fn is_about(text: &str) -> bool {
    const LINES: [&str; 12] = [
        "by ",
        "image",
        "photo",
        "picture",
        "share",
        "tags",
        "tagged",
        "filed under",
        "related",
        "read more",
        "more:",
        "source:",
    ];
    const WHEN: [&str; 4] = ["published", "updated", "posted", "last updated"];
    let lower = super::clip(text, 40).to_lowercase();
    let begins = |lines: &[&str]| lines.iter().any(|line| lower.starts_with(line));
    // "Updated: we now know of 400 people" says more than when.
    begins(&LINES) || begins(&WHEN) && (dates::visible(text).is_some() || text.split(' ').count() <= 3)
}

/// Whether it is a sentence, rather than a line about the page.
fn is_said(page: &Page<'_>, i: usize) -> bool {
    let words = page.words(i, 4000);
    let ends = words.trim_end().ends_with(['.', '!', '?', '…', '”', '"']);
    (ends || words.split(' ').count() >= 8 && !is_about(&words))
        && !page.ancestors(i).take(4).chain([i]).any(|a| {
            page.get(a).element.is_some_and(|e| matches!(e.name(), "figure" | "figcaption" | "picture"))
        })
}
