//! Whether a text holds one of an incident's terms: by words and their forms, never by parts of words.
//!
//! "data" is not in "update"; "cyber attack" is in "cyber-attacks"; a term in capitals, "ICO", must stand in capitals; a
//! Welsh term is known by its mutations.

use super::{lexicon::mutations, words};
use crate::model::fold;

/// A term, ready to be looked for.
pub(super) struct Term {
    pub text: String,
    /// Each word of it, in every form that stands for it.
    words: Vec<Vec<String>>,
    /// One of these is in every text that holds the term: what the forms of its first word begin with.
    probes: Vec<String>,
    /// Written in capitals: an acronym, which must stand in capitals.
    acronym: bool,
}

impl Term {
    pub(super) fn new(text: &str) -> Self {
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let acronym = letters().count() > 1 && letters().all(char::is_uppercase);
        let words: Vec<Vec<String>> = if acronym {
            cut(text).map(|w| vec![w.to_owned()]).collect()
        } else {
            cut(&fold(text)).map(forms).collect()
        };
        let first = words.first().cloned().unwrap_or_default();
        let begun = |form: &String| first.iter().any(|other| other != form && form.contains(other.as_str()));
        let probes = first.iter().filter(|form| !begun(form)).cloned().collect();
        Self { text: text.to_owned(), words, probes, acronym }
    }

    /// Whether the words of the term stand together in a text, in any of their forms. `folded` is the text, folded.
    pub(super) fn is_in(&self, text: &str, folded: &str) -> bool {
        let same = |word: &str, forms: &[String]| {
            forms.iter().any(|form| form == word)
                || !self.acronym && forms.iter().any(|form| form == words::stem(word))
        };
        let within = if self.acronym { text } else { folded };
        if !self.probes.iter().any(|probe| within.contains(probe.as_str())) {
            return false;
        }
        let text: Vec<&str> = cut(if self.acronym { text } else { folded }).collect();
        !self.words.is_empty()
            && text.windows(self.words.len()).any(|w| w.iter().zip(&self.words).all(|(a, b)| same(a, b)))
    }
}

fn cut(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// The word, its mutations, and the stems of all these.
fn forms(word: &str) -> Vec<String> {
    let mut forms = mutations(word);
    // The mutations of an English word are no words; kept apart from the stem, they harm nobody.
    let stems: Vec<_> = forms.iter().map(|form| words::stem(form).to_owned()).collect();
    forms.extend(stems);
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found_by_their_words() {
        let held = |term: &str, text: &str| Term::new(term).is_in(text, &fold(text));
        for (term, text) in [
            ("cyber attack", "Two cyber-attacks were seen."),
            ("personal data", "No Personal Data was taken."),
            ("data breach", "the data breaches of last year"),
            ("supplier", "our suppliers' systems"),
            ("ICO", "We told the ICO."),
            ("digwyddiad seiber", "ymateb i ddigwyddiad seiber"),
        ] {
            assert!(held(term, text), "{term} / {text}");
        }
        for (term, text) in [
            ("data", "The page was updated."),
            ("ICO", "An ico file."),
            ("cyber attack", "Cyber is no attack."),
            ("Civica", "The civic centre."),
        ] {
            assert!(!held(term, text), "{term} / {text}");
        }
    }
}
