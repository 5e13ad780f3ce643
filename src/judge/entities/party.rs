//! Whether a run of capitals names an organisation: a list of rules, each with what it is for.
//!
//! Not here: where a run ends (`runs`), what stands around it (`run`), the words that tell (`known`).

use std::ops::Range;

use crate::{
    judge::entities::{
        lists::{enumerated, is_rolled, listed},
        run::Run,
        shape::{has_kind, is_acronym},
        split::{Word, owner},
    },
    text::{List, spelling},
};

/// The organisation that a run of words names, if it names one.
pub(in crate::judge) fn party(words: &[Word<'_>], at: Range<usize>) -> Option<String> {
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
        // Marks of a page's own language are no name.
        if self.bare().contains(['<', '>', '{', '[']) {
            return false;
        }
        let strong = self
            .name
            .iter()
            .any(|word| List::PartyKind.has(word.as_str()) && !List::PartyLooseKind.has(word.as_str()));
        self.has_kind() && !self.is_place() && (strong || self.is_named_loosely())
    }

    /// Whether a name whose kind may be said of anything ("systems", "security") is an organisation's: it ends in its kind,
    /// begins with no thing that is used, and stands in a sentence and not in a heading.
    fn is_named_loosely(&self) -> bool {
        let ends = List::PartyLooseKind.has(self.last()) || self.last() == "executive";
        let thing = self
            .name
            .iter()
            .any(|word| List::PartyThing.has(word.as_str()) || word.contains(|c: char| c.is_ascii_digit()));
        let capitals = self.text.iter().filter(|word| word.text.starts_with(char::is_uppercase)).count();
        // In a heading every word has its capital.
        let heading = self.text.len() > self.words.len() + 1 && capitals * 10 >= self.text.len() * 7;
        let of_service = self.last() == "service" && self.name.iter().any(|word| word == "of");
        // "The High-speed Network" is what it says, and nobody's name.
        let plain = self.follows(&["the", "our", "a", "an", "your"])
            && ["network", "networks", "systems", "service", "services", "software", "cloud"]
                .contains(&self.last())
            && self.name.iter().flat_map(|word| word.split('-')).all(spelling::is_plain);
        ends && !(thing || heading || of_service || plain)
    }

    fn is_initials(&self) -> bool {
        // "Text HELP to 60777": a word to send.
        let sent = self.follows(&["text", "word", "code", "keyword"]);
        self.words.len() == 1
            && !sent
            && self.words.first().is_some_and(|w| is_acronym(w.text))
            && !List::PartyNoName.has(self.last())
            && (List::PartyBody.has(self.last()) || self.is_spoken_of_as_a_body())
    }

    /// Whether initials stand where only those stand who can be told, who say or who do: "we told the ICO", "the NCA said".
    /// "The DNS records" and "a ZFS bug" are things.
    fn is_spoken_of_as_a_body(&self) -> bool {
        let article = self.follows(&["the", "l'", "la", "le", "yr", "y"]);
        let before = self.nth_before(if article { 2 } else { 1 });
        let told = before.is_some_and(|w| !w.ends && List::PartySpokenOf.has(w.text.to_lowercase().as_str()));
        let ends = self.ends()
            || self.at.end == self.text.len()
            || self.precedes(&[
                "and", "about", "of", "that", "on", "in", "as", "for", "to", "who", "which", "under",
                "within", "at", "because", "when", "after",
            ]);
        let does = self.comes_before(List::PartyAct);
        article && (does || told && ends)
            || told
                && (ends || does)
                && self.nth_before(1).is_some_and(|w| {
                    w.text != "to"
                        && w.text != "with"
                        && w.text != "from"
                        && w.text != "by"
                        && w.text != "and"
                })
    }

    fn is_known(&self) -> bool {
        List::PartyKnown.has(self.bare())
    }

    /// "Our supplier Lanyard", "with the NCSC, the police and Civica".
    fn is_named_as(&self) -> bool {
        let named = self.comes_after(List::PartyIntroduced)
            && (!self.comes_after(List::PartyLink) || self.is_linked());
        (named || enumerated(self.text, self.at.start))
            && !self.is_place()
            && !self.is_time()
            && !self.has_digit()
    }

    /// Whether the little word before a name is one by which somebody does something for somebody: "supplied by", "work with".
    fn is_linked(&self) -> bool {
        self.nth_before(2).is_some_and(|w| !w.ends && List::PartyDeal.has(w.text.to_lowercase().as_str()))
    }

    fn has_digit(&self) -> bool {
        self.name.iter().any(|word| word.contains(|c: char| c.is_ascii_digit()))
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
        self.nth_before(1).is_some_and(|w| w.ends && List::PartyIntroduced.has(&owner(w.text)))
    }

    /// "Our partners at Lanyard Records".
    fn is_at_theirs(&self) -> bool {
        self.follows(&["at"])
            && self.nth_before(2).is_some_and(|w| List::PartyPlaceOwner.has(w.text))
            && !self.is_place()
    }

    /// "Our supplier is Lanyard".
    fn is_it(&self) -> bool {
        self.follows(&["is", "was"])
            && self.nth_before(2).is_some_and(|w| List::PartyNoun.has(&owner(w.text)))
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
        matches!(self.last(), "centre" | "hall" | "library")
            && self.follows(&["the"])
            && self.nth_before(2).is_some_and(|w| matches!(w.text, "from" | "at" | "in" | "to"))
            && !self.name.iter().any(|word| List::PartyHouse.has(word.as_str()))
    }
}

/// Whether what is said of a name is what it is: "a payroll provider that ...", and not "a union official".
fn is_described(words: &[Word<'_>]) -> bool {
    words.iter().take(3).enumerate().any(|(n, word)| {
        List::PartyNoun.has(word.text)
            && (word.ends || words.get(n + 1).is_some_and(|next| List::PartyDescribed.has(next.text)))
    })
}
