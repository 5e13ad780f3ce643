//! `contact-changed`: a phone number, an address, an e-mail or opening hours for the reader.

use crate::{
    judge::{
        context::{Pages, Place},
        finding::Finding,
        values::{self, Kind, Value, Values},
    },
    model::{Label, Rule},
    text::{Class, Language, List, fold, words},
};

/// What became of the ways to reach somebody.
pub(in crate::judge) fn findings(
    place: &Place<'_>,
    pages: &Pages<'_>,
    (old, new): (&Values, &Values),
) -> Option<Finding> {
    let (gone, come) = values::differences(old, new);
    let texts = |side: &[&Value], is: &dyn Fn(&&&Value) -> bool| -> Vec<String> {
        side.iter().filter(|v| is(v)).map(|v| v.text.clone()).collect()
    };
    let reaches = |values: &Values, side: &[&Value]| texts(side, &|v: &&&Value| reaches_somebody(values, v));
    let (lost, found) = (reaches(old, &gone), reaches(new, &come));
    if !lost.is_empty() || !found.is_empty() {
        return Some(Finding::new(Label::ContactChanged, Rule::Contact, arrow(&lost, &found)));
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
        return Some(Finding::new(Label::ContactChanged, Rule::Hours, arrow(&lost, &found)));
    }
    None
}

/// Whether a value is a way to reach somebody: a number to ring, a mail or a post address; an address of the web where the
/// reader is sent to it, and not any link or a firm's name with a stop in it.
fn reaches_somebody(values: &Values, value: &Value) -> bool {
    let says = |text: &str| words::words(text).any(|word| List::ContactReaches.has(word));
    let web = value.kind == Kind::Address && !value.text.contains(' ');
    match value.kind {
        Kind::Phone => value.canonical.len() > 2,
        Kind::Mail => true,
        Kind::Address if !web => true,
        Kind::Address => {
            let head = values.text.get(..value.at.start).unwrap_or_default();
            let sent = words::words(head).last().is_some_and(|word| List::ContactSent.has(word))
                || head.ends_with("go to ");
            sent && (says(&values.text) || head.ends_with("go to "))
        }
        _ => false,
    }
}

/// Whether a text says where somebody can be reached: its times are when.
fn reached(values: &Values) -> bool {
    values.all.iter().any(|v| matches!(v.kind, Kind::Phone | Kind::Mail))
}

/// Whether a text says from when to when something is every day or week, and not when something happened: "visiting is
/// from 2pm to 4pm".
fn every_day(values: &Values, pages: &Pages<'_>) -> bool {
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
        && !words::words(&values.text).any(|w| List::ContactOnce.has(w))
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
