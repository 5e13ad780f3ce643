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
        ChangeKind::Split | ChangeKind::Merged => {
            let parts = change.before.len().max(change.after.len());
            same_words(&change.before.join(" "), &change.after.join(" "), parts)
        }
        _ => false,
    };
    if change.relevant && !words_stand { Level::Alert } else { Level::Note }
}

/// Whether two texts, one of them of so many sentences, have the same words in the same order, marks, capitals and what
/// joins the sentences aside.
pub(super) fn same_words(before: &str, after: &str, sentences: usize) -> bool {
    const JOINS: [&str; 8] = ["and", "but", "so", "et", "mais", "a", "ac", "ond"];
    let words = |side: &str| -> Vec<String> {
        let cut = side.split(|c: char| !c.is_alphanumeric());
        cut.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let (old, new) = (words(before), words(after));
    let bare = |words: &[String]| -> Vec<String> {
        words.iter().filter(|word| !JOINS.contains(&word.as_str())).cloned().collect()
    };
    // One word joins two sentences, and no more.
    old.len().abs_diff(new.len()) < sentences.max(2) && bare(&old) == bare(&new)
}

/// The weightiest first: by level, then by the first label's weight.
pub(super) fn order(change: &Change) -> (Reverse<Level>, Label) {
    let gone = change.kind == ChangeKind::StatementRemoved;
    let first = change.labels.first().copied().unwrap_or(Label::Other);
    (Reverse(change.level), if gone { Label::DenialWithdrawn } else { first })
}
