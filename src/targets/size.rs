//! Sizes as people write them: `10MiB`, `512 KiB`, or a number of bytes.

use std::borrow::Cow;

use jsonc_parser::ast::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    notes::Notes,
    value::{FromJson, mistyped, span},
};

/// The greatest size that may be asked for: what all hosts together may hold in flight.
const MOST: u64 = 256 * 1024 * 1024;
const UNITS: [(&str, u64); 8] = [
    ("b", 1),
    ("kb", 1_000),
    ("mb", 1_000_000),
    ("gb", 1_000_000_000),
    ("kib", 1 << 10),
    ("mib", 1 << 20),
    ("gib", 1 << 30),
    ("", 1),
];
const WANTED: &str = "a size such as \"10MiB\", or a number of bytes";

/// A number of bytes, from 1 to 256 MiB.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size(pub(super) u64);

impl FromJson for Size {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let bytes = match value {
            Value::NumberLit(number) => number.value.parse().ok(),
            Value::StringLit(text) => parse(&text.value),
            _ => {
                mistyped(value, key, WANTED, notes);
                return None;
            }
        };
        match bytes {
            Some(bytes) if (1..=MOST).contains(&bytes) => return Some(Self(bytes)),
            Some(_) => notes.fault(span(value), format!("`{key}` must be from 1 byte to 256MiB")),
            None => notes
                .fault(span(value), format!("`{key}` must be {WANTED}"))
                .help("whole numbers with KiB, MiB, kB or MB"),
        };
        None
    }
}

impl JsonSchema for Size {
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A size: a number of bytes, or a text such as \"10MiB\"; at most 256MiB.",
            "anyOf": [
                { "type": "integer", "minimum": 1, "maximum": MOST },
                { "type": "string", "pattern": r"^\s*[0-9]+\s*(([KkMmGg][Ii]?)?[Bb])?\s*$" }
            ]
        })
    }
}

fn parse(text: &str) -> Option<u64> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let unit = unit.trim().to_ascii_lowercase();
    let (_, worth) = UNITS.into_iter().find(|(name, _)| *name == unit)?;
    number.parse::<u64>().ok()?.checked_mul(worth)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, bytes) in [("10MiB", 10 << 20), ("512 KiB", 512 << 10), ("1kB", 1_000), ("70", 70)] {
            assert_eq!(parse(text), Some(bytes), "{text}");
        }
        for text in ["", "MiB", "-1", "1.5MiB", "10 megs", "99999999999999999999GiB"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
