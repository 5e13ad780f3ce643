//! How loud a change is, and which of two is told first.

use std::cmp::Reverse;

use crate::model::{Change, ChangeKind, Label, Level};

/// `alert` for relevant wording, `note` for a plain move or other wording, `silent` for what means nothing.
pub(super) fn of(change: &Change) -> Level {
    let quiet = |label: &Label| matches!(label, Label::Cosmetic | Label::DateStamp | Label::Boilerplate);
    if !change.labels.is_empty() && change.labels.iter().all(quiet) {
        return Level::Silent;
    }
    let words_stand = match change.kind {
        ChangeKind::Moved => change.labels.is_empty(),
        ChangeKind::Split | ChangeKind::Merged => same_words(change),
        _ => false,
    };
    if change.relevant && !words_stand { Level::Alert } else { Level::Note }
}

/// Whether both sides have the same words in the same order, marks and capitals aside.
fn same_words(change: &Change) -> bool {
    let words = |side: &[String]| -> String {
        side.iter()
            .flat_map(|s| s.chars())
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    words(&change.before) == words(&change.after)
}

/// The weightiest first: by level, then by the first label's weight.
pub(super) fn order(change: &Change) -> (Reverse<Level>, Label) {
    let gone = change.kind == ChangeKind::StatementRemoved;
    let first = change.labels.first().copied().unwrap_or(Label::Other);
    (Reverse(change.level), if gone { Label::DenialWithdrawn } else { first })
}
