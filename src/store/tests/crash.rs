//! The world stops, or fails once, at each step that is done to the disk.

use std::path::Path;

use jiff::{SignedDuration, ToSpan as _};

use super::sample::{at, now, read, refused, same, still_refused, subject, target};
use crate::{
    evidence,
    model::{Digest, Entry, EventId, Looked, Memory, Observation},
    store::{
        Blobs as _, Commit, Cursor, Files, History as _, Looks as _, Outbox as _, StoreError,
        files::disk::Faults,
    },
};

/// What was acknowledged before the fault.
#[derive(Debug, Default)]
struct Acknowledged {
    kept: Vec<Commit>,
    /// Quiet looks that wait for the next flush.
    quiet: Vec<Commit>,
    begun: bool,
    renamed: bool,
    told: Vec<EventId>,
    /// Handed to the sink; that it took them may be on record or not.
    handed: Vec<EventId>,
}

fn batches() -> Vec<Vec<Commit>> {
    let first = read("wantsum", 0, &["We know of no incident."]);
    let item = read("feed#an-item", 0, &["All is well."]);
    let mut second = read("wantsum", 15, &["We are investigating.", "No data was taken."]);
    second.memory = Some(("wantsum.example".to_owned(), Memory { number: 1, ..Memory::default() }));
    second.blobs.push(b"a picture of the page".to_vec());
    let mut other = same(20, &second);
    other.look.body_sha256 = Some(Digest::of(b"another menu"));
    let mut not_modified = same(25, &item);
    (not_modified.look.looked, not_modified.look.body_sha256) = (Looked::NotModified, None);
    vec![
        vec![first.clone(), refused("eastmarch", 0), item.clone()],
        vec![same(5, &first), still_refused("eastmarch", 5)],
        vec![second.clone(), read("eastmarch", 15, &["All is well."])],
        vec![other, not_modified],
        // A day later: another segment.
        vec![refused("wantsum", 24 * 60), same(24 * 60, &item)],
        vec![still_refused("wantsum", 24 * 60 + 15)],
    ]
}

/// Four runs of the program: keep, tell, flush, settle.
async fn runs(root: &Path, done: &mut Acknowledged) -> Result<(), StoreError> {
    let mut batches = batches().into_iter();
    for many in [1, 3, 2] {
        let store = Files::open(root)?;
        store.begin(at(0), "desk").await?;
        done.begun = true;
        for batch in batches.by_ref().take(many) {
            let when = batch[batch.len() - 1].look.ended;
            let mut given = batch.clone();
            for commit in &mut given {
                commit.version = store.state(&commit.look.subject()).await?.version();
            }
            store.commit(when, given).await?;
            let (loud, quiet): (Vec<_>, Vec<_>) = batch.into_iter().partition(|c| !c.events.is_empty());
            done.kept.extend(loud);
            done.quiet.extend(quiet);
            store.flush(when + 1.minute()).await?;
            done.kept.append(&mut done.quiet);
        }
        let claim = store.claim("desk", at(24 * 60 + 1), SignedDuration::from_mins(1), 100).await?;
        assert_eq!(claim.damaged, []);
        let ids: Vec<_> = claim.events.into_iter().map(|event| event.id).collect();
        done.handed.extend(ids.clone());
        store.acknowledge(at(24 * 60 + 1), "desk", ids.clone(), Vec::new()).await?;
        done.told.extend(ids);
        store.settle(at(24 * 60 + 20)).await?;
    }
    let store = Files::open(root)?;
    done.renamed = store.rename(at(24 * 60 + 30), &target("eastmarch"), &target("west")).await?;
    Ok(())
}

/// Nothing acknowledged is lost, and nothing is there in part.
async fn check(root: &Path, done: &Acknowledged) {
    // Before anything is repaired. A store that was not made yet is none.
    if root.join("format").exists() {
        assert_eq!(evidence::verify(root).unwrap().faults, [], "before the next opening");
        holds(&Files::read_only(root).unwrap(), done).await;
    }
    let store = Files::open(root).unwrap();
    holds(&store, done).await;
    assert_eq!(evidence::verify(root).unwrap().faults, [], "after the next opening");
    store.begin(at(2900), "desk").await.unwrap();
    let mut next = read("wantsum", 3000, &["We go on."]);
    next.version = store.state(&subject("wantsum")).await.unwrap().version();
    store.commit(at(3000), vec![next.clone()]).await.unwrap();
    assert!(waiting(&store).await.contains(&next.events[0].id));
    store.settle(at(3001)).await.unwrap();
    drop(store);
    assert_eq!(evidence::verify(root).unwrap().faults, [], "after the next run");
    let left: Vec<_> = std::fs::read_dir(root.join("tmp")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    let latest = std::fs::read_to_string(root.join("targets/wantsum/latest.txt")).unwrap();
    assert_eq!(latest, "We go on.\n");
}

async fn waiting(store: &Files) -> Vec<EventId> {
    let claim = store.claim("desk", at(9000), SignedDuration::ZERO, 100).await.unwrap();
    assert_eq!(claim.damaged, []);
    claim.events.into_iter().map(|event| event.id).collect()
}

async fn holds(store: &Files, done: &Acknowledged) {
    let page = store.history(&Cursor::default(), 1000).await.unwrap();
    let looks: Vec<Observation> = page
        .records
        .into_iter()
        .filter_map(|record| match record.entry {
            Entry::Look(look) => Some(look),
            _ => None,
        })
        .collect();
    let all: Vec<_> = batches().into_iter().flatten().collect();
    for commit in &done.kept {
        assert!(looks.iter().any(|look| same_look(look, commit)), "lost: {:?}", commit.look);
    }
    let untold = waiting(store).await;
    // Whatever the log has a line of is there, whole; and what was told stays told, what was not waits.
    for commit in all.iter().filter(|commit| looks.iter().any(|look| same_look(look, commit))) {
        let name = |subject: crate::model::Subject| {
            if done.renamed && subject.target == target("eastmarch") {
                subject.under(&target("west"))
            } else {
                subject
            }
        };
        for snapshot in &commit.snapshots {
            assert_eq!(&store.snapshot(&name(snapshot.subject()), &snapshot.id).await.unwrap(), snapshot);
        }
        for blob in &commit.blobs {
            assert_eq!(&store.blob(&Digest::of(blob)).await.unwrap(), blob);
        }
        for event in &commit.events {
            assert_eq!(&store.event(&event.id).await.unwrap(), event);
            let told = done.told.contains(&event.id);
            let waits = untold.contains(&event.id);
            assert!(waits || done.handed.contains(&event.id), "never told: {event:?}");
            assert!(!(told && waits), "told twice: {event:?}");
        }
        if let Some((host, memory)) = &commit.memory {
            assert_eq!(&store.memory(host).await.unwrap().unwrap().1, memory);
        }
    }
    let state = store.state(&subject("wantsum")).await.unwrap();
    assert_eq!(state.looks, looks.iter().filter(|look| look.target == target("wantsum")).count() as u64);
}

fn same_look(look: &Observation, commit: &Commit) -> bool {
    (look.subject(), look.started, look.looked)
        == (commit.look.subject(), commit.look.started, commit.look.looked)
}

fn at_each_step(fault: impl Fn(u32) -> Faults) -> u32 {
    for step in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let mut done = Acknowledged::default();
        fault(step).set();
        let ended = now(runs(folder.path(), &mut done));
        let struck = !Faults::pending();
        Faults::None.set();
        if !struck {
            ended.unwrap();
            assert!(done.renamed);
            return step;
        }
        now(check(folder.path(), &done));
    }
    0
}

#[test]
fn a_kill_at_any_step_leaves_the_old_or_the_new() {
    let steps = at_each_step(Faults::Stop);
    assert!(steps > 100, "only {steps} steps were seen");
}

#[test]
fn one_failure_at_any_step_loses_nothing_that_was_acknowledged() {
    at_each_step(Faults::Fail);
}
