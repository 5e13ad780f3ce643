//! Which words moved between the two sides of a place. A label of an edited sentence must rest on some of them: what was
//! said in words that all stand is still said.
//!
//! Not here: what the words claim (`cells`).

use rustc_hash::FxHashSet;

use crate::{
    judge::claims::swaps,
    text::{Language, spelling, words},
};

/// The words that one side has and the other has not, in their places.
pub(in crate::judge) struct Moved {
    gone: FxHashSet<String>,
    come: FxHashSet<String>,
    /// Whether one side is empty, so that everything moved.
    whole: bool,
}

impl Moved {
    /// Of two folded texts.
    pub(in crate::judge) fn of(old: &str, new: &str, language: Language) -> Self {
        let swaps = swaps::swaps(old, new);
        // "Gallai'r" is "gallai" too.
        let own = |words: &[&str]| {
            let parts = words.iter().flat_map(|word| word.split('\'').chain([*word]));
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        let told = || swaps.iter().filter(|swap| !spelling::is_same_word(&swap.gone, &swap.come, language));
        Self {
            gone: told().flat_map(|swap| own(&swap.gone)).collect(),
            come: told().flat_map(|swap| own(&swap.come)).collect(),
            // Texts too long to be set beside each other have moved as far as anybody can say.
            whole: old.is_empty() || new.is_empty() || swaps.is_empty() && old != new,
        }
    }

    /// Whether one of some words of the old side is gone from its place.
    pub(in crate::judge) fn gone(&self, text: &str) -> bool {
        self.whole || words::words(text).any(|word| self.gone.contains(word))
    }

    /// Whether one of some words of the new side has come to its place.
    pub(in crate::judge) fn come(&self, text: &str) -> bool {
        self.whole || words::words(text).any(|word| self.come.contains(word))
    }
}
