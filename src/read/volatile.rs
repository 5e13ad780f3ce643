//! Words that move by themselves: counters, "3 minutes ago", "page generated at". They stay in the text and become
//! placeholders in what sentences are compared by.
//!
//! Only wording that speaks of the page itself counts: "the file was downloaded 14 times" is a statement.
//! Not here: which blocks are furniture (`boilerplate`).

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    model::{Block, Memory},
    text::{calendar, fold},
};

/// What stands in the key for what moves.
const MOVES: &str = "\u{b7}";

static CUES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let time = r"(?:(?:about |around |over )?(?:[0-9]+|an?|one|two|three|few|a few) (?:sec(?:ond)?|min(?:ute)?|hour|hr|day|week|month|year)s?(?:,? (?:and )?[0-9]+ (?:min(?:ute)?|second|hour|day|month)s?)? ago|just now|yesterday|moments ago)";
    let count = r"[0-9][0-9,. ]*k?";
    // When a look at the page was taken by those who keep it: "This table was checked at 14:30", "Correct as at 4 May".
    let day = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?[0-9]{1,2}(?:st|nd|rd|th)?(?: of)? [a-z]{3,9}(?:,? [0-9]{4})?|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|[0-9]{4}-[0-9]{2}-[0-9]{2}|today";
    let clock = r"[0-9]{1,2}[:.][0-9]{2}(?: ?(?:am|pm))?|[0-9]{1,2} ?(?:am|pm)|noon|midday|midnight";
    let moment = format!(
        r"(?:{day}|{clock})(?: (?:gmt|bst|utc))?(?:,? (?:on |at )?(?:{day}|{clock})(?: (?:gmt|bst|utc))?)?"
    );
    let thing = r"(?:(?:this|the|these|our|all) )?(?:(?:service|system|live|current) )?(?:page|table|list|map|board|status|statuses|information|data|figures?|details|position|situation|dashboard|site|website)";
    let whole = [
        format!(r"(?:{thing} (?:on this page )?)?(?:(?:was|were|is|are) )?(?:last )?(?:checked|refreshed)(?: at| on)?:? {moment}"),
        format!(r"(?:{thing} (?:on this page )?)?(?:(?:was|were|is|are) )?(?:(?:correct|accurate|valid|true) )?as (?:at|of):? {moment}"),
        format!(r"(?:{thing} (?:on this page )?)?(?:(?:was|were|is|are) )?(?:correct|accurate) (?:at|on):? {moment}"),
        // "1 week ago", "Posted 3 hours ago"
        format!(r"(?:(?:last )?(?:posted|published|updated|added|edited|modified|checked|refreshed)(?: by [a-z ]{{1,24}}?)?:? )?{time}"),
        // "1,204 views", "Views: 1,204", "Page hits 88"
        format!(r"{count} (?:page )?(?:views?|hits|visits|visitors|reads|likes|shares|downloads|retweets)(?: (?:so far|today|in total))?"),
        format!(r"(?:page |total |number of )?(?:views?|hits|visits|visitors|reads|visitor number|hit counter)(?: so far| today| count)?:? {count}"),
        format!(r"(?:this (?:page|article|notice|story|post|document) (?:has been|was) )?(?:viewed|visited|read|seen|accessed) (?:by )?{count}(?: times?| people| visitors)?"),
        format!(r"(?:page |site )?(?:viewed|visited) {count} times?"),
        format!(r"{count} (?:people|visitors?|users?|guests?|members?) (?:are |is )?(?:currently )?(?:viewing|browsing|online|on|reading)(?: .{{0,40}})?"),
        format!(r"(?:you are |you're )?visitor (?:number |no\.? )?{count}"),
        format!(r"{count} (?:people|visitors?|users?|readers?) found (?:this|it)(?: page| article| answer| information)? (?:helpful|useful)"),
        // "Time now: 10:11", "Today is Friday 4 May 2031"
        r"(?:the )?(?:current time|local time|time now|time is now)(?: is)?:? [0-9]{1,2}[:.][0-9]{2}(?: ?(?:am|pm|gmt|bst|utc))?".to_owned(),
        r"today is:? [a-z]{6,9},? [0-9]{1,2}(?:st|nd|rd|th)? [a-z]{3,9},? [0-9]{4}".to_owned(),
        // "Page generated 12 March 2031 10:04 in 0.03 seconds"
        r"(?:(?:this )?(?:page|site|content|list|report) (?:was )?(?:last )?(?:generated|rendered|served|loaded|refreshed|printed|created by)|generated|rendered|served|loaded|printed|page load(?:ed)?(?: time)?)(?: on| at| in| by)?:? .{0,16}[0-9].{0,60}".to_owned(),
        r"(?:ray|request|session|incident|correlation|trace|build) id:? [0-9a-f-]{8,}".to_owned(),
        // A clock with seconds, a temperature
        r"(?:[a-z0-9, ]{0,40} )?[0-9]{1,2}:[0-9][0-9]:[0-9][0-9](?: ?(?:am|pm|gmt|bst|utc))?".to_owned(),
        r"(?:now |currently )?-?[0-9]{1,2} ?°c?(?:elsius)?".to_owned(),
    ];
    Regex::new(&format!(r"^(?:{})[.!]?$", whole.join("|"))).ok()
});

static AGO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let cue = r"(?:checked|updated|refreshed|posted|published|modified|generated|synced)";
    Regex::new(&format!(r"(?i-u)\b({cue}(?: about| around)?) (?:[0-9]+|an?|a few) (?:second|minute|min|hour|day|week|month)s? ago\b")).ok()
});

/// Gives each sentence that moves by itself what it is compared by.
pub(in crate::read) fn mark(blocks: &mut [Block], memory: &Memory) {
    for sentence in blocks.iter_mut().flat_map(|b| &mut b.sentences) {
        sentence.volatile = masked(&sentence.text, memory);
    }
}

/// What a sentence is compared by when words of it move by themselves.
fn masked(text: &str, memory: &Memory) -> Option<String> {
    // All that moves has a figure or one of few words, and is short.
    let short = text.len() <= 200;
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    if short && (digit || text.contains("ago") || text.len() <= 16) {
        let key = fold(text);
        if CUES.as_ref().is_some_and(|r| r.is_match(&key)) {
            return Some(still(&key));
        }
        if text.contains("ago") {
            let put =
                |c: &regex::Captures<'_>| format!("{} {MOVES} ago", c.get(1).map_or("", |m| m.as_str()));
            let masked = AGO.as_ref().map(|r| r.replace_all(text, put).into_owned());
            if let Some(masked) = masked.filter(|m| m != text) {
                return Some(masked);
            }
        }
    }
    if digit && !memory.counters.is_empty() {
        let skeleton = skeleton(&fold(text));
        if memory.counters.contains(&skeleton) {
            return Some(skeleton);
        }
    }
    None
}

/// A key with each run of digits, and of the marks within a figure, written as `0`.
pub(in crate::read) fn skeleton(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut chars = key.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii_digit() {
            out.push(c);
            continue;
        }
        out.push('0');
        while let Some(next) = chars.peek().copied() {
            let mut after = chars.clone();
            after.next();
            let within = matches!(next, ',' | '.') && after.peek().is_some_and(char::is_ascii_digit);
            if !next.is_ascii_digit() && !within {
                break;
            }
            chars.next();
        }
    }
    out
}

/// A sentence that is about the moment alone, without its figures and units: "posted 3 hours ago" and "posted
/// yesterday" are one.
fn still(key: &str) -> String {
    const MOVING: [&str; 36] = [
        "am",
        "pm",
        "bst",
        "utc",
        "noon",
        "midday",
        "midnight",
        "today",
        "second",
        "seconds",
        "sec",
        "secs",
        "minute",
        "minutes",
        "min",
        "mins",
        "hour",
        "hours",
        "hr",
        "hrs",
        "day",
        "days",
        "week",
        "weeks",
        "month",
        "months",
        "year",
        "years",
        "ago",
        "just",
        "now",
        "yesterday",
        "moments",
        "a",
        "an",
        "and",
    ];
    let moves = |w: &&str| {
        let bare = w.trim_matches(|c: char| !c.is_alphanumeric());
        bare.is_empty()
            || bare.bytes().any(|b| b.is_ascii_digit())
            || MOVING.contains(&bare)
            || calendar::is_english(bare)
            || calendar::in_three().any(|month| month == bare)
            || bare == "gmt"
    };
    let mut out: Vec<&str> = key.split(' ').filter(|w| !moves(w)).collect();
    out.push(MOVES);
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> String {
        masked(text, &Memory::default()).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn what_moves_by_itself_compares_equal() {
        for (a, b) in [
            ("This page has been viewed 1204 times.", "This page has been viewed 90,001 times."),
            ("Service status checked 12 seconds ago", "Service status checked 58 seconds ago"),
            ("1 week ago", "2 weeks ago"),
            ("Views: 12", "Views: 13"),
            ("88 people found this helpful", "91 people found this helpful"),
            ("Time now: 10:11", "Time now: 10:26"),
            ("Today is Friday 4 May 2031", "Today is Saturday 5 May 2031"),
            ("This table was checked at 14:30.", "This table was checked at 9am."),
            ("Status as at 4 May 2031, 10:00", "Status as at 5 May 2031, noon"),
            ("The information is correct as of 3 May.", "The information is correct as of Monday 4 May."),
            ("Page last generated 1700000000.123 in 4 ms", "Page last generated 1700000009.001 in 33 ms"),
            (
                "Page generated 3 March 2031 09:10 in 0.3 seconds.",
                "Page generated 14 April 2031 19:10 in 0.1 seconds.",
            ),
        ] {
            assert_eq!(key(a), key(b), "{a}");
        }
    }

    #[test]
    fn figures_of_a_statement_do_not() {
        for (a, b) in [
            ("The file was downloaded 14 times.", "The file was downloaded 15 times."),
            (
                "The records were viewed 300 times before the account was shut.",
                "The records were viewed 400 times before the account was shut.",
            ),
            ("The intruder got in 2 weeks ago.", "The intruder got in 6 weeks ago."),
            ("About 1,500 people are affected.", "About 1,600 people are affected."),
            ("Closed until 10:30", "Closed until 11:30"),
            ("The pump was checked at 10:30.", "The pump was checked at 11:30."),
            ("Today is day 12 of the outage.", "Today is day 13 of the outage."),
            ("88 people found this in their bins.", "91 people found this in their bins."),
        ] {
            assert_ne!(key(a), key(b), "{a}");
        }
    }

    #[test]
    fn a_learnt_counter_is_masked_where_it_was_learnt() {
        let memory = Memory { counters: vec![skeleton("beds free: 12")], ..Memory::default() };
        assert_eq!(masked("Beds free: 7", &memory), masked("Beds free: 1,210", &memory));
        assert_eq!(masked("Beds shut: 7", &memory), None);
    }
}
