//! What waits for a sink in the store, and what became of it: one batch at a time.
//!
//! A batch is claimed, delivered, and what became of it is put on record; only then is the next one claimed. Not here: when
//! a sink is told, and how long it is left alone after it took nothing (`engine`).

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::{Context, Delivery, Retry, Sink, rhythm};
use crate::{
    model::{Event, EventId, Refused, Rhythm, SinkSpec},
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
    /// How many of those are refused because the store has no longer what was kept.
    pub damaged: usize,
    /// Why the rest is to be offered again, and from when on.
    pub retry: Option<Retry>,
    /// Until when something is held back for the sink, as its rhythm and its quiet hours say.
    pub held: Option<Timestamp>,
    /// How many events wait for it now.
    pub waiting: usize,
}

/// What a delivery must know of its time.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The time zone of quiet hours and of days.
    pub zone: TimeZone,
    /// Events are held back for a while, since more may come that say the same: in a watch, where no pass ends.
    pub gathers: bool,
}

/// Gives a sink the next batch of what waits for it, and puts on record what became of that, at the moment that `now`
/// then gives. Where more waits and nothing is to be offered again, the next call goes on. `recent` gives so many of the
/// newest events, where the sink asks for them.
///
/// When this is dropped half-way, what was claimed comes free when the claim's time is over, or by
/// [`Outbox::release`].
///
/// # Errors
/// When the store cannot be read or written: what was taken and not recorded is offered again.
pub async fn deliver<R>(
    store: &impl Outbox,
    spec: &SinkSpec,
    sink: &impl Sink,
    moment: &Moment,
    now: impl Fn() -> Timestamp,
    recent: impl FnOnce(usize) -> R,
) -> Result<Report, StoreError>
where
    R: Future<Output = Result<Vec<Event>, StoreError>>,
{
    let name = &spec.name;
    let begun = now();
    let claim = store.claim(name, begun, span(sink), BATCH).await?;
    let nothing = claim.events.is_empty() && claim.damaged.is_empty() && claim.unread.is_empty();
    let damaged: Vec<Refused> =
        claim.damaged.into_iter().map(|(event, why)| Refused { event, why }).collect();
    let lost = damaged.len();
    let (wanted, unwanted): (Vec<Event>, Vec<Event>) =
        claim.events.into_iter().partition(|event| event.level >= spec.level && spec.filter.passes(event));
    let (loud, held) = split(spec, wanted, moment, begun);
    let mut delivery = if loud.is_empty() {
        Delivery::default()
    } else {
        let recent = match sink.recent() {
            0 => Vec::new(),
            most => recent(most).await?,
        };
        whole(&loud, sink.deliver(&loud, &Context { now: now(), recent: &recent }).await)
    };
    if let Some((_, seen)) = claim.unread.first() {
        // The disk may read it later.
        delivery.retry.get_or_insert_with(|| Retry::because(format!("an event cannot be read now: {seen}")));
    }
    give_up(spec, &loud, &mut delivery, begun);
    delivery.taken.extend(unwanted.into_iter().map(|event| event.id));
    delivery.refused.extend(damaged);
    let (taken, refused) = (delivery.taken.len(), delivery.refused.clone());
    store.acknowledge(now(), name, delivery.taken, delivery.refused).await?;
    if delivery.retry.is_some() || held.is_some() {
        store.release(name).await?;
    }
    // What is held back says nothing of whether the sink takes it.
    if !loud.is_empty() {
        let why = delivery.retry.as_ref().map(|again| again.reason.as_str());
        store.trouble(now(), name, why).await?;
    }
    let waiting = store.waiting(name, spec.level).await?;
    if nothing && waiting > 0 {
        delivery.retry = Some(Retry::because("somebody else is giving it what waits for it"));
    }
    Ok(Report { taken, refused, damaged: lost, retry: delivery.retry, held, waiting })
}

/// Until when an event is held back for a sink whose turn it would be, as its rhythm and its quiet hours say.
pub fn held_until(spec: &SinkSpec, event: &Event, moment: &Moment, now: Timestamp) -> Option<Timestamp> {
    split(spec, vec![event.clone()], moment, now).1
}

/// What is told now, and until when the rest is held back. A digest that is due holds all that waits.
fn split(
    spec: &SinkSpec,
    events: Vec<Event>,
    moment: &Moment,
    now: Timestamp,
) -> (Vec<Event>, Option<Timestamp>) {
    // In quiet hours nothing is told, whenever it was due.
    if let Some(quiet) = spec.quiet {
        let end = rhythm::outside(now, quiet, &moment.zone);
        if end > now {
            let held = (!events.is_empty()).then_some(end);
            return (Vec::new(), held);
        }
    }
    // What a clock that was ahead dated is due: nobody waits for that day.
    let due = |event: &Event| match event.between.1 {
        ahead if ahead > now => now,
        _ => rhythm::due(spec, event, moment.gathers, &moment.zone),
    };
    let first = events.iter().map(&due).min();
    let all = spec.rhythm != Rhythm::Each || spec.gather > std::time::Duration::ZERO;
    match first {
        None => (events, None),
        Some(first) if first > now => (Vec::new(), Some(first)),
        Some(_) if all => (events, None),
        Some(_) => {
            let (told, held): (Vec<Event>, Vec<Event>) = events.into_iter().partition(|e| due(e) <= now);
            let held = held.iter().map(&due).min();
            (told, held)
        }
    }
}

/// What was offered for longer than the sink is to be asked is not offered any more, and stands on record as given up.
fn give_up(spec: &SinkSpec, loud: &[Event], delivery: &mut Delivery, now: Timestamp) {
    let (Some(again), Some(patience)) = (&delivery.retry, spec.give_up) else { return };
    let patience = SignedDuration::try_from(patience).unwrap_or(SignedDuration::MAX);
    let why = format!("given up; at last: {}", again.reason);
    let answered: HashSet<&EventId> =
        delivery.taken.iter().chain(delivery.refused.iter().map(|refused| &refused.event)).collect();
    let given_up: Vec<Refused> = loud
        .iter()
        .filter(|event| !answered.contains(&event.id) && now.duration_since(event.between.1) > patience)
        .map(|event| Refused { event: event.id.clone(), why: why.clone() })
        .collect();
    delivery.refused.extend(given_up);
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
    if delivery.retry.is_none() && batch.iter().any(|event| !named.contains(&event.id)) {
        delivery.retry = Some(Retry::because("it did not say whether it took all that it was given"));
    }
    delivery
}
