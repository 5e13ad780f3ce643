//! What a place that differs says: which are shown, what kind of change each is, and its words behind their signs.
//!
//! Not here: what the words look like (`marks` and the formats).

use crate::{
    model::{Change, ChangeKind, Label, Level, Part},
    render::{Detail, Style, marks, when},
};

/// The places that a brief rendering shows at most.
const PLACES: usize = 8;

/// How changes without an event are seen whole: the option of `diff`.
pub(in crate::render) const WHOLE: &str = "--verbose";

/// What a brief rendering shows of a statement that is gone, in characters.
const GONE: usize = 400;

/// The places to show, and how many are not.
pub(in crate::render) fn places<'a>(changes: &'a [Change], style: &Style) -> (Vec<&'a Change>, usize) {
    let loudest = changes.iter().map(|c| c.level).max().unwrap_or_default();
    let wanted = |c: &&Change| {
        style.detail == Detail::Whole || c.level == loudest || c.level == Level::Alert || c.relevant
    };
    let most = if style.detail == Detail::Whole { usize::MAX } else { PLACES };
    let shown: Vec<&Change> = changes.iter().filter(wanted).take(most).collect();
    let left = changes.len() - shown.len();
    (shown, left)
}

/// What is said of the places that are not shown, and how to see them; none where all are shown.
pub(in crate::render) fn left(left: usize, how: &str) -> Option<String> {
    let places = when::count(left as u64, "quieter or further place");
    (left > 0).then(|| format!("and {places}; all of them: {how}"))
}

/// What kind of change it is: `denial hedged, scope widened, in a banner`. Empty when the sign before its words
/// says it all.
pub(in crate::render) fn title(change: &Change) -> String {
    let mut parts: Vec<String> =
        change
            .labels
            .iter()
            .map(|l| {
                if change.is_external(*l) {
                    format!("{} (by the outside judge)", label(*l))
                } else {
                    label(*l)
                }
            })
            .collect();
    match change.kind {
        ChangeKind::Edited | ChangeKind::Added | ChangeKind::Removed => {}
        ChangeKind::Moved if change.spans.is_empty() => parts.push("moved to another place".to_owned()),
        ChangeKind::Moved => parts.push("moved to another place, with edits".to_owned()),
        ChangeKind::Split => parts.push(format!("one sentence became {}", change.after.len())),
        ChangeKind::Merged => parts.push(format!("{} sentences became one", change.before.len())),
        ChangeKind::StatementRemoved => parts.push("the statement is gone from the page".to_owned()),
    }
    if change.part == Part::Banner {
        parts.push("in a banner".to_owned());
    }
    parts.join(", ")
}

/// Whether the title says something that neither headline nor signs can.
pub(in crate::render) fn needs_title(change: &Change) -> bool {
    change.part == Part::Banner
        || !matches!(change.kind, ChangeKind::Edited | ChangeKind::Added | ChangeKind::Removed)
}

/// A label in words, made from its name.
fn label(label: Label) -> String {
    label.name().replace('-', " ")
}

/// The two sides to show, shortened where that is wanted.
fn sides(change: &Change, style: &Style) -> (Vec<marks::Run>, Vec<marks::Run>) {
    let (before, after) = marks::sides(change);
    match style.detail {
        Detail::Brief => (marks::shorten(before), marks::shorten(after)),
        Detail::Whole => (before, after),
    }
}

/// What stands before words of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Sign {
    /// Words that were there.
    Old,
    /// Words that are there now.
    New,
    /// The same words in another place.
    Moved,
    /// The same words in the same place: what changed is where they lead, or how they are cut.
    Same,
}

impl Sign {
    /// The sign itself.
    pub(in crate::render) fn char(self) -> char {
        match self {
            Self::Old => '-',
            Self::New => '+',
            Self::Moved => '~',
            Self::Same => '=',
        }
    }

    /// What changed words are put between, where nothing better than characters is to be had.
    pub(in crate::render) fn marks(self) -> (&'static str, &'static str) {
        match self {
            Self::Old => ("[-", "-]"),
            Self::New => ("{+", "+}"),
            Self::Moved | Self::Same => ("", ""),
        }
    }
}

/// The words of a change, in the order to be shown; never an empty line.
pub(in crate::render) fn lines(change: &Change, style: &Style) -> Vec<(Sign, Vec<marks::Run>)> {
    let (before, after) = sides(change, style);
    let lines = match change.kind {
        ChangeKind::Moved if change.spans.is_empty() => vec![(Sign::Moved, after)],
        ChangeKind::StatementRemoved if style.detail == Detail::Brief => {
            vec![(Sign::Old, marks::beginning(&before, GONE)), (Sign::New, after)]
        }
        _ if change.before == change.after => vec![(Sign::Same, after)],
        _ => vec![(Sign::Old, before), (Sign::New, after)],
    };
    lines.into_iter().filter(|(_, runs)| !runs.is_empty()).collect()
}
