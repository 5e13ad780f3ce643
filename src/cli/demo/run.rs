//! `onrecord demo`: the five days, looked at by the real pass, told as they would have been told then.
//!
//! Not here: what the pages say (`scenario`), and how they are served (`server`).

use std::{
    cmp::Reverse,
    io::Write as _,
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use jiff::tz::TimeZone;
use tokio::sync::mpsc;

use super::{Scenario, Server, Step, fetcher::Proxied, folder};
use crate::{
    cli::{Exit, Failure, Global, config, totals},
    engine::{self, Plan, Progress, Until, WallClock},
    fetch::{Http, HttpOptions, Proxies},
    model::{Event, Label, Level, Target},
    render::{self, Style},
    store::Files,
    targets,
};

/// Watch five days of an incident replayed, without a network
///
/// A server inside the program replays what three councils, a supplier and a regulator said. It is looked at,
/// read, compared, judged and kept as any page is, and what it leaves can be looked at with every other verb.
/// Bodies, addresses and wording are invented.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord demo\n  cd onrecord-demo && onrecord log\n  onrecord demo five-days"
)]
pub(in crate::cli) struct Demo {
    /// Where its record goes; what an earlier demo left there is replaced
    #[arg(value_name = "DIR", default_value = "onrecord-demo")]
    dir: PathBuf,
}

impl Demo {
    pub(in crate::cli) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let scenario = Scenario::kent();
        let file = scenario.targets_json();
        let targets = watched(&file)?;
        let again = folder::prepare(&self.dir, &file)?;
        let store = Files::open(&self.dir.join("snapshots"))?;
        // The scenario has one clock, and the same output everywhere.
        let style = Style { zone: TimeZone::UTC, ..config::style(global) };

        let mut out = anstream::stdout().lock();
        write!(out, "{}", render::paragraph(Scenario::NOTICE, &style))?;
        if again {
            let words = format!(
                "What an earlier demo left in {} is cleared: this one starts afresh.",
                self.dir.display()
            );
            write!(out, "{}", render::paragraph(&words, &style))?;
        }
        drop(out);
        let told = config::runtime()?.block_on(play(scenario, &targets, &store, &style))?;
        close(&told, &targets, &self.dir)?;
        Ok(Exit::Done)
    }
}

fn watched(file: &str) -> Result<Vec<Arc<Target>>, Failure> {
    let bug = |told| Failure { exit: Exit::Bug, told };
    let loaded = targets::load("targets.json", file).map_err(|faults| bug(faults.render(false, 100)))?;
    Ok(loaded.config.targets.into_iter().map(Arc::new).collect())
}

/// Looks at every step and tells it; every event of the five days, in the order told.
async fn play(
    scenario: Scenario,
    targets: &[Arc<Target>],
    store: &Files,
    style: &Style,
) -> Result<Vec<Event>, Failure> {
    let steps = scenario.steps().to_vec();
    let (server, address) = Server::start(scenario)
        .await
        .map_err(|error| Failure::usage(format!("no port of 127.0.0.1 could be opened: {error}")))?;
    let proxy =
        |name: &str| matches!(name, "http_proxy" | "https_proxy").then(|| format!("http://{address}"));
    let proxies = Proxies::from_vars(proxy).map_err(Failure::usage)?;
    let options = HttpOptions { contact: None, now: server.clock(), proxies };
    let line = Arc::new(Proxied(Http::new(options).map_err(Failure::usage)?));
    let mut told = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        server.go_to(number);
        let clock = WallClock::Given(step.at);
        let plan = Plan { targets: targets.to_vec(), ..Plan::default() };
        let mut events: Vec<Event> = Vec::new();
        let seen = |seen: Progress<'_>| {
            if let Progress::Events(more) = seen {
                events.extend_from_slice(more);
            }
            ControlFlow::Continue(())
        };
        // Nobody gives this run orders.
        let (_orders, none) = mpsc::channel(1);
        let pulse = engine::run(plan, Until::EachOnce, Arc::clone(&line), store.clone(), clock, none, seen)
            .await
            .map_err(Failure::store)?;
        // Hosts answer in any order; a reader wants the same one each time.
        let nth = |event: &Event| targets.iter().position(|target| target.id == event.target);
        events.sort_by_key(|event| (Reverse(event.level), nth(event)));
        tell(step, &events, pulse.looks, style)?;
        told.extend(events);
    }
    Ok(told)
}

fn tell(step: &Step, events: &[Event], tally: engine::Tally, style: &Style) -> Result<(), Failure> {
    let style = Style { now: Some(step.at), ..style.clone() };
    let mut out = anstream::stdout().lock();
    writeln!(out, "\n{}", render::heading(step.title, step.at, &style))?;
    for event in events.iter().filter(|event| event.level > Level::Silent) {
        writeln!(out, "{}", render::terminal(event, &style))?;
    }
    write!(out, "{}", render::quiet(&totals::count(events, tally)))?;
    Ok(out.flush()?)
}

/// What it came to, and where to look next.
fn close(told: &[Event], targets: &[Arc<Target>], dir: &Path) -> Result<(), Failure> {
    let count =
        |level, word| render::count(told.iter().filter(|event| event.level == level).count() as u64, word);
    let (alerts, notes) = (count(Level::Alert, "alert"), count(Level::Note, "note"));
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "\nFive days, {} pages: {alerts}, {notes}. The record is in {}.",
        targets.len(),
        folder::shown(dir)
    )?;
    writeln!(out, "To look into it:\n\n  cd {}", folder::shown(dir))?;
    let hedged =
        |event: &&Event| event.changes.iter().any(|change| change.labels.contains(&Label::DenialHedged));
    if let Some(event) =
        told.iter().find(hedged).or_else(|| told.iter().find(|event| event.level == Level::Alert))
    {
        writeln!(out, "  onrecord show {}                  this event again, whole", event.id.short())?;
        writeln!(out, "  onrecord log {:<22} every look at that page, the failed ones too", event.target)?;
        writeln!(out, "  cat snapshots/targets/{}/latest.txt", event.target)?;
    }
    writeln!(out, "  onrecord verify                       that nothing in it was altered since")?;
    Ok(())
}
