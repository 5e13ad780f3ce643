//! Lists that names stand in: "Ellerby, Stanmere and Corrindale councils", "with the NCSC, the police and Civica".
//!
//! Not here: names by themselves (`party`).

use crate::{
    judge::entities::split::{Word, owner},
    text::List,
};

/// Whether a list of names with one kind for all follows: "... and Stanmere councils".
pub(in crate::judge) fn listed(words: &[Word<'_>], from: usize) -> bool {
    words
        .iter()
        .skip(from)
        .take(6)
        .any(|w| matches!(w.text, "councils" | "trusts" | "schools" | "hospitals" | "forces"))
}

/// Whether the name before `at` in a list stands where organisations stand: "with the NCSC, the police and Civica".
pub(in crate::judge) fn enumerated(words: &[Word<'_>], at: usize) -> bool {
    const FAR: usize = 14;
    let before = |n: usize| at.checked_sub(n).and_then(|n| words.get(n));
    let linked = before(1).is_some_and(|w| matches!(w.text, "and" | "et" | "a") || w.ends);
    linked
        && (1..=FAR)
            .map_while(before)
            .map(|w| (owner(w.text), w))
            .find(|(word, w)| {
                !(List::PartyListGap.has(word.as_str())
                    || List::PartyKind.has(word.as_str())
                    || w.text.starts_with(|c: char| c.is_uppercase()))
            })
            .is_some_and(|(word, w)| !w.ends && List::PartyIntroduced.has(word.as_str()))
}

/// Whether the name before which `at` stands is one of a list that is said to be of councils, schools or firms: "the councils
/// involved are Ellerby, Stanmere and Corrindale".
pub(in crate::judge) fn is_rolled(words: &[Word<'_>], at: usize) -> bool {
    const FAR: usize = 10;
    let before: Vec<&Word<'_>> = words.get(..at).unwrap_or_default().iter().rev().collect();
    let of_list = |w: &&&Word<'_>| w.text.starts_with(char::is_uppercase) || matches!(w.text, "and" | "the");
    let listed = before.iter().take_while(of_list).count();
    let Some(verb) = before.get(listed) else { return false };
    let roll = |w: &&Word<'_>| List::PartyRole.has(w.text.to_lowercase().as_str());
    (verb.ends || matches!(verb.text, "are" | "were" | "include"))
        && before.iter().skip(listed).take(FAR).any(roll)
}
