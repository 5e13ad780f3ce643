//! GOV.UK's content interface: a page as its publisher keeps it, with the notes of its changes.

use serde_json::Value;
use url::Url;

use super::entries::dated;
use crate::{
    model::{Block, BlockKind, Memory, Sentence, Statement},
    read::{reading::Refusal, source::list},
};

/// The statement of a document of that form.
///
/// # Errors
/// `too-large`.
pub(super) fn statement(document: &Value, base: &Url, memory: &Memory) -> Result<Option<Statement>, Refusal> {
    let text = |place: &str| document.pointer(place).and_then(Value::as_str);
    let (Some(path), Some(_), Some(title)) = (text("/base_path"), text("/content_id"), text("/title")) else {
        return Ok(None);
    };
    let mut content = Vec::new();
    for place in ["/description", "/details/body"] {
        content.extend(list::blocks(text(place).unwrap_or_default(), false, base, memory)?);
    }
    for part in document.pointer("/details/parts").and_then(Value::as_array).into_iter().flatten() {
        for name in ["title", "body"] {
            let words = part.get(name).and_then(Value::as_str).unwrap_or_default();
            content.extend(list::blocks(words, false, base, memory)?);
        }
    }
    let notes = document.pointer("/details/change_history").and_then(Value::as_array);
    for note in notes.into_iter().flatten() {
        if let Some(words) = note.get("note").and_then(Value::as_str) {
            let day = note.get("public_timestamp").and_then(Value::as_str).and_then(|at| at.get(..10));
            let text = format!("{}: {}", day.unwrap_or("undated"), list::line(words, base));
            let sentences = vec![Sentence { text, ..Sentence::default() }];
            content.push(Block { kind: BlockKind::Item, level: 0, sentences });
        }
    }
    let mut dates = Vec::new();
    dates.extend(dated(document, &["first_published_at"], false));
    dates.extend(dated(document, &["public_updated_at"], true));
    Ok(Some(list::headed(Statement {
        title: Some(list::line(title, base)),
        language: text("/locale").map(str::to_owned),
        canonical: base.join(path).ok().map(Into::into),
        dates,
        content,
        ..Statement::default()
    })))
}
