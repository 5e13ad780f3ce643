//! Lines within a story that are no part of it, by what they say: ask to hear more, say who wrote it.
//!
//! Not here: lines known by where their links lead, and where a story ends (`ends`).

use crate::{
    model::BlockKind,
    read::{clip::clip, cues::has_cue, html::blocks::Raw},
    text::fold,
};

/// What a line that offers more of the same speaks of.
const MORE: [&str; 7] = [
    "newsletter",
    "to your inbox",
    "in your inbox",
    "through your letterbox",
    "breaking news alerts",
    "push notifications",
    "on youtube for more",
];
/// And what it asks to do with it.
const ASKS: [&str; 6] = ["sign up", "subscribe", "delivered", "get ", "receive", "download"];
/// The most words of such a line, and of what is said of an author.
const LINE: usize = 40;
const AUTHOR: usize = 60;

/// Whether it asks to have more of the same sent, and leads there.
pub(super) fn asks_for_more(b: &Raw) -> bool {
    let lower = || fold(&b.text);
    !b.links.is_empty()
        && is_line(b, LINE)
        && MORE.iter().any(|more| lower().contains(more))
        && ASKS.iter().any(|asks| lower().contains(asks))
}

/// Whether a line at the end says who wrote the story, where it was first: "Jo Vale is a reporter
/// for the Gazette."
pub(super) fn is_author(b: &Raw) -> bool {
    const TRADE: [&str; 10] = [
        "reporter",
        "writer",
        "editor",
        "correspondent",
        "columnist",
        "journalist",
        "producer",
        "contributor",
        "blogger",
        "reporters",
    ];
    const FOLLOW: [&str; 4] = ["follow her ", "follow him ", "follow them ", "follow me "];
    const ORIGIN: [&str; 3] =
        ["originally published on ", "this article was originally", "this story first appeared"];
    let lower = fold(&b.text);
    let begins = |way: &&str| lower.starts_with(*way);
    let covers = || begins(&"follow ") && lower.contains("full coverage");
    if is_line(b, LINE) && (ORIGIN.iter().any(begins) || covers()) {
        return true;
    }
    let is = [" is a ", " is an ", " is the ", " are "].iter().any(|is| clip(&lower, 80).contains(is));
    let trade = || lower.split([' ', ',', '.']).any(|word| TRADE.contains(&word));
    is_line(b, AUTHOR) && (is && trade() || FOLLOW.iter().any(|way| lower.contains(way)))
}

/// Whether a line only says that links follow: "More:".
pub(super) fn heads_links(b: &Raw) -> bool {
    const HEADS: [&str; 11] = [
        "topics",
        "topics:",
        "tags",
        "tags:",
        "more:",
        "read more:",
        "related:",
        "also read:",
        "read also:",
        "see more:",
        "more on this story:",
    ];
    HEADS.contains(&fold(&b.text).as_str())
}

fn is_line(b: &Raw, words: usize) -> bool {
    b.kind == BlockKind::Paragraph && b.text.split(' ').count() <= words && !has_cue(&b.text)
}
