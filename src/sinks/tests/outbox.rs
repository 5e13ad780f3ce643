//! Batches out of a store.

use std::sync::{
    Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use jiff::tz::TimeZone;

use super::{
    super::{Moment, Report},
    *,
};
use crate::{
    model::{Entry, EventId, Observation, Refused, Rhythm},
    sinks::{Retry, Sink},
    store::{Commit, Cursor, Files, Kept, Outbox, Store, StoreError, memory::InMemory},
};

/// A sink that answers as it is told to, and knows what it was given.
#[derive(Default)]
struct Scripted {
    refuses: Vec<EventId>,
    /// It takes no more after so many.
    tired_after: Option<usize>,
    /// It says nothing of anything.
    mute: bool,
    given: Mutex<Vec<EventId>>,
}

impl Scripted {
    fn given(&self) -> Vec<EventId> {
        std::mem::take(&mut self.given.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Sink for Scripted {
    async fn deliver(&self, batch: &[Event], context: &Context<'_>) -> Delivery {
        let mut delivery = Delivery::default();
        self.given.lock().unwrap().extend(batch.iter().map(|event| event.id.clone()));
        if self.mute {
            return delivery;
        }
        for event in batch {
            if self.refuses.contains(&event.id) {
                delivery.refused.push(Refused { event: event.id.clone(), why: "no such desk".to_owned() });
            } else if self.tired_after.is_some_and(|most| delivery.taken.len() >= most) {
                delivery.retry = Some(Retry {
                    reason: "enough for now".to_owned(),
                    after: Some(context.now + 5.minutes()),
                });
                break;
            } else {
                delivery.taken.push(event.id.clone());
            }
        }
        delivery
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(1)
    }
}

/// A delivery in a pass, in UTC.
async fn deliver(
    store: &impl Outbox,
    spec: &SinkSpec,
    sink: &impl Sink,
    now: impl Fn() -> Timestamp,
) -> Result<Report, StoreError> {
    let moment = Moment { zone: TimeZone::UTC, gathers: false };
    super::super::deliver(store, spec, sink, &moment, now, async |_| Ok(Vec::new())).await
}

/// A store in which these happened, after its sink was named.
async fn store(events: &[Event]) -> (InMemory, SinkSpec) {
    let (store, spec) = (InMemory::new(), file("unused"));
    store.begin(at(0), &spec.name).await.unwrap();
    happen(&store, events).await;
    (store, spec)
}

async fn happen(store: &impl Store, events: &[Event]) {
    for (version, event) in events.iter().enumerate() {
        let look = Observation::new(event.subject(), event.between.1, event.between.1);
        let commit = Commit { events: vec![event.clone()], ..Commit::bare(version as u64, look) };
        let kept = store.commit(event.between.1, vec![commit]).await.unwrap();
        assert_eq!(kept, [Kept::Kept]);
    }
}

/// What stands on record as delivered: when, how many taken, how many refused.
async fn deliveries(store: &impl Store) -> Vec<(Timestamp, usize, usize)> {
    let page = store.history(&Cursor::default(), usize::MAX).await.unwrap();
    let delivery = |record: &crate::model::Record| match &record.entry {
        Entry::Delivery { events, refused, .. } => Some((record.at, events.len(), refused.len())),
        _ => None,
    };
    page.records.iter().filter_map(delivery).collect()
}

fn ids(events: &[Event]) -> Vec<EventId> {
    events.iter().map(|event| event.id.clone()).collect()
}

#[tokio::test]
async fn what_is_too_quiet_for_a_sink_counts_as_taken() {
    let events = [event(1, Level::Silent), event(2, Level::Note), event(3, Level::Silent)];
    let (store, spec) = store(&events).await;
    let sink = Scripted::default();
    let report = deliver(&store, &spec, &sink, || at(4)).await.unwrap();
    assert_eq!(sink.given(), ids(&events[1..2]));
    assert_eq!((report.taken, report.waiting), (3, 0));
    assert_eq!(deliveries(&store).await, [(at(4), 3, 0)]);

    let report = deliver(&store, &spec, &sink, || at(5)).await.unwrap();
    assert_eq!((sink.given(), report.taken), (Vec::new(), 0));
    assert_eq!(deliveries(&store).await.len(), 1, "nothing waited, so nothing is written");
}

#[tokio::test]
async fn what_is_refused_is_on_record_and_not_offered_again() {
    let events = [1, 2, 3].map(|minutes| event(minutes, Level::Alert));
    let (store, spec) = store(&events).await;
    let sink = Scripted { refuses: ids(&events[1..2]), ..Scripted::default() };
    let report = deliver(&store, &spec, &sink, || at(4)).await.unwrap();
    let refused = Refused { event: events[1].id.clone(), why: "no such desk".to_owned() };
    assert_eq!((report.taken, report.refused, report.retry), (2, vec![refused], None));
    assert_eq!((report.waiting, deliveries(&store).await), (0, vec![(at(4), 2, 1)]));
}

#[tokio::test]
async fn an_event_whose_file_was_changed_is_not_told_and_stands_as_refused() {
    let (dir, spec) = (tempfile::tempdir().unwrap(), file("unused"));
    let store = Files::open(dir.path()).unwrap();
    store.begin(at(0), &spec.name).await.unwrap();
    let events = [1, 2].map(|minutes| event(minutes, Level::Alert));
    happen(&store, &events).await;
    let folder = dir.path().join("targets/wantsum-news/events");
    let of_first = |path: &std::path::PathBuf| path.to_string_lossy().contains(events[0].id.short());
    let path = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find(of_first).unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("Wantsum City Council", "Somebody else")).unwrap();

    let sink = Scripted::default();
    let report = deliver(&store, &spec, &sink, || at(4)).await.unwrap();
    assert_eq!(sink.given(), ids(&events[1..]));
    assert_eq!((report.taken, report.waiting), (1, 0));
    assert_eq!(report.refused[0].event, events[0].id);
    assert!(report.refused[0].why.contains("not those that were kept"), "{report:?}");
    assert_eq!(report.damaged, 1);
    let recorded: usize = deliveries(&store).await.iter().map(|(_, _, refused)| refused).sum();
    assert_eq!(recorded, 1);
}

#[tokio::test]
async fn what_is_not_taken_is_offered_again_and_nothing_else() {
    let events = [1, 2, 3].map(|minutes| event(minutes, Level::Alert));
    let (store, spec) = store(&events).await;
    let tired = Scripted { tired_after: Some(1), ..Scripted::default() };
    let report = deliver(&store, &spec, &tired, || at(4)).await.unwrap();
    let again = Retry { reason: "enough for now".to_owned(), after: Some(at(9)) };
    assert_eq!((report.taken, report.retry, report.waiting), (1, Some(again), 2));

    let sink = Scripted::default();
    let report = deliver(&store, &spec, &sink, || at(9)).await.unwrap();
    assert_eq!(sink.given(), ids(&events[1..]));
    assert_eq!((report.taken, report.retry, report.waiting), (2, None, 0));
}

#[tokio::test]
async fn an_event_of_which_a_sink_says_nothing_is_offered_again() {
    let events = [event(1, Level::Alert)];
    let (store, spec) = store(&events).await;
    let mute = Scripted { mute: true, ..Scripted::default() };
    let report = deliver(&store, &spec, &mute, || at(4)).await.unwrap();
    assert!(report.retry.is_some(), "else it would be offered at once, for ever");
    assert_eq!((report.taken, report.waiting), (0, 1));
}

#[tokio::test]
async fn what_somebody_else_is_delivering_is_left_to_them() {
    let (store, spec) = store(&[event(1, Level::Alert)]).await;
    store.claim(&spec.name, at(2), jiff::SignedDuration::from_mins(10), 1).await.unwrap();
    let sink = Scripted::default();
    let report = deliver(&store, &spec, &sink, || at(4)).await.unwrap();
    assert_eq!((sink.given(), report.waiting), (Vec::new(), 1));
    assert!(report.retry.is_some(), "else it would be asked for at once, for ever");
    let report = deliver(&store, &spec, &sink, || at(12)).await.unwrap();
    assert_eq!((report.taken, report.waiting), (1, 0));
}

#[tokio::test]
async fn very_many_events_go_in_batches_and_each_once() {
    let events: Vec<Event> = (1..=150).map(|minutes| event(minutes, Level::Alert)).collect();
    let (store, spec) = store(&events).await;
    let sink = Scripted::default();
    let mut given = Vec::new();
    loop {
        let report = deliver(&store, &spec, &sink, || at(200)).await.unwrap();
        let batch = sink.given();
        assert!(!batch.is_empty() && batch.len() <= 64, "{}", batch.len());
        given.extend(batch);
        if report.waiting == 0 {
            break;
        }
    }
    assert_eq!(given, ids(&events));
}

#[tokio::test]
async fn what_was_taken_is_on_record_at_the_moment_when_that_was_known() {
    let (store, spec) = store(&[event(1, Level::Alert)]).await;
    let minute = AtomicI64::new(10);
    let now = || at(minute.fetch_add(1, Ordering::Relaxed));
    deliver(&store, &spec, &Scripted::default(), now).await.unwrap();
    assert_eq!(deliveries(&store).await, [(at(12), 1, 0)]);
}

#[tokio::test]
async fn a_delivery_can_be_a_task_of_its_own() {
    let dir = tempfile::tempdir().unwrap();
    let (store, spec) = store(&[event(1, Level::Alert)]).await;
    let sink = AnySink::new(&file("events.ndjson"), dir.path());
    let task = tokio::spawn(async move { deliver(&store, &spec, &sink, || at(2)).await });
    assert_eq!(task.await.unwrap().unwrap().taken, 1);
}

#[tokio::test]
async fn an_event_is_offered_until_it_is_taken_or_as_long_as_the_file_says() {
    let (store, mut spec) = store(&[event(1, Level::Alert)]).await;
    let tired = Scripted { tired_after: Some(0), ..Scripted::default() };
    let month = || at(31 * 24 * 60);
    let report = deliver(&store, &spec, &tired, month).await.unwrap();
    assert_eq!((report.refused.len(), report.waiting), (0, 1), "it is never given up by itself");
    spec.give_up = Some(Duration::from_hours(24));
    let report = deliver(&store, &spec, &tired, || at(60)).await.unwrap();
    assert_eq!((report.refused.len(), report.waiting), (0, 1), "an hour is not a day");
    let report = deliver(&store, &spec, &tired, month).await.unwrap();
    assert_eq!((report.refused.len(), report.waiting), (1, 0));
    assert!(report.refused[0].why.contains("enough for now"), "{report:?}");
}

#[tokio::test]
async fn a_digest_waits_for_its_time_and_holds_all_and_a_clock_that_was_ahead_holds_nothing_back() {
    let events = [1, 2].map(|minutes| event(minutes, Level::Alert));
    let (store, mut spec) = store(&events).await;
    spec.rhythm = Rhythm::Hourly;
    let sink = Scripted::default();
    let report = deliver(&store, &spec, &sink, || at(30)).await.unwrap();
    assert_eq!((report.taken, report.held, report.retry, report.waiting), (0, Some(at(60)), None, 2));
    let report = deliver(&store, &spec, &sink, || at(60)).await.unwrap();
    assert_eq!((report.taken, report.held), (2, None));
    assert_eq!(sink.given(), ids(&events));

    let (store, mut spec) = self::store(&[event(600_000, Level::Alert)]).await;
    spec.rhythm = Rhythm::Hourly;
    assert_eq!(deliver(&store, &spec, &sink, || at(30)).await.unwrap().taken, 1);
}
