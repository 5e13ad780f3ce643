//! What was said by whom and when, a headline a line, the newest first; in the same lines what a report says of a span.
//!
//! Not here: which events, outages and gaps there are (`query`).

use std::fmt::Write as _;

use jiff::{Timestamp, ZonedDateTime};

use super::{Style, csv, escape, when, wrap::wrap_plain};
use crate::model::{Between, Event, EventKind, Level, Origin, TargetId, Why};

/// One line of a timeline.
#[derive(Debug, Clone)]
pub struct TimelineRow<'a> {
    /// Who speaks; empty where nobody does.
    pub body: &'a str,
    /// The name that the target has now.
    pub target: Option<&'a TargetId>,
    /// What happened.
    pub what: What<'a>,
}

/// What a line of a timeline tells.
#[derive(Debug, Clone)]
pub enum What<'a> {
    /// Something happened.
    Event {
        /// The event.
        event: &'a Event,
        /// Where it comes from.
        source: Origin,
        /// Of a first look: what was said there, in one sentence.
        first_words: Option<&'a str>,
    },
    /// A page could not be read.
    Outage {
        /// From the last look that read it to the first in vain.
        began: Between,
        /// From the last look in vain to the first that read it again.
        ended: Option<Between>,
        /// How many looks were in vain.
        looks: u64,
        /// Why.
        whys: &'a [Why],
    },
    /// Nobody looked.
    Gap {
        /// The end of the last look.
        from: Timestamp,
        /// The start of the next.
        to: Timestamp,
    },
}

impl TimelineRow<'_> {
    /// By when it had happened: what rows are ordered by.
    pub fn at(&self) -> Timestamp {
        match &self.what {
            What::Event { event, .. } => event.between.1,
            What::Outage { began, .. } => began.1,
            What::Gap { from, .. } => *from,
        }
    }

    fn not_before(&self) -> Option<Timestamp> {
        match &self.what {
            What::Event { event, .. } => event.between.0,
            What::Outage { began, .. } => began.0,
            What::Gap { .. } => None,
        }
    }

    fn level(&self) -> Level {
        match &self.what {
            What::Event { event, .. } => event.level,
            What::Outage { .. } => Level::Note,
            What::Gap { .. } => Level::Silent,
        }
    }

    /// The words, without who and when.
    fn words(&self, style: &Style) -> String {
        match &self.what {
            What::Event { event, first_words: Some(words), .. } if event.kind == EventKind::FirstSeen => {
                format!("At the first look: “{}”", words.trim_end_matches('.'))
            }
            What::Event { event, source, .. } => match source {
                Origin::Own => event.headline.clone(),
                Origin::Statement => format!("{} (not on a page)", event.headline),
                Origin::Warc | Origin::Wayback => format!("{} (from an archive)", event.headline),
            },
            What::Outage { ended, looks, whys, .. } => {
                let is_absence = whys.iter().all(|why| why.is_absence());
                let whys: Vec<&str> = whys.iter().map(|why| why.name()).collect();
                let until = match ended {
                    Some(Between(_, ended)) => format!("until {}", when::moment(*ended, style)),
                    None => "and not since".to_owned(),
                };
                let looks = when::count(*looks, "look");
                let what = if is_absence { "Was not there" } else { "Could not be read" };
                format!("{what} ({}), {looks} in vain, {until}", whys.join(", "))
            }
            What::Gap { from, to } => {
                let length = when::length(to.duration_since(*from));
                format!("Nobody looked for {length}, until {}", when::moment(*to, style))
            }
        }
    }

    fn who(&self) -> String {
        if self.body.is_empty() { String::new() } else { format!("{}: ", self.body) }
    }

    /// What stands behind the words: since when it may have happened, and how it is seen whole.
    fn tail(&self, at: &ZonedDateTime, style: &Style) -> String {
        let mut said = Vec::new();
        if let Some(from) = self.not_before() {
            let from = from.to_zoned_datetime(style.zone.clone());
            let form = if from.date() == at.date() { "%H:%M" } else { "%-d %b, %H:%M" };
            said.push(format!("not before {}", from.strftime(form)));
        }
        if let What::Event { event, .. } = &self.what {
            said.push(event.id.short().to_owned());
        }
        if said.is_empty() { String::new() } else { format!(" ({})", said.join("; ")) }
    }
}

/// Where the words of a line begin.
const INDENT: usize = 16;

/// The lines for a terminal, under the days on which they had happened.
pub fn timeline_text(rows: &[TimelineRow<'_>], style: &Style) -> String {
    let mut out = String::new();
    let mut day = None;
    for row in rows {
        let at = row.at().to_zoned_datetime(style.zone.clone());
        if day != Some(at.date()) {
            let gap = if day.is_some() { "\n" } else { "" };
            let _ = writeln!(out, "{gap}{}", at.strftime("%A %-d %B %Y"));
            day = Some(at.date());
        }
        let level = match row.level() {
            Level::Alert => "ALERT",
            Level::Note => "note",
            Level::Silent => "",
        };
        let words = format!("{}{}{}", row.who(), row.words(style), row.tail(&at, style));
        let mut lead = format!("  {}   {level:<5} ", at.strftime("%H:%M"));
        for line in wrap_plain(&words, style.width.saturating_sub(INDENT).max(24)) {
            let _ = writeln!(out, "{lead:<INDENT$}{line}");
            lead.clear();
        }
    }
    out
}

/// The lines as a Markdown table. Its times are UTC: it is read by many.
pub fn timeline_markdown(rows: &[TimelineRow<'_>]) -> String {
    let (e, style) = (escape::markdown, &Style::default());
    let mut out =
        String::from("| by (UTC) | not before | who | what | event |\n| --- | --- | --- | --- | --- |\n");
    for row in rows {
        let from = row.not_before().map_or_else(String::new, |from| format!("{from:.0}"));
        let level = if row.level() == Level::Alert { "**Alert.** " } else { "" };
        let event = match &row.what {
            What::Event { event, .. } => format!("`{}`", event.id.short()),
            _ => String::new(),
        };
        let (at, who, words) = (row.at(), e(row.body), e(&row.words(style)));
        let _ = writeln!(out, "| {at:.0} | {from} | {who} | {level}{words} | {event} |");
    }
    out
}

/// The lines as comma-separated values, with their heads.
pub fn timeline_csv(rows: &[TimelineRow<'_>]) -> String {
    const HEADS: [&str; 11] = [
        "by",
        "not_before",
        "ended_by",
        "what",
        "level",
        "source",
        "body",
        "target",
        "words",
        "event",
        "url",
    ];
    let style = &Style::default();
    let mut table = vec![HEADS.map(str::to_owned)];
    table.extend(rows.iter().map(|row| {
        let moment = |at: Option<Timestamp>| at.map_or_else(String::new, |at| format!("{at:.0}"));
        let (what, source, event, url, ended) = match &row.what {
            What::Event { event, source, .. } => {
                (name(&event.kind), name(source), event.id.to_string(), event.url.clone(), None)
            }
            What::Outage { ended, .. } => (
                "outage".to_owned(),
                name(&Origin::Own),
                String::new(),
                String::new(),
                ended.map(|ended| ended.1),
            ),
            What::Gap { to, .. } => {
                ("gap".to_owned(), String::new(), String::new(), String::new(), Some(*to))
            }
        };
        let target = row.target.map_or_else(String::new, ToString::to_string);
        [
            moment(Some(row.at())),
            moment(row.not_before()),
            moment(ended),
            what,
            name(&row.level()),
            source,
            row.body.to_owned(),
            target,
            row.words(style),
            event,
            url,
        ]
    }));
    csv(&table)
}

/// The name of something as JSON has it.
fn name(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).ok();
    value.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned()
}
