//! A cause that is looked for: "the cause is being investigated", "we cannot say who was behind the attack".
//!
//! Not here: a cause that is told (`causes`).

use crate::text::{Found, List, words};

/// Whether a text says that nobody knows the cause.
pub(in crate::judge) fn is_unknown(text: &str) -> bool {
    List::CauseUnknown.within(text).is_some()
}

/// Whether a phrase that speaks of a cause stands in a clause that says it is not known.
pub(in crate::judge) fn is_sought(text: &str, found: &Found<'_>) -> bool {
    const ENDS: [char; 4] = ['.', ';', '|', ','];
    let start = text.get(..found.start()).and_then(|head| head.rfind(ENDS)).map_or(0, |at| at + 1);
    let end =
        text.get(found.end()..).and_then(|rest| rest.find(ENDS)).map_or(text.len(), |at| found.end() + at);
    let clause = text.get(start..end).unwrap_or_default();
    let said = found.as_str();
    // "Those behind the attack" are not named.
    let head = text.get(start..found.start()).unwrap_or_default();
    let anybody =
        said.starts_with("behind") && words::words(head).last().is_some_and(|w| List::CauseAnybody.has(w));
    // "Revendiquée" is a claim, and "n'a pas été revendiquée" is none.
    let open = List::CauseOpen.opening(said).is_some() || said.starts_with("revendiqu");
    anybody || open && List::CauseSought.within(clause).is_some()
}
