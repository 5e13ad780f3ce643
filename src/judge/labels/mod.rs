//! Which labels a place earns: each rule says what it found, with the words that were its evidence.
//!
//! `facts` knows values: numbers, dates, contacts, names, links, forms of the same. `clauses` knows what is claimed:
//! denials, doubt, harm, scope, services, promises, advice, causes. What neither names is `reworded` or `other`.

mod clauses;
mod facts;

use super::{
    Subject,
    place::{Pages, Place},
};
use crate::model::{ChangeKind, Label, Reason};

/// A label with the rule that gave it and its evidence.
pub(super) struct Finding {
    pub label: Label,
    pub rule: &'static str,
    pub evidence: String,
}

impl Finding {
    pub(super) fn new(label: Label, rule: &'static str, evidence: impl Into<String>) -> Self {
        Self { label, rule, evidence: evidence.into() }
    }

    pub(super) fn into_reason(self) -> Reason {
        Reason { rule: self.rule.to_owned(), evidence: self.evidence }
    }
}

/// Every label that a place earns.
pub(super) fn of(place: &Place<'_>, pages: &Pages<'_>, subject: &Subject<'_>) -> Vec<Finding> {
    if let Some(finding) = facts::quiet(place, pages) {
        return vec![finding];
    }
    if place.kind == ChangeKind::Moved && place.hunk.spans.is_empty() {
        return Vec::new();
    }
    let mut found = facts::findings(place, pages, subject);
    found.extend(clauses::findings(place, pages, subject));
    if found.is_empty() {
        let one_sided = place.before.is_empty() || place.after.is_empty();
        let label = if one_sided { Label::Other } else { Label::Reworded };
        found.push(Finding::new(label, "no-class", "no rule covers it"));
    }
    found
}
