//! Values: numbers, dates, times, contacts, names, links. Not here: what is claimed (`clauses`).

use super::{Finding, Pages, Place, Subject};
use crate::model::Label;

/// The label of a place where nothing that means anything changed, if it is one.
pub(super) fn quiet(place: &Place<'_>, _pages: &Pages<'_>) -> Option<Finding> {
    if place.same_key() && links(place) == (Vec::new(), Vec::new()) {
        return Some(Finding::new(Label::Cosmetic, "same-key", "the same words in other typography"));
    }
    None
}

/// The labels that changed values earn.
pub(super) fn findings(place: &Place<'_>, _pages: &Pages<'_>, _subject: &Subject<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let digits = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_digit()).filter(|d| !d.is_empty()).map(str::to_owned).collect()
    };
    let (old, new) = (digits(&place.old), digits(&place.new));
    if old != new && !old.is_empty() && !new.is_empty() {
        found.push(Finding::new(
            Label::NumberRevised,
            "number",
            format!("{} → {}", old.join(", "), new.join(", ")),
        ));
    }
    let (old, new) = links(place);
    if !place.before.is_empty() && !place.after.is_empty() && place.same_key() && old != new {
        found.push(Finding::new(
            Label::LinkChanged,
            "link",
            format!("{} → {}", old.join(", "), new.join(", ")),
        ));
    }
    found
}

/// The addresses that stand on one side only.
fn links(place: &Place<'_>) -> (Vec<String>, Vec<String>) {
    let side = |s: &[&crate::model::Sentence]| -> Vec<String> {
        s.iter().flat_map(|s| &s.links).map(|l| l.address.clone()).collect()
    };
    let (mut old, mut new) = (side(&place.before), side(&place.after));
    let kept: Vec<String> = old.iter().filter(|a| new.contains(a)).cloned().collect();
    old.retain(|a| !kept.contains(a));
    new.retain(|a| !kept.contains(a));
    (old, new)
}
