//! What is left at the edges of the statement and says of itself that it is furniture: "Share this page", "Back to
//! top", trails of links before the heading, and what the site's memory knows to come and go.
//!
//! Not here: furniture known by its markup (`prune`).

use rustc_hash::FxHashMap;

use super::{about::About, blocks::Raw, cues::has_cue};
use crate::model::{Block, BlockKind, Memory, fold};

/// A block left out, and by which rule.
#[derive(Debug, Clone)]
pub(super) struct Left {
    /// The rule.
    pub(super) rule: &'static str,
    /// The element it began in.
    pub(super) node: usize,
    /// Its words.
    pub(super) text: String,
}

/// Words of pages about themselves, whole blocks, as keys.
const TOOLS: [&str; 62] = [
    "share this page",
    "share this",
    "share",
    "share:",
    "share this article",
    "share this story",
    "share on",
    "share on facebook",
    "share on twitter",
    "share by email",
    "facebook",
    "twitter",
    "linkedin",
    "whatsapp",
    "email",
    "email this page",
    "email a friend",
    "send to a friend",
    "tweet",
    "tweet this",
    "print",
    "print this page",
    "print page",
    "print this",
    "printer friendly",
    "printable version",
    "back to top",
    "top of page",
    "top",
    "back to top of page",
    "return to top",
    "go to top",
    "^ top",
    "back",
    "go back",
    "skip to content",
    "skip to main content",
    "skip navigation",
    "skip to navigation",
    "jump to content",
    "close",
    "menu",
    "search",
    "listen",
    "read aloud",
    "you are here",
    "you are here:",
    "home",
    "is this page useful?",
    "was this page useful?",
    "was this page helpful?",
    "is this page helpful?",
    "did you find what you were looking for?",
    "rate this page",
    "give us feedback",
    "report a problem with this page",
    "next page",
    "previous page",
    "increase text size",
    "decrease text size",
    "add this",
    "accessibility tools",
];

/// Headings of teasers, as keys: what is new elsewhere on the site.
const TEASERS: [&str; 44] = [
    "latest news",
    "news",
    "related news",
    "more news",
    "other news",
    "recent news",
    "news headlines",
    "latest headlines",
    "headlines",
    "top stories",
    "latest stories",
    "related stories",
    "more stories",
    "other stories",
    "recent posts",
    "latest posts",
    "related posts",
    "related articles",
    "related content",
    "articles liés",
    "more like this",
    "you may also like",
    "you might also like",
    "most popular",
    "popular pages",
    "most read",
    "trending",
    "upcoming events",
    "events",
    "latest events",
    "what's on",
    "twitter",
    "tweets",
    "latest tweets",
    "follow us",
    "follow us on twitter",
    "facebook",
    "social media",
    "recent comments",
    "recent articles",
    "latest articles",
    "newyddion diweddaraf",
    "newyddion",
    "actualités",
];

/// How such headings begin when they go on: "Latest news from our schools".
const OF_TEASERS: [&str; 19] = [
    "latest news from",
    "latest from",
    "more from",
    "more news from",
    "other news from",
    "recent news from",
    "you may also be",
    "you might also be",
    "people who viewed",
    "people also",
    "customers also",
    "customers who",
    "similar items",
    "similar products",
    "related products",
    "related items",
    "explore related",
    "recently viewed",
    "frequently bought",
];

fn heads_teasers(key: &str) -> bool {
    TEASERS.contains(&key) || OF_TEASERS.iter().any(|begins| key.starts_with(begins))
}

/// Whether they are cards: headings that lead elsewhere, each with a paragraph at most. News of an incident is told.
fn are_cards(blocks: &[Raw]) -> bool {
    let leads = |b: &Raw| b.kind == BlockKind::Heading && b.all_links;
    let says = |b: &Raw| b.kind == BlockKind::Paragraph || b.all_links;
    blocks.first().is_some_and(leads)
        && blocks.iter().all(|b| leads(b) || says(b))
        && blocks.windows(2).all(|two| two.iter().any(leads))
        && !blocks.iter().any(|b| has_cue(&b.text))
}

/// Takes out the teasers that stand within the statement: such a heading with nothing but links below it. Where
/// they are most of what is there, the page is that list.
fn teasers(blocks: &mut Vec<Raw>, left: &mut Vec<Left>) {
    let words = |b: &[Raw]| b.iter().map(|b| b.text.len()).sum::<usize>();
    let mut at = 0;
    while at < blocks.len() {
        let Some(head) = blocks.get(at) else { break };
        let level = head.level;
        let key = if head.text.len() <= 40 { fold(&head.text) } else { String::new() };
        if head.kind != BlockKind::Heading || !heads_teasers(&key) {
            at += 1;
            continue;
        }
        let rest = blocks.get(at + 1..).unwrap_or(&[]);
        let end = rest.iter().position(|b| b.kind == BlockKind::Heading && b.level <= level && !b.all_links);
        let end = at + 1 + end.unwrap_or(rest.len());
        let below = blocks.get(at + 1..end).unwrap_or(&[]);
        // A few words without a link may be a date or a source; where no block is a link, they are what is told.
        let aside = |b: &Raw| b.text.len() <= 32 && !b.text.ends_with('.');
        let teased = below.iter().all(|b| b.all_links || aside(b))
            && (below.is_empty() || below.iter().any(|b| b.all_links))
            || OF_TEASERS.iter().any(|of| key.starts_with(of)) && are_cards(below);
        if teased && words(below) * 2 < words(blocks) {
            left.extend(blocks.drain(at..end).map(|b| Left {
                rule: "teasers by their heading",
                node: b.node,
                text: b.text,
            }));
        } else {
            at = end;
        }
    }
}

/// Takes furniture out of the blocks; gives what was taken.
pub(super) fn tidy(blocks: &mut Vec<Raw>, about: &About, memory: &Memory) -> Vec<Left> {
    let mut left = Vec::new();
    let before_heading = heading_at(blocks, about);
    let edges_of = tool_edges(blocks, before_heading);
    let mut at = 0;
    blocks.retain(|b| {
        let here = at;
        at += 1;
        let rule = rule(b, here < before_heading, !edges_of.contains(&here));
        left.extend(rule.map(|rule| Left { rule, node: b.node, text: b.text.clone() }));
        rule.is_none()
    });
    repeated(blocks, &mut left);
    teasers(blocks, &mut left);
    if !memory.furniture.is_empty() {
        edges(blocks, memory, &mut left);
    }
    left
}

/// So many blocks in a row, with so many bytes, that stand on the page before are there for another width of screen.
const ROW: usize = 6;
const ROW_BYTES: usize = 600;

/// Takes out what the page says a second time, block for block.
fn repeated(blocks: &mut Vec<Raw>, left: &mut Vec<Left>) {
    let mut seen: FxHashMap<Vec<&str>, usize> = FxHashMap::default();
    let mut again = vec![false; blocks.len()];
    for (at, row) in blocks.windows(ROW).enumerate() {
        let row: Vec<&str> = row.iter().map(|b| b.text.as_str()).collect();
        let bytes: usize = row.iter().map(|text| text.len()).sum();
        let first = *seen.entry(row).or_insert(at);
        if first + ROW <= at && bytes >= ROW_BYTES {
            again.iter_mut().skip(at).take(ROW).for_each(|again| *again = true);
        }
    }
    let mut again = again.into_iter();
    blocks.retain(|b| {
        let again = again.next().unwrap_or(false);
        if again {
            left.push(Left { rule: "said before, word for word", node: b.node, text: b.text.clone() });
        }
        !again
    });
}

fn heading_at(blocks: &[Raw], about: &About) -> usize {
    let is = |b: &Raw| {
        b.kind == BlockKind::Heading
            && b.level == 1
            && (about.heading.is_empty() || about.heading.starts_with(super::clip(&b.text, 40)))
    };
    blocks.iter().position(is).unwrap_or(0)
}

/// The blocks between the runs of page tools at both ends. "Email" in a list of what is down is no tool.
fn tool_edges(blocks: &[Raw], heading: usize) -> std::ops::Range<usize> {
    let listed = |n: usize| blocks.get(n).is_some_and(|b| matches!(b.kind, BlockKind::Item | BlockKind::Row));
    let tools = |n: &usize| blocks.get(*n).is_some_and(is_tool);
    let run = (heading + 1..blocks.len()).take_while(tools).count();
    // One by itself under the heading may name what follows it.
    let start = if run > 1 && !listed(heading + 1 + run) { heading + 1 + run } else { heading };
    let done = |n: &usize| tools(n) || blocks.get(*n).is_some_and(is_done_by_script);
    let tail = (start..blocks.len()).rev().take_while(done).count();
    let end = blocks.len() - tail;
    let of_a_list = listed(end) && end.checked_sub(1).is_some_and(listed);
    start..if of_a_list { blocks.len() } else { end }
}

fn is_tool(block: &Raw) -> bool {
    block.text.len() <= 48 && TOOLS.contains(&fold(&block.text).as_str())
}

/// Whether it is a row of numbers that lead to other pages; the one that the visitor is on may be no link.
fn is_pages(block: &Raw) -> bool {
    let words = || block.text.split(' ');
    block.links.len() > 2
        && words().count() <= block.links.len() + 1
        && words().all(|word| word.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether it says under which heads the page is filed: "Tags:" and links.
fn is_filed(block: &Raw) -> bool {
    const HEADS: [&str; 7] =
        ["tags:", "tagged:", "tagged in", "filed under", "filed in", "posted in", "categories:"];
    let lower = super::clip(&block.text, 16).to_lowercase();
    let head = HEADS.iter().find(|head| lower.starts_with(**head));
    let linked: usize = block.links.iter().map(|(at, _)| at.len()).sum();
    head.is_some_and(|head| linked > 0 && (block.text.len() - head.len()) <= linked + 3 * block.links.len())
}

/// Whether a line at the end does something with the page: links that lead nowhere.
fn is_done_by_script(block: &Raw) -> bool {
    block.kind != BlockKind::Heading
        && block.all_links
        && block.links.is_empty()
        && block.text.split(' ').count() <= 3
}

fn rule(block: &Raw, before_heading: bool, at_edge: bool) -> Option<&'static str> {
    if matches!(fold(&block.text).as_str(), "advert" | "advertisement") {
        return Some("page tool by its words");
    }
    if is_pages(block) {
        return Some("numbers of pages");
    }
    // One word may name a thing; several say what they are.
    let names = !block.text.trim().contains(' ') && !block.all_links;
    if is_tool(block) && (!names || at_edge) || at_edge && is_done_by_script(block) {
        return Some("page tool by its words");
    }
    if is_filed(block) {
        return Some("filed under");
    }
    // One link that names an incident is news, and no step of a trail.
    let news = block.links.len() == 1 && block.text.split(' ').nth(3).is_some() && has_cue(&block.text);
    (before_heading && block.all_links && !news).then_some("links before the heading")
}

/// Drops from both ends what the memory knows, as far as it reaches without a break.
fn edges(blocks: &mut Vec<Raw>, memory: &Memory, left: &mut Vec<Left>) {
    let known = |b: &Raw| memory.furniture.contains(&fold(&b.text));
    let mut take =
        |b: Raw| left.push(Left { rule: "comes and goes on this site", node: b.node, text: b.text });
    while blocks.len() > 1 && blocks.last().is_some_and(known) {
        blocks.pop().into_iter().for_each(&mut take);
    }
    let start = usize::from(blocks.first().is_some_and(|b| b.kind == BlockKind::Heading && b.level == 1));
    while blocks.len() > start + 1 && blocks.get(start).is_some_and(known) {
        take(blocks.remove(start));
    }
}

/// A block's key: what memory knows it by.
pub(super) fn key(block: &Block) -> String {
    fold(&block.text())
}
