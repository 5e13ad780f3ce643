//! Looks at an invented council's page, for tests of whatever stands on a store.

use jiff::{Timestamp, ToSpan as _};

use crate::{
    model::{
        Between, Block, Capture, Event, EventKind, Hop, Known, Level, Looked, Observation, Provenance,
        Recipe, Sentence, Side, Snapshot, Statement, TargetId, Why,
    },
    store::{Commit, capture_ref},
    warc,
};

pub(crate) fn target(name: &str) -> TargetId {
    name.parse().unwrap()
}

/// The moment that many minutes after noon.
pub(crate) fn at(minutes: i64) -> Timestamp {
    "2024-01-19T12:00:00Z".parse::<Timestamp>().unwrap() + minutes.minutes()
}

fn looked(name: &str, minutes: i64, looked: Looked) -> Observation {
    let ended = at(minutes) + 250.milliseconds();
    Observation { looked, ..Observation::new(target(name), at(minutes), ended) }
}

/// A look that read these words, for the first time.
pub(crate) fn read(name: &str, minutes: i64, words: &[&str]) -> Commit {
    let mut observation = looked(name, minutes, Looked::Read);
    let url: url::Url = format!("https://{name}.example/incident").parse().unwrap();
    let answer = Hop {
        url: url.clone(),
        started: observation.started,
        ended: observation.ended,
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
        started: observation.started,
        ended: observation.ended,
        body_sha256: capture.body_digest(),
        capture: capture_ref(&observation.target, observation.started, &warc),
    };
    let snapshot = Snapshot::new(observation.target.clone(), provenance, Recipe::default(), statement);
    observation.body_sha256 = Some(capture.body_digest());
    let event = event(&observation, EventKind::Revised, Some(&snapshot));
    Commit { capture: Some(warc), snapshot: Some(snapshot), event: Some(event), ..Commit::bare(observation) }
}

/// A look that found the words of an earlier one.
pub(crate) fn same(minutes: i64, earlier: &Commit) -> Commit {
    let mut observation = looked(earlier.observation.target.as_str(), minutes, Looked::Same);
    observation.snapshot = earlier.snapshot.as_ref().map(|snapshot| snapshot.id.clone());
    observation.body_sha256.clone_from(&earlier.observation.body_sha256);
    Commit::bare(observation)
}

/// A look that could not be made, and is told.
pub(crate) fn refused(name: &str, minutes: i64) -> Commit {
    let mut observation = looked(name, minutes, Looked::Unreadable);
    (observation.why, observation.evidence) = (Some(Why::Connect), Some("connection refused".to_owned()));
    let event = event(&observation, EventKind::Unreadable, None);
    Commit { event: Some(event), ..Commit::bare(observation) }
}

fn event(observation: &Observation, kind: EventKind, to: Option<&Snapshot>) -> Event {
    let between = Between(None, observation.ended);
    let id = Known { target: &observation.target, kind, from: None, to: to.map(|s| &s.id), between }.id();
    Event {
        schema: Event::SCHEMA.to_owned(),
        id,
        kind,
        level: Level::Note,
        target: observation.target.clone(),
        body: "Wantsum City Council".to_owned(),
        incident: None,
        also: Vec::new(),
        url: "https://wantsum.example/incident".to_owned(),
        landed: None,
        between,
        from: None,
        to: to.map(|s| Side { snapshot: s.id.clone(), capture_sha256: s.provenance.body_sha256.clone() }),
        last_seen: None,
        flapping: false,
        why: observation.why,
        evidence: None,
        status: None,
        claims: None,
        headline: "Other words".to_owned(),
        changes: Vec::new(),
        degraded: false,
    }
}
