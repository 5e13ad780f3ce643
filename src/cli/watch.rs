//! `onrecord watch`: the daemon.
//!
//! Not here: the loop (`engine::run`), when a target is due (`engine::schedule`).

mod metrics;
mod orders;

use std::{
    collections::BTreeMap, io::Write as _, net::SocketAddr, ops::ControlFlow, sync::Arc, time::Duration,
};

use clap::Args;
use sd_notify::NotifyState;
use tokio::sync::{mpsc, watch};

use super::{
    Exit, Failure, Global,
    check::damaged,
    config,
    format::{self, EVENT_FORMATS},
};
use crate::{
    engine::{self, Plan, Progress, Pulse, Until, WallClock},
    fetch::Http,
    render::{self, Format},
    sinks::{Closed, Terminal},
    store::Files,
    targets::Config,
};

/// Look at every target whenever it is due, until stopped
///
/// What happens is printed, and given to the sinks of targets.json. SIGTERM or Ctrl-C ends it within seconds; SIGHUP, or
/// a change of the file, reads targets.json again. What was due while it was stopped is looked at once.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  onrecord watch\n  onrecord watch --metrics 127.0.0.1:9464\n  onrecord watch --once            (from cron)\n  onrecord watch --unit > /etc/systemd/system/onrecord.service"
)]
pub(super) struct Watch {
    /// Look at what is due now, and end
    #[arg(long)]
    once: bool,
    /// How to tell it
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format::one_of(EVENT_FORMATS))]
    format: Format,
    /// Serve metrics for Prometheus at this address
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// Print a unit for systemd, and do nothing else
    #[arg(long, exclusive = true)]
    unit: bool,
}

/// How long a stop waits for whoever reads the output.
const LAST_WORDS: Duration = Duration::from_secs(3);

impl Watch {
    pub(super) fn run(&self, global: &Global) -> Result<Exit, Failure> {
        if self.unit {
            anstream::stdout().lock().write_all(include_bytes!("watch/onrecord.service"))?;
            return Ok(Exit::Done);
        }
        let clock = config::clock()?;
        if clock != WallClock::System && !self.once {
            return Err(Failure::usage(
                "ONRECORD_NOW stands still, and a watch needs a clock that goes: use --once",
            ));
        }
        let config = config::load(global)?;
        let http = Arc::new(config::http(config.contact.as_deref(), clock)?);
        let store = engine::open(&global.store, &http)?;
        let terminal = Terminal::new(self.format, config::style(global), config.incidents.clone());
        let runtime = config::runtime()?;
        runtime.block_on(config::tell_earlier_names(&store, &config))?;
        let pulse = if self.once {
            let plan = config::plan(&config, global);
            runtime.block_on(once(plan, &terminal, Arc::clone(&http), store.clone(), clock))?
        } else {
            let watching = Watching { config: &config, terminal: &terminal, clock, global };
            let done = runtime.block_on(watching.run(self.metrics, Arc::clone(&http), store.clone()));
            // A look that is still in hand after its time is given up.
            runtime.shutdown_timeout(Duration::from_secs(1));
            done?
        };
        engine::close(&store, &http)?;
        if self.once {
            terminal.finish()?;
            config::tell_clock(pulse.went_back, &config::style(global));
            config::tell_judge(pulse.judge.as_deref());
            config::tell_sinks(&pulse.troubles);
            config::tell_refused(&pulse.refused);
        } else {
            // A reader that stands still holds up no stop.
            terminal.finish_within(LAST_WORDS)?;
        }
        damaged(&pulse)?;
        Ok(Exit::Done)
    }
}

/// One turn of what is due now.
async fn once(
    plan: Plan,
    terminal: &Terminal,
    http: Arc<Http>,
    store: Files,
    clock: WallClock,
) -> Result<Pulse, Failure> {
    let mut events = Vec::new();
    let mut told = false;
    let seen = |seen: Progress<'_>| {
        match seen {
            Progress::Events(more) => events.extend_from_slice(more),
            Progress::Pulse(pulse) if !pulse.looking && !std::mem::replace(&mut told, true) => {
                // Whoever reads the output has read enough: what is due is looked at all the same.
                let _ = terminal.tell(&events, clock.now());
            }
            Progress::Pulse(_) | Progress::Look(..) => {}
        }
        ControlFlow::Continue(())
    };
    // Nobody gives this run orders.
    let (_orders, none) = mpsc::channel(1);
    engine::run(plan, Until::DueOnce, http, store, clock, none, seen).await.map_err(Failure::store)
}

/// A watch that goes on.
struct Watching<'a> {
    config: &'a Config,
    terminal: &'a Terminal,
    clock: WallClock,
    global: &'a Global,
}

impl Watching<'_> {
    async fn run(
        &self,
        metrics: Option<SocketAddr>,
        http: Arc<Http>,
        store: Files,
    ) -> Result<Pulse, Failure> {
        let (text, shown) = watch::channel(metrics::text(&Pulse::default()));
        if let Some(address) = metrics {
            let bound = metrics::serve(address, shown)
                .await
                .map_err(|error| Failure::usage(format!("metrics cannot be served at {address}: {error}")))?;
            if !self.global.quiet {
                config::say(&format!("metrics at http://{bound}/metrics"));
            }
        }
        let (sender, receiver) = mpsc::channel(4);
        let (titles, mut reloaded) = watch::channel(self.config.incidents.clone());
        let plan = config::plan(self.config, self.global);
        let count = plan.targets.len() as u64;
        let contact = self.config.contact.clone();
        let reloading = orders::Reloading { global: self.global.clone(), clock: self.clock, contact, titles };
        let listening = tokio::spawn(orders::pass_on(reloading, sender));
        let (mut troubles, mut refused) = (BTreeMap::new(), BTreeMap::new());
        let (mut judge, mut went_back) = (None, None);
        let mut begun = false;
        let seen = |seen: Progress<'_>| match seen {
            Progress::Look(..) => ControlFlow::Continue(()),
            Progress::Events(events) => {
                if reloaded.has_changed().unwrap_or(false) {
                    self.terminal.set_incidents(reloaded.borrow_and_update().clone());
                }
                match self.terminal.tell(events, self.clock.now()) {
                    Ok(()) => ControlFlow::Continue(()),
                    // Whoever reads the output has read enough: `onrecord watch | head`.
                    Err(Closed) => ControlFlow::Break(()),
                }
            }
            Progress::Pulse(pulse) => {
                // Nobody may be listening.
                text.send_replace(metrics::text(pulse));
                if pulse.troubles != troubles {
                    config::tell_sinks(&pulse.troubles);
                    troubles.clone_from(&pulse.troubles);
                }
                if pulse.refused != refused {
                    config::tell_refused(&pulse.refused);
                    refused.clone_from(&pulse.refused);
                }
                if pulse.went_back > went_back {
                    config::tell_clock(pulse.went_back, &config::style(self.global));
                    went_back = pulse.went_back;
                }
                if pulse.judge != judge {
                    config::tell_judge(pulse.judge.as_deref());
                    judge.clone_from(&pulse.judge);
                }
                if !std::mem::replace(&mut begun, true) {
                    notify(&[NotifyState::Ready]);
                    if !self.global.quiet {
                        config::say(&format!("watching {}", render::count(count, "target")));
                    }
                }
                notify(&[NotifyState::Watchdog, NotifyState::Status(&status(pulse))]);
                ControlFlow::Continue(())
            }
        };
        let ended = engine::run(plan, Until::Stopped, http, store, self.clock, receiver, seen).await;
        listening.abort();
        notify(&[NotifyState::Stopping]);
        ended.map_err(Failure::store)
    }
}

/// Tells systemd, where it is the one that started this.
fn notify(states: &[NotifyState<'_>]) {
    // Outside of systemd there is nobody to tell.
    let _ = sd_notify::notify(states);
}

fn status(pulse: &Pulse) -> String {
    let phases: Vec<String> = pulse.phases.iter().map(|(phase, n)| format!("{n} {phase}")).collect();
    let (alerts, notes) = (render::count(pulse.alerts, "alert"), render::count(pulse.notes, "note"));
    format!("{}; {alerts}, {notes} since the start", phases.join(", "))
}
