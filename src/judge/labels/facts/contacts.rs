//! `contact-changed`: a phone number, an address, an e-mail or opening hours for the reader.

use super::{
    Finding, Pages, Place,
    values::{self, Kind, Value, Values},
};
use crate::{
    model::Label,
    text::{Class, Language, fold, words},
};

/// What became of the ways to reach somebody.
pub(super) fn findings(
    place: &Place<'_>,
    pages: &Pages<'_>,
    (old, new): (&Values, &Values),
) -> Option<Finding> {
    let (gone, come) = values::differences(old, new);
    let contact = |v: &&&Value| matches!(v.kind, Kind::Phone | Kind::Mail | Kind::Address);
    let texts = |side: &[&Value], is: &dyn Fn(&&&Value) -> bool| -> Vec<String> {
        side.iter().filter(|v| is(v)).map(|v| v.text.clone()).collect()
    };
    let (lost, found) = (texts(&gone, &contact), texts(&come, &contact));
    if !lost.is_empty() || !found.is_empty() {
        return Some(Finding::new(Label::ContactChanged, "contact", arrow(&lost, &found)));
    }
    let time = |v: &&&Value| v.kind == Kind::Time;
    let (lost, found) = (texts(&gone, &time), texts(&come, &time));
    let paired = !place.before.is_empty() && !place.after.is_empty();
    let hours = |text: &str| {
        let text = fold(text);
        pages.lexicon(Language::of(&text, Language::English)).has(Class::Hours, &text)
    };
    if paired
        && !lost.is_empty()
        && !found.is_empty()
        && (hours(&place.old) && hours(&place.new)
            || reached(old) && reached(new)
            || every_day(old, pages) && every_day(new, pages))
        && !dated(old)
    {
        return Some(Finding::new(Label::ContactChanged, "hours", arrow(&lost, &found)));
    }
    None
}

/// Whether a text says where somebody can be reached: its times are when.
fn reached(values: &Values) -> bool {
    values.all.iter().any(|v| matches!(v.kind, Kind::Phone | Kind::Mail))
}

/// Whether a text says from when to when something is every day or week, and not when something happened: "visiting is
/// from 2pm to 4pm".
fn every_day(values: &Values, pages: &Pages<'_>) -> bool {
    const ONCE: [&str; 12] = [
        "was", "were", "will", "had", "has", "been", "took", "began", "started", "happened", "today",
        "tomorrow",
    ];
    const EVENTS: [Class; 6] =
        [Class::Harm, Class::Down, Class::Name1, Class::Name2, Class::Name3, Class::Name4];
    let times: Vec<&Value> = values.all.iter().filter(|v| v.kind == Kind::Time).collect();
    let ranged = times.windows(2).any(|two| {
        let [from, to] = two else { return false };
        let between = values.text.get(from.at.end..to.at.start).unwrap_or_default();
        matches!(between.trim(), "to" | "-" | "until" | "till" | "and")
    });
    let lexicon = pages.lexicon(Language::of(&values.text, Language::English));
    ranged
        && !words::words(&values.text).any(|w| ONCE.contains(&w))
        && !EVENTS.iter().any(|class| lexicon.has(*class, &values.text))
}

/// Whether a text names a day of the calendar: then its times are those of an event.
fn dated(values: &Values) -> bool {
    values.all.iter().any(|v| v.kind == Kind::Date && v.canonical.contains('/'))
}

fn arrow(old: &[String], new: &[String]) -> String {
    let side = |side: &[String]| if side.is_empty() { "-".to_owned() } else { side.join(", ") };
    format!("{} → {}", side(old), side(new))
}
