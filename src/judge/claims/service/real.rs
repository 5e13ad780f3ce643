//! Whether what works, or works again, does so now: not what shall, what people are working on, what is hoped for.
//!
//! Not here: what is said of something that is no service (`subject`).

use crate::{
    judge::claims::split::shortly_before,
    text::{Found, Language, Lexicon, words},
};

/// Words before a state that make it one to come, or none.
const UNREAL: [&str; 32] = [
    "will", "to", "until", "once", "when", "if", "not", "being", "should", "before", "yet", "hope", "expect",
    "cannot", "no", "without", "shall", "aren't", "isn't", "nid", "ddim", "heb", "pas", "ne", "n'est",
    "sera", "seront", "bydd", "would", "can't", "must", "any",
];

/// What stands after "working" where people work, and not the service.
const ON: [&str; 7] = [" i ", " to ", " on ", " hard", " with ", " closely", " around "];

/// What people can do now that is no service: "we can now say".
const SAY: [&str; 7] = ["say", "confirm", "report", "tell", "reveal", "announce", "share"];

/// What stands before what is waited for: "we have no date for getting back to normal".
const AWAITED: [&str; 5] = ["date for", "timetable for", "timescale for", "before we are", "before they are"];

/// Whether what was found is so.
pub(in crate::judge) fn is_real(text: &str, found: &Found<'_>, lexicon: &Lexicon) -> bool {
    let head = text.get(..found.start()).unwrap_or_default();
    let rest = text.get(found.end()..).unwrap_or_default();
    let unreal = |w: &str| UNREAL.contains(&w) && !(w == "being" && found.as_str() == "on time");
    !is_work(found, rest)
        && !is_news(found, rest)
        && !AWAITED.iter().any(|words| head.contains(words))
        && !shortly_before(text, found.start(), 3, unreal)
        && !shortly_before(text, found.start(), 1, |w| is_aim(w, lexicon.language()))
}

/// "I adfer", "à rétablir": what is being worked on.
fn is_aim(word: &str, language: Language) -> bool {
    match language {
        Language::Welsh => word == "i",
        Language::French => matches!(word, "à" | "au" | "le" | "du"),
        Language::English => false,
    }
}

/// "We are working to restore it".
fn is_work(found: &Found<'_>, rest: &str) -> bool {
    let work = found.as_str().ends_with("working") || found.as_str().ends_with("gweithio");
    work && ON.iter().any(|on| rest.starts_with(on))
}

/// "We can now say" is said of what is known.
fn is_news(found: &Found<'_>, rest: &str) -> bool {
    found.as_str().ends_with("can now") && words::words(rest).next().is_some_and(|next| SAY.contains(&next))
}
