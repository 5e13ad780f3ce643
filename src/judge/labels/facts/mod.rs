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
    text::{Language, fold, words},
};
use values::{Kind, Value, Values};

pub(super) use quiet::quiet;

/// Whether a text differs from one in nothing but a slip of the pen.
pub(super) fn is_slip(right: &str, wrong: &str, language: Language) -> bool {
    spelling::mended(wrong, right, language).is_some()
}

/// Whether words that stand for others are the same: set together or apart ("maybe", "may be"), or a slip that was mended.
pub(super) fn is_same_word(gone: &[&str], come: &[&str], language: Language) -> bool {
    let (was, is) = (gone.concat(), come.concat());
    let mended = || is_slip(&was, &is, language) || is_slip(&is, &was, language);
    !was.is_empty()
        && (was == is || gone.len() == 1 && come.len() == 1 && (mended() || spelling::is_variant(&was, &is)))
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
    let exchanged = values::exchanged(old, new);
    let mut found = Vec::new();
    let times: &[Kind] = if hours { &[Kind::Date] } else { &[Kind::Date, Kind::Time] };
    for (label, rule, kinds) in [
        (Label::NumberRevised, "number", &[Kind::Number][..]),
        (Label::NumberRevised, "version", &[Kind::Version]),
        (Label::DateRevised, "date", times),
    ] {
        // The days of the week that a desk is open go with its hours.
        let weekday = |value: &Value| hours && value.canonical.starts_with("weekday");
        let of = exchanged.iter().filter(|(gone, come)| kinds.contains(&come.kind) && !weekday(gone));
        let (gone, come): (Vec<String>, Vec<String>) =
            of.map(|(gone, come)| (as_written(&place.old, gone), as_written(&place.new, come))).unzip();
        if !gone.is_empty() {
            let of_what = if rule == "number" { new.after(&folded(&come)) } else { String::new() };
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

/// `link-changed`: the words stayed, the address they lead to changed. Each link is held against the one in its own place;
/// where one was put on or off, against the one of the same words.
fn link(place: &Place<'_>) -> Option<Finding> {
    let links = |side: &[&Sentence]| -> Vec<(String, String)> {
        side.iter().flat_map(|s| &s.links).map(|l| (fold(&l.words), l.address.clone())).collect()
    };
    let (old, new) = (links(&place.before), links(&place.after));
    let told = |was: &str, is: &str| Some(Finding::new(Label::LinkChanged, "link", format!("{was} → {is}")));
    if old.len() == new.len() {
        let other = |(a, b): &(&(String, String), &(String, String))| {
            let same = a.0 == b.0 || words::coverage(&a.0, &b.0) > 0.0;
            same && bare_address(&a.1) != bare_address(&b.1)
        };
        return old.iter().zip(&new).find(other).and_then(|(a, b)| told(&a.1, &b.1));
    }
    old.iter().find_map(|(words, address)| {
        let same = || new.iter().filter(|link| link.0 == *words);
        let stays = same().any(|link| bare_address(&link.1) == bare_address(address));
        same().next().filter(|_| !stays).and_then(|other| told(address, &other.1))
    })
}

/// An address without what may change while it leads to the same: the scheme, "www.", a slash at its end, an anchor, what
/// counts a visit.
pub(super) fn bare_address(address: &str) -> String {
    const COUNTS: [&str; 7] = ["utm_", "sessionid", "jsessionid", "phpsessid", "sid=", "fbclid", "gclid"];
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    let address = address.split('#').next().unwrap_or_default();
    let address = address.strip_prefix("www.").unwrap_or(address);
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path = path.split(";jsessionid").next().unwrap_or_default().trim_end_matches('/');
    let kept: Vec<&str> = query
        .split('&')
        .filter(|part| {
            !part.is_empty() && !COUNTS.iter().any(|counts| part.to_lowercase().starts_with(counts))
        })
        .collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}
