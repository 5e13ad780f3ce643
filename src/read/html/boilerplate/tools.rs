//! Lines that a page says of itself, known by their words: "Back to top", "Was this page useful?", a counter of visits.
//!
//! Not here: where they stand and what else must be so (`boilerplate`).

mod words;

use crate::{
    read::{cues::has_cue, html::blocks::Raw},
    text::fold,
};
use words::{BEGIN, TOOLS};

/// What counts visits, before a number and little else.
const COUNTERS: [&str; 3] = ["this page has been viewed ", "page views: ", "views: "];
/// And what may stand behind a number of visitors.
const VISITORS: [&str; 5] = [
    "people are viewing this page",
    "people are viewing this site",
    "people are viewing this",
    "visitors online",
    "users online",
];

/// Whether it says how long a reading takes, and no more: "3 min read", "Reading time: 4 minutes".
fn is_reading_time(key: &str) -> bool {
    // "4 min read · 18 January 2024": when it was written stands in the page's own dates.
    let parts = || key.split(['·', '•', '|']).map(str::trim).filter(|part| !part.is_empty());
    let dated = |part: &str| part.len() <= 24 && part.bytes().any(|b| b.is_ascii_digit());
    if parts().count() > 1 {
        return parts().any(is_reading_time) && parts().all(|part| is_reading_time(part) || dated(part));
    }
    let words = || key.split([' ', ':', '.', '-']).filter(|word| !word.is_empty());
    let known = |word: &str| {
        let bare = word.trim_end_matches("mins").trim_end_matches("min");
        matches!(word, "estimated" | "read" | "reading" | "time" | "minute" | "minutes")
            || bare.bytes().all(|b| b.is_ascii_digit())
    };
    words().all(known)
        && words().any(|word| word.starts_with("read"))
        && key.bytes().any(|b| b.is_ascii_digit())
}

/// Whether it changes by itself: how many are looking, what the time is, how long ago something was, what readers
/// gave on the whole.
fn is_by_itself(key: &str) -> bool {
    const AGED: [&str; 7] =
        ["", "updated", "last updated", "published", "posted", "last modified", "reviewed"];
    let number = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit() || b == b',');
    let visitors =
        || key.split_once(' ').is_some_and(|(count, rest)| number(count) && VISITORS.contains(&rest));
    let clock = || key.split(':').count() == 3 && key.split(':').all(|part| part.len() <= 2 && number(part));
    let visited =
        || key.starts_with("you are visitor n") || key.starts_with("visitors: ") || key.starts_with("hits: ");
    let liked = || {
        ["people like this", "people liked this", "likes", "comments", "uptime"].iter().any(|tail| {
            key.strip_suffix(tail).is_some_and(|count| {
                number(count.trim().trim_end_matches(['%', ' ']))
                    || count.trim().trim_end_matches(['%', ' ']).parse::<f64>().is_ok()
            })
        })
    };
    let weather = || key.split(' ').count() <= 4 && key.ends_with("°c");
    let aged = || {
        let (head, _) = key.strip_suffix(" ago")?.rsplit_once(' ')?;
        let (said, count) = head.rsplit_once(' ').unwrap_or(("", head));
        Some(number(count) && AGED.contains(&said.trim_end_matches(':')))
    };
    let rated =
        || key.contains(" out of 5") && ["star", "vote", "rating"].iter().any(|word| key.contains(word));
    let found = || key.contains(" out of ") && key.ends_with("helpful") && key.split(' ').count() <= 8;
    is_an_age(key)
        || found()
        || visitors()
        || visited()
        || liked()
        || weather()
        || clock()
        || aged() == Some(true)
        || rated() && key.split(' ').count() <= 10
}

/// Whether it says nothing but how long ago the page was written or changed: "2 days ago Updated", "il y a 2 jours".
fn is_an_age(key: &str) -> bool {
    const DONE: [&str; 9] = [
        "updated",
        "posted",
        "published",
        "modified",
        "edited",
        "ago",
        "geleden",
        "aktualisiert",
        "bijgewerkt",
    ];
    const BEGINS: [&str; 3] = ["il y a ", "vor ", "hace "];
    const SPANS: [&str; 22] = [
        "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month",
        "months", "year", "years", "jours", "heures", "semaines", "tagen", "stunden", "wochen", "dagen",
        "días",
    ];
    const LITTLE: [&str; 10] = ["last", "about", "over", "a", "an", "this", "il", "y", "vor", "hace"];
    let number = |word: &str| word.bytes().all(|b| b.is_ascii_digit());
    let (mut done, mut span) = (BEGINS.iter().any(|begins| key.starts_with(begins)), false);
    let only = key.split([' ', ':', '·', '•', '|', '.']).filter(|word| !word.is_empty()).all(|word| {
        done |= DONE.contains(&word);
        span |= SPANS.contains(&word);
        DONE.contains(&word) || SPANS.contains(&word) || LITTLE.contains(&word) || number(word)
    });
    only && done && span
}

/// Whether it asks what a reader thinks of the page: "Was this information helpful?"
fn asks_whether_useful(key: &str) -> bool {
    (key.starts_with("was this ") || key.starts_with("is this ") || key.starts_with("did you find this "))
        && (key.ends_with(" helpful?") || key.ends_with(" useful?"))
        && key.split(' ').count() <= 7
}

/// Whether it is a number, with "times" or without: "1,234 times".
fn is_count(rest: &str) -> bool {
    let rest = rest.trim_end_matches('.').trim_end_matches(" times");
    !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b',')
}

/// Words of links that only name a language, or a place to follow somebody.
const NAMES: [&str; 24] = [
    "log",
    "login",
    "sign",
    "in",
    "up",
    "register",
    "logout",
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
    TOOLS.contains(&key.as_str())
        || counts()
        || is_by_itself(&key)
        || asks_whether_useful(&key)
        || is_reading_time(&key)
        || BEGIN.iter().any(|begin| key.starts_with(begin))
        || names()
}

/// Whether it asks the visitor to have a newsletter sent, and says nothing else.
pub(super) fn asks_to_subscribe(block: &Raw) -> bool {
    const ASKS: [&str; 6] =
        ["sign up ", "subscribe ", "join our mailing list", "get our ", "inscrivez-vous ", "abonnez-vous "];
    const WHAT: [&str; 5] =
        ["newsletter", "mailing list", "our emails", "e-newsletter", "lettre d'information"];
    if block.text.len() > 160 {
        return false;
    }
    let key = fold(&block.text);
    ASKS.iter().any(|asks| key.starts_with(asks))
        && WHAT.iter().any(|what| key.contains(what))
        && !has_cue(&block.text)
}

/// Whether it is the line by which a page ends: whose it is.
pub(super) fn is_rights(block: &Raw) -> bool {
    if block.text.len() > 120 || !block.text.contains('©') {
        return false;
    }
    let key = fold(&block.text);
    key.starts_with('©') || key.starts_with("copyright ©")
}
