//! What counts of a document: JSON Pointer and `JSONPath`.

use serde_json::Value;
use serde_json_path::JsonPath;

use crate::{
    model::Why,
    read::{reading::Refusal, selector},
};

/// So many steps that look into everything below may stand in a path: each multiplies what is found.
const DESCENTS: usize = 2;

/// Whether a text is a selector of its kind: a pointer, a path, or CSS.
///
/// # Errors
/// What is wrong with it, as the end of a sentence.
pub fn check(text: &str) -> Result<(), String> {
    match text.chars().next() {
        Some('$') => path(text).map(drop),
        Some('/') if text.len() <= selector::LONGEST => Ok(()),
        _ => selector::parse(text).map(drop),
    }
}

fn path(text: &str) -> Result<JsonPath, String> {
    if text.len() > selector::LONGEST {
        return Err(format!("it is longer than {} bytes", selector::LONGEST));
    }
    if text.matches("..").count() > DESCENTS {
        return Err(format!("it looks into everything below more than {DESCENTS} times"));
    }
    JsonPath::parse(text).map_err(|error| format!("it is no JSONPath: {}", error.message()))
}

/// The values that the first selector with any finds; without selectors the whole.
///
/// # Errors
/// `selector` where none finds anything.
pub(super) fn chosen<'v>(document: &'v Value, selectors: &[String]) -> Result<Vec<&'v Value>, Refusal> {
    if selectors.is_empty() {
        return Ok(vec![document]);
    }
    for text in selectors {
        let found = if text.starts_with('$') {
            path(text).map_err(|wrong| Refusal::new(Why::Selector, wrong))?.query(document).all()
        } else {
            document.pointer(text).into_iter().collect()
        };
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Err(Refusal::new(Why::Selector, format!("`{}` finds nothing", selectors.join("`, `"))))
}

/// Takes out what a selector finds.
///
/// # Errors
/// `selector` for what is none.
pub(super) fn remove(document: &mut Value, text: &str) -> Result<(), Refusal> {
    let pointers: Vec<String> = if text.starts_with('$') {
        let path = path(text).map_err(|wrong| Refusal::new(Why::Selector, wrong))?;
        path.query_located(document)
            .locations()
            .map(serde_json_path::NormalizedPath::to_json_pointer)
            .collect()
    } else {
        vec![text.to_owned()]
    };
    for pointer in pointers {
        // In place: what stands behind it in a list keeps its number.
        if let Some(value) = document.pointer_mut(&pointer) {
            *value = Value::Null;
        }
    }
    Ok(())
}
