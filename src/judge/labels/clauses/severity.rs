//! `severity-raised`, `severity-lowered`: what was done, what the thing is called, how grave it is.
//!
//! Not here: how many it reached (`scope`).

use std::cmp::Ordering;

use super::{
    Claims,
    cells::{Cells, NAMES, SEVERITY},
    quoted,
};
use crate::{
    judge::labels::Finding,
    model::Label,
    text::{Class, words},
};

/// Where the two sides stand on a ladder, as words.
pub(super) fn findings(claims: &Claims<'_>) -> Option<Finding> {
    if !claims.paired() {
        return None;
    }
    let on_ladders = SEVERITY.iter().find_map(|(rule, ladder)| stepped(claims, rule, ladder));
    on_ladders.or_else(|| graded(claims))
}

fn stepped(claims: &Claims<'_>, rule: &'static str, ladder: &[Class]) -> Option<Finding> {
    // Files that were locked, and then locked and stolen.
    let harmed = |cells: &Cells<'_>| rule == "deed" && cells.lexicon.has(Class::Harm, &cells.positive);
    // What was affected may be a service, where no data is spoken of.
    let of_data = |cells: &Cells<'_>| rule != "harm" || cells.lexicon.has(Class::Data, &cells.positive);
    if !of_data(&claims.before) || !of_data(&claims.after) {
        return None;
    }
    let (old, new) = match (claims.before.highest(ladder), claims.after.highest(ladder)) {
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
        rule == "harm" && low.0 == 1 && high.0 == 2 && open
    };
    if same(&old, &new) || same(&new, &old) {
        return None;
    }
    told(rule, old.0.cmp(&new.0), &old.1, &new.1)
}

fn told(rule: &'static str, order: Ordering, old: &str, new: &str) -> Option<Finding> {
    let label = match order {
        Ordering::Less => Label::SeverityRaised,
        Ordering::Greater => Label::SeverityLowered,
        Ordering::Equal => return None,
    };
    Some(Finding::new(label, rule, format!("{} → {}", quoted(old), quoted(new))))
}

/// Words that say how grave the thing is that they stand before, and whether it is less or more than without them.
const GRADES: [(&str, i8); 18] = [
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

/// What may stand between such a word and its thing: "a serious data security incident".
const BETWEEN: [&str; 8] = ["cyber", "data", "security", "it", "network", "technical", "water", "gas"];

/// Things of which there are small ones and large ones, beside what incidents are called.
const THINGS: [&str; 8] = ["leak", "fire", "spill", "flood", "failure", "explosion", "landslip", "blaze"];

/// The same thing, called graver or less grave: "an incident" and "a serious incident".
fn graded(claims: &Claims<'_>) -> Option<Finding> {
    let (old, new) = (grades(&claims.before), grades(&claims.after));
    old.iter().find_map(|(thing, was, said)| {
        let (_, is, now) = new.iter().find(|other| other.0 == *thing)?;
        told("gravity", was.cmp(is), said, now)
    })
}

/// Each thing once, with its highest grade and the words for it.
fn grades(cells: &Cells<'_>) -> Vec<(String, i8, String)> {
    let all: Vec<&str> = words::words(&cells.positive).collect();
    let mut found: Vec<(String, i8, String)> = Vec::new();
    for (n, word) in all.iter().enumerate() {
        let is_name = || NAMES.iter().any(|class| cells.lexicon.has(*class, word));
        if !THINGS.contains(word) && !is_name() {
            continue;
        }
        let before = all.get(..n).unwrap_or_default().iter().rev().find(|w| !BETWEEN.contains(w));
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

/// Whether all telling words of one are said in the other too.
fn covers(part: &Cells<'_>, whole: &Cells<'_>) -> bool {
    let whole = words::telling(&whole.positive);
    words::telling(&part.positive).iter().all(|word| whole.contains(word))
}
