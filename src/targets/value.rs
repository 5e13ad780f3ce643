//! One value of the file: where it stands, and how text, switches, counts and lists are read.
//!
//! Not here: times, sizes, addresses, selectors and words of a fixed choice, which have files of their own.

use std::{borrow::Cow, ops::Range};

use jsonc_parser::{ast::Value, common::Ranged as _};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::notes::Notes;
use crate::render::escape::is_unseen;

/// A value and where it stands in the text, in bytes.
#[derive(Debug, Clone)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) at: Range<usize>,
}

/// What can be read from one value.
pub(super) trait FromJson: Sized {
    /// Reads it; what is wrong is noted and gives None. `key` is the key it stands at.
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self>;
}

/// Where a value stands.
pub(super) fn span(value: &Value<'_>) -> Range<usize> {
    let range = value.range();
    range.start..range.end
}

/// What a value is, in words.
pub(super) fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a text",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "true or false",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::NullKeyword(_) => "null",
    }
}

/// Tells that a value is of the wrong kind.
pub(super) fn mistyped(value: &Value<'_>, key: &str, wanted: &str, notes: &mut Notes<'_>) {
    let note = notes.fault(span(value), format!("`{key}` must be {wanted}"));
    note.label(format!("this is {}", kind(value)));
    if matches!(value, Value::NullKeyword(_)) {
        note.help("to have the default, leave the key out");
    }
}

/// Reads a text; anything else is told to be not `wanted`.
pub(super) fn text<'a>(
    value: &'a Value<'_>,
    key: &str,
    wanted: &str,
    notes: &mut Notes<'_>,
) -> Option<&'a str> {
    if let Value::StringLit(text) = value {
        return Some(&text.value);
    }
    mistyped(value, key, wanted, notes);
    None
}

/// One line of text: not empty, no character that cannot be seen (a term with one would match nothing), at most
/// 300 characters.
#[derive(Debug, Clone)]
pub(super) struct Line(pub(super) String);

impl FromJson for Line {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let line = text(value, key, "a text", notes)?.trim();
        let wrong = if line.is_empty() {
            "must not be empty"
        } else if line.chars().any(is_unseen) {
            "must be one line, without characters that cannot be seen"
        } else if line.chars().nth(300).is_some() {
            "must not be longer than 300 characters"
        } else {
            return Some(Self(line.to_owned()));
        };
        notes.fault(span(value), format!("`{key}` {wrong}"));
        None
    }
}

impl JsonSchema for Line {
    fn schema_name() -> Cow<'static, str> {
        "Line".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": 300 })
    }
}

impl FromJson for String {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        text(value, key, "a text", notes).map(str::to_owned)
    }
}

impl FromJson for bool {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        if let Value::BooleanLit(switch) = value {
            return Some(switch.value);
        }
        mistyped(value, key, "true or false", notes);
        None
    }
}

/// A whole number from 1 to `MOST`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Count<const MOST: u32>(pub(super) u32);

impl<const MOST: u32> FromJson for Count<MOST> {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let wanted = format!("a whole number from 1 to {MOST}");
        let Value::NumberLit(number) = value else {
            mistyped(value, key, &wanted, notes);
            return None;
        };
        let count = number.value.parse().ok().filter(|n| (1..=MOST).contains(n));
        if count.is_none() {
            notes.fault(span(value), format!("`{key}` must be {wanted}"));
        }
        count.map(Self)
    }
}

impl<const MOST: u32> JsonSchema for Count<MOST> {
    fn schema_name() -> Cow<'static, str> {
        format!("CountTo{MOST}").into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": MOST })
    }
}

/// A list, at most a thousand long.
#[derive(Debug, Clone)]
pub(super) struct List<T>(pub(super) Vec<At<T>>);

/// The most items of such a list.
const LONGEST: usize = 1_000;

impl<T: FromJson> FromJson for List<T> {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let Value::Array(array) = value else {
            mistyped(value, key, "a list", notes);
            return None;
        };
        if array.elements.len() > LONGEST {
            notes.fault(span(value), format!("`{key}` has more than {LONGEST} items"));
            return None;
        }
        let items = array.elements.iter();
        Some(Self(items.filter_map(|v| Some(At { value: T::read(v, key, notes)?, at: span(v) })).collect()))
    }
}

impl<T: JsonSchema> JsonSchema for List<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("ListOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "array", "items": generator.subschema_for::<T>(), "maxItems": LONGEST })
    }
}

/// One value, or a list of them.
#[derive(Debug, Clone)]
pub(super) struct OneOrMany<T>(pub(super) Vec<At<T>>);

impl<T: FromJson> FromJson for OneOrMany<T> {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        if matches!(value, Value::Array(_)) {
            return List::read(value, key, notes).map(|list| Self(list.0));
        }
        Some(Self(vec![At { value: T::read(value, key, notes)?, at: span(value) }]))
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("OneOrManyOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [generator.subschema_for::<T>(), generator.subschema_for::<List<T>>()] })
    }
}

impl<T: JsonSchema> JsonSchema for At<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}
