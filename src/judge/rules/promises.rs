//! `commitment-added`, `commitment-dropped`: what somebody says will be done, and by when.

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    judge::{
        claims,
        finding::{Finding, quoted},
        sides::Sides,
        values::Values,
    },
    model::{Label, Rule},
    text::{Class, Found, Language, List, words},
};

/// What became of the promises.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Option<Finding> {
    let promise = |cells: &claims::Cells<'_>| {
        // "We will also write to tenants."
        let text = cells.text.replace(" will also ", " will ");
        let mut found = cells.lexicon.find(Class::Promise, &text);
        let found = found.find(|m| is_of_somebody(&text, m)).map(|m| m.as_str().to_owned());
        found.or_else(|| will_do(&text)).or_else(|| in_the_future(cells).map(str::to_owned))
    };
    let (old, new) = (promise(&claims.before), promise(&claims.after));
    match (old, new) {
        (None, Some(found)) => {
            let said = claims.pages.before.says(&claims.after.text, &claims.place.hunk.at.before);
            (!said).then(|| Finding::new(Label::CommitmentAdded, Rule::Promise, quoted(&found)))
        }
        (Some(found), None) => {
            let said = claims.pages.after.says(&claims.before.text, &claims.place.hunk.at.after);
            (!said).then(|| Finding::new(Label::CommitmentDropped, Rule::Promise, quoted(&found)))
        }
        (Some(_), Some(_)) => weighed(claims).or_else(|| terms(claims)),
        (None, None) => None,
    }
}

/// The future of French, of what we do: "nous rappellerons chaque patient".
fn in_the_future<'t>(cells: &'t claims::Cells<'_>) -> Option<&'t str> {
    let all: Vec<&str> =
        if cells.language == Language::French { words::words(&cells.text).collect() } else { Vec::new() };
    all.windows(3).find_map(|three| match three {
        ["nous", verb, _] | ["nous", "vous" | "les" | "leur", verb]
            if verb.ends_with("rons") && !verb.starts_with("n'") =>
        {
            Some(*verb)
        }
        _ => None,
    })
}

/// Whether what will be is somebody's to do: "this will make it slow" and "the line will be updated" are nobody's promise.
fn is_of_somebody(text: &str, found: &Found<'_>) -> bool {
    let head = text.get(..found.start()).unwrap_or_default();
    let said = found.as_str();
    let of_a_thing =
        said.starts_with("will ") && words::words(head).last().is_some_and(|who| List::PromiseThing.has(who));
    // "There is no way to guarantee it".
    let denied = said.starts_with("guarantee")
        && words::words(head)
            .rev()
            .take(4)
            .any(|w| matches!(w, "no" | "not" | "cannot" | "can't" | "don't" | "never"));
    !of_a_thing && !denied
}

/// "Will revisit on Wednesday morning": who writes so means themselves.
fn will_do(text: &str) -> Option<String> {
    let sentence =
        claims::sentences(text).flat_map(claims::clauses).find(|clause| clause.starts_with("will "))?;
    let mut all = words::words(sentence);
    let (will, verb) = (all.next()?, all.next()?);
    let speaks = List::PromiseSpeaker.has(verb) && all.next().is_some();
    (!text.ends_with('?') && speaks).then(|| format!("{will} {verb}"))
}

/// What will be done becomes what will be thought about, what is hoped, or what is done in part or where it can be; or the
/// reverse; or it was to be done so and so often.
fn weighed(claims: &Sides<'_>) -> Option<Finding> {
    let will =
        |text: &str| List::PromiseThought.iter().find(|thought| text.contains(&format!("will {thought} ")));
    let (old, new) = (claims.before.text.as_str(), claims.after.text.as_str());
    let found = |label, words: &str| Some(Finding::new(label, Rule::Commitment, quoted(words)));
    match (will(old), will(new), often(old), often(new)) {
        (None, Some(thought), ..) => found(Label::CommitmentDropped, thought),
        (Some(thought), None, ..) => found(Label::CommitmentAdded, thought),
        (_, _, Some(often), None) => found(Label::CommitmentDropped, often),
        (_, _, None, Some(often)) => found(Label::CommitmentAdded, often),
        _ => match (less(old), less(new)) {
            (None, Some(less)) => found(Label::CommitmentDropped, less),
            (Some(less), None) => found(Label::CommitmentAdded, less),
            _ if old.contains(" in full") && !new.contains(" in full") => {
                found(Label::CommitmentDropped, "in full")
            }
            _ if new.contains(" in full") && !old.contains(" in full") => {
                found(Label::CommitmentAdded, "in full")
            }
            _ => None,
        },
    }
}

/// What makes a promise less than "we will": hope, a condition, a part.
fn less(text: &str) -> Option<&'static str> {
    let hopes = || {
        List::PromiseHope
            .iter()
            .filter(|_| !text.contains(" will ") || text.contains(" will try to "))
            .find(|words| text.contains(words))
    };
    List::PromiseCondition.within(text).or_else(hopes)
}

/// A promise that stays and loses, or gains, its date or its quantity.
fn terms(claims: &Sides<'_>) -> Option<Finding> {
    let bound = |values: &Values| values.binding().next().or_else(|| spoken(&values.text)).map(str::to_owned);
    match (bound(claims.old), bound(claims.new)) {
        (Some(lost), None) => {
            Some(Finding::new(Label::CommitmentDropped, Rule::Deadline, format!("{} is gone", quoted(&lost))))
        }
        (None, Some(set)) => Some(Finding::new(Label::CommitmentAdded, Rule::Deadline, quoted(&set))),
        _ => {
            let vague =
                |cells: &claims::Cells<'_>| cells.lexicon.first(Class::Vague, &cells.text).map(str::to_owned);
            match (vague(&claims.before), vague(&claims.after)) {
                (None, Some(word)) if bound(claims.old).is_some() || often(&claims.before.text).is_some() => {
                    Some(Finding::new(Label::CommitmentDropped, Rule::Deadline, quoted(&word)))
                }
                _ => None,
            }
        }
    }
}

/// A term that is no date, and how long something is to last.
static SPOKEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let by = "by|before|until|in time for|no later than|ahead of|in the next|within";
    let season = "christmas|easter|half term|term|the (?:summer|autumn|winter|spring|new year|weekend)";
    let edge = "the (?:end|start|beginning|middle|close|turn) of";
    let span = "an? (?:hour|day|week|fortnight|month|year)";
    let few = "(?:few |coming )?(?:days|weeks|fortnight)";
    Regex::new(&format!(r"\b(?:{by}) (?:{season}|{edge}|{few})\b|\b(?:within|by|for) {span}\b")).ok()
});

/// The first of them in a text: "before half term", "by the start of term", "within a week", "for a month".
fn spoken(text: &str) -> Option<&str> {
    SPOKEN.as_ref()?.find(text).map(|found| found.as_str())
}

/// How often something is to be done.
fn often(text: &str) -> Option<&'static str> {
    words::words(text).find_map(|w| List::PromiseInterval.iter().find(|often| w == *often))
}
