//! What stands at both ends of a story and is no part of it: who wrote it, tags, what else to read, whom to follow.
//!
//! Not here: the element that holds the story (`article`), and what any page has at its edges (`boilerplate`).

use crate::{
    model::BlockKind,
    read::{
        clip::clip,
        cues::has_cue,
        dates,
        html::{
            article::lines::{asks_for_more, heads_links, is_author},
            blocks::Raw,
            boilerplate::{Stripped, take_out},
            links,
        },
    },
    text::fold,
};

/// Takes it off; gives what was taken. `host`: the site that the page is of.
pub(in crate::read) fn trim(blocks: &mut Vec<Raw>, host: &str) -> Vec<Stripped> {
    let mut left = Vec::new();
    blocks.retain(|b| {
        let follows = || asks_to_follow(b) && fold(&b.text).starts_with("follow ");
        let away = (leads_away(b) || asks_for_more(b) || follows()) && !has_cue(&b.text);
        if away {
            left.push(Stripped { rule: "leads away from the story", node: b.node, text: b.text.clone() });
        }
        !away
    });
    lists_of_more(blocks, &mut left);
    let mut take =
        |b: Raw| left.push(Stripped { rule: "at the end of the story", node: b.node, text: b.text });
    more_of_the_site(blocks, host).into_iter().for_each(&mut take);
    // A heading at the end heads nothing.
    let ends = |b: &Raw| (more(b, host) || b.kind == BlockKind::Heading) && !has_cue(&b.text);
    while blocks.len() > 1 && blocks.last().is_some_and(ends) {
        blocks.pop().into_iter().for_each(&mut take);
    }
    let start = usize::from(blocks.first().is_some_and(|b| b.kind == BlockKind::Heading));
    while blocks.len() > start + 1
        && blocks
            .get(start)
            .is_some_and(|b| more(b, host) && b.kind != BlockKind::Heading && !has_cue(&b.text))
    {
        take(blocks.remove(start));
    }
    left
}

/// Takes out the lists of links that a line within the story heads: "More:".
fn lists_of_more(blocks: &mut Vec<Raw>, left: &mut Vec<Stripped>) {
    let leads = |b: &Raw| b.kind == BlockKind::Item && b.all_links && !has_cue(&b.text);
    let mut gone = vec![false; blocks.len()];
    for (at, _) in blocks.iter().enumerate().filter(|(_, b)| heads_links(b)) {
        let run = blocks.iter().skip(at + 1).take_while(|b| leads(b)).count();
        let told = blocks.get(at + 1 + run).is_some_and(|b| b.kind == BlockKind::Item);
        if run > 0 && !told {
            gone.iter_mut().skip(at).take(run + 1).for_each(|gone| *gone = true);
        }
    }
    take_out(blocks, &gone, "leads away from the story", left);
}

/// Whether an address is of the site itself.
fn is_within(to: &str, host: &str) -> bool {
    let bare = |host: &str| host.trim_start_matches("www.").to_owned();
    url::Url::parse(to).is_ok_and(|to| to.host_str().map(bare) == Some(bare(host)))
}

/// The list at the end that leads on within the site, with its heading: every item does, or of what is called more, most.
fn more_of_the_site(blocks: &mut Vec<Raw>, host: &str) -> Vec<Raw> {
    let leads = |b: &Raw| {
        let document = |to: &str| links::is_document(to);
        b.kind == BlockKind::Item && !b.links.is_empty() && !b.links.iter().any(|(_, to)| document(to))
    };
    let leads_on = |b: &&Raw| b.links.iter().all(|(_, to)| is_within(to, host));
    let run = blocks.iter().rev().take_while(|b| leads(b)).count();
    let start = blocks.len() - run;
    let Some(head) = start.checked_sub(1).and_then(|k| blocks.get(k)) else { return Vec::new() };
    let within = blocks.iter().skip(start).filter(leads_on).count();
    let headed = head.kind == BlockKind::Heading && within == run || says_more(head) && within * 2 > run;
    let told = blocks.iter().skip(start - 1).any(|b| has_cue(&b.text));
    if run < 3 || !headed || start < 2 || told { Vec::new() } else { blocks.split_off(start - 1) }
}

/// Whether a short line names what follows it as more of the same: "More from the Gazette".
fn says_more(b: &Raw) -> bool {
    let lower = clip(&b.text, 12).to_lowercase();
    b.text.split(' ').count() <= 6
        && !b.text.ends_with(['.', ':', '!', '?'])
        && ["more ", "related ", "read more", "read next"].iter().any(|way| lower.starts_with(way))
}

/// Whether a paragraph between those of a story leads away from it: a link in capitals, or one that says that it does.
fn leads_away(b: &Raw) -> bool {
    const WAYS: [&str; 9] = [
        "related:",
        "[related",
        "read more:",
        "see more:",
        "also read:",
        "read also:",
        "also on ",
        "more:",
        "see also:",
    ];
    if b.kind == BlockKind::Heading
        || b.links.is_empty()
        || b.links.iter().any(|(_, to)| links::is_document(to))
    {
        return false;
    }
    let shouted = b.all_links
        && b.text.split(' ').nth(2).is_some()
        && b.text.chars().any(char::is_alphabetic)
        && !b.text.chars().any(char::is_lowercase);
    let lower = clip(&b.text, 16).to_lowercase();
    let linked: usize = b.links.iter().map(|(at, _)| at.len()).sum();
    shouted || linked * 2 > b.text.len() && WAYS.iter().any(|way| lower.starts_with(way))
}

/// Whether a block leads to more, or is about the page.
fn more(b: &Raw, host: &str) -> bool {
    if b.links.iter().any(|(_, to)| links::is_document(to)) {
        return false;
    }
    if asks_to_follow(b) || is_author(b) {
        return true;
    }
    // Where to find help is often elsewhere.
    if b.kind == BlockKind::Item && b.links.iter().any(|(_, to)| !is_within(to, host)) {
        return false;
    }
    let linked: usize = b.links.iter().map(|(at, _)| at.len()).sum();
    let mostly = linked * 2 > b.text.len();
    let words = b.text.split(' ').count();
    if b.all_links {
        // What to read next may be a question, and in a list a whole sentence.
        return b.kind == BlockKind::Item || words < 20 && !b.text.ends_with(['.', ':']);
    }
    let own = words.saturating_sub(linked_words(b));
    let said = b.text.ends_with(['.', '!', '?', ':', '”']) && own >= 3
        || b.text.ends_with('.') && own > 0
        || words >= 20;
    !said && (mostly || words <= 2 || is_about(&b.text))
}

fn linked_words(b: &Raw) -> usize {
    b.links.iter().filter_map(|(at, _)| b.text.get(at.clone())).map(|t| t.split_whitespace().count()).sum()
}

/// Whether all that it leads to is a way to hear more: a network, a newsletter.
fn asks_to_follow(b: &Raw) -> bool {
    const NETWORKS: [&str; 10] = [
        "facebook.com/",
        "twitter.com/",
        "//x.com/",
        "instagram.com/",
        "youtube.com/",
        "linkedin.com/",
        "tiktok.com/",
        "bsky.app/",
        "threads.net/",
        "threads.com/",
    ];
    const WHOSE: [&str; 5] = ["user/", "channel/", "c/", "company/", "in/"];
    const MORE: [&str; 7] =
        ["newsletter", "subscri", "signup", "sign-up", "sign_up", "/preference", "/follow"];
    let follows = |to: &str| {
        let to = to.to_lowercase();
        // Somebody's own page, and not what was said on it.
        let whose = |way: &str| {
            let path = to.split_once(way).map(|(_, path)| path.trim_end_matches('/'));
            let name = |path: &str| WHOSE.iter().any(|whose| path.starts_with(whose));
            path.is_some_and(|path| !path.contains('/') || name(path) && path.matches('/').count() <= 2)
        };
        NETWORKS.iter().any(|way| whose(way)) || MORE.iter().any(|way| to.contains(way))
    };
    b.kind != BlockKind::Quote && !b.links.is_empty() && b.links.iter().all(|(_, to)| follows(to))
}

/// Whether a line says how the page came about, by how it begins.
pub(super) fn is_about(text: &str) -> bool {
    const LINES: [&str; 14] = [
        "by ",
        "additional reporting",
        "reporting by",
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
    let lower = clip(text, 40).to_lowercase();
    let begins = |lines: &[&str]| lines.iter().any(|line| lower.starts_with(line));
    // "Updated: we now know of 400 people" says more than when.
    begins(&LINES) || begins(&WHEN) && (dates::visible(text).is_some() || text.split(' ').count() <= 3)
}
