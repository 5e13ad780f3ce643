//! The words that the rules know, by class and language: data files, compiled in, made into patterns when first asked.
//!
//! Not here: what it means that a word stands somewhere (`labels`).

mod own;
mod pattern;

use std::{
    borrow::Cow,
    sync::{LazyLock, OnceLock},
};

use regex::Regex;

use super::language::Language;

#[cfg(test)]
pub(crate) use own::CLOSED;
pub use own::{BadEntry, Lexicons};
pub(crate) use pattern::mutations;
#[cfg(test)]
pub(crate) use pattern::plainest;

macro_rules! classes {
    ($($class:ident $name:literal),* $(,)?) => {
        /// A class of words.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Class { $($class),* }

        impl Class {
            pub(crate) const ALL: &[Self] = &[$(Self::$class),*];

            /// By its name in the files.
            pub(crate) fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|class| class.name() == name)
            }

            /// As it stands in the files.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$class => $name),* }
            }
        }
    };
}

classes! {
    Function "function", Negation "negation", Harm "harm", HarmOwn "harm-own", NoEvidence "no-evidence",
    ForNow "for-now", Possible "possible", Probable "probable", Deny "deny", Absolute "absolute", Except "except",
    SpecialData "special-data", Data "data", Holds "holds",
    Deed0 "deed-0", Deed1 "deed-1", Deed2 "deed-2", Deed3 "deed-3", Deed4 "deed-4", Deed5 "deed-5",
    Name1 "name-1", Name2 "name-2", Name3 "name-3", Name4 "name-4",
    Grave1 "grave-1", Grave2 "grave-2", Grave3 "grave-3", Grave4 "grave-4",
    Hurt1 "hurt-1", Hurt2 "hurt-2", Hurt3 "hurt-3",
    Cause "cause", All "all", Most "most", Some "some", Few "few", Wider "wider", Affected "affected",
    Up "up", Again "again", Down "down", Halted "halted", Can "can", StateUp "state-up", StatePart "state-part",
    StateDown "state-down", LeadUp "lead-up", Case "case",
    Intruder "intruder", ShutOut "shut-out",
    Promise "promise", Vague "vague", Advice "advice", Imperative "imperative", NoNeed "no-need", Prohibit "prohibit",
    Stamp "stamp", Boilerplate "boilerplate", Hours "hours", Cue "cue", Month "month", Weekday "weekday",
}

static FILES: [(&str, &str); 3] = [
    ("en", include_str!("lexicons/en.txt")),
    ("cy", include_str!("lexicons/cy.txt")),
    ("fr", include_str!("lexicons/fr.txt")),
];

/// A language's words.
#[derive(Debug)]
pub(crate) struct Lexicon {
    language: Language,
    /// By the number of the class.
    classes: Vec<Entries>,
}

/// The words of a class, and what finds them, made when first asked for.
#[derive(Debug, Default)]
struct Entries {
    words: Vec<Cow<'static, str>>,
    pattern: OnceLock<Option<Regex>>,
}

/// The words that are compiled in, of one language.
pub(crate) fn of(language: Language) -> &'static Lexicon {
    static ALL: LazyLock<Vec<Lexicon>> = LazyLock::new(|| Language::ALL.map(Lexicon::load).into());
    static NONE: Lexicon = Lexicon { language: Language::English, classes: Vec::new() };
    ALL.get(language as usize).unwrap_or(&NONE)
}

/// Every entry: language, class and the words as they stand in the file, parted by tabs.
pub(crate) fn listed() -> String {
    let mut out = String::new();
    for language in Language::ALL {
        for class in Class::ALL {
            for entry in of(language).entries(*class) {
                out.extend([language.tag(), "\t", class.name(), "\t", entry, "\n"]);
            }
        }
    }
    out
}

impl Lexicon {
    fn load(language: Language) -> Self {
        let file = FILES.iter().find(|file| file.0 == language.tag()).map_or("", |file| file.1);
        let mut lexicon = Self { language, classes: Class::ALL.iter().map(|_| Entries::default()).collect() };
        let mut now = None;
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                Some(name) => now = Class::named(name),
                None => {
                    if let Some(class) = now {
                        lexicon.add(class, Cow::Borrowed(line));
                    }
                }
            }
        }
        lexicon
    }

    /// The language that its words are of.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// One more entry; before the class is first looked for.
    fn add(&mut self, class: Class, entry: Cow<'static, str>) {
        if let Some(entries) = self.classes.get_mut(class as usize) {
            entries.words.push(entry);
        }
    }

    /// The entries of a class, as they stand in the file.
    pub(crate) fn entries(&self, class: Class) -> impl ExactSizeIterator<Item = &str> {
        self.classes.get(class as usize).map_or(&[][..], |c| &c.words).iter().map(AsRef::as_ref)
    }

    fn pattern(&self, class: Class) -> Option<&Regex> {
        let Entries { words, pattern } = self.classes.get(class as usize)?;
        pattern
            .get_or_init(|| {
                // The longest first, so that what is found is the whole phrase.
                let mut entries = words.clone();
                entries.sort_by_key(|entry| std::cmp::Reverse(entry.len()));
                let all: Vec<String> = entries
                    .iter()
                    .map(|entry| {
                        // A mark stands beside words without a boundary.
                        let edge =
                            |c: char| if c.is_alphanumeric() || "()*".contains(c) { r"\b" } else { "" };
                        let (first, last) = (entry.chars().next(), entry.chars().last());
                        let entry = pattern::expression(entry, self.language);
                        format!("{}{entry}{}", first.map_or("", edge), last.map_or("", edge))
                    })
                    .collect();
                Regex::new(&all.join("|")).ok().filter(|_| !all.is_empty())
            })
            .as_ref()
    }

    /// Where words of a class stand in folded text: byte ranges, in order.
    pub(crate) fn find<'t>(
        &'t self,
        class: Class,
        text: &'t str,
    ) -> impl Iterator<Item = regex::Match<'t>> + 't {
        self.pattern(class).into_iter().flat_map(move |pattern| pattern.find_iter(text))
    }

    /// The first word or phrase of a class in folded text.
    pub(crate) fn first<'t>(&self, class: Class, text: &'t str) -> Option<&'t str> {
        self.pattern(class)?.find(text).map(|found| found.as_str())
    }

    /// Whether folded text has a word of a class.
    pub(crate) fn has(&self, class: Class, text: &str) -> bool {
        self.pattern(class).is_some_and(|pattern| pattern.is_match(text))
    }

    /// How many words of a class folded text has.
    pub(crate) fn count(&self, class: Class, text: &str) -> usize {
        self.find(class, text).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_english_has_words_and_every_pattern_compiles() {
        for language in Language::ALL {
            for class in Class::ALL.iter().copied() {
                let lexicon = of(language);
                let wanted = language == Language::English || lexicon.entries(class).len() > 0;
                assert_eq!(lexicon.pattern(class).is_some(), wanted, "{} {}", language.tag(), class.name());
            }
        }
    }

    #[test]
    fn every_heading_of_a_file_is_a_class_and_no_entry_stands_twice_under_it() {
        for (language, file) in FILES {
            let lines = file.lines().map(str::trim).filter(|line| line.starts_with('['));
            for name in lines.filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')) {
                assert!(Class::named(name).is_some(), "{language}: [{name}]");
            }
        }
        for language in Language::ALL {
            for class in Class::ALL.iter().copied() {
                let mut entries: Vec<_> = of(language).entries(class).collect();
                entries.sort_unstable();
                let twice: Vec<_> = entries.windows(2).filter(|two| two.first() == two.last()).collect();
                assert!(twice.is_empty(), "{} {}: {twice:?}", language.tag(), class.name());
            }
        }
    }

    #[test]
    fn every_entry_is_found_where_it_stands() {
        for language in Language::ALL {
            for class in Class::ALL.iter().copied() {
                for entry in of(language).entries(class) {
                    let text = crate::text::fold(&plainest(entry));
                    assert!(of(language).has(class, &text), "{} {}: {entry}", language.tag(), class.name());
                }
            }
        }
    }

    #[test]
    fn entries_are_words_and_not_parts_of_words() {
        let english = of(Language::English);
        assert!(english.has(Class::NoEvidence, "there is no evidence that data was taken"));
        assert!(english.has(Class::NoEvidence, "we have not so far found evidence"));
        assert!(!english.has(Class::Negation, "a notable northern novel"));
    }

    #[test]
    fn welsh_words_are_known_by_their_mutations() {
        assert_eq!(mutations("data"), ["data", "ddata", "nata"]);
        assert_eq!(mutations("gardd"), ["gardd", "ardd", "ngardd"]);
        assert!(of(Language::Welsh).has(Class::Name2, "yn dilyn y digwyddiad"));
        assert!(of(Language::Welsh).has(Class::Name2, "i ddigwyddiad seiber"));
    }
}
