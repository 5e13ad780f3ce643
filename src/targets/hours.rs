//! Hours of the day as people write them: `07:00-19:00`, in the time zone of the machine; `22:00-06:00` goes over
//! midnight.

use std::borrow::Cow;

use jiff::civil::Time;
use jsonc_parser::ast::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    excerpt::shown,
    notes::Notes,
    value::{FromJson, span, text},
};
use crate::model::Hours;

const WANTED: &str = "hours such as \"07:00-19:00\"";
const PATTERN: &str = "^([01][0-9]|2[0-3]):[0-5][0-9] *[-–] *([01][0-9]|2[0-3]):[0-5][0-9]$";

impl FromJson for Hours {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let text = text(value, key, WANTED, notes)?;
        let found = parse(text);
        if found.is_none() {
            notes
                .fault(span(value), format!("`{key}` must be {WANTED}"))
                .label(format!("`{}` is no such hours", shown(text)))
                .help("two different times of the day, with a dash between them");
        }
        found
    }
}

impl JsonSchema for Hours {
    fn schema_name() -> Cow<'static, str> {
        "Hours".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": PATTERN })
    }
}

fn parse(text: &str) -> Option<Hours> {
    let (from, to) = text.split_once(['-', '–'])?;
    let (from, to) = (time_of_day(from)?, time_of_day(to)?);
    (from != to).then_some(Hours { from, to })
}

/// A time such as `07:30`.
pub(super) fn time_of_day(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let two = |digits: &str| {
        let plain = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<i8>().ok()).flatten()
    };
    Time::new(two(hour)?, two(minute)?, 0, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_two_times_and_nothing_else() {
        let hours = parse("07:00-19:30").unwrap();
        assert_eq!((hours.from.hour(), hours.to.minute()), (7, 30));
        assert!(parse("22:00 – 06:00").is_some());
        for text in ["7-19", "07:00", "07:00-07:00", "24:00-01:00", "07:00-19:60", "+7:00-19:00"] {
            assert!(parse(text).is_none(), "{text}");
        }
    }
}
