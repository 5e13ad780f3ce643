//! Telling the sinks while the looks go on: a task a sink, again later when it does not take its events.
//!
//! Not here: what waits for a sink and what it makes of it (`sinks`).

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use jiff::tz::TimeZone;
use tokio::{sync::mpsc, time::Instant};

use super::{Fault, WallClock};
use crate::{
    model::{Event, Level, SinkSpec},
    query::{self, EventFilter},
    sinks::{self, AnySink, Report, Retry},
    store::{History, Store, StoreError},
};

/// The first wait after a sink did not take an event; doubled each time.
const FIRST: Duration = Duration::from_secs(30);
/// The longest.
const LONGEST: Duration = Duration::from_hours(1);
/// The least wait for what is held back.
const LEAST: Duration = Duration::from_millis(100);

/// What a task came back with.
pub(super) struct Back {
    sink: String,
    report: Result<Report, StoreError>,
}

/// The sinks and what is known of each.
pub(super) struct Deliveries<S> {
    store: S,
    clock: WallClock,
    moment: sinks::Moment,
    sinks: BTreeMap<String, Known>,
    /// What sinks will never have, since the start.
    refused: BTreeMap<String, Refusals>,
    /// Events that waited and are not what was kept.
    damaged: u64,
    /// Sinks that are being told.
    out: usize,
    back: mpsc::Sender<Back>,
}

/// Events that a sink is not offered any more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refusals {
    /// How many.
    pub count: u64,
    /// Why, of the last of them.
    pub last: String,
}

/// What came of offering sinks what waits for them.
#[derive(Debug, Default)]
pub struct Offered {
    /// What each sink that does not take its events says.
    pub troubles: BTreeMap<String, String>,
    /// What sinks will never have.
    pub refused: BTreeMap<String, Refusals>,
    /// How many events that waited are not what was kept.
    pub damaged_events: u64,
}

/// Offers sinks what waits for them, once, without a look at any page.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn offer<S: Store>(
    sinks: Vec<(SinkSpec, AnySink)>,
    store: &S,
    clock: WallClock,
) -> Result<Offered, Fault> {
    let (mut deliveries, mut back) = Deliveries::new(store.clone(), clock, false);
    deliveries.follow(sinks).await?;
    loop {
        deliveries.start().await?;
        if deliveries.is_idle() {
            break;
        }
        if let Some(back) = back.recv().await {
            deliveries.take_back(back)?;
        }
    }
    store.settle(clock.now()).await?;
    Ok(Offered {
        troubles: deliveries.troubles(),
        refused: deliveries.refused,
        damaged_events: deliveries.damaged,
    })
}

struct Known {
    spec: Arc<SinkSpec>,
    sink: Arc<AnySink>,
    busy: bool,
    failed: u32,
    not_before: Instant,
    trouble: Option<String>,
}

impl<S: Store> Deliveries<S> {
    /// `gathers`: events may be held back, since more may come that say the same.
    pub(super) fn new(store: S, clock: WallClock, gathers: bool) -> (Self, mpsc::Receiver<Back>) {
        let (back, done) = mpsc::channel(8);
        let moment = sinks::Moment { zone: TimeZone::system(), gathers };
        let deliveries = Self {
            store,
            clock,
            moment,
            sinks: BTreeMap::new(),
            refused: BTreeMap::new(),
            damaged: 0,
            out: 0,
            back,
        };
        (deliveries, done)
    }

    /// Takes the sinks of a plan: each takes what happens from then on.
    pub(super) async fn follow(&mut self, sinks: Vec<(SinkSpec, AnySink)>) -> Result<(), Fault> {
        let mut before = std::mem::take(&mut self.sinks);
        for (spec, sink) in sinks {
            self.store.begin(self.clock.now(), &spec.name).await?;
            let busy = before.remove(&spec.name).is_some_and(|known| known.busy);
            let (name, not_before) = (spec.name.clone(), Instant::now());
            let known = Known {
                spec: Arc::new(spec),
                sink: Arc::new(sink),
                busy,
                failed: 0,
                not_before,
                trouble: None,
            };
            self.sinks.insert(name, known);
        }
        Ok(())
    }

    /// Sends out what waits for sinks that are free.
    pub(super) async fn start(&mut self) -> Result<(), Fault> {
        let now = Instant::now();
        for known in self.sinks.values_mut().filter(|known| !known.busy && known.not_before <= now) {
            if self.store.waiting(&known.spec.name, Level::Silent).await? == 0 {
                continue;
            }
            known.busy = true;
            self.out += 1;
            let (spec, sink, store, back) =
                (Arc::clone(&known.spec), Arc::clone(&known.sink), self.store.clone(), self.back.clone());
            let (clock, moment) = (self.clock, self.moment.clone());
            tokio::spawn(async move {
                let name = spec.name.clone();
                let told = tokio::spawn(async move {
                    let recent = |most| recent(&store, most);
                    sinks::deliver(&store, &spec, &*sink, &moment, || clock.now(), recent).await
                });
                // A fault of the program at one sink is that sink's, and a run that waited for it would never end.
                let report = told.await.unwrap_or_else(|_| {
                    let retry =
                        Some(Retry::because("it stopped at these events, which is a bug in onrecord"));
                    Ok(Report { retry, ..Report::default() })
                });
                // When nobody waits any more, what it took is on record all the same.
                let _ = back.send(Back { sink: name, report }).await;
            });
        }
        Ok(())
    }

    /// Takes in what a task came back with.
    pub(super) fn take_back(&mut self, back: Back) -> Result<(), Fault> {
        self.out = self.out.saturating_sub(1);
        let report = back.report?;
        self.damaged += report.damaged as u64;
        if let Some(last) = report.refused.last() {
            let refusals = self.refused.entry(back.sink.clone()).or_default();
            refusals.count += report.refused.len() as u64;
            refusals.last.clone_from(&last.why);
        }
        // One that a new plan no longer names has nothing more to wait for.
        let Some(known) = self.sinks.get_mut(&back.sink) else { return Ok(()) };
        known.busy = false;
        known.failed = if report.retry.is_some() { known.failed.saturating_add(1) } else { 0 };
        known.trouble = report.retry.as_ref().map(|again| again.reason.clone());
        if let Some(again) = report.retry {
            let wait = FIRST.saturating_mul(1 << (known.failed - 1).min(10)).min(LONGEST);
            let asked = again.after.map(|after| after.duration_since(self.clock.now()));
            let asked = asked.and_then(|asked| Duration::try_from(asked).ok()).unwrap_or_default();
            known.not_before = Instant::now() + wait.max(asked.min(LONGEST));
        } else if let Some(held) = report.held {
            let wait = Duration::try_from(held.duration_since(self.clock.now())).unwrap_or_default();
            // Looked at again by the hour: the clock may be set meanwhile.
            known.not_before = Instant::now() + wait.clamp(LEAST, LONGEST);
        }
        Ok(())
    }

    /// Whether nothing is on its way.
    pub(super) fn is_idle(&self) -> bool {
        self.out == 0
    }

    /// Whether no sink has anything waiting that it could be offered now.
    pub(super) async fn is_done(&self) -> Result<bool, Fault> {
        let now = Instant::now();
        for known in self.sinks.values().filter(|known| known.not_before <= now) {
            if self.store.waiting(&known.spec.name, Level::Silent).await? > 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What sinks will never have, since the start.
    pub(super) fn refused(&self) -> &BTreeMap<String, Refusals> {
        &self.refused
    }

    /// How many events that waited are not what was kept.
    pub(super) fn damaged(&self) -> u64 {
        self.damaged
    }

    /// What the sinks say that do not take their events.
    pub(super) fn troubles(&self) -> BTreeMap<String, String> {
        let troubled =
            self.sinks.values().filter_map(|known| Some((&known.spec.name, known.trouble.as_ref()?)));
        troubled.map(|(name, trouble)| (name.clone(), trouble.clone())).collect()
    }
}

/// The newest events on record, the newest first.
async fn recent(store: &impl History, most: usize) -> Result<Vec<Event>, StoreError> {
    let page = query::events(store, &EventFilter::default(), query::Order::Newest, None, most).await?;
    Ok(page.events.into_iter().map(|happened| happened.event).collect())
}
