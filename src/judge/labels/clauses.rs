//! What is claimed: denials and doubt. Not here: values (`facts`).

use super::{Finding, Pages, Place, Subject};
use crate::model::{Label, fold};

const HEDGES: [&str; 7] =
    ["no evidence", "at this stage", "currently", "cannot rule out", "not believed", "may have", "believe"];

/// The labels that changed claims earn.
pub(super) fn findings(place: &Place<'_>, _pages: &Pages<'_>, _subject: &Subject<'_>) -> Vec<Finding> {
    let (old, new) = (fold(&place.old), fold(&place.new));
    let denial = |text: &str| {
        text.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "no" | "not" | "none" | "never"))
    };
    let hedges = |text: &str| HEDGES.iter().filter(|h| text.contains(*h)).count();
    let label = match (denial(&old), denial(&new)) {
        (true, false) => Some(Label::DenialWithdrawn),
        (false, true) => Some(Label::DenialAdded),
        (true, true) if hedges(&new) > hedges(&old) => Some(Label::DenialHedged),
        (true, true) if hedges(&new) < hedges(&old) => Some(Label::DenialStrengthened),
        (false, false) if hedges(&new) > hedges(&old) => Some(Label::HedgeAdded),
        (false, false) if hedges(&new) < hedges(&old) => Some(Label::HedgeRemoved),
        _ => None,
    };
    label.map(|label| Finding::new(label, "denial", String::new())).into_iter().collect()
}
