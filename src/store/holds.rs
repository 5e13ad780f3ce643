//! What is somebody's for a while: events claimed for sinks, hosts leased to workers. Pure.
//!
//! Held by an opening, not by the log: only one process writes to a store of these kinds, so that its holds are its own.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::{
    Lease,
    fold::{Fold, Waiting},
};
use crate::model::EventId;

/// What was claimed for each sink, and until when.
#[derive(Debug, Default)]
pub(super) struct Claims(BTreeMap<String, BTreeMap<EventId, Timestamp>>);

impl Claims {
    /// Claims what waits for a sink and nobody has claimed.
    pub(super) fn claim(
        &mut self,
        fold: &Fold,
        sink: &str,
        now: Timestamp,
        span: SignedDuration,
        most: usize,
    ) -> Vec<Waiting> {
        let claimed = self.0.entry(sink.to_owned()).or_default();
        claimed.retain(|_, until| *until > now);
        let waiting = fold.outbox.get(sink).into_iter().flatten();
        let free = waiting.filter(|waiting| !claimed.contains_key(&waiting.id)).take(most);
        let found: Vec<Waiting> = free.cloned().collect();
        let until = now.checked_add(span).unwrap_or(Timestamp::MAX);
        claimed.extend(found.iter().map(|waiting| (waiting.id.clone(), until)));
        found
    }

    /// Forgets the claims of what waits no longer.
    pub(super) fn acknowledge<'a>(&mut self, sink: &str, gone: impl Iterator<Item = &'a EventId>) {
        if let Some(claimed) = self.0.get_mut(sink) {
            for id in gone {
                claimed.remove(id);
            }
        }
    }

    /// Gives back what was claimed for a sink.
    pub(super) fn release(&mut self, sink: &str) {
        self.0.remove(sink);
    }
}

/// Who may ask each host, and until when.
#[derive(Debug, Default)]
pub(super) struct Hosts(BTreeMap<String, (u64, Timestamp)>);

impl Hosts {
    /// Leases a host where nobody has it.
    pub(super) fn lease(&mut self, host: &str, now: Timestamp, until: Timestamp) -> Option<Lease> {
        let (epoch, held) = self.0.entry(host.to_owned()).or_insert((0, Timestamp::MIN));
        if *held > now {
            return None;
        }
        (*epoch, *held) = (*epoch + 1, until);
        Some(Lease { host: host.to_owned(), epoch: *epoch })
    }

    /// Ends a lease that is still the newest of its host.
    pub(super) fn end(&mut self, lease: &Lease) {
        if let Some((epoch, held)) = self.0.get_mut(&lease.host)
            && *epoch == lease.epoch
        {
            *held = Timestamp::MIN;
        }
    }
}
