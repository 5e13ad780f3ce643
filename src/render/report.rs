//! What came of a span of time, fit to be pasted into notes: what changed, what could not be read, what stayed as it was.
//!
//! Not here: counting (`query`), and how one line looks (`timeline`).

use std::fmt::Write as _;

use jiff::Timestamp;

use super::{
    Style, escape, hanging, paragraph,
    timeline::{TimelineRow, timeline_markdown, timeline_text},
    when,
};
use crate::model::TargetId;

/// What came of a span of time.
#[derive(Debug, Clone)]
pub struct Reported<'a> {
    /// From then on.
    pub since: Timestamp,
    /// Until then.
    pub until: Timestamp,
    /// How often it was looked, and how often something was read.
    pub total: (u64, u64),
    /// What changed, the newest first.
    pub changed: Vec<TimelineRow<'a>>,
    /// What could not be read, the newest first.
    pub outages: Vec<TimelineRow<'a>>,
    /// What did not change.
    pub unchanged: Vec<Unchanged<'a>>,
    /// Events that are on record and cannot be read.
    pub lost: usize,
}

/// A page that said the same throughout.
#[derive(Debug, Clone)]
pub struct Unchanged<'a> {
    /// Who speaks.
    pub body: &'a str,
    /// The target.
    pub target: &'a TargetId,
    /// How often it was looked at, and how often it was read.
    pub count: (u64, u64),
    /// The last look in the span that read it.
    pub last_read: Option<Timestamp>,
    /// Since when its wording stands, or is known.
    pub worded: Option<Timestamp>,
}

impl Unchanged<'_> {
    fn words(&self, style: &Style) -> String {
        let times = |n| when::count(n, "time");
        let (looked, read) = self.count;
        let at = |moment| when::moment(moment, style);
        let read = match self.last_read {
            None if looked == 0 => "not looked at".to_owned(),
            None => format!("looked at {}, never read", times(looked)),
            Some(last) if read == looked => {
                format!("looked at {}, read each time, last at {}", times(looked), at(last))
            }
            Some(last) => format!("looked at {}, read {}, last at {}", times(looked), times(read), at(last)),
        };
        match self.worded {
            Some(worded) => format!("{read}; its wording stands since {} at least", at(worded)),
            None => read,
        }
    }
}

/// A heading, and what to say where nothing stands under it.
const HEADS: [(&str, &str); 3] = [
    ("What changed", "Nothing that a person would be told of."),
    ("What could not be read", "Every look gave a statement."),
    ("What did not change", "No page."),
];

/// For a terminal.
pub fn report_text(report: &Reported<'_>, style: &Style) -> String {
    let mut out = paragraph(&span(report, style), style);
    let parts = [timeline_text(&report.changed, style), timeline_text(&report.outages, style), {
        let mut out = String::new();
        for one in &report.unchanged {
            let lead = format!("  {}, {}", escape::terminal(one.body), one.target);
            out.push_str(&hanging(&lead, &one.words(style), style));
        }
        out
    }];
    for ((head, none), part) in HEADS.iter().zip(parts) {
        let _ = write!(out, "\n{}\n\n", head.to_uppercase());
        if part.is_empty() {
            let _ = writeln!(out, "  {none}");
        }
        out.push_str(&part);
    }
    out
}

/// In Markdown. Its times are UTC: it is read by many.
pub fn report_markdown(report: &Reported<'_>) -> String {
    let (e, style) = (escape::markdown, &Style::default());
    let mut out = format!("{}\n", e(&span(report, style)));
    let mut unchanged = String::new();
    for one in &report.unchanged {
        let _ = writeln!(unchanged, "- {} (`{}`): {}", e(one.body), one.target, e(&one.words(style)));
    }
    let table =
        |rows: &[TimelineRow<'_>]| if rows.is_empty() { String::new() } else { timeline_markdown(rows) };
    let parts = [table(&report.changed), table(&report.outages), unchanged];
    for ((head, none), part) in HEADS.iter().zip(parts) {
        let _ = write!(out, "\n### {head}\n\n{}", if part.is_empty() { format!("{none}\n") } else { part });
    }
    out
}

/// The first sentence: which span, how many pages, how often.
fn span(report: &Reported<'_>, style: &Style) -> String {
    let times = |n| when::count(n, "time");
    let (looked, read) = report.total;
    let mut said = format!(
        "From {} to {}: looked {}, read {}, {} in vain.",
        when::dated(report.since, style),
        when::dated(report.until, style),
        times(looked),
        times(read),
        times(looked.saturating_sub(read))
    );
    if report.lost > 0 {
        let events = when::count(report.lost as u64, "event");
        let _ = write!(said, " {events} on record cannot be read; onrecord verify names the damage.");
    }
    said
}
