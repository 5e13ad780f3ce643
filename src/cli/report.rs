//! `onrecord report`: what came of the last day, fit to be pasted into notes.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{
    Exit, Failure, Global,
    choose::Choose,
    config, moment,
    timeline::{bodies, event_row, outage_row},
};
use crate::{
    model::{IncidentId, TargetId},
    query::{self, Report as Found},
    render::{self, Reported, TimelineRow, Unchanged, escape},
    store::Files,
};

/// Show what changed of late, what could not be read and since when, and what did not change
///
/// What did not change is shown with how often it was looked at, and how often it was read.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord report\n  onrecord report --since 2024-01-18 --incident kent-2024 --format markdown"
)]
pub(super) struct Report {
    /// From when on: a moment, a date, or so long ago (`6h`, `2d`)
    #[arg(long, value_name = "WHEN", default_value = "1d")]
    since: String,
    #[command(flatten)]
    choose: Choose,
    /// How to show it
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For an issue or a page
    Markdown,
    /// One JSON document
    Json,
}

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    report: &'a Found,
}

impl Report {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let clock = config::clock()?;
        let (since, until) = (moment::since(&self.since, clock)?, clock.now());
        let config = config::load(global)?;
        let store = Files::read_only(&global.store)?;
        let incidents: Vec<IncidentId> =
            self.choose.incidents().iter().filter_map(|id| id.parse().ok()).collect();
        let found = config::runtime()?.block_on(async {
            let targets = self.choose.among(&config, &store).await?;
            Ok::<_, Failure>(query::report(&store, &targets, &incidents, since, until).await?)
        })?;
        let bodies = bodies(&config);
        let away: Vec<&TargetId> = found.outages.iter().map(|outage| &outage.target).collect();
        let reported = Reported {
            since,
            until,
            total: (found.total.looked, found.total.read),
            changed: newest(found.changed.iter().rev().map(|one| event_row(one, None)).collect()),
            outages: newest(found.outages.iter().map(|outage| outage_row(outage, &bodies)).collect()),
            unchanged: found
                .targets
                .iter()
                .filter(|one| !one.changed && (one.count.read > 0 || !away.contains(&&one.target)))
                .map(|one| Unchanged {
                    body: &one.body,
                    target: &one.target,
                    count: (one.count.looked, one.count.read),
                    last_read: one.last_read,
                    worded: one.worded,
                })
                .collect(),
            lost: found.unread.len(),
        };
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Text => write!(out, "{}", render::report_text(&reported, &config::style(global)))?,
            Format::Markdown => write!(out, "{}", render::report_markdown(&reported))?,
            Format::Json => {
                let document = Document { schema: "onrecord.report/1", report: &found };
                let json = serde_json::to_string_pretty(&document).map_err(Failure::store)?;
                json.lines().try_for_each(|line| writeln!(out, "{}", escape::json(line)))?;
            }
        }
        Ok(Exit::Done)
    }
}

/// The newest first.
fn newest(mut rows: Vec<TimelineRow<'_>>) -> Vec<TimelineRow<'_>> {
    rows.sort_by_key(|row| std::cmp::Reverse(row.at()));
    rows
}
