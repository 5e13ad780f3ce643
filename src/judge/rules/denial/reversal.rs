//! A "not" that came or went where no other rule has a name for it: a service that goes on or stops, a harm, or a fact.
//!
//! Not here: denials (`denial`), and words of opposite meaning (`opposites`).

use crate::{
    judge::{
        claims::{self, Cells},
        finding::{Finding, quoted},
        rules::denial::ALIKE,
        sides::Sides,
    },
    model::{Label, Rule},
    text::{Class, Language, List, words},
};

/// A "not" that came or went in a sentence that is else the same, where no other rule has a name for it.
pub(in crate::judge) fn turned(claims: &Sides<'_>) -> Option<Finding> {
    // "Not known", "no longer": nothing is denied.
    let negated = |cells: &Cells<'_>| {
        let bare = claims::affirmed(&cells.text);
        // "Without permission" and "without warning" deny nothing.
        let mut words = cells.lexicon.find(Class::Negation, &bare).map(|m| m.as_str());
        let word =
            words.find(|w| !matches!(*w, "without" | "sans" | "heb")).filter(|_| !claims::hollow(&bare));
        word.map(str::to_owned)
    };
    let (old, new) = (&claims.before.text, &claims.after.text);
    if !claims.paired() || words::coverage(old, new).min(words::coverage(new, old)) < ALIKE {
        return None;
    }
    let stops = |cells: &Cells<'_>| {
        cells.lexicon.find(Class::Negation, &cells.text).any(|m| stops(cells, m.as_str(), m.end()))
    };
    // The "not" is of the harm where that follows it shortly.
    let harms = |cells: &Cells<'_>, word: &str| {
        const NEAR: usize = 6;
        let mends = words::words(&cells.text).any(|w| List::ReversalMends.has(w));
        let rest = cells.text.find(word).and_then(|at| cells.text.get(at + word.len()..)).unwrap_or_default();
        let own = rest.split([',', ')', '(', ';']).next().unwrap_or_default();
        let near: Vec<&str> = words::words(own).take(NEAR).collect();
        cells.lexicon.has(Class::Harm, &near.join(" ")) && !mends
    };
    match (negated(&claims.before), negated(&claims.after)) {
        (Some(word), None) if stops(&claims.before) => {
            Some(Finding::new(Label::ServiceRestored, Rule::Negation, format!("{} is gone", quoted(&word))))
        }
        (None, Some(word)) if stops(&claims.after) => {
            Some(Finding::new(Label::ServiceDisrupted, Rule::Negation, quoted(&word)))
        }
        (Some(word), None) if harms(&claims.before, &word) && claims.moved.gone(&word) => {
            Some(Finding::new(Label::DenialWithdrawn, Rule::Negation, format!("{} is gone", quoted(&word))))
        }
        (None, Some(word)) if harms(&claims.after, &word) && claims.moved.come(&word) => {
            Some(Finding::new(Label::DenialAdded, Rule::Negation, quoted(&word)))
        }
        // What was not patched is no harm that is denied.
        (Some(word), None) => {
            Some(Finding::new(Label::Other, Rule::Negation, format!("{} is gone", quoted(&word))))
        }
        (None, Some(word)) => Some(Finding::new(Label::Other, Rule::Negation, quoted(&word))),
        _ => None,
    }
}

/// Whether a negation, which ends at a byte of the text, is of what goes on or can be done: "not running", "cannot
/// submit", "no water".
fn stops(cells: &Cells<'_>, word: &str, end: usize) -> bool {
    let rest = cells.text.get(end..).unwrap_or_default();
    if matches!(word, "cannot" | "can't") {
        // What cannot be said is no service, nor is what nobody can read.
        return !words::words(rest).take(2).any(|w| List::ReversalSays.has(w));
    }
    let near = words::words(rest).take(if word == "no" || cells.language == Language::Welsh { 4 } else { 2 });
    let goes_on = |w: &str| {
        let going = cells.language == Language::English && List::ReversalWorks.has(w);
        going
            || List::ReversalWorksEnding
                .iter()
                .any(|on| w.strip_suffix(on).is_some_and(|head| head.is_empty() || head.ends_with('\'')))
    };
    near.enumerate().any(|(n, w)| goes_on(w) || n == 0 && word == "no" && List::Supply.has(w))
}
