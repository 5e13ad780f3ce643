//! `severity-raised`, `severity-lowered`: what was done, what the thing is called, how grave it is.
//!
//! Not here: how many it reached (`scope`).

pub(in crate::judge) mod intruders;

use std::cmp::Ordering;

use crate::{
    judge::{
        claims::{self, Cells, NAMES, SEVERITY},
        context::Page,
        finding::{Finding, quoted},
        sides::Sides,
    },
    model::{Label, Rule},
    text::{Class, List, fold, words},
};

/// Where the two sides stand on a ladder, as words.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Option<Finding> {
    if !claims.paired() {
        return rated(claims);
    }
    let on_ladders = SEVERITY.into_iter().find_map(|(rule, ladder)| stepped(claims, rule, ladder));
    on_ladders.or_else(|| graded(claims))
}

fn stepped(claims: &Sides<'_>, rule: Rule, ladder: &[Class]) -> Option<Finding> {
    // Files that were locked, and then locked and stolen.
    let harmed = |cells: &Cells<'_>| rule == Rule::Deed && cells.lexicon.has(Class::Harm, &cells.positive);
    // What was affected may be a service, where no data is spoken of.
    let of_data = |cells: &Cells<'_>| rule != Rule::Harm || cells.lexicon.has(Class::Data, &cells.positive);
    if !of_data(&claims.before) || !of_data(&claims.after) {
        return None;
    }
    let highest = |cells: &Cells<'_>| claims::highest(ladder, &cells.positive, cells.lexicon);
    let (old, new) = match (highest(&claims.before), highest(&claims.after)) {
        (None, Some(new)) if harmed(&claims.before) && covers(&claims.before, &claims.after) => {
            ((0, "-".to_owned()), new)
        }
        (Some(old), None) if harmed(&claims.after) && covers(&claims.after, &claims.before) => {
            (old, (0, "-".to_owned()))
        }
        (old, new) => (old?, new?),
    };
    // What was compromised was accessed at least.
    let same = |low: &(usize, String), high: &(usize, String)| {
        let open = ["compromised", "breached"].iter().any(|word| low.1.ends_with(word));
        rule == Rule::Harm && low.0 == 1 && high.0 == 2 && open
    };
    if same(&old, &new) || same(&new, &old) {
        return None;
    }
    // One of the words moved, in a sentence that says much of the same.
    let alike = is_alike(claims, &old.1, &new.1);
    if !alike || !claims.moved.gone(&old.1) && !claims.moved.come(&new.1) {
        return None;
    }
    compared(rule, old.0.cmp(&new.0), &old.1, &new.1)
}

fn compared(rule: Rule, order: Ordering, old: &str, new: &str) -> Option<Finding> {
    let label = match order {
        Ordering::Less => Label::SeverityRaised,
        Ordering::Greater => Label::SeverityLowered,
        Ordering::Equal => return None,
    };
    Some(Finding::new(label, rule, format!("{} → {}", quoted(old), quoted(new))))
}

/// Ratings, from the least to the gravest, each as it is called.
const SCALE: [&[&str]; 4] = [
    &["low", "minor", "informational", "negligible"],
    &["moderate", "medium", "partial"],
    &["high", "important", "major", "serious"],
    &["critical", "severe", "urgent", "extreme"],
];

/// A line that gives a rating, in the place of one that gave another: "Severity: moderate" where under the same heading it
/// was "Severity: high".
fn rated(claims: &Sides<'_>) -> Option<Finding> {
    let at = &claims.place.hunk.at;
    let (here, other, cells) = if claims.added() {
        ((&claims.pages.after, *at.after.first()?), &claims.pages.before, &claims.after)
    } else {
        ((&claims.pages.before, *at.before.first()?), &claims.pages.after, &claims.before)
    };
    let (name, step, said) = rating(&cells.text)?;
    let under = |page: &Page<'_>, sentence: usize| -> Option<String> {
        let (n, _) = page.block(sentence)?;
        page.headings(n).next().map(|(_, heading)| fold(&heading.text()))
    };
    let heading = under(here.0, here.1);
    let mut others = other.with_words(name).filter_map(|text| rating(text).map(|found| (text, found)));
    let (_, (_, was, word)) = others.find(|(text, found)| {
        let stands = here.0.folded.iter().any(|said| said == *text);
        let at = other.folded.iter().position(|said| said == *text);
        found.0 == name && !stands && at.is_some_and(|at| under(other, at) == heading)
    })?;
    let (was, is) = if claims.added() { ((was, word), (step, said)) } else { ((step, said), (was, word)) };
    compared(Rule::Rating, was.0.cmp(&is.0), was.1, is.1)
}

/// The rating that a line gives: what it is of, its step and its word.
fn rating(text: &str) -> Option<(&str, usize, &str)> {
    let (name, rest) =
        text.split_once(": ").or_else(|| text.split_once(" - ")).or_else(|| text.split_once('-'))?;
    let name = name.trim();
    let word = words::words(rest).next()?;
    let step = SCALE.iter().position(|words| words.contains(&word))?;
    let short = words::words(rest).count() <= 2;
    (short && List::SeverityRating.closing(name).is_some()).then_some((name, step, word))
}

/// Words that say how grave the thing is that they stand before, and whether it is less or more than without them.
const GRADES: [(&str, i8); 22] = [
    ("partial", -1),
    ("limited", -1),
    ("moderate", -1),
    ("full", 1),
    ("small", -1),
    ("minor", -1),
    ("slight", -1),
    ("trivial", -1),
    ("serious", 1),
    ("major", 1),
    ("significant", 1),
    ("severe", 1),
    ("critical", 1),
    ("large", 1),
    ("big", 1),
    ("huge", 1),
    ("massive", 1),
    ("sophisticated", 1),
    ("criminal", 1),
    ("grave", 1),
    ("catastrophic", 1),
    ("malicious", 1),
];

/// The same thing, called graver or less grave: "an incident" and "a serious incident".
fn graded(claims: &Sides<'_>) -> Option<Finding> {
    let (old, new) = (grades(&claims.before), grades(&claims.after));
    old.iter().find_map(|(thing, was, said)| {
        let (_, is, now) = new.iter().find(|other| other.0 == *thing)?;
        compared(Rule::Gravity, was.cmp(is), said, now)
    })
}

/// Each thing once, with its highest grade and the words for it.
fn grades(cells: &Cells<'_>) -> Vec<(String, i8, String)> {
    let all: Vec<&str> = words::words(&cells.positive).collect();
    let mut found: Vec<(String, i8, String)> = Vec::new();
    for (n, word) in all.iter().enumerate() {
        let is_name = || NAMES.iter().any(|class| cells.lexicon.has(*class, word));
        if !List::SeverityThing.has(word) && !is_name() {
            continue;
        }
        let before = all.get(..n).unwrap_or_default().iter().rev().find(|w| !List::SeverityGap.has(w));
        let grade = before.and_then(|w| GRADES.iter().find(|grade| grade.0 == *w));
        let said = grade.map_or_else(|| (*word).to_owned(), |grade| format!("{} {word}", grade.0));
        let grade = grade.map_or(0, |grade| grade.1);
        match found.iter_mut().find(|other| other.0 == *word) {
            Some(other) if other.1 < grade => (other.1, other.2) = (grade, said),
            Some(_) => {}
            None => found.push(((*word).to_owned(), grade, said)),
        }
    }
    found
}

/// Two sentences tell of one thing from this share of their telling words.
const ALIKE: f64 = 0.34;

/// Whether two sentences say much of the same, the words set aside that are steps of the ladder.
fn is_alike(claims: &Sides<'_>, old: &str, new: &str) -> bool {
    let rest = |cells: &Cells<'_>| {
        let steps: Vec<String> = words::stems(old).into_iter().chain(words::stems(new)).collect();
        words::stems(&cells.text).into_iter().filter(|stem| !steps.contains(stem)).collect::<Vec<_>>()
    };
    let (was, is) = (rest(&claims.before), rest(&claims.after));
    let shared = was.iter().filter(|stem| is.contains(stem)).count() as f64;
    was.len().min(is.len()) <= FEW || shared / was.len().min(is.len()) as f64 >= ALIKE
}

/// So few telling words beside the step leave nothing to be unlike.
const FEW: usize = 2;

/// Whether all telling words of one are said in the other too.
fn covers(part: &Cells<'_>, whole: &Cells<'_>) -> bool {
    let whole = words::stems(&whole.positive);
    words::stems(&part.positive).iter().all(|word| whole.contains(word))
}
