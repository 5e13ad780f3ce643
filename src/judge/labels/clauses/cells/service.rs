//! What a text says of services: what works, what works again, what does not.
//!
//! Not here: which turn of it is a change (`clauses`).

use super::{
    Service,
    negation::{is_negation, is_plain_negation},
    shortly_before,
};
use crate::judge::{
    language::Language,
    lexicon::{Class, Lexicon},
    words,
};

/// Who may be suspended, as a service may be.
const PEOPLE: [&str; 14] = [
    "staff",
    "officer",
    "officers",
    "employee",
    "employees",
    "member",
    "members",
    "people",
    "executive",
    "director",
    "manager",
    "managers",
    "councillor",
    "teacher",
];

/// What the text says of services: only what is so, not what shall be or is not.
pub(super) fn service(text: &str, lexicon: &Lexicon) -> Service {
    let unreal = |w: &str| {
        matches!(
            w,
            "will"
                | "to"
                | "until"
                | "once"
                | "when"
                | "if"
                | "not"
                | "being"
                | "should"
                | "before"
                | "yet"
                | "hope"
                | "expect"
                | "cannot"
                | "no"
                | "without"
                | "shall"
                | "aren't"
                | "isn't"
                | "nid"
                | "ddim"
                | "heb"
                | "pas"
                | "ne"
                | "n'est"
                | "sera"
                | "seront"
                | "bydd"
                | "would"
                | "can't"
                | "must"
                | "any"
        )
    };
    let real = |class: Class| {
        // "I adfer", "à rétablir": what is being worked on.
        let aim = |w: &str| match lexicon.language() {
            Language::Welsh => w == "i",
            Language::French => matches!(w, "à" | "au" | "le" | "du"),
            Language::English => false,
        };
        // "We are working to restore it": people work, and not the service.
        let working_to = |m: &regex::Match<'_>| {
            const ON: [&str; 7] = [" i ", " to ", " on ", " hard", " with ", " closely", " around "];
            let work = m.as_str().ends_with("working") || m.as_str().ends_with("gweithio");
            work && text.get(m.end()..).is_some_and(|rest| ON.iter().any(|on| rest.starts_with(on)))
        };
        let found = lexicon.find(class, text).find(|m| {
            !working_to(m)
                && !shortly_before(text, m.start(), 3, unreal)
                && !shortly_before(text, m.start(), 1, aim)
        });
        found.map(|m| m.as_str().to_owned())
    };
    let none = |w: &str| matches!(w, "none" | "aucun" | "aucune");
    let denied = |m: &regex::Match<'_>| {
        shortly_before(text, m.start(), 3, is_negation) || shortly_before(text, m.start(), 6, none)
    };
    // "Two members of staff have been suspended" says nothing of a service.
    let of_people = |m: &regex::Match<'_>| {
        m.as_str() == "suspended" && shortly_before(text, m.start(), 4, |w| PEOPLE.contains(&w))
    };
    let down = lexicon.find(Class::Down, text).find(|m| !denied(m) && !of_people(m));
    let clear = lexicon.find(Class::Down, text).find(denied).map(|m| m.as_str().to_owned());
    // What works no longer is down: "is not operating".
    let halted =
        || lexicon.find(Class::Up, text).find(|m| shortly_before(text, m.start(), 2, is_plain_negation));
    let down = down.or_else(halted);
    // "Again" by itself says it only of what people can do, or of what works.
    let once_more = || {
        let said = words::words(text).any(|w| matches!(w, "again" | "eto" | "nouveau"));
        (said
            && (lexicon.has(Class::Can, text) || lexicon.has(Class::Up, text))
            && !lexicon.has(Class::Promise, text))
        .then(|| "again".to_owned())
    };
    let stands = |m: &regex::Match<'_>| !denied(m);
    Service {
        up: real(Class::Up).or_else(|| goes_on_again(text).then(|| "again".to_owned())),
        again: real(Class::Again).or_else(once_more),
        halted: lexicon.find(Class::Halted, text).find(stands).map(|m| m.as_str().to_owned()),
        clear: clear.filter(|_| down.is_none()),
        down: down.map(|m| m.as_str().to_owned()),
    }
}

/// "Trains are running to Holt again": what goes on, and not what people say again.
fn goes_on_again(text: &str) -> bool {
    const SAID: [&str; 9] = [
        "saying",
        "asking",
        "apologising",
        "reminding",
        "urging",
        "warning",
        "thanking",
        "writing",
        "looking",
    ];
    let all: Vec<&str> = words::words(text).collect();
    let Some(at) = all.iter().position(|w| *w == "again") else { return false };
    let before = all.get(at.saturating_sub(5)..at).unwrap_or_default();
    before.iter().any(|w| w.len() > 4 && w.ends_with("ing") && !SAID.contains(w))
}
