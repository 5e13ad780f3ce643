//! What waits for a sink in the store, and what became of it: one batch at a time.
//!
//! A batch is claimed, delivered, and what became of it is put on record; only then is the next one claimed. Not here: when
//! a sink is told, and how long it is left alone after it took nothing (`engine`).

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::{Again, Context, Delivery, Sink};
use crate::{
    model::{Event, EventId, Refused, SinkSpec},
    store::{Outbox, StoreError},
};

/// The most events of a batch.
const BATCH: usize = 64;
/// What claiming and recording may take, beside the sink's own time.
const ROOM: SignedDuration = SignedDuration::from_mins(1);

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Report {
    /// How many events the sink has behind it: it took them, or they are too quiet for it.
    pub taken: usize,
    /// Events that it is not offered any more: it refused them, or the store has no longer what was kept.
    pub refused: Vec<Refused>,
    /// Why the rest is to be offered again, and from when on.
    pub again: Option<Again>,
    /// How many events wait for it now.
    pub waiting: usize,
}

/// Gives a sink the next batch of what waits for it, and puts on record what became of that, at the moment that `now`
/// then gives. Where more waits and nothing is to be offered again, the next call goes on.
///
/// When this is dropped half-way, what was claimed comes free when the claim's time is over, or by
/// [`Outbox::release`].
///
/// # Errors
/// When the store cannot be read or written: what was taken and not recorded is offered again.
pub async fn deliver(
    store: &impl Outbox,
    spec: &SinkSpec,
    sink: &impl Sink,
    now: impl Fn() -> Timestamp,
) -> Result<Report, StoreError> {
    let name = &spec.name;
    let claim = store.claim(name, now(), span(sink), BATCH).await?;
    let nothing = claim.events.is_empty() && claim.damaged.is_empty();
    let damaged = claim.damaged.into_iter().map(|(event, why)| Refused { event, why });
    let (loud, quiet): (Vec<Event>, Vec<Event>) =
        claim.events.into_iter().partition(|event| event.level >= spec.level);
    let mut delivery = if loud.is_empty() {
        Delivery::default()
    } else {
        whole(&loud, sink.deliver(&loud, &Context { now: now() }).await)
    };
    delivery.taken.extend(quiet.into_iter().map(|event| event.id));
    delivery.refused.extend(damaged);
    let (taken, refused) = (delivery.taken.len(), delivery.refused.clone());
    store.acknowledge(now(), name, delivery.taken, delivery.refused).await?;
    if delivery.again.is_some() {
        store.release(name).await?;
    }
    let waiting = store.waiting(name, spec.level).await?;
    if nothing && waiting > 0 {
        delivery.again = Some(Again::because("somebody else is giving it what waits for it"));
    }
    Ok(Report { taken, refused, again: delivery.again, waiting })
}

/// How long nobody else is given a batch: as long as the sink may need for it.
fn span(sink: &impl Sink) -> SignedDuration {
    let each = SignedDuration::try_from(sink.patience()).unwrap_or(SignedDuration::MAX);
    let batch = i32::try_from(BATCH).unwrap_or(i32::MAX);
    each.checked_mul(batch).and_then(|all| all.checked_add(ROOM)).unwrap_or(SignedDuration::MAX)
}

/// An answer that leaves no event out: of what a sink says nothing, it is not known to have.
fn whole(batch: &[Event], mut delivery: Delivery) -> Delivery {
    let refused = delivery.refused.iter().map(|refused| &refused.event);
    let named: HashSet<&EventId> = delivery.taken.iter().chain(refused).collect();
    if delivery.again.is_none() && batch.iter().any(|event| !named.contains(&event.id)) {
        delivery.again = Some(Again::because("it did not say whether it took all that it was given"));
    }
    delivery
}
