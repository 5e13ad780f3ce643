//! `onrecord timeline`: what was said about an incident, by whom and when.

use std::{collections::BTreeMap, io::Write as _};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Exit, Failure, Global, config, moment};
use crate::{
    model::{EventKind, Incident, Level, Target, TargetId},
    query::{self, Outage, Timeline as Found},
    render::{self, TimelineRow, What, escape},
    store::Files,
    targets::Config,
};

/// Show what was said about an incident, by whom and when, the newest first
///
/// A headline a line, with the first words of each page, what was said off the pages, outages, and the spans in which
/// nobody looked (three times as long as is usual, or longer).
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord timeline kent-2024\n  onrecord timeline kent-2024 --since 2024-01-18 --level alert\n  onrecord timeline kent-2024 --format csv > kent.csv"
)]
pub(super) struct Timeline {
    /// Which incident, as targets.json names it
    #[arg(value_name = "INCIDENT")]
    incident: String,
    /// Only what had happened by then or later: a moment, a date, or so long ago (`6h`, `2d`)
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// The quietest level that is shown
    #[arg(long, value_name = "LEVEL", default_value = "note")]
    level: Least,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Least {
    /// Only what a person is told
    Alert,
    /// What is shown too, and what each page said at first
    Note,
    /// Everything on record
    Silent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// A table, for an issue or a page
    Markdown,
    /// One JSON document
    Json,
    /// For a spreadsheet
    Csv,
}

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    timeline: &'a Found,
}

impl Timeline {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let clock = config::clock()?;
        let since = self.since.as_deref().map(|text| moment::since(text, clock)).transpose()?;
        let config = config::load(global)?;
        let incident = incident(&config, &self.incident)?;
        let watched: Vec<TargetId> = watched(&config, incident).map(|target| target.id.clone()).collect();
        let store = Files::read_only(&global.store)?;
        let mut found = config::runtime()?.block_on(query::timeline(&store, incident, &watched))?;
        found.events.retain(|one| {
            let level = match self.level {
                Least::Alert => one.event.level == Level::Alert,
                Least::Note => one.event.level >= Level::Note || one.event.kind == EventKind::FirstSeen,
                Least::Silent => true,
            };
            level && since.is_none_or(|since| one.event.between.1 >= since)
        });
        found
            .outages
            .retain(|outage| since.is_none_or(|since| outage.ended.is_none_or(|ended| ended.1 >= since)));
        found.gaps.retain(|gap| since.is_none_or(|since| gap.to >= since));
        let bodies = bodies(&config);
        let rows = rows(&found, &bodies);
        let style = config::style(global);
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Text => {
                let heading = render::heading(&incident.title, clock.now(), &style);
                writeln!(out, "{heading}\n{}", render::timeline_text(&rows, &style).trim_end())?;
                tell_lost(found.unread.len());
            }
            Format::Markdown => write!(out, "{}", render::timeline_markdown(&rows))?,
            Format::Csv => write!(out, "{}", render::timeline_csv(&rows))?,
            Format::Json => {
                let document = Document { schema: "onrecord.timeline/1", timeline: &found };
                let json = serde_json::to_string_pretty(&document).map_err(Failure::store)?;
                json.lines().try_for_each(|line| writeln!(out, "{}", escape::json(line)))?;
            }
        }
        Ok(Exit::Done)
    }
}

/// Tells that events are on record that cannot be read.
pub(super) fn tell_lost(events: usize) {
    if events > 0 {
        let events = render::count(events as u64, "event");
        config::say(&format!("{events} on record cannot be read; `onrecord verify` names the damage"));
    }
}

/// The incident of that name.
pub(super) fn incident<'c>(config: &'c Config, name: &str) -> Result<&'c Incident, Failure> {
    config.incidents.iter().find(|incident| incident.id.as_str() == name).ok_or_else(|| {
        let known: Vec<&str> = config.incidents.iter().map(|incident| incident.id.as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Failure::usage(format!("no incident is called `{}`; there are: {known}", escape::terminal(name)))
    })
}

/// The targets that are watched for an incident.
pub(super) fn watched<'c>(config: &'c Config, incident: &'c Incident) -> impl Iterator<Item = &'c Target> {
    let is_for = |target: &&Target| target.incidents.iter().any(|one| one.id == incident.id);
    config.targets.iter().filter(is_for)
}

/// Who speaks at each target.
pub(super) fn bodies(config: &Config) -> BTreeMap<&TargetId, &str> {
    config.targets.iter().map(|target| (&target.id, target.body.as_str())).collect()
}

/// A timeline as rows, the newest first. What only began an outage stands in the outage's row; that a page was not there at
/// one look, in the row of its removal, which is sure.
fn rows<'a>(found: &'a Found, bodies: &BTreeMap<&TargetId, &'a str>) -> Vec<TimelineRow<'a>> {
    let is_told = |one: &&query::Happened| {
        let event = &one.event;
        let is_surer = |other: &query::Happened| {
            other.target == one.target
                && other.event.item == event.item
                && other.event.kind == event.kind
                && other.event.between == event.between
                && other.event.level > event.level
        };
        match event.kind {
            EventKind::Unreadable => found.outages.iter().all(|outage| !outage.events.contains(&event.id)),
            EventKind::Removed => !found.events.iter().any(is_surer),
            _ => true,
        }
    };
    let mut rows: Vec<TimelineRow<'_>> = found
        .events
        .iter()
        .filter(is_told)
        .map(|one| event_row(one, found.first_words.get(&one.event.id).map(String::as_str)))
        .collect();
    rows.extend(found.outages.iter().map(|outage| outage_row(outage, bodies)));
    let gap = |gap: &query::Gap| TimelineRow {
        body: "",
        target: None,
        what: What::Gap { from: gap.from, to: gap.to },
    };
    rows.extend(found.gaps.iter().map(gap));
    rows.reverse();
    // Stable: what happened in one moment keeps the order of the log.
    rows.sort_by_key(|row| std::cmp::Reverse(row.at()));
    rows
}

/// An event as a row.
pub(super) fn event_row<'a>(one: &'a query::Happened, first_words: Option<&'a str>) -> TimelineRow<'a> {
    TimelineRow {
        body: &one.event.body,
        target: Some(&one.target),
        what: What::Event { event: &one.event, source: one.source, first_words },
    }
}

/// An outage as a row.
pub(super) fn outage_row<'a>(outage: &'a Outage, bodies: &BTreeMap<&TargetId, &'a str>) -> TimelineRow<'a> {
    let Outage { target, began, ended, looks, whys, .. } = outage;
    TimelineRow {
        body: bodies.get(target).copied().unwrap_or(target.as_str()),
        target: Some(target),
        what: What::Outage { began: *began, ended: *ended, looks: *looks, whys },
    }
}
