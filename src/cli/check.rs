//! `onrecord check`: one pass now.
//!
//! Not here: how a pass goes (`engine`), how an event is put (`render`).

use std::{io::Write as _, ops::ControlFlow, sync::Arc, time::Duration};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tokio::sync::mpsc;

use super::{
    Exit, Failure, Global, config,
    format::{self, EVENT_FORMATS},
    totals, workflow,
};
use crate::{
    engine::{self, Order, Plan, Progress, Pulse, Tally, Until, WallClock},
    fetch::Http,
    model::{Event, Target},
    render::{self, Format, Totals},
    sinks::Terminal,
    store::Files,
    targets::Config,
};

/// Look once at every target, or at those named, and tell what changed
///
/// Whatever `every` says, each is looked at now; only a pause that a server asked for holds.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord check\n  onrecord check canterbury-news --exit-code\n  onrecord check --format ndjson >> events.ndjson\n  onrecord check --format github --exit-code"
)]
pub(super) struct Check {
    /// Which targets; all without it
    #[arg(id = "named", value_name = "TARGET")]
    targets: Vec<String>,
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format::one_of(EVENT_FORMATS))]
    format: Format,
    /// Exit with 1 when an alert was raised, with 4 when none was but a target could not be read
    #[arg(long)]
    exit_code: bool,
}

impl Check {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        let config = config::load(global)?;
        let chosen = self.choose(&config)?;
        let clock = config::clock()?;
        let http = Arc::new(config::http(config.contact.as_deref(), clock)?);
        let store = engine::open(&global.store, &http)?;
        let plan = Plan { targets: chosen, ..config::plan(&config, global) };

        let terminal = Terminal::new(self.format, config::style(global), config.incidents.clone());
        let runtime = config::runtime()?;
        runtime.block_on(config::tell_earlier_names(&store, &config))?;
        let looking = Looking { terminal: &terminal, clock, quiet: global.quiet };
        let all = plan.targets.len();
        let ran = runtime.block_on(looking.run(plan, Arc::clone(&http), store.clone()));
        let Ran { pulse, events, stopped } = ran?;
        engine::close(&store, &http)?;
        let totals = totals::count(&events, pulse.looks);
        terminal.finish()?;
        if self.format == Format::Github {
            workflow::tell(&events, &config.incidents, &totals, &pulse);
        }
        config::tell_clock(pulse.went_back, &config::style(global));
        config::tell_judge(pulse.judge.as_deref());
        config::tell_sinks(&pulse.troubles);
        config::tell_refused(&pulse.refused);
        if self.format == Format::Text && !global.quiet {
            let mut out = anstream::stdout().lock();
            writeln!(out, "{}\n{}", render::quiet(&totals), render::summary(&totals).trim_end())?;
        }
        if stopped {
            let looked = looked(pulse.looks);
            config::say(&format!(
                "stopped: {looked} of {} were looked at, and that is on record",
                render::count(all as u64, "target")
            ));
        }
        damaged(&pulse)?;
        Ok(self.exit(totals, pulse.looks))
    }

    fn choose(&self, config: &Config) -> Result<Vec<Arc<Target>>, Failure> {
        if self.targets.is_empty() {
            return Ok(config
                .targets
                .iter()
                .filter(|target| !target.paused)
                .cloned()
                .map(Arc::new)
                .collect());
        }
        let find = |name: &String| {
            let found = config.targets.iter().find(|target| target.id.as_str() == name);
            found.cloned().map(Arc::new).ok_or_else(|| {
                let known: Vec<_> = config.targets.iter().map(|target| target.id.as_str()).collect();
                let name = render::escape::terminal(name);
                Failure::usage(format!("no target is called `{name}`; there are: {}", known.join(", ")))
            })
        };
        self.targets.iter().map(find).collect()
    }

    fn exit(&self, totals: Totals, tally: Tally) -> Exit {
        if !self.exit_code {
            Exit::Done
        } else if totals.alerts > 0 {
            Exit::Alert
        } else if tally.without > 0 {
            Exit::Unread
        } else {
            Exit::Done
        }
    }
}

/// How long a pass may take before a terminal shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

/// What a pass came to.
struct Ran {
    pulse: Pulse,
    events: Vec<Event>,
    /// Somebody stopped it before its end.
    stopped: bool,
}

/// How a pass is shown while it goes on.
struct Looking<'a> {
    terminal: &'a Terminal,
    clock: WallClock,
    quiet: bool,
}

impl Looking<'_> {
    /// The pass, with its progress on a terminal's standard error, and what happened: told when all looks are made, and
    /// before slow sinks are.
    async fn run(&self, plan: Plan, http: Arc<Http>, store: Files) -> Result<Ran, Failure> {
        let (clock, quiet) = (self.clock, self.quiet);
        let mut told = false;
        let bar =
            ProgressBar::with_draw_target(Some(plan.targets.len() as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{pos} of {len} looked at, {elapsed}  {msg}") {
            bar.set_style(style);
        }
        let shown = bar.clone();
        let waking = tokio::spawn(async move {
            tokio::time::sleep(PATIENCE).await;
            if !quiet {
                // Nothing is drawn where standard error is no terminal.
                shown.set_draw_target(ProgressDrawTarget::stderr());
                shown.enable_steady_tick(Duration::from_millis(200));
            }
        });
        let mut events = Vec::new();
        let seen = |seen: Progress<'_>| {
            match seen {
                Progress::Look(target, _) => {
                    bar.set_message(target.id.to_string());
                    bar.inc(1);
                }
                Progress::Events(more) => events.extend_from_slice(more),
                Progress::Pulse(pulse) if !pulse.looking && !told => {
                    told = true;
                    bar.finish_and_clear();
                    // Whoever reads the output has read enough: the pass goes on to its end all the same.
                    let _ = self.terminal.tell(&events, clock.now());
                }
                Progress::Pulse(_) => {}
            }
            ControlFlow::Continue(())
        };
        let (orders, ordered) = mpsc::channel(1);
        let stopping = tokio::spawn(async move {
            // Without a console there is no Ctrl-C, and the pass goes on to its end.
            tokio::signal::ctrl_c().await.is_ok() && orders.send(Order::Stop).await.is_ok()
        });
        let ran = engine::run(plan, Until::EachOnce, http, store, clock, ordered, seen).await;
        waking.abort();
        bar.finish_and_clear();
        let stopped = stopping.is_finished() && stopping.await.unwrap_or(false);
        if !told {
            // It was stopped before its last look.
            let _ = self.terminal.tell(&events, clock.now());
        }
        Ok(Ran { pulse: ran.map_err(Failure::store)?, events, stopped })
    }
}

/// How many targets were asked.
fn looked(looks: Tally) -> usize {
    looks.unchanged + looks.read + looks.without
}

/// A run in which what was kept of a target was found damaged ends so, when all else is done.
pub(super) fn damaged(pulse: &Pulse) -> Result<(), Failure> {
    if pulse.damaged_events > 0 {
        let events = render::count(pulse.damaged_events, "event");
        return Err(Failure::store(format!(
            "{events} that waited for a sink is not what was kept, and was not told; `onrecord verify` names the files"
        )));
    }
    if pulse.looks.damaged == 0 {
        return Ok(());
    }
    let targets = render::count(pulse.looks.damaged as u64, "target");
    Err(Failure::store(format!(
        "what was kept of {targets} is damaged; the others were looked at. `onrecord verify` names the files"
    )))
}
