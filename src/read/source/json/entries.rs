//! Objects that are entries of a list: each has a headline, and an address or an id.
//!
//! `WordPress`'s interface gives posts so, and so do most sites' own. Not here: JSON Feed (`feed`).

use serde_json::Value;
use url::Url;

use super::leaves;
use crate::{
    model::{ClaimedDate, DateSource, Memory, Statement},
    read::{
        html::fragment,
        reading::Refusal,
        source::list::{self, Listed},
    },
};

const HEADLINE: [&str; 4] = ["title", "headline", "name", "subject"];
const ADDRESS: [&str; 6] = ["link", "url", "permalink", "href", "web_url", "guid"];
const ID: [&str; 4] = ["id", "_id", "uuid", "slug"];
const WORDS: [&str; 8] =
    ["content_html", "content", "body", "articleBody", "text", "description", "excerpt", "summary"];
const PUBLISHED: [&str; 7] =
    ["date_gmt", "date_published", "datePublished", "published_at", "published", "created_at", "date"];
const MODIFIED: [&str; 7] = [
    "modified_gmt",
    "date_modified",
    "dateModified",
    "updated_at",
    "updated",
    "modified",
    "public_timestamp",
];

/// The entries, where all of the values are one.
///
/// # Errors
/// `too-large`.
pub(super) fn items(values: &[&Value], base: &Url, memory: &Memory) -> Result<Option<Vec<Listed>>, Refusal> {
    let is_entry = |value: &&Value| {
        text(value, &HEADLINE).is_some() && (text(value, &ADDRESS).is_some() || id(value).is_some())
    };
    if values.is_empty() || !values.iter().all(is_entry) {
        return Ok(None);
    }
    let mut found: Vec<Listed> = Vec::with_capacity(values.len());
    for value in values {
        let own = text(value, &ADDRESS).and_then(|href| fragment::address(base, &href));
        let wanted = own.clone().into_iter().chain(id(value));
        let key = wanted.map(|key| list::key(&key)).find(|key| found.iter().all(|other| other.key != *key));
        let Some(key) = key else { continue };
        let words = text(value, &WORDS).unwrap_or_default();
        let mut content = list::blocks(&words, false, base, memory)?;
        if content.is_empty() {
            content = leaves::statement(&[value], base, memory)?.content;
        }
        let dates = [(false, &PUBLISHED[..]), (true, &MODIFIED[..])];
        let dates = dates.into_iter().filter_map(|(modified, names)| dated(value, names, modified)).collect();
        let title = text(value, &HEADLINE).map(|title| list::line(&title, base));
        let statement = Statement { title, canonical: own, dates, content, ..Statement::default() };
        found.push(Listed { key, statement: list::headed(statement), ages: true });
    }
    Ok(Some(found))
}

/// The first of some fields that is a text, or holds one as `WordPress` has it.
fn text(value: &Value, names: &[&str]) -> Option<String> {
    let found = names.iter().filter_map(|name| value.get(name));
    found
        .filter_map(|field| field.as_str().or_else(|| field.get("rendered")?.as_str()))
        .find(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

fn id(value: &Value) -> Option<String> {
    let field = ID.iter().find_map(|name| value.get(name))?;
    match field {
        Value::String(id) => Some(id.clone()).filter(|id| !id.is_empty()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// A date by the first of some names.
pub(super) fn dated(value: &Value, names: &[&str], modified: bool) -> Option<ClaimedDate> {
    let text = names.iter().find_map(|name| value.get(name)?.as_str())?.to_owned();
    // WordPress gives a moment in UTC without saying so.
    let moment = text.parse::<jiff::Timestamp>().or_else(|_| format!("{text}Z").parse());
    let value = moment.ok().map(|moment| moment.to_string());
    Some(ClaimedDate { source: DateSource::Entry, modified, text, value })
}
