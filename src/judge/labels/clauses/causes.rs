//! `attribution-added`, `attribution-removed`: a cause or an agent.

use super::{Cells, Claims, cells, quoted};
use crate::{
    judge::{labels::Finding, lexicon::Class, words},
    model::Label,
};

/// Words that speak of something that is known already.
const DEFINITE: [&str; 16] = [
    "the",
    "this",
    "these",
    "that",
    "our",
    "last",
    "yesterday's",
    "la",
    "le",
    "les",
    "cette",
    "cet",
    "ce",
    "y",
    "yr",
    "ein",
];

/// Where the article begins that some phrases of a cause end in: "due to the".
fn article(found: &regex::Match<'_>) -> usize {
    found.as_str().rfind(' ').map_or(found.end(), |at| found.start() + at)
}

/// `attribution-added`, `attribution-removed`: a cause or an agent.
pub(super) fn findings(claims: &Claims<'_>) -> Option<Finding> {
    // A cause that one side denies is spoken of on both; that nobody knows it names none.
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
    let unknown = |cells: &Cells<'_>| UNKNOWN.iter().any(|words| cells.text.contains(words));
    let spoken = |cells: &Cells<'_>| cells.lexicon.has(Class::Cause, &cells.text) && !unknown(cells);
    // "Because of the incident" names what came of it, and no cause of it.
    let of_it = |cells: &Cells<'_>, other: &Cells<'_>, end: usize| {
        let near: Vec<&str> = words::words(cells.positive.get(end..).unwrap_or_default()).take(4).collect();
        let definite = near.first().is_some_and(|w| DEFINITE.contains(w) || w.starts_with("l'"));
        // What the other side speaks of too is known already.
        let known = near.get(1).is_some_and(|w| w.len() > 3 && words::words(&other.text).any(|o| o == *w));
        let event = known || near.iter().any(|w| matches!(*w, "contamination" | "recall" | "closure"));
        definite && (event || cells::NAMES.iter().any(|class| cells.lexicon.has(*class, &near.join(" "))))
    };
    // "An error led to the outage", and not "the outage led to delays".
    let led = |cells: &Cells<'_>, other: &Cells<'_>| {
        // And not "emailed to".
        let led = [" led to ", " leading to "]
            .into_iter()
            .find_map(|words| cells.positive.find(words).map(|at| (words, at)))?;
        of_it(cells, other, led.1 + led.0.len()).then(|| led.0.trim().to_owned())
    };
    let cause = |cells: &Cells<'_>, other: &Cells<'_>| {
        if unknown(cells) {
            return None;
        }
        // "Call early because lines are busy" gives a reason for advice.
        let advises = cells.lexicon.has(Class::Advice, &cells.positive);
        let found = cells.lexicon.find(Class::Cause, &cells.positive);
        let found = found.filter(|m| !advises || m.as_str() != "because");
        // "Selon toute vraisemblance" names nobody.
        let likely = |end: usize| cells.positive.get(end..).is_some_and(|rest| rest.starts_with(" toute"));
        // "To blame for the outage" says what it came of.
        let blames =
            |m: &regex::Match<'_>| ["to blame", "l'origine"].iter().any(|w| m.as_str().starts_with(w));
        // "Criminals stopped our phones": so does what did it.
        let acts = |m: &regex::Match<'_>| {
            ["stopped", "took", "knocked", "brought", "cut"].iter().any(|w| m.as_str().ends_with(w))
        };
        let names_it = |m: &regex::Match<'_>| {
            // "According to the police, the attack was launched from abroad": who says so is no part of it.
            m.as_str() != "according to" && (of_it(cells, other, m.end()) || of_it(cells, other, article(m)))
        };
        // "We will report on the attack by the end of May."
        let by_then = |m: &regex::Match<'_>| {
            const WHEN: [&str; 8] =
                ["end", "start", "beginning", "middle", "close", "time", "weekend", "summer"];
            let next = words::words(cells.positive.get(m.end()..).unwrap_or_default()).next();
            m.as_str().ends_with(" by the") && next.is_some_and(|next| WHEN.contains(&next))
        };
        // "Messages that claim to come from us" are feared, and name no cause.
        let claimed = |m: &regex::Match<'_>| {
            let head = cells.positive.get(..m.start()).unwrap_or_default().trim_end();
            let to = [
                "claim to",
                "claims to",
                "claiming to",
                "pretend to",
                "pretending to",
                "purport to",
                "purporting to",
            ];
            m.as_str().ends_with(" from") && to.iter().any(|to| head.ends_with(to))
        };
        let denied = |m: &regex::Match<'_>| is_not(cells.positive.get(..m.start()).unwrap_or_default());
        // Whoever did one thing or another to it was named before: "seen by an outsider", "stolen by an outsider".
        let by = |m: &regex::Match<'_>| {
            if m.as_str().starts_with("criminals ") && other.text.contains("criminals") {
                return true;
            }
            let article = [" by a", " by an", " by the"].into_iter().find(|by| m.as_str().ends_with(by));
            let who = words::words(cells.positive.get(m.end()..).unwrap_or_default()).next();
            article.zip(who).is_some_and(|(by, who)| other.text.contains(&format!("{by} {who}")))
        };
        found
            .filter(|m| !claimed(m) && !by(m) && !denied(m) && !by_then(m))
            .find(|m| (blames(m) || acts(m) || !names_it(m)) && !likely(m.end()))
            .map(|m| m.as_str().to_owned())
            .or_else(|| led(cells, other))
    };
    match (cause(&claims.before, &claims.after), cause(&claims.after, &claims.before)) {
        (None, Some(found)) if !spoken(&claims.before) => {
            let said = claims.pages.before.says(&claims.after.text, &claims.place.hunk.at.before);
            (!said).then(|| Finding::new(Label::AttributionAdded, "cause", quoted(&found)))
        }
        // "It is not the result of an attack" becomes "it is".
        (None, Some(found)) if is_denied(&claims.before, &claims.after, &found) && claims.paired() => {
            Some(Finding::new(Label::AttributionAdded, "cause", quoted(&found)))
        }
        (Some(found), None) if is_denied(&claims.after, &claims.before, &found) && claims.paired() => {
            Some(Finding::new(Label::AttributionRemoved, "cause", quoted(&found)))
        }
        (Some(found), None) if !spoken(&claims.after) => {
            let said = claims.pages.after.says(&claims.before.text, &claims.place.hunk.at.after);
            (!said).then(|| Finding::new(Label::AttributionRemoved, "cause", quoted(&found)))
        }
        (Some(old), Some(new)) => {
            let (was, is) = (reason(&claims.before, &old)?, reason(&claims.after, &new)?);
            let other = words::covered(&was, &claims.after.text) <= 0.0
                && words::covered(&is, &claims.before.text) <= 0.0;
            (claims.paired() && other).then(|| {
                Finding::new(Label::AttributionAdded, "cause", format!("{} → {}", quoted(&was), quoted(&is)))
            })
        }
        _ => None,
    }
}

/// What stands behind a cause: "human error" of "the result of human error".
fn reason(cells: &Cells<'_>, cause: &str) -> Option<String> {
    const LENGTH: usize = 3;
    let at = cells.positive.find(cause)? + cause.len();
    let rest = cells.positive.get(at..)?;
    let end = rest.find([',', '.', ';', '|']).unwrap_or(rest.len());
    let words: Vec<&str> = words::words(rest.get(..end)?).take(LENGTH).collect();
    (!words::telling(&words.join(" ")).is_empty()).then(|| words.join(" "))
}

/// Whether a side says of a cause, in these very words, that it was not so, and the other does not leave it open.
fn is_denied(cells: &Cells<'_>, other: &Cells<'_>, cause: &str) -> bool {
    if cells::not_excluded(&other.text, other.lexicon).is_some() {
        return false;
    }
    let be = ["was ", "is ", "were ", "been ", "be ", "are "];
    let cause = be.iter().find_map(|be| cause.strip_prefix(be)).unwrap_or(cause);
    let head = cells.text.find(cause).and_then(|at| cells.text.get(..at)).unwrap_or_default();
    is_not(head)
}

/// Whether what stands before a cause says that it was not so.
fn is_not(head: &str) -> bool {
    words::words(head).last().is_some_and(|word| matches!(word, "not" | "never" | "nor"))
}
