//! `number-revised`, `date-revised`: a value in the same slot is another.
//!
//! Not here: which values a text has (`values`), numbers of people as reach (`scope`).

pub(in crate::judge) mod bounds;
mod spans;

use crate::{
    judge::{
        context::Place,
        finding::Finding,
        values::{self, Kind, Value, Values},
    },
    model::{Label, Rule},
    text::fold,
};

/// `number-revised`, `date-revised`: a value in the same slot is another.
pub(in crate::judge) fn findings(
    place: &Place<'_>,
    (old, new): (&Values, &Values),
    hours: bool,
) -> Vec<Finding> {
    let exchanged = values::exchanged(old, new);
    let mut found = Vec::new();
    let times: &[Kind] = if hours { &[Kind::Date] } else { &[Kind::Date, Kind::Time] };
    for (label, rule, kinds) in [
        (Label::NumberRevised, Rule::Number, &[Kind::Number][..]),
        (Label::NumberRevised, Rule::Version, &[Kind::Version]),
        (Label::DateRevised, Rule::Date, times),
    ] {
        // The days of the week that a desk is open go with its hours.
        let weekday = |value: &Value| hours && value.canonical.starts_with("weekday");
        let of = exchanged.iter().filter(|(gone, come)| kinds.contains(&come.kind) && !weekday(gone));
        let (gone, come): (Vec<String>, Vec<String>) =
            of.map(|(gone, come)| (as_written(&place.old, gone), as_written(&place.new, come))).unzip();
        if !gone.is_empty() {
            let of_what = if rule == Rule::Number { new.after(&folded(&come)) } else { String::new() };
            let evidence = format!("{} → {}{of_what}", gone.join(", "), come.join(", "));
            found.push(Finding::new(label, rule, evidence));
        }
    }
    if found.iter().all(|finding| finding.label != Label::NumberRevised) {
        found.extend(bounds::revised(old, new));
    }
    if found.is_empty() {
        found.extend(spans::revised(old, new));
    }
    found
}

fn folded(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| fold(text)).collect()
}

/// A value as its text has it: "3 June", and not "3 june".
fn as_written(text: &str, value: &Value) -> String {
    let lower = text.to_lowercase();
    // "You may come in May": of several, the one that stands nearest to where the folded text has it.
    let found = lower.match_indices(&value.text).filter(|_| lower.len() == text.len());
    let at = found.map(|(at, _)| at).min_by_key(|at| at.abs_diff(value.at.start));
    at.and_then(|at| text.get(at..at + value.text.len())).unwrap_or(&value.text).to_owned()
}
