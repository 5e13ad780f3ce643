//! The words that changes are judged by: those compiled in and, where targets.json has some, a user's own.
//!
//! Not here: where a user writes them (`targets`).

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock, OnceLock},
};

use super::{Class, Lexicon, builtin, pattern::Pattern};
use crate::{
    model::Digest,
    text::{Language, fold::fold},
};

/// Classes that a user cannot add to: the names of days and months are read in their order, and the little words tell
/// one language from another.
pub(crate) const CLOSED: [Class; 3] = [Class::Function, Class::Month, Class::Weekday];
/// The longest entry, in characters.
const LONGEST: usize = 100;

/// The lexicons that changes are judged by. Without a user's words: those compiled in.
#[derive(Debug, Clone, Default)]
pub struct Lexicons {
    /// Language, class and entry of each word that is a user's own.
    added: Vec<(Language, Class, String)>,
    /// All of them, made when first asked for.
    whole: Arc<OnceLock<[Lexicon; Language::ALL.len()]>>,
}

/// Why an entry cannot be added.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadEntry {
    /// No lexicon of that language.
    #[error("there is no lexicon of this language")]
    Language,
    /// No such class.
    #[error("there is no such class of words")]
    Class,
    /// The class takes no more words.
    #[error("this class takes no words of your own")]
    Closed,
    /// Not in the form of an entry.
    #[error("{0}")]
    Form(&'static str),
    /// It is there already.
    #[error("the lexicon has this already")]
    Known,
}

impl Lexicons {
    /// The tags of the languages that there are.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        Language::ALL.iter().map(|language| language.tag())
    }

    /// The names of the classes that a user may add to.
    pub fn open_classes() -> impl Iterator<Item = &'static str> + Clone {
        Class::ALL.iter().filter(|class| !CLOSED.contains(class)).map(|class| class.name())
    }

    /// The SHA-256 of all words, a user's own among them: what an event says it was judged by.
    pub fn digest(&self) -> Digest {
        static COMPILED_IN: LazyLock<String> = LazyLock::new(super::listed);
        if self.added.is_empty() {
            static DIGEST: LazyLock<Digest> = LazyLock::new(|| Digest::of(COMPILED_IN.as_bytes()));
            return DIGEST.clone();
        }
        let mut own = String::new();
        for (language, class, entry) in &self.added {
            own.extend([language.tag(), "\t", class.name(), "\t", entry, "\n"]);
        }
        Digest::of(format!("{}{own}", *COMPILED_IN).as_bytes())
    }

    /// Adds an entry, in the form of the files: words; `*` for how a word may go on, `(a|b)` for a choice, `..` for up to
    /// four words in between.
    ///
    /// # Errors
    /// When there is no such language or class, or the entry is not in that form.
    pub fn add(&mut self, language: &str, class: &str, entry: &str) -> Result<(), BadEntry> {
        let language =
            Language::ALL.into_iter().find(|known| known.tag() == language).ok_or(BadEntry::Language)?;
        let class = Class::named(class).ok_or(BadEntry::Class)?;
        if CLOSED.contains(&class) {
            return Err(BadEntry::Closed);
        }
        let entry = fold(entry).split_whitespace().collect::<Vec<_>>().join(" ");
        well_formed(&entry)?;
        let added = (language, class, entry);
        if self.added.contains(&added) || builtin(language).entries(class).any(|known| known == added.2) {
            return Err(BadEntry::Known);
        }
        self.added.push(added);
        self.whole = Arc::default();
        Ok(())
    }

    /// The user's own: language, class and entry.
    pub fn added(&self) -> impl Iterator<Item = (&'static str, &'static str, &str)> {
        self.added.iter().map(|(language, class, entry)| (language.tag(), class.name(), entry.as_str()))
    }

    /// Those compiled in, without one entry: what a case that needs the entry must notice.
    #[cfg(test)]
    pub(crate) fn without(language: Language, class: Class, number: usize) -> Self {
        let mut all = Language::ALL.map(|language| builtin(language).clone());
        if let Some(lexicon) = all.get_mut(language as usize) {
            lexicon.edit(class, |words| drop(words.remove(number)));
        }
        let whole = OnceLock::new();
        drop(whole.set(all));
        Self { added: vec![(language, class, String::new())], whole: Arc::new(whole) }
    }

    /// The lexicon of a language.
    pub(crate) fn of(&self, language: Language) -> &Lexicon {
        if self.added.is_empty() {
            return builtin(language);
        }
        let whole = self.whole.get_or_init(|| {
            let mut all = Language::ALL.map(|language| builtin(language).clone());
            for (language, class, entry) in &self.added {
                if let Some(lexicon) = all.get_mut(*language as usize) {
                    lexicon.edit(*class, |words| words.push(Cow::Owned(entry.clone())));
                }
            }
            all
        });
        whole.get(language as usize).unwrap_or_else(|| builtin(language))
    }
}

impl PartialEq for Lexicons {
    fn eq(&self, other: &Self) -> bool {
        self.added == other.added
    }
}

impl Eq for Lexicons {}

/// Whether a folded entry can be made into a pattern that finds words.
fn well_formed(entry: &str) -> Result<(), BadEntry> {
    let bad = |why| Err(BadEntry::Form(why));
    if entry.chars().nth(LONGEST).is_some() {
        return bad("it is longer than 100 characters");
    }
    if !entry.chars().any(char::is_alphanumeric) {
        return bad("it has no word");
    }
    if entry.starts_with(|c: char| !c.is_alphanumeric() && c != '(') || entry.ends_with("..") {
        return bad("it must begin and end with a word");
    }
    let mut open = false;
    for c in entry.chars() {
        match c {
            '(' if !open => open = true,
            ')' if open => open = false,
            '(' | ')' => return bad("its brackets do not match"),
            '|' if !open => return bad("a choice stands in brackets: (a|b)"),
            _ => {}
        }
    }
    if open {
        return bad("its brackets do not match");
    }
    if Pattern::new(entry, Language::English).is_nothing() {
        return bad("it would be found everywhere");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_users_own_are_found_beside_the_others_however_many_gaps_they_have() {
        let mut lexicons = Lexicons::default();
        lexicons.add("en", "deed-3", "Hoover* up").expect("an entry");
        let gaps = "w .. a .. a .. a .. a .. a .. a .. a .. a .. b";
        lexicons.add("en", "deed-3", gaps).expect("an entry");
        let english = lexicons.of(Language::English);
        assert!(english.has(Class::Deed3, "it was hoovered up"));
        assert!(english.has(Class::Deed3, "it was taken"));
        assert!(!english.has(Class::Deed3, &"w a a a a a a a a a a a a a a a a a a a a a ".repeat(200)));
    }

    #[test]
    fn an_entry_that_finds_everything_or_nothing_is_refused() {
        for entry in ["", "..", "* x", "(a", "a|b", "(|a)", "a ..", "((a))", &"x".repeat(101)] {
            let added = Lexicons::default().add("en", "cue", entry);
            assert!(matches!(added, Err(BadEntry::Form(_))), "{entry}: {added:?}");
        }
    }
}
