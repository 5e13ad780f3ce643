//! `onrecord status`: one screen that says where everything stands.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Exit, Failure, Global, config};
use crate::{
    engine::schedule,
    model::{Target, TargetState},
    query::{self, Row, Standing},
    render,
    store::Files,
    targets::Config,
};

/// Show where every target stands: since when, the last good look, the last change, the next look
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  onrecord status\n  onrecord status --format json")]
pub(super) struct Status {
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
struct Told<'a> {
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
        let asked = query::standing(&store, &config.targets, &config.sinks, now, next);
        let runtime = config::runtime()?;
        runtime.block_on(config::tell_earlier_names(&store, &config))?;
        let standing = runtime.block_on(asked)?;
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Json => {
                let told = Told { schema: "onrecord.status/1", standing: &standing };
                let json = serde_json::to_string_pretty(&told).map_err(Failure::store)?;
                json.lines().try_for_each(|line| writeln!(out, "{}", render::escape::json(line)))?;
            }
            Format::Text => write!(out, "{}", told(&standing, &config, &config::style(global)))?,
        }
        Ok(Exit::Done)
    }
}

fn told(standing: &Standing, config: &Config, style: &render::Style) -> String {
    // Writing into a string does not fail.
    use std::fmt::Write as _;

    let style = render::Style { now: Some(standing.now), ..style.clone() };
    let at = |moment: Option<Timestamp>| {
        moment.map_or_else(|| "-".to_owned(), |moment| render::short_moment(moment, &style))
    };
    let mut rows = vec![["target", "state", "since", "last read", "changed", "next look"].map(str::to_owned)];
    for row in &standing.targets {
        rows.push([
            row.target.to_string(),
            row.state.name().to_owned(),
            at(row.since),
            at(row.last_good),
            at(row.last_change),
            at(row.next_look),
        ]);
    }
    let mut out =
        render::heading(&render::count(standing.targets.len() as u64, "target"), standing.now, &style);
    out.push('\n');
    for (n, row) in render::table(&rows).iter().enumerate() {
        let _ = writeln!(out, "  {row}");
        if let Some(remarks) =
            n.checked_sub(1).and_then(|n| standing.targets.get(n)).map(|row| remarks(row, config))
            && !remarks.is_empty()
        {
            let _ = writeln!(out, "    {remarks}");
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

/// What is special about a target, in words.
fn remarks(row: &Row, config: &Config) -> String {
    let mut said = Vec::new();
    if let Some(why) = row.why {
        said.push(format!("{why}, {} failed", render::count(row.failed.into(), "look")));
    }
    let target = config.targets.iter().find(|target| target.id == row.target);
    if let Some(pause) = target.and_then(|target| schedule::slowed(target, row.failed)) {
        let minutes = render::count(pause.as_secs() / 60, "minute");
        said.push(format!("while it fails it is looked at every {minutes} at most"));
    }
    if let Some(landed) = &row.landed {
        said.push(format!("at {}", render::escape::terminal(landed)));
    }
    if row.flapping {
        said.push("goes to and fro".to_owned());
    }
    if row.distrusted {
        said.push("its validators lie".to_owned());
    }
    said.join("; ")
}
