//! Whether a sentence says what somebody asks after: "no data was taken", asked of "there is no evidence that personal data
//! was accessed".
//!
//! Not here: what a change from the one to the other is called (the rules).

use crate::{
    judge::claims::{Cells, DEEDS, Denial, highest, swaps},
    model::Says,
    text::{Class, Language, Lexicon, Lexicons, fold, words},
};

/// A sentence says a thing when it has this share of its telling words.
const SAID: f64 = 0.75;
/// So sure a denial is plain.
const PLAIN: f64 = 3.0;

/// What is asked after, ready to be held against many sentences.
#[derive(Debug, Clone)]
pub struct Asked<'l> {
    text: String,
    lexicons: &'l Lexicons,
    cells: Cells<'l>,
}

impl<'l> Asked<'l> {
    /// What is asked after, in the words of who asks.
    pub fn new(words: &str, lexicons: &'l Lexicons) -> Self {
        let text = fold(words);
        let cells = Cells::of(&text, Language::English, lexicons);
        Self { text, lexicons, cells }
    }

    /// Whether a sentence says it; `None` where it says nothing of it.
    pub fn of(&self, sentence: &str) -> Option<Says> {
        let text = fold(sentence);
        let asked = self.cells.denials.first();
        // Most sentences are of something else, and are not taken apart.
        let may_say = match asked {
            Some(asked) if is_of_data(&asked.clause, self.cells.lexicon) => {
                let language = Language::of(&text, Language::English);
                is_of_data(&text, self.lexicons.of(language))
            }
            Some(asked) => shares(&asked.clause, &text),
            None => self.is_in(&text),
        };
        if !may_say {
            return None;
        }
        let cells = Cells::of(&text, Language::English, self.lexicons);
        match asked {
            Some(asked) => self.denied(asked, &cells),
            None => Some(self.claimed(&text, &cells)),
        }
    }

    /// Where a denial of harm is asked after: a sentence that denies as much or more says it, one that denies less says less,
    /// and one that tells of such a harm says otherwise.
    fn denied(&self, asked: &Denial, said: &Cells<'_>) -> Option<Says> {
        let lexicon = said.lexicon;
        let wants_data = is_of_data(&asked.clause, self.cells.lexicon);
        let alike = |denial: &&Denial| {
            let clause = &denial.clause;
            if wants_data { is_of_data(clause, lexicon) } else { shares(&asked.clause, clause) }
        };
        let denials = said.denials.iter().filter(alike);
        // Whoever denies that data was published does not deny that it was taken.
        let weaker = |denial: &Denial| {
            denial.special && !asked.special || asked.deed > 0 && step(denial.deed) > step(asked.deed)
        };
        let says = |denial: &Denial| {
            if denial.certainty < PLAIN || weaker(denial) { Says::Less } else { Says::So }
        };
        let denies = denials.map(says).max();
        let tells = |clause: &str| is_of_data(clause, lexicon) && tells_of_a_deed(clause, self.lexicons);
        denies.or_else(|| (wants_data && said.positive.split(" | ").any(tells)).then_some(Says::Otherwise))
    }

    /// Whether a text has the telling words of what is asked after, or what stands for them.
    fn is_in(&self, text: &str) -> bool {
        let (wanted, there) = (words::stems(&self.text), words::stems(text));
        let is_there =
            |wanted: &&String| there.iter().any(|word| word == *wanted || swaps::is_synonym(word, wanted));
        let held = wanted.iter().filter(is_there).count();
        !wanted.is_empty() && held as f64 >= SAID * wanted.len() as f64
    }

    /// Where anything else is asked after, of a sentence that has its words.
    fn claimed(&self, text: &str, said: &Cells<'_>) -> Says {
        let negates = |text: &str, cells: &Cells<'_>| cells.lexicon.has(Class::Negation, text);
        if negates(text, said) != negates(&self.text, &self.cells) {
            return Says::Otherwise;
        }
        if said.certainty.0 < self.cells.certainty.0 { Says::Less } else { Says::So }
    }
}

/// Whether a text is of data. In a sentence about harm information is data; elsewhere it is what readers find on a page.
fn is_of_data(text: &str, lexicon: &Lexicon) -> bool {
    lexicon.has(Class::Data, text) || words::words(text).any(|word| word == "information")
}

/// Whether a clause that denies nothing tells that something was done, or may have been: "some files were copied". Who takes
/// care takes no data, and steps that were taken are none.
fn tells_of_a_deed(clause: &str, lexicons: &Lexicons) -> bool {
    const STEPS: [&str; 8] =
        ["step", "steps", "action", "actions", "measures", "care", "seriously", "advice"];
    const PAST: [&str; 4] = ["ed", "en", "took", "stole"];
    let cells = Cells::of(clause, Language::English, lexicons);
    let done = highest(&DEEDS, &cells.positive, cells.lexicon)
        .filter(|(_, word)| PAST.iter().any(|end| word.ends_with(end)));
    done.is_some_and(|(_, word)| {
        let takes = word.starts_with("taken") || word.starts_with("took");
        !(takes && words::words(clause).any(|word| STEPS.contains(&word)))
    })
}

/// What is taken from its owner is stolen, whatever it is called.
fn step(deed: u8) -> u8 {
    const TAKEN: u8 = 3;
    if deed == TAKEN + 1 { TAKEN } else { deed }
}

/// Whether two clauses share a telling word.
fn shares(one: &str, other: &str) -> bool {
    let other = words::stems(other);
    words::stems(one).iter().any(|word| other.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_denial_is_known_in_other_words_and_by_how_sure_it_is() {
        let lexicons = Lexicons::default();
        let asked = Asked::new("no data was taken", &lexicons);
        for (sentence, says) in [
            ("No personal data held by the councils has been accessed.", Some(Says::So)),
            ("We can confirm that no customer information was stolen.", Some(Says::So)),
            ("So far there is no evidence that personal data has been accessed.", Some(Says::Less)),
            ("We do not believe that any records were copied.", Some(Says::Less)),
            ("No bank details were taken.", Some(Says::Less)),
            ("Some personal data was copied from our servers.", Some(Says::Otherwise)),
            ("No data was published.", Some(Says::Less)),
            ("The disruption was not caused by our product.", None),
            ("Our phones are working.", None),
            ("We take the protection of data seriously.", None),
            ("We have taken steps to protect your data.", None),
            ("Attackers may have copied personal data.", Some(Says::Otherwise)),
            ("We are investigating whether data was taken.", None),
        ] {
            assert_eq!(asked.of(sentence), says, "{sentence}");
        }
    }

    #[test]
    fn what_denies_nothing_is_known_by_its_words() {
        let lexicons = Lexicons::default();
        let asked = Asked::new("phones are working", &lexicons);
        assert_eq!(asked.of("Our phones and e-mail are working."), Some(Says::So));
        assert_eq!(asked.of("Our phones are not working."), Some(Says::Otherwise));
        assert_eq!(asked.of("Our desks keep their usual hours."), None);
        let asked = Asked::new("the disruption was not caused by us", &lexicons);
        assert_eq!(asked.of("The disruption was not caused by an Orvane product."), Some(Says::So));
    }
}
