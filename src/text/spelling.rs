//! A slip of the pen that was mended: no word became a word.
//!
//! Rules: one lower-case word of five letters or more, two letters at most apart, the old form in no word list and the
//! new one in it. So never an inflection (archived, archive), never a name, never one word for another (accessed,
//! assessed). The list holds English words alone.

use std::sync::LazyLock;

use super::language::Language;

/// Words of five letters and more, lower case, one a line, sorted.
static LIST: &str = include_str!("lexicons/words-en.txt");

/// Words that turn a sentence round; none of them may come or go.
const TURNING: &[&str] = &["no", "not", "now", "none", "never", "may", "can", "cannot"];

/// The word that was mended and what it became, when nothing else differs.
pub(crate) fn mended<'t>(old: &'t str, new: &'t str, language: Language) -> Option<(&'t str, &'t str)> {
    if language != Language::English {
        return None;
    }
    let (before, after): (Vec<&str>, Vec<&str>) =
        (old.split_whitespace().collect(), new.split_whitespace().collect());
    if before.len() != after.len() {
        return None;
    }
    let mut others = before.iter().zip(&after).filter(|(a, b)| a != b);
    let (wrong, right) = others.next().map(|(a, b)| (bare(a), bare(b)))?;
    let long = |w: &str| w.chars().count() >= 5 && w.chars().all(|c| c.is_ascii_lowercase());
    let turned = TURNING.iter().any(|w| wrong.contains(w) != right.contains(w))
        || wrong.starts_with("un") != right.starts_with("un");
    let is_slip = others.next().is_none()
        && long(wrong)
        && long(right)
        && !turned
        && strsim::osa_distance(wrong, right) <= 2
        && !known(wrong)
        && known(right);
    is_slip.then_some((wrong, right))
}

/// Whether two words that no list holds are one, spelt in two ways: a name with a letter mended.
pub(crate) fn is_variant(one: &str, other: &str) -> bool {
    const LONG: usize = 6;
    let letters = |word: &str| word.chars().count() >= LONG && word.chars().all(char::is_alphabetic);
    letters(one) && letters(other) && !known(one) && !known(other) && strsim::osa_distance(one, other) <= 1
}

/// Whether a word in small letters is one of the language, or too short for the list.
pub(crate) fn is_plain(word: &str) -> bool {
    const SHORT: usize = 5;
    word.chars().count() < SHORT || known(word)
}

fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Verbs that double their last letter: "occured" is none of their forms.
const DOUBLING: &[&str] = &[
    "admit", "commit", "control", "occur", "omit", "permit", "prefer", "refer", "regret", "submit",
    "transfer",
];

fn known(word: &str) -> bool {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| LIST.lines().collect());
    // The list leaves out most inflections of its rarer words: a form is known when its stem is.
    let stems =
        [("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("d", "")];
    let has = |w: &str| WORDS.binary_search(&w).is_ok();
    has(word)
        || stems.iter().filter_map(|(end, add)| Some((*end, word.strip_suffix(end)?, *add))).any(
            |(end, stem, add)| {
                let doubles = matches!(end, "ed" | "ing") && add.is_empty() && DOUBLING.contains(&stem);
                !doubles && has(&format!("{stem}{add}"))
            },
        )
}

/// Whether a text differs from one in nothing but a slip of the pen.
pub(crate) fn is_slip(right: &str, wrong: &str, language: Language) -> bool {
    mended(wrong, right, language).is_some()
}

/// Whether words that stand for others are the same: set together or apart ("maybe", "may be"), or a slip that was mended.
pub(crate) fn is_same_word(gone: &[&str], come: &[&str], language: Language) -> bool {
    let (was, is) = (gone.concat(), come.concat());
    let mended = || is_slip(&was, &is, language) || is_slip(&is, &was, language);
    !was.is_empty()
        && (was == is || gone.len() == 1 && come.len() == 1 && (mended() || is_variant(&was, &is)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_mended_and_a_word_is_not_exchanged() {
        let is = |old, new| mended(old, new, Language::English).is_some();
        assert!(is("We are investgating the matter.", "We are investigating the matter."));
        assert!(is("We recieved a report.", "We received a report."));
        assert!(is("It occured overnight.", "It occurred overnight."));
        for (old, new) in [
            ("Data was accessed.", "Data was assessed."),
            ("It was archived.", "It was archive."),
            ("Staff of Wantsom agreed.", "Staff of Wantsum agreed."),
            ("It is unavalable here.", "It is available here."),
            ("We investigated it.", "We investigated them."),
        ] {
            assert!(!is(old, new), "{old} / {new}");
        }
    }
}
