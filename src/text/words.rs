//! Words of folded text: cut, stemmed, and how much two texts have of the same.

use super::stopwords::is_filler;

/// The words of folded text, in order.
pub(crate) fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|w| w.trim_matches('\''))
        .filter(|w| !w.is_empty())
}

/// The stems of the words that say something, in order.
pub(crate) fn stems(text: &str) -> Vec<String> {
    words(text).filter(|w| !is_filler(w)).map(|w| stem(w).to_owned()).collect()
}

/// A word without its commonest endings. Rough: for likeness, not for dictionaries.
pub(crate) fn stem(word: &str) -> &str {
    // "The council's"; in Welsh "heddlu'n", "gyda'r".
    let word = ["'s", "'n", "'r"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    ["ations", "ation", "ments", "ment", "ings", "ing", "ied", "ies", "ed", "es", "s", "e", "y"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|stem| stem.chars().nth(2).is_some()))
        .unwrap_or(word)
}

/// The share of the telling words of `part` that `whole` has too; 0 where it has none.
pub(crate) fn coverage(part: &str, whole: &str) -> f64 {
    let (part, whole) = (stems(part), stems(whole));
    let held = part.iter().filter(|w| whole.contains(w)).count();
    if part.is_empty() { 0.0 } else { held as f64 / part.len() as f64 }
}
