//! Whether a number is in what a sentence denies: "none of the 40 schools was hit", and not "40 schools were hit, but no
//! data was taken".
//!
//! Not here: what is denied (`claims`).

use std::ops::Range;

use crate::{
    judge::claims::{self, Cells},
    text::{Class, List, words},
};

/// Whether the number at `at` is in what the text denies.
pub(in crate::judge) fn is_denied(cells: &Cells<'_>, at: &Range<usize>) -> bool {
    let text = cells.text.as_str();
    if is_known(text, at) {
        return false;
    }
    let offset = |part: &str| part.as_ptr() as usize - text.as_ptr() as usize;
    let holds = |part: &str| (offset(part)..=offset(part) + part.len()).contains(&at.start);
    let Some(sentence) = claims::sentences(text).find(|sentence| holds(sentence)) else { return true };
    let parts = parts(sentence);
    let Some(here) = parts.iter().rposition(|part| offset(part) <= at.start) else { return true };
    let negates = |n: usize| {
        parts.get(n).is_some_and(|part| cells.lexicon.has(Class::Negation, &claims::affirmed(part)))
    };
    let is_clause =
        |n: usize| parts.get(n).is_some_and(|p| words::words(p).any(|w| List::ScopeDeniedVerb.has(w)));
    let anew = |n: usize| {
        let first = parts.get(n).and_then(|part| words::words(part).next());
        first.is_some_and(|first| List::ScopeSubject.has(first))
    };
    if negates(here) {
        return true;
    }
    if anew(here) {
        return false;
    }
    // "No data of staff, pupils or 40 parents was taken."
    let begun = (0..here).rev().find(|&n| is_clause(n) || anew(n) || n == 0);
    if begun.is_some_and(|n| !is_clause(n) && negates(n)) {
        return true;
    }
    // "Customers in Marle, 40 in all, were not reached."
    let ends = (here + 1..parts.len()).find(|&n| !anew(n));
    !is_clause(here) && ends.is_some_and(|n| is_clause(n) && negates(n))
}

/// "The records of the 40 people affected have not been misused": that they are affected is not denied.
fn is_known(text: &str, at: &Range<usize>) -> bool {
    let head = text.get(..at.start).unwrap_or_default();
    let rest = text.get(at.end..).unwrap_or_default();
    words::words(head).last() == Some("the") && words::words(rest).take(3).any(|w| List::ScopeKnown.has(w))
}

/// The parts of a sentence, each with the word that opens it.
fn parts(sentence: &str) -> Vec<&str> {
    let opens = |at: usize| sentence.get(at..).is_some_and(|rest| List::ScopeClause.opening(rest).is_some());
    let mut starts: Vec<usize> = sentence.char_indices().map(|(at, _)| at).filter(|at| opens(*at)).collect();
    starts.insert(0, 0);
    starts.push(sentence.len());
    let parts = starts.windows(2).filter_map(|ends| sentence.get(*ends.first()?..*ends.get(1)?));
    parts.filter(|part| part.contains(char::is_alphanumeric)).collect()
}
