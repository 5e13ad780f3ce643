//! Where the statement stands on a page.
//!
//! Not here: what is left out of it (`prune`) and how it is cut into blocks (`blocks`). No lengths are asked for
//! anywhere: a notice of one sentence is a notice.

mod chosen;
mod extent;
mod further;
mod incident;
mod named;
mod place;

use crate::read::html::{
    article,
    dom::{Page, Tag},
    hints::Hints,
    prune::Facts,
};
pub(in crate::read) use chosen::{matches, selected};
use extent::{around, densest, narrowed};
use further::{
    MAIN_OPENS, OPENS, beside, continued, leads, led_in, listed, offered, opening, with_its_title,
};
use named::{best, named_main};
pub(in crate::read) use place::Root;

/// Finds the statement without help; `article`: the page says that it is one.
pub(in crate::read) fn found(page: &Page<'_>, facts: &Facts, article: bool) -> Root {
    let mut root = whole(page, facts);
    // What opens above the main element is not told from the rest.
    if let [only] = root.nodes[..] {
        match article.then(|| article::parts(page, facts, only)).flatten() {
            Some(nodes) => root = Root { nodes, around: Some(only), rule: "story", to_the_letter: false },
            None => root.nodes.extend(listed(page, facts, only)),
        }
        let last = root.nodes.last().copied().unwrap_or(only);
        root.nodes.extend(offered(page, facts, last));
    }
    let root = headed(page, facts, root);
    incident::elsewhere(page, facts, &root).unwrap_or(root)
}

/// The root with the page's own heading, which may stand above it. What the site's head is called is no heading of the page.
fn headed(page: &Page<'_>, facts: &Facts, mut root: Root) -> Root {
    let leads =
        |i: usize| page.within(i).any(|k| matches!(page.get(k).tag, Tag::Nav | Tag::Form | Tag::Input));
    let head = |i: usize| page.get(i).tag == Tag::Header && leads(i) || page.get(i).hints.any(Hints::HEAD);
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
    let mains = all(&|i| page.get(i).tag == Tag::Main || page.get(i).hints.any(Hints::ROLE_MAIN));
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
    let named = all(&|i| page.get(i).hints.any(Hints::MAIN) && !page.get(i).tag.is_inline());
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
