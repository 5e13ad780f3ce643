//! The world stops, or fails once, at each step that is done to the disk.

use std::path::Path;

use super::sample::{at, read, refused, same, target};
use crate::{
    evidence,
    model::{Entry, EventId, Memory},
    store::{Commit, Files, Store, StoreError, disk::Faults},
};

/// What was acknowledged before the fault.
#[derive(Debug, Default)]
struct Acknowledged {
    kept: Vec<Commit>,
    told: Vec<EventId>,
    /// Handed to the sink; that it took them may be on record or not.
    handed: Vec<EventId>,
}

fn batches() -> Vec<Vec<Commit>> {
    let first = read("wantsum", 0, &["We know of no incident."]);
    let mut second = read("wantsum", 15, &["We are investigating.", "No data was taken."]);
    second.memory = Some(("wantsum.example".to_owned(), Memory { number: 1, ..Memory::default() }));
    vec![
        vec![first.clone(), refused("eastmarch", 0)],
        vec![same(5, &first)],
        vec![second, read("eastmarch", 15, &["All is well."])],
        // A day later: another file of the log.
        vec![refused("wantsum", 24 * 60)],
    ]
}

/// Three runs of the program: keep, tell, settle.
fn runs(root: &Path, done: &mut Acknowledged) -> Result<(), StoreError> {
    let mut batches = batches().into_iter();
    for batches in
        [batches.by_ref().take(1).collect::<Vec<_>>(), batches.by_ref().take(2).collect(), batches.collect()]
    {
        let mut store = Files::open(root)?;
        for batch in batches {
            let when = batch.last().unwrap().observation.ended;
            store.commit(when, batch.clone())?;
            done.kept.extend(batch);
        }
        let ids: Vec<_> = store.undelivered("desk")?.into_iter().map(|event| event.id).collect();
        done.handed.extend(ids.clone());
        store.delivered(at(24 * 60 + 1), "desk", &ids)?;
        done.told.extend(ids);
        store.settle()?;
    }
    Ok(())
}

/// Nothing acknowledged is lost, and nothing is there in part.
fn check(root: &Path, done: &Acknowledged) {
    // Before anything is repaired. A store that was not made yet is none.
    if root.join("format").exists() {
        assert_eq!(evidence::verify(root).unwrap().faults, [], "before the next opening");
        holds(&Files::read_only(root).unwrap(), done);
    }
    let mut store = Files::open(root).unwrap();
    holds(&store, done);
    let next = read("wantsum", 3000, &["We go on."]);
    store.commit(at(3000), vec![next.clone()]).unwrap();
    assert!(store.undelivered("desk").unwrap().contains(next.event.as_ref().unwrap()));
    store.settle().unwrap();
    drop(store);
    assert_eq!(evidence::verify(root).unwrap().faults, [], "after the next run");
    let left: Vec<_> = std::fs::read_dir(root.join("tmp")).unwrap().collect();
    assert!(left.is_empty(), "{left:?}");
    let latest = std::fs::read_to_string(root.join("targets/wantsum/latest.txt")).unwrap();
    assert_eq!(latest, "We go on.\n");
}

fn holds(store: &Files, done: &Acknowledged) {
    let mut looks = Vec::new();
    for line in store.lines().unwrap() {
        if let Entry::Look(look) = line.unwrap().entry {
            looks.push(look);
        }
    }
    let all: Vec<_> = batches().into_iter().flatten().collect();
    for commit in &done.kept {
        assert!(looks.iter().any(|look| same_look(look, commit)), "lost: {:?}", commit.observation);
    }
    let untold: Vec<_> = store.undelivered("desk").unwrap().into_iter().map(|event| event.id).collect();
    // Whatever the log has a line of is there, whole; and what was told stays told, what was not waits.
    for commit in all.iter().filter(|commit| looks.iter().any(|look| same_look(look, commit))) {
        if let Some(snapshot) = &commit.snapshot {
            assert_eq!(&store.snapshot(&snapshot.target, &snapshot.id).unwrap(), snapshot);
            assert_eq!(Some(store.capture(&snapshot.provenance.capture).unwrap()), commit.capture);
        }
        if let Some(event) = &commit.event {
            assert_eq!(&store.event(&event.id).unwrap(), event);
            let told = done.told.contains(&event.id);
            let waits = untold.contains(&event.id);
            assert!(waits || done.handed.contains(&event.id), "never told: {event:?}");
            assert!(!(told && waits), "told twice: {event:?}");
        }
    }
    let state = store.state(&target("wantsum"));
    assert_eq!(state.looks, looks.iter().filter(|look| look.target == target("wantsum")).count() as u64);
}

fn same_look(look: &crate::model::Observation, commit: &Commit) -> bool {
    (&look.target, look.started) == (&commit.observation.target, commit.observation.started)
}

fn at_each_step(fault: impl Fn(u32) -> Faults) -> u32 {
    for step in 0.. {
        let folder = tempfile::tempdir().unwrap();
        let mut done = Acknowledged::default();
        fault(step).set();
        let ended = runs(folder.path(), &mut done);
        let struck = !Faults::pending();
        Faults::None.set();
        if !struck {
            ended.unwrap();
            return step;
        }
        check(folder.path(), &done);
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
