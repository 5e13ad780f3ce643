//! Whether a text holds one of an incident's terms: by words and their forms, never by parts of words.
//!
//! "data" is not in "update"; "cyber attack" is in "cyber-attacks"; a term in capitals, "ICO", must stand in capitals; a
//! Welsh term is known by its mutations.

use super::{fold::fold, language::Language, lexicon::mutations, words};

/// A term, ready to be looked for.
pub(crate) struct Term {
    pub(crate) text: String,
    /// Each word of it, in every form that stands for it in any language.
    words: Vec<Vec<String>>,
    /// The same with the forms that stand for it in Welsh alone: the mutations of "mail" are words of English.
    in_welsh: Vec<Vec<String>>,
    /// One of these is in every text that holds the term: what the forms of its first word begin with.
    probes: Vec<String>,
    /// Written in capitals: an acronym, which must stand in capitals.
    acronym: bool,
}

impl Term {
    pub(crate) fn new(text: &str) -> Self {
        let letters = || text.chars().filter(|c| c.is_alphabetic());
        let acronym = letters().count() > 1 && letters().all(char::is_uppercase);
        let folded = fold(text);
        let (words, in_welsh): (Vec<_>, Vec<_>) = if acronym {
            cut(text).map(|word| (vec![word.to_owned()], Vec::new())).unzip()
        } else {
            cut(&folded).map(|word| (with_stems(vec![word.to_owned()]), with_stems(mutations(word)))).unzip()
        };
        let first = [&words, &in_welsh].into_iter().filter_map(|all| all.first()).flatten();
        let first: Vec<String> = first.cloned().collect();
        let begun = |form: &String| first.iter().any(|other| other != form && form.contains(other.as_str()));
        let probes = first.iter().filter(|form| !begun(form)).cloned().collect();
        Self { text: text.to_owned(), words, in_welsh, probes, acronym }
    }

    /// Whether the words of the term stand together in a text, in any of their forms. `folded` is the text, folded.
    pub(crate) fn is_in(&self, text: &str, folded: &str) -> bool {
        let same = |word: &str, forms: &[String]| {
            forms.iter().any(|form| form == word)
                || !self.acronym && forms.iter().any(|form| form == words::stem(word))
        };
        let within = if self.acronym { text } else { folded };
        if !self.probes.iter().any(|probe| within.contains(probe.as_str())) {
            return false;
        }
        let said: Vec<&str> = cut(within).collect();
        let holds = |words: &[Vec<String>]| {
            !words.is_empty()
                && said.windows(words.len()).any(|w| w.iter().zip(words).all(|(a, b)| same(a, b)))
        };
        holds(&self.words)
            || !self.acronym
                && holds(&self.in_welsh)
                && Language::of(folded, Language::Welsh) == Language::Welsh
    }
}

fn cut(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty())
}

/// The forms, and the stems of all these.
fn with_stems(mut forms: Vec<String>) -> Vec<String> {
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
            ("digwyddiad seiber", "Ddigwyddiad seiber"),
        ] {
            assert!(held(term, text), "{term} / {text}");
        }
        for (term, text) in [
            ("data", "The page was updated."),
            ("ICO", "An ico file."),
            ("cyber attack", "Cyber is no attack."),
            ("Civica", "The civic centre."),
            ("gas", "The library will open as usual."),
            ("mail", "The lift failed."),
            ("town", "Trees came down in the wind."),
            ("Mind", "You will find our office in the square."),
        ] {
            assert!(!held(term, text), "{term} / {text}");
        }
    }
}
