//! Whether a run of capitals names an organisation: a list of rules, each with what it is for.
//!
//! Not here: where a run ends (`runs`), what stands around it (`run`), the words that tell (`known`).

use std::ops::Range;

use super::{
    cut::{Word, owner},
    known::{KNOWN, NAMERS, NOT_NAMES, NOUNS},
    lists::{enumerated, is_rolled, listed},
    run::Run,
    shape::{has_kind, is_acronym},
};

/// What goes on after what a name is said to be: "a payroll provider that ...".
const DESCRIBED: [&str; 8] = ["that", "which", "based", "in", "for", "of", "to", "used"];

/// The organisation that a run of words names, if it names one.
pub(super) fn party(words: &[Word<'_>], at: Range<usize>) -> Option<String> {
    let run = Run::of(words, at)?;
    (run.is_one() && !run.is_none()).then(|| run.bare().to_owned()).filter(|name| name.len() > 2)
}

impl Run<'_, '_> {
    /// By which it is an organisation.
    fn is_one(&self) -> bool {
        self.is_of_a_kind()
            || self.is_initials()
            || self.is_known()
            || self.is_named_as()
            || self.is_in_list()
            || self.is_rolled()
            || self.is_followed()
            || self.is_in_apposition()
            || self.is_at_theirs()
            || self.is_it()
            || self.is_which()
            || self.is_described()
    }

    /// By which it is none all the same.
    fn is_none(&self) -> bool {
        self.is_counted() || self.is_house()
    }

    fn has_kind(&self) -> bool {
        // The Safety Executive, and not a chief executive.
        let executive = self.last() == "executive" && !self.name.iter().any(|word| word == "chief");
        self.words.len() > 1 && (has_kind(self.words) || executive)
    }

    fn is_of_a_kind(&self) -> bool {
        self.has_kind() && !self.is_place()
    }

    fn is_initials(&self) -> bool {
        // "Text HELP to 60777": a word to send.
        let sent = self.follows(&["text", "word", "code", "keyword"]);
        self.words.len() == 1
            && !sent
            && self.words.first().is_some_and(|w| is_acronym(w.text))
            && !NOT_NAMES.contains(&self.last())
    }

    fn is_known(&self) -> bool {
        KNOWN.contains(&self.bare())
    }

    /// "Our supplier Lanyard", "with the NCSC, the police and Civica".
    fn is_named_as(&self) -> bool {
        (self.follows(NAMERS) || enumerated(self.text, self.at.start)) && !self.is_place() && !self.is_time()
    }

    /// "Ellerby and Stanmere councils", "Ellerby, Stanmere and Corrindale councils", and not "Kent councils".
    fn is_in_list(&self) -> bool {
        let one_of = self.follows(&["and", "a", "et"]) || self.precedes(&["and"]) || self.ends();
        !self.has_kind() && one_of && listed(self.text, self.at.start) && !self.is_time()
    }

    /// "The councils involved are Ellerby, Stanmere and Corrindale".
    fn is_rolled(&self) -> bool {
        is_rolled(self.text, self.at.start) && !self.is_place() && !self.is_time()
    }

    /// "Ellerby council".
    fn is_followed(&self) -> bool {
        self.precedes(&["council", "police", "ltd"])
    }

    /// "Our supplier, Lanyard".
    fn is_in_apposition(&self) -> bool {
        self.nth_before(1).is_some_and(|w| w.ends && NAMERS.contains(&owner(w.text).as_str()))
    }

    /// "Our partners at Lanyard Records".
    fn is_at_theirs(&self) -> bool {
        const THEY: [&str; 6] =
            ["partners", "colleagues", "suppliers", "contractors", "specialists", "experts"];
        self.follows(&["at"])
            && self.nth_before(2).is_some_and(|w| THEY.contains(&w.text))
            && !self.is_place()
    }

    /// "Our supplier is Lanyard".
    fn is_it(&self) -> bool {
        self.follows(&["is", "was"])
            && self.nth_before(2).is_some_and(|w| NOUNS.contains(&owner(w.text).as_str()))
            && !self.is_place()
            && !self.is_time()
    }

    /// "Brackendale Imaging, which runs the scanners": people are not which.
    fn is_which(&self) -> bool {
        self.words.len() > 1 && self.ends() && self.precedes(&["which"]) && !self.is_place()
    }

    /// "Zellis, a payroll provider".
    fn is_described(&self) -> bool {
        self.ends()
            && self.precedes(&["a", "an", "the", "our"])
            && !self.follows(&["in"])
            && !self.is_place()
            && is_described(self.text.get(self.at.end + 1..).unwrap_or_default())
    }

    /// "National Insurance numbers" are no body's.
    fn is_counted(&self) -> bool {
        self.precedes(&["number", "numbers"])
    }

    /// "Vouchers can be collected from the Bridge Centre": a house to go to.
    fn is_house(&self) -> bool {
        const BODY: [&str; 4] = ["national", "cyber", "security", "resilience"];
        matches!(self.last(), "centre" | "hall" | "library")
            && self.follows(&["the"])
            && self.nth_before(2).is_some_and(|w| matches!(w.text, "from" | "at" | "in" | "to"))
            && !self.name.iter().any(|word| BODY.contains(&word.as_str()))
    }
}

/// Whether what is said of a name is what it is: "a payroll provider that ...", and not "a union official".
fn is_described(words: &[Word<'_>]) -> bool {
    words.iter().take(3).enumerate().any(|(n, word)| {
        NOUNS.contains(&word.text)
            && (word.ends || words.get(n + 1).is_some_and(|next| DESCRIBED.contains(&next.text)))
    })
}
