//! What a word or a name is by its shape or by the lists of words: a kind, initials, a place, a time.
//!
//! Not here: what stands around a name (`party`).

use crate::{
    judge::entities::split::{Word, owner},
    text::{Class, Language, List, lexicon},
};

/// Whether one of the words is a kind of organisation.
pub(in crate::judge) fn has_kind(run: &[Word<'_>]) -> bool {
    run.iter().any(|w| List::PartyKind.has(&owner(w.text)))
}

pub(in crate::judge) fn is_known(word: &str) -> bool {
    List::PartyKnown.has(&owner(word))
}

pub(in crate::judge) fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters) && word.chars().all(|c| c.is_uppercase() || c == '&')
}

/// Words that only begin a sentence.
pub(in crate::judge) fn is_common(word: &str) -> bool {
    List::PartyCommon.has(&owner(word))
}

pub(in crate::judge) fn is_place(name: &[String]) -> bool {
    name.last().is_some_and(|last| List::PlaceName.has(last.as_str()))
}

pub(in crate::judge) fn is_time(word: &str) -> bool {
    let lexicon = lexicon::builtin(Language::English);
    lexicon.has(Class::Month, word)
        || lexicon.has(Class::Weekday, word)
        || matches!(word, "christmas" | "easter")
}
