//! `service-restored`, `service-disrupted` of a status line: "Land charges: working", a row with "Email" and "Down".
//!
//! Not here: what sentences say of services (`services`).

use super::{Claims, quoted};
use crate::{
    judge::{
        labels::Finding,
        lexicon::{Class, Lexicon},
        words,
    },
    model::Label,
};

/// What such a line is made of beside its thing, in words, at most.
const STATE: usize = 6;

/// How a state may go on.
const AFTER: [&str; 12] =
    ["until", "from", "to", "for", "due", "at", "by", "with", "on", "as", "since", "because"];

/// What may stand before a state.
const LEADS: [&str; 9] = ["is", "are", "now", "still", "currently", "fully", "only", "again", "all"];

/// The turn of a line that names the same thing on both sides, and says of it nothing but whether it works.
pub(super) fn turned(claims: &Claims<'_>) -> Option<Finding> {
    let (old, new) = (claims.before.text.as_str(), claims.after.text.as_str());
    let shared = words::words(old).zip(words::words(new)).take_while(|(a, b)| a == b).count();
    if shared == 0 || !claims.paired() {
        return None;
    }
    // After a colon or a dash the state may go on: "closed until further notice".
    let is_line = |text: &str| text.contains(": ") || text.contains(" - ");
    let goes_on = is_line(old) && is_line(new);
    let state = |text: &str, lexicon: &Lexicon| -> Option<(bool, String)> {
        let rest: Vec<&str> = words::words(text).skip(shared).skip_while(|w| LEADS.contains(w)).collect();
        let said = rest.join(" ");
        let bare = said.strip_prefix("not ").or_else(|| said.strip_prefix("no ")).unwrap_or(&said);
        let turned = bare.len() < said.len();
        let whole = |class| {
            lexicon.find(class, bare).next().is_some_and(|found| {
                let after = bare.get(found.end()..).and_then(|rest| rest.split_whitespace().next());
                let ends = after.is_none_or(|word| goes_on && AFTER.contains(&word));
                found.start() == 0 && ends
            })
        };
        let up = if rest.len() > STATE && !goes_on {
            return None;
        } else if whole(Class::StateUp) {
            true
        } else if whole(Class::StateDown) {
            false
        } else {
            return None;
        };
        Some((up != turned, said))
    };
    match (state(old, claims.before.lexicon)?, state(new, claims.after.lexicon)?) {
        ((false, _), (true, said)) => Some(Finding::new(Label::ServiceRestored, "state", quoted(&said))),
        ((true, _), (false, said)) => Some(Finding::new(Label::ServiceDisrupted, "state", quoted(&said))),
        _ => None,
    }
}
