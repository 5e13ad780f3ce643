//! What is said to be shut, off, back or open, and is no service: a case, a person, a way in, a door.
//!
//! Not here: what works and what does not (`service`).

use crate::{
    judge::claims::split::shortly_before,
    text::{Class, Found, Lexicon, List, words},
};

/// So many words before a state stands what it is said of.
const APART: usize = 5;

/// Whether what was found of a state is said of something else.
pub(in crate::judge) fn is_no_service(text: &str, found: &Found<'_>, lexicon: &Lexicon) -> bool {
    is_of_intruders(text, found, lexicon)
        || is_of_their_tools(text, found)
        || is_of_people(text, found)
        || is_of_a_case(text, found, lexicon)
        || is_asked_of_the_reader(text, found)
        || is_a_noun(found)
}

/// "Two members of staff have been suspended", "the director is not available for interview".
fn is_of_people(text: &str, found: &Found<'_>) -> bool {
    let person = |w: &str| List::ServicePeople.has(w);
    let rest = text.get(found.end()..).unwrap_or_default();
    match found.as_str() {
        "suspended" => shortly_before(text, found.start(), APART - 1, person),
        // "Not being treated as suspicious" is said of a case.
        "being treated" => rest.starts_with(" as "),
        said if said.ends_with("available") => {
            [" for interview", " for comment", " to comment"].iter().any(|to| rest.starts_with(to))
                || shortly_before(text, found.start(), APART - 1, |w| w.starts_with("spokes"))
        }
        _ => false,
    }
}

/// "The control server has been taken offline": what those who attack use serves nobody.
fn is_of_their_tools(text: &str, found: &Found<'_>) -> bool {
    const FAR: usize = 8;
    let head = text.get(..found.start()).unwrap_or_default();
    let own = head.rsplit([',', ';', '.']).next().unwrap_or_default();
    let control =
        ["control server", "control ip", "attack server", "command and control", "c2 server", "new c2"];
    control.iter().any(|tool| own.contains(tool))
        || words::words(own).rev().take(FAR).any(|w| List::IntruderTool.has(w))
}

/// What intruders can do or cannot, and the access that they have: "the attackers were unable to reach the backups".
fn is_of_intruders(text: &str, found: &Found<'_>, lexicon: &Lexicon) -> bool {
    let said = found.as_str();
    let who = |w: &str| lexicon.has(Class::Intruder, w) || List::Malware.has(w);
    if List::IntruderAble.opening(said).is_some() {
        return shortly_before(text, found.start(), APART - 1, who);
    }
    if said.contains("access") {
        return shortly_before(text, found.start(), APART, who);
    }
    let access = |w: &str| w == "access";
    shortly_before(text, found.start(), APART, access) && shortly_before(text, found.start(), APART + 2, who)
}

/// "The inquiry has been suspended", "the hole has been closed": what is looked into or mended, and not what serves.
fn is_of_a_case(text: &str, found: &Found<'_>, lexicon: &Lexicon) -> bool {
    let head = text.get(..found.start()).unwrap_or_default();
    // What is said of one thing begins after the last word that parts it from another.
    let own = head.rsplit([',', ';', '.', ':']).next().unwrap_or_default();
    let near: Vec<&str> = words::words(own).collect();
    let from = near.iter().rposition(|w| List::ClauseJoiner.has(w)).map_or(0, |at| at + 1);
    let near = near.get(from.max(near.len().saturating_sub(APART))..).unwrap_or_default();
    let from = near.iter().position(|w| lexicon.find(Class::Case, w).any(|m| m.as_str() == *w));
    // "The services under review are closed."
    from.is_some_and(|at| at == 0 || !near.get(..at).unwrap_or_default().contains(&"under"))
}

/// "Keep your windows shut", "do not open attachments": what the reader is to do.
fn is_asked_of_the_reader(text: &str, found: &Found<'_>) -> bool {
    let said = found.as_str();
    let head = text.get(..found.start()).unwrap_or_default();
    let own = head.rsplit([',', ';', '.', ':']).next().unwrap_or_default();
    if said.starts_with("not ") && said.ends_with(" open") {
        let word = words::words(own).last();
        let subject =
            words::words(own).any(|w| matches!(w, "we" | "they" | "it" | "shops" | "doors" | "offices"));
        return word.is_some_and(|word| List::ReaderNot.has(word)) && !subject;
    }
    let last = said.split(' ').next_back().unwrap_or_default();
    if !List::ReaderState.has(said) && !List::ReaderState.has(last) {
        return false;
    }
    let all: Vec<&str> = words::words(own).collect();
    let asked = all.iter().rposition(|w| List::ReaderAsk.has(w));
    asked.is_some_and(|at| {
        all.len() - at <= APART + 2 && !all.get(at + 1..).unwrap_or_default().iter().any(|w| parts(w))
    })
}

fn parts(word: &str) -> bool {
    List::ClauseJoiner.has(word) && word != "and"
}

/// "It did not come from our treatment works", "not in the open": what is named so, and not what works or is open.
fn is_a_noun(found: &Found<'_>) -> bool {
    let said = found.as_str();
    let Some(rest) = said.strip_prefix("not ") else { return false };
    let inside: Vec<&str> = words::words(rest).collect();
    let Some((last, before)) = inside.split_last() else { return false };
    // After "does not" the verb is "work".
    *last == "works"
        || matches!(*last, "open" | "work" | "run") && before.iter().any(|w| List::Determiner.has(w))
}
