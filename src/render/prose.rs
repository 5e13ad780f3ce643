//! What an event says, in sentences: the same in every format, not yet escaped, not yet laid out.
//!
//! Of its changes `place` tells what differs, `reasons` why it was judged so.

mod place;
mod reasons;

use super::{Style, count, when};
use crate::model::{Event, EventKind, Why};
pub(super) use place::{Sign, WHOLE, left, lines, needs_title, places, title};
pub(super) use reasons::because;

/// What is known of the reason beyond what the headline says.
fn seen(why: Why, evidence: Option<&str>, headline: &str) -> Option<String> {
    let meaning = Some(lower_first(why.meaning())).filter(|m| !headline.contains(m.as_str()));
    let evidence =
        evidence.map(str::trim).filter(|e| !e.is_empty() && !headline.contains(e.trim_end_matches('.')));
    match (meaning, evidence) {
        (Some(meaning), Some(evidence)) => Some(format!("{meaning} (seen: {evidence})")),
        (None, Some(evidence)) => Some(format!("seen: {evidence}")),
        (meaning, None) => meaning,
    }
}

fn lower_first(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    let mut chars = sentence.chars();
    chars.next().map_or(String::new(), |c| c.to_lowercase().chain(chars).collect())
}

/// When it happened, and what the page claims of its own dates.
pub(super) fn interval(event: &Event, style: &Style) -> String {
    let (from, to) = when::ends(event.between, style);
    let mut said = match (event.kind, from) {
        (EventKind::FirstSeen, _) => format!("first looked at {}", when::moment(event.between.1, style)),
        (EventKind::Unreadable, Some(from)) => format!("last read at {from}, failed at {to}"),
        (EventKind::Removed | EventKind::Unlisted, Some(from)) => {
            format!("last there at {from}, gone at {to}")
        }
        (EventKind::Restored, Some(from)) => format!("came back between {from} and {to}"),
        (EventKind::Settled, Some(from)) => format!("stands since {from}, seen so until {to}"),
        (_, Some(from)) => format!("between {from} and {to}"),
        (EventKind::Unreadable, None) => format!("never read yet; tried at {to}"),
        (_, None) => format!("first seen at {to}"),
    };
    said.push_str(&claimed(event).unwrap_or_default());
    said
}

fn claimed(event: &Event) -> Option<String> {
    let claims = event.claims.as_ref()?;
    match (&claims.date_before, &claims.date_after) {
        (_, Some(date)) if !claims.date_moved => {
            is_new_wording(event).then(|| format!("; the page still says “{date}”"))
        }
        (Some(before), Some(after)) => Some(format!("; the page's date went from “{before}” to “{after}”")),
        (None, Some(after)) => Some(format!("; the page now gives a date, “{after}”")),
        (Some(before), None) => Some(format!("; the page no longer gives its date, “{before}”")),
        (None, None) => None,
    }
}

fn is_new_wording(event: &Event) -> bool {
    matches!(event.kind, EventKind::Revised | EventKind::Reverted) && !event.changes.is_empty()
}

/// How an event is seen again, whole.
pub(super) fn show_command(event: &Event) -> String {
    format!("onrecord show {}", event.id.short())
}

/// The sentences between the interval and the changes.
pub(super) fn details(event: &Event, style: &Style) -> Vec<String> {
    let mut out = Vec::new();
    if event.kind == EventKind::Reverted
        && let Some(seen) = event.last_seen
    {
        let stood = when::length(event.between.1.duration_since(seen));
        out.push(format!(
            "these words were last seen at {}; the others stood for {stood} at most",
            when::moment(seen, style)
        ));
    }
    if event.between.0.is_some_and(|from| from > event.between.1) {
        out.push("the clock went back between the two looks; their order is that of the log".to_owned());
    }
    if event.flapping {
        out.push("the page goes to and fro between wordings; this is told once, not at each look".to_owned());
    }
    let was = |why: Why| format!("before, {}", lower_first(why.meaning()));
    match (event.kind, event.why) {
        (EventKind::Unreadable | EventKind::Removed | EventKind::Unlisted, Some(why)) => {
            out.extend(seen(why, event.evidence.as_deref(), &event.headline));
        }
        (EventKind::Restored, why) => {
            let was = why.map_or(String::new(), |why| was(why) + "; ");
            let now = if event.changes.is_empty() { "the last wording stands" } else { "with other words" };
            out.push(format!("{was}{now}"));
        }
        // It is back, and the wording has changed meanwhile.
        (_, Some(why)) => out.push(was(why)),
        (_, None) => {}
    }
    let told_above = matches!(event.kind, EventKind::Unreadable | EventKind::Removed | EventKind::Unlisted);
    out.extend(event.evidence.clone().filter(|_| !told_above && event.kind != EventKind::Restored));
    if let Some(landed) = event.landed.as_deref().filter(|l| *l != event.url) {
        out.push(format!("the address now leads to {landed}"));
    }
    if event.omitted > 0 {
        out.push(format!(
            "{} more that weigh less: `onrecord diff` shows them",
            count(event.omitted, "place")
        ));
    }
    if event.degraded && event.omitted == 0 {
        out.push(
            "the texts were too large to be compared to the last word: the places are right, not the finest"
                .to_owned(),
        );
    }
    out
}

/// What a person may do about it.
pub(super) fn advice(event: &Event) -> Option<&'static str> {
    let told = matches!(event.kind, EventKind::Unreadable | EventKind::Removed);
    event.why.filter(|_| told).map(Why::advice)
}
