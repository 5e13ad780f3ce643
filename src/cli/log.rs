//! `onrecord log`: every look, the failed ones too, and what it led to.

use std::{collections::BTreeMap, io::Write};

use clap::Args;
use jiff::{SignedDuration, Timestamp, civil, tz::TimeZone};

use super::{Exit, Failure, Global, config};
use crate::{
    engine::WallClock,
    model::{Entry, Level, Looked, Observation, TargetId},
    render,
    store::{Files, Store as _},
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
        let since = self.since.as_deref().map(|text| moment(text, config::clock()?)).transpose()?;
        let store = Files::read_only(&global.store)?;
        let known = store.targets();
        if let Some(unknown) = self.targets.iter().find(|target| !known.contains(target)) {
            return Err(Failure::usage(format!(
                "`{unknown}` was never looked at; `onrecord log` shows what was"
            )));
        }
        // The history under earlier names is theirs too.
        let named: Vec<TargetId> = self.targets.iter().flat_map(|target| store.names(target)).collect();
        let mut out = anstream::stdout().lock();
        let mut runs: BTreeMap<TargetId, Run> = BTreeMap::new();
        let mut ended: Vec<Run> = Vec::new();
        let (mut looks, mut read) = (0_u64, 0_u64);
        for line in store.lines()? {
            let Entry::Look(look) = line?.entry else { continue };
            let wanted = named.is_empty() || named.contains(&look.target);
            if !wanted || since.is_some_and(|since| look.started < since) {
                continue;
            }
            if look.looked != Looked::Cooling {
                looks += 1;
                read += u64::from(look.why.is_none());
            }
            if let Some(run) = runs.get_mut(&look.target).filter(|run| !self.each && run.goes_on(&look)) {
                run.add(&look);
            } else {
                ended.extend(runs.insert(look.target.clone(), Run::new(look)));
            }
        }
        ended.extend(runs.into_values());
        ended.sort_by_key(|run| run.first.started);
        for run in ended {
            writeln!(out, "{}", run.told())?;
        }
        let times = |n: u64| render::count(n, "time");
        writeln!(out, "Looked {}, read {}, {} in vain.", times(looks), times(read), times(looks - read))?;
        Ok(Exit::Done)
    }
}

/// Looks in a row that came to the same.
struct Run {
    first: Observation,
    last: Timestamp,
    count: u64,
}

impl Run {
    fn new(look: Observation) -> Self {
        Self { last: look.started, first: look, count: 1 }
    }

    fn goes_on(&self, look: &Observation) -> bool {
        let silent = look.event.is_none() && look.looked != Looked::Read;
        silent && kind(&self.first) == kind(look) && self.first.why == look.why
    }

    fn add(&mut self, look: &Observation) {
        self.last = look.started;
        self.count += 1;
    }

    fn told(&self) -> String {
        use std::fmt::Write as _;

        let look = &self.first;
        // Writing into a string does not fail.
        let mut line = format!("{:.0}  {:<28}  {}", look.started, look.target, kind(look));
        if let Some(why) = look.why.filter(|_| look.looked != Looked::Cooling) {
            let evidence = render::escape::terminal(look.evidence.as_deref().unwrap_or_default());
            let _ = write!(line, " ({why}): {evidence}");
        }
        if self.count > 1 {
            let _ = write!(line, ", {} looks until {:.0}", self.count, self.last);
        }
        if let Some(event) = look.event.as_ref().filter(|_| look.event_level > Some(Level::Silent)) {
            let _ = write!(line, "; onrecord show {}", event.short());
        }
        line
    }
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

/// A moment in RFC 3339, the start of a date here, or a length of time before now.
fn moment(text: &str, clock: WallClock) -> Result<Timestamp, Failure> {
    let wrong = || {
        let shown = render::escape::terminal(text);
        Failure::usage(format!("`{shown}` is no moment; write 2024-01-18, 2024-01-18T09:00:00Z, 6h or 2d"))
    };
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment);
    }
    if let Ok(date) = text.parse::<civil::Date>() {
        return date
            .to_zoned_datetime(TimeZone::system())
            .map(|start| start.timestamp())
            .map_err(|_| wrong());
    }
    let ago = text
        .strip_suffix('d')
        .and_then(|days| days.parse::<i64>().ok())
        .map(|days| SignedDuration::from_hours(days.saturating_mul(24)))
        .or_else(|| text.parse().ok())
        .ok_or_else(wrong)?;
    clock.now().checked_sub(ago).map_err(|_| wrong())
}
