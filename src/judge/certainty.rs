//! How sure a label is: how often its rule was right, in such a place, where people had judged what must be said.
//!
//! The counts are data (`certainty.txt`), made by `tests/bench/calibrate.py` from judged edits; so are the thresholds under
//! which a label is not given, or does not name a headline. Not here: what the rules look at (`rules`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::{Change, ChangeKind, Label, Reason, Rule};

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(include_str!("certainty.txt")));

/// A rule that nobody has judged yet counts as if it had been judged so often, and right in this share.
const UNJUDGED: (f64, f64) = (6.0, 0.9);

/// What was counted, by label, rule and kind of place, and the thresholds.
#[derive(Debug, Default)]
struct Table {
    counts: FxHashMap<(String, Rule, String), (f64, f64)>,
    given: f64,
    named: f64,
}

impl Table {
    /// Of lines: `label rule kind right judged`, and `given share`, `named share`; `#` begins a remark.
    fn of(text: &str) -> Self {
        let mut table = Self::default();
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let number = |text: &str| text.parse::<f64>().unwrap_or_default();
            match *line.split_whitespace().collect::<Vec<_>>() {
                ["given", share] => table.given = number(share),
                ["named", share] => table.named = number(share),
                [label, rule, kind, right, judged] => {
                    let key = Rule::named(rule).map(|rule| (label.to_owned(), rule, kind.to_owned()));
                    table.counts.extend(key.map(|key| (key, (number(right), number(judged)))));
                }
                _ => {}
            }
        }
        table
    }

    fn share(&self, label: Label, rule: Rule, kind: ChangeKind) -> f64 {
        let key = (label.name(), rule, name(kind).to_owned());
        let (right, judged) = self.counts.get(&key).copied().unwrap_or_default();
        let (weight, prior) = UNJUDGED;
        (right + weight * prior) / (judged + weight)
    }
}

/// A move or a cut changes no more than an edit does.
fn name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "added",
        ChangeKind::Removed | ChangeKind::StatementRemoved => "removed",
        _ => "edited",
    }
}

/// How sure a label is that a rule gives to such a place, 0 to 1; `None` where that is enough for it to be given.
pub(super) fn doubt(label: Label, rule: Rule, kind: ChangeKind) -> Option<f64> {
    let share = TABLE.share(label, rule, kind);
    (label < Label::Other && share < TABLE.given).then_some(share)
}

/// Whether a label of a change is sure enough for its class to name a headline.
pub(super) fn names(change: &Change, label: Label) -> bool {
    let rules = change.reasons.iter().filter_map(Reason::rule);
    let shares = rules.map(|rule| TABLE.share(label, rule, change.kind));
    shares.fold(1.0, f64::min) >= TABLE.named
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_counts_is_read() {
        let text = include_str!("certainty.txt");
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).count();
        assert_eq!(TABLE.counts.len() + 2, lines);
        assert!(TABLE.given > 0.0 && TABLE.given < TABLE.named && TABLE.named < 1.0);
    }

    #[test]
    fn a_rule_that_is_often_wrong_is_doubted_and_one_that_nobody_judged_is_not() {
        let table = Table::of("given 0.6\nnamed 0.8\nparty-named party added 1 12");
        assert!(table.share(Label::PartyNamed, Rule::Party, ChangeKind::Added) < table.given);
        assert!(table.share(Label::PartyNamed, Rule::Party, ChangeKind::Removed) > table.named);
    }
}
