//! Any JSON as lines: a text as what it says, another value behind its name.
//!
//! Names are in the order of the alphabet: in JSON their order says nothing. Moments that are those of the answer itself
//! (`generated_at`) are no wording.

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use crate::{
    model::{Block, BlockKind, ClaimedDate, DateSource, Memory, Sentence, Statement},
    read::{reading::Refusal, source::list},
};

/// A text of so many words is a sentence, and needs no name before it.
const SENTENCE: usize = 4;

/// The statement of some values.
///
/// # Errors
/// `too-large`.
pub(super) fn statement(chosen: &[&Value], base: &Url, memory: &Memory) -> Result<Statement, Refusal> {
    let mut lines = Lines { base, memory, found: Statement::default() };
    for value in chosen {
        lines.add("", value)?;
    }
    Ok(lines.found)
}

struct Lines<'a> {
    base: &'a Url,
    memory: &'a Memory,
    found: Statement,
}

impl Lines<'_> {
    /// Adds a value by its name. `serde_json` reads no document deeper than 128.
    fn add(&mut self, name: &str, value: &Value) -> Result<(), Refusal> {
        match value {
            Value::Null => {}
            Value::Array(values) => values.iter().try_for_each(|value| self.add(name, value))?,
            Value::Object(map) => {
                let mut fields: Vec<(&String, &Value)> = map.iter().collect();
                // What heads an object stands before the rest of it.
                fields.sort_by_key(|(name, _)| (!is_heading(name), name.as_str()));
                for (name, value) in fields {
                    self.add(name, value)?;
                }
            }
            Value::String(text) if text.trim().is_empty() => {}
            Value::String(text) if moment(text).is_some() && is_of_the_answer(name) => {
                self.found.dates.push(ClaimedDate {
                    source: DateSource::Entry,
                    modified: true,
                    text: text.clone(),
                    value: moment(text).map(|moment| moment.to_string()),
                });
            }
            Value::String(text) if is_heading(name) => {
                let text = list::line(text, self.base);
                self.found.title.get_or_insert_with(|| text.clone());
                self.line(BlockKind::Heading, text);
            }
            Value::String(text) if text.split_whitespace().count() >= SENTENCE || text.contains('<') => {
                let blocks = list::blocks(text, false, self.base, self.memory)?;
                self.found.content.extend(blocks);
            }
            Value::String(text) => self.row(name, &list::line(text, self.base)),
            Value::Number(number)
                if is_of_the_answer(name) && number.as_u64().is_some_and(|n| n > 1_000_000_000) => {}
            Value::Number(number) => self.row(name, &number.to_string()),
            Value::Bool(yes) => self.row(name, if *yes { "yes" } else { "no" }),
        }
        Ok(())
    }

    fn row(&mut self, name: &str, value: &str) {
        let name = name.replace(['_', '-'], " ");
        let line = if name.is_empty() { value.to_owned() } else { format!("{name}: {value}") };
        self.line(BlockKind::Row, line);
    }

    fn line(&mut self, kind: BlockKind, text: String) {
        let level = if kind == BlockKind::Heading { 2 } else { 0 };
        if !text.is_empty() {
            let sentences = vec![Sentence { text, ..Sentence::default() }];
            self.found.content.push(Block { kind, level, sentences });
        }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "title" | "headline" | "name" | "heading")
}

fn moment(text: &str) -> Option<Timestamp> {
    text.parse().ok()
}

/// Whether a name is that of the moment at which the answer, or what it holds, was made or changed.
fn is_of_the_answer(name: &str) -> bool {
    const OF: [&str; 11] = [
        "updat",
        "modif",
        "generat",
        "fetch",
        "refresh",
        "cached",
        "timestamp",
        "checked",
        "served",
        "now",
        "expire",
    ];
    let name = name.to_ascii_lowercase();
    OF.iter().any(|part| name.contains(part))
}
