//! The boxes that a page offers to pass it on: known by where their links lead, whatever they say and however they
//! are called.
//!
//! Not here: boxes known by their name (`hints`) or by their words (`boilerplate`).

use rustc_hash::{FxHashMap, FxHashSet};

use crate::read::html::dom::{Page, Tag};

/// Addresses that pass on a page: the host, and how the path goes on.
const WAYS: [(&str, &str); 22] = [
    ("facebook.com", "/sharer"),
    ("facebook.com", "/share"),
    ("facebook.com", "/dialog/"),
    ("twitter.com", "/intent/"),
    ("twitter.com", "/share"),
    ("twitter.com", "/home?status="),
    ("x.com", "/intent/"),
    ("linkedin.com", "/sharearticle"),
    ("linkedin.com", "/sharing/"),
    ("linkedin.com", "/cws/share"),
    ("pinterest.com", "/pin/create"),
    ("reddit.com", "/submit"),
    ("tumblr.com", "/share"),
    ("tumblr.com", "/widgets/share"),
    ("plus.google.com", "/share"),
    ("api.whatsapp.com", "/send"),
    ("web.whatsapp.com", "/send"),
    ("wa.me", "/?text="),
    ("t.me", "/share"),
    ("getpocket.com", "/save"),
    ("bsky.app", "/intent/"),
    ("addtoany.com", "/share"),
];

/// For each way to share after the first, so many words between them are about them.
const WORDS: usize = 4;
/// Of so many links one may lead elsewhere: what sharing is.
const MANY: usize = 3;

/// Whether an address passes the page on.
fn shares(href: &str) -> bool {
    let begins = |with: &str| href.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
    // Mail without anybody to send it to; applications of their own.
    if ["mailto:?", "whatsapp://send", "fb-messenger://share"].into_iter().any(begins) {
        return true;
    }
    // Most links of a page are its own.
    let Some((_, rest)) = href.split_once("//").filter(|(scheme, _)| scheme.len() <= 6) else { return false };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_of = |whose: &str| {
        let start = host.len().checked_sub(whose.len());
        start.and_then(|start| host.split_at_checked(start)).is_some_and(|(sub, own)| {
            own.eq_ignore_ascii_case(whose) && (sub.is_empty() || sub.ends_with('.'))
        })
    };
    let goes_on = |way: &str| path.get(..way.len()).is_some_and(|head| head.eq_ignore_ascii_case(way));
    WAYS.iter().any(|(whose, way)| is_of(whose) && goes_on(way))
}

/// Whether an address leads nowhere: what it does is up to a script.
fn is_idle(href: &str) -> bool {
    href.is_empty()
        || href.starts_with('#')
        || href.get(..11).is_some_and(|h| h.eq_ignore_ascii_case("javascript:"))
}

/// The largest elements that hold nothing but ways to share the page, or the heads under which it is filed (`rel=tag`,
/// Microformats), each with its rule; none of `kept` is taken.
pub(in crate::read) fn boxes(page: &Page<'_>, kept: &FxHashSet<usize>) -> FxHashMap<usize, &'static str> {
    let is_tag = |i: usize| {
        page.attr(i, "rel")
            .is_some_and(|rel| rel.split_ascii_whitespace().any(|rel| rel.eq_ignore_ascii_case("tag")))
    };
    let (mut ways, mut tags, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (i, _) in page.nodes.iter().enumerate().filter(|(_, node)| node.tag == Tag::A) {
        let Some(href) = page.attr(i, "href").map(str::trim) else { continue };
        if is_idle(href) {
            continue;
        }
        if shares(href) {
            ways.push(i);
        } else if is_tag(i) {
            tags.push(i);
        } else {
            others.push(i);
        }
    }
    let mut found = FxHashMap::default();
    largest(page, kept, &ways, [&tags, &others], "sharing", &mut found);
    largest(page, kept, &tags, [&ways, &others], "filed under", &mut found);
    found
}

/// The largest elements whose links are such ways, with hardly a word between them.
fn largest(
    page: &Page<'_>,
    kept: &FxHashSet<usize>,
    ways: &[usize],
    others: [&[usize]; 2],
    rule: &'static str,
    found: &mut FxHashMap<usize, &'static str>,
) {
    let within = |of: &[usize], i: usize| {
        let nodes = page.within(i);
        of.partition_point(|k| *k < nodes.end) - of.partition_point(|k| *k < nodes.start)
    };
    // Ways that stand side by side ask about the same elements.
    let mut known: FxHashMap<usize, bool> = FxHashMap::default();
    let mut until = 0;
    for &way in ways {
        if way < until {
            continue;
        }
        let mut is_box = |i: &usize| {
            *known.entry(*i).or_insert_with(|| {
                let (ways, others) =
                    (within(ways, *i), others.iter().map(|of| within(of, *i)).sum::<usize>());
                !kept.contains(i)
                    && page.get(*i).tag != Tag::Body
                    && others * MANY <= ways
                    && !says_more(page, *i, WORDS * ways.saturating_sub(1))
            })
        };
        let largest = page.ancestors(way).take_while(|i| is_box(i)).last().unwrap_or(way);
        until = page.get(largest).end;
        if !is_in_a_sentence(page, largest) {
            found.insert(largest, rule);
        }
    }
}

/// Whether words go on right before or behind it, in a paragraph that has more to say: no word is cut out of a sentence.
fn is_in_a_sentence(page: &Page<'_>, i: usize) -> bool {
    const GOES_ON: usize = 3;
    const SAYS: usize = 12;
    let up = page.get(i).up;
    let beside = |k: usize| {
        page.get(k).tag == Tag::Text && page.get(k).text.split_ascii_whitespace().nth(GOES_ON - 1).is_some()
    };
    let next = page.get(i).end;
    page.get(i).tag.is_inline()
        && (page.before(i).is_some_and(beside) || next < page.get(up).end && beside(next))
        && says_more(page, up, SAYS)
}

/// Whether more words than `spare` stand in it outside links, or a sentence ended as such.
fn says_more(page: &Page<'_>, i: usize, spare: usize) -> bool {
    let (mut words, mut link_until) = (0, 0);
    for k in page.within(i) {
        let node = page.get(k);
        match node.tag {
            Tag::A | Tag::Button => link_until = node.end.max(link_until),
            Tag::Text if k >= link_until && !page.get(node.up).tag.is_silent() => {
                let text = node.text.trim();
                let count = text.split_ascii_whitespace().count();
                words += count;
                if words > spare || count > 2 && text.ends_with(['.', '!', '?']) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// Whether a sentence, ended as such, stands in it outside links.
pub(in crate::read) fn has_sentence(page: &Page<'_>, i: usize) -> bool {
    says_more(page, i, usize::MAX)
}
