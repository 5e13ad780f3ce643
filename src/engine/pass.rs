//! The loop: looks at each target when it is due, commits what was seen, and only then tells it.
//!
//! Hosts are asked by tasks of their own, which also evaluate what came (`worker`); sinks are told by tasks of their own
//! (`deliver`); one owner, here, commits. Nothing waits for anything slow. A watch goes on until it is told to stop, a
//! pass ends when each target had its turn: apart from that they are one.
//! Not here: signals, files that change, what is printed (`cli`).

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::ControlFlow,
    sync::Arc,
    time::Duration,
};

use jiff::{Timestamp, tz::TimeZone};
use tokio::{
    sync::{mpsc, oneshot},
    time::Instant,
};

use super::{
    Judging, Tally, WallClock, adopt,
    deliver::{Deliveries, Refusals},
    evaluate,
    refused::{Instead, commit_instead},
    schedule, second_look,
    worker::{Evaluated, Message, Turn, Workers},
};
use crate::{
    fetch::Fetcher,
    model::{Event, Level, Observation, Phase, SinkSpec, Target, TargetId, Why},
    sinks::AnySink,
    store::{Commit, Kept, Store, StoreError},
};

/// How many looks are made durable together.
const GROUP: usize = 64;
/// How long what is in hand may take after a stop.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// The longest sleep: a machine's sleep or a changed clock is noticed within it.
const LONGEST_SLEEP: Duration = Duration::from_secs(20);
/// How often quiet looks are made durable.
const FLUSH: Duration = Duration::from_secs(50);

/// What is watched, and where what happens goes.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The targets; paused ones are left out.
    pub targets: Vec<Arc<Target>>,
    /// The sinks.
    pub sinks: Vec<(SinkSpec, AnySink)>,
    /// Targets that had another name: the name now, the name before.
    pub renamed: Vec<(TargetId, TargetId)>,
    /// What changes are judged by.
    pub judging: Arc<Judging>,
}

/// For how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Until it is told to stop; each target is looked at whenever it is due.
    Stopped,
    /// Until each target had one turn, whenever it is due.
    EachOnce,
    /// Until each target that is due now had one turn.
    DueOnce,
}

/// What the loop is told from outside.
#[derive(Debug)]
pub enum Order<F> {
    /// Another plan, and another fetcher where that changed too.
    Plan(Box<Plan>, Option<Arc<F>>),
    /// Come to an end.
    Stop,
}

/// What is seen of a run while it goes on; to break ends it as [`Order::Stop`] does.
#[derive(Debug)]
pub enum Progress<'a> {
    /// A look, before it is committed.
    Look(&'a Target, &'a Observation),
    /// What happened, now that it is on record.
    Events(&'a [Event]),
    /// How it goes.
    Pulse(&'a Pulse),
}

/// How a run goes, for whoever wants to know.
#[derive(Debug, Clone, Default)]
pub struct Pulse {
    /// What looks have come to since the start.
    pub looks: Tally,
    /// How many alerts there were since the start.
    pub alerts: u64,
    /// How many notes.
    pub notes: u64,
    /// Whether looks are still to come, or in hand.
    pub looking: bool,
    /// How many targets there are in each phase.
    pub phases: BTreeMap<&'static str, u64>,
    /// The next look.
    pub next: Option<Timestamp>,
    /// What each sink that does not take its events says.
    pub troubles: BTreeMap<String, String>,
    /// What sinks will never have, since the start.
    pub refused: BTreeMap<String, Refusals>,
    /// How many events that waited for a sink are not what was kept.
    pub damaged_events: u64,
    /// What went wrong when the outside judge was last asked.
    pub judge: Option<String>,
    /// The clock went back: the moment of a look on record, and the earlier one of a look that came after it.
    pub went_back: Option<(Timestamp, Timestamp)>,
}

/// What ends a run before its time.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store could not be written, or not be read at all.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Looks at the targets of a plan until it is time to end; what the looks came to.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn run<F, S>(
    plan: Plan,
    until: Until,
    fetcher: Arc<F>,
    store: S,
    clock: WallClock,
    mut orders: mpsc::Receiver<Order<F>>,
    mut seen: impl FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Pulse, Fault>
where
    F: Fetcher + Send + 'static,
    S: Store,
{
    let (mut workers, mut said) = Workers::new(fetcher, store.clone(), clock);
    let (mut deliveries, mut delivered) = Deliveries::new(store.clone(), clock, until == Until::Stopped);
    let mut round = Round::new(until, store, clock);
    round.follow(plan, &mut deliveries).await?;
    let mut stop: Option<Instant> = None;
    let mut listening = true;
    loop {
        if stop.is_none() {
            round.start(&mut workers).await?;
        }
        let over = round.is_over();
        if until == Until::Stopped || over {
            deliveries.start().await?;
        }
        round.pulse.looking = !over;
        round.pulse.troubles = deliveries.troubles();
        round.pulse.refused.clone_from(deliveries.refused());
        round.pulse.damaged_events = deliveries.damaged();
        round.pulse.judge = round.judging.trouble();
        let mut ends = seen(Progress::Pulse(&round.pulse)).is_break();
        let late = stop.is_some_and(|deadline| Instant::now() >= deadline);
        let idle = round.busy.is_empty() && deliveries.is_idle();
        if late || idle && (stop.is_some() || over && deliveries.is_done().await?) {
            break;
        }
        let sleep = stop.map_or_else(|| round.sleep(), |end| end.saturating_duration_since(Instant::now()));
        tokio::select! {
            Some(first) = said.recv() => {
                ends |= round.handle(first, &mut said, &mut seen).await?.is_break();
            }
            Some(back) = delivered.recv() => deliveries.take_back(back)?,
            order = orders.recv(), if stop.is_none() && listening => match order {
                Some(Order::Plan(plan, fetcher)) => {
                    if let Some(fetcher) = fetcher {
                        workers.replace_fetcher(fetcher);
                    }
                    round.follow(*plan, &mut deliveries).await?;
                }
                Some(Order::Stop) => ends = true,
                None => {
                    listening = false;
                    // Whoever gave the orders is gone: a watch without one would never end.
                    ends |= until == Until::Stopped;
                }
            },
            () = tokio::time::sleep(sleep) => {}
        }
        if ends && stop.is_none() {
            workers.stop();
            stop = Some(Instant::now() + LAST_WORDS);
        }
        round.flush_if_due().await?;
    }
    round.store.settle(clock.now()).await?;
    Ok(round.pulse)
}

/// What the loop knows beside the store.
struct Round<S> {
    until: Until,
    store: S,
    clock: WallClock,
    zone: TimeZone,
    targets: BTreeMap<TargetId, Arc<Target>>,
    judging: Arc<Judging>,
    /// When each target is due, as far as was known when it was last worked out.
    due: BTreeMap<TargetId, Timestamp>,
    phases: BTreeMap<TargetId, Phase>,
    /// Targets that were first seen just now and are worth a second look.
    second: BTreeSet<TargetId>,
    /// Hosts that are being asked.
    busy: BTreeSet<String>,
    pulse: Pulse,
    flushed: Instant,
}

impl<S: Store> Round<S> {
    fn new(until: Until, store: S, clock: WallClock) -> Self {
        Self {
            until,
            store,
            clock,
            zone: TimeZone::system(),
            targets: BTreeMap::new(),
            judging: Arc::default(),
            due: BTreeMap::new(),
            phases: BTreeMap::new(),
            second: BTreeSet::new(),
            busy: BTreeSet::new(),
            pulse: Pulse::default(),
            flushed: Instant::now(),
        }
    }

    /// Takes a plan: what is no longer in it is no longer looked at, and keeps its history.
    async fn follow(&mut self, plan: Plan, deliveries: &mut Deliveries<S>) -> Result<(), Fault> {
        for (now, before) in &plan.renamed {
            self.store.rename(self.clock.now(), before, now).await?;
        }
        deliveries.follow(plan.sinks).await?;
        self.targets = plan.targets.into_iter().map(|target| (target.id.clone(), target)).collect();
        for target in adopt::known(&self.targets, &self.store).await? {
            self.targets.insert(target.id.clone(), target);
        }
        self.judging = plan.judging;
        self.due.clear();
        self.phases.clear();
        let now = self.clock.now();
        let ids: Vec<TargetId> = self.targets.keys().cloned().collect();
        for id in &ids {
            self.plan(id).await?;
        }
        match self.until {
            Until::Stopped => {}
            Until::EachOnce => self.due.values_mut().for_each(|due| *due = now),
            Until::DueOnce => self.due.retain(|_, due| *due <= now),
        }
        self.count();
        Ok(())
    }

    /// Works out when a target is due.
    async fn plan(&mut self, id: &TargetId) -> Result<(), Fault> {
        let Some(target) = self.targets.get(id) else { return Ok(()) };
        let state = self.store.state(&evaluate::subject(target)).await?;
        let cooling = self.store.cooling(target.host()).await?;
        let due = schedule::next(target, &state, cooling, self.clock.now(), &self.zone);
        self.due.insert(id.clone(), due);
        self.phases.insert(id.clone(), state.phase);
        Ok(())
    }

    /// Whether every target had its turn.
    fn is_over(&self) -> bool {
        self.until != Until::Stopped && self.due.is_empty() && self.second.is_empty() && self.busy.is_empty()
    }

    /// Starts asking every host that has something due and is not being asked.
    async fn start<F: Fetcher + Send + 'static>(&mut self, workers: &mut Workers<F, S>) -> Result<(), Fault> {
        let now = self.clock.now();
        let mut due: Vec<TargetId> =
            self.free(self.due.iter().filter(|(_, when)| **when <= now).map(|(id, _)| id));
        if self.until == Until::Stopped {
            // Its host may have asked for a pause since.
            for id in &due {
                self.plan(id).await?;
            }
            let now = self.clock.now();
            due.retain(|id| self.due.get(id).is_some_and(|when| *when <= now));
        } else {
            // One turn each.
            for id in &due {
                self.due.remove(id);
            }
        }
        self.ask(&due, false, workers);
        let second = self.free(self.second.iter());
        for id in &second {
            self.second.remove(id);
        }
        self.ask(&second, true, workers);
        Ok(())
    }

    /// Those of the targets whose hosts are not being asked.
    fn free<'a>(&self, ids: impl Iterator<Item = &'a TargetId>) -> Vec<TargetId> {
        let is_free = |id: &&TargetId| self.targets.get(*id).is_some_and(|t| !self.busy.contains(t.host()));
        ids.filter(is_free).cloned().collect()
    }

    fn ask<F: Fetcher + Send + 'static>(
        &mut self,
        ids: &[TargetId],
        second: bool,
        workers: &mut Workers<F, S>,
    ) {
        let mut hosts: BTreeMap<String, Vec<Turn>> = BTreeMap::new();
        for target in ids.iter().filter_map(|id| self.targets.get(id)) {
            let turn = Turn { target: Arc::clone(target), second };
            hosts.entry(target.host().to_owned()).or_default().push(turn);
        }
        for (host, turns) in hosts {
            self.busy.insert(host.clone());
            workers.start(host, turns, &self.judging);
        }
    }

    /// Takes in what is said, and whatever else was said meanwhile, as one commit.
    async fn handle(
        &mut self,
        first: Message,
        said: &mut mpsc::Receiver<Message>,
        seen: &mut impl FnMut(Progress<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Fault> {
        let mut looks: Vec<Evaluated> = Vec::new();
        let mut next = Some(first);
        while let Some(one) = next.take() {
            match one {
                Message::Idle(host) => drop(self.busy.remove(&host)),
                Message::Broken(error) => return Err(error.into()),
                Message::Look(look) => looks.push(*look),
            }
            if looks.len() < GROUP {
                next = said.try_recv().ok();
            }
        }
        self.commit(looks, seen).await
    }

    /// Commits looks, and tells what they led to.
    async fn commit(
        &mut self,
        looks: Vec<Evaluated>,
        seen: &mut impl FnMut(Progress<'_>) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Fault> {
        if looks.is_empty() {
            return Ok(ControlFlow::Continue(()));
        }
        let mut flow = ControlFlow::Continue(());
        let mut commits: Vec<Commit> = Vec::with_capacity(looks.len());
        let mut waiting: Vec<(Arc<Target>, bool, Option<oneshot::Sender<()>>)> =
            Vec::with_capacity(looks.len());
        // Given back when all this is on record.
        let mut rooms = Vec::with_capacity(looks.len());
        for Evaluated { target, commit, items, second, room, committed } in looks {
            for commit in items {
                commits.push(commit);
                waiting.push((Arc::clone(&target), second, None));
            }
            if !second && seen(Progress::Look(&target, &commit.look)).is_break() {
                flow = ControlFlow::Break(());
            }
            commits.push(commit);
            rooms.push(room);
            waiting.push((target, second, Some(committed)));
        }
        let copies: Vec<(Observation, Vec<Event>, bool)> = commits
            .iter()
            .map(|commit| (commit.look.clone(), commit.events.clone(), second_look::is_wanted(commit)))
            .collect();
        let kept = self.store.commit(self.clock.now(), commits).await?;
        drop(rooms);
        let mut events = Vec::new();
        for (((target, second, committed), kept), (look, of_look, wanted)) in
            waiting.into_iter().zip(kept).zip(copies)
        {
            let of_source = committed.is_some();
            match kept {
                Kept::Kept => {
                    if of_source {
                        self.adopt(&target).await?;
                    }
                    self.count_look(&look, &of_look, second || !of_source);
                    events.extend(of_look);
                    if wanted {
                        self.second.insert(target.id.clone());
                    }
                }
                Kept::Stale => {
                    self.due.insert(target.id.clone(), self.clock.now());
                }
                Kept::Refused(refusal) => {
                    let instead = commit_instead(&self.store, &target, refusal, self.clock).await?;
                    if let Some(Instead { look, events: of_look }) = instead {
                        self.count_look(&look, &of_look, second || !of_source);
                        events.extend(of_look);
                    }
                }
            }
            if let Some(committed) = committed {
                // A worker that no longer waits does not need to know.
                let _ = committed.send(());
            }
            if self.until == Until::Stopped && of_source {
                self.plan(&target.id).await?;
            }
        }
        self.count();
        if !events.is_empty() && seen(Progress::Events(&events)).is_break() {
            flow = ControlFlow::Break(());
        }
        Ok(flow)
    }

    /// Takes in what an index lists now: it has its turn in this pass too.
    async fn adopt(&mut self, index: &Target) -> Result<(), Fault> {
        let now = self.clock.now();
        for target in adopt::adopt(index, &self.targets, &self.store, now).await? {
            self.due.insert(target.id.clone(), now);
            self.targets.insert(target.id.clone(), target);
        }
        Ok(())
    }

    fn count_look(&mut self, look: &Observation, events: &[Event], second: bool) {
        if !second {
            self.pulse.looks.count(look.looked);
            self.pulse.looks.damaged += usize::from(look.why == Some(Why::Damaged));
            self.pulse.went_back =
                self.pulse.went_back.max(look.went_back_from.map(|before| (before, look.started)));
        }
        for event in events {
            match event.level {
                Level::Alert => self.pulse.alerts += 1,
                Level::Note => self.pulse.notes += 1,
                Level::Silent => {}
            }
        }
    }

    fn count(&mut self) {
        self.pulse.phases.clear();
        for phase in self.phases.values() {
            *self.pulse.phases.entry(phase.name()).or_default() += 1;
        }
        self.pulse.next = self.due.values().min().copied();
    }

    async fn flush_if_due(&mut self) -> Result<(), Fault> {
        if self.flushed.elapsed() >= FLUSH {
            self.flushed = Instant::now();
            self.store.flush(self.clock.now()).await?;
        }
        Ok(())
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
