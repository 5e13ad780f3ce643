//! `onrecord log`: every look, the failed ones too, and what it led to.

use std::io::Write;

use clap::Args;

use super::{Exit, Failure, Global, config, moment};
use crate::{
    model::{Level, Looked, Observation, TargetId},
    query::{self, LookFilter, Run},
    render::{self, escape},
    store::Files,
};

/// Show every look at a target, the failed ones too
///
/// Looks in a row that came to the same are one line.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord log\n  onrecord log canterbury-news --since 2024-01-18\n  onrecord log --since 2d --each"
)]
pub(super) struct Log {
    /// Which targets; all without it
    #[arg(id = "named", value_name = "TARGET")]
    targets: Vec<TargetId>,
    /// Only looks from then on: a moment, a date, or so long ago (`6h`, `2d`)
    #[arg(long, value_name = "WHEN")]
    since: Option<String>,
    /// One line a look
    #[arg(long)]
    each: bool,
}

impl Log {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let since = self.since.as_deref().map(|text| moment::since(text, config::clock()?)).transpose()?;
        let store = Files::read_only(&global.store)?;
        let found = config::runtime()?.block_on(async {
            let mut targets = Vec::new();
            for name in &self.targets {
                let known = query::name_now(&store, name).await?;
                targets.push(known.ok_or_else(|| {
                    Failure::usage(format!("`{name}` was never looked at; `onrecord log` shows what was"))
                })?);
            }
            let filter = LookFilter { targets, since, each: self.each, ..LookFilter::default() };
            Ok::<_, Failure>(query::looks(&store, &filter).await?)
        })?;
        let mut out = anstream::stdout().lock();
        for run in &found.runs {
            writeln!(out, "{}", line(run))?;
        }
        let times = |n: u64| render::count(n, "time");
        let (looked, read, in_vain) = (found.total.looked, found.total.read, found.total.in_vain());
        writeln!(out, "Looked {}, read {}, {} in vain.", times(looked), times(read), times(in_vain))?;
        Ok(Exit::Done)
    }
}

fn line(run: &Run) -> String {
    use std::fmt::Write as _;

    let look = &run.first;
    // An item's key is the publisher's.
    let subject = escape::terminal(&look.subject().to_string());
    // Writing into a string does not fail.
    let mut line = format!("{:.0}  {subject:<28}  {}", look.started, kind(look));
    if let Some(why) = look.why.filter(|_| look.looked != Looked::Cooling) {
        let _ = write!(line, " ({why})");
        if let Some(evidence) = &run.evidence {
            let _ = write!(line, ": {}", escape::terminal(evidence));
        }
    }
    if run.went_back {
        line.push_str(", the clock went back");
    }
    if run.count > 1 {
        let _ = write!(line, ", {} looks until {:.0}", run.count, run.last);
    }
    for event in look.events.iter().filter(|event| event.level > Level::Silent) {
        let _ = write!(line, "; onrecord show {}", event.id.short());
    }
    line
}

/// What a look came to, in words.
fn kind(look: &Observation) -> &'static str {
    match look.looked {
        Looked::Read => "read, the wording is new",
        Looked::Same | Looked::NotModified => "the wording stands",
        Looked::Unreadable => "not readable",
        Looked::Absent => "not there",
        Looked::Cooling => "not asked, its server wants a pause",
    }
}
