//! `service-restored`, `service-disrupted` of a status line: "Land charges: working", a row with "Email" and "Down".
//!
//! Not here: what sentences say of services (`services`), what a heading says of the lines under it (`headings`).

use crate::{
    judge::{
        finding::{Finding, quoted},
        sides::Sides,
    },
    model::{Label, Rule},
    text::{Class, Lexicon, List, words},
};

/// What such a line is made of beside its thing, in words, at most.
const STATE: usize = 6;

/// A state ends in its word ("online forms working") after so many words at most.
const LEAD: usize = 3;

/// How far a thing works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::judge) enum State {
    Down,
    Part,
    Up,
}

/// The turn of a line that names the same thing on both sides, and says of it nothing but whether it works.
pub(in crate::judge) fn turned(claims: &Sides<'_>) -> Option<Finding> {
    let (old, new) = (claims.before.text.as_str(), claims.after.text.as_str());
    let shared = words::words(old).zip(words::words(new)).take_while(|(a, b)| a == b).count();
    if shared == 0 || !claims.paired() {
        return None;
    }
    // After a colon or a dash the state may go on: "closed until further notice".
    let goes_on = said(old).is_some() && said(new).is_some();
    let state = |text: &str, thing: usize, lexicon: &Lexicon| {
        let rest: Vec<&str> = words::words(text).skip(thing).collect();
        (rest.len() <= STATE || goes_on).then(|| of(&rest, goes_on, lexicon)).flatten()
    };
    let states = |thing: usize| {
        Some((state(old, thing, claims.before.lexicon)?, state(new, thing, claims.after.lexicon)?))
    };
    // Where both say that it is "back" and one of them more, the thing ends at its colon.
    let thing = said(old).map(|(thing, _)| words::words(thing).count());
    let ((was, _), (is, words)) = states(shared).or_else(|| states(thing.filter(|n| *n < shared)?))?;
    let label = match is.cmp(&was) {
        std::cmp::Ordering::Greater => Label::ServiceRestored,
        std::cmp::Ordering::Less => Label::ServiceDisrupted,
        std::cmp::Ordering::Equal => return None,
    };
    Some(Finding::new(label, Rule::State, quoted(&words)))
}

/// A line that is new and says that its thing does not work, or works again.
pub(in crate::judge) fn stated(claims: &Sides<'_>) -> Option<Finding> {
    let text = claims.after.text.as_str();
    let (state, words) = own(text, claims.after.lexicon).filter(|_| claims.added())?;
    // By itself "being looked at" or "adults only" may be said of anything.
    if List::StateAwaited.opening(&words).is_some() || words.ends_with(" only") {
        return None;
    }
    match state {
        State::Down | State::Part => Some(Finding::new(Label::ServiceDisrupted, Rule::State, quoted(&words))),
        State::Up if claims.after.lexicon.has(Class::Again, &words) => {
            Some(Finding::new(Label::ServiceRestored, Rule::State, quoted(&words)))
        }
        State::Up => None,
    }
}

/// How the thing that a line names stands by the line itself: "Land charges: working".
pub(in crate::judge) fn own(text: &str, lexicon: &Lexicon) -> Option<(State, String)> {
    let (_, said) = said(text)?;
    of(&words::words(said).collect::<Vec<_>>(), true, lexicon)
}

/// The thing of a line and what is said of it.
fn said(text: &str) -> Option<(&str, &str)> {
    text.split_once(": ").or_else(|| text.split_once(" - ")).filter(|(thing, _)| !thing.trim().is_empty())
}

/// The state that some words give, and the words.
fn of(words: &[&str], goes_on: bool, lexicon: &Lexicon) -> Option<(State, String)> {
    let rest: Vec<&str> = words.iter().copied().skip_while(|w| List::StateLead.has(w)).collect();
    let said = rest.join(" ");
    let (first, last) = (rest.first()?, rest.last()?);
    if List::StateAwaited.has(first) {
        return Some((State::Down, said));
    }
    let bare = said.strip_prefix("not ").or_else(|| said.strip_prefix("no ")).unwrap_or(&said);
    let negated = bare.len() < said.len();
    let whole = |class| {
        lexicon.find(class, bare).next().is_some_and(|found| {
            let after = bare.get(found.end()..).and_then(|rest| rest.split_whitespace().next());
            let ends = after.is_none_or(|word| goes_on && List::StateAfter.has(word));
            found.start() == 0 && ends
        })
    };
    let state =
        if *last == "only" && rest.len() > 1 && rest.len() <= STATE && !negated || whole(Class::StatePart) {
            State::Part
        } else if whole(Class::StateUp) {
            State::Up
        } else if whole(Class::StateDown) {
            State::Down
        } else if *first == "no" && goes_on && is_stopped(bare, lexicon) {
            return Some((State::Down, said));
        } else if goes_on
            && !negated
            && rest.len() <= LEAD
            && lexicon.find(Class::StateUp, last).any(|m| m.as_str() == *last)
        {
            State::Up
        } else {
            return None;
        };
    let state = match (state, negated) {
        (State::Up, true) => State::Down,
        (State::Down, true) => State::Up,
        (state, _) => state,
    };
    Some((state, said))
}

/// Whether what a line has none of is the service itself, "no new applications", and no trouble: "no delays".
fn is_stopped(none: &str, lexicon: &Lexicon) -> bool {
    const TROUBLE: [Class; 5] = [Class::Harm, Class::Down, Class::StateDown, Class::Name1, Class::Name2];
    let few = words::words(none).count() <= STATE;
    few && words::words(none).all(|w| !List::StateNoneOf.has(w))
        && !TROUBLE.iter().any(|class| lexicon.has(*class, none))
        && !none.starts_with("longer")
}
