//! Values and names: numbers, dates, times, contacts, addresses of links, organisations; and what only looks different.
//!
//! Not here: what is claimed (`clauses`).

pub(super) mod bounds;
mod contacts;
mod names;
mod quiet;
mod spans;
mod spelling;
pub(super) mod values;

use super::{Finding, Pages, Place, Subject};
use crate::{
    model::{Label, Sentence},
    text::Language,
};
use values::{Kind, Value, Values};

pub(super) use quiet::quiet;

/// Whether a text differs from one in nothing but a slip of the pen.
pub(super) fn is_slip(right: &str, wrong: &str, language: Language) -> bool {
    spelling::mended(wrong, right, language).is_some()
}

/// The labels that changed values and names earn.
pub(super) fn findings(
    place: &Place<'_>,
    pages: &Pages<'_>,
    subject: &Subject<'_>,
    values: (&Values, &Values),
) -> Vec<Finding> {
    let mut found = Vec::new();
    found.extend(link(place));
    found.extend(contacts::findings(place, pages, values));
    if !place.before.is_empty() && !place.after.is_empty() {
        let hours = found.iter().any(|finding: &Finding| finding.label == Label::ContactChanged);
        found.extend(revised(place, values, hours));
    }
    found.extend(names::findings(place, pages, subject));
    found
}

/// `number-revised`, `date-revised`: a value in the same slot is another.
fn revised(place: &Place<'_>, (old, new): (&Values, &Values), hours: bool) -> Vec<Finding> {
    let (gone, come) = values::differences(old, new);
    let of = |side: &[&Value], kinds: &[Kind], text: &str| -> Vec<String> {
        // The days of the week that a desk is open go with its hours.
        let weekday = |v: &Value| hours && v.canonical.starts_with("weekday");
        side.iter().filter(|v| kinds.contains(&v.kind) && !weekday(v)).map(|v| as_written(text, v)).collect()
    };
    let mut found = Vec::new();
    let times: &[Kind] = if hours { &[Kind::Date] } else { &[Kind::Date, Kind::Time] };
    for (label, rule, kinds) in
        [(Label::NumberRevised, "number", &[Kind::Number][..]), (Label::DateRevised, "date", times)]
    {
        let (gone, come) = (of(&gone, kinds, &place.old), of(&come, kinds, &place.new));
        if !gone.is_empty() && !come.is_empty() {
            let of_what =
                if label == Label::NumberRevised { new.after(&folded(&come)) } else { String::new() };
            found.push(Finding::new(
                label,
                rule,
                format!("{} → {}{of_what}", gone.join(", "), come.join(", ")),
            ));
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
    texts.iter().map(|text| crate::text::fold(text)).collect()
}

/// A value as its text has it: "3 June", and not "3 june".
fn as_written(text: &str, value: &Value) -> String {
    let lower = text.to_lowercase();
    // "You may come in May": of several, the one that stands nearest to where the folded text has it.
    let found = lower.match_indices(&value.text).filter(|_| lower.len() == text.len());
    let at = found.map(|(at, _)| at).min_by_key(|at| at.abs_diff(value.at.start));
    at.and_then(|at| text.get(at..at + value.text.len())).unwrap_or(&value.text).to_owned()
}

/// `link-changed`: the words stayed, the address they lead to changed.
fn link(place: &Place<'_>) -> Option<Finding> {
    let links = |side: &[&Sentence]| -> Vec<(String, String)> {
        side.iter().flat_map(|s| &s.links).map(|l| (crate::text::fold(&l.words), l.address.clone())).collect()
    };
    let (old, new) = (links(&place.before), links(&place.after));
    old.iter().find_map(|(words, address)| {
        let mut same = new.iter().filter(|link| link.0 == *words).peekable();
        same.peek()?;
        let stays = same.clone().any(|link| link.1 == *address);
        let other = same.next().filter(|_| !stays)?;
        Some(Finding::new(Label::LinkChanged, "link", format!("{address} → {}", other.1)))
    })
}
