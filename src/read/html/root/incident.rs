//! The way back: where the part that was found names no incident and another part of the page does, the statement is
//! read from the heading to the end of that part. A short notice is easily outweighed by what readers say of it.
//!
//! Not here: how parts are found and weighed (`root`).

use crate::read::{
    cues,
    html::{
        dom::{Page, Tag},
        hints::Hints,
        prune::Facts,
        root::{further::with_its_title, place::Root},
    },
};

/// What leads elsewhere is told there, and a notice to all visitors is read as such.
const APART: Hints = Hints::NOTICE.with(Hints::ROLE_ALERT);

/// The root that tells of the incident, where the one found does not.
pub(super) fn elsewhere(page: &Page<'_>, facts: &Facts, root: &Root) -> Option<Root> {
    let inside = |k: usize| {
        let at = root.nodes.partition_point(|node| *node <= k);
        let before = at.checked_sub(1).and_then(|at| root.nodes.get(at));
        before.is_some_and(|node| k < page.get(*node).end.max(node + 1))
    };
    let apart = |k: usize| {
        let near = page.ancestors(k).take(4).any(|a| page.get(a).tag == Tag::A);
        near || page.ancestors(k).any(|a| page.get(a).hints.any(APART) && page.get(a).tag != Tag::Body)
    };
    let heading = facts.h1.filter(|h1| facts.rule(*h1).is_none());
    let from = heading.unwrap_or(0);
    let told = || facts.told.iter().copied().filter(|k| facts.rule(*k).is_none());
    if told().any(inside) {
        return None;
    }
    let mut parts = told().filter(|k| *k > from && !apart(*k)).map(|k| part(page, k));
    let first = parts.next()?;
    let last = parts.next_back().unwrap_or(first);
    let first = if heading.is_none() { with_its_title(page, facts, first) } else { first };
    let mut end = page.get(last).end.max(page.get(first).end);
    let mut start = heading.unwrap_or(first);
    // What was found may be said of it too.
    let said =
        root.nodes.iter().flat_map(|node| page.within(*node)).filter(|k| page.get(*k).tag == Tag::Text);
    if said.filter(|k| facts.rule(*k).is_none()).any(|k| cues::has_cue(page.get(k).text)) {
        start = root.nodes.iter().copied().fold(start, usize::min);
        end = root.nodes.iter().map(|node| page.get(*node).end).fold(end, usize::max);
    }
    let nodes = between(page, start, end);
    Some(Root { nodes, around: None, rule: "what names an incident", to_the_letter: false })
}

/// What a paragraph stands in with its neighbours.
fn part(page: &Page<'_>, text: usize) -> usize {
    let holds = |a: &usize| {
        let tag = page.get(*a).tag;
        !tag.is_inline()
            && !matches!(
                tag,
                Tag::P | Tag::Heading(_) | Tag::Li | Tag::List | Tag::Quote | Tag::Cell | Tag::Row
            )
    };
    page.ancestors(text)
        .find(holds)
        .filter(|a| !matches!(page.get(*a).tag, Tag::Body | Tag::Html))
        .unwrap_or(text)
}

/// The largest nodes that begin at one and end at the other, or stand between.
fn between(page: &Page<'_>, start: usize, end: usize) -> Vec<usize> {
    let mut nodes = Vec::new();
    let mut at = start;
    while at < end {
        if page.get(at).end <= end {
            nodes.push(at);
            at = page.get(at).end.max(at + 1);
        } else {
            at += 1;
        }
    }
    nodes
}
