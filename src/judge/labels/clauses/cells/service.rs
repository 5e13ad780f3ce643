//! What a text says of services: what works, what works again, what does not.
//!
//! Not here: which turn of it is a change (`clauses`).

mod subject;

use super::{
    Service,
    cut::shortly_before,
    negation::{is_negation, is_plain_negation},
};
use crate::judge::{
    language::Language,
    lexicon::{Class, Lexicon},
    words,
};

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
    // "No lifts apart from the one in the hall are running."
    let no_one = ["no ", "none of "].iter().any(|no| text.starts_with(no)) && !text.starts_with("no longer");
    // "Not all of it has been recovered."
    let not_all = ["not all ", "not every"].iter().any(|not| text.starts_with(not));
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
        // "We can now say" is said of what is known.
        let says = |m: &regex::Match<'_>| {
            const SAY: [&str; 7] = ["say", "confirm", "report", "tell", "reveal", "announce", "share"];
            let next = words::words(text.get(m.end()..).unwrap_or_default()).next();
            m.as_str().ends_with("can now") && next.is_some_and(|next| SAY.contains(&next))
        };
        // "We have no date for getting back to normal."
        let awaited = |m: &regex::Match<'_>| {
            let head = text.get(..m.start()).unwrap_or_default();
            ["date for", "timetable for", "timescale for", "before we are", "before they are"]
                .iter()
                .any(|words| head.contains(words))
        };
        let found = lexicon.find(class, text).filter(|_| !no_one && !not_all).find(|m| {
            !subject::is_no_service(text, m, lexicon)
                && !working_to(m)
                && !says(m)
                && !awaited(m)
                && !shortly_before(text, m.start(), 3, |w| {
                    unreal(w) && !(w == "being" && m.as_str() == "on time")
                })
                && !shortly_before(text, m.start(), 1, aim)
        });
        found.map(|m| m.as_str().to_owned())
    };
    let none = |w: &str| matches!(w, "none" | "aucun" | "aucune");
    let denied = |m: &regex::Match<'_>| {
        shortly_before(text, m.start(), 3, |w| is_negation(w, lexicon))
            || shortly_before(text, m.start(), 6, none)
    };
    // "We are not able to comment": what is not said is no service.
    let unsaid = |m: &regex::Match<'_>| {
        const SAID: [&str; 8] =
            ["comment", "say", "confirm", "discuss", "share", "give", "release", "disclose"];
        let next = words::words(text.get(m.end()..).unwrap_or_default()).next();
        m.as_str().ends_with("able to") && next.is_some_and(|next| SAID.contains(&next))
    };
    let stands_down =
        |m: &regex::Match<'_>| !denied(m) && !subject::is_no_service(text, m, lexicon) && !unsaid(m);
    let down = lexicon.find(Class::Down, text).find(stands_down);
    let clear = lexicon.find(Class::Down, text).find(denied).map(|m| m.as_str().to_owned());
    // What works no longer is down: "is not operating".
    // In Welsh it stands before the thing: "nid yw ein llinellau ffôn yn gweithio".
    let near = if lexicon.language() == Language::Welsh { 7 } else { 2 };
    let halted = || {
        lexicon.find(Class::Up, text).find(|m| {
            shortly_before(text, m.start(), near, |w| is_plain_negation(w, lexicon))
                && !subject::is_no_service(text, m, lexicon)
        })
    };
    // "Email is working, but the finance system is not."
    let not_so = || {
        const NOT: [&str; 5] = [" is not", " are not", " does not", " do not", " cannot"];
        let bare = text.trim_end_matches(['.', '!']);
        let said = lexicon
            .find(Class::Up, text)
            .next()
            .filter(|_| text.contains(" but ") || text.contains(" while "));
        said.filter(|_| NOT.iter().any(|not| bare.ends_with(not)))
    };
    let stands_still = || lexicon.find(Class::Up, text).next().filter(|_| no_one);
    let down = down.or_else(halted).or_else(stands_still).or_else(not_so);
    // "Again" by itself says it only of what people can do, or of what works.
    let can = lexicon.find(Class::Can, text).find(|m| !subject::is_no_service(text, m, lexicon));
    let once_more = || {
        let said = words::words(text).any(|w| matches!(w, "again" | "eto" | "nouveau"));
        (said && (can.is_some() || lexicon.has(Class::Up, text)) && !lexicon.has(Class::Promise, text))
            .then(|| "again".to_owned())
    };
    let stands = |m: &regex::Match<'_>| !denied(m);
    let due = || {
        let will = |w: &str| matches!(w, "will" | "be" | "to" | "bydd" | "sera" | "seront");
        let no = |w: &str| {
            is_negation(w, lexicon) || matches!(w, "cannot" | "can't" | "until" | "if" | "when" | "once")
        };
        let is = |m: &regex::Match<'_>| {
            shortly_before(text, m.start(), 3, will) && !shortly_before(text, m.start(), 5, no)
        };
        lexicon.find(Class::Up, text).find(is).map(|m| m.as_str().to_owned())
    };
    Service {
        due: due(),
        up: real(Class::Up).or_else(|| goes_on_again(text).then(|| "again".to_owned())),
        again: real(Class::Again).or_else(once_more),
        halted: lexicon.find(Class::Halted, text).find(stands).map(|m| m.as_str().to_owned()),
        can: can.map(|m| m.as_str().to_owned()),
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
