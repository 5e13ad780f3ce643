//! What is furniture wherever it stands: menus, feet, consent, sharing, forms, what is hidden. One pass over the
//! page; every node dropped has a rule with a name.
//!
//! Not here: which part of the rest is the statement (`root`), and what words say of themselves (`boilerplate`).
//! The rules stand in `rules`, what they ask about an element in `asked`, `weight` and `panels`.

mod asked;
mod panels;
mod places;
mod rules;
mod sums;
mod weight;

use rustc_hash::FxHashSet;

use crate::read::{
    cues::names_an_incident,
    html::{
        dom::{Page, Tag},
        hints::Hints,
        sharing,
    },
};
use rules::Rules;
use sums::{between, sums};

/// What one pass found out about each node.
#[derive(Debug)]
pub(in crate::read) struct Facts {
    /// The rule that drops a node and all in it.
    pub(in crate::read) dropped: Vec<Option<&'static str>>,
    /// The page's heading, where there is one.
    pub(in crate::read) h1: Option<usize>,
    /// Where a skip link leads: below it the page's own words begin.
    pub(in crate::read) start: Option<usize>,
    /// The sentences that name an incident, dropped or not.
    pub(in crate::read) told: Vec<usize>,
    /// Bytes of words outside links, up to each node.
    plain: Vec<u32>,
    /// Bytes of words in links, those to documents not counted, up to each node.
    linked: Vec<u32>,
    /// Bytes of words in text of a sentence's shape outside links, and of links to documents, up to each node.
    prose: Vec<u32>,
}

/// Whether a node is a sentence that names an incident.
fn names_incident(page: &Page<'_>, i: usize) -> bool {
    let words = page.get(i).text.trim();
    page.get(i).tag == Tag::Text && words.ends_with('.') && sums::is_prose(words) && names_an_incident(words)
}

/// Whether any of some nodes, in order, stands in one.
fn holds(some: &[usize], page: &Page<'_>, i: usize) -> bool {
    let within = page.within(i);
    some.get(some.partition_point(|k| *k < within.start)).is_some_and(|k| *k < within.end)
}

/// The nodes whose words are not weighed against those of other parts: what is dropped, and notices at the top of the
/// page, which come and go, where the incident is named elsewhere.
fn counted(
    page: &Page<'_>,
    dropped: &[Option<&'static str>],
    told: &[usize],
    kept: &FxHashSet<usize>,
) -> Vec<Option<&'static str>> {
    let mut all = dropped.to_vec();
    let outermost = |i: &usize| matches!(page.get(page.get(*i).up).tag, Tag::Body | Tag::Header);
    let notice = |i: &usize| page.get(*i).hints.any(Hints::NOTICE | Hints::ROLE_ALERT) && !kept.contains(i);
    for i in (0..page.nodes.len()).filter(notice).filter(outermost) {
        let within = i..page.get(i).end.min(page.nodes.len());
        let elsewhere = |k: &usize| !within.contains(k) && dropped.get(*k).is_some_and(Option::is_none);
        if told.iter().any(elsewhere) {
            all.get_mut(within).into_iter().for_each(|nodes| nodes.fill(Some("not weighed")));
        }
    }
    all
}

/// What the rules say of each node.
fn dropped(rules: &Rules<'_, '_>) -> Vec<Option<&'static str>> {
    let n = rules.page.nodes.len();
    let mut dropped = vec![None; n];
    let mut i = 0;
    while i < n {
        let end = rules.page.get(i).end.clamp(i + 1, n);
        let rule = rules.rule(i);
        let mut fill = |from: usize, until: usize, rule| {
            dropped.get_mut(from..until).into_iter().for_each(|nodes: &mut [_]| nodes.fill(Some(rule)));
        };
        match rule {
            // A column beside the statement may have a box with the number to ring among its links.
            Some(rule @ ("beside" | "aside")) if rules.page.children(i).any(|k| rules.calls(k)) => {
                let others = rules.page.children(i).filter(|k| !rules.calls(*k));
                others.for_each(|k| fill(k, rules.page.get(k).end.clamp(k + 1, n), rule));
                i += 1;
            }
            Some(rule) => {
                fill(i, end, rule);
                i = end;
            }
            None => i += 1,
        }
    }
    dropped
}

impl Facts {
    /// Bytes of undropped words outside links in a node.
    pub(in crate::read) fn plain(&self, page: &Page<'_>, i: usize) -> u32 {
        between(&self.plain, page, i)
    }

    /// Bytes of undropped words inside links in a node.
    pub(in crate::read) fn linked(&self, page: &Page<'_>, i: usize) -> u32 {
        between(&self.linked, page, i)
    }

    /// Bytes of undropped prose in a node.
    pub(in crate::read) fn prose(&self, page: &Page<'_>, i: usize) -> u32 {
        between(&self.prose, page, i)
    }

    /// Bytes of undropped prose from one node up to another.
    pub(in crate::read) fn prose_between(&self, from: usize, until: usize) -> u32 {
        let at = |i: usize| self.prose.get(i).copied().unwrap_or(0);
        at(until).saturating_sub(at(from))
    }

    /// The rule that drops a node, or one it stands in.
    pub(in crate::read) fn rule(&self, i: usize) -> Option<&'static str> {
        self.dropped.get(i).copied().flatten()
    }

    /// Whether a node is never words, whoever chose it: media, fields, what browsers do not show.
    pub(in crate::read) fn never(&self, page: &Page<'_>, i: usize) -> bool {
        page.get(i).tag.is_silent() || self.rule(i) == Some("no words")
    }

    /// Whether a sentence that names an incident stands in a node, dropped or not.
    pub(in crate::read) fn tells(&self, page: &Page<'_>, i: usize) -> bool {
        holds(&self.told, page, i)
    }

    /// Whether any words are left on the page at all.
    pub(in crate::read) fn has_words(&self, page: &Page<'_>) -> bool {
        self.plain(page, 0) + self.linked(page, 0) > 0
    }

    /// Looks at every node of a page.
    pub(in crate::read) fn collect(page: &Page<'_>) -> Self {
        let n = page.nodes.len();
        let raw = sums(page, &vec![None; n]);
        let h1 = places::heading(page);
        let mut kept = FxHashSet::default();
        let mains = page
            .nodes
            .iter()
            .enumerate()
            .filter(|(_, n)| n.tag == Tag::Main || n.hints.any(Hints::ROLE_MAIN));
        for i in h1.into_iter().chain(mains.map(|(i, _)| i).take(8)) {
            kept.insert(i);
            kept.extend(page.ancestors(i));
        }
        let told: Vec<usize> = (0..n).filter(|i| names_incident(page, *i)).collect();
        let mut rules = Rules {
            page,
            plain: &raw.0,
            linked: &raw.1,
            prose: &raw.2,
            all: rules::all(page, &raw.0, &raw.2, &kept),
            fields: sums::fields(page),
            kept: &kept,
            opened: &page.opened,
            boxes: {
                let mut boxes = sharing::boxes(page, &kept);
                boxes.extend(places::consents(page, &kept).map(|i| (i, "consent")));
                boxes
            },
            article: rules::article(page, &raw.2),
            teased: rules::teased(page, &raw.0, &raw.1, h1),
            h1,
            told: &told,
            forgiving: false,
        };
        let mut dropped = dropped(&rules);
        let gone = |k: &usize| dropped.get(*k).is_some_and(Option::is_some);
        if !told.is_empty() && told.iter().all(gone) {
            rules.forgiving = true;
            dropped = self::dropped(&rules);
        }
        let (plain, linked, prose) = sums(page, &counted(page, &dropped, &told, &kept));
        Self { dropped, h1, start: places::start(page), told, plain, linked, prose }
    }
}
