//! What waits for a sink, and what became of it.
//!
//! In three steps, so that sending needs no store and one slow sink holds nobody up: what waits is taken from the store,
//! sent, and what was taken is put on record.

use jiff::Timestamp;

use super::{Any, Sink as _};
use crate::{
    model::{Event, EventId, SinkSpec},
    store::{Store, StoreError},
};

/// What waits for one sink.
#[derive(Debug)]
pub struct Parcel {
    /// The events that it is told, in the order in which they happened.
    pub loud: Vec<Event>,
    /// Those that are too quiet for it: they count as taken.
    pub quiet: Vec<EventId>,
}

/// What became of a parcel.
#[derive(Debug, Default)]
pub struct Sent {
    /// What the sink has taken, the quiet ones included.
    pub taken: Vec<EventId>,
    /// Why it took no more.
    pub trouble: Option<String>,
}

/// Names the sinks to the store: each takes what happens from then on.
///
/// # Errors
/// When the store cannot be written.
pub fn begin(store: &mut impl Store, now: Timestamp, specs: &[SinkSpec]) -> Result<(), StoreError> {
    specs.iter().try_for_each(|spec| store.begin(now, &spec.name))
}

/// What waits for a sink; `None` where nothing does.
///
/// # Errors
/// When the store cannot be read.
pub fn waiting(store: &impl Store, spec: &SinkSpec) -> Result<Option<Parcel>, StoreError> {
    let (loud, quiet): (Vec<Event>, Vec<Event>) =
        store.undelivered(&spec.name)?.into_iter().partition(|event| event.level >= spec.level);
    let quiet: Vec<EventId> = quiet.into_iter().map(|event| event.id).collect();
    Ok((!loud.is_empty() || !quiet.is_empty()).then_some(Parcel { loud, quiet }))
}

/// Gives a sink its events one after the other, until it does not take one.
pub async fn send(mut sink: Any, parcel: Parcel) -> Sent {
    let mut sent = Sent { taken: parcel.quiet, trouble: None };
    for event in parcel.loud {
        match sink.take(&event).await {
            Ok(()) => sent.taken.push(event.id),
            Err(trouble) => {
                sent.trouble = Some(trouble);
                break;
            }
        }
    }
    sent
}

/// Puts on record what a sink has taken.
///
/// # Errors
/// When the store cannot be written: the events will be sent again.
pub fn record(
    store: &mut impl Store,
    now: Timestamp,
    spec: &SinkSpec,
    sent: &Sent,
) -> Result<(), StoreError> {
    store.delivered(now, &spec.name, &sent.taken)
}
