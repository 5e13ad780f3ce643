//! Words that stand in any sentence and say little by themselves.
//!
//! Not here: the words by which a language is known (the class `function` of its lexicon).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Each as it stands in the file, by the word without its mark.
static STOPWORDS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let lines = include_str!("lexicons/stopwords.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(|entry| (entry.trim_end_matches(['+', '~']), entry)).collect()
});

/// Whether a folded word does not tell its sentence from others.
pub(crate) fn is_stopword(word: &str) -> bool {
    STOPWORDS.get(word).is_some_and(|entry| !entry.ends_with('~'))
}

/// Whether nothing that a sentence claims turns on a folded word.
pub(crate) fn is_filler(word: &str) -> bool {
    STOPWORDS.get(word).is_some_and(|entry| !entry.ends_with('+'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_words_of_three_languages_are_stop_words_and_what_a_denial_says_is_not() {
        for word in ["the", "because", "wedi", "dans"] {
            assert_eq!(is_stopword(word), word != "because", "{word}");
        }
        assert!(!is_stopword("none") && !is_stopword("nothing") && !is_stopword("data"));
    }

    #[test]
    fn a_claim_may_turn_on_a_word_that_finds_no_sentence() {
        for word in ["most", "nid", "pas"] {
            assert!(is_stopword(word) && !is_filler(word), "{word}");
        }
        assert!(is_filler("the"));
    }
}
