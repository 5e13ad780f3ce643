//! JSON as statements: what a status page, an interface of a site or a page's embedded data says.
//!
//! The form decides: a status page's components and incidents are items (`status`), so are objects that have a headline and
//! an address or id (`entries`); GOV.UK's content is one statement (`gov_uk`); of anything else each value is a line (`leaves`).
//! `select` chooses by JSON Pointer (RFC 6901) or `JSONPath` (RFC 9535), `remove` leaves out. Not here: JSON Feed (`feed`).

mod embedded;
mod entries;
mod gov_uk;
mod leaves;
mod select;
mod status;

use serde_json::Value;
use url::Url;

use crate::{
    model::{Memory, Recipe, Why},
    read::{
        clip::clip,
        reading::{Item, Refusal},
        source::list::Listed,
    },
};
pub(in crate::read) use embedded::found as embedded;
pub use select::check;

/// The most values of a document: each takes many times its bytes.
const MOST_PARTS: usize = 1_000_000;

/// What a source of JSON holds, and whether it is a list.
pub(in crate::read) struct Found {
    pub(in crate::read) items: Vec<Item>,
    pub(in crate::read) is_list: bool,
}

/// The items of a JSON text.
///
/// # Errors
/// `malformed` for what is no JSON, `too-large`, `selector` where nothing is chosen, `empty`.
pub(in crate::read) fn items(
    text: &str,
    base: &Url,
    recipe: &Recipe,
    memory: &Memory,
) -> Result<Found, Refusal> {
    let parts = text.bytes().filter(|b| matches!(b, b'[' | b'{' | b',')).count();
    if parts > MOST_PARTS {
        return Err(Refusal::new(Why::TooLarge, format!("{parts} values of JSON")));
    }
    let document: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| Refusal::new(Why::Malformed, clip(&error.to_string(), 200).to_owned()))?;
    of(document, base, recipe, memory)
}

/// The items of a document.
///
/// # Errors
/// As [`items`].
pub(in crate::read) fn of(
    mut document: Value,
    base: &Url,
    recipe: &Recipe,
    memory: &Memory,
) -> Result<Found, Refusal> {
    for what in &recipe.remove {
        select::remove(&mut document, what)?;
    }
    if recipe.select.is_empty() {
        if let Some(found) = status::items(&document, base, memory)? {
            return Ok(list(document.pointer("/page/name"), found));
        }
        if let Some(statement) = gov_uk::statement(&document, base, memory)? {
            return Ok(Found { items: vec![Item::whole(statement)], is_list: false });
        }
    }
    let chosen = select::chosen(&document, &recipe.select)?;
    let alone = match chosen.as_slice() {
        [Value::Array(of)] => of.iter().collect(),
        _ => chosen.clone(),
    };
    if let Some(found) = entries::items(&alone, base, memory)? {
        return Ok(list(None, found));
    }
    let statement = leaves::statement(&chosen, base, memory)?;
    if statement.content.is_empty() {
        return Err(Refusal::new(Why::Empty, "the JSON has no words"));
    }
    Ok(Found { items: vec![Item::whole(statement)], is_list: false })
}

fn list(title: Option<&Value>, found: Vec<Listed>) -> Found {
    let title = title.and_then(Value::as_str).map(str::to_owned);
    Found { items: super::list::items(title, None, found.into_iter()), is_list: true }
}

#[cfg(test)]
mod tests;
