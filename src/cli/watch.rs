//! `onrecord watch`: the daemon.
//!
//! Not here: the loop (`engine::watch`), when a target is due (`engine::schedule`).

mod metrics;
mod orders;

use std::{collections::BTreeMap, io::Write as _, net::SocketAddr, sync::Arc, time::Duration};

use clap::Args;
use jiff::tz::TimeZone;
use sd_notify::NotifyState;
use tokio::sync::{mpsc, watch};

use super::{
    Exit, Failure, Global, config, format,
    told::{FORMATS, Telling},
};
use crate::{
    engine::{self, Pulse, WallClock, schedule},
    fetch::Http,
    render::{self, Format},
    store::{Files, Store as _, StoreError},
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
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = format::one_of(FORMATS))]
    format: Format,
    /// Serve metrics for Prometheus at this address
    #[arg(long, value_name = "ADDRESS")]
    metrics: Option<SocketAddr>,
    /// Print a unit for systemd, and do nothing else
    #[arg(long, exclusive = true)]
    unit: bool,
}

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
        let http = config::http(config.contact.as_deref(), clock)?;
        let store = Files::open(&global.store)?;
        let runtime = config::runtime()?;
        if self.once {
            runtime.block_on(self.once(&config, http, store, clock, global))
        } else {
            let done = runtime.block_on(self.go_on(&config, http, store, clock, global));
            // A look that is still in hand after its time is given up.
            runtime.shutdown_timeout(Duration::from_secs(1));
            done
        }
    }

    async fn once(
        &self,
        config: &Config,
        http: Http,
        mut store: Files,
        clock: WallClock,
        global: &Global,
    ) -> Result<Exit, Failure> {
        config::take_up(config, &mut store, clock)?;
        let (now, zone) = (clock.now(), TimeZone::system());
        let mut targets = orders::plan(config, global).targets;
        targets.retain(|target| {
            let (state, cooling) = (store.state(&target.id), store.cooling(target.host()));
            schedule::next(target, &state, cooling, now, &zone) <= now
        });
        let telling = Telling { format: self.format, incidents: &config.incidents, clock, global };
        telling.untold(&mut store)?;
        let judging = config::judging(config);
        engine::pass(&targets, Arc::new(http), &mut store, &judging, clock, |_| ())
            .await
            .map_err(Failure::store)?;
        config::tell_judge(judging.trouble().as_deref());
        telling.untold(&mut store)?;
        config::deliver(&config::sinks(config, global), &mut store, clock).await?;
        Ok(Exit::Done)
    }

    async fn go_on(
        &self,
        config: &Config,
        http: Http,
        mut store: Files,
        clock: WallClock,
        global: &Global,
    ) -> Result<Exit, Failure> {
        let (text, shown) = watch::channel(metrics::text(&Pulse::default()));
        if let Some(address) = self.metrics {
            let bound = metrics::serve(address, shown)
                .await
                .map_err(|error| Failure::usage(format!("metrics cannot be served at {address}: {error}")))?;
            if !global.quiet {
                orders::say(&format!("metrics at http://{bound}/metrics"));
            }
        }
        let (sender, receiver) = mpsc::channel(4);
        let plan = orders::plan(config, global);
        let count = plan.targets.len() as u64;
        let contact = config.contact.clone();
        let listening = tokio::spawn(orders::pass_on(global.clone(), clock, contact, sender));
        let telling = Telling { format: self.format, incidents: &config.incidents, clock, global };
        let (mut shown, mut judge) = (BTreeMap::new(), None);
        let mut begun = false;
        let ended =
            engine::watch(plan, Arc::new(http), &mut store, clock, receiver, |store: &mut Files, pulse| {
                // First, so that whoever reads of an event finds it counted. Nobody may be listening.
                text.send_replace(metrics::text(pulse));
                let told = telling.untold(store);
                told.map_err(|failure| StoreError::Unfit(failure.told))?;
                if pulse.troubles != shown {
                    for (sink, trouble) in &pulse.troubles {
                        orders::say(&format!(
                            "sink `{sink}` did not take an event, and is tried again: {trouble}"
                        ));
                    }
                    shown.clone_from(&pulse.troubles);
                }
                if pulse.judge != judge {
                    config::tell_judge(pulse.judge.as_deref());
                    judge.clone_from(&pulse.judge);
                }
                if !std::mem::replace(&mut begun, true) {
                    notify(&[NotifyState::Ready]);
                    if !global.quiet {
                        orders::say(&format!("watching {}", render::count(count, "target")));
                    }
                }
                notify(&[NotifyState::Watchdog, NotifyState::Status(&status(pulse))]);
                Ok(())
            })
            .await;
        listening.abort();
        notify(&[NotifyState::Stopping]);
        ended.map_err(Failure::store)?;
        Ok(Exit::Done)
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
