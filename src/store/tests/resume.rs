//! What a run reads on from `state.json` is what the whole log comes to.

use std::path::Path;

use jiff::{SignedDuration, ToSpan as _};

use super::sample::{at, keep, now, read, refused, same, still_refused, target};
use crate::{
    evidence,
    store::{
        Files, Looks as _, Outbox as _,
        files::{log::Reader, state},
        fold::Fold,
    },
};

/// What the whole log comes to, read from its first line.
fn anew(root: &Path) -> Fold {
    let mut fold = Fold::default();
    let mut reader = Reader::new(root).unwrap();
    while reader.fold_next(&mut fold).unwrap().is_some() {}
    fold
}

fn resumes(root: &Path, reads_on: bool) {
    assert!(state::fold(root).unwrap().fold.agrees_with(&anew(root)));
    assert_eq!(matches!(state::known(root).unwrap(), state::Known::Upto(..)), reads_on);
    assert_eq!(evidence::verify(root).unwrap().faults, []);
}

/// A run of its own: quiet and loud looks, a delivery, and on some turns a name, a target and a page more.
async fn run(root: &Path, turn: i64, minutes: i64, settles: bool) {
    let store = Files::open(root).unwrap();
    store.begin(at(minutes), "desk").await.unwrap();
    let words = format!("Update {}.", turn / 2);
    let wantsum = read("wantsum", minutes, &[&words]);
    keep(&store, minutes, vec![wantsum.clone(), refused("eastmarch", minutes)]).await.unwrap();
    let quiet = vec![same(minutes + 1, &wantsum), still_refused("eastmarch", minutes + 1)];
    keep(&store, minutes + 1, quiet).await.unwrap();
    store.flush(at(minutes + 1)).await.unwrap();
    if turn % 3 == 1 {
        let (old, new) = (target(&format!("page-{}", turn - 1)), target(&format!("page-{turn}-moved")));
        store.adopt(at(minutes), &new, "https://wantsum.example/", &old, "rule").await.unwrap();
        store.rename(at(minutes), &old, &new).await.unwrap();
    } else {
        keep(&store, minutes, vec![read(&format!("page-{turn}"), minutes, &[&words])]).await.unwrap();
        keep(&store, minutes, vec![read(&format!("feed#{turn}"), minutes, &[&words])]).await.unwrap();
    }
    let claim = store.claim("desk", at(minutes + 2), SignedDuration::ZERO, 2).await.unwrap();
    let taken = claim.events.into_iter().map(|event| event.id).collect();
    store.acknowledge(at(minutes + 2), "desk", taken, Vec::new()).await.unwrap();
    keep(&store, minutes + 3, vec![same(minutes + 3, &wantsum)]).await.unwrap();
    if settles {
        store.settle(at(minutes + 4)).await.unwrap();
    } else {
        store.flush(at(minutes + 4)).await.unwrap();
    }
}

#[test]
fn a_run_reads_on_from_what_was_settled_and_comes_to_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    now(async {
        // Several runs an hour, one that was killed before it settled, a day later, a clock that went back.
        for (turn, minutes) in (0..).zip([0, 10, 20, 70, 80, 24 * 60, 23 * 60, 24 * 60 + 10, 48 * 60]) {
            let settles = turn % 4 != 2;
            run(root, turn, minutes, settles).await;
            resumes(root, true);
        }
    });
}

#[test]
fn a_daemon_settles_again_and_again_in_one_segment() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    now(async {
        let store = Files::open(root).unwrap();
        for turn in 0..130 {
            let moment = at(turn) + 7.milliseconds();
            keep(&store, turn, vec![still_refused("eastmarch", turn)]).await.unwrap();
            if turn % 2 == 0 {
                store.settle(moment).await.unwrap();
                resumes(root, true);
            } else {
                store.flush(moment).await.unwrap();
                resumes(root, true);
            }
        }
    });
}

#[test]
fn what_is_saved_between_two_flushes_is_never_ahead_of_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    now(async {
        let store = Files::open(root).unwrap();
        keep(&store, 0, vec![still_refused("eastmarch", 0)]).await.unwrap();
        // A quiet look waits while so many others come that the state is saved.
        keep(&store, 1, vec![still_refused("eastmarch", 1)]).await.unwrap();
        for turn in 0..2100 {
            keep(&store, turn, vec![refused("wantsum", turn)]).await.unwrap();
        }
        drop(store);
        resumes(root, true);
        let looks = Files::open(root).unwrap().state(&"eastmarch".parse().unwrap()).await.unwrap().looks;
        assert_eq!(looks, 2, "each look counts once");
    });
}
