//! The words that the rules know, by class and language: data files, compiled in, made ready to be looked for
//! when first asked.
//!
//! Not here: what it means that a word stands somewhere (`judge`).

mod finder;
mod lists;
mod mutations;
mod own;
mod pattern;

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock, OnceLock},
};

use super::language::Language;

use finder::Finder;
pub(crate) use finder::Found;
pub(crate) use lists::List;
pub(crate) use mutations::mutations;
#[cfg(test)]
pub(crate) use own::CLOSED;
pub use own::{BadEntry, Lexicons};
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
    Up "up", Again "again", Down "down", Halted "halted", Trouble "trouble", Can "can", StateUp "state-up", StatePart "state-part",
    StateDown "state-down", LeadUp "lead-up", Case "case",
    Intruder "intruder", ShutOut "shut-out",
    Promise "promise", Vague "vague", Advice "advice", Imperative "imperative", NoNeed "no-need", Prohibit "prohibit",
    Stamp "stamp", Boilerplate "boilerplate", Hours "hours", Cue "cue", Month "month", Weekday "weekday",
}

static FILES: (&str, &str, &str) =
    (include_str!("lexicons/en.txt"), include_str!("lexicons/cy.txt"), include_str!("lexicons/fr.txt"));

/// A language's words.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    language: Language,
    /// By the number of the class; shared with the lexicons that have the same words of it.
    classes: Vec<Arc<Entries>>,
}

/// The words of a class, and what finds them, made when first asked for.
#[derive(Debug, Default)]
struct Entries {
    words: Vec<Cow<'static, str>>,
    finder: OnceLock<Finder>,
}

/// The words that are compiled in, of one language; its file is read when first asked for.
pub(crate) fn builtin(language: Language) -> &'static Lexicon {
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(Language::English, FILES.0));
    static WELSH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(Language::Welsh, FILES.1));
    static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::load(Language::French, FILES.2));
    match language {
        Language::English => &ENGLISH,
        Language::Welsh => &WELSH,
        Language::French => &FRENCH,
    }
}

/// Every entry: language (`mul` where a list is of several), class or list, and the words, parted by tabs.
pub(crate) fn listed() -> String {
    let mut out = String::new();
    for language in Language::ALL {
        for class in Class::ALL {
            for entry in builtin(language).entries(*class) {
                out.extend([language.tag(), "\t", class.name(), "\t", entry, "\n"]);
            }
        }
    }
    for list in List::ALL {
        for entry in list.iter() {
            out.extend(["mul", "\t", list.name(), "\t", entry, "\n"]);
        }
    }
    out
}

impl Lexicon {
    fn load(language: Language, file: &'static str) -> Self {
        let mut classes: Vec<Entries> = Class::ALL.iter().map(|_| Entries::default()).collect();
        let mut class = None;
        for line in file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                Some(name) => class = Class::named(name),
                None => {
                    if let Some(entries) = class.and_then(|class| classes.get_mut(class as usize)) {
                        entries.words.push(Cow::Borrowed(line));
                    }
                }
            }
        }
        Self { language, classes: classes.into_iter().map(Arc::new).collect() }
    }

    /// The language that its words are of.
    pub(crate) fn language(&self) -> Language {
        self.language
    }

    /// Changes the words of a class; the other classes stay shared.
    fn edit(&mut self, class: Class, change: impl FnOnce(&mut Vec<Cow<'static, str>>)) {
        if let Some(entries) = self.classes.get_mut(class as usize) {
            let mut words = entries.words.clone();
            change(&mut words);
            *entries = Arc::new(Entries { words, finder: OnceLock::new() });
        }
    }

    /// The entries of a class, as they stand in the file.
    pub(crate) fn entries(&self, class: Class) -> impl ExactSizeIterator<Item = &str> {
        self.classes.get(class as usize).map_or(&[][..], |entries| &entries.words).iter().map(AsRef::as_ref)
    }

    fn finder(&self, class: Class) -> Option<&Finder> {
        let Entries { words, finder } = &**self.classes.get(class as usize)?;
        let made = finder.get_or_init(|| Finder::new(words.iter().map(AsRef::as_ref), self.language));
        (!words.is_empty()).then_some(made)
    }

    /// Where words of a class stand in folded text, in order.
    pub(crate) fn find<'t>(&'t self, class: Class, text: &'t str) -> impl Iterator<Item = Found<'t>> + 't {
        self.finder(class).into_iter().flat_map(move |finder| finder.find(text))
    }

    /// The first word or phrase of a class in folded text.
    pub(crate) fn first<'t>(&'t self, class: Class, text: &'t str) -> Option<&'t str> {
        self.find(class, text).next().map(|found| found.as_str())
    }

    /// Whether folded text has a word of a class.
    pub(crate) fn has(&self, class: Class, text: &str) -> bool {
        self.find(class, text).next().is_some()
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
    fn every_class_of_english_has_words() {
        for class in Class::ALL.iter().copied() {
            assert!(builtin(Language::English).entries(class).len() > 0, "{}", class.name());
        }
    }

    #[test]
    fn every_heading_of_a_file_is_a_class_and_no_entry_stands_twice_under_it() {
        for (language, file) in [("en", FILES.0), ("cy", FILES.1), ("fr", FILES.2)] {
            let lines = file.lines().map(str::trim).filter(|line| line.starts_with('['));
            for name in lines.filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')) {
                assert!(Class::named(name).is_some(), "{language}: [{name}]");
            }
        }
        for language in Language::ALL {
            for class in Class::ALL.iter().copied() {
                let mut entries: Vec<_> = builtin(language).entries(class).collect();
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
                for entry in builtin(language).entries(class) {
                    let text = crate::text::fold(&plainest(entry));
                    assert!(
                        builtin(language).has(class, &text),
                        "{} {}: {entry}",
                        language.tag(),
                        class.name()
                    );
                }
            }
        }
    }

    #[test]
    fn entries_are_words_and_not_parts_of_words() {
        let english = builtin(Language::English);
        assert!(english.has(Class::NoEvidence, "there is no evidence that data was taken"));
        assert!(english.has(Class::NoEvidence, "we have not so far found evidence"));
        assert!(!english.has(Class::Negation, "a notable northern novel"));
    }

    #[test]
    fn welsh_words_are_known_by_their_mutations() {
        assert_eq!(mutations("data"), ["data", "ddata", "nata"]);
        assert_eq!(mutations("gardd"), ["gardd", "ardd", "ngardd"]);
        assert!(builtin(Language::Welsh).has(Class::Name2, "yn dilyn y digwyddiad"));
        assert!(builtin(Language::Welsh).has(Class::Name2, "i ddigwyddiad seiber"));
    }
}
