//! Which labels a place earns: each rule says what it found, with the words that were its evidence. A file is a family of
//! labels; what none of them names is `reworded` or `other` (`plain`).
//!
//! Not here: what means nothing (`noise`), what a side claims (`claims`) and which values it has (`values`).

mod advice;
mod causes;
mod contacts;
mod denial;
mod figures;
mod headings;
mod hedges;
mod links;
mod parties;
mod plain;
mod promises;
mod scope;
mod services;
mod severity;
mod states;

use crate::{
    judge::{
        Subject, certainty,
        context::{Pages, Place},
        finding::Finding,
        level, noise,
        sides::Sides,
        values::Values,
    },
    model::{ChangeKind, Label, Rule},
    text::fold,
};

/// Every label that a place earns.
pub(in crate::judge) fn find(place: &Place<'_>, pages: &Pages<'_>, subject: &Subject<'_>) -> Vec<Finding> {
    let (old, new) = (Values::of(&fold(&place.old)), Values::of(&fold(&place.new)));
    let values = (&old, &new);
    if let Some(finding) = noise::quiet(place, pages, values) {
        return vec![finding];
    }
    if place.kind == ChangeKind::Moved && (place.hunk.spans.is_empty() || place.same_key()) {
        return moved(place, pages, values);
    }
    if place.kind == ChangeKind::StatementRemoved {
        return claimed(place, pages, values, false);
    }
    let mut found = valued(place, pages, subject, values);
    // Where two sentences meet is where the rules look for the end of a denial.
    let resewn = matches!(place.kind, ChangeKind::Split | ChangeKind::Merged);
    if resewn
        && found.is_empty()
        && level::same_words(&place.old, &place.new, place.before.len().max(place.after.len()))
    {
        return vec![Finding::new(Label::Reworded, Rule::SameClaims, "the same words in other sentences")];
    }
    let parties = found.iter().any(|f| matches!(f.label, Label::PartyNamed | Label::PartyRemoved));
    found.extend(claimed(place, pages, values, parties));
    let (sure, doubted): (Vec<Finding>, Vec<Finding>) = found
        .into_iter()
        .partition(|finding| certainty::doubt(finding.label, finding.rule, place.kind).is_none());
    let mut found = sure;
    if found.is_empty() {
        let plain = plain::finding(place, pages, values);
        // What may have been a class of its own is not the same in other words.
        let label = if doubted.is_empty() { plain.label } else { Label::Other };
        found.push(Finding { label, ..plain });
    }
    let label = found.first().map_or(Label::Other, |finding| finding.label);
    found.extend(doubted.iter().map(|finding| perhaps(finding, label, place.kind)));
    found
}

/// The labels that changed values and names earn.
fn valued(
    place: &Place<'_>,
    pages: &Pages<'_>,
    subject: &Subject<'_>,
    values: (&Values, &Values),
) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(links::changed(place));
    found.extend(contacts::findings(place, pages, values));
    if !place.before.is_empty() && !place.after.is_empty() {
        let hours = found.iter().any(|finding: &Finding| finding.label == Label::ContactChanged);
        found.extend(figures::findings(place, values, hours));
    }
    found.extend(parties::findings(place, pages, subject));
    found
}

/// Labels that account for words that came or went.
const NAMING: [Label; 4] =
    [Label::AttributionAdded, Label::AttributionRemoved, Label::CommitmentAdded, Label::CommitmentDropped];

/// The labels that changed claims earn. `parties`: whether a party came or went.
fn claimed(place: &Place<'_>, pages: &Pages<'_>, values: (&Values, &Values), parties: bool) -> Vec<Finding> {
    let claims = Sides::of(place, pages, values);
    let mut found = denial::findings(&claims);
    if place.kind == ChangeKind::StatementRemoved {
        found.retain(|finding| finding.label == Label::DenialWithdrawn);
        return found;
    }
    let denial = !found.is_empty();
    let denies = !claims.before.denials.is_empty() || !claims.after.denials.is_empty();
    if !denies {
        found.extend(hedges::findings(&claims));
    }
    if !denial {
        found.extend(severity::findings(&claims).or_else(|| severity::intruders::findings(&claims)));
    }
    found.extend(causes::findings(&claims));
    found.extend(promises::findings(&claims));
    // A line of a thing and its state says nothing else.
    if let Some(turn) = states::turned(&claims).or_else(|| states::stated(&claims)) {
        found.push(turn);
        found.extend(scope::of_line(&claims));
        return found;
    }
    let advice = advice::findings(&claims);
    // Where both sides list names, one name more is one more that is affected.
    let listed = lists_names(&place.old) && lists_names(&place.new);
    let named = parties && !listed || advice.is_some() || found.iter().any(|f| NAMING.contains(&f.label));
    found.extend(scope::findings(&claims, denial, named));
    let turn = services::findings(&claims);
    // That people are working on it is part of telling that it does not work.
    if turn.is_some() {
        found.retain(|finding| !(finding.rule == Rule::Promise && finding.evidence.contains("working to")));
    }
    found.extend(turn);
    found.extend(advice);
    if found.is_empty() {
        found.extend(denial::answers::turned(&claims));
    }
    if found.is_empty() {
        found.extend(denial::reversal::turned(&claims));
    }
    let service = |f: &Finding| matches!(f.label, Label::ServiceRestored | Label::ServiceDisrupted);
    if place.kind == ChangeKind::Moved && !found.iter().any(service) {
        found.extend(headings::moved(&claims));
    }
    found
}

/// The label of words that stand and moved: none, but where what stands above them says the opposite.
fn moved(place: &Place<'_>, pages: &Pages<'_>, values: (&Values, &Values)) -> Vec<Finding> {
    headings::moved(&Sides::of(place, pages, values)).into_iter().collect()
}

/// Whether a text lists names: "Ellerby and Stanmere".
fn lists_names(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let name = |word: &str| word.starts_with(char::is_uppercase);
    words.windows(3).any(|three| matches!(three, [a, "and" | "a" | "et", b] if name(a) && name(b)))
}

/// A label that is not given, with why, as a reason beside one that is.
fn perhaps(doubted: &Finding, label: Label, kind: ChangeKind) -> Finding {
    let share = certainty::doubt(doubted.label, doubted.rule, kind).unwrap_or_default() * 100.0;
    let (name, evidence) = (doubted.label.name(), &doubted.evidence);
    Finding::new(
        label,
        Rule::Perhaps,
        format!("{name} by {evidence}, not said because it is right in {share:.0} % of such places"),
    )
}

/// What can be said of a place at a glance.
pub(in crate::judge) fn in_brief(place: &Place<'_>) -> Vec<Finding> {
    if place.same_key() {
        return Vec::new();
    }
    vec![Finding::new(
        Label::Other,
        Rule::Fact,
        "not looked at closely: more has changed than any statement holds",
    )]
}
