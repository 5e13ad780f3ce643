//! The cause that one side names, beside the other: "due to human error", "an error led to the outage".
//!
//! Not here: what it means that a side names one and the other does not (`causes`), phrases that name none (`ordinary`,
//! `inquiry`).

use crate::{
    judge::{
        claims::{self, Cells},
        rules::causes::{
            inquiry::{is_sought, is_unknown},
            ordinary::{is_claimed, is_of_time, is_ordinary, is_said_to_reader},
        },
    },
    text::{Class, Found, List, words},
};

/// One side, and what it is compared with.
pub(in crate::judge) struct Side<'a> {
    pub cells: &'a Cells<'a>,
    pub other: &'a Cells<'a>,
}

impl Side<'_> {
    /// The phrase that names a cause or an agent.
    pub(in crate::judge) fn cause(&self) -> Option<String> {
        let text = &self.cells.positive;
        if is_unknown(&self.cells.text) {
            return None;
        }
        // "Call early because lines are busy" gives a reason for advice.
        let advises = self.cells.lexicon.has(Class::Advice, text);
        self.cells
            .lexicon
            .find(Class::Cause, text)
            .filter(|m| !advises || m.as_str() != "because")
            .filter(|m| !is_claimed(text, m) && !is_ordinary(text, m, self.other) && !self.is_denied(m))
            .filter(|m| !is_of_time(text, m) && !is_sought(text, m) && !is_said_to_reader(text, m))
            .filter(|m| self.is_of_trouble(m))
            .find(|m| self.is_new(m))
            .map(|m| m.as_str().to_owned())
            .or_else(|| self.led())
    }

    /// Whether what a reason is given for is trouble: "it is slow because a disk failed", and not "we closed the channel because
    /// of new users". What is a cause by itself, "caused by", needs none.
    fn is_of_trouble(&self, found: &Found<'_>) -> bool {
        const TROUBLE: [Class; 8] = [
            Class::Down,
            Class::Halted,
            Class::Harm,
            Class::Name1,
            Class::Name2,
            Class::Name3,
            Class::Name4,
            Class::Trouble,
        ];
        // What it resulted in is no cause of it.
        let head = self.cells.positive.get(..found.start()).unwrap_or_default();
        if words::words(head).last().is_some_and(|word| word.starts_with("result"))
            && found.as_str().starts_with("in ")
        {
            return false;
        }
        let text = &self.cells.positive;
        if !List::CauseReason.iter().any(|reason| found.as_str().starts_with(reason)) {
            return true;
        }
        // What it came of stands before the reason, or after it where the reason begins the sentence.
        let head = text.get(..found.start()).unwrap_or_default();
        let head = head.rsplit(['|', '.', ';']).next().unwrap_or_default();
        let of =
            if words::words(head).count() > 1 { head } else { text.get(found.end()..).unwrap_or_default() };
        let speaks = TROUBLE.iter().any(|class| self.cells.lexicon.has(*class, of));
        // What we did ourselves has a reason, and no cause.
        let ours = of.trim_start().starts_with("we ") || of.contains(" we've ") || of.contains(" so we ");
        let refers = matches!(words::words(of).next(), Some("this" | "it" | "that"));
        (speaks || refers && found.as_str() != "originat") && !ours
    }

    /// What stands after a byte of the text.
    fn after(&self, at: usize) -> &str {
        self.cells.positive.get(at..).unwrap_or_default()
    }

    fn is_denied(&self, found: &Found<'_>) -> bool {
        is_not(self.cells.positive.get(..found.start()).unwrap_or_default())
    }

    /// Whether a phrase is followed by a cause, or by what came of it where that is how the phrase goes.
    fn is_new(&self, found: &Found<'_>) -> bool {
        let said = found.as_str();
        // "Selon toute vraisemblance" names nobody.
        let likely = self.after(found.end()).starts_with(" toute");
        let reversed = List::CauseBlames.opening(said).is_some() || List::CauseAct.closing(said).is_some();
        !likely && (reversed || !self.names_it(found))
    }

    fn names_it(&self, found: &Found<'_>) -> bool {
        // "According to the police, the attack was launched from abroad": who says so is no part of it.
        found.as_str() != "according to" && (self.of_it(found.end()) || self.of_it(article(found)))
    }

    /// "Because of the incident" names what came of it, and no cause of it.
    fn of_it(&self, end: usize) -> bool {
        let near = self.near(end);
        let definite = near.first().is_some_and(|w| List::CauseDefinite.has(w) || w.starts_with("l'"));
        // What the other side speaks of too is known already.
        let known =
            near.get(1).is_some_and(|w| w.len() > 3 && words::words(&self.other.text).any(|o| o == *w));
        let event = || near.iter().any(|w| List::CauseEvent.has(w));
        definite && (known || event() || self.is_named(&near))
    }

    /// "An error led to the outage", and not "the outage led to delays".
    fn led(&self) -> Option<String> {
        let text = &self.cells.positive;
        if let Some(cause) = self.causing() {
            return Some(cause);
        }
        // And not "emailed to", nor "what caused it".
        let (led, at) = List::CauseLed.iter().find_map(|led| {
            let at = text.find(led)?;
            let who = words::words(text.get(..at)?).last()?;
            let asks =
                matches!(who, "what" | "who" | "be" | "been" | "being" | "is" | "was" | "were" | "are");
            (!asks).then_some((led, at))
        })?;
        let end = at + led.len();
        let led_to = led.starts_with(" lead") || led.starts_with(" led");
        (self.of_it(end) && (led_to || self.is_named(&self.near(end)))).then(|| led.trim().to_owned())
    }

    /// "Network failures were causing it to crash": trouble on both sides of the verb.
    fn causing(&self) -> Option<String> {
        const TROUBLE: [Class; 4] = [Class::Down, Class::Halted, Class::Trouble, Class::Name1];
        let text = &self.cells.positive;
        let speaks = |part: &str| TROUBLE.iter().any(|class| self.cells.lexicon.has(*class, part));
        List::CauseCausing.iter().find_map(|causing| {
            let (head, rest) = text.split_once(causing)?;
            (speaks(head) && speaks(rest)).then(|| causing.trim().to_owned())
        })
    }

    /// The next words.
    fn near(&self, end: usize) -> Vec<&str> {
        words::words(self.after(end)).take(4).collect()
    }

    /// Whether words name an incident.
    fn is_named(&self, near: &[&str]) -> bool {
        let near = near.join(" ");
        claims::NAMES.iter().any(|class| self.cells.lexicon.has(*class, &near))
    }
}

/// Where the article begins that some phrases of a cause end in: "due to the".
fn article(found: &Found<'_>) -> usize {
    found.as_str().rfind(' ').map_or(found.end(), |at| found.start() + at)
}

/// Whether what stands before a cause says that it was not so.
pub(in crate::judge) fn is_not(head: &str) -> bool {
    words::words(head).last().is_some_and(|word| matches!(word, "not" | "never" | "nor"))
}
