//! What is left at the edges of the statement and says of itself that it is furniture: "Share this page", "Back to
//! top", trails of links before the heading, and what the site's memory knows to come and go.
//!
//! Not here: furniture known by its markup (`prune`).

mod dropped;
mod teasers;
mod tools;

use std::hash::BuildHasher as _;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    model::{Block, BlockKind, Memory},
    read::{
        clip::clip,
        cues::has_cue,
        html::{about::About, blocks::Raw},
    },
    text::fold,
};
pub(in crate::read) use dropped::{Stripped, take_out};
use teasers::teasers;
use tools::{asks_to_subscribe, is_rights, is_tool};

/// Takes furniture out of the blocks; gives what was taken.
pub(in crate::read) fn strip(blocks: &mut Vec<Raw>, about: &About, memory: &Memory) -> Vec<Stripped> {
    let mut left = Vec::new();
    teasers(blocks, &mut left);
    let before_heading = heading_at(blocks, about);
    let edges_of = tool_edges(blocks, before_heading);
    let mut at = 0;
    blocks.retain(|b| {
        let here = at;
        at += 1;
        let rule = rule(b, here < before_heading, !edges_of.contains(&here));
        left.extend(rule.map(|rule| Stripped { rule, node: b.node, text: b.text.clone() }));
        rule.is_none()
    });
    repeated(blocks, &mut left);
    if !memory.furniture.is_empty() {
        edges(blocks, memory, &mut left);
    }
    left
}

/// So many blocks in a row, with so many bytes, that stand on the page before are there for another width of screen.
const ROW: usize = 6;
const ROW_BYTES: usize = 600;

/// Takes out what the page says a second time, block for block.
fn repeated(blocks: &mut Vec<Raw>, left: &mut Vec<Stripped>) {
    let hashes: Vec<u64> = blocks.iter().map(|b| FxBuildHasher.hash_one(&b.text)).collect();
    let mut seen: FxHashMap<&[u64], usize> = FxHashMap::default();
    let mut again = vec![false; blocks.len()];
    for (at, row) in hashes.windows(ROW).enumerate() {
        let first = *seen.entry(row).or_insert(at);
        if first + ROW > at {
            continue;
        }
        let pairs = || blocks.iter().skip(first).zip(blocks.iter().skip(at)).take(ROW);
        let bytes: usize = pairs().map(|(_, b)| b.text.len()).sum();
        if bytes >= ROW_BYTES && pairs().all(|(a, b)| a.text == b.text) {
            again.iter_mut().skip(at).take(ROW).for_each(|again| *again = true);
        }
    }
    take_out(blocks, &again, "said before, word for word", left);
}

fn heading_at(blocks: &[Raw], about: &About) -> usize {
    let is = |b: &Raw| {
        b.kind == BlockKind::Heading
            && b.level == 1
            && (about.heading.is_empty() || about.heading.starts_with(clip(&b.text, 40)))
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
    let done = |n: &usize| tools(n) || blocks.get(*n).is_some_and(|b| is_done_by_script(b) || is_rights(b));
    let tail = (start..blocks.len()).rev().take_while(done).count();
    let end = blocks.len() - tail;
    let of_a_list = listed(end) && end.checked_sub(1).is_some_and(listed);
    start..if of_a_list { blocks.len() } else { end }
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
    const HEADS: [&str; 9] = [
        "tagged as",
        "tags:",
        "tagged:",
        "tagged in",
        "filed under",
        "filed in",
        "posted in",
        "categories:",
        "labels:",
    ];
    let lower = clip(&block.text, 16).to_lowercase();
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
    if block.text.len() <= 24 && matches!(fold(&block.text).as_str(), "advert" | "advertisement") {
        return Some("page tool by its words");
    }
    if asks_to_subscribe(block) {
        return Some("asks to subscribe");
    }
    if is_pages(block) {
        return Some("numbers of pages");
    }
    // One word may name a thing; several say what they are.
    let names = !block.text.trim().contains(' ') && !block.all_links;
    if is_tool(block) && (!names || at_edge) || at_edge && is_done_by_script(block) {
        return Some("page tool by its words");
    }
    if at_edge && is_rights(block) {
        return Some("whose the page is");
    }
    if is_filed(block) {
        return Some("filed under");
    }
    // One link that names an incident is news, and no step of a trail.
    let news = block.links.len() == 1 && block.text.split(' ').nth(3).is_some() && has_cue(&block.text);
    (before_heading && block.all_links && !news).then_some("links before the heading")
}

/// Drops from both ends what the memory knows, as far as it reaches without a break.
fn edges(blocks: &mut Vec<Raw>, memory: &Memory, left: &mut Vec<Stripped>) {
    let known = |b: &Raw| memory.furniture.contains(&fold(&b.text));
    let mut take =
        |b: Raw| left.push(Stripped { rule: "comes and goes on this site", node: b.node, text: b.text });
    while blocks.len() > 1 && blocks.last().is_some_and(known) {
        blocks.pop().into_iter().for_each(&mut take);
    }
    let start = usize::from(blocks.first().is_some_and(|b| b.kind == BlockKind::Heading && b.level == 1));
    while blocks.len() > start + 1 && blocks.get(start).is_some_and(known) {
        take(blocks.remove(start));
    }
}

/// Whether a block of a notice to all visitors does something with the page, or says whose it is.
pub(in crate::read) fn is_aside(block: &Raw) -> bool {
    is_tool(block) || is_rights(block) || asks_to_subscribe(block)
}

/// A block's key: what memory knows it by.
pub(in crate::read) fn key(block: &Block) -> String {
    fold(&block.text())
}
