//! Lines that a page says of itself, known by their words: "Back to top", "Was this page useful?", a counter of visits.
//!
//! Not here: where they stand and what else must be so (`tidy`).

use crate::{model::fold, read::blocks::Raw};

/// Words of pages about themselves, whole blocks, as keys.
const TOOLS: [&str; 79] = [
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
    "reuse this content",
    "republish this article",
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
    "follow us",
    "contents",
    "page contents",
    "table of contents",
    "on this page",
    "in this article",
    "did you find this page helpful?",
    "did you find this page useful?",
    "was this helpful?",
    "listen to this page",
    "listen to this article",
    "use two fingers to move the map",
    "your browser does not support video.",
    "your browser does not support the video tag.",
    "your browser does not support iframes.",
];

/// How such lines begin when they go on.
const BEGIN: [&str; 15] = [
    "like this story? share it",
    "rate this page",
    "rate this article",
    "rate this:",
    "rate 1 to 5",
    "yes no",
    "tweets by @",
    "did you find what you were looking for?",
    "did you find it helpful?",
    "was this page helpful?",
    "was this page useful?",
    "how useful was this page",
    "how helpful was this page",
    "share this story",
    "sorry we couldn't be helpful",
];

/// What counts visits, before a number and little else.
const COUNTERS: [&str; 3] = ["this page has been viewed ", "page views: ", "views: "];

/// Whether it is a number, with "times" or without: "1,234 times".
fn is_count(rest: &str) -> bool {
    let rest = rest.trim_end_matches('.').trim_end_matches(" times");
    !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b',')
}

/// Words of links that only name a language, or a place to follow somebody.
const NAMES: [&str; 17] = [
    "cymraeg",
    "english",
    "welsh",
    "français",
    "polski",
    "facebook",
    "x",
    "twitter",
    "instagram",
    "linkedin",
    "youtube",
    "tiktok",
    "threads",
    "bluesky",
    "app",
    "store",
    "google",
];

/// Whether a block is such a line.
pub(super) fn is_tool(block: &Raw) -> bool {
    if block.text.len() > 80 {
        return false;
    }
    let key = fold(&block.text);
    let names = || {
        let mut words = key.split(' ').filter(|w| w.chars().any(char::is_alphanumeric));
        block.all_links && block.links.len() > 1 && words.all(|word| NAMES.contains(&word) || word == "play")
    };
    let counts = || COUNTERS.iter().any(|of| key.strip_prefix(of).is_some_and(is_count));
    let how_long = || key.ends_with(" min read") && key.starts_with(|c: char| c.is_ascii_digit());
    TOOLS.contains(&key.as_str())
        || counts()
        || how_long()
        || BEGIN.iter().any(|begin| key.starts_with(begin))
        || names()
}

/// Whether it is the line by which a page ends: whose it is.
pub(super) fn is_rights(block: &Raw) -> bool {
    let key = fold(&block.text);
    block.text.len() <= 120 && (key.starts_with('©') || key.starts_with("copyright ©"))
}
