//! A run of words in capitals, with what stands around it.
//!
//! Not here: where it ends (`runs`), whether it names an organisation (`party`).

use std::ops::Range;

use crate::{
    judge::entities::{
        shape::{is_acronym, is_common, is_known, is_place, is_time},
        split::{Word, owner},
    },
    text::List,
};

/// A run of words in capitals, in its text.
pub(in crate::judge) struct Run<'w, 't> {
    pub text: &'w [Word<'t>],
    /// Where it stands there.
    pub at: Range<usize>,
    /// Its words, without one that only begins a sentence.
    pub words: &'w [Word<'t>],
    /// Them in lower case, each by itself and all.
    pub name: Vec<String>,
    joined: String,
    /// What stands before and after it, in lower case.
    before: Option<String>,
    after: Option<String>,
}

impl<'w, 't> Run<'w, 't> {
    pub(in crate::judge) fn of(text: &'w [Word<'t>], at: Range<usize>) -> Option<Self> {
        let words = text.get(at.clone())?;
        let lower = |n: usize| text.get(n).map(|w| w.text.to_lowercase());
        let (before, after) = (at.start.checked_sub(1).and_then(lower), lower(at.end));
        if before.as_deref().is_some_and(|b| List::PartyNotFirst.has(b))
            || words.first().is_some_and(|w| List::PartyNotFirst.has(&owner(w.text)))
        {
            return None;
        }
        // The first word of a sentence is in capitals anyway.
        let begins = |first: &Word<'_>, rest: &[Word<'_>]| {
            let bare = rest.is_empty() && !is_acronym(first.text) && !is_known(first.text);
            first.begins && (is_common(first.text) || bare)
        };
        let words = words.split_first().filter(|(first, rest)| begins(first, rest)).map_or(words, |w| w.1);
        let name: Vec<String> = words.iter().map(|w| owner(w.text)).collect();
        let joined = name.join(" ");
        (!name.is_empty()).then_some(Self { text, at, words, name, joined, before, after })
    }

    /// Its name without the article.
    pub(in crate::judge) fn bare(&self) -> &str {
        self.joined.trim_start_matches("the ")
    }

    pub(in crate::judge) fn last(&self) -> &str {
        self.name.last().map(String::as_str).unwrap_or_default()
    }

    /// The word that stands so many words before it.
    pub(in crate::judge) fn nth_before(&self, n: usize) -> Option<&Word<'t>> {
        self.at.start.checked_sub(n).and_then(|n| self.text.get(n))
    }

    /// Whether one of these words stands right before it.
    pub(in crate::judge) fn follows(&self, words: &[&str]) -> bool {
        self.before.as_deref().is_some_and(|before| words.contains(&before))
    }

    /// Whether a word of a list stands right before it.
    pub(in crate::judge) fn comes_after(&self, list: List) -> bool {
        self.before.as_deref().is_some_and(|before| list.has(before))
    }

    /// Whether one of these words stands right after it.
    pub(in crate::judge) fn precedes(&self, words: &[&str]) -> bool {
        self.after.as_deref().is_some_and(|after| words.contains(&after))
    }

    /// Whether a word of a list stands right after it.
    pub(in crate::judge) fn comes_before(&self, list: List) -> bool {
        self.after.as_deref().is_some_and(|after| list.has(after))
    }

    /// Whether a sentence or a clause ends with it.
    pub(in crate::judge) fn ends(&self) -> bool {
        self.words.last().is_some_and(|w| w.ends)
    }

    pub(in crate::judge) fn is_place(&self) -> bool {
        is_place(&self.name)
    }

    pub(in crate::judge) fn is_time(&self) -> bool {
        is_time(self.last())
    }
}
