//! Hours of the day: "5pm", "17:00", "17 h 30", "noon".

use std::sync::LazyLock;

use regex::Regex;

use super::{Kind, Value};

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?(am|pm|a\.m\.|p\.m\.)|\b([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?(?: ?(?:gmt|bst|utc|hrs|hours))?\b|\b([0-9]{1,2}) ?h(?: ?([0-9]{2}))?\b|\b(noon|midday|midnight|midi|minuit)\b").ok()
});

/// The times of folded text.
pub(super) fn all(text: &str) -> Vec<Value> {
    let Some(pattern) = TIME.as_ref() else { return Vec::new() };
    let value = |found: regex::Captures<'_>| {
        let whole = found.get(0)?;
        let (head, rest) =
            (text.get(..whole.start()).unwrap_or_default(), text.get(whole.end()..).unwrap_or_default());
        // "£3.20" is no time, nor is "4.50%" or "version 2.10".
        let decimal = found.get(4).is_some() && whole.as_str().contains('.');
        if head.ends_with(['£', '€', '$']) || decimal && is_counted(head, rest) {
            return None;
        }
        let number = |n: usize| found.get(n).and_then(|m| m.as_str().parse::<u32>().ok());
        let (mut hour, minute) = match found.get(8).map(|m| m.as_str()) {
            Some("midnight" | "minuit") => (0, 0),
            Some(_) => (12, 0),
            None => {
                (number(1).or(number(4)).or(number(6))?, number(2).or(number(5)).or(number(7)).unwrap_or(0))
            }
        };
        if let Some(half) = found.get(3) {
            hour = hour % 12 + if half.as_str().starts_with('p') { 12 } else { 0 };
        }
        (hour < 25 && minute < 60).then(|| Value {
            kind: Kind::Time,
            text: whole.as_str().to_owned(),
            canonical: format!("{hour:02}:{minute:02}"),
            amount: 0.0,
            at: whole.range(),
        })
    };
    pattern.captures_iter(text).filter_map(value).collect()
}

/// Whether a figure with a stop in it counts something: "4.50%", "version 2.10".
fn is_counted(head: &str, rest: &str) -> bool {
    const UNITS: [&str; 10] =
        ["%", "per cent", "percent", "million", "billion", "thousand", "gb", "tb", "mb", "gigabytes"];
    let before = head.trim_end().rsplit(' ').next().unwrap_or_default();
    UNITS.iter().any(|unit| rest.trim_start().starts_with(unit))
        || matches!(before, "version" | "v" | "release")
}
