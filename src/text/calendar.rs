//! The names of months and days, in the languages that are read: the lexicons have them, whole ones first and in their
//! order.
//!
//! Not here: what makes a date of them (`dates`), and what follows from one.

use super::{
    Language,
    lexicon::{self, Class},
};

/// The months of a language, whole and in their order.
pub(crate) fn months(language: Language) -> impl Iterator<Item = &'static str> {
    lexicon::builtin(language).entries(Class::Month).take(12)
}

/// The days of the week in English, whole.
fn days() -> impl Iterator<Item = &'static str> {
    lexicon::builtin(Language::English).entries(Class::Weekday).take(7)
}

/// The number of the month that a word names in any of the languages, whole or cut to its first three or four letters.
pub(crate) fn month(word: &str) -> Option<usize> {
    let named = |month: &str| month == word || matches!(word.len(), 3 | 4) && month.starts_with(word);
    Language::ALL.into_iter().find_map(|language| months(language).position(named)).map(|at| at + 1)
}

/// Whether a word is a month or a day of the week in English, whole.
pub(crate) fn is_english(word: &str) -> bool {
    months(Language::English).chain(days()).any(|name| name == word)
}

/// The months in English, in three letters.
pub(crate) fn in_three() -> impl Iterator<Item = &'static str> {
    months(Language::English).filter_map(|month| month.get(..3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_has_twelve_months_in_each_language() {
        let last = Language::ALL.map(|language| months(language).nth(11));
        assert_eq!(last, [Some("december"), Some("rhagfyr"), Some("décembre")]);
        assert_eq!(days().last(), Some("sunday"));
    }

    #[test]
    fn months_are_known_in_three_languages_and_cut_short() {
        for (word, number) in [("march", 3), ("sept", 9), ("mawrth", 3), ("mai", 5), ("juil", 7), ("août", 8)]
        {
            assert_eq!(month(word), Some(number), "{word}");
        }
        assert_eq!(month("marching"), None);
        assert_eq!(month("ma"), None);
        assert!(is_english("may") && is_english("sunday") && !is_english("mai") && !is_english("sep"));
    }
}
