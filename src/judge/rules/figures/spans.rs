//! `date-revised` where no date took another's place: a date that became a range, "on 2 May" and "before 2 May", "for a
//! week" and "for a month".
//!
//! Not here: other dates (`values`), and numbers of days (`bounds`).

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    judge::{
        finding::Finding,
        values::{self, Kind, Value, Values},
    },
    model::{Label, Rule},
};

/// How long, or within how long, in words.
static SPAN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let before =
        "for|within|in|over|under|than|takes?|took|taken|lasts?|lasted|about|around|several|many|some|few";
    Regex::new(&format!(
        r"\b(?:{before}) (an? )?(hours?|days?|nights?|weekends?|weeks?|fortnights?|months?|years?|decades?)\b"
    ))
    .ok()
});

/// The date that stands, with another reach.
pub(in crate::judge) fn revised(old: &Values, new: &Values) -> Option<Finding> {
    let found = ranged(old, new).or_else(|| beside(old, new)).or_else(|| lasting(old, new))?;
    Some(Finding::new(Label::DateRevised, Rule::Date, format!("{} → {}", found.0, found.1)))
}

fn dates(side: &Values) -> Vec<&Value> {
    side.all.iter().filter(|value| value.kind == Kind::Date).collect()
}

/// Where one side has a day, and the other a range that begins or ends with it.
fn ranged<'v>(old: &'v Values, new: &'v Values) -> Option<(&'v str, &'v str)> {
    let range = |side: &'v Values, one: &Value| {
        let [first, last] = dates(side)[..] else { return None };
        let (head, between) = (side.text.get(..first.at.start)?, side.text.get(first.at.end..last.at.start)?);
        let joined = match between.trim() {
            "and" => head.ends_with("between ") || head.ends_with("on "),
            "to" | "until" | "-" | "au" => true,
            "et" => head.ends_with("entre "),
            other => ["and ended on", "and lasted until", "and went on until"].contains(&other),
        };
        let part = values::same(first, one) || values::same(last, one);
        (joined && part).then(|| side.text.get(first.at.start..last.at.end)).flatten()
    };
    match (&dates(old)[..], &dates(new)[..]) {
        ([one], [_, _]) => Some((old.text.get(one.at.clone())?, range(new, one)?)),
        ([_, _], [one]) => Some((range(old, one)?, new.text.get(one.at.clone())?)),
        _ => None,
    }
}

/// What may stand before a date, and which side of it is meant.
const BESIDE: [(&str, i8); 12] = [
    ("on or before", -1),
    ("on or after", 1),
    ("no earlier than", 1),
    ("prior to", -1),
    ("before", -1),
    ("after", 1),
    ("following", 1),
    ("around", 2),
    ("about", 2),
    ("on or around", 2),
    ("on or about", 2),
    ("on", 0),
];

/// The same date with another side of it meant: both as written.
fn beside<'v>(old: &'v Values, new: &'v Values) -> Option<(&'v str, &'v str)> {
    let said = |side: &'v Values, date: &Value| {
        let head = side.text.get(..date.at.start)?.trim_end();
        let head = head.strip_suffix(" the").unwrap_or(head);
        let stands =
            |words: &str| head.strip_suffix(words).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
        let (words, which) = BESIDE.iter().find(|(words, _)| stands(words))?;
        Some((side.text.get(head.len() - words.len()..date.at.end)?, *which))
    };
    let (was, is) = (dates(old), dates(new));
    if was.len() != is.len() {
        return None;
    }
    was.iter().zip(&is).filter(|(a, b)| values::same(a, b)).find_map(|(a, b)| {
        let (was, is) = (said(old, a)?, said(new, b)?);
        (was.1 != is.1).then_some((was.0, is.0))
    })
}

/// "For a week" and "for a month", "within days" and "within weeks".
fn lasting<'v>(old: &'v Values, new: &'v Values) -> Option<(&'v str, &'v str)> {
    let only = |side: &'v Values| {
        let mut found = SPAN.as_ref()?.captures_iter(&side.text);
        let (first, None) = (found.next()?, found.next()) else { return None };
        Some((first.get(0)?.as_str(), first.get(2)?.as_str()))
    };
    let (was, is) = (only(old)?, only(new)?);
    (was.1 != is.1).then_some((was.0, is.0))
}
