//! A cause that is looked for: "the cause is being investigated", "we cannot say who was behind the attack".
//!
//! Not here: a cause that is told (`causes`).

use crate::text::{Found, words};

/// How a phrase begins that speaks of a cause or an agent without naming it.
const OPEN: [&str; 9] =
    ["the cause", "cause", "behind", "root of", "l'origine", "origine", "tu ôl", "criminals ", "hackers"];

/// What is said where nobody knows, or where it is looked into.
const SEEKS: [&str; 47] = [
    "unknown",
    "not known",
    "not yet known",
    "not clear",
    "not yet clear",
    "unclear",
    "being investigated",
    "under investigation",
    "investigating",
    "to investigate",
    "investigation into",
    "looking into",
    "looked into",
    "look into",
    "to establish",
    "be established",
    "not established",
    "not been established",
    "to determine",
    "be determined",
    "not been determined",
    "not been found",
    "be confirmed",
    "not been confirmed",
    "find out",
    "to identify",
    "yet to",
    "looking for",
    "searching for",
    "who was",
    "who is",
    "who carried",
    "cannot say",
    "too early",
    "do not know",
    "don't know",
    "ignor",
    "inconnu",
    "pas connu",
    "pas encore connu",
    "pas établi",
    "pas été",
    "cherch",
    "anhysbys",
    "yn hysbys",
    "ymchwilio",
    "gwybod",
];

/// How it is said that nobody knows who or what it was.
const UNKNOWN: [&str; 8] = [
    "know who ",
    "known who ",
    "clear who ",
    "know what caused",
    "known what caused",
    "clear what caused",
    "established what caused",
    "cause is not ",
];

/// Whether a text says that nobody knows the cause.
pub(in crate::judge) fn is_unknown(text: &str) -> bool {
    UNKNOWN.iter().any(|words| text.contains(words))
}

/// Whether a phrase that speaks of a cause stands in a clause that says it is not known.
pub(in crate::judge) fn is_sought(text: &str, found: &Found<'_>) -> bool {
    const ANYBODY: [&str; 5] = ["those", "people", "anyone", "whoever", "criminals"];
    const ENDS: [char; 4] = ['.', ';', '|', ','];
    let start = text.get(..found.start()).and_then(|head| head.rfind(ENDS)).map_or(0, |at| at + 1);
    let end =
        text.get(found.end()..).and_then(|rest| rest.find(ENDS)).map_or(text.len(), |at| found.end() + at);
    let clause = text.get(start..end).unwrap_or_default();
    let said = found.as_str();
    // "Those behind the attack" are not named.
    let head = text.get(start..found.start()).unwrap_or_default();
    let anybody =
        said.starts_with("behind") && words::words(head).last().is_some_and(|w| ANYBODY.contains(&w));
    // "Revendiquée" is a claim, and "n'a pas été revendiquée" is none.
    let open = OPEN.iter().any(|open| said.starts_with(open)) || said.starts_with("revendiqu");
    anybody || open && SEEKS.iter().any(|words| clause.contains(words))
}
