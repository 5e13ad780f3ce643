//! Lengths of time as people write them: `15m`, `1h30m`, `0.5s`, `2d`.
//!
//! Not here: calendars. A day is 24 hours.

use std::{borrow::Cow, fmt::Write as _, time::Duration};

use jsonc_parser::ast::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    excerpt::shown,
    notes::Notes,
    value::{FromJson, span, text},
};

const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];
const WANTED: &str = "a time such as \"15m\"";
const PATTERN: &str = r"^\s*([0-9]+(\.[0-9]{1,3})?\s*(d|h|ms|m|s)\s*)+$";

/// A time between two bounds, both in milliseconds and both allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Period<const LEAST: u64, const MOST: u64>(pub(super) Duration);

impl<const LEAST: u64, const MOST: u64> FromJson for Period<LEAST, MOST> {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let text = text(value, key, WANTED, notes)?;
        match parse(text) {
            Some(ms) if (LEAST..=MOST).contains(&ms) => Some(Self(Duration::from_millis(ms))),
            Some(_) => {
                let (least, most) = (spell(LEAST), spell(MOST));
                notes.fault(span(value), format!("`{key}` must be from \"{least}\" to \"{most}\""));
                None
            }
            None => {
                notes
                    .fault(span(value), format!("`{key}` must be {WANTED}"))
                    .label(format!("`{}` is no such time", shown(text)))
                    .help("a number and a unit: ms, s, m, h or d; several add up, the greatest first: \"1h30m\"");
                None
            }
        }
    }
}

impl<const LEAST: u64, const MOST: u64> JsonSchema for Period<LEAST, MOST> {
    fn schema_name() -> Cow<'static, str> {
        format!("PeriodFrom{LEAST}To{MOST}").into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": PATTERN })
    }
}

/// The milliseconds that a time as typed comes to: numbers with units, the greatest unit first, none twice.
fn parse(text: &str) -> Option<u64> {
    let mut rest = text.trim();
    if rest.is_empty() || rest.len() > 40 {
        return None;
    }
    let mut total = 0_u64;
    let mut above = u64::MAX;
    while !rest.is_empty() {
        let (number, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit() && c != '.')?);
        let after = after.trim_start();
        let (unit, after) =
            after.split_at(after.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(after.len()));
        let (_, worth) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
        if worth >= above {
            return None;
        }
        above = worth;
        total = total.checked_add(scaled(number, worth)?)?;
        rest = after.trim_start();
    }
    Some(total)
}

/// A number with at most three decimals, times a whole one; what is left of a unit must be none.
fn scaled(number: &str, by: u64) -> Option<u64> {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, "0"));
    if whole.is_empty() || decimals.is_empty() || decimals.len() > 3 {
        return None;
    }
    let thousandths: u64 = format!("{decimals:0<3}").parse().ok()?;
    let thousandths = whole.parse::<u64>().ok()?.checked_mul(1_000)?.checked_add(thousandths)?;
    let scaled = thousandths.checked_mul(by)?;
    (scaled % 1_000 == 0).then_some(scaled / 1_000)
}

/// A time as people write it.
fn spell(mut ms: u64) -> String {
    if ms == 0 {
        return "0s".to_owned();
    }
    let mut out = String::new();
    for (unit, worth) in UNITS {
        if ms >= worth {
            // Writing to a String cannot fail.
            let _ = write!(out, "{}{unit}", ms / worth);
            ms %= worth;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, ms) in [
            ("15m", 900_000),
            ("0s", 0),
            ("1h30m", 5_400_000),
            ("1h 30m", 5_400_000),
            ("0.5s", 500),
            ("250ms", 250),
            ("1d", 86_400_000),
        ] {
            assert_eq!(parse(text), Some(ms), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_not_guessed() {
        for text in [
            "",
            "15",
            "m",
            "15 minutes",
            "-5s",
            "1m1h",
            "1m1m",
            "1..5s",
            "1e3s",
            ".5s",
            "1.s",
            "99999999999999999999d",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_bound_is_told_in_the_same_words() {
        assert_eq!(spell(5_400_000), "1h30m");
        assert_eq!(spell(0), "0s");
    }
}
