//! The daemon: looks at each target when it is due, for as long as it runs, and hands what happened to the sinks.
//!
//! One loop owns the store. Hosts are asked by tasks of their own (`hosts`), sinks are told by tasks of their own, and
//! both say what came of it; nothing waits for anything slow. What is due is worked out from the store (`schedule`), so a
//! restart goes on where the last run stopped.
//! Not here: signals, files that change, what is printed (`cli`).

mod errands;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use jiff::{Timestamp, tz::TimeZone};
use tokio::{sync::mpsc, time::Instant};

use super::{
    Judging, WallClock,
    hosts::{self, Askers, Said},
    lessons,
    pass::{Fault, GROUP, Tally, come},
    schedule,
};
use crate::{
    fetch::Fetcher,
    model::{Level, Phase, SinkSpec, Target, TargetId},
    sinks::Any,
    store::{Commit, Store},
};
use errands::Errands;

/// How long what is in hand may take after a stop.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// The longest sleep: a machine's sleep or a changed clock is noticed within it.
const LONGEST_SLEEP: Duration = Duration::from_secs(20);

/// What is watched, and where what happens goes.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The targets; paused ones are left out.
    pub targets: Vec<Arc<Target>>,
    /// The sinks.
    pub sinks: Vec<(SinkSpec, Any)>,
    /// Targets that had another name: the name now, the name before.
    pub renamed: Vec<(TargetId, TargetId)>,
    /// What changes are judged by.
    pub judging: Arc<Judging>,
}

/// What the loop is told from outside.
#[derive(Debug)]
pub enum Order<F> {
    /// Another plan, and another fetcher where that changed too.
    Plan(Box<Plan>, Option<Arc<F>>),
    /// Come to an end.
    Stop,
}

/// How the watch goes, for whoever wants to know.
#[derive(Debug, Clone, Default)]
pub struct Pulse {
    /// What looks have come to since the start.
    pub looks: Tally,
    /// How many alerts there were since the start.
    pub alerts: u64,
    /// How many notes.
    pub notes: u64,
    /// How many targets there are in each phase.
    pub phases: BTreeMap<&'static str, u64>,
    /// The next look.
    pub next: Option<Timestamp>,
    /// What each sink that does not take its events says.
    pub troubles: BTreeMap<String, String>,
    /// What went wrong when the outside judge was last asked.
    pub judge: Option<String>,
}

/// Watches until it is told to stop. `seen` is called after each change of the pulse.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn watch<F, S>(
    plan: Plan,
    fetcher: Arc<F>,
    store: &mut S,
    clock: WallClock,
    mut orders: mpsc::Receiver<Order<F>>,
    mut seen: impl FnMut(&mut S, &Pulse) -> Result<(), Fault>,
) -> Result<(), Fault>
where
    F: Fetcher + Send + 'static,
    S: Store,
{
    let (mut askers, mut heard) = Askers::new(fetcher);
    let (mut errands, mut done) = Errands::new();
    let mut round = Round::new(clock);
    round.follow(plan, store, &mut errands)?;
    let mut stop: Option<Instant> = None;
    loop {
        if stop.is_none() {
            round.start(&mut askers, store);
        }
        errands.start(store)?;
        round.pulse.troubles = errands.troubles();
        round.pulse.judge = round.judging.trouble();
        seen(store, &round.pulse)?;
        let over = stop.is_some_and(|deadline| Instant::now() >= deadline);
        if over || stop.is_some() && round.busy.is_empty() && errands.is_idle() {
            break;
        }
        let sleep = stop.map_or_else(|| round.sleep(), |end| end.saturating_duration_since(Instant::now()));
        tokio::select! {
            Some(said) = heard.recv() => round.hear(said, &mut heard, store).await?,
            Some(back) = done.recv() => errands.back(back, store, clock.now())?,
            order = orders.recv(), if stop.is_none() => match order {
                Some(Order::Plan(plan, fetcher)) => {
                    if let Some(fetcher) = fetcher {
                        askers.change(fetcher);
                    }
                    round.follow(*plan, store, &mut errands)?;
                }
                Some(Order::Stop) | None => {
                    askers.stop();
                    stop = Some(Instant::now() + LAST_WORDS);
                }
            },
            () = tokio::time::sleep(sleep) => {}
        }
    }
    store.settle()?;
    Ok(())
}

/// What the loop knows beside the store.
struct Round {
    clock: WallClock,
    zone: TimeZone,
    targets: BTreeMap<TargetId, Arc<Target>>,
    judging: Arc<Judging>,
    /// When each target is due, as far as was known when it was last worked out.
    due: BTreeMap<TargetId, Timestamp>,
    phases: BTreeMap<TargetId, Phase>,
    /// Targets that were first seen just now and are worth a second look.
    again: BTreeSet<TargetId>,
    /// Hosts that are being asked.
    busy: BTreeSet<String>,
    pulse: Pulse,
}

impl Round {
    fn new(clock: WallClock) -> Self {
        Self {
            clock,
            zone: TimeZone::system(),
            targets: BTreeMap::new(),
            judging: Arc::default(),
            due: BTreeMap::new(),
            phases: BTreeMap::new(),
            again: BTreeSet::new(),
            busy: BTreeSet::new(),
            pulse: Pulse::default(),
        }
    }

    /// Takes a plan: what is no longer in it is no longer looked at, and keeps its history.
    fn follow(&mut self, plan: Plan, store: &mut impl Store, errands: &mut Errands) -> Result<(), Fault> {
        for (now, before) in &plan.renamed {
            store.rename(self.clock.now(), before, now)?;
        }
        errands.follow(plan.sinks, store, self.clock.now())?;
        self.targets = plan.targets.into_iter().map(|target| (target.id.clone(), target)).collect();
        self.judging = plan.judging;
        self.due.clear();
        self.phases.clear();
        let ids: Vec<TargetId> = self.targets.keys().cloned().collect();
        for id in &ids {
            self.plan(id, store);
        }
        self.count();
        Ok(())
    }

    /// Works out when a target is due.
    fn plan(&mut self, id: &TargetId, store: &impl Store) {
        let Some(target) = self.targets.get(id) else { return };
        let state = store.state(id);
        let cooling = store.cooling(target.host());
        let due = schedule::next(target, &state, cooling, self.clock.now(), &self.zone);
        self.due.insert(id.clone(), due);
        self.phases.insert(id.clone(), state.phase);
    }

    /// Starts asking every host that has something due and is not being asked.
    fn start<F: Fetcher + Send + 'static>(&mut self, askers: &mut Askers<F>, store: &impl Store) {
        let now = self.clock.now();
        let idle = |target: &Arc<Target>| !self.busy.contains(target.host());
        let due: Vec<TargetId> = self
            .due
            .iter()
            .filter(|(id, when)| **when <= now && self.targets.get(*id).is_some_and(idle))
            .map(|(id, _)| id.clone())
            .collect();
        // Its host may have asked for a pause since.
        for id in &due {
            self.plan(id, store);
        }
        let now = self.clock.now();
        let due = due.iter().filter(|id| self.due.get(*id).is_some_and(|when| *when <= now));
        let targets: Vec<&Arc<Target>> = due.filter_map(|id| self.targets.get(id)).collect();
        for (host, queue) in hosts::queues(targets, false, store, self.clock) {
            self.busy.insert(host.clone());
            askers.start(host, queue);
        }
        let is_free = |id: &TargetId| self.targets.get(id).is_some_and(|t| !self.busy.contains(t.host()));
        let (again, later): (BTreeSet<_>, BTreeSet<_>) =
            std::mem::take(&mut self.again).into_iter().partition(is_free);
        self.again = later;
        let targets: Vec<&Arc<Target>> = again.iter().filter_map(|id| self.targets.get(id)).collect();
        for (host, queue) in hosts::queues(targets, true, store, self.clock) {
            self.busy.insert(host.clone());
            askers.start(host, queue);
        }
    }

    /// Takes in what is said, and whatever else was said meanwhile, as one commit.
    async fn hear(
        &mut self,
        said: Said,
        heard: &mut mpsc::Receiver<Said>,
        store: &mut impl Store,
    ) -> Result<(), Fault> {
        let mut commits: Vec<Commit> = Vec::new();
        let mut next = Some(said);
        let mut asked = false;
        while let Some(said) = next.take() {
            match said {
                Said::Idle(host) => drop(self.busy.remove(&host)),
                Said::Turn(turn) => {
                    let mut commit = come(*turn, store, &self.judging, self.clock)?;
                    asked = self.judging.ask(&mut commit).await;
                    commits.push(commit);
                }
            }
            // What was learnt of a site holds for the next look at it.
            let learnt = commits.last().is_some_and(|commit| commit.memory.is_some());
            // An outside judge may be slow: a stop, or the watchdog, waits for one answer and not for sixty.
            if commits.len() < GROUP && !learnt && !asked {
                next = heard.try_recv().ok();
            }
        }
        for commit in &commits {
            if lessons::is_wanted(commit) {
                self.again.insert(commit.observation.target.clone());
            }
            self.pulse.looks.count(commit.observation.looked);
            match commit.event.as_ref().map(|event| event.level) {
                Some(Level::Alert) => self.pulse.alerts += 1,
                Some(Level::Note) => self.pulse.notes += 1,
                _ => {}
            }
        }
        let ids: Vec<TargetId> = commits.iter().map(|commit| commit.observation.target.clone()).collect();
        store.commit(self.clock.now(), commits)?;
        for id in &ids {
            self.plan(id, store);
        }
        self.count();
        Ok(())
    }

    fn count(&mut self) {
        self.pulse.phases.clear();
        for phase in self.phases.values() {
            *self.pulse.phases.entry(phase.name()).or_default() += 1;
        }
        self.pulse.next = self.due.values().min().copied();
    }

    /// How long there is nothing to do, unless something is said.
    fn sleep(&self) -> Duration {
        let idle = |id: &TargetId| self.targets.get(id).is_some_and(|t| !self.busy.contains(t.host()));
        let next = self.due.iter().filter(|(id, _)| idle(id)).map(|(_, when)| *when).min();
        let until = next.map(|when| when.duration_since(self.clock.now()));
        let until = until.and_then(|pause| Duration::try_from(pause).ok()).unwrap_or(LONGEST_SLEEP);
        // A due target is started before the sleep; a clock that stands still must not make the loop spin.
        until.clamp(Duration::from_millis(10), LONGEST_SLEEP)
    }
}
