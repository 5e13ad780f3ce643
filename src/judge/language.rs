//! Which language a text is in, as far as the lexicons go: by its most frequent little words.

use super::lexicon::{self, Class};

/// A language with a lexicon.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Language {
    #[default]
    English,
    Welsh,
    French,
}

impl Language {
    /// All of them.
    pub(crate) const ALL: [Self; 3] = [Self::English, Self::Welsh, Self::French];

    /// BCP 47.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Welsh => "cy",
            Self::French => "fr",
        }
    }

    /// The language of folded text, where it has little words of one; `or` where it has not.
    pub(super) fn of(text: &str, or: Self) -> Self {
        let count = |language: &Self| lexicon::of(*language).count(Class::Function, text);
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
