//! A status page's JSON in the form of statuspage.io, which others have taken over: how things are, the components, and the
//! incidents with their updates, the newest first.

use serde_json::Value;
use url::Url;

use super::entries::dated;
use crate::{
    model::{Block, BlockKind, Memory, Sentence, Statement},
    read::{
        reading::Refusal,
        source::list::{self, Listed},
    },
};

/// The items of a status page; none where the document is no such page.
///
/// # Errors
/// `too-large`.
pub(super) fn items(document: &Value, base: &Url, memory: &Memory) -> Result<Option<Vec<Listed>>, Refusal> {
    let array = |name: &str| document.get(name).and_then(Value::as_array);
    let is_page = document.pointer("/page/name").is_some_and(Value::is_string);
    let parts = ["components", "incidents", "scheduled_maintenances"];
    if !is_page || (parts.iter().all(|part| array(part).is_none()) && document.get("status").is_none()) {
        return Ok(None);
    }
    let mut found: Vec<Listed> = Vec::new();
    for part in ["incidents", "scheduled_maintenances"] {
        for incident in array(part).into_iter().flatten() {
            if let Some(id) = text(incident, "id") {
                let key = list::key(&format!("{part}/{id}"));
                found.push(Listed { key, statement: incident_of(incident, base, memory)?, ages: true });
            }
        }
    }
    for component in array("components").into_iter().flatten() {
        let is_group = component.get("group").and_then(Value::as_bool) == Some(true);
        if let (Some(id), Some(name), false) = (text(component, "id"), text(component, "name"), is_group) {
            let status = text(component, "status").unwrap_or("unknown");
            let mut content = vec![line(format!("{}: {}", list::line(name, base), words(status)))];
            if let Some(about) = text(component, "description") {
                content.extend(list::blocks(about, false, base, memory)?);
            }
            let statement =
                Statement { title: Some(list::line(name, base)), content, ..Statement::default() };
            found.push(Listed { key: list::key(&format!("components/{id}")), statement, ages: false });
        }
    }
    if let Some(how) = document.pointer("/status/description").and_then(Value::as_str) {
        let content = list::blocks(how, false, base, memory)?;
        let statement = Statement { title: Some("Status".to_owned()), content, ..Statement::default() };
        found.push(Listed { key: list::key("status"), statement, ages: false });
    }
    Ok(Some(found))
}

fn incident_of(incident: &Value, base: &Url, memory: &Memory) -> Result<Statement, Refusal> {
    let mut content = Vec::new();
    let field = |name: &str| text(incident, name).map(words);
    content.extend(field("status").map(|status| line(format!("Status: {status}"))));
    content.extend(field("impact").map(|impact| line(format!("Impact: {impact}"))));
    for update in incident.get("incident_updates").and_then(Value::as_array).into_iter().flatten() {
        let status = text(update, "status").map(words).unwrap_or_default();
        let said = list::blocks(text(update, "body").unwrap_or_default(), false, base, memory)?;
        if let Some(first) = said.first() {
            let mark = if status.is_empty() { String::new() } else { format!("{status}: ") };
            let mut first = first.clone();
            if let Some(sentence) = first.sentences.first_mut() {
                sentence.text.insert_str(0, &mark);
            }
            content.push(first);
            content.extend(said.into_iter().skip(1));
        }
    }
    let mut dates = Vec::new();
    dates.extend(dated(incident, &["created_at"], false));
    dates.extend(dated(incident, &["updated_at"], true));
    Ok(list::headed(Statement {
        title: text(incident, "name").map(|name| list::line(name, base)),
        canonical: text(incident, "shortlink").filter(|link| link.starts_with("http")).map(str::to_owned),
        dates,
        content,
        ..Statement::default()
    }))
}

fn text<'v>(value: &'v Value, name: &str) -> Option<&'v str> {
    value.get(name).and_then(Value::as_str).filter(|text| !text.trim().is_empty())
}

/// A name in words: `partial_outage`.
fn words(name: &str) -> String {
    let words = name.replace(['_', '-'], " ");
    let mut chars = words.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

fn line(text: String) -> Block {
    Block { kind: BlockKind::Row, level: 0, sentences: vec![Sentence { text, ..Sentence::default() }] }
}
