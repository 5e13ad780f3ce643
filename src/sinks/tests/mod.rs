//! What sinks make of events: files and programs, the outbox on a store in memory, the terminal.

mod outbox;
mod terminal;

use std::{path::Path, time::Duration};

use jiff::{Timestamp, ToSpan as _};

use super::{AnySink, Context, Delivery, Sink as _};
use crate::model::{
    Between, CommandSink, Event, EventKind, FileSink, Input, Level, SinkKind, SinkSpec, Subject, TargetId,
};

/// The moment that many minutes after noon.
fn at(minutes: i64) -> Timestamp {
    "2024-01-19T12:00:00Z".parse::<Timestamp>().unwrap() + minutes.minutes()
}

/// What happened to an invented council's page.
fn event(minutes: i64, level: Level) -> Event {
    let target: TargetId = "wantsum-news".parse().unwrap();
    Event {
        body: "Wantsum City Council".to_owned(),
        incident: Some("marsh-2024".parse().unwrap()),
        url: "https://wantsum.example/news".to_owned(),
        headline: format!("Said {minutes} minutes after noon"),
        ..Event::new(Subject::from(target), EventKind::Unreadable, level, Between(None, at(minutes)))
    }
}

fn file(path: &str) -> SinkSpec {
    let kind = SinkKind::File(FileSink { path: path.into() });
    SinkSpec::plain("file", Level::Note, kind)
}

fn command(script: &str, timeout: Duration) -> SinkSpec {
    let run = ["sh", "-c", script].map(str::to_owned).to_vec();
    let kind = SinkKind::Command(CommandSink { run, input: Input::Json, timeout });
    SinkSpec::plain("command", Level::Note, kind)
}

async fn deliver(spec: &SinkSpec, folder: &Path, batch: &[Event]) -> Delivery {
    AnySink::new(spec, folder).deliver(batch, &Context { now: at(0), recent: &[] }).await
}

#[tokio::test]
async fn a_file_grows_by_a_line_an_event_and_its_folder_is_made() {
    let dir = tempfile::tempdir().unwrap();
    let spec = file("told/by/hour/events.ndjson");
    let (first, second) = ([event(1, Level::Alert), event(2, Level::Note)], [event(3, Level::Alert)]);
    assert_eq!(deliver(&spec, dir.path(), &first).await.taken.len(), 2);
    assert_eq!(deliver(&spec, dir.path(), &second).await.taken, [second[0].id.clone()]);
    let text = std::fs::read_to_string(dir.path().join("told/by/hour/events.ndjson")).unwrap();
    let read: Vec<Event> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read, [&first[..], &second[..]].concat());
}

#[tokio::test]
async fn a_line_after_a_torn_one_stands_by_itself() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("events.ndjson");
    std::fs::write(&path, "{\"whole\":1}\n{\"torn\":").unwrap();
    deliver(&file("events.ndjson"), dir.path(), &[event(1, Level::Alert)]).await;
    let text = std::fs::read_to_string(&path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["{\"whole\":1}", "{\"torn\":"]);
    assert_eq!(serde_json::from_str::<Event>(lines[2]).unwrap(), event(1, Level::Alert));
    assert_eq!(lines.len(), 3);
}

#[tokio::test]
async fn a_file_that_cannot_be_written_takes_nothing_and_says_which() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("told"), "a file where a folder should be").unwrap();
    let delivery = deliver(&file("told/events.ndjson"), dir.path(), &[event(1, Level::Alert)]).await;
    assert!(delivery.taken.is_empty() && delivery.refused.is_empty());
    let again = delivery.retry.unwrap();
    assert!(again.reason.contains("events.ndjson could not be written"), "{again:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_is_given_one_event_after_the_other_until_it_takes_one_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let taken = dir.path().join("taken");
    let script = format!(
        "read event; case $event in *' 2 minutes'*) echo no paper >&2; exit 3;; esac; echo \"$event\" >> '{}'",
        taken.display()
    );
    let batch = [1, 2, 3].map(|minutes| event(minutes, Level::Alert));
    let delivery = deliver(&command(&script, Duration::from_mins(1)), dir.path(), &batch).await;
    assert_eq!(delivery.taken, [batch[0].id.clone()]);
    assert_eq!(delivery.retry.unwrap().reason, "it ended with 3, saying: no paper");
    let text = std::fs::read_to_string(taken).unwrap();
    assert_eq!(serde_json::from_str::<Event>(text.trim_end()).unwrap(), batch[0]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_command_that_takes_too_long_is_stopped() {
    let dir = tempfile::tempdir().unwrap();
    let spec = command("sleep 600", Duration::from_millis(100));
    let delivery = deliver(&spec, dir.path(), &[event(1, Level::Alert)]).await;
    assert_eq!(delivery.retry.unwrap().reason, "it took longer than 100ms and was stopped");
    assert!(delivery.taken.is_empty());
}
