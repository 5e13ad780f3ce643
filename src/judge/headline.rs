//! One line that a reporter could print: short, true, quoting the words that moved.

use crate::model::{Change, ChangeKind, Label};

/// The headline of an event with these changes, the weightiest first; empty when there are none.
pub(super) fn of(changes: &[Change]) -> String {
    let Some(first) = changes.first() else { return String::new() };
    let name = first.labels.first().map_or_else(|| kind(first.kind).to_owned(), |l| name(*l));
    let words = first.before.first().or(first.after.first()).map_or("", String::as_str);
    format!("{name}: “{}”", words.trim_end_matches('.'))
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Edited => "Edited",
        ChangeKind::Added => "Added",
        ChangeKind::Removed => "Removed",
        ChangeKind::Moved => "Moved",
        ChangeKind::Split => "Split",
        ChangeKind::Merged => "Joined",
        ChangeKind::StatementRemoved => "Statement removed",
    }
}

fn name(label: Label) -> String {
    let name = serde_json::to_value(label).ok().and_then(|v| v.as_str().map(|s| s.replace('-', " ")));
    let name = name.unwrap_or_default();
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
