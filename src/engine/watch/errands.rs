//! Telling the sinks while the watch goes on: one errand a sink at a time, again later when it does not take its events.

use std::{collections::BTreeMap, time::Duration};

use jiff::Timestamp;
use tokio::{sync::mpsc, time::Instant};

use super::Fault;
use crate::{
    model::SinkSpec,
    sinks::{self, Any, Sent},
    store::Store,
};

/// The first wait after a sink did not take an event; doubled each time.
const FIRST: Duration = Duration::from_secs(30);
/// The longest.
const LONGEST: Duration = Duration::from_hours(1);

/// What an errand came back with.
pub(super) struct Back {
    sink: String,
    sent: Sent,
}

/// The sinks and what is known of each.
pub(super) struct Errands {
    sinks: BTreeMap<String, Known>,
    /// Sinks that are being told.
    out: usize,
    back: mpsc::Sender<Back>,
}

struct Known {
    spec: SinkSpec,
    sink: Any,
    busy: bool,
    failed: u32,
    not_before: Instant,
    trouble: Option<String>,
}

impl Errands {
    pub(super) fn new() -> (Self, mpsc::Receiver<Back>) {
        let (back, done) = mpsc::channel(8);
        (Self { sinks: BTreeMap::new(), out: 0, back }, done)
    }

    /// Takes the sinks of a plan.
    pub(super) fn follow(
        &mut self,
        named: Vec<(SinkSpec, Any)>,
        store: &mut impl Store,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let specs: Vec<SinkSpec> = named.iter().map(|(spec, _)| spec.clone()).collect();
        sinks::begin(store, now, &specs)?;
        let mut before = std::mem::take(&mut self.sinks);
        for (spec, sink) in named {
            let busy = before.remove(&spec.name).is_some_and(|known| known.busy);
            let known = Known { sink, busy, failed: 0, not_before: Instant::now(), trouble: None, spec };
            self.sinks.insert(known.spec.name.clone(), known);
        }
        Ok(())
    }

    /// Sends out what waits for sinks that are free.
    pub(super) fn start(&mut self, store: &impl Store) -> Result<(), Fault> {
        let now = Instant::now();
        for known in self.sinks.values_mut().filter(|known| !known.busy && known.not_before <= now) {
            let Some(parcel) = sinks::waiting(store, &known.spec)? else { continue };
            known.busy = true;
            self.out += 1;
            let (sink, name, back) = (known.sink.clone(), known.spec.name.clone(), self.back.clone());
            tokio::spawn(async move {
                let sent = sinks::send(sink, parcel).await;
                // When nobody waits any more, the events stay untold on record and are sent at the next start.
                let _ = back.send(Back { sink: name, sent }).await;
            });
        }
        Ok(())
    }

    /// Puts on record what an errand came back with.
    pub(super) fn back(&mut self, back: Back, store: &mut impl Store, now: Timestamp) -> Result<(), Fault> {
        self.out = self.out.saturating_sub(1);
        let Some(known) = self.sinks.get_mut(&back.sink) else {
            // No longer named: what it has taken is taken all the same.
            store.delivered(now, &back.sink, &back.sent.taken)?;
            return Ok(());
        };
        known.busy = false;
        sinks::record(store, now, &known.spec, &back.sent)?;
        known.failed = if back.sent.trouble.is_some() { known.failed.saturating_add(1) } else { 0 };
        if known.failed > 0 {
            let wait = FIRST.saturating_mul(1 << (known.failed - 1).min(10)).min(LONGEST);
            known.not_before = Instant::now() + wait;
        }
        known.trouble = back.sent.trouble;
        Ok(())
    }

    /// Whether nothing is on its way.
    pub(super) fn is_idle(&self) -> bool {
        self.out == 0
    }

    /// What the sinks say that do not take their events.
    pub(super) fn troubles(&self) -> BTreeMap<String, String> {
        let troubled =
            self.sinks.values().filter_map(|known| Some((&known.spec.name, known.trouble.as_ref()?)));
        troubled.map(|(name, trouble)| (name.clone(), trouble.clone())).collect()
    }
}
