//! Site-wide notices and alerts outside the statement: a part of their own, never the statement.
//!
//! Also where the served markup hides them by a class that script would remove; not where an attribute or a style
//! hides them: those are templates for what may go wrong. Not here: what they mean.

use std::collections::BTreeSet;

use url::Url;

use crate::{
    read::{
        cues,
        html::{
            blocks::{self, Raw},
            boilerplate,
            consent::{self, Place},
            dom::{Page, Tag},
            hints::Hints,
            prune::Facts,
            root::Root,
        },
    },
    text::{Language, calendar},
};

/// The most notices of one page that are read.
const MOST: usize = 24;

/// The outermost elements that are notices: outside the statement, or within it above the page's heading.
pub(in crate::read) fn find(page: &Page<'_>, facts: &Facts, root: &Root) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut i = 0;
    while i < page.nodes.len() && found.len() < MOST {
        let end = page.get(i).end.max(i + 1);
        if page.get(i).tag == Tag::Text {
            i += 1;
        } else if never(page, i) && !holds_statement(page, facts, root, i) {
            i = end;
        } else if (is_notice(page, i) || opens_the_page(page, facts, root, i))
            && place(page, facts, root, i)
            && worded(page, i)
        {
            if !asks_consent(page, i) {
                found.insert(i);
            }
            i = end;
        } else {
            i += 1;
        }
    }
    found
}

/// The words of the notices.
pub(in crate::read) fn read(page: &Page<'_>, facts: &Facts, found: &BTreeSet<usize>, base: &Url) -> Vec<Raw> {
    let drops = |i: usize| {
        let node = page.get(i);
        matches!(node.tag, Tag::Void | Tag::Input | Tag::Button | Tag::Label | Tag::Nav)
            || node.hints.any(Hints::HIDDEN | Hints::FADED | Hints::UNSEEN | Hints::SHARE)
    };
    let mut read: Vec<Raw> = found.iter().flat_map(|i| blocks::read(page, *i, base, &drops)).collect();
    read.retain(|block| !boilerplate::is_aside(block));
    read.extend(in_the_foot(page, facts, base));
    read
}

/// Whether the statement or the page's heading stands within a node: its own names say nothing of what is in it.
fn holds_statement(page: &Page<'_>, facts: &Facts, root: &Root, i: usize) -> bool {
    let within = page.within(i);
    root.nodes.iter().any(|r| *r == i || within.contains(r))
        || facts.h1.is_some_and(|h| h == i || within.contains(&h))
}

/// What the site's foot says of closures and the like, on a day: some sites have no other place for it.
fn in_the_foot(page: &Page<'_>, facts: &Facts, base: &Url) -> Vec<Raw> {
    const CUES: [&str; 7] =
        ["closed", "closure", "suspended", "unavailable", "disruption", "cancelled", "ar gau"];
    const DAYS: [&str; 7] = ["christmas", "new year", "easter", "bank holiday", "nadolig", "pasg", "today"];
    let foot = |i: &usize| {
        matches!(facts.rule(*i), Some("footer" | "foot")) && facts.rule(page.get(*i).up).is_none()
    };
    let drops = |i: usize| matches!(page.get(i).tag, Tag::Void | Tag::Input | Tag::Button | Tag::Nav);
    let tells = |raw: &Raw| {
        let text = raw.text.to_lowercase();
        let dated = calendar::months(Language::English).chain(DAYS).any(|day| text.contains(day));
        !raw.all_links && CUES.iter().any(|c| text.contains(c)) && dated
    };
    let read = (0..page.nodes.len()).filter(foot).flat_map(|i| blocks::read(page, i, base, &drops));
    read.filter(tells).take(MOST).collect()
}

/// Whether nothing in a node can be a notice to all visitors.
fn never(page: &Page<'_>, i: usize) -> bool {
    let node = page.get(i);
    matches!(node.tag, Tag::Void | Tag::Head | Tag::Input | Tag::Button | Tag::Nav)
        || page.attr(i, "role").is_some_and(|r| r == "button")
        || node.hints.any(Hints::HIDDEN | Hints::FADED) && !is_uncovered(page, i)
        || node.hints.any(Hints::SEARCH | Hints::SHARE | Hints::CHAT)
        || (node.hints.any(Hints::CONSENT) && !page.get(i).tag.is_inline() && about_consent(page, i))
}

/// Whether what is hidden is no template: a notice of the whole site, or one that names an incident, waits for script to
/// show it.
fn is_uncovered(page: &Page<'_>, i: usize) -> bool {
    is_notice(page, i) && (is_site_wide(page, i) || cues::names_an_incident(&page.words(i, 400)))
}

fn is_site_wide(page: &Page<'_>, i: usize) -> bool {
    const MACHINERY: [&str; 3] = ["data-notifications", "data-alert-id", "data-dismiss-alert-token"];
    page.get(i).hints.any(Hints::SITE_WIDE) || MACHINERY.iter().any(|m| page.attr(i, m).is_some())
}

/// Whether it stands above the statement and tells of an incident, whatever it is called: the smallest part that does,
/// of few words, which leads elsewhere less than it says.
fn opens_the_page(page: &Page<'_>, facts: &Facts, root: &Root, i: usize) -> bool {
    /// Bytes of what is no strip above a page any more.
    const MOST: usize = 600;
    let node = page.get(i);
    if !matches!(node.tag, Tag::Block | Tag::P | Tag::Li | Tag::Row) || !facts.tells(page, i) {
        return false;
    }
    let before = root.nodes.iter().all(|r| i < *r) && facts.h1.is_none_or(|h1| i < h1);
    let within = |a: usize| {
        matches!(page.get(a).tag, Tag::Article | Tag::A | Tag::Nav | Tag::Main)
            || page.get(a).hints.any(Hints::PROMO | Hints::SIDE | Hints::MAIN)
    };
    let words = page.words(i, MOST + 1).len();
    let linked = || -> usize {
        page.within(i).filter(|k| page.get(*k).tag == Tag::A).map(|k| page.words(k, MOST).len()).sum()
    };
    before && words <= MOST && linked() * 2 < words && !page.ancestors(i).chain([i]).any(within)
}

/// Whether what is named after consent speaks of consent; some sites use one box for both.
fn about_consent(page: &Page<'_>, i: usize) -> bool {
    let words = page.words(i, 2000).to_lowercase();
    consent::is_about(&words, Place::Named) || words.is_empty()
}

/// Whether a box of any name asks for consent to cookies.
fn asks_consent(page: &Page<'_>, i: usize) -> bool {
    let words = page.words(i, 2000).to_lowercase();
    words.matches("cookie").take(2).count() > 1 && consent::asks(&words, Place::Notice)
}

fn is_notice(page: &Page<'_>, i: usize) -> bool {
    let node = page.get(i);
    // What advertises is called a banner too.
    if node.hints.any(Hints::PROMO) && !cues::names_an_incident(&page.words(i, 400)) {
        return false;
    }
    let named = node.hints.any(Hints::NOTICE | Hints::ROLE_ALERT)
        || (node.hints.any(Hints::CONSENT) && !about_consent(page, i))
        // A box laid over the page is a notice where it says what has happened.
        || (node.hints.any(Hints::DIALOG) && cues::names_an_incident(&page.words(i, 400)));
    // A notice may be a link as a whole.
    let is_link = || {
        let words = page.words(i, 400);
        words.split(' ').count() > 5 && cues::names_an_incident(&words)
    };
    named
        && (node.tag != Tag::A || is_link())
        && !matches!(node.tag, Tag::Html | Tag::Body | Tag::Main | Tag::Heading(_) | Tag::Text | Tag::Form)
}

/// Outside the statement; or within it before its heading. What a person selected is content whatever its name.
fn place(page: &Page<'_>, facts: &Facts, root: &Root, i: usize) -> bool {
    if holds_statement(page, facts, root, i) {
        return false;
    }
    let holds = |outer: usize, inner: usize| outer == inner || page.within(outer).contains(&inner);
    let inside = root.nodes.iter().any(|r| holds(*r, i));
    let above =
        facts.h1.into_iter().chain(facts.start).any(|h| i < h && root.nodes.iter().any(|r| holds(*r, h)));
    (!inside || ((above || is_site_wide(page, i)) && !root.to_the_letter)) && !in_form(page, i)
}

fn in_form(page: &Page<'_>, i: usize) -> bool {
    page.ancestors(i).any(|a| page.get(a).hints.any(Hints::SEARCH | Hints::FEEDBACK))
}

/// Whether it has words that are more than a name: three of them, or what stands on a closed door.
fn worded(page: &Page<'_>, i: usize) -> bool {
    const SHUT: [&str; 12] = [
        "closed",
        "shut",
        "down",
        "offline",
        "cancelled",
        "suspended",
        "ar gau",
        "fermé",
        "geschlossen",
        "gesloten",
        "cerrado",
        "chiuso",
    ];
    let hidden = |k: &usize| {
        let covers = |a: &usize| *a > i && page.get(*a).hints.any(Hints::HIDDEN | Hints::FADED);
        page.get(*k).tag == Tag::Text && !page.ancestors(*k).any(|a| covers(&a))
    };
    let shown: Vec<&str> =
        page.within(i).filter(hidden).flat_map(|k| page.get(k).text.split_whitespace()).take(400).collect();
    let text = shown.join(" ").to_lowercase();
    shown.len() >= 3 || SHUT.iter().any(|word| text.contains(word))
}
