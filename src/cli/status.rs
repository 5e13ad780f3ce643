//! `onrecord status`: one screen that says where everything stands.

use std::io::Write as _;

use clap::{Args, ValueEnum};
use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use super::{Exit, Failure, Global, config};
use crate::{
    engine::{self, schedule},
    model::{Phase, Target, TargetState, Why},
    render,
    store::{Files, Store as _},
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

/// Where everything stands.
#[derive(Debug, Serialize)]
struct Whole {
    schema: &'static str,
    now: Timestamp,
    targets: Vec<Row>,
    /// Hosts that are left alone.
    cooling: Vec<Cooling>,
    sinks: Vec<Waiting>,
}

#[derive(Debug, Serialize)]
struct Cooling {
    host: String,
    until: Timestamp,
}

#[derive(Debug, Serialize)]
struct Waiting {
    sink: String,
    events: usize,
}

/// Where one target stands.
#[derive(Debug, Serialize)]
struct Row {
    target: String,
    body: String,
    state: &'static str,
    why: Option<Why>,
    since: Option<Timestamp>,
    last_look: Option<Timestamp>,
    last_good: Option<Timestamp>,
    last_change: Option<Timestamp>,
    next_look: Option<Timestamp>,
    failed: u32,
    looks: u64,
    good: u64,
    landed: Option<String>,
    flapping: bool,
    distrusted: bool,
}

impl Status {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let config = config::load(global)?;
        let now = config::clock()?.now();
        let store = Files::read_only(&global.store)?;
        let zone = TimeZone::system();
        let mut cooling: Vec<Cooling> = Vec::new();
        let mut targets = Vec::new();
        for target in &config.targets {
            let until = store.cooling(target.host());
            if let Some(until) = until.filter(|until| *until > now)
                && cooling.iter().all(|known| known.host != target.host())
            {
                cooling.push(Cooling { host: target.host().to_owned(), until });
            }
            let state = store.state(&target.id);
            let next = (!target.paused).then(|| schedule::next(target, &state, until, now, &zone).max(now));
            targets.push(Row::of(target, state, next));
        }
        let mut sinks = Vec::new();
        for spec in &config.sinks {
            let waiting = store.undelivered(&spec.name)?;
            let events = waiting.iter().filter(|event| event.level >= spec.level).count();
            sinks.push(Waiting { sink: spec.name.clone(), events });
        }
        let whole = Whole { schema: "onrecord.status/1", now, targets, cooling, sinks };
        let mut out = anstream::stdout().lock();
        match self.format {
            Format::Json => {
                let json = serde_json::to_string_pretty(&whole).map_err(Failure::store)?;
                json.lines().try_for_each(|line| writeln!(out, "{}", render::escape::json(line)))?;
            }
            Format::Text => write!(out, "{}", whole.told(&config::style(global)))?,
        }
        Ok(Exit::Done)
    }
}

impl Row {
    fn of(target: &Target, state: TargetState, next_look: Option<Timestamp>) -> Self {
        // The first wording is no change.
        let changed = state.worded.filter(|_| !state.earlier.is_empty());
        Self {
            target: target.id.to_string(),
            body: target.body.clone(),
            state: match state.phase {
                _ if target.paused => "paused",
                Phase::Present if state.landed.is_some() => "moved",
                phase => phase.name(),
            },
            why: state.why,
            since: state.since,
            last_look: state.last_look,
            last_good: state.last_good,
            last_change: changed,
            next_look,
            failed: state.failed,
            looks: state.looks,
            good: state.good,
            landed: state.landed,
            flapping: state.flips >= engine::FLAPPING,
            distrusted: state.distrusted,
        }
    }

    /// What is special about it, in words.
    fn remarks(&self) -> String {
        let mut said = Vec::new();
        if let Some(why) = self.why {
            said.push(format!("{why}, {} failed", render::count(self.failed.into(), "look")));
        }
        if let Some(landed) = &self.landed {
            said.push(format!("at {}", render::escape::terminal(landed)));
        }
        if self.flapping {
            said.push("goes to and fro".to_owned());
        }
        if self.distrusted {
            said.push("its validators lie".to_owned());
        }
        said.join("; ")
    }
}

impl Whole {
    fn told(&self, style: &render::Style) -> String {
        // Writing into a string does not fail.
        use std::fmt::Write as _;

        let style = render::Style { now: Some(self.now), ..style.clone() };
        let at = |moment: Option<Timestamp>| {
            moment.map_or_else(|| "-".to_owned(), |moment| render::short_moment(moment, &style))
        };
        let mut rows =
            vec![["target", "state", "since", "last read", "changed", "next look"].map(str::to_owned)];
        for row in &self.targets {
            rows.push([
                row.target.clone(),
                row.state.to_owned(),
                at(row.since),
                at(row.last_good),
                at(row.last_change),
                if row.state == "paused" { "-".to_owned() } else { at(row.next_look) },
            ]);
        }
        let mut out = render::heading(&render::count(self.targets.len() as u64, "target"), self.now, &style);
        out.push('\n');
        for (n, row) in render::table(&rows).iter().enumerate() {
            let _ = writeln!(out, "  {row}");
            if let Some(remarks) = n.checked_sub(1).and_then(|n| self.targets.get(n)).map(Row::remarks)
                && !remarks.is_empty()
            {
                let _ = writeln!(out, "    {remarks}");
            }
        }
        for host in &self.cooling {
            let host_name = render::escape::terminal(&host.host);
            let _ = writeln!(out, "\n  {host_name} is left alone until {}", at(Some(host.until)));
        }
        for sink in self.sinks.iter().filter(|sink| sink.events > 0) {
            let events = render::count(sink.events as u64, "event");
            let _ = writeln!(out, "\n  {events} waiting for sink {}", sink.sink);
        }
        out
    }
}
