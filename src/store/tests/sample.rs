//! Looks at an invented council's page, for tests of whatever stands on a store.

use jiff::{Timestamp, ToSpan as _};

use crate::{
    model::{
        Between, Block, Capture, Digest, Event, EventKind, Hop, Level, Looked, Observation, Provenance,
        Recipe, Sentence, Side, Snapshot, Statement, Subject, TargetId, Why,
    },
    store::{Commit, Kept, Store, StoreError},
    warc,
};

/// Waits for a future on a runtime of its own.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

pub(crate) fn target(name: &str) -> TargetId {
    name.parse().unwrap()
}

pub(crate) fn subject(name: &str) -> Subject {
    name.parse().unwrap()
}

/// The moment that many minutes after noon.
pub(crate) fn at(minutes: i64) -> Timestamp {
    "2024-01-19T12:00:00Z".parse::<Timestamp>().unwrap() + minutes.minutes()
}

/// Keeps looks, each made from the state that its subject has when the batch is kept.
pub(crate) async fn keep(
    store: &impl Store,
    minutes: i64,
    mut commits: Vec<Commit>,
) -> Result<Vec<Kept>, StoreError> {
    for commit in &mut commits {
        commit.version = store.state(&commit.look.subject()).await?.version();
    }
    store.commit(at(minutes), commits).await
}

fn looked(name: &str, minutes: i64, looked: Looked) -> Observation {
    let ended = at(minutes) + 250.milliseconds();
    Observation { looked, ..Observation::new(subject(name), at(minutes), ended) }
}

/// A look that read these words, for the first time.
pub(crate) fn read(name: &str, minutes: i64, words: &[&str]) -> Commit {
    let mut look = looked(name, minutes, Looked::Read);
    let url: url::Url = format!("https://{}.example/incident", look.target).parse().unwrap();
    let answer = Hop {
        url: url.clone(),
        started: look.started,
        ended: look.ended,
        request: Vec::new(),
        version: "HTTP/1.1".to_owned(),
        status: 200,
        response: Vec::new(),
        peer: None,
        proxied: false,
        body: words.join("\n").into_bytes(),
    };
    let capture = Capture { redirects: Vec::new(), answer };
    let warc = warc::write(&capture);
    let sentences =
        words.iter().map(|words| Sentence { text: (*words).to_owned(), ..Sentence::default() }).collect();
    let statement =
        Statement { content: vec![Block { sentences, ..Block::default() }], ..Statement::default() };
    let provenance = Provenance {
        url: url.to_string(),
        landed: None,
        started: look.started,
        ended: look.ended,
        body_sha256: capture.body_digest(),
        capture: Digest::of(&warc),
    };
    let snapshot = Snapshot::new(look.subject(), provenance, Recipe::default(), statement);
    look.body_sha256 = Some(capture.body_digest());
    look.snapshot = Some(snapshot.id.clone());
    let event = event(&look, EventKind::Revised, Some(&snapshot));
    Commit { blobs: vec![warc], snapshots: vec![snapshot], events: vec![event], ..Commit::bare(0, look) }
}

/// A look that found the words of an earlier one, and the same bytes.
pub(crate) fn same(minutes: i64, earlier: &Commit) -> Commit {
    let mut look = looked(&earlier.look.subject().to_string(), minutes, Looked::Same);
    look.snapshot.clone_from(&earlier.look.snapshot);
    look.body_sha256.clone_from(&earlier.look.body_sha256);
    Commit::bare(0, look)
}

/// A look that could not be made, and is told.
pub(crate) fn refused(name: &str, minutes: i64) -> Commit {
    let still = still_refused(name, minutes);
    let event = event(&still.look, EventKind::Unreadable, None);
    Commit { events: vec![event], ..still }
}

/// A look that could not be made, and is not told.
pub(crate) fn still_refused(name: &str, minutes: i64) -> Commit {
    let mut look = looked(name, minutes, Looked::Unreadable);
    look.why = Some(Why::Connect);
    Commit::bare(0, look)
}

pub(crate) fn event(look: &Observation, kind: EventKind, to: Option<&Snapshot>) -> Event {
    let side = |s: &Snapshot| Side {
        snapshot: s.id.clone(),
        body_sha256: s.provenance.body_sha256.clone(),
        capture: Some(s.provenance.capture.clone()),
    };
    let mut event = Event {
        body: "Wantsum City Council".to_owned(),
        url: "https://wantsum.example/incident".to_owned(),
        to: to.map(side),
        why: look.why,
        headline: "Other words".to_owned(),
        ..Event::new(look.subject(), kind, Level::Note, Between(None, look.ended))
    };
    event.identify();
    event
}
