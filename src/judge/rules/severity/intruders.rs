//! `severity-raised`, `severity-lowered`: whether those who broke in are still in.
//!
//! Not here: what readers and staff can reach (`services`).

use crate::{
    judge::{
        claims::Cells,
        finding::{Finding, quoted},
        sides::Sides,
    },
    model::{Label, Rule},
    text::{Class, List, words},
};

/// Who broke in are in on one side, and out on the other.
pub(in crate::judge) fn findings(claims: &Sides<'_>) -> Option<Finding> {
    let out = |cells: &Cells<'_>| cells.lexicon.first(Class::ShutOut, &cells.text).map(str::to_owned);
    let speaks = |cells: &Cells<'_>| words::words(&cells.text).any(|w| cells.lexicon.has(Class::Intruder, w));
    let inside = |cells: &Cells<'_>| words::words(&cells.text).any(|w| List::IntruderInside.has(w));
    if !claims.paired() || !speaks(&claims.before) || !speaks(&claims.after) {
        return None;
    }
    match (out(&claims.before), out(&claims.after)) {
        (Some(word), None) if inside(&claims.after) => {
            Some(Finding::new(Label::SeverityRaised, Rule::Intruders, format!("{} is gone", quoted(&word))))
        }
        (None, Some(word)) if inside(&claims.before) => {
            Some(Finding::new(Label::SeverityLowered, Rule::Intruders, quoted(&word)))
        }
        _ => None,
    }
}
