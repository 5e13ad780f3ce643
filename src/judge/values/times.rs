//! Hours of the day: "5pm", "17:00", "17 h 30", "noon".

use std::sync::LazyLock;

use regex::Regex;

use crate::{
    judge::values::{Kind, Value},
    text::List,
};

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?(am|pm|a\.m\.|p\.m\.)|\b([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?(?:z| ?(?:gmt|bst|utc|hrs|hours)|[+-][0-9]{2}:?[0-9]{2})?\b|\b([0-9]{1,2}) ?h(?: ?([0-9]{2}))?\b|\b(noon|midday|midnight|midi|minuit)\b|[0-9]t([0-9]{1,2}):([0-9]{2})(?::[0-9]{2})?(?:\.[0-9]+)?(?:z|[+-][0-9]{2}:?[0-9]{2})?\b").ok()
});

/// The times of folded text.
pub(in crate::judge) fn all(text: &str) -> Vec<Value> {
    let Some(pattern) = TIME.as_ref() else { return Vec::new() };
    let value = |found: regex::Captures<'_>| {
        let whole = found.get(0)?;
        let (head, rest) =
            (text.get(..whole.start()).unwrap_or_default(), text.get(whole.end()..).unwrap_or_default());
        // "£3.20" is no time, nor is "4.50%" or "version 2.10".
        let decimal = found.get(4).is_some() && whole.as_str().contains('.');
        if head.ends_with(['£', '€', '$']) || decimal && is_counted(head, rest) || is_lasting(&found, head)
        {
            return None;
        }
        // The last digit of the day stands before the hour of a time stamp: "2024-05-01T10:00".
        let start = whole.start() + found.get(9).map_or(0, |hour| hour.start() - whole.start());
        let number = |n: usize| found.get(n).and_then(|m| m.as_str().parse::<u32>().ok());
        let (mut hour, minute) = match found.get(8).map(|m| m.as_str()) {
            Some("midnight" | "minuit") => (0, 0),
            Some(_) => (12, 0),
            None => {
                let minute = number(2).or(number(5)).or(number(7)).or(number(10));
                (number(1).or(number(4)).or(number(6)).or(number(9))?, minute.unwrap_or(0))
            }
        };
        if let Some(half) = found.get(3) {
            hour = hour % 12 + if half.as_str().starts_with('p') { 12 } else { 0 };
        }
        (hour < 25 && minute < 60).then(|| Value {
            kind: Kind::Time,
            text: text.get(start..whole.end()).unwrap_or_default().to_owned(),
            canonical: format!("{hour:02}:{minute:02}"),
            amount: 0.0,
            at: start..whole.end(),
        })
    };
    pattern.captures_iter(text).filter_map(value).collect()
}

/// Those of time stamps: "2024-05-01T10:00:00+01:00", which look like numbers to ring.
pub(in crate::judge) fn stamped(text: &str) -> Vec<Value> {
    let stamp = |value: &Value| text.get(..value.at.start).is_some_and(|head| head.ends_with('t'));
    all(text).into_iter().filter(stamp).collect()
}

/// "9h" by itself is how long it lasts; after a word of French for when, it is an hour.
fn is_lasting(found: &regex::Captures<'_>, head: &str) -> bool {
    let bare = found.get(6).is_some() && found.get(7).is_none();
    bare && !head.trim_end().rsplit(' ').next().is_some_and(|word| List::TimeBefore.has(word))
}

/// Whether a figure with a stop in it counts something: "4.50%", "version 2.10".
fn is_counted(head: &str, rest: &str) -> bool {
    let before = head.trim_end().rsplit(' ').next().unwrap_or_default();
    List::TimeUnit.iter().any(|unit| rest.trim_start().starts_with(unit))
        || matches!(before, "version" | "v" | "release")
}
