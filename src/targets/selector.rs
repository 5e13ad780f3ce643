//! CSS selectors, tried before anything is fetched.

use std::borrow::Cow;

use jsonc_parser::ast::Value;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::{
    notes::Notes,
    value::{FromJson, span, text},
};
use crate::read::{json::check, selector::LONGEST};

/// A selector that the reader will understand.
#[derive(Debug, Clone)]
pub(super) struct Css(pub(super) String);

impl FromJson for Css {
    fn read(value: &Value<'_>, key: &str, notes: &mut Notes<'_>) -> Option<Self> {
        let text = text(value, key, "a CSS selector such as \"main\", or a list of them", notes)?.trim();
        match check(text) {
            Ok(()) => Some(Self(text.to_owned())),
            Err(wrong) => {
                notes
                    .fault(span(value), format!("`{key}` must be a CSS selector"))
                    .label(wrong)
                    .help("such as \"main\", \"#content\", \".statement\" or \"article > p\"; of JSON \"/path/to\" or \"$..body\"");
                None
            }
        }
    }
}

impl JsonSchema for Css {
    fn schema_name() -> Cow<'static, str> {
        "Css".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST })
    }
}
