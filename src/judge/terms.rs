//! Whether a sentence holds one of an incident's terms.

use crate::model::fold;

/// A term, ready to be looked for.
pub(super) struct Term {
    pub text: String,
    words: Vec<String>,
    /// Written in capitals: an acronym, which must stand in capitals.
    acronym: bool,
}

impl Term {
    pub(super) fn new(text: &str) -> Self {
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let acronym = letters().count() > 1 && letters().all(char::is_uppercase);
        let words = words(if acronym { text.to_owned() } else { fold(text) }.as_str());
        Self { text: text.to_owned(), words, acronym }
    }

    /// Whether the words of the term stand together in `sentence`, in any of their forms.
    pub(super) fn is_in(&self, sentence: &str) -> bool {
        let text = words(if self.acronym { sentence.to_owned() } else { fold(sentence) }.as_str());
        !self.words.is_empty()
            && text.windows(self.words.len()).any(|w| w.iter().zip(&self.words).all(|(a, b)| self.same(a, b)))
    }

    fn same(&self, word: &str, term: &str) -> bool {
        word == term || (!self.acronym && stem(word) == stem(term))
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

fn stem(word: &str) -> &str {
    ["ies", "es", "s", "ed", "ing", "y", "e"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|stem| stem.len() > 3))
        .unwrap_or(word)
}
