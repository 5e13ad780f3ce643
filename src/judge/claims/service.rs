//! What a text says of services: what works, what works again, what does not.
//!
//! Not here: which turn of it is a change (`rules`); what only shall be or is hoped for (`real`), what is no service
//! (`subject`).

mod real;
mod subject;

use crate::{
    judge::claims::{
        negation::{is_negation, is_plain_negation},
        split::shortly_before,
    },
    text::{Class, Found, Language, Lexicon, List, words},
};

/// What stands for or against a service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::judge) struct Service {
    pub up: Option<String>,
    pub again: Option<String>,
    /// What will work: "as normal" of what is to run as normal.
    pub due: Option<String>,
    pub down: Option<String>,
    /// What may stand against it, where the other side says that it works: "dead", "by hand".
    pub halted: Option<String>,
    /// What is the matter with it: "slow", "failing", "an outage".
    pub trouble: Option<String>,
    /// What people can do.
    pub can: Option<String>,
    /// That nothing is down: "no service is disrupted".
    pub clear: Option<String>,
}

/// What the text says of services: only what is so, not what shall be or is not.
pub(in crate::judge) fn service(text: &str, lexicon: &Lexicon) -> Service {
    // "No lifts apart from the one in the hall are running."
    let no_one = ["no ", "none of "].iter().any(|no| text.starts_with(no)) && !text.starts_with("no longer");
    let heard = Heard { text, lexicon, no_one };
    let owned = |m: Found<'_>| m.as_str().to_owned();
    let (down, can) = (heard.down(), heard.can());
    let clear = heard.find(Class::Down, |m| heard.is_denied(m)).filter(|_| down.is_none());
    Service {
        due: heard.due().map(owned),
        up: heard.real(Class::Up).map(owned).or_else(|| goes_on_again(text).then(|| "again".to_owned())),
        again: heard.real(Class::Again).map(owned).or_else(|| heard.once_more(can.is_some())),
        halted: heard.find(Class::Halted, |m| !heard.is_denied(m)).map(owned),
        trouble: heard.find(Class::Trouble, |m| heard.is_so(m)).map(owned),
        can: can.map(owned),
        clear: clear.map(owned),
        down: down.map(owned),
    }
}

/// A text in which it is looked for what is said of services.
struct Heard<'t> {
    text: &'t str,
    lexicon: &'t Lexicon,
    /// Whether what it says of a service, it says of none.
    no_one: bool,
}

impl<'t> Heard<'t> {
    /// The first of the words of a class of which something holds.
    fn find(&self, class: Class, holds: impl Fn(&Found<'t>) -> bool) -> Option<Found<'t>> {
        self.lexicon.find(class, self.text).find(holds)
    }

    fn before(&self, found: &Found<'_>, most: usize, is: impl Fn(&str) -> bool) -> bool {
        shortly_before(self.text, found.start(), most, is)
    }

    fn is_no_service(&self, found: &Found<'_>) -> bool {
        subject::is_no_service(self.text, found, self.lexicon)
    }

    fn is_denied(&self, found: &Found<'_>) -> bool {
        let none = |w: &str| matches!(w, "none" | "aucun" | "aucune");
        self.before(found, 3, |w| is_negation(w, self.lexicon)) || self.before(found, 6, none)
    }

    /// What is so, of a class that speaks of what works.
    fn real(&self, class: Class) -> Option<Found<'t>> {
        // "Not all of it has been recovered."
        let not_all = ["not all ", "not every"].iter().any(|not| self.text.starts_with(not));
        if self.no_one || not_all {
            return None;
        }
        // What is resolved is trouble, or a matter that was named before: "lookups are resolved" is said of no service.
        let of_trouble = |m: &Found<'_>| {
            const TROUBLE: [Class; 5] =
                [Class::Name1, Class::Name2, Class::Name3, Class::Down, Class::Trouble];
            let head = self.text.get(..m.start()).unwrap_or_default();
            m.as_str() != "resolved"
                || words::words(head).count() <= 2
                || self.before(m, 6, |w| List::ServiceSaid.has(w))
                || TROUBLE.iter().any(|class| self.lexicon.has(*class, head))
        };
        self.find(class, |m| {
            !self.is_no_service(m) && real::is_real(self.text, m, self.lexicon) && of_trouble(m)
        })
    }

    /// Whether what is the matter is so: not denied, not said of something else, no case that may come.
    fn is_so(&self, found: &Found<'_>) -> bool {
        let may = |w: &str| {
            matches!(w, "if" | "when" | "whenever" | "unless" | "case" | "should" | "could" | "might" | "may")
        };
        // "This can result in jobs failing".
        let can = self.before(found, 8, |w| w == "can")
            && self.before(found, 10, |w| matches!(w, "this" | "it" | "which"));
        let work = |w: &str| matches!(w, "work" | "progress" | "recovery" | "response" | "investigation");
        !self.is_denied(found)
            && !can
            && !self.is_no_service(found)
            && !self.before(found, 4, may)
            && !self.before(found, 3, work)
    }

    fn down(&self) -> Option<Found<'t>> {
        let asked =
            |m: &Found<'_>| self.before(m, 2, |w| matches!(w, "please" | "if" | "when" | "once" | "unless"));
        self.find(Class::Down, |m| {
            !self.is_denied(m) && !self.is_no_service(m) && !self.is_unsaid(m) && !asked(m)
        })
        .or_else(|| self.stopped())
        .or_else(|| self.find(Class::Up, |_| true).filter(|_| self.no_one))
        .or_else(|| self.contrary())
    }

    /// "We are not able to comment": what is not said is no service.
    fn is_unsaid(&self, found: &Found<'_>) -> bool {
        let next = words::words(self.text.get(found.end()..).unwrap_or_default()).next();
        found.as_str().ends_with("able to") && next.is_some_and(|next| List::ServiceComment.has(next))
    }

    /// What works no longer is down: "is not operating".
    fn stopped(&self) -> Option<Found<'t>> {
        // In Welsh it stands before the thing: "nid yw ein llinellau ffôn yn gweithio".
        let near = if self.lexicon.language() == Language::Welsh { 7 } else { 2 };
        self.find(Class::Up, |m| {
            self.before(m, near, |w| is_plain_negation(w, self.lexicon)) && !self.is_no_service(m)
        })
    }

    /// "Email is working, but the finance system is not."
    fn contrary(&self) -> Option<Found<'t>> {
        let bare = self.text.trim_end_matches(['.', '!']);
        let parted = self.text.contains(" but ") || self.text.contains(" while ");
        let contrary = parted && List::ServiceContrary.closing(bare).is_some();
        self.find(Class::Up, |_| true).filter(|_| contrary)
    }

    fn can(&self) -> Option<Found<'t>> {
        // "For us to be able to" is said of us.
        let ours =
            |m: &Found<'_>| self.text.get(..m.start()).is_some_and(|head| head.ends_with("for us to be "));
        self.find(Class::Can, |m| !self.is_no_service(m) && !ours(m))
    }

    /// "Again" by itself says it only of what people can do, or of what works.
    fn once_more(&self, can: bool) -> Option<String> {
        let said = words::words(self.text).any(|w| matches!(w, "again" | "eto" | "nouveau"));
        let works = can || self.lexicon.has(Class::Up, self.text);
        (said && works && !self.lexicon.has(Class::Promise, self.text)).then(|| "again".to_owned())
    }

    /// What will work, and waits for nothing.
    fn due(&self) -> Option<Found<'t>> {
        let will = |w: &str| matches!(w, "will" | "be" | "to" | "bydd" | "sera" | "seront");
        let no = |w: &str| {
            is_negation(w, self.lexicon) || matches!(w, "cannot" | "can't" | "until" | "if" | "when" | "once")
        };
        self.find(Class::Up, |m| self.before(m, 3, will) && !self.before(m, 5, no))
    }
}

/// "Trains are running to Holt again": what goes on, and not what people say again.
fn goes_on_again(text: &str) -> bool {
    let all: Vec<&str> = words::words(text).collect();
    let Some(at) = all.iter().position(|w| *w == "again") else { return false };
    let before = all.get(at.saturating_sub(5)..at).unwrap_or_default();
    before.iter().any(|w| w.len() > 4 && w.ends_with("ing") && !List::ServicePeopleAct.has(w))
}
