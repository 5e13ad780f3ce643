//! What negates, and what only looks so: "no doubt", "no fewer than", "ne ... que".
//!
//! Not here: whether a clause denies harm (`denial`).

use std::borrow::Cow;

use crate::{
    judge::claims::split::shortly_before,
    text::{Class, Lexicon, List, words},
};

/// A text without the phrases that only look like a denial.
pub(in crate::judge) fn affirmed(text: &str) -> Cow<'_, str> {
    let mut bare = Cow::Borrowed(text);
    for phrase in List::NegationAffirms.iter() {
        if bare.contains(phrase) {
            bare = Cow::Owned(bare.replace(phrase, ""));
        }
    }
    bare
}

/// Whether a denial is denied: "it is not true that no file was lost".
pub(in crate::judge) fn is_doubly_denied(clause: &str) -> bool {
    List::NegationDouble.within(clause).is_some() && List::NegationDoubleRest.within(clause).is_some()
}

/// "Ne" by itself denies nothing in French: "ne concerne que la paie".
pub(in crate::judge) fn is_half(word: &str) -> bool {
    word == "ne" || word.starts_with("n'")
}

/// Whether a French clause has the other half of a negation.
pub(in crate::judge) fn is_negated_in_full(clause: &str) -> bool {
    let words: Vec<&str> = words::words(clause).collect();
    let more = |n: usize| matches!(words.get(n + 1), Some(&"de" | &"d" | &"que"));
    words.iter().enumerate().any(|(n, word)| List::NegationHalf.has(word) || *word == "plus" && !more(n))
}

/// Whether something is said not to be ruled out: hardly a denial any more.
pub(in crate::judge) fn not_excluded<'t>(text: &'t str, lexicon: &'t Lexicon) -> Option<&'t str> {
    if let Some(words) = List::NegationUndecided.within(text) {
        return Some(words);
    }
    let mut found = lexicon.find(Class::Deny, text);
    found
        .find(|m| {
            List::NegationExclude.iter().any(|word| m.as_str().starts_with(word))
                && shortly_before(text, m.start(), 3, |w| is_negation(w, lexicon))
        })
        .map(|m| m.as_str())
}

/// Whether a clause takes back what it goes on to say.
pub(in crate::judge) fn is_taken_back(clause: &str) -> bool {
    List::NegationRetracts.within(clause).is_some()
}

/// Whether what a text goes on to deny is taken back, denied in its turn, or asked.
pub(in crate::judge) fn is_open(text: &str, lexicon: &Lexicon) -> bool {
    is_doubly_denied(text)
        || is_taken_back(text)
        || not_excluded(text, lexicon).is_some()
        || words::words(text).any(|word| word == "whether")
}

/// Whether a word negates, "cannot" among them.
pub(in crate::judge) fn is_negation(word: &str, lexicon: &Lexicon) -> bool {
    is_plain_negation(word, lexicon) || matches!(word, "cannot" | "can't" | "won't")
}

/// Words that turn what follows round. "Cannot access" is no denial, it is a service that fails.
pub(in crate::judge) fn is_plain_negation(word: &str, lexicon: &Lexicon) -> bool {
    let word = word.strip_prefix("qu'").unwrap_or(word);
    let whole = |word: &str| lexicon.first(Class::Negation, word) == Some(word);
    List::NegationFrench.has(word) || !List::NegationUnable.has(word) && (whole(word) || word == "nobody's")
}

/// Clauses whose negation is of knowledge, of time or of all, and not of harm.
pub(in crate::judge) fn hollow(clause: &str) -> bool {
    List::NegationHollow.within(clause).is_some()
}
