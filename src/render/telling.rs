//! What an event says, in sentences: the same in every format, not yet escaped, not yet laid out.

use super::{Detail, Style, marks, when};
use crate::model::{Change, ChangeKind, Event, EventKind, Label, Level, Part, Source, Why};

/// The places that a brief rendering shows at most.
const PLACES: usize = 8;

/// What a brief rendering shows of a statement that is gone, in characters.
const GONE: usize = 400;

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
        (EventKind::Removed, Some(from)) => format!("last there at {from}, gone at {to}"),
        (EventKind::Restored, Some(from)) => format!("came back between {from} and {to}"),
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
    if event.flapping {
        out.push("the page goes to and fro between wordings; this is told once, not at each look".to_owned());
    }
    let was = |why: Why| format!("before, {}", lower_first(why.meaning()));
    match (event.kind, event.why) {
        (EventKind::Unreadable | EventKind::Removed, Some(why)) => {
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
    let told_above = matches!(event.kind, EventKind::Unreadable | EventKind::Removed);
    out.extend(event.evidence.clone().filter(|_| !told_above && event.kind != EventKind::Restored));
    if let Some(landed) = event.landed.as_deref().filter(|l| *l != event.url) {
        out.push(format!("the address now leads to {landed}"));
    }
    if event.degraded {
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

/// The places to show, and how many are not.
pub(super) fn places<'a>(changes: &'a [Change], style: &Style) -> (Vec<&'a Change>, usize) {
    let loudest = changes.iter().map(|c| c.level).max().unwrap_or_default();
    let wanted = |c: &&Change| {
        style.detail == Detail::Whole || c.level == loudest || c.level == Level::Alert || c.relevant
    };
    let most = if style.detail == Detail::Whole { usize::MAX } else { PLACES };
    let shown: Vec<&Change> = changes.iter().filter(wanted).take(most).collect();
    let left = changes.len() - shown.len();
    (shown, left)
}

/// What kind of change it is: `denial hedged, scope widened, in a banner`. Empty when the sign before its words
/// says it all.
pub(super) fn title(change: &Change) -> String {
    let mut parts: Vec<String> =
        change
            .labels
            .iter()
            .map(|l| {
                if change.is_external(*l) {
                    format!("{} (by the outside judge)", label(*l))
                } else {
                    label(*l)
                }
            })
            .collect();
    match change.kind {
        ChangeKind::Edited | ChangeKind::Added | ChangeKind::Removed => {}
        ChangeKind::Moved if change.spans.is_empty() => parts.push("moved to another place".to_owned()),
        ChangeKind::Moved => parts.push("moved to another place, with edits".to_owned()),
        ChangeKind::Split => parts.push(format!("one sentence became {}", change.after.len())),
        ChangeKind::Merged => parts.push(format!("{} sentences became one", change.before.len())),
        ChangeKind::StatementRemoved => parts.push("the statement is gone from the page".to_owned()),
    }
    if change.part == Part::Banner {
        parts.push("in a banner".to_owned());
    }
    parts.join(", ")
}

/// Whether the title says something that neither headline nor signs can.
pub(super) fn needs_title(change: &Change) -> bool {
    change.part == Part::Banner
        || !matches!(change.kind, ChangeKind::Edited | ChangeKind::Added | ChangeKind::Removed)
}

/// A label in words, made from its name.
pub(super) fn label(label: Label) -> String {
    label.name().replace('-', " ")
}

/// Why it was judged so, each reason once.
pub(super) fn because(change: &Change) -> String {
    let mut out: Vec<String> = Vec::new();
    for reason in &change.reasons {
        let outside = format!("outside judge: {}", reason.rule.replace('-', " "));
        let rule = if reason.source == Source::External { &outside } else { in_words(&reason.rule) };
        let said = match (rule, reason.evidence.trim()) {
            ("", evidence) => evidence.to_owned(),
            (rule, "") => rule.to_owned(),
            (rule, evidence) => format!("{rule} ({})", in_brief(evidence)),
        };
        if !said.is_empty() && !out.contains(&said) {
            out.push(said);
        }
    }
    out.join("; ")
}

/// The evidence, each side of its arrow cut to a length that can be taken in: the sentences stand above it.
fn in_brief(evidence: &str) -> String {
    const LONG: usize = 64;
    let cut = |side: &str| {
        if side.chars().count() <= LONG {
            return side.to_owned();
        }
        let head: String = side.chars().take(LONG).collect();
        let words = head.rsplit_once(' ').map_or(head.as_str(), |(words, _)| words);
        let close = if side.starts_with('“') { "…”" } else { "…" };
        format!("{}{close}", words.trim_end_matches([',', ';', ':']))
    };
    evidence.split(" → ").map(cut).collect::<Vec<_>>().join(" → ")
}

/// A rule of `judge` in words; empty where its evidence says it all. A rule of another store's time keeps its name.
fn in_words(rule: &str) -> &str {
    match rule {
        "denial" => "a denial",
        "denial-certainty" => "how sure the denial is",
        "denied-less" => "less is denied",
        "negation" => "a negation",
        "certainty" => "how sure the claim is",
        "deed" => "what was done",
        "name" => "what the thing is called",
        "hurt" | "gravity" => "how grave it is",
        "cause" => "a cause or an agent",
        "figure" => "how many",
        "amount" => "how much",
        "list" => "the list of what is affected",
        "item" => "an item",
        "service" => "whether it works",
        "promise" => "what will be done",
        "deadline" => "by when",
        "advice" => "what readers should do",
        "contact" | "hours" => "how to reach them",
        "link" => "where the words lead",
        "number" | "bound" => "a number",
        "date" => "a date",
        "party" => "who is named",
        "spelling" => "a slip of the pen",
        "same-value" => "one value in two forms",
        "boilerplate" => "furniture",
        "date-stamp" => "when the page was updated",
        "page" | "term" | "heading" | "block" | "lead-in" | "next-block" | "next-section" | "no-term"
        | "furniture" | "fact" | "same-claims" | "same-key" | "same-letters" => "",
        other => other,
    }
}

/// The two sides to show, shortened where that is wanted.
pub(super) fn sides(change: &Change, style: &Style) -> (Vec<marks::Run>, Vec<marks::Run>) {
    let (before, after) = marks::sides(change);
    match style.detail {
        Detail::Brief => (marks::shorten(before), marks::shorten(after)),
        Detail::Whole => (before, after),
    }
}

/// What stands before words of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Words that were there.
    Old,
    /// Words that are there now.
    New,
    /// The same words in another place.
    Moved,
    /// The same words in the same place: what changed is where they lead, or how they are cut.
    Same,
}

impl Sign {
    /// The sign itself.
    pub(super) fn char(self) -> char {
        match self {
            Self::Old => '-',
            Self::New => '+',
            Self::Moved => '~',
            Self::Same => '=',
        }
    }

    /// What changed words are put between, where nothing better than characters is to be had.
    pub(super) fn marks(self) -> (&'static str, &'static str) {
        match self {
            Self::Old => ("[-", "-]"),
            Self::New => ("{+", "+}"),
            Self::Moved | Self::Same => ("", ""),
        }
    }
}

/// The words of a change, in the order to be shown; never an empty line.
pub(super) fn lines(change: &Change, style: &Style) -> Vec<(Sign, Vec<marks::Run>)> {
    let (before, after) = sides(change, style);
    let lines = match change.kind {
        ChangeKind::Moved if change.spans.is_empty() => vec![(Sign::Moved, after)],
        ChangeKind::StatementRemoved if style.detail == Detail::Brief => {
            vec![(Sign::Old, marks::beginning(&before, GONE)), (Sign::New, after)]
        }
        _ if change.before == change.after => vec![(Sign::Same, after)],
        _ => vec![(Sign::Old, before), (Sign::New, after)],
    };
    lines.into_iter().filter(|(_, runs)| !runs.is_empty()).collect()
}
