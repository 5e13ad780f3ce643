//! What a running watch is told from outside: signals, and a file of targets that changes.
//!
//! A file that is wrong is told, whole, and the plan of before goes on.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use tokio::sync::{mpsc, watch};

use super::super::{Failure, Global, config};
use crate::{
    engine::{Order, WallClock},
    fetch::Http,
    model::Incident,
    render,
};

/// How often the file of targets is looked at.
const FILE: Duration = Duration::from_secs(2);

/// What is needed to read the file of targets again.
pub(super) struct Reloading {
    pub(super) global: Global,
    pub(super) clock: WallClock,
    /// The contact that is in force.
    pub(super) contact: Option<String>,
    /// Where the titles of incidents go.
    pub(super) titles: watch::Sender<Vec<Incident>>,
}

/// Passes orders on until the watch is over.
pub(super) async fn pass_on(
    mut reloading: Reloading,
    orders: mpsc::Sender<Order<Http>>,
) -> Result<(), Failure> {
    let mut signals = Signals::new()?;
    let mut stamp = stamp(&reloading.global);
    let mut stopping = false;
    loop {
        let order = tokio::select! {
            signal = signals.next() => signal,
            () = tokio::time::sleep(FILE) => {
                let now = self::stamp(&reloading.global);
                // A file that is away is being written, or was moved by mistake: the plan stands.
                if now == stamp || now.is_none() { continue }
                stamp = now;
                Signal::Reload
            }
        };
        let order = match order {
            // Whoever asks twice does not want to wait.
            Signal::Stop if stopping => std::process::exit(130),
            Signal::Stop => {
                stopping = true;
                Order::Stop
            }
            Signal::Reload => match reloading.reload() {
                Ok(order) => order,
                Err(failure) => {
                    config::say(&format!("{}\nThe targets of before are watched on.", failure.told));
                    continue;
                }
            },
        };
        if orders.send(order).await.is_err() {
            return Ok(());
        }
    }
}

impl Reloading {
    fn reload(&mut self) -> Result<Order<Http>, Failure> {
        let config = config::load(&self.global)?;
        let fetcher = if config.contact == self.contact {
            None
        } else {
            Some(Arc::new(config::http(config.contact.as_deref(), self.clock)?))
        };
        self.contact.clone_from(&config.contact);
        let plan = config::plan(&config, &self.global);
        self.titles.send_replace(config.incidents);
        if !self.global.quiet {
            let targets = render::count(plan.targets.len() as u64, "target");
            config::say(&format!("{} was read again: {targets}", self.global.targets.display()));
        }
        Ok(Order::Plan(Box::new(plan), fetcher))
    }
}

fn stamp(global: &Global) -> Option<(SystemTime, u64)> {
    let about = std::fs::metadata(&global.targets).ok()?;
    Some((about.modified().ok()?, about.len()))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signal {
    Stop,
    Reload,
}

#[cfg(unix)]
struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
    hangup: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.terminate.recv() => Signal::Stop,
            _ = self.interrupt.recv() => Signal::Stop,
            _ = self.hangup.recv() => Signal::Reload,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> Result<Self, Failure> {
        Ok(Self)
    }

    async fn next(&mut self) -> Signal {
        // Without a console there is no Ctrl-C, and the wait goes on.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        Signal::Stop
    }
}
