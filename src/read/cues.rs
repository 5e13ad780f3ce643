//! Words by which a line names what this tool watches for.
//!
//! Not here: relevance to an incident (`judge`), which knows the incident's own terms.

use crate::{read::clip::clip, text::begins_any};

/// So many bytes of a text are looked at.
const MOST: usize = 400;

/// Whether a text names an incident.
pub(super) fn names_an_incident(text: &str) -> bool {
    const NAMES: [&str; 10] = [
        "cyber",
        "seiber",
        "ransomware",
        "incident",
        "digwyddiad",
        "breach",
        "outage",
        "hacked",
        "unauthorised access",
        "unauthorized access",
    ];
    has_any(text, &NAMES)
}

/// Whether a text names an incident, or what may have been done in one.
pub(super) fn has_cue(text: &str) -> bool {
    const CUES: [&str; 7] =
        ["data protection", "personal data", "données personnelles", "attack", "stolen", "criminals", "data"];
    names_an_incident(text) || has_any(text, &CUES)
}

/// Whether one of some words, in lower case, begins in a text where a word does.
fn has_any(text: &str, words: &[&str]) -> bool {
    let text = clip(text, MOST);
    if !text.is_ascii() {
        let lower = text.to_lowercase();
        let begins = |at: usize| lower.get(..at).is_some_and(|head| !head.ends_with(char::is_alphanumeric));
        return words.iter().any(|word| lower.match_indices(word).any(|(at, _)| begins(at)));
    }
    begins_any(text, words)
}
