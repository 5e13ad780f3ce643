//! What quiet looks cost: bytes of the log.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};

use super::sample::{at, now, read, subject};
use crate::{
    evidence,
    model::{Digest, Looked, Observation},
    store::{Commit, Files, Looks as _, files::disk},
};

const TARGETS: usize = 400;

/// The sizes of all segments.
fn bytes(root: &Path) -> u64 {
    let files = disk::walk(root, "log").unwrap();
    files.iter().map(|(path, _)| std::fs::metadata(root.join(path)).unwrap().len()).sum()
}

fn name(n: usize) -> String {
    format!("council-of-somewhere-{n}")
}

/// A first look at each target.
async fn first_looks(store: &Files) -> Vec<Commit> {
    let first: Vec<Commit> = (0..TARGETS).map(|n| read(&name(n), 0, &["We know of no incident."])).collect();
    store.commit(at(1), first.clone()).await.unwrap();
    store.settle(at(1)).await.unwrap();
    first
}

/// A look that found the words of the first, `version` looks later.
fn quiet(first: &Commit, version: u64, started: Timestamp, body: Option<Digest>) -> Commit {
    let ended = started + SignedDuration::from_millis(183);
    let mut look = Observation::new(first.look.subject(), started, ended);
    look.looked = Looked::Same;
    look.snapshot.clone_from(&first.look.snapshot);
    look.status = Some(200);
    look.bytes = Some(65_536);
    look.body_sha256 = body.or_else(|| first.look.body_sha256.clone());
    Commit::bare(version, look)
}

#[test]
fn a_day_of_passes_by_runs_of_their_own_stays_under_three_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    now(async {
        let first = first_looks(&Files::open(folder.path()).unwrap()).await;
        let begun = bytes(folder.path());
        for pass in 0..96 {
            let before = bytes(folder.path());
            let start = at(15 * (pass + 1));
            let store = Files::open(folder.path()).unwrap();
            let commits = first.iter().zip(0..).map(|(first, n)| {
                quiet(
                    first,
                    1 + pass.cast_unsigned(),
                    start + SignedDuration::from_millis(250 * n + n % 7),
                    None,
                )
            });
            store.commit(start, commits.collect()).await.unwrap();
            store.settle(start + SignedDuration::from_mins(2)).await.unwrap();
            let cost = bytes(folder.path()) - before;
            // The first pass writes the list of targets out.
            assert!(pass == 0 || cost <= 600 + 16 * TARGETS as u64, "pass {pass}: {cost} bytes");
        }
        let day = bytes(folder.path()) - begun;
        assert!(day < 3_000_000, "{day} bytes a day");
        let store = Files::open(folder.path()).unwrap();
        assert_eq!(store.state(&subject(&name(399))).await.unwrap().looks, 97);
    });
    assert_eq!(evidence::verify(folder.path()).unwrap().faults, []);
}

#[test]
fn a_look_with_other_bytes_costs_its_digest_more() {
    let folder = tempfile::tempdir().unwrap();
    now(async {
        let store = Files::open(folder.path()).unwrap();
        let first = first_looks(&store).await;
        let before = bytes(folder.path());
        let commits = first.iter().zip(0..).map(|(first, n)| {
            let started = at(15) + SignedDuration::from_millis(250 * n);
            quiet(first, 1, started, Some(Digest::of(&n.to_le_bytes())))
        });
        store.commit(at(16), commits.collect()).await.unwrap();
        store.settle(at(17)).await.unwrap();
        // This pass writes the list of targets out, once.
        let list: usize = (0..TARGETS).map(|n| name(n).len() + 3).sum();
        let cost = bytes(folder.path()) - before;
        assert!(cost <= (700 + list + 64 * TARGETS) as u64, "{cost} bytes");
    });
}

#[test]
fn a_day_of_a_daemon_that_writes_once_a_minute_stays_under_three_megabytes() {
    let folder = tempfile::tempdir().unwrap();
    now(async {
        let store = Files::open(folder.path()).unwrap();
        let first = first_looks(&store).await;
        let before = bytes(folder.path());
        // Each target every quarter of an hour, so some in each minute.
        for minute in 0..24 * 60 {
            let start = at(15 + minute);
            let turn = usize::try_from(minute % 15).unwrap();
            let due = first.iter().skip(turn).step_by(15).zip(0..).map(|(first, n)| {
                quiet(
                    first,
                    1 + (minute / 15).cast_unsigned(),
                    start + SignedDuration::from_millis(2100 * n),
                    None,
                )
            });
            store.commit(start, due.collect()).await.unwrap();
            store.flush(start + SignedDuration::from_secs(60)).await.unwrap();
        }
        let day = bytes(folder.path()) - before;
        assert!(day < 3_000_000, "{day} bytes a day");
        assert_eq!(store.state(&subject(&name(399))).await.unwrap().looks, 97);
    });
    assert_eq!(evidence::verify(folder.path()).unwrap().faults, []);
}
