//! Which language a text is in, as far as the lexicons go: by its most frequent little words.

use super::{
    language::Language,
    lexicon::{self, Class},
};

impl Language {
    /// The language of folded text, where it has little words of one; `or` where it has not.
    pub(crate) fn of(text: &str, or: Self) -> Self {
        let count = |language: &Self| lexicon::builtin(*language).count(Class::Function, text);
        let counts = Self::ALL.map(|language| (count(&language), language));
        let best = counts.iter().map(|c| c.0).max().unwrap_or(0);
        let mut of_best = counts.iter().filter(|c| c.0 == best).map(|c| c.1);
        match (best, of_best.next(), of_best.next()) {
            (1.., Some(language), None) => language,
            _ => or,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, language) in [
            ("the page was updated on monday", Language::English),
            ("mae'r cyngor yn gweithio gydag arbenigwyr", Language::Welsh),
            ("le standard est joignable", Language::French),
            ("12 000", Language::Welsh),
        ] {
            assert_eq!(Language::of(text, Language::Welsh), language, "{text}");
        }
    }
}
