//! Teasers within the statement, known by their heading: what is new elsewhere on the site.

use super::Left;
use crate::{
    model::{BlockKind, fold},
    read::{blocks::Raw, cues::has_cue},
};

/// Headings of teasers, as keys: what is new elsewhere on the site.
const TEASERS: [&str; 49] = [
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
    "quick links",
    "popular services",
    "latest jobs",
    "latest vacancies",
    "current vacancies",
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

/// Words of a heading that leave no doubt that what follows is elsewhere: "Latest news", and not "News".
const ELSEWHERE: [&str; 6] = ["latest", "related", "recent", "more", "other", "popular"];

/// Whether cards may stand under such a heading.
fn heads_cards(key: &str) -> bool {
    OF_TEASERS.iter().any(|of| key.starts_with(of)) || key.split(' ').any(|word| ELSEWHERE.contains(&word))
}

fn heads_teasers(key: &str) -> bool {
    TEASERS.contains(&key) || OF_TEASERS.iter().any(|begins| key.starts_with(begins))
}

/// Whether they are cards: headings that lead elsewhere, each with a paragraph at most. News of an incident is told.
fn are_cards(blocks: &[Raw]) -> bool {
    let leads = |b: &Raw| b.kind == BlockKind::Heading && b.all_links;
    let says = |b: &Raw| b.kind == BlockKind::Paragraph || b.all_links;
    // A date may stand in each card, above its heading or below.
    let dated =
        |b: &Raw| b.text.len() <= 24 && !b.text.ends_with('.') && b.text.bytes().any(|b| b.is_ascii_digit());
    let cards: Vec<&Raw> = blocks.iter().filter(|b| leads(b) || !dated(b)).collect();
    cards.first().is_some_and(|b| leads(b))
        && cards.iter().all(|b| leads(b) || says(b))
        && cards.windows(2).all(|two| two.iter().any(|b| leads(b)))
        && !blocks.iter().any(|b| has_cue(&b.text) || goes_on(&b.text))
}

/// Whether a card may go on with what the page tells: "Update of 12 March".
fn goes_on(text: &str) -> bool {
    const ON: [&str; 10] = [
        "update",
        "statement",
        "details",
        "copied",
        "records",
        "systems",
        "services",
        "police",
        "investigat",
        "advice",
    ];
    let key = fold(text);
    ON.iter().any(|word| key.contains(word))
}

/// Whether it is a link with little more than a date beside it.
fn is_dated(b: &Raw) -> bool {
    let linked: usize = b.links.iter().map(|(at, _)| at.len()).sum();
    let beside = b.text.len().saturating_sub(linked);
    linked > 0
        && beside <= 24
        && b.text.bytes().any(|b| b.is_ascii_digit())
        && !b.text.ends_with('.')
        && !has_cue(&b.text)
        && !goes_on(&b.text)
}

/// Takes out the teasers that stand within the statement: such a heading with nothing but links below it. Where
/// they are most of what is there, the page is that list.
pub(super) fn teasers(blocks: &mut Vec<Raw>, left: &mut Vec<Left>) {
    let words = |b: &[Raw]| b.iter().map(|b| b.text.len()).sum::<usize>();
    // What is left of the page so far; blocks go all at once at the end, for there may be many such headings.
    let mut all = words(blocks);
    let mut teased = vec![false; blocks.len()];
    let mut at = 0;
    while let Some(head) = blocks.get(at) {
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
        let aside = |b: &Raw| b.text.len() <= 32 && !b.text.ends_with('.') || is_dated(b);
        let elsewhere = below.iter().all(|b| b.all_links || aside(b))
            && (below.is_empty() || below.iter().any(|b| b.all_links))
            || heads_cards(&key) && are_cards(below);
        if elsewhere && words(below) * 2 < all {
            all -= words(blocks.get(at..end).unwrap_or(&[]));
            teased.iter_mut().take(end).skip(at).for_each(|teased| *teased = true);
        }
        at = end;
    }
    let mut teased = teased.into_iter();
    blocks.retain(|b| {
        let gone = teased.next().unwrap_or(false);
        if gone {
            left.push(Left { rule: "teasers by their heading", node: b.node, text: b.text.clone() });
        }
        !gone
    });
}
