//! `attribution-added`, `attribution-removed`: a cause or an agent.

use super::{Cells, Claims, NAMES, quoted};
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
        definite && (event || NAMES.iter().any(|class| cells.lexicon.has(*class, &near.join(" "))))
    };
    // "An error led to the outage", and not "the outage led to delays".
    let led = |cells: &Cells<'_>, other: &Cells<'_>| {
        let led = ["led to ", "leading to "]
            .into_iter()
            .find_map(|words| cells.positive.find(words).map(|at| (words, at)))?;
        of_it(cells, other, led.1 + led.0.len()).then(|| led.0.trim_end().to_owned())
    };
    let cause = |cells: &Cells<'_>, other: &Cells<'_>| {
        if unknown(cells) {
            return None;
        }
        // "Call early because lines are busy" gives a reason for advice.
        let advises = cells.lexicon.has(Class::Advice, &cells.positive);
        let found = cells.lexicon.find(Class::Cause, &cells.positive);
        let mut found = found.filter(|m| !advises || m.as_str() != "because");
        // "Selon toute vraisemblance" names nobody.
        let likely = |end: usize| cells.positive.get(end..).is_some_and(|rest| rest.starts_with(" toute"));
        // "To blame for the outage" says what it came of.
        let blames =
            |m: &regex::Match<'_>| ["to blame", "l'origine"].iter().any(|w| m.as_str().starts_with(w));
        // "Criminals stopped our phones": so does what did it.
        let acts = |m: &regex::Match<'_>| {
            ["stopped", "took", "knocked", "brought", "cut"].iter().any(|w| m.as_str().ends_with(w))
        };
        let names_it = |m: &regex::Match<'_>| of_it(cells, other, m.end()) || of_it(cells, other, article(m));
        found
            .find(|m| (blames(m) || acts(m) || !names_it(m)) && !likely(m.end()))
            .map(|m| m.as_str().to_owned())
            .or_else(|| led(cells, other))
    };
    match (cause(&claims.before, &claims.after), cause(&claims.after, &claims.before)) {
        (None, Some(found)) if !spoken(&claims.before) => {
            let said = claims.pages.before.says(&claims.after.text);
            (!said).then(|| Finding::new(Label::AttributionAdded, "cause", quoted(&found)))
        }
        (Some(found), None) if !spoken(&claims.after) => {
            let said = claims.pages.after.says(&claims.before.text);
            (!said).then(|| Finding::new(Label::AttributionRemoved, "cause", quoted(&found)))
        }
        _ => None,
    }
}
