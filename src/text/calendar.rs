//! The names of months and days, in the languages that are read.
//!
//! Not here: what makes a date of them (`dates`), and what follows from one.

/// The months in English.
pub(crate) const ENGLISH: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The months in Welsh.
const WELSH: [&str; 12] = [
    "ionawr",
    "chwefror",
    "mawrth",
    "ebrill",
    "mai",
    "mehefin",
    "gorffennaf",
    "awst",
    "medi",
    "hydref",
    "tachwedd",
    "rhagfyr",
];

/// The months in French.
const FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The days of the week in English.
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The number of the month that a word names in any of the languages, whole or cut to its first three or four letters.
pub(crate) fn month(word: &str) -> Option<usize> {
    let named = |month: &str| month == word || matches!(word.len(), 3 | 4) && month.starts_with(word);
    [ENGLISH, WELSH, FRENCH]
        .iter()
        .find_map(|names| names.iter().position(|name| named(name)))
        .map(|at| at + 1)
}

/// Whether a word is a month or a day of the week in English, whole.
pub(crate) fn is_english(word: &str) -> bool {
    ENGLISH.contains(&word) || DAYS.contains(&word)
}

/// The months in English, in three letters.
pub(crate) fn in_three() -> impl Iterator<Item = &'static str> {
    ENGLISH.iter().filter_map(|month| month.get(..3))
}

#[cfg(test)]
mod tests {
    use super::*;

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
