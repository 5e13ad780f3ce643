//! `onrecord status`: one screen that says where everything stands.

use std::{collections::BTreeMap, io::Write as _};

use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use unicode_width::UnicodeWidthStr as _;

use super::{Exit, Failure, Global, choose::Choose, config};
use crate::{
    engine::schedule,
    model::{Target, TargetId, TargetState},
    query::{self, Row, Standing},
    render,
    store::Files,
    targets::Config,
};

/// Show where every target stands: since when, the last good look, the last change, the next look
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord status\n  onrecord status --format json\n  onrecord status --incident kent-2024 --state unreadable --state gone"
)]
pub(super) struct Status {
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
    /// One JSON document
    Json,
}

/// What `--format json` prints.
#[derive(Debug, Serialize)]
struct Document<'a> {
    schema: &'static str,
    #[serde(flatten)]
    standing: &'a Standing,
}

impl Status {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let config = config::load(global)?;
        let now = config::clock()?.now();
        let store = Files::read_only(&global.store)?;
        let zone = TimeZone::system();
        let next = |target: &Target, state: &TargetState, cooling: Option<Timestamp>| {
            schedule::next(target, state, cooling, now, &zone).max(now)
        };
        let runtime = config::runtime()?;
        runtime.block_on(config::tell_earlier_names(&store, &config))?;
        let chosen = runtime.block_on(self.choose.among(&config, &store))?;
        let asked = query::standing(&store, &chosen, &config.sinks, now, next);
        let standing = runtime.block_on(asked)?;
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Json => {
                let document = Document { schema: "onrecord.status/1", standing: &standing };
                let json = serde_json::to_string_pretty(&document).map_err(Failure::store)?;
                json.lines().try_for_each(|line| writeln!(out, "{}", render::escape::json(line)))?;
            }
            Format::Text => write!(out, "{}", text(&standing, &config, &config::style(global)))?,
        }
        Ok(Exit::Done)
    }
}

fn text(standing: &Standing, config: &Config, style: &render::Style) -> String {
    // Writing into a string does not fail.
    use std::fmt::Write as _;

    let style = render::Style { now: Some(standing.now), ..style.clone() };
    let at = |moment: Option<Timestamp>| {
        moment.map_or_else(|| "-".to_owned(), |moment| render::short_moment(moment, &style))
    };
    let mut rows = vec![["target", "state", "last read", "changed", "next look"].map(str::to_owned)];
    for row in &standing.targets {
        let name = row.target.to_string();
        rows.push([
            if name.width() > COLUMN { String::new() } else { name },
            row.state.name().to_owned(),
            at(row.last_good),
            at(row.last_change),
            at(row.next_look),
        ]);
    }
    let targets: BTreeMap<_, _> = config.targets.iter().map(|target| (&target.id, target)).collect();
    let (shown, all) = (standing.targets.len(), config.targets.len());
    let count = render::count(all as u64, "target");
    let count = if shown < all { format!("{shown} of {count}") } else { count };
    let mut out = render::heading(&count, standing.now, &style);
    out.push('\n');
    for (n, line) in render::table(&rows).iter().enumerate() {
        let row = n.checked_sub(1).and_then(|n| standing.targets.get(n));
        if let Some(row) = row.filter(|row| row.target.as_str().width() > COLUMN) {
            let _ = writeln!(out, "  {}", row.target);
        }
        let _ = writeln!(out, "  {line}");
        let remarks = row.map(|row| remarks(row, &targets, row.since.map(|since| at(Some(since)))));
        for line in remarks.iter().flat_map(|remarks| render::lines(remarks, style.width.saturating_sub(4))) {
            let _ = writeln!(out, "    {line}");
        }
    }
    for host in &standing.cooling {
        let host_name = render::escape::terminal(&host.host);
        let _ = writeln!(out, "\n  {host_name} is left alone until {}", at(Some(host.until)));
    }
    for sink in standing.sinks.iter().filter(|sink| sink.events > 0) {
        let events = render::count(sink.events as u64, "event");
        let _ = writeln!(out, "\n  {events} waiting for sink {}", sink.sink);
    }
    out
}

/// So wide a name stands in a column; a wider one has a line of its own.
const COLUMN: usize = 24;

/// What is special about a target, in words.
fn remarks(row: &Row, targets: &BTreeMap<&TargetId, &Target>, since: Option<String>) -> String {
    let mut said = Vec::new();
    if let Some(why) = row.why {
        let since = since.map_or_else(String::new, |since| format!(" since {since}"));
        said.push(format!("{why}{since}, {} failed", render::count(row.failed.into(), "look")));
    }
    if let Some(pause) = targets.get(&row.target).and_then(|target| schedule::slowed(target, row.failed)) {
        let minutes = render::count(pause.as_secs() / 60, "minute");
        said.push(format!("while it fails it is looked at every {minutes} at most"));
    }
    if let Some(landed) = &row.landed {
        said.push(format!("at {landed}"));
    }
    if row.flapping {
        said.push("goes to and fro".to_owned());
    }
    if row.distrusted {
        said.push("its validators lie".to_owned());
    }
    said.join("; ")
}
