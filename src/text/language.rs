//! The languages that have a lexicon.
//!
//! Not here: which of them a text is in (`detect`).

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
}
