//! An event as JSON: one line, keys in the order of the type, the same bytes for the same event.

use super::escape;
use crate::model::Event;

/// One line of newline-delimited JSON, line feed included. Characters that a terminal would obey, or not show,
/// are written as `\u` escapes, which is the same value.
pub fn ndjson(event: &Event) -> String {
    // Serialising plain data with string keys cannot fail.
    let mut line = escape::json(&serde_json::to_string(event).unwrap_or_default());
    line.push('\n');
    line
}

/// The JSON Schema of an event (draft 2020-12), as text, line feed included.
pub fn event_schema() -> String {
    let mut text = serde_json::to_string_pretty(&schemars::schema_for!(Event)).unwrap_or_default();
    text.push('\n');
    text
}
