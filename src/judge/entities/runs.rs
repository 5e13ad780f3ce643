//! Runs of words in capitals, with what joins them: "the Safety at Work Executive".
//!
//! Not here: whether a run names an organisation (`party`).

use std::{collections::BTreeSet, ops::Range};

use crate::{
    judge::entities::{
        lists::{is_rolled, listed},
        party::party,
        shape::has_kind,
        split::{Word, cut, owner},
    },
    text::List,
};

/// The organisations that a text names.
pub(in crate::judge) fn all(text: &str) -> BTreeSet<String> {
    let words = cut(text);
    let mut found = BTreeSet::new();
    let mut n = 0;
    while let Some(word) = words.get(n) {
        if is_capital(word) {
            let end = end(&words, n);
            found.extend(party(&words, n..end));
            n = end;
        } else {
            n += 1;
        }
    }
    found
}

fn is_capital(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
}

/// The end of the run that begins at a word.
fn end(words: &[Word<'_>], from: usize) -> usize {
    let rolled = is_rolled(words, from);
    let mut end = from + 1;
    while let Some(next) = words.get(end).filter(|_| !words.get(end - 1).is_some_and(|w| w.ends)) {
        if !is_capital(next) && !joins(words, from..end, next, rolled) {
            break;
        }
        end += 1;
    }
    end
}

/// Whether the word after a run joins more to it.
fn joins(words: &[Word<'_>], run: Range<usize>, next: &Word<'_>, rolled: bool) -> bool {
    let (end, long) = (run.end, run.len() > 1);
    let run = words.get(run).unwrap_or_default();
    // "The Safety at Work Executive".
    let at_work = next.text == "at" && words.get(end + 1).is_some_and(|w| w.text == "Work");
    // "Ellerby Council and Stanmere Council" are two.
    let ended = matches!(next.text, "and" | "&")
        && long
        && run.last().is_some_and(|w| List::PartyEnd.has(&owner(w.text)));
    // So are "Ellerby and Stanmere councils".
    let two =
        matches!(next.text, "and" | "et" | "a" | "&") && !has_kind(run) && (rolled || listed(words, end));
    (List::PartyJoiner.has(next.text) || at_work)
        && words.get(end + 1).is_some_and(is_capital)
        && !next.ends
        && !ended
        && !two
}
